//! The part of a scenario that is not a number: it shapes the model and is the same in every draw.

use super::complexity::Stack;
use super::design::Shape;
use super::structure::{Structure, skill_bit};
use crate::approach::Variant;
use crate::facts::{CDNS, Cdn, HOSTS, PARTS, PLATFORMS, PROVIDERS, Part, Provider, slot};
use crate::scenario::{GrowthClass, Phase, Scenario, Step};
use std::cell::OnceCell;
use std::rc::Rc;

/// Who decides on something that can be bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is had if the goal needs it, or if it saves more than it costs.
    AsItPays,
    /// It is not had.
    Never,
    /// It is had.
    Always,
}

impl Policy {
    /// The policy that an option stands for.
    fn of(choice: Option<&str>) -> Self {
        match choice {
            Some("asItPays") => Self::AsItPays,
            Some("never" | "once") => Self::Never,
            Some("always" | "twice") => Self::Always,
            other => unreachable!("{other:?} is an option without a policy"),
        }
    }

    /// What it says; where it says nothing, what another does.
    #[must_use]
    fn or(self, other: Self) -> Self {
        if self == Self::AsItPays { other } else { self }
    }

    /// Whether it may be had, or not.
    #[must_use]
    pub fn allows(self, had: bool) -> bool {
        self == Self::AsItPays || had == (self == Self::Always)
    }
}

/// The stacks of all variants in all shapes, each put together when it is first asked for: they are the same in every
/// draw.
#[derive(Debug, Default)]
struct Stacks([[OnceCell<Built>; Shape::COUNT]; Variant::COUNT]);

type Built = (Stack, Rc<Structure>);

/// A company is copied to be changed: its copy puts its own stacks together.
impl Clone for Stacks {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// The shape of a company: what decides which parts and machines there are, not how much they cost.
#[derive(Clone, Debug)]
pub struct Company {
    /// Months to count.
    pub months: u16,
    /// Databases.
    pub stores: u16,
    /// Production and its twins.
    pub environments: u16,
    /// Whether roles run twice, where an approach leaves the choice.
    pub redundancy: Policy,
    /// Whether databases that their seller runs have a standby.
    pub standby: Policy,
    /// Whether all of it stands at a second site too, where an approach can.
    pub second_site: Policy,
    /// Whether somebody is on call: as it pays, where an approach has it at all.
    pub on_call: Policy,
    /// Whether a managed database is wanted where one is sold.
    pub hosted: bool,
    /// Whether the software can run as functions.
    pub decomposable: bool,
    /// Who sells virtual machines.
    pub provider: &'static Provider,
    /// Who rents out whole machines.
    pub host: &'static Provider,
    /// The platform as a service.
    pub platform: &'static Provider,
    /// Who sells managed databases, if not the seller of the machines.
    pub database_provider: Option<&'static Provider>,
    /// The CDN that stands before the servers, if one does.
    pub cdn: Option<&'static Cdn>,
    /// What runs today.
    pub current: Option<Variant>,
    /// Months for which its machines must still be paid.
    pub lease_months_left: u16,
    /// Skills that the team holds, a bit for each in the order of the table.
    pub skills: u128,
    /// Parts that every stack has in addition.
    pub with: Vec<Part>,
    /// Parts that no stack has.
    pub without: Vec<Part>,
    /// Services that grow by a factor of their own.
    pub classes: Vec<GrowthClass>,
    /// First month, counted from 1, in which they have.
    pub growth_month: u16,
    /// Phases of growth.
    pub phases: Vec<Phase>,
    /// Length of each phase in months.
    pub phase_months: Vec<u16>,
    /// Steps of the load.
    pub steps: Vec<Step>,
    /// First month of each step.
    pub step_months: Vec<u16>,
    stacks: Stacks,
}

impl Company {
    /// The shape of a scenario's company.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let whole = |at| scenario.value(at) as u16;
        let phases: Vec<Phase> = scenario.phases().collect();
        let steps: Vec<Step> = scenario.steps().collect();
        let classes: Vec<GrowthClass> = scenario.growth_classes().collect();
        let parts = |set: u128| PARTS.iter().map(|row| row.part).filter(|part| set >> *part as u32 & 1 == 1).collect();
        let seller_of_databases = scenario.choice(slot::FINANCE_DATABASE_PROVIDER);
        let redundancy = Policy::of(scenario.choice(slot::GOALS_REDUNDANCY));
        let mut company = Self {
            months: whole(slot::FINANCE_HORIZON_MONTHS),
            stores: whole(slot::DATA_STORES),
            environments: whole(slot::DELIVERY_ENVIRONMENTS),
            redundancy,
            standby: Policy::of(scenario.choice(slot::DATA_STANDBY)).or(redundancy),
            second_site: Policy::of(scenario.choice(slot::GOALS_SECOND_SITE)),
            on_call: Policy::of(scenario.choice(slot::TEAM_ON_CALL)),
            hosted: scenario.value(slot::DATA_HOSTED) != 0.0,
            decomposable: scenario.value(slot::SERVICES_DECOMPOSABLE) != 0.0,
            provider: &PROVIDERS[scenario.value(slot::FINANCE_PROVIDER) as usize],
            host: &HOSTS[scenario.value(slot::FINANCE_HOST) as usize],
            platform: &PLATFORMS[scenario.value(slot::FINANCE_PLATFORM) as usize],
            // Its options name some providers only, and `same`, which is none of them.
            database_provider: PROVIDERS.iter().find(|row| Some(row.id) == seller_of_databases),
            // The first is `none`.
            cdn: (scenario.value(slot::FINANCE_CDN) as usize).checked_sub(1).map(|index| &CDNS[index]),
            // What is no variant is `none`.
            current: scenario.choice(slot::CURRENT_VARIANT).and_then(Variant::find),
            lease_months_left: whole(slot::CURRENT_LEASE_MONTHS_LEFT),
            skills: scenario.set(slot::TEAM_SKILLS),
            with: parts(scenario.set(slot::STACK_WITH)),
            without: parts(scenario.set(slot::STACK_WITHOUT)),
            classes,
            growth_month: whole(slot::SERVICES_GROWTH_MONTH),
            phase_months: phases.iter().map(|phase| whole(phase.months)).collect(),
            phases,
            step_months: steps.iter().map(|step| whole(step.month)).collect(),
            steps,
            stacks: Stacks::default(),
        };
        company.cdn = company.cdn.filter(|_| !company.leaves_out(Part::Cdn));
        // Whoever runs something today holds its skills.
        if let Some(today) = company.current {
            let shape = Shape { two_sites: company.second_site == Policy::Always, ..Shape::FULL };
            company.skills |= today.stack(&company, shape).parts().fold(0, |set, (part, _)| set | skill_bit(part));
        }
        company
    }

    /// The stack of a variant in a shape, and its structure. What shapes a stack may not be changed once one has been asked
    /// for.
    pub fn stack(&self, variant: Variant, shape: Shape) -> (&Stack, &Structure) {
        let (stack, structure) = self.stacks.0[variant.index()][shape.index()].get_or_init(|| {
            let stack = variant.stack(self, shape);
            let structure = Structure::of(&stack);
            (stack, structure)
        });
        (stack, structure)
    }

    /// Whether no stack has a part.
    #[must_use]
    pub fn leaves_out(&self, part: Part) -> bool {
        self.without.contains(&part)
    }

    /// Whether a load balancer of the provider is bought, where it is `needed` or not: the company may have said so, or have a
    /// CDN that is a feature of it.
    #[must_use]
    pub fn balances(&self, needed: bool) -> bool {
        let fronted = self.cdn.is_some_and(|cdn| cdn.at_balancer && cdn.is_of(self.provider));
        !self.leaves_out(Part::ManagedLoadBalancer)
            && (needed || fronted || self.with.contains(&Part::ManagedLoadBalancer))
    }

    /// Months for which the machines of what runs today are held, if they are.
    #[must_use]
    pub fn leased_for(&self) -> Option<u16> {
        (self.lease_months_left > 0).then_some(self.lease_months_left)
    }

    /// Who runs the databases for the team, for machines of this seller; nobody if the team is to run them.
    #[must_use]
    pub fn database_of(&self, seller: &'static Provider) -> Option<&'static Provider> {
        let provider = self.database_provider.unwrap_or(seller);
        (self.hosted && !provider.database.is_empty()).then_some(provider)
    }
}
