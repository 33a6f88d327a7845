//! A variant laid out for one company at one point, and what may stop it.

use super::availability::Reliability;
use super::layout::Layout;
use super::practice::{Copies, Practice};
use super::{Context, Policy, delivery};
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// Why a variant does not fit a company.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Obstacle {
    /// No single machine holds the load of a month.
    #[serde(rename_all = "camelCase")]
    TooLargeForOneMachine {
        /// First month in which it does not fit, counted from 1.
        month: u16,
        /// vCPU that it needs.
        needed_vcpu: f64,
        /// vCPU of the largest machine.
        offered_vcpu: f64,
        /// Memory that it needs.
        needed_gib: f64,
        /// Memory of the largest machine.
        offered_gib: f64,
        /// Traffic that it has to send at the peak, in Gbit/s.
        needed_gbits: f64,
        /// What the largest port may send, in Gbit/s.
        offered_gbits: f64,
        /// Data that it has to keep, in GB.
        needed_gb: f64,
        /// Data that the largest disk may keep, in GB.
        offered_gb: f64,
    },
    /// A month has more traffic than the seller lets its applications have.
    #[serde(rename_all = "camelCase")]
    TooMuchTraffic {
        /// First month in which it is too much, counted from 1.
        month: u16,
        /// Traffic of all applications in that month, in GB.
        needed_gb: f64,
        /// Traffic that all of them may have, in GB.
        offered_gb: f64,
    },
    /// Its machines, providers and places alone are down for longer than the goal allows, in the way it is laid out.
    #[serde(rename_all = "camelCase")]
    MissesGoal {
        /// Hours down a year that the goal allows.
        allowed_hours: f64,
        /// Hours down a year, whatever is changed on it.
        expected_hours: f64,
    },
    /// No machine (or node, or function) holds one service.
    #[serde(rename_all = "camelCase")]
    ServiceTooLarge {
        /// Memory that a service, or a group that shares a machine, needs.
        needed_gib: f64,
        /// Memory that the largest offers.
        offered_gib: f64,
    },
    /// The first answer after a pause takes longer than is acceptable.
    #[serde(rename_all = "camelCase")]
    ColdStart {
        /// Milliseconds of a request that finds nothing running.
        cold_ms: f64,
        /// Milliseconds that are acceptable.
        acceptable_ms: f64,
    },
    /// The software cannot be cut into functions.
    NotDecomposable,
    /// What the variant is made of is not in the price book of the provider.
    NotSold,
    /// The company says outright that every role runs twice, and this is one machine.
    NoSecondCopy,
    /// The company says outright that all of it stands at a second site, and this cannot.
    NoSecondSite,
}

/// What of a design decides which parts it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Whether every role runs twice.
    pub twice: bool,
    /// Whether a load balancer is bought.
    pub balanced: bool,
    /// Whether all of it stands at two sites.
    pub two_sites: bool,
}

impl Shape {
    /// The one that takes most parts.
    pub const FULL: Self = Self { twice: true, balanced: true, two_sites: true };
    /// How many there are.
    pub const COUNT: usize = 8;

    /// Its place among all.
    #[must_use]
    pub fn index(self) -> usize {
        [self.two_sites, self.twice, self.balanced].into_iter().fold(0, |index, has| index * 2 + usize::from(has))
    }
}

/// A variant, laid out for one company at one point.
#[derive(Debug)]
pub struct Design<N> {
    /// How it is worked with.
    pub practice: Practice,
    /// How often every role runs.
    pub copies: N,
    /// How often each database runs.
    pub database_copies: N,
    /// At how many sites all of it stands.
    pub sites: N,
    /// Whether somebody is on call.
    pub on_call: bool,
    /// Whether somebody should be, as a figure that follows from the choice.
    pub on_call_wanted: N,
    /// Whether there are enough people for it, where it is wanted.
    pub on_call_staffed: N,
    /// How long it is down, whatever is changed on it.
    pub reliability: Reliability<N>,
    /// What it is laid out on.
    pub layout: Layout<N>,
}

impl<N: Number> Design<N> {
    /// What of it decides which parts it takes.
    pub fn shape(&self) -> Shape {
        Shape { twice: self.twice(), balanced: self.layout.load_balancer, two_sites: self.layout.two_sites }
    }

    /// Whether every role runs twice.
    pub fn twice(&self) -> bool {
        self.copies.value() > 1.0
    }

    /// Whether the first answer after a pause takes longer than is acceptable.
    pub fn cold_start<T: Trace<N = N>>(&self, context: &Context<T>) -> Option<Obstacle> {
        let (_, cold) = delivery::answers(&context.trace, self.practice.deploy);
        let (cold_ms, acceptable_ms) = (cold.value(), context.trace.read(slot::GOALS_LATENCY_MS).value());
        (cold_ms > acceptable_ms).then_some(Obstacle::ColdStart { cold_ms, acceptable_ms })
    }

    /// What the company says outright that there is to be, and this has not.
    pub fn demands_missed<T: Trace<N = N>>(&self, context: &Context<T>) -> [Option<Obstacle>; 2] {
        let company = context.company;
        let once = company.redundancy == Policy::Always && self.practice.copies == Copies::One;
        let one_site = company.second_site == Policy::Always && !self.layout.two_sites;
        [once.then_some(Obstacle::NoSecondCopy), one_site.then_some(Obstacle::NoSecondSite)]
    }

    /// What of the goals it misses.
    pub fn goals_missed<T: Trace<N = N>>(&self, context: &Context<T>) -> Option<Obstacle> {
        let (allowed, expected) = (context.allowed_hours.value(), self.reliability.components.hours.value());
        (!self.reliability.meets(context))
            .then_some(Obstacle::MissesGoal { allowed_hours: allowed, expected_hours: expected })
    }
}
