//! Pods on nodes: what they ask for, what a node leaves for them, and how many nodes that takes.

use super::bill;
use super::capacity::{self, Size, Usage};
use super::compute::{Compute, service_gib};
use super::design::Obstacle;
use super::load::Load;
use super::{Context, LEVELS, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, slot};
use crate::point::Slot;
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// A Kubernetes cluster.
#[derive(Debug)]
pub struct Cluster<N> {
    chosen: Rc<Chosen<N>>,
    /// Further nodes that run the control plane, where the team runs it apart from the pods.
    control: Option<(Size<N>, N)>,
}

/// What a control plane takes of the nodes that it shares with the pods.
#[derive(Clone, Copy, Debug)]
struct Shared<N> {
    /// On so many of them it runs.
    nodes: N,
    vcpu: N,
    gib: N,
}

/// The nodes that were chosen for a cluster.
#[derive(Debug)]
pub struct Chosen<N> {
    nodes: Nodes<N>,
    /// What stops it, if no node has room for a pod.
    obstacle: Option<Obstacle>,
    /// What it costs, as those who choose count it.
    cost: f64,
    /// How many there are, in each month of the context's that has been asked for.
    by_month: RefCell<Vec<Option<N>>>,
}

/// Nodes of one size that pods run on.
#[derive(Debug)]
pub struct Nodes<N> {
    size: Size<N>,
    /// Whether a node's own agents leave room for anything.
    roomy: bool,
    /// Memory that a node leaves for pods.
    free_gib: N,
    /// What pods fill of a node.
    filled_vcpu: N,
    filled_gib: N,
    /// Services, and copies of each.
    services: N,
    copies: N,
    /// The smallest step of what a pod asks for, and the load that it serves.
    quantum: N,
    served: N,
    /// Nodes that the number of pods takes, at the fewest pods, and those that the system's pods take.
    by_pods: N,
    by_system: N,
    /// Share of the CPU that pods ask for which they use.
    in_use: N,
    least: N,
    /// The control plane that runs on them too.
    shared: Option<Shared<N>>,
    /// Whether databases of the team's own do.
    databases: bool,
}

/// What the pods of databases ask for, those of all copies.
#[derive(Clone, Copy, Debug)]
struct DatabasePods<N> {
    vcpu: N,
    gib: N,
}

/// A load that nodes are there for.
#[derive(Clone, Copy, Debug)]
struct Carried<N> {
    /// CPU of the application that is kept busy.
    app: N,
    /// Whether services have grown apart.
    uneven: bool,
    databases: Option<DatabasePods<N>>,
}

/// What those who choose nodes count.
struct Counted<'c, N> {
    /// What nodes cost over the months that are counted; or any number above the second one, as soon as it is certain that
    /// they cost more.
    nodes: &'c dyn Fn(&Nodes<N>, f64) -> f64,
    /// What each machine brings with it, a month.
    brought: f64,
    /// How many months are counted.
    months: f64,
}

/// The pods of all services, on nodes.
#[derive(Debug)]
pub struct Pods<N> {
    /// The nodes, and those of a control plane of the team's own.
    pub compute: Compute<N>,
    /// What stops them.
    pub obstacle: Option<Obstacle>,
    /// What they cost over the months that stand for all, with the work that they take; endlessly much if something stops them.
    pub cost: f64,
}

/// What else runs on the nodes of a cluster.
#[derive(Clone, Copy, Debug)]
pub struct Inside {
    /// A control plane of the team's own: on nodes of its own, or beside the pods.
    pub control_plane: bool,
    /// Databases of the team's own.
    pub databases: bool,
}

/// The pods of all services on nodes of the cheapest machine, with what else is inside. `brought` is what each machine
/// brings with it, a month: more than its own price decides.
pub fn cluster<T: Trace>(
    context: &Context<T>,
    ladder: &'static [Machine],
    inside: Inside,
    copies: T::N,
    brought: f64,
) -> Pods<T::N> {
    let loads = &context.sampled;
    let served = |load| capacity::mean_over_hours(&context.demand, &context.levels_pods, load, None, |app| app);
    let background = context.staffing.busy(context.demand.background).value();
    // Only if these nodes have not been chosen for another variant.
    let busy: OnceCell<Vec<f64>> = OnceCell::new();
    let of_requests = |load| f64::max(context.staffing.busy(served(load)).value() - background, 0.0);
    let busy = || busy.get_or_init(|| loads.iter().map(of_requests).collect());
    let traffic = bill::traffic_of_machines(context, context.company.provider);
    let cost = |nodes: &Nodes<T::N>, least: f64| {
        let size = &nodes.size;
        let bound = busy().iter().map(|busy| size.all_in(nodes.fewest([*busy, background]), brought)).sum();
        capacity::cost_or_bound(bound, least, || {
            let month = |load: &Load<T::N>| {
                let machines = nodes.mean(context, load).value();
                size.all_in(machines, brought) + traffic(load, machines)
            };
            loads.iter().map(month).sum()
        })
    };
    let busiest = &context.busiest;
    let peak = Carried {
        app: busiest.app_peak,
        uneven: context.uneven(busiest.month),
        databases: inside.databases.then(|| DatabasePods::of(context, busiest, copies)),
    };
    let counted = Counted { nodes: &cost, brought, months: loads.len() as f64 };
    let cluster = laid_out(context, ladder, inside, Some(copies), peak, &counted);
    let control = cluster.control.map_or(0.0, |(size, count)| size.all_in(count.value(), brought));
    let obstacle = cluster.chosen.obstacle;
    let cost = if obstacle.is_none() { cluster.chosen.cost + control * counted.months } else { f64::INFINITY };
    Pods { compute: Compute::Cluster(cluster), obstacle, cost }
}

/// A cluster on the nodes that cost least, for so many copies of every service, or for a further environment without these.
/// A control plane of the team's own shares the nodes of a small one where that costs no more than machines of its own;
/// what is carried at the peak says how many nodes there are then.
fn laid_out<T: Trace>(
    context: &Context<T>,
    ladder: &'static [Machine],
    inside: Inside,
    copies: Option<T::N>,
    peak: Carried<T::N>,
    counted: &Counted<T::N>,
) -> Cluster<T::N> {
    let trace = &context.trace;
    let sizes = context.ladder(ladder, Some(slot::HOURS_MACHINE_IMMUTABLE));
    let each = copies.unwrap_or_else(|| trace.constant(1.0));
    // On many nodes pods could starve what steers them.
    let few = |nodes: &Nodes<T::N>| {
        nodes.shared.is_none()
            || nodes.for_load(context, peak).value() <= trace.read(slot::KUBERNETES_SHARED_CONTROL_PLANE_NODES).value()
    };
    let on = |shared: Option<Shared<T::N>>| {
        let nodes = |size: &Size<T::N>| Nodes::on(context, *size, each, shared, inside.databases);
        context.nodes(ladder, copies, [shared.is_some(), inside.databases], counted.brought, || {
            let modest: Vec<Size<T::N>> = sizes.iter().copied().filter(|size| size.is_modest(trace)).collect();
            let some_hold = modest.iter().any(|size| nodes(size).holds_a_pod(context));
            let sizes = if some_hold { &modest[..] } else { &sizes[..] };
            Nodes::cheapest(context, sizes.iter().map(nodes), &few, counted.nodes)
        })
    };
    let apart = on(None);
    if !inside.control_plane {
        return Cluster { chosen: apart, control: None };
    }
    let (size, count) = control_plane(context, &sizes, each);
    let together = on(Some(Shared {
        nodes: count,
        vcpu: trace.read(slot::KUBERNETES_SHARED_CONTROL_PLANE_VCPU),
        gib: trace.read(slot::KUBERNETES_SHARED_CONTROL_PLANE_GIB),
    }));
    let control_cost = size.all_in(count.value(), counted.brought) * counted.months;
    let cheaper = together.cost <= apart.cost + control_cost;
    if together.obstacle.is_none() && cheaper {
        return Cluster { chosen: together, control: None };
    }
    Cluster { chosen: apart, control: Some((size, count)) }
}

impl<N: Number> Cluster<N> {
    /// What the nodes cost a month that run at every hour of one, without the control plane.
    pub fn always_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let nodes = &self.chosen.nodes;
        let least = capacity::least(&context.demand, &context.levels_pods, load, None);
        nodes.for_load(context, nodes.carried(context, load, least)) * nodes.size.usd
    }

    /// Whether databases run on its nodes.
    pub fn holds_databases(&self) -> bool {
        self.chosen.nodes.databases
    }

    /// Running copies of a service in the quietest hours that have traffic, of the one that has the least of it.
    pub fn pods_of_a_service<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> f64 {
        let nodes = &self.chosen.nodes;
        let per_copy = context.trace.read(slot::CAPACITY_VCPU_PER_COPY);
        let quietest = capacity::quietest(&context.demand, &context.levels_pods, load, None);
        let mut each = quietest / nodes.services;
        if context.uneven(load.month) {
            let relative = context.classes().map(|(_, relative)| *relative).reduce(N::min);
            each = each * relative.expect("uneven services have classes");
        }
        let running = (each / per_copy).ceil();
        running.max(nodes.copies).value()
    }

    /// What a month of a load takes.
    pub fn month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> Usage<N> {
        let trace = &context.trace;
        let one = trace.constant(1.0);
        let Chosen { nodes: Nodes { size, services, copies, .. }, .. } = *self.chosen;
        let nodes = self.chosen.of_month(context, load).named_in("nodes for pods", "machines", load.month);
        let mut memory = capacity::memory_gib(trace, services, load.app_mean, copies);
        let mut busy = load.app_busy;
        if let Some(shared) = self.chosen.nodes.shared {
            memory = memory + shared.nodes * shared.gib;
            busy = busy + shared.nodes * shared.vcpu;
        }
        if self.holds_databases() {
            memory = memory + DatabasePods::of(context, load, copies).gib;
            busy = busy + load.db_busy;
        }
        let used = capacity::used_share(busy, nodes * size.vcpu, memory, nodes * size.gib, one);
        let (machines, platform_usd) = match self.control {
            Some((size, count)) => (nodes + count, count * size.usd),
            None => (nodes, trace.constant(0.0)),
        };
        Usage { machines, monitored: machines, usd: nodes * size.usd, platform_usd, used }
    }
}

impl<N: Number> Chosen<N> {
    /// How many nodes there are over the hours of a month.
    fn of_month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let month = &mut self.by_month.borrow_mut()[usize::from(load.month) - 1];
        *month.get_or_insert_with(|| self.nodes.mean(context, load))
    }
}

impl<N: Number> DatabasePods<N> {
    /// Those of a month's load: cores for all databases, and memory for what is used of their data, in each copy.
    fn of<T: Trace<N = N>>(context: &Context<T>, load: &Load<N>, copies: N) -> Self {
        let hot = load.database_gb * context.trace.read(slot::DATA_HOT_SHARE);
        Self {
            vcpu: (context.staffing.cores(load.db_planned) * copies).named("CPU that databases ask for", "vCPU"),
            gib: (hot * copies).named("memory that databases ask for", "GiB"),
        }
    }
}

impl<N: Number> Nodes<N> {
    /// The nodes that cost least, of those that have room for a pod and are few enough; the roomiest if there are none.
    fn cheapest<T: Trace<N = N>>(
        context: &Context<T>,
        sizes: impl Iterator<Item = Self>,
        few: &dyn Fn(&Self) -> bool,
        cost: &dyn Fn(&Self, f64) -> f64,
    ) -> Chosen<N> {
        let pod = service_gib(&context.trace).value();
        let mut best: Option<(bool, f64, Self)> = None;
        let mut most = 0.0;
        for next in sizes {
            if next.roomy && next.free_gib.value() > most {
                most = next.free_gib.value();
            }
            let fits = next.holds_a_pod(context) && few(&next);
            // Of those that fit the cheapest; of those that do not the roomiest.
            let least =
                best.as_ref().map_or(f64::INFINITY, |(known, least, _)| if *known { *least } else { f64::INFINITY });
            let rank = if fits { cost(&next, least) } else { -next.free_gib.value() };
            let better = best.as_ref().is_none_or(|(known, least, _)| match (*known, fits) {
                (true, false) => false,
                (false, true) => true,
                _ => rank < *least,
            });
            if better {
                best = Some((fits, rank, next));
            }
        }
        let (fits, cost, best) = best.expect("a ladder of machines is never empty");
        let obstacle = (!fits).then_some(Obstacle::ServiceTooLarge { needed_gib: pod, offered_gib: most });
        Chosen { nodes: best, obstacle, cost, by_month: RefCell::new(vec![None; context.loads.len()]) }
    }

    /// Whether a node has room for one pod of a service, beside its share of a control plane; and for one of a database.
    fn holds_a_pod<T: Trace<N = N>>(&self, context: &Context<T>) -> bool {
        let taken = self.shared.map_or(0.0, |shared| shared.gib.value());
        let free = self.free_gib.value() - taken;
        let database = || {
            let stores = context.trace.read(slot::DATA_STORES);
            let hot = context.last.database_gb * context.trace.read(slot::DATA_HOT_SHARE) / stores;
            free >= hot.value() && context.staffing.cores(context.busiest.db_each).value() <= self.filled_vcpu.value()
        };
        self.roomy && free >= service_gib(&context.trace).value() && (!self.databases || database())
    }

    /// What the nodes carry in a month, at a load of the application.
    fn carried<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, app: N) -> Carried<N> {
        let databases = self.databases.then(|| DatabasePods::of(context, load, self.copies));
        Carried { app, uneven: context.uneven(load.month), databases }
    }

    /// Nodes of one size. Where a node's own agents leave no room, it counts as a hundredth of the node, and the node as
    /// not roomy.
    fn on<T: Trace<N = N>>(
        context: &Context<T>,
        size: Size<N>,
        copies: N,
        shared: Option<Shared<N>>,
        databases: bool,
    ) -> Self {
        let trace = &context.trace;
        let in_use = trace.read(slot::KUBERNETES_REQUEST_OVERPROVISION).complement();
        let pods = trace.read(slot::SERVICES_COUNT) * copies;
        let free_vcpu = size.vcpu - reserved_vcpu(trace, size.machine.vcpu) - trace.read(slot::KUBERNETES_AGENTS_VCPU);
        let free_gib = size.gib - reserved_gib(trace, size.machine) - trace.read(slot::KUBERNETES_AGENTS_GIB);
        let most = max_pods(trace, size.machine) - trace.read(slot::KUBERNETES_DAEMON_PODS);
        let all_pods = pods + trace.read(slot::KUBERNETES_SYSTEM_PODS);
        let crowded = most.value() < 1.0;
        let per_node = most.max(trace.constant(1.0)).named("pods that a node has room for", "pods/machine");
        let [least_vcpu, least_gib] = shared.map_or([0.0; 2], |shared| [shared.vcpu, shared.gib].map(Number::value));
        let roomy = free_vcpu.value() > least_vcpu && free_gib.value() > least_gib && !crowded;
        let free_vcpu = free_vcpu.max(size.vcpu / 100.0).named("vCPU of a node that pods can use", "vCPU");
        let free_gib = free_gib.max(size.gib / 100.0).named("memory of a node that pods can use", "GiB");
        let packing = trace.read(slot::KUBERNETES_PACKING);
        let quantum = trace.read(slot::KUBERNETES_POD_QUANTUM_VCPU);
        let mut system = trace.read(slot::KUBERNETES_SYSTEM_VCPU);
        let fewest = if copies.value() > 1.0 { slot::KUBERNETES_MIN_NODES } else { slot::KUBERNETES_MIN_NODES_ONCE };
        // A count that is believed to be between two is the nearer one, not always the larger.
        let mut least = (trace.read(fewest) - trace.constant(0.5)).ceil();
        if let Some(shared) = shared {
            system = system + shared.nodes * shared.vcpu;
            least = least.max(shared.nodes);
        }
        Self {
            size,
            roomy,
            free_gib,
            filled_vcpu: (free_vcpu * packing).named("vCPU of a node that pods fill", "vCPU"),
            filled_gib: (free_gib * packing).named("memory of a node that pods fill", "GiB"),
            services: trace.read(slot::SERVICES_COUNT),
            copies,
            quantum,
            served: context.staffing.prudent(quantum * in_use).named("load that a pod's smallest step serves", "vCPU"),
            by_pods: (all_pods / per_node).named("nodes for the number of pods", "machines"),
            by_system: (system / free_vcpu).named("nodes for the system's pods", "machines"),
            in_use,
            least,
            shared,
            databases,
        }
    }

    /// CPU that the pods of all services ask for at a load: each service in whole steps, and its copies at least. What is left
    /// unused of what is asked for is room for requests: background work comes steadily, and asks for what it takes.
    fn asked_vcpu<T: Trace<N = N>>(&self, context: &Context<T>, app: N, uneven: bool) -> N {
        let background = context.demand.background.min(app);
        let requests = app - background;
        let of = |services: N, each: N| {
            let steps = (each / self.served).ceil().max(self.copies);
            services * steps * self.quantum
        };
        let each = requests / self.services;
        let asked = if uneven {
            let mut classes = context.classes().map(|(services, relative)| of(*services, each * *relative));
            let first = classes.next().expect("uneven services have classes");
            N::sum(first, classes)
        } else {
            of(self.services, each)
        };
        // Few requests may wait for a free core of all.
        asked.max(context.staffing.cores(requests) / self.in_use) + context.staffing.busy(background)
    }

    /// So many nodes there are at least where requests and background work keep so many cores busy: for the copies of the
    /// pods, their number, and their CPU.
    fn fewest(&self, [requests, background]: [f64; 2]) -> f64 {
        let copies = (self.services * self.copies * self.quantum).value();
        let asked = f64::max(copies, requests / self.in_use.value()) + background;
        let by_cpu = asked / self.filled_vcpu.value() + self.by_system.value();
        f64::max(by_cpu, f64::max(self.by_pods.value(), self.least.value()))
    }

    /// Nodes for a load.
    fn for_load<T: Trace<N = N>>(&self, context: &Context<T>, Carried { app, uneven, databases }: Carried<N>) -> N {
        let mut asked = self.asked_vcpu(context, app, uneven);
        let mut memory = capacity::memory_gib(&context.trace, self.services, app, self.copies);
        if let Some(shared) = self.shared {
            memory = memory + shared.nodes * shared.gib;
        }
        if let Some(databases) = databases {
            asked = asked + databases.vcpu;
            memory = memory + databases.gib;
        }
        let by_cpu = asked / self.filled_vcpu + self.by_system;
        let by_memory = memory / self.filled_gib;
        by_cpu.max(by_memory).max(self.by_pods).max(self.least).ceil()
    }

    /// Nodes over the hours of a month: for the pods, and for the traffic that their ports carry.
    fn mean<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let levels: &[N; LEVELS] = &context.levels_pods;
        let none = self.carried(context, load, context.trace.constant(0.0));
        let for_app = |app| self.for_load(context, Carried { app, ..none });
        let nodes = capacity::mean_over_hours(&context.demand, levels, load, None, for_app);
        self.size.to_send(|| load.sent_mean(context)).map_or(nodes, |to_send| nodes.max(to_send))
    }
}

/// The smallest cluster of a further environment: the fewest nodes of the cheapest size that has room for one pod of
/// every service, and a control plane of its own if the team runs it. What it costs, and how many machines it has.
pub fn twin_cluster<T: Trace>(
    context: &Context<T>,
    ladder: &'static [Machine],
    own_control_plane: bool,
    brought: f64,
) -> (T::N, T::N) {
    // No load: what remains is the memory of every service, and the fewest nodes.
    let idle = Carried { app: context.trace.constant(0.0), uneven: false, databases: None };
    let inside = Inside { control_plane: own_control_plane, databases: false };
    let cost = |nodes: &Nodes<T::N>, _: f64| nodes.size.all_in(nodes.for_load(context, idle).value(), brought);
    let counted = Counted { nodes: &cost, brought, months: 1.0 };
    let Cluster { chosen, control } = laid_out(context, ladder, inside, None, idle, &counted);
    let nodes = chosen.nodes.for_load(context, idle);
    let usd = nodes * chosen.nodes.size.usd;
    match control {
        Some((size, more)) => (usd + more * size.usd, nodes + more),
        None => (usd, nodes),
    }
}

/// A self-run control plane for so many copies of every role: its machine and how many, of which one may fail only where a
/// role may lose a copy too.
fn control_plane<T: Trace>(context: &Context<T>, sizes: &[Size<T::N>], copies: T::N) -> (Size<T::N>, T::N) {
    let trace = &context.trace;
    let vcpu = trace.read(slot::KUBERNETES_CONTROL_PLANE_VCPU).value();
    let gib = trace.read(slot::KUBERNETES_CONTROL_PLANE_GIB).value();
    let size =
        Size::cheapest(sizes, |size| size.vcpu.value() >= vcpu && size.gib.value() >= gib, |size, _| size.usd.value())
            .unwrap_or_else(|| Size::largest(sizes));
    let twice = copies.value() > 1.0;
    let count = if twice { slot::KUBERNETES_CONTROL_PLANE_NODES } else { slot::KUBERNETES_CONTROL_PLANE_NODES_ONCE };
    (size, trace.read(count))
}

/// What the provider charges for one control plane: more while its version is in extended support.
pub fn control_plane_usd<T: Trace>(context: &Context<T>, standard: T::N, extended: Option<Slot>, month: u16) -> T::N {
    let trace = &context.trace;
    let Some(extended) = extended else { return standard };
    if trace.read(slot::DELIVERY_UPGRADES_DONE).value() >= 1.0 {
        return standard;
    }
    let lag = super::moving::version_lag(context, month);
    let supported = trace.read(slot::KUBERNETES_SUPPORT_MONTHS);
    if lag.value() <= supported.value() { standard } else { prices::usd(trace, extended) }
}

/// Pods that a machine has room for: one address each, less one for each interface, and two that share the machine's
/// own (EKS); or what Kubernetes allows.
pub fn max_pods<T: Trace>(trace: &T, machine: &Machine) -> T::N {
    match machine.addresses {
        Some((interfaces, addresses)) => {
            trace.constant(interfaces * (addresses - 1.0) + 2.0).named("pods by addresses", "pods/machine")
        }
        None => trace.read(slot::KUBERNETES_MAX_PODS),
    }
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

/// A machine's part that the kubelet keeps: where addresses limit the pods, so much for each possible pod (EKS);
/// elsewhere a share of each step of its memory (GKE, and AKS before 1.29; since then AKS keeps more of a node or less, by
/// the pods that its network allows).
pub fn reserved_gib<T: Trace>(trace: &T, machine: &Machine) -> T::N {
    let kept = if machine.addresses.is_some() {
        let each = trace.read(slot::KUBERNETES_RESERVED_PER_POD_MIB);
        (max_pods(trace, machine) * each + trace.read(slot::KUBERNETES_RESERVED_FIXED_MIB)) / 1024.0
    } else {
        steps(
            trace,
            machine.memory_gib,
            &[
                (4.0, slot::KUBERNETES_RESERVED_MEMORY_FIRST4),
                (8.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT4),
                (16.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT8),
                (128.0, slot::KUBERNETES_RESERVED_MEMORY_NEXT112),
                (f64::INFINITY, slot::KUBERNETES_RESERVED_MEMORY_REST),
            ],
        )
    };
    kept.named("memory that the kubelet keeps", "GiB")
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
