//! Every check and test, in the order of what fails soonest.

use crate::setup::{
    BASH_COMPLETION, CHROMIUM, FIREFOX, LIBREOFFICE, Program, WASM_TARGET, WEBKIT, npm_packages, npm_tool, run, run_in,
    say, wasm_target,
};
use crate::{build, root, size};
use anyhow::Result;
use std::fs;
use std::process::Command;

pub fn test() -> Result<()> {
    wasm_target()?;
    npm_packages()?;
    let cargo = |args: &[&str]| run(Command::new("cargo").args(args));

    say("format");
    cargo(&["fmt", "--all", "--check"])?;
    say("clippy, host");
    cargo(&["clippy", "--quiet", "--workspace", "--all-targets", "--", "-D", "warnings"])?;
    say("clippy, wasm");
    cargo(&["clippy", "--quiet", "--lib", "--target", WASM_TARGET, "--", "-D", "warnings"])?;
    say("native tests");
    cargo(&["test", "--workspace", "--quiet"])?;
    build::crate_package()?;
    let tarball = build::package()?;
    say("size");
    size::check()?;
    say("types");
    run(npm_tool("tsc").args(["--noEmit", "--project", "www"]))?;
    say("lint");
    let scripts = [".", "../tests/node", "../tests/browser", "../tests/bench", "../tests/versions"];
    run_in(&root().join("www"), npm_tool("biome").args(["check", "--error-on-warnings"]).args(scripts))?;

    say("Node tests, on the installed tarball");
    let consumer = root().join("target/consumer");
    let _ = fs::remove_dir_all(&consumer);
    fs::create_dir_all(&consumer)?;
    fs::write(consumer.join("package.json"), "{\"name\":\"consumer\",\"private\":true,\"type\":\"module\"}\n")?;
    run(Command::new("npm")
        .args(["install", "--silent", "--no-audit", "--no-fund", "--prefix"])
        .arg(&consumer)
        .arg(&tarball))?;
    node_tests("tests/node", &consumer, &[LIBREOFFICE, BASH_COMPLETION])?;

    say("browser tests, over HTTP and from disk");
    node_tests("tests/browser", &consumer, &[CHROMIUM, FIREFOX, WEBKIT])?;
    say("all checks and tests passed");
    Ok(())
}

fn node_tests(folder: &str, consumer: &std::path::Path, programs: &[Program]) -> Result<()> {
    let mut files: Vec<_> = fs::read_dir(root().join(folder))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec"]).args(files).env("CONSUMER", consumer);
    for program in programs {
        command.env(program.variable, program.find()?);
    }
    run(&mut command)
}
