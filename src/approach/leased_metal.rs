//! Bare metal with redundancy, rented: whole machines, every role twice, everything on them run by the team.

use super::{Describe, stack};
use crate::explain::{Number, Trace};
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::capacity::{self, Size};
use crate::model::complexity::Stack;
use crate::model::compute::Compute;
use crate::model::database::DatabaseServers;
use crate::model::labour::{Care, Onboarding};
use crate::model::timeline::{Context, Design, Obstacle};

const PARTS: &[Part] = &[
    BareMetal,
    NetworkSwitch,
    Linux,
    WebServer,
    LanguageRuntime,
    SqlDatabase,
    DatabaseReplication,
    Heartbeat,
    LoadBalancer,
    Backup,
    MailServer,
    TestFrontEnds,
    TestDatabases,
    VersionControl,
    DeployScripts,
    Monitoring,
    DnsTls,
];

const INTERFACES: &[(Part, Part)] = &[
    (BareMetal, Linux),
    (NetworkSwitch, BareMetal),
    (Linux, WebServer),
    (Linux, SqlDatabase),
    (WebServer, LanguageRuntime),
    (LanguageRuntime, SqlDatabase),
    (DatabaseReplication, SqlDatabase),
    (Heartbeat, DatabaseReplication),
    (Heartbeat, LoadBalancer),
    (LoadBalancer, WebServer),
    (Backup, SqlDatabase),
    (Linux, MailServer),
    (LanguageRuntime, MailServer),
    (Linux, TestFrontEnds),
    (TestFrontEnds, TestDatabases),
    (TestDatabases, SqlDatabase),
    (VersionControl, DeployScripts),
    (DeployScripts, WebServer),
    (DeployScripts, TestFrontEnds),
    (DeployScripts, LanguageRuntime),
    (Monitoring, Linux),
    (Monitoring, SqlDatabase),
    (Monitoring, LoadBalancer),
    (DnsTls, LoadBalancer),
    (NetworkSwitch, LoadBalancer),
];

/// The parts of bare metal, rented or bought: who owns the machines changes none of them.
pub(super) fn metal_stack(company: &Company) -> Stack {
    let stack = stack::with_stores(Stack::new(PARTS, INTERFACES), company);
    if company.environments == 1 { stack.without(TestFrontEnds).without(TestDatabases) } else { stack }
}

/// Rented whole machines, every role twice.
pub struct LeasedMetal;

impl Describe for LeasedMetal {
    fn stack(company: &Company) -> Stack {
        metal_stack(company)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let host = context.company.host;
        let sizes = Size::ladder(trace, host.metal, Some(slot::HOURS_MACHINE_BARE_METAL));
        // Every role runs twice, whatever is asked: that is what this approach is.
        let copies = trace.constant(2.0).named("copies of every role", "copies");
        // A further environment is one machine with one of everything on it.
        let gib = capacity::memory_gib(trace).value();
        let twin = Size::cheapest(&sizes, |size| size.gib.value() >= gib, |size| size.usd.value())
            .unwrap_or_else(|| Size::largest(&sizes));
        let (compute, obstacle) = Compute::pool(context, &sizes, copies);
        let design = Design {
            compute,
            database: DatabaseServers::self_run(context, host, &sizes, copies),
            seller: host,
            transit_usd_per_gb: None,
            platform_usd: zero,
            twin_usd: twin.usd,
            twin_machines: trace.constant(1.0),
            load_balancer: false,
            term: Some(trace.read(slot::FINANCE_LEASE_MONTHS)),
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_METAL,
                machine: slot::HOURS_MACHINE_BARE_METAL,
                service: slot::HOURS_SERVICE_VM,
                onboarding: Onboarding::ByHand,
            },
        };
        (design, obstacle)
    }
}
