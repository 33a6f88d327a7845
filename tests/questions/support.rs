//! What the questions are asked about.

use moving_parts::approach::Variant;
use moving_parts::question::compare::compare;
use moving_parts::question::sweep::Axis;
use moving_parts::scenario::Scenario;

pub fn scenario(link: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{link}")).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

pub fn total(scenario: &Scenario, variant: Variant) -> f64 {
    compare(scenario).outcomes[variant.index()].metric("totals.tcoUsd").unwrap()
}

pub fn axis(path: &str, from: f64, to: f64, steps: u32) -> Axis {
    Axis { path: path.into(), from: Some(from), to: Some(to), steps: Some(steps), log: None }
}
