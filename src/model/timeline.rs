//! One variant, month by month.

use super::capacity::{Staffing, Usage};
use super::complexity::Stack;
use super::compute::Compute;
use super::labour::{self, Care};
use super::lease::Fleet;
use super::ledger::{Hours, Ledger, Line};
use super::load::{self, Demand, Load};
use super::prices;
use super::{Company, database::DatabaseServers};
use crate::explain::{Number, Trace};
use crate::facts::{Part, Provider, slot};

/// What is the same for every variant at one point: the demand, its path, and the goals.
#[derive(Debug)]
pub struct Context<'c, T: Trace> {
    /// Where the inputs are read.
    pub trace: T,
    /// The company's shape.
    pub company: &'c Company,
    /// The load of the first month.
    pub demand: Demand<T::N>,
    /// The load of each month over that of the first.
    pub path: Vec<T::N>,
    /// How many cores a load needs.
    pub staffing: Staffing<T::N>,
    /// How often every role runs: twice if the goal asks for more than one instance offers.
    pub copies: T::N,
}

impl<'c, T: Trace> Context<'c, T> {
    /// Reads what every variant shares.
    pub fn new(trace: T, company: &'c Company) -> Self {
        let demand = Demand::new(&trace);
        let path = load::path(&trace, company);
        let staffing = Staffing::new(&trace);
        let goal = trace.read(slot::GOALS_AVAILABILITY);
        let single = trace.read(slot::CAPACITY_SINGLE_INSTANCE_SLA);
        let copies = goal
            .call("copiesFor", &[single], if goal.value() > single.value() { 2.0 } else { 1.0 })
            .named("copies of every role", "copies");
        Self { trace, company, demand, path, staffing, copies }
    }

    /// The month with the highest load (the last of them, when its data are largest).
    pub fn busiest(&self) -> Load<T::N> {
        let mut busiest = 0;
        for (index, factor) in self.path.iter().enumerate() {
            if factor.value() >= self.path[busiest].value() {
                busiest = index;
            }
        }
        self.load(busiest)
    }

    /// The month whose load is nearest to the mean of all months.
    pub fn typical(&self) -> Load<T::N> {
        let mean = self.path.iter().fold(0.0, |sum, factor| sum + factor.value()) / self.path.len() as f64;
        let mut nearest = 0;
        for (index, factor) in self.path.iter().enumerate() {
            if f64::abs(factor.value() - mean) < f64::abs(self.path[nearest].value() - mean) {
                nearest = index;
            }
        }
        self.load(nearest)
    }

    /// The last month, in which databases are largest.
    pub fn last(&self) -> Load<T::N> {
        self.load(self.path.len() - 1)
    }

    fn load(&self, index: usize) -> Load<T::N> {
        self.demand.at(&self.trace, index as u16 + 1, self.path[index])
    }
}

/// Why a variant does not fit a company.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Obstacle {
    /// No single machine holds the load: what the busiest month needs, and what the largest machine offers.
    #[serde(rename_all = "camelCase")]
    TooLargeForOneMachine {
        /// First month in which it does not fit, counted from 1.
        month: u16,
        /// vCPU that the busiest month needs.
        needed_vcpu: f64,
        /// vCPU of the largest machine.
        offered_vcpu: f64,
        /// Memory that the busiest month needs.
        needed_gib: f64,
        /// Memory of the largest machine.
        offered_gib: f64,
    },
    /// The availability wanted needs every role twice, and there is one machine.
    GoalNeedsTwo {
        /// Availability wanted.
        goal: f64,
        /// Availability up to which one instance is accepted.
        accepted: f64,
    },
    /// No machine (or node, or function) holds one service.
    #[serde(rename_all = "camelCase")]
    ServiceTooLarge {
        /// Memory that a service, or a group that shares a machine, needs.
        needed_gib: f64,
        /// Memory that the largest offers.
        offered_gib: f64,
    },
    /// The software cannot be cut into functions.
    NotDecomposable,
    /// What the variant is made of is not in the price book of the provider.
    NotSold,
}

/// A variant, laid out for one company at one point.
#[derive(Debug)]
pub struct Design<N> {
    /// What the application runs on.
    pub compute: Compute<N>,
    /// Databases on machines of their own, or managed.
    pub database: Option<DatabaseServers<N>>,
    /// Who sells traffic, files and load balancers.
    pub seller: &'static Provider,
    /// Price of bandwidth for an own line, if traffic is not bought by the GB.
    pub transit_usd_per_gb: Option<N>,
    /// What the platform charges whatever the load, a month.
    pub platform_usd: N,
    /// Machines and managed databases of one further environment, a month.
    pub twin_usd: N,
    /// Machines that the team looks after in one further environment.
    pub twin_machines: N,
    /// Whether a load balancer and its addresses are bought.
    pub load_balancer: bool,
    /// Months for which each machine is held once it is added, if it cannot be given back at any time.
    pub term: Option<N>,
    /// Hours that each machine takes when it is added, beyond those of the platform.
    pub setup_hours_per_machine: Option<N>,
    /// What keeping it takes.
    pub care: Care,
}

/// Plays a variant through the months and writes its bill.
pub fn evaluate<T: Trace>(context: &Context<T>, design: &Design<T::N>, stack: &Stack, ledger: &mut Ledger<T::N>) {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    ledger.clear(zero);

    let hourly = trace.read(slot::TEAM_HOURLY_USD);
    let environments = trace.read(slot::DELIVERY_ENVIRONMENTS);
    let twins = environments - 1.0;
    let rise = trace.read(slot::FINANCE_PRICE_RISE_PER_YEAR) + 1.0;
    let twin_machines = twins * design.twin_machines;
    let services = trace.read(slot::SERVICES_COUNT);
    let stores = trace.read(slot::DATA_STORES);
    let managed = design.database.as_ref().is_some_and(|database| database.managed);

    let machine_hours = trace.read(design.care.machine) / 12.0;
    let service_hours = (services * trace.read(design.care.service) / 12.0).named("hours for services", "hours/month");
    let each_database = if managed { slot::HOURS_DATABASE_MANAGED } else { slot::HOURS_DATABASE_SELF_RUN };
    let database_hours = (stores * trace.read(each_database) / 12.0).named("hours for databases", "hours/month");
    let (_, usual) = labour::upgrades(trace, stack);
    let upgrade_hours = (labour::upgrade_hours(trace, usual) / 12.0).named("hours for forced upgrades", "hours/month");
    let onboarding_hours =
        (labour::onboarding(context, design.care.onboarding) / 12.0).named("hours for new developers", "hours/month");
    let service_usd = service_hours * hourly;
    let database_usd = database_hours * hourly;
    let upgrade_usd = upgrade_hours * hourly;
    let onboarding_usd = onboarding_hours * hourly;

    let twins_usd = (twins * design.twin_usd).named("other environments", "USD/month");
    let balancer = load_balancer(context, design);
    let balancer_gb = design.seller.load_balancer_gb.filter(|_| design.load_balancer).map(|at| prices::usd(trace, at));
    let tools = tools(context, stack);
    let monitored = stack.has(Part::Monitoring).then(|| prices::usd(trace, slot::TOOLS_MONITORING_HOST));
    let files = design.seller.object_storage.or(design.seller.backup_storage).map_or(zero, |at| {
        (trace.read(slot::DATA_OBJECT_STORAGE_GB) * prices::usd(trace, at)).named("files", "USD/month")
    });

    // Whole machines come with their disks; on a provider's VMs the system's disk is paid apart, where it is at all.
    let disk = design.seller.disk.map(|at| prices::usd(trace, at));
    let system_disk =
        disk.map(|usd| (trace.read(slot::CAPACITY_ROOT_DISK_GB) * usd).named("system disk of a machine", "USD/month"));
    let own_backups = design.database.is_none() && context.company.stores > 0;
    let backups = design.seller.backup_storage.filter(|_| own_backups).map(|at| prices::usd(trace, at));

    let empty = |term: T::N| Fleet::new(zero, term.value());
    let (mut held, mut held_databases) = (design.term.map(empty), design.term.map(empty));
    let (mut fleet_at_start, mut fleet) = (zero, zero);
    for (index, factor) in context.path.iter().enumerate() {
        let month = index as u16 + 1;
        let load = context.demand.at(trace, month, *factor);
        let usage: Usage<T::N> = design.compute.month(context, &load, held.as_mut());
        let base = design.database.as_ref().map(|database| database.month(context, &load, held_databases.as_mut()));
        let price_level = if rise.value() == 1.0 {
            None
        } else {
            let years = trace.constant(f64::from(month - 1) / 12.0);
            Some(rise.pow(years).named_in("price level", "ratio", month))
        };
        let dearer = |usd: T::N| price_level.map_or(usd, |level| usd * level);

        let database_machines = base.map_or(zero, |base| base.machines);
        let hosts = (usage.machines + database_machines).named_in("machines in production", "machines", month);
        let machines = (hosts + twin_machines).named_in("machines to look after", "machines", month);
        let mut hours = machines * machine_hours;
        if index == 0 {
            fleet_at_start = machines;
        } else if let Some(each) = design.setup_hours_per_machine
            && machines.value() > fleet.value()
        {
            hours = hours + (machines - fleet) * each;
        }
        fleet = machines;
        let hours = hours.named_in("hours for machines", "hours/month", month);
        let gb = context.demand.egress_gb * *factor;
        let egress = design
            .transit_usd_per_gb
            .map_or_else(|| prices::egress(trace, design.seller, gb, hosts), |usd| gb * usd)
            .named_in("traffic to the internet", "USD/month", month);
        let idle = usage.used.complement().named_in("share of the machines idle", "share", month);

        let mut lines = [zero; Line::COUNT];
        let mut put = |line: Line, amount: T::N| {
            lines[line.index()] = amount.named_in(line.info().1, "USD/month", month);
        };
        put(Line::Compute, dearer(usage.usd * usage.used));
        let idle_usd = usage.usd * idle;
        put(Line::Waste, dearer(base.map_or(idle_usd, |base| idle_usd + base.idle_usd)));
        if let Some(base) = base {
            put(Line::Database, dearer(base.usd));
        }
        // Without machines of their own, databases lie on the application's disks, and only their backups are bought.
        let storage = base.map_or_else(
            || backups.map_or(files, |usd| load.database_gb * usd + files),
            |base| base.storage_usd + files,
        );
        let storage = system_disk.map_or(storage, |usd| storage + hosts * usd);
        put(Line::Storage, dearer(storage));
        let balanced = balancer_gb.map_or(balancer, |usd| balancer + gb * usd);
        put(Line::Network, dearer(egress + balanced));
        put(Line::Platform, dearer(design.platform_usd + usage.platform_usd));
        put(Line::Environments, dearer(twins_usd));
        put(Line::Tools, dearer(monitored.map_or(tools, |usd| tools + hosts * usd)));
        put(Line::MachineCare, hours * hourly);
        put(Line::ServiceCare, service_usd);
        put(Line::DatabaseCare, database_usd);
        put(Line::Upgrades, upgrade_usd);
        put(Line::Onboarding, onboarding_usd);
        ledger.months.push(lines);

        let mut work = [zero; Hours::COUNT];
        work[Hours::Machines.index()] = hours;
        work[Hours::Services.index()] = service_hours;
        work[Hours::Databases.index()] = database_hours;
        work[Hours::Upgrades.index()] = upgrade_hours;
        work[Hours::Onboarding.index()] = onboarding_hours;
        ledger.hours.push(work);
        ledger.machines.push(machines);
    }

    let platform = trace.read(design.care.setup);
    let setup = design.setup_hours_per_machine.map_or(platform, |each| platform + fleet_at_start * each);
    ledger.setup_hours = setup.named("hours to set the platform up", "hours");
    ledger.upfront[Line::Setup.index()] = (ledger.setup_hours * hourly).named("set-up", "USD");
}

/// A load balancer with an address in each zone that it stands in.
fn load_balancer<T: Trace>(context: &Context<T>, design: &Design<T::N>) -> T::N {
    let trace = &context.trace;
    let zero = trace.constant(0.0);
    if !design.load_balancer {
        return zero;
    }
    let balancer = design.seller.load_balancer.map_or(zero, |at| prices::usd(trace, at));
    let addresses = design.seller.ipv4.map_or(zero, |at| prices::usd(trace, at) * context.copies);
    (balancer + addresses).named("load balancer and addresses", "USD/month")
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
    let minutes = (builds * trace.read(slot::DELIVERY_BUILD_MINUTES)).named("build minutes", "minutes/month");
    let billed = (minutes - trace.read(slot::TOOLS_FREE_BUILD_MINUTES)).max(zero);
    seats + billed * trace.read(slot::TOOLS_BUILD_MINUTE)
}
