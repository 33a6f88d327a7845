//! How well the model predicts systems whose bill, fleet, staff or downtime has been published.
//!
//! A case is a TOML file: what was known of the company, as a scenario with ranges, and what was observed. The model
//! answers with a distribution; nothing of a case is known to it beside the scenario.

use anyhow::{Context, Result, bail};
use comfy_table::{Table, presets};
use moving_parts::question::predict::{self, Figure, predict, quantile};
use moving_parts::scenario::{Scenario, Tree};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const DRAWS: u32 = 2048;
const SEED: u32 = 1;

/// Published figures are rounded: so much more or less is the same figure.
const ROUNDED: f64 = 0.01;

/// The file that lists the cases that cannot be used, with the reason.
const LEFT_OUT: &str = "left_out.toml";

/// How the result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Format {
    #[default]
    Table,
    Json,
    Markdown,
}

impl std::str::FromStr for Format {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "table" => Ok(Self::Table),
            "json" => Ok(Self::Json),
            "markdown" => Ok(Self::Markdown),
            other => bail!("there is no format `{other}`; write table, json or markdown"),
        }
    }
}

/// A published system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    year: u16,
    /// The variant that is nearest to how it was run.
    variant: String,
    /// Where the figures were published.
    sources: Vec<Source>,
    /// What was published of the system, as a scenario.
    scenario: Tree,
    /// The reasoning for each range of the scenario and for each fact that it overrides, by path.
    why: BTreeMap<String, String>,
    figures: Vec<Observed>,
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
struct Observed {
    /// What it is, in words.
    what: String,
    kind: Kind,
    /// The numbers of an outcome that are added up.
    metrics: Vec<String>,
    /// Whether they are sums over the horizon of which a month's share is meant.
    #[serde(default)]
    a_month: bool,
    unit: String,
    /// The published value, or its least and its most.
    value: Value,
}

#[derive(Clone, Copy, Deserialize, Serialize, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Bill,
    Fleet,
    Staff,
    Downtime,
    Delivery,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(untagged, expecting = "expected a number, or [least, most]")]
enum Value {
    One(f64),
    Between([f64; 2]),
}

impl Value {
    fn ends(self) -> [f64; 2] {
        match self {
            Self::One(value) => [value, value],
            Self::Between(ends) => ends,
        }
    }
}

/// A figure held against its prediction.
#[derive(Serialize)]
struct Held {
    case: String,
    name: String,
    year: u16,
    variant: String,
    what: String,
    kind: Kind,
    unit: String,
    observed: [f64; 2],
    p10: f64,
    p50: f64,
    p90: f64,
    inside: bool,
    /// How many times too high or too low the median is; 1 where it lies within what was observed.
    error_factor: f64,
}

/// How well a group of figures is predicted.
#[derive(Serialize)]
struct Score {
    group: String,
    figures: usize,
    /// Share of them inside p10 to p90.
    coverage: f64,
    median_error_factor: f64,
    /// Median of p90 over p10: how much an interval says.
    median_width: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeftOut {
    id: String,
    why: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct AllLeftOut {
    case: Vec<LeftOut>,
}

/// Predicts every case of a folder and prints how well it went.
pub fn backtest(folder: Option<&Path>, format: Format) -> Result<()> {
    let folder = folder.map_or_else(own_cases, Path::to_path_buf);
    print!("{}", report(&folder, format)?);
    Ok(())
}

/// The document of the repository's own cases.
pub fn document() -> Result<String> {
    report(&own_cases(), Format::Markdown)
}

/// The same for the page: what it shows of each figure, rounded as it shows it.
pub fn page_data() -> Result<String> {
    let held = hold_all(&own_cases())?;
    let scores = scores(&held);
    let of = |group: &str| scores.iter().find(|score| score.group == group);
    let bills = of("bill").context("the cases hold no bill")?;
    let rounded = |value: f64| short(value).parse::<f64>().unwrap_or(value);
    let figures: Vec<_> = held
        .iter()
        .map(|figure| {
            serde_json::json!({
                "name": figure.name,
                "year": figure.year,
                "variant": figure.variant,
                "what": figure.what,
                "unit": figure.unit,
                "observed": (figure.observed.map(rounded)),
                "predicted": ([figure.p10, figure.p50, figure.p90].map(rounded)),
                "inside": figure.inside,
            })
        })
        .collect();
    let data = serde_json::json!({
        "factsDate": moving_parts::facts::date(),
        "medianBillFactor": rounded(bills.median_error_factor),
        "figures": figures,
    });
    Ok(serde_json::to_string_pretty(&data)? + "\n")
}

fn own_cases() -> PathBuf {
    crate::root().join("tests/cases")
}

/// The figures of every case of a folder.
fn hold_all(folder: &Path) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for (id, file) in case_files(folder)? {
        held.extend(hold(&id, &file).with_context(|| format!("{}", file.display()))?);
    }
    if held.is_empty() {
        bail!("{} holds no case: a case is a file NAME.toml", folder.display());
    }
    Ok(held)
}

fn report(folder: &Path, format: Format) -> Result<String> {
    let held = hold_all(folder)?;
    let scores = scores(&held);
    let left_out = match fs::read_to_string(folder.join(LEFT_OUT)) {
        Ok(text) => toml::from_str::<AllLeftOut>(&text).with_context(|| LEFT_OUT)?,
        Err(_) => AllLeftOut::default(),
    };
    Ok(match format {
        Format::Json => serde_json::to_string_pretty(&serde_json::json!({ "figures": held, "scores": scores }))? + "\n",
        Format::Table => {
            format!("{}\n\n{}\n", figures_table(&held, presets::NOTHING), scores_table(&scores, presets::NOTHING))
        }
        Format::Markdown => markdown(&held, &scores, &left_out),
    })
}

fn case_files(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let entries = fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if path.extension().is_some_and(|kind| kind == "toml") && path.file_name().is_some_and(|name| name != LEFT_OUT)
        {
            files.push((id, path));
        }
    }
    files.sort();
    Ok(files)
}

/// Reads a case, predicts it, and holds its figures against the prediction.
fn hold(id: &str, file: &Path) -> Result<Vec<Held>> {
    let case: Case = toml::from_str(&fs::read_to_string(file)?)?;
    if case.sources.is_empty() {
        bail!("sources: there is none; name where the figures were published");
    }
    reasoned(&case)?;
    if case.figures.is_empty() {
        bail!("figures: there is none; say what was observed");
    }
    for Observed { what, metrics, value, .. } in &case.figures {
        let [least, most] = value.ends();
        if !(least > 0.0 && least <= most && most.is_finite()) {
            bail!(
                "figures, {what}: value: {} to {} cannot be held against a ratio; write numbers above zero, the least first",
                least,
                most
            );
        }
        if metrics.is_empty() {
            bail!("figures, {what}: metrics: there is none; name the numbers of an outcome that predict it");
        }
    }
    let scenario = Scenario::from_tree(&case.scenario)
        .map_err(|problems| anyhow::anyhow!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    let wanted: Vec<Figure> =
        case.figures.iter().map(|figure| Figure { metrics: figure.metrics.clone(), a_month: figure.a_month }).collect();
    let answers = predict(&scenario, &case.variant, &wanted, DRAWS, SEED)
        .map_err(|problem| anyhow::anyhow!(problem.to_string()))?;
    Ok(case
        .figures
        .into_iter()
        .zip(answers)
        .map(|(figure, mut answer)| {
            answer.sort_by(f64::total_cmp);
            let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|share| quantile(&answer, share));
            let observed = figure.value.ends();
            Held {
                case: id.into(),
                name: case.name.clone(),
                year: case.year,
                variant: case.variant.clone(),
                what: figure.what,
                kind: figure.kind,
                unit: figure.unit,
                observed,
                p10,
                p50,
                p90,
                inside: observed[1] * (1.0 + ROUNDED) >= p10 && observed[0] * (1.0 - ROUNDED) <= p90,
                error_factor: error_factor(p50, observed),
            }
        })
        .collect())
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

/// How many times too high or too low; infinite where nothing is predicted.
fn error_factor(predicted: f64, [least, most]: [f64; 2]) -> f64 {
    if predicted > most {
        predicted / most
    } else if predicted < least {
        least / predicted
    } else {
        1.0
    }
}

/// The scores of all figures, of each kind, and of each variant.
fn scores(held: &[Held]) -> Vec<Score> {
    let mut groups: Vec<(String, Vec<&Held>)> = vec![("all".into(), held.iter().collect())];
    let mut by: BTreeMap<String, Vec<&Held>> = BTreeMap::new();
    for figure in held {
        by.entry(format!("{:?}", figure.kind).to_lowercase()).or_default().push(figure);
    }
    groups.extend(by);
    let mut by: BTreeMap<String, Vec<&Held>> = BTreeMap::new();
    for figure in held {
        by.entry(figure.variant.clone()).or_default().push(figure);
    }
    groups.extend(by);
    let median = |of: &dyn Fn(&Held) -> f64, figures: &[&Held]| {
        let mut values: Vec<f64> = figures.iter().map(|figure| of(figure)).collect();
        values.sort_by(f64::total_cmp);
        predict::quantile(&values, 0.5)
    };
    groups
        .into_iter()
        .map(|(group, figures)| Score {
            coverage: figures.iter().filter(|figure| figure.inside).count() as f64 / figures.len() as f64,
            median_error_factor: median(&|figure| figure.error_factor, &figures),
            median_width: median(&|figure| figure.p90 / figure.p10, &figures),
            figures: figures.len(),
            group,
        })
        .collect()
}

/// A number with three significant digits, without an exponent.
fn short(value: f64) -> String {
    let exact: f64 = format!("{value:.2e}").parse().unwrap_or(value);
    exact.to_string()
}

fn between([least, most]: [f64; 2]) -> String {
    if least == most { short(least) } else { format!("{}–{}", short(least), short(most)) }
}

fn figures_table(held: &[Held], style: &str) -> Table {
    let mut table = Table::new();
    table.load_preset(style);
    table.set_header(["case", "run as", "figure", "unit", "observed", "p10", "p50", "p90", "inside", "off by"]);
    for figure in held {
        table.add_row([
            figure.case.clone(),
            figure.variant.clone(),
            figure.what.clone(),
            figure.unit.clone(),
            between(figure.observed),
            short(figure.p10),
            short(figure.p50),
            short(figure.p90),
            if figure.inside { "yes" } else { "no" }.into(),
            format!("{:.2}×", figure.error_factor),
        ]);
    }
    table
}

fn scores_table(scores: &[Score], style: &str) -> Table {
    let mut table = Table::new();
    table.load_preset(style);
    table.set_header(["figures of", "how many", "inside p10–p90", "median off by", "median p90/p10"]);
    for score in scores {
        table.add_row([
            score.group.clone(),
            score.figures.to_string(),
            format!("{:.0} %", score.coverage * 100.0),
            format!("{:.2}×", score.median_error_factor),
            format!("{:.1}", score.median_width),
        ]);
    }
    table
}

fn markdown(held: &[Held], scores: &[Score], left_out: &AllLeftOut) -> String {
    let misses: Vec<&Held> = held.iter().filter(|figure| !figure.inside).collect();
    let mut out = format!(
        "# How well does it predict?\n\nGenerated by `cargo xtask generate` (model {}, facts of {}). \
         Published systems, described only by what was published of them, held against what the model says of their \
         bill, fleet, staff or downtime: {DRAWS} draws each, nothing fitted to a case.\n\n{}\n\n## Every figure\n\n{}\n",
        moving_parts::MODEL_VERSION,
        moving_parts::facts::date(),
        scores_table(scores, presets::ASCII_MARKDOWN),
        figures_table(held, presets::ASCII_MARKDOWN),
    );
    if !misses.is_empty() {
        out.push_str("\n## Missed\n\n");
        for miss in misses {
            let side = if miss.p50 > miss.observed[1] { "high" } else { "low" };
            out.push_str(&format!(
                "- {} ({}): {} is predicted {:.2}× too {side}.\n",
                miss.name, miss.year, miss.what, miss.error_factor
            ));
        }
    }
    if !left_out.case.is_empty() {
        out.push_str("\n## Left out\n\n");
        for case in &left_out.case {
            out.push_str(&format!("- `{}`: {}\n", case.id, case.why));
        }
    }
    out
}
