//! When to switch: against brute force, against `compare`, and as laws.

mod random;

use moving_parts::approach::Variant;
use moving_parts::draw::Draws;
use moving_parts::facts::slot;
use moving_parts::model::Company;
use moving_parts::question::compare::compare;
use moving_parts::question::plan::{Costs, Stage, plan};
use moving_parts::scenario::Scenario;
use proptest::prelude::*;
use random::cases;

fn scenario(link: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{link}")).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

/// Every sequence of variants over the months, as stages.
fn sequences(months: u16, variants: &[Variant]) -> impl Iterator<Item = Vec<Stage>> {
    let count = variants.len().pow(u32::from(months));
    (0..count).map(move |mut code| {
        let mut stages: Vec<Stage> = Vec::new();
        for month in 1..=months {
            let variant = variants[code % variants.len()];
            code /= variants.len();
            match stages.last_mut() {
                Some(last) if last.variant == variant => last.to = month,
                _ => stages.push(Stage { variant, from: month, to: month }),
            }
        }
        stages
    })
}

proptest! {
    #![proptest_config(cases(24))]

    /// Nine variants over four months: 6,561 sequences.
    #[test]
    fn the_plan_is_the_best_of_all_sequences(
        users in 3.0..7.5f64,
        growth in -0.6..1.5f64,
        step in 0.02..50.0f64,
        lease in 1u16..5,
        hourly in 0.0..150.0f64,
        current in prop::sample::select(vec!["none", "single-server", "leased-metal", "paas"]),
        left in 0u16..5,
        dual in 0.0..3.0f64,
    ) {
        // Work costs next to nothing here, so that switching often pays.
        let scenario = scenario(&format!(
            "preset=seed-startup&finance.horizonMonths=4&workload.weeklyUsers={}&workload.growth.phases.0.months=4&workload.growth.phases.0.monthlyGrowth={growth}\
             &workload.growth.steps.0.month=3&workload.growth.steps.0.factor={step}&finance.leaseMonths={lease}&team.hourlyUsd={hourly}\
             &current.variant={current}&current.leaseMonthsLeft={left}&facts.migration.dual_months={dual}\
             &goals.availability=0.9",
            10f64.powf(users)
        ));
        let costs = Costs::at(&Company::of(&scenario), &scenario.likeliest());
        let found = costs.cheapest().expect("something fits");
        prop_assert!(costs.fit(&found.stages));
        prop_assert!((costs.of(&found.stages) - found.usd).abs() <= 1e-9 * found.usd.abs());
        let best = sequences(4, Variant::ALL)
            .filter(|stages| costs.fit(stages))
            .map(|stages| costs.of(&stages))
            .fold(f64::INFINITY, f64::min);
        prop_assert!((found.usd - best).abs() <= 1e-9 * best.abs(), "{} {best} {:?}", found.usd, found.stages);
    }
}

#[test]
fn to_enter_a_variant_at_once_and_never_to_leave_it_is_what_compare_says() {
    for preset in moving_parts::facts::PRESETS {
        for current in ["none", "paas", "leased-metal"] {
            let scenario = scenario(&format!("preset={}&current.variant={current}", preset.id));
            let steady = plan(&scenario, 0, 1).unwrap().steady;
            for (outcome, steady) in compare(&scenario).outcomes.iter().zip(steady) {
                assert_eq!(outcome.feasible(), steady.is_some(), "{} {}", preset.id, outcome.variant.id());
                let total = outcome.metric("totals.tcoUsd").unwrap();
                if let Some(usd) = steady {
                    assert!(
                        (usd - total).abs() < 1e-9 * total,
                        "{} {}: {usd} {total}",
                        preset.id,
                        outcome.variant.id()
                    );
                }
            }
        }
    }
}

#[test]
fn a_plan_follows_growth_up_and_decline_down() {
    let up = plan(
        &scenario("preset=seed-startup&finance.horizonMonths=60&workload.growth.phases.0.months=60&workload.growth.phases.0.monthlyGrowth=0.12&goals.availability=0.95"),
        0,
        1,
    )
    .unwrap()
    .plan
    .unwrap();
    assert!(up.stages.len() > 1, "{:?}", up.stages);
    assert_eq!(up.stages[0].variant, Variant::SingleServer, "{:?}", up.stages);
    let down = plan(
        &scenario(
            "preset=hundred-microservices&services.count=3&workload.growth.phases.0.months=60&workload.growth.phases.0.monthlyGrowth=-0.12&goals.availability=0.95\
             &current.variant=managed-kubernetes",
        ),
        0,
        1,
    )
    .unwrap()
    .plan
    .unwrap();
    let last = down.stages.last().unwrap();
    assert_ne!(last.variant, Variant::ManagedKubernetes, "{:?}", down.stages);
    for plan in [up, down] {
        assert_eq!((plan.stages[0].from, plan.stages.last().unwrap().to), (1, 60));
        assert!(plan.stages.windows(2).all(|pair| pair[0].to + 1 == pair[1].from));
    }
}

#[test]
fn a_dearer_switch_and_a_longer_lease_make_no_plan_cheaper() {
    let cost = |more: &str| {
        let link = format!(
            "preset=seed-startup&finance.horizonMonths=36&workload.growth.phases.0.months=36&workload.growth.phases.0.monthlyGrowth=0.2&current.variant=leased-metal\
             &goals.availability=0.95&{more}"
        );
        plan(&scenario(&link), 0, 1).unwrap().plan.unwrap().usd
    };
    let base = cost("");
    for dearer in [
        "facts.migration.rehost=200",
        "facts.migration.dual_months=6",
        "current.leaseMonthsLeft=24",
        "finance.leaseMonths=36",
    ] {
        assert!(cost(dearer) >= base, "{dearer}");
    }
}

#[test]
fn over_the_draws_the_shares_add_up_and_the_expected_plan_is_the_cheapest_in_the_mean() {
    let scenario =
        scenario("preset=seed-startup&workload.growth.phases.0.months=36&workload.growth.phases.0.monthlyGrowth=0.08");
    let ahead = plan(&scenario, 128, 3).unwrap().ahead.unwrap();
    for month in 0..36 {
        let sum: f64 = ahead.running.iter().map(|shares| shares[month]).sum();
        assert!((sum - 1.0).abs() < 1e-9, "month {month}: {sum}");
    }
    for other in [&ahead.robust, &ahead.likeliest, &ahead.steady] {
        if other.fits >= 0.5 {
            assert!(ahead.expected.plan.usd <= other.plan.usd * (1.0 + 1e-12), "{other:?}");
        }
        assert!(other.regret_usd >= 0.0 && other.regret_p90_usd >= 0.0);
    }
    assert!(ahead.robust.regret_p90_usd <= ahead.expected.regret_p90_usd);
    assert!(ahead.switches.windows(2).all(|pair| pair[0].share >= pair[1].share));
    assert_eq!(plan(&scenario, 5000, 1).unwrap_err().path, "draws");
}

/// Plans are tried on the costs of their own stages alone: they come to what all costs of each draw say.
#[test]
fn a_plan_costs_in_the_mean_what_it_costs_in_each_draw() {
    for link in [
        "preset=shermans-2011",
        "preset=seed-startup&current.variant=paas",
        "preset=startup-2002&current.variant=leased-metal&current.leaseMonthsLeft=9",
        "preset=series-b-b2b&finance.horizonMonths=1",
        "preset=hundred-microservices&current.variant=cloud-vms&finance.commitment=0.5",
    ] {
        let scenario = scenario(link);
        let company = Company::of(&scenario);
        let draws = 8;
        let ahead = plan(&scenario, draws, 1).unwrap().ahead.unwrap();
        let mut each = Draws::of(&scenario, 1);
        let costs: Vec<Costs> = (0..draws).map(|index| Costs::at(&company, each.at(index))).collect();
        for tried in [ahead.expected, ahead.robust, ahead.likeliest, ahead.steady] {
            let stages = &tried.plan.stages;
            let mean = costs.iter().map(|costs| costs.of(stages)).sum::<f64>() / f64::from(draws);
            assert_eq!(tried.plan.usd, mean, "{link} {stages:?}");
            let fits = costs.iter().filter(|costs| costs.fit(stages)).count() as f64 / f64::from(draws);
            assert_eq!(tried.fits, fits, "{link} {stages:?}");
        }
    }
}

/// What runs on beside the next variant is paid month by month, and each month is worth less than the one before.
#[test]
fn months_beside_the_next_variant_are_discounted_like_all_others() {
    let left_after_twelve = |dual: f64| {
        let scenario =
            scenario(&format!("preset=steady-api&facts.migration.dual_months={dual}&finance.discountRate=0.5"));
        let costs = Costs::at(&Company::of(&scenario), &scenario.likeliest());
        let stage = |variant, from, to| Stage { variant, from, to };
        let months = scenario.value(slot::FINANCE_HORIZON_MONTHS) as u16;
        costs.of(&[stage(Variant::CloudVms, 1, 12), stage(Variant::Paas, 13, months)])
    };
    let beside: Vec<f64> =
        [1.0, 2.0, 3.0, 4.0].map(left_after_twelve).windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(beside[0] > 0.0);
    for pair in beside.windows(2) {
        let factor = 1.5_f64.powf(-1.0 / 12.0);
        assert!((pair[1] / pair[0] - factor).abs() < 1e-9, "{beside:?} {factor}");
    }
}
