//! The numbers of an outcome: totals over the horizon, hours, machines, moving parts.

use super::complexity::Stack;
use super::labour;
use super::ledger::{Cost, Hours, Ledger, Line};
use super::timeline::Context;
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// A number of an outcome.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// Where it stands in an outcome, such as `totals.tcoUsd`.
    pub id: &'static str,
    /// Its name, in words.
    pub label: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! metrics {
    ($($name:ident: $id:literal, $label:literal, $unit:literal, $doc:literal;)*) => {
        #[allow(clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum Place { $($name),* }

        /// Every number of an outcome that is not a line of its bill, in the order of their indices. The lines of the
        /// bill follow, as `lines.<id>`, and then the hours of each kind of work, as `labour.byKind.<id>`.
        pub static METRICS: &[Metric] = &[$(Metric { id: $id, label: $label, unit: $unit, doc: $doc }),*];
    };
}

metrics! {
    Tco: "totals.tcoUsd", "all-in cost over the horizon", "USD",
        "Everything paid until the horizon, work included, as present value: money later counts for less.";
    Monthly: "totals.monthlyUsd", "all-in cost a month", "USD/month",
        "The level monthly payment over the horizon that is worth the same. Without discounting it is the plain mean.";
    Infrastructure: "totals.infrastructureUsd", "infrastructure", "USD",
        "What is bought and put to use, present value.";
    Labour: "totals.labourUsd", "people", "USD", "Work, set-up included, present value.";
    Waste: "totals.wasteUsd", "waste", "USD", "What is bought and not used, present value.";
    Setup: "totals.setupUsd", "set-up", "USD", "Work before the first month.";
    LevelMonths: "totals.levelMonths", "months, discounted", "months",
        "The present value of one dollar a month over the horizon: totals divided by it are levels a month.";
    MonthlyInfrastructure: "monthlyLevels.infrastructureUsd", "infrastructure a month", "USD/month",
        "The infrastructure's part of the level monthly payment.";
    MonthlyLabour: "monthlyLevels.labourUsd", "people a month", "USD/month",
        "The work's part of the level monthly payment, set-up included.";
    MonthlyWaste: "monthlyLevels.wasteUsd", "waste a month", "USD/month", "The waste's part of the level monthly payment.";
    HoursPerMonth: "labour.hoursPerMonth", "hours of work a month", "hours/month",
        "Recurring hours, mean over the months; set-up apart.";
    Engineers: "labour.fullTimeEquivalents", "engineers", "engineers",
        "Recurring hours over the productive hours of one engineer.";
    MinimumTeam: "labour.minimumTeam", "smallest team", "people",
        "People it takes so that each skill is held by two, at the number of technologies that one can hold.";
    SetupHours: "labour.setupHours", "hours before the first month", "hours", "Hours to set the platform up.";
    Machines: "fleet.machines", "machines", "machines",
        "Machines that the team looks after, all environments, mean over the months.";
    MachinesMost: "fleet.machinesMost", "machines at most", "machines", "The same in the busiest month.";
    Parts: "complexity.parts", "moving parts", "parts",
        "Technologies in a role, with their own version or configuration, that the team answers for.";
    SelfRun: "complexity.selfRun", "parts the team runs itself", "parts", "Those of them that nobody else runs.";
    Stateful: "complexity.stateful", "parts that hold data", "parts", "Those of them that hold data which can be lost.";
    Interfaces: "complexity.interfaces", "interfaces", "interfaces", "Configured dependencies between two parts.";
    Skills: "complexity.skills", "skills", "skills", "Different skills that the parts take.";
    LongestChain: "complexity.longestChain", "longest chain", "parts", "Parts on the longest way along dependencies.";
    ForcedUpgrades: "complexity.forcedUpgradesPerYear", "forced upgrades a year", "upgrades/year",
        "Upgrades that somebody else's end of support forces, in one environment.";
    UpgradeHours: "complexity.upgradeHoursPerYear", "hours of forced upgrades a year", "hours/year",
        "The hours they take in this company's environments.";
}

/// How many numbers an outcome has: the metrics, the lines, the hours of each kind.
pub const COUNT: usize = METRICS.len() + Line::COUNT + Hours::COUNT;

/// Id, label and unit of the number at an index.
#[must_use]
pub fn describe(index: usize) -> Option<(String, &'static str, &'static str)> {
    if let Some(metric) = METRICS.get(index) {
        return Some((metric.id.into(), metric.label, metric.unit));
    }
    let index = index - METRICS.len();
    if let Some(line) = Line::ALL.get(index) {
        return Some((format!("lines.{}", line.info().0), line.info().1, "USD"));
    }
    let kind = Hours::ALL.get(index - Line::COUNT)?;
    Some((format!("labour.byKind.{}", kind.info().0), kind.info().1, "hours/month"))
}

/// The index of a number, by its id.
#[must_use]
pub fn find(id: &str) -> Option<usize> {
    (0..COUNT).find(|index| describe(*index).is_some_and(|(known, _, _)| known == id))
}

/// All numbers of one variant's outcome.
pub fn summarise<T: Trace>(context: &Context<T>, stack: &Stack, ledger: &Ledger<T::N>) -> [T::N; COUNT] {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    let months = ledger.months.len();
    let count = |number: u32| trace.constant(f64::from(number));

    // A month is paid at its end. The monthly rate compounds to the yearly one.
    let monthly = (trace.read(slot::FINANCE_DISCOUNT_RATE) + 1.0).pow(trace.constant(1.0 / 12.0));
    let monthly = monthly.named("one plus the discount rate of a month", "ratio");
    let mut discount = Vec::with_capacity(months);
    let mut factor = trace.constant(1.0);
    for month in 1..=months {
        factor = (factor / monthly).named_in("what a dollar of this month is worth today", "ratio", month as u16);
        discount.push(factor);
    }
    let level_months = add_up(&discount, zero).named("months, discounted", "months");

    let mut numbers = [zero; COUNT];
    let mut paid = Vec::with_capacity(months + 1);
    for line in Line::ALL {
        let at = line.index();
        paid.clear();
        if *line == Line::Setup {
            paid.push(ledger.upfront[at]);
        }
        for (lines, discount) in ledger.months.iter().zip(&discount) {
            paid.push(lines[at] * *discount);
        }
        numbers[METRICS.len() + at] = add_up(&paid, zero).named(line.info().1, "USD");
    }
    let of_kind = |numbers: &[T::N; COUNT], kind: Cost, name: &'static str| {
        let of: Vec<T::N> = Line::ALL
            .iter()
            .filter(|line| line.info().2 == kind)
            .map(|line| numbers[METRICS.len() + line.index()])
            .collect();
        add_up(&of, zero).named(name, "USD")
    };
    let infrastructure = of_kind(&numbers, Cost::Infrastructure, "infrastructure");
    let labour = of_kind(&numbers, Cost::People, "people");
    let waste = of_kind(&numbers, Cost::Waste, "waste");
    let tco = (infrastructure + labour + waste).named("all-in cost over the horizon", "USD");

    let mut by_kind = [zero; Hours::COUNT];
    for kind in Hours::ALL {
        let hours: Vec<T::N> = ledger.hours.iter().map(|hours| hours[kind.index()]).collect();
        by_kind[kind.index()] = (add_up(&hours, zero) / months as f64).named(kind.info().1, "hours/month");
        numbers[METRICS.len() + Line::COUNT + kind.index()] = by_kind[kind.index()];
    }
    let hours = add_up(&by_kind, zero).named("hours of work a month", "hours/month");
    let engineers = (hours / trace.read(slot::PEOPLE_HOURS_PER_MONTH)).named("engineers", "engineers");
    let skills = count(stack.skills().len() as u32).named("skills", "skills");
    let pair = trace.constant(2.0);
    let team =
        (skills * 2.0 / trace.read(slot::PEOPLE_TECHNOLOGIES_EACH)).ceil().max(pair).named("smallest team", "people");
    let mean_machines = (add_up(&ledger.machines, zero) / months as f64).named("machines", "machines");
    let most = ledger
        .machines
        .iter()
        .fold(zero, |most, machines| if machines.value() > most.value() { *machines } else { most });
    let (forced, usual) = labour::upgrades(trace, stack);

    for (place, number) in [
        (Place::Tco, tco),
        (Place::Monthly, (tco / level_months).named("all-in cost a month", "USD/month")),
        (Place::Infrastructure, infrastructure),
        (Place::Labour, labour),
        (Place::Waste, waste),
        (Place::Setup, ledger.upfront[Line::Setup.index()]),
        (Place::LevelMonths, level_months),
        (Place::MonthlyInfrastructure, (infrastructure / level_months).named("infrastructure a month", "USD/month")),
        (Place::MonthlyLabour, (labour / level_months).named("people a month", "USD/month")),
        (Place::MonthlyWaste, (waste / level_months).named("waste a month", "USD/month")),
        (Place::HoursPerMonth, hours),
        (Place::Engineers, engineers),
        (Place::MinimumTeam, team),
        (Place::SetupHours, ledger.setup_hours),
        (Place::Machines, mean_machines),
        (Place::MachinesMost, most),
        (Place::Parts, count(stack.count()).named("moving parts", "parts")),
        (Place::SelfRun, count(stack.self_run()).named("parts the team runs itself", "parts")),
        (Place::Stateful, count(stack.stateful()).named("parts that hold data", "parts")),
        (Place::Interfaces, count(stack.interfaces().len() as u32).named("interfaces", "interfaces")),
        (Place::Skills, skills),
        (Place::LongestChain, count(stack.longest_chain()).named("longest chain", "parts")),
        (Place::ForcedUpgrades, forced),
        (Place::UpgradeHours, labour::upgrade_hours(trace, usual)),
    ] {
        numbers[place as usize] = number;
    }
    numbers
}

/// A sum that may be empty.
fn add_up<N: Number>(numbers: &[N], zero: N) -> N {
    numbers.split_first().map_or(zero, |(first, rest)| N::sum(*first, rest))
}
