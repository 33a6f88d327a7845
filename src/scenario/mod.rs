//! What the user says of their company.
//!
//! `fields.toml` is the one list of what may be said. A scenario holds a range for every number of that list, for
//! every fact, and for the numbers of its lists; [`Scenario::likeliest`] turns it into a [`Point`].

mod digits;
mod link;
mod number;
mod problem;
mod read;
mod tree;
mod write;

pub use number::Limits;
use problem::MAX_PROBLEMS;
pub use problem::Problem;
pub(crate) use problem::nearest;
#[cfg(target_arch = "wasm32")]
pub(crate) use tree::MAX_DEPTH;
pub use tree::Tree;

use crate::facts::{self, FACTS, FIELDS, LIST_FIELDS, PRESETS};
use crate::point::{Point, Slot};
use serde::Serialize;
use std::cell::RefCell;

/// What kind of value a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, or a range of numbers.
    Number,
    /// One whole number: it shapes the model and cannot be a range.
    Count,
    /// Yes or no.
    Flag,
    /// One of a few names.
    Choice(&'static [&'static str]),
    /// Any of some names.
    Set(&'static [&'static str]),
}

/// What a field is if nothing is said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Default {
    /// A number.
    Number(f64),
    /// A flag.
    Flag(bool),
    /// One of the names.
    Choice(&'static str),
    /// Some of the names.
    Set(&'static [&'static str]),
    /// The range of a fact.
    Fact(Slot),
    /// There is none: each item of a list must say it.
    Required,
}

/// One thing that a scenario may say.
#[derive(Clone, Debug)]
pub struct Field {
    /// Where it stands in the scenario, such as `workload.weeklyUsers`; `[]` stands for the items of a list.
    pub path: &'static str,
    /// What kind of value it takes.
    pub kind: Kind,
    /// Its name on a form.
    pub label: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it is if nothing is said.
    pub default: Default,
    /// Why that is the default.
    pub because: &'static str,
    /// The least that is accepted.
    pub min: f64,
    /// The most that is accepted.
    pub max: f64,
    /// Lower end of a slider.
    pub low: f64,
    /// Upper end of a slider.
    pub high: f64,
    /// Whether a slider is logarithmic.
    pub log: bool,
    /// What it means.
    pub doc: &'static str,
}

/// A ready scenario.
#[derive(Debug)]
pub struct Preset {
    /// Stable name.
    pub id: &'static str,
    /// Name in a menu.
    pub name: &'static str,
    /// The company in a phrase.
    pub company: &'static str,
    /// Where its inputs come from.
    pub origin: &'static str,
    /// What it sets: path and value, as in a link.
    pub set: &'static [(&'static str, &'static str)],
}

/// What is believed of a number: one time in ten it is below p10, one time in ten above p90.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Range {
    /// One time in ten it is less.
    pub p10: f64,
    /// Its likeliest value.
    pub p50: f64,
    /// One time in ten it is more.
    pub p90: f64,
}

impl Range {
    /// A number that is known.
    #[must_use]
    pub const fn exactly(value: f64) -> Self {
        Self { p10: value, p50: value, p90: value }
    }

    /// Whether it is one value only.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.p10 == self.p90
    }
}

/// A phase of growth, as the slots of its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Phase {
    /// Its length in months.
    pub months: Slot,
    /// Growth from one month to the next.
    pub monthly_growth: Slot,
}

/// A step of the load, as the slots of its numbers.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Its first month, counted from 1.
    pub month: Slot,
    /// What the load is multiplied by.
    pub factor: Slot,
}

/// The most items that a list may have: far more than a path of load needs, few enough to stay quick.
pub const MAX_ITEMS: usize = 24;

/// Each list of a scenario, and the fields of its items. The order is that of the slots.
const LISTS: [(&str, [&str; 2]); 3] = [
    ("workload.growth.phases", ["months", "monthlyGrowth"]),
    ("workload.growth.steps", ["month", "factor"]),
    ("services.growthByService", ["services", "factor"]),
];

/// Services whose load grows alike, as the slots of their numbers.
#[derive(Clone, Copy, Debug)]
pub struct GrowthClass {
    /// How many services.
    pub services: Slot,
    /// What the load of each is multiplied by.
    pub factor: Slot,
}

/// A company: a range for every number, and what is not a number.
#[derive(Clone, Debug)]
pub struct Scenario {
    preset: Option<&'static Preset>,
    /// By slot, without the lists.
    ranges: Vec<Range>,
    given: Vec<bool>,
    /// By field: which of its names a set holds, a bit for each.
    sets: Vec<u128>,
    lists: [Vec<[Range; 2]>; LISTS.len()],
}

thread_local! {
    /// The presets read so far.
    static READ: RefCell<Vec<Scenario>> = const { RefCell::new(Vec::new()) };
}

impl std::default::Default for Scenario {
    /// The company of which nothing is said.
    fn default() -> Self {
        let ranges = FIELDS
            .iter()
            .map(|field| match (field.default, field.kind) {
                (Default::Number(value), _) => Range::exactly(value),
                (Default::Flag(flag), _) => Range::exactly(f64::from(u8::from(flag))),
                (Default::Choice(name), Kind::Choice(names)) => Range::exactly(index_of(names, name)),
                (Default::Set(members), _) => Range::exactly(members.len() as f64),
                _ => Range::exactly(0.0),
            })
            .chain(FACTS.iter().map(|fact| Range { p10: fact.p10, p50: fact.p50, p90: fact.p90 }))
            .collect();
        let mut scenario = Self {
            preset: None,
            ranges,
            given: vec![false; FIELDS.len() + FACTS.len()],
            sets: FIELDS
                .iter()
                .map(|field| match (field.default, field.kind) {
                    (Default::Set(members), Kind::Set(names)) => {
                        members.iter().fold(0, |set, name| set | 1 << index_of(names, name) as u32)
                    }
                    _ => 0,
                })
                .collect(),
            lists: std::array::from_fn(|_| Vec::new()),
        };
        scenario.resolve();
        scenario
    }
}

fn index_of(names: &[&str], name: &str) -> f64 {
    names.iter().position(|known| *known == name).unwrap_or(0) as f64
}

impl Scenario {
    /// A ready scenario, by its name.
    ///
    /// # Errors
    /// If there is no preset of this name; the problem names the nearest.
    pub fn preset(id: &str) -> Result<Self, Problem> {
        let Some(preset) = PRESETS.iter().find(|preset| preset.id == id) else {
            let known = PRESETS.iter().map(|preset| preset.id);
            let remedy = match nearest(id, known.clone()) {
                Some(name) => format!("did you mean \"{name}\"?"),
                None => format!("known presets: {}", known.collect::<Vec<_>>().join(", ")),
            };
            let message = format!("there is no preset \"{id}\"");
            return Err(Problem { code: "unknownPreset", path: "preset".into(), message, remedy });
        };
        // A preset is the same whenever it is asked for, and nearly every question starts from one: read once, then copied.
        READ.with_borrow_mut(|read| {
            if let Some(known) = read.iter().find(|known| known.preset.is_some_and(|it| std::ptr::eq(it, preset))) {
                return Ok(known.clone());
            }
            let mut scenario = Self::default();
            let problems = scenario.assign_all(preset.set.iter().map(|(path, text)| (*path, *text)));
            debug_assert!(problems.is_empty(), "preset {id}: {problems:?}");
            scenario.preset = Some(preset);
            read.push(scenario.clone());
            Ok(scenario)
        })
    }

    /// The slot of the number at a path: of a field, of a fact (`facts.<id>`) or of an item of a list
    /// (`workload.growth.phases.0.monthlyGrowth`).
    ///
    /// # Errors
    /// If there is no such number; the problem names the nearest.
    pub fn slot(&self, path: &str) -> Result<Slot, Problem> {
        if let Some(id) = path.strip_prefix("facts.") {
            return facts::find(id).ok_or_else(|| unknown_among("facts", id, FACTS.iter().map(|fact| fact.id), 0));
        }
        let lists = (0..self.lists.iter().map(|items| items.len() * 2).sum::<usize>())
            .map(|place| Slot((self.ranges.len() + place) as u16));
        facts::field(path)
            .or_else(|| lists.into_iter().find(|slot| self.describe(*slot).0 == path))
            .ok_or_else(|| unknown_among("", path, FIELDS.iter().map(|field| field.path), 0))
    }

    /// Says exactly one value of the number at a slot, which must be within its [`limits`](Self::limits).
    pub fn put(&mut self, slot: Slot, value: f64) {
        let range = Range::exactly(value);
        if slot.index() < self.ranges.len() {
            self.ranges[slot.index()] = range;
            self.given[slot.index()] = true;
            self.resolve();
        } else {
            let (list, item, number) = self.place(slot);
            self.lists[list][item][number] = range;
        }
    }

    /// Fields that are not given and whose default is a fact take that fact's range, overridden or not.
    fn resolve(&mut self) {
        for (index, field) in FIELDS.iter().enumerate() {
            if let (Default::Fact(fact), false) = (field.default, self.given[index]) {
                self.ranges[index] = self.ranges[fact.index()];
            }
        }
    }

    /// The fields that are not given and take what is said of a fact.
    pub fn following(&self, fact: Slot) -> impl Iterator<Item = Slot> + '_ {
        (0..).map(Slot).zip(FIELDS).zip(&self.given).filter_map(move |((slot, field), given)| match field.default {
            Default::Fact(default) if default == fact && !given => Some(slot),
            _ => None,
        })
    }

    /// What is said of the number at a slot.
    #[must_use]
    pub fn range(&self, slot: Slot) -> Range {
        let base = self.ranges.len();
        if slot.index() < base {
            return self.ranges[slot.index()];
        }
        let (list, item, number) = self.place(slot);
        self.lists[list][item][number]
    }

    /// What the number at a slot may be.
    #[must_use]
    pub fn limits(&self, slot: Slot) -> Limits {
        if let Some(field) = FIELDS.get(slot.index()) {
            return Limits::of(field);
        }
        if facts::at(slot).is_some() {
            return Limits::of_fact(slot);
        }
        let (list, _, number) = self.place(slot);
        let (path, keys) = LISTS[list];
        Limits::of(list_field(path, keys[number]))
    }

    /// List, item and number of a slot behind those of fields and facts.
    fn place(&self, slot: Slot) -> (usize, usize, usize) {
        let mut place = slot.index() - self.ranges.len();
        let mut list = 0;
        while place >= self.lists[list].len() * 2 {
            place -= self.lists[list].len() * 2;
            list += 1;
        }
        (list, place / 2, place % 2)
    }

    /// The two slots of each item of a list.
    fn items(&self, list: usize) -> impl Iterator<Item = (Slot, Slot)> + '_ {
        let before: usize = self.lists[..list].iter().map(|items| items.len() * 2).sum();
        let base = self.ranges.len() + before;
        (0..self.lists[list].len()).map(move |item| {
            let at = (base + item * 2) as u16;
            (Slot(at), Slot(at + 1))
        })
    }

    /// Which of its names a field that is a set holds, a bit for each in the order of the names.
    #[must_use]
    pub fn set(&self, field: Slot) -> u128 {
        self.sets[field.index()]
    }

    /// The likeliest value of the number at a slot: for a count, a flag or a choice the only one.
    #[must_use]
    pub fn value(&self, slot: Slot) -> f64 {
        self.range(slot).p50
    }

    /// The option that the choice at a slot holds; nothing if the field is no choice.
    #[must_use]
    pub fn choice(&self, slot: Slot) -> Option<&'static str> {
        match FIELDS.get(usize::from(slot.0))?.kind {
            Kind::Choice(names) => names.get(self.value(slot) as usize).copied(),
            _ => None,
        }
    }

    /// The point at which every number has its likeliest value.
    #[must_use]
    pub fn likeliest(&self) -> Point {
        Point::new(self.each_range().map(|range| range.p50))
    }

    /// What is said of every number, in the order of the slots.
    pub fn each_range(&self) -> impl Iterator<Item = Range> + '_ {
        self.ranges.iter().chain(self.lists.iter().flatten().flatten()).copied()
    }

    /// The phases of growth, in order.
    pub fn phases(&self) -> impl Iterator<Item = Phase> + '_ {
        self.items(0).map(|(months, monthly_growth)| Phase { months, monthly_growth })
    }

    /// The steps of the load, in order.
    pub fn steps(&self) -> impl Iterator<Item = Step> + '_ {
        self.items(1).map(|(month, factor)| Step { month, factor })
    }

    /// The services that grow by a factor of their own, in order.
    pub fn growth_classes(&self) -> impl Iterator<Item = GrowthClass> + '_ {
        self.items(2).map(|(services, factor)| GrowthClass { services, factor })
    }

    /// Path, label and unit of the number at a slot.
    #[must_use]
    pub fn describe(&self, slot: Slot) -> (String, String, String) {
        if let Some(field) = FIELDS.get(slot.index()) {
            return (field.path.into(), field.label.into(), field.unit.into());
        }
        if let Some(fact) = facts::at(slot) {
            return (format!("facts.{}", fact.id), fact.label.into(), fact.unit.into());
        }
        let (list, item, number) = self.place(slot);
        let (path, keys) = LISTS[list];
        let field = list_field(path, keys[number]);
        (format!("{path}.{item}.{}", keys[number]), field.label.into(), field.unit.into())
    }
}

fn list_field(path: &str, key: &str) -> &'static Field {
    LIST_FIELDS
        .iter()
        .find(|field| field.path.strip_prefix(path).and_then(|rest| rest.strip_prefix("[].")) == Some(key))
        .expect("every list's fields are in fields.toml; a test reads them all")
}

/// What is not among the names that are known at a path, after so many other problems.
fn unknown_among<'a>(
    prefix: &str,
    key: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    problems_before: usize,
) -> Problem {
    let dot = if prefix.is_empty() { "" } else { "." };
    let shown: String = key.chars().take(60).collect();
    // What is not told needs no remedy, and to look for one is the most of the work.
    let near = if problems_before < MAX_PROBLEMS { nearest(key, known.clone()) } else { None };
    let remedy = match near {
        Some(name) => format!("did you mean {prefix}{dot}{name}?"),
        None if known.clone().count() <= 40 => format!("known here: {}", known.collect::<Vec<_>>().join(", ")),
        None if prefix == "facts" => "see the list of facts".into(),
        None => "see the list of inputs".into(),
    };
    Problem { code: "unknownKey", path: format!("{prefix}{dot}{shown}"), message: "is not known".into(), remedy }
}
