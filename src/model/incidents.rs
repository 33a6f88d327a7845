//! Incidents: what changes, upgrades and lack of capacity cause on top of failing components, and the work of all.

use super::availability::{Keeper, Outages, Reliability};
use super::complexity::Stack;
use super::practice::{Deploy, Practice, Repair};
use super::structure::Structure;
use super::{Context, Design};
use crate::explain::{Number, Trace};
use crate::facts::{PARTS, slot};

/// Working weeks of a year: what is left of 52 after leave and holidays, as the changes a week are counted.
const WORKING_WEEKS: f64 = 50.0;

/// Incidents of a year, without those of machines, whose number changes from month to month.
#[derive(Clone, Copy, Debug)]
pub struct Incidents<N> {
    /// Outages by bad changes.
    pub changes: Outages<N>,
    /// Outages by failed upgrades.
    pub upgrades: Outages<N>,
    /// Changes put live in a year.
    pub changes_a_year: N,
    /// Upgrades that fail in a year.
    pub failed_upgrades: N,
    /// Incidents a year.
    pub count: N,
    /// Hours of work a year.
    pub hours: N,
    /// Hours of work of a machine that fails.
    pub hours_each_machine: N,
}

/// The chance that an upgrade of a part with so many interfaces goes through: each of them, and the part, may fail.
pub fn survival<T: Trace>(trace: &T) -> Vec<T::N> {
    /// More interfaces than any part has: a part touches each other part at most twice.
    const MOST: usize = 2 * PARTS.len();
    let each = trace.read(slot::UPGRADES_FAILURES).complement();
    let mut chances = Vec::with_capacity(MOST);
    let mut chance = each;
    for _ in 0..MOST {
        chances.push(chance);
        chance = chance * each;
    }
    chances
}

/// Upgrades that fail in production in a year.
pub fn failed_upgrades<T: Trace>(context: &Context<T>, stack: &Stack, structure: &Structure) -> T::N {
    let mut failed = context.trace.constant(0.0);
    for ((part, times), degree) in stack.parts().zip(&structure.degrees) {
        if let Some(forced) = context.forced_upgrades(part, times) {
            let chance = context.survival[*degree as usize].complement();
            failed = failed + forced * chance;
        }
    }
    failed.named("upgrades that fail", "upgrades/year")
}

/// Changes that developers put live in a year.
pub fn changes_a_year<T: Trace>(trace: &T) -> T::N {
    (trace.read(slot::TEAM_DEVELOPERS) * trace.read(slot::DELIVERY_CHANGES_PER_DEVELOPER_WEEK) * WORKING_WEEKS)
        .named("changes a year", "changes/year")
}

/// User-visible failures of one change: more where a developer's machine is not like production.
pub fn failures_of_a_change<T: Trace>(trace: &T, practice: &Practice) -> T::N {
    let alike = trace.read(slot::CHANGES_FAILURES);
    if practice.parity {
        return alike;
    }
    (alike * trace.read(slot::CHANGES_UNLIKE_FACTOR))
        .min(trace.constant(1.0))
        .named("failures of a change, development unlike production", "failures/change")
}

/// Areas of the product that teams work on apart from each other: a bad change takes down a share of the one it was made to.
fn areas_of_the_product<T: Trace>(trace: &T) -> T::N {
    (trace.read(slot::TEAM_DEVELOPERS) / trace.read(slot::CHANGES_AREA_PEOPLE))
        .max(trace.constant(1.0))
        .named("areas of the product that are worked on apart", "areas")
}

/// Hours of work of a bad change. Where files are uploaded nothing tells whose change it was: all who work on the same area
/// of the product look at once, which takes no longer and everybody's time.
fn work_of_a_bad_change<T: Trace>(trace: &T, practice: &Practice) -> T::N {
    let each = trace.read(practice.deploy.undo_work_hours());
    if practice.deploy != Deploy::Upload {
        return each;
    }
    let one = trace.constant(1.0);
    let together = trace.read(slot::TEAM_DEVELOPERS).min(trace.read(slot::CHANGES_AREA_PEOPLE)).max(one);
    (each * together).named("work of a bad change that was uploaded, of all who look for it", "hours/incident")
}

/// Incidents that come at any hour, those of machines apart.
#[derive(Clone, Copy, Debug)]
pub struct Unplanned<N> {
    /// How many there are a year.
    pub count: N,
    /// Hours of work a year.
    pub hours: N,
}

/// What comes at any hour: roles that run out of something, databases that must be repaired, crashes that somebody looks at.
pub fn unplanned<T: Trace>(
    context: &Context<T>,
    practice: &Practice,
    keeper: Keeper,
    reliability: &Reliability<T::N>,
) -> Unplanned<T::N> {
    let trace = &context.trace;
    let read = |at| trace.read(at);
    let stores = read(slot::DATA_STORES);
    let roles = stores + 1.0;
    let short = (roles * read(slot::FAILURES_CAPACITY)).named("roles that run out of something", "incidents/year");
    let repairs = stores * reliability.repairs_each;
    let mut unplanned = Unplanned { count: short + repairs, hours: (short + repairs) * read(slot::INCIDENT_HOURS) };
    // What a supervisor restarts needs nobody; on machines as they are somebody looks at every crash.
    if practice.deploy.onto_machines() {
        let beside = if keeper.is_provider() { trace.constant(1.0) } else { roles };
        let crashes = (beside * read(slot::FAILURES_CRASH)).named("crashes that somebody looks at", "incidents/year");
        unplanned.count = unplanned.count + crashes;
        unplanned.hours = unplanned.hours + crashes * read(slot::INCIDENT_HOURS_RESTART);
    }
    unplanned
}

/// Hours of work of a machine that fails, in office hours; none where it is replaced by itself.
pub fn hours_each_machine<T: Trace>(trace: &T, practice: &Practice) -> Option<T::N> {
    match practice.repair {
        Repair::ByHand => Some(trace.read(slot::INCIDENT_HOURS)),
        Repair::ByProvider => Some(trace.read(slot::INCIDENT_HOURS_RESTART)),
        Repair::Replaced => None,
    }
}

/// What upgrades that fail cost a year, in work and in downtime.
pub fn failing_upgrades_usd<T: Trace>(context: &Context<T>, stack: &Stack, structure: &Structure) -> T::N {
    let trace = &context.trace;
    let down = trace.read(slot::RECOVERY_UPGRADE) * trace.read(slot::INCIDENT_SHARE_DOWN_UPGRADE);
    let work = trace.read(slot::INCIDENT_HOURS) * trace.read(slot::TEAM_HOURLY_USD);
    failed_upgrades(context, stack, structure) * (down * context.hour_down_usd() + work)
}

/// The incidents of a variant.
pub fn incidents<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    stack: &Stack,
    structure: &Structure,
) -> Incidents<T::N> {
    let Design { practice, reliability, on_call, .. } = design;
    let trace = &context.trace;
    let read = |at| trace.read(at);
    let none = Outages::none(trace.constant(0.0));

    let changes_a_year = changes_a_year(trace);
    let bad = changes_a_year * failures_of_a_change(trace, practice);
    let bad = bad.named("bad changes", "incidents/year");
    let share = (read(slot::INCIDENT_SHARE_DOWN_CHANGE) / areas_of_the_product(trace))
        .named("share of the product that a bad change takes down", "share");
    let undo = read(practice.deploy.undo_hours());
    let failed = failed_upgrades(context, stack, structure);
    let (fix, hit) = (read(slot::RECOVERY_UPGRADE), read(slot::INCIDENT_SHARE_DOWN_UPGRADE));
    // Changes and upgrades fail while people are there; the rest at any hour.
    let planned = bad * work_of_a_bad_change(trace, practice) + failed * read(slot::INCIDENT_HOURS);
    let unplanned = unplanned(context, practice, design.layout.keeper, reliability);
    let hours = planned + unplanned.hours * context.out_of_hours(*on_call);
    Incidents {
        changes: none.and_of_a_share(bad, undo, share).named("down by bad changes"),
        upgrades: none.and_of_a_share(failed, fix, hit).named("down by failed upgrades"),
        changes_a_year,
        failed_upgrades: failed,
        count: (bad + failed + unplanned.count).named("incidents, machines apart", "incidents/year"),
        hours: hours.named("hours for incidents, machines apart", "hours/year"),
        hours_each_machine: hours_each_machine(trace, practice)
            .map_or(trace.constant(0.0), |hours| hours * context.out_of_hours(*on_call)),
    }
}
