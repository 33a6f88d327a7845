//! Turns the tables under `src/` into flat Rust tables. A row that breaks a rule stops the build with its file and line.

#[path = "src/facts/fnv.rs"]
mod fnv;
#[path = "src/facts/tables.rs"]
mod tables;

use std::{env, fs, path::Path, process::ExitCode};

fn main() -> ExitCode {
    let root = env::var("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/facts/fnv.rs");
    println!("cargo::rerun-if-changed=src/facts/tables.rs");
    println!("cargo::rerun-if-changed=src/facts/tables_check.rs");
    println!("cargo::rerun-if-changed=src/facts/tables_write.rs");
    let mut sources = Vec::new();
    for file in tables::FILES {
        println!("cargo::rerun-if-changed={file}");
        match fs::read_to_string(Path::new(&root).join(file)) {
            Ok(text) => sources.push((file, text)),
            Err(error) => {
                eprintln!("{file}: cannot be read: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    let sources: Vec<(&str, &str)> = sources.iter().map(|(file, text)| (*file, text.as_str())).collect();
    match tables::generate(&sources) {
        Ok(mut rust) => {
            let mut hash = fnv::Fnv::default();
            hash.write(rust.as_bytes());
            rust += &format!(
                "\n/// A hash of all tables as they are compiled (64-bit FNV-1a): two builds with the same hash use the same facts,\n\
                 /// machines, sellers, parts, needs, fields and presets. A word changed in a note changes it too.\n\
                 pub const HASH: u64 = {:#018x};\n",
                hash.finish()
            );
            fs::write(Path::new(&out).join("tables.rs"), rust).expect("OUT_DIR can be written");
            ExitCode::SUCCESS
        }
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}
