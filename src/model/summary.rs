//! One variant, played through the months, summed up in the numbers of its outcome.

use super::complexity::{Stack, index as complexity_index};
use super::design::Design;
use super::ledger::{Cost, Hours, Ledger, Line};
use super::metrics::{COUNT, METRICS, Place, Scope};
use super::practice::{self, Repair};
use super::structure::Structure;
use super::timeline::Figures;
use super::{Context, labour, moving};
use crate::explain::{Number, Trace};
use crate::facts::slot;
use crate::point::Slot;

/// The numbers of one variant's outcome, in the order of [`describe`](super::metrics::describe).
pub fn summarise<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    stack: &Stack,
    structure: &Structure,
    figures: &Figures<T::N>,
    ledger: &Ledger<T::N>,
    scope: Scope,
) -> [T::N; COUNT] {
    let skills = Place::Skills.name(context.trace.constant(f64::from(structure.skills.count_ones())));
    let numbers = [context.trace.constant(0.0); COUNT];
    let mut summary = Summary { context, design, stack, structure, figures, ledger, skills, numbers };
    summary.lines();
    summary.money();
    summary.work();
    summary.fleet();
    summary.failures();
    summary.pace();
    if scope == Scope::Whole {
        summary.complexity();
    }
    summary.numbers
}

/// What is summed up, and the numbers so far.
struct Summary<'s, 'c, T: Trace> {
    context: &'s Context<'c, T>,
    design: &'s Design<T::N>,
    stack: &'s Stack,
    structure: &'s Structure,
    figures: &'s Figures<T::N>,
    ledger: &'s Ledger<T::N>,
    /// Different skills that the parts take.
    skills: T::N,
    numbers: [T::N; COUNT],
}

impl<T: Trace> Summary<'_, '_, T> {
    fn put<const MANY: usize>(&mut self, rows: [(Place, T::N); MANY]) {
        for (place, number) in rows {
            self.numbers[place as usize] = number;
        }
    }

    fn number(&self, place: Place) -> T::N {
        self.numbers[place as usize]
    }

    fn line(&self, line: Line) -> T::N {
        self.numbers[METRICS.len() + line.index()]
    }

    fn count(&self, number: u32) -> T::N {
        self.context.trace.constant(f64::from(number))
    }

    /// The lines of the bill over the horizon, as present value.
    fn lines(&mut self) {
        let Self { context, ledger, .. } = *self;
        let (months, discount) = (ledger.months.len(), &context.discount);
        let discounted =
            ledger.months.iter().zip(discount).map(|(month, discount)| month.lines.map(|usd| usd * *discount));
        let varying = T::N::sums(std::array::from_fn(|at| ledger.upfront[at]), discounted);
        for line in Line::ALL {
            let at = line.index();
            let upfront = ledger.upfront[at];
            let sum = if at < Line::VARYING {
                varying[at]
            } else {
                match line {
                    Line::Exit => ledger.leaving.work * discount[months - 1],
                    Line::ExitFees => ledger.leaving.fees * discount[months - 1],
                    _ => upfront + ledger.level[at] * context.level_months,
                }
            };
            self.numbers[METRICS.len() + at] = sum.named(line.info().1, "USD");
        }
    }

    /// All lines of a kind of cost.
    fn cost(&self, kind: Cost, place: Place) -> T::N {
        let (count, lines) = &Line::OF_COST[kind as usize];
        let mut lines = lines[..*count].iter().map(|line| self.numbers[METRICS.len() + line]);
        let first = lines.next().unwrap_or(self.context.trace.constant(0.0));
        place.name(T::N::sum(first, lines))
    }

    /// Totals of the lines, and what they are a month, for so many users and for so many requests.
    fn money(&mut self) {
        let Self { context, ledger, .. } = *self;
        let level_months = context.level_months;
        let infrastructure = self.cost(Cost::Infrastructure, Place::Infrastructure);
        let labour = self.cost(Cost::People, Place::Labour);
        let waste = self.cost(Cost::Waste, Place::Waste);
        let downtime = self.cost(Cost::Downtime, Place::Downtime);
        let data_loss = self.cost(Cost::DataLoss, Place::DataLoss);
        let priced = self.cost(Cost::Parts, Place::PricedParts);
        let kinds = [labour, waste, downtime, data_loss, priced];
        let tco = Place::Tco.name(T::N::sum(infrastructure, kinds.into_iter()));
        let moving = self.line(Line::Migration) + self.line(Line::Transition) + ledger.upfront[Line::Downtime.index()];
        let exit = (self.line(Line::Exit) + self.line(Line::ExitFees)).named("leaving, all told", "USD");
        let first = T::N::sum(ledger.upfront[0], ledger.upfront[1..].iter().copied());
        // Of what there is so much in the first month, as present value over the horizon; of next to nothing no number tells.
        let per = |first: T::N, each: f64| {
            let unit = tco / (first / each * context.level_load);
            if unit.value().is_finite() { unit } else { context.trace.constant(0.0) }
        };
        self.put([
            (Place::Tco, tco),
            Place::Monthly.with(tco / level_months),
            (Place::Infrastructure, infrastructure),
            (Place::Labour, labour),
            (Place::Waste, waste),
            (Place::Downtime, downtime),
            (Place::DataLoss, data_loss),
            (Place::PricedParts, priced),
            (Place::Setup, ledger.upfront[Line::Setup.index()]),
            (Place::Migration, moving.named("moving in, all told", "USD")),
            (Place::Exit, exit),
            (Place::LevelMonths, level_months),
            Place::ThousandUsers.with(per(context.demand.users, 1e3)),
            Place::MillionRequests.with(per(context.demand.requests, 1e6)),
            Place::MonthlyInfrastructure.with(infrastructure / level_months),
            Place::MonthlyLabour.with(labour / level_months),
            Place::MonthlyWaste.with(waste / level_months),
            Place::MonthlyRisk.with((downtime + data_loss) / level_months),
            Place::MonthlyParts.with(priced / level_months),
            Place::FirstUsd.with(first),
        ]);
    }

    /// Hours of each kind, what they come to, and the people they take.
    fn work(&mut self) {
        let Self { context, design, ledger, skills, .. } = *self;
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let mut by_kind = [zero; Hours::COUNT];
        let varying = T::N::sums([zero; Hours::VARYING], ledger.months.iter().map(|month| month.hours));
        for kind in Hours::ALL {
            let hours = if kind.index() < Hours::VARYING {
                varying[kind.index()] / ledger.months.len() as f64
            } else {
                ledger.level_hours[kind.index()]
            };
            by_kind[kind.index()] = hours.named(kind.info().1, "hours/month");
            self.numbers[METRICS.len() + Line::COUNT + kind.index()] = by_kind[kind.index()];
        }
        let hours = Place::HoursPerMonth.name(T::N::sum(by_kind[0], by_kind[1..].iter().copied()));
        let month_of_one = trace.read(slot::PEOPLE_HOURS_PER_MONTH);
        let engineers = Place::Engineers.name(hours / month_of_one);
        let each = trace.read(slot::PEOPLE_TECHNOLOGIES_EACH);
        let team = (skills * labour::HOLDERS / each).ceil().max(trace.constant(labour::HOLDERS));
        let (developers, ops) = (trace.read(slot::TEAM_DEVELOPERS), trace.read(slot::TEAM_OPS_PEOPLE));
        let whose = if ops.value() > 0.0 { ops } else { developers.max(trace.constant(1.0)) };
        let weeks = T::N::sum(ledger.setup_hours, [ledger.migration_hours, ledger.learning_hours].into_iter())
            / (month_of_one * 12.0 / 52.0);
        self.put([
            (Place::HoursPerMonth, hours),
            (Place::Engineers, engineers),
            Place::WholePeople.with(engineers.ceil()),
            Place::MinimumTeam.with(team),
            (Place::SetupHours, ledger.setup_hours),
            (Place::MigrationHours, ledger.migration_hours),
            (Place::LearningHours, ledger.learning_hours),
            (Place::OnCallWanted, design.on_call_wanted),
            (Place::OnCallStaffed, design.on_call_staffed),
            Place::ToilShare.with(hours / (whose * month_of_one)),
            Place::FirstDeployment.with(weeks),
        ]);
    }

    /// Copies, and machines that the team looks after.
    fn fleet(&mut self) {
        let Self { context, design, ledger, .. } = *self;
        let zero = context.trace.constant(0.0);
        let mut machines = ledger.months.iter().map(|month| month.machines);
        let first = machines.next().unwrap_or(zero);
        let mean = T::N::sum(first, machines) / ledger.months.len() as f64;
        let most = ledger
            .months
            .iter()
            .fold(zero, |most, month| if month.machines.value() > most.value() { month.machines } else { most });
        self.put([
            (Place::Copies, design.copies),
            (Place::DatabaseCopies, design.database_copies),
            (Place::Sites, design.sites),
            Place::Machines.with(mean),
            (Place::MachinesMost, most),
        ]);
    }

    /// Incidents, hours down, and data lost.
    fn failures(&mut self) {
        let Self { context, design, figures, .. } = *self;
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let incidents = &figures.incidents;
        let reliability = &design.reliability;
        let outages = figures.outages;
        let twins = (trace.read(slot::DELIVERY_ENVIRONMENTS) - 1.0) * design.layout.twin_machines;
        let in_production = self.number(Place::Machines) - twins;
        // What replaces itself nobody looks at.
        let failing = match design.practice.repair {
            Repair::Replaced => zero,
            _ => in_production.max(zero) * reliability.failures_each,
        };
        let happening = Place::IncidentCount.name(incidents.count + failing);
        let people = trace.read(slot::TEAM_DEVELOPERS) + trace.read(slot::TEAM_OPS_PEOPLE);
        let recovery = if outages.events.value() > 0.0 { outages.hours / outages.events } else { zero };
        self.put([
            Place::Pages.with(happening / people.max(trace.constant(1.0)) / 52.0),
            Place::Expected.with(moving::availability(trace, outages.hours)),
            (Place::DowntimeHours, outages.hours),
            Place::DowntimeP90.with(outages.p90()),
            Place::DowntimeDeviation.with(outages.deviation()),
            (Place::DownComponents, reliability.components.hours),
            (Place::DownData, reliability.data.hours),
            (Place::DownChanges, incidents.changes.hours),
            (Place::DownUpgrades, incidents.upgrades.hours),
            (Place::DownCapacity, reliability.capacity.hours),
            (Place::IncidentCount, happening),
            Place::RecoveryHours.with(recovery),
            (Place::Rpo, reliability.rpo_hours),
            (Place::Rto, reliability.rto_hours),
            (Place::LostHours, reliability.lost_hours),
            (Place::Refund, refund_below(design).map_or(zero, |at| trace.read(at))),
        ]);
    }

    /// What daily work is like, how fast the software answers, and the upgrades that are forced.
    fn pace(&mut self) {
        let Self { context, design, figures, .. } = *self;
        let Figures { agility, incidents, upgrades, trial_usd, .. } = figures;
        let parity = context.trace.constant(f64::from(u8::from(design.practice.parity)));
        self.put([
            (Place::LeadTime, agility.lead_time_hours),
            (Place::DeployHours, agility.deploy_hours),
            (Place::DeploysPossible, agility.possible),
            (Place::DeploysPerDay, agility.deploys_a_day),
            (Place::ChangeFailure, agility.change_failure_rate),
            (Place::WhoCanDeploy, agility.who_can_deploy),
            (Place::Parity, parity),
            (Place::Trial, *trial_usd),
            (Place::LoopSeconds, agility.loop_seconds),
            (Place::Laptop, agility.copies_on_laptop),
            (Place::AnswerMs, agility.typical_ms),
            (Place::ColdMs, agility.cold_ms),
            (Place::ForcedUpgrades, upgrades.count),
            (Place::FailedUpgrades, incidents.failed_upgrades),
            (Place::UpgradeHours, upgrades.hours),
            (Place::ConfigLines, agility.config_lines),
        ]);
    }

    /// The parts: how many, how they hang together, what keeping them takes.
    fn complexity(&mut self) {
        let Self { context, stack, structure, skills, .. } = *self;
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let unknown = structure.skills & !context.company.skills;
        let two_sites = self.design.layout.two_sites;
        let per_year = stack.parts().zip(&structure.degrees).fold(zero, |sum, ((part, times), degree)| {
            sum + moving::upkeep_hours(context, part, times, *degree, two_sites)
        });
        let learning = self.numbers[METRICS.len() + Line::COUNT + Hours::Learning.index()];
        let learning = if unknown == 0 { zero } else { learning };
        let parts = self.count(stack.count()).max(trace.constant(1.0));
        let part_hours = Place::PartHours.name((per_year / 12.0 + learning) / parts);
        self.put([
            Place::Parts.with(self.count(stack.count())),
            Place::SelfRun.with(self.count(stack.self_run())),
            Place::Stateful.with(self.count(stack.stateful())),
            Place::SelfRunState.with(self.count(stack.self_run_state())),
            Place::Specific.with(self.count(stack.provider_specific())),
            Place::Interfaces.with(self.count(stack.interfaces().len() as u32)),
            (Place::Index, complexity_index(trace, stack, structure)),
            Place::Reach.with(trace.constant(structure.reach)),
            (Place::Skills, skills),
            Place::NewSkills.with(self.count(unknown.count_ones())),
            Place::LongestChain.with(self.count(structure.longest_chain)),
            (Place::PartHours, part_hours),
            Place::PartUsd.with(part_hours * trace.read(slot::TEAM_HOURLY_USD)),
        ]);
    }
}

/// The refund threshold that a variant's provider names.
fn refund_below<N: Number>(design: &Design<N>) -> Option<Slot> {
    match design.practice.place {
        practice::Place::DataCentre | practice::Place::Platform => None,
        practice::Place::Functions => Some(slot::SLA_FUNCTIONS),
        practice::Place::Zones if design.reliability.in_two_zones => Some(slot::SLA_REGION),
        practice::Place::Zones => Some(slot::SLA_SINGLE_INSTANCE),
    }
}
