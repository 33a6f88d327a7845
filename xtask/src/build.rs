//! From Rust and TypeScript to `dist/`: the wasm, the page, the npm package.

use crate::setup::{WASM_TARGET, npm_packages, npm_tool, run, say, wasm_target};
use crate::{generate, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

/// How `wasm-opt` makes the wasm small; it is as fast as by `-O3`. Data that is left in one piece packs better than data cut
/// where it is zero. What lies in the first kilobyte of the memory is the end of the stack, to which nothing points.
pub const OPTIMISE: [&str; 3] = ["-Oz", "--skip-pass=memory-packing", "--low-memory-unused"];

/// Where the glue and the optimised wasm lie.
pub fn engine() -> PathBuf {
    root().join("target/engine")
}

/// Builds everything.
pub fn build() -> Result<()> {
    wasm_target()?;
    npm_packages()?;
    generate::check()?;
    wasm()?;
    say("bundling the page and the package");
    run(Command::new("node").arg("www/build.mjs"))
}

/// Compiles the core to wasm, makes its glue, and optimises it.
fn wasm() -> Result<()> {
    say("compiling the core to wasm");
    // Messages name the files of crates: not by where this machine keeps them, so that every machine makes the same bytes.
    let home = home::cargo_home().context("where cargo keeps its crates is not known")?;
    let renamed = format!("--remap-path-prefix={}=cargo", home.display());
    let flags = format!("target.{WASM_TARGET}.rustflags={}", toml::Value::Array(vec![renamed.into()]));
    run(Command::new("cargo")
        .args(["build", "--quiet", "--lib", "--profile", "wasm", "--target", WASM_TARGET, "--config", &flags])
        // It would go before the flags of the configuration.
        .env_remove("RUSTFLAGS"))?;
    let compiled = target_folder().join(WASM_TARGET).join("wasm/moving_parts.wasm");
    let engine = engine();
    fs::create_dir_all(&engine)?;
    // The glue must not name its wasm by itself: every entry hands it over, and bundlers then copy it once.
    Bindgen::new()
        .input_path(&compiled)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(true)
        // What fails inside the wasm leaves it in no known state: it is then started anew.
        .reset_state_function(true)
        .out_name("glue")
        .generate(&engine)
        .context("wasm-bindgen could not make the glue")?;
    say("optimising the wasm");
    run(npm_tool("wasm-opt")
        .args(OPTIMISE)
        .arg(engine.join("glue_bg.wasm"))
        .arg("-o")
        .arg(engine.join("moving_parts.wasm")))
}

fn target_folder() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Packs the crate, and compiles it from what was packed, apart from this folder.
pub fn crate_package() -> Result<()> {
    say("packing the crate");
    run(Command::new("cargo").args(["package", "--quiet", "--package", "moving-parts", "--allow-dirty"]))
}

/// Builds, and packs the npm tarball. Returns where it lies.
pub fn package() -> Result<PathBuf> {
    build()?;
    say("packing the npm tarball");
    let dist = root().join("dist");
    run(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&dist).arg(dist.join("npm")))?;
    let tarball = dist.join(format!("moving-parts-{}.tgz", moving_parts::MODEL_VERSION));
    say(format_args!("dist/{}", tarball.file_name().unwrap_or_default().to_string_lossy()));
    Ok(tarball)
}
