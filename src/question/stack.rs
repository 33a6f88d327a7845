//! Which of the dozens of technologies a company needs: the smallest sets of parts that meet its needs, what each part is
//! there for, and what keeping them takes this team.

use crate::approach::{SITE_INTERFACES, Variant, cdn_interfaces};
use crate::explain::Plain;
use crate::facts::{self, EXCLUSIVE, NEEDS, Need, PARTS, Part};
use crate::model::structure::skill_bit;
use crate::model::{Company, Context, moving, timeline};
use crate::order::least_first;
use crate::point::Slot;
use crate::scenario::{Problem, Scenario};
use std::collections::HashSet;

/// Sets that are told of each home of the software, at most.
const TOLD: usize = 2;

/// Sets with so many parts more than the smallest of their home are still told.
const SLACK: u32 = 2;

/// The need whose alternatives are the homes that software can have: from each of them a search begins.
pub const SERVE: &str = "serve";

/// Sets that are looked at, at most; the needs that there are lead to far fewer.
const MOST: usize = 200_000;

/// A need, and what in the scenario it follows from.
#[derive(Clone, Copy, Debug)]
pub struct Needed {
    /// The need.
    pub need: &'static Need,
    /// The field and the value from which it follows; nothing if everybody needs it, or if it was asked for.
    pub because: Option<(Slot, f64)>,
}

/// What a part is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It meets a need, by its place among the needs.
    Meets(usize),
    /// Another part cannot be without it.
    PulledInBy(Part),
}

/// A set of parts that meets all needs, none of them superfluous.
#[derive(Clone, Debug)]
pub struct Advised {
    /// The parts, and what each is there for.
    pub parts: Vec<(Part, Why)>,
    /// Interfaces between them, as they are known from the variants.
    pub interfaces: u32,
    /// Skills that nobody in the team holds yet.
    pub new_skills: u32,
    /// Hours a month of upgrading the parts, of upgrades that fail, and of teaching new skills to those who join.
    pub hours_per_month: f64,
    /// The same at the price of an hour.
    pub usd_per_month: f64,
    /// Hours of learning new skills, once.
    pub learning_hours: f64,
}

/// The smallest sets of parts for some needs, of each home that software can have.
#[derive(Clone, Debug)]
pub struct Advice {
    /// The needs.
    pub needs: Vec<Needed>,
    /// The sets, smallest first, and of equal ones the one that takes fewer hours; none if no set meets all needs at once.
    pub stacks: Vec<Advised>,
}

/// The smallest sets of parts that meet the needs of a company: those named, or those that follow from its scenario.
///
/// # Errors
/// If a need is not known.
pub fn stack(scenario: &Scenario, needs: &[String]) -> Result<Advice, Problem> {
    let needs = if needs.is_empty() { needs_of(scenario) } else { named(needs)? };
    let company = Company::of(scenario);
    let point = scenario.likeliest();
    let context = timeline::context(Plain(&point), &company);
    // Of as many parts, what takes less time first.
    let smallest_first = |stacks| {
        let by_hours = least_first(stacks, |advised: &Advised| advised.hours_per_month);
        least_first(by_hours, |advised| advised.parts.len() as f64)
    };
    let mut stacks: Vec<Advised> = Vec::new();
    let homes = NEEDS.iter().filter(|need| need.id == SERVE).flat_map(|need| need.met_by);
    for home in homes.filter(|home| company.decomposable || !home.contains(&Part::FunctionService)) {
        let mut search = Search { needs: &needs, smallest: u32::MAX, seen: HashSet::new(), found: Vec::new() };
        search.extend(bits(home));
        let limit = search.smallest.saturating_add(SLACK);
        let here: Vec<Advised> = search
            .found
            .iter()
            .filter(|set| set.count_ones() <= limit && !superfluous(**set, &needs))
            .map(|set| advised(*set, &needs, &context))
            .collect();
        let mut here = smallest_first(here);
        // A set of another home may have this one's parts as well.
        here.retain(|set| !stacks.iter().any(|known| known.parts == set.parts));
        stacks.extend(here.into_iter().take(TOLD));
    }
    Ok(Advice { needs, stacks: smallest_first(stacks) })
}

fn named(ids: &[String]) -> Result<Vec<Needed>, Problem> {
    let all = || NEEDS.iter().map(|need| need.id);
    for id in ids {
        if !NEEDS.iter().any(|need| need.id == id) {
            return Err(super::unknown("unknownNeed", "needs", id, all()));
        }
    }
    let asked = NEEDS.iter().filter(|need| need.always || ids.iter().any(|id| id == need.id));
    Ok(asked.map(|need| Needed { need, because: None }).collect())
}

/// The needs that follow from a scenario.
fn needs_of(scenario: &Scenario) -> Vec<Needed> {
    NEEDS
        .iter()
        .filter_map(|need| {
            let because = need
                .when
                .iter()
                .map(|(slot, least)| (*slot, scenario.value(*slot), least))
                .find(|(_, value, least)| value >= least)
                .filter(|_| need.only_if.iter().all(|(slot, least)| scenario.value(*slot) >= *least));
            let because = because.map(|(slot, value, _)| (slot, value));
            (need.always || because.is_some()).then_some(Needed { need, because })
        })
        .collect()
}

fn bit(part: Part) -> u128 {
    1 << part as u32
}

fn bits(parts: &[Part]) -> u128 {
    parts.iter().fold(0, |set, part| set | bit(*part))
}

fn parts_of(set: u128) -> impl Iterator<Item = Part> {
    PARTS.iter().map(|row| row.part).filter(move |part| set & bit(*part) != 0)
}

/// The first thing that a set of parts still lacks, as the alternatives that would end it.
fn lacking(set: u128, needs: &[Needed]) -> Option<Vec<u128>> {
    for Needed { need, .. } in needs {
        let ways: Vec<u128> = need.met_by.iter().map(|parts| bits(parts)).collect();
        if !ways.iter().any(|way| set & way == *way) {
            return Some(ways);
        }
    }
    for part in parts_of(set) {
        for any_of in part.facts().pulls_in {
            if set & bits(any_of) == 0 {
                return Some(any_of.iter().map(|part| bit(*part)).collect());
            }
        }
    }
    None
}

/// Whether a set could do without one of its parts.
fn superfluous(set: u128, needs: &[Needed]) -> bool {
    parts_of(set).any(|part| lacking(set & !bit(part), needs).is_none())
}

/// A search through all sets that are put together from what is lacking.
struct Search<'n> {
    needs: &'n [Needed],
    smallest: u32,
    seen: HashSet<u128>,
    found: Vec<u128>,
}

impl Search<'_> {
    fn extend(&mut self, set: u128) {
        let at_odds = EXCLUSIVE.iter().any(|parts| (set & bits(parts)).count_ones() > 1);
        if at_odds
            || set.count_ones() > self.smallest.saturating_add(SLACK)
            || self.seen.len() >= MOST
            || !self.seen.insert(set)
        {
            return;
        }
        match lacking(set, self.needs) {
            None => {
                self.smallest = self.smallest.min(set.count_ones());
                self.found.push(set);
            }
            Some(ways) => ways.into_iter().for_each(|way| self.extend(set | way)),
        }
    }
}

/// What a set takes this team.
fn advised(set: u128, needs: &[Needed], context: &Context<Plain>) -> Advised {
    let has = |part: Part| set & bit(part) != 0;
    let of_cdn = if has(Part::Cdn) { cdn_interfaces(has) } else { Vec::new() };
    let interfaces: HashSet<(Part, Part)> = Variant::ALL
        .iter()
        .flat_map(|variant| variant.interfaces())
        .chain(SITE_INTERFACES)
        .filter(|(from, to)| has(*from) && has(*to))
        .copied()
        .chain(of_cdn)
        .collect();
    let degree = |part: Part| interfaces.iter().filter(|(from, to)| *from == part || *to == part).count() as u32;
    let unknown = parts_of(set).fold(0, |skills, part| skills | skill_bit(part)) & !context.company.skills;
    let two_sites = has(Part::SiteSteering);
    let upkeep = parts_of(set)
        .map(|part| moving::upkeep_hours(context, part, 1, degree(part), two_sites))
        .fold(0.0, |sum, hours| sum + hours / 12.0);
    let hours = upkeep + moving::learning_again(context, unknown);
    Advised {
        parts: parts_of(set).map(|part| (part, why(part, set, needs))).collect(),
        interfaces: interfaces.len() as u32,
        new_skills: unknown.count_ones(),
        hours_per_month: hours,
        usd_per_month: hours * context.trace.0.get(facts::slot::TEAM_HOURLY_USD),
        learning_hours: moving::learning_once(context, unknown),
    }
}

/// What a part of a set is there for: the first need whose way it belongs to, or the first part that pulls it in.
fn why(part: Part, set: u128, needs: &[Needed]) -> Why {
    let meets = needs.iter().position(|Needed { need, .. }| {
        need.met_by.iter().any(|way| set & bits(way) == bits(way) && way.contains(&part))
    });
    meets.map(Why::Meets).unwrap_or_else(|| {
        let pulls = |other: &Part| other.facts().pulls_in.iter().any(|any_of| any_of.contains(&part));
        Why::PulledInBy(parts_of(set).find(pulls).unwrap_or(part))
    })
}
