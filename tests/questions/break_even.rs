//! Where one variant becomes cheaper than another.

use super::support::{axis, scenario, total};
use moving_parts::approach::Variant;
use moving_parts::facts::{self, FIELDS, PRESETS};
use moving_parts::question::break_even::break_even;
use moving_parts::question::sweep::{Over, sweep};
use moving_parts::scenario::Scenario;

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
