//! What becomes of a figure along one or two numbers, and who costs least where.

use super::Stepwise;
use super::crossing::Grid;
use super::input::{Input, Moved, least};
use super::race::Race;
use crate::approach::Variant;
use crate::draw::MAX_DRAWS;
use crate::facts::{self, FIELDS};
use crate::scenario::{Problem, Scenario, Tree};
use serde::Serialize;
use std::mem;

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
    /// The nearest borders below and above what the scenario says, as far as the axis reaches, all else as the scenario says.
    /// Where the scenario itself lies beside the axis, a border may lie before the axis begins: so far its answer holds.
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

/// The question of a figure along one number or two, under way: a place a step, then a look for a border a step.
#[derive(Debug)]
pub struct Sweeping {
    scenario: Scenario,
    over: Over,
    variants: Vec<Variant>,
    metric: usize,
    laid: Vec<(Input, Grid)>,
    moved: Moved,
    /// The next place.
    place: usize,
    values: Vec<Vec<f64>>,
    feasible: Vec<Vec<bool>>,
    chances: Vec<Vec<f64>>,
    winners: Vec<Option<usize>>,
    /// Of the axes before the one whose borders are looked for.
    borders: Vec<[Option<Border>; 2]>,
    bordering: Option<Bordering>,
}

impl Sweeping {
    /// Asks for a figure of some variants (all, if none is named) along one axis or two, at the likeliest values or over draws
    /// of all others. Every place meets the same draws.
    ///
    /// # Errors
    /// If a name is not known, if there is no axis or a third one, if an axis is empty or not allowed, or if there are too
    /// many places or draws.
    pub fn new(
        scenario: &Scenario,
        axes: &[Axis],
        metric: &str,
        variants: &[String],
        over: Over,
    ) -> Result<Self, Problem> {
        let variants = super::variants(variants)?;
        let metric = super::metric(metric)?;
        if !(1..=2).contains(&axes.len()) {
            return Err(Problem {
                code: "outOfRange",
                path: "axes".into(),
                message: format!("{} axes cannot be swept", axes.len()),
                remedy: "name one number or two".into(),
            });
        }
        let steps = if axes.len() < 2 { 101 } else { 41 };
        let laid = axes
            .iter()
            .zip(["x", "y"])
            .map(|(axis, name)| lay(scenario, axis, name, steps))
            .collect::<Result<Vec<(Input, Grid)>, Problem>>()?;
        let cells: usize = laid.iter().map(|(_, grid)| grid.values().len()).product();
        few_enough("steps", "places", cells, over)?;
        let values: Vec<Vec<f64>> = variants.iter().map(|_| Vec::with_capacity(cells)).collect();
        Ok(Self {
            moved: Moved::drawn(scenario, over.draws, over.seed),
            place: 0,
            feasible: variants.iter().map(|_| Vec::with_capacity(cells)).collect(),
            chances: values.clone(),
            values,
            winners: Vec::with_capacity(cells),
            borders: Vec::with_capacity(laid.len()),
            bordering: None,
            scenario: scenario.clone(),
            over,
            variants,
            metric,
            laid,
        })
    }

    /// Moves to the next place, and looks at the figure there; nothing to look at behind the last one.
    fn look(&mut self) -> bool {
        let [(input, first), rest @ ..] = self.laid.as_slice() else { return false };
        let (column, row) = (self.place % first.values().len(), self.place / first.values().len());
        if row >= rest.first().map_or(1, |(_, second)| second.values().len()) {
            return false;
        }
        if let Some((second, rows)) = rest.first().filter(|_| column == 0) {
            self.moved.put(second, rows.values()[row]);
        }
        self.moved.put(input, first.values()[column]);
        let figures = self.moved.figures(&self.variants, [super::total(), self.metric]);
        for (at, figure) in figures.iter().enumerate() {
            self.values[at].push(figure.values[1]);
            self.feasible[at].push(figure.feasible);
            self.chances[at].push(figure.chance);
        }
        self.winners.push(least(&figures));
        self.place += 1;
        true
    }

    /// Looks for the borders of the axes, one look; nothing to look at where all are known.
    fn border(&mut self) -> bool {
        let Some((input, grid)) = self.laid.get(self.borders.len()) else { return false };
        let Over { draws, seed } = self.over;
        let bordering = self
            .bordering
            .get_or_insert_with(|| Bordering::of(Moved::drawn(&self.scenario, draws, seed), input, grid, self.over));
        if !bordering.look(&self.variants) {
            self.borders.push(bordering.found());
            self.bordering = None;
        }
        true
    }
}

impl Stepwise for Sweeping {
    type Answer = Sweep;

    fn step(&mut self) -> Option<Sweep> {
        if self.look() || self.border() {
            return None;
        }
        let axes = self.laid.iter().zip(&self.borders).map(|((input, grid), borders)| Swept {
            path: input.path.clone(),
            values: grid.values().to_vec(),
            log: grid.is_log(),
            now: input.now,
            borders: *borders,
        });
        Some(Sweep {
            winner: Moved::drawn(&self.scenario, self.over.draws, self.over.seed).winner(&self.variants),
            axes: axes.collect(),
            variants: self.variants.clone(),
            values: mem::take(&mut self.values),
            feasible: mem::take(&mut self.feasible),
            chances: mem::take(&mut self.chances),
            winners: mem::take(&mut self.winners),
        })
    }
}

/// Sweeps a figure of some variants along one axis or two.
///
/// # Errors
/// As [`Sweeping::new`].
pub fn sweep(
    scenario: &Scenario,
    axes: &[Axis],
    metric: &str,
    variants: &[String],
    over: Over,
) -> Result<Sweep, Problem> {
    Ok(Sweeping::new(scenario, axes, metric, variants, over)?.answer())
}

/// The number of an axis and its values; `name` stands for the axis in a problem.
fn lay(scenario: &Scenario, axis: &Axis, name: &str, steps: u32) -> Result<(Input, Grid), Problem> {
    let named = |mut problem: Problem| {
        problem.path = format!("{name}.{}", problem.path);
        problem
    };
    let input = Input::find(scenario, &axis.path)?;
    let slider = facts::field(&axis.path).map(|slot| &FIELDS[slot.index()]);
    // A fact or an item of a list has no slider: a third to three times what is believed of it.
    let near = |factor: f64| input.nearest(input.now * factor);
    let from = axis.from.unwrap_or_else(|| slider.map_or_else(|| near(1.0 / 3.0), |field| field.low));
    let to = axis.to.unwrap_or_else(|| slider.map_or_else(|| near(3.0), |field| field.high));
    let (low, high) = super::span(&input, from, to).map_err(named)?;
    let problem = |code, key: &str, message: String, remedy: String| {
        Err(named(Problem { code, path: key.into(), message, remedy }))
    };
    let steps = axis.steps.unwrap_or(steps);
    if !(2..=MAX_CELLS as u32).contains(&steps) {
        return problem(
            "outOfRange",
            "steps",
            format!("{steps} values make no axis"),
            format!("write a number from 2 to {MAX_CELLS}"),
        );
    }
    let log = axis.log.unwrap_or(input.log && low > 0.0);
    if log && low <= 0.0 {
        return problem(
            "outOfRange",
            "log",
            format!("{} has no logarithm", Tree::Number(low)),
            "start above zero, or leave log out".into(),
        );
    }
    let grid = Grid::new(low, high, steps as usize, log, input.limits.whole);
    Ok((input, grid))
}

/// Where along an axis, from what the scenario says downwards and upwards, another variant costs least.
#[derive(Debug)]
struct Bordering {
    moved: Moved,
    input: Input,
    /// Who costs least where the number is what the scenario says, once looked at.
    now: Option<Option<Variant>>,
    /// Downwards and upwards; nothing where the axis does not go on.
    towards: [Option<Search>; 2],
}

/// The search for the nearest border on the way to one end of an axis.
#[derive(Debug)]
struct Search {
    grid: Grid,
    /// The values of the grid from what the scenario says on, of which so many have been looked at.
    order: Vec<f64>,
    looked: usize,
    /// How often what is between inside and outside may still be halved.
    halvings: u32,
    /// The last value that is known to lie before the border, and the first one beyond with who costs least there.
    inside: f64,
    outside: Option<(f64, Option<Variant>)>,
}

impl Bordering {
    fn of(moved: Moved, input: &Input, grid: &Grid, over: Over) -> Self {
        let (looks, halvings) = if over.draws == 0 { (LOOKS, HALVINGS) } else { (DRAWN_LOOKS, DRAWN_HALVINGS) };
        let values = grid.values();
        let towards = [values[0], values[values.len() - 1]].map(|end| {
            let (low, high) = if end < input.now { (end, input.now) } else { (input.now, end) };
            if low == high || (end < input.now) != (end == values[0]) {
                return None;
            }
            let grid = Grid::new(low, high, looks, grid.is_log(), input.limits.whole);
            let mut order = grid.values().to_vec();
            if end < input.now {
                order.reverse();
            }
            Some(Search { inside: order[0], order, looked: 1, halvings, outside: None, grid })
        });
        Self { moved, input: input.clone(), now: None, towards }
    }

    /// Looks once; whether there was anything to look at.
    fn look(&mut self, variants: &[Variant]) -> bool {
        let Self { moved, input, now, towards } = self;
        let mut winner_at = |value: f64| {
            moved.put(input, value);
            moved.winner(variants)
        };
        let Some(now) = *now else {
            *now = Some(winner_at(input.now));
            return true;
        };
        for search in towards.iter_mut().flatten() {
            if let Some(value) = search.next() {
                search.seen(value, winner_at(value), now);
                return true;
            }
        }
        false
    }
}

impl Bordering {
    /// The borders, once there is nothing more to look at.
    fn found(&self) -> [Option<Border>; 2] {
        self.towards.each_ref().map(|search| search.as_ref().and_then(|search| search.border(self.input.now)))
    }
}

impl Search {
    /// The value to look at next; nothing where the border is known, or known not to be there.
    fn next(&self) -> Option<f64> {
        match self.outside {
            None => self.order.get(self.looked).copied(),
            Some(_) if self.halvings == 0 => None,
            Some((outside, _)) => self.grid.between(self.inside.min(outside), self.inside.max(outside)),
        }
    }

    /// Takes in who costs least at the value that was to be looked at; `now` is who does where the scenario is.
    fn seen(&mut self, value: f64, winner: Option<Variant>, now: Option<Variant>) {
        if self.outside.is_none() {
            self.looked += 1;
        } else {
            self.halvings -= 1;
        }
        if winner == now {
            self.inside = value;
        } else {
            self.outside = Some((value, winner));
        }
    }

    fn border(&self, now: f64) -> Option<Border> {
        self.outside.map(|(at, winner)| Border { at, factor: (now > 0.0).then(|| at / now), winner })
    }
}

/// The question of who costs least along a number, under way: some draws at a value a step.
#[derive(Debug)]
pub struct Winning {
    input: Input,
    values: Vec<f64>,
    variants: Vec<Variant>,
    moved: Moved,
    winners: Vec<Option<Variant>>,
    /// What is under way at the next value.
    race: Option<Race>,
}

/// Draws that are met in a step, by all variants that may still cost least.
const STRETCH: u32 = 32;

impl Winning {
    /// Asks for the one of some variants (all, if none is named) that costs least at each value of a number, or none where
    /// nothing fits; over draws it is the one whose mean cost is least.
    ///
    /// # Errors
    /// If there is no such number, if a value is not allowed there, or if there are too many values or draws.
    pub fn new(
        scenario: &Scenario,
        path: &str,
        values: &[f64],
        variants: &[String],
        over: Over,
    ) -> Result<Self, Problem> {
        let variants = super::variants(variants)?;
        let input = Input::find(scenario, path)?;
        few_enough("values", "values", values.len(), over)?;
        Ok(Self {
            values: values.iter().map(|value| input.allow("values", *value)).collect::<Result<_, _>>()?,
            moved: Moved::drawn(scenario, over.draws, over.seed),
            winners: Vec::with_capacity(values.len()),
            race: None,
            input,
            variants,
        })
    }
}

impl Stepwise for Winning {
    type Answer = Vec<Option<Variant>>;

    fn step(&mut self) -> Option<Self::Answer> {
        let Some(value) = self.values.get(self.winners.len()) else { return Some(mem::take(&mut self.winners)) };
        let Self { input, variants, moved, race, .. } = self;
        let under_way = race.get_or_insert_with(|| {
            moved.put(input, *value);
            moved.race(variants)
        });
        if let Some(winner) = moved.run(under_way, STRETCH) {
            *race = None;
            self.winners.push(winner);
        }
        None
    }
}

/// Who costs least at each value of a number.
///
/// # Errors
/// As [`Winning::new`].
pub fn winners(
    scenario: &Scenario,
    path: &str,
    values: &[f64],
    variants: &[String],
    over: Over,
) -> Result<Vec<Option<Variant>>, Problem> {
    Ok(Winning::new(scenario, path, values, variants, over)?.answer())
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
