//! Which input a figure's variance comes from: Sobol indices by pick and freeze.

use super::value::Estimate;
use serde::Serialize;

/// What an input explains of the variance of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Index {
    /// Alone: the variance would be less by so much if the input were known.
    pub first: Estimate,
    /// With all its interactions: so much would be left if all others were known.
    pub total: Estimate,
}

/// From which of two independent samples each input is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// All from the first.
    A,
    /// All from the second.
    B,
    /// All from the first, but for this one.
    AWithB(usize),
}

/// The evaluations that the indices of so many inputs (or groups of them) take, from so many rows of two samples.
pub fn evaluations(inputs: usize, rows: u32) -> impl ExactSizeIterator<Item = (u32, Pick)> {
    (0..rows as usize * (inputs + 2)).map(move |at| evaluation(at, rows))
}

/// The row and the pick of an evaluation, counted from 0: all rows of a pick, then those of the next.
#[must_use]
pub const fn evaluation(at: usize, rows: u32) -> (u32, Pick) {
    let (pick, row) = (at / rows as usize, at % rows as usize);
    let pick = match pick {
        0 => Pick::A,
        1 => Pick::B,
        _ => Pick::AWithB(pick - 2),
    };
    (row as u32, pick)
}

/// The Sobol indices of a figure, from what it is in all [`evaluations`] of so many rows of two samples.
///
/// First-order indices by the estimator of Saltelli et al. (Computer Physics Communications 181, 2010), total ones by that
/// of Jansen (1999), the two that `SALib` and `SciPy` use. The errors are those of the means that they are, as if rows
/// were independent. A figure that never varies has indices of zero.
#[must_use]
pub fn indices(figures: &[f64], rows: u32) -> Vec<Index> {
    let count = f64::from(rows);
    let mut samples = figures.chunks_exact(rows as usize);
    let [Some(a), Some(b)] = [samples.next(), samples.next()] else { return Vec::new() };
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * count);
    // Centred, so that the products below are no differences of large numbers.
    let centred = |sample: &[f64]| sample.iter().map(|value| value - mean).collect::<Vec<f64>>();
    let (a, b) = (centred(a), centred(b));
    let variance = a.iter().chain(&b).map(|value| value * value).sum::<f64>() / (2.0 * count);
    let none = Estimate { value: 0.0, error: 0.0 };
    let estimate = |terms: Vec<f64>| {
        let mean = terms.iter().sum::<f64>() / count;
        let spread = terms.iter().map(|term| (term - mean) * (term - mean)).sum::<f64>() / count;
        Estimate { value: mean / variance, error: f64::sqrt(spread / count) / variance }
    };
    samples
        .map(|mixed| {
            if variance <= 0.0 {
                return Index { first: none, total: none };
            }
            let mixed = centred(mixed);
            let rows = || a.iter().zip(&b).zip(&mixed);
            Index {
                first: estimate(rows().map(|((a, b), mixed)| b * (mixed - a)).collect()),
                total: estimate(rows().map(|((a, _), mixed)| 0.5 * (a - mixed) * (a - mixed)).collect()),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::uniform;
    use core::f64::consts::PI;

    fn of(dimensions: u32, draws: u32, f: impl Fn(&[f64]) -> f64) -> Vec<Index> {
        let figure = |(row, pick)| {
            let x: Vec<f64> = (0..dimensions)
                .map(|dimension| {
                    let second = pick == Pick::B || pick == Pick::AWithB(dimension as usize);
                    uniform(3, row, if second { dimensions + dimension } else { dimension })
                })
                .collect();
            f(&x)
        };
        let figures: Vec<f64> = evaluations(dimensions as usize, draws).map(figure).collect();
        indices(&figures, draws)
    }

    /// Closed form for a = 7, b = 0.1 (Saltelli et al., Global Sensitivity Analysis: The Primer, 2008).
    #[test]
    fn ishigami_has_the_indices_of_its_closed_form() {
        let found = of(3, 16_384, |x| {
            let [x1, x2, x3] = [x[0], x[1], x[2]].map(|u| (2.0 * u - 1.0) * PI);
            libm::sin(x1) + 7.0 * libm::pow(libm::sin(x2), 2.0) + 0.1 * libm::pow(x3, 4.0) * libm::sin(x1)
        });
        let first = [0.313_905_191_147_811, 0.442_411_144_790_041, 0.0];
        let total = [0.557_588_855_209_959, 0.442_411_144_790_041, 0.243_683_664_062_148];
        for ((index, first), total) in found.iter().zip(first).zip(total) {
            assert!(f64::abs(index.first.value - first) < 0.02, "{index:?} {first}");
            assert!(f64::abs(index.total.value - total) < 0.02, "{index:?} {total}");
            assert!(f64::abs(index.first.value - first) < 4.0 * index.first.error + 1e-9, "{index:?}");
        }
    }

    /// Closed form of the g-function: V = 1 / (3 (1 + a)²).
    #[test]
    fn the_g_function_has_the_indices_of_its_closed_form() {
        let a = [0.0, 0.5, 3.0, 9.0, 99.0, 99.0];
        let found =
            of(6, 16_384, |x| x.iter().zip(a).map(|(x, a)| (f64::abs(4.0 * x - 2.0) + a) / (1.0 + a)).product());
        let parts = a.map(|a| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        let all = parts.iter().map(|part| 1.0 + part).product::<f64>() - 1.0;
        for (index, part) in found.iter().zip(parts) {
            let total = part / all * (all + 1.0) / (1.0 + part);
            assert!(f64::abs(index.first.value - part / all) < 0.02, "{index:?}");
            assert!(f64::abs(index.total.value - total) < 0.02, "{index:?}");
        }
    }

    #[test]
    fn a_figure_that_never_varies_comes_from_nothing() {
        assert!(of(2, 64, |_| 5.0).iter().all(|index| index.first.value == 0.0 && index.total.value == 0.0));
    }
}
