//! What changes between two versions of the model, over thousands of random companies.

use crate::setup::{run, run_in, say};
use crate::{build, root};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

pub struct Options {
    /// The revision that today's sources are held against.
    pub against: String,
    /// How many companies are asked of both.
    pub companies: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { against: "HEAD".into(), companies: 2000 }
    }
}

pub fn versions(options: &Options) -> Result<()> {
    let before = package_of(&options.against)?;
    build::build()?;
    say(format_args!("asking {} companies of both", options.companies));
    run(Command::new("node")
        .arg("tests/versions/compare.mjs")
        .arg(before)
        .arg(root().join("dist/npm"))
        .arg(options.companies.to_string()))
}

/// The package of a revision, built in a work tree of its own; the crates that it shares with others are compiled once.
fn package_of(revision: &str) -> Result<PathBuf> {
    let asked = Command::new("git")
        .args(["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
        .current_dir(root())
        .output()
        .context("git is missing")?;
    if !asked.status.success() {
        bail!("there is no revision \"{revision}\"; name a commit, a branch or a tag");
    }
    let commit = String::from_utf8(asked.stdout)?.trim().to_string();
    let all = root().join("target/versions");
    let tree = all.join(&commit);
    let package = tree.join("dist/npm");
    // Written when all is there: a build may have been stopped in the middle.
    let whole = tree.join("dist/whole");
    if !whole.exists() {
        say(format_args!("building {revision} ({})", &commit[..10]));
        if !tree.exists() {
            run(Command::new("git").args(["worktree", "prune"]))?;
            run(Command::new("git").args(["worktree", "add", "--quiet", "--detach"]).arg(&tree).arg(&commit))?;
        }
        run_in(&tree, Command::new("cargo").args(["xtask", "build"]).env("CARGO_TARGET_DIR", all.join("compiled")))?;
        fs::write(whole, "")?;
    }
    Ok(package)
}
