//! A number of a scenario that a question moves, and the company as it becomes.

use super::race::Race;
use super::uncertainty::FITS;
use crate::approach::Variant;
use crate::draw::Draws;
use crate::explain::Plain;
use crate::facts::{self, FIELDS, Part};
use crate::model::complexity::Stack;
use crate::model::ledger::Ledger;
use crate::model::metrics::Scope;
use crate::model::{Company, Context, timeline};
use crate::point::{Point, Slot};
use crate::scenario::{Kind, Limits, Problem, Scenario, Tree};

/// A number that can be moved: a field, a fact, or a number of a list's item.
#[derive(Clone, Debug)]
pub struct Input {
    /// Its path, such as `workload.weeklyUsers` or `facts.aws.ec2.m7g.large`.
    pub path: String,
    /// What it may be.
    pub limits: Limits,
    /// Whether it is better looked at by ratios than by differences.
    pub log: bool,
    slot: Slot,
    /// What the scenario says of it.
    pub now: f64,
}

impl Input {
    /// The number at a path of a scenario.
    ///
    /// # Errors
    /// If there is none, or if what stands there is no number.
    pub fn find(scenario: &Scenario, path: &str) -> Result<Self, Problem> {
        let slot = scenario.slot(path)?;
        let limits = scenario.limits(slot);
        let field = FIELDS.get(slot.index());
        if let Some(field) = field
            && !matches!(field.kind, Kind::Number | Kind::Count)
        {
            return Err(Problem {
                code: "notANumber",
                path: path.into(),
                message: "is not a number that can be moved".into(),
                remedy: "name a number, such as workload.weeklyUsers".into(),
            });
        }
        let log = match field {
            Some(field) => field.log,
            None => facts::at(slot).is_some() && limits.min > 0.0 && limits.max > 1.0,
        };
        Ok(Self { path: path.into(), limits, log, slot, now: scenario.value(slot) })
    }

    /// The allowed value that is nearest, a whole one where it must be.
    #[must_use]
    pub fn nearest(&self, value: f64) -> f64 {
        let value = self.limits.nearest(value);
        if self.limits.whole { self.limits.nearest(f64::floor(value + 0.5)) } else { value }
    }

    /// Checks that a value is allowed; `what` names it in the problem.
    ///
    /// # Errors
    /// If it is not.
    pub fn allow(&self, what: &str, value: f64) -> Result<f64, Problem> {
        let Limits { min, max, whole, .. } = self.limits;
        let inside = (min..=max).contains(&value);
        if inside && (!whole || value == f64::floor(value)) {
            return Ok(value);
        }
        let shown = Tree::Number(value);
        Err(Problem {
            code: if inside { "notWhole" } else { "outOfRange" },
            path: what.into(),
            message: format!("{shown} is not allowed for {}", self.path),
            remedy: format!(
                "write a {} from {} to {}",
                if whole { "whole number" } else { "number" },
                Tree::Number(min),
                Tree::Number(max)
            ),
        })
    }
}

/// Draws whose points are kept from one place to the next, with all that has been read of them: about ten thousand bytes
/// each. Those beyond are made anew at each place.
const KEPT: u32 = 1024;

/// A company whose numbers are moved: at the likeliest values of all others, or over some draws of them.
#[derive(Debug)]
pub struct Moved {
    scenario: Scenario,
    company: Company,
    /// The likeliest point, or the first draws.
    points: Vec<Point>,
    /// How many draws there are, and their seed.
    over: (u32, u32),
    /// Where those come from that are not kept, once one was asked for.
    further: Option<Draws>,
    ledger: Ledger<f64>,
    /// Who cost least when that was asked last: at the next place it mostly does again.
    favourite: Option<Variant>,
}

/// Some numbers of a variant's outcome, and whether the variant fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures<const N: usize> {
    /// The numbers; over draws their means.
    pub values: [f64; N],
    /// Whether nothing stops the variant, in at least half of the draws.
    pub feasible: bool,
    /// Share of the draws in which it fits and the first number is the least.
    pub chance: f64,
}

impl Moved {
    /// A company as its scenario says.
    #[must_use]
    pub fn new(scenario: &Scenario) -> Self {
        let company = Company::of(scenario);
        Self {
            ledger: Ledger::new(0.0, usize::from(company.months)),
            points: vec![scenario.likeliest()],
            scenario: scenario.clone(),
            over: (0, 0),
            further: None,
            favourite: None,
            company,
        }
    }

    /// The same over draws of everything that is not moved; without draws at the likeliest values.
    #[must_use]
    pub fn drawn(scenario: &Scenario, draws: u32, seed: u32) -> Self {
        let likeliest = Self::new(scenario);
        if draws == 0 {
            return likeliest;
        }
        Self { points: Draws::points(scenario, seed, draws.min(KEPT)), over: (draws, seed), ..likeliest }
    }

    /// Moves one number.
    pub fn put(&mut self, input: &Input, value: f64) {
        let value = input.nearest(value);
        self.scenario.put(input.slot, value);
        self.further = None;
        for slot in self.scenario.following(input.slot).chain([input.slot]) {
            self.points.iter().for_each(|point| point.set(slot, value));
        }
        if input.limits.whole {
            // Whole numbers shape the company; the others are read from the point.
            self.company = Company::of(&self.scenario);
        }
    }

    /// How many points there are.
    fn count(&self) -> u32 {
        self.over.0.max(1)
    }

    /// The company at a point, counted from 0, and where its months are played.
    fn at(&mut self, index: u32) -> (Context<'_, Plain<'_>>, &mut Ledger<f64>) {
        let Self { points, company, scenario, over: (_, seed), further, ledger, .. } = self;
        let point = match points.get(index as usize) {
            Some(point) => point,
            // What has been moved is known in the scenario as it is now.
            None => further.get_or_insert_with(|| Draws::of(scenario, *seed)).at(index),
        };
        (timeline::context(Plain(point), company), ledger)
    }

    /// Some numbers of the outcome of each variant, in the order of the variants.
    pub fn figures<const N: usize>(&mut self, variants: &[Variant], metrics: [usize; N]) -> Vec<Figures<N>> {
        let scope = Scope::of(&metrics);
        let mut sums = vec![Figures { values: [0.0; N], feasible: true, chance: 0.0 }; variants.len()];
        let mut fitting = vec![0_u32; variants.len()];
        let draws = self.count();
        for index in 0..draws {
            let (context, ledger) = self.at(index);
            let mut best: Option<(usize, f64)> = None;
            for (at, variant) in variants.iter().enumerate() {
                let played = timeline::play_for(&context, *variant, ledger, scope);
                for (sum, metric) in sums[at].values.iter_mut().zip(metrics) {
                    *sum += played.numbers[metric];
                }
                if played.obstacles.is_empty() {
                    fitting[at] += 1;
                    let first = played.numbers[metrics[0]];
                    if best.is_none_or(|(_, least)| first < least) {
                        best = Some((at, first));
                    }
                }
            }
            if let Some((at, _)) = best {
                sums[at].chance += 1.0;
            }
        }
        let draws = f64::from(draws);
        for (sum, fitting) in sums.iter_mut().zip(fitting) {
            sum.values = sum.values.map(|value| value / draws);
            sum.chance /= draws;
            sum.feasible = f64::from(fitting) >= FITS * draws;
        }
        sums
    }

    /// What the company runs on today, if anything.
    #[must_use]
    pub const fn current(&self) -> Option<Variant> {
        self.company.current
    }

    /// Some numbers of a variant's outcome with parts added to its stack and others left out, and the stack.
    pub fn with_parts<const N: usize>(
        &mut self,
        variant: Variant,
        with: &[Part],
        without: &[Part],
        metrics: [usize; N],
    ) -> (Figures<N>, Stack) {
        let mut company = self.company.clone();
        company.with.extend(with);
        company.without.extend(without);
        let context = timeline::context(Plain(&self.points[0]), &company);
        let played = timeline::play(&context, variant, &mut self.ledger);
        let values = metrics.map(|at| played.numbers[at]);
        (Figures { values, feasible: played.obstacles.is_empty(), chance: 0.0 }, played.stack.clone())
    }

    /// A race of variants, in which nothing has been met yet.
    #[must_use]
    pub fn race(&self, variants: &[Variant]) -> Race {
        Race::new(variants, self.favourite, self.count())
    }

    /// Goes on with a race, and meets so many points at most; who wins, once it is over. In between nothing is moved.
    pub fn run(&mut self, race: &mut Race, points: u32) -> Option<Option<Variant>> {
        for _ in 0..points {
            let Some(index) = race.due() else { break };
            let (context, ledger) = self.at(index);
            race.meet(&context, ledger);
        }
        let winner = race.winner()?;
        self.favourite = winner;
        Some(winner)
    }

    /// The variant that costs least, of those that fit; none where nothing does. It is the one that [`Self::figures`] say.
    pub fn winner(&mut self, variants: &[Variant]) -> Option<Variant> {
        let mut race = self.race(variants);
        self.run(&mut race, u32::MAX).flatten()
    }
}

/// The index of the outcome that fits and whose first number is least; the first one wins a tie.
#[must_use]
pub fn least<const N: usize>(figures: &[Figures<N>]) -> Option<usize> {
    (0..figures.len())
        .filter(|at| figures[*at].feasible)
        .reduce(|best, next| if figures[next].values[0] < figures[best].values[0] { next } else { best })
}
