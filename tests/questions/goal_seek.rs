//! Which value makes a figure what it should be.

use super::support::{axis, scenario};
use moving_parts::approach::Variant;
use moving_parts::facts;
use moving_parts::question::compare::compare;
use moving_parts::question::goal_seek::goal_seek;
use moving_parts::question::sweep::{Over, sweep};

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
