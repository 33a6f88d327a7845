//! Whether the same sources give the same bytes: everything is built once more, in another folder and from nothing.

use crate::setup::{run_in, say};
use crate::{build, root};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub fn reproduce() -> Result<()> {
    build::build()?;
    let elsewhere = std::env::temp_dir().join(format!("moving-parts-again-{}", std::process::id()));
    say(format_args!("building everything again in {}", elsewhere.display()));
    let theirs = again(&elsewhere);
    // What went wrong there says more than that it cannot be cleaned up.
    let _ = fs::remove_dir_all(&elsewhere);
    let (ours, theirs) = (files(&root().join("dist"))?, theirs?);
    let names: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let differing: Vec<_> = names.into_iter().filter(|name| ours.get(*name) != theirs.get(*name)).collect();
    if !differing.is_empty() {
        bail!("built twice, these differ: {differing:?}");
    }
    say(format_args!("{} files are the same, byte for byte", ours.len()));
    Ok(())
}

/// Builds a copy of the sources, and reads what it made.
fn again(elsewhere: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached"])
        .current_dir(root())
        .output()
        .context("git is missing")?;
    if !listed.status.success() {
        bail!("git does not list the sources: {}", String::from_utf8_lossy(&listed.stderr).trim());
    }
    for name in String::from_utf8(listed.stdout)?.split('\0').filter(|name| root().join(name).is_file()) {
        let to = elsewhere.join(name);
        fs::create_dir_all(to.parent().context("a file lies in a folder")?)?;
        fs::copy(root().join(name), to)?;
    }
    run_in(elsewhere, Command::new("cargo").args(["xtask", "build"]).env_remove("CARGO_TARGET_DIR"))?;
    files(&elsewhere.join("dist"))
}

/// Every file of a folder, by its path in it.
fn files(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_path_buf(), fs::read(&path)?);
            }
        }
    }
    Ok(found)
}
