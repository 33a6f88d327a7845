//! What a question is told by name: numbers, variants, paths; and what is said of those that there are not.

use super::support::{axis, scenario};
use moving_parts::question::break_even::break_even;
use moving_parts::question::compare::{TRADED, compare, compare_among};
use moving_parts::question::goal_seek::goal_seek;
use moving_parts::question::parts::part_prices;
use moving_parts::question::sensitivity::{Target, sensitivity};
use moving_parts::question::slope::{TOLD as SLOPE_TOLD, slope};
use moving_parts::question::sweep::{Axis, Over, sweep, winners};
use moving_parts::question::uncertainty::{TOLD, uncertainty};

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
