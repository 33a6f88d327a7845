//! What can be asked of the model. One file a question.

pub mod break_even;
pub mod compare;
pub mod crossing;
pub mod explain;
pub mod goal_seek;
pub mod input;
pub mod parts;
pub mod plan;
// Luck is drawn with crates that nobody who asks in a browser has to fetch.
#[cfg(not(target_arch = "wasm32"))]
pub mod predict;
pub mod quantile;
pub mod race;
pub mod sensitivity;
pub mod slope;
pub mod sobol;
pub mod stack;
pub mod sweep;
pub mod uncertainty;
pub mod value;

use crate::approach::Variant;
use crate::model::metrics;
use crate::scenario::{Problem, Tree, nearest};
use input::Input;
use std::fmt;
use std::ops::RangeInclusive;

/// A question that takes longer than a frame of a screen: it is answered in steps, between which others get their turn.
pub trait Stepwise {
    /// What comes of it.
    type Answer;

    /// Takes the next step: a draw or some of them, an evaluation, or a place over its draws. The answer, when no step is left; after it
    /// nothing more is asked.
    fn step(&mut self) -> Option<Self::Answer>;

    /// The answer, all steps taken at once.
    fn answer(mut self) -> Self::Answer
    where
        Self: Sized,
    {
        loop {
            if let Some(answer) = self.step() {
                return answer;
            }
        }
    }
}

/// A variant by its name, which stands at a path of the question.
fn variant(name: &str, path: impl fmt::Display) -> Result<Variant, Problem> {
    let known = || Variant::ALL.iter().map(|variant| variant.id());
    Variant::find(name).ok_or_else(|| unknown("unknownVariant", &path.to_string(), name, known()))
}

/// The variants that a question names in its `variants`, each once; all of them where none is named.
///
/// # Errors
/// If a name is not known.
pub fn variants(names: &[String]) -> Result<Vec<Variant>, Problem> {
    if names.is_empty() {
        return Ok(Variant::ALL.to_vec());
    }
    let mut found = Vec::with_capacity(Variant::COUNT);
    for (at, name) in names.iter().enumerate() {
        let next = variant(name, format_args!("variants[{at}]"))?;
        if !found.contains(&next) {
            found.push(next);
        }
    }
    Ok(found)
}

/// Two variants that are held against each other, by their names and the paths of these.
fn two_variants(names: [&str; 2], paths: [&str; 2]) -> Result<[Variant; 2], Problem> {
    let two = [variant(names[0], paths[0])?, variant(names[1], paths[1])?];
    if two[0] == two[1] {
        let (message, remedy) = (format!("{} is compared with itself", names[1]), "name two different variants".into());
        return Err(Problem { code: "sameVariant", path: paths[1].into(), message, remedy });
    }
    Ok(two)
}

/// The place of what decides who wins: the all-in cost over the horizon.
fn total() -> usize {
    metrics::known("totals.tcoUsd")
}

/// A number of draws that a question can make.
fn draws(draws: u32, allowed: RangeInclusive<u32>) -> Result<u32, Problem> {
    if allowed.contains(&draws) {
        return Ok(draws);
    }
    Err(Problem {
        code: "outOfRange",
        path: "draws".into(),
        message: format!("{draws} draws cannot be made"),
        remedy: format!("ask for {} to {}", allowed.start(), allowed.end()),
    })
}

/// A range of an input that a question searches.
fn span(input: &Input, from: f64, to: f64) -> Result<(f64, f64), Problem> {
    let (from, to) = (input.allow("from", from)?, input.allow("to", to)?);
    let (low, high) = if from < to { (from, to) } else { (to, from) };
    if low == high {
        let (message, remedy) =
            (format!("from and to are both {}", Tree::Number(low)), "write two different numbers".into());
        return Err(Problem { code: "emptyRange", path: "to".into(), message, remedy });
    }
    Ok((low, high))
}

/// The place of a number of an outcome, by its id.
fn metric(id: &str) -> Result<usize, Problem> {
    metrics::find(id).ok_or_else(|| {
        let known: Vec<String> = (0..metrics::COUNT).filter_map(metrics::describe).map(|(id, _, _)| id).collect();
        unknown("unknownMetric", "metric", id, known.iter().map(String::as_str))
    })
}

/// The problem of a name that is not among the known ones.
fn unknown<'a>(code: &'static str, path: &str, given: &str, known: impl Iterator<Item = &'a str> + Clone) -> Problem {
    let shown: String = given.chars().take(60).collect();
    let remedy = match nearest(given, known.clone()) {
        Some(name) => format!("did you mean \"{name}\"?"),
        None => format!("known: {}", known.collect::<Vec<_>>().join(", ")),
    };
    Problem { code, path: path.into(), message: format!("\"{shown}\" is not known"), remedy }
}
