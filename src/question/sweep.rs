//! What becomes of a figure along one or two numbers, and who costs least where.

use super::crossing::Grid;
use super::input::{Input, Moved, least};
use crate::approach::Variant;
use crate::draw::MAX_DRAWS;
use crate::facts::{self, FIELDS};
use crate::scenario::{Problem, Scenario};
use serde::Serialize;

/// The most places that one question may ask about: each costs a whole comparison.
pub const MAX_CELLS: usize = 62_500;

/// The most comparisons that one question with draws may ask for: places times draws.
pub const MAX_DRAWN: usize = 500_000;

/// Places between the reader's own point and the end of an axis at which a border is looked for.
const LOOKS: usize = 129;

/// Halvings of the interval that holds a border.
const HALVINGS: u32 = 40;

/// The same over draws, which know a border less finely, and of which each look takes many.
const DRAWN_LOOKS: usize = 33;
const DRAWN_HALVINGS: u32 = 10;

/// Over how many draws a question is asked, and from which seed; none for the likeliest values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Over {
    /// How many draws of everything that is not moved.
    pub draws: u32,
    /// Their seed.
    pub seed: u32,
}

/// A number and the values that it takes.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// The path of the number.
    pub path: String,
    /// First value; that of a slider if nothing is said.
    pub from: Option<f64>,
    /// Last value.
    pub to: Option<f64>,
    /// How many values.
    pub steps: Option<u32>,
    /// Whether they are equal ratios apart, and not equal differences.
    pub log: Option<bool>,
}

/// A place where another variant becomes the cheapest one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Border {
    /// The value of the number there.
    pub at: f64,
    /// Over what the scenario says: the answer holds until the number is so many times as large. Nothing if it is zero.
    pub factor: Option<f64>,
    /// Who costs least beyond; none if nothing fits there.
    pub winner: Option<Variant>,
}

/// An axis as it was swept.
#[derive(Clone, Debug)]
pub struct Swept {
    /// The path of the number.
    pub path: String,
    /// Its values, in rising order.
    pub values: Vec<f64>,
    /// Whether they are equal ratios apart.
    pub log: bool,
    /// What the scenario says of it.
    pub now: f64,
    /// The nearest borders below and above, on the axis, all else as the scenario says.
    pub borders: [Option<Border>; 2],
}

/// A figure along one or two numbers.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// The variants, in the order of `values`.
    pub variants: Vec<Variant>,
    /// One axis or two.
    pub axes: Vec<Swept>,
    /// For each variant the figure at each place, row by row: the first axis runs fastest. Over draws their mean.
    pub values: Vec<Vec<f64>>,
    /// For each variant whether it fits at each place, in at least half of the draws.
    pub feasible: Vec<Vec<bool>>,
    /// For each variant in which share of the draws it fits and costs least, at each place.
    pub chances: Vec<Vec<f64>>,
    /// Who costs least at each place, as an index into `variants`; none where nothing fits.
    pub winners: Vec<Option<usize>>,
    /// Who costs least where the scenario is.
    pub winner: Option<Variant>,
}

/// Sweeps a figure of some variants (all, if none is named) along one axis or two, at the likeliest values or over draws of
/// all others. Every place meets the same draws.
///
/// # Errors
/// If a name is not known, if an axis is empty or not allowed, or if there are too many places or draws.
pub fn sweep(
    scenario: &Scenario,
    axes: &[Axis],
    metric: &str,
    variants: &[String],
    over: Over,
) -> Result<Sweep, Problem> {
    let variants = super::variants(variants)?;
    let metric = super::metric(metric)?;
    let steps = if axes.len() < 2 { 101 } else { 41 };
    let laid = axes
        .iter()
        .zip(["x", "y"])
        .map(|(axis, name)| lay(scenario, axis, name, steps))
        .collect::<Result<Vec<(Input, Grid)>, Problem>>()?;
    let cells: usize = laid.iter().map(|(_, grid)| grid.values().len()).product();
    few_enough("steps", "places", cells, over)?;
    let mut moved = Moved::drawn(scenario, over.draws, over.seed);
    let mut values: Vec<Vec<f64>> = variants.iter().map(|_| Vec::with_capacity(cells)).collect();
    let mut chances = values.clone();
    let mut feasible: Vec<Vec<bool>> = variants.iter().map(|_| Vec::with_capacity(cells)).collect();
    let mut winners = Vec::with_capacity(cells);
    let mut look = |moved: &mut Moved| {
        let figures = moved.figures(&variants, [super::total(), metric]);
        for (at, figure) in figures.iter().enumerate() {
            values[at].push(figure.values[1]);
            feasible[at].push(figure.feasible);
            chances[at].push(figure.chance);
        }
        winners.push(least(&figures));
    };
    let rows: &[f64] = laid.get(1).map_or(&[f64::NAN], |(_, grid)| grid.values());
    for row in rows {
        if let Some((input, _)) = laid.get(1) {
            moved.put(input, *row);
        }
        for value in laid[0].1.values() {
            moved.put(&laid[0].0, *value);
            look(&mut moved);
        }
    }
    let axes: Vec<Swept> = laid
        .iter()
        .map(|(input, grid)| Swept {
            path: input.path.clone(),
            values: grid.values().to_vec(),
            log: grid.is_log(),
            now: input.now,
            borders: borders(scenario, input, grid, &variants, over),
        })
        .collect();
    let winner = Moved::drawn(scenario, over.draws, over.seed).winner(&variants);
    Ok(Sweep { winner, variants, axes, values, feasible, chances, winners })
}

/// The number of an axis and its values; `name` stands for the axis in a problem.
fn lay(scenario: &Scenario, axis: &Axis, name: &str, steps: u32) -> Result<(Input, Grid), Problem> {
    let named = |mut problem: Problem| {
        problem.path = format!("{name}.{}", problem.path);
        problem
    };
    let input = Input::find(scenario, &axis.path)?;
    let slider = facts::field(&axis.path).map(|slot| &FIELDS[slot.index()]);
    // A fact has no slider: a third to three times what is believed of it.
    let near = |value: f64, factor: f64| input.limits.nearest(value * factor);
    let from = axis.from.unwrap_or_else(|| slider.map_or_else(|| near(input.now, 1.0 / 3.0), |field| field.low));
    let to = axis.to.unwrap_or_else(|| slider.map_or_else(|| near(input.now, 3.0), |field| field.high));
    let (low, high) = super::span(&input, from, to).map_err(named)?;
    let problem = |code, key: &str, message: String, remedy: &str| {
        Err(named(Problem { code, path: key.into(), message, remedy: remedy.into() }))
    };
    let steps = axis.steps.unwrap_or(steps);
    if !(2..=MAX_CELLS as u32).contains(&steps) {
        return problem(
            "outOfRange",
            "steps",
            format!("{steps} values make no axis"),
            "write a number from 2 to 62500",
        );
    }
    let log = axis.log.unwrap_or(input.log && low > 0.0);
    if log && low <= 0.0 {
        return problem("outOfRange", "log", format!("{low} has no logarithm"), "start above zero, or leave log out");
    }
    let grid = Grid::new(low, high, steps as usize, log, input.limits.whole);
    Ok((input, grid))
}

/// Where along an axis, from what the scenario says downwards and upwards, another variant costs least.
fn borders(scenario: &Scenario, input: &Input, grid: &Grid, variants: &[Variant], over: Over) -> [Option<Border>; 2] {
    let mut moved = Moved::drawn(scenario, over.draws, over.seed);
    let (looks, halvings) = if over.draws == 0 { (LOOKS, HALVINGS) } else { (DRAWN_LOOKS, DRAWN_HALVINGS) };
    let mut winner_at = |value: f64| {
        moved.put(input, value);
        moved.winner(variants)
    };
    let now = winner_at(input.now);
    let values = grid.values();
    [values[0], values[values.len() - 1]].map(|end| {
        let (low, high) = if end < input.now { (end, input.now) } else { (input.now, end) };
        if low == high || (end < input.now) != (end == values[0]) {
            return None;
        }
        let looks = Grid::new(low, high, looks, grid.is_log(), input.limits.whole);
        let mut order = looks.values().to_vec();
        if end < input.now {
            order.reverse();
        }
        let beyond = (1..order.len()).find(|at| winner_at(order[*at]) != now)?;
        let (mut inside, mut outside) = (order[beyond - 1], order[beyond]);
        for _ in 0..halvings {
            let Some(middle) = looks.between(inside.min(outside), inside.max(outside)) else { break };
            if winner_at(middle) == now {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        let factor = (input.now > 0.0).then(|| outside / input.now);
        Some(Border { at: outside, factor, winner: winner_at(outside) })
    })
}

/// The one of some variants (all, if none is named) that costs least at each value of a number, or none where nothing fits;
/// over draws it is the one whose mean cost is least.
///
/// # Errors
/// If there is no such number, if a value is not allowed there, or if there are too many values or draws.
pub fn winners(
    scenario: &Scenario,
    path: &str,
    values: &[f64],
    variants: &[String],
    over: Over,
) -> Result<Vec<Option<Variant>>, Problem> {
    let variants = super::variants(variants)?;
    let input = Input::find(scenario, path)?;
    few_enough("values", "values", values.len(), over)?;
    let mut moved = Moved::drawn(scenario, over.draws, over.seed);
    values
        .iter()
        .map(|value| {
            moved.put(&input, input.allow("values", *value)?);
            Ok(moved.winner(&variants))
        })
        .collect()
}

/// That a question is not asked at too many places at once, or with too many draws at each.
fn few_enough(path: &str, what: &str, count: usize, Over { draws, .. }: Over) -> Result<(), Problem> {
    super::draws(draws, 0..=MAX_DRAWS)?;
    let (path, message, most) = if count > MAX_CELLS {
        (path, format!("{count} {what} are too many"), MAX_CELLS)
    } else if count * draws as usize > MAX_DRAWN {
        ("draws", format!("{draws} draws at {count} {what} are too many"), MAX_DRAWN / count)
    } else {
        return Ok(());
    };
    Err(Problem { code: "tooMany", path: path.into(), message, remedy: format!("ask for at most {most}") })
}
