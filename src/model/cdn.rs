//! What a content delivery network before the servers costs: it sends what it has a copy of, and fetches the rest from them.

use super::load::Load;
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Cdn, Provider, slot};

/// Its prices of a month, hoisted out of the months.
pub struct Rates<N> {
    /// GB a month that cost nothing.
    included_gb: Option<N>,
    /// Millions of requests a month that cost nothing.
    included_requests: Option<N>,
    /// USD for a million requests.
    million_requests: Option<N>,
    /// USD for a GB, each up to so many GB a month.
    tiers: Vec<(f64, N)>,
    /// USD a month for all of it, each up to so many GB and so many millions of requests.
    plans: Vec<(f64, f64, N)>,
    /// Whether it is paid for what it has a copy of alone.
    copies_alone: bool,
    /// Whether the seller of the machines sells it.
    pub(super) of_seller: bool,
}

/// What servers of a seller send to the internet in a month, at its prices; nothing if its own CDN fetches all of that.
pub(super) fn to_internet_gb<T: Trace>(context: &Context<T>, seller: &Provider, load: &Load<T::N>) -> Option<T::N> {
    let fetched = context.company.cdn.is_some_and(|cdn| cdn.is_of(seller) && !cdn.at_balancer);
    (!fetched).then(|| context.demand.sent_gb * load.factor)
}

impl<N: Number> Rates<N> {
    /// Reads them, for servers of its own seller or of another.
    pub fn new<T: Trace<N = N>>(trace: &T, cdn: &Cdn, of_seller: bool) -> Self {
        Self {
            included_gb: cdn.included_gb.map(|at| trace.read(at)),
            included_requests: cdn.included_requests.map(|at| trace.read(at)),
            million_requests: cdn.million_requests.map(|at| prices::usd(trace, at)),
            tiers: cdn.egress.iter().map(|(to, at)| (*to, prices::usd(trace, *at))).collect(),
            plans: cdn.plans.iter().map(|(gb, requests, at)| (*gb, *requests, prices::usd(trace, *at))).collect(),
            copies_alone: of_seller && cdn.at_balancer,
            of_seller,
        }
    }

    /// What a month costs, in USD.
    pub(super) fn month_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let demand = &context.demand;
        let gb = if self.copies_alone { demand.egress_gb - demand.sent_gb } else { demand.egress_gb };
        let gb = (gb * load.factor).named_in("traffic that the CDN is paid for", "GB/month", load.month);
        let millions = demand.requests * load.factor / 1e6;
        self.usd(&context.trace, gb, millions.named_in("requests to the CDN", "million requests/month", load.month))
    }

    /// What so many GB and so many millions of requests cost in a month, in USD: each of them, or the least of the plans that they
    /// lie within, whichever is less.
    pub fn usd<T: Trace<N = N>>(&self, trace: &T, gb: N, millions: N) -> N {
        let within = |(to_gb, to_millions, usd): &(f64, f64, N)| {
            (gb.value() <= *to_gb && millions.value() <= *to_millions).then_some(*usd)
        };
        let less = |least: N, usd: N| if usd.value() < least.value() { usd } else { least };
        match self.plans.iter().filter_map(within).reduce(less) {
            Some(plan) if self.tiers.is_empty() => plan,
            Some(plan) => self.metered_usd(trace, gb, millions).min(plan),
            None => self.metered_usd(trace, gb, millions),
        }
    }

    /// By the GB and by the million requests, beyond what is included.
    fn metered_usd<T: Trace<N = N>>(&self, trace: &T, gb: N, millions: N) -> N {
        let zero = trace.constant(0.0);
        let included = self.included_gb.map_or(zero, |included| included.min(gb));
        let traffic = prices::tiered(trace, included, gb, &self.tiers).named("traffic of the CDN", "USD/month");
        let Some(usd) = self.million_requests else { return traffic };
        let billed = self.included_requests.map_or(millions, |included| (millions - included).max(zero));
        traffic + (billed * usd).named("requests that the CDN is paid for", "USD/month")
    }
}

/// How often a CDN is down as a whole, a year, and for how long: all that stands behind it is.
pub(super) fn outages<T: Trace>(trace: &T) -> (T::N, T::N) {
    (trace.read(slot::OUTAGE_CDN), trace.read(slot::OUTAGE_CDN_HOURS))
}
