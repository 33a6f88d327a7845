//! What it is worth to know everything, or one input.

use super::support::scenario;
use moving_parts::approach::Variant;
use moving_parts::draw::{deviation, normal_quantile};
use moving_parts::question::uncertainty::uncertainty;
use moving_parts::question::value::{Costs, least, partial_information, perfect_information};

#[test]
fn what_everything_is_worth_has_the_error_of_a_mean() {
    let other = [0.0, 30.0, 4.0, 26.0, 10.0, 20.0];
    let rows: Vec<f64> = other.iter().flat_map(|usd| [10.0, *usd]).collect();
    // The first costs less in the mean: 10 of 15. It is regretted where the other costs less than it: by 10 and by 6.
    let regrets = [10.0, 0.0, 6.0, 0.0, 0.0, 0.0];
    let mean = 16.0 / 6.0;
    let variance = regrets.iter().map(|regret: &f64| (regret - mean).powi(2)).sum::<f64>() / 6.0;
    let found = perfect_information(&Costs::new(&rows, 2));
    assert!((found.value - mean).abs() < 1e-12 && (found.error - f64::sqrt(variance / 6.0)).abs() < 1e-12, "{found:?}");
    let alike = perfect_information(&Costs::new(&[0.1, 0.3].repeat(7), 2));
    assert_eq!((alike.value, alike.error), (0.0, 0.0));
    // Of the first draws alone, and of equal costs the first.
    let costs = Costs::new(&rows, 2);
    assert_eq!(costs.first(4).rows().collect::<Vec<_>>(), rows.chunks(2).take(4).collect::<Vec<_>>());
    assert_eq!(costs.first(9).draws(), 6);
    assert_eq!(least(&[2.0, 1.0, 1.0]), 1);
}

/// One option costs more than another by a normal number, which is known: its worth is the unit normal loss
/// L(d) = φ(d) − d·(1 − Φ(d)), the deviation drawn towards zero by what chance would make of it.
#[test]
fn what_one_input_is_worth_is_the_loss_of_its_drawn_in_normal() {
    let draws = 64;
    // Every eighth of the draws has values from everywhere.
    let z: Vec<f64> =
        (0..draws).map(|at| normal_quantile((f64::from(at * 37 % draws) + 0.5) / f64::from(draws))).collect();
    let (more, deviation) = (150.0, 100.0);
    // So few draws vary a little less than all do; chance takes one part in their number.
    let square = z.iter().map(|z| z * z).sum::<f64>() / f64::from(draws);
    let drawn_in = deviation * (square - 1.0 / f64::from(draws));
    let d = more / drawn_in;
    let density = libm::exp(-d * d / 2.0) / f64::sqrt(2.0 * core::f64::consts::PI);
    let expected = drawn_in * (density - d * libm::erfc(d / f64::sqrt(2.0)) / 2.0);
    let worth = |shared: fn(f64) -> f64| {
        let rows: Vec<f64> = z.iter().flat_map(|z| [shared(*z), shared(*z) + more + deviation * z]).collect();
        partial_information(&Costs::new(&rows, 2), &z)
    };
    let found = worth(|_| 0.0);
    assert!((found.value / expected - 1.0).abs() < 0.04, "{found:?} {expected}");
    // What all cost alike is no reason to choose, nor is an option that costs more whatever the number is.
    let beside = worth(|z| 1000.0 + 300.0 * z + 50.0 * z * z);
    let rows: Vec<f64> = z.iter().flat_map(|z| [0.0, more + deviation * z, 2000.0 - deviation * z]).collect();
    for other in [beside, partial_information(&Costs::new(&rows, 3), &z)] {
        assert!((found.value / other.value - 1.0).abs() < 1e-9 && (found.error / other.error - 1.0).abs() < 1e-9);
    }
}

/// The jackknife, over tables from which an eighth of the draws has really been taken out.
#[test]
fn the_error_of_what_one_input_is_worth_is_that_of_leaving_out_parts_of_the_draws() {
    let draws = 1024;
    let z: Vec<f64> = (0..draws).map(|index| deviation(5, index, 0)).collect();
    let rows: Vec<f64> =
        z.iter().zip(0..).flat_map(|(z, index)| [0.0, 30.0 + 100.0 * z + 80.0 * deviation(5, index, 1)]).collect();
    let found = partial_information(&Costs::new(&rows, 2), &z);
    let others: Vec<f64> = (0..32)
        .map(|block| {
            let kept = |at: &usize| at * 32 / draws as usize != block;
            let rows: Vec<f64> =
                rows.chunks(2).enumerate().filter(|(at, _)| kept(at)).flat_map(|(_, row)| row).copied().collect();
            let z: Vec<f64> = z.iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, z)| *z).collect();
            partial_information(&Costs::new(&rows, 2), &z).value
        })
        .collect();
    let mean = others.iter().sum::<f64>() / 32.0;
    let error = f64::sqrt(others.iter().map(|other| (other - mean).powi(2)).sum::<f64>() * 31.0 / 32.0);
    assert!((found.error / error - 1.0).abs() < 0.02, "{found:?} {error}");
}

#[test]
fn knowing_one_thing_is_worth_no_more_than_knowing_everything() {
    // Over ranges as wide as the last one's, no polynomial follows the costs, and a few draws decide what anything is worth.
    let wide = "seed-startup&workload.weeklyUsers=1000..10000000&team.developers=2..200";
    for preset in ["shermans-2011", "series-b-b2b", "hundred-microservices", wide] {
        let found = uncertainty(&scenario(&format!("preset={preset}")), 2048, 1).unwrap();
        assert!(found.perfect.value > 0.0 && found.perfect.error < found.perfect.value);
        assert!(!found.worth.is_empty() || preset == wide, "{preset}");
        for worth in &found.worth {
            assert!(worth.usd.value <= found.perfect.value, "{preset} {worth:?}");
            assert!(worth.usd.value > 2.0 * worth.usd.error, "{preset} {worth:?}");
        }
        assert!(found.worth.windows(2).all(|pair| pair[0].usd.value >= pair[1].usd.value));
    }
}

/// A lead that only the farthest draws turn, by far: a curve through all of them promises more than there is to be had.
#[test]
fn what_a_curve_promises_beyond_everything_is_what_choosing_by_it_saves() {
    let z: Vec<f64> = (0..64).map(|at| normal_quantile((f64::from(at * 37 % 64) + 0.5) / 64.0)).collect();
    let rows: Vec<f64> = z.iter().flat_map(|z| [0.0, if *z > 2.2 { 1000.0 - 900.0 * z } else { 1000.0 }]).collect();
    let costs = Costs::new(&rows, 2);
    let (all, one) = (perfect_information(&costs), partial_information(&costs, &z));
    assert!(all.value > 0.0 && one.value <= all.value, "{one:?} {all:?}");
}

/// Among hundreds of inputs some go along with who costs least by chance. What only a variant reads that is the cheapest in hardly
/// a draw tells nothing of who is.
#[test]
fn what_only_moves_a_variant_that_hardly_ever_wins_is_worth_nothing() {
    for seed in 1..=4 {
        let base = scenario("preset=indie-saas");
        let found = uncertainty(&base, 4096, seed).unwrap();
        let clusters = |variant| [Variant::ManagedKubernetes, Variant::SelfRunKubernetes].contains(&variant);
        assert!(found.odds.iter().filter(|odds| clusters(odds.variant)).all(|odds| odds.chance_best < 0.005));
        let worth: Vec<String> = found.worth.iter().map(|worth| base.describe(worth.slot).0).collect();
        assert!(!worth.iter().any(|path| path.contains("certificate")), "{seed}: {worth:?}");
    }
}
