//! Whatever comes from outside, a link, a file, an override, is answered or refused: with finite numbers, or with words.
//! Nothing panics and nothing takes long. `PROPTEST_CASES=1000000 cargo test --release --test hostile` tries more.

mod random;
mod scenarios;

use moving_parts::facts::{FACTS, FIELDS};
use moving_parts::question::compare::compare;
use moving_parts::question::sweep::{Axis, Over};
use moving_parts::question::{
    break_even, explain, goal_seek, parts, plan, sensitivity, slope, stack, sweep, uncertainty,
};
use moving_parts::scenario::{Problem, Scenario, Tree};
use proptest::prelude::*;
use proptest::sample::Index;
use random::cases;
use std::time::Instant;

/// Texts that have harmed programs.
const POISON: [&str; 27] = [
    "",
    "%",
    "%00",
    "%ff",
    "%E2%82",
    "=",
    "&",
    "&&==",
    ".",
    "..",
    "...",
    "-0",
    "NaN",
    "inf",
    "1e999",
    "-1e308",
    "5e-324",
    "0x10",
    "1_000",
    "٣",
    "\u{202e}",
    "\u{0}",
    "__proto__",
    "constructor.prototype",
    "facts.",
    "workload.growth.phases.999999999999999999999.months",
    "999999999999999999999999999999999999999999",
];

/// Numbers at which arithmetic turns.
const NUMBERS: [f64; 16] = [
    f64::NAN,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::MIN,
    f64::MIN_POSITIVE,
    5e-324,
    -0.0,
    0.0,
    -1.0,
    0.5,
    1.0,
    4_294_967_296.0,
    9_007_199_254_740_993.0,
    1e308,
    -1e-308,
];

/// Every number of every variant is finite.
fn answered(scenario: &Scenario) {
    for outcome in compare(scenario).outcomes {
        let all = outcome.numbers.iter().chain(&outcome.series).chain([&outcome.upfront_usd, &outcome.exit_usd]);
        assert!(all.into_iter().all(|number| number.is_finite()), "{} of {}", outcome.variant.id(), scenario.to_link());
    }
}

/// Words for each problem, and not too many of them.
fn refused(problems: &[Problem]) {
    assert!((1..=100).contains(&problems.len()), "{} problems", problems.len());
    for problem in problems {
        assert!(!problem.code.is_empty() && !problem.message.is_empty(), "{problem:?}");
        let remedy = problem.remedy.trim();
        assert!(!remedy.is_empty() && !remedy.ends_with([':', ',']), "{problem:?}");
        assert!(problem.to_string().len() < 4000, "{problem}");
    }
}

/// Where there is no second best, or nothing fits, a question is refused in words.
fn said<T>(answer: Result<T, Problem>) {
    if let Err(problem) = answer {
        refused(&[problem]);
    }
}

fn tried(read: Result<Scenario, Vec<Problem>>) {
    match read {
        Ok(scenario) => answered(&scenario),
        Err(problems) => refused(&problems),
    }
}

/// What is done to a text: where, how much of it is cut, what is put there, and how often.
fn damage() -> impl Strategy<Value = Vec<(Index, usize, String, usize)>> {
    let text = prop_oneof![
        4 => prop::sample::select(POISON.to_vec()).prop_map(str::to_string),
        1 => any::<char>().prop_map(|one| one.to_string()),
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => prop::sample::select(FACTS).prop_map(|fact| format!("&facts.{}=", fact.id)),
    ];
    let times = prop_oneof![8 => Just(1usize), 1 => 2..40usize];
    prop::collection::vec((any::<Index>(), 0..12usize, text, times), 1..5)
}

fn damaged(text: &str, damage: &[(Index, usize, String, usize)]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, cut, put, times) in damage {
        let from = at.index(letters.len() + 1);
        let to = (from + cut).min(letters.len());
        letters.splice(from..to, put.repeat(*times).chars());
    }
    letters.into_iter().collect()
}

/// The places of a tree, and one of them changed.
fn planted(tree: &mut Tree, at: &mut usize, seed: &Tree) -> bool {
    if *at == 0 {
        *tree = seed.clone();
        return true;
    }
    *at -= 1;
    match tree {
        Tree::Map(entries) => entries.iter_mut().any(|(_, inner)| planted(inner, at, seed)),
        Tree::List(items) => items.iter_mut().any(|inner| planted(inner, at, seed)),
        _ => false,
    }
}

fn size(tree: &Tree) -> usize {
    1 + match tree {
        Tree::Map(entries) => entries.iter().map(|(_, inner)| size(inner)).sum(),
        Tree::List(items) => items.iter().map(size).sum(),
        _ => 0,
    }
}

/// Something that does not belong there.
fn seed() -> impl Strategy<Value = Tree> {
    let text = prop::sample::select(POISON.to_vec()).prop_map(|text| Tree::Text(text.to_string()));
    let number = prop_oneof![prop::sample::select(NUMBERS.to_vec()), any::<f64>()].prop_map(Tree::Number);
    let leaf =
        prop_oneof![4 => number, 2 => text, 1 => any::<bool>().prop_map(Tree::Flag), 1 => Just(Tree::Missing)].boxed();
    let key = prop_oneof![
        2 => prop::sample::select(vec!["p10", "p50", "p90", "preset", "facts", "workload", "months", "__proto__"]).prop_map(str::to_string),
        1 => prop::sample::select(POISON.to_vec()).prop_map(str::to_string),
    ];
    leaf.prop_recursive(6, 40, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..30).prop_map(Tree::List),
            prop::collection::vec((key.clone(), inner), 0..8).prop_map(Tree::Map),
        ]
    })
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn a_damaged_link_is_answered_or_refused(tree in scenarios::scenario(), damage in damage()) {
        tried(Scenario::from_link(&damaged(&scenarios::read(&tree).to_link(), &damage)));
    }

    #[test]
    fn damaged_data_is_answered_or_refused(mut tree in scenarios::scenario(), seeds in prop::collection::vec((any::<Index>(), seed()), 1..4)) {
        for (at, seed) in &seeds {
            let mut at = at.index(size(&tree));
            planted(&mut tree, &mut at, seed);
        }
        tried(Scenario::from_tree(&tree));
    }

    #[test]
    fn facts_at_the_edges_of_what_is_allowed_are_answered(
        tree in scenarios::scenario(),
        edges in prop::collection::vec((any::<Index>(), any::<bool>()), 1..12),
    ) {
        let mut link = scenarios::read(&tree).to_link();
        for (index, upper) in edges {
            let fact = &FACTS[index.index(FACTS.len())];
            // Far outside: the refusal tells where the edge is.
            let far = if upper { 1e300 } else { -1e300 };
            let edge = match Scenario::from_link(&format!("v1&facts.{}={far}", fact.id)) {
                Err(problems) => problems[0].remedy.trim_start_matches("allowed: ").split_once(" to ").map(|(low, high)| if upper { high.to_string() } else { low.to_string() }),
                Ok(_) => None,
            };
            let edge = edge.unwrap_or_else(|| panic!("{} has no edges", fact.id));
            link = format!("{link}&facts.{}={edge}", fact.id);
        }
        tried(Scenario::from_link(&link));
    }

    #[test]
    fn what_is_read_is_written_and_read_to_the_same(tree in scenarios::scenario(), damage in damage()) {
        if let Ok(scenario) = Scenario::from_link(&damaged(&scenarios::read(&tree).to_link(), &damage)) {
            let again = Scenario::from_link(&scenario.to_link()).unwrap();
            prop_assert_eq!(again.to_tree(true), scenario.to_tree(true));
        }
    }
}

proptest! {
    // Every one of them asks everything; unoptimised, a few take a minute.
    #![proptest_config(cases(if cfg!(debug_assertions) { 5 } else { 24 }))]

    /// Every question, about any company, with limits of its own on what it does.
    #[test]
    fn every_question_is_answered_about_any_company(tree in scenarios::scenario(), pick in any::<Index>(), poison in prop::sample::select(POISON.to_vec())) {
        let scenario = scenarios::read(&tree);
        let variant = moving_parts::approach::Variant::ALL[pick.index(9)].id();
        let metric = moving_parts::model::metrics::describe(pick.index(moving_parts::model::metrics::COUNT)).unwrap().0;
        let (users, rate) = ("workload.weeklyUsers", "team.hourlyUsd");
        let axis = |path: &str| Axis { path: path.into(), from: None, to: None, steps: Some(5), log: None };
        uncertainty::uncertainty(&scenario, 16, 1).unwrap();
        sweep::sweep(&scenario, &[axis(users), axis(rate)], &metric, &[], Over::default()).unwrap();
        let other = if variant == "paas" { "functions" } else { "paas" };
        said(break_even::break_even(&scenario, [other, variant], users, [1e2, 1e9], "totals.tcoUsd"));
        said(goal_seek::goal_seek(&scenario, variant, &metric, 1e4, users, [1e2, 1e9]));
        said(sensitivity::sensitivity(&scenario, &sensitivity::Target::Gap, 4, 1));
        plan::plan(&scenario, 2, 1).unwrap();
        stack::stack(&scenario, &[]).unwrap();
        slope::slope(&scenario, None).unwrap();
        parts::part_prices(&scenario, variant).unwrap();
        let derivation = explain::explain(&scenario, variant, &[metric.as_str()], None).unwrap();
        prop_assert!(derivation.steps.iter().all(|step| step.value.is_finite()));
        // Names that there are not are refused in words by every one of them.
        prop_assert!(sweep::sweep(&scenario, &[axis(poison)], &metric, &[], Over::default()).is_err());
        prop_assert!(break_even::break_even(&scenario, [poison, "paas"], users, [1.0, 2.0], "totals.tcoUsd").is_err());
        prop_assert!(goal_seek::goal_seek(&scenario, variant, poison, 1.0, users, [1.0, 2.0]).is_err());
        prop_assert!(explain::explain(&scenario, variant, &[poison], None).is_err());
    }
}

/// Found by trying: loads that are next to nothing, and what is left of them after a decline.
#[test]
fn a_load_that_is_next_to_nothing_is_answered() {
    for factor in ["5e-324", "2.2250738585072014e-308", "1e-200", "1e-30", "0"] {
        let classes = format!("services.growthByService.0.services=188&services.growthByService.0.factor={factor}");
        let decline = "workload.growth.phases.0.months=19&workload.growth.phases.0.monthlyGrowth=-0.67";
        for rest in [String::new(), format!("&{decline}"), format!("&{classes}"), format!("&{decline}&{classes}")] {
            let link = format!("v1&workload.backgroundVcpu=173&workload.weeklyUsers={factor}{rest}");
            answered(&Scenario::from_link(&link).unwrap());
        }
    }
}

/// Every step of a path that is not known is told, with what is: at its beginning, in the middle, and beyond its end.
#[test]
fn a_path_that_leads_nowhere_is_answered_in_words() {
    for field in FIELDS {
        let (group, key) = field.path.split_once('.').unwrap_or(("", field.path));
        for path in [
            format!("x{}", field.path),
            format!("{group}.x{key}"),
            format!("{group}x.{key}"),
            format!("{}.p10", field.path),
            format!("{}.", field.path),
            format!(".{}", field.path),
            group.to_string(),
            format!("{group}."),
        ] {
            refused(&Scenario::from_link(&format!("v1&{path}=1")).unwrap_err());
        }
    }
    for path in ["", ".", "facts", "facts.", "preset.", "preset.x", "workload.growth"] {
        refused(&Scenario::from_link(&format!("v1&{path}=1")).unwrap_err());
    }
}

/// What is told of mistakes is bounded, and so is what is searched for it. The times are held against each other only.
#[test]
fn ten_times_as_many_mistakes_take_about_as_long() {
    let strange = |count: usize| {
        let ids = (0..count).map(|index| (format!("aws.ec2.m9g.{index:04}.usd_per_month"), Tree::Number(1.0)));
        Tree::Map(vec![("facts".into(), Tree::Map(ids.collect()))])
    };
    let refusal = |tree: &Tree| {
        let start = Instant::now();
        let problems = Scenario::from_tree(tree).unwrap_err();
        (start.elapsed(), problems)
    };
    let (few, many) = (strange(99), strange(990));
    let fastest = |tree: &Tree| (0..5).map(|_| refusal(tree).0).min().unwrap();
    assert!(fastest(&many) < 4 * fastest(&few));
    let (told, all) = (refusal(&many).1, refusal(&few).1);
    assert_eq!(told[..99], all[..]);
    assert_eq!(told[99].message, "there are 891 problems more");
}

/// Much of it is no worse than some of it: the work grows with the length, and the words do not.
#[test]
fn huge_inputs_are_refused_in_few_words() {
    let many = |count: usize, entry: &dyn Fn(usize) -> (String, Tree)| Tree::Map((0..count).map(entry).collect());
    let nothing = |index: usize| (format!("worklod{index}"), Tree::Number(1.0));
    refused(&Scenario::from_tree(&many(200_000, &nothing)).unwrap_err());
    let strange = |index: usize| (format!("aws.ec2.m9g.{index}"), Tree::Number(1.0));
    let facts = Tree::Map(vec![("facts".into(), many(200_000, &strange))]);
    refused(&Scenario::from_tree(&facts).unwrap_err());
    refused(&Scenario::from_tree(&Tree::Map(vec![("w".repeat(1_000_000), Tree::Number(1.0))])).unwrap_err());
    let classes = Tree::Map(vec![("growthByService".into(), Tree::List(vec![many(200_000, &nothing)]))]);
    let problems = Scenario::from_tree(&Tree::Map(vec![("services".into(), classes)])).unwrap_err();
    assert_eq!((problems[0].code, problems[0].path.as_str()), ("tooMany", "services.growthByService.0"));
    let list = Tree::List(vec![Tree::Number(1.0); 1_000_000]);
    refused(&Scenario::from_tree(&Tree::Map(vec![("workload".into(), list)])).unwrap_err());
    refused(&Scenario::from_link(&"&a=1".repeat(4_000)).unwrap_err());
    refused(&Scenario::from_link(&"x".repeat(10_000_000)).unwrap_err());
    let text = Tree::Text("9".repeat(1_000_000));
    let users = Tree::Map(vec![("weeklyUsers".into(), text)]);
    refused(&Scenario::from_tree(&Tree::Map(vec![("workload".into(), users)])).unwrap_err());
}
