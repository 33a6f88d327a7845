//! Which value of a number makes a figure what it should be.

use super::crossing::{Grid, VALUES, crossings};
use super::input::{Input, Moved};
use super::value;
use crate::order::rising;
use crate::scenario::{Problem, Scenario, Tree};
use serde::Serialize;

/// Values of the grid around which all whole numbers are tried for the nearest miss: those that come nearest themselves.
const WHOLE: usize = 32;

/// How often the interval around the nearest miss is narrowed, each time to 62 % of it.
const NARROWINGS: u32 = 60;

/// What a search for a target found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Goal {
    /// Every place at which the figure reaches the target or jumps over it, in rising order.
    pub reached: Vec<Reached>,
    /// Where nothing reaches it: the allowed value that comes nearest, and the figure there.
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
    let variant = super::variant(variant, "variant")?;
    let metric = super::metric(metric)?;
    if !target.is_finite() {
        let (message, remedy) = (format!("{} is no target", Tree::Number(target)), "write a number".into());
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
    let nearest = reached.is_empty().then(|| nearest(&grid, input.limits.whole, |value| figure(value).0, target));
    Ok(Goal { reached, nearest })
}

/// The allowed value at which a function comes nearest to a target that it does not reach, and the function there: the best
/// of the grid, made better between its neighbours by golden-section search; whole numbers are all tried around several.
fn nearest(grid: &Grid, whole: bool, mut f: impl FnMut(f64) -> f64, target: f64) -> [f64; 2] {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let values = grid.values();
    let mut miss = |value: f64| f64::abs(f(value) - target);
    let misses: Vec<f64> = values.iter().map(|value| miss(*value)).collect();
    let best = value::least(&misses);
    let (mut at, mut least) = (values[best], misses[best]);
    let mut look = |value: f64| {
        let missed = miss(value);
        if missed < least {
            (at, least) = (value, missed);
        }
        missed
    };
    let around = |at: usize| (values[at.saturating_sub(1)], values[(at + 1).min(values.len() - 1)]);
    let (mut low, mut high) = around(best);
    if whole {
        // Fewer than a hundred: no number of a company that is whole goes beyond ten thousand. A figure of steps is as near
        // in several places.
        for at in rising(&misses).into_iter().take(WHOLE) {
            let (low, high) = around(at);
            for step in 1..(high - low) as usize {
                look(low + step as f64);
            }
        }
    } else {
        let (mut left, mut right) = (high - (high - low) * GOLDEN, low + (high - low) * GOLDEN);
        let (mut of_left, mut of_right) = (look(left), look(right));
        for _ in 0..NARROWINGS {
            if of_left <= of_right {
                (high, right, of_right) = (right, left, of_left);
                left = high - (high - low) * GOLDEN;
                of_left = look(left);
            } else {
                (low, left, of_left) = (left, right, of_right);
                right = low + (high - low) * GOLDEN;
                of_right = look(right);
            }
        }
    }
    [at, f(at)]
}
