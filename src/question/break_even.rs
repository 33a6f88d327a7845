//! Where one variant becomes cheaper than another along a number.

use super::crossing::{Grid, VALUES, crossings};
use super::input::{Input, Moved};
use crate::scenario::{Problem, Scenario};
use serde::Serialize;

/// A place where the difference of two variants changes its sign.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreakEven {
    /// Where it begins: up to here it is as before.
    pub from: f64,
    /// Where it ends: from here on it is as after. Equal to `from` within 1e-9 of it, unless the two are equal in between.
    pub to: f64,
    /// Whether the first is the smaller one before; after, the other is.
    pub first_before: bool,
    /// The first less the second, just before and just after: far from zero where a step jumps over it.
    pub differences: [f64; 2],
    /// Whether each of the two fits there.
    pub feasible: [bool; 2],
}

/// Every place at which the first of two variants becomes better or worse than the second, by `metric`, as the number at
/// `path` goes from one value to another; an empty list if there is none. In rising order of the number.
///
/// # Errors
/// If a name is not known, or the range is empty or not allowed.
pub fn break_even(
    scenario: &Scenario,
    names: [&str; 2],
    path: &str,
    [from, to]: [f64; 2],
    metric: &str,
) -> Result<Vec<BreakEven>, Problem> {
    let variants = super::two_variants(names, ["a", "b"])?;
    let metric = super::metric(metric)?;
    let input = Input::find(scenario, path)?;
    let (low, high) = super::span(&input, from, to)?;
    let mut moved = Moved::new(scenario);
    let grid = Grid::new(low, high, VALUES, input.log, input.limits.whole);
    let found = crossings(&grid, |value| {
        moved.put(&input, value);
        let figures = moved.figures(&variants, [metric]);
        figures[0].values[0] - figures[1].values[0]
    });
    let mut feasible_at = |value: f64| {
        moved.put(&input, value);
        let figures = moved.figures(&variants, [metric]);
        [figures[0].feasible, figures[1].feasible]
    };
    Ok(found
        .into_iter()
        .filter(super::crossing::Crossing::changes_sign)
        .map(|crossing| BreakEven {
            from: crossing.from,
            to: crossing.to,
            first_before: crossing.signs[0] < 0,
            differences: crossing.values,
            feasible: feasible_at(crossing.to),
        })
        .collect())
}
