//! A platform as a service: push the code, the platform runs it.

use super::{Describe, stack};
use crate::explain::{Number, Trace};
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute, Sizing};
use crate::model::database::Databases;
use crate::model::labour::{Care, Onboarding};
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
use crate::model::prices;
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

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
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Push,
        place: Place::Platform,
        repair: Repair::Replaced,
        copies: Copies::AsItPays,
        sharing: Sharing::None,
        parity: true,
        on_call: true,
        private_network: false,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        // The platform runs no database of the team's own: here it is always a managed one.
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let seller = context.company.platform;
        let base = context.company.database_provider.unwrap_or(seller);
        let services = trace.read(slot::SERVICES_COUNT);
        let gib = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0;
        let twin = compute::twin_size(context, seller.vm, gib);
        let (compute, obstacle) =
            Compute::groups(context, seller.vm, trace.constant(1.0), roles, Sizing::Planned, None, |_, _, _, _| 0.0);
        let care = Care {
            setup: slot::SETUP_PAAS,
            machine: slot::HOURS_MACHINE_IMMUTABLE,
            service: slot::HOURS_SERVICE_PAAS,
            onboarding: Onboarding::SharedImage,
        };
        let [database, standby] = [false, true].map(|standby| Databases::managed(context, base, standby));
        let layout = Layout {
            standby,
            platform_usd: seller.workspace.map_or_else(|| trace.constant(0.0), |at| prices::usd(trace, at)),
            twin_usd: services * twin.usd + Databases::twin_usd(context, base.database, trace.read(slot::DATA_STORES)),
            ..Layout::new(trace, compute, database, seller, care)
        };
        (layout, obstacle.or_else(|| too_much_traffic(context)))
    }
}

/// The first month in which the applications, one for each service, have more traffic than the platform lets them have.
fn too_much_traffic<T: Trace>(context: &Context<T>) -> Option<Obstacle> {
    let trace = &context.trace;
    let each = trace.read(context.company.platform.egress_limit?);
    let offered_gb = (each * trace.read(slot::SERVICES_COUNT)).value();
    context.loads.iter().find_map(|load| {
        let needed_gb = (context.demand.served_gb * load.factor).value();
        (needed_gb > offered_gb).then_some(Obstacle::TooMuchTraffic { month: load.month, needed_gb, offered_gb })
    })
}
