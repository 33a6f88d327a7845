//! The commands of the README. Each does its own set-up, says what it does, and stops with a remedy where it cannot.

mod backtest;
mod bench;
mod build;
mod fuzz;
mod generate;
mod reproduce;
mod serve;
mod setup;
mod size;
mod test;
mod versions;
mod weigh;

use anyhow::{Result, bail};
use lexopt::prelude::*;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  serve     set up, build, and serve the page on this machine
              --port N   the port (8080; the next free one if it is taken)
              --open     open it in a browser
              --watch    build again when a file changes
              --built    serve what was built before, without building
  test      set up, and run every check and test
  build     build the wasm, the page and the npm package into dist/
  package   build, and pack the npm tarball into dist/
  bench     time the questions natively and in wasm, the page in Chromium, and formulas next to other engines
  backtest  hold the model against published systems
              --cases DIR      a folder of cases (tests/cases)
              --format FORMAT  table, json or markdown
  versions  what changes against another version, over thousands of random companies
              --against REV    a commit, branch or tag (HEAD: what is not committed yet)
              --companies N    how many (2000)
  reproduce build everything twice, in two folders, and compare the bytes
  fuzz      try links and data that take new ways through the code
              --seconds N      for so long (60)
  generate  write the types, the JSON Schema and the back-test's document anew
  size      write the snapshot of the wasm's size anew
  weigh     what the wasm weighs: by crates and functions
";

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository").to_path_buf()
}

fn main() -> ExitCode {
    match command() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Every option, and the command that has it.
const OPTIONS: [(&str, &str); 9] = [
    ("port", "serve"),
    ("open", "serve"),
    ("watch", "serve"),
    ("built", "serve"),
    ("cases", "backtest"),
    ("format", "backtest"),
    ("against", "versions"),
    ("companies", "versions"),
    ("seconds", "fuzz"),
];

/// Refuses options that the command does not have: what is not understood is never left out in silence.
fn refuse_strange(command: &str, said: &[String]) -> Result<()> {
    let strange = OPTIONS.iter().find(|(option, of)| *of != command && said.iter().any(|said| said == option));
    match strange {
        Some((option, of)) => bail!("`{command}` has no option --{option}; `{of}` has it\n\n{HELP}"),
        None => Ok(()),
    }
}

fn command() -> Result<()> {
    let mut args = lexopt::Parser::from_env();
    let mut command = None;
    let mut options = serve::Options::default();
    let mut cases: Option<PathBuf> = None;
    let mut format = backtest::Format::default();
    let mut versions = versions::Options::default();
    let mut seconds = 60;
    let mut said: Vec<String> = Vec::new();
    while let Some(arg) = args.next()? {
        if let Long(option) = arg {
            said.push(option.into());
        }
        match arg {
            Value(name) if command.is_none() => command = Some(name.string()?),
            Long("port") => options.port = Some(args.value()?.parse()?),
            Long("open") => options.open = true,
            Long("watch") => options.watch = true,
            Long("built") => options.built = true,
            Long("cases") => cases = Some(args.value()?.into()),
            Long("against") => versions.against = args.value()?.string()?,
            Long("companies") => versions.companies = args.value()?.parse()?,
            Long("seconds") => seconds = args.value()?.parse()?,
            Long("format") => format = args.value()?.string()?.parse()?,
            Long("help") | Short('h') => {
                print!("{HELP}");
                return Ok(());
            }
            other => return Err(other.unexpected().into()),
        }
    }
    if let Some(name) = command.as_deref() {
        refuse_strange(name, &said)?;
    }
    match command.as_deref() {
        Some("serve") => serve::serve(&options),
        Some("test") => test::test(),
        Some("build") => build::build(),
        Some("package") => build::package().map(drop),
        Some("bench") => bench::bench(),
        Some("backtest") => backtest::backtest(cases.as_deref(), format),
        Some("weigh") => weigh::weigh(),
        Some("versions") => versions::versions(&versions),
        Some("reproduce") => reproduce::reproduce(),
        Some("fuzz") => fuzz::fuzz(seconds),
        Some("generate") => generate::write(),
        Some("size") => build::build().and_then(|()| size::write()),
        Some(other) => bail!("there is no command `{other}`\n\n{HELP}"),
        None => bail!("which command?\n\n{HELP}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_of_another_command_is_refused() {
        let said = |options: &[&str]| options.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(refuse_strange("serve", &said(&["port", "open"])).is_ok());
        let refused = refuse_strange("test", &said(&["port"])).unwrap_err().to_string();
        assert!(refused.starts_with("`test` has no option --port; `serve` has it"), "{refused}");
    }

    #[test]
    fn every_option_stands_in_the_help_of_its_command() {
        for (option, command) in OPTIONS {
            let begins = HELP
                .find(&format!(
                    "
  {command} "
                ))
                .expect("the command has a line of its own")
                + 1;
            let more = HELP[begins..].lines().skip(1).take_while(|line| line.starts_with("   "));
            assert!(more.clone().any(|line| line.contains(&format!("--{option} "))), "{command} --{option}");
        }
    }
}
