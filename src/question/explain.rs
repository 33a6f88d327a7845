//! The full derivation of one number.

use crate::explain::{Derivation, Number, Recorder, Trace};
use crate::model::Company;
use crate::model::ledger::{Ledger, Line};
use crate::model::timeline;
use crate::scenario::{Problem, Scenario};

/// How a number of a variant's outcome comes to be, at the likeliest values.
///
/// `metric` is any id of [`crate::model::metrics::describe`]. With a `month` (counted from 1) it is `lines.<id>`, `totals.monthlyUsd`
/// (all lines of the month) or `fleet.machines`, of that month alone, or `totals.tcoUsd`, all up to that month; these are
/// not discounted.
///
/// # Errors
/// If there is no such variant, metric or month.
pub fn explain(scenario: &Scenario, variant: &str, metric: &str, month: Option<u16>) -> Result<Derivation, Problem> {
    let variant = super::variant(variant)?;
    let index = super::metric(metric)?;
    let company = Company::of(scenario);
    if let Some(month) = month
        && !(1..=company.months).contains(&month)
    {
        return Err(Problem {
            code: "outOfRange",
            path: "month".into(),
            message: format!("{month} is not a month of the horizon"),
            remedy: format!("write a whole number from 1 to {}", company.months),
        });
    }
    let point = scenario.likeliest();
    let recorder = Recorder::new(&point);
    let context = timeline::context(&recorder, &company);
    let mut ledger = Ledger::new(context.trace.constant(0.0), usize::from(company.months));
    let played = timeline::play(&context, variant, &mut ledger);
    let all_in = |at: usize| {
        let lines = Line::ALL[1..].iter().map(|line| ledger.line(at, *line)).filter(|usd| usd.value() != 0.0);
        Number::sum(ledger.line(at, Line::ALL[0]), lines).named_in(
            "all-in cost of the month",
            "USD/month",
            at as u16 + 1,
        )
    };
    let number = match month {
        None => played.numbers[index],
        Some(month) => {
            let at = usize::from(month) - 1;
            let line = metric.strip_prefix("lines.").and_then(|id| Line::ALL.iter().find(|line| line.info().0 == id));
            match (line, metric) {
                (Some(line), _) => ledger.line(at, *line),
                (None, "totals.monthlyUsd") => all_in(at),
                (None, "fleet.machines") => ledger.months[at].machines,
                (None, "totals.tcoUsd") => {
                    let upfront = ledger.upfront[1..].iter().copied().filter(|usd| usd.value() != 0.0);
                    let upfront = Number::sum(ledger.upfront[0], upfront).named("paid before the first month", "USD");
                    Number::sum(upfront, (0..=at).map(all_in)).named_in(
                        "all-in cost up to this month, not discounted",
                        "USD",
                        month,
                    )
                }
                _ => {
                    return Err(Problem {
                        code: "notMonthly",
                        path: "metric".into(),
                        message: format!("\"{metric}\" has no value for a single month"),
                        remedy:
                            "leave the month out, or ask for totals.monthlyUsd, totals.tcoUsd, fleet.machines or a line of the bill"
                                .into(),
                    });
                }
            }
        }
    };
    Ok(recorder.derivation(number, &|slot| scenario.describe(slot)))
}
