//! Terraform and Packer: machine images in autoscaling groups, replaced and never repaired.

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
    LinuxImage,
    WebServer,
    LanguageRuntime,
    Framework,
    ManagedDatabase,
    ManagedLoadBalancer,
    ManagedBackup,
    Terraform,
    TerraformState,
    Packer,
    AutoscalingGroup,
    VersionControl,
    ContinuousIntegration,
    Vagrant,
    Virtualbox,
    Monitoring,
    DnsTls,
];

const INTERFACES: &[(Part, Part)] = &[
    (CloudMachines, LinuxImage),
    (CloudMachines, CloudNetwork),
    (CloudPermissions, CloudMachines),
    (LinuxImage, WebServer),
    (WebServer, LanguageRuntime),
    (LanguageRuntime, Framework),
    (Framework, ManagedDatabase),
    (ManagedLoadBalancer, AutoscalingGroup),
    (AutoscalingGroup, CloudMachines),
    (ManagedBackup, ManagedDatabase),
    (Packer, LinuxImage),
    (Packer, LanguageRuntime),
    (Packer, WebServer),
    (Vagrant, LinuxImage),
    (Vagrant, Virtualbox),
    (Terraform, CloudMachines),
    (Terraform, CloudNetwork),
    (Terraform, CloudPermissions),
    (Terraform, ManagedDatabase),
    (Terraform, ManagedLoadBalancer),
    (Terraform, AutoscalingGroup),
    (Terraform, DnsTls),
    (Terraform, ManagedBackup),
    (Terraform, TerraformState),
    (VersionControl, ContinuousIntegration),
    (ContinuousIntegration, Packer),
    (ContinuousIntegration, Terraform),
    (Monitoring, CloudMachines),
    (Monitoring, ManagedDatabase),
    (Monitoring, ManagedLoadBalancer),
    (DnsTls, ManagedLoadBalancer),
];

/// Images in autoscaling groups.
pub struct MachineImages;

impl Describe for MachineImages {
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Image,
        place: Place::Zones,
        repair: Repair::Replaced,
        copies: Copies::AsItPays,
        sharing: Sharing::PerHost,
        parity: true,
        on_call: true,
        private_network: true,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, shape: Shape) -> Stack {
        stack::with_databases(Stack::new(PARTS, INTERFACES), company, shape)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let care = Care {
            setup: slot::SETUP_MACHINE_IMAGES,
            machine: slot::HOURS_MACHINE_IMMUTABLE,
            service: slot::HOURS_SERVICE_MACHINE_IMAGES,
            onboarding: Onboarding::SharedImage,
        };
        layout::groups_of_vms(context, &Self::PRACTICE, roles, true, care)
    }
}
