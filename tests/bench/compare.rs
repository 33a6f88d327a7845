//! Times `compare` natively. Prints a name and its median nanoseconds a call, a tab between them.

use moving_parts::model::Company;
use moving_parts::question::compare::{compare, compare_at};
use moving_parts::scenario::Scenario;
use std::hint::black_box;
use std::time::Instant;

/// Median of the mean times of many short runs: what disturbs a run now and then does not count.
fn median(run: impl Fn()) -> f64 {
    const RUNS: usize = 200;
    const CALLS: u32 = 20;
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let start = Instant::now();
            (0..CALLS).for_each(|_| run());
            start.elapsed().as_nanos() as f64 / f64::from(CALLS)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

fn main() {
    for preset in ["shermans-2011", "hundred-microservices"] {
        let scenario = Scenario::preset(preset).expect("a preset");
        let (company, point) = (Company::of(&scenario), scenario.likeliest());
        println!("compare {preset}\t{}", median(|| drop(black_box(compare(black_box(&scenario))))));
        println!(
            "the model alone {preset}\t{}",
            median(|| drop(black_box(compare_at(black_box(&company), black_box(&point)))))
        );
    }
}
