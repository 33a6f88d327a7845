//! A case: what was published of a system, read from a TOML file and checked.

use anyhow::{Context, Result, bail};
use moving_parts::question::quantile::quantile;
use moving_parts::scenario::Tree;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The file that lists the systems that are no case.
const LEFT_OUT: &str = "left_out.toml";
/// The file that tells which facts were taken from published systems.
const TAKEN: &str = "taken.toml";

/// A published system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    pub year: u16,
    /// The variant that is nearest to how it was run.
    pub variant: String,
    /// Where the figures were published.
    sources: Vec<Source>,
    /// What was published of the system, as a scenario.
    pub scenario: Tree,
    /// The reasoning for each range of the scenario and for each fact that it overrides, by path.
    why: BTreeMap<String, String>,
    pub figures: Vec<Observed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "for the reader of the file; its presence is checked")]
struct Source {
    title: String,
    url: Option<String>,
    date: String,
}

/// A published figure and the numbers of an outcome that predict it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observed {
    /// What it is, in words.
    pub what: String,
    pub kind: Kind,
    /// The numbers of an outcome that are added up.
    pub metrics: Vec<String>,
    /// Whether they are sums over the horizon of which a month's share is meant.
    #[serde(default)]
    pub a_month: bool,
    /// Over how many years hours down were observed.
    pub years: Option<f64>,
    pub unit: String,
    /// The published value, or its least and its most.
    pub value: Value,
}

/// What kind of figure it is.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Bill,
    Fleet,
    Staff,
    Downtime,
    Delivery,
}

/// What was observed.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged, expecting = "expected a number, or [least, most]")]
pub enum Value {
    One(f64),
    Between([f64; 2]),
}

impl Kind {
    /// Its name, as in a case.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bill => "bill",
            Self::Fleet => "fleet",
            Self::Staff => "staff",
            Self::Downtime => "downtime",
            Self::Delivery => "delivery",
        }
    }
}

impl Value {
    /// Least and most.
    pub fn ends(self) -> [f64; 2] {
        match self {
            Self::One(value) => [value, value],
            Self::Between(ends) => ends,
        }
    }
}

/// A published system that is no case, and the reason.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    pub id: String,
    pub why: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllLeftOut {
    case: Vec<LeftOut>,
}

impl Case {
    /// Reads a case. Every range and every fact in it must have its reasoning, and every figure must be one that can be
    /// held against a prediction.
    pub fn read(file: &Path) -> Result<Self> {
        let case: Self = toml::from_str(&fs::read_to_string(file)?)?;
        if case.sources.is_empty() {
            bail!("sources: there is none; name where the figures were published");
        }
        reasoned(&case)?;
        if case.figures.is_empty() {
            bail!("figures: there is none; say what was observed");
        }
        for Observed { what, kind, metrics, value, years, .. } in &case.figures {
            let [least, most] = value.ends();
            if !(least > 0.0 && least <= most && most.is_finite()) {
                bail!(
                    "figures, {what}: value: {} to {} cannot be held against a ratio; write numbers above zero, the least first",
                    least,
                    most
                );
            }
            if (*kind == Kind::Downtime) != years.is_some_and(|years| years > 0.0) {
                bail!(
                    "figures, {what}: years: hours down, and only these, come with the years over which they were observed"
                );
            }
            if metrics.is_empty() {
                bail!("figures, {what}: metrics: there is none; name the numbers of an outcome that predict it");
            }
        }
        Ok(case)
    }
}

/// The cases of a folder, by the names of their files.
pub fn files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|kind| kind == "toml")
            && path.file_name().is_some_and(|name| name != LEFT_OUT && name != TAKEN)
        {
            files.push((id, path));
        }
    }
    files.sort();
    Ok(files)
}

/// A fact that was taken from published systems: p10, p50 and p90 are their least, median and most.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taken {
    pub fact: String,
    system: Vec<System>,
}

/// What one published system says of a fact.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct System {
    #[expect(dead_code, reason = "for the reader of the file")]
    name: String,
    /// The cases that are this system, which must be predicted without it.
    #[serde(default)]
    cases: Vec<String>,
    value: f64,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AllTaken {
    taken: Vec<Taken>,
}

impl Taken {
    /// What it is without a case, where it was taken from that case too.
    pub fn without(&self, case: &str) -> Option<[f64; 3]> {
        let seen = self.system.iter().any(|system| system.is(case));
        seen.then(|| self.of_all_but(case))
    }

    fn of_all_but(&self, case: &str) -> [f64; 3] {
        let mut values: Vec<f64> =
            self.system.iter().filter(|system| !system.is(case)).map(|system| system.value).collect();
        values.sort_by(f64::total_cmp);
        [0.0, 0.5, 1.0].map(|share| quantile(&values, share))
    }
}

impl System {
    fn is(&self, case: &str) -> bool {
        self.cases.iter().any(|id| id == case)
    }
}

/// The facts that were taken from published systems; none if a folder does not tell.
pub fn taken(folder: &Path) -> Result<Vec<Taken>> {
    Ok(listed::<AllTaken>(&folder.join(TAKEN))?.taken)
}

/// The systems that a folder lists as no case; none if it has no list.
pub fn left_out(folder: &Path) -> Result<Vec<LeftOut>> {
    Ok(listed::<AllLeftOut>(&folder.join(LEFT_OUT))?.case)
}

/// What a list says that a folder need not have.
fn listed<List: DeserializeOwned + Default>(file: &Path) -> Result<List> {
    if !file.exists() {
        return Ok(List::default());
    }
    toml::from_str(&fs::read_to_string(file)?).with_context(|| file.display().to_string())
}

/// Whether every range and every fact of a case comes with its reasoning, and every reasoning belongs to one.
fn reasoned(case: &Case) -> Result<()> {
    let mut paths = Vec::new();
    collect("", &case.scenario, &mut paths);
    if let Some(path) = paths.iter().find(|path| !case.why.contains_key(*path)) {
        bail!("why.\"{path}\": is missing; say in a line where the range or the fact comes from");
    }
    if let Some(path) = case.why.keys().find(|path| !paths.contains(path)) {
        bail!("why.\"{path}\": the scenario has no range and no fact there");
    }
    Ok(())
}

/// The paths of all ranges and of all facts below a place of a scenario.
fn collect(at: &str, tree: &Tree, paths: &mut Vec<String>) {
    let Tree::Map(entries) = tree else { return };
    if entries.iter().any(|(key, _)| key == "p10") {
        paths.push(at.into());
        return;
    }
    for (key, value) in entries {
        let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
        if at == "facts" {
            paths.push(path);
        } else {
            collect(&path, value, paths);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use moving_parts::facts;

    #[test]
    fn what_was_taken_from_published_systems_is_what_the_facts_say() {
        for fact in taken(&crate::root().join("tests/cases")).unwrap() {
            let told = facts::at(facts::find(&fact.fact).unwrap()).unwrap();
            let of = |without| fact.of_all_but(without);
            assert_eq!(of(""), [told.p10, told.p50, told.p90], "{}", fact.fact);
            let cases: Vec<&String> = fact.system.iter().flat_map(|system| &system.cases).collect();
            assert!(cases.iter().all(|case| of(case) != of("")), "{}: leaving one out changes something", fact.fact);
        }
    }
}
