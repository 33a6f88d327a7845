//! The size of what a browser has to load, as a snapshot that a change must update.

use crate::{build, root};
use anyhow::{Result, bail};
use std::fmt::Write as _;
use std::fs;

const SNAPSHOT: &str = "tests/size.snap";

/// Compilers differ by a few bytes; more than this is a change that somebody should see.
const TOLERANCE: f64 = 0.01;

/// Files that are measured.
fn measure() -> Result<Vec<(&'static str, usize, usize)>> {
    let engine = build::engine();
    let dist = root().join("dist");
    [
        ("moving_parts.wasm", engine.join("moving_parts.wasm")),
        ("glue.js, minified", dist.join("size/glue.js")),
        ("engine for the web, minified", dist.join("size/web.js")),
        ("page script", dist.join("page/page.js")),
        ("moving-parts.html", dist.join("moving-parts.html")),
        ("elements with everything", dist.join("npm/moving-parts.js")),
        ("elements, slim", dist.join("npm/moving-parts.slim.js")),
    ]
    .into_iter()
    .map(|(name, path)| {
        let bytes = fs::read(path)?;
        let mut packed = Vec::new();
        let parameters = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
        brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &parameters)?;
        Ok((name, bytes.len(), packed.len()))
    })
    .collect()
}

/// Writes the snapshot anew.
pub fn write() -> Result<()> {
    let mut text = String::from(
        "# Bytes, raw and brotli. `cargo xtask size` writes this file; `cargo xtask test` compares it within 1 %.\n",
    );
    for (name, raw, packed) in measure()? {
        let _ = writeln!(text, "{name:32} {raw:>8} {packed:>8}");
    }
    fs::write(root().join(SNAPSHOT), &text)?;
    print!("{text}");
    Ok(())
}

/// Compares the sizes with the snapshot.
pub fn check() -> Result<()> {
    let snapshot = fs::read_to_string(root().join(SNAPSHOT))?;
    for (name, raw, packed) in measure()? {
        let known = snapshot
            .lines()
            .find_map(|line| line.strip_prefix(name))
            .map(|rest| rest.split_whitespace().filter_map(|number| number.parse::<usize>().ok()).collect::<Vec<_>>());
        let within = |now: usize, then: usize| (now as f64 / then as f64 - 1.0).abs() <= TOLERANCE;
        match known.as_deref() {
            Some(&[raw_then, packed_then]) if within(raw, raw_then) && within(packed, packed_then) => {}
            then => bail!(
                "{name}: {raw} bytes, {packed} in brotli, but {SNAPSHOT} says {then:?}; if that is meant, run `cargo xtask size` and commit it"
            ),
        }
    }
    Ok(())
}
