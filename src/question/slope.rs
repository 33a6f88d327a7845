//! The slippery slope of the essay: one more step each time, from where a company is to a cluster with its database inside.

use super::input::Moved;
use crate::approach::Variant::{
    self, CloudVms, Functions, LeasedMetal, MachineImages, ManagedKubernetes, OwnedMetal, Paas, SelfRunKubernetes,
    SingleServer,
};
use crate::facts::Part::{
    self, ContainerBuild, ContainerRuntime, DatabaseOperator, Helm, ImageRegistry, OperatorLifecycle, OperatorSdk,
    Rancher, Vagrant, Virtualbox,
};
use crate::model::metrics;
use crate::scenario::{Problem, Scenario};
use serde::Serialize;

/// The numbers that are told of each step.
pub const TOLD: [&str; 12] = [
    "totals.monthlyUsd",
    "monthlyLevels.infrastructureUsd",
    "monthlyLevels.labourUsd",
    "complexity.parts",
    "complexity.interfaces",
    "complexity.index",
    "complexity.skills",
    "complexity.forcedUpgradesPerYear",
    "complexity.upgradeHoursPerYear",
    "labour.hoursPerMonth",
    "availability.downtimeHoursPerYear",
    "availability.incidentsPerYear",
];

/// A step down the slope.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What is done, in words.
    pub label: &'static str,
    /// What the company then runs on.
    pub variant: Variant,
    /// Parts that it has and did not have a step before.
    pub added: Vec<Part>,
    /// Parts that are gone.
    pub dropped: Vec<Part>,
    /// The numbers of [`TOLD`].
    pub numbers: [f64; TOLD.len()],
    /// Whether nothing stops it.
    pub feasible: bool,
}

/// A station of the slope: what is done to get there, the variant, and how its stack differs from the variant's own.
struct Station {
    label: &'static str,
    variant: Variant,
    with: &'static [Part],
    without: &'static [Part],
}

/// Containers instead of a virtual machine on the laptop, and then everywhere.
const IN_DEVELOPMENT: (&[Part], &[Part]) = (&[ContainerBuild], &[Vagrant, Virtualbox]);
const IN_PRODUCTION: (&[Part], &[Part]) = (&[ContainerBuild, ContainerRuntime, ImageRegistry], &[Vagrant, Virtualbox]);
const OPERATORS: &[Part] = &[DatabaseOperator, OperatorSdk, OperatorLifecycle];

/// The steps from a variant on.
fn stations(start: Variant) -> Vec<Station> {
    let station =
        |label, variant, (with, without): (&'static [Part], &'static [Part])| Station { label, variant, with, without };
    let mut stations = vec![station("as it is", start, (&[], &[]))];
    let machines = match start {
        SingleServer | LeasedMetal | OwnedMetal => {
            stations.push(station("virtual machines in a cloud", CloudVms, (&[], &[])));
            Some(CloudVms)
        }
        CloudVms | Paas | MachineImages => Some(start),
        ManagedKubernetes | SelfRunKubernetes | Functions => None,
    };
    if let Some(machines) = machines {
        stations.push(station("containers in development", machines, IN_DEVELOPMENT));
        stations.push(station("containers in production", machines, IN_PRODUCTION));
    }
    if !matches!(start, ManagedKubernetes | SelfRunKubernetes) {
        stations.push(station("Kubernetes", ManagedKubernetes, (&[], &[Helm])));
        stations.push(station("Helm", ManagedKubernetes, (&[], &[])));
    }
    if start != SelfRunKubernetes {
        stations.push(station("Rancher", ManagedKubernetes, (&[Rancher], &[])));
        stations.push(station("the database inside, on its own control plane", SelfRunKubernetes, (&[], OPERATORS)));
        stations.push(station("operators for the database", SelfRunKubernetes, (&[], &[])));
    }
    stations
}

/// The steps from a variant to the bottom of the slope: what each adds in parts, hours, money and risk. Without a name the
/// slope starts where the company is, or with virtual machines. The last variant has no steps but the first.
///
/// # Errors
/// If there is no such variant.
pub fn slope(scenario: &Scenario, start: Option<&str>) -> Result<Vec<Step>, Problem> {
    let mut moved = Moved::new(scenario);
    let start = match start {
        Some(name) => super::variant(name, "start")?,
        None => moved.current().unwrap_or(CloudVms),
    };
    let metrics = TOLD.map(metrics::known);
    let mut before: Vec<Part> = Vec::new();
    Ok(stations(start)
        .into_iter()
        .map(|station| {
            let (figures, stack) = moved.with_parts(station.variant, station.with, station.without, metrics);
            let parts: Vec<Part> = stack.parts().map(|(part, _)| part).collect();
            let missing = |these: &[Part], those: &[Part]| -> Vec<Part> {
                these.iter().filter(|part| !those.contains(part)).copied().collect()
            };
            let step = Step {
                label: station.label,
                variant: station.variant,
                added: missing(&parts, &before),
                dropped: missing(&before, &parts),
                numbers: figures.values,
                feasible: figures.feasible,
            };
            before = parts;
            step
        })
        .collect())
}
