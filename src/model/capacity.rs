//! How many machines a load needs: waiting, utilisation, memory, and the smallest unit that can be added.

use super::labour::Keeping;
use super::load::{Demand, LEVELS, Load};
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, Standby, slot};
use crate::point::Slot;
use std::cell::Cell;

/// Erlang B: the share of arrivals lost at `servers` servers under `load` erlangs.
#[must_use]
pub fn erlang_b(servers: u32, load: f64) -> f64 {
    (1..=servers).fold(1.0, |blocked, server| load * blocked / (f64::from(server) + load * blocked))
}

/// Erlang C: the share of arrivals that have to wait at `servers` servers under `load` erlangs; 1 if the load is too
/// much for them.
#[must_use]
pub fn erlang_c(servers: u32, load: f64) -> f64 {
    let count = f64::from(servers);
    if load >= count {
        return 1.0;
    }
    let blocked = erlang_b(servers, load);
    blocked / (1.0 - load / count * (1.0 - blocked))
}

/// Above this many servers the square-root rule of Halfin and Whitt continues the exact staircase.
pub const EXACT_SERVERS: usize = 32;

/// How often the span is halved in which the most load lies: to a millionth of a billionth of it.
pub const HALVINGS: u32 = 50;

/// How many cores a load needs.
///
/// Two laws, and the stricter one holds: few arrivals may wait for a free core (Erlang C, which decides for small
/// loads), and the cores may not be busier at the peak than is prudent (which decides for large ones).
#[derive(Clone, Debug)]
pub struct Staffing<N> {
    wait_goal: N,
    utilisation: N,
    /// `thresholds[c - 1]`: the largest load that c cores serve within the goal.
    thresholds: [f64; EXACT_SERVERS],
    exact: usize,
    /// Cores beyond the load, over its square root, where the exact staircase ends.
    beta: f64,
}

impl<N: Number> Staffing<N> {
    /// Reads the goals and solves Erlang C for as many cores as it is the stricter law.
    pub fn new<T: Trace<N = N>>(trace: &T) -> Self {
        let wait_goal = trace.read(slot::CAPACITY_WAIT_GOAL);
        let utilisation = trace.read(slot::CAPACITY_TARGET_UTILISATION);
        let thresholds = thresholds(wait_goal.value());
        let too_busy = |index: &usize| thresholds[*index] / (*index as f64 + 1.0) > utilisation.value();
        let exact = (0..EXACT_SERVERS).find(too_busy).map_or(EXACT_SERVERS, |index| index + 1);
        let (servers, most) = (exact as f64, thresholds[exact - 1]);
        Self { wait_goal, utilisation, thresholds, exact, beta: (servers - most) / f64::sqrt(most) }
    }

    /// Cores for a load in erlangs; none for no load.
    pub fn cores(&self, load: N) -> N {
        self.waiting(load).max(self.busy(load))
    }

    /// Machines of a size that a load takes, not rounded up: enough cores that few requests wait, and enough of what may
    /// be used all the time that they are not too busy. A core that is throttled or shared still serves a request at a
    /// time.
    pub fn machines(&self, load: N, size: &Size<N>, lost: Option<N>) -> N {
        self.machines_with(self.waiting(load), load, size, lost)
    }

    /// The same, with the cores for waiting already known.
    pub fn machines_with(&self, waiting: N, load: N, size: &Size<N>, lost: Option<N>) -> N {
        let usable = lost.map_or(size.vcpu, |lost| size.vcpu * lost.complement());
        let whole = if size.machine.vcpu < 1.0 { 1.0 } else { size.machine.vcpu };
        (waiting / whole).max(load / self.prudent(usable))
    }

    /// Whether one machine of a size is enough for a load.
    pub fn fits(&self, load: N, size: &Size<N>) -> bool {
        self.machines(load, size, None).value() <= 1.0
    }

    /// Cores so that few requests have to wait for a free one.
    pub fn waiting(&self, load: N) -> N {
        let erlangs = load.value();
        let waiting = if erlangs <= 0.0 {
            0.0
        } else if erlangs <= self.thresholds[self.exact - 1] {
            self.thresholds[..self.exact].partition_point(|most| *most < erlangs) as f64 + 1.0
        } else {
            // The exact staircase ends where utilisation is the stricter law, or at EXACT_SERVERS.
            f64::ceil(erlangs + self.beta * f64::sqrt(erlangs))
        };
        load.call("erlangServers", &[self.wait_goal, self.utilisation], waiting)
            .named("cores for the waiting goal", "vCPU")
    }

    /// Cores so that they are no busier than is prudent. At the mean load it is what would be in use if the load never
    /// varied: the measure of what is not wasted.
    pub fn busy(&self, load: N) -> N {
        load / self.utilisation
    }

    /// The load that cores serve when they are as busy as is prudent: the other way round.
    pub fn prudent(&self, cores: N) -> N {
        cores * self.utilisation
    }
}

thread_local! {
    /// The goal asked for last, as its bits, and its thresholds: the goal is the same from one question to the next, and
    /// solving for it takes longer than a whole variant. It changes no result.
    static SOLVED: Cell<(u64, [f64; EXACT_SERVERS])> = const { Cell::new((u64::MAX, [0.0; EXACT_SERVERS])) };
}

/// The largest load that each number of cores serves with at most `goal` of the arrivals waiting.
fn thresholds(goal: f64) -> [f64; EXACT_SERVERS] {
    let (known, solved) = SOLVED.get();
    if known == goal.to_bits() {
        return solved;
    }
    let fresh = std::array::from_fn(|index| largest_load(index as u32 + 1, goal));
    SOLVED.set((goal.to_bits(), fresh));
    fresh
}

/// The largest load that `servers` cores serve with at most `goal` of the arrivals waiting, by bisection.
fn largest_load(servers: u32, goal: f64) -> f64 {
    let (mut low, mut high) = (0.0, f64::from(servers));
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if erlang_c(servers, middle) <= goal {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// A machine with what it costs and holds, priced.
#[derive(Clone, Copy, Debug)]
pub struct Size<N> {
    /// The machine.
    pub machine: &'static Machine,
    /// vCPU that may be used all the time.
    pub vcpu: N,
    /// Memory.
    pub gib: N,
    /// What it may send at the peak, in Gbit/s, where that may decide.
    pub port: Option<N>,
    /// What databases may fill of its disk, in GB, where it comes with one and none is sold by the GB.
    pub disk_gb: Option<N>,
    /// What one costs a month.
    pub usd: N,
    /// What monitoring one costs a month, where the team looks after them.
    pub watched_usd: f64,
    /// What looking after some of them costs a month: a team that has to choose a size counts this in.
    pub keeping: Keeping,
    /// What the company pays of a dollar of its price: less than all where the seller gives it a discount.
    pub paid: f64,
}

impl<N: Number> Size<N> {
    /// Prices every machine of a ladder. `care` is the fact of the hours a year that one takes; without it nobody has
    /// to look after them.
    pub fn ladder<T: Trace<N = N>>(
        context: &Context<T>,
        machines: &'static [Machine],
        care: Option<Slot>,
    ) -> Vec<Self> {
        let keeping = Keeping::of(context, care);
        let watched_usd = care.map_or(0.0, |_| context.monitoring_usd().value());
        let provider = context.company.provider;
        let discounted = [provider.vm, provider.database].iter().any(|ladder| std::ptr::eq(*ladder, machines));
        let paid = if discounted { context.paid_share(provider).value() } else { 1.0 };
        machines.iter().map(|machine| Self::of(&context.trace, machine, keeping, watched_usd, paid)).collect()
    }

    /// The machines of a ladder of databases that their seller runs, each with a standby, as far as it is sold with one.
    pub fn with_standby<T: Trace<N = N>>(trace: &T, ladder: &[Self]) -> Vec<Self> {
        let priced = |size: &Self| {
            let usd = match size.machine.standby {
                Standby::Multiple => size.usd * trace.read(slot::MANAGED_DATABASE_STANDBY_MULTIPLIER),
                Standby::At(prices) => prices::sum(trace, prices)?,
                Standby::NotSold => return None,
            };
            Some(Self { usd: usd.named("price with a standby", "USD/month"), ..*size })
        };
        ladder.iter().filter_map(priced).collect()
    }

    /// What one costs as the company pays it, with its monitoring and without the work that it takes.
    pub fn price_usd(&self) -> f64 {
        self.usd.value() * self.paid + self.watched_usd
    }

    /// What so many of them alone cost with the work that they take, each with what it brings with it.
    pub fn all_in(&self, machines: f64, brought: f64) -> f64 {
        machines * (self.price_usd() + brought) + self.keeping.usd(machines)
    }

    fn of<T: Trace<N = N>>(
        trace: &T,
        machine: &'static Machine,
        keeping: Keeping,
        watched_usd: f64,
        paid: f64,
    ) -> Self {
        let all = trace.constant(machine.vcpu);
        Self {
            keeping,
            watched_usd,
            paid,
            machine,
            vcpu: match machine.usable_share {
                Some(share) => (all * trace.read(share)).named("vCPU that may be used all the time", "vCPU"),
                None => all,
            },
            gib: trace.constant(machine.memory_gib),
            disk_gb: machine.disk_gb.map(|gb| {
                (trace.constant(gb) * trace.read(slot::CAPACITY_DISK_SHARE))
                    .named("what databases may fill of a machine's disk", "GB")
            }),
            port: machine.port.map(|port| {
                (trace.read(port) * trace.read(slot::CAPACITY_PORT_SHARE))
                    .named("what one machine may send at the peak", "Gbit/s")
            }),
            usd: prices::machine(trace, machine).named(machine.name, "USD/month"),
        }
    }

    /// Machines whose ports carry so much traffic in Gbit/s, not rounded up; nothing where that never decides: then nobody
    /// asks how much it is.
    pub fn to_send(&self, gbits: impl FnOnce() -> N) -> Option<N> {
        self.port.map(|port| (gbits() / port).named("machines to carry the traffic", "machines"))
    }

    /// Machines whose disks keep so many GB, not rounded up; nothing where disks are bought apart.
    pub fn to_keep(&self, gb: N) -> Option<N> {
        self.disk_gb.map(|disk| (gb / disk).named("machines to keep the data", "machines"))
    }

    /// The size with the most memory, and of those with the most CPU.
    pub fn largest(sizes: &[Self]) -> Self {
        let holds = |size: &Self| (size.gib.value(), size.vcpu.value());
        *sizes
            .iter()
            .reduce(|most, next| if holds(next) > holds(most) { next } else { most })
            .expect("a ladder of machines is never empty")
    }

    /// Whether fleets are made of machines of this size: of larger ones only where no smaller one holds what it has to.
    pub fn is_modest<T: Trace<N = N>>(&self, trace: &T) -> bool {
        self.machine.vcpu <= trace.read(slot::CAPACITY_FLEET_VCPU).value()
    }

    /// The size that costs least, of those that fit; the first one wins a tie. `cost` is told the least so far: of a size
    /// that costs more it may give any number above, as soon as that is certain.
    pub fn cheapest(sizes: &[Self], fits: impl Fn(&Self) -> bool, cost: impl Fn(&Self, f64) -> f64) -> Option<Self> {
        let (mut least, mut best) = (f64::INFINITY, None);
        for size in sizes.iter().filter(|size| fits(size)) {
            let cost = cost(size, least);
            if best.is_none() || cost < least {
                (least, best) = (cost, Some(*size));
            }
        }
        best
    }
}

/// What a month's application runs on.
#[derive(Clone, Copy, Debug)]
pub struct Usage<N> {
    /// Machines that somebody has to look after, mean over the hours.
    pub machines: N,
    /// Machines and instances of a platform that are monitored: each runs an agent.
    pub monitored: N,
    /// What it costs.
    pub usd: N,
    /// What machines cost that run the platform and not the application.
    pub platform_usd: N,
    /// Share of it that is put to use.
    pub used: N,
}

/// Memory of the running copies of so many services under a load in erlangs: as many of each as it has at least, or as
/// many together as the load keeps busy.
pub fn memory_gib<T: Trace>(trace: &T, services: T::N, load: T::N, copies: T::N) -> T::N {
    let running = (services * copies).max(load / trace.read(slot::CAPACITY_VCPU_PER_COPY));
    (running * trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0).named("memory of all running copies", "GiB")
}

/// The same for all services.
pub fn memory_of_all<T: Trace>(trace: &T, load: T::N, copies: T::N) -> T::N {
    memory_gib(trace, trace.read(slot::SERVICES_COUNT), load, copies)
}

/// The share of a fleet that is put to use: by CPU or by memory, whichever is larger.
pub fn used_share<N: Number>(busy: N, vcpu: N, needed_gib: N, gib: N, one: N) -> N {
    (busy / vcpu).max(needed_gib / gib).min(one).named("share of the machines put to use", "share")
}

/// A cost; or its lower bound, where that is above the least known by more than rounding can be: then the cost is not
/// computed.
pub fn cost_or_bound(bound: f64, least: f64, cost: impl FnOnce() -> f64) -> f64 {
    if bound * (1.0 - 1e-9) > least { bound } else { cost() }
}

/// The sum of some costs; or any number above the least known, as soon as it is certain to be above.
pub fn sum_or_more(least: f64, costs: impl Iterator<Item = f64>) -> f64 {
    let mut sum = 0.0;
    for cost in costs {
        sum += cost;
        if sum > least {
            break;
        }
    }
    sum
}

/// The load of requests, `headroom` times over where more is kept ready than it takes. Background work comes steadily: it
/// needs none.
fn with_headroom<N: Number>(requests: N, headroom: Option<N>) -> N {
    headroom.map_or(requests, |headroom| requests * headroom)
}

/// The load of the application in the quietest hours that have traffic, when capacity follows it.
pub fn quietest<N: Number>(demand: &Demand<N>, levels: &[N; LEVELS], load: &Load<N>, headroom: Option<N>) -> N {
    with_headroom(demand.app_peak * load.factor * levels[0], headroom) + demand.background
}

/// The load of the application in the quietest hours of all: background work alone where some have no traffic.
pub fn least<N: Number>(demand: &Demand<N>, levels: &[N; LEVELS], load: &Load<N>, headroom: Option<N>) -> N {
    if demand.active.value() < 1.0 { demand.background } else { quietest(demand, levels, load, headroom) }
}

/// What a fleet needs over the hours of a month: at each level of the load-duration curve in the active hours, and for
/// background work alone in the others.
pub fn mean_over_hours<N: Number>(
    demand: &Demand<N>,
    levels: &[N; LEVELS],
    load: &Load<N>,
    headroom: Option<N>,
    machines: impl Fn(N) -> N,
) -> N {
    let requests = demand.app_peak * load.factor;
    let active: [N; LEVELS] =
        levels.map(|level| machines(with_headroom(requests * level, headroom) + demand.background));
    let busy = N::sum(active[0], active[1..].iter().copied()) / LEVELS as f64;
    if demand.active.value() >= 1.0 {
        return busy;
    }
    busy * demand.active + machines(demand.background) * demand.active.complement()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Published: C(10, 8) = 0.4092; 8, 26 and 111 servers for 5, 20 and 100 erlangs at a waiting probability of 0.2.
    #[test]
    fn erlang_c_gives_the_published_values() {
        assert!((erlang_c(10, 8.0) - 0.4092).abs() < 5e-5);
        for (load, servers) in [(5.0, 8), (20.0, 26), (100.0, 111)] {
            assert!(erlang_c(servers, load) <= 0.2, "{servers} servers at {load} erlangs");
            assert!(erlang_c(servers - 1, load) > 0.2, "{} servers at {load} erlangs", servers - 1);
        }
    }

    #[test]
    fn erlang_c_of_one_server_is_its_utilisation() {
        for load in [0.01, 0.3, 0.77, 0.999] {
            assert!((erlang_c(1, load) - load).abs() < 1e-12);
        }
        assert_eq!(erlang_c(3, 3.0), 1.0);
    }
}
