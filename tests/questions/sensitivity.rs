//! What a figure, or the gap between two variants, hangs on.

use super::support::scenario;
use moving_parts::approach::Variant;
use moving_parts::draw::{Draws, deviations};
use moving_parts::explain::Plain;
use moving_parts::facts::PRESETS;
use moving_parts::model::{Company, timeline};
use moving_parts::question::compare::{Outcome, compare};
use moving_parts::question::sensitivity::{Swing, Target, sensitivity};
use moving_parts::question::uncertainty::{Study, TOLD};

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
        let z: Vec<f64> = deviations(seed, count, *slot).collect();
        let along = |f: fn(f64) -> f64| mean_of(&|at| (drawn[at] - mean) * f(z[at]));
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
