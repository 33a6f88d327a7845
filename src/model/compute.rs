//! What an application runs on: the ways in which capacity is bought, each with the smallest unit that can be added.

use super::capacity::{self, Size, Usage};
use super::lease::Fleet;
use super::load::Load;
use super::prices;
use super::timeline::{Context, Obstacle};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, slot};
use crate::point::Slot;

/// A way to buy capacity.
#[derive(Debug)]
pub enum Compute<N> {
    /// One machine that holds everything, the database too: of the sizes on the ladder the cheapest that fits.
    One(Vec<Size<N>>),
    /// A fleet that all services share.
    Pool {
        /// The machine.
        size: Size<N>,
        /// How often every role runs.
        copies: N,
    },
    /// Machines of their own for every group of services.
    Groups {
        /// The machine.
        size: Size<N>,
        /// How many groups there are.
        groups: N,
        /// Whether their number follows the load through the day.
        elastic: bool,
        /// Share of the CPU lost to virtualisation, on machines that the team looks after; instances of a platform take
        /// no care, and what they are sold as is what they give.
        lost: Option<N>,
    },
    /// Nodes shared by the pods of all services, following the load through the day.
    Cluster(Cluster<N>),
    /// Milliseconds of a function.
    Functions(Functions<N>),
}

/// The nodes of a Kubernetes cluster.
#[derive(Debug)]
pub struct Cluster<N> {
    size: Size<N>,
    /// Whether a node's own agents leave room for anything.
    roomy: bool,
    /// What a node leaves for pods.
    free_vcpu: N,
    free_gib: N,
    /// CPU and memory that the pods ask for whatever the load.
    floor_vcpu: N,
    floor_gib: N,
    /// Share of the CPU that pods ask for which they use.
    in_use: N,
    system_vcpu: N,
    packing: N,
    least: N,
    /// Further nodes that run the control plane.
    control: Option<(Size<N>, N)>,
}

/// Prices of functions.
#[derive(Debug)]
pub struct Functions<N> {
    /// GB-seconds of one request that reaches the functions.
    gb_seconds_per_request: N,
    /// GB-seconds a month of background work.
    background_gb_seconds: N,
    free_gb_seconds: N,
    free_requests: N,
    usd_per_gb_second: N,
    usd_per_million: N,
    gateway_usd_per_million: N,
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
                let gib = memory_of_one(context, load);
                let fitting = Size::cheapest(sizes, |size| one_holds(context, size, load), |size| size.usd.value());
                let size = fitting.unwrap_or_else(|| Size::largest(sizes));
                let busy = context.staffing.busy(load.app_mean + load.db_mean);
                let used = capacity::used_share(busy, size.vcpu, gib, size.gib, one);
                Usage { machines: one, usd: size.usd, platform_usd: zero, used }
            }
            Self::Pool { size, copies } => {
                let needed =
                    pool_machines(context, size, load, *copies).named_in("machines needed", "machines", load.month);
                let machines = held.map_or(needed, |fleet| fleet.month(load.month, needed));
                let machines = machines.named_in("machines of the application", "machines", load.month);
                let gib = capacity::memory_gib(trace) * *copies;
                let busy = context.staffing.busy(load.app_mean);
                let used = capacity::used_share(busy, machines * size.vcpu, gib, machines * size.gib, one);
                Usage { machines, usd: machines * size.usd, platform_usd: zero, used }
            }
            Self::Groups { size, groups, elastic, lost } => {
                let all = groups_machines(context, size, load, *groups, *elastic, *lost);
                let all = all.named_in("machines of the application", "machines", load.month);
                let gib = capacity::memory_gib(trace) * context.copies;
                let busy = context.staffing.busy(load.app_mean);
                let used = capacity::used_share(busy, all * size.vcpu, gib, all * size.gib, one);
                let machines = if lost.is_some() { all } else { zero };
                Usage { machines, usd: all * size.usd, platform_usd: zero, used }
            }
            Self::Cluster(cluster) => cluster.month(context, load),
            Self::Functions(functions) => functions.month(context, load),
        }
    }

    /// One machine for everything.
    pub fn one<T: Trace<N = N>>(context: &Context<T>, ladder: &'static [Machine]) -> (Self, Option<Obstacle>) {
        let sizes = Size::ladder(&context.trace, ladder, None);
        let fits = |load: &Load<N>| sizes.iter().any(|size| one_holds(context, size, load));
        let months =
            context.path.iter().zip(1..).map(|(factor, month)| context.demand.at(&context.trace, month, *factor));
        let obstacle = months.into_iter().find(|load| !fits(load)).map(|load| {
            let most = Size::largest(&sizes);
            Obstacle::TooLargeForOneMachine {
                month: load.month,
                needed_vcpu: context.staffing.cores(load.app_peak + load.db_peak).value(),
                offered_vcpu: most.vcpu.value(),
                needed_gib: memory_of_one(context, &load).value(),
                offered_gib: most.gib.value(),
            }
        });
        let needs_two = context.copies.value() > 1.0;
        let obstacle = obstacle.or_else(|| {
            needs_two.then(|| Obstacle::GoalNeedsTwo {
                goal: context.trace.read(slot::GOALS_AVAILABILITY).value(),
                accepted: context.trace.read(slot::CAPACITY_SINGLE_INSTANCE_SLA).value(),
            })
        });
        (Self::One(sizes), obstacle)
    }

    /// A fleet on the machine that costs least over the typical and the busiest month.
    pub fn pool<T: Trace<N = N>>(context: &Context<T>, sizes: &[Size<N>], copies: N) -> (Self, Option<Obstacle>) {
        let loads = [context.typical(), context.busiest()];
        let cost = |size: &Size<N>| {
            loads.iter().map(|load| pool_machines(context, size, load, copies).value() * size.all_in()).sum()
        };
        let gib = service_gib(&context.trace).value();
        let largest = Size::largest(sizes);
        let size = Size::cheapest(sizes, |size| size.gib.value() >= gib, cost).unwrap_or(largest);
        (Self::Pool { size, copies }, too_large(gib, largest.gib.value()))
    }

    /// Groups of services on the machine that costs least, of those that hold a group's memory. `care` is the fact of
    /// the hours a year that a machine takes; without it nobody has to look after them, and nothing is lost to the
    /// virtualisation that the seller has counted already.
    pub fn groups<T: Trace<N = N>>(
        context: &Context<T>,
        ladder: &'static [Machine],
        per_host: N,
        elastic: bool,
        care: Option<Slot>,
    ) -> (Self, Option<Obstacle>) {
        let trace = &context.trace;
        let sizes = Size::ladder(trace, ladder, care);
        let services = trace.read(slot::SERVICES_COUNT);
        let groups = (services / per_host).ceil().named("groups of services", "groups");
        let lost = care.map(|_| trace.read(slot::CAPACITY_VM_OVERHEAD));
        let gib = (per_host.min(services) * service_gib(trace)).value();
        let loads = [context.typical(), context.busiest()];
        let cost = |size: &Size<N>| {
            let machines = |load: &Load<N>| groups_machines(context, size, load, groups, elastic, lost).value();
            loads.iter().map(|load| machines(load) * size.all_in()).sum()
        };
        let largest = Size::largest(&sizes);
        let size = Size::cheapest(&sizes, |size| size.gib.value() >= gib, cost).unwrap_or(largest);
        (Self::Groups { size, groups, elastic, lost }, too_large(gib, largest.gib.value()))
    }

    /// The pods of all services on nodes of the cheapest machine, with a control plane of the team's own if asked.
    pub fn cluster<T: Trace<N = N>>(
        context: &Context<T>,
        ladder: &'static [Machine],
        own_control_plane: bool,
    ) -> (Self, Option<Obstacle>) {
        let sizes = Size::ladder(&context.trace, ladder, Some(slot::HOURS_MACHINE_IMMUTABLE));
        let control = own_control_plane.then(|| control_plane(context, &sizes));
        let loads = [context.typical(), context.busiest()];
        let cost = |cluster: &Cluster<N>| -> f64 {
            let nodes = |load: &Load<N>| cluster.mean_nodes(context, load).value();
            loads.iter().map(|load| nodes(load) * cluster.size.all_in()).sum()
        };
        let (cluster, obstacle) = Cluster::cheapest(context, &sizes, control, cost);
        (Self::Cluster(cluster), obstacle)
    }

    /// Functions at the prices of the price book.
    pub fn functions<T: Trace<N = N>>(context: &Context<T>) -> (Self, Option<Obstacle>) {
        let trace = &context.trace;
        let one_vcpu =
            (trace.read(slot::AWS_LAMBDA_MB_PER_VCPU) / 1024.0).named("memory of a function with one vCPU", "GB");
        let asked = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0;
        let seconds = trace.read(slot::WORKLOAD_CPU_MS_PER_REQUEST) / 1000.0;
        let waiting = trace.read(slot::DATA_DATABASE_CPU_SHARE);
        // CPU comes with memory: a function with less than one vCPU runs longer for the same GB-seconds. While it waits
        // for the database it pays for the memory that it asked for.
        let busy = seconds * waiting.complement() * one_vcpu.max(asked);
        let idle = seconds * waiting * asked;
        let hours = trace.read(slot::CONST_HOURS_PER_MONTH);
        let most = trace.read(slot::AWS_LAMBDA_MEMORY_MAX).value() / 1024.0;
        let functions = Self::Functions(Functions {
            gb_seconds_per_request: (busy + idle).named("GB-seconds of one request", "GB-seconds"),
            background_gb_seconds: (context.demand.background * hours * 3600.0 * one_vcpu)
                .named("GB-seconds of background work", "GB-seconds/month"),
            free_gb_seconds: trace.read(slot::AWS_LAMBDA_FREE_GB_SECONDS),
            free_requests: trace.read(slot::AWS_LAMBDA_FREE_REQUESTS),
            usd_per_gb_second: trace.read(slot::AWS_LAMBDA_GB_SECOND),
            usd_per_million: trace.read(slot::AWS_LAMBDA_REQUEST),
            gateway_usd_per_million: trace.read(slot::AWS_APIGW_HTTP),
        });
        (functions, too_large(asked.value(), most))
    }
}

impl<N: Number> Functions<N> {
    fn month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> Usage<N> {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let requests =
            (context.demand.served * load.factor).named_in("requests to functions", "requests/month", load.month);
        let gb_seconds = (requests * self.gb_seconds_per_request + self.background_gb_seconds).named_in(
            "GB-seconds",
            "GB-seconds/month",
            load.month,
        );
        let compute = (gb_seconds - self.free_gb_seconds).max(zero) * self.usd_per_gb_second;
        let calls = (requests - self.free_requests).max(zero) / 1e6 * self.usd_per_million;
        let gateway = requests / 1e6 * self.gateway_usd_per_million;
        Usage {
            machines: zero,
            usd: (compute + calls + gateway).named_in("functions", "USD/month", load.month),
            platform_usd: zero,
            used: trace.constant(1.0),
        }
    }
}

impl<N: Number> Cluster<N> {
    /// The cluster that costs least, over the node sizes that have room for a pod; on the largest nodes if none has.
    fn cheapest<T: Trace<N = N>>(
        context: &Context<T>,
        sizes: &[Size<N>],
        control: Option<(Size<N>, N)>,
        cost: impl Fn(&Self) -> f64,
    ) -> (Self, Option<Obstacle>) {
        let pod = service_gib(&context.trace).value();
        let all: Vec<Self> = sizes.iter().map(|size| Self::on(context, *size, control)).collect();
        let roomy = |cluster: &Self| cluster.roomy && cluster.free_gib.value() >= pod;
        let most = all.iter().filter(|it| it.roomy).fold(0.0, |most: f64, it| f64::max(most, it.free_gib.value()));
        let better = |best: Self, next: Self| {
            let wins = match (roomy(&best), roomy(&next)) {
                (true, true) => cost(&next) < cost(&best),
                (false, false) => next.free_gib.value() > best.free_gib.value(),
                (_, next_fits) => next_fits,
            };
            if wins { next } else { best }
        };
        let best = all.into_iter().reduce(better).expect("a ladder of machines is never empty");
        let obstacle = (!roomy(&best)).then_some(Obstacle::ServiceTooLarge { needed_gib: pod, offered_gib: most });
        (best, obstacle)
    }

    /// A cluster on nodes of one size. Where a node's own agents leave no room, it counts as a hundredth of the node, and
    /// the cluster as not roomy.
    fn on<T: Trace<N = N>>(context: &Context<T>, size: Size<N>, control: Option<(Size<N>, N)>) -> Self {
        let trace = &context.trace;
        let in_use = trace.read(slot::KUBERNETES_REQUEST_OVERPROVISION).complement();
        let services = trace.read(slot::SERVICES_COUNT);
        let floor_vcpu = services * context.copies * trace.read(slot::KUBERNETES_POD_QUANTUM_VCPU);
        let floor_gib = capacity::memory_gib(trace) * context.copies;
        let free_vcpu = size.vcpu - reserved_vcpu(trace, size.machine.vcpu) - trace.read(slot::KUBERNETES_AGENTS_VCPU);
        let free_gib =
            size.gib - reserved_gib(trace, size.machine.memory_gib) - trace.read(slot::KUBERNETES_AGENTS_GIB);
        Self {
            size,
            roomy: free_vcpu.value() > 0.0 && free_gib.value() > 0.0,
            free_vcpu: free_vcpu.max(size.vcpu / 100.0).named("vCPU of a node that pods can use", "vCPU"),
            free_gib: free_gib.max(size.gib / 100.0).named("memory of a node that pods can use", "GiB"),
            floor_vcpu: floor_vcpu.named("CPU that the smallest pods ask for", "vCPU"),
            floor_gib,
            in_use,
            system_vcpu: trace.read(slot::KUBERNETES_SYSTEM_VCPU),
            packing: trace.read(slot::KUBERNETES_PACKING),
            least: trace.read(slot::KUBERNETES_MIN_NODES),
            control,
        }
    }

    /// CPU that pods ask for at a load.
    fn asked_vcpu(&self, cores: N) -> N {
        (cores / self.in_use).max(self.floor_vcpu)
    }

    /// Nodes for so many cores, without the control plane.
    fn nodes(&self, cores: N) -> N {
        let by_cpu = (self.asked_vcpu(cores) / self.packing + self.system_vcpu) / self.free_vcpu;
        let by_memory = self.floor_gib / self.packing / self.free_gib;
        by_cpu.max(by_memory).ceil().max(self.least)
    }

    /// Nodes over the hours of a month, without the control plane.
    fn mean_nodes<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        capacity::mean_over_hours(&context.demand, load, |app| self.nodes(context.staffing.cores(app)))
    }

    fn month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> Usage<N> {
        let trace = &context.trace;
        let one = trace.constant(1.0);
        let nodes = self.mean_nodes(context, load).named_in("nodes for pods", "machines", load.month);
        let busy = context.staffing.busy(load.app_mean);
        let used = capacity::used_share(busy, nodes * self.size.vcpu, self.floor_gib, nodes * self.size.gib, one);
        let (machines, platform_usd) = match self.control {
            Some((size, count)) => (nodes + count, count * size.usd),
            None => (nodes, trace.constant(0.0)),
        };
        Usage { machines, usd: nodes * self.size.usd, platform_usd, used }
    }
}

/// The smallest cluster of a further environment: the fewest nodes of the cheapest size that has room for pods, and a
/// control plane of its own if the team runs it.
pub fn twin_cluster<T: Trace>(
    context: &Context<T>,
    ladder: &'static [Machine],
    own_control_plane: bool,
) -> (T::N, T::N) {
    let sizes = Size::ladder(&context.trace, ladder, Some(slot::HOURS_MACHINE_IMMUTABLE));
    let control = own_control_plane.then(|| control_plane(context, &sizes));
    // No load: what remains is the memory of every service, twice where every role runs twice, and the fewest nodes.
    let idle = context.trace.constant(0.0);
    let cost = |cluster: &Cluster<T::N>| cluster.nodes(idle).value() * cluster.size.all_in();
    let (best, _) = Cluster::cheapest(context, &sizes, None, cost);
    let nodes = best.nodes(idle);
    let usd = nodes * best.size.usd;
    match control {
        Some((size, more)) => (usd + more * size.usd, nodes + more),
        None => (usd, nodes),
    }
}

/// A self-run control plane: its machine and how many.
fn control_plane<T: Trace>(context: &Context<T>, sizes: &[Size<T::N>]) -> (Size<T::N>, T::N) {
    let trace = &context.trace;
    let vcpu = trace.read(slot::KUBERNETES_CONTROL_PLANE_VCPU).value();
    let gib = trace.read(slot::KUBERNETES_CONTROL_PLANE_GIB).value();
    let size =
        Size::cheapest(sizes, |size| size.vcpu.value() >= vcpu && size.gib.value() >= gib, |size| size.usd.value())
            .unwrap_or_else(|| Size::largest(sizes));
    (size, trace.read(slot::KUBERNETES_CONTROL_PLANE_NODES))
}

/// A machine's part that the kubelet keeps: a share of each step of its CPU.
pub fn reserved_vcpu<T: Trace>(trace: &T, vcpu: f64) -> T::N {
    steps(
        trace,
        vcpu,
        &[
            (1.0, slot::KUBERNETES_RESERVED_CPU_CORE1),
            (2.0, slot::KUBERNETES_RESERVED_CPU_CORE2),
            (4.0, slot::KUBERNETES_RESERVED_CPU_CORE3_4),
            (f64::INFINITY, slot::KUBERNETES_RESERVED_CPU_REST),
        ],
    )
    .named("CPU that the kubelet keeps", "vCPU")
}

/// A machine's part that the kubelet keeps: a share of each step of its memory.
pub fn reserved_gib<T: Trace>(trace: &T, gib: f64) -> T::N {
    steps(
        trace,
        gib,
        &[
            (4.0, slot::KUBERNETES_RESERVED_MEMORY_FIRST4),
            (8.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT4),
            (16.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT8),
            (128.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT112),
            (f64::INFINITY, slot::KUBERNETES_RESERVED_MEMORY_REST),
        ],
    )
    .named("memory that the kubelet keeps", "GiB")
}

/// A share of each step of an amount; a step is its upper end and the fact of its share.
fn steps<T: Trace>(trace: &T, amount: f64, steps: &[(f64, Slot)]) -> T::N {
    let mut sum = trace.constant(0.0);
    let mut from = 0.0;
    for (to, share) in steps {
        if amount <= from {
            break;
        }
        sum = sum + trace.read(*share) * (if amount < *to { amount } else { *to } - from);
        from = *to;
    }
    sum
}

/// Memory that one machine for everything must have.
fn memory_of_one<T: Trace>(context: &Context<T>, load: &Load<T::N>) -> T::N {
    let trace = &context.trace;
    let hot = load.database_gb * trace.read(slot::DATA_HOT_SHARE);
    (capacity::memory_gib(trace) + hot).named_in("memory needed", "GiB", load.month)
}

/// Whether one machine of a size holds everything.
fn one_holds<T: Trace>(context: &Context<T>, size: &Size<T::N>, load: &Load<T::N>) -> bool {
    let vcpu = load.app_peak + load.db_peak;
    size.gib.value() >= memory_of_one(context, load).value() && context.staffing.fits(vcpu, size)
}

/// Memory of one running copy of one service.
fn service_gib<T: Trace>(trace: &T) -> T::N {
    (trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0).named("memory of one service", "GiB")
}

/// The obstacle of a service that no machine of a ladder has room for.
fn too_large(needed: f64, offered: f64) -> Option<Obstacle> {
    (needed > offered).then_some(Obstacle::ServiceTooLarge { needed_gib: needed, offered_gib: offered })
}

/// Machines of a shared fleet: for the load, for the memory of every copy, and one for each copy at least.
fn pool_machines<T: Trace>(context: &Context<T>, size: &Size<T::N>, load: &Load<T::N>, copies: T::N) -> T::N {
    let memory = (capacity::memory_gib(&context.trace) * copies / size.gib).ceil();
    context.staffing.machines(load.app_peak, size, None).max(memory).max(copies)
}

/// Machines of all groups: for the peak, or, where their number follows the load, mean over the hours.
fn groups_machines<T: Trace>(
    context: &Context<T>,
    size: &Size<T::N>,
    load: &Load<T::N>,
    groups: T::N,
    elastic: bool,
    lost: Option<T::N>,
) -> T::N {
    if !elastic {
        return group_machines(context, size, load.app_peak / groups, lost) * groups;
    }
    let headroom = context.trace.read(slot::CAPACITY_AUTOSCALE_HEADROOM) + 1.0;
    capacity::mean_over_hours(&context.demand, load, |app| {
        group_machines(context, size, app * headroom / groups, lost) * groups
    })
}

/// Machines of one group of services: for its load, and one for each copy at least.
fn group_machines<T: Trace>(context: &Context<T>, size: &Size<T::N>, load: T::N, lost: Option<T::N>) -> T::N {
    context.staffing.machines(load, size, lost).max(context.copies)
}

/// The cheapest machine of a ladder with room for one copy of a service: what a further environment has of each.
pub fn twin_size<T: Trace>(context: &Context<T>, ladder: &'static [Machine], gib: T::N) -> Size<T::N> {
    let sizes = Size::ladder(&context.trace, ladder, None);
    Size::cheapest(&sizes, |size| size.gib.value() >= gib.value(), |size| size.usd.value())
        .unwrap_or_else(|| Size::largest(&sizes))
}

/// The level payment a month, over the price, that pays a price back in so many months at a monthly rate.
pub fn level_payment<N: Number>(rate: N, months: N, one: N) -> N {
    if rate.value() > 0.0 { rate / (one / (rate + 1.0).pow(months)).complement() } else { one / months }
}

/// What a bought machine costs a month: its price with spares, written off over its life, and its place in a cabinet.
pub fn owned_sizes<T: Trace>(context: &Context<T>, ladder: &'static [Machine]) -> Vec<Size<T::N>> {
    let trace = &context.trace;
    let spares = trace.read(slot::HARDWARE_SPARES_SHARE) + 1.0;
    let life = (trace.read(slot::HARDWARE_LIFE_YEARS) * 12.0).named("life of a server", "months");
    // Money tied up in machines has its price: the level payment over their life that is worth what they cost.
    let rate = (trace.read(slot::FINANCE_DISCOUNT_RATE) + 1.0).pow(trace.constant(1.0 / 12.0)) - 1.0;
    let share = level_payment(rate, life, trace.constant(1.0));
    let share = share.named("level payment a month, over the price", "share/month");
    let cabinet = prices::usd(trace, slot::COLOCATION_CABINET);
    let each = trace.read(slot::COLOCATION_CABINET_KW) / trace.read(slot::HARDWARE_SERVER_KW);
    // A machine takes its share of a cabinet's power, or a single place, whichever is cheaper.
    let place =
        (cabinet / each).min(prices::usd(trace, slot::COLOCATION_ONE_UNIT)).named("place of one machine", "USD/month");
    Size::ladder(trace, ladder, Some(slot::HOURS_MACHINE_BARE_METAL))
        .into_iter()
        .map(|size| {
            let price = size.usd;
            let written_off = (price * spares * share).named("write-off of one machine, with interest", "USD/month");
            Size { usd: (written_off + place).named(size.machine.name, "USD/month"), ..size }
        })
        .collect()
}
