//! Worked examples and reference values of others, for the questions. Each test names where its values come from.

use core::f64::consts::PI;
use moving_parts::draw::{Draws, deviation, uniform};
use moving_parts::facts;
use moving_parts::model::Company;
use moving_parts::question::plan::Costs;
use moving_parts::question::sobol::{Index, Pick, evaluations, indices};
use moving_parts::question::value::{Costs as Table, perfect_information};
use moving_parts::scenario::Scenario;

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected} ± {tolerance}");
}

/// A company of so many months: only its horizon counts here.
fn months(count: u16) -> Company {
    Company::of(&Scenario::from_link(&format!("v1&finance.horizonMonths={count}")).unwrap())
}

fn halton(mut index: u32, base: u32) -> f64 {
    let (mut value, mut share) = (0.0, 1.0);
    while index > 0 {
        share /= f64::from(base);
        value += share * f64::from(index % base);
        index /= base;
    }
    value
}

fn ishigami(x: &[f64]) -> f64 {
    let [x1, x2, x3] = [x[0], x[1], x[2]].map(|u| (2.0 * u - 1.0) * PI);
    x1.sin() + 7.0 * x2.sin() * x2.sin() + 0.1 * x3.powi(4) * x1.sin()
}

fn sobol_g(x: &[f64]) -> f64 {
    x.iter().zip([0.0, 0.5, 3.0, 9.0, 99.0, 99.0]).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product()
}

/// `SALib` on the same rows: `tests/oracles/salib.py` wrote its indices. It centres by all evaluations and we by those of the
/// two samples, which is a small part of the sampling error.
#[test]
fn sobol_indices_are_those_of_salib_on_the_same_sample() {
    const PRIMES: [u32; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    let theirs: serde_json::Value = serde_json::from_str(include_str!("oracles/salib.json")).unwrap();
    let rows = theirs["rows"].as_u64().unwrap() as u32;
    for (name, f, inputs) in [("ishigami", ishigami as fn(&[f64]) -> f64, 3), ("sobol_g", sobol_g, 6)] {
        let figure = |(row, pick)| {
            let x: Vec<f64> = (0..inputs)
                .map(|input| {
                    let second = pick == Pick::B || pick == Pick::AWithB(input);
                    halton(row + 1, PRIMES[if second { inputs + input } else { input }])
                })
                .collect();
            f(&x)
        };
        let ours = indices(&evaluations(inputs, rows).map(figure).collect::<Vec<f64>>(), rows);
        let of = |key: &str, at: usize| theirs[name][key][at].as_f64().unwrap();
        for (at, Index { first, total }) in ours.iter().enumerate() {
            near(first.value, of("S1", at), 0.002);
            near(total.value, of("ST", at), 0.002);
            // Their 95 % interval is a bootstrap's; twice our standard error is of the same size.
            for (error, interval) in [(first.error, of("S1_conf", at)), (total.error, of("ST_conf", at))] {
                assert!(2.0 * error < 2.0 * interval && 2.0 * error > interval / 2.0, "{name} {at} {error} {interval}");
            }
        }
    }
}

/// C. Jackson, vignette of the `voi` package: logit(p2) = logit(p1) + β, p1 ~ Beta(5, 95), β ~ N(0.8, 0.4). By quadrature the
/// variance of p2 is 0.0035119, and knowing p1 takes 0.0018772 of it: that is its first-order index.
#[test]
fn the_first_order_index_is_the_expected_fall_of_variance() {
    let density = |x: f64| x.powi(4) * (1.0 - x).powi(94);
    let steps = 20_000;
    let sums: Vec<f64> = (0..steps)
        .scan(0.0, |sum, step| {
            *sum += density((f64::from(step) + 0.5) / f64::from(steps));
            Some(*sum)
        })
        .collect();
    let all = sums[sums.len() - 1];
    let beta = |share: f64| (sums.partition_point(|sum| *sum < share * all) as f64 + 0.5) / f64::from(steps);
    let (mut squares, mut mean, rows) = (0.0, 0.0, 8192);
    let figure = |(row, pick)| {
        let second = |input| pick == Pick::B || pick == Pick::AWithB(input);
        let p1 = beta(uniform(7, row, u32::from(second(0)) * 2));
        let shift = 0.8 + 0.4 * deviation(7, row, 1 + u32::from(second(1)) * 2);
        let p2 = 1.0 / (1.0 + (1.0 - p1) / p1 * (-shift).exp());
        if pick == Pick::A {
            mean += p2 / f64::from(rows);
            squares += p2 * p2 / f64::from(rows);
        }
        p2
    };
    let found = indices(&evaluations(2, rows).map(figure).collect::<Vec<f64>>(), rows);
    near(squares - mean * mean, 0.003_511_9, 1e-4);
    near(found[0].first.value, 0.001_877_2 / 0.003_511_9, 0.02);
}

/// Unit normal loss L(0) = 0.3989 and L(0.69) = 0.1453 (Render and Stair): what perfect information is worth where one of
/// two options costs so many standard deviations less in the mean.
#[test]
fn perfect_information_on_a_normal_difference_is_the_unit_normal_loss() {
    for (d, loss) in [(0.0, 0.3989), (0.69, 0.1453)] {
        let rows: Vec<f64> = (0..1 << 15).flat_map(|index| [0.0, d + deviation(11, index, 0)]).collect();
        near(perfect_information(&Table::new(&rows, 2)).value, loss, 2e-4);
    }
}

/// SciPy's documentation of `qmc.Sobol`: the first eight points in two dimensions fill every box of eight equal ones once.
/// Owen's scrambling keeps that property, and so do our draws.
#[test]
fn the_points_are_a_net() {
    for seed in 0..20 {
        for (columns, rows) in [(8, 1), (4, 2), (2, 4), (1, 8)] {
            let mut boxes = [0; 8];
            for index in 0..8 {
                let [x, y] = [0, 1].map(|dimension| uniform(seed, index, dimension));
                boxes[(x * f64::from(columns)) as usize * rows + (y * rows as f64) as usize] += 1;
            }
            assert_eq!(boxes, [1; 8], "seed {seed}, {columns} by {rows}");
        }
    }
}

/// Squiggle's test of `2 to 5`: μ = 1.1512925, σ = 0.3574927, and so mean exp(μ + σ²/2) and its deviation.
#[test]
fn a_range_without_a_middle_is_the_log_normal_of_its_ends() {
    let scenario = Scenario::from_link("v1&workload.cpuMsPerRequest=2..5").unwrap();
    let slot = facts::field("workload.cpuMsPerRequest").unwrap();
    let (mu, sigma): (f64, f64) = (1.151_292_546_497_022_7, 0.357_492_728_544_548_8);
    near(scenario.value(slot), mu.exp(), 1e-12);
    let mut draws = Draws::of(&scenario, 5);
    let count = 1 << 14;
    let logs: Vec<f64> = (0..count).map(|index| draws.at(index).get(slot).ln()).collect();
    let mean = logs.iter().sum::<f64>() / f64::from(count);
    let variance = logs.iter().map(|log| (log - mean) * (log - mean)).sum::<f64>() / f64::from(count);
    near(mean, mu, 1e-4);
    near(variance.sqrt(), sigma, 1e-3);
    let plain = logs.iter().map(|log| log.exp()).sum::<f64>() / f64::from(count);
    near(plain, (mu + sigma * sigma / 2.0).exp(), 1e-3);
}

/// Wagner and Whitin, Management Science 5(1), 1958: twelve periods, 864. Snyder and Shen, example 3.9: four periods, 1,380.
/// To set up is to enter; what is made for later periods is held.
#[test]
fn lot_sizing_has_the_published_costs() {
    let least = |demand: &[f64], setup: &[f64], holding: f64| {
        let hold = |begin: usize, end: usize| {
            (begin..end).map(|period| demand[period] * (period - begin) as f64 * holding).sum::<f64>()
        };
        let costs = Costs::of_stages(
            &months(demand.len() as u16),
            |_, begin, end| hold(begin, end),
            |_, _, month| setup[month],
        );
        costs.cheapest().unwrap().usd
    };
    let demand = [69.0, 29.0, 36.0, 61.0, 61.0, 26.0, 34.0, 67.0, 45.0, 67.0, 79.0, 56.0];
    let setup = [85.0, 102.0, 102.0, 101.0, 98.0, 114.0, 105.0, 86.0, 119.0, 110.0, 98.0, 114.0];
    near(least(&demand, &setup, 1.0), 864.0, 1e-9);
    // Up to each period: the same paper's table, computed again.
    let along = [85.0, 114.0, 186.0, 277.0, 348.0, 400.0, 469.0, 555.0, 600.0, 710.0, 789.0, 864.0];
    for (periods, expected) in (1..=12).zip(along) {
        near(least(&demand[..periods], &setup, 1.0), expected, 1e-9);
    }
    near(least(&[90.0, 120.0, 80.0, 70.0], &[500.0; 4], 2.0), 1380.0, 1e-9);
}

/// M. A. Trick, A Tutorial on Dynamic Programming: a machine of 1,000 that is traded in after one to three years, over five
/// years: 1,280.
#[test]
fn equipment_replacement_has_the_published_cost() {
    let keep = |begin: usize, end: usize| match end - begin {
        1 => 60.0 - 800.0,
        2 => 60.0 + 80.0 - 600.0,
        3 => 60.0 + 80.0 + 120.0 - 500.0,
        _ => f64::INFINITY,
    };
    let costs = Costs::of_stages(&months(5), |_, begin, end| keep(begin, end), |_, _, _| 1000.0);
    let plan = costs.cheapest().unwrap();
    near(plan.usd, 1280.0, 1e-9);
    let mut kept: Vec<u16> = plan.stages.iter().map(|stage| stage.to - stage.from + 1).collect();
    kept.sort_unstable();
    assert_eq!(kept, [1, 1, 3]);
}
