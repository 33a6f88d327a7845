//! From data of any shape to a scenario, or to what is wrong with it.

use super::number::{read_number, usual, usual_fact};
use super::problem::{nearest, told};
use super::{Kind, LISTS, Limits, MAX_ITEMS, Problem, Range, Scenario, Tree, index_of, list_field, unknown_among};
use crate::facts::{self, FACTS, FIELDS, LIST_FIELDS};
use crate::point::Slot;

/// Keys that an object may have: more than there are fields and facts. What is refused is searched for the nearest known
/// name, and that is not to go on for ever.
const MAX_KEYS: usize = 1000;

impl Scenario {
    /// Reads a scenario from data of any shape: an object of the fields of `fields.toml`, `preset` to start from, and
    /// `facts` to override facts by their ids.
    ///
    /// # Errors
    /// Every problem that the data has, not only the first.
    pub fn from_tree(tree: &Tree) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let Tree::Map(entries) = tree else {
            return Err(vec![not_an_object("", tree)]);
        };
        if let Some(problem) = too_many_keys(tree, "") {
            return Err(told(vec![problem]));
        }
        let mut scenario = Self::default();
        if let Some((_, value)) = entries.iter().find(|(key, _)| key == "preset") {
            match value {
                Tree::Text(id) => match Self::preset(id) {
                    Ok(preset) => scenario = preset,
                    Err(problem) => problems.push(problem),
                },
                other => problems.push(Problem {
                    code: "notAText",
                    path: "preset".into(),
                    message: format!("{other} is not the name of a preset"),
                    remedy: "write a name such as \"seed-startup\"".into(),
                }),
            }
        }
        scenario.read_group("", entries, &mut problems);
        scenario.resolve();
        if problems.is_empty() { Ok(scenario) } else { Err(told(problems)) }
    }

    /// Reads one object of the scenario; `prefix` is its path with a dot at the end, or empty.
    fn read_group(&mut self, prefix: &str, entries: &[(String, Tree)], problems: &mut Vec<Problem>) {
        for (key, value) in entries {
            let path = if prefix.is_empty() { key.clone() } else { [prefix, key].concat() };
            if path == "preset" {
                continue;
            } else if path == "facts" {
                match value {
                    Tree::Map(facts) => {
                        for (id, value) in facts {
                            self.assign(&format!("facts.{id}"), value, problems);
                        }
                    }
                    other => problems.push(not_an_object(&path, other)),
                }
            } else if facts::field(&path).is_some() {
                self.assign(&path, value, problems);
            } else if let Some(list) = LISTS.iter().position(|(list, _)| *list == path) {
                self.read_list(list, value, problems);
            } else {
                let group = [&path, "."].concat();
                let known = FIELDS.iter().chain(LIST_FIELDS).any(|field| field.path.starts_with(&group));
                match value {
                    _ if !known => problems.push(unknown_key(prefix, key, problems.len())),
                    Tree::Map(entries) => self.read_group(&group, entries, problems),
                    other => problems.push(not_an_object(&path, other)),
                }
            }
        }
    }

    pub(super) fn read_list(&mut self, list: usize, value: &Tree, problems: &mut Vec<Problem>) {
        let (path, keys) = LISTS[list];
        let Tree::List(items) = value else {
            problems.push(Problem {
                code: "notAList",
                path: path.into(),
                message: format!("{value} is not a list"),
                remedy: format!("write [{{\"{}\": 12, \"{}\": 0.05}}]", keys[0], keys[1]),
            });
            return;
        };
        if items.len() > MAX_ITEMS {
            problems.push(Problem {
                code: "tooMany",
                path: path.into(),
                message: format!("{} items are too many", items.len()),
                remedy: format!("write at most {MAX_ITEMS}"),
            });
            return;
        }
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let at = format!("{path}.{index}");
            let Tree::Map(entries) = item else {
                problems.push(not_an_object(&at, item));
                continue;
            };
            for (key, _) in entries.iter().filter(|(key, _)| !keys.contains(&key.as_str())) {
                problems.push(unknown_among(&at, key, keys.iter().copied(), problems.len()));
            }
            let mut ranges = [Range::exactly(0.0); 2];
            for (place, key) in keys.iter().enumerate() {
                let field = list_field(path, key);
                let at = format!("{at}.{key}");
                match entries.iter().find(|(known, _)| known == key) {
                    Some((_, value)) => match read_number(&at, value, Limits::of(field), usual(field)) {
                        Ok(range) => ranges[place] = range,
                        Err(problem) => problems.push(problem),
                    },
                    None => problems.push(Problem {
                        code: "missing",
                        path: at,
                        message: "is missing".into(),
                        remedy: format!("every item of {path} needs it: {}", field.doc),
                    }),
                }
            }
            read.push(ranges);
        }
        self.lists[list] = read;
    }

    /// Sets one number, flag, choice or fact.
    pub(super) fn assign(&mut self, path: &str, value: &Tree, problems: &mut Vec<Problem>) {
        let outcome = if let Some(id) = path.strip_prefix("facts.") {
            match facts::find(id) {
                Some(slot) => {
                    read_number(path, value, Limits::of_fact(slot), usual_fact(slot)).map(|range| (slot, range))
                }
                None => Err(unknown_among("facts", id, FACTS.iter().map(|fact| fact.id), problems.len())),
            }
        } else if let Some(slot) = facts::field(path) {
            let index = slot.index();
            let field = &FIELDS[index];
            let range = match field.kind {
                Kind::Number | Kind::Count => read_number(path, value, Limits::of(field), usual(field)),
                Kind::Flag => match value {
                    Tree::Flag(flag) => Ok(Range::exactly(f64::from(u8::from(*flag)))),
                    other => Err(Problem {
                        code: "notAFlag",
                        path: path.into(),
                        message: format!("{other} is neither true nor false"),
                        remedy: "write true or false".into(),
                    }),
                },
                Kind::Choice(names) => match value {
                    Tree::Text(name) if names.contains(&name.as_str()) => Ok(Range::exactly(index_of(names, name))),
                    other => Err(Problem {
                        code: "notAChoice",
                        path: path.into(),
                        message: format!("{other} is not offered"),
                        remedy: format!("write one of {}", names.join(", ")),
                    }),
                },
                Kind::Set(names) => read_set(path, value, names).map(|set| {
                    self.sets[index] = set;
                    Range::exactly(f64::from(set.count_ones()))
                }),
            };
            range.map(|range| (Slot(index as u16), range))
        } else {
            Err(unknown_path(path, value, problems.len()))
        };
        match outcome {
            Ok((slot, range)) => {
                self.ranges[slot.index()] = range;
                self.given[slot.index()] = true;
            }
            Err(problem) => problems.push(problem),
        }
    }
}

/// Reads a set: a list of names, or the names with commas between them as in a link.
fn read_set(path: &str, value: &Tree, names: &[&str]) -> Result<u128, Problem> {
    let given: Vec<Tree> = match value {
        Tree::List(items) => items.clone(),
        Tree::Text(text) => {
            text.split(',').filter(|name| !name.is_empty()).map(|name| Tree::Text(name.into())).collect()
        }
        other => {
            return Err(Problem {
                code: "notAList",
                path: path.into(),
                message: format!("{other} is not a list"),
                remedy: format!("write a list of names such as [\"{}\"]", names[0]),
            });
        }
    };
    let mut set = 0;
    for name in &given {
        let place = match name {
            Tree::Text(text) => names.iter().position(|known| known == text),
            _ => None,
        };
        let Some(place) = place else {
            let remedy = match name {
                Tree::Text(text) => {
                    nearest(text, names.iter().copied()).map(|near| format!("did you mean \"{near}\"?"))
                }
                _ => None,
            };
            return Err(Problem {
                code: "notAChoice",
                path: path.into(),
                message: format!("{name} is not offered"),
                remedy: remedy.unwrap_or_else(|| format!("write some of {}", names.join(", "))),
            });
        };
        set |= 1 << place;
    }
    Ok(set)
}

/// An object with more keys than any scenario has, and the path to it.
fn too_many_keys(tree: &Tree, path: &str) -> Option<Problem> {
    let inside = |key: &str| if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
    match tree {
        Tree::Map(entries) if entries.len() > MAX_KEYS => Some(Problem {
            code: "tooMany",
            path: path.into(),
            message: format!("an object with {} keys is no part of a scenario", entries.len()),
            remedy: format!("write at most {MAX_KEYS}"),
        }),
        Tree::Map(entries) => entries.iter().find_map(|(key, inner)| too_many_keys(inner, &inside(key))),
        Tree::List(items) => {
            items.iter().enumerate().find_map(|(at, inner)| too_many_keys(inner, &inside(&at.to_string())))
        }
        _ => None,
    }
}

fn not_an_object(path: &str, value: &Tree) -> Problem {
    Problem {
        code: "notAnObject",
        path: path.into(),
        message: format!("{value} is not an object"),
        remedy: "write an object such as {\"workload\": {\"weeklyUsers\": 4000000}}".into(),
    }
}

/// A path in one piece that leads to no number, flag, choice or fact: the first step of it that is not known.
fn unknown_path(path: &str, value: &Tree, problems_before: usize) -> Problem {
    let first = |group: &str| {
        let fact = FACTS.first().filter(|_| group == "facts.").map(|fact| format!("facts.{}", fact.id));
        let mut fields = FIELDS.iter().chain(LIST_FIELDS).map(|field| field.path);
        fact.or_else(|| fields.find(|field| field.starts_with(group)).map(|field| field.replacen("[]", ".0", 1)))
    };
    let mut inside = None;
    let mut begins = 0;
    for (end, _) in path.match_indices('.').chain([(path.len(), "")]) {
        let known = &path[..end];
        inside = first(&[known, "."].concat());
        if inside.is_none() && (known == "preset" || facts::field(known).is_some()) {
            return Problem {
                code: "unknownKey",
                path: path.into(),
                message: "is not known".into(),
                remedy: format!("set {known} itself"),
            };
        }
        if inside.is_none() {
            return unknown_key(&path[..begins], &path[begins..end], problems_before);
        }
        begins = end + 1;
    }
    let remedy = inside.map_or_else(String::new, |number| format!("set what is in it, such as {number}"));
    Problem { code: "notAnObject", path: path.into(), message: format!("{value} is not an object"), remedy }
}

/// An unknown key of an object whose path is `prefix` (with a dot at the end, or empty).
fn unknown_key(prefix: &str, key: &str, problems_before: usize) -> Problem {
    let more: &[&str] = if prefix.is_empty() { &["preset", "facts"] } else { &[] };
    let names = FIELDS
        .iter()
        .chain(LIST_FIELDS)
        .filter_map(|field| field.path.strip_prefix(prefix))
        .filter_map(|rest| rest.split(['.', '[']).next())
        .chain(more.iter().copied());
    // Each once, in order. Another sort for these few would be several thousand bytes of the wasm.
    let mut known: Vec<&str> = Vec::new();
    for name in names {
        if let Err(place) = known.binary_search(&name) {
            known.insert(place, name);
        }
    }
    unknown_among(prefix.trim_end_matches('.'), key, known.into_iter(), problems_before)
}
