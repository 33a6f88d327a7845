//! Wrong inputs: each gets a code, the path, and words that say what to do. None panics.

use moving_parts::facts::{self, FACTS, FIELDS, slot};
use moving_parts::question::compare::compare;
use moving_parts::question::explain::explain;
use moving_parts::scenario::{Kind, Problem, Scenario, Tree};

fn problems(json: &str) -> Vec<Problem> {
    let tree: Tree = serde_json::from_str(json).expect("the test's JSON is well-formed");
    Scenario::from_tree(&tree).expect_err("this input is wrong")
}

/// The only problem of an input.
fn problem(json: &str) -> Problem {
    let mut all = problems(json);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0)
}

#[test]
fn an_unknown_key_names_the_nearest_known_one() {
    let problem = problem(r#"{"workload": {"weeklyUser": 5}}"#);
    assert_eq!((problem.code, problem.path.as_str()), ("unknownKey", "workload.weeklyUser"));
    assert_eq!(problem.to_string(), "workload.weeklyUser: is not known; did you mean workload.weeklyUsers?");
}

/// A path in one piece, as in a link, is answered as the same in a file.
#[test]
fn the_first_step_of_a_path_that_is_not_known_is_told() {
    for (pair, expected) in [
        ("worklaod.weeklyUsers=5", "worklaod: is not known; did you mean workload?"),
        ("Workload.weeklyUsers=5", "Workload: is not known; did you mean workload?"),
        ("workload.weeklyUser=5", "workload.weeklyUser: is not known; did you mean workload.weeklyUsers?"),
        ("workload.growht.phases.0.months=5", "workload.growht: is not known; did you mean workload.growth?"),
        ("workload.weeklyUsers.p10=5", "workload.weeklyUsers.p10: is not known; set workload.weeklyUsers itself"),
        ("preset.id=5", "preset.id: is not known; set preset itself"),
        ("workload=5", "workload: 5 is not an object; set what is in it, such as workload.weeklyUsers"),
        (
            "workload.growth=5",
            "workload.growth: 5 is not an object; set what is in it, such as workload.growth.phases.0.months",
        ),
    ] {
        let all = Scenario::from_link(&format!("v1&{pair}")).expect_err(pair);
        assert_eq!(all.iter().map(ToString::to_string).collect::<Vec<_>>(), [expected]);
    }
    let file = problem(r#"{"worklaod": {"weeklyUsers": 5}}"#);
    assert_eq!(file.to_string(), "worklaod: is not known; did you mean workload?");
}

/// What a JSON Schema says of numbers and ranges: its limits are those that are held here.
#[test]
fn the_schema_allows_what_is_allowed() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../www/engine/schema.json")).unwrap();
    let limits = |schema: &serde_json::Value| {
        let ends = |at: &serde_json::Value| ["minimum", "maximum"].map(|end| at[end].as_f64());
        assert!(schema["type"] == "integer" || ends(schema) == ends(&schema["additionalProperties"]), "{schema}");
        ends(schema).map(|end| end.expect("a number has two ends"))
    };
    let said = |path: &str, value: f64| Scenario::from_link(&format!("v1&{path}={value}"));
    let held = |path: &str, [least, most]: [f64; 2]| {
        for end in [least, most] {
            assert!(said(path, end).is_ok(), "{path}={end}: {:?}", said(path, end));
        }
        // The nearest numbers beyond the ends.
        for beyond in [least.next_down(), most.next_up()] {
            assert!(said(path, beyond).is_err(), "{path}={beyond}");
        }
    };
    for fact in FACTS {
        held(&format!("facts.{}", fact.id), limits(&schema["properties"]["facts"]["properties"][fact.id]));
    }
    for field in FIELDS.iter().filter(|field| matches!(field.kind, Kind::Number | Kind::Count)) {
        let inside = field.path.split('.').fold(&schema, |at, key| &at["properties"][key]);
        held(field.path, limits(inside));
    }
}

#[test]
fn a_text_for_a_number_is_shown_as_it_was_written() {
    let problem = problem(r#"{"workload": {"weeklyUsers": "4M"}}"#);
    assert_eq!(
        problem.to_string(),
        r#"workload.weeklyUsers: "4M" is not a number; write 10000 or {"p10": 5000, "p90": 20000}"#
    );
}

#[test]
fn numbers_outside_their_limits_are_refused_with_the_limits() {
    let below = problem(r#"{"team": {"developers": -3}}"#);
    assert_eq!(below.to_string(), "team.developers: -3 is too small; allowed: 0 to 100000");
    let above = problem(r#"{"workload": {"weeklyUsers": 1e308}}"#);
    assert_eq!((above.code, above.remedy.as_str()), ("aboveMaximum", "allowed: 0 to 10000000000"));
    assert_eq!(problem(r#"{"services": {"count": 1.5}}"#).code, "notWhole");
    assert_eq!(problem(r#"{"facts": {"capacity.target_utilisation": 0}}"#).code, "belowMinimum");
    assert_eq!(problem(r#"{"facts": {"kubernetes.request_overprovision": 1}}"#).code, "aboveMaximum");
    // A fact that is a field's default keeps within the field's limits.
    assert_eq!(problem(r#"{"facts": {"load.peak_to_mean": 0.5}}"#).code, "belowMinimum");
    assert_eq!(problem(r#"{"facts": {"load.peak_to_mean": 9999}}"#).remedy, "allowed: 1 to 1000");
}

#[test]
fn nan_and_infinity_are_refused() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let tree = Tree::Map(vec![("team".into(), Tree::Map(vec![("developers".into(), Tree::Number(number))]))]);
        let problems = Scenario::from_tree(&tree).unwrap_err();
        assert_eq!((problems.len(), problems[0].code, problems[0].path.as_str()), (1, "notFinite", "team.developers"));
    }
}

#[test]
fn ranges_must_rise_and_be_whole_objects() {
    assert_eq!(problem(r#"{"team": {"hourlyUsd": {"p10": 90, "p90": 60}}}"#).code, "upsideDown");
    // Where a number may be negative, ends that fall have no middle that is a number.
    let falls = |ends: &str| {
        problem(&format!(r#"{{"workload": {{"growth": {{"phases": [{{"months": 5, "monthlyGrowth": {ends}}}]}}}}}}"#))
    };
    for ends in [r#"{"p10": 0.5, "p90": -0.3}"#, r#"{"p10": -0.1, "p90": -0.3}"#, r#"{"p10": 0, "p90": -0.3}"#] {
        assert_eq!(falls(ends).code, "upsideDown", "{ends}");
    }
    assert_eq!(problem(r#"{"team": {"hourlyUsd": {"p10": 90, "p90": -3}}}"#).code, "belowMinimum");
    // Equal ends are in order, whatever the digits of their roots.
    for end in [5.0, 7.0, 10.0] {
        let scenario = Scenario::from_link(&format!("v1&team.hourlyUsd={end}..{end}")).unwrap();
        assert_eq!(scenario.value(slot::TEAM_HOURLY_USD), end);
    }
    assert_eq!(problem(r#"{"team": {"hourlyUsd": {"p10": 90}}}"#).path, "team.hourlyUsd.p90");
    assert_eq!(problem(r#"{"team": {"hourlyUsd": {"p10": 50, "p90": 60, "mean": 55}}}"#).path, "team.hourlyUsd.mean");
    assert_eq!(problem(r#"{"finance": {"horizonMonths": {"p10": 12, "p90": 60}}}"#).code, "notWhole");
}

#[test]
fn the_middle_of_a_range_is_off_by_the_same_factor_both_ways_and_of_shares_by_the_same_share() {
    let middle = |said: &str, at| Scenario::from_link(&format!("v1&{said}")).unwrap().value(at);
    assert!((middle("workload.weeklyUsers=100..1e6", slot::WORKLOAD_WEEKLY_USERS) - 1e4).abs() < 1e-6);
    for (from, half) in [("0", 0.475), ("0.001", 0.4755)] {
        let share = middle(&format!("workload.cacheHitShare={from}..0.95"), slot::WORKLOAD_CACHE_HIT_SHARE);
        assert!((share - half).abs() < 1e-12, "{share}");
    }
    let fact = middle("facts.capacity.disk_share=0.1..0.5", slot::CAPACITY_DISK_SHARE);
    assert!((fact - 0.3).abs() < 1e-12, "{fact}");
}

#[test]
fn shapes_other_than_objects_are_refused() {
    for json in ["[]", "5", "\"x\"", "null", "true"] {
        assert_eq!(problem(json).code, "notAnObject", "{json}");
    }
    assert_eq!(problem(r#"{"workload": 5}"#).path, "workload");
    assert_eq!(problem(r#"{"facts": []}"#).path, "facts");
    assert_eq!(problem(r#"{"data": {"hosted": "yes"}}"#).code, "notAFlag");
    assert_eq!(
        problem(r#"{"finance": {"provider": "ibm"}}"#).remedy,
        "write one of aws, gcp, azure, hetzner, digitalocean"
    );
    assert_eq!(problem(r#"{"workload": {"growth": {"phases": {}}}}"#).code, "notAList");
    assert_eq!(
        problem(r#"{"workload": {"growth": {"phases": [{"months": 5}]}}}"#).path,
        "workload.growth.phases.0.monthlyGrowth"
    );
    assert_eq!(problem(r#"{"preset": "series-b"}"#).remedy, r#"did you mean "series-b-b2b"?"#);
}

#[test]
fn all_problems_are_reported_at_once() {
    let all = problems(r#"{"tem": {}, "team": {"developers": -1, "hourlyUsd": "x"}, "facts": {"nothing.like.it": 1}}"#);
    let paths: Vec<&str> = all.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(paths, ["tem", "team.developers", "team.hourlyUsd", "facts.nothing.like.it"]);
}

#[test]
fn data_nested_without_end_is_refused_and_not_followed() {
    let deep = "{\"workload\":".repeat(60) + "1" + &"}".repeat(60);
    assert!(serde_json::from_str::<Tree>(&deep).is_err());
}

#[test]
fn mangled_links_say_what_is_wrong() {
    for link in ["v2&team.developers=3", "v1&team.developers", "v1&%ff=3", "team.developers=3", "\u{0}", "v1&=&=&="] {
        let problems = Scenario::from_link(link).expect_err(link);
        assert!(problems.iter().all(|problem| !problem.remedy.is_empty()), "{link}: {problems:?}");
    }
    assert_eq!(Scenario::from_link("v1&workload.growth.phases.9999999.months=3").unwrap_err()[0].code, "unknownKey");
    assert_eq!(Scenario::from_link("v1&workload.growth.phases.2.months=3").unwrap_err()[0].code, "missing");
    assert_eq!(Scenario::from_link("v1&workload.weeklyUsers=NaN").unwrap_err()[0].code, "notFinite");
    let long = Scenario::from_link(&format!("v1&{}", "x".repeat(10_000_000))).unwrap_err();
    assert!(long[0].code == "badLink" && long[0].message.starts_with("the link has 10000003 bytes, more than the "));
    assert!(Scenario::from_link("").is_ok() && Scenario::from_link("#v1").is_ok());
}

/// A company may have measured everything itself: what is written is read, however long it is.
#[test]
fn a_link_of_a_range_for_every_fact_is_read_again() {
    let mut scenario = Scenario::default();
    let mut tree = Tree::Map(Vec::new());
    for fact in FACTS {
        let limits = scenario.limits(facts::find(fact.id).unwrap());
        // Thirds end only where the digits of a number do.
        let [p10, p90] = [fact.p50 * 2.0 / 3.0, fact.p50 * 4.0 / 3.0 + 1.0 / 3.0].map(|end| limits.nearest(end));
        tree.insert(&["facts", fact.id], Tree::range(p10, fact.p50, p90));
    }
    scenario = Scenario::from_tree(&tree).unwrap();
    let link = scenario.to_link();
    assert!(link.len() > 20_000 && FACTS.iter().all(|fact| link.contains(fact.id)));
    assert_eq!(Scenario::from_link(&link).unwrap().to_tree(false), scenario.to_tree(false));
}

/// A test of the package asks the same of the wasm, which has JavaScript read and write numbers.
#[test]
fn numbers_are_read_and_shown_to_the_last_digit() {
    let cases: Vec<(String, String)> = serde_json::from_str(include_str!("digits.json")).unwrap();
    for (written, shown) in cases {
        let problems = Scenario::from_link(&format!("v1&current.variant={written}")).unwrap_err();
        assert_eq!(problems[0].message, format!("{shown} is not offered"), "{written}");
    }
}

#[test]
fn a_link_changes_one_item_of_a_preset_s_list_and_can_replace_the_list() {
    let growth = |link: &str| {
        let scenario = Scenario::from_link(link).unwrap_or_else(|problems| panic!("{link}: {problems:?}"));
        scenario
            .phases()
            .map(|phase| (scenario.value(phase.months), scenario.value(phase.monthly_growth)))
            .collect::<Vec<_>>()
    };
    assert_eq!(growth("v1&preset=shermans-2011"), [(28.0, 0.0), (20.0, -0.067)]);
    assert_eq!(
        growth("v1&preset=shermans-2011&workload.growth.phases.0.monthlyGrowth=0.1"),
        [(28.0, 0.1), (20.0, -0.067)]
    );
    let replaced = "v1&preset=shermans-2011&workload.growth.phases=&workload.growth.phases.0.months=5&workload.growth.phases.0.monthlyGrowth=0.1";
    assert_eq!(growth(replaced), [(5.0, 0.1)]);
    assert_eq!(Scenario::from_link(replaced).unwrap().to_link(), replaced);
    assert_eq!(growth("v1&preset=shermans-2011&workload.growth.phases="), []);
}

#[test]
fn questions_about_nothing_are_refused() {
    let scenario = Scenario::default();
    assert_eq!(
        explain(&scenario, "leased-metl", &["totals.tcoUsd"], None).unwrap_err().remedy,
        r#"did you mean "leased-metal"?"#
    );
    assert_eq!(
        explain(&scenario, "paas", &["totals.tco"], None).unwrap_err().remedy,
        r#"did you mean "totals.tcoUsd"?"#
    );
    assert_eq!(explain(&scenario, "paas", &["lines.compute"], Some(0)).unwrap_err().code, "outOfRange");
    assert_eq!(explain(&scenario, "paas", &["lines.compute"], Some(61)).unwrap_err().code, "outOfRange");
    assert_eq!(explain(&scenario, "paas", &["complexity.parts"], Some(3)).unwrap_err().code, "notMonthly");
}

/// What the price book says a fact may be, a company may say too; and every variant can be computed with it.
#[test]
fn every_fact_may_be_set_to_the_ends_of_its_own_range() {
    for fact in FACTS {
        for value in [fact.p10, fact.p50, fact.p90] {
            let mut tree = Tree::Map(Vec::new());
            tree.insert(&["facts", fact.id], Tree::Number(value));
            let scenario = Scenario::from_tree(&tree).unwrap_or_else(|problems| panic!("{problems:?}"));
            for outcome in compare(&scenario).outcomes {
                assert!(outcome.metric("totals.tcoUsd").unwrap().is_finite(), "{} at {value}", fact.id);
            }
        }
    }
}
