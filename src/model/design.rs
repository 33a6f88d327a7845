//! A variant laid out for one company at one point, and what may stop it.

use super::availability::{self, Keeper, Reliability, Twice};
use super::bill::{self, Accessories, Network};
use super::compute::Compute;
use super::database::Databases;
use super::labour::{self, Care};
use super::load::Load;
use super::practice::{Copies, Practice};
use super::site::{self, Waiting};
use super::{Company, Context};
use super::{delivery, incidents};
use crate::approach::Variant;
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
    /// Whether all of it stands at two sites.
    pub two_sites: bool,
}

impl Shape {
    /// The one that takes most parts.
    pub const FULL: Self = Self { twice: true, balanced: true, two_sites: true };
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Its place among all.
    #[must_use]
    pub fn index(self) -> usize {
        [self.two_sites, self.twice, self.balanced].into_iter().fold(0, |index, has| index * 2 + usize::from(has))
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
    /// What of the application waits at a second site, if it is not as much as serves.
    pub waiting: Option<Waiting<N>>,
    /// Whether it stands at two sites.
    pub two_sites: bool,
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
    /// At how many sites all of it stands.
    pub sites: N,
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
            waiting: None,
            two_sites: false,
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
    /// with its share of the machines beside them, and with its like at a second site.
    pub fn rents(&self) -> [Option<N>; 2] {
        let application = self.compute.machine().map(|size| size.usd);
        let with_beside = |usd: N| {
            let usd = self.support.map_or(usd, |(each, rent)| usd + each * rent);
            if self.two_sites { usd * 2.0 } else { usd }
        };
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

    /// What its machines take in the mean of the months that stand for all, without databases that their seller runs: at
    /// one site, and at two where these are asked for.
    fn mean_month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        practice: &Practice,
        second: Option<&site::Rates<N>>,
    ) -> AtSites<N> {
        let mut months = context.sampled.iter().map(|load| self.month(context, practice, second, load));
        let first = months.next().expect("some month stands for all");
        let sum = months.fold(first, |sum, month| AtSites {
            one: sum.one.and(month.one),
            two: sum.two.zip(month.two).map(|(sum, month)| sum.and(month)),
            there_usd: sum.there_usd + month.there_usd,
        });
        let count = context.sampled.len() as f64;
        let mean = |sum: Taken<N>| Taken {
            of_seller_usd: (sum.of_seller_usd / count).named("machines a month", "USD/month"),
            besides_usd: (sum.besides_usd / count).named("care and monitoring of machines a month", "USD/month"),
            machines: sum.machines / count,
        };
        AtSites { one: mean(sum.one), two: sum.two.map(mean), there_usd: sum.there_usd / count }
    }

    /// The same with these databases, where their seller runs them.
    fn with_plans<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        month: AtSites<N>,
        database: Option<&Databases<N>>,
    ) -> AtSites<N> {
        let Some(plans) = self.plans_usd(context, database) else { return month };
        let elsewhere = self.database_elsewhere(context.company);
        let with = |taken: Taken<N>, plans: N| {
            if elsewhere {
                Taken { besides_usd: taken.besides_usd + plans, ..taken }
            } else {
                Taken { of_seller_usd: taken.of_seller_usd + plans, ..taken }
            }
        };
        AtSites { one: with(month.one, plans), two: month.two.map(|two| with(two, plans + plans)), ..month }
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
    fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        practice: &Practice,
        second: Option<&site::Rates<N>>,
        load: &Load<N>,
    ) -> AtSites<N> {
        let trace = &context.trace;
        let usage = self.compute.month(context, load, None);
        let mut usd = usage.usd + usage.platform_usd;
        let (mut machines, mut monitored) = (usage.machines, usage.monitored);
        let database = self.database.as_ref().filter(|_| self.keeper != Keeper::Provider);
        let base = database.map(|database| database.month(context, load, None));
        if let Some(base) = base {
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
        let taken = |usd: N, machines: N, monitored: N| {
            let by_hand = (machines + others) * trace.read(self.care.machine);
            let keeping = labour::automated(by_hand, trace.read(slot::HOURS_AUTOMATED_FROM)) / 12.0;
            let brought = Accessories::usd(context, practice, self.seller, [machines, trace.constant(0.0)]);
            Taken {
                of_seller_usd: usd + brought,
                besides_usd: keeping * trace.read(slot::TEAM_HOURLY_USD) + monitored * context.monitoring_usd(),
                machines,
            }
        };
        let site = second.map(|second| second.month(context, self, load, (&usage, base.as_ref()), machines));
        AtSites {
            one: taken(usd, machines, monitored),
            two: site
                .as_ref()
                .map(|site| taken(usd + site.usd(), machines + site.machines, monitored + site.monitored)),
            there_usd: site.map_or(trace.constant(0.0), |site| site.machines_usd()),
        }
    }

    /// What a second site takes at least in a month, in USD: trying it out.
    fn least_site_usd<T: Trace<N = N>>(&self, context: &Context<T>) -> f64 {
        let trace = &context.trace;
        site::drill_hours(trace).value() / 12.0 * trace.read(slot::TEAM_HOURLY_USD).value()
    }

    /// What a second site takes in a month beside what is bought and the care for its machines: trying it out, upgrading there
    /// too and what fails of that, what its parts are worth, and each month's part of setting it up and of leaving its machines.
    /// What runs today is set up already.
    fn site_work_usd<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        variant: Variant,
        twice: bool,
        month: &AtSites<N>,
    ) -> N {
        let trace = &context.trace;
        let machines = month.two.map_or(trace.constant(0.0), |two| two.machines - month.one.machines);
        let hourly = trace.read(slot::TEAM_HOURLY_USD);
        let [one, two] = [false, true].map(|two_sites| {
            let shape = Shape { twice, balanced: self.load_balancer, two_sites };
            let (stack, structure) = context.company.stack(variant, shape);
            let hours = labour::upgrades(context, stack, two_sites).hours;
            let failing = incidents::failing_upgrades_usd(context, stack, structure);
            (hours * hourly + failing, f64::from(stack.count()))
        });
        let yearly = site::drill_hours(trace) * hourly + two.0 - one.0;
        let mut usd = yearly / 12.0 + trace.read(slot::GOALS_PART_USD_PER_MONTH) * (two.1 - one.1);
        if context.company.current != Some(variant) {
            let each = self.setup_hours_per_machine.map(|each| machines * each);
            let once = each.into_iter().fold(site::setup_hours(trace, self), |once, each| once + each);
            usd = usd + once * hourly / context.level_months;
        }
        if let Some(term) = self.term {
            let months = f64::from(context.company.months);
            let rest = f64::ceil(months / term.value()) * term.value() - months;
            let owed = month.there_usd * (trace.read(slot::FINANCE_EXIT_SHARE) * rest);
            let last = context.discount.last().copied().unwrap_or(trace.constant(1.0));
            usd = usd + owed * last / context.level_months;
        }
        usd.named("work for a second site, its parts and its end", "USD/month")
    }
}

/// Databases, and whether they have a standby where that is a choice.
type Offer<'l, N> = (Option<bool>, Option<&'l Databases<N>>);

/// What a month takes at one site and at two.
#[derive(Clone, Copy)]
struct AtSites<N> {
    /// At one site.
    one: Taken<N>,
    /// At two, where that is asked for.
    two: Option<Taken<N>>,
    /// What the machines of the second one cost; nothing where there is none.
    there_usd: N,
}

/// What the machines of a layout take in a month, at one site or at two.
#[derive(Clone, Copy)]
struct Taken<N> {
    /// What their seller is paid at list prices, with all that they bring with them.
    of_seller_usd: N,
    /// The work of looking after them and the machines of other environments, and what others are paid.
    besides_usd: N,
    /// How many there are.
    machines: N,
}

impl<N: Number> Taken<N> {
    /// Both.
    fn and(self, other: Self) -> Self {
        Self {
            of_seller_usd: self.of_seller_usd + other.of_seller_usd,
            besides_usd: self.besides_usd + other.besides_usd,
            machines: self.machines + other.machines,
        }
    }
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

    /// Roles laid out like this, with a standby of the databases or not where that is a choice of its own, at one site or two,
    /// and with somebody on call or not, in words.
    fn label(&self, copies: Copies, standby: Option<bool>, two_sites: bool, on_call: bool) -> &'static str {
        macro_rules! labels {
            ($roles:literal) => {
                [
                    [concat!($roles, ", nobody on call"), concat!($roles, ", somebody on call")],
                    [
                        concat!($roles, ", at two sites, nobody on call"),
                        concat!($roles, ", at two sites, somebody on call"),
                    ],
                ]
            };
        }
        let (roles, databases) =
            if copies == Copies::OfDatabases { (false, Some(self.twice())) } else { (self.twice(), standby) };
        let labels = match (roles, self.spread, databases) {
            (false, false, None | Some(false)) => labels!("once"),
            (false, false, Some(true)) => labels!("once, databases twice"),
            (false, true, None | Some(false)) => labels!("once on small machines"),
            (false, true, Some(true)) => labels!("once on small machines, databases twice"),
            (true, _, None | Some(true)) => labels!("twice"),
            (true, _, Some(false)) => labels!("twice, databases once"),
        };
        labels[usize::from(two_sites)][usize::from(on_call)]
    }
}

/// A way of running a variant: with which layout, whether its databases have a standby, whether it stands at two sites, and
/// whether somebody is on call.
#[derive(Clone, Copy)]
struct Way<N> {
    layout: usize,
    standby: Option<bool>,
    two_sites: bool,
    on_call: bool,
    reliability: Reliability<N>,
    usd: N,
}

/// How long a way of running a variant is down, and what that costs a month with the data that it loses.
#[derive(Clone, Copy)]
struct Risk<N> {
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
    /// At how many sites all of it stands, as such a figure.
    sites: N,
    on_call: bool,
    on_call_wanted: N,
    reliability: Reliability<N>,
}

impl<N: Number> Choice<N> {
    /// Of the layouts of a variant, each with its roles, the one that costs least and meets the goal, with a standby of its
    /// databases, a second site and somebody on call or not as that pays; if none meets the goal, the one that is down least,
    /// at two sites only if that pays. What decides is what the ways differ in: machines and their care, databases, the network
    /// between copies, what a second site takes, standby pay, downtime and lost data. Too little to be looked at are incidents of
    /// further machines, upgrades of the parts that a second copy brings, and what traffic further machines include.
    pub fn of<T: Trace<N = N>>(context: &Context<T>, variant: Variant, layouts: &[(Roles<N>, Layout<N>)]) -> Self {
        let trace = &context.trace;
        let practice = variant.practice();
        let policy = site::policy(context.company, &practice);
        let hour_down = context.hour_down_usd();
        let hour_lost = trace.read(slot::GOALS_DATA_LOSS_USD_PER_HOUR) * context.typical.factor;
        let mut ways: Vec<Way<N>> = Vec::with_capacity(12);
        for (index, (roles, layout)) in layouts.iter().enumerate() {
            let traffic = context.demand.served_gb * context.typical.factor;
            let network = Network::of(context, &practice, layout, roles.copies).usd(traffic);
            let paid = context.paid_share(layout.seller) * (bill::support_share(context, layout.seller) + 1.0);
            let twice = Twice::of(context, &practice, layout, roles.twice());
            let risk = |standby: Option<bool>, two_sites, on_call| {
                let twice = Twice { site: two_sites, databases: standby.unwrap_or(twice.databases), ..twice };
                let reliability = availability::reliability(context, &practice, layout, twice, on_call);
                let down = reliability.outages().hours * hour_down;
                Risk { reliability, usd: (down + reliability.lost_hours * hour_lost) / 12.0 }
            };
            let called = || [false, true].into_iter().filter(|on_call| practice.on_call || !on_call);
            let mut alone: [[Option<Risk<N>>; 2]; 2] = Default::default();
            for (at, (standby, _)) in layout.offered(context.company).enumerate().filter(|_| policy.allows(false)) {
                called().for_each(|on_call| alone[at][usize::from(on_call)] = Some(risk(standby, false, on_call)));
            }
            // A second site that costs more than all that it could save is not looked at.
            let saves = |alone: Option<Risk<N>>, usd: f64| {
                alone.is_none_or(|risk| !risk.reliability.meets(context) || risk.usd.value() > usd)
            };
            let least = layout.least_site_usd(context);
            let offers = layout.offered(context.company).count();
            let looked_at = policy.allows(true)
                && alone[..offers]
                    .iter()
                    .any(|risks| called().any(|on_call| saves(risks[usize::from(on_call)], least)));
            let second = looked_at.then(|| site::Rates::of(context, &practice, layout, roles.copies));
            let month = layout.mean_month(context, &practice, second.as_ref());
            let work = month.two.map(|_| layout.site_work_usd(context, variant, roles.twice(), &month));
            for ((standby, database), alone) in layout.offered(context.company).zip(alone) {
                let taken = layout.with_plans(context, month, database);
                let bought = |taken: Taken<N>| (taken.of_seller_usd + network) * paid + taken.besides_usd;
                let one = bought(taken.one);
                let two = taken.two.zip(work).map(|(two, work)| (two, bought(two) + work));
                for on_call in called() {
                    let way = |taken: Taken<N>, bought: N, two_sites, Risk { reliability, usd }| {
                        let mut usd = bought + usd;
                        if on_call {
                            usd = usd + called_usd(context, practice, layout.keeper, taken.machines, &reliability);
                        }
                        let usd = usd.named(roles.label(practice.copies, standby, two_sites, on_call), "USD/month");
                        Way { layout: index, standby, two_sites, on_call, reliability, usd }
                    };
                    let alone = alone[usize::from(on_call)];
                    let at_one = alone.map(|risk| way(taken.one, one, false, risk));
                    ways.extend(at_one);
                    if let Some((taken, bought)) = two.filter(|(_, two)| saves(alone, two.value() - one.value())) {
                        let at_two = way(taken, bought, true, risk(standby, true, on_call));
                        // Nobody has a second site in vain: for a goal that is missed all the same, and more than it saves.
                        let pays = at_one.is_none_or(|at_one| at_two.usd.value() < at_one.usd.value());
                        ways.extend((pays || at_two.reliability.meets(context)).then_some(at_two));
                    }
                }
            }
        }
        let policy = context.company.on_call;
        let wanted = Self::best(context, &ways, &|way| !practice.on_call || policy.allows(way.on_call));
        let staffed = context.rotation.value() != 0.0;
        let chosen = if wanted.on_call && !staffed { Self::best(context, &ways, &|way| !way.on_call) } else { wanted };
        let hours = ways.iter().map(|way| way.reliability.components.hours);
        // What the company leaves to be chosen, or says outright.
        let said = [slot::TEAM_ON_CALL, slot::GOALS_REDUNDANCY, slot::DATA_STANDBY, slot::GOALS_SECOND_SITE];
        let said = said.map(|at| trace.read(at));
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
            sites: ways[0].usd.call("sitesOfTheCheapest", &others, if chosen.two_sites { 2.0 } else { 1.0 }),
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
        let better = |one: Way<N>, next: &Way<N>| {
            let wins = match (one.reliability.meets(context), next.reliability.meets(context)) {
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
        layout.two_sites = self.sites.value() > 1.0;
        let wanted = self.on_call_wanted;
        let staffed = if wanted.value() == 0.0 { one } else { context.rotation };
        Design {
            practice,
            copies: if practice.copies == Copies::OfDatabases { one } else { self.copies },
            database_copies: database_copies.named("copies of each database", "copies"),
            sites: self.sites.named("sites", "sites"),
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
        Shape { twice: self.twice(), balanced: self.layout.load_balancer, two_sites: self.layout.two_sites }
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
        (!self.reliability.meets(context))
            .then_some(Obstacle::MissesGoal { allowed_hours: allowed, expected_hours: expected })
    }
}
