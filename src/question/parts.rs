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
    let variant = super::variant(variant)?;
    let company = Company::of(scenario);
    let point = scenario.likeliest();
    let play = |company: &Company| {
        let context = timeline::context(Plain(&point), company);
        timeline::play(&context, variant, &mut Ledger::new(0.0, usize::from(company.months)))
    };
    let at = |id| metrics::find(id).unwrap_or(0);
    let (hours, usd) = (at("labour.hoursPerMonth"), at("totals.monthlyUsd"));
    let whole = play(&company);
    Ok(whole
        .stack
        .parts()
        .map(|(part, _)| {
            let mut without = company.clone();
            without.without.push(part);
            let rest = play(&without);
            PartPrice {
                part,
                hours_per_month: whole.numbers[hours] - rest.numbers[hours],
                usd_per_month: whole.numbers[usd] - rest.numbers[usd],
            }
        })
        .collect())
}
