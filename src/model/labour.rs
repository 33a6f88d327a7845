//! Hours of work: what machines, services, databases, upgrades and new people take.

use super::Context;
use super::complexity::Stack;
use crate::explain::{Number, Trace};
use crate::facts::{Layer, Part, slot};
use crate::point::Slot;

/// So many people hold each skill and can run the software, so that one may be away: what the number of people in a team is
/// told for.
pub const HOLDERS: f64 = 2.0;

/// Hours a year that an approach takes, as facts.
#[derive(Clone, Copy, Debug)]
pub struct Care {
    /// Hours to set the platform up.
    pub setup: Slot,
    /// Hours a year for each machine.
    pub machine: Slot,
    /// Hours a year for each service.
    pub service: Slot,
    /// How a new developer comes to a running copy of the software.
    pub onboarding: Onboarding,
}

/// How a new developer comes to a running copy of the software.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Onboarding {
    /// By hand.
    ByHand,
    /// From a shared image, if keeping one takes less than it saves; otherwise by hand.
    SharedImage,
    /// With containers and a cluster.
    Kubernetes,
}

/// Hours of work that is alike for each of many, once as much of it is automated as pays.
///
/// Work `a` on automating it cuts what is done by hand to `by_hand / (1 + a / pays_from)`: the more there is already, the less
/// does more of it bring. The sum of both is least at `2 √(by_hand × pays_from) − pays_from`, and below `pays_from` with none.
pub fn automated<N: Number>(by_hand: N, pays_from: N) -> N {
    let (hours, from) = (by_hand.value(), pays_from.value());
    by_hand.call(
        "automatedAsItPays",
        &[pays_from],
        if hours > from { 2.0 * f64::sqrt(hours * from) - from } else { hours },
    )
}

/// What looking after machines costs a month, by how many there are: what a team counts in that has to choose them.
#[derive(Clone, Copy, Debug)]
pub struct Keeping {
    /// One machine by hand, in USD a month.
    by_hand_usd: f64,
    /// The work by hand from which automating it pays, in USD a month.
    pays_from_usd: f64,
}

impl Keeping {
    /// `care` is the fact of the hours a year that one machine takes; without it nobody has to look after them.
    pub fn of<T: Trace>(context: &Context<T>, care: Option<Slot>) -> Self {
        let trace = &context.trace;
        let monthly = |hours| trace.read(hours).value() / 12.0 * trace.read(slot::TEAM_HOURLY_USD).value();
        Self {
            by_hand_usd: care.map_or(0.0, monthly),
            pays_from_usd: care.map_or(0.0, |_| monthly(slot::HOURS_AUTOMATED_FROM)),
        }
    }

    /// What so many machines take, in USD a month.
    pub fn usd(&self, machines: f64) -> f64 {
        automated(machines * self.by_hand_usd, self.pays_from_usd)
    }
}

/// Forced upgrades over a whole stack.
#[derive(Clone, Copy, Debug)]
pub struct Upgrades<N> {
    /// How many there are a year, in one environment.
    pub count: N,
    /// Hours a year that they take, in all environments.
    pub hours: N,
}

/// The forced upgrades of a stack, at one site or at two.
pub fn upgrades<T: Trace>(context: &Context<T>, stack: &Stack, two_sites: bool) -> Upgrades<T::N> {
    let trace = &context.trace;
    let mut count = trace.constant(0.0);
    let mut hours = count;
    for (part, times) in stack.parts() {
        if let (Some(forced), Some((_, each))) = (context.forced_upgrades(part, times), part.facts().upgrade) {
            count = count + forced;
            hours = hours + forced * trace.read(each) * environments_of(trace, part, two_sites);
        }
    }
    Upgrades {
        count: count.named("forced upgrades", "upgrades/year"),
        hours: hours.named("hours of forced upgrades", "hours/year"),
    }
}

/// How often the hours of an upgrade of a part are worked: once in each environment, but what delivers and what stands
/// beside is there once for all of them, and the hours of a cluster's upgrade cover its twin. A second site is worked on as a
/// further environment is.
pub fn environments_of<T: Trace>(trace: &T, part: Part, two_sites: bool) -> T::N {
    if matches!(part.facts().layer, Layer::Delivery | Layer::Beside) {
        return trace.constant(1.0);
    }
    let environments = trace.read(slot::DELIVERY_ENVIRONMENTS);
    let environments = if two_sites { environments + 1.0 } else { environments };
    if matches!(part, Part::ManagedControlPlane | Part::ControlPlane) {
        (environments / trace.read(slot::UPGRADES_ENVIRONMENTS_COVERED)).max(trace.constant(1.0))
    } else {
        environments
    }
}

/// Hours a year that setting up new developers takes.
pub fn onboarding<T: Trace>(context: &Context<T>, onboarding: Onboarding) -> T::N {
    let trace = &context.trace;
    let joining = (trace.read(slot::TEAM_DEVELOPERS) * trace.read(slot::TEAM_TURNOVER_PER_YEAR))
        .named("developers who join to replace others", "people/year");
    let day = trace.read(slot::PEOPLE_HOURS_PER_DAY);
    let by_hand = (joining * trace.read(slot::ONBOARDING_BY_HAND_DAYS) * day).named("set up by hand", "hours/year");
    let hours = match onboarding {
        Onboarding::ByHand => by_hand,
        Onboarding::Kubernetes => joining * trace.read(slot::ONBOARDING_KUBERNETES_DAYS) * day,
        Onboarding::SharedImage => {
            let days =
                joining * trace.read(slot::ONBOARDING_IMAGE_DAYS) + trace.read(slot::ONBOARDING_IMAGE_UPKEEP_DAYS);
            by_hand.min((days * day).named("set up from a shared image, its upkeep included", "hours/year"))
        }
    };
    hours.named("setting up new developers", "hours/year")
}

/// Hours a year that developers take of those who run the software. These are as many as hold a skill at least, developers or
/// people of operations, and ask nobody.
pub fn developer_support<T: Trace>(trace: &T) -> T::N {
    let (developers, ops) = (trace.read(slot::TEAM_DEVELOPERS), trace.read(slot::TEAM_OPS_PEOPLE));
    let others = (developers + ops - ops.max(trace.constant(HOLDERS)))
        .max(trace.constant(0.0))
        .named("developers who ask those who run it", "people");
    automated(others * trace.read(slot::HOURS_DEVELOPER), trace.read(slot::HOURS_AUTOMATED_FROM))
}
