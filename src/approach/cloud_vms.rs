//! Virtual machines: rented by the hour, kept in shape by a configuration tool, developed in an image of the same.

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
    SqlDatabase,
    DatabaseReplication,
    ManagedLoadBalancer,
    Backup,
    ConfigurationManagement,
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
    (LinuxImage, SqlDatabase),
    (WebServer, LanguageRuntime),
    (LanguageRuntime, Framework),
    (Framework, SqlDatabase),
    (DatabaseReplication, SqlDatabase),
    (ManagedLoadBalancer, WebServer),
    (ManagedLoadBalancer, CloudNetwork),
    (Backup, SqlDatabase),
    (ConfigurationManagement, LinuxImage),
    (ConfigurationManagement, WebServer),
    (ConfigurationManagement, SqlDatabase),
    (ConfigurationManagement, LanguageRuntime),
    (VersionControl, ContinuousIntegration),
    (ContinuousIntegration, LanguageRuntime),
    (ContinuousIntegration, ConfigurationManagement),
    (Vagrant, Virtualbox),
    (Vagrant, LinuxImage),
    (Vagrant, ConfigurationManagement),
    (Monitoring, CloudMachines),
    (Monitoring, SqlDatabase),
    (Monitoring, WebServer),
    (DnsTls, ManagedLoadBalancer),
];

/// VMs that a configuration tool keeps in shape.
pub struct CloudVms;

impl Describe for CloudVms {
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Script,
        place: Place::Zones,
        repair: Repair::ByProvider,
        copies: Copies::AsItPays,
        sharing: Sharing::PerHost,
        parity: true,
        on_call: true,
        private_network: false,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, shape: Shape) -> Stack {
        stack::balanced(stack::with_databases(Stack::new(PARTS, INTERFACES), company, shape), shape)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let care = Care {
            setup: slot::SETUP_CLOUD_VMS,
            machine: slot::HOURS_MACHINE_VM,
            service: slot::HOURS_SERVICE_VM,
            onboarding: Onboarding::SharedImage,
        };
        layout::groups_of_vms(context, &Self::PRACTICE, roles, false, care)
    }
}
