//! One variant, month by month.

use super::availability::Outages;
use super::capacity::Usage;
use super::complexity::Stack;
use super::database::DatabaseUsage;
use super::delivery::{self, Agility};
use super::design::Design;
use super::incidents::{self, Incidents};
use super::lease::Fleet;
use super::ledger::{Hours, Ledger, Line, Month};
use super::load::Load;
use super::metrics::Scope;
use super::practice::{Copies, Place};
use super::structure::Structure;
use super::{Company, Context, Obstacle, cluster, context::Today, labour, metrics, moving, prices};
use crate::approach::Variant;
use crate::explain::{Number, Trace};
use crate::facts::{Part, slot};
use crate::point::Slot;

/// What is computed on the way to the bill and shown beside it.
#[derive(Clone, Copy, Debug)]
pub struct Figures<N> {
    /// Incidents, those of machines apart.
    pub incidents: Incidents<N>,
    /// What daily work is like.
    pub agility: Agility<N>,
    /// All outages.
    pub outages: Outages<N>,
    /// Machines and managed databases of one further environment, a month: what a trial version takes, where it needs
    /// an environment.
    pub trial_usd: N,
}

/// A month of one variant's prices, hoisted out of the months.
struct Rates<N> {
    balancer: N,
    balancer_gb: Option<N>,
    /// Gateways of private machines, and what each machine and each GB behind them costs.
    nat: N,
    nat_machine: Option<N>,
    /// A public address for each machine, where machines reach the internet by themselves.
    address: Option<N>,
    /// What a GB to users costs on the way inside: through gateways and from zone to zone.
    inside_gb: N,
    tools: N,
    monitored: Option<N>,
    files: N,
    system_disk: Option<N>,
    backups: Option<N>,
    egress: prices::Egress<N>,
    twins: N,
    /// Discount of a commitment, and the share of the machines running at every hour that is committed when a term begins.
    commitment: Option<(N, N)>,
    /// Support plan: at least, and of every dollar.
    support: Option<(N, N)>,
}

/// What a variant takes in any month, hoisted out of the months.
pub struct Running<N> {
    rates: Rates<N>,
    hourly: N,
    twin_machines: N,
    /// Prices rise by so much a year: the factor of one year.
    rise: N,
    /// The company's own discount, where the seller gives it.
    discount: Option<N>,
    machine_hours: N,
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
pub struct Start<N> {
    /// Index of the first month, from 0.
    pub month: usize,
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
        month: 0,
        held_for: (stays && company.lease_months_left > 0).then_some(company.lease_months_left),
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
            ledger.upfront[Line::Downtime.index()] = moving::cut_over_usd(context);
        }
    }
    ledger.last = moving::exit_usd(context, design, stack) + owed;
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
        let outages =
            design.reliability.outages().with(incidents.changes).with(incidents.upgrades).named("hours down in a year");
        let learning = moving::learning_again(context, structure.skills & !company.skills);
        level(context, design, stack, &agility, learning, ledger);

        let rates = rates(context, design, stack);
        let rise = trace.read(slot::FINANCE_PRICE_RISE_PER_YEAR) + 1.0;
        let own_discount = trace.read(slot::FINANCE_DISCOUNT);
        let discounted = std::ptr::eq(design.layout.seller, company.provider) && own_discount.value() > 0.0;
        let discount = discounted.then(|| own_discount.complement());

        // Rates of a month, from those of a year.
        let machine_hours = trace.read(design.layout.care.machine) / 12.0;
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
            _ => design.layout.twin_usd + design.layout.control_plane.unwrap_or(zero),
        };
        let running = Self {
            rates,
            hourly,
            twin_machines,
            rise,
            discount,
            machine_hours,
            failures,
            incident_hours,
            lost_revenue,
            down_price,
            lost_data,
            level_hours,
            whole_people: trace.read(slot::TEAM_WHOLE_PEOPLE).value() != 0.0,
            month_of_one: trace.read(slot::PEOPLE_HOURS_PER_MONTH),
        };
        (running, Figures { incidents, agility, outages, trial_usd })
    }

    /// Whether a month costs something else when the variant has been there before: machines held for a term, a
    /// commitment, or hours for each machine that is added.
    pub fn remembers(&self, design: &Design<N>) -> bool {
        design.layout.term.is_some()
            || design.layout.setup_hours_per_machine.is_some()
            || self.rates.commitment.is_some()
    }

    /// Plays the months from a start on into the ledger, and gives what must still be paid after the last one if that is
    /// as likely as the company says.
    pub fn play<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        design: &Design<N>,
        start: &Start<N>,
        ledger: &mut Ledger<N>,
    ) -> N {
        let trace = &context.trace;
        let company = context.company;
        let zero = trace.constant(0.0);
        ledger.months.clear();
        let fleet_of = |term: N| {
            let fleet = Fleet::new(zero, term.value());
            match start.held_for {
                Some(months) => fleet.running(months),
                None => fleet,
            }
        };
        let (mut held, mut held_databases) = (design.layout.term.map(fleet_of), design.layout.term.map(fleet_of));
        let rents = design.layout.rents().map(|rent| rent.map_or(0.0, Number::value));
        let (mut fleet, mut committed) = (zero, zero);
        let mut before = None;
        let reusable = !T::RECORDS && held.is_none() && design.layout.compute.follows_load();
        for (index, load) in context.loads[start.month..].iter().enumerate() {
            let (month, factor) = (load.month, load.factor);
            // A month of the same load takes the same machines, unless some are held from before; a derivation names each month.
            let alike = reusable && index > 0 && factor.value() == context.path[usize::from(month) - 2].value();
            let mut usage: Usage<N> = match before {
                Some(usage) if alike && context.uneven(month) == context.uneven(month - 1) => usage,
                _ => design.layout.compute.month(context, load, held.as_mut()),
            };
            before = Some(usage);
            let base =
                design.layout.database.as_ref().map(|database| database.month(context, load, held_databases.as_mut()));
            let risen = (self.rise.value() != 1.0 && month > 1).then(|| {
                let years = trace.constant(f64::from(month - 1) / 12.0);
                self.rise.pow(years).named_in("price level", "ratio", month)
            });
            let level = match (risen, self.discount) {
                (Some(risen), Some(discount)) => Some(risen * discount),
                (risen, discount) => risen.or(discount),
            };
            let mut hosts = base.map_or(usage.machines, |base| usage.machines + base.machines);
            if let Some((each, usd)) = design.layout.support {
                let beside = (hosts * each).ceil().named_in("machines beside those that serve", "machines", month);
                usage.platform_usd = usage.platform_usd + beside * usd;
                usage.monitored = usage.monitored + beside;
                hosts = hosts + beside;
            }
            let hosts = hosts.named_in("machines in production", "machines", month);
            let machines = (hosts + self.twin_machines).named_in("machines to look after", "machines", month);
            let mut care = machines * self.machine_hours;
            if index > 0
                && let Some(each) = design.layout.setup_hours_per_machine
                && machines.value() > fleet.value()
            {
                care = care + (machines - fleet) * each;
            }
            fleet = machines;
            let care = care.named_in("hours for machines", "hours/month", month);
            let repair =
                (hosts * self.failures + self.incident_hours).named_in("hours for incidents", "hours/month", month);

            let mut bill = Bill { lines: [zero; Line::VARYING], bought: zero, elsewhere: zero, risen, level, month };
            let bought = Bought { load, usage, base, hosts, age: index as u16 };
            buy(context, design, &self.rates, &bought, &mut committed, &mut bill);
            // Seen by whoever asks what it costs to have this beside something else.
            let bought_usd = bill.bought + bill.elsewhere;
            let control = level.map_or(usage.platform_usd, |level| usage.platform_usd * level);
            let machines_usd = [Line::Compute, Line::Waste, Line::Database]
                .iter()
                .fold(control, |sum, line| sum + bill.lines[line.index()]);
            if let Some(today) = start.leftover {
                let dual = moving::dual_share(context, month);
                let leased = month <= company.lease_months_left;
                if dual.value() > 0.0 || leased {
                    let mut twice = today.infrastructure_usd * dual;
                    if leased {
                        twice = twice + today.machines_usd * dual.complement();
                    }
                    bill.put(Line::Transition, twice);
                }
            }
            bill.put(Line::MachineCare, care * self.hourly);
            bill.put(Line::Incidents, repair * self.hourly);
            if self.whole_people {
                let people = (care + repair + self.level_hours) / self.month_of_one;
                bill.put(Line::IdlePeople, (people.ceil() - people) * self.month_of_one * self.hourly);
            }
            bill.put(Line::Downtime, self.lost_revenue * factor + self.down_price);
            bill.put(Line::DataLoss, self.lost_data * factor);

            let mut work = [zero; Hours::VARYING];
            work[Hours::Machines.index()] = care;
            work[Hours::Incidents.index()] = repair;
            let owed_usd = [&held, &held_databases]
                .into_iter()
                .zip(rents)
                .map(|(fleet, rent)| fleet.as_ref().map_or(0.0, Fleet::owed) * rent)
                .fold(0.0, |sum, usd| sum + usd);
            let month = Month { lines: bill.lines, hours: work, machines, bought_usd, machines_usd, owed_usd };
            ledger.months.push(month);
        }

        owed(context, design, [&held, &held_databases], start.leftover)
    }
}

/// What must still be paid after the last month: the leases of one's own machines, as likely as leaving is, and the one that
/// was left behind.
fn owed<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    held: [&Option<Fleet<T::N>>; 2],
    left_behind: Option<Today<T::N>>,
) -> T::N {
    let trace = &context.trace;
    let mut owed = trace.constant(0.0);
    let months = context.company.months;
    for (fleet, each) in held.into_iter().zip(design.layout.rents()) {
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

/// The lines of one month as they are filled in.
struct Bill<N> {
    lines: [N; Line::VARYING],
    /// Everything that the seller of the machines is paid so far.
    bought: N,
    /// Everything that others are paid.
    elsewhere: N,
    /// Prices of the month over those of the price book, where they differ.
    risen: Option<N>,
    /// The same for what the seller of the machines sells, with the company's own discount.
    level: Option<N>,
    month: u16,
}

impl<N: Number> Bill<N> {
    /// Fills a line in.
    #[inline]
    fn put(&mut self, line: Line, usd: N) {
        self.lines[line.index()] = usd.named_in(line.info().1, "USD/month", self.month);
    }

    /// Fills in a line that the seller of the machines is paid, at the prices of the month.
    #[inline]
    fn buy(&mut self, line: Line, usd: N) {
        self.put(line, self.level.map_or(usd, |level| usd * level));
        self.bought = self.bought + self.lines[line.index()];
    }

    /// Fills in a line that others are paid; their support is another's too.
    #[inline]
    fn buy_elsewhere(&mut self, line: Line, usd: N) {
        self.put(line, self.risen.map_or(usd, |risen| usd * risen));
        self.elsewhere = self.elsewhere + self.lines[line.index()];
    }

    /// Fills in the databases, and adds what of them is not put to use to the waste.
    fn buy_database(&mut self, used: N, unused: N, elsewhere: bool) {
        let level = if elsewhere { self.risen } else { self.level };
        let priced = |usd: N| level.map_or(usd, |level| usd * level);
        let (used, unused) = (priced(used), priced(unused));
        self.put(Line::Database, used);
        self.put(Line::Waste, self.lines[Line::Waste.index()] + unused);
        let all = used + unused;
        if elsewhere {
            self.elsewhere = self.elsewhere + all;
        } else {
            self.bought = self.bought + all;
        }
    }
}

/// What one month takes.
struct Bought<'m, N> {
    load: &'m Load<N>,
    usage: Usage<N>,
    base: Option<DatabaseUsage<N>>,
    /// Machines in production.
    hosts: N,
    /// Months since the variant was taken up.
    age: u16,
}

/// Whole months of a commitment to a provider, from 1 to 120.
fn commitment_months<T: Trace>(trace: &T) -> u16 {
    (f64::floor(trace.read(slot::COMMITMENT_TERM_MONTHS).value() + 0.5) as u16).clamp(1, 120)
}

/// Everything bought in a month.
fn buy<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    rates: &Rates<T::N>,
    bought: &Bought<T::N>,
    committed: &mut T::N,
    bill: &mut Bill<T::N>,
) {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    let Bought { load, usage, base, hosts, age } = bought;
    let (month, hosts) = (load.month, *hosts);
    let (paid, unused) = match rates.commitment {
        None => (usage.usd, None),
        Some((discount, share)) => {
            if age % commitment_months(trace) == 0 {
                let steady = design.layout.compute.steady_usd(context, load, usage);
                *committed = (steady * share).named_in("committed for a term", "USD/month", month);
            }
            let idle = (*committed - usage.usd).max(zero) * discount.complement();
            let full = *committed * discount.complement() + (usage.usd - *committed).max(zero);
            (full - idle, Some(idle))
        }
    };
    let idle = usage.used.complement().named_in("share of the machines idle", "share", month);
    bill.buy(Line::Compute, paid * usage.used);
    let mut wasted = paid * idle;
    if let Some(unused) = unused {
        wasted = wasted + unused;
    }
    bill.buy(Line::Waste, wasted);
    if let Some(base) = base {
        bill.buy_database(
            base.usd * base.used,
            base.usd * base.used.complement(),
            design.database_elsewhere(context.company),
        );
    }
    // Without machines of their own, databases lie on the application's disks, and only their backups are bought.
    let stored = match (base, rates.backups) {
        (Some(base), _) => base.storage_usd + rates.files,
        (None, Some(usd)) => load.database_gb * usd + rates.files,
        (None, None) => rates.files,
    };
    bill.buy(Line::Storage, rates.system_disk.map_or(stored, |usd| stored + hosts * usd));
    let gb = context.demand.egress_gb * load.factor;
    let egress = design
        .layout
        .transit_usd_per_gb
        .map_or_else(|| rates.egress.usd(trace, gb, hosts), |usd| gb * usd)
        .named_in("traffic to the internet", "USD/month", month);
    let mut network = egress + rates.balancer + rates.nat + gb * rates.inside_gb;
    if let Some(usd) = rates.balancer_gb {
        network = network + gb * usd;
    }
    for usd in [rates.nat_machine, rates.address].into_iter().flatten() {
        network = network + hosts * usd;
    }
    bill.buy(Line::Network, network);
    let mut platform = design.layout.platform_usd + usage.platform_usd;
    if let Some(standard) = design.layout.control_plane {
        let extended = design.layout.seller.control_plane_extended;
        let each = cluster::control_plane_usd(context, standard, extended, month);
        platform = platform + each * trace.read(slot::DELIVERY_ENVIRONMENTS);
    }
    bill.buy(Line::Platform, platform);
    bill.buy(Line::Environments, rates.twins);
    if let Some((least, share)) = rates.support {
        let plan = (bill.bought * share).max(least);
        bill.put(Line::Support, plan);
        bill.bought = bill.bought + plan;
    }
    let agents = base.map_or(usage.monitored, |base| usage.monitored + base.machines);
    bill.buy_elsewhere(Line::Tools, rates.monitored.map_or(rates.tools, |usd| rates.tools + agents * usd));
}

/// What is the same in every month: hours that depend on the company and the stack, and what they cost.
fn level<T: Trace>(
    context: &Context<T>,
    design: &Design<T::N>,
    stack: &Stack,
    agility: &Agility<T::N>,
    learning: T::N,
    ledger: &mut Ledger<T::N>,
) {
    let trace = &context.trace;
    let hourly = trace.read(slot::TEAM_HOURLY_USD);
    let services = trace.read(slot::SERVICES_COUNT);
    let stores = trace.read(slot::DATA_STORES);
    let conflicts = delivery::conflict_hours(trace, design.practice.sharing);
    let service_hours = (services * trace.read(design.layout.care.service) + conflicts) / 12.0;
    let managed = design.layout.keeper.is_provider();
    let mut each = trace.read(if managed { slot::HOURS_DATABASE_MANAGED } else { slot::HOURS_DATABASE_SELF_RUN });
    if stack.has(Part::TestDatabases) {
        each = each + trace.read(slot::HOURS_TEST_DATA_REFRESH);
    }
    if stack.has(Part::DatabaseOperator) {
        each = each * trace.read(slot::OPERATOR_AUTOMATION).complement();
    }
    let (_, upgrades) = labour::upgrades(context, stack);
    for (kind, hours) in [
        (Hours::Services, service_hours),
        (Hours::Databases, stores * each / 12.0),
        (Hours::Upgrades, upgrades / 12.0),
        (Hours::Onboarding, labour::onboarding(context, design.layout.care.onboarding) / 12.0),
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
        ledger.level[Line::OnCall.index()] = context.standby_usd();
    }
    let parts = trace.constant(f64::from(stack.count())).named("moving parts", "parts");
    ledger.level[Line::PricedParts.index()] =
        (parts * trace.read(slot::GOALS_PART_USD_PER_MONTH)).named("price put on parts", "USD/month");
}

/// The prices of a month that no month changes.
fn rates<T: Trace>(context: &Context<T>, design: &Design<T::N>, stack: &Stack) -> Rates<T::N> {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    let seller = design.layout.seller;
    let price = |at: Option<Slot>| at.map(|at| prices::usd(trace, at));
    let services = trace.read(slot::SERVICES_COUNT);

    let files = price(seller.object_storage.or(seller.backup_storage))
        .map_or(zero, |usd| (trace.read(slot::DATA_OBJECT_STORAGE_GB) * usd).named("files", "USD/month"));
    let images = price(seller.registry)
        .filter(|_| stack.has(Part::ImageRegistry))
        .map(|usd| (services * trace.read(slot::REGISTRY_GB_PER_SERVICE) * usd).named("container images", "USD/month"));
    let balancer = if design.layout.load_balancer {
        let balancer = price(seller.load_balancer).unwrap_or(zero);
        let addresses = price(seller.ipv4).map_or(zero, |usd| usd * design.copies);
        (balancer + addresses).named("load balancer and addresses", "USD/month")
    } else {
        zero
    };
    let private = design.practice.private_network;
    let nat = price(seller.nat_hour)
        .filter(|_| private)
        .map_or(zero, |usd| (usd * design.copies).named("gateways of private machines", "USD/month"));
    let mut inside = zero;
    if let Some(usd) = price(seller.nat_gb).filter(|_| private) {
        inside = inside + trace.read(slot::NETWORK_NAT_SHARE) * usd;
    }
    if let Some(usd) = price(seller.cross_zone_gb).filter(|_| design.layout.load_balancer && design.twice()) {
        let crossing = trace.read(slot::NETWORK_INTERNAL_RATIO) * trace.read(slot::NETWORK_CROSS_ZONE_SHARE);
        inside = inside + crossing * usd * 2.0;
    }
    // Whole machines come with their disks; on a provider's VMs the system's disk is paid apart, where it is at all.
    let system_disk = price(seller.system_disk)
        .map(|usd| (trace.read(slot::CAPACITY_ROOT_DISK_GB) * usd).named("system disk of a machine", "USD/month"));
    let own_backups = design.layout.database.is_none() && context.company.stores > 0;
    let commitment = trace.read(slot::FINANCE_COMMITMENT);
    let committed = commitment.value() > 0.0 && design.layout.compute.by_machines();
    let supported = trace.read(slot::FINANCE_SUPPORT).value() != 0.0;
    Rates {
        balancer,
        balancer_gb: price(seller.load_balancer_gb).filter(|_| design.layout.load_balancer),
        nat,
        nat_machine: price(seller.nat_machine_hour).filter(|_| private),
        address: price(seller.ipv4).filter(|_| design.practice.place == Place::Zones && !private),
        inside_gb: inside.named("a GB to users, on its way inside", "USD/GB"),
        tools: tools(context, stack),
        monitored: stack.has(Part::Monitoring).then(|| prices::usd(trace, slot::TOOLS_MONITORING_HOST)),
        files: images.map_or(files, |images| files + images),
        system_disk,
        backups: price(seller.backup_storage).filter(|_| own_backups),
        egress: prices::Egress::new(trace, seller),
        twins: ((trace.read(slot::DELIVERY_ENVIRONMENTS) - 1.0) * design.layout.twin_usd)
            .named("other environments", "USD/month"),
        commitment: seller.commitment_discount.filter(|_| committed).map(|at| (trace.read(at), commitment)),
        support: match (seller.support_minimum, seller.support_share) {
            (Some(least), Some(share)) if supported => Some((trace.read(least), trace.read(share))),
            _ => None,
        },
    }
}

/// Seats and builds, for the stacks that have them.
fn tools<T: Trace>(context: &Context<T>, stack: &Stack) -> T::N {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    let developers = trace.read(slot::TEAM_DEVELOPERS);
    let seats = if stack.has(Part::VersionControl) {
        (developers * prices::usd(trace, slot::TOOLS_SEAT)).named("version control", "USD/month")
    } else {
        zero
    };
    if !stack.has(Part::ContinuousIntegration) {
        return seats;
    }
    let weeks = (trace.read(slot::CONST_HOURS_PER_MONTH) / 168.0).named("weeks in a month", "weeks/month");
    let builds =
        (developers * trace.read(slot::DELIVERY_CHANGES_PER_DEVELOPER_WEEK) * weeks).named("builds", "builds/month");
    let each = trace.read(slot::DELIVERY_BUILD_MINUTES) + trace.read(slot::DELIVERY_TEST_MINUTES);
    let minutes = (builds * each).named("build minutes", "minutes/month");
    let billed = (minutes - trace.read(slot::TOOLS_FREE_BUILD_MINUTES)).max(zero);
    seats + billed * trace.read(slot::TOOLS_BUILD_MINUTE)
}

/// One variant, laid out and played through.
#[derive(Debug)]
pub struct Played<N> {
    /// What stops it; nothing if it fits.
    pub obstacles: Vec<Obstacle>,
    /// Its parts.
    pub stack: Stack,
    /// Its numbers, in the order of [`metrics::describe`].
    pub numbers: [N; metrics::COUNT],
}

/// Lays a variant out, plays it through the months into the ledger, and sums it up.
pub fn play<T: Trace>(context: &Context<T>, variant: Variant, ledger: &mut Ledger<T::N>) -> Played<T::N> {
    play_for(context, variant, ledger, Scope::Whole)
}

/// The same, with no more numbers than are asked for.
pub fn play_for<T: Trace>(
    context: &Context<T>,
    variant: Variant,
    ledger: &mut Ledger<T::N>,
    scope: Scope,
) -> Played<T::N> {
    let (design, obstacles) = variant.design(context);
    let stack = variant.stack(context.company, design.twice());
    let structure = Structure::of(&stack);
    let figures = evaluate(context, variant, &design, &stack, &structure, ledger);
    let numbers = metrics::summarise(context, &design, &stack, &structure, &figures, ledger, scope);
    Played { obstacles, stack, numbers }
}

/// The context of a company at one point, what runs today looked at.
pub fn context<T: Trace>(trace: T, company: &Company) -> Context<'_, T> {
    let mut context = Context::new(trace, company);
    if let Some(variant) = company.current {
        let mut ledger = Ledger::new(context.trace.constant(0.0), usize::from(company.months));
        play(&context, variant, &mut ledger);
        let first = ledger.months[0];
        context.today = Some(Today {
            infrastructure_usd: first.bought_usd.named("what runs today, bought, a month", "USD/month"),
            machines_usd: first.machines_usd.named("machines of today, a month", "USD/month"),
        });
    }
    context
}
