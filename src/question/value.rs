//! What it is worth to know more before deciding: expected value of perfect information, of all inputs and of one.
//!
//! Costs are a table of draws by options; less is better. What is worth knowing is what the best choice would cost less
//! if it could be made afterwards.

use serde::Serialize;

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// Its standard error, as if the draws were independent. Those of a Sobol sequence are better than that.
    pub error: f64,
}

/// Costs of some options in each draw, draw by draw.
#[derive(Clone, Copy, Debug)]
pub struct Costs<'c> {
    rows: &'c [f64],
    options: usize,
}

/// Degree of the polynomials that stand for what an input says of a cost.
const DEGREE: usize = 4;

/// Blocks of draws, each left out in turn to see how certain an estimate is.
pub const BLOCKS: usize = 32;

/// Values of an input over which the best choice is averaged: so many equally likely ones.
const NODES: usize = 128;

impl<'c> Costs<'c> {
    /// A table with a row of `options` costs for each draw.
    ///
    /// # Panics
    /// If a row is not whole.
    #[must_use]
    pub fn new(rows: &'c [f64], options: usize) -> Self {
        assert!(options > 0 && rows.len().is_multiple_of(options), "every draw has a cost for each option");
        Self { rows, options }
    }

    /// Those of the first draws, so many at most.
    #[must_use]
    pub fn first(&self, draws: usize) -> Self {
        let rows = self.rows.len().min(draws * self.options);
        Self { rows: &self.rows[..rows], options: self.options }
    }

    /// The costs of each draw.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &'c [f64]> {
        self.rows.chunks_exact(self.options)
    }

    /// How many draws there are.
    #[must_use]
    pub const fn draws(&self) -> usize {
        self.rows.len() / self.options
    }

    /// The mean cost of each option.
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.options];
        for row in self.rows() {
            sums.iter_mut().zip(row).for_each(|(sum, cost)| *sum += cost);
        }
        sums.iter().map(|sum| sum / self.draws() as f64).collect()
    }
}

/// The index of the least of some numbers; the first one wins a tie.
#[must_use]
pub fn least(numbers: &[f64]) -> usize {
    (1..numbers.len()).fold(0, |best, next| if numbers[next] < numbers[best] { next } else { best })
}

/// What it would be worth to know everything: the expected regret of the option that is best in the mean.
#[must_use]
pub fn perfect_information(costs: &Costs) -> Estimate {
    let best = least(&costs.means());
    mean_of(costs.rows().map(|row| row[best] - row[least(row)]))
}

/// The mean of what is saved in each draw, and the error of a mean; what loses is not done.
fn mean_of(saved: impl ExactSizeIterator<Item = f64>) -> Estimate {
    let draws = saved.len() as f64;
    let (mut sum, mut squares) = (0.0, 0.0);
    for usd in saved {
        sum += usd;
        squares += usd * usd;
    }
    let mean = sum / draws;
    let variance = squares / draws - mean * mean;
    let value = if mean > 0.0 { mean } else { 0.0 };
    Estimate { value, error: f64::sqrt(if variance > 0.0 { variance / draws } else { 0.0 }) }
}

/// What it would be worth to know one input, given how many standard deviations from its middle each draw has it.
///
/// The mean cost of an option, given the input, is estimated by regression on Hermite polynomials of these deviations,
/// which are orthogonal, so that each coefficient is a mean (a regression-based EVPPI as of Strong, Oakley and Brennan,
/// Medical Decision Making 34, 2014). A coefficient is drawn towards zero by as much as chance would make it. The error
/// is that of leaving out each of [`BLOCKS`] parts of the draws in turn.
///
/// Where the polynomials promise more than knowing everything would save, they are off: then it is what choosing by them
/// saves in the draws themselves, which is never more than that.
#[must_use]
pub fn partial_information(costs: &Costs, deviations: &[f64]) -> Estimate {
    let fit = Fit::of(costs, deviations);
    let curves = fit.curves(None);
    let value = fit.gain(&curves);
    if value > perfect_information(costs).value {
        let chosen = |z: f64| least(&costs_at(&curves, &hermite(z)).collect::<Vec<f64>>());
        return mean_of(costs.rows().zip(deviations).map(|(row, z)| row[fit.best] - row[chosen(*z)]));
    }
    let others: Vec<f64> = (0..BLOCKS).map(|block| fit.gain(&fit.curves(Some(block)))).collect();
    let mean = others.iter().sum::<f64>() / BLOCKS as f64;
    let spread: f64 = others.iter().map(|other| (other - mean) * (other - mean)).sum();
    let error = f64::sqrt(spread * (BLOCKS as f64 - 1.0) / BLOCKS as f64);
    Estimate { value: if value > 0.0 { value } else { 0.0 }, error }
}

/// The same without its error, and whatever the polynomials promise: enough to see which inputs come first.
#[must_use]
pub fn promised_by(costs: &Costs, deviations: &[f64]) -> f64 {
    let fit = Fit::of(costs, deviations);
    fit.gain(&fit.curves(None))
}

/// What a cost is in the mean, given an input: a polynomial of its deviation, by its coefficients.
type Curve = [f64; DEGREE + 1];

/// What the draws say of each option's cost over the one that is best in the mean, block by block.
struct Fit {
    best: usize,
    blocks: Vec<Block>,
    /// The polynomials at the values of the input over which the best choice is averaged.
    nodes: Vec<Curve>,
}

/// Sums over the draws of a block: how many there are, and by option.
#[derive(Clone, Default)]
struct Block {
    draws: f64,
    options: Vec<Sums>,
}

/// Sums of the difference times each polynomial, and of its square.
#[derive(Clone, Copy, Default)]
struct Sums {
    by_basis: Curve,
    squares: f64,
}

impl Fit {
    fn of(costs: &Costs, deviations: &[f64]) -> Self {
        let best = least(&costs.means());
        let empty = Block { draws: 0.0, options: vec![Sums::default(); costs.options] };
        let mut blocks = vec![empty; BLOCKS];
        for (index, (row, z)) in costs.rows().zip(deviations).enumerate() {
            let block = &mut blocks[index * BLOCKS / costs.draws()];
            let basis = hermite(*z);
            block.draws += 1.0;
            for (sums, cost) in block.options.iter_mut().zip(row) {
                let difference = cost - row[best];
                sums.squares += difference * difference;
                sums.by_basis.iter_mut().zip(&basis).for_each(|(sum, value)| *sum += difference * value);
            }
        }
        let node = |node: usize| hermite(crate::draw::normal_quantile((node as f64 + 0.5) / NODES as f64));
        Self { best, blocks, nodes: (0..NODES).map(node).collect() }
    }

    /// The curve of each option from all blocks, or from all but one.
    fn curves(&self, left_out: Option<usize>) -> Vec<Curve> {
        let kept = || self.blocks.iter().enumerate().filter(|(at, _)| Some(*at) != left_out).map(|(_, block)| block);
        let draws: f64 = kept().map(|block| block.draws).sum();
        (0..self.blocks[0].options.len())
            .map(|option| {
                let (mut curve, mut squares) = ([0.0; DEGREE + 1], 0.0);
                for block in kept() {
                    let sums = &block.options[option];
                    squares += sums.squares;
                    curve.iter_mut().zip(&sums.by_basis).for_each(|(mean, sum)| *mean += sum / draws);
                }
                let by_chance = (squares / draws - curve[0] * curve[0]) / draws;
                for coefficient in &mut curve[1..] {
                    let square = *coefficient * *coefficient;
                    *coefficient *= if square > by_chance { 1.0 - by_chance / square } else { 0.0 };
                }
                curve
            })
            .collect()
    }

    /// What the option that costs least at each value of the input costs less than the one that does so in the mean.
    fn gain(&self, curves: &[Curve]) -> f64 {
        let least = |costs: &mut dyn Iterator<Item = f64>| {
            costs.fold(f64::INFINITY, |least: f64, cost: f64| if cost < least { cost } else { least })
        };
        let after: f64 = self.nodes.iter().map(|basis| least(&mut costs_at(curves, basis))).sum();
        least(&mut curves.iter().map(|curve| curve[0])) - after / NODES as f64
    }
}

/// The cost of each option where the polynomials have these values.
fn costs_at(curves: &[Curve], basis: &Curve) -> impl Iterator<Item = f64> {
    curves.iter().map(|curve| sum_of(curve, basis))
}

/// A sum of polynomials, each with its coefficient.
fn sum_of(coefficients: &Curve, basis: &Curve) -> f64 {
    coefficients.iter().zip(basis).map(|(coefficient, value)| coefficient * value).sum()
}

/// Hermite polynomials of a standard normal number, of mean square one.
fn hermite(z: f64) -> Curve {
    let mut basis = [1.0, z, 0.0, 0.0, 0.0];
    for degree in 1..DEGREE {
        let (n, next) = (degree as f64, degree as f64 + 1.0);
        basis[degree + 1] = (z * basis[degree] - f64::sqrt(n) * basis[degree - 1]) / f64::sqrt(next);
    }
    basis
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::deviation;

    /// Keep as it is (0), or gain p1 − p2 with p1 ~ N(1, 1) and p2 ~ N(0, 2): the values of the `voi` package's
    /// vignette, and the unit normal loss L(d) = φ(d) − d·(1 − Φ(d)): √5·L(1/√5) for all, 1·L(1) for p1.
    #[test]
    fn two_normals_give_the_closed_forms() {
        let draws = 1 << 13;
        let z: Vec<[f64; 2]> = (0..draws).map(|index| [deviation(5, index, 0), deviation(5, index, 1)]).collect();
        let rows: Vec<f64> = z.iter().flat_map(|[p1, p2]| [0.0, -(1.0 + p1 - 2.0 * p2)]).collect();
        let costs = Costs::new(&rows, 2);
        let all = perfect_information(&costs);
        assert!(f64::abs(all.value - 0.479_810_7) < 0.001 && all.error < 0.011, "{all:?}");
        let first: Vec<f64> = z.iter().map(|[p1, _]| *p1).collect();
        let second: Vec<f64> = z.iter().map(|[_, p2]| *p2).collect();
        // L(1) = 0.0833155; for p2, 2·L(1/2) = 2 · 0.1977966.
        for (deviations, expected) in [(first, 0.083_315_5), (second, 0.395_593_1)] {
            let one = partial_information(&costs, &deviations);
            assert!(f64::abs(one.value - expected) < 0.01 + 3.0 * one.error && one.error < 0.02, "{one:?} {expected}");
        }
        let nothing: Vec<f64> = (0..draws).map(|index| deviation(5, index, 2)).collect();
        assert!(partial_information(&costs, &nothing).value < 1e-3);
    }

    /// Heizer and Render, module A: large 200,000 or −180,000, small 100,000 or −20,000, nothing; even odds.
    #[test]
    fn a_decision_table_gives_the_published_value() {
        let rows = [-200_000.0, -100_000.0, 0.0, 180_000.0, 20_000.0, 0.0];
        let costs = Costs::new(&rows, 3);
        assert_eq!(costs.means(), [-10_000.0, -40_000.0, 0.0]);
        assert_eq!(perfect_information(&costs).value, 60_000.0);
    }
}
