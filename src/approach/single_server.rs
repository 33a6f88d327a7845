//! Code slapped on a server: one rented machine, code uploaded to it, the database beside it.

use super::{Describe, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::availability::Keeper;
use crate::model::capacity;
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute};
use crate::model::labour::{Care, Onboarding};
use crate::model::practice::{Copies, Deploy, Place, Practice, Repair, Sharing};
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

const PARTS: &[Part] = &[RentedServer, Linux, WebServer, LanguageRuntime, SqlDatabase, FtpDeploy, Backup, DnsTls];

const INTERFACES: &[(Part, Part)] = &[
    (RentedServer, Linux),
    (Linux, WebServer),
    (Linux, SqlDatabase),
    (Linux, FtpDeploy),
    (WebServer, LanguageRuntime),
    (LanguageRuntime, SqlDatabase),
    (Backup, SqlDatabase),
    (DnsTls, WebServer),
    (FtpDeploy, LanguageRuntime),
];

/// Code, web server and database on one rented server.
pub struct SingleServer;

impl Describe for SingleServer {
    const PRACTICE: Practice = Practice {
        deploy: Deploy::Upload,
        place: Place::DataCentre,
        repair: Repair::ByHand,
        copies: Copies::One,
        sharing: Sharing::All,
        parity: false,
        on_call: false,
        private_network: false,
        database_in_cluster: false,
    };
    const INTERFACES: &'static [(Part, Part)] = INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn layout<T: Trace>(context: &Context<T>, _: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let host = context.company.host;
        let (compute, obstacle) = Compute::one(context, host.server);
        let twin = compute::twin_size(
            context,
            host.server,
            capacity::memory_of_all(trace, trace.constant(0.0), trace.constant(1.0)),
        );
        let care = Care {
            setup: slot::SETUP_SINGLE_SERVER,
            machine: slot::HOURS_MACHINE_RENTED,
            service: slot::HOURS_SERVICE_VM,
            onboarding: Onboarding::ByHand,
        };
        let layout = Layout {
            keeper: if context.company.stores == 0 { Keeper::Nobody } else { Keeper::TeamBeside },
            twin_usd: twin.usd,
            twin_machines: trace.constant(1.0),
            ..Layout::new(trace, compute, None, host, care)
        };
        (layout, obstacle)
    }
}
