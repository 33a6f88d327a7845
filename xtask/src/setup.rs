//! What has to be on the machine, and how it gets there.

use crate::root;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Says what is about to happen.
pub fn say(what: impl std::fmt::Display) {
    eprintln!("── {what}");
}

/// Runs a command in the repository and fails with its name if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    run_in(&root(), command)
}

/// Runs a command in a folder and fails with its name if it fails.
pub fn run_in(folder: &Path, command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.current_dir(folder).status().with_context(|| format!("cannot start `{name}`"))?;
    if !status.success() {
        let args: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy()).collect();
        bail!("`{name} {}` failed", args.join(" "));
    }
    Ok(())
}

fn answers(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// The wasm target of the installed compiler, added by rustup if it is missing.
pub fn wasm_target() -> Result<()> {
    let sysroot = answers("rustc", &["--print", "sysroot"]).context("rustc does not answer")?;
    if Path::new(&sysroot).join("lib/rustlib").join(WASM_TARGET).exists() {
        return Ok(());
    }
    say(format_args!("adding the compiler's {WASM_TARGET} target"));
    if run(Command::new("rustup").args(["target", "add", WASM_TARGET])).is_err() {
        bail!(
            "the compiler has no {WASM_TARGET} target and rustup could not add it; install it: rustup target add {WASM_TARGET}"
        );
    }
    Ok(())
}

/// The npm packages of `www`, as its lock file says.
pub fn npm_packages() -> Result<()> {
    let major = answers("node", &["--version"])
        .and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    match major {
        Some(20..) => {}
        Some(old) => bail!("Node {old} is too old; install Node 20 or newer"),
        None => bail!("Node is missing; install Node 20 or newer, with npm"),
    }
    let www = root().join("www");
    let stamp = www.join("node_modules/.moving-parts-lock");
    let lock = fs::read_to_string(www.join("package-lock.json")).context("www/package-lock.json is missing")?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    say("installing the npm packages of www/");
    if run(Command::new("npm").args(["ci", "--prefix", "www", "--ignore-scripts", "--no-audit", "--no-fund"])).is_err()
    {
        bail!("npm could not install the packages of www/; check that npm reaches its registry, then run this again");
    }
    fs::write(stamp, lock)?;
    Ok(())
}

/// A tool that the npm packages bring.
pub fn npm_tool(name: &str) -> Command {
    Command::new(root().join("www/node_modules/.bin").join(name))
}

/// A Chromium for the browser tests: the one that `CHROMIUM` names, one on the path, or Debian's, installed.
pub fn chromium() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    if let Some(path) = find_chromium() {
        return Ok(path);
    }
    say("installing Chromium for the browser tests");
    let install = "apt-get update -qq && apt-get install -y -qq chromium";
    let _ =
        run(Command::new("sh").args(["-c", install]).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()));
    find_chromium().context(
        "the browser tests need Chromium, and it could not be installed; install it (Debian: apt-get install chromium) \
         or name an existing one: CHROMIUM=/path/to/chrome cargo xtask test",
    )
}

fn find_chromium() -> Option<PathBuf> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut candidates: Vec<PathBuf> = on_path.flat_map(|folder| names.map(|name| folder.join(name))).collect();
    candidates.push("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome".into());
    candidates.into_iter().find(|candidate| candidate.is_file())
}
