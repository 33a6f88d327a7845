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
    // Every known name is ASCII, and no letter but the sign of the kelvin and the dotted İ becomes ASCII: the case of
    // others is of no matter, and the table of all letters stays out of the wasm.
    let small = name.to_ascii_lowercase();
    let letters = name.chars().count();
    let near = |candidate: &str| 2.max(candidate.len() / 3);
    known
        // As many letters as one name has more than the other must be added, whatever they are.
        .filter(|candidate| letters.abs_diff(candidate.len()) <= near(candidate))
        .map(|candidate| (strsim::damerau_levenshtein(&small, &candidate.to_ascii_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= near(candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Problems that are told at once. For those after them no nearest name is looked for.
pub(super) const MAX_PROBLEMS: usize = 100;

/// The longest path and the longest message: what is quoted in them comes from outside and may be of any length.
const MAX_WORDS: usize = 400;

/// As many problems as somebody would read, and as long.
pub(super) fn told(mut problems: Vec<Problem>) -> Vec<Problem> {
    for words in problems.iter_mut().flat_map(|problem| [&mut problem.path, &mut problem.message]) {
        if let Some((end, _)) = words.char_indices().nth(MAX_WORDS) {
            words.truncate(end);
            words.push('…');
        }
    }
    if problems.len() > MAX_PROBLEMS {
        let more = problems.len() + 1 - MAX_PROBLEMS;
        problems.truncate(MAX_PROBLEMS - 1);
        problems.push(Problem {
            code: "tooMany",
            path: String::new(),
            message: format!("there are {more} problems more"),
            remedy: "mend these first".into(),
        });
    }
    problems
}
