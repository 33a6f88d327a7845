//! What the model chooses for a company is what costs it least.

use moving_parts::approach::Variant;
use moving_parts::facts::PRESETS;
use moving_parts::model::{Obstacle, metrics};
use moving_parts::question::compare::{Comparison, Outcome, compare};
use moving_parts::scenario::Scenario;

/// Companies without growth, without a goal that forbids a way, with small and large databases, with an hour down that
/// costs nothing, something, or a lot, and with few or many shortages of capacity; each with one more choice made, and with
/// what else is said.
fn companies(choice: &str, option: &str, said: &str) -> Vec<(String, Comparison)> {
    let mut all = Vec::new();
    for preset in PRESETS {
        for gb in [1.0, 200.0, 6_000.0] {
            for revenue in [0.0, 300.0, 20_000.0, 500_000.0] {
                for shortages in [1.0, 300.0] {
                    let link = format!(
                        "v1&preset={}&data.databaseGb={gb}&goals.revenuePerHourUsd={revenue}&goals.availability=0.5\
                         &facts.failures.capacity={shortages}&team.onCall=never&workload.growth.phases=\
                         &workload.growth.steps=&services.growthByService=&data.growthGbPerMonth=0&current.variant=none",
                        preset.id
                    );
                    let link = link.replace(&format!("&{choice}=never"), "") + &format!("&{choice}={option}");
                    let link = said.split('&').filter(|pair| !pair.is_empty()).fold(link, |link, pair| {
                        let (path, _) = pair.split_once('=').expect("a pair");
                        let pairs = link.split('&').filter(|other| !other.starts_with(&format!("{path}=")));
                        pairs.collect::<Vec<_>>().join("&") + "&" + pair
                    });
                    let scenario = Scenario::from_link(&link).unwrap_or_else(|problems| panic!("{link}: {problems:?}"));
                    all.push((link, compare(&scenario)));
                }
            }
        }
    }
    all
}

/// Whether what is chosen freely costs no more than either of two options, but for what is too little to be looked at
/// (upgrades of the parts that a second copy brings); and how often which of the two was chosen.
fn chosen(choice: &str, options: [&str; 2], said: &str) -> [u32; 2] {
    let usd = |outcome: &Outcome| outcome.numbers[metrics::find("totals.tcoUsd").expect("a metric")];
    let (free, forced) = (companies(choice, "asItPays", said), options.map(|option| companies(choice, option, said)));
    let mut times = [0, 0];
    for (index, (link, free)) in free.iter().enumerate() {
        for (at, free) in free.outcomes.iter().enumerate() {
            let [one, two] = [&forced[0], &forced[1]].map(|forced| usd(&forced[index].1.outcomes[at]));
            if choice == "team.onCall" && !free.variant.practice().on_call {
                // Of what it is, nobody is on call, unless that is said outright.
                assert_eq!(usd(free), one, "{link}: {}", free.variant.id());
                continue;
            }
            assert!(
                usd(free) <= one.min(two) * 1.003,
                "{link}: {} costs {}, with {options:?} {one} and {two}",
                free.variant.id(),
                usd(free)
            );
            if one != two {
                times[usize::from(usd(free) == two)] += 1;
            }
        }
    }
    times
}

#[test]
fn roles_run_once_or_twice_as_costs_less() {
    let [once, twice] = chosen("goals.redundancy", ["once", "twice"], "");
    assert!(once > 50 && twice > 50, "{once} times once, {twice} times twice");
}

#[test]
fn databases_have_a_standby_where_that_costs_less() {
    let [never, always] = chosen("data.standby", ["never", "always"], "");
    assert!(never > 50 && always > 50, "{never} times none, {always} times one");
}

#[test]
fn there_is_a_second_site_where_that_costs_less() {
    for said in [
        "",
        "goals.partUsdPerMonth=700",
        "finance.horizonMonths=12&finance.host=us",
        "finance.provider=azure&finance.discount=0.3&finance.support=true",
        "finance.provider=digitalocean&finance.databaseProvider=gcp&finance.platform=heroku&delivery.environments=1",
        "current.variant=self-run-kubernetes",
        "data.hosted=false&finance.provider=gcp",
    ] {
        let [never, always] = chosen("goals.secondSite", ["never", "always"], said);
        assert!(never > 30 && always > 30, "{said}: {never} times none, {always} times one");
    }
}

#[test]
fn somebody_is_on_call_where_that_costs_less() {
    let [never, always] = chosen("team.onCall", ["never", "always"], "");
    assert!(never > 50 && always > 50, "{never} times nobody, {always} times somebody");
}

/// Cloud VMs of a company whose load takes one large machine or several small ones, with no role bought twice: copies of
/// every role, machines, and whether the goal is met.
fn machines(goal: f64, monitoring: f64) -> (f64, f64, bool) {
    let link = format!(
        "v1&preset=shermans-2011&goals.redundancy=once&goals.availability={goal}&goals.revenuePerHourUsd=0\
         &goals.downtimeUsdPerHour=0&goals.dataLossUsdPerHour=0&delivery.environments=1&data.stores=0\
         &team.onCall=never&workload.weeklyUsers=600000&facts.tools.monitoring_host={monitoring}"
    );
    let scenario = Scenario::from_link(&link).unwrap_or_else(|problems| panic!("{link}: {problems:?}"));
    let outcomes = compare(&scenario).outcomes;
    let outcome = &outcomes[Variant::CloudVms.index()];
    let number = |id: &str| outcome.numbers[metrics::find(id).expect("a metric")];
    (number("fleet.copies"), number("fleet.machines"), outcome.obstacles.is_empty())
}

#[test]
fn smaller_machines_stand_in_for_a_second_copy_where_the_goal_needs_it() {
    let (cheapest, small) = (machines(0.9, 15.0), machines(0.9997, 15.0));
    assert!(cheapest.2 && small.2, "{cheapest:?} {small:?}");
    assert_eq!([cheapest.0, small.0], [1.0, 1.0]);
    assert!(small.1 > cheapest.1, "{cheapest:?} {small:?}");
    // Where nothing asks for them, each of them is one more to watch.
    assert!(machines(0.9, 1000.0).1 <= cheapest.1);
}

/// Sites of each variant of a company that wants a second one.
fn sites(said: &str) -> Vec<f64> {
    let scenario = Scenario::from_link(&format!("v1&preset=shermans-2011&goals.secondSite=always{said}")).unwrap();
    let outcomes = compare(&scenario).outcomes;
    outcomes.iter().map(|outcome| outcome.numbers[metrics::find("fleet.sites").expect("a metric")]).collect()
}

#[test]
fn without_what_leads_requests_there_nobody_has_a_second_site() {
    let wanted = sites("");
    assert_eq!(wanted[Variant::SingleServer.index()], 1.0);
    assert!(wanted.iter().filter(|sites| **sites == 2.0).count() == Variant::COUNT - 1, "{wanted:?}");
    assert_eq!(sites("&stack.without=site-steering"), vec![1.0; Variant::COUNT]);
}

/// Sites of a variant of a company with a goal, and what stops it.
fn for_a_goal(variant: Variant, said: &str) -> (f64, usize) {
    let scenario = Scenario::from_link(&format!("v1&goals.availability=0.9999{said}")).unwrap();
    let outcomes = compare(&scenario).outcomes;
    let outcome = &outcomes[variant.index()];
    (outcome.numbers[metrics::find("fleet.sites").expect("a metric")], outcome.obstacles.len())
}

#[test]
fn a_second_site_is_had_where_a_goal_is_met_by_it_and_not_in_vain() {
    assert_eq!(for_a_goal(Variant::LeasedMetal, "&goals.secondSite=never"), (1.0, 1));
    assert_eq!(for_a_goal(Variant::LeasedMetal, ""), (2.0, 0));
    // Most bad days of this platform are everywhere: no second region helps against them, unless an hour down costs enough.
    let everywhere = "&facts.outage.platform_everywhere=0.9";
    assert_eq!(for_a_goal(Variant::Paas, everywhere), (1.0, 1));
    assert_eq!(for_a_goal(Variant::Paas, &format!("{everywhere}&goals.downtimeUsdPerHour=1000000")), (2.0, 1));
}

#[test]
fn what_is_said_outright_bars_what_cannot_have_it() {
    let company = "v1&workload.weeklyUsers=300000&services.count=6&team.developers=15&team.opsPeople=2";
    let asked = |said: &str| compare(&Scenario::from_link(&format!("{company}{said}")).expect("a scenario"));
    let barred = |said: &str, by: Obstacle| {
        let outcomes = asked(said).outcomes;
        let barred = outcomes.into_iter().filter(|outcome| outcome.obstacles.contains(&by));
        barred.map(|outcome| outcome.variant).collect::<Vec<_>>()
    };
    assert_eq!(barred("&goals.redundancy=twice", Obstacle::NoSecondCopy), [Variant::SingleServer]);
    assert_eq!(barred("&goals.secondSite=always", Obstacle::NoSecondSite), [Variant::SingleServer]);
    let led = "&goals.secondSite=always&stack.without=site-steering";
    assert_eq!(barred(led, Obstacle::NoSecondSite), Variant::ALL);
    for said in ["", "&goals.redundancy=once", "&goals.secondSite=never"] {
        assert!(barred(said, Obstacle::NoSecondCopy).is_empty());
        assert!(barred(said, Obstacle::NoSecondSite).is_empty());
    }
    // Somebody on call is paid for wherever that is said.
    let standby = |said: &str| {
        let outcomes = asked(said).outcomes;
        outcomes.iter().map(|outcome| outcome.metric("lines.onCall").expect("a metric")).collect::<Vec<_>>()
    };
    assert!(standby("&team.onCall=always").iter().all(|usd| *usd > 0.0));
    assert!(standby("&team.onCall=never").iter().all(|usd| *usd == 0.0));
}
