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
    /// the hours expected, at the address that is watched.
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
