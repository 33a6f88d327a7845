//! A platform as a service: push the code, the platform runs it.

use super::{Describe, stack};
use crate::explain::Trace;
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
    ApplicationPlatform,
    Buildpack,
    LanguageRuntime,
    Framework,
    ManagedDatabase,
    VersionControl,
    Vagrant,
    Virtualbox,
    LinuxImage,
    DnsTls,
    Monitoring,
    ManagedBackup,
];

const INTERFACES: &[(Part, Part)] = &[
    (ApplicationPlatform, Buildpack),
    (Buildpack, LanguageRuntime),
    (LanguageRuntime, Framework),
    (Framework, ManagedDatabase),
    (VersionControl, ApplicationPlatform),
    (ApplicationPlatform, ManagedDatabase),
    (Vagrant, Virtualbox),
    (Vagrant, LinuxImage),
    (LinuxImage, LanguageRuntime),
    (DnsTls, ApplicationPlatform),
    (Monitoring, ApplicationPlatform),
    (ManagedBackup, ManagedDatabase),
];

/// A platform that runs what is pushed to it.
pub struct Paas;

impl Describe for Paas {
    fn stack(company: &Company) -> Stack {
        // The platform runs no database of the team's own: here it is always a managed one.
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let seller = context.company.platform;
        let services = trace.read(slot::SERVICES_COUNT);
        let gib = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0;
        let twin = compute::twin_size(context, seller.vm, gib);
        let (compute, obstacle) = Compute::groups(context, seller.vm, trace.constant(1.0), false, None);
        let design = Design {
            compute,
            database: DatabaseServers::managed(context, seller),
            seller,
            transit_usd_per_gb: None,
            platform_usd: prices::usd(trace, slot::RENDER_WORKSPACE_PRO),
            twin_usd: services * twin.usd + DatabaseServers::twin_usd(context, seller.database),
            twin_machines: trace.constant(0.0),
            load_balancer: false,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_PAAS,
                machine: slot::HOURS_MACHINE_IMMUTABLE,
                service: slot::HOURS_SERVICE_PAAS,
                onboarding: Onboarding::SharedImage,
            },
        };
        (design, obstacle)
    }
}
