//! Terraform and Packer: machine images in autoscaling groups, replaced and never repaired.

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
    fn stack(company: &Company) -> Stack {
        let stack = Stack::new(PARTS, INTERFACES);
        let stack = if company.hosted_by(company.provider) { stack } else { stack::own_database(stack) };
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
        let (compute, obstacle) =
            Compute::groups(context, seller.vm, per_host, true, Some(slot::HOURS_MACHINE_IMMUTABLE));
        let design = Design {
            compute,
            database: DatabaseServers::hosted_or_own(context, seller, slot::HOURS_MACHINE_IMMUTABLE),
            seller,
            transit_usd_per_gb: None,
            platform_usd: zero,
            twin_usd: groups * twin.usd + DatabaseServers::twin_usd(context, twin_databases),
            twin_machines: groups + own_databases,
            load_balancer: true,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_MACHINE_IMAGES,
                machine: slot::HOURS_MACHINE_IMMUTABLE,
                service: slot::HOURS_SERVICE_MACHINE_IMAGES,
                onboarding: Onboarding::SharedImage,
            },
        };
        (design, obstacle)
    }
}
