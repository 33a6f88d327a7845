//! From a row of the price book to dollars a month.

use crate::explain::{Number, Trace};
use crate::facts::{self, Machine, Provider, slot};
use crate::point::Slot;

/// A price in dollars, and by the month where it is published by the hour.
pub fn usd<T: Trace>(trace: &T, at: Slot) -> T::N {
    let (hourly, in_euros) = facts::at(at).map_or((false, false), |fact| (fact.hourly, fact.in_euros));
    let mut price = trace.read(at);
    if hourly {
        price = price * trace.read(slot::CONST_HOURS_PER_MONTH);
    }
    if in_euros {
        price = price * trace.read(slot::FX_USD_PER_EUR);
    }
    price
}

/// What a machine costs.
pub fn machine<T: Trace>(trace: &T, machine: &Machine) -> T::N {
    sum(trace, machine.cost).expect("the build refuses a machine without a price")
}

/// Each of some prices, as often as it is paid; nothing if there are none.
pub fn sum<T: Trace>(trace: &T, prices: &[(Slot, f64)]) -> Option<T::N> {
    let pay = |(at, quantity): (Slot, f64)| if quantity == 1.0 { usd(trace, at) } else { usd(trace, at) * quantity };
    prices.iter().map(|price| pay(*price)).reduce(|sum, price| sum + price)
}

/// A seller's prices of traffic to the internet.
#[derive(Debug)]
pub struct Egress<N> {
    /// GB a month that cost nothing, in all or with each machine.
    included: Option<N>,
    included_per_machine: Option<N>,
    /// Prices of a GB, each up to so many GB a month.
    tiers: Vec<(f64, N)>,
}

impl<N: Number> Egress<N> {
    /// Reads them.
    pub fn new<T: Trace<N = N>>(trace: &T, seller: &Provider) -> Self {
        Self {
            included: seller.egress_included.map(|at| trace.read(at)),
            included_per_machine: seller.egress_included_per_machine.map(|at| trace.read(at)),
            tiers: seller.egress.iter().map(|(to, at)| (*to, usd(trace, *at))).collect(),
        }
    }

    /// What a month of `gb` from `machines` machines costs.
    pub fn usd<T: Trace<N = N>>(&self, trace: &T, gb: N, machines: N) -> N {
        let included = match (self.included, self.included_per_machine) {
            (Some(free), _) => free,
            (None, Some(each)) => each * machines,
            (None, None) => trace.constant(0.0),
        };
        // What is included counts towards the tiers: the first ones are reached by it, and cost nothing.
        tiered(trace, included.min(gb).named("traffic included", "GB/month"), gb, &self.tiers)
    }
}

/// What an amount costs above `from`, at prices that each hold up to an amount.
pub fn tiered<T: Trace>(trace: &T, from: T::N, amount: T::N, tiers: &[(f64, T::N)]) -> T::N {
    let mut cost = trace.constant(0.0);
    let mut from = from;
    for (to, price) in tiers {
        if from.value() >= amount.value() {
            break;
        }
        (cost, from) = tier(trace, cost, from, amount, *to, *price);
    }
    cost
}

/// One tier: the cost with what lies in it, and where the next one begins.
fn tier<T: Trace>(trace: &T, cost: T::N, from: T::N, amount: T::N, to: f64, price: T::N) -> (T::N, T::N) {
    let end = if to.is_finite() { amount.min(trace.constant(to)) } else { amount };
    if end.value() > from.value() { (cost + (end - from) * price, end) } else { (cost, from) }
}
