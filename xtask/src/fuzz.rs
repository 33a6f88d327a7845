//! Coverage-guided fuzzing of what comes from outside: libFuzzer on links and data, from the presets and the words of the
//! tables.

use crate::root;
use crate::setup::{host_target, run_in, say};
use anyhow::{Context, Result};
use moving_parts::facts::{FACTS, FIELDS, PRESETS};
use moving_parts::scenario::Scenario;
use std::fmt::Write;
use std::fs;
use std::process::Command;

/// What makes the compiler count the branches that an input takes.
const COUNTED: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Tries inputs for so many seconds, from those that were kept the last time on. What fails is kept in `target/fuzz`.
pub fn fuzz(seconds: u64) -> Result<()> {
    let folder = root().join("target/fuzz");
    let (corpus, seeds) = (folder.join("corpus"), folder.join("seeds"));
    for folder in [&corpus, &seeds] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    for preset in PRESETS {
        let scenario = Scenario::preset(preset.id).with_context(|| format!("{} cannot be made", preset.id))?;
        fs::write(seeds.join(format!("{}.link", preset.id)), scenario.to_link())?;
        fs::write(seeds.join(format!("{}.json", preset.id)), serde_json::to_string(&scenario.to_tree(true))?)?;
    }
    let mut words = String::new();
    for word in FIELDS.iter().map(|field| field.path).chain(FACTS.iter().map(|fact| fact.id)) {
        writeln!(words, "\"{word}\"")?;
    }
    fs::write(folder.join("words"), words)?;

    let host = host_target()?;
    say("compiling the fuzzer");
    let own = root().join("tests/fuzz");
    let mut compile = Command::new("cargo");
    compile.args(["build", "--release", "--quiet", "--target", &host]);
    run_in(&own, compile.env("RUSTFLAGS", COUNTED).env("CARGO_TARGET_DIR", &folder))?;
    say(format_args!("fuzzing for {seconds} seconds"));
    let mut fuzzer = Command::new(folder.join(&host).join("release/scenario"));
    fuzzer.arg(corpus).arg(seeds).arg(format!("-max_total_time={seconds}")).arg("-timeout=5").arg("-max_len=4096");
    run_in(&folder, fuzzer.args(["-dict=words", "-print_final_stats=1", "-verbosity=1"]))
}
