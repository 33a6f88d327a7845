//! Docker and Kubernetes, the control plane run by the provider.

use super::{Describe, layout, stack};
use crate::explain::{Number, Trace};
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::labour::{Care, Onboarding};
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
use crate::model::prices;
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

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
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Container,
        place: Place::Zones,
        repair: Repair::Replaced,
        copies: Copies::AsItPays,
        sharing: Sharing::None,
        parity: true,
        on_call: true,
        private_network: true,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, shape: Shape) -> Stack {
        stack::with_databases(Stack::new(PARTS, INTERFACES), company, shape)
    }

    fn barred(company: &Company) -> Option<Obstacle> {
        company.provider.control_plane.is_none().then_some(Obstacle::NotSold)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let care = Care {
            setup: slot::SETUP_MANAGED_KUBERNETES,
            machine: slot::HOURS_MACHINE_IMMUTABLE,
            service: slot::HOURS_SERVICE_KUBERNETES,
            onboarding: Onboarding::Kubernetes,
        };
        let (layout, obstacle) = layout::pods_on_nodes(context, &Self::PRACTICE, roles, false, care);
        let control_plane = context.company.provider.control_plane;
        let control_plane = control_plane.map(|at| prices::usd(&context.trace, at).named("control plane", "USD/month"));
        (Layout { control_plane, ..layout }, obstacle)
    }
}
