//! Who costs least along one number, all else equal.

use super::compare::compare;
use crate::approach::Variant;
use crate::facts::{self, FIELDS};
use crate::scenario::{Problem, Scenario, Tree, nearest};

/// The most values that one question may ask about: each costs a whole comparison.
pub const MAX_VALUES: usize = 1000;

/// The variant that costs least at each value of a field, or none where nothing fits.
///
/// # Errors
/// If there is no such field, if a value is not allowed there, or if there are too many values.
pub fn winners(scenario: &Scenario, path: &str, values: &[f64]) -> Result<Vec<Option<Variant>>, Vec<Problem>> {
    let problem = |code, message: String, remedy: String| vec![Problem { code, path: path.into(), message, remedy }];
    let Some(field) = facts::field(path) else {
        let remedy = match nearest(path, FIELDS.iter().map(|field| field.path)) {
            Some(known) => format!("did you mean {known}?"),
            None => "write the path of a field, such as workload.weeklyUsers".into(),
        };
        return Err(problem("unknownPath", "is not a field".into(), remedy));
    };
    if values.len() > MAX_VALUES {
        return Err(problem(
            "tooMany",
            format!("{} values are too many", values.len()),
            format!("ask for at most {MAX_VALUES}"),
        ));
    }
    values.iter().map(|value| Ok(compare(&scenario.with(field, &Tree::Number(*value))?).best)).collect()
}
