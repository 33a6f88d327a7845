//! Which of its layouts a variant runs on, and how: with a standby of its databases, a second site, somebody on call.

use super::availability::{self, Keeper, Reliability, Twice};
use super::bill::{self, Network};
use super::design::Design;
use super::incidents;
use super::layout::{Layout, Roles, Taken};
use super::practice::{Copies, Practice};
use super::{Context, site};
use crate::approach::Variant;
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// A way of running a variant: with which layout, whether its databases have a standby, whether it stands at two sites, and
/// whether somebody is on call.
#[derive(Clone, Copy)]
struct Way<N> {
    layout: usize,
    standby: Option<bool>,
    two_sites: bool,
    on_call: bool,
    reliability: Reliability<N>,
    usd: N,
}

/// How long a way of running a variant is down, and what that costs a month with the data that it loses.
#[derive(Clone, Copy)]
struct Risk<N> {
    reliability: Reliability<N>,
    usd: N,
}

/// A layout that may be chosen.
struct Candidate<'c, T: Trace> {
    context: &'c Context<'c, T>,
    variant: Variant,
    practice: Practice,
    index: usize,
    roles: &'c Roles<T::N>,
    layout: &'c Layout<T::N>,
    /// What of it runs twice at one site, standbys that are still to be chosen apart.
    twice: Twice,
}

impl<T: Trace> Candidate<'_, T> {
    /// Adds the ways of running it, without a second site that costs more than all that it could save.
    fn look(&self, ways: &mut Vec<Way<T::N>>) {
        let &Self { context, variant, practice, roles, layout, .. } = self;
        let policy = site::policy(context.company, &practice);
        let offers = || layout.offered(context.company);
        // Where somebody always is, nobody too: there may be too few people for a rotation.
        let may_call = practice.on_call_policy(context.company).allows(true);
        let called = || [false, true].into_iter().filter(|on_call| may_call || !on_call);
        let mut alone: [[Option<Risk<T::N>>; 2]; 2] = Default::default();
        for ((standby, _), alone) in offers().zip(&mut alone).filter(|_| policy.allows(false)) {
            called().for_each(|on_call| alone[usize::from(on_call)] = Some(self.risk(standby, false, on_call)));
        }
        let saves = |alone: Option<Risk<T::N>>, usd: f64| {
            alone.is_none_or(|risk| !risk.reliability.meets(context) || risk.usd.value() > usd)
        };
        let least = layout.least_site_usd(context);
        let mut risks = offers().zip(&alone).flat_map(|(_, alone)| called().map(|on_call| alone[usize::from(on_call)]));
        let second = (policy.allows(true) && risks.any(|risk| saves(risk, least)))
            .then(|| site::Rates::of(context, &practice, layout, roles.copies));
        let month = layout.mean_month(context, &practice, second.as_ref());
        let work = month.two.map(|_| layout.site_work_usd(context, variant, roles.twice(), &month));
        let network = Network::of(context, &practice, layout, roles.copies).usd(context, &context.typical);
        let paid = context.paid_share(layout.seller) * (bill::support_share(context, layout.seller) + 1.0);
        for ((standby, database), alone) in offers().zip(alone) {
            let taken = layout.with_plans(context, month, database);
            let bought = |taken: Taken<T::N>| (taken.of_seller_usd + network) * paid + taken.besides_usd;
            let one = bought(taken.one);
            let two = taken.two.zip(work).map(|(two, work)| (two, bought(two) + work));
            for on_call in called() {
                let alone = alone[usize::from(on_call)];
                let at_one = alone.map(|risk| self.way(standby, false, on_call, risk, taken.one.machines, one));
                ways.extend(at_one);
                if let Some((two, bought)) = two.filter(|(_, two)| saves(alone, two.value() - one.value())) {
                    let risk = self.risk(standby, true, on_call);
                    let at_two = self.way(standby, true, on_call, risk, two.machines, bought);
                    // Nobody has a second site in vain: for a goal that is missed all the same, and more than it saves.
                    let pays = at_one.is_none_or(|at_one| at_two.usd.value() < at_one.usd.value());
                    ways.extend((pays || at_two.reliability.meets(context)).then_some(at_two));
                }
            }
        }
    }

    /// How long a way of running it is down, and what of that is worth money.
    fn risk(&self, standby: Option<bool>, two_sites: bool, on_call: bool) -> Risk<T::N> {
        let &Self { context, practice, layout, twice, .. } = self;
        let twice = Twice { site: two_sites, databases: standby.unwrap_or(twice.databases), ..twice };
        let reliability = availability::reliability(context, &practice, layout, twice, on_call);
        let hour_lost = context.trace.read(slot::GOALS_DATA_LOSS_USD_PER_HOUR) * context.typical.factor;
        let down = reliability.outages().hours * context.hour_down_usd();
        Risk { reliability, usd: (down + reliability.lost_hours * hour_lost) / 12.0 }
    }

    /// A way of running it, on so many machines and with what is `bought` in a month.
    fn way(
        &self,
        standby: Option<bool>,
        two_sites: bool,
        on_call: bool,
        Risk { reliability, usd }: Risk<T::N>,
        machines: T::N,
        bought: T::N,
    ) -> Way<T::N> {
        let mut usd = bought + usd;
        if on_call {
            usd = usd + called_usd(self.context, self.practice, self.layout.keeper, machines, &reliability);
        }
        let usd = usd.named(label(self.roles, self.practice.copies, standby, two_sites, on_call), "USD/month");
        Way { layout: self.index, standby, two_sites, on_call, reliability, usd }
    }
}

/// The way that is chosen.
#[derive(Debug)]
pub struct Choice<N> {
    /// Which of the layouts.
    pub layout: usize,
    /// How often every role runs, as a figure that follows from the choice.
    pub copies: N,
    /// How often each database runs that its seller runs, as such a figure; nothing where none does, or it is as any role.
    hosted_copies: Option<N>,
    /// At how many sites all of it stands, as such a figure.
    sites: N,
    on_call: bool,
    on_call_wanted: N,
    reliability: Reliability<N>,
}

impl<N: Number> Choice<N> {
    /// Of the layouts of a variant, each with its roles, the one that costs least and meets the goal, with a standby of its
    /// databases, a second site and somebody on call or not as that pays; if none meets the goal, the one that is down least,
    /// at two sites only if that pays. What decides is what the ways differ in: machines and their care, databases, the network
    /// between copies, what a second site takes, standby pay, downtime and lost data. Too little to be looked at are incidents of
    /// further machines, upgrades of the parts that a second copy brings, and what traffic further machines include.
    pub fn of<T: Trace<N = N>>(context: &Context<T>, variant: Variant, layouts: &[(Roles<N>, Layout<N>)]) -> Self {
        let trace = &context.trace;
        let practice = variant.practice();
        let mut ways: Vec<Way<N>> = Vec::with_capacity(12);
        for (index, (roles, layout)) in layouts.iter().enumerate() {
            let twice = Twice::of(context, &practice, layout, roles.twice());
            Candidate { context, variant, practice, index, roles, layout, twice }.look(&mut ways);
        }
        let policy = practice.on_call_policy(context.company);
        let wanted = Self::best(context, &ways, &|way| policy.allows(way.on_call));
        let staffed = context.rotation.value() != 0.0;
        let chosen = if wanted.on_call && !staffed { Self::best(context, &ways, &|way| !way.on_call) } else { wanted };
        let hours = ways.iter().map(|way| way.reliability.components.hours);
        // What the company leaves to be chosen, or says outright.
        let said = [slot::TEAM_ON_CALL, slot::GOALS_REDUNDANCY, slot::DATA_STANDBY, slot::GOALS_SECOND_SITE];
        let said = said.map(|at| trace.read(at));
        let given = [context.allowed_hours, context.rotation].into_iter().chain(said);
        let others: Vec<N> = ways.iter().skip(1).map(|way| way.usd).chain(hours).chain(given).collect();
        let copies = layouts[chosen.layout].0.copies;
        let hosted_copies = chosen
            .standby
            .map(|standby| ways[0].usd.call("databaseCopiesOfTheCheapest", &others, if standby { 2.0 } else { 1.0 }));
        let by_nature = matches!(practice.copies, Copies::One | Copies::Two);
        let called = f64::from(u8::from(wanted.on_call));
        Self {
            layout: chosen.layout,
            copies: if by_nature {
                copies
            } else {
                ways[0].usd.call("copiesOfTheCheapest", &others, copies.value()).named("copies of every role", "copies")
            },
            hosted_copies,
            sites: ways[0].usd.call("sitesOfTheCheapest", &others, if chosen.two_sites { 2.0 } else { 1.0 }),
            on_call: chosen.on_call,
            on_call_wanted: ways[0]
                .usd
                .call("onCallOfTheCheapest", &others, called)
                .named("somebody should be on call", "yes or no"),
            reliability: chosen.reliability,
        }
    }

    /// The cheapest way that meets the goal; if none does, the one that is down least.
    fn best<'w, T: Trace<N = N>>(
        context: &Context<T>,
        ways: &'w [Way<N>],
        counts: &dyn Fn(&Way<N>) -> bool,
    ) -> &'w Way<N> {
        let hours = |way: &Way<N>| way.reliability.components.hours.value();
        let better = |one: &'w Way<N>, next: &'w Way<N>| {
            let wins = match (one.reliability.meets(context), next.reliability.meets(context)) {
                (true, true) => next.usd.value() < one.usd.value(),
                (false, false) => hours(next) < hours(one),
                (_, meets) => meets,
            };
            if wins { next } else { one }
        };
        ways.iter().filter(|way| counts(way)).reduce(better).unwrap_or(&ways[0])
    }

    /// The variant, laid out and run like this.
    pub fn design<T: Trace<N = N>>(self, context: &Context<T>, practice: Practice, mut layout: Layout<N>) -> Design<N> {
        let one = context.trace.constant(1.0);
        if let Some(standby) =
            layout.standby.take().filter(|_| self.hosted_copies.is_some_and(|copies| copies.value() > 1.0))
        {
            layout.database = Some(standby);
        }
        let database_copies = match layout.keeper {
            Keeper::Nobody => context.trace.constant(0.0),
            Keeper::Service => one,
            _ => self.hosted_copies.unwrap_or(self.copies),
        };
        layout.two_sites = self.sites.value() > 1.0;
        let wanted = self.on_call_wanted;
        let staffed = if wanted.value() == 0.0 { one } else { context.rotation };
        Design {
            practice,
            copies: if practice.copies == Copies::OfDatabases { one } else { self.copies },
            database_copies: database_copies.named("copies of each database", "copies"),
            sites: self.sites.named("sites", "sites"),
            on_call: self.on_call,
            on_call_wanted: wanted,
            on_call_staffed: staffed.named("on call is staffed, or not needed", "yes or no"),
            reliability: self.reliability,
            layout,
        }
    }
}

/// What it costs a month to have somebody on call: standing by, and what work at night costs more.
fn called_usd<T: Trace>(
    context: &Context<T>,
    practice: Practice,
    keeper: Keeper,
    machines: T::N,
    reliability: &Reliability<T::N>,
) -> T::N {
    let trace = &context.trace;
    let any_hour = incidents::unplanned(context, &practice, keeper, reliability).hours;
    let hours = incidents::hours_each_machine(trace, &practice)
        .map_or(any_hour, |each| machines * reliability.failures_each * each + any_hour);
    let work = hours / 12.0 * trace.read(slot::TEAM_HOURLY_USD);
    context.on_call_usd() + work * (context.out_of_hours(true) - 1.0)
}

/// A way of running a variant, in words: its roles, a standby of the databases or not where that is a choice of its own, at one
/// site or two, and somebody on call or not.
fn label<N: Number>(
    roles: &Roles<N>,
    copies: Copies,
    standby: Option<bool>,
    two_sites: bool,
    on_call: bool,
) -> &'static str {
    macro_rules! labels {
        ($roles:literal) => {
            [
                [concat!($roles, ", nobody on call"), concat!($roles, ", somebody on call")],
                [
                    concat!($roles, ", at two sites, nobody on call"),
                    concat!($roles, ", at two sites, somebody on call"),
                ],
            ]
        };
    }
    let (twice, databases) =
        if copies == Copies::OfDatabases { (false, Some(roles.twice())) } else { (roles.twice(), standby) };
    let labels = match (twice, roles.spread, databases) {
        (false, false, None | Some(false)) => labels!("once"),
        (false, false, Some(true)) => labels!("once, databases twice"),
        (false, true, None | Some(false)) => labels!("once on small machines"),
        (false, true, Some(true)) => labels!("once on small machines, databases twice"),
        (true, _, None | Some(true)) => labels!("twice"),
        (true, _, Some(false)) => labels!("twice, databases once"),
    };
    labels[usize::from(two_sites)][usize::from(on_call)]
}
