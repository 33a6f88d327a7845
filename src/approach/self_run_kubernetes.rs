//! Docker and Kubernetes, the control plane and the database inside the cluster run by the team.

use super::{Describe, layout, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::labour::{Care, Onboarding};
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
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
    ControlPlane,
    Etcd,
    ClusterPki,
    PersistentVolumes,
    DatabaseInCluster,
    DatabaseOperator,
    OperatorSdk,
    OperatorLifecycle,
    Rancher,
    Backup,
    ConfigurationManagement,
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
    (ControlPlane, ClusterNodes),
    (ControlPlane, ClusterNetwork),
    (ControlPlane, ClusterDns),
    (ControlPlane, IngressController),
    (ControlPlane, CertificateManager),
    (ControlPlane, Helm),
    (ControlPlane, ClusterAutoscaler),
    (ControlPlane, Secrets),
    (ControlPlane, Monitoring),
    (ControlPlane, PersistentVolumes),
    (ControlPlane, DatabaseOperator),
    (ControlPlane, OperatorLifecycle),
    (Etcd, ControlPlane),
    (ClusterPki, ControlPlane),
    (ClusterPki, Etcd),
    (ClusterPki, ClusterNodes),
    (PersistentVolumes, ClusterNodes),
    (PersistentVolumes, DatabaseInCluster),
    (DatabaseOperator, DatabaseInCluster),
    (OperatorSdk, DatabaseOperator),
    (OperatorLifecycle, DatabaseOperator),
    (Helm, DatabaseOperator),
    (Framework, DatabaseInCluster),
    (Backup, DatabaseInCluster),
    (Backup, PersistentVolumes),
    (Backup, Etcd),
    (Rancher, ControlPlane),
    (Rancher, ClusterNodes),
    (Rancher, Helm),
    (ConfigurationManagement, CloudMachines),
    (ConfigurationManagement, ControlPlane),
    (ConfigurationManagement, Etcd),
    (Secrets, DatabaseInCluster),
];

/// Kubernetes that the team runs, its database inside.
pub struct SelfRunKubernetes;

impl Describe for SelfRunKubernetes {
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Container,
        place: Place::Zones,
        repair: Repair::Replaced,
        copies: Copies::AsItPays,
        sharing: Sharing::None,
        parity: true,
        on_call: true,
        private_network: true,
        database_in_cluster: true,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let care = Care {
            setup: slot::SETUP_SELF_RUN_KUBERNETES,
            machine: slot::HOURS_MACHINE_IMMUTABLE,
            service: slot::HOURS_SERVICE_KUBERNETES,
            onboarding: Onboarding::Kubernetes,
        };
        layout::pods_on_nodes(context, &Self::PRACTICE, roles, true, care)
    }
}
