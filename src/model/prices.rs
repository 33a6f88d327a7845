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

/// What a machine costs: each of its prices, as often as it is paid.
pub fn machine<T: Trace>(trace: &T, machine: &Machine) -> T::N {
    let pay = |(at, quantity): (Slot, f64)| if quantity == 1.0 { usd(trace, at) } else { usd(trace, at) * quantity };
    let (first, rest) = machine.cost.split_first().expect("the build refuses a machine without a price");
    rest.iter().fold(pay(*first), |sum, cost| sum + pay(*cost))
}

/// What traffic to the internet costs in a month: `gb` of it, from `machines` machines.
pub fn egress<T: Trace>(trace: &T, seller: &Provider, gb: T::N, machines: T::N) -> T::N {
    let zero = trace.constant(0.0);
    let included = match (seller.egress_included, seller.egress_included_per_machine) {
        (Some(free), _) => trace.read(free),
        (None, Some(each)) => trace.read(each) * machines,
        (None, None) => zero,
    };
    // What is included counts towards the tiers: the first ones are reached by it, and cost nothing.
    let included = included.min(gb).named("traffic included", "GB/month");
    let mut cost = zero;
    let mut from = included;
    for (to, at) in seller.egress {
        if from.value() >= gb.value() {
            break;
        }
        (cost, from) = tier(trace, cost, from, gb, *to, usd(trace, *at));
    }
    cost
}

/// What an amount costs above `from`, at prices that each hold up to an amount.
pub fn tiered<T: Trace>(trace: &T, from: T::N, amount: T::N, tiers: &[(f64, T::N)]) -> T::N {
    let mut cost = trace.constant(0.0);
    let mut from = from;
    for (to, price) in tiers {
        (cost, from) = tier(trace, cost, from, amount, *to, *price);
    }
    cost
}

/// One tier: the cost with what lies in it, and where the next one begins.
fn tier<T: Trace>(trace: &T, cost: T::N, from: T::N, amount: T::N, to: f64, price: T::N) -> (T::N, T::N) {
    let end = if to.is_finite() { amount.min(trace.constant(to)) } else { amount };
    if end.value() > from.value() { (cost + (end - from) * price, end) } else { (cost, from) }
}
