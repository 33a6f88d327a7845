//! The numbers of an outcome: what they are called, what they mean, and where each stands.

use super::ledger::{Hours, Line};
use crate::explain::Number;

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
        pub(super) enum Place { $($name),* }

        /// Every number of an outcome that is not a line of its bill, in the order of their indices. The lines of the
        /// bill follow, as `lines.<id>`, and then the hours of each kind of work, as `labour.byKind.<id>`.
        pub static METRICS: &[Metric] = &[$(Metric { id: $id, label: $label, unit: $unit, doc: $doc }),*];
    };
}

impl Place {
    /// A number under the label and the unit that it has as a metric.
    pub(super) fn name<N: Number>(self, number: N) -> N {
        let Metric { label, unit, .. } = METRICS[self as usize];
        number.named(label, unit)
    }

    /// A number under its label, with its place.
    pub(super) fn with<N: Number>(self, number: N) -> (Self, N) {
        (self, self.name(number))
    }
}

metrics! {
    Tco: "totals.tcoUsd", "all-in cost over the horizon", "USD",
        "Everything paid until the horizon, work and expected losses included, as present value: money later counts for less.";
    Monthly: "totals.monthlyUsd", "all-in cost a month", "USD/month",
        "The level monthly payment over the horizon that is worth the same. Without discounting it is the plain mean.";
    Infrastructure: "totals.infrastructureUsd", "infrastructure", "USD",
        "What is bought and put to use, present value.";
    Labour: "totals.labourUsd", "people", "USD", "Work, set-up and moving included, present value.";
    Waste: "totals.wasteUsd", "waste", "USD", "What is bought and not used, present value.";
    Downtime: "totals.downtimeUsd", "downtime", "USD", "What is lost while the software is down, as expected, present value.";
    DataLoss: "totals.dataLossUsd", "lost data", "USD", "What lost data costs, as expected, present value.";
    PricedParts: "totals.partsUsd", "price put on parts", "USD",
        "What the user says that moving parts are worth, present value; nothing unless a price is given.";
    Setup: "totals.setupUsd", "set-up", "USD", "Work before the first month, moving in and learning apart.";
    Migration: "totals.migrationUsd", "moving in", "USD",
        "Moving in from what runs today: the work, the downtime of the cut-over, and what is paid twice, present value.";
    Exit: "totals.exitUsd", "leaving", "USD", "What leaving costs after the horizon, as likely as it is, present value.";
    LevelMonths: "totals.levelMonths", "months, discounted", "months",
        "The present value of one dollar a month over the horizon: totals divided by it are levels a month.";
    ThousandUsers: "unitCosts.usdPerThousandUsersMonth", "all-in cost of a thousand weekly users a month", "USD/month",
        "The all-in cost over the horizon over its thousands of weekly users, month by month, both as present value: a levelised cost. 0 where nobody comes.";
    MillionRequests: "unitCosts.usdPerMillionRequests", "all-in cost of a million requests", "USD",
        "The same over millions of requests, those that a cache answers included.";
    MonthlyInfrastructure: "monthlyLevels.infrastructureUsd", "infrastructure a month", "USD/month",
        "The infrastructure's part of the level monthly payment.";
    MonthlyLabour: "monthlyLevels.labourUsd", "people a month", "USD/month",
        "The work's part of the level monthly payment, set-up included.";
    MonthlyWaste: "monthlyLevels.wasteUsd", "waste a month", "USD/month", "The waste's part of the level monthly payment.";
    MonthlyRisk: "monthlyLevels.downtimeUsd", "downtime and lost data a month", "USD/month",
        "The part of downtime and lost data in the level monthly payment.";
    MonthlyParts: "monthlyLevels.partsUsd", "price put on parts a month", "USD/month",
        "The part of the price put on parts in the level monthly payment.";
    HoursPerMonth: "labour.hoursPerMonth", "hours of work a month", "hours/month",
        "Recurring hours, mean over the months; set-up, moving and first learning apart.";
    Engineers: "labour.fullTimeEquivalents", "engineers", "engineers",
        "Recurring hours over the productive hours of one engineer.";
    WholePeople: "labour.wholePeople", "whole people", "people", "The same, rounded up to people.";
    MinimumTeam: "labour.minimumTeam", "smallest team", "people",
        "People it takes so that each skill is held by two, at the number of technologies that one can hold.";
    SetupHours: "labour.setupHours", "hours of set-up", "hours", "Hours to set the platform up.";
    MigrationHours: "labour.migrationHours", "hours of moving in", "hours", "Hours of moving services and data in.";
    LearningHours: "labour.learningHours", "hours of learning before the first month", "hours",
        "Hours in which the team learns the skills that nobody holds yet.";
    OnCallWanted: "labour.onCallWanted", "on call wanted", "yes or no",
        "1 if the goal needs an answer at any hour, or if the downtime saved is worth more than standing by.";
    OnCallStaffed: "labour.onCallStaffed", "on call staffed", "yes or no",
        "1 if there are enough people for the rotation, or none is wanted. At 0 the goal is not staffed, whatever the diagram says.";
    Pages: "labour.pagesPerPersonWeek", "incidents per person and week", "incidents/week",
        "Incidents of a week that fall on each developer and operations person, mean.";
    ToilShare: "labour.toilShare", "share of the team's time", "share",
        "Recurring hours over the hours of the operations people, or of the developers where there are none. Above a half there is no time left to improve anything.";
    Expected: "availability.expected", "availability", "share", "Share of the year that the software answers, as expected.";
    DowntimeHours: "availability.downtimeHoursPerYear", "downtime a year", "hours/year", "Hours down in a year, as expected.";
    DowntimeP90: "availability.downtimeP90HoursPerYear", "downtime in a bad year", "hours/year",
        "Hours down that are not exceeded in nine years of ten.";
    DowntimeDeviation: "availability.downtimeDeviationHoursPerYear", "deviation of the downtime from year to year", "hours/year",
        "Standard deviation of the hours down from year to year, as luck has it.";
    DownComponents: "availability.componentHoursPerYear", "down by components", "hours/year",
        "Hours down by machines, crashes, failed failovers, providers and places.";
    DownData: "availability.dataHoursPerYear", "down while data are restored", "hours/year",
        "Hours down while databases are restored or repaired.";
    DownChanges: "availability.changeHoursPerYear", "down by bad changes", "hours/year", "Hours down by bad changes.";
    DownUpgrades: "availability.upgradeHoursPerYear", "down by failed upgrades", "hours/year",
        "Hours down by upgrades that fail.";
    DownCapacity: "availability.capacityHoursPerYear", "down by lack of capacity", "hours/year",
        "Hours down because memory, connections or CPU ran out.";
    IncidentCount: "availability.incidentsPerYear", "incidents a year", "incidents/year",
        "Everything that somebody has to look at, machines included.";
    RecoveryHours: "availability.recoveryHours", "time to recover", "hours", "Hours down over the outages, mean.";
    Rpo: "availability.rpoHours", "data lost by a restore", "hours", "Hours of data that a restore lacks at worst (RPO).";
    Rto: "availability.rtoHours", "time of a restore", "hours", "Hours that the restore of a database takes (RTO).";
    LostHours: "availability.dataLostHoursPerYear", "hours of data lost a year", "hours/year",
        "Hours of data lost in a year, as expected.";
    Refund: "availability.refundBelow", "refund threshold", "share",
        "Availability below which the provider refunds a part of the bill; no prediction. 0 where there is none.";
    LeadTime: "agility.leadTimeHours", "lead time", "hours",
        "Working hours from the start of a small change to its users: edit, build, tests, review, wait for the next deployment, deploy.";
    DeployHours: "agility.deployHours", "deploying", "hours", "Hours of that which deploying takes.";
    DeploysPossible: "agility.deploysPerDayPossible", "deployments a day possible", "deployments/day",
        "What the slowest stage allows on a working day, all pipelines together.";
    DeploysPerDay: "agility.deploysPerDay", "deployments a day", "deployments/day", "What is wanted, as far as it is possible.";
    ChangeFailure: "agility.changeFailureRate", "deployments that fail", "share",
        "Share of the deployments that have to be undone: fewer deployments put more changes into each.";
    WhoCanDeploy: "agility.whoCanDeploy", "people who can deploy", "people",
        "Developers and operations people; others too where deploying is simple enough.";
    Parity: "agility.parity", "development like production", "yes or no",
        "1 if a developer's machine runs what production runs.";
    Trial: "agility.trialUsdPerMonth", "a trial version", "USD/month",
        "What a further version beside the live one costs a month; nothing where it is another folder.";
    LoopSeconds: "agility.innerLoopSeconds", "save to see", "seconds", "From saving a file to seeing it.";
    Laptop: "agility.copiesOnLaptop", "copies on a laptop", "copies",
        "Copies of one service that run on a developer's machine, each in what isolates it.";
    FirstDeployment: "agility.weeksToFirstDeployment", "weeks to the first deployment", "weeks",
        "Set-up, moving and learning, by one engineer.";
    FirstUsd: "agility.firstDeploymentUsd", "cost to the first deployment", "USD",
        "Everything paid before the first month.";
    AnswerMs: "latency.typicalMs", "time to answer", "ms", "CPU time of a request and what the way adds, queues apart.";
    ColdMs: "latency.coldStartMs", "first answer after a pause", "ms",
        "A request that finds nothing running; 0 where something always runs.";
    Copies: "fleet.copies", "copies of every role", "copies",
        "How often every role runs, but for databases that their seller runs.";
    DatabaseCopies: "fleet.databaseCopies", "copies of each database", "copies",
        "How often each database runs: one with a standby twice; 0 where there is none.";
    Sites: "fleet.sites", "sites", "sites",
        "At how many data centres or regions all of it stands: a second one takes over when the first does not answer.";
    Machines: "fleet.machines", "machines", "machines",
        "Machines that the team looks after, all environments, mean over the months.";
    MachinesMost: "fleet.machinesMost", "machines at most", "machines", "The same in the busiest month.";
    Parts: "complexity.parts", "moving parts", "parts",
        "Technologies in a role, with their own version or configuration, that the team answers for.";
    SelfRun: "complexity.selfRun", "parts the team runs itself", "parts", "Those of them that nobody else runs.";
    Stateful: "complexity.stateful", "parts that hold data", "parts", "Those of them that hold data which can be lost.";
    SelfRunState: "complexity.selfRunStateful", "parts that hold data and are run by the team", "parts",
        "Those that hold data and that nobody else runs.";
    Specific: "complexity.providerSpecific", "parts of one provider", "parts", "Those that only their provider has.";
    Interfaces: "complexity.interfaces", "interfaces", "interfaces", "Configured dependencies between two parts.";
    Index: "complexity.index", "structural complexity", "parts",
        "Weighted parts and interfaces after Sinha and de Weck; it means nothing without the list of parts.";
    Reach: "complexity.reach", "reach of a change", "parts",
        "Parts that a change in one part can reach, itself included, mean over the parts.";
    Skills: "complexity.skills", "skills", "skills", "Different skills that the parts take.";
    NewSkills: "complexity.newSkills", "skills to learn", "skills", "Those of them that nobody in the team holds.";
    LongestChain: "complexity.longestChain", "longest chain", "parts", "Parts on the longest way along dependencies.";
    ForcedUpgrades: "complexity.forcedUpgradesPerYear", "forced upgrades a year", "upgrades/year",
        "Upgrades that somebody else's end of support forces, in one environment.";
    FailedUpgrades: "complexity.failedUpgradesPerYear", "failed upgrades a year", "upgrades/year",
        "Those of them that fail in production.";
    UpgradeHours: "complexity.upgradeHoursPerYear", "hours of forced upgrades a year", "hours/year",
        "The hours they take in this company's environments.";
    ConfigLines: "complexity.configLines", "lines of configuration", "lines",
        "Lines of configuration that the team keeps, services and parts.";
    PartHours: "complexity.hoursPerPartMonth", "hours of one part a month", "hours/month",
        "Upgrades, failed upgrades and learning, over the parts: what a part costs this team.";
    PartUsd: "complexity.usdPerPartMonth", "price of one part a month", "USD/month", "The same in money.";
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
    if let Some(name) = id.strip_prefix("lines.") {
        return Line::ALL.iter().position(|line| line.info().0 == name).map(|at| METRICS.len() + at);
    }
    if let Some(name) = id.strip_prefix("labour.byKind.") {
        let kind = Hours::ALL.iter().position(|kind| kind.info().0 == name);
        return kind.map(|at| METRICS.len() + Line::COUNT + at);
    }
    METRICS.iter().position(|metric| metric.id == id)
}

/// The index of a number that the source itself names.
///
/// # Panics
/// If there is no such number: then the source is wrong, and no question can be answered by another number in its place.
#[must_use]
pub fn known(id: &str) -> usize {
    find(id).unwrap_or_else(|| panic!("there is no number {id}"))
}

/// Numbers of the parts that other numbers need anyway.
const NEEDED_ANYWAY: [Place; 4] =
    [Place::ForcedUpgrades, Place::FailedUpgrades, Place::UpgradeHours, Place::ConfigLines];

/// Which numbers of an outcome are asked for. Most of those of the parts change no other, and take their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of them.
    Whole,
    /// All but those of the parts that no other needs, which are left at zero.
    WithoutComplexity,
}

impl Scope {
    /// What is needed for some numbers, by their indices.
    #[must_use]
    pub fn of(numbers: &[usize]) -> Self {
        let needed = |at: usize| NEEDED_ANYWAY.iter().any(|place| *place as usize == at);
        let of_parts =
            |at: &usize| METRICS.get(*at).is_some_and(|metric| metric.id.starts_with("complexity.")) && !needed(*at);
        if numbers.iter().any(of_parts) { Self::Whole } else { Self::WithoutComplexity }
    }
}
