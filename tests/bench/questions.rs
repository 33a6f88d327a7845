//! Times the questions natively. Prints a name and its median nanoseconds a call, a tab between them.

use moving_parts::model::Company;
use moving_parts::question::compare::{compare, compare_at};
use moving_parts::question::plan::plan;
use moving_parts::question::sweep::{Axis, Over, sweep, winners};
use moving_parts::question::uncertainty::uncertainty;
use moving_parts::scenario::Scenario;
use std::hint::black_box;
use std::time::Instant;

/// Median of the mean times of many short runs: what disturbs a run now and then does not count.
fn median(runs: usize, calls: u32, run: impl Fn()) -> f64 {
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(|_| run());
            start.elapsed().as_nanos() as f64 / f64::from(calls)
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[runs / 2]
}

fn axis(path: &str, from: f64, to: f64) -> Axis {
    Axis { path: path.into(), from: Some(from), to: Some(to), steps: Some(200), log: None }
}

fn main() {
    for preset in ["shermans-2011", "hundred-microservices"] {
        let scenario = Scenario::preset(preset).expect("a preset");
        let (company, point) = (Company::of(&scenario), scenario.likeliest());
        println!("compare {preset}\t{}", median(200, 20, || drop(black_box(compare(black_box(&scenario))))));
        println!(
            "the model alone {preset}\t{}",
            median(200, 20, || drop(black_box(compare_at(black_box(&company), black_box(&point)))))
        );
        // The same work on both sides: all variants at many values, and next to nothing crosses the boundary.
        let values: Vec<f64> = (1..=100).map(|step| f64::from(step) * 1e5).collect();
        println!(
            "winners at 100 values {preset}\t{}",
            median(200, 1, || drop(black_box(winners(
                &scenario,
                "workload.weeklyUsers",
                black_box(&values),
                &[],
                Over::default()
            ))))
        );
        for (draws, runs) in [(256, 21), (10_000, 3)] {
            let time = median(runs, 1, || drop(black_box(uncertainty(black_box(&scenario), draws, 1))));
            println!("uncertainty, {draws} draws {preset}\t{time}");
        }
        let grid = [axis("workload.weeklyUsers", 1e4, 1e8), axis("team.hourlyUsd", 10.0, 300.0)];
        println!(
            "sweep 200 x 200 {preset}\t{}",
            median(1, 1, || drop(black_box(sweep(&scenario, &grid, "totals.monthlyUsd", &[], Over::default()))))
        );
        for (name, draws, runs) in [("no draws", 0, 21), ("256 draws", 256, 3)] {
            println!("plan, {name} {preset}\t{}", median(runs, 1, || drop(black_box(plan(&scenario, draws, 1)))));
        }
    }
}
