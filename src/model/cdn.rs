//! What a content delivery network before the servers costs: it sends what it has a copy of, and fetches the rest from them.

use super::load::Load;
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Cdn, Provider, slot};

/// Its prices of a month, hoisted out of the months.
pub struct Rates<N> {
    included_gb: Option<N>,
    included_requests: Option<N>,
    /// A million requests.
    requests: Option<N>,
    /// Prices of a GB, each up to so many GB.
    tiers: Vec<(f64, N)>,
    /// What is paid for all of it, each up to so many GB and so many millions of requests.
    plans: Vec<(f64, f64, N)>,
    /// A GB that it fetches from servers of its own seller.
    fetched_gb: Option<N>,
    /// Whether the seller of the machines sells it.
    pub(super) of_seller: bool,
}

/// Whether the seller of the machines sells the CDN too.
pub fn is_of(cdn: &Cdn, seller: &Provider) -> bool {
    cdn.seller == Some(seller.id)
}

/// What servers of a seller send to the internet in a month, at its prices: what its own CDN fetches is none of that.
pub fn to_internet_gb<T: Trace>(context: &Context<T>, seller: &Provider, load: &Load<T::N>) -> T::N {
    match context.company.cdn {
        Some(cdn) if is_of(cdn, seller) => context.trace.constant(0.0),
        _ => context.demand.sent_gb * load.factor,
    }
}

impl<N: Number> Rates<N> {
    /// Reads them, for servers of its own seller or of another.
    pub fn new<T: Trace<N = N>>(trace: &T, cdn: &Cdn, of_seller: bool) -> Self {
        Self {
            included_gb: cdn.included_gb.map(|at| trace.read(at)),
            included_requests: cdn.included_requests.map(|at| trace.read(at)),
            requests: cdn.requests.map(|at| prices::usd(trace, at)),
            tiers: cdn.egress.iter().map(|(to, at)| (*to, prices::usd(trace, *at))).collect(),
            plans: cdn.plans.iter().map(|(gb, requests, at)| (*gb, *requests, prices::usd(trace, *at))).collect(),
            fetched_gb: cdn.fetched_gb.filter(|_| of_seller).map(|at| prices::usd(trace, at)),
            of_seller,
        }
    }

    /// What a month costs, with what is fetched from the servers at a price of its own.
    pub(super) fn month_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let demand = &context.demand;
        let millions = demand.requests * load.factor / 1e6;
        let usd = self.usd(&context.trace, demand.egress_gb * load.factor, millions);
        match self.fetched_gb {
            Some(fetched) => usd + demand.sent_gb * load.factor * fetched,
            None => usd,
        }
    }

    /// What so many GB and so many millions of requests cost in a month: each of them, or the least plan that they lie within,
    /// whichever is less.
    pub fn usd<T: Trace<N = N>>(&self, trace: &T, gb: N, millions: N) -> N {
        let within = |(gb_to, requests_to, usd): &(f64, f64, N)| {
            (gb.value() <= *gb_to && millions.value() <= *requests_to).then_some(*usd)
        };
        let plan = self.plans.iter().find_map(within);
        match plan {
            Some(plan) if self.tiers.is_empty() => plan,
            Some(plan) => self.metered_usd(trace, gb, millions).min(plan),
            None => self.metered_usd(trace, gb, millions),
        }
    }

    /// By the GB and by the million requests, beyond what is included.
    fn metered_usd<T: Trace<N = N>>(&self, trace: &T, gb: N, millions: N) -> N {
        let zero = trace.constant(0.0);
        let included = self.included_gb.map_or(zero, |included| included.min(gb));
        let traffic = prices::tiered(trace, included, gb, &self.tiers).named("traffic that the CDN sends", "USD/month");
        let Some(usd) = self.requests else { return traffic };
        let billed = self.included_requests.map_or(millions, |included| (millions - included).max(zero));
        traffic + (billed * usd).named("requests that the CDN answers or passes on", "USD/month")
    }
}

/// How often a CDN is down as a whole, a year, and for how long: all that stands behind it is.
pub fn outages<T: Trace>(trace: &T) -> (T::N, T::N) {
    (trace.read(slot::OUTAGE_CDN), trace.read(slot::OUTAGE_CDN_HOURS))
}
