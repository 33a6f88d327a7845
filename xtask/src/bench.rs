//! How long the questions take, natively and in wasm, and the page, in one run; and an operation of its formulas, next to other engines.

use crate::build;
use crate::setup::{CHROMIUM, LIBREOFFICE, say};
use anyhow::{Context, Result, bail};
use std::process::Command;

pub fn bench() -> Result<()> {
    build::build()?;
    say("timing, natively");
    let native = nanoseconds(Command::new("cargo").args(["bench", "--quiet", "--bench", "questions"]))?;
    say("timing, in wasm");
    let mut wasm = nanoseconds(Command::new("node").arg("tests/bench/questions.mjs"))?;
    say("timing, on the page");
    let mut page = Command::new("node");
    page.arg("tests/bench/page.mjs").env(CHROMIUM.variable, CHROMIUM.find()?);
    wasm.extend(nanoseconds(&mut page)?);
    println!("{:46} {:>10} {:>10} {:>7}", "µs per call, median", "native", "wasm", "ratio");
    for (name, native) in &native {
        match wasm.iter().find(|(known, _)| known == name) {
            Some((_, wasm)) => {
                println!("{name:46} {:>10.1} {:>10.1} {:>6.2}×", native / 1000.0, wasm / 1000.0, wasm / native);
            }
            None => println!("{name:46} {:>10.1}", native / 1000.0),
        }
    }
    for (name, wasm) in wasm.iter().filter(|(name, _)| !native.iter().any(|(known, _)| known == name)) {
        println!("{name:46} {:>10} {:>10.1}", "", wasm / 1000.0);
    }
    say("timing the operations of formulas, here and elsewhere");
    let mut formulas = Command::new("node");
    formulas.arg("tests/bench/formulas.mjs").env(LIBREOFFICE.variable, LIBREOFFICE.find()?);
    let formulas = nanoseconds(&mut formulas)?;
    let engine = formulas.first().map_or(f64::NAN, |(_, time)| *time);
    println!("{:46} {:>10} {:>10}", "ns per operation of the same formulas", "", "ratio");
    for (name, time) in &formulas {
        println!("{name:46} {time:>10.1} {:>9.1}×", time / engine);
    }
    Ok(())
}

/// Runs a bench that prints a name and its median nanoseconds, a tab between them, on every line.
fn nanoseconds(command: &mut Command) -> Result<Vec<(String, f64)>> {
    let output = command.current_dir(crate::root()).stderr(std::process::Stdio::inherit()).output()?;
    if !output.status.success() {
        // What it printed was kept from the screen: what went wrong is on it.
        print!("{}", String::from_utf8_lossy(&output.stdout));
        bail!("{command:?} failed: {}", output.status);
    }
    String::from_utf8(output.stdout)?
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .map(|(name, time)| Ok((name.to_string(), time.trim().parse().context("a bench printed no number")?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::nanoseconds;
    use std::process::Command;

    #[test]
    fn a_bench_that_fails_once_has_failed() {
        let once = std::env::temp_dir().join(format!("moving-parts-bench-{}", std::process::id()));
        std::fs::create_dir(&once).unwrap();
        // Where the folder is gone, it would succeed.
        let script = format!("printf 'question\\t1\\n'; ! rmdir '{}' 2>&1", once.display());
        let bench = || nanoseconds(Command::new("sh").args(["-c", &script]));
        assert!(bench().unwrap_err().to_string().contains("failed"));
        assert_eq!(bench().unwrap(), [("question".to_string(), 1.0)]);
    }
}
