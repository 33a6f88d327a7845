//! What each part costs this team: what would change if it were not there.

use crate::explain::Plain;
use crate::facts::Part;
use crate::model::ledger::Ledger;
use crate::model::{Company, metrics, timeline};
use crate::scenario::{Problem, Scenario};

/// What one part costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PartPrice {
    /// The part.
    pub part: Part,
    /// Hours of work a month that go with it: its upgrades, their failures, its configuration, its skill if no other part
    /// takes it, and what else the model hangs on it.
    pub hours_per_month: f64,
    /// What goes with it a month, all in. Below zero if the part saves more than it costs.
    pub usd_per_month: f64,
}

/// The price of every part of a variant's stack, at the likeliest values: the outcome with it less the one without.
///
/// The prices do not add up to the whole: two parts that share a skill each keep it when the other goes.
///
/// # Errors
/// If there is no such variant.
pub fn part_prices(scenario: &Scenario, variant: &str) -> Result<Vec<PartPrice>, Problem> {
    let variant = super::variant(variant, "variant")?;
    let company = Company::of(scenario);
    let point = scenario.likeliest();
    let numbers = |company: &Company| {
        let context = timeline::context(Plain(&point), company);
        let played = timeline::play(&context, variant, &mut Ledger::new(0.0, usize::from(company.months)));
        (played.numbers, played.stack.clone())
    };
    let at = |id| metrics::find(id).unwrap_or(0);
    let (hours, usd) = (at("labour.hoursPerMonth"), at("totals.monthlyUsd"));
    let (whole, stack) = numbers(&company);
    Ok(stack
        .parts()
        .map(|(part, _)| {
            let mut without = company.clone();
            without.without.push(part);
            let (rest, _) = numbers(&without);
            PartPrice { part, hours_per_month: whole[hours] - rest[hours], usd_per_month: whole[usd] - rest[usd] }
        })
        .collect())
}
