//! Moving in from what runs today, moving out at the end, and what a team has to learn on the way.

use super::availability::year_hours;
use super::complexity::Stack;
use super::design::Design;
use super::ledger::Leaving;
use super::load::Load;
use super::practice::Deploy;
use super::prices::Egress;
use super::{Context, labour, site};
use crate::approach::Variant;
use crate::explain::{Number, Trace};
use crate::facts::{Part, slot};

/// Share of a workload that has to be changed when it moves from one way of deploying to another; none if only the
/// machines change.
fn changed_share<T: Trace>(trace: &T, from: Deploy, to: Deploy) -> Option<T::N> {
    if from == to || (from.onto_machines() && to.onto_machines()) {
        return None;
    }
    let functions = from == Deploy::Function || to == Deploy::Function;
    Some(trace.read(if functions { slot::MIGRATION_REFACTOR_SHARE } else { slot::MIGRATION_REPLATFORM_SHARE }))
}

/// Hours of moving the services and the databases from today's variant to another.
pub fn migration_hours<T: Trace>(context: &Context<T>, from: Variant, to: Deploy) -> T::N {
    let trace = &context.trace;
    let services = trace.read(slot::SERVICES_COUNT);
    let rehost = trace.read(slot::MIGRATION_REHOST);
    let each = match changed_share(trace, from.practice().deploy, to) {
        None => rehost,
        Some(share) => rehost + share * 10.0 * trace.read(slot::MIGRATION_REFACTOR),
    };
    let data = trace.read(slot::DATA_STORES) * trace.read(slot::MIGRATION_DATA_HOURS);
    (services * each.named("hours of moving one service", "hours/service") + data).named("hours of moving in", "hours")
}

/// Share of a month in which today's way still runs beside the new one.
pub fn dual_share<T: Trace>(context: &Context<T>, month: u16) -> T::N {
    let trace = &context.trace;
    let left = trace.read(slot::MIGRATION_DUAL_MONTHS) - f64::from(month - 1);
    left.max(trace.constant(0.0)).min(trace.constant(1.0))
}

/// Hours of set-up of the platform and of the machines that it starts with, and of writing the configuration of every
/// service after the first, whose is in those of the platform; of the operators that the team writes itself as well, where
/// the stack has them.
pub fn setup_hours<T: Trace>(context: &Context<T>, design: &Design<T::N>, stack: &Stack, machines: T::N) -> T::N {
    let trace = &context.trace;
    let further = (trace.read(slot::SERVICES_COUNT) - 1.0).max(trace.constant(0.0));
    let written = (further * trace.read(design.practice.deploy.lines_of_service()))
        .named("lines of configuration of the services after the first", "lines");
    let mut hours = trace.read(design.layout.care.setup) + written * trace.read(slot::CONFIG_HOURS_PER_LINE);
    if design.layout.two_sites {
        hours = hours + site::setup_hours(trace, &design.layout);
    }
    let operators = trace.read(slot::SERVICES_OWN_OPERATORS);
    if stack.has(Part::DatabaseOperator) && operators.value() != 0.0 {
        let months = cocomo_ii_person_months(trace).named("person-months of one operator", "person-months");
        hours = hours + operators * months * trace.read(slot::PEOPLE_HOURS_PER_MONTH);
    }
    if let Some(each) = design.layout.setup_hours_per_machine {
        hours = hours + machines * each;
    }
    hours.named("hours to set the platform up", "hours")
}

/// Person-months of writing a database operator: COCOMO II.2000, all drivers nominal, `A · KLOC^E`.
pub fn cocomo_ii_person_months<T: Trace>(trace: &T) -> T::N {
    trace.read(slot::COCOMO_A) * trace.read(slot::OPERATOR_KLOC).pow(trace.read(slot::COCOMO_E))
}

/// Hours in which one person learns the skills of a set, and how many people hold them.
fn learning<T: Trace>(context: &Context<T>, unknown: u128) -> (T::N, T::N) {
    let trace = &context.trace;
    let unknown = trace.constant(f64::from(unknown.count_ones())).named("skills that nobody holds yet", "skills");
    let people = trace.read(slot::TEAM_DEVELOPERS) + trace.read(slot::TEAM_OPS_PEOPLE);
    let holders = trace.read(slot::LEARNING_HOLDERS).min(people.max(trace.constant(1.0)));
    let day = trace.read(slot::PEOPLE_HOURS_PER_DAY);
    let each = (unknown * trace.read(slot::LEARNING_DAYS_PER_SKILL) * day)
        .named("hours of learning all of them, for one person", "hours/person");
    (each, holders)
}

/// Hours of learning skills that nobody holds yet, before the first month. Who sets the platform up learns it on the way:
/// that is in the hours of set-up. The others learn beside it.
pub fn learning_once<T: Trace>(context: &Context<T>, unknown: u128) -> T::N {
    let (each, holders) = learning(context, unknown);
    (each * (holders - 1.0).max(context.trace.constant(0.0))).named("hours of learning, once", "hours")
}

/// Hours a month of learning them again, as people leave.
pub fn learning_again<T: Trace>(context: &Context<T>, unknown: u128) -> T::N {
    let (each, holders) = learning(context, unknown);
    (each * holders * context.trace.read(slot::TEAM_TURNOVER_PER_YEAR) / 12.0)
        .named("hours for learning", "hours/month")
}

/// What leaving costs after the last month: replacing what only this provider has, and carrying the data out.
pub fn leaving<T: Trace>(context: &Context<T>, design: &Design<T::N>, stack: &Stack) -> Leaving<T::N> {
    let trace = &context.trace;
    let parts = trace.constant(f64::from(stack.provider_specific())).named("parts of this provider alone", "parts");
    let work = parts * trace.read(slot::EXIT_HOURS_PER_PART) * trace.read(slot::TEAM_HOURLY_USD);
    let gb = (context.last.database_gb + trace.read(slot::DATA_OBJECT_STORAGE_GB)).named("data to carry out", "GB");
    let carried = design
        .layout
        .transit_usd_per_gb
        .map_or_else(|| Egress::new(trace, design.layout.seller).usd(trace, gb, trace.constant(1.0)), |usd| gb * usd);
    let likely = trace.read(slot::FINANCE_EXIT_SHARE);
    Leaving {
        work: (work * likely).named("work of leaving, as likely as it is", "USD"),
        fees: (carried * likely).named("carrying the data out, as likely as it is", "USD"),
    }
}

/// What the cut-over of a move costs in downtime, under the load of the month before which it is made.
pub fn cut_over_usd<T: Trace>(context: &Context<T>, load: &Load<T::N>) -> T::N {
    let hour = context.lost_revenue * load.factor + context.trace.read(slot::GOALS_DOWNTIME_USD_PER_HOUR);
    (context.trace.read(slot::MIGRATION_DOWNTIME) * hour).named("downtime of the cut-over", "USD")
}

/// How many months the version of a managed cluster lags behind in a month, if upgrades are not all done in time.
pub fn version_lag<T: Trace>(context: &Context<T>, month: u16) -> T::N {
    let trace = &context.trace;
    let age = trace.read(slot::CURRENT_CLUSTER_VERSION_MONTHS) + f64::from(month);
    age * trace.read(slot::DELIVERY_UPGRADES_DONE).complement()
}

/// Hours of upgrades and failed upgrades that one part takes a year, at one site or at two.
pub fn upkeep_hours<T: Trace>(context: &Context<T>, part: Part, times: u16, degree: u32, two_sites: bool) -> T::N {
    let trace = &context.trace;
    let (Some(forced), Some((_, each))) = (context.forced_upgrades(part, times), part.facts().upgrade) else {
        return trace.constant(0.0);
    };
    let done = forced * trace.read(each) * labour::environments_of(trace, part, two_sites);
    done + forced * context.survival[degree as usize].complement() * trace.read(slot::INCIDENT_HOURS)
}

/// Availability over a year, from the hours down.
pub fn availability<T: Trace>(trace: &T, hours: T::N) -> T::N {
    let year = year_hours(trace);
    (hours / year).min(trace.constant(1.0)).complement()
}
