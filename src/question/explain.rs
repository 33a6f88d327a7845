//! The full derivation of numbers.

use crate::explain::{Derivation, Number, Recorder, Trace};
use crate::model::Company;
use crate::model::ledger::{Ledger, Line};
use crate::model::timeline;
use crate::scenario::{Problem, Scenario};

/// How numbers of a variant's outcome come to be, at the likeliest values: the first steps are the metrics, in their order.
///
/// A metric is any id of [`crate::model::metrics::describe`]. With a `month` (counted from 1) it is `lines.<id>`, `totals.monthlyUsd`
/// (all lines of the month) or `fleet.machines`, of that month alone, or `totals.tcoUsd`, all up to that month; these are
/// not discounted.
///
/// # Errors
/// If there is no such variant, metric or month.
pub fn explain<M: AsRef<str>>(
    scenario: &Scenario,
    variant: &str,
    metrics: &[M],
    month: Option<u16>,
) -> Result<Derivation, Problem> {
    let variant = super::variant(variant, "variant")?;
    let indices = metrics.iter().map(|metric| super::metric(metric.as_ref())).collect::<Result<Vec<_>, _>>()?;
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
    let numbers = match month {
        None => indices.iter().map(|index| played.numbers[*index]).collect(),
        Some(month) => {
            metrics.iter().map(|metric| of_month(&ledger, metric.as_ref(), month)).collect::<Result<Vec<_>, _>>()?
        }
    };
    Ok(recorder.derivation(&numbers, &|slot| scenario.describe(slot)))
}

/// A metric of one month, or up to it.
fn of_month<N: Number>(ledger: &Ledger<N>, metric: &str, month: u16) -> Result<N, Problem> {
    let all_in = |at: usize| {
        let lines = Line::ALL[1..].iter().map(|line| ledger.line(at, *line)).filter(|usd| usd.value() != 0.0);
        N::sum(ledger.line(at, Line::ALL[0]), lines).named_in("all-in cost of the month", "USD/month", at as u16 + 1)
    };
    let at = usize::from(month) - 1;
    let line = metric.strip_prefix("lines.").and_then(|id| Line::ALL.iter().find(|line| line.info().0 == id));
    match (line, metric) {
        (Some(line), _) => Ok(ledger.line(at, *line)),
        (None, "totals.monthlyUsd") => Ok(all_in(at)),
        (None, "fleet.machines") => Ok(ledger.months[at].machines),
        (None, "totals.tcoUsd") => {
            let upfront = ledger.upfront[1..].iter().copied().filter(|usd| usd.value() != 0.0);
            let upfront = N::sum(ledger.upfront[0], upfront).named("paid before the first month", "USD");
            let label = "all-in cost up to this month, not discounted";
            Ok(N::sum(upfront, (0..=at).map(all_in)).named_in(label, "USD", month))
        }
        _ => Err(Problem {
            code: "notMonthly",
            path: "metric".into(),
            message: format!("\"{metric}\" has no value for a single month"),
            remedy:
                "leave the month out, or ask for totals.monthlyUsd, totals.tcoUsd, fleet.machines or a line of the bill"
                    .into(),
        }),
    }
}
