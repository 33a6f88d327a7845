//! Docker and Kubernetes, the control plane run by the provider.

use super::{Describe, layout, stack};
use crate::explain::{Number, Trace};
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute};
use crate::model::database::DatabaseServers;
use crate::model::labour::{Care, Onboarding};
use crate::model::prices;
use crate::model::timeline::{Context, Design, Obstacle};

const PARTS: &[Part] = &[
    CloudMachines,
    CloudNetwork,
    CloudPermissions,
    LanguageRuntime,
    Framework,
    Terraform,
    TerraformState,
    ContainerBuild,
    ContainerRuntime,
    ImageRegistry,
    ClusterNodes,
    ClusterNetwork,
    ClusterDns,
    IngressController,
    CertificateManager,
    Helm,
    ClusterAutoscaler,
    Secrets,
    VersionControl,
    ContinuousIntegration,
    Monitoring,
    DnsTls,
    ManagedLoadBalancer,
    ManagedControlPlane,
    ManagedDatabase,
    ManagedBackup,
];

const INTERFACES: &[(Part, Part)] = &[
    (LanguageRuntime, Framework),
    (ContainerBuild, LanguageRuntime),
    (ContainerBuild, ImageRegistry),
    (ContinuousIntegration, ContainerBuild),
    (VersionControl, ContinuousIntegration),
    (ContinuousIntegration, Helm),
    (ImageRegistry, ClusterNodes),
    (ContainerRuntime, ClusterNodes),
    (ClusterNodes, CloudMachines),
    (CloudMachines, CloudNetwork),
    (CloudPermissions, CloudMachines),
    (CloudPermissions, ClusterNodes),
    (ClusterNetwork, ClusterNodes),
    (ClusterNetwork, CloudNetwork),
    (ClusterDns, ClusterNodes),
    (ClusterDns, ClusterNetwork),
    (IngressController, ClusterNetwork),
    (IngressController, ClusterDns),
    (CertificateManager, IngressController),
    (CertificateManager, DnsTls),
    (ManagedLoadBalancer, IngressController),
    (DnsTls, ManagedLoadBalancer),
    (Helm, IngressController),
    (Helm, CertificateManager),
    (Helm, ClusterAutoscaler),
    (Helm, Monitoring),
    (Helm, LanguageRuntime),
    (ClusterAutoscaler, CloudMachines),
    (ClusterAutoscaler, ClusterNodes),
    (Secrets, LanguageRuntime),
    (Secrets, CloudPermissions),
    (Secrets, Helm),
    (Terraform, CloudMachines),
    (Terraform, CloudNetwork),
    (Terraform, CloudPermissions),
    (Terraform, ManagedLoadBalancer),
    (Terraform, DnsTls),
    (Terraform, TerraformState),
    (Terraform, ImageRegistry),
    (Monitoring, ClusterNodes),
    (Monitoring, LanguageRuntime),
    (ManagedControlPlane, ClusterNodes),
    (ManagedControlPlane, ClusterNetwork),
    (ManagedControlPlane, ClusterDns),
    (ManagedControlPlane, IngressController),
    (ManagedControlPlane, CertificateManager),
    (ManagedControlPlane, Helm),
    (ManagedControlPlane, ClusterAutoscaler),
    (ManagedControlPlane, Secrets),
    (ManagedControlPlane, Monitoring),
    (ManagedControlPlane, CloudPermissions),
    (Terraform, ManagedControlPlane),
    (Framework, ManagedDatabase),
    (Terraform, ManagedDatabase),
    (ManagedBackup, ManagedDatabase),
    (Secrets, ManagedDatabase),
];

/// Kubernetes whose control plane the provider runs.
pub struct ManagedKubernetes;

impl Describe for ManagedKubernetes {
    fn stack(company: &Company) -> Stack {
        let stack = Stack::new(PARTS, INTERFACES);
        let stack = if company.hosted_by(company.provider) { stack } else { stack::own_database(stack) };
        stack::with_stores(stack::replicated(stack, company), company)
    }

    fn barred(company: &Company) -> Option<Obstacle> {
        company.provider.control_plane.is_none().then_some(Obstacle::NotSold)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let seller = context.company.provider;
        let environments = trace.read(slot::DELIVERY_ENVIRONMENTS);
        let (cluster_usd, cluster_machines) = compute::twin_cluster(context, seller.vm, false);
        let (databases_usd, databases) = layout::twin_databases(context);
        let (compute, obstacle) = Compute::cluster(context, seller.vm, false);
        let design = Design {
            compute,
            database: DatabaseServers::hosted_or_own(context, seller, slot::HOURS_MACHINE_IMMUTABLE),
            seller,
            transit_usd_per_gb: None,
            platform_usd: seller.control_plane.map_or_else(
                || trace.constant(0.0),
                |at| (prices::usd(trace, at) * environments).named("control planes", "USD/month"),
            ),
            twin_usd: cluster_usd + databases_usd,
            twin_machines: cluster_machines + databases,
            load_balancer: true,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_MANAGED_KUBERNETES,
                machine: slot::HOURS_MACHINE_IMMUTABLE,
                service: slot::HOURS_SERVICE_KUBERNETES,
                onboarding: Onboarding::Kubernetes,
            },
        };
        (design, obstacle)
    }
}
