//! What can be asked of the model. One file a question.

pub mod compare;
pub mod explain;
pub mod parts;
pub mod predict;
pub mod sweep;

use crate::approach::Variant;
use crate::model::metrics;
use crate::scenario::{Problem, nearest};

/// A variant by its name.
fn variant(name: &str) -> Result<Variant, Problem> {
    let known = || Variant::ALL.iter().map(|variant| variant.id());
    Variant::find(name).ok_or_else(|| unknown("unknownVariant", "variant", name, known()))
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
