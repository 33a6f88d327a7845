//! The months are played through without asking for memory: a longer horizon needs larger blocks, and not one more. Nor do
//! more draws than are kept side by side need more.

use moving_parts::model::Company;
use moving_parts::question::compare::compare_at;
use moving_parts::question::sweep::{Over, winners};
use moving_parts::scenario::Scenario;

#[test]
fn the_month_loop_allocates_nothing() {
    let presets = ["shermans-2011", "hundred-microservices", "spiky-events"];
    let ways = [("never", "none"), ("always", "none"), ("never", "cloudfront")];
    for (preset, (site, cdn)) in presets.into_iter().flat_map(|preset| ways.map(|way| (preset, way))) {
        let blocks = |months: u32| {
            // Every role runs twice, at one site or at two, behind a CDN or not: what is laid out is the same whatever grows.
            let link = format!(
                "v1&preset={preset}&finance.horizonMonths={months}&workload.growth.phases=&workload.growth.steps=\
                 &goals.redundancy=twice&goals.secondSite={site}&finance.cdn={cdn}"
            );
            let scenario = Scenario::from_link(&link).unwrap();
            let (company, point) = (Company::of(&scenario), scenario.likeliest());
            // The shapes of stacks are computed once and remembered.
            drop(compare_at(&company, &point));
            allocation_counter::measure(|| drop(compare_at(&company, &point))).count_total
        };
        assert_eq!(blocks(12), blocks(120), "{preset}, a second site {site}, CDN {cdn}");
    }
}

#[test]
fn many_draws_take_as_much_memory_as_a_thousand() {
    let scenario = Scenario::preset("seed-startup").unwrap();
    let most = |draws: u32| {
        let over = Over { draws, seed: 1 };
        let ask = || winners(&scenario, "workload.weeklyUsers", &[1e4], &["single-server".into()], over).unwrap();
        allocation_counter::measure(|| drop(ask())).bytes_max
    };
    most(1);
    let kept = most(1024);
    assert!(kept < 16 << 20, "{kept} bytes");
    let many = most(3000);
    assert!(many < kept + (1 << 20), "{many} bytes, of which {kept} for the first");
}
