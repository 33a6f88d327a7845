//! Scenarios as readable links: `v1&preset=shermans-2011&workload.weeklyUsers=1000000`.
//!
//! A value is a number, a range `p10..p90` or `p10..p50..p90`, `true`, `false`, a name, or names with commas between. The numbers of a list have
//! their index in the path; an empty value at a list's own path empties it.

use super::write::item_tree;
use super::{Field, Kind, LISTS, MAX_ITEMS, Problem, Scenario, Tree, digits, nearest};
use crate::facts::{FACTS, FIELDS, PRESETS};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::fmt::Write as _;

/// Everything that would not survive in a fragment, or that has a meaning in one.
const RESERVED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'&').add(b'<').add(b'=').add(b'>').add(b'`');

/// The most bytes of a number: a sign, `0.`, and 324 places, as the least number above zero has.
const NUMBER: usize = 1 + 2 + 324;

/// The most bytes of a range: three numbers with two dots between each.
const RANGE: usize = 3 * NUMBER + 2 * 2;

/// The most bytes of a link that is written, with `#`: every field, every item of the lists and every fact is a range. No
/// path, name of a choice or number has letters that take more bytes in a link.
fn longest() -> usize {
    let pair = |path: usize, value: usize| "&=".len() + path + value;
    let preset = PRESETS.iter().map(|preset| preset.id.len()).max().unwrap_or(0);
    let value = |field: &Field| match field.kind {
        Kind::Set(names) => names.iter().map(|name| name.len() + ",".len()).sum(),
        Kind::Choice(names) => names.iter().map(|name| name.len()).max().unwrap_or(0),
        Kind::Number | Kind::Count | Kind::Flag => RANGE,
    };
    let fields = FIELDS.iter().map(|field| pair(field.path.len(), value(field)));
    // An item's index has no more digits than the most items.
    let index = MAX_ITEMS.to_string().len();
    let items = LISTS.iter().map(|(path, keys)| {
        let keys = keys.iter().map(|key| pair(path.len() + index + key.len() + "..".len(), RANGE));
        pair(path.len(), 0) + MAX_ITEMS * keys.sum::<usize>()
    });
    let facts = FACTS.iter().map(|fact| pair("facts.".len() + fact.id.len(), RANGE));
    "#v1".len() + pair("preset".len(), preset) + fields.chain(items).chain(facts).sum::<usize>()
}

impl Scenario {
    /// The scenario as the fragment of a link, without `#`.
    #[must_use]
    pub fn to_link(&self) -> String {
        let mut link = String::from("v1");
        write_pairs("", &self.to_tree(false), &mut link);
        link
    }

    /// Reads the fragment of a link, with or without `#`.
    ///
    /// # Errors
    /// Every problem that the link has.
    pub fn from_link(link: &str) -> Result<Self, Vec<Problem>> {
        let bad = |message: String| {
            let remedy = "copy the link again, or start from a preset: v1&preset=seed-startup".to_string();
            vec![Problem { code: "badLink", path: String::new(), message, remedy }]
        };
        let most = longest();
        if link.len() > most {
            return Err(bad(format!("the link has {} bytes, more than the {most} of the longest", link.len())));
        }
        let mut pairs = link.strip_prefix('#').unwrap_or(link).split('&').filter(|pair| !pair.is_empty());
        match pairs.next() {
            None => return Ok(Self::default()),
            Some("v1") => {}
            Some(other) => {
                let shown: String = other.chars().take(40).collect();
                return Err(bad(format!("\"{shown}\" is not the version of a link; this program reads v1")));
            }
        }
        let mut decoded = Vec::new();
        for pair in pairs {
            let Some((path, value)) = pair.split_once('=') else {
                let shown: String = pair.chars().take(60).collect();
                return Err(bad(format!("\"{shown}\" is not of the form path=value")));
            };
            let decode = |text: &str| percent_decode_str(text).decode_utf8().map(std::borrow::Cow::into_owned);
            match (decode(path), decode(value)) {
                (Ok(path), Ok(value)) => decoded.push((path, value)),
                _ => return Err(bad("the link holds bytes that are no text".into())),
            }
        }
        let mut scenario = Self::default();
        let mut problems = Vec::new();
        if let Some((_, id)) = decoded.iter().find(|(path, _)| path == "preset") {
            match Self::preset(id) {
                Ok(preset) => scenario = preset,
                Err(problem) => problems.push(problem),
            }
        }
        let rest =
            decoded.iter().filter(|(path, _)| path != "preset").map(|(path, value)| (path.as_str(), value.as_str()));
        problems.extend(scenario.assign_all(rest));
        if problems.is_empty() { Ok(scenario) } else { Err(super::problem::told(problems)) }
    }

    /// Sets everything that pairs of path and text say.
    pub(super) fn assign_all<'a>(&mut self, pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<Problem> {
        let mut problems = Vec::new();
        // A list is changed item by item; an empty value at its own path empties it first.
        let mut lists: [Option<Vec<Tree>>; LISTS.len()] = std::array::from_fn(|_| None);
        for (path, text) in pairs {
            let mut all = LISTS.into_iter().enumerate();
            let inside = all.find_map(|(list, (name, keys))| Some((list, name, keys, path.strip_prefix(name)?)));
            let Some((list, name, keys, rest)) = inside else {
                self.assign(path, &leaf(text), &mut problems);
                continue;
            };
            let known = &self.lists[list];
            let items = lists[list].get_or_insert_with(|| known.iter().map(|ranges| item_tree(keys, ranges)).collect());
            if rest.is_empty() && text.is_empty() {
                items.clear();
                continue;
            }
            let place = rest.strip_prefix('.').and_then(|rest| rest.split_once('.'));
            match place.and_then(|(index, key)| Some((index.parse::<usize>().ok()?, key))) {
                Some((index, key)) if index < MAX_ITEMS && keys.contains(&key) => {
                    if items.len() <= index {
                        items.resize(index + 1, Tree::Map(Vec::new()));
                    }
                    items[index].insert(&[key], leaf(text));
                }
                _ => problems.push(Problem {
                    code: "unknownKey",
                    path: path.chars().take(80).collect(),
                    message: "is not known".into(),
                    remedy: match nearest(path.rsplit('.').next().unwrap_or(""), keys.into_iter()) {
                        Some(key) => format!("did you mean {name}.0.{key}?"),
                        None => format!("write {name}.0.{} or {name}.0.{}", keys[0], keys[1]),
                    },
                }),
            }
        }
        for (list, items) in lists.into_iter().enumerate() {
            if let Some(items) = items {
                self.read_list(list, &Tree::List(items), &mut problems);
            }
        }
        self.resolve();
        problems
    }
}

/// A value of a link.
fn leaf(text: &str) -> Tree {
    if let Some(value) = number(text) {
        return Tree::Number(value);
    }
    match (text, numbers(text).as_deref()) {
        ("true", _) => Tree::Flag(true),
        ("false", _) => Tree::Flag(false),
        (_, Some([p10, p90])) => {
            Tree::Map(vec![("p10".into(), Tree::Number(*p10)), ("p90".into(), Tree::Number(*p90))])
        }
        (_, Some([p10, p50, p90])) => Tree::range(*p10, *p50, *p90),
        _ => Tree::Text(text.to_string()),
    }
}

fn number(text: &str) -> Option<f64> {
    digits::read(text.trim())
}

/// Numbers with two dots between them. (`split("..")` would bring a search for texts of any length into the wasm.)
fn numbers(text: &str) -> Option<Vec<f64>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(dots) = rest.as_bytes().windows(2).position(|two| two == b"..") {
        found.push(number(rest.get(..dots)?)?);
        rest = rest.get(dots + 2..)?;
    }
    found.push(number(rest)?);
    Some(found)
}

fn write_pairs(path: &str, tree: &Tree, link: &mut String) {
    let join = |key: &str| if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
    let text = match tree {
        Tree::Map(entries) => {
            if let [(low, Tree::Number(p10)), (_, Tree::Number(p50)), (_, Tree::Number(p90))] = entries.as_slice()
                && low == "p10"
            {
                [p10, p50, p90].map(|number| digits::write(*number)).join("..")
            } else {
                entries.iter().for_each(|(key, value)| write_pairs(&join(key), value, link));
                return;
            }
        }
        Tree::List(items) if items.iter().all(|item| matches!(item, Tree::Text(_))) => {
            let names: Vec<String> = items
                .iter()
                .filter_map(|item| match item {
                    Tree::Text(name) => Some(name.clone()),
                    _ => None,
                })
                .collect();
            names.join(",")
        }
        Tree::List(items) => {
            // The list as a whole replaces that of a preset, which may be longer.
            let _ = write!(link, "&{}=", utf8_percent_encode(path, RESERVED));
            items.iter().enumerate().for_each(|(index, item)| write_pairs(&join(&index.to_string()), item, link));
            return;
        }
        Tree::Missing => String::new(),
        Tree::Flag(flag) => flag.to_string(),
        Tree::Number(number) => digits::write(*number),
        Tree::Text(text) => text.clone(),
    };
    let _ = write!(link, "&{}={}", utf8_percent_encode(path, RESERVED), utf8_percent_encode(&text, RESERVED));
}
