//! Which value of a number makes a figure what it should be.

use super::crossing::{Grid, crossings};
use super::input::{Input, Moved};
use crate::scenario::{Problem, Scenario};
use serde::Serialize;

/// Values at which the figure is looked at first.
const VALUES: usize = 2049;

/// Halvings of the interval around the nearest miss.
const NARROWINGS: u32 = 60;

/// What a search for a target found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Every place at which the figure reaches the target or jumps over it, in rising order.
    pub reached: Vec<Reached>,
    /// Where nothing reaches it: the value that comes nearest, and the figure there.
    pub nearest: Option<[f64; 2]>,
}

/// A place at which a figure is what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reached {
    /// Where it begins.
    pub from: f64,
    /// Where it ends: equal to `from` within 1e-9 of it, unless the figure stays at the target.
    pub to: f64,
    /// The figure just before and just after: far from the target where a step jumps over it.
    pub figures: [f64; 2],
    /// Whether the variant fits there.
    pub feasible: bool,
}

/// Every value of the number at `path`, from one value to another, at which a variant's `metric` is `target`.
///
/// # Errors
/// If a name is not known, the target is no number, or the range is empty or not allowed.
pub fn goal_seek(
    scenario: &Scenario,
    variant: &str,
    metric: &str,
    target: f64,
    path: &str,
    [from, to]: [f64; 2],
) -> Result<Goal, Problem> {
    let variant = super::variant(variant)?;
    let metric = super::metric(metric)?;
    if !target.is_finite() {
        let (message, remedy) = (format!("{target} is no target"), "write a number".into());
        return Err(Problem { code: "notFinite", path: "target".into(), message, remedy });
    }
    let input = Input::find(scenario, path)?;
    let (low, high) = super::span(&input, from, to)?;
    let mut moved = Moved::new(scenario);
    let mut figure = |value: f64| {
        moved.put(&input, value);
        let figures = moved.figures(&[variant], [metric]);
        (figures[0].values[0], figures[0].feasible)
    };
    let grid = Grid::new(low, high, VALUES, input.log, input.limits.whole);
    let reached: Vec<Reached> = crossings(&grid, |value| figure(value).0 - target)
        .into_iter()
        .map(|crossing| Reached {
            from: crossing.from,
            to: crossing.to,
            figures: crossing.values.map(|difference| difference + target),
            feasible: figure(crossing.to).1,
        })
        .collect();
    let nearest = reached.is_empty().then(|| nearest(&grid, |value| figure(value).0, target));
    Ok(Goal { reached, nearest })
}

/// The value at which a function comes nearest to a target that it does not reach, and the function there: the best of
/// the grid, made better by golden-section search between its neighbours.
fn nearest(grid: &Grid, mut f: impl FnMut(f64) -> f64, target: f64) -> [f64; 2] {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let values = grid.values();
    let mut miss = |value: f64| f64::abs(f(value) - target);
    let misses: Vec<f64> = values.iter().map(|value| miss(*value)).collect();
    let best = (1..misses.len()).fold(0, |best, next| if misses[next] < misses[best] { next } else { best });
    let (mut at, mut least) = (values[best], misses[best]);
    let (mut low, mut high) = (values[best.saturating_sub(1)], values[(best + 1).min(values.len() - 1)]);
    for _ in 0..NARROWINGS {
        let (left, right) = (high - (high - low) * GOLDEN, low + (high - low) * GOLDEN);
        let (of_left, of_right) = (miss(left), miss(right));
        for (value, of_value) in [(left, of_left), (right, of_right)] {
            if of_value < least {
                (at, least) = (value, of_value);
            }
        }
        if of_left <= of_right {
            high = right;
        } else {
            low = left;
        }
    }
    [at, f(at)]
}
