//! Bare metal with redundancy, bought: the same parts as rented metal, on machines of the company's own in colocation.

use super::leased_metal::{LeasedMetal, metal_stack};
use super::{Describe, layout};
use crate::explain::{Number, Trace};
use crate::facts::{OWNED_METAL_LADDER, Part, slot};
use crate::model::complexity::Stack;
use crate::model::compute;
use crate::model::practice::Practice;
use crate::model::{Company, prices};
use crate::model::{Context, Layout, Obstacle, Roles, Shape};

/// Bought machines in colocation, every role twice.
pub struct OwnedMetal;

impl Describe for OwnedMetal {
    const PRACTICE: Practice = LeasedMetal::PRACTICE;
    const INTERFACES: &'static [(Part, Part)] = LeasedMetal::INTERFACES;

    fn stack(company: &Company, _: Shape) -> Stack {
        metal_stack(company)
    }

    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>) {
        let trace = &context.trace;
        let sizes = compute::owned_sizes(context, OWNED_METAL_LADDER);
        let life = trace.read(slot::HARDWARE_LIFE_YEARS) * 12.0;
        // A line is bought for its busiest hour, and carries the mean for most of the month.
        let transit = prices::usd(trace, slot::TRANSIT_MBPS) / trace.read(slot::CONST_GB_PER_MBPS)
            * trace.read(slot::WORKLOAD_PEAK_TO_MEAN)
            / trace.read(slot::WORKLOAD_ACTIVE_SHARE);
        let (layout, obstacle) = layout::metal_fleet(context, &sizes, life, roles.copies);
        let layout = Layout {
            transit_usd_per_gb: Some(transit.named("bandwidth bought for the peak", "USD/GB")),
            setup_hours_per_machine: Some(trace.read(slot::SETUP_OWNED_RACKING)),
            ..layout
        };
        (layout, obstacle)
    }
}
