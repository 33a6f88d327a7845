//! What the wasm weighs: by sections, by the crates its functions come from, and by function.

use crate::build;
use crate::setup::{npm_tool, run, say};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use wasmparser::{KnownCustom, Name, Parser, Payload};

/// Functions that are listed.
const LISTED: usize = 40;

pub fn weigh() -> Result<()> {
    build::build()?;
    say("optimising the wasm again, with its names");
    let engine = build::engine();
    let named = engine.join("named.wasm");
    run(npm_tool("wasm-opt").args(build::OPTIMISE).arg("-g").arg(engine.join("glue_bg.wasm")).arg("-o").arg(&named))?;
    let bytes = fs::read(&named).context("wasm-opt wrote nothing")?;
    let weighed = weighed(&bytes)?;
    println!("{:>9}  section", "bytes");
    println!("{:>9}  code", weighed.functions.iter().map(|(_, size)| size).sum::<usize>());
    println!("{:>9}  data", weighed.data);
    println!("\n{:>9}  crate", "bytes");
    for (name, size) in sorted(by_crate(&weighed.functions)) {
        println!("{size:>9}  {name}");
    }
    println!("\n{:>9}  function", "bytes");
    for (name, size) in sorted(weighed.functions).into_iter().take(LISTED) {
        println!("{size:>9}  {name}");
    }
    Ok(())
}

struct Weighed {
    data: usize,
    functions: Vec<(String, usize)>,
}

fn weighed(bytes: &[u8]) -> Result<Weighed> {
    let (mut data, mut sizes, mut imported) = (0, Vec::new(), 0);
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                }
            }
            Payload::DataSection(section) => data = section.range().len(),
            Payload::CodeSectionEntry(body) => sizes.push(body.range().len()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(subsections) = section.as_known() {
                    for subsection in subsections {
                        if let Name::Function(functions) = subsection? {
                            for function in functions {
                                let function = function?;
                                names.insert(function.index as usize, function.name.to_string());
                            }
                        }
                    }
                }
            }
            _ => {}
        }
    }
    let name = |at: usize| names.get(&(imported + at)).map_or_else(|| "without a name".into(), |raw| plain(raw));
    Ok(Weighed { data, functions: sizes.iter().enumerate().map(|(at, size)| (name(at), *size)).collect() })
}

/// A function's name without the compiler's hashes: one at its end, and one behind each crate.
fn plain(raw: &str) -> String {
    let hash =
        |text: &str, length: usize| text.len() == length && text.chars().all(|letter| letter.is_ascii_hexdigit());
    let name = match raw.rsplit_once("::h") {
        Some((name, end)) if hash(end, 16) => name,
        _ => raw,
    };
    let mut parts = name.split('[');
    let first = parts.next().unwrap_or_default().to_string();
    parts.fold(first, |sum, part| match part.split_once(']') {
        Some((inside, rest)) if hash(inside, 16) || hash(inside, 15) => sum + rest,
        _ => sum + "[" + part,
    })
}

/// What functions weigh together, by the crate that their path begins with; for a trait's of a type, the trait's.
fn by_crate(functions: &[(String, usize)]) -> Vec<(String, usize)> {
    let mut sums: BTreeMap<String, usize> = BTreeMap::new();
    for (name, size) in functions {
        let path = name.trim_start_matches(|letter: char| !letter.is_alphanumeric());
        let path = match path.split_once(" as ") {
            Some((of, traits)) if !of.contains("::") => traits,
            _ => path,
        };
        // What JavaScript calls is ours, whatever the compiler names it.
        let owner = path.split_once("::").map_or("moving_parts", |(owner, _)| owner);
        *sums.entry(owner.to_string()).or_default() += size;
    }
    sums.into_iter().collect()
}

fn sorted(mut all: Vec<(String, usize)>) -> Vec<(String, usize)> {
    all.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    all
}
