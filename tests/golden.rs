//! The golden results: every preset and variant, to the last bit. The same files are read by the Node tests and the
//! browser tests. `UPDATE_GOLDEN=1 cargo test --test golden` writes them anew; the difference is to be reviewed.

#[path = "../src/facts/fnv.rs"]
mod fnv;

use fnv::Fnv;
use moving_parts::approach::Variant;
use moving_parts::facts::PRESETS;
use moving_parts::model::metrics;
use moving_parts::question::compare::{self, Comparison};
use moving_parts::question::plan::plan;
use moving_parts::question::sensitivity::{Target, sensitivity};
use moving_parts::question::uncertainty::{Study, TOLD};
use moving_parts::scenario::Scenario;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::{env, fs};

/// A hash over the bits of what the questions that draw answer: every draw of every variant, quantiles, months, the value of
/// information, Sobol indices, and plans.
fn drawn(scenario: &Scenario) -> String {
    let mut hash = Fnv::default();
    let mut write = |numbers: &[f64]| numbers.iter().for_each(|number| hash.write(&number.to_bits().to_le_bytes()));
    let monthly = TOLD.iter().position(|id| *id == "totals.monthlyUsd").expect("it is told");
    let mut study = Study::new(scenario, 1);
    study.advance(64).expect("so many draws can be made");
    let answer = study.answer(true);
    for odds in &answer.odds {
        write(study.drawn(odds.variant, monthly));
        write(&odds.cuts);
        odds.monthly.iter().for_each(|month| write(&[month.mean, month.quantiles[4]]));
    }
    write(&[answer.perfect.value, answer.perfect.error]);
    answer.worth.iter().for_each(|worth| write(&[worth.usd.value, worth.usd.error]));
    let target = Target::Metric { variant: "paas".into(), metric: "totals.tcoUsd".into() };
    for (_, index) in sensitivity(scenario, &target, 16, 1).expect("a question of names that are known").indices {
        write(&[index.first.value, index.total.value]);
    }
    let planned = plan(scenario, 16, 1).expect("so many draws can be made");
    if let Some(ahead) = planned.ahead {
        write(&[ahead.expected.plan.usd, ahead.robust.regret_p90_usd]);
        ahead.switches.iter().for_each(|switch| write(&switch.months));
    }
    format!("{:016x}", hash.finish())
}

/// Everything readable of a comparison, and a hash over the bits of all its numbers, series included.
fn golden(scenario: &Scenario, comparison: &Comparison) -> Value {
    let mut hash = Fnv::default();
    let variants: Map<String, Value> = comparison
        .outcomes
        .iter()
        .map(|outcome| {
            let all = outcome.numbers.iter().chain([&outcome.upfront_usd]).chain(outcome.series.iter());
            all.for_each(|number| hash.write(&number.to_bits().to_le_bytes()));
            let numbers: Map<String, Value> = (0..metrics::COUNT)
                .filter_map(metrics::describe)
                .zip(outcome.numbers)
                .map(|((id, _, _), number)| (id, json!(number)))
                .collect();
            let parts: Vec<Value> =
                outcome.stack.parts().map(|(part, times)| json!([part.facts().id, times])).collect();
            let value = json!({
                "feasible": outcome.feasible(),
                "reasons": outcome.obstacles,
                "upfrontUsd": outcome.upfront_usd,
                "exitUsd": outcome.exit_usd,
                "dominatedBy": outcome.dominated_by.map(Variant::id),
                "paysBackInMonth": outcome.pays_back_in,
                "numbers": numbers,
                "parts": parts,
            });
            (outcome.variant.id().to_string(), value)
        })
        .collect();
    json!({
        "best": comparison.best.map(Variant::id),
        "bits": format!("{:016x}", hash.finish()),
        "drawn": drawn(scenario),
        "variants": variants,
    })
}

#[test]
fn presets_give_the_golden_results() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    for preset in PRESETS {
        let scenario = Scenario::preset(preset.id).expect("a preset can be made");
        let text = serde_json::to_string_pretty(&golden(&scenario, &compare::compare(&scenario))).unwrap() + "\n";
        let file = folder.join(format!("{}.json", preset.id));
        if update {
            fs::write(&file, &text).unwrap();
        }
        let known = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
        let changed: Vec<&str> = text.lines().filter(|line| !known.contains(line)).take(10).collect();
        assert!(
            known == text,
            "{} has changed; review it, then UPDATE_GOLDEN=1 cargo test --test golden\n{}",
            preset.id,
            changed.join("\n")
        );
    }
}

#[test]
fn there_is_no_golden_file_without_a_preset() {
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(PRESETS.iter().any(|preset| name == format!("{}.json", preset.id)), "{name} belongs to no preset");
    }
}
