//! When to switch: the cheapest way through the months, from what runs today, with everything that a switch costs.
//!
//! Running a variant from one month to another, leaving it and entering the next are priced for every pair of months by
//! [`Costs`]; the cheapest sequence follows by dynamic programming. Staying put is one of the sequences.

mod costs;

use super::Stepwise;
use super::quantile::quantiles;
use super::uncertainty::FITS;
use crate::approach::Variant;
use crate::draw::Draws;
use crate::explain::Plain;
use crate::model::{Company, Context};
use crate::order::most_first;
use crate::point::Point;
use crate::scenario::{Problem, Scenario};
use costs::Asked;
pub use costs::Costs;
use serde::Serialize;

/// Draws of a plan at most: each prices every pair of months.
pub const MAX_DRAWS: u32 = 4096;

/// Plans that are held against each other over the draws, beside those that never switch.
const CANDIDATES: usize = 24;

/// Share of the draws in which a plan has to fit that is called robust, if any does.
const ROBUST: f64 = 0.9;

/// A variant that runs for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Stage {
    /// The variant.
    pub variant: Variant,
    /// Its first month, counted from 1.
    pub from: u16,
    /// Its last month.
    pub to: u16,
}

/// A way through the months.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// What runs when.
    pub stages: Vec<Stage>,
    /// What it costs all in over the horizon, as present value.
    pub usd: f64,
}

/// How a plan does over the draws.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    /// The plan, with its mean cost.
    pub plan: Plan,
    /// Share of the draws in which each of its variants fits while it runs.
    pub fits: f64,
    /// What it costs more than the best plan of each draw in which it fits, mean.
    pub regret_usd: f64,
    /// The same, not exceeded in nine draws of ten.
    pub regret_p90_usd: f64,
}

/// A switch as the draws see it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Switch {
    /// What is left; nothing where nothing runs today.
    pub from: Option<Variant>,
    /// What is entered.
    pub to: Variant,
    /// Share of the draws whose best plan has this switch.
    pub share: f64,
    /// The first month of what is entered, counted from 1: one draw in ten is earlier, half, one in ten later, of those
    /// draws that have it.
    pub months: [f64; 3],
}

/// What the draws say of when to switch.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ahead {
    /// How many draws there were.
    pub draws: u32,
    /// By variant and month: share of the draws whose best plan runs it then.
    pub running: Vec<Vec<f64>>,
    /// Every switch that some draw's best plan has, the most frequent first.
    pub switches: Vec<Switch>,
    /// Of those tried that fit in most draws, or as often as any does, the plan of least expected cost.
    pub expected: Tried,
    /// Of those tried that fit in nine draws of ten, or as often as any does, the plan whose regret is least in nine of ten.
    pub robust: Tried,
    /// The plan that is best at the likeliest values.
    pub likeliest: Tried,
    /// The best of those that never switch, of which the same is asked.
    pub steady: Tried,
}

/// The cheapest way through the months.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Planned {
    /// At the likeliest values; nothing if some month has no variant that fits.
    pub plan: Option<Plan>,
    /// By variant: what it costs to enter it at once and never to leave it; nothing where it does not fit throughout.
    pub steady: Vec<Option<f64>>,
    /// Over the draws; nothing if none were asked for, or if there is no plan.
    pub ahead: Option<Ahead>,
}

/// The question of the cheapest way through the months, under way. The draws are made twice, a step each: once for the best
/// plan of each and the mean costs, once to try plans.
#[derive(Debug)]
pub struct Planning {
    company: Company,
    draws: u32,
    each: Draws,
    /// At the likeliest values.
    plan: Option<Plan>,
    steady: Vec<Option<f64>>,
    /// Room for the costs of a draw.
    costs: Costs,
    /// Sums over the draws so far, then means.
    mean: Costs,
    /// The best plan of each draw so far.
    best: Vec<Option<Plan>>,
    /// Once the best plan of every draw is known.
    trial: Option<Trial>,
}

/// Plans that are tried on one draw after the other.
#[derive(Debug)]
struct Trial {
    /// Each with its regrets in the draws in which it fits, and the sum of its costs in all; first the one of least expected
    /// cost of what fits in most draws, month by month.
    tried: Vec<(Vec<Stage>, Vec<f64>, f64)>,
    /// Of all stages those of the plans are enough to try them.
    asked: Asked,
    /// Draws made so far.
    made: u32,
}

impl Planning {
    /// Asks for the cheapest way at the likeliest values and, with draws, for what they say of it.
    ///
    /// # Errors
    /// If there are too many draws.
    pub fn new(scenario: &Scenario, draws: u32, seed: u32) -> Result<Self, Problem> {
        super::draws(draws, 0..=MAX_DRAWS)?;
        let company = Company::of(scenario);
        let costs = Costs::at(&company, &scenario.likeliest());
        let plan = costs.cheapest();
        Ok(Self {
            steady: Variant::ALL.iter().map(|variant| costs.steady(*variant)).collect(),
            // Where there is no plan, the draws are not asked.
            draws: if plan.is_some() { draws } else { 0 },
            plan,
            each: Draws::of(scenario, seed),
            mean: Costs::none(&company),
            best: Vec::with_capacity(draws as usize),
            trial: None,
            costs,
            company,
        })
    }

    /// Finds the best plan of the next draw, and adds its costs to the others.
    fn plan_next(&mut self) {
        let Self { company, draws, each, costs, mean, best, .. } = self;
        costs.price(company, each.at(best.len() as u32), &Asked::default());
        mean.add(costs);
        best.push(costs.cheapest());
        if best.len() as u32 == *draws {
            mean.over(f64::from(*draws), FITS);
        }
    }

    /// The plans to try: that of least expected cost, the likeliest one, those that never switch, and those that most draws
    /// find best.
    fn candidates(&self, likeliest: &Plan) -> Trial {
        let months = self.company.months;
        let mut found: Vec<(&[Stage], u32)> = Vec::new();
        for plan in self.best.iter().flatten() {
            match found.iter_mut().find(|(stages, _)| *stages == plan.stages) {
                Some((_, times)) => *times += 1,
                None => found.push((&plan.stages, 1)),
            }
        }
        let found = most_first(found, |(_, times)| f64::from(*times));
        let expected = self.mean.cheapest().unwrap_or_else(|| likeliest.clone());
        let mut candidates = vec![expected.stages, likeliest.stages.clone()];
        candidates.extend(Variant::ALL.iter().map(|variant| vec![Stage { variant: *variant, from: 1, to: months }]));
        candidates.extend(found.iter().take(CANDIDATES).map(|(stages, _)| stages.to_vec()));
        let mut tried: Vec<(Vec<Stage>, Vec<f64>, f64)> = Vec::new();
        for stages in candidates {
            if !tried.iter().any(|(known, ..)| *known == stages) {
                tried.push((stages, Vec::with_capacity(self.draws as usize), 0.0));
            }
        }
        let asked = Asked::of(tried.iter().map(|(stages, ..)| stages.as_slice()), usize::from(months));
        Trial { tried, asked, made: 0 }
    }
}

impl Stepwise for Planning {
    type Answer = Planned;

    fn step(&mut self) -> Option<Planned> {
        let ahead = match &self.plan {
            Some(likeliest) if self.draws > 0 => {
                if (self.best.len() as u32) < self.draws {
                    self.plan_next();
                    return None;
                }
                let mut trial = self.trial.take().unwrap_or_else(|| self.candidates(likeliest));
                if trial.made < self.draws {
                    self.costs.price(&self.company, self.each.at(trial.made), &trial.asked);
                    trial.try_on(&self.costs, self.best[trial.made as usize].as_ref());
                    self.trial = Some(trial);
                    return None;
                }
                Some(trial.ahead(&self.company, &self.best, likeliest))
            }
            _ => None,
        };
        Some(Planned { plan: self.plan.clone(), steady: self.steady.clone(), ahead })
    }
}

impl Trial {
    /// Tries every plan on the costs of a draw, of which the best plan is known.
    fn try_on(&mut self, costs: &Costs, best: Option<&Plan>) {
        for (stages, regrets, sum) in &mut self.tried {
            let usd = costs.of(stages);
            *sum += usd;
            if let Some(best) = best
                && costs.fit(stages)
            {
                regrets.push(usd - best.usd);
            }
        }
        self.made += 1;
    }

    /// What the draws say.
    fn ahead(self, company: &Company, best: &[Option<Plan>], likeliest: &Plan) -> Ahead {
        let draws = self.made;
        let tried: Vec<Tried> = self
            .tried
            .into_iter()
            .map(|(stages, mut regrets, sum)| {
                let regret_usd = regrets.iter().sum::<f64>() / regrets.len().max(1) as f64;
                let plan = Plan { stages, usd: sum / f64::from(draws) };
                let fits = regrets.len() as f64 / f64::from(draws);
                let [regret_p90_usd] = quantiles(&mut regrets, [0.9]);
                Tried { plan, fits, regret_usd, regret_p90_usd }
            })
            .collect();
        // Of those that are asked for and fit in so many draws, or as often as any of them does.
        let least = |of: &dyn Fn(&Tried) -> f64, fits: f64, which: &dyn Fn(&Tried) -> bool| {
            let asked = || tried.iter().filter(|tried| which(tried));
            let most = asked().map(|tried| tried.fits).fold(0.0, f64::max);
            asked()
                .filter(|tried| tried.fits >= most.min(fits))
                .reduce(|best, next| if of(next) < of(best) { next } else { best })
                .unwrap_or(&tried[0])
                .clone()
        };
        let usd = |tried: &Tried| tried.plan.usd;
        let all = |_: &Tried| true;
        Ahead {
            draws,
            running: running(best, usize::from(company.months)),
            switches: switches(company, best),
            // Most often the first one: it fits in most draws month by month, if not always as a whole.
            expected: least(&usd, FITS, &all),
            robust: least(&|tried| tried.regret_p90_usd, ROBUST, &all),
            likeliest: least(&usd, 0.0, &|tried| tried.plan.stages == likeliest.stages),
            steady: least(&usd, FITS, &|tried| tried.plan.stages.len() == 1),
        }
    }
}

/// The cheapest way through the months at the likeliest values and, with draws, what they say of it.
///
/// # Errors
/// As [`Planning::new`].
pub fn plan(scenario: &Scenario, draws: u32, seed: u32) -> Result<Planned, Problem> {
    Ok(Planning::new(scenario, draws, seed)?.answer())
}

/// By variant and month: share of the plans that run it then.
fn running(plans: &[Option<Plan>], months: usize) -> Vec<Vec<f64>> {
    let mut running = vec![vec![0.0; months]; Variant::COUNT];
    for stage in plans.iter().flatten().flat_map(|plan| &plan.stages) {
        for month in stage.from..=stage.to {
            running[stage.variant.index()][usize::from(month) - 1] += 1.0 / plans.len() as f64;
        }
    }
    running
}

/// Every switch of some plans, the most frequent first.
fn switches(company: &Company, plans: &[Option<Plan>]) -> Vec<Switch> {
    /// What is left, and what is entered.
    type Pair = (Option<Variant>, Variant);
    let mut found: Vec<(Pair, Vec<f64>)> = Vec::new();
    for plan in plans.iter().flatten() {
        let mut from = company.current;
        for stage in &plan.stages {
            if from != Some(stage.variant) {
                let pair = (from, stage.variant);
                match found.iter_mut().find(|(known, _)| *known == pair) {
                    Some((_, months)) => months.push(f64::from(stage.from)),
                    None => found.push((pair, vec![f64::from(stage.from)])),
                }
            }
            from = Some(stage.variant);
        }
    }
    let switches: Vec<Switch> = found
        .into_iter()
        .map(|((from, to), mut months)| Switch {
            from,
            to,
            share: months.len() as f64 / plans.len() as f64,
            months: quantiles(&mut months, [0.1, 0.5, 0.9]),
        })
        .collect();
    most_first(switches, |switch| switch.share)
}

impl Costs {
    /// The costs at one point.
    #[must_use]
    pub fn at(company: &Company, point: &Point) -> Self {
        let mut costs = Self::none(company);
        costs.price(company, point, &Asked::default());
        costs
    }

    /// Prices at a point what is asked for; the room is kept.
    fn price(&mut self, company: &Company, point: &Point, asked: &Asked) {
        // What runs today is not looked at: it is one of the stages here, and not a bill that every other variant carries.
        self.fill(&Context::new(Plain(point), company), asked);
    }
}
