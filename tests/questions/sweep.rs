//! A figure along one number or over two, who costs least where, and the borders.

use super::support::{axis, scenario};
use moving_parts::approach::Variant;
use moving_parts::facts::FIELDS;
use moving_parts::model::Company;
use moving_parts::question::compare::compare;
use moving_parts::question::sweep::{Axis, Over, sweep, winners};
use moving_parts::question::uncertainty::{TOLD, uncertainty};
use moving_parts::scenario::{Kind, Scenario};

#[test]
fn a_sweep_says_what_compare_says_at_each_place_and_where_the_border_is() {
    let base = scenario("preset=shermans-2011");
    let axes = [axis("workload.weeklyUsers", 1e4, 1e7, 7), axis("team.hourlyUsd", 20.0, 200.0, 5)];
    let swept = sweep(&base, &axes, "labour.hoursPerMonth", &[], Over::default()).unwrap();
    assert_eq!(swept.winners.len(), 35);
    for (row, hourly) in swept.axes[1].values.iter().enumerate() {
        for (column, users) in swept.axes[0].values.iter().enumerate() {
            let link = format!("preset=shermans-2011&workload.weeklyUsers={users}&team.hourlyUsd={hourly}");
            let comparison = compare(&scenario(&link));
            let cell = row * 7 + column;
            assert_eq!(swept.winners[cell].map(|at| swept.variants[at]), comparison.best, "{link}");
            for (at, outcome) in comparison.outcomes.iter().enumerate() {
                assert_eq!(swept.values[at][cell], outcome.metric("labour.hoursPerMonth").unwrap(), "{link}");
                assert_eq!(swept.feasible[at][cell], outcome.feasible(), "{link}");
            }
        }
    }
    assert_eq!(swept.winner, compare(&base).best);
    for (axis, key) in swept.axes.iter().zip(["workload.weeklyUsers", "team.hourlyUsd"]) {
        for border in axis.borders.iter().flatten() {
            let at = |value: f64| compare(&scenario(&format!("preset=shermans-2011&{key}={value}"))).best;
            assert_eq!(at(border.at), border.winner);
            assert_ne!(border.winner, swept.winner);
            // A hair nearer it is still as it was.
            let nearer = border.at + (axis.now - border.at) * 1e-6;
            assert_eq!(at(nearer), swept.winner, "{key} {border:?}");
            assert!((border.factor.unwrap() - border.at / axis.now).abs() < 1e-12);
        }
    }
    assert!(
        swept.axes.iter().any(|axis| axis.borders.iter().any(Option::is_some)),
        "the answer has a border somewhere"
    );
}

#[test]
fn the_border_of_a_scenario_beside_the_axis_is_where_its_answer_ends() {
    let path = "workload.weeklyUsers";
    // Little traffic, so that no port and no platform's limit ends it first, and no database: see below.
    let company = "preset=shermans-2011&workload.egressKbPerRequest=1&data.stores=0";
    let of = |users: f64| scenario(&format!("{company}&{path}={users}"));
    let borders = |users: f64, from: f64, to: f64| {
        let swept = sweep(&of(users), &[axis(path, from, to, 5)], "totals.tcoUsd", &[], Over::default()).unwrap();
        swept.axes[0].borders.map(|border| border.map(|border| (border.at, border.winner)))
    };
    let now = 4e6;
    let (above, winner) = borders(now, now, 1e10)[1].expect("more users change the answer");
    let [behind, ahead] = borders(now, above * 2.0, above * 4.0);
    let (at, beyond) = ahead.expect("the answer ends before the axis begins");
    assert!((at / above - 1.0).abs() < 1e-6 && beyond == winner, "{at} {above}");
    assert_eq!(behind, None);
    // The same from beyond the axis downwards: the answer ends where the other begins.
    let [ahead, behind] = borders(above * (1.0 + 1e-4), 1e3, now);
    let (at, beyond) = ahead.expect("the answer ends before the axis does");
    assert!((at / above - 1.0).abs() < 1e-6 && beyond == compare(&of(now)).best, "{at} {above}");
    assert_eq!(behind, None);
    assert_eq!(borders(now, now * 1.001, f64::midpoint(now, above)), [None, None]);
}

/// Where plans of databases make steps of what is all but a tie, the answer changes to and fro.
#[test]
fn of_several_borders_beside_the_axis_one_is_told_and_the_answer_ends_there() {
    let path = "workload.weeklyUsers";
    let of = |users: f64| scenario(&format!("preset=shermans-2011&workload.egressKbPerRequest=1&{path}={users}"));
    let best = compare(&of(4e6)).best;
    let swept = sweep(&of(4e6), &[axis(path, 3e9, 6e9, 5)], "totals.tcoUsd", &[], Over::default()).unwrap();
    let border = swept.axes[0].borders.into_iter().flatten().next().expect("the answer ends before the axis begins");
    assert!(4e6 < border.at && border.at < 3e9, "{border:?}");
    assert_eq!(compare(&of(border.at)).best, border.winner);
    assert_ne!(border.winner, best);
    assert_eq!(compare(&of(border.at * (1.0 - 1e-6))).best, best);
}

#[test]
fn whole_numbers_are_swept_as_whole_numbers() {
    let swept = sweep(
        &scenario("preset=seed-startup"),
        &[axis("services.count", 1.0, 9.0, 101)],
        "complexity.parts",
        &[],
        Over::default(),
    );
    assert_eq!(swept.unwrap().axes[0].values, (1..=9).map(f64::from).collect::<Vec<_>>());
    // From a third to three times of 28 months, where nothing is said.
    let path = "workload.growth.phases.0.months".into();
    let months = Axis { path, ..Axis::default() };
    let swept = sweep(&scenario("preset=shermans-2011"), &[months], "complexity.parts", &[], Over::default());
    assert_eq!(swept.unwrap().axes[0].values, (9..=84).map(f64::from).collect::<Vec<_>>());
}

#[test]
fn an_axis_has_equal_ratios_where_its_number_is_looked_at_by_them_and_no_zero_is_on_it() {
    let base = scenario("preset=seed-startup");
    let swept = |path: &str, from: f64| {
        let mut swept =
            sweep(&base, &[axis(path, from, 1e5, 6)], "totals.tcoUsd", &["paas".into()], Over::default()).unwrap();
        swept.axes.swap_remove(0)
    };
    let ratios = swept("workload.weeklyUsers", 1.0);
    assert!(ratios.log);
    assert!(ratios.values.windows(2).all(|pair| (pair[1] / pair[0] - 10.0).abs() < 1e-9), "{:?}", ratios.values);
    let differences = swept("workload.weeklyUsers", 0.0);
    assert!(!differences.log);
    assert_eq!(differences.values, [0.0, 2e4, 4e4, 6e4, 8e4, 1e5]);
}

#[test]
fn winners_are_those_of_a_sweep_over_the_same_values() {
    let base = scenario("preset=shermans-2011");
    let (path, some) = ("workload.weeklyUsers", ["cloud-vms", "paas", "leased-metal"].map(String::from));
    for (variants, over) in [
        (&[][..], Over::default()),
        (&some[..], Over::default()),
        (&some[..], Over { draws: 16, seed: 5 }),
        (&some[..], Over { draws: 40, seed: 5 }),
        (&some[..1], Over { draws: 40, seed: 5 }),
    ] {
        let swept = sweep(&base, &[axis(path, 1e4, 1e8, 9)], "totals.tcoUsd", variants, over).unwrap();
        let expected: Vec<Option<Variant>> =
            swept.winners.iter().map(|winner| winner.map(|at| swept.variants[at])).collect();
        assert_eq!(winners(&base, path, &swept.axes[0].values, variants, over).unwrap(), expected);
    }
    // More draws than are kept, and in more than one step.
    let over = Over { draws: 1100, seed: 5 };
    let swept = sweep(&base, &[axis(path, 1e5, 1e7, 2)], "totals.tcoUsd", &some, over).unwrap();
    let expected: Vec<Option<Variant>> =
        swept.winners.iter().map(|winner| winner.map(|at| swept.variants[at])).collect();
    assert_eq!(winners(&base, path, &swept.axes[0].values, &some, over).unwrap(), expected);
    let problem = winners(&base, path, &vec![1.0; 62_501], &[], Over::default()).unwrap_err();
    assert_eq!(problem.to_string(), "values: 62501 values are too many; ask for at most 62500");
}

#[test]
fn a_sweep_over_draws_says_at_each_place_what_the_draws_say_there() {
    let over = Over { draws: 64, seed: 3 };
    for (preset, path, values) in [
        ("seed-startup", "workload.weeklyUsers", [2e4, 3e5, 4e6]),
        ("shermans-2011", "services.count", [1.0, 9.0, 90.0]),
        ("shermans-2011", "facts.hours.machine.bare_metal", [10.0, 60.0, 90.0]),
    ] {
        let base = scenario(&format!("preset={preset}"));
        let axes = [axis(path, values[0], values[2], 3)];
        let swept = sweep(&base, &axes, "labour.hoursPerMonth", &[], over).unwrap();
        for (place, value) in swept.axes[0].values.iter().enumerate() {
            let there = scenario(&format!("preset={preset}&{path}={value}"));
            let drawn = uncertainty(&there, over.draws, over.seed).unwrap();
            assert_eq!(swept.winners[place].map(|at| swept.variants[at]), drawn.best, "{preset} {path} {value}");
            for (at, odds) in drawn.odds.iter().enumerate() {
                let hours = odds.told[TOLD.iter().position(|id| *id == "labour.hoursPerMonth").unwrap()].mean;
                assert!((swept.values[at][place] - hours).abs() <= 1e-9 * hours, "{preset} {path} {value}");
                assert_eq!(swept.chances[at][place], odds.chance_best, "{preset} {path} {value}");
                assert_eq!(swept.feasible[at][place], odds.fits >= 0.5);
            }
        }
        assert_eq!(swept.winner, uncertainty(&base, over.draws, over.seed).unwrap().best);
    }
    // As many comparisons as are too many are refused before the first.
    let axes = [axis("workload.weeklyUsers", 1.0, 1e6, 200), axis("team.hourlyUsd", 1.0, 9.0, 200)];
    let problem = sweep(&scenario(""), &axes, "totals.tcoUsd", &[], Over { draws: 100, seed: 1 }).unwrap_err();
    assert_eq!(
        format!("{}: {}; {}", problem.path, problem.message, problem.remedy),
        "draws: 100 draws at 40000 places are too many; ask for at most 12"
    );
}

#[test]
fn numbers_that_are_not_whole_never_shape_the_company() {
    let base = Scenario::default();
    let shape = |scenario: &Scenario| format!("{:?}", Company::of(scenario));
    for (index, field) in FIELDS.iter().enumerate().filter(|(_, field)| field.kind == Kind::Number) {
        let mut moved = base.clone();
        moved.put(moving_parts::point::Slot(index as u16), field.high);
        assert_eq!(shape(&moved), shape(&base), "{}", field.path);
    }
}
