//! One variant, month by month.

use super::availability::Outages;
use super::bill::{self, Bill, Bought, Rates};
use super::capacity::Usage;
use super::complexity::Stack;
use super::delivery::{self, Agility};
use super::design::Design;
use super::incidents::{self, Incidents};
use super::labour::{self, Upgrades};
use super::layout;
use super::lease::Fleet;
use super::ledger::{Hours, Leaving, Ledger, Line, Month};
use super::load::Load;
use super::metrics::Scope;
use super::practice::Copies;
use super::structure::Structure;
use super::{Company, Context, Obstacle, context::Today, metrics, moving, site, summary};
use crate::approach::Variant;
use crate::explain::{Number, Trace};
use crate::facts::{Part, slot};

/// What is computed on the way to the bill and shown beside it.
#[derive(Clone, Copy, Debug)]
pub struct Figures<N> {
    /// Incidents, those of machines apart.
    pub incidents: Incidents<N>,
    /// What daily work is like.
    pub agility: Agility<N>,
    /// All outages.
    pub outages: Outages<N>,
    /// Forced upgrades.
    pub upgrades: Upgrades<N>,
    /// One further environment with its front and its control plane, a month: what a trial version takes, where it needs
    /// an environment.
    pub trial_usd: N,
}

/// What a variant takes in any month, hoisted out of the months.
pub struct Running<N> {
    rates: Rates<N>,
    /// What a second site takes, where there is one.
    second: Option<site::Rates<N>>,
    hourly: N,
    twin_machines: N,
    /// The company's own discount, where the seller gives it.
    discount: Option<N>,
    machine_hours: N,
    automated_from: N,
    failures: N,
    incident_hours: N,
    lost_revenue: N,
    down_price: N,
    lost_data: N,
    level_hours: N,
    whole_people: bool,
    month_of_one: N,
}

/// Where a variant is taken up.
#[derive(Clone, Copy, Debug)]
pub struct Start<'l, N> {
    /// The loads of its months.
    pub loads: &'l [Load<N>],
    /// Months for which the machines of the first month are held already, where they are there.
    pub held_for: Option<u16>,
    /// What was left behind and is paid for a while.
    pub leftover: Option<Today<N>>,
}

/// Plays a variant through all months and writes its bill.
pub fn evaluate<T: Trace>(
    context: &Context<T>,
    variant: Variant,
    design: &Design<T::N>,
    stack: &Stack,
    structure: &Structure,
    ledger: &mut Ledger<T::N>,
) -> Figures<T::N> {
    let trace = &context.trace;
    let company = context.company;
    let (running, figures) = Running::of(context, design, stack, structure, ledger);
    let stays = company.current == Some(variant);
    let start = Start {
        loads: &context.loads,
        held_for: company.leased_for().filter(|_| stays),
        leftover: if stays { None } else { context.today },
    };
    let owed = running.play(context, design, &start, ledger);
    if !stays {
        let hourly = running.hourly;
        let fleet = ledger.months.first().map_or(trace.constant(0.0), |month| month.machines);
        ledger.setup_hours = moving::setup_hours(context, design, stack, fleet);
        ledger.learning_hours = moving::learning_once(context, structure.skills & !company.skills);
        ledger.upfront[Line::Learning.index()] = (ledger.learning_hours * hourly).named("learning, once", "USD");
        ledger.upfront[Line::Setup.index()] = (ledger.setup_hours * hourly).named("set-up", "USD");
        if let Some(from) = company.current {
            ledger.migration_hours = moving::migration_hours(context, from, design.practice.deploy);
            ledger.upfront[Line::Migration.index()] = (ledger.migration_hours * hourly).named("moving in", "USD");
            ledger.upfront[Line::Downtime.index()] = moving::cut_over_usd(context, &context.loads[0]);
        }
    }
    let leaving = moving::leaving(context, design, stack);
    ledger.leaving = Leaving { fees: leaving.fees + owed, ..leaving };
    figures
}

impl<N: Number> Running<N> {
    /// Hoists out of the months what none of them changes, and writes the lines of the bill that are the same in each.
    pub fn of<T: Trace<N = N>>(
        context: &Context<T>,
        design: &Design<N>,
        stack: &Stack,
        structure: &Structure,
        ledger: &mut Ledger<N>,
    ) -> (Self, Figures<N>) {
        let trace = &context.trace;
        let company = context.company;
        let zero = trace.constant(0.0);
        ledger.clear(zero);

        let hourly = trace.read(slot::TEAM_HOURLY_USD);
        let environments = trace.read(slot::DELIVERY_ENVIRONMENTS);
        let twin_machines = (environments - 1.0) * design.layout.twin_machines;
        let incidents = incidents::incidents(context, design, stack, structure);
        let agility = delivery::agility(context, &design.practice, stack, incidents.changes_a_year);
        let outages = design
            .reliability
            .outages()
            .with(&incidents.changes)
            .with(&incidents.upgrades)
            .named("hours down in a year");
        let learning = moving::learning_again(context, structure.skills & !company.skills);
        let upgrades = labour::upgrades(context, stack, design.layout.two_sites);
        level(context, design, stack, &agility, (learning, upgrades.hours), ledger);

        let rates = bill::rates(context, design, stack);
        let layout = &design.layout;
        let second = layout.two_sites.then(|| site::Rates::of(context, &design.practice, layout, design.copies));
        let own_discount = trace.read(slot::FINANCE_DISCOUNT);
        let discounted = std::ptr::eq(design.layout.seller, company.provider) && own_discount.value() > 0.0;
        let discount = discounted.then(|| context.paid_share(design.layout.seller));

        // Rates of a month, from those of a year.
        let machine_hours = trace.read(design.layout.care.machine) / 12.0;
        let automated_from = trace.read(slot::HOURS_AUTOMATED_FROM) / 12.0;
        let failures = design.reliability.failures_each * incidents.hours_each_machine / 12.0;
        let incident_hours = incidents.hours / 12.0;
        let down = (outages.hours / 12.0).named("hours down in a month", "hours/month");
        let lost_revenue = (down * context.lost_revenue).named("revenue lost while down, first month", "USD/month");
        let down_price = down * trace.read(slot::GOALS_DOWNTIME_USD_PER_HOUR);
        let lost_data = (design.reliability.lost_hours / 12.0 * trace.read(slot::GOALS_DATA_LOSS_USD_PER_HOUR))
            .named("data lost, first month", "USD/month");
        let level_hours = ledger.level_hours.iter().skip(1).fold(ledger.level_hours[0], |sum, hours| sum + *hours);
        let trial_usd = match design.practice.copies {
            Copies::One => zero,
            _ => rates.environment + design.layout.control_plane.unwrap_or(zero),
        };
        let trial_usd = trial_usd.named("a trial version", "USD/month");
        let running = Self {
            rates,
            second,
            hourly,
            twin_machines,
            discount,
            machine_hours,
            automated_from,
            failures,
            incident_hours,
            lost_revenue,
            down_price,
            lost_data,
            level_hours,
            whole_people: trace.read(slot::TEAM_WHOLE_PEOPLE).value() != 0.0,
            month_of_one: trace.read(slot::PEOPLE_HOURS_PER_MONTH),
        };
        (running, Figures { incidents, agility, outages, upgrades, trial_usd })
    }

    /// Whether a month costs something else when the variant has been there before: machines held for a term, a
    /// commitment, or hours for each machine that is added.
    pub fn remembers(&self, design: &Design<N>) -> bool {
        design.layout.term.is_some()
            || design.layout.setup_hours_per_machine.is_some()
            || self.rates.commitment.is_some()
    }

    /// Plays the months of a start into the ledger, and gives what must still be paid after the last one if that is
    /// as likely as the company says.
    pub fn play<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        design: &Design<N>,
        start: &Start<'_, N>,
        ledger: &mut Ledger<N>,
    ) -> N {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        ledger.months.clear();
        let mut held = Held::of(context, design, start);
        let rents = design.layout.rents().map(|rent| rent.map_or(0.0, Number::value));
        let (mut fleet, mut committed) = (zero, zero);
        let mut before = None;
        let reusable = !T::RECORDS && held.application.is_none() && design.layout.compute.follows_load();
        for (index, load) in start.loads.iter().enumerate() {
            let (month, factor) = (load.month, load.factor);
            // A month of the same load takes the same machines, unless some are held from before; a derivation names each month.
            let alike = reusable && index > 0 && factor.value() == context.path[usize::from(month) - 2].value();
            let risen = usize::from(month).checked_sub(2).and_then(|at| context.risen.get(at)).copied();
            if let Some(risen) = risen {
                held.priced(risen);
            }
            let mut usage: Usage<N> = match before {
                Some(usage) if alike && context.uneven(month) == context.uneven(month - 1) => usage,
                _ => design.layout.compute.month(context, load, held.application.as_mut()),
            };
            before = Some(usage);
            let base =
                design.layout.database.as_ref().map(|database| database.month(context, load, held.databases.as_mut()));
            let level = self.with_discount(risen);
            let machine_levels = held.fleets().map(|fleet| match fleet {
                Some(fleet) => self.level_of(fleet, month),
                None => level,
            });
            let mut hosts = base.map_or(usage.machines, |base| usage.machines + base.machines);
            let serving = usage;
            let mut beside_usd = None;
            if let Some((each, usd)) = design.layout.support {
                let beside = layout::beside(hosts, each, trace.constant(0.5));
                let beside = beside.named_in("machines beside those that serve", "machines", month);
                beside_usd = Some(beside * usd);
                usage.monitored = usage.monitored + beside;
                hosts = hosts + beside;
            }
            let second = self.second.as_ref();
            let site = second.map(|rates| rates.month(context, &design.layout, load, (&serving, base.as_ref()), hosts));
            if let Some(site) = &site {
                usage.monitored = usage.monitored + site.monitored;
                hosts = hosts + site.machines;
            }
            let hosts = hosts.named_in("machines in production", "machines", month);
            let machines = (hosts + self.twin_machines).named_in("machines to look after", "machines", month);
            let grown = if index > 0 && machines.value() > fleet.value() { Some(machines - fleet) } else { None };
            fleet = machines;
            let care = self.care(design, machines, grown, &held);
            let care = care.named_in("hours for machines", "hours/month", month);
            let repair =
                (hosts * self.failures + self.incident_hours).named_in("hours for incidents", "hours/month", month);

            let mut bill = Bill {
                lines: [zero; Line::VARYING],
                bought: zero,
                elsewhere: zero,
                risen,
                level,
                machine_levels,
                other_machines: zero,
                month,
            };
            let bought = Bought { load, usage, base, beside_usd, site, hosts, age: index as u16 };
            bill::buy(context, design, &self.rates, &bought, &mut committed, &mut bill);
            // Seen by whoever asks what it costs to have this beside something else: a CDN stands before both.
            let mut bought_usd = bill.bought + bill.elsewhere;
            if context.company.cdn.is_some() {
                bought_usd = bought_usd - bill.lines[Line::Cdn.index()];
            }
            let machines_usd = [Line::Compute, Line::Waste, Line::Database]
                .iter()
                .fold(bill.other_machines, |sum, line| sum + bill.lines[line.index()]);
            if let Some(twice) = start.leftover.and_then(|today| paid_twice(context, &today, month)) {
                bill.put(Line::Transition, twice);
            }
            self.put_work(care, repair, &mut bill);
            bill.put(Line::Downtime, self.lost_revenue * factor + self.down_price);
            bill.put(Line::DataLoss, self.lost_data * factor);

            let mut work = [zero; Hours::VARYING];
            work[Hours::Machines.index()] = care;
            work[Hours::Incidents.index()] = repair;
            let owed_usd = held.owed_usd(rents);
            let month = Month { lines: bill.lines, hours: work, machines, bought_usd, machines_usd, owed_usd };
            ledger.months.push(month);
        }

        owed(context, design, &held, start.leftover)
    }

    /// A price level with the company's own discount on it.
    fn with_discount(&self, level: Option<N>) -> Option<N> {
        match (level, self.discount) {
            (Some(level), Some(discount)) => Some(level * discount),
            (level, discount) => level.or(discount),
        }
    }

    /// The price level of machines that are held, each at the price at which it was taken.
    fn level_of(&self, fleet: &Fleet<N>, month: u16) -> Option<N> {
        let level = fleet.level().map(|level| level.named_in("price level of machines held", "ratio", month));
        self.with_discount(level)
    }

    /// What the hours of a month cost, those apart that are the same in every month; whole people are paid whole.
    fn put_work(&self, care: N, repair: N, bill: &mut Bill<N>) {
        bill.put(Line::MachineCare, care * self.hourly);
        bill.put(Line::Incidents, repair * self.hourly);
        if self.whole_people {
            let people = (care + repair + self.level_hours) / self.month_of_one;
            bill.put(Line::IdlePeople, (people.ceil() - people) * self.month_of_one * self.hourly);
        }
    }

    /// Hours that so many machines take in a month; those that come new, or in the place of others, are set up too.
    fn care(&self, design: &Design<N>, machines: N, grown: Option<N>, held: &Held<N>) -> N {
        let care = labour::automated(machines * self.machine_hours, self.automated_from);
        let Some(each) = design.layout.setup_hours_per_machine else { return care };
        // As many are replaced at a second site.
        let at_all_sites = |added: N| if design.layout.two_sites { added * 2.0 } else { added };
        let replaced = held.fleets().into_iter().flatten().filter_map(Fleet::replaced).map(at_all_sites);
        grown.into_iter().chain(replaced).fold(care, |care, added| care + added * each)
    }
}

/// The machines that are held for a term, if there is one.
struct Held<N> {
    application: Option<Fleet<N>>,
    databases: Option<Fleet<N>>,
}

impl<N: Number> Held<N> {
    fn of<T: Trace<N = N>>(context: &Context<T>, design: &Design<N>, start: &Start<'_, N>) -> Self {
        let trace = &context.trace;
        let fleet_of = |term: N| {
            let mut fleet = Fleet::new(trace.constant(0.0), term.value());
            if !context.risen.is_empty() {
                // Its room for prices is made here, and not in the months.
                fleet.priced(trace.constant(1.0));
            }
            match start.held_for {
                Some(months) => fleet.running(months),
                None => fleet,
            }
        };
        Self { application: design.layout.term.map(fleet_of), databases: design.layout.term.map(fleet_of) }
    }

    /// Both fleets: what pays for them lists them in this order too.
    fn fleets(&self) -> [Option<&Fleet<N>>; 2] {
        [self.application.as_ref(), self.databases.as_ref()]
    }

    /// Machines that are taken from now on are taken at this price level.
    fn priced(&mut self, risen: N) {
        self.application.iter_mut().chain(&mut self.databases).for_each(|fleet| fleet.priced(risen));
    }

    /// What is owed for the rest of the terms, at the rent of one machine each.
    fn owed_usd(&self, rents: [f64; 2]) -> f64 {
        let owed = self.fleets().into_iter().zip(rents).map(|(fleet, rent)| fleet.map_or(0.0, Fleet::owed) * rent);
        owed.fold(0.0, |sum, usd| sum + usd)
    }
}

/// What is paid in a month for what was left behind: while both run, and to the end of its lease. Nothing after that.
fn paid_twice<T: Trace>(context: &Context<T>, today: &Today<T::N>, month: u16) -> Option<T::N> {
    let dual = moving::dual_share(context, month);
    let leased = month <= context.company.lease_months_left;
    if dual.value() <= 0.0 && !leased {
        return None;
    }
    let twice = today.infrastructure_usd * dual;
    Some(if leased { twice + today.machines_usd * dual.complement() } else { twice })
}

/// What must still be paid after the last month: the leases of one's own machines, as likely as leaving is, and the one that
/// was left behind.
fn owed<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    held: &Held<T::N>,
    left_behind: Option<Today<T::N>>,
) -> T::N {
    let trace = &context.trace;
    let mut owed = trace.constant(0.0);
    let months = context.company.months;
    for (fleet, each) in held.fleets().into_iter().zip(design.layout.rents()) {
        if let (Some(fleet), Some(each)) = (fleet, each) {
            let rest = fleet.owed_after(months, trace.constant(0.0));
            owed = owed + rest * each * trace.read(slot::FINANCE_EXIT_SHARE);
        }
    }
    let rest = context.company.lease_months_left.saturating_sub(months);
    match left_behind {
        Some(today) if rest > 0 => owed + today.machines_usd * f64::from(rest),
        _ => owed,
    }
}

/// What is the same in every month: hours that depend on the company and the stack, and what they cost.
fn level<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    stack: &Stack,
    agility: &Agility<T::N>,
    (learning, upgrades): (T::N, T::N),
    ledger: &mut Ledger<T::N>,
) {
    let trace = &context.trace;
    let hourly = trace.read(slot::TEAM_HOURLY_USD);
    let services = trace.read(slot::SERVICES_COUNT);
    let stores = trace.read(slot::DATA_STORES);
    let conflicts = delivery::conflict_hours(trace, design.practice.sharing);
    let by_hand = services * trace.read(design.layout.care.service);
    let service_hours = (labour::automated(by_hand, trace.read(slot::HOURS_AUTOMATED_FROM)) + conflicts) / 12.0;
    let managed = design.layout.keeper.is_provider();
    let mut each = trace.read(if managed { slot::HOURS_DATABASE_MANAGED } else { slot::HOURS_DATABASE_SELF_RUN });
    if stack.has(Part::TestDatabases) {
        each = each + trace.read(slot::HOURS_TEST_DATA_REFRESH);
    }
    if stack.has(Part::DatabaseOperator) {
        each = each * trace.read(slot::OPERATOR_AUTOMATION).complement();
    }
    let drills = if design.layout.two_sites { site::drill_hours(trace) } else { trace.constant(0.0) };
    for (kind, hours) in [
        (Hours::Services, service_hours),
        (Hours::Databases, labour::automated(stores * each, trace.read(slot::HOURS_AUTOMATED_FROM)) / 12.0),
        (Hours::Upgrades, upgrades / 12.0),
        (Hours::Drills, drills / 12.0),
        (Hours::Onboarding, labour::onboarding(context, design.layout.care.onboarding) / 12.0),
        (Hours::DeveloperSupport, labour::developer_support(trace) / 12.0),
        (Hours::Learning, learning),
        (Hours::Deployments, agility.deploying_hours),
        (Hours::Configuration, agility.configuration_hours),
    ] {
        let (_, label, line) = kind.info();
        let hours = hours.named(label, "hours/month");
        ledger.level_hours[kind.index()] = hours;
        ledger.level[line.index()] = (hours * hourly).named(line.info().1, "USD/month");
    }
    if design.on_call {
        ledger.level[Line::OnCall.index()] = context.on_call_usd();
    }
    let parts = trace.constant(f64::from(stack.count())).named("moving parts", "parts");
    ledger.level[Line::PricedParts.index()] =
        (parts * trace.read(slot::GOALS_PART_USD_PER_MONTH)).named("price put on parts", "USD/month");
}

/// One variant, laid out and played through.
#[derive(Debug)]
pub struct Played<'c, N> {
    /// What stops it; nothing if it fits.
    pub obstacles: Vec<Obstacle>,
    /// Its parts.
    pub stack: &'c Stack,
    /// Its numbers, in the order of [`metrics::describe`].
    pub numbers: [N; metrics::COUNT],
    /// All its outages.
    pub outages: Outages<N>,
}

/// Lays a variant out, plays it through the months into the ledger, and sums it up.
pub fn play<'c, T: Trace>(context: &Context<'c, T>, variant: Variant, ledger: &mut Ledger<T::N>) -> Played<'c, T::N> {
    play_for(context, variant, ledger, Scope::Whole)
}

/// The same, with no more numbers than are asked for.
pub fn play_for<'c, T: Trace>(
    context: &Context<'c, T>,
    variant: Variant,
    ledger: &mut Ledger<T::N>,
    scope: Scope,
) -> Played<'c, T::N> {
    let (design, obstacles) = variant.design(context);
    let (stack, structure) = context.company.stack(variant, design.shape());
    let figures = evaluate(context, variant, &design, stack, structure, ledger);
    let numbers = summary::summarise(context, &design, stack, structure, &figures, ledger, scope);
    Played { obstacles, stack, numbers, outages: figures.outages }
}

/// The context of a company at one point, what runs today looked at.
pub fn context<T: Trace>(trace: T, company: &Company) -> Context<'_, T> {
    let mut context = Context::new(trace, company);
    if let Some(variant) = company.current {
        // Its first month is all that is asked of it.
        let mut ledger = Ledger::new(context.trace.constant(0.0), 1);
        let (design, _) = variant.design(&context);
        let (stack, structure) = company.stack(variant, design.shape());
        let (running, _) = Running::of(&context, &design, stack, structure, &mut ledger);
        let start = Start { loads: &context.loads[..1], held_for: company.leased_for(), leftover: None };
        running.play(&context, &design, &start, &mut ledger);
        let first = ledger.months[0];
        context.today = Some(Today {
            infrastructure_usd: first.bought_usd.named("what runs today, bought, a month", "USD/month"),
            machines_usd: first.machines_usd.named("machines of today, a month", "USD/month"),
        });
    }
    context
}
