//! Bare metal with redundancy, bought: the same parts as rented metal, on machines of the company's own in colocation.

use super::Describe;
use super::leased_metal::metal_stack;
use crate::explain::{Number, Trace};
use crate::facts::{OWNED_METAL_LADDER, slot};
use crate::model::capacity::{self, Size};
use crate::model::complexity::Stack;
use crate::model::compute::{self, Compute};
use crate::model::database::DatabaseServers;
use crate::model::labour::{Care, Onboarding};
use crate::model::timeline::{Context, Design, Obstacle};
use crate::model::{Company, prices};

/// Bought machines in colocation, every role twice.
pub struct OwnedMetal;

impl Describe for OwnedMetal {
    fn stack(company: &Company) -> Stack {
        metal_stack(company)
    }

    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let host = context.company.host;
        let sizes = compute::owned_sizes(context, OWNED_METAL_LADDER);
        // A line is bought for its busiest hour, and carries the mean for most of the month.
        let transit = prices::usd(trace, slot::TRANSIT_MBPS) / trace.read(slot::CONST_GB_PER_MBPS)
            * trace.read(slot::WORKLOAD_PEAK_TO_MEAN)
            / trace.read(slot::WORKLOAD_ACTIVE_SHARE);
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
            transit_usd_per_gb: Some(transit.named("bandwidth bought for the peak", "USD/GB")),
            platform_usd: zero,
            twin_usd: twin.usd,
            twin_machines: trace.constant(1.0),
            load_balancer: false,
            term: Some(trace.read(slot::HARDWARE_LIFE_YEARS) * 12.0),
            setup_hours_per_machine: Some(trace.read(slot::SETUP_OWNED_RACKING)),
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
