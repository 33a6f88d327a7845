//! Virtual machines: rented by the hour, kept in shape by a configuration tool, developed in an image of the same.

use super::{Describe, stack};
use crate::explain::{Number, Trace};
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute};
use crate::model::database::DatabaseServers;
use crate::model::labour::{Care, Onboarding};
use crate::model::timeline::{Context, Design, Obstacle};

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
    fn stack(company: &Company) -> Stack {
        let stack = Stack::new(PARTS, INTERFACES);
        let stack = if company.hosted_by(company.provider) { stack::hosted_database(stack) } else { stack };
        stack::with_stores(stack::replicated(stack, company), company)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let seller = context.company.provider;
        let services = trace.read(slot::SERVICES_COUNT);
        let per_host = trace.read(slot::SERVICES_SERVICES_PER_HOST);
        let gib = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0 * per_host.min(services);
        let twin = compute::twin_size(context, seller.vm, gib);
        let groups = (services / per_host).ceil();
        let hosted = context.company.hosted_by(seller);
        let twin_databases = if hosted { seller.database } else { seller.vm };
        // Databases of the team's own are machines to look after in every environment.
        let own_databases = if hosted { trace.constant(0.0) } else { trace.read(slot::DATA_STORES) };
        let (compute, obstacle) = Compute::groups(context, seller.vm, per_host, false, Some(slot::HOURS_MACHINE_VM));
        let design = Design {
            compute,
            database: DatabaseServers::hosted_or_own(context, seller, slot::HOURS_MACHINE_VM),
            seller,
            transit_usd_per_gb: None,
            platform_usd: zero,
            twin_usd: groups * twin.usd + DatabaseServers::twin_usd(context, twin_databases),
            twin_machines: groups + own_databases,
            load_balancer: true,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_CLOUD_VMS,
                machine: slot::HOURS_MACHINE_VM,
                service: slot::HOURS_SERVICE_VM,
                onboarding: Onboarding::SharedImage,
            },
        };
        (design, obstacle)
    }
}
