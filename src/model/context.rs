//! What is the same for every variant at one point: the demand, its path, the goals, and what they are worth.

use super::capacity::{Size, Staffing};
use super::cluster::Chosen;
use super::load::{self, Demand, LEVELS, Load};
use super::{Company, incidents, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, Part, Provider, slot};
use crate::point::Slot;
use std::cell::RefCell;
use std::rc::Rc;

/// What is the same for every variant at one point.
#[derive(Debug)]
pub struct Context<'c, T: Trace> {
    /// Where the inputs are read.
    pub trace: T,
    /// The company's shape.
    pub company: &'c Company,
    /// The load of the first month.
    pub demand: Demand<T::N>,
    /// The load of each month over that of the first.
    pub path: Vec<T::N>,
    /// The load of each month.
    pub loads: Vec<Load<T::N>>,
    /// The month with the highest load (the last of them, when its data are largest).
    pub busiest: Load<T::N>,
    /// The month whose load is nearest to the mean of all months.
    pub typical: Load<T::N>,
    /// Months that stand for all where a size is chosen for them, as often as each does; one if their loads and data are alike.
    pub sampled: Vec<Load<T::N>>,
    /// Months that stand for all where databases are priced alone: data grow whatever the load does.
    pub spread: [Load<T::N>; 3],
    /// The last month, in which databases are largest.
    pub last: Load<T::N>,
    /// How many cores a load needs.
    pub staffing: Staffing<T::N>,
    /// Load in each level of the load-duration curve, as far ahead as new machines take to serve.
    pub levels_machines: [T::N; LEVELS],
    /// The same for pods.
    pub levels_pods: [T::N; LEVELS],
    /// Whether there are enough people for an on-call rotation.
    pub rotation: T::N,
    /// Hours down in a year that the goal allows.
    pub allowed_hours: T::N,
    /// Revenue lost in an hour down of the first month.
    pub lost_revenue: T::N,
    /// The chance that an upgrade goes through, by the number of interfaces that its part has.
    pub survival: Vec<T::N>,
    /// Services that grow alike: how many, and their load over the mean load of a service.
    classes: load::Classes<T::N>,
    /// What a dollar of each month is worth today.
    pub discount: Vec<T::N>,
    /// Their sum: the present value of one dollar a month.
    pub level_months: T::N,
    /// The sum of what the load of each month, over the first’s, is worth today: by it costs are levelised over what comes.
    pub level_load: T::N,
    /// What prices have risen to in each month from the second on; empty where they stay as they are.
    pub risen: Vec<T::N>,
    /// What is known of the way that the company runs on today; set once it has been looked at.
    pub today: Option<Today<T::N>>,
    /// Ladders that have been priced, by their machines and the fact of what looking after one takes.
    ladders: Shared<LadderKey, [Size<T::N>]>,
    /// The same with a standby, by their machines.
    ladders_with_standby: Shared<*const [Machine], [Size<T::N>]>,
    /// Nodes of clusters that have been chosen, by the ladder they are from, the copies of every role (without these, for a
    /// further environment), whether a control plane and databases share them, and what each brings with it.
    nodes: Shared<NodesKey, Chosen<T::N>>,
}

type LadderKey = (*const [Machine], Option<Slot>);
type NodesKey = (*const [Machine], Option<f64>, [bool; 2], f64);

/// What was worked out for one variant and holds for others too, by all that it follows from.
#[derive(Debug)]
struct Shared<K, V: ?Sized>(RefCell<Vec<(K, Rc<V>)>>);

impl<K, V: ?Sized> Default for Shared<K, V> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<K: PartialEq, V: ?Sized> Shared<K, V> {
    /// What is known, or what is made now.
    fn get_or(&self, key: K, make: impl FnOnce() -> Rc<V>) -> Rc<V> {
        let known = self.0.borrow().iter().find(|(other, _)| *other == key).map(|(_, known)| Rc::clone(known));
        known.unwrap_or_else(|| {
            let made = make();
            self.0.borrow_mut().push((key, Rc::clone(&made)));
            made
        })
    }
}

/// What the company runs on today costs, in its first month.
#[derive(Clone, Copy, Debug)]
pub struct Today<N> {
    /// Everything bought.
    pub infrastructure_usd: N,
    /// Machines that must be paid until the lease ends.
    pub machines_usd: N,
}

impl<'c, T: Trace> Context<'c, T> {
    /// Reads what every variant shares.
    pub fn new(trace: T, company: &'c Company) -> Self {
        let demand = Demand::new(&trace, company.cdn.is_some());
        let (classes, uneven) = load::classes(&trace, company);
        let path = load::path(&trace, company, uneven);
        let staffing = Staffing::new(&trace);
        let loads: Vec<Load<T::N>> =
            path.iter().zip(1..).map(|(factor, month)| demand.at(&trace, &staffing, month, *factor)).collect();
        let (busiest, typical, last) =
            (loads[load::busiest(&path)], loads[load::typical(&path)], loads[path.len() - 1]);
        let thirds = load::thirds(&path);
        let taken = |month: usize| (path[month].value(), loads[month].database_gb.value());
        let alike = thirds.iter().all(|month| taken(*month) == taken(thirds[0]));
        let sampled = thirds[..if alike { 1 } else { thirds.len() }].iter().map(|month| loads[*month]).collect();
        let spread = [1, 3, 5].map(|sixth| loads[loads.len() * sixth / 6]);
        let goal = trace.read(slot::GOALS_AVAILABILITY);
        let people = (trace.read(slot::TEAM_DEVELOPERS) + trace.read(slot::TEAM_OPS_PEOPLE))
            .named("developers and operations people", "people");
        let rotation = trace.read(slot::ON_CALL_PEOPLE);
        let enough = f64::from(u8::from(people.value() >= rotation.value()));
        let rotation = people.call("isAtLeast", &[rotation], enough).named("enough people for a rotation", "yes or no");
        let year = super::availability::year_hours(&trace);
        let discount = discount(&trace, company.months);
        let level_months = T::N::sum(discount[0], discount[1..].iter().copied()).named("months, discounted", "months");
        let mut loads_discounted = path.iter().zip(&discount).map(|(factor, discount)| *factor * *discount);
        let first = loads_discounted.next().expect("there is a month");
        let level_load =
            T::N::sum(first, loads_discounted).named("months, discounted, times the load over the first’s", "months");
        Self {
            levels_machines: demand.levels_ahead(&trace, slot::AUTOSCALE_LAG_VM_MINUTES),
            levels_pods: demand.levels_ahead(&trace, slot::AUTOSCALE_LAG_POD_MINUTES),
            rotation,
            allowed_hours: (goal.complement() * year).named("hours down that the goal allows", "hours/year"),
            lost_revenue: (trace.read(slot::GOALS_REVENUE_PER_HOUR_USD)
                * trace.read(slot::GOALS_LOSS_SHARE)
                * trace.read(slot::GOALS_REACH_SHARE))
            .named("revenue lost in an hour down", "USD/hour"),
            survival: incidents::survival(&trace),
            classes,
            today: None,
            ladders: Shared::default(),
            ladders_with_standby: Shared::default(),
            nodes: Shared::default(),
            risen: risen(&trace, company.months),
            discount,
            level_months,
            level_load,
            trace,
            company,
            loads,
            busiest,
            typical,
            sampled,
            spread,
            last,
            demand,
            path,
            staffing,
        }
    }

    /// The machines of a ladder, priced: once for all variants that choose from them. `care` is the fact of the hours a
    /// year that one takes; without it nobody has to look after them.
    pub fn ladder(&self, machines: &'static [Machine], care: Option<Slot>) -> Rc<[Size<T::N>]> {
        self.ladders.get_or((&raw const *machines, care), || Size::ladder(self, machines, care).into())
    }

    /// The same of databases that their seller runs, each with a standby; those that are sold with one.
    pub fn ladder_with_standby(&self, machines: &'static [Machine]) -> Rc<[Size<T::N>]> {
        let alone = || self.ladder(machines, None);
        self.ladders_with_standby.get_or(&raw const *machines, || Size::with_standby(&self.trace, &alone()).into())
    }

    /// The nodes of a cluster from a ladder for so many copies of every role, or for a further environment, shared with a
    /// control plane and with databases or not, that bring so much with them each: chosen once for all variants that have
    /// them.
    pub(super) fn nodes(
        &self,
        machines: &'static [Machine],
        copies: Option<T::N>,
        shared: [bool; 2],
        brought: f64,
        choose: impl FnOnce() -> Chosen<T::N>,
    ) -> Rc<Chosen<T::N>> {
        if T::RECORDS {
            // A derivation names the copies that nodes follow from, which need not be another's of the same number.
            return Rc::new(choose());
        }
        self.nodes.get_or((&raw const *machines, copies.map(Number::value), shared, brought), || Rc::new(choose()))
    }

    /// What the company pays of a dollar of a seller's prices: its own discount is of the provider alone.
    pub fn paid_share(&self, seller: &Provider) -> T::N {
        if std::ptr::eq(seller, self.company.provider) {
            self.trace.read(slot::FINANCE_DISCOUNT).complement()
        } else {
            self.trace.constant(1.0)
        }
    }

    /// What it costs a month to monitor a machine; nothing in a company that leaves monitoring out.
    pub fn monitoring_usd(&self) -> T::N {
        if self.company.leaves_out(Part::Monitoring) {
            return self.trace.constant(0.0);
        }
        prices::usd(&self.trace, slot::TOOLS_MONITORING_HOST)
    }

    /// Whether databases that the team runs have machines of their own, up to so many as are kept apart from each other.
    pub fn databases_apart(&self) -> bool {
        self.trace.read(slot::CAPACITY_DATABASES_APART).value() >= 0.5
    }

    /// How many databases of the team's own are kept apart from each other, by what they are or by whose they are: of more
    /// than these, some share a host.
    pub fn database_hosts(&self) -> T::N {
        let read = |at| self.trace.read(at);
        let apart = if self.databases_apart() {
            let teams = read(slot::TEAM_DEVELOPERS) / read(slot::CHANGES_AREA_PEOPLE);
            read(slot::CAPACITY_DATABASE_HOSTS).max(teams).ceil()
        } else {
            self.trace.constant(1.0)
        };
        read(slot::DATA_STORES).min(apart).named("databases that are kept apart from each other", "databases")
    }

    /// Whether machines that could be hidden behind gateways are.
    pub fn hides_machines(&self) -> bool {
        self.trace.read(slot::NETWORK_PRIVATE).value() >= 0.5
    }

    /// Services that grow alike: how many, and their load over the mean load of a service.
    pub fn classes(&self) -> impl Iterator<Item = &(T::N, T::N)> {
        self.classes.iter().filter(|(services, _)| services.value() > 0.0)
    }

    /// Whether services have loads of their own in a month, counted from 1.
    pub fn uneven(&self, month: u16) -> bool {
        !self.classes.is_empty() && month >= self.company.growth_month
    }

    /// Hours until somebody is there when something has to be done by hand.
    pub fn response(&self, on_call: bool) -> T::N {
        self.trace.read(if on_call { slot::RECOVERY_RESPONSE_ON_CALL } else { slot::RECOVERY_RESPONSE_WITHOUT })
    }

    /// What an hour of work on incidents costs over an hour in office hours: those on call are paid extra at night.
    pub fn out_of_hours(&self, on_call: bool) -> T::N {
        if !on_call {
            return self.trace.constant(1.0);
        }
        let extra = self.trace.read(slot::INCIDENT_OUT_OF_HOURS) * self.trace.read(slot::INCIDENT_OUT_OF_HOURS_EXTRA);
        (extra + 1.0).named("pay of work on incidents, over that in office hours", "ratio")
    }

    /// What an hour down costs at the load of a typical month.
    pub fn hour_down_usd(&self) -> T::N {
        let lost = self.lost_revenue * self.typical.factor;
        (lost + self.trace.read(slot::GOALS_DOWNTIME_USD_PER_HOUR)).named("price of an hour down", "USD/hour")
    }

    /// What standing by costs a month.
    pub fn on_call_usd(&self) -> T::N {
        let hours = self.trace.read(slot::CONST_HOURS_PER_MONTH);
        (hours * self.trace.read(slot::TEAM_ON_CALL_USD_PER_HOUR)).named("standby", "USD/month")
    }

    /// Forced upgrades a year of a part that is there so many times; none if it is never upgraded.
    pub fn forced_upgrades(&self, part: Part, times: u16) -> Option<T::N> {
        let (forced, _) = part.facts().upgrade?;
        let mut forced = self.trace.read(forced);
        if times != 1 {
            forced = forced * f64::from(times);
        }
        if part == Part::ManagedControlPlane {
            // What is not done in time is not done: the version ages into extended support instead.
            forced = forced * self.trace.read(slot::DELIVERY_UPGRADES_DONE);
        }
        Some(forced)
    }
}

/// What prices have risen to in each month from the second on; nothing if they stay as they are.
fn risen<T: Trace>(trace: &T, months: u16) -> Vec<T::N> {
    let rise = trace.read(slot::FINANCE_PRICE_RISE_PER_YEAR) + 1.0;
    if rise.value() == 1.0 {
        return Vec::new();
    }
    let level = |month: u16| {
        let years = trace.constant(f64::from(month - 1) / 12.0);
        rise.pow(years).named_in("price level", "ratio", month)
    };
    (2..=months).map(level).collect()
}

/// What a dollar of each month is worth today. A month is paid at its end; the monthly rate compounds to the yearly one.
fn discount<T: Trace>(trace: &T, months: u16) -> Vec<T::N> {
    let monthly = (trace.read(slot::FINANCE_DISCOUNT_RATE) + 1.0).pow(trace.constant(1.0 / 12.0));
    let monthly = monthly.named("one plus the discount rate of a month", "ratio");
    let mut discount = Vec::with_capacity(usize::from(months));
    let mut factor = trace.constant(1.0);
    for month in 1..=months {
        factor = (factor / monthly).named_in("what a dollar of this month is worth today", "ratio", month);
        discount.push(factor);
    }
    discount
}
