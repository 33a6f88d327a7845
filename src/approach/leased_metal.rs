//! Bare metal with redundancy, rented: whole machines, every role twice, everything on them run by the team.

use super::{Describe, layout, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

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
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Script,
        place: Place::DataCentre,
        repair: Repair::ByHand,
        copies: Copies::Two,
        sharing: Sharing::All,
        parity: false,
        on_call: true,
        private_network: false,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        metal_stack(company)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let sizes = context.ladder(context.company.host.metal, Some(slot::HOURS_MACHINE_BARE_METAL));
        layout::metal_fleet(context, &sizes, context.trace.read(slot::FINANCE_LEASE_MONTHS), roles.copies)
    }
}
