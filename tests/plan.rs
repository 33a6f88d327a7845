//! When to switch: against brute force, against `compare`, and as laws.

mod random;

use moving_parts::approach::Variant;
use moving_parts::draw::Draws;
use moving_parts::facts::slot;
use moving_parts::model::Company;
use moving_parts::question::compare::compare;
use moving_parts::question::plan::{Ahead, Costs, Plan, Stage, Switch, plan};
use moving_parts::question::quantile::quantile;
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
        prop_assert_eq!((found.stages[0].from, found.stages[found.stages.len() - 1].to), (1, 4));
        prop_assert!(found.stages.iter().all(|stage| stage.from <= stage.to), "{:?}", found.stages);
        prop_assert!(found.stages.windows(2).all(|pair| pair[0].to + 1 == pair[1].from), "{:?}", found.stages);
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
fn the_expected_plan_fits_in_most_draws_as_a_whole_where_any_does() {
    // What fits in each month in most draws may miss in one of its months in most.
    let falling = "workload.weeklyUsers=3000000&workload.growth.phases.0.months=60&workload.growth.phases.0.monthlyGrowth=-0.05\
                   &team.developers=10&goals.revenuePerHourUsd=500";
    for (link, draws) in [(falling, 1024), ("preset=seed-startup", 256), ("preset=steady-api", 64)] {
        let ahead = plan(&scenario(link), draws, 1).unwrap().ahead;
        let Ahead { expected, robust, likeliest, steady, .. } = ahead.unwrap_or_else(|| panic!("{link} has a plan"));
        let most = [&expected, &robust, &likeliest, &steady].map(|tried| tried.fits).into_iter().fold(0.0, f64::max);
        assert!(expected.fits >= most.min(0.5), "{link}: {expected:?}");
        for other in [&robust, &likeliest, &steady].into_iter().filter(|other| other.fits >= 0.5) {
            assert!(expected.plan.usd <= other.plan.usd * (1.0 + 1e-12), "{link}: {expected:?} {other:?}");
        }
        assert_eq!(steady.plan.stages.len(), 1, "{link}: {steady:?}");
    }
}

#[test]
fn over_the_draws_the_shares_add_up_and_the_expected_plan_is_the_cheapest_in_the_mean() {
    let scenario =
        scenario("preset=seed-startup&workload.growth.phases.0.months=36&workload.growth.phases.0.monthlyGrowth=0.07");
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
    // The expected plan fits in most draws. What is called robust fits in nine of ten, or as often as any that was tried.
    assert!(ahead.expected.fits >= 0.5, "{:?}", ahead.expected);
    for other in [&ahead.expected, &ahead.likeliest, &ahead.steady] {
        assert!(ahead.robust.fits >= other.fits.min(0.9), "{:?} {other:?}", ahead.robust);
        if other.fits >= 0.9 {
            assert!(ahead.robust.regret_p90_usd <= other.regret_p90_usd, "{other:?}");
        }
    }
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

/// Shares, switches and regrets are counted here once more, over the cheapest way of each draw alone.
#[test]
fn what_the_draws_say_is_counted_over_the_best_plan_of_each() {
    for link in [
        "preset=seed-startup&workload.growth.phases.0.months=36&workload.growth.phases.0.monthlyGrowth=0.08",
        "preset=startup-2002&current.variant=leased-metal&current.leaseMonthsLeft=9",
        "preset=hundred-microservices&current.variant=cloud-vms&finance.commitment=0.5",
        "preset=series-b-b2b&current.variant=single-server",
    ] {
        let scenario = scenario(link);
        let company = Company::of(&scenario);
        let count = 48;
        let planned = plan(&scenario, count, 3).unwrap();
        let ahead = planned.ahead.unwrap();
        assert_eq!(ahead.draws, count);
        let mut draws = Draws::of(&scenario, 3);
        let each: Vec<(Costs, Option<Plan>)> = (0..count)
            .map(|index| Costs::at(&company, draws.at(index)))
            .map(|costs| (costs.clone(), costs.cheapest()))
            .collect();
        let share = |times: usize| times as f64 / f64::from(count);
        let best = || each.iter().filter_map(|(_, best)| best.as_ref());

        for (variant, shares) in Variant::ALL.iter().zip(&ahead.running) {
            for (month, running) in (1..).zip(shares) {
                let runs = |stage: &Stage| stage.variant == *variant && (stage.from..=stage.to).contains(&month);
                let times = best().filter(|plan| plan.stages.iter().any(runs)).count();
                assert!((running - share(times)).abs() < 1e-9, "{link} {variant:?} {month}");
            }
        }

        // A switch, by what is left and what is entered: its first months in rising order.
        let mut entered: Vec<(Option<Variant>, Variant, f64)> = best()
            .flat_map(|plan| {
                let left = std::iter::once(company.current).chain(plan.stages.iter().map(|stage| Some(stage.variant)));
                left.zip(&plan.stages).map(|(from, stage)| (from, stage.variant, f64::from(stage.from)))
            })
            .filter(|(from, to, _)| *from != Some(*to))
            .collect();
        entered.sort_by(|one, other| one.2.total_cmp(&other.2));
        let mut times = 0;
        for Switch { from, to, share: told, months } in &ahead.switches {
            let found: Vec<f64> =
                entered.iter().filter(|known| (known.0, known.1) == (*from, *to)).map(|known| known.2).collect();
            times += found.len();
            assert_eq!(*told, share(found.len()), "{link} {from:?} {to:?}");
            assert_eq!(*months, [0.1, 0.5, 0.9].map(|share| quantile(&found, share)), "{link} {from:?} {to:?}");
        }
        assert_eq!(times, entered.len(), "{link}: every switch is told");

        // No draw's best plan costs less in the mean than the expected one, where it fits.
        let mean = |stages: &[Stage]| each.iter().map(|(costs, _)| costs.of(stages)).sum::<f64>() / f64::from(count);
        let fits = |stages: &[Stage]| share(each.iter().filter(|(costs, _)| costs.fit(stages)).count());
        for stages in best().map(|plan| plan.stages.as_slice()).filter(|stages| fits(stages) >= 0.5) {
            assert!(ahead.expected.plan.usd <= mean(stages) * (1.0 + 1e-12), "{link} {stages:?}");
        }

        let regrets = |stages: &[Stage]| {
            let mut regrets: Vec<f64> = each
                .iter()
                .filter(|(costs, _)| costs.fit(stages))
                .map(|(costs, best)| costs.of(stages) - best.as_ref().unwrap().usd)
                .collect();
            regrets.sort_by(f64::total_cmp);
            (regrets.iter().sum::<f64>() / regrets.len() as f64, quantile(&regrets, 0.9))
        };
        assert_eq!(ahead.likeliest.plan.stages, planned.plan.unwrap().stages);
        for tried in [&ahead.expected, &ahead.robust, &ahead.likeliest, &ahead.steady] {
            let stages = &tried.plan.stages;
            let (mean, p90) = regrets(stages);
            assert!((tried.regret_usd - mean).abs() <= 1e-9 * mean.abs(), "{link} {tried:?} {mean}");
            assert_eq!(tried.regret_p90_usd, p90, "{link} {tried:?}");
        }

        // Of the variants that fit throughout in at least half of the draws, the one that costs least if it is never left.
        let steady = Variant::ALL.iter().filter_map(|variant| {
            let stages = [Stage { variant: *variant, from: 1, to: company.months }];
            let usd = mean(&stages);
            (fits(&stages) >= 0.5).then_some((stages, usd))
        });
        let (stages, usd) = steady.min_by(|one, other| one.1.total_cmp(&other.1)).expect("something fits");
        assert_eq!((ahead.steady.plan.stages.as_slice(), ahead.steady.plan.usd), (&stages[..], usd), "{link}");
        assert!(ahead.expected.plan.usd <= usd * (1.0 + 1e-12), "{link}");

        // Nor does one switch, anywhere, to what in each of its months fits in at least half of the draws.
        let fitting: Vec<Vec<bool>> = Variant::ALL
            .iter()
            .map(|variant| {
                let month = |at| [Stage { variant: *variant, from: at, to: at }];
                (1..=company.months).map(|at| fits(&month(at)) >= 0.5).collect()
            })
            .collect();
        for (from, to) in Variant::ALL.iter().flat_map(|from| Variant::ALL.iter().map(move |to| (*from, *to))) {
            for month in (1..company.months).filter(|_| from != to) {
                let (before, after) = (&fitting[from.index()], &fitting[to.index()]);
                let at = usize::from(month);
                if before[..at].iter().chain(&after[at..]).all(|fits| *fits) {
                    let [first, second] = [(from, 1, month), (to, month + 1, company.months)]
                        .map(|(variant, from, to)| Stage { variant, from, to });
                    assert!(ahead.expected.plan.usd <= mean(&[first, second]) * (1.0 + 1e-12), "{link} {first:?}");
                }
            }
        }

        // The robust plan fits in nine draws of ten, or as often as any that is the best of several draws, and is regretted no
        // more than any of those that fit so often.
        for stages in best().map(|plan| plan.stages.as_slice()) {
            if best().filter(|plan| plan.stages == stages).count() >= 3 {
                assert!(ahead.robust.fits >= fits(stages).min(0.9), "{link} {stages:?}");
                if fits(stages) >= 0.9 {
                    assert!(ahead.robust.regret_p90_usd <= regrets(stages).1, "{link} {stages:?}");
                }
            }
        }
    }
}

#[test]
fn without_draws_nothing_is_said_of_them() {
    let planned = plan(&scenario("preset=seed-startup"), 0, 1).unwrap();
    assert!(planned.plan.is_some() && planned.ahead.is_none());
}

/// Machines that are still leased when they are left are paid once: as what runs on beside the next variant, or as what is
/// owed to the end of the lease, month by month, each at what a dollar is worth then.
#[test]
fn leased_machines_that_are_left_are_paid_once_and_discounted() {
    let months = 36;
    let left = |variant: Variant, after: u16, lease: u16, dual: u16, rate: f64| {
        let scenario = scenario(&format!(
            "preset=steady-api&finance.horizonMonths={months}&current.variant={}&current.leaseMonthsLeft={lease}\
             &facts.migration.dual_months={dual}&finance.discountRate={rate}",
            variant.id()
        ));
        let stage = |variant, from, to| Stage { variant, from, to };
        let before = (after > 0).then(|| stage(variant, 1, after));
        let stages: Vec<Stage> = before.into_iter().chain([stage(Variant::Paas, after + 1, months)]).collect();
        Costs::at(&Company::of(&scenario), &scenario.likeliest()).of(&stages)
    };
    let near = |one: f64, other: f64| assert!((one - other).abs() <= 1e-9 * one.abs(), "{one} is not {other}");
    for (variant, after) in [(Variant::LeasedMetal, 0), (Variant::CloudVms, 0), (Variant::CloudVms, 12)] {
        // Without discounting: a month more of the lease is a month's rent.
        let lease_month = |rate: f64| left(variant, after, 19, 1, rate) - left(variant, after, 18, 1, rate);
        let rent = lease_month(0.0);
        assert!(rent > 0.0);
        // A month more beside the next variant: within the lease it costs all but the rent, which is owed anyway.
        let beside = |lease: u16| left(variant, after, lease, 3, 0.0) - left(variant, after, lease, 2, 0.0);
        near(beside(after) - beside(after + 6), rent);
        near(lease_month(0.5), rent * 1.5_f64.powf(-19.0 / 12.0));
    }
}

/// A plan that leaves what runs today at once, or never, costs what the comparison says.
#[test]
fn a_plan_of_one_stage_costs_what_the_comparison_says_whatever_is_leased() {
    for (current, lease) in [("leased-metal", 36), ("owned-metal", 12), ("cloud-vms", 7), ("paas", 60), ("paas", 0)] {
        let company = format!(
            "preset=colo-lift-and-shift&current.variant={current}&current.leaseMonthsLeft={lease}&finance.discountRate=0.2"
        );
        let planned = plan(&scenario(&company), 0, 1).unwrap();
        assert!(planned.steady.iter().flatten().count() >= 3, "{company}");
        for outcome in compare(&scenario(&company)).outcomes {
            let Some(usd) = planned.steady[outcome.variant.index()] else { continue };
            let total = outcome.metric("totals.tcoUsd").expect("a metric");
            assert!((usd - total).abs() <= 1e-9 * total, "{company}: {} {usd} {total}", outcome.variant.id());
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
    // Half a month of them is half of it.
    let half = left_after_twelve(1.5) - left_after_twelve(1.0);
    assert!((half / beside[0] - 0.5).abs() < 1e-9, "{half} {beside:?}");
    for pair in beside.windows(2) {
        let factor = 1.5_f64.powf(-1.0 / 12.0);
        assert!((pair[1] / pair[0] - factor).abs() < 1e-9, "{beside:?} {factor}");
    }
}
