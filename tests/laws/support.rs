//! What the laws are asked of.

use moving_parts::approach::Variant;
use moving_parts::question::compare::{Outcome, compare};
use moving_parts::question::explain::explain;
use moving_parts::scenario::Scenario;

pub fn scenario(link: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{link}")).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

pub fn outcome(link: &str, variant: Variant) -> Outcome {
    compare(&scenario(link)).outcomes.swap_remove(variant.index())
}

pub fn of(link: &str, variant: Variant, id: &str) -> f64 {
    outcome(link, variant).metric(id).unwrap_or_else(|| panic!("{id} is a metric"))
}

pub fn in_month(link: &str, variant: Variant, id: &str, month: u16) -> f64 {
    explain(&scenario(link), variant.id(), &[id], Some(month)).expect("a line has months").steps[0].value
}

pub fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-9 * expected.abs().max(1e-9), "{value} is not {expected}");
}

pub fn feasible(link: &str, variant: Variant) -> bool {
    outcome(link, variant).obstacles.is_empty()
}

/// What some lines come to in a month.
pub fn sum_in_month(link: &str, variant: Variant, lines: &[&str], month: u16) -> f64 {
    lines.iter().map(|line| in_month(link, variant, line, month)).sum()
}
