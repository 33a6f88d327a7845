//! What the model chooses for a company is what costs it least.

use moving_parts::facts::PRESETS;
use moving_parts::model::metrics;
use moving_parts::question::compare::{Outcome, compare};
use moving_parts::scenario::Scenario;

#[test]
fn what_is_bought_once_or_twice_is_what_costs_less() {
    let number = |outcome: &Outcome, id: &str| outcome.numbers[metrics::find(id).expect("a metric")];
    let usd = |outcome: &Outcome| number(outcome, "totals.tcoUsd");
    let mut decided = [0, 0];
    for preset in PRESETS {
        for gb in [1.0, 200.0, 6_000.0] {
            for revenue in [0.0, 300.0, 20_000.0] {
                let of = |policy: &str| {
                    let link = format!(
                        "v1&preset={}&data.databaseGb={gb}&goals.revenuePerHourUsd={revenue}&goals.redundancy={policy}\
                         &goals.availability=0.5&team.onCall=never&workload.growth.phases=&workload.growth.steps=\
                         &services.growthByService=&data.growthGbPerMonth=0&current.variant=none",
                        preset.id
                    );
                    compare(&Scenario::from_link(&link).unwrap_or_else(|problems| panic!("{problems:?}")))
                };
                let (free, once, twice) = (of("asItPays"), of("once"), of("twice"));
                for ((free, once), twice) in free.outcomes.iter().zip(&once.outcomes).zip(&twice.outcomes) {
                    let (one, two) = (usd(once), usd(twice));
                    let least = one.min(two);
                    if usd(free) > least * 1.0001 { println!("{} {gb} {revenue} {}: {} of {one} {two}", preset.id, free.variant.id(), usd(free)); }
                    if one != two { decided[usize::from(usd(free) == two)] += 1; }
                }
            }
        }
    }
    println!("{decided:?}");
}
