//! What the model predicts of one variant when its inputs are only believed: figures at many draws.

use crate::approach::Variant;
use crate::draw::{Draws, MAX_DRAWS};
use crate::explain::Plain;
use crate::model::availability::Outages;
use crate::model::ledger::Ledger;
use crate::model::{Company, metrics, timeline};
use crate::scenario::{Problem, Scenario};
use rand_distr::{Distribution, Gamma, Poisson};
use rand_pcg::Pcg64Mcg;

/// A figure of one variant: numbers of an outcome, added up.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Ids of the numbers, such as `lines.compute`.
    pub metrics: Vec<String>,
    /// Whether they are sums over the horizon of which a month's share is meant.
    pub a_month: bool,
    /// The years over which hours down were observed, where it is these that are asked for: they are what luck makes of
    /// the hours expected.
    pub years: Option<f64>,
}

/// What the figures of a variant are in each of `draws` draws: a list for every figure, in their order.
///
/// # Errors
/// If the variant or a metric is not known, if a figure has no metric, or if there are no draws or too many.
pub fn predict(
    scenario: &Scenario,
    variant: &str,
    figures: &[Figure],
    draws: u32,
    seed: u32,
) -> Result<Vec<Vec<f64>>, Problem> {
    let variant: Variant = super::variant(variant, "variant")?;
    super::draws(draws, 1..=MAX_DRAWS)?;
    let places = figures
        .iter()
        .map(|figure| figure.metrics.iter().map(|id| super::metric(id)).collect::<Result<Vec<usize>, Problem>>())
        .collect::<Result<Vec<_>, Problem>>()?;
    let months = metrics::known("totals.levelMonths");
    let company = Company::of(scenario);
    let mut draws_of = Draws::of(scenario, seed);
    let mut ledger = Ledger::new(0.0, usize::from(company.months));
    let mut answers = vec![Vec::with_capacity(draws as usize); figures.len()];
    for index in 0..draws {
        let context = timeline::context(Plain(draws_of.at(index)), &company);
        let played = timeline::play(&context, variant, &mut ledger);
        let numbers: [f64; metrics::COUNT] = played.numbers;
        let mut luck = Pcg64Mcg::new(u128::from(seed) << 32 | u128::from(index));
        for ((figure, places), answer) in figures.iter().zip(&places).zip(&mut answers) {
            let sum: f64 = places.iter().map(|place| numbers[*place]).sum();
            answer.push(match figure.years {
                Some(years) => hours_down(&played.outages, years, &mut luck) / years,
                None if figure.a_month => sum / numbers[months],
                None => sum,
            });
        }
    }
    Ok(answers)
}

/// Hours down in so many years, as luck has it: so many outages of each kind as come, each as long as it takes.
fn hours_down(outages: &Outages<f64>, years: f64, luck: &mut Pcg64Mcg) -> f64 {
    let of_kind = |(rate, length): (f64, f64)| {
        let count = Poisson::new(rate * years).map_or(0.0, |outages| outages.sample(luck));
        // Lengths are exponential: the sum of so many is a gamma.
        if count > 0.0 { Gamma::new(count, length).map_or(0.0, |hours| hours.sample(luck)) } else { 0.0 }
    };
    outages.kinds().map(of_kind).sum()
}

/// The value below which a share of the sorted numbers lies, between two of them in proportion: what numpy calls
/// `linear`. 0 where there are no numbers.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    if sorted.is_empty() {
        return 0.0;
    }
    let (low, part) = place(sorted.len(), share);
    let high = (low + 1).min(sorted.len() - 1);
    between(sorted[low], sorted[high], part)
}

/// The same for several shares, in rising order, of numbers in any order: they are put in order no further than that
/// takes.
#[must_use]
pub fn quantiles<const N: usize>(numbers: &mut [f64], shares: [f64; N]) -> [f64; N] {
    let count = numbers.len();
    // What is below an earlier share is below the later ones: `rest` is what is not, and `before` how many are.
    let (mut rest, mut before) = (numbers, 0);
    shares.map(|share| {
        if count == 0 {
            return 0.0;
        }
        let (at, part) = place(count, share);
        let (_, low, above) = rest.select_nth_unstable_by(at - before, f64::total_cmp);
        let low = *low;
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        rest = &mut std::mem::take(&mut rest)[at - before..];
        before = at;
        between(low, high, part)
    })
}

/// Where the quantile of a share stands among so many sorted numbers: at the one of this index, and this part of the way
/// to the next.
fn place(count: usize, share: f64) -> (usize, f64) {
    let place = share * (count - 1) as f64;
    let low = (f64::floor(place) as usize).min(count - 1);
    (low, place - low as f64)
}

fn between(low: f64, high: f64, part: f64) -> f64 {
    low + (high - low) * part
}
