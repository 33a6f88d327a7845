//! Sweep, break-even, goal-seek, sensitivity and uncertainty, through their public functions.

use moving_parts::approach::Variant;
use moving_parts::draw::{Draws, deviation, normal_quantile};
use moving_parts::explain::Plain;
use moving_parts::facts::{self, FIELDS, PRESETS};
use moving_parts::model::{Company, timeline};
use moving_parts::question::break_even::break_even;
use moving_parts::question::compare::{Outcome, TRADED, compare, compare_among, compare_at};
use moving_parts::question::crossing::{Grid, TOLERANCE, crossings};
use moving_parts::question::goal_seek::goal_seek;
use moving_parts::question::parts::part_prices;
use moving_parts::question::predict::quantile;
use moving_parts::question::sensitivity::{Swing, Target, sensitivity};
use moving_parts::question::slope::{TOLD as SLOPE_TOLD, slope};
use moving_parts::question::sweep::{Axis, Over, sweep, winners};
use moving_parts::question::uncertainty::{Study, TOLD, uncertainty};
use moving_parts::question::value::{Costs, least, partial_information, perfect_information};
use moving_parts::scenario::{Kind, Scenario};

fn scenario(link: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{link}")).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

fn total(scenario: &Scenario, variant: Variant) -> f64 {
    compare(scenario).outcomes[variant.index()].metric("totals.tcoUsd").unwrap()
}

fn axis(path: &str, from: f64, to: f64, steps: u32) -> Axis {
    Axis { path: path.into(), from: Some(from), to: Some(to), steps: Some(steps), log: None }
}

const PATHS: [&str; 5] = [
    "workload.weeklyUsers",
    "team.hourlyUsd",
    "workload.cpuMsPerRequest",
    "facts.hours.machine.bare_metal",
    "goals.revenuePerHourUsd",
];

/// Every combination of these is looked at if `ALL_BREAK_EVENS` is set; otherwise one path and one pair for each preset.
const PAIRS: [(Variant, Variant); 4] = [
    (Variant::CloudVms, Variant::Paas),
    (Variant::LeasedMetal, Variant::CloudVms),
    (Variant::MachineImages, Variant::ManagedKubernetes),
    (Variant::LeasedMetal, Variant::OwnedMetal),
];

#[test]
fn break_even_finds_every_change_of_sign_that_a_fine_scan_finds() {
    let all = std::env::var_os("ALL_BREAK_EVENS").is_some();
    for (index, preset) in PRESETS.iter().enumerate() {
        for (path_at, path) in PATHS.iter().enumerate() {
            for (pair_at, pair) in PAIRS.iter().enumerate() {
                if all || (path_at == index % PATHS.len() && pair_at == index % PAIRS.len()) {
                    finds_every_change(preset.id, path, *pair);
                }
            }
        }
    }
    // Bought and leased machines are close for long, and the steps of both go to and fro.
    finds_every_change("series-b-b2b", "workload.weeklyUsers", PAIRS[3]);
}

fn finds_every_change(preset: &str, path: &str, pair: (Variant, Variant)) {
    let scenario = Scenario::preset(preset).unwrap();
    let input = moving_parts::question::input::Input::find(&scenario, path).unwrap();
    let (low, high) = match facts::field(path) {
        Some(slot) => (FIELDS[slot.index()].low.max(1.0), FIELDS[slot.index()].high),
        None => (input.now / 10.0, input.now * 10.0),
    };
    let ids = [pair.0.id(), pair.1.id()];
    let found = break_even(&scenario, ids, path, [low, high], "totals.tcoUsd").unwrap();
    let scan =
        sweep(&scenario, &[axis(path, low, high, 6007)], "totals.tcoUsd", &ids.map(String::from), Over::default())
            .unwrap();
    let signs: Vec<bool> = scan.values[0].iter().zip(&scan.values[1]).map(|(a, b)| a < b).collect();
    for (at, change) in signs.windows(2).enumerate().filter(|(_, signs)| signs[0] != signs[1]) {
        let (left, right) = (scan.axes[0].values[at], scan.axes[0].values[at + 1]);
        // An odd number of crossings lies between two places whose signs differ.
        let between = found.iter().filter(|crossing| crossing.to > left && crossing.from < right).count();
        assert!(between >= 1, "{preset} {path} {ids:?} {left}..{right} {change:?} {found:?}");
    }
    for crossing in &found {
        assert!(crossing.from <= crossing.to && crossing.from >= low && crossing.to <= high);
        assert!(crossing.differences[0] * crossing.differences[1] <= 0.0);
        assert_eq!(crossing.first_before, crossing.differences[0] < 0.0);
    }
    assert!(found.windows(2).all(|pair| pair[0].to <= pair[1].from && pair[0].first_before != pair[1].first_before));
}

#[test]
fn at_a_break_even_the_two_cost_the_same_or_a_step_lies_there() {
    let base = scenario("preset=seed-startup");
    let path = "facts.hours.database.self_run";
    let found = break_even(&base, ["single-server", "paas"], path, [1.0, 500.0], "totals.tcoUsd").unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    let at = scenario(&format!("preset=seed-startup&{path}={}", found[0].to));
    let [one, other] = [Variant::SingleServer, Variant::Paas].map(|variant| total(&at, variant));
    assert!((one - other).abs() < 1e-6 * one, "{one} {other}");
    assert!((found[0].to - found[0].from).abs() <= 2e-9 * found[0].to);
    // None is an answer too.
    let none = break_even(&base, ["paas", "self-run-kubernetes"], "team.hourlyUsd", [50.0, 60.0], "totals.tcoUsd");
    assert!(none.unwrap().is_empty());
}

#[test]
fn between_whole_numbers_a_crossing_lies_between_two_neighbours() {
    for log in [false, true] {
        let grid = Grid::new(1.0, 10_000.0, 64, log, true);
        for at in (1..10_000).map(f64::from) {
            let found: Vec<[f64; 2]> = crossings(&grid, |value| value - at - 0.5)
                .iter()
                .map(|crossing| [crossing.from, crossing.to])
                .collect();
            assert_eq!(found, [[at, at + 1.0]], "{log}");
        }
    }
}

#[test]
fn a_function_is_looked_at_no_more_than_it_takes() {
    let grid = Grid::new(1.0, 10.0, 257, false, false);
    // Farther from zero than it moves anywhere: what the grid has is enough.
    let mut looks = 0;
    let found = crossings(&grid, |value| {
        looks += 1;
        value + 1000.0
    });
    assert_eq!((looks, found.len()), (grid.values().len(), 0));
    // One that might cross zero between any two values is not looked at without end.
    let mut looks = 0;
    crossings(&Grid::new(1.0, 10.0, 2049, false, false), |value| {
        looks += 1;
        0.1 + libm::sin(1e6 * value).abs()
    });
    assert!(looks < 40_000, "{looks}");
    // What holds a crossing is halved until it is small enough, and not once more.
    for log in [false, true] {
        for at in [1.1, 3.3, 9.9] {
            let found = crossings(&Grid::new(1.0, 10.0, 257, log, false), |value| value - at);
            let [crossing] = found.as_slice() else { panic!("a line crosses once: {found:?}") };
            assert!(crossing.from <= at && at <= crossing.to);
            let wide = (crossing.to - crossing.from) / crossing.to;
            assert!(wide <= TOLERANCE && wide > TOLERANCE * 0.4, "{log} {at} {wide}");
        }
    }
}

#[test]
fn a_dip_is_found_beside_a_step_and_so_is_all_of_a_stretch_of_zero() {
    let grid = Grid::new(0.0, 256.0, 257, false, false);
    // Flat in the first step but for a dip at its beginning; in the next one it jumps, and so it might between any two values:
    // by how much is no matter of the unit that it is in.
    for unit in [1e-3, 1.0, 1e3] {
        let found = crossings(&grid, |value| match value {
            0.014..0.018 => -unit,
            1.5.. => 100.0 * unit,
            _ => unit,
        });
        let places: Vec<f64> = found.iter().map(|crossing| crossing.to).collect();
        assert!(
            matches!(places[..], [down, up] if (down - 0.014).abs() < 1e-8 && (up - 0.018).abs() < 1e-8),
            "{unit} {places:?}"
        );
    }
    // Zero for a while within one step: from its beginning to its end.
    let found = crossings(&grid, |value| match value {
        ..7.2 => -1.0,
        7.2..7.7 => 0.0,
        _ => 1.0,
    });
    let [crossing] = found.as_slice() else { panic!("one stretch of zero: {found:?}") };
    assert!((crossing.from - 7.2).abs() < 1e-7 && (crossing.to - 7.7).abs() < 1e-7, "{crossing:?}");
    assert_eq!((crossing.signs, crossing.values), ([-1, 1], [-1.0, 1.0]));
}

#[test]
fn goal_seek_finds_every_value_or_the_nearest_miss() {
    let base = scenario("preset=seed-startup");
    let seek =
        |target: f64| goal_seek(&base, "paas", "totals.monthlyUsd", target, "team.hourlyUsd", [10.0, 500.0]).unwrap();
    let now = compare(&base).outcomes[Variant::Paas.index()].metric("totals.monthlyUsd").unwrap();
    let found = seek(now);
    assert_eq!(found.reached.len(), 1);
    let hourly = base.value(facts::field("team.hourlyUsd").unwrap());
    assert!((found.reached[0].to - hourly).abs() < 1e-6 * hourly && found.nearest.is_none());
    let missed = seek(1.0);
    let [at, figure] = missed.nearest.expect("nothing costs a dollar");
    assert!(missed.reached.is_empty() && at == 10.0 && figure > 1.0, "{missed:?}");
    // A step that jumps over its target says so.
    let jumped = goal_seek(&base, "leased-metal", "fleet.machines", 7.5, "workload.weeklyUsers", [1e5, 1e8]).unwrap();
    assert!(jumped.reached.iter().all(|reached| reached.figures[0] != reached.figures[1]), "{jumped:?}");
    assert!(!jumped.reached.is_empty());
}

#[test]
fn the_nearest_miss_among_whole_numbers_is_the_nearest_of_them_all() {
    let (base, path, variant) = (scenario("preset=seed-startup"), "services.count", "managed-kubernetes");
    let metric = "monthlyLevels.wasteUsd";
    let all = [axis(path, 1.0, 10_000.0, 10_000)];
    let swept = sweep(&base, &all, metric, &[variant.into()], Over::default()).unwrap();
    let (services, most) = swept.axes[0].values.iter().zip(&swept.values[0]).max_by(|a, b| a.1.total_cmp(b.1)).unwrap();
    assert!((2.0..10_000.0).contains(services), "the most is wasted somewhere between: at {services}");
    let found = goal_seek(&base, variant, metric, 2.0 * most, path, [1.0, 10_000.0]).unwrap();
    assert_eq!(found.nearest, Some([*services, *most]));
}

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
    // Little traffic, so that no port and no platform's limit ends it first.
    let of = |users: f64| scenario(&format!("preset=shermans-2011&workload.egressKbPerRequest=1&{path}={users}"));
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
    for (variants, over) in
        [(&[][..], Over::default()), (&some[..], Over::default()), (&some[..], Over { draws: 16, seed: 5 })]
    {
        let swept = sweep(&base, &[axis(path, 1e4, 1e8, 9)], "totals.tcoUsd", variants, over).unwrap();
        let expected: Vec<Option<Variant>> =
            swept.winners.iter().map(|winner| winner.map(|at| swept.variants[at])).collect();
        assert_eq!(winners(&base, path, &swept.axes[0].values, variants, over).unwrap(), expected);
    }
    let problem = winners(&base, path, &vec![1.0; 62_501], &[], Over::default()).unwrap_err();
    assert_eq!(problem.to_string(), "values: 62501 values are too many; ask for at most 62500");
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

#[test]
fn the_tornado_is_what_compare_says_at_both_ends() {
    let base = scenario("preset=seed-startup");
    let target = Target::Metric { variant: "paas".into(), metric: "totals.monthlyUsd".into() };
    let found = sensitivity(&base, &target, 64, 1).unwrap();
    let company = Company::of(&base);
    // What is not in it does not move the figure: here it stays in sight, with no swing.
    let beliefs = Draws::of(&base, 1);
    let swings: Vec<Swing> = beliefs
        .beliefs()
        .uncertain()
        .map(|slot| {
            let known = found.tornado.iter().find(|swing| swing.slot == slot).copied();
            known.unwrap_or(Swing { slot, at_p10: found.likeliest, at_p90: found.likeliest })
        })
        .collect();
    assert!(found.tornado.len() > 20 && swings.len() > found.tornado.len());
    for swing in swings {
        for (value, expected) in
            [(base.range(swing.slot).p10, swing.at_p10), (base.range(swing.slot).p90, swing.at_p90)]
        {
            let point = moving_parts::point::Point::new(
                base.likeliest()
                    .values()
                    .enumerate()
                    .map(|(at, now)| if at == swing.slot.index() { value } else { now }),
            );
            let context = timeline::context(Plain(&point), &company);
            let mut ledger = moving_parts::model::Ledger::new(0.0, usize::from(company.months));
            let played = timeline::play(&context, Variant::Paas, &mut ledger);
            assert_eq!(played.numbers[moving_parts::model::metrics::find("totals.monthlyUsd").unwrap()], expected);
        }
    }
    assert!(found.tornado.windows(2).all(|pair| pair[0].width() >= pair[1].width()));
    // All first-order shares together explain no more than all there is.
    let sum: f64 = found.indices.iter().map(|(_, index)| index.first.value).sum();
    assert!(sum < 1.3, "{sum}");
    assert_eq!(found.indices.len(), 12.min(found.tornado.len()));
}

/// What an input explains alone, once more by regression on its own deviations, as powers of a normal number that do not
/// overlap: of other draws, and of another kind than the indices are.
#[test]
fn the_first_order_indices_are_what_a_regression_explains() {
    let base = scenario("preset=steady-api");
    let metric = "labour.hoursPerMonth";
    let target = Target::Metric { variant: "paas".into(), metric: metric.into() };
    let found = sensitivity(&base, &target, 4096, 1).unwrap();
    let (count, seed) = (8192, 2);
    let mut study = Study::new(&base, seed);
    study.advance(count).unwrap();
    let drawn = study.drawn(Variant::Paas, TOLD.iter().position(|id| *id == metric).unwrap());
    let mean_of = |f: &dyn Fn(usize) -> f64| (0..drawn.len()).map(f).sum::<f64>() / f64::from(count);
    let mean = mean_of(&|at| drawn[at]);
    let variance = mean_of(&|at| (drawn[at] - mean) * (drawn[at] - mean));
    for (slot, index) in &found.indices {
        let along =
            |f: fn(f64) -> f64| mean_of(&|at| (drawn[at] - mean) * f(deviation(seed, at as u32, u32::from(slot.0))));
        let parts =
            [along(|z| z), along(|z| (z * z - 1.0) / f64::sqrt(2.0)), along(|z| z * (z * z - 3.0) / f64::sqrt(6.0))];
        let share = parts.iter().map(|part| part * part).sum::<f64>() / variance;
        assert!((index.first.value - share).abs() < 0.03 + 3.0 * index.first.error, "{slot:?} {index:?} {share}");
    }
    assert!(found.indices.iter().any(|(_, index)| index.first.value > 0.2), "something explains much");
}

#[test]
fn where_no_variant_is_named_the_second_best_is_held_against_the_best() {
    for preset in PRESETS {
        let base = scenario(&format!("preset={}", preset.id));
        let mut outcomes: Vec<_> = compare(&base).outcomes.into_iter().filter(|outcome| outcome.feasible()).collect();
        let number = |outcome: &Outcome, id: &str| outcome.metric(id).unwrap();
        outcomes.sort_by(|one, other| number(one, "totals.tcoUsd").total_cmp(&number(other, "totals.tcoUsd")));
        let [best, second, ..] = outcomes.as_slice() else { panic!("{} has less than two choices", preset.id) };
        let found = sensitivity(&base, &Target::Gap, 2, 1).unwrap();
        assert_eq!(found.variants, [best.variant, second.variant], "{}", preset.id);
        let gap = number(second, "totals.monthlyUsd") - number(best, "totals.monthlyUsd");
        assert_eq!(found.likeliest, gap, "{}", preset.id);
    }
}

#[test]
fn of_two_variants_the_second_is_held_against_the_first() {
    let base = scenario("preset=seed-startup");
    let ask = |names: [&str; 2]| {
        let target = Target::Difference { between: names.map(String::from), metric: "labour.hoursPerMonth".into() };
        sensitivity(&base, &target, 32, 1)
    };
    let (pair, swapped) = (ask(["paas", "cloud-vms"]).unwrap(), ask(["cloud-vms", "paas"]).unwrap());
    let hours = |variant: Variant| compare(&base).outcomes[variant.index()].metric("labour.hoursPerMonth").unwrap();
    assert_eq!(pair.likeliest, hours(Variant::CloudVms) - hours(Variant::Paas));
    assert_eq!(pair.tornado.len(), swapped.tornado.len());
    for (swing, other) in pair.tornado.iter().zip(&swapped.tornado) {
        assert_eq!((swing.at_p10, swing.at_p90), (-other.at_p10, -other.at_p90));
    }
    let itself = ask(["paas", "paas"]).unwrap_err().to_string();
    assert_eq!(itself, "between[1]: paas is compared with itself; name two different variants");
}

#[test]
fn every_number_that_a_question_tells_is_a_number_of_an_outcome() {
    let outcome = compare(&scenario("")).outcomes.remove(0);
    for id in TRADED.iter().chain(&TOLD).chain(&SLOPE_TOLD) {
        assert!(outcome.metric(id).is_some(), "{id}");
    }
}

#[test]
fn a_variant_that_there_is_not_is_told_where_it_was_named() {
    let base = scenario("preset=seed-startup");
    let (users, tco, over) = ("workload.weeklyUsers", "totals.tcoUsd", Over::default());
    let axes = [axis(users, 1.0, 1e6, 3)];
    let some = ["paas", "pas"].map(String::from);
    let even = |names| break_even(&base, names, users, [1.0, 2.0], tco).unwrap_err();
    let sensed = |target| sensitivity(&base, &target, 4, 1).unwrap_err();
    let metric = || tco.to_string();
    let between = |names: [&str; 2]| Target::Difference { between: names.map(String::from), metric: metric() };
    for (problem, path) in [
        (even(["pas", "paas"]), "a"),
        (even(["paas", "pas"]), "b"),
        (goal_seek(&base, "pas", tco, 1.0, users, [1.0, 2.0]).unwrap_err(), "variant"),
        (sensed(Target::Metric { variant: "pas".into(), metric: metric() }), "variant"),
        (sensed(between(["pas", "paas"])), "between[0]"),
        (sensed(between(["paas", "pas"])), "between[1]"),
        (compare_among(&base, &some).unwrap_err(), "variants[1]"),
        (sweep(&base, &axes, tco, &some, over).unwrap_err(), "variants[1]"),
        (winners(&base, users, &[1.0], &some, over).unwrap_err(), "variants[1]"),
        (slope(&base, Some("pas")).unwrap_err(), "start"),
        (part_prices(&base, "pas").unwrap_err(), "variant"),
    ] {
        assert_eq!(problem.to_string(), format!("{path}: \"pas\" is not known; did you mean \"paas\"?"));
    }
}

#[test]
fn the_quantiles_of_the_uncertainty_are_those_of_its_draws() {
    let base = scenario("preset=seed-startup");
    let mut study = Study::new(&base, 3);
    study.advance(512).unwrap();
    let answer = study.answer(false);
    let company = Company::of(&base);
    let mut draws = Draws::of(&base, 3);
    let all: Vec<_> = (0..512).map(|index| compare_at(&company, draws.at(index))).collect();
    for variant in Variant::ALL {
        let odds = &answer.odds[variant.index()];
        for (at, id) in TOLD.iter().enumerate() {
            let mut values: Vec<f64> =
                all.iter().map(|comparison| comparison.outcomes[variant.index()].metric(id).unwrap()).collect();
            assert_eq!(study.drawn(*variant, at), values, "{id}");
            values.sort_by(f64::total_cmp);
            let told = odds.told[at];
            assert_eq!([told.p10, told.p50, told.p90], [0.1, 0.5, 0.9].map(|share| quantile(&values, share)), "{id}");
            assert!((told.mean - values.iter().sum::<f64>() / 512.0).abs() <= 1e-9 * told.mean.abs());
        }
        let best = all.iter().filter(|comparison| comparison.best == Some(*variant)).count();
        assert_eq!(odds.chance_best, best as f64 / 512.0, "{}", variant.id());
        let regrets: Vec<f64> = all
            .iter()
            .filter(|comparison| comparison.outcomes[variant.index()].feasible())
            .map(|comparison| {
                let usd = |variant: Variant| comparison.outcomes[variant.index()].metric("totals.tcoUsd").unwrap();
                usd(*variant) - usd(comparison.best.expect("this one fits at least"))
            })
            .collect();
        // Nothing, if it never fits.
        let regret = regrets.iter().sum::<f64>() / regrets.len().max(1) as f64;
        assert!((odds.regret_usd - regret).abs() <= 1e-9 * regret, "{}: {} {regret}", variant.id(), odds.regret_usd);
        assert_eq!(odds.cuts.len(), 101);
        assert!(odds.cuts.windows(2).all(|pair| pair[0] <= pair[1]));
        for (month, spread) in odds.monthly.iter().enumerate() {
            let mut values: Vec<f64> =
                all.iter().map(|comparison| comparison.outcomes[variant.index()].monthly(0)[month]).collect();
            values.sort_by(f64::total_cmp);
            assert!((spread.quantiles[2] - quantile(&values, 0.5)).abs() <= 1e-9 * spread.quantiles[2].abs());
        }
    }
    let sum: f64 = answer.odds.iter().map(|odds| odds.chance_best).sum();
    assert!(sum <= 1.0 + 1e-12);
}

#[test]
fn more_draws_go_on_where_fewer_ended_and_a_seed_gives_the_same_bits() {
    let base = scenario("preset=spiky-events");
    let mut study = Study::new(&base, 9);
    study.advance(100).unwrap();
    study.advance(256).unwrap();
    let (bits, again) = (format!("{:?}", study.answer(true)), format!("{:?}", uncertainty(&base, 256, 9).unwrap()));
    assert_eq!(bits, again);
    assert_ne!(bits, format!("{:?}", uncertainty(&base, 256, 10).unwrap()));
}

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
fn the_error_of_what_one_input_is_worth_is_that_of_leaving_out_each_eighth() {
    let draws = 1024;
    let z: Vec<f64> = (0..draws).map(|index| deviation(5, index, 0)).collect();
    let rows: Vec<f64> =
        z.iter().zip(0..).flat_map(|(z, index)| [0.0, 30.0 + 100.0 * z + 80.0 * deviation(5, index, 1)]).collect();
    let found = partial_information(&Costs::new(&rows, 2), &z);
    let others: Vec<f64> = (0..8)
        .map(|block| {
            let kept = |at: &usize| at * 8 / draws as usize != block;
            let rows: Vec<f64> =
                rows.chunks(2).enumerate().filter(|(at, _)| kept(at)).flat_map(|(_, row)| row).copied().collect();
            let z: Vec<f64> = z.iter().enumerate().filter(|(at, _)| kept(at)).map(|(_, z)| *z).collect();
            partial_information(&Costs::new(&rows, 2), &z).value
        })
        .collect();
    let mean = others.iter().sum::<f64>() / 8.0;
    let error = f64::sqrt(others.iter().map(|other| (other - mean).powi(2)).sum::<f64>() * 7.0 / 8.0);
    assert!((found.error / error - 1.0).abs() < 0.02, "{found:?} {error}");
}

#[test]
fn knowing_one_thing_is_worth_no_more_than_knowing_everything() {
    for preset in ["shermans-2011", "seed-startup", "hundred-microservices"] {
        let found = uncertainty(&scenario(&format!("preset={preset}")), 2048, 1).unwrap();
        assert!(found.perfect.value > 0.0 && found.perfect.error < found.perfect.value);
        assert!(!found.worth.is_empty(), "{preset}");
        for worth in &found.worth {
            assert!(worth.usd.value <= found.perfect.value + 3.0 * found.perfect.error, "{preset} {worth:?}");
            assert!(worth.usd.value > worth.usd.error, "{preset} {worth:?}");
        }
        assert!(found.worth.windows(2).all(|pair| pair[0].usd.value >= pair[1].usd.value));
    }
}

#[test]
fn what_does_not_fit_in_a_draw_saves_nothing_there() {
    let mut dearer = 0;
    for preset in ["shermans-2011", "three-apps-2012", "seed-startup", "spiky-events", "indie-saas"] {
        let base = scenario(&format!("preset={preset}"));
        let (count, seed) = (512, 1);
        let found = uncertainty(&base, count, seed).unwrap();
        let choices: Vec<Variant> =
            found.odds.iter().filter(|odds| odds.fits >= 0.5).map(|odds| odds.variant).collect();
        let company = Company::of(&base);
        let mut draws = Draws::of(&base, seed);
        let mut saved = [0.0; 2];
        for index in 0..count {
            let outcomes = compare_at(&company, draws.at(index)).outcomes;
            let usd = |variant: &Variant| outcomes[variant.index()].metric("totals.tcoUsd").unwrap();
            let best = usd(&found.best.unwrap());
            for (saved, fitting) in saved.iter_mut().zip([true, false]) {
                let chosen = choices.iter().filter(|variant| !fitting || outcomes[variant.index()].feasible());
                *saved += best - chosen.map(usd).fold(best, f64::min);
            }
        }
        let [worth, with_all] = saved.map(|sum| sum / f64::from(count));
        assert!((found.perfect.value - worth).abs() <= 1e-9 * worth, "{preset}: {worth} {:?}", found.perfect);
        assert!(worth <= with_all, "{preset}");
        dearer += u32::from(worth < with_all);
    }
    assert!(dearer >= 4, "something cheap does not fit in some draw of most of them");
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
fn two_scenarios_meet_the_same_draws_of_what_they_share() {
    // What is exact in one and a range in the other is of no consequence for all else: here it costs nothing at all.
    let (exact, range) = ("goals.revenuePerHourUsd=0", "goals.revenuePerHourUsd=0&data.databaseGb=100..200");
    let hours = TOLD.iter().position(|id| *id == "agility.leadTimeHours").unwrap();
    let drawn = |more: &str| {
        let mut study = Study::new(&scenario(&format!("preset=seed-startup&{more}")), 1);
        study.advance(64).unwrap();
        study.drawn(Variant::Paas, hours).to_vec()
    };
    let lead = drawn(exact);
    assert!(lead.windows(2).any(|pair| pair[0] != pair[1]), "the lead time is drawn");
    assert_eq!(lead, drawn(range));
}

/// Plain sampling: a splitmix64 generator in the place of the Sobol sequence.
fn plain(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
    }
}

/// The error of a mean over scrambled Sobol points falls faster than that of plain sampling: on a function of the kind
/// that costs are, a product of log-normal inputs and a sum.
#[test]
fn scrambled_sobol_points_converge_faster_than_plain_sampling() {
    let f = |z: [f64; 6]| {
        libm::exp(0.5 * z[0]) * libm::exp(0.3 * z[1]) + libm::exp(0.4 * z[2]) * z[3].abs() + z[4] * z[5] + z[4]
    };
    let exact = libm::exp(0.125 + 0.045) + libm::exp(0.08) * f64::sqrt(2.0 / core::f64::consts::PI);
    let error = |draws: u32, sobol: bool| {
        let seeds = 1..=24;
        let squares: f64 = seeds
            .clone()
            .map(|seed| {
                let mut random = plain(u64::from(seed as u32));
                let mean = (0..draws)
                    .map(|index| {
                        f(std::array::from_fn(|dimension| {
                            if sobol {
                                deviation(seed as u32, index, dimension as u32)
                            } else {
                                moving_parts::draw::normal_quantile(random())
                            }
                        }))
                    })
                    .sum::<f64>()
                    / f64::from(draws);
                (mean - exact) * (mean - exact)
            })
            .sum();
        f64::sqrt(squares / seeds.count() as f64)
    };
    let [few, many] = [256, 4096].map(|draws| [error(draws, true), error(draws, false)]);
    assert!(few[0] < few[1] / 3.0 && many[0] < many[1] / 5.0, "{few:?} {many:?}");
    // Sixteen times the draws: plain sampling gains about four times, the sequence more.
    assert!(few[0] / many[0] > 1.5 * few[1] / many[1], "{few:?} {many:?}");
}

#[test]
fn bad_questions_are_refused_at_once_with_what_to_do() {
    let base = scenario("preset=seed-startup");
    let users = "workload.weeklyUsers";
    let say = |problem: moving_parts::scenario::Problem| problem.to_string();
    let even =
        |a: &str, b: &str, path: &str, span| say(break_even(&base, [a, b], path, span, "totals.tcoUsd").unwrap_err());
    assert_eq!(
        even("paas", "cloud-vm", users, [1.0, 2.0]),
        "b: \"cloud-vm\" is not known; did you mean \"cloud-vms\"?"
    );
    assert_eq!(even("paas", "paas", users, [1.0, 2.0]), "b: paas is compared with itself; name two different variants");
    assert_eq!(
        even("paas", "cloud-vms", "workload.users", [1.0, 2.0]),
        "workload.users: is not known; did you mean workload.weeklyUsers?"
    );
    assert_eq!(even("paas", "cloud-vms", users, [5.0, 5.0]), "to: from and to are both 5; write two different numbers");
    assert!(
        even("paas", "cloud-vms", users, [-1.0, 5.0])
            .starts_with("from: -1 is not allowed for workload.weeklyUsers; write a number from ")
    );
    assert!(even("paas", "cloud-vms", users, [f64::NAN, 5.0]).starts_with("from: NaN is not allowed"));
    assert!(even("paas", "cloud-vms", "data.hosted", [0.0, 1.0]).contains("is not a number that can be moved"));
    assert!(
        even("paas", "cloud-vms", "facts.aws.ec2.m7g.larg", [0.0, 1.0])
            .contains("did you mean facts.aws.ec2.m7g.large?")
    );
    let metric = say(goal_seek(&base, "paas", "totals.monthly", 1.0, users, [1.0, 2.0]).unwrap_err());
    assert_eq!(metric, "metric: \"totals.monthly\" is not known; did you mean \"totals.monthlyUsd\"?");
    assert_eq!(
        say(goal_seek(&base, "paas", "totals.tcoUsd", f64::INFINITY, users, [1.0, 2.0]).unwrap_err()),
        "target: inf is no target; write a number"
    );
    for draws in [0, 1_000_000_000] {
        assert!(say(uncertainty(&base, draws, 1).unwrap_err()).ends_with("draws cannot be made; ask for 1 to 65536"));
        assert!(say(sensitivity(&base, &Target::Gap, draws, 1).unwrap_err()).contains("draws cannot be made"));
    }
    assert_eq!(
        even("paas", "cloud-vms", "services.count", [1.5, 5.0]),
        "from: 1.5 is not allowed for services.count; write a whole number from 1 to 10000"
    );
    let swept = |axes: &[Axis]| say(sweep(&base, axes, "totals.tcoUsd", &[], Over::default()).unwrap_err());
    assert_eq!(swept(&[axis(users, 1.0, 1e6, 1)]), "x.steps: 1 values make no axis; write a number from 2 to 62500");
    assert_eq!(swept(&[]), "axes: 0 axes cannot be swept; name one number or two");
    let three = [users, "team.hourlyUsd", "team.developers"].map(|path| axis(path, 1.0, 9.0, 3));
    assert_eq!(swept(&three), "axes: 3 axes cannot be swept; name one number or two");
    assert_eq!(
        swept(&[axis(users, 1.0, 1e6, 300), axis("team.hourlyUsd", 1.0, 9.0, 300)]),
        "steps: 90000 places are too many; ask for at most 62500"
    );
    assert_eq!(
        swept(&[Axis { log: Some(true), ..axis(users, 0.0, 1e6, 5) }]),
        "x.log: 0 has no logarithm; start above zero, or leave log out"
    );
}
