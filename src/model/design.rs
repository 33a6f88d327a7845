//! A variant laid out for one company at one point, and what may stop it.

use super::availability::{self, Keeper, Reliability, Twice};
use super::bill::{self, Accessories, Network};
use super::compute::Compute;
use super::database::Databases;
use super::labour::{self, Care};
use super::load::Load;
use super::practice::{Copies, Practice};
use super::{Company, Context};
use super::{delivery, incidents};
use crate::explain::{Number, Trace};
use crate::facts::{Provider, slot};

/// Why a variant does not fit a company.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Obstacle {
    /// No single machine holds the load of a month.
    #[serde(rename_all = "camelCase")]
    TooLargeForOneMachine {
        /// First month in which it does not fit, counted from 1.
        month: u16,
        /// vCPU that it needs.
        needed_vcpu: f64,
        /// vCPU of the largest machine.
        offered_vcpu: f64,
        /// Memory that it needs.
        needed_gib: f64,
        /// Memory of the largest machine.
        offered_gib: f64,
        /// Traffic that it has to send at the peak, in Gbit/s.
        needed_gbits: f64,
        /// What the largest port may send, in Gbit/s.
        offered_gbits: f64,
        /// Data that it has to keep, in GB.
        needed_gb: f64,
        /// Data that the largest disk may keep, in GB.
        offered_gb: f64,
    },
    /// A month has more traffic than the seller lets its applications have.
    #[serde(rename_all = "camelCase")]
    TooMuchTraffic {
        /// First month in which it is too much, counted from 1.
        month: u16,
        /// Traffic of all applications in that month, in GB.
        needed_gb: f64,
        /// Traffic that all of them may have, in GB.
        offered_gb: f64,
    },
    /// Its machines, providers and places alone are down for longer than the goal allows, in the way it is laid out.
    #[serde(rename_all = "camelCase")]
    MissesGoal {
        /// Hours down a year that the goal allows.
        allowed_hours: f64,
        /// Hours down a year, whatever is changed on it.
        expected_hours: f64,
    },
    /// No machine (or node, or function) holds one service.
    #[serde(rename_all = "camelCase")]
    ServiceTooLarge {
        /// Memory that a service, or a group that shares a machine, needs.
        needed_gib: f64,
        /// Memory that the largest offers.
        offered_gib: f64,
    },
    /// The first answer after a pause takes longer than is acceptable.
    #[serde(rename_all = "camelCase")]
    ColdStart {
        /// Milliseconds of a request that finds nothing running.
        cold_ms: f64,
        /// Milliseconds that are acceptable.
        acceptable_ms: f64,
    },
    /// The software cannot be cut into functions.
    NotDecomposable,
    /// What the variant is made of is not in the price book of the provider.
    NotSold,
}

/// What of a design decides which parts it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Whether every role runs twice.
    pub twice: bool,
    /// Whether a load balancer is bought.
    pub balanced: bool,
}

impl Shape {
    /// The one that takes most parts.
    pub const FULL: Self = Self { twice: true, balanced: true };
    /// How many there are.
    pub const COUNT: usize = 4;

    /// Its place among all.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.twice) * 2 + usize::from(self.balanced)
    }
}

/// What a variant is laid out on.
#[derive(Debug)]
pub struct Layout<N> {
    /// What the application runs on.
    pub compute: Compute<N>,
    /// Databases that do not lie on the application's machines.
    pub database: Option<Databases<N>>,
    /// The same with a standby each, where their seller runs them and that is still to be chosen.
    pub standby: Option<Databases<N>>,
    /// Who looks after the databases.
    pub keeper: Keeper,
    /// Who sells traffic, files and load balancers.
    pub seller: &'static Provider,
    /// Price of bandwidth for an own line, if traffic is not bought by the GB.
    pub transit_usd_per_gb: Option<N>,
    /// A control plane that the provider runs, one for each environment.
    pub control_plane: Option<N>,
    /// What the platform charges whatever the load, a month.
    pub platform_usd: N,
    /// Machines and managed databases of one further environment, a month.
    pub twin_usd: N,
    /// Machines that the team looks after in one further environment.
    pub twin_machines: N,
    /// Machines beside those that serve, for each of these, and what one costs a month: mail, jobs, tools, and load balancers
    /// where none is rented.
    pub support: Option<(N, N)>,
    /// Whether a load balancer and its addresses are bought.
    pub load_balancer: bool,
    /// Months for which each machine is held once it is added, if it cannot be given back at any time.
    pub term: Option<N>,
    /// Hours that each machine takes when it is added, beyond those of the platform.
    pub setup_hours_per_machine: Option<N>,
    /// What keeping it takes.
    pub care: Care,
}

/// A variant, laid out for one company at one point.
#[derive(Debug)]
pub struct Design<N> {
    /// How it is worked with.
    pub practice: Practice,
    /// How often every role runs.
    pub copies: N,
    /// How often each database runs.
    pub database_copies: N,
    /// Whether somebody is on call.
    pub on_call: bool,
    /// Whether somebody should be, as a figure that follows from the choice.
    pub on_call_wanted: N,
    /// Whether there are enough people for it, where it is wanted.
    pub on_call_staffed: N,
    /// How long it is down, whatever is changed on it.
    pub reliability: Reliability<N>,
    /// What it is laid out on.
    pub layout: Layout<N>,
}

impl<N: Number> Layout<N> {
    /// A layout without a load balancer, with machines that can be given back at any time and no other environment.
    pub fn new<T: Trace<N = N>>(
        trace: &T,
        compute: Compute<N>,
        database: Option<Databases<N>>,
        seller: &'static Provider,
        care: Care,
    ) -> Self {
        let zero = trace.constant(0.0);
        Self {
            keeper: Databases::keeper(database.as_ref()),
            compute,
            database,
            standby: None,
            seller,
            transit_usd_per_gb: None,
            control_plane: None,
            platform_usd: zero,
            twin_usd: zero,
            twin_machines: zero,
            support: None,
            load_balancer: false,
            term: None,
            setup_hours_per_machine: None,
            care,
        }
    }

    /// Whether the databases are another provider's than the machines.
    pub fn database_elsewhere(&self, company: &Company) -> bool {
        self.keeper == Keeper::Provider
            && company.database_provider.is_some_and(|provider| !std::ptr::eq(provider, self.seller))
    }

    /// What one machine of the application and one of the databases costs a month, where they are all of one size, each
    /// with its share of the machines beside them.
    pub fn rents(&self) -> [Option<N>; 2] {
        let application = self.compute.machine().map(|size| size.usd);
        let with_beside = |usd: N| self.support.map_or(usd, |(each, rent)| usd + each * rent);
        [application, self.database.as_ref().and_then(Databases::rent)].map(|usd| usd.map(with_beside))
    }

    /// Its databases, without a standby and with one each, as far as that is a choice and the company leaves it; as they are,
    /// where it is none.
    fn offered<'l>(&'l self, company: &Company) -> impl Iterator<Item = Offer<'l, N>> + use<'l, N> {
        let policy = company.standby;
        let standbys: &[Option<bool>] = if self.standby.is_some() { &[Some(false), Some(true)] } else { &[None] };
        let had = standbys.iter().copied().filter(move |standby| standby.is_none_or(|had| policy.allows(had)));
        had.map(|standby| match standby {
            Some(true) => (standby, self.standby.as_ref()),
            _ => (standby, self.database.as_ref()),
        })
    }

    /// What its machines take in the mean of the months that stand for all, without databases that their seller runs.
    fn mean_month<T: Trace<N = N>>(&self, context: &Context<T>, practice: &Practice) -> Taken<N> {
        let mut months = context.sampled.iter().map(|load| self.month(context, practice, load));
        let first = months.next().expect("some month stands for all");
        let sum = months.fold(first, |sum, month| Taken {
            of_seller_usd: sum.of_seller_usd + month.of_seller_usd,
            besides_usd: sum.besides_usd + month.besides_usd,
            machines: sum.machines + month.machines,
        });
        let count = context.sampled.len() as f64;
        Taken {
            of_seller_usd: (sum.of_seller_usd / count).named("machines a month", "USD/month"),
            besides_usd: (sum.besides_usd / count).named("care and monitoring of machines a month", "USD/month"),
            machines: sum.machines / count,
        }
    }

    /// The same with these databases, where their seller runs them.
    fn with_plans<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        month: Taken<N>,
        database: Option<&Databases<N>>,
    ) -> Taken<N> {
        let Some(plans) = self.plans_usd(context, database) else { return month };
        if self.database_elsewhere(context.company) {
            Taken { besides_usd: month.besides_usd + plans, ..month }
        } else {
            Taken { of_seller_usd: month.of_seller_usd + plans, ..month }
        }
    }

    /// What databases that their seller runs cost in the mean of the months: their plans follow the data as well as the load.
    fn plans_usd<T: Trace<N = N>>(&self, context: &Context<T>, database: Option<&Databases<N>>) -> Option<N> {
        let database = database.filter(|_| self.keeper == Keeper::Provider)?;
        let [first, second, third] = context.spread.each_ref().map(|load| {
            let month = database.month(context, load, None);
            month.usd + month.storage_usd
        });
        Some((first + second + third) / context.spread.len() as f64)
    }

    /// What a month takes, without databases that their seller runs.
    fn month<T: Trace<N = N>>(&self, context: &Context<T>, practice: &Practice, load: &Load<N>) -> Taken<N> {
        let trace = &context.trace;
        let usage = self.compute.month(context, load, None);
        let mut usd = usage.usd + usage.platform_usd;
        let (mut machines, mut monitored) = (usage.machines, usage.monitored);
        if let Some(database) = self.database.as_ref().filter(|_| self.keeper != Keeper::Provider) {
            let base = database.month(context, load, None);
            usd = usd + base.usd + base.storage_usd;
            machines = machines + base.machines;
            monitored = monitored + base.machines;
        }
        if let Some((each, rent)) = self.support {
            let beside = beside(machines, each, trace.constant(0.5));
            usd = usd + beside * rent;
            machines = machines + beside;
            monitored = monitored + beside;
        }
        // Those of other environments count too: of many machines each takes less.
        let others = (trace.read(slot::DELIVERY_ENVIRONMENTS) - 1.0) * self.twin_machines;
        let by_hand = (machines + others) * trace.read(self.care.machine);
        let keeping = labour::automated(by_hand, trace.read(slot::HOURS_AUTOMATED_FROM)) / 12.0;
        let brought = Accessories::usd(context, practice, self.seller, [machines, trace.constant(0.0)]);
        Taken {
            of_seller_usd: usd + brought,
            besides_usd: keeping * trace.read(slot::TEAM_HOURLY_USD) + monitored * context.monitoring_usd(),
            machines,
        }
    }
}

/// Databases, and whether they have a standby where that is a choice.
type Offer<'l, N> = (Option<bool>, Option<&'l Databases<N>>);

/// What the machines of a layout take in a month.
#[derive(Clone, Copy)]
struct Taken<N> {
    /// What their seller is paid at list prices, with all that they bring with them.
    of_seller_usd: N,
    /// The work of looking after them and the machines of other environments, and what others are paid.
    besides_usd: N,
    /// How many there are.
    machines: N,
}

/// Machines beside so many that serve, `each` for each of these: whole ones, as near as they come. `half` is 0.5.
pub fn beside<N: Number>(serving: N, each: N, half: N) -> N {
    ((serving * each).max(half) - 0.5).ceil()
}

/// How the roles of a variant are laid out.
#[derive(Clone, Copy, Debug)]
pub struct Roles<N> {
    /// How often each of them runs.
    pub copies: N,
    /// Whether on machines so small that the load of a typical month takes two of them for each role.
    pub spread: bool,
}

impl<N: Number> Roles<N> {
    /// Whether every role runs twice.
    pub fn twice(&self) -> bool {
        self.copies.value() > 1.0
    }

    /// Roles laid out like this, with a standby of the databases or not where that is a choice of its own, and with somebody on
    /// call or not, in words.
    fn label(&self, copies: Copies, standby: Option<bool>, on_call: bool) -> &'static str {
        let (roles, databases) =
            if copies == Copies::OfDatabases { (false, Some(self.twice())) } else { (self.twice(), standby) };
        let labels = match (roles, self.spread, databases) {
            (false, false, None | Some(false)) => ["once, nobody on call", "once, somebody on call"],
            (false, false, Some(true)) => {
                ["once, databases twice, nobody on call", "once, databases twice, somebody on call"]
            }
            (false, true, None | Some(false)) => {
                ["once on small machines, nobody on call", "once on small machines, somebody on call"]
            }
            (false, true, Some(true)) => [
                "once on small machines, databases twice, nobody on call",
                "once on small machines, databases twice, somebody on call",
            ],
            (true, _, None | Some(true)) => ["twice, nobody on call", "twice, somebody on call"],
            (true, _, Some(false)) => {
                ["twice, databases once, nobody on call", "twice, databases once, somebody on call"]
            }
        };
        labels[usize::from(on_call)]
    }
}

/// A way of running a variant: with which layout, whether its databases have a standby, and whether somebody is on call.
#[derive(Clone, Copy)]
struct Way<N> {
    layout: usize,
    standby: Option<bool>,
    on_call: bool,
    reliability: Reliability<N>,
    usd: N,
}

/// The way that is chosen.
#[derive(Debug)]
pub struct Choice<N> {
    /// Which of the layouts.
    pub layout: usize,
    /// How often every role runs, as a figure that follows from the choice.
    pub copies: N,
    /// How often each database runs that its seller runs, as such a figure; nothing where none does, or it is as any role.
    hosted_copies: Option<N>,
    on_call: bool,
    on_call_wanted: N,
    reliability: Reliability<N>,
}

impl<N: Number> Choice<N> {
    /// Of the layouts of a variant, each with its roles, the one that costs least and meets the goal, with a standby of its
    /// databases and with somebody on call or not as that pays; if none meets the goal, the one that is down least. What
    /// decides is what the ways differ in: machines and their care, databases, the network between copies, standby pay,
    /// downtime and lost data.
    pub fn of<T: Trace<N = N>>(context: &Context<T>, practice: Practice, layouts: &[(Roles<N>, Layout<N>)]) -> Self {
        let trace = &context.trace;
        let hour_down = context.hour_down_usd();
        let hour_lost = trace.read(slot::GOALS_DATA_LOSS_USD_PER_HOUR) * context.typical.factor;
        let mut ways: Vec<Way<N>> = Vec::with_capacity(12);
        for (index, (roles, layout)) in layouts.iter().enumerate() {
            let traffic = context.demand.served_gb * context.typical.factor;
            let network = Network::of(context, &practice, layout, roles.copies).usd(traffic);
            let paid = context.paid_share(layout.seller) * (bill::support_share(context, layout.seller) + 1.0);
            let month = layout.mean_month(context, &practice);
            let twice = Twice::of(context, &practice, layout, roles.twice());
            for (standby, database) in layout.offered(context.company) {
                let taken = layout.with_plans(context, month, database);
                let bought = (taken.of_seller_usd + network) * paid + taken.besides_usd;
                let twice = Twice { databases: standby.unwrap_or(twice.databases), ..twice };
                for on_call in [false, true] {
                    if on_call && !practice.on_call {
                        continue;
                    }
                    let reliability = availability::reliability(context, &practice, layout, twice, on_call);
                    let risk = (reliability.outages().hours * hour_down + reliability.lost_hours * hour_lost) / 12.0;
                    let mut usd = bought + risk;
                    if on_call {
                        usd = usd + called_usd(context, practice, layout.keeper, taken.machines, &reliability);
                    }
                    let usd = usd.named(roles.label(practice.copies, standby, on_call), "USD/month");
                    ways.push(Way { layout: index, standby, on_call, reliability, usd });
                }
            }
        }
        let policy = context.company.on_call;
        let wanted = Self::best(context, &ways, &|way| !practice.on_call || policy.allows(way.on_call));
        let staffed = context.rotation.value() != 0.0;
        let chosen = if wanted.on_call && !staffed { Self::best(context, &ways, &|way| !way.on_call) } else { wanted };
        let hours = ways.iter().map(|way| way.reliability.components.hours);
        // What the company leaves to be chosen, or says outright.
        let said = [slot::TEAM_ON_CALL, slot::GOALS_REDUNDANCY, slot::DATA_STANDBY].map(|at| trace.read(at));
        let given = [context.allowed_hours, context.rotation].into_iter().chain(said);
        let others: Vec<N> = ways.iter().skip(1).map(|way| way.usd).chain(hours).chain(given).collect();
        let copies = layouts[chosen.layout].0.copies;
        let hosted_copies = chosen
            .standby
            .map(|standby| ways[0].usd.call("databaseCopiesOfTheCheapest", &others, if standby { 2.0 } else { 1.0 }));
        let by_nature = matches!(practice.copies, Copies::One | Copies::Two);
        let called = f64::from(u8::from(wanted.on_call));
        Self {
            layout: chosen.layout,
            copies: if by_nature {
                copies
            } else {
                ways[0].usd.call("copiesOfTheCheapest", &others, copies.value()).named("copies of every role", "copies")
            },
            hosted_copies,
            on_call: chosen.on_call,
            on_call_wanted: ways[0]
                .usd
                .call("onCallOfTheCheapest", &others, called)
                .named("somebody should be on call", "yes or no"),
            reliability: chosen.reliability,
        }
    }

    /// The cheapest way that meets the goal; if none does, the one that is down least.
    fn best<T: Trace<N = N>>(context: &Context<T>, ways: &[Way<N>], counts: &dyn Fn(&Way<N>) -> bool) -> Way<N> {
        let hours = |way: &Way<N>| way.reliability.components.hours.value();
        let meets = |way: &Way<N>| hours(way) <= context.allowed_hours.value();
        let better = |one: Way<N>, next: &Way<N>| {
            let wins = match (meets(&one), meets(next)) {
                (true, true) => next.usd.value() < one.usd.value(),
                (false, false) => hours(next) < hours(&one),
                (_, meets) => meets,
            };
            if wins { *next } else { one }
        };
        let mut counted = ways.iter().filter(|way| counts(way));
        let first = *counted.next().unwrap_or(&ways[0]);
        counted.fold(first, better)
    }

    /// The variant, laid out and run like this.
    pub fn design<T: Trace<N = N>>(self, context: &Context<T>, practice: Practice, mut layout: Layout<N>) -> Design<N> {
        let one = context.trace.constant(1.0);
        if let Some(standby) =
            layout.standby.take().filter(|_| self.hosted_copies.is_some_and(|copies| copies.value() > 1.0))
        {
            layout.database = Some(standby);
        }
        let database_copies = match layout.keeper {
            Keeper::Nobody => context.trace.constant(0.0),
            Keeper::Service => one,
            _ => self.hosted_copies.unwrap_or(self.copies),
        };
        let wanted = self.on_call_wanted;
        let staffed = if wanted.value() == 0.0 { one } else { context.rotation };
        Design {
            practice,
            copies: if practice.copies == Copies::OfDatabases { one } else { self.copies },
            database_copies: database_copies.named("copies of each database", "copies"),
            on_call: self.on_call,
            on_call_wanted: wanted,
            on_call_staffed: staffed.named("on call is staffed, or not needed", "yes or no"),
            reliability: self.reliability,
            layout,
        }
    }
}

/// What it costs a month to have somebody on call: standing by, and what work at night costs more.
fn called_usd<T: Trace>(
    context: &Context<T>,
    practice: Practice,
    keeper: Keeper,
    machines: T::N,
    reliability: &Reliability<T::N>,
) -> T::N {
    let trace = &context.trace;
    let any_hour = incidents::unplanned(context, &practice, keeper, reliability).hours;
    let hours = incidents::hours_each_machine(trace, &practice)
        .map_or(any_hour, |each| machines * reliability.failures_each * each + any_hour);
    let work = hours / 12.0 * trace.read(slot::TEAM_HOURLY_USD);
    context.on_call_usd() + work * (context.out_of_hours(true) - 1.0)
}

impl<N: Number> Design<N> {
    /// What of it decides which parts it takes.
    pub fn shape(&self) -> Shape {
        Shape { twice: self.twice(), balanced: self.layout.load_balancer }
    }

    /// Whether every role runs twice.
    pub fn twice(&self) -> bool {
        self.copies.value() > 1.0
    }

    /// Whether the first answer after a pause takes longer than is acceptable.
    pub fn cold_start<T: Trace<N = N>>(&self, context: &Context<T>) -> Option<Obstacle> {
        let (_, cold) = delivery::answers(&context.trace, self.practice.deploy);
        let (cold_ms, acceptable_ms) = (cold.value(), context.trace.read(slot::GOALS_LATENCY_MS).value());
        (cold_ms > acceptable_ms).then_some(Obstacle::ColdStart { cold_ms, acceptable_ms })
    }

    /// What of the goals it misses.
    pub fn goals_missed<T: Trace<N = N>>(&self, context: &Context<T>) -> Option<Obstacle> {
        let (allowed, expected) = (context.allowed_hours.value(), self.reliability.components.hours.value());
        (expected > allowed).then_some(Obstacle::MissesGoal { allowed_hours: allowed, expected_hours: expected })
    }
}
