//! The months are played through without asking for memory: a longer horizon needs larger blocks, and not one more.

use moving_parts::model::Company;
use moving_parts::question::compare::compare_at;
use moving_parts::scenario::Scenario;

#[test]
fn the_month_loop_allocates_nothing() {
    for preset in ["shermans-2011", "hundred-microservices", "spiky-events"] {
        let blocks = |months: u32| {
            // Every role runs twice: what is laid out is the same whatever grows.
            let link = format!(
                "v1&preset={preset}&finance.horizonMonths={months}&workload.growth.phases=&workload.growth.steps=\
                 &goals.redundancy=twice"
            );
            let scenario = Scenario::from_link(&link).unwrap();
            let (company, point) = (Company::of(&scenario), scenario.likeliest());
            // The shapes of stacks are computed once and remembered.
            drop(compare_at(&company, &point));
            allocation_counter::measure(|| drop(compare_at(&company, &point))).count_total
        };
        assert_eq!(blocks(12), blocks(120), "{preset}");
    }
}
