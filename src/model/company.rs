//! The part of a scenario that is not a number: it shapes the model and is the same in every draw.

use crate::facts::{HOSTS, PROVIDERS, Provider, slot};
use crate::scenario::{Phase, Scenario, Step};

/// The shape of a company: what decides which parts and machines there are, not how much they cost.
#[derive(Clone, Debug)]
pub struct Company {
    /// Months to count.
    pub months: u16,
    /// Databases.
    pub stores: u16,
    /// Production and its twins.
    pub environments: u16,
    /// Whether the availability wanted makes every role run twice, at the likeliest values.
    pub redundant: bool,
    /// Whether a managed database is wanted where one is sold.
    pub hosted: bool,
    /// Whether the software can run as functions.
    pub decomposable: bool,
    /// Who sells virtual machines.
    pub provider: &'static Provider,
    /// Who rents out whole machines.
    pub host: &'static Provider,
    /// The platform as a service.
    pub platform: &'static Provider,
    /// Phases of growth.
    pub phases: Vec<Phase>,
    /// Length of each phase in months.
    pub phase_months: Vec<u16>,
    /// Steps of the load.
    pub steps: Vec<Step>,
    /// First month of each step.
    pub step_months: Vec<u16>,
}

impl Company {
    /// The shape of a scenario's company.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let whole = |at| scenario.value(at) as u16;
        let phases: Vec<Phase> = scenario.phases().collect();
        let steps: Vec<Step> = scenario.steps().collect();
        Self {
            months: whole(slot::FINANCE_HORIZON_MONTHS),
            stores: whole(slot::DATA_STORES),
            environments: whole(slot::DELIVERY_ENVIRONMENTS),
            redundant: scenario.value(slot::GOALS_AVAILABILITY) > scenario.value(slot::CAPACITY_SINGLE_INSTANCE_SLA),
            hosted: scenario.value(slot::DATA_HOSTED) != 0.0,
            decomposable: scenario.value(slot::SERVICES_DECOMPOSABLE) != 0.0,
            provider: &PROVIDERS[scenario.value(slot::FINANCE_PROVIDER) as usize],
            host: &HOSTS[scenario.value(slot::FINANCE_HOST) as usize],
            platform: &PROVIDERS[PROVIDERS.len() - 1],
            phase_months: phases.iter().map(|phase| whole(phase.months)).collect(),
            phases,
            step_months: steps.iter().map(|step| whole(step.month)).collect(),
            steps,
        }
    }

    /// Whether this seller runs the database for the team.
    #[must_use]
    pub fn hosted_by(&self, seller: &Provider) -> bool {
        self.hosted && !seller.database.is_empty()
    }
}
