//! All variants side by side.

use crate::approach::Variant;
use crate::explain::Plain;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::ledger::{Cost, Ledger, Line};
use crate::model::metrics::{self, COUNT};
use crate::model::timeline::{self, Context, Obstacle};
use crate::point::Point;
use crate::scenario::Scenario;

/// What is shown of each month, in the order of [`Outcome::series`].
pub static SERIES: &[(&str, &str, &str)] = &[
    ("totalUsd", "all-in cost", "USD"),
    ("infrastructureUsd", "infrastructure", "USD"),
    ("labourUsd", "people", "USD"),
    ("wasteUsd", "waste", "USD"),
    ("machines", "machines to look after", "machines"),
    ("weeklyUsers", "weekly users", "people/week"),
];

/// All that follows for one variant, at one point.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The variant.
    pub variant: Variant,
    /// What stops it; nothing if it fits.
    pub obstacles: Vec<Obstacle>,
    /// Its numbers, in the order of [`metrics::describe`].
    pub numbers: [f64; COUNT],
    /// What is paid before the first month.
    pub upfront_usd: f64,
    /// One value a month for each of [`SERIES`], undiscounted.
    pub series: Vec<Vec<f64>>,
    /// Its parts.
    pub stack: Stack,
}

impl Outcome {
    /// Whether nothing stops it.
    #[must_use]
    pub fn feasible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// A number, by its id, such as `totals.monthlyUsd` or `lines.compute`.
    #[must_use]
    pub fn metric(&self, id: &str) -> Option<f64> {
        metrics::find(id).map(|index| self.numbers[index])
    }
}

/// All variants for one company.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The feasible variant that costs least, if any is feasible.
    pub best: Option<Variant>,
    /// Every variant, in the order of [`Variant::ALL`].
    pub outcomes: Vec<Outcome>,
}

/// Compares all variants at the likeliest values.
#[must_use]
pub fn compare(scenario: &Scenario) -> Comparison {
    compare_at(&Company::of(scenario), &scenario.likeliest())
}

/// Compares all variants of a company at one point.
#[must_use]
pub fn compare_at(company: &Company, point: &Point) -> Comparison {
    let context = Context::new(Plain(point), company);
    let mut ledger = Ledger::new(0.0, usize::from(company.months));
    let outcomes: Vec<Outcome> = Variant::ALL
        .iter()
        .map(|variant| {
            let stack = variant.stack(company);
            let (design, obstacles) = variant.design(&context);
            timeline::evaluate(&context, &design, &stack, &mut ledger);
            Outcome {
                variant: *variant,
                obstacles,
                numbers: metrics::summarise(&context, &stack, &ledger),
                upfront_usd: ledger.upfront.iter().sum(),
                series: series(&context, &ledger),
                stack,
            }
        })
        .collect();
    let total = metrics::find("totals.tcoUsd").unwrap_or(0);
    let best = outcomes
        .iter()
        .filter(|outcome| outcome.feasible())
        .reduce(|best, next| if next.numbers[total] < best.numbers[total] { next } else { best })
        .map(|outcome| outcome.variant);
    Comparison { best, outcomes }
}

fn series(context: &Context<Plain>, ledger: &Ledger<f64>) -> Vec<Vec<f64>> {
    let of_kind = |kind: Option<Cost>| -> Vec<f64> {
        let counts = |line: &&Line| kind.is_none_or(|kind| line.info().2 == kind);
        ledger
            .months
            .iter()
            .map(|lines| Line::ALL.iter().filter(counts).fold(0.0, |sum, line| sum + lines[line.index()]))
            .collect()
    };
    vec![
        of_kind(None),
        of_kind(Some(Cost::Infrastructure)),
        of_kind(Some(Cost::People)),
        of_kind(Some(Cost::Waste)),
        ledger.machines.clone(),
        context.path.iter().map(|factor| factor * context.demand.users).collect(),
    ]
}
