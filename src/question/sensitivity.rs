//! Which inputs the answer hangs on: one at a time, and by what they explain of its variance.

use super::Stepwise;
use super::input::least;
use super::sobol::{self, Index, Pick};
use crate::approach::Variant;
use crate::draw::Draws;
use crate::explain::Plain;
use crate::model::ledger::Ledger;
use crate::model::metrics::Scope;
use crate::model::{Company, timeline};
use crate::order::most_first;
use crate::point::{Point, Slot};
use crate::scenario::{Problem, Scenario};
use std::rc::Rc;

/// Inputs whose Sobol indices are told; all others are taken as one group.
pub const TOLD: usize = 12;

/// Rows of the two samples at most: each takes an evaluation for every input told, and two more.
pub const MAX_ROWS: u32 = 8192;

/// Turns a seed into that of the second sample: any bits do, as long as the two seeds differ.
const SECOND_SAMPLE: u32 = 0x5bd1_e995;

/// What is asked about.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// What the second-best variant costs more a month than the best one, at the likeliest values.
    Gap,
    /// A number of a variant's outcome.
    Metric {
        /// The variant's name.
        variant: String,
        /// The number's id.
        metric: String,
    },
    /// By how much a number of the second variant's outcome is more than that of the first one's.
    Difference {
        /// The names of the two.
        between: [String; 2],
        /// The number's id.
        metric: String,
    },
}

/// What becomes of a figure when one input goes from p10 to p90, all others at their likeliest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The input.
    pub slot: Slot,
    /// The figure with the input at p10.
    pub at_p10: f64,
    /// The figure with the input at p90.
    pub at_p90: f64,
}

impl Swing {
    /// How far apart the two are.
    #[must_use]
    pub fn width(&self) -> f64 {
        f64::abs(self.at_p90 - self.at_p10)
    }
}

/// Which inputs a figure hangs on.
#[derive(Clone, Debug)]
pub struct Sensitivity {
    /// What the figure is: the second-best less the best (two variants), or a number of one.
    pub variants: Vec<Variant>,
    /// The id of the number.
    pub metric: String,
    /// The figure at the likeliest values.
    pub likeliest: f64,
    /// Every input that moves it, widest swing first.
    pub tornado: Vec<Swing>,
    /// Sobol indices of the inputs with the widest swings, in the order of the tornado.
    pub indices: Vec<(Slot, Index)>,
    /// Those of all other inputs taken together.
    pub others: Index,
    /// Rows of the two samples.
    pub rows: u32,
}

/// The question of what a figure hangs on, under way: a swing a step, then an evaluation a step.
#[derive(Debug)]
pub struct Sensing {
    scenario: Scenario,
    figure: Figure,
    metric: String,
    /// The likeliest values, as far as the figure has asked for them.
    point: Point,
    /// The figure there.
    likeliest: f64,
    draws: Draws,
    /// Those of the two samples.
    seeds: [u32; 2],
    rows: u32,
    uncertain: Vec<Slot>,
    /// Of each uncertain input so far.
    swings: Vec<Swing>,
    /// Once all swings are known.
    sampled: Option<Sampled>,
}

/// The figure that is asked about.
#[derive(Debug)]
struct Figure {
    company: Company,
    variants: Vec<Variant>,
    place: usize,
    ledger: Ledger<f64>,
}

/// The samples from which Sobol indices follow.
#[derive(Debug)]
struct Sampled {
    /// Every input that moves the figure, widest swing first.
    tornado: Vec<Swing>,
    /// Those whose indices are told, by their place among the uncertain inputs.
    told: Vec<usize>,
    /// By place among the uncertain inputs: the group that it is in. All that are not told are one, the last.
    groups: Vec<usize>,
    /// The figure in each evaluation so far.
    figures: Vec<f64>,
}

impl Figure {
    fn at(&mut self, point: &Point) -> f64 {
        let Self { company, variants, place, ledger } = self;
        let scope = Scope::of(&[*place]);
        let context = timeline::context(Plain(point), company);
        let values =
            variants.iter().map(|variant| timeline::play_for(&context, *variant, ledger, scope).numbers[*place]);
        // Of two: the second less the first.
        values.reduce(|first, second| second - first).unwrap_or(0.0)
    }
}

impl Sensing {
    /// Asks what a figure hangs on, with so many rows of draws.
    ///
    /// # Errors
    /// If a name is not known, if a variant is held against itself, if there are no rows or too many, or if fewer than two
    /// variants fit and the gap is asked about.
    pub fn new(scenario: &Scenario, target: &Target, rows: u32, seed: u32) -> Result<Self, Problem> {
        super::draws(rows, 2..=MAX_ROWS)?;
        let company = Company::of(scenario);
        let (variants, metric) = match target {
            Target::Gap => (first_two(scenario)?, "totals.monthlyUsd"),
            Target::Metric { variant, metric } => (vec![super::variant(variant, "variant")?], metric.as_str()),
            Target::Difference { between, metric } => {
                let names = between.each_ref().map(String::as_str);
                (super::two_variants(names, ["between[0]", "between[1]"])?.to_vec(), metric.as_str())
            }
        };
        let place = super::metric(metric)?;
        let ledger = Ledger::new(0.0, usize::from(company.months));
        let draws = Draws::of(scenario, seed);
        let uncertain: Vec<Slot> = draws.beliefs().uncertain().collect();
        let mut figure = Figure { company, variants, place, ledger };
        let unsettled = scenario.each_range().map(|_| f64::NAN);
        let point = Point::from_source(unsettled, Rc::new(scenario.likeliest()));
        Ok(Self {
            likeliest: figure.at(&point),
            figure,
            metric: metric.into(),
            point,
            seeds: [seed, seed ^ SECOND_SAMPLE],
            rows,
            swings: Vec::with_capacity(uncertain.len()),
            uncertain,
            sampled: None,
            draws,
            scenario: scenario.clone(),
        })
    }

    /// What becomes of the figure as an input goes from p10 to p90.
    fn swing(&mut self, slot: Slot) -> Swing {
        // All others stay at their likeliest: what the figure has not asked for there it does not ask for now.
        if !self.point.is_settled(slot) {
            return Swing { slot, at_p10: self.likeliest, at_p90: self.likeliest };
        }
        let range = self.scenario.range(slot);
        let [at_p10, at_p90] = [range.p10, range.p90].map(|value| {
            self.point.set(slot, value);
            self.figure.at(&self.point)
        });
        self.point.set(slot, range.p50);
        Swing { slot, at_p10, at_p90 }
    }
}

impl Sampled {
    fn of(uncertain: &[Slot], swings: &[Swing], rows: u32) -> Self {
        let moving = swings.iter().copied().filter(|swing| swing.width() > 0.0).collect();
        let tornado = most_first(moving, Swing::width);
        let place = |swing: &Swing| uncertain.iter().position(|slot| *slot == swing.slot);
        let told: Vec<usize> = tornado.iter().take(TOLD).filter_map(place).collect();
        let groups = (0..uncertain.len())
            .map(|dimension| told.iter().position(|told| *told == dimension).unwrap_or(told.len()))
            .collect();
        let figures = Vec::with_capacity(sobol::evaluations(told.len() + 1, rows).len());
        Self { tornado, told, groups, figures }
    }
}

impl Stepwise for Sensing {
    type Answer = Sensitivity;

    fn step(&mut self) -> Option<Sensitivity> {
        if let Some(slot) = self.uncertain.get(self.swings.len()) {
            let swing = self.swing(*slot);
            self.swings.push(swing);
            return None;
        }
        let Self { uncertain, swings, rows, figure, draws, .. } = self;
        let sampled = self.sampled.get_or_insert_with(|| Sampled::of(uncertain, swings, *rows));
        if sampled.figures.len() < sobol::evaluations(sampled.told.len() + 1, *rows).len() {
            let (row, pick) = sobol::evaluation(sampled.figures.len(), *rows);
            // All rows of a pick are drawn from the same seeds.
            if row == 0 {
                for (dimension, group) in sampled.groups.iter().copied().enumerate() {
                    let second = pick == Pick::B || pick == Pick::AWithB(group);
                    draws.reseed(dimension, self.seeds[usize::from(second)]);
                }
            }
            sampled.figures.push(figure.at(draws.at(row)));
            return None;
        }
        let mut indices = sobol::indices(&sampled.figures, *rows);
        let others = indices.pop().unwrap_or_else(|| unreachable!("there is one group at least"));
        Some(Sensitivity {
            likeliest: self.likeliest,
            metric: self.metric.clone(),
            indices: sampled.told.iter().map(|dimension| uncertain[*dimension]).zip(indices).collect(),
            variants: figure.variants.clone(),
            tornado: sampled.tornado.clone(),
            others,
            rows: *rows,
        })
    }
}

/// What a figure hangs on: swings of every uncertain input, and Sobol indices from so many rows of draws.
///
/// # Errors
/// As [`Sensing::new`].
pub fn sensitivity(scenario: &Scenario, target: &Target, rows: u32, seed: u32) -> Result<Sensitivity, Problem> {
    Ok(Sensing::new(scenario, target, rows, seed)?.answer())
}

/// The two variants that cost least at the likeliest values, of those that fit.
fn first_two(scenario: &Scenario) -> Result<Vec<Variant>, Problem> {
    let mut left = Variant::ALL.to_vec();
    let mut first = Vec::with_capacity(2);
    let mut moved = super::input::Moved::new(scenario);
    while first.len() < 2 {
        let figures = moved.figures(&left, [super::total()]);
        let Some(best) = least(&figures) else {
            return Err(Problem {
                code: "nothingToCompare",
                path: "metric".into(),
                message: "fewer than two variants fit".into(),
                remedy: "name a variant and a metric".into(),
            });
        };
        first.push(left.remove(best));
    }
    Ok(first)
}
