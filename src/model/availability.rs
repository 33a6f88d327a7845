//! How long the software is down, and how much data is lost: components, copies, failover, providers, recovery.
//!
//! Rates are events a year, durations are hours. An outage of one of n services or databases counts as 1/n of an
//! outage, so that the number of services or databases alone changes neither rate nor duration of the whole.

use super::practice::{Copies, Place, Practice, Repair};
use super::{Context, Layout, cdn};
use crate::draw::Z90;
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// Outages of a kind: how many a year, how long they last together, and how uneven they are.
#[derive(Clone, Copy, Debug)]
pub struct Outages<N> {
    /// Outages a year.
    pub events: N,
    /// Hours down a year.
    pub hours: N,
    /// Sum over the outages of a year of the mean square of the hours that they count.
    squares: N,
    /// The same by how long they last: of what is short and frequent luck makes something else than of what is long and rare.
    by_length: ByLength<N>,
    /// Where requests can go meanwhile.
    refuge: Option<Refuge<N>>,
    /// How many a year sent them there.
    fled: N,
}

/// A second site, to which requests are sent while the first does not answer.
#[derive(Clone, Copy, Debug)]
struct Refuge<N> {
    /// Share of the attempts that succeed.
    coverage: N,
    /// Hours until requests are answered there.
    hours: N,
}

/// Hours at which outages of different mean lengths are told apart, and what a bad year of all that are shorter is called.
const LENGTHS: [(f64, &str); 6] = [
    (0.25, "a bad year of outages below a quarter of an hour"),
    (1.0, "a bad year of outages below an hour"),
    (4.0, "a bad year of outages below 4 hours"),
    (16.0, "a bad year of outages below 16 hours"),
    (64.0, "a bad year of outages below 64 hours"),
    (256.0, "a bad year of outages below 256 hours"),
];

/// Outages by their mean length.
#[derive(Clone, Copy, Debug)]
struct ByLength<N>([Option<Alike<N>>; LENGTHS.len() + 1]);

impl<N: Number> ByLength<N> {
    const NONE: Self = Self([None; LENGTHS.len() + 1]);

    // Once in the code, and not wherever something may be down.
    #[inline(never)]
    fn add(&mut self, length: f64, hours: N, squares: N) {
        let alike = Alike { hours, squares, met: hours.value() * length * 2.0 };
        if hours.value() > 0.0 {
            join(&mut self.0[LENGTHS.iter().filter(|(from, _)| length >= *from).count()], alike);
        }
    }

    #[inline(never)]
    fn join(&mut self, others: &Self) {
        for (alike, more) in self.0.iter_mut().zip(others.0) {
            if let Some(more) = more {
                join(alike, more);
            }
        }
    }
}

/// Outages of about the same mean length.
#[derive(Clone, Copy, Debug)]
struct Alike<N> {
    hours: N,
    squares: N,
    /// The squares of the hours that they last, for whoever meets them.
    met: f64,
}

fn join<N: Number>(alike: &mut Option<Alike<N>>, more: Alike<N>) {
    *alike = Some(alike.map_or(more, |Alike { hours, squares, met }| Alike {
        hours: hours + more.hours,
        squares: squares + more.squares,
        met: met + more.met,
    }));
}

impl<N: Number> Reliability<N> {
    /// Whether its components are down no longer than the goal allows.
    pub fn meets<T: Trace<N = N>>(&self, context: &Context<T>) -> bool {
        self.components.hours.value() <= context.allowed_hours.value()
    }

    /// Outages of all these kinds.
    pub fn outages(&self) -> Outages<N> {
        self.components.with(&self.data).with(&self.capacity)
    }
}

impl<N: Number> Outages<N> {
    /// No outages.
    pub fn none(zero: N) -> Self {
        Self { events: zero, hours: zero, squares: zero, by_length: ByLength::NONE, refuge: None, fled: zero }
    }

    /// With further outages, as [`add`](Self::add) counts them.
    #[must_use]
    pub fn and(mut self, rate: N, hours: N) -> Self {
        self.add(rate, hours);
        self
    }

    /// Adds further outages: so many a year, each of so many hours in the mean, their lengths exponential. Those that last
    /// longer than it takes to reach a second site end there, as far as it is reached.
    fn add(&mut self, rate: N, hours: N) {
        let Some(Refuge { coverage, hours: flight }) =
            self.refuge.filter(|refuge| refuge.hours.value() < hours.value())
        else {
            return self.add_everywhere(rate, hours);
        };
        let reached = rate * coverage;
        self.add_everywhere(reached, flight);
        self.add_everywhere(rate * coverage.complement(), hours);
        self.fled = self.fled + reached;
    }

    /// Adds further outages that both sites have at once.
    fn add_everywhere(&mut self, rate: N, hours: N) {
        self.add_counted(rate, hours, hours.value());
    }

    /// With further outages that take down a share of the product each, and count as so much of an outage.
    #[must_use]
    pub fn and_of_a_share(mut self, rate: N, hours: N, share: N) -> Self {
        self.add_counted(rate, hours * share, hours.value());
        self
    }

    /// Adds further outages: so many a year, that count so many hours each, and last so long.
    fn add_counted(&mut self, rate: N, counted: N, length: f64) {
        let down = rate * counted;
        let squares = down * counted * 2.0;
        self.events = self.events + rate;
        self.hours = self.hours + down;
        self.squares = self.squares + squares;
        self.by_length.add(length, down, squares);
    }

    /// Outages of both kinds.
    #[must_use]
    pub fn with(mut self, other: &Self) -> Self {
        self.join(other);
        self
    }

    /// Adds the outages of another kind.
    fn join(&mut self, other: &Self) {
        self.events = self.events + other.events;
        self.hours = self.hours + other.hours;
        self.squares = self.squares + other.squares;
        self.by_length.join(&other.by_length);
        self.fled = self.fled + other.fled;
    }

    /// What outages somebody meets who watches one address, as how many a year and how many hours each in the mean: those of
    /// about the same length as one kind, with the mean and the variance that they have together. Of what takes down a share
    /// of the product that much is met, and for as long as it lasts: the hours are the same, in fewer and longer outages.
    pub fn kinds(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.by_length.0.iter().flatten().map(|Alike { hours, met, .. }| {
            let length = met / hours.value() / 2.0;
            (hours.value() / length, length)
        })
    }

    /// The figures under a name.
    #[must_use]
    pub fn named(mut self, name: &'static str) -> Self {
        self.hours = self.hours.named(name, "hours/year");
        self
    }

    /// Hours down that are not exceeded in nine years of ten: those of all outages, or of the shorter lengths alone where that
    /// is more, as what is added to them takes nothing away.
    pub fn p90(&self) -> N {
        let of = |hours: N, squares: N, name| {
            let variance = squares.named("variance of the hours down from year to year", "hours²");
            let quantile = hours_of_a_bad_year(hours.value(), squares.value());
            hours.call("gammaP90", &[variance], quantile).named(name, "hours/year")
        };
        let mut worst = of(self.hours, self.squares, "a bad year of all outages");
        let mut kinds = self.by_length.0.into_iter().zip(LENGTHS).filter_map(|(kind, (_, name))| Some((kind?, name)));
        if self.by_length.0[LENGTHS.len()].is_none() {
            // The longest there are: with them it is all outages.
            kinds.next_back();
        }
        let mut shorter = None;
        for (kind, name) in kinds {
            join(&mut shorter, kind);
            if let Some(Alike { hours, squares, .. }) = shorter {
                let hours = hours.named("hours down in a year by these outages", "hours/year");
                worst = worst.max(of(hours, squares, name));
            }
        }
        worst
    }

    /// Standard deviation of the hours down from year to year.
    pub fn deviation(&self) -> N {
        self.squares.call("squareRoot", &[], f64::sqrt(self.squares.value()))
    }
}

/// The hours down that are not exceeded in nine years of ten, from their mean and variance.
///
/// The total is a compound Poisson sum. A gamma distribution of the same mean and variance stands for it, and the
/// cube-root rule of Wilson and Hilferty (1931) gives its quantile: within an eighth of the sum's own for all but one in a
/// hundred of the presets' variants, and too high rather than too low. Further down it is no likeness: what is short and
/// frequent comes in every year. Nor is it one where something is so long and rare that nine years of ten are without it.
fn hours_of_a_bad_year(mean: f64, variance: f64) -> f64 {
    if !(mean > 0.0 && variance > 0.0) {
        return 0.0;
    }
    let ninth = variance / (9.0 * mean * mean);
    let root = 1.0 - ninth + Z90 * f64::sqrt(ninth);
    let quantile = mean * root * root * root;
    if quantile > 0.0 { quantile } else { 0.0 }
}

/// Hours in a year, as the price book counts its months.
pub fn year_hours<T: Trace>(trace: &T) -> T::N {
    trace.read(slot::CONST_HOURS_PER_MONTH) * 12.0
}

/// A role that a failure of its kinds takes down: rate and hours of each kind.
#[derive(Clone, Copy, Debug)]
pub struct Role<N> {
    /// Failures a year and hours until it serves again.
    pub causes: [(N, N); 2],
    /// Share of the failures that failover takes care of.
    pub coverage: N,
}

impl<N: Number> Role<N> {
    /// Adds the outages of one copy.
    fn once(&self, outages: &mut Outages<N>) {
        self.causes.iter().for_each(|(rate, hours)| outages.add(*rate, *hours));
    }

    /// Adds the outages of two copies: a common cause takes both (beta factor of IEC 61508-6), failover fails (imperfect coverage
    /// after Bouricius, Carter and Schneider 1969) or takes its time, or both fail at once by chance.
    ///
    /// Either copy may fail, but where both serve a failure takes half of the requests with it, and where one stands by
    /// its failure takes none: both ways the failures of one copy count.
    fn twice<T: Trace<N = N>>(&self, trace: &T, outages: &mut Outages<N>) {
        let beta = trace.read(slot::AVAILABILITY_COMMON_CAUSE);
        let alone = beta.complement();
        let missed = alone * self.coverage.complement();
        let covered = alone * self.coverage;
        let failover = trace.read(slot::FAILOVER_HOURS);
        let (mut down, mut failures) = (trace.constant(0.0), trace.constant(0.0));
        for (rate, hours) in self.causes {
            // What repairs itself faster than failover acts needs none.
            outages.add(rate * (beta + missed), hours);
            outages.add(rate * covered, failover.min(hours));
            down = down + rate * alone * hours;
            failures = failures + rate * alone;
        }
        // Both down by chance, in outages half as long as one copy's.
        let year = year_hours(trace);
        let share = (down / year).min(trace.constant(1.0));
        let both = share
            .call("noneOfTwoUp", &[], too_few_up(1, 2, share.value()))
            .named("time that neither of two is up", "share");
        let both = both * year;
        if both.value() > 0.0 {
            let length = down / failures / 2.0;
            outages.add(both / length, length);
        }
    }

    /// Outages of the copies that there are, which may end at the second site that `none` has.
    fn outages_from<T: Trace<N = N>>(&self, trace: &T, twice: bool, none: Outages<N>) -> Outages<N> {
        let mut outages = none;
        if twice {
            self.twice(trace, &mut outages);
        } else {
            self.once(&mut outages);
        }
        outages
    }

    /// Outages of the copies that there are.
    pub fn outages<T: Trace<N = N>>(&self, trace: &T, twice: bool) -> Outages<N> {
        self.outages_from(trace, twice, Outages::none(trace.constant(0.0)))
    }
}

/// Who looks after the databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// There are none.
    Nobody,
    /// The team, on the machine of the application.
    TeamBeside,
    /// The team, on machines of their own, or on those of the application twice.
    Team,
    /// A provider, on machines that may fail.
    Provider,
    /// A provider, as a service that fails with its region.
    Service,
}

impl Keeper {
    /// Whether somebody else looks after them.
    #[must_use]
    pub const fn is_provider(self) -> bool {
        matches!(self, Self::Provider | Self::Service)
    }
}

/// How long a layout is down, whatever is changed on it, and how much data it loses.
#[derive(Clone, Copy, Debug)]
pub struct Reliability<N> {
    /// Outages by machines, crashes, failover, providers and places.
    pub components: Outages<N>,
    /// Outages while databases are restored or repaired.
    pub data: Outages<N>,
    /// Outages because memory, connections or CPU ran out.
    pub capacity: Outages<N>,
    /// Hours of data lost a year.
    pub lost_hours: N,
    /// Data that a restore lacks at worst.
    pub rpo_hours: N,
    /// Hours that a restore takes.
    pub rto_hours: N,
    /// Failures a year of each machine that the team looks after.
    pub failures_each: N,
    /// Databases restored or repaired by hand, a year and database.
    pub repairs_each: N,
    /// Whether one of two zones can do without the other: nothing that fails with its zone is there once.
    pub in_two_zones: bool,
}

/// What of a layout runs twice.
#[derive(Clone, Copy, Debug)]
pub struct Twice {
    /// All of it, at two sites.
    pub site: bool,
    /// Every role, databases apart that their seller runs.
    pub roles: bool,
    /// The application: bought for it, or because its load takes two machines or copies of a role anyway.
    pub application: bool,
    /// Each database.
    pub databases: bool,
}

impl Twice {
    /// Of a layout whose roles run twice or not, the databases among them.
    pub fn of<T: Trace>(context: &Context<T>, practice: &Practice, layout: &Layout<T::N>, roles: bool) -> Self {
        let anyway = || practice.copies != Copies::One && layout.compute.per_role(context, &context.typical) >= 2.0;
        Self { site: false, roles, application: roles || anyway(), databases: roles }
    }
}

/// What a layout of roles, copies and places comes to.
pub fn reliability<T: Trace>(
    context: &Context<T>,
    practice: &Practice,
    layout: &Layout<T::N>,
    twice: Twice,
    on_call: bool,
) -> Reliability<T::N> {
    let keeper = layout.keeper;
    let trace = &context.trace;
    let response = context.response(on_call);
    // A machine of the application, and of the databases that the team runs.
    let (failures_each, repaired) = match practice.repair {
        Repair::ByHand => (trace.read(slot::FAILURES_SERVER), response + trace.read(slot::RECOVERY_SERVER)),
        Repair::ByProvider => (trace.read(slot::FAILURES_VM), trace.read(slot::RECOVERY_VM)),
        Repair::Replaced => (trace.read(slot::FAILURES_VM), trace.read(slot::RECOVERY_REPLACED)),
    };
    let restarted = if practice.deploy.onto_machines() {
        (response + trace.read(slot::RECOVERY_CRASH)).named("a crash is noticed and the role restarted", "hours")
    } else {
        trace.read(slot::RECOVERY_RESTART)
    };
    let none = Outages::none(trace.constant(0.0));
    let refuge = twice.site.then(|| Refuge {
        coverage: trace.read(slot::FAILOVER_COVERAGE_SITE),
        hours: (response + trace.read(slot::FAILOVER_SITE_HOURS)).named("hours until the second site serves", "hours"),
    });
    let failures = Failures {
        machine: (failures_each, repaired),
        crash: (trace.read(slot::FAILURES_CRASH), restarted),
        twice,
        response,
        none: Outages { refuge, ..none },
    };
    let mut components = failures.of_roles(trace, practice, keeper);
    let in_two_zones = twice.roles && (twice.databases || matches!(keeper, Keeper::Nobody | Keeper::Service));
    add_outside(trace, practice.place, layout.load_balancer, in_two_zones, &mut components);
    if context.company.cdn.is_some() {
        let (rate, hours) = cdn::outages(trace);
        components.add_everywhere(rate, hours);
    }
    let mut restores = failures.of_data(context, practice, keeper);
    if twice.site && keeper != Keeper::Nobody {
        // What had not arrived at the second site when it took over.
        let fled = components.fled + restores.data.fled;
        restores.lost_hours = restores.lost_hours + fled * trace.read(slot::DATA_RPO_REPLICA);
    }
    Reliability {
        capacity: lacks(context, practice, layout, response).named("down by lack of capacity"),
        components: components.named("down by components, providers and places"),
        data: restores.data.named("down while databases are restored or repaired"),
        lost_hours: restores.lost_hours.named("hours of data lost", "hours/year"),
        rpo_hours: restores.rpo_hours,
        rto_hours: restores.rto_hours,
        failures_each,
        repairs_each: restores.repairs_each,
        in_two_zones,
    }
}

/// How machines and roles fail, and how long it takes until they serve again.
struct Failures<N> {
    /// Failures a year of a machine, and hours until it or another one serves.
    machine: (N, N),
    /// Crashes a year of a role, and hours until it is restarted.
    crash: (N, N),
    /// What runs twice.
    twice: Twice,
    /// Hours until somebody is there.
    response: N,
    /// No outages yet, with the second site that they may end at, if there is one.
    none: Outages<N>,
}

impl<N: Number> Failures<N> {
    /// Outages of the application, of the databases, and of what stands before them.
    fn of_roles<T: Trace<N = N>>(&self, trace: &T, practice: &Practice, keeper: Keeper) -> Outages<N> {
        let read = |at| trace.read(at);
        let zero = trace.constant(0.0);
        let (crash_rate, restarted) = self.crash;
        let none = self.none;
        let mut down = none;
        if practice.place != Place::Functions {
            let application =
                Role { causes: [self.machine, self.crash], coverage: read(slot::FAILOVER_COVERAGE_STATELESS) };
            down.join(&application.outages_from(trace, self.twice.application, none).named("application down"));
        }
        let own_database = matches!(keeper, Keeper::Team | Keeper::TeamBeside);
        if practice.deploy.onto_machines() && (!self.twice.application || (own_database && !self.twice.databases)) {
            // Machines that are kept and not replaced are restarted for updates; with a second copy one serves on.
            down.add(read(slot::MAINTENANCE_RESTARTS), read(slot::MAINTENANCE_RESTART_HOURS));
        }
        let database = match keeper {
            Keeper::Nobody | Keeper::Service => None,
            // The machine is counted with the application.
            Keeper::TeamBeside => Some(((zero, zero), restarted, slot::FAILOVER_COVERAGE_OWN)),
            Keeper::Team => Some((self.machine, restarted, slot::FAILOVER_COVERAGE_OWN)),
            Keeper::Provider => Some((
                (read(slot::FAILURES_VM), read(slot::RECOVERY_VM)),
                read(slot::RECOVERY_RESTART),
                slot::FAILOVER_COVERAGE_MANAGED,
            )),
        };
        if let Some((machine, crash_hours, coverage)) = database {
            let role = Role { causes: [machine, (crash_rate, crash_hours)], coverage: read(coverage) };
            down.join(&role.outages_from(trace, self.twice.databases, none).named("database down"));
        }
        if practice.place == Place::DataCentre && self.twice.roles {
            // The team's own balancer, a pair of it, on machines that are counted with the application.
            let balancer = Role { causes: [(zero, zero), self.crash], coverage: read(slot::FAILOVER_COVERAGE_OWN) };
            down.join(&balancer.outages_from(trace, true, none).named("balancer down"));
        }
        down
    }

    /// What becomes of the data: restores, repairs, and what is lost by them.
    fn of_data<T: Trace<N = N>>(&self, context: &Context<T>, practice: &Practice, keeper: Keeper) -> Restores<N> {
        let trace = &context.trace;
        let read = |at| trace.read(at);
        let zero = trace.constant(0.0);
        let mut data = self.none;
        if keeper == Keeper::Nobody {
            return Restores { data, lost_hours: zero, rpo_hours: zero, rto_hours: zero, repairs_each: zero };
        }
        let Self { twice: Twice { databases: twice, .. }, response, .. } = *self;
        let gb = context.last.database_gb / read(slot::DATA_STORES);
        let rto_hours = (read(slot::RECOVERY_RESTORE_FIXED) + gb / read(slot::RECOVERY_RESTORE_GB_PER_HOUR))
            .named("hours that a restore takes", "hours");
        let rpo_hours =
            if keeper.is_provider() { read(slot::DATA_RPO_MANAGED) } else { read(slot::DATA_BACKUP_INTERVAL_HOURS) };
        // Somebody destroys data: replicas follow, at another site too, and only a backup helps.
        let mut restores = read(slot::FAILURES_DATA_DESTROYED);
        let mut lost_hours = restores * rpo_hours / 2.0;
        let restore = response + rto_hours;
        data.add_everywhere(restores, restore);
        // What dies with its disks is at another site still, if that is reached.
        let reached = self.none.refuge.filter(|refuge| refuge.hours.value() < restore.value());
        let unreached = reached.map(|refuge| refuge.coverage.complement());
        let gone = |rate: N| unreached.map_or(rate, |share| rate * share);
        if keeper == Keeper::TeamBeside || (keeper == Keeper::Team && practice.repair == Repair::ByHand) {
            // Disks of whole machines die with what is on them; disks of a cloud are copies already.
            let disks = read(slot::FAILURES_DISK_LOSS);
            let alone = if twice { disks * read(slot::AVAILABILITY_COMMON_CAUSE) } else { disks };
            restores = restores + alone;
            data.add(alone, restore);
            lost_hours = lost_hours + gone(alone) * rpo_hours / 2.0;
        }
        if twice && keeper == Keeper::Team {
            let (failures_each, crash_rate) = (self.machine.0, self.crash.0);
            lost_hours = lost_hours + (failures_each + crash_rate) * read(slot::DATA_RPO_REPLICA);
        }
        restores = restores.named("restores of a database", "restores/year");
        let mut restored = Restores { data, lost_hours, rpo_hours, rto_hours, repairs_each: restores };
        if !practice.database_in_cluster {
            return restored;
        }
        let stuck = read(slot::FAILURES_STATEFUL_SET);
        // A standby serves on while its twin is stuck, as far as failover works.
        let down = if twice { stuck * read(slot::FAILOVER_COVERAGE_OWN).complement() } else { stuck };
        restored.data.add(down, response + read(slot::RECOVERY_STATEFUL_SET));
        restored.lost_hours = lost_hours + gone(down) * rpo_hours / 2.0;
        restored.repairs_each = restores + stuck;
        restored
    }
}

/// Restores and repairs of databases: fields as in [`Reliability`].
struct Restores<N> {
    data: Outages<N>,
    lost_hours: N,
    rpo_hours: N,
    rto_hours: N,
    repairs_each: N,
}

/// Adds the outages of what is around the roles: the provider's balancer, the place, and its zones.
fn add_outside<T: Trace>(trace: &T, place: Place, load_balancer: bool, in_two_zones: bool, down: &mut Outages<T::N>) {
    let read = |at| trace.read(at);
    let one = trace.constant(1.0);
    if load_balancer {
        down.add(read(slot::OUTAGE_LOAD_BALANCER), one);
    }
    let (rate, hours) = match place {
        Place::DataCentre => (slot::OUTAGE_DATA_CENTER, slot::OUTAGE_DATA_CENTER_HOURS),
        Place::Zones | Place::Functions => (slot::OUTAGE_REGION, slot::OUTAGE_REGION_HOURS),
        Place::Platform => (slot::OUTAGE_PLATFORM, slot::OUTAGE_PLATFORM_HOURS),
    };
    let (rate, hours) = (read(rate), read(hours));
    if down.refuge.is_none() {
        down.add(rate, hours);
    } else {
        let everywhere = read(match place {
            Place::Platform => slot::OUTAGE_PLATFORM_EVERYWHERE,
            _ => slot::AVAILABILITY_COMMON_CAUSE,
        });
        down.add_everywhere(rate * everywhere, hours);
        down.add(rate * everywhere.complement(), hours);
    }
    if place == Place::Zones && !in_two_zones {
        down.add(read(slot::OUTAGE_ZONE), read(slot::OUTAGE_ZONE_HOURS));
    }
    if place == Place::Functions {
        down.add(read(slot::OUTAGE_FUNCTIONS), one);
    }
}

/// One of several roles that runs out of something takes its part of the whole with it, and what shares its host: of a
/// neighbour that has copies on other hosts the share that this one serves. What services take of work when they do is in the
/// hours of caring for them.
fn lacks<T: Trace>(context: &Context<T>, practice: &Practice, layout: &Layout<T::N>, response: T::N) -> Outages<T::N> {
    let trace = &context.trace;
    let read = |at| trace.read(at);
    let alone = read(slot::FAILURES_CAPACITY);
    let short = match practice.sharing.services_on_a_host(trace) {
        None => alone,
        Some(together) => {
            let hosts = layout.compute.hosts(context, &context.typical);
            (alone * ((together - 1.0) / hosts * read(slot::INCIDENT_SPILL) + 1.0))
                .named("times a year that a role lacks something, its neighbours’ lacks included", "failures/role-year")
        }
    };
    let hours = response + read(slot::RECOVERY_CAPACITY);
    Outages::none(trace.constant(0.0)).and_of_a_share(short, hours, read(slot::INCIDENT_SHARE_DOWN_CAPACITY))
}

/// The chance that fewer than `needed` of `copies` are up, each of them down with a chance of its own and apart from the
/// others: the binomial sum over the cases that are too few, which loses no digits where that is rare.
#[must_use]
pub fn too_few_up(needed: u32, copies: u32, down: f64) -> f64 {
    let mut ways = 1.0;
    let mut sum = 0.0;
    for failed in 0..=copies {
        if copies - failed < needed {
            sum += ways * libm::pow(down, f64::from(failed)) * libm::pow(1.0 - down, f64::from(copies - failed));
        }
        ways = ways * f64::from(copies - failed) / f64::from(failed + 1);
    }
    sum
}
