//! What each part costs this team: what would change if it were not there.

use super::input::Moved;
use crate::facts::Part;
use crate::model::metrics;
use crate::scenario::{Problem, Scenario};

/// What one part costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartPrice {
    /// The part.
    pub part: Part,
    /// Hours of work a month that go with it: its upgrades, their failures, its configuration, its skill if no other part
    /// takes it, and what else the model hangs on it.
    pub hours_per_month: f64,
    /// What goes with it a month, all in. Below zero if the part saves more than it costs.
    pub usd_per_month: f64,
}

/// The price of every part of a variant's stack, at the likeliest values: the outcome with it less the one without.
///
/// The prices do not add up to the whole: two parts that share a skill each keep it when the other goes.
///
/// # Errors
/// If there is no such variant.
pub fn part_prices(scenario: &Scenario, variant: &str) -> Result<Vec<PartPrice>, Problem> {
    let variant = super::variant(variant, "variant")?;
    let asked = ["labour.hoursPerMonth", "totals.monthlyUsd"].map(metrics::known);
    let mut moved = Moved::new(scenario);
    let (whole, stack) = moved.with_parts(variant, &[], &[], asked);
    let [hours, usd] = whole.values;
    Ok(stack
        .parts()
        .map(|(part, _)| {
            let [other_hours, other_usd] = moved.with_parts(variant, &[], &[part], asked).0.values;
            PartPrice { part, hours_per_month: hours - other_hours, usd_per_month: usd - other_usd }
        })
        .collect())
}
