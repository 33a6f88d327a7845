//! Reading one number, or a range of numbers, within its limits.

use super::{Default, Field, Kind, Problem, Range, Tree, unknown_among};
use crate::facts::{self, FIELDS};
use crate::point::Slot;

/// What a number may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The least.
    pub min: f64,
    /// The most.
    pub max: f64,
    /// Whether it must be whole.
    pub whole: bool,
    /// Whether it is a share of something.
    pub share: bool,
}

impl Limits {
    /// The allowed number that is nearest.
    #[must_use]
    pub fn nearest(self, value: f64) -> f64 {
        if value < self.min {
            self.min
        } else if value > self.max {
            self.max
        } else {
            value
        }
    }

    pub(super) fn of(field: &Field) -> Self {
        Self { min: field.min, max: field.max, whole: field.kind == Kind::Count, share: is_share(field.unit) }
    }

    /// A fact may be overridden within a factor of a thousand; money and effort may also be nothing at all, and what
    /// the model divides by may not. Where a fact says itself what the least is, that holds. A share or a chance stays
    /// below one, unless the price book itself goes higher.
    pub(super) fn of_fact(slot: Slot) -> Self {
        let Some(fact) = facts::at(slot) else { return Self { min: 0.0, max: 0.0, whole: false, share: false } };
        let free = ["USD", "EUR", "hours/", "days", "upgrades"].iter().any(|unit| fact.unit.starts_with(unit))
            && !fact.unit.starts_with("USD/EUR")
            && !fact.unit.starts_with("hours/month")
            && !fact.unit.starts_with("hours/day");
        if fact.unit == "exponent" {
            // A power law bends; beyond these it would explode.
            return Self { min: 0.5, max: 2.0, whole: false, share: false };
        }
        let lowest = if free || fact.p10 == 0.0 { 0.0 } else { fact.p10 / 1000.0 };
        let max = if fact.p90 == 0.0 { 1000.0 } else { fact.p90 * 1000.0 };
        let mut limits = Self {
            min: fact.least.unwrap_or(lowest),
            max: if ["share", "failures/change"].contains(&fact.unit) { max.min(fact.p90.max(0.99)) } else { max },
            whole: false,
            share: is_share(fact.unit),
        };
        // A fact that is the default of a field keeps within that field's limits too.
        for field in FIELDS.iter().filter(|field| field.default == Default::Fact(slot)) {
            limits = Self { min: limits.min.max(field.min), max: limits.max.min(field.max), ..limits };
        }
        limits
    }
}

fn is_share(unit: &str) -> bool {
    unit == "share"
}

/// What a field is likeliest, where nothing is said; 0 if an item of a list must say it.
pub(super) fn usual(field: &Field) -> f64 {
    match field.default {
        Default::Number(number) => number,
        Default::Fact(slot) => usual_fact(slot),
        Default::Flag(_) | Default::Choice(_) | Default::Set(_) | Default::Required => 0.0,
    }
}

/// The likeliest value of a fact.
pub(super) fn usual_fact(slot: Slot) -> f64 {
    facts::at(slot).map_or(0.0, |fact| fact.p50)
}

/// A number for an example: the usual one, or the allowed one that is nearest to 1.
fn near(limits: Limits, usual: f64) -> f64 {
    limits.nearest(if usual > 0.0 { usual } else { 1.0 })
}

/// How a number and a range are written, by ones that are allowed.
fn example(limits: Limits, usual: f64) -> String {
    let number = near(limits, usual);
    let [p10, p90] = [number / 2.0, number * 2.0].map(|end| Tree::Number(limits.nearest(end)));
    format!("write {} or {{\"p10\": {p10}, \"p90\": {p90}}}", Tree::Number(number))
}

/// Reads a number or a range within limits; `usual` is what it is likeliest, an example for whoever wrote none.
pub(super) fn read_number(path: &str, value: &Tree, limits: Limits, usual: f64) -> Result<Range, Problem> {
    let problem = |code, message: String, remedy: String| Err(Problem { code, path: path.into(), message, remedy });
    let allowed = || format!("allowed: {} to {}", Tree::Number(limits.min), Tree::Number(limits.max));
    let range = match value {
        Tree::Number(number) => Range::exactly(*number),
        Tree::Map(entries) if !limits.whole => {
            let part = |key: &str| {
                entries.iter().find(|(known, _)| known == key).map(|(_, value)| match value {
                    Tree::Number(number) => Ok(*number),
                    other => Err(other.clone()),
                })
            };
            if let Some((key, _)) = entries.iter().find(|(key, _)| !["p10", "p50", "p90"].contains(&key.as_str())) {
                return Err(unknown_among(path, key, ["p10", "p50", "p90"].into_iter(), 0));
            }
            let read = |key: &'static str| match part(key) {
                Some(Ok(number)) => Ok(number),
                Some(Err(other)) => Err(Problem {
                    code: "notANumber",
                    path: format!("{path}.{key}"),
                    message: format!("{other} is not a number"),
                    remedy: format!("write a number such as {}", Tree::Number(near(limits, usual))),
                }),
                None => Err(Problem {
                    code: "incompleteRange",
                    path: format!("{path}.{key}"),
                    message: "is missing".into(),
                    remedy: "a range needs p10 and p90, and may have p50".into(),
                }),
            };
            let (p10, p90) = (read("p10")?, read("p90")?);
            let p50 = match part("p50") {
                Some(_) => read("p50")?,
                // Ends that fall may have no middle that is a number; equal ones would miss theirs by a digit.
                None if p10 >= p90 => p10,
                // The geometric mean is off by the same factor either way.
                None if p10 > 0.0 && !limits.share => f64::sqrt(p10) * f64::sqrt(p90),
                None => f64::midpoint(p10, p90),
            };
            Range { p10, p50, p90 }
        }
        Tree::Map(_) => {
            return problem("notWhole", "cannot be a range".into(), format!("write one whole number; {}", allowed()));
        }
        other => {
            let remedy =
                if limits.whole { format!("write a whole number; {}", allowed()) } else { example(limits, usual) };
            return problem("notANumber", format!("{other} is not a number"), remedy);
        }
    };
    for number in [range.p10, range.p50, range.p90] {
        if !number.is_finite() {
            return problem("notFinite", format!("{} is not a finite number", Tree::Number(number)), allowed());
        }
        if number < limits.min {
            return problem("belowMinimum", format!("{} is too small", Tree::Number(number)), allowed());
        }
        if number > limits.max {
            return problem("aboveMaximum", format!("{} is too large", Tree::Number(number)), allowed());
        }
        if limits.whole && number != f64::floor(number) {
            return problem("notWhole", format!("{} is not a whole number", Tree::Number(number)), allowed());
        }
    }
    if range.p10 > range.p50 || range.p50 > range.p90 {
        return problem(
            "upsideDown",
            format!(
                "p10 {}, p50 {}, p90 {} is upside down",
                Tree::Number(range.p10),
                Tree::Number(range.p50),
                Tree::Number(range.p90)
            ),
            "write them in rising order".into(),
        );
    }
    Ok(range)
}
