//! What an application runs on: the ways in which capacity is bought, each with the smallest unit that can be added.

use super::capacity::{self, Size, Usage};
use super::cluster::Cluster;
use super::design::Obstacle;
use super::functions::Functions;
use super::layout::Roles;
use super::lease::Fleet;
use super::load::Load;
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, slot};
use crate::point::Slot;
use std::rc::Rc;

/// A way to buy capacity.
#[derive(Debug)]
pub enum Compute<N> {
    /// One machine that holds everything, the database too: of the sizes on the ladder the cheapest that fits.
    One(Rc<[Size<N>]>),
    /// A fleet that all services share.
    Pool {
        /// The machine.
        size: Size<N>,
        /// How often every role runs.
        copies: N,
        /// Whether the databases run on the same machines.
        databases: bool,
    },
    /// Machines of their own for every group of services.
    Groups(Groups<N>),
    /// Nodes shared by the pods of all services, following the load through the day.
    Cluster(Cluster<N>),
    /// Milliseconds of a function.
    Functions(Functions<N>),
}

/// What the machines of groups of services are there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sizing {
    /// The peak that is planned for.
    Planned,
    /// The same, with the databases on those of one of the groups.
    PlannedWithDatabases,
    /// The load, which their number follows through the day.
    Elastic,
}

/// Machines of their own for every group of services.
#[derive(Clone, Copy, Debug)]
pub struct Groups<N> {
    size: Size<N>,
    /// How many services share a group's machines, and how many groups there are.
    per_host: N,
    groups: N,
    /// Services on the machines of one group.
    hosted: N,
    /// How often every role runs.
    copies: N,
    /// Whether the load of a typical month takes one machine for each role, and would take two if they were smaller.
    may_spread: bool,
    sizing: Sizing,
    /// Memory of the copies of the databases that lie on one group's machines, as they are in the last month: they grow.
    hot_gib: Option<N>,
    /// Share of the CPU lost to virtualisation, on machines that the team looks after; instances of a platform take no
    /// care, and what they are sold as is what they give.
    lost: Option<N>,
}

impl<N: Number> Compute<N> {
    /// What a month takes. `held` carries the machines that are held for a term from month to month.
    pub fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        load: &Load<N>,
        held: Option<&mut Fleet<N>>,
    ) -> Usage<N> {
        let trace = &context.trace;
        let (zero, one) = (trace.constant(0.0), trace.constant(1.0));
        match self {
            Self::One(sizes) => {
                let gib = memory_of_one(context, load, load.app_planned);
                let planned = [load.app_planned, load.db_planned];
                let holds = |size: &Size<N>| one_holds(context, size, load, planned);
                let fitting = Size::cheapest(sizes, holds, |size, _| size.usd.value());
                let size = fitting.unwrap_or_else(|| Size::largest(sizes));
                let busy = load.app_busy + load.db_busy;
                let used = capacity::used_share(busy, size.vcpu, gib, size.gib, one);
                Usage { machines: one, monitored: one, usd: size.usd, platform_usd: zero, used }
            }
            Self::Pool { size, copies, databases } => {
                let needed = pool_machines(context, size, load, *copies, *databases);
                let needed = needed.named_in("machines needed", "machines", load.month);
                let machines = held.map_or(needed, |fleet| fleet.month(load.month, needed));
                let machines = machines.named_in("machines of the application", "machines", load.month);
                let mut gib = capacity::memory_of_all(trace, load.app_mean, *copies);
                let mut busy = load.app_busy;
                if *databases {
                    gib = gib + load.database_gb * trace.read(slot::DATA_HOT_SHARE) * *copies;
                    busy = busy + load.db_busy;
                }
                let used = capacity::used_share(busy, machines * size.vcpu, gib, machines * size.gib, one);
                Usage { machines, monitored: machines, usd: machines * size.usd, platform_usd: zero, used }
            }
            Self::Groups(groups) => {
                let all = groups.machines(context, load);
                let all = all.named_in("machines of the application", "machines", load.month);
                let size = &groups.size;
                let mut gib = capacity::memory_of_all(trace, load.app_mean, groups.copies);
                let mut busy = load.app_busy;
                if let Some(hot) = groups.hot_gib {
                    gib = gib + hot;
                    busy = busy + load.db_busy;
                }
                let used = capacity::used_share(busy, all * size.vcpu, gib, all * size.gib, one);
                let machines = if groups.lost.is_some() { all } else { zero };
                Usage { machines, monitored: all, usd: all * size.usd, platform_usd: zero, used }
            }
            Self::Cluster(cluster) => cluster.month(context, load),
            Self::Functions(functions) => functions.month(context, load),
        }
    }

    /// The machine of a fleet that all services share.
    pub fn machine(&self) -> Option<&Size<N>> {
        match self {
            Self::Pool { size, .. } => Some(size),
            _ => None,
        }
    }

    /// Machines or running copies that always serve a role while there is traffic: with two of them one may fail.
    pub fn per_role<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> f64 {
        match self {
            Self::One(_) => 1.0,
            Self::Pool { size, copies, databases } => pool_machines(context, size, load, *copies, *databases).value(),
            Self::Groups(groups) => groups.machines_of_a_role(context, load).value(),
            Self::Cluster(cluster) => cluster.pods_of_a_service(context, load),
            Self::Functions(_) => f64::INFINITY,
        }
    }

    /// Machines among which the services of one host have their copies: those of the quietest hour, where their number follows
    /// the load.
    pub fn hosts<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        match self {
            Self::Pool { size, copies, databases } => pool_machines(context, size, load, *copies, *databases),
            Self::Groups(groups) => groups.machines_of_a_role(context, load),
            _ => context.trace.constant(1.0),
        }
    }

    /// Whether some role of a group of services has two machines or more, among which its load has to be balanced.
    pub fn shares_roles<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> bool {
        match self {
            Self::Groups(groups) => groups.shares_roles(context, load),
            _ => self.per_role(context, load) > 1.0,
        }
    }

    /// What the machines cost that run at every hour of a month, in the quietest one: what a commitment can cover.
    pub fn steady_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, usage: &Usage<N>) -> N {
        match self {
            Self::Groups(groups) if groups.sizing == Sizing::Elastic => groups.always(context, load) * groups.size.usd,
            Self::Cluster(cluster) => cluster.always_usd(context, load),
            _ => usage.usd,
        }
    }

    /// Whether what a month takes follows from its load alone, whatever the size of the databases.
    pub fn follows_load(&self) -> bool {
        match self {
            Self::One(_) | Self::Pool { databases: true, .. } => false,
            Self::Cluster(cluster) => !cluster.holds_databases(),
            _ => true,
        }
    }

    /// Whether databases run on the nodes of a cluster.
    pub fn holds_databases(&self) -> bool {
        matches!(self, Self::Cluster(cluster) if cluster.holds_databases())
    }

    /// Whether the load of a typical month would take two machines for each role if they were smaller, and takes one.
    pub fn may_spread(&self) -> bool {
        matches!(self, Self::Groups(groups) if groups.may_spread)
    }

    /// Whether machines are rented by the hour, so that a commitment can make them cheaper.
    pub fn by_machines(&self) -> bool {
        matches!(self, Self::Groups(_) | Self::Cluster(_))
    }

    /// One machine for everything.
    pub fn one<T: Trace<N = N>>(context: &Context<T>, ladder: &'static [Machine]) -> (Self, Option<Obstacle>) {
        let one = Self::One(context.ladder(ladder, None));
        let obstacle = context.loads.iter().find(|load| !one.holds(context, load)).map(|load| {
            let Self::One(sizes) = &one else { unreachable!("it was made one") };
            let most = Size::largest(sizes);
            Obstacle::TooLargeForOneMachine {
                month: load.month,
                needed_vcpu: context.staffing.cores(load.app_peak + load.db_peak).value(),
                offered_vcpu: most.vcpu.value(),
                needed_gib: memory_of_one(context, load, load.app_peak).value(),
                offered_gib: most.gib.value(),
                needed_gbits: load.sent_peak(context).value(),
                offered_gbits: sizes.iter().filter_map(|size| size.port).map(N::value).fold(0.0, f64::max),
                needed_gb: load.database_gb.value(),
                offered_gb: sizes.iter().filter_map(|size| size.disk_gb).map(N::value).fold(0.0, f64::max),
            }
        });
        (one, obstacle)
    }

    /// Whether there is a machine for a month's load, where no more than one can be had. Headroom is wanted; what cannot be
    /// done without is room for the peak.
    pub fn holds<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> bool {
        match self {
            Self::One(sizes) => sizes.iter().any(|size| one_holds(context, size, load, [load.app_peak, load.db_peak])),
            _ => true,
        }
    }

    /// A fleet on the machine that costs least over the months, of which the busiest may be paid for long, with the
    /// databases on it or not. `beside_usd` says what so many machines bring with them at a load, a month, the work that they
    /// take among it: more than their own price decides.
    pub fn pool<T: Trace<N = N>>(
        context: &Context<T>,
        sizes: &[Size<N>],
        copies: N,
        databases: bool,
        beside_usd: impl Fn(&Load<N>, f64, &Size<N>) -> f64,
    ) -> (Self, Option<Obstacle>) {
        let month = |size: &Size<N>, load: &Load<N>| {
            let machines = pool_machines(context, size, load, copies, databases).value();
            machines * size.price_usd() + beside_usd(load, machines, size)
        };
        let months = || context.sampled.iter().chain([&context.busiest]);
        let cost = |size: &Size<N>, least: f64| capacity::sum_or_more(least, months().map(|load| month(size, load)));
        let gib = service_gib(&context.trace).value();
        let largest = Size::largest(sizes);
        let holds = |size: &Size<N>| size.gib.value() >= gib && (!databases || holds_all(context, size));
        let size = Size::cheapest(&usual_servers(context, sizes, holds), |_| true, cost).unwrap_or(largest);
        (Self::Pool { size, copies, databases }, too_large(gib, largest.gib.value()))
    }

    /// Groups of services on the machine that costs least, of those that hold a group's memory. `care` is the fact of
    /// the hours a year that a machine takes; without it nobody has to look after them, and nothing is lost to the
    /// virtualisation that the seller has counted already. `beside_usd` as for a [`pool`](Self::pool); it is told as well
    /// whether some role has two machines when they are busiest, among which its load has to be balanced.
    pub fn groups<T: Trace<N = N>>(
        context: &Context<T>,
        ladder: &'static [Machine],
        per_host: N,
        Roles { copies, spread }: Roles<N>,
        sizing: Sizing,
        care: Option<Slot>,
        beside_usd: impl Fn(&Load<N>, f64, &Size<N>, bool) -> f64,
    ) -> (Self, Option<Obstacle>) {
        let trace = &context.trace;
        let sizes = context.ladder(ladder, care);
        let services = trace.read(slot::SERVICES_COUNT);
        let groups = (services / per_host).ceil().named("groups of services", "groups");
        let lost = care.map(|_| trace.read(slot::CAPACITY_VM_OVERHEAD));
        let hot_gib = (sizing == Sizing::PlannedWithDatabases).then(|| {
            (context.last.database_gb * trace.read(slot::DATA_HOT_SHARE) * copies)
                .named("memory of the databases beside the application", "GiB")
        });
        let hosted_gib = (per_host.min(services) * service_gib(trace)).value();
        let gib = hosted_gib + hot_gib.map_or(0.0, |hot| (hot / copies).value());
        let loads = &context.sampled;
        let hosted = per_host.min(services);
        let on =
            |size: Size<N>| Groups { size, per_host, groups, hosted, copies, may_spread: false, sizing, hot_gib, lost };
        let is_spread = |size: &Size<N>| on(*size).machines_of_a_role(context, &context.typical).value() >= 2.0;
        // Instances of a platform take no care, but they are monitored as machines are.
        let watched = care.map_or_else(|| context.monitoring_usd().value(), |_| 0.0);
        // Whatever the size: one machine for each copy of a group, and cores no busier than is prudent.
        let fewest = (groups * copies).value();
        let busy: Vec<f64> = loads.iter().map(|load| on(sizes[0]).served(context, load).value()).collect();
        let cost = |size: &Size<N>, least: f64| {
            let cores = context.staffing.prudent(lost.map_or(size.vcpu, |lost| size.vcpu * lost.complement())).value();
            let each = size.price_usd() + watched;
            let bound = |busy: &f64| {
                let machines = f64::max(busy / cores, fewest);
                machines * each + size.keeping.usd(machines)
            };
            let bound = busy.iter().map(bound).sum();
            capacity::cost_or_bound(bound, least, || {
                let groups = on(*size);
                let shares = groups.shares_roles(context, &context.busiest);
                let month = |load: &Load<N>| {
                    let machines = groups.machines(context, load).value();
                    machines * each + beside_usd(load, machines, size, shares)
                };
                loads.iter().map(month).sum()
            })
        };
        let largest = Size::largest(&sizes);
        let holds = |size: &Size<N>| size.gib.value() >= gib;
        let modest = care.is_some() && sizes.iter().any(|size| holds(size) && size.is_modest(trace));
        let roomy = |size: &Size<N>| holds(size) && (!modest || size.is_modest(trace));
        let fits = |size: &Size<N>| roomy(size) && (!spread || is_spread(size));
        let size = Size::cheapest(&sizes, fits, cost).unwrap_or(largest);
        let may_spread = !is_spread(&size) && sizes.iter().any(|size| roomy(size) && is_spread(size));
        (Self::Groups(Groups { may_spread, ..on(size) }), too_large(gib, largest.gib.value()))
    }
}

impl<N: Number> Groups<N> {
    /// Machines that always serve a role while there is traffic, the one with the least of it: where their number follows the
    /// load, those of the quietest hours.
    fn machines_of_a_role<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let app = if self.sizing == Sizing::Elastic {
            capacity::quietest(&context.demand, &context.levels_machines, load, Self::headroom(context))
        } else {
            self.planned(context, load)
        };
        let each = if context.uneven(load.month) {
            let each = |class| {
                let (groups, share) = self.of_class(context, class);
                app * share / groups
            };
            context.classes().map(each).reduce(N::min).expect("uneven services have classes")
        } else {
            app / self.groups
        };
        let each = self.of_one(context, load, each, self.hot_gib.filter(|_| self.groups.value() <= 1.0));
        self.carrying(context, load).map_or(each, |all| each.max(all / self.groups))
    }

    /// Whether some role has two machines or more.
    fn shares_roles<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> bool {
        self.machines(context, load).value() > self.roles(context, load)
    }

    /// Roles that have machines of their own: the groups of services that grow alike, together.
    fn roles<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> f64 {
        if !context.uneven(load.month) {
            return self.groups.value();
        }
        context.classes().map(|class| self.of_class(context, class).0.value()).sum()
    }

    /// Services that grow alike share machines with each other: their groups, and their share of the load.
    fn of_class<T: Trace<N = N>>(&self, context: &Context<T>, (services, relative): &(N, N)) -> (N, N) {
        let all = context.trace.read(slot::SERVICES_COUNT);
        ((*services / self.per_host).ceil(), *services * *relative / all)
    }

    /// Machines of all groups whose ports carry the traffic: at the peak, in whole ones, or, where their number follows the
    /// load, mean over the hours. How it is spread over the groups is not known: they share it as it fits.
    fn carrying<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> Option<N> {
        if self.sizing == Sizing::Elastic {
            return self.size.to_send(|| load.sent_mean(context));
        }
        self.size.to_send(|| load.sent_peak(context)).map(N::ceil)
    }

    /// The load that machines are there for whose number does not follow it.
    fn planned<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        if self.lost.is_none() {
            return load.app_planned;
        }
        let requests = context.demand.app_peak * load.factor * context.trace.read(slot::CAPACITY_VM_HEADROOM);
        (requests + context.demand.background).named_in(
            "application load planned for, on virtual machines",
            "vCPU",
            load.month,
        )
    }

    /// The load that is ready to be served over the load of requests, on machines whose number follows it.
    fn headroom<T: Trace<N = N>>(context: &Context<T>) -> Option<N> {
        Some(context.trace.read(slot::CAPACITY_AUTOSCALE_HEADROOM) + 1.0)
    }

    /// Machines of all groups: for the peak, or, where their number follows the load, mean over the hours.
    fn machines<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let served = self.of_all(context, load, |machines| self.over_the_hours(context, load, machines));
        self.carrying(context, load).map_or(served, |to_send| served.max(to_send))
    }

    /// Machines of all groups that run at every hour of a month.
    fn always<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let least = capacity::least(&context.demand, &context.levels_machines, load, Self::headroom(context));
        self.of_all(context, load, |machines| machines(least))
    }

    /// Machines of all groups, from those that a load of the application takes: `over` says which load, or the mean over
    /// which.
    fn of_all<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, over: impl Fn(&dyn Fn(N) -> N) -> N) -> N {
        if !context.uneven(load.month) {
            return over(&|app| {
                let each = app / self.groups;
                let alike = |groups: N| self.of_one(context, load, each, None) * groups;
                let Some(hot) = self.hot_gib else { return alike(self.groups) };
                let with_databases = self.of_one(context, load, each, Some(hot));
                if self.groups.value() > 1.0 { with_databases + alike(self.groups - 1.0) } else { with_databases }
            });
        }
        let mut classes = context.classes().map(|class| self.of_class(context, class));
        let of = |(groups, share): (N, N)| over(&|app| self.of_one(context, load, app * share / groups, None) * groups);
        let first = of(classes.next().expect("uneven services have classes"));
        N::sum(first, classes.map(of))
    }

    /// What a month takes, from what a load of the application does: the load that is planned for, or, where the number
    /// of machines follows it, the mean over the hours.
    fn over_the_hours<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, of: impl Fn(N) -> N) -> N {
        if self.sizing != Sizing::Elastic {
            return of(self.planned(context, load));
        }
        capacity::mean_over_hours(&context.demand, &context.levels_machines, load, Self::headroom(context), of)
    }

    /// The load for which there have to be cores.
    fn served<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        self.over_the_hours(context, load, |app| app)
    }

    /// Machines of one group for its load of the application: for the CPU, for the memory of as many running copies, and
    /// one for each copy of its roles at least; with the databases, where their memory is told: then they lie on them.
    fn of_one<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, app: N, hot_gib: Option<N>) -> N {
        let running = capacity::memory_gib(&context.trace, self.hosted, app, self.copies);
        let (busy, memory) = hot_gib.map_or((app, running), |hot| (app + load.db_planned, running + hot));
        context.staffing.machines(busy, &self.size, self.lost).max(memory / self.size.gib).ceil().max(self.copies)
    }
}

/// Memory that one machine for everything must have for a load of the application.
fn memory_of_one<T: Trace>(context: &Context<T>, load: &Load<T::N>, app: T::N) -> T::N {
    let trace = &context.trace;
    let hot = load.database_gb * trace.read(slot::DATA_HOT_SHARE);
    let running = capacity::memory_of_all(trace, app, trace.constant(1.0));
    (running + hot).named_in("memory needed", "GiB", load.month)
}

/// Whether one machine of a size holds everything under a load of the application and of the databases.
fn one_holds<T: Trace>(context: &Context<T>, size: &Size<T::N>, load: &Load<T::N>, [app, db]: [T::N; 2]) -> bool {
    size.gib.value() >= memory_of_one(context, load, app).value()
        && context.staffing.fits(app + db, size)
        && [size.to_send(|| load.sent_peak(context)), size.to_keep(load.database_gb)]
            .into_iter()
            .flatten()
            .all(|machines| machines.value() <= 1.0)
}

/// Memory of one running copy of one service.
pub fn service_gib<T: Trace>(trace: &T) -> T::N {
    (trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0).named("memory of one service", "GiB")
}

/// The obstacle of a service that no machine of a ladder has room for.
pub fn too_large(needed: f64, offered: f64) -> Option<Obstacle> {
    (needed > offered).then_some(Obstacle::ServiceTooLarge { needed_gib: needed, offered_gib: offered })
}

/// Whether one machine of a size holds application and databases in every month, with what is planned for growth.
pub fn holds_all<T: Trace>(context: &Context<T>, size: &Size<T::N>) -> bool {
    [&context.busiest, &context.last]
        .iter()
        .all(|load| one_holds(context, size, load, [load.app_planned, load.db_planned]))
}

/// Machines of a shared fleet: for the load, for the memory of every copy, and one for each copy at least.
fn pool_machines<T: Trace>(
    context: &Context<T>,
    size: &Size<T::N>,
    load: &Load<T::N>,
    copies: T::N,
    databases: bool,
) -> T::N {
    let mut memory = capacity::memory_of_all(&context.trace, load.app_planned, copies);
    let mut busy = load.app_planned;
    if databases {
        memory = memory + load.database_gb * context.trace.read(slot::DATA_HOT_SHARE) * copies;
        busy = busy + load.db_planned;
    }
    let mut machines = context.staffing.machines(busy, size, None).max(memory / size.gib);
    if let Some(to_send) = size.to_send(|| load.sent_peak(context)) {
        machines = machines.max(to_send);
    }
    machines.ceil().max(copies)
}

/// The servers of which fleets are made: of those that hold what they have to, the ones no larger than is usual, or the
/// smallest; none if none does.
pub fn usual_servers<T: Trace>(
    context: &Context<T>,
    sizes: &[Size<T::N>],
    holds: impl Fn(&Size<T::N>) -> bool,
) -> Vec<Size<T::N>> {
    let mut holding: Vec<Size<T::N>> = sizes.iter().copied().filter(holds).collect();
    let smallest = holding.iter().map(|size| size.machine.vcpu).fold(f64::INFINITY, f64::min);
    let most = f64::max(context.trace.read(slot::METAL_FLEET_VCPU).value(), smallest);
    holding.retain(|size| size.machine.vcpu <= most);
    holding
}

/// The cheapest machine of a ladder with room for one copy of a service: what a further environment has of each.
pub fn twin_size<T: Trace>(context: &Context<T>, ladder: &'static [Machine], gib: T::N) -> Size<T::N> {
    let sizes = context.ladder(ladder, None);
    Size::cheapest(&sizes, |size| size.gib.value() >= gib.value(), |size, _| size.usd.value())
        .unwrap_or_else(|| Size::largest(&sizes))
}

/// The level payment a month, over the price, that pays a price back in so many months at a monthly rate.
pub fn level_payment<N: Number>(rate: N, months: N, one: N) -> N {
    let grown = (rate + 1.0).pow(months);
    // A rate so small that it changes nothing is none: the annuity would divide by what is left of its digits.
    if grown.value() > 1.0 + 1e-9 { rate / (one / grown).complement() } else { one / months }
}

/// What a bought machine costs a month: its price with spares, written off over its life, and its place in a cabinet.
pub fn owned_sizes<T: Trace>(context: &Context<T>, ladder: &'static [Machine]) -> Vec<Size<T::N>> {
    let trace = &context.trace;
    let spares = trace.read(slot::HARDWARE_SPARES_SHARE) + 1.0;
    let life = (trace.read(slot::HARDWARE_LIFE_YEARS) * 12.0).named("life of a server", "months");
    // Money tied up in machines has its price: the level payment over their life that is worth what they cost.
    let rate = (trace.read(slot::FINANCE_DISCOUNT_RATE) + 1.0).pow(trace.constant(1.0 / 12.0)) - 1.0;
    let one = trace.constant(1.0);
    // What the machine is worth at the end comes back then: only the rest is paid off, and interest on that part runs on.
    let salvage = trace.read(slot::HARDWARE_SALVAGE_SHARE);
    let share = level_payment(rate, life, one) * salvage.complement() + salvage * rate;
    let share = share.named("level payment a month, over the price", "share/month");
    let cabinet = prices::usd(trace, slot::COLOCATION_CABINET);
    let each = trace.read(slot::COLOCATION_CABINET_KW) / trace.read(slot::HARDWARE_SERVER_KW);
    // A machine takes its share of a cabinet's power, or a single place, whichever is cheaper.
    let place =
        (cabinet / each).min(prices::usd(trace, slot::COLOCATION_ONE_UNIT)).named("place of one machine", "USD/month");
    context
        .ladder(ladder, Some(slot::HOURS_MACHINE_BARE_METAL))
        .iter()
        .map(|size| {
            let price = size.usd;
            let written_off = (price * spares * share).named("write-off of one machine, with interest", "USD/month");
            Size { usd: (written_off + place).named(size.machine.name, "USD/month"), ..*size }
        })
        .collect()
}
