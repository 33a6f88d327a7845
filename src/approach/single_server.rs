//! Code slapped on a server: one rented machine, code uploaded to it, the database beside it.

use super::{Describe, stack};
use crate::explain::Trace;
use crate::facts::Part::{self, *};
use crate::facts::slot;
use crate::model::Company;
use crate::model::capacity;
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute};
use crate::model::labour::{Care, Onboarding};
use crate::model::timeline::{Context, Design, Obstacle};

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
    fn stack(company: &Company) -> Stack {
        stack::with_stores(Stack::new(PARTS, INTERFACES), company)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let zero = context.trace.constant(0.0);
        let (compute, obstacle) = Compute::one(context, context.company.host.server);
        let twin = compute::twin_size(context, context.company.host.server, capacity::memory_gib(&context.trace));
        let design = Design {
            compute,
            database: None,
            seller: context.company.host,
            transit_usd_per_gb: None,
            platform_usd: zero,
            twin_usd: twin.usd,
            twin_machines: context.trace.constant(1.0),
            load_balancer: false,
            term: None,
            setup_hours_per_machine: None,
            care: Care {
                setup: slot::SETUP_SINGLE_SERVER,
                machine: slot::HOURS_MACHINE_RENTED,
                service: slot::HOURS_SERVICE_VM,
                onboarding: Onboarding::ByHand,
            },
        };
        (design, obstacle)
    }
}
