//! What the answer is when the inputs are only believed: its distribution, its odds, its regret, and what it would be
//! worth to know more. Every variant meets the same draws.

use super::quantile::{quantile, quantiles};
use super::value::{self, Costs, Estimate};
use crate::approach::Variant;
use crate::draw::{Draws, MAX_DRAWS, deviations, normal_quantile};
use crate::explain::Plain;
use crate::model::ledger::Ledger;
use crate::model::metrics::{self, Scope};
use crate::model::{Company, timeline};
use crate::order::most_first;
use crate::point::Slot;
use crate::scenario::{Problem, Scenario};
use serde::Serialize;

/// The numbers of an outcome whose distribution is told.
pub const TOLD: [&str; 19] = [
    "totals.tcoUsd",
    "totals.monthlyUsd",
    "monthlyLevels.infrastructureUsd",
    "monthlyLevels.labourUsd",
    "monthlyLevels.wasteUsd",
    "monthlyLevels.downtimeUsd",
    "monthlyLevels.partsUsd",
    "labour.hoursPerMonth",
    "labour.fullTimeEquivalents",
    "availability.downtimeHoursPerYear",
    "fleet.machines",
    "agility.leadTimeHours",
    "totals.setupUsd",
    "totals.migrationUsd",
    "labour.setupHours",
    "availability.downtimeP90HoursPerYear",
    "agility.deployHours",
    "complexity.forcedUpgradesPerYear",
    "complexity.upgradeHoursPerYear",
];

/// Places in [`TOLD`] of the cost over the horizon, by which the best is found, and of that a month.
const TCO: usize = 0;
const MONTHLY: usize = 1;

/// Quantiles that are told of the all-in cost a month: 0 %, 1 %, … 100 %.
pub const CUTS: usize = 101;

/// The months are told from so many of the draws at most: their quantiles need no more.
const MONTHLY_DRAWS: usize = 1024;

/// Inputs whose worth is told at most, and the draws from which they are picked.
const WORTH_TOLD: usize = 24;
const SCREENED_DRAWS: usize = 1024;

/// Draws from which it is seen which numbers a variant reads, and in which share of all it has to be the cheapest for that.
const READ_DRAWS: u32 = 64;
const CONTENDS: f64 = 0.01;

/// In which share of companies an input may be told to be worth something that is not, and how many errors a worth is of at least.
const CHANCE: f64 = 0.05;
const LEAST_ERRORS: f64 = 2.0;

/// A variant is a choice if it fits more often than not: as at the likeliest values, where it fits or does not. In a month of
/// a plan that is made before the draws are known, too.
pub const FITS: f64 = 0.5;

/// Draws of a company under way: more of them can be made at any time.
#[derive(Debug)]
pub struct Study {
    scenario: Scenario,
    /// What there is to choose from, in the order of [`Variant::ALL`].
    variants: Vec<Variant>,
    company: Company,
    draws: Draws,
    seed: u32,
    done: u32,
    /// By variant: the numbers of [`TOLD`], one list each.
    told: Vec<[Vec<f64>; TOLD.len()]>,
    /// By variant: all-in costs of the months, draw by draw.
    monthly: Vec<Vec<f64>>,
    /// By draw: which variants fit, a bit each.
    fitting: Vec<u16>,
    ledger: Ledger<f64>,
}

/// Mean and quantiles of a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// The mean over the draws.
    pub mean: f64,
    /// One draw in ten is below.
    pub p10: f64,
    /// Half of the draws are below.
    pub p50: f64,
    /// One draw in ten is above.
    pub p90: f64,
}

/// What the draws say of one variant.
#[derive(Clone, Debug)]
pub struct Odds {
    /// The variant.
    pub variant: Variant,
    /// Share of the draws in which nothing stops it.
    pub fits: f64,
    /// Share of the draws in which it fits and costs least.
    pub chance_best: f64,
    /// What it costs more than the best one of each draw in which it fits, mean, over the horizon; 0 if it never does.
    pub regret_usd: f64,
    /// The numbers of [`TOLD`].
    pub told: [Spread; TOLD.len()],
    /// All-in cost a month at 0 %, 1 %, … 100 % of the draws.
    pub cuts: Vec<f64>,
    /// All-in cost of each month.
    pub monthly: Vec<Band>,
}

/// Mean and quantiles of a month, closer together than those of a [`Spread`]: half of the draws, and eight of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The mean over the draws.
    pub mean: f64,
    /// Its quantiles at [`BAND`].
    pub quantiles: [f64; BAND.len()],
}

/// The shares at which a [`Band`] has quantiles.
pub const BAND: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

/// What it is worth to know one input.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// The input.
    pub slot: Slot,
    /// Over the horizon.
    pub usd: Estimate,
}

/// What all draws say.
#[derive(Clone, Debug)]
pub struct Uncertainty {
    /// How many draws there were.
    pub draws: u32,
    /// Every variant that there is to choose from, in the order of [`Variant::ALL`].
    pub odds: Vec<Odds>,
    /// The variant that costs least in the mean, of those that fit in most draws. Every mean is over all draws, also those in
    /// which the variant does not fit: else they would be of different companies.
    pub best: Option<Variant>,
    /// What knowing everything before the choice is worth, over the horizon: what the best costs more than the cheapest, mean
    /// over the draws. Only a variant that fits in most draws is chosen, and never in a draw in which it does not fit. Where
    /// the best itself does not fit, it counts with its cost all the same: what it is worth to have something that runs has
    /// no price here.
    pub perfect: Estimate,
    /// What knowing one input is worth, by the same costs, the most first; never more than knowing everything. Inputs are left
    /// out whose worth may be chance: among as many as are looked at, some seem to be worth something that are not.
    pub worth: Vec<Worth>,
}

impl Study {
    /// A company with no draws yet, and all variants to choose from.
    #[must_use]
    pub fn new(scenario: &Scenario, seed: u32) -> Self {
        Self::among(scenario, seed, Variant::ALL)
    }

    /// The same with some of the variants to choose from; who costs least, and how often, is told of them alone.
    #[must_use]
    pub fn among(scenario: &Scenario, seed: u32, variants: &[Variant]) -> Self {
        let variants: Vec<Variant> =
            Variant::ALL.iter().copied().filter(|variant| variants.contains(variant)).collect();
        let company = Company::of(scenario);
        Self {
            draws: Draws::of(scenario, seed),
            seed,
            done: 0,
            told: variants.iter().map(|_| Default::default()).collect(),
            monthly: vec![Vec::new(); variants.len()],
            fitting: Vec::new(),
            ledger: Ledger::new(0.0, usize::from(company.months)),
            scenario: scenario.clone(),
            variants,
            company,
        }
    }

    /// How many draws have been made.
    #[must_use]
    pub const fn done(&self) -> u32 {
        self.done
    }

    /// Makes draws until there are so many.
    ///
    /// # Errors
    /// If there are none or too many to make.
    pub fn advance(&mut self, draws: u32) -> Result<(), Problem> {
        super::draws(draws, 1..=MAX_DRAWS)?;
        let places = TOLD.map(metrics::known);
        let scope = Scope::of(&places);
        for index in self.done..draws {
            let context = timeline::context(Plain(self.draws.at(index)), &self.company);
            let mut fitting = 0;
            for (at, variant) in self.variants.iter().enumerate() {
                let played = timeline::play_for(&context, *variant, &mut self.ledger, scope);
                for (list, place) in self.told[at].iter_mut().zip(places) {
                    list.push(played.numbers[place]);
                }
                fitting |= u16::from(played.obstacles.is_empty()) << at;
                if (index as usize) < MONTHLY_DRAWS {
                    self.monthly[at].extend(self.ledger.all_in());
                }
            }
            self.fitting.push(fitting);
        }
        self.done = self.done.max(draws);
        Ok(())
    }

    /// A number of a variant in each draw, in the order of [`TOLD`]; nothing of a variant that is no choice.
    #[must_use]
    pub fn drawn(&self, variant: Variant, told: usize) -> &[f64] {
        let at = self.variants.iter().position(|other| *other == variant);
        at.map_or(&[], |at| &self.told[at][told])
    }

    /// What there is to choose from.
    #[must_use]
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// What the draws so far say. With `worth`, also of what is worth knowing, which takes longer.
    ///
    /// # Panics
    /// If there are no draws yet.
    #[must_use]
    pub fn answer(&self, worth: bool) -> Uncertainty {
        let draws = self.done as usize;
        assert!(draws > 0, "a study without draws has no answer");
        let fitting = |at: usize, draw: usize| self.fitting[draw] >> at & 1 == 1;
        let fits = |at: usize| (0..draws).filter(|draw| fitting(at, *draw)).count() as f64 / draws as f64;
        let total = |at: usize| &self.told[at][TCO];
        let count = self.variants.len();
        let choices: Vec<usize> = (0..count).filter(|at| fits(*at) >= FITS).collect();

        let mut best_in = vec![0_u32; count];
        let mut regrets = vec![0.0; count];
        for draw in 0..draws {
            let Some(best) = (0..count)
                .filter(|at| fitting(*at, draw))
                .reduce(|best, next| if total(next)[draw] < total(best)[draw] { next } else { best })
            else {
                continue;
            };
            best_in[best] += 1;
            for (at, regret) in regrets.iter_mut().enumerate() {
                if fitting(at, draw) {
                    *regret += total(at)[draw] - total(best)[draw];
                }
            }
        }
        let means: Vec<f64> = choices.iter().map(|at| mean(total(*at))).collect();
        let best = choices.get(value::least(&means));
        let cost = |at: usize, draw: usize| {
            let usd = total(at)[draw];
            // Nobody would change, if it were known, to what then does not fit: it saves nothing over what is chosen without.
            best.filter(|_| !fitting(at, draw)).map_or(usd, |best| usd.max(total(*best)[draw]))
        };
        let rows: Vec<f64> = (0..draws).flat_map(|draw| choices.iter().map(move |at| cost(*at, draw))).collect();
        let none = Estimate { value: 0.0, error: 0.0 };
        let (perfect, worth) = match choices.len() {
            0 => (none, Vec::new()),
            options => {
                let costs = Costs::new(&rows, options);
                let often = |at: &usize| f64::from(best_in[*at]) >= CONTENDS * draws as f64;
                let contending = choices.iter().filter(|at| often(at) || best == Some(at)).map(|at| self.variants[*at]);
                let worth = if worth && options > 1 { self.worth(&costs, contending) } else { Vec::new() };
                (value::perfect_information(&costs), worth)
            }
        };
        Uncertainty {
            draws: self.done,
            best: best.map(|at| self.variants[*at]),
            odds: self
                .variants
                .iter()
                .enumerate()
                .map(|(at, variant)| {
                    let mut costs = self.told[at][MONTHLY].clone();
                    costs.sort_unstable_by(f64::total_cmp);
                    Odds {
                        variant: *variant,
                        fits: fits(at),
                        chance_best: f64::from(best_in[at]) / draws as f64,
                        regret_usd: if fits(at) > 0.0 { regrets[at] / (fits(at) * draws as f64) } else { 0.0 },
                        cuts: (0..CUTS).map(|cut| quantile(&costs, cut as f64 / (CUTS - 1) as f64)).collect(),
                        told: self.told[at].each_ref().map(|numbers| Spread::of(numbers.clone())),
                        monthly: self.months(at),
                    }
                })
                .collect(),
            perfect,
            worth,
        }
    }

    fn months(&self, variant: usize) -> Vec<Band> {
        let months = usize::from(self.company.months);
        let flat = &self.monthly[variant];
        let band = |month: usize| {
            let mut drawn: Vec<f64> = flat[month..].iter().step_by(months).copied().collect();
            Band { mean: mean(&drawn), quantiles: quantiles(&mut drawn, BAND) }
        };
        (0..months).map(band).collect()
    }

    /// What the inputs are worth that those variants read which may come out as the cheapest: of all a first estimate from some
    /// of the draws, and of those that come first one from all. What only the others read may go along with who costs least in
    /// these draws, as draws in hundreds of dimensions do, and still says nothing of it.
    fn worth(&self, costs: &Costs, contending: impl Iterator<Item = Variant>) -> Vec<Worth> {
        let drawn =
            |costs: &Costs, slot: Slot| -> Vec<f64> { deviations(self.seed, costs.draws() as u32, slot).collect() };
        let few = costs.first(SCREENED_DRAWS);
        let read = self.read_by(&contending.collect::<Vec<_>>());
        let promised = |slot: Slot| (slot, value::promised_by(&few, &drawn(&few, slot)));
        let screened: Vec<(Slot, f64)> = read.into_iter().map(promised).collect();
        let errors = errors_beyond_chance(screened.len());
        let worth: Vec<Worth> = most_first(screened, |(_, promised)| *promised)
            .into_iter()
            .take(WORTH_TOLD)
            .map(|(slot, _)| Worth { slot, usd: value::partial_information(costs, &drawn(costs, slot)) })
            .filter(|worth| worth.usd.value > errors * worth.usd.error)
            .collect();
        most_first(worth, |worth| worth.usd.value)
    }

    /// The uncertain numbers that some variants ask for.
    fn read_by(&self, variants: &[Variant]) -> Vec<Slot> {
        let mut draws = Draws::of(&self.scenario, self.seed);
        let mut ledger = Ledger::new(0.0, usize::from(self.company.months));
        let scope = Scope::of(&[metrics::known(TOLD[TCO])]);
        for index in 0..self.done.min(READ_DRAWS) {
            let context = timeline::context(Plain(draws.at(index)), &self.company);
            for variant in variants {
                timeline::play_for(&context, *variant, &mut ledger, scope);
            }
        }
        draws.read().collect()
    }

    /// The scenario that is drawn from.
    #[must_use]
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }
}

/// How many errors a worth has to be of, if so many inputs are looked at: none of them gets so far by chance in 95 of 100
/// companies (Bonferroni's bound). Two at least, as what is known no better than by half is not to be told.
fn errors_beyond_chance(inputs: usize) -> f64 {
    let errors = student_quantile(1.0 - CHANCE / inputs.max(1) as f64, (value::BLOCKS - 1) as f64);
    if errors > LEAST_ERRORS { errors } else { LEAST_ERRORS }
}

/// The quantile of Student's t: an error that is itself estimated, from so few parts, is off. By the expansion in the normal
/// quantile of Abramowitz and Stegun (26.7.5), whose next term is below a hundredth here.
fn student_quantile(share: f64, freedom: f64) -> f64 {
    let z = normal_quantile(share);
    let (z3, z5) = (z * z * z, z * z * z * z * z);
    z + (z3 + z) / (4.0 * freedom) + (5.0 * z5 + 16.0 * z3 + 3.0 * z) / (96.0 * freedom * freedom)
}

impl Spread {
    /// Mean and quantiles of some numbers.
    #[must_use]
    pub fn of(mut numbers: Vec<f64>) -> Self {
        let mean = mean(&numbers);
        let [p10, p50, p90] = quantiles(&mut numbers, [0.1, 0.5, 0.9]);
        Self { mean, p10, p50, p90 }
    }
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// What `draws` draws say of a company.
///
/// # Errors
/// If there are no draws, or too many.
pub fn uncertainty(scenario: &Scenario, draws: u32, seed: u32) -> Result<Uncertainty, Problem> {
    let mut study = Study::new(scenario, seed);
    study.advance(draws)?;
    Ok(study.answer(true))
}
