//! All variants side by side.

use crate::approach::Variant;
use crate::explain::Plain;
use crate::model::complexity::Stack;
use crate::model::ledger::{Cost, Ledger, Line};
use crate::model::metrics::{self, COUNT};
use crate::model::timeline;
use crate::model::{Company, Context, Obstacle};
use crate::point::Point;
use crate::scenario::{Problem, Scenario};

/// What is shown of each month, in the order of [`Outcome::series`].
pub static SERIES: &[(&str, &str, &str)] = &[
    ("totalUsd", "all-in cost", "USD"),
    ("infrastructureUsd", "infrastructure", "USD"),
    ("labourUsd", "people", "USD"),
    ("wasteUsd", "waste", "USD"),
    ("downtimeUsd", "downtime and lost data", "USD"),
    ("partsUsd", "price put on parts", "USD"),
    ("machines", "machines to look after", "machines"),
    ("weeklyUsers", "weekly users", "people/week"),
];

/// What is held against each other when one variant is said to be dominated: nothing but these decides, and each is
/// better when it is less.
pub const TRADED: [&str; 6] = [
    "totals.tcoUsd",
    "monthlyLevels.infrastructureUsd",
    "labour.hoursPerMonth",
    "availability.downtimeHoursPerYear",
    "complexity.parts",
    "agility.leadTimeHours",
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
    /// What is paid after the last month.
    pub exit_usd: f64,
    /// One value a month for each of [`SERIES`], undiscounted, one series after the other.
    pub series: Vec<f64>,
    /// Its parts.
    pub stack: Stack,
    /// A feasible variant that is better in something of [`TRADED`] and worse in nothing; none if there is a reason to
    /// choose this one.
    pub dominated_by: Option<Variant>,
    /// The month by whose end the move from what runs today has paid for itself; none if it does not within the
    /// horizon, or if nothing runs today.
    pub pays_back_in: Option<u16>,
}

impl Outcome {
    /// Whether nothing stops it.
    #[must_use]
    pub fn feasible(&self) -> bool {
        self.obstacles.is_empty()
    }

    /// One of [`SERIES`], by its index.
    #[must_use]
    pub fn monthly(&self, index: usize) -> &[f64] {
        let months = self.series.len() / SERIES.len();
        &self.series[index * months..(index + 1) * months]
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
    /// Every variant that was asked for, in the order of [`Variant::ALL`].
    pub outcomes: Vec<Outcome>,
}

/// Compares all variants at the likeliest values.
#[must_use]
pub fn compare(scenario: &Scenario) -> Comparison {
    compare_at(&Company::of(scenario), &scenario.likeliest())
}

/// Compares some variants at the likeliest values, all if none is named: nothing is judged by one that was not asked for.
///
/// # Errors
/// If one of them is not known.
pub fn compare_among(scenario: &Scenario, variants: &[String]) -> Result<Comparison, Problem> {
    let named = super::variants(variants)?;
    Ok(among(&Company::of(scenario), &scenario.likeliest(), &named))
}

/// Compares all variants of a company at one point.
#[must_use]
pub fn compare_at(company: &Company, point: &Point) -> Comparison {
    among(company, point, Variant::ALL)
}

fn among(company: &Company, point: &Point, variants: &[Variant]) -> Comparison {
    let context = timeline::context(Plain(point), company);
    let mut ledger = Ledger::new(0.0, usize::from(company.months));
    let mut play = |variant: Variant| {
        let played = timeline::play(&context, variant, &mut ledger);
        Outcome {
            variant,
            obstacles: played.obstacles,
            numbers: played.numbers,
            upfront_usd: ledger.upfront.iter().sum(),
            exit_usd: ledger.leaving.usd(),
            series: series(&context, &ledger),
            stack: played.stack.clone(),
            dominated_by: None,
            pays_back_in: None,
        }
    };
    let mut outcomes: Vec<Outcome> =
        Variant::ALL.iter().filter(|variant| variants.contains(variant)).map(|variant| play(*variant)).collect();
    // A move pays back over staying, whoever was asked for.
    let today = company.current.map(|current| {
        let known = outcomes.iter().find(|outcome| outcome.variant == current);
        known.cloned().unwrap_or_else(|| play(current))
    });
    let total = super::total();
    let best = outcomes
        .iter()
        .filter(|outcome| outcome.feasible())
        .reduce(|best, next| if next.numbers[total] < best.numbers[total] { next } else { best })
        .map(|outcome| outcome.variant);
    let traded = TRADED.map(metrics::known);
    let dominated: Vec<Option<Variant>> = outcomes
        .iter()
        .map(|outcome| outcomes.iter().find(|other| dominates(other, outcome, &traded)).map(|other| other.variant))
        .collect();
    for (outcome, dominated_by) in outcomes.iter_mut().zip(dominated) {
        outcome.dominated_by = dominated_by;
        outcome.pays_back_in = today.as_ref().and_then(|today| pays_back_in(outcome, today));
    }
    Comparison { best, outcomes }
}

/// Whether one is feasible, better in something, and worse in nothing.
fn dominates(one: &Outcome, other: &Outcome, traded: &[usize]) -> bool {
    one.feasible()
        && traded.iter().all(|at| one.numbers[*at] <= other.numbers[*at])
        && traded.iter().any(|at| one.numbers[*at] < other.numbers[*at])
}

/// The first month by whose end so much less has been paid than by staying that the move is paid for, for good.
fn pays_back_in(outcome: &Outcome, today: &Outcome) -> Option<u16> {
    if outcome.variant == today.variant {
        return None;
    }
    let mut ahead = today.upfront_usd - outcome.upfront_usd;
    let mut since = None;
    for (month, (theirs, ours)) in today.monthly(0).iter().zip(outcome.monthly(0)).enumerate() {
        ahead += theirs - ours;
        since = if ahead < 0.0 { None } else { since.or(Some(month as u16 + 1)) };
    }
    since
}

/// The series of [`SERIES`], one after the other; each month is passed once.
fn series(context: &Context<Plain>, ledger: &Ledger<f64>) -> Vec<f64> {
    let months = ledger.months.len();
    let mut series = vec![0.0; SERIES.len() * months];
    let mut level = [0.0; Cost::COUNT];
    for line in &Line::ALL[Line::VARYING..] {
        level[Line::COSTS[line.index()] as usize] += ledger.level[line.index()];
    }
    for (at, month) in ledger.months.iter().enumerate() {
        let mut sums = level;
        for (usd, cost) in month.lines.iter().zip(&Line::COSTS) {
            sums[*cost as usize] += usd;
        }
        let [infrastructure, waste, people, downtime, data_loss, parts] = sums;
        let total = sums.iter().fold(0.0, |sum, usd| sum + usd);
        let users = context.path[at] * context.demand.users;
        let row = [total, infrastructure, people, waste, downtime + data_loss, parts, month.machines, users];
        for (index, value) in row.into_iter().enumerate() {
            series[index * months + at] = value;
        }
    }
    series
}
