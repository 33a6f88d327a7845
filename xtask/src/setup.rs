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

/// The target of this machine, as the compiler names it.
pub fn host_target() -> Result<String> {
    let version = answers("rustc", &["-vV"]).context("rustc does not answer")?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_string).context("rustc does not name this machine's target")
}

/// The oldest Node that the package runs on: as its `engines` say.
const NODE: (u32, u32) = (20, 19);

/// Major and minor version of Node, as it tells its own: `v20.19.4`.
fn node_version(told: &str) -> Option<(u32, u32)> {
    let mut numbers = told.strip_prefix('v')?.split('.').map(str::parse);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?))
}

/// The npm packages of `www`, as its lock file says.
pub fn npm_packages() -> Result<()> {
    let (major, minor) = NODE;
    match answers("node", &["--version"]).as_deref().and_then(node_version) {
        Some(version) if version >= NODE => {}
        Some((old, older)) => bail!("Node {old}.{older} is too old; install Node {major}.{minor} or newer"),
        None => bail!("Node is missing; install Node {major}.{minor} or newer, with npm"),
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

/// A program that the tests drive: a browser, a spreadsheet.
pub struct Program {
    /// The variable by which an existing one is named; the tests read it too.
    pub variable: &'static str,
    /// What it is called, on the path or in full.
    names: &'static [&'static str],
    /// Programs that drive it, on the path.
    drivers: &'static [&'static str],
    /// Debian's packages of it and of its drivers.
    packages: &'static str,
}

pub const CHROMIUM: Program = Program {
    variable: "CHROMIUM",
    names: &[
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    ],
    drivers: &[],
    packages: "chromium",
};

/// Recalculates exported workbooks.
pub const LIBREOFFICE: Program = Program {
    variable: "SOFFICE",
    names: &["soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"],
    drivers: &[],
    packages: "libreoffice-calc python3-uno",
};

/// What bash completes with, and what our completion for it builds upon.
pub const BASH_COMPLETION: Program = Program {
    variable: "BASH_COMPLETION",
    names: &[
        "/usr/share/bash-completion/bash_completion",
        "/opt/homebrew/share/bash-completion/bash_completion",
        "/usr/local/share/bash-completion/bash_completion",
    ],
    drivers: &[],
    packages: "bash-completion",
};

pub const FIREFOX: Program = Program {
    variable: "FIREFOX",
    names: &["firefox-esr", "firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    drivers: &[],
    packages: "firefox-esr",
};

/// The small browser of WebKit's GTK port; its driver and a screen that nobody sees come with it.
pub const WEBKIT: Program = Program {
    variable: "MINIBROWSER",
    names: &[
        "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
    ],
    drivers: &["WebKitWebDriver", "xvfb-run"],
    packages: "webkit2gtk-driver xvfb xauth",
};

impl Program {
    /// The one that its variable names, one that is there, or Debian's, installed.
    pub fn find(&self) -> Result<PathBuf> {
        let Self { variable, packages, .. } = self;
        if let Some(path) = std::env::var_os(variable).filter(|path| !path.is_empty()) {
            return Ok(path.into());
        }
        if let Some(path) = self.installed() {
            return Ok(path);
        }
        say(format_args!("installing {packages}"));
        let install = format!("apt-get update -qq && apt-get install -y -qq --no-install-recommends {packages}");
        let _ = run(Command::new("sh")
            .args(["-c", &install])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdout(Stdio::null()));
        self.installed().with_context(|| {
            format!(
                "a program is needed that could not be installed; install it (Debian: apt-get install {packages}) or name \
                 an existing one: {variable}=/path/to/it, before the command"
            )
        })
    }

    fn installed(&self) -> Option<PathBuf> {
        let driven = self.drivers.iter().all(|driver| on_path(driver).is_some());
        self.names.iter().find_map(|name| on_path(name)).filter(|_| driven)
    }
}

/// Where a program lies on the path; a name in full stays itself wherever it is joined.
fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minor_version_of_node_counts() {
        assert_eq!(node_version("v20.19.4"), Some(NODE));
        assert!(node_version("v20.0.0").unwrap() < NODE && node_version("v22.1.0").unwrap() > NODE);
        assert_eq!(node_version("20"), None);
    }
}
