//! What a variant is laid out on, and what that takes in a month.

use super::availability::Keeper;
use super::bill::Accessories;
use super::compute::Compute;
use super::database::Databases;
use super::design::Shape;
use super::incidents;
use super::labour::{self, Care};
use super::load::Load;
use super::practice::Practice;
use super::site::{self, Waiting};
use super::{Company, Context};
use crate::approach::Variant;
use crate::explain::{Number, Trace};
use crate::facts::{Provider, slot};

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
    pub(super) fn offered<'l>(&'l self, company: &Company) -> impl Iterator<Item = Offer<'l, N>> + use<'l, N> {
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
    pub(super) fn mean_month<T: Trace<N = N>>(
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
    pub(super) fn with_plans<T: Trace<N = N>>(
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
    pub(super) fn least_site_usd<T: Trace<N = N>>(&self, context: &Context<T>) -> f64 {
        let trace = &context.trace;
        site::drill_hours(trace).value() / 12.0 * trace.read(slot::TEAM_HOURLY_USD).value()
    }

    /// What a second site takes in a month beside what is bought and the care for its machines: trying it out, upgrading there
    /// too and what fails of that, what its parts are worth, and each month's part of setting it up and of leaving its machines.
    /// What runs today is set up already.
    pub(super) fn site_work_usd<T: Trace<N = N>>(
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
pub(super) type Offer<'l, N> = (Option<bool>, Option<&'l Databases<N>>);

/// What a month takes at one site and at two.
#[derive(Clone, Copy)]
pub(super) struct AtSites<N> {
    /// At one site.
    pub one: Taken<N>,
    /// At two, where that is asked for.
    pub two: Option<Taken<N>>,
    /// What the machines of the second one cost; nothing where there is none.
    there_usd: N,
}

/// What the machines of a layout take in a month, at one site or at two.
#[derive(Clone, Copy)]
pub(super) struct Taken<N> {
    /// What their seller is paid at list prices, with all that they bring with them.
    pub of_seller_usd: N,
    /// The work of looking after them and the machines of other environments, and what others are paid.
    pub besides_usd: N,
    /// How many there are.
    pub machines: N,
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
