//! How well the model predicts systems whose bill, fleet, staff or downtime has been published.
//!
//! A [`case`] says what was known of the company and what was observed. The model answers with a distribution; nothing
//! of a case is known to it beside the scenario. The [`report`] shows both.

mod case;
mod report;

use anyhow::{Context, Result, bail};
use case::{Case, Kind, LeftOut, Taken};
use moving_parts::question::predict::{Figure, predict};
use moving_parts::question::quantile::quantile;
use moving_parts::scenario::{Scenario, Tree};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Draws of a prediction, and their seed.
const DRAWS: u32 = 2048;
const SEED: u32 = 1;

/// Published figures are rounded: so much more or less is the same figure.
const ROUNDED: f64 = 0.01;

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

/// A figure held against its prediction.
#[derive(Serialize)]
pub struct Held {
    pub case: String,
    pub name: String,
    pub year: u16,
    pub variant: String,
    pub what: String,
    pub kind: Kind,
    pub unit: String,
    pub observed: [f64; 2],
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    pub inside: bool,
    /// How many times too high or too low the median is; 1 where it lies within what was observed.
    pub error_factor: f64,
}

/// How well a group of figures is predicted.
#[derive(Serialize)]
pub struct Score {
    pub group: String,
    pub figures: usize,
    /// How many of them lie inside p10 to p90.
    pub inside: usize,
    /// Their share.
    pub coverage: f64,
    pub median_error_factor: f64,
    /// Median of p90 over p10: how much an interval says.
    pub median_width: f64,
}

/// All that came out of a folder of cases.
pub struct Backtest {
    pub held: Vec<Held>,
    pub scores: Vec<Score>,
    pub left_out: Vec<LeftOut>,
}

/// Predicts every case of a folder and prints how well it went.
pub fn backtest(folder: Option<&Path>, format: Format) -> Result<()> {
    let backtest = Backtest::of(&folder.map_or_else(own_cases, Path::to_path_buf))?;
    let text = match format {
        Format::Table => report::table(&backtest),
        Format::Json => report::json(&backtest)?,
        Format::Markdown => report::markdown(&backtest),
    };
    print!("{text}");
    Ok(())
}

/// What is generated of the repository's own cases: the document, and the data of the page.
pub fn generated() -> Result<[String; 2]> {
    let backtest = Backtest::of(&own_cases())?;
    Ok([report::markdown(&backtest), report::page_data(&backtest)?])
}

fn own_cases() -> PathBuf {
    crate::root().join("tests/cases")
}

impl Backtest {
    fn of(folder: &Path) -> Result<Self> {
        let mut held = Vec::new();
        let taken = case::taken(folder)?;
        for (id, file) in case::files(folder)? {
            held.extend(hold(&id, &file, &taken).with_context(|| file.display().to_string())?);
        }
        if held.is_empty() {
            bail!("{} holds no case: a case is a file NAME.toml", folder.display());
        }
        Ok(Self { scores: scores(&held), held, left_out: case::left_out(folder)? })
    }
}

/// Reads a case, predicts it without what was taken from itself, and holds its figures against the prediction.
fn hold(id: &str, file: &Path, taken: &[Taken]) -> Result<Vec<Held>> {
    let mut case = Case::read(file)?;
    for fact in taken {
        if let Some([p10, p50, p90]) = fact.without(id) {
            case.scenario.insert(&["facts", &fact.fact], Tree::range(p10, p50, p90));
        }
    }
    let scenario = Scenario::from_tree(&case.scenario)
        .map_err(|problems| anyhow::anyhow!(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    let wanted: Vec<Figure> = case
        .figures
        .iter()
        .map(|figure| Figure { metrics: figure.metrics.clone(), a_month: figure.a_month, years: figure.years })
        .collect();
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

/// What is predicted over the nearest end of what was observed; 1 between its ends.
fn times_observed(predicted: f64, [least, most]: [f64; 2]) -> f64 {
    let nearest = predicted.clamp(least, most);
    if predicted == nearest { 1.0 } else { predicted / nearest }
}

/// How many times too high or too low; infinite where nothing is predicted.
fn error_factor(predicted: f64, observed: [f64; 2]) -> f64 {
    let times = times_observed(predicted, observed);
    if times < 1.0 { 1.0 / times } else { times }
}

/// The scores of all figures, of each kind, and of each variant.
fn scores(held: &[Held]) -> Vec<Score> {
    let all = [("all", held.iter().collect())];
    let groups = [grouped(held, |figure| figure.kind.name()), grouped(held, |figure| &figure.variant)];
    all.into_iter().chain(groups.into_iter().flatten()).map(|(group, figures)| Score::of(group, &figures)).collect()
}

/// Figures by what they have in common, in its order.
fn grouped(held: &[Held], by: impl Fn(&Held) -> &str) -> BTreeMap<&str, Vec<&Held>> {
    let mut groups: BTreeMap<&str, Vec<&Held>> = BTreeMap::new();
    for figure in held {
        groups.entry(by(figure)).or_default().push(figure);
    }
    groups
}

impl Score {
    fn of(group: &str, figures: &[&Held]) -> Self {
        let median = |of: fn(&Held) -> f64| {
            let mut values: Vec<f64> = figures.iter().map(|figure| of(figure)).collect();
            values.sort_by(f64::total_cmp);
            quantile(&values, 0.5)
        };
        let inside = figures.iter().filter(|figure| figure.inside).count();
        Self {
            group: group.into(),
            figures: figures.len(),
            inside,
            coverage: inside as f64 / figures.len() as f64,
            median_error_factor: median(|figure| figure.error_factor),
            median_width: median(|figure| figure.p90 / figure.p10),
        }
    }
}
