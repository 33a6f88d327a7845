//! Draws from what is believed, and what is predicted from them.

use moving_parts::approach::Variant;
use moving_parts::draw::Draws;
use moving_parts::facts;
use moving_parts::model::metrics;
use moving_parts::question::input::{Input, Moved};
use moving_parts::question::predict::{Figure, predict};
use moving_parts::question::quantile::quantile;
use moving_parts::scenario::{Scenario, Tree};

fn scenario(json: &str) -> Scenario {
    let tree: Tree = serde_json::from_str(json).expect("the test's JSON is well-formed");
    Scenario::from_tree(&tree).expect("the test's scenario is right")
}

fn figure(metrics: &[&str]) -> Figure {
    Figure { metrics: metrics.iter().map(ToString::to_string).collect(), a_month: false, years: None }
}

#[test]
fn the_quantiles_of_the_draws_are_those_that_were_said() {
    let scenario = scenario(
        r#"{"workload": {"weeklyUsers": {"p10": 1e4, "p50": 3e4, "p90": 2e5}, "cacheHitShare": {"p10": 0.2, "p50": 0.5, "p90": 0.6},
            "backgroundVcpu": {"p10": 0, "p50": 1, "p90": 5}}}"#,
    );
    let mut draws = Draws::of(&scenario, 7);
    let points: Vec<_> = (0..1024).map(|index| draws.at(index).clone().values().collect::<Vec<f64>>()).collect();
    for (path, said) in [
        ("workload.weeklyUsers", [1e4, 3e4, 2e5]),
        ("workload.cacheHitShare", [0.2, 0.5, 0.6]),
        ("workload.backgroundVcpu", [0.0, 1.0, 5.0]),
    ] {
        let slot = facts::field(path).unwrap();
        let mut drawn: Vec<f64> = points.iter().map(|point| point[slot.index()]).collect();
        drawn.sort_by(f64::total_cmp);
        for (share, expected) in [0.1, 0.5, 0.9].into_iter().zip(said) {
            let found = quantile(&drawn, share);
            assert!((found - expected).abs() <= 0.01 * said[2], "{path}: {found} at {share}, said {expected}");
        }
    }
}

#[test]
fn every_draw_stays_within_what_is_allowed() {
    for preset in facts::PRESETS {
        let scenario = Scenario::preset(preset.id).unwrap();
        let mut draws = Draws::of(&scenario, 3);
        let exact = scenario.likeliest();
        let uncertain: Vec<_> = draws.beliefs().uncertain().collect();
        for index in 0..64 {
            let point = draws.at(index);
            for (at, (drawn, likeliest)) in point.values().zip(exact.values()).enumerate() {
                let slot = moving_parts::point::Slot(at as u16);
                if uncertain.contains(&slot) {
                    let limits = scenario.limits(slot);
                    assert!(drawn >= limits.min && drawn <= limits.max, "{} {drawn}", scenario.describe(slot).0);
                } else {
                    assert_eq!(drawn, likeliest, "{} is known", scenario.describe(slot).0);
                }
            }
        }
    }
}

#[test]
fn a_seed_gives_the_same_draws_and_another_gives_others() {
    let scenario = Scenario::preset("seed-startup").unwrap();
    let draw = |seed, index| Draws::of(&scenario, seed).at(index).values().collect::<Vec<f64>>();
    assert_eq!(draw(1, 5), draw(1, 5));
    assert_ne!(draw(1, 5), draw(2, 5));
    assert_ne!(draw(1, 5), draw(1, 6));
    // Whatever was drawn before, and in whichever order a draw's numbers are read.
    let mut draws = Draws::of(&scenario, 1);
    let backwards = |point: &moving_parts::point::Point, count: usize| {
        let mut values: Vec<f64> = (0..count as u16).rev().map(|at| point.get(moving_parts::point::Slot(at))).collect();
        values.reverse();
        values
    };
    let count = draw(1, 5).len();
    backwards(draws.at(9), count);
    assert_eq!(backwards(draws.at(5), count), draw(1, 5));
}

/// numpy.quantile([1, 2, 4, 8], [0, 0.1, 0.5, 0.9, 1]) = [1, 1.3, 3, 6.8, 8]
#[test]
fn quantiles_are_those_of_numpy() {
    for (share, expected) in [(0.0, 1.0), (0.1, 1.3), (0.5, 3.0), (0.9, 6.8), (1.0, 8.0)] {
        assert!((quantile(&[1.0, 2.0, 4.0, 8.0], share) - expected).abs() < 1e-12);
    }
}

/// Of more draws than are kept from one place to the next, the further ones meet what has been moved as the first do. Moved
/// are a number that has a belief, and a fact that a field follows.
#[test]
fn a_number_is_moved_in_every_draw() {
    const DRAWS: u32 = 1100;
    let tco = metrics::find("totals.tcoUsd").unwrap();
    let preset = Scenario::preset("seed-startup").unwrap();
    let mut moved = Moved::drawn(&preset, DRAWS, 3);
    let mut link = "v1&preset=seed-startup".to_string();
    for path in ["facts.people.hourly_usd", "workload.weeklyUsers"] {
        let input = Input::find(&preset, path).unwrap();
        let value = 2.0 * input.now;
        moved.put(&input, value);
        link += &format!("&{path}={value}");
        let answers = predict(&Scenario::from_link(&link).unwrap(), "paas", &[figure(&["totals.tcoUsd"])], DRAWS, 3);
        let each = &answers.unwrap()[0];
        let mean = each.iter().sum::<f64>() / f64::from(DRAWS);
        let found = moved.figures(&[Variant::Paas], [tco])[0].values[0];
        assert!(f64::abs(found - mean) <= 1e-12 * mean, "{path}: {found}, not {mean}");
    }
}

#[test]
fn a_figure_is_the_sum_of_its_numbers() {
    let scenario = Scenario::preset("seed-startup").unwrap();
    let figures = [figure(&["lines.compute"]), figure(&["lines.waste"]), figure(&["lines.compute", "lines.waste"])];
    let answers = predict(&scenario, "paas", &figures, 16, 1).unwrap();
    for ((compute, waste), both) in answers[0].iter().zip(&answers[1]).zip(&answers[2]) {
        assert_eq!(compute + waste, *both);
        assert!(*both > 0.0);
    }
}

#[test]
fn what_cannot_be_predicted_is_refused_with_a_remedy() {
    let scenario = Scenario::preset("seed-startup").unwrap();
    let ask = |variant: &str, metric: &str, draws| {
        predict(&scenario, variant, &[figure(&[metric])], draws, 1).expect_err("this question is wrong").to_string()
    };
    assert_eq!(ask("pass", "lines.compute", 8), "variant: \"pass\" is not known; did you mean \"paas\"?");
    assert_eq!(
        ask("paas", "lines.computer", 8),
        "metric: \"lines.computer\" is not known; did you mean \"lines.compute\"?"
    );
    assert_eq!(ask("paas", "lines.compute", 0), "draws: 0 draws cannot be made; ask for 1 to 65536");
    assert_eq!(
        ask("paas", "lines.compute", 1_000_000_000),
        "draws: 1000000000 draws cannot be made; ask for 1 to 65536"
    );
}
