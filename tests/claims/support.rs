//! What the tests of claims share.

use moving_parts::approach::Variant;
use moving_parts::facts::{self, PRESETS};
use moving_parts::question::compare::{Comparison, Outcome, compare};
use moving_parts::scenario::Scenario;

/// A claim of the essay and what becomes of it.
#[derive(Clone, Copy)]
pub struct Claim {
    /// Its id, as the name of its test.
    pub id: &'static str,
    /// What the essay says.
    pub quote: &'static str,
    /// `holds`, `within limits` or `disagrees`.
    pub verdict: &'static str,
    /// What comes out of the model.
    pub finding: &'static str,
}

/// Tests that are rows of the table as well.
macro_rules! claims {
    ($($id:ident, $quote:literal, $verdict:literal, $finding:literal => $test:block)*) => {
        /// The claims of this file.
        pub const CLAIMS: &[super::support::Claim] =
            &[$(super::support::Claim { id: stringify!($id), quote: $quote, verdict: $verdict, finding: $finding }),*];
        $(#[test] fn $id() $test)*
    };
}
pub(crate) use claims;

/// A scenario by the pairs of its link, such as `preset=seed-startup&team.developers=3`.
pub fn scenario(pairs: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{pairs}")).unwrap_or_else(|problems| panic!("{pairs}: {problems:?}"))
}

/// All variants of a scenario.
pub fn run(pairs: &str) -> Comparison {
    compare(&scenario(pairs))
}

/// A number of one variant.
pub fn metric(comparison: &Comparison, variant: Variant, id: &str) -> f64 {
    let outcome = &comparison.outcomes[variant.index()];
    outcome.metric(id).unwrap_or_else(|| panic!("{id} is a metric"))
}

/// A number of one variant of a scenario.
pub fn of(pairs: &str, variant: Variant, id: &str) -> f64 {
    metric(&run(pairs), variant, id)
}

/// Everything bought a month, used or not.
pub fn bill(comparison: &Comparison, variant: Variant) -> f64 {
    metric(comparison, variant, "monthlyLevels.infrastructureUsd")
        + metric(comparison, variant, "monthlyLevels.wasteUsd")
}

/// Everything bought and worked a month, without what is lost while down.
pub fn paid(comparison: &Comparison, variant: Variant) -> f64 {
    bill(comparison, variant) + metric(comparison, variant, "monthlyLevels.labourUsd")
}

/// The likeliest value of a fact.
pub fn fact(id: &str) -> facts::Fact {
    facts::at(facts::find(id).unwrap_or_else(|| panic!("{id} is a fact"))).unwrap().clone()
}

/// Every preset with its outcomes.
pub fn presets() -> impl Iterator<Item = (&'static str, Comparison)> {
    PRESETS.iter().map(|preset| (preset.id, run(&format!("preset={}", preset.id))))
}

/// The ids of the parts of a variant.
pub fn parts(outcome: &Outcome) -> Vec<&'static str> {
    outcome.stack.parts().map(|(part, _)| part.facts().id).collect()
}

/// Whether each number is above the one before.
pub fn rising(numbers: &[f64]) -> bool {
    numbers.windows(2).all(|pair| pair[0] < pair[1])
}
