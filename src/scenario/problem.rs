//! What is wrong with an input, in words that say what to do.

use serde::Serialize;
use std::fmt;

/// One thing that is wrong: where, with which value, what is allowed, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Stable name of the kind of problem, such as `notANumber`.
    pub code: &'static str,
    /// Where: the path of the scenario's number, or empty for the whole.
    pub path: String,
    /// What is wrong, with the value as it was written.
    pub message: String,
    /// What is allowed, or what to write instead.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colon = if self.path.is_empty() { "" } else { ": " };
        write!(out, "{}{colon}{}; {}", self.path, self.message, self.remedy)
    }
}

impl std::error::Error for Problem {}

/// The known name that is nearest to a mistyped one, if any is near.
pub(crate) fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Longer inputs cannot be a typing mistake, and the distance is quadratic in the length.
    if name.len() > 100 {
        return None;
    }
    known
        .map(|candidate| (strsim::damerau_levenshtein(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= 2.max(candidate.len() / 3))
        .map(|(_, candidate)| candidate)
}
