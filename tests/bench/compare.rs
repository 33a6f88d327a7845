//! Times `compare` and `winners` natively. Prints a name and its median nanoseconds a call, a tab between them.

use moving_parts::model::Company;
use moving_parts::question::compare::{compare, compare_at};
use moving_parts::question::sweep::winners;
use moving_parts::scenario::Scenario;
use std::hint::black_box;
use std::time::Instant;

/// Median of the mean times of many short runs: what disturbs a run now and then does not count.
fn median(calls: u32, run: impl Fn()) -> f64 {
    const RUNS: usize = 200;
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| run());
            start.elapsed().as_nanos() as f64 / f64::from(calls)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

fn main() {
    for preset in ["shermans-2011", "hundred-microservices"] {
        let scenario = Scenario::preset(preset).expect("a preset");
        let (company, point) = (Company::of(&scenario), scenario.likeliest());
        println!("compare {preset}\t{}", median(20, || drop(black_box(compare(black_box(&scenario))))));
        println!(
            "the model alone {preset}\t{}",
            median(20, || drop(black_box(compare_at(black_box(&company), black_box(&point)))))
        );
        // The same work on both sides: all variants at many values, and next to nothing crosses the boundary.
        let values: Vec<f64> = (1..=100).map(|step| f64::from(step) * 1e5).collect();
        println!(
            "winners at 100 values {preset}\t{}",
            median(1, || drop(black_box(winners(&scenario, "workload.weeklyUsers", black_box(&values)))))
        );
    }
}
