//! What a month buys, at which prices, and on which lines of the bill it stands.

use super::capacity::Usage;
use super::complexity::Stack;
use super::database::DatabaseUsage;
use super::design::Design;
use super::layout::Layout;
use super::ledger::Line;
use super::load::Load;
use super::practice::{Place, Practice};
use super::site::Site;
use super::{Context, cdn, cluster, incidents, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Part, Provider, slot};
use crate::point::Slot;

/// A month of one variant's prices, hoisted out of the months.
pub(super) struct Rates<N> {
    pub(super) balancer: N,
    pub(super) balancer_gb: Option<N>,
    /// Gateways of private machines.
    pub(super) nat: N,
    /// What each machine brings with it.
    pub(super) machine: Accessories<N>,
    /// What a GB that the servers make costs on the way inside: through gateways and from zone to zone.
    pub(super) inside_gb: N,
    pub(super) tools: N,
    pub(super) monitored: Option<N>,
    pub(super) files: N,
    pub(super) backups: Option<N>,
    pub(super) egress: prices::Egress<N>,
    pub(super) cdn: Option<cdn::Rates<N>>,
    /// A further environment, and all of them.
    pub(super) environment: N,
    pub(super) twins: N,
    /// Discount of a commitment, and the share of the machines running at every hour that is committed when a term begins.
    pub(super) commitment: Option<(N, N)>,
    /// Support plan: at least, and of every dollar.
    pub(super) support: Option<(N, N)>,
}

/// What each machine brings with it, a month.
pub struct Accessories<N> {
    /// The disk of its system, where it is paid apart: whole machines come with theirs.
    system_disk: Option<N>,
    /// Its way through a gateway, for private machines.
    gateway: Option<N>,
    /// Its public address, where machines reach the internet by themselves.
    address: Option<N>,
}

impl<N: Number> Accessories<N> {
    /// Reads it.
    fn of<T: Trace<N = N>>(context: &Context<T>, practice: &Practice, seller: &Provider) -> Self {
        let trace = &context.trace;
        let price = |at: Option<Slot>| at.map(|at| prices::usd(trace, at));
        let private = is_private(context, practice);
        Self {
            system_disk: price(seller.system_disk).map(|usd| {
                (trace.read(slot::CAPACITY_ROOT_DISK_GB) * usd).named("system disk of a machine", "USD/month")
            }),
            gateway: price(seller.nat_machine_hour.filter(|_| private)),
            address: price(seller.ipv4.filter(|_| practice.place == Place::Zones && !private)),
        }
    }

    /// What one machine brings with it, monitoring apart.
    pub fn each<T: Trace<N = N>>(context: &Context<T>, practice: &Practice, seller: &Provider) -> f64 {
        let trace = &context.trace;
        Self::usd(context, practice, seller, [1.0, 0.0].map(|count| trace.constant(count))).value()
    }

    /// What so many machines bring with them, of which so many are monitored.
    pub fn usd<T: Trace<N = N>>(
        context: &Context<T>,
        practice: &Practice,
        seller: &Provider,
        [machines, monitored]: [N; 2],
    ) -> N {
        let Self { system_disk, gateway, address } = Self::of(context, practice, seller);
        let watching = monitored * context.monitoring_usd();
        [system_disk, gateway, address].into_iter().flatten().fold(watching, |sum, usd| sum + machines * usd)
    }
}

/// What the traffic of a month costs beside so many machines, where each of them brings some with it; nothing where it costs
/// the same whatever runs.
pub fn traffic_of_machines<T: Trace>(
    context: &Context<T>,
    seller: &'static Provider,
) -> impl Fn(&Load<T::N>, f64) -> f64 {
    let trace = &context.trace;
    let egress = seller.egress_included_per_machine.map(|_| prices::Egress::new(trace, seller));
    move |load, machines| {
        let gb = cdn::to_internet_gb(context, seller, load).unwrap_or(trace.constant(0.0));
        egress.as_ref().map_or(0.0, |egress| egress.usd(trace, gb, trace.constant(machines)).value())
    }
}

/// What a load balancer of the seller's costs the company in a month of a load, its addresses apart; nothing where it buys
/// one whatever runs, or none.
pub fn balancer_if_needed<T: Trace>(context: &Context<T>, seller: &'static Provider) -> impl Fn(&Load<T::N>) -> f64 {
    let open = context.company.balances(true) && !context.company.balances(false);
    let paid = context.paid_share(seller).value();
    let price = |at: Option<Slot>| at.filter(|_| open).map_or(0.0, |at| prices::usd(&context.trace, at).value() * paid);
    let (fixed, each_gb) = (price(seller.load_balancer), price(seller.load_balancer_gb));
    move |load| fixed + (context.demand.served_gb * load.factor).value() * each_gb
}

/// Whether machines reach the internet through gateways: where no network of their own hides them each has an address.
fn is_private<T: Trace>(context: &Context<T>, practice: &Practice) -> bool {
    practice.private_network && !context.company.leaves_out(Part::CloudNetwork) && context.hides_machines()
}

/// What the network costs that follows from how the roles are laid out.
pub(super) struct Network<N> {
    /// The load balancer and its addresses, a month.
    pub(super) balancer: N,
    /// What a GB from the servers costs on its way through the load balancer.
    balanced_gb: Option<N>,
    /// Gateways of private machines, a month.
    pub(super) gateways: N,
    /// What a GB that the servers make costs on its way from zone to zone.
    crossing_gb: Option<N>,
}

impl<N: Number> Network<N> {
    /// Reads it, for so many copies of every role.
    pub(super) fn of<T: Trace<N = N>>(
        context: &Context<T>,
        practice: &Practice,
        layout: &Layout<N>,
        copies: N,
    ) -> Self {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let seller = layout.seller;
        // What is not bought is nothing, and a derivation does not name it.
        let each = |at: Option<Slot>, bought: bool, name| {
            at.filter(|_| bought).map_or(zero, |at| (prices::usd(trace, at) * copies).named(name, "USD/month"))
        };
        let of_balancer = |at: Option<Slot>| at.filter(|_| layout.load_balancer).map(|at| prices::usd(trace, at));
        let addresses = each(seller.balancer_ipv4, layout.load_balancer, "addresses of the load balancer");
        let crossed = seller.cross_zone_gb.filter(|_| layout.load_balancer && copies.value() > 1.0);
        Self {
            balancer: of_balancer(seller.load_balancer)
                .map_or(addresses, |usd| (usd + addresses).named("load balancer and addresses", "USD/month")),
            balanced_gb: of_balancer(seller.load_balancer_gb),
            gateways: each(seller.nat_hour, is_private(context, practice), "gateways of private machines"),
            crossing_gb: crossed.map(|at| {
                let crossing = trace.read(slot::NETWORK_INTERNAL_RATIO) * trace.read(slot::NETWORK_CROSS_ZONE_SHARE);
                crossing * prices::usd(trace, at) * 2.0
            }),
        }
    }

    /// What it comes to in a month of a load.
    pub(super) fn usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        let fixed = self.balancer + self.gateways;
        let demand = &context.demand;
        [(demand.served_gb, self.balanced_gb), (demand.made_gb, self.crossing_gb)]
            .into_iter()
            .filter_map(|(gb, usd)| Some((gb, usd?)))
            .fold(fixed, |sum, (gb, usd)| sum + gb * load.factor * usd)
    }
}

/// What a further environment costs a month: its machines and databases, and the front and the ways out that each
/// environment has for itself.
fn environment_usd<T: Trace>(context: &Context<T>, practice: &Practice, layout: &Layout<T::N>) -> T::N {
    let trace = &context.trace;
    let [none, once] = [0.0, 1.0].map(|count| trace.constant(count));
    let network = Network::of(context, practice, layout, once);
    let usd = layout.twin_usd + network.balancer + network.gateways;
    let brought = Accessories::usd(context, practice, layout.seller, [layout.twin_machines, none]);
    (usd + brought).named("a further environment", "USD/month")
}

/// The prices of a month that no month changes.
pub(super) fn rates<T: Trace>(context: &Context<T>, design: &Design<T::N>, stack: &Stack) -> Rates<T::N> {
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
    let network = Network::of(context, &design.practice, &design.layout, design.copies);
    let private = is_private(context, &design.practice);
    let mut inside = zero;
    if let Some(usd) = price(seller.nat_gb).filter(|_| private) {
        inside = inside + trace.read(slot::NETWORK_NAT_SHARE) * usd;
    }
    if let Some(usd) = network.crossing_gb {
        inside = inside + usd;
    }
    let environment = environment_usd(context, &design.practice, &design.layout);
    let own_backups = design.layout.database.is_none() && context.company.stores > 0;
    let commitment = trace.read(slot::FINANCE_COMMITMENT);
    let committed = commitment.value() > 0.0 && design.layout.compute.by_machines();
    Rates {
        balancer: network.balancer,
        balancer_gb: network.balanced_gb,
        nat: network.gateways,
        machine: Accessories::of(context, &design.practice, seller),
        inside_gb: inside.named("a GB that the servers make, on its way inside", "USD/GB"),
        tools: tools(context, stack),
        monitored: stack.has(Part::Monitoring).then(|| prices::usd(trace, slot::TOOLS_MONITORING_HOST)),
        files: images.map_or(files, |images| files + images),
        backups: price(seller.backup_storage).filter(|_| own_backups),
        egress: prices::Egress::new(trace, seller),
        cdn: context.company.cdn.map(|cdn| cdn::Rates::new(trace, cdn, cdn.is_of(seller))),
        environment,
        twins: ((trace.read(slot::DELIVERY_ENVIRONMENTS) - 1.0) * environment).named("other environments", "USD/month"),
        commitment: seller.commitment_discount.filter(|_| committed).map(|at| (trace.read(at), commitment)),
        support: match (seller.support_minimum, seller.support_share) {
            (Some(least), Some(share)) if supported(trace) => Some((trace.read(least), trace.read(share))),
            _ => None,
        },
    }
}

/// Whether the company pays for its seller's support.
fn supported<T: Trace>(trace: &T) -> bool {
    trace.read(slot::FINANCE_SUPPORT).value() != 0.0
}

/// What a seller's support plan adds to every dollar that it is paid, where that is more than its minimum.
pub(super) fn support_share<T: Trace>(context: &Context<T>, seller: &Provider) -> T::N {
    let trace = &context.trace;
    let share = seller.support_share.filter(|_| supported(trace));
    share.map_or(trace.constant(0.0), |share| trace.read(share))
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
    let builds = (incidents::changes_a_year(trace) / 12.0).named("builds", "builds/month");
    let each = trace.read(slot::DELIVERY_BUILD_MINUTES) + trace.read(slot::DELIVERY_TEST_MINUTES);
    let minutes = (builds * each).named("build minutes", "minutes/month");
    let billed = (minutes - trace.read(slot::TOOLS_FREE_BUILD_MINUTES)).max(zero);
    seats + billed * trace.read(slot::TOOLS_BUILD_MINUTE)
}

/// The lines of one month as they are filled in.
pub(super) struct Bill<N> {
    pub(super) lines: [N; Line::VARYING],
    /// Everything that the seller of the machines is paid so far.
    pub(super) bought: N,
    /// Everything that others are paid.
    pub(super) elsewhere: N,
    /// Prices of the month over those of the price book, where they differ.
    pub(super) risen: Option<N>,
    /// The same for what the seller of the machines sells, with the company's own discount.
    pub(super) level: Option<N>,
    /// The same for the machines of the application and of the databases: those that are held keep their prices.
    pub(super) machine_levels: [Option<N>; 2],
    /// Machines that stand on no line of their own: those of a control plane, those beside the ones that serve, and those of a
    /// second site.
    pub(super) other_machines: N,
    pub(super) month: u16,
}

impl<N: Number> Bill<N> {
    /// Fills a line in.
    #[inline]
    pub(super) fn put(&mut self, line: Line, usd: N) {
        self.lines[line.index()] = usd.named_in(line.info().1, "USD/month", self.month);
    }

    /// Fills in a line that the seller of the machines is paid, at the prices of the month.
    #[inline]
    fn buy(&mut self, line: Line, usd: N) {
        self.buy_at(line, usd, self.level);
    }

    /// Fills in a line that the seller of the machines is paid, at prices so many times those of the price book.
    #[inline]
    fn buy_at(&mut self, line: Line, usd: N, level: Option<N>) {
        self.put(line, level.map_or(usd, |level| usd * level));
        self.bought = self.bought + self.lines[line.index()];
    }

    /// Fills in a line that others are paid; their support is another's too.
    #[inline]
    fn buy_elsewhere(&mut self, line: Line, usd: N) {
        self.put(line, self.risen.map_or(usd, |risen| usd * risen));
        self.elsewhere = self.elsewhere + self.lines[line.index()];
    }

    /// Fills in the databases, and adds what of them is not put to use to the waste, and their disks to the storage.
    fn buy_database(&mut self, used: N, unused: N, storage: N, elsewhere: bool) {
        let (machines, disks) = if elsewhere { (self.risen, self.risen) } else { (self.machine_levels[1], self.level) };
        let priced = |usd: N, level: Option<N>| level.map_or(usd, |level| usd * level);
        let (used, unused, storage) = (priced(used, machines), priced(unused, machines), priced(storage, disks));
        self.put(Line::Database, used);
        self.put(Line::Waste, self.lines[Line::Waste.index()] + unused);
        self.put(Line::Storage, self.lines[Line::Storage.index()] + storage);
        let all = used + unused + storage;
        if elsewhere {
            self.elsewhere = self.elsewhere + all;
        } else {
            self.bought = self.bought + all;
        }
    }
}

impl<N: Number> Bill<N> {
    /// Fills in the second site: machines at what `priced` leaves of their price, those of databases too where they are the
    /// team's `own`, and databases that are bought `elsewhere` at another seller's.
    fn buy_site(&mut self, site: &Site<N>, priced: impl Fn(N) -> N, own: bool, elsewhere: bool) {
        let at = |usd: N, level: Option<N>| level.map_or(usd, |level| usd * level);
        let (database_level, disk_level) =
            if elsewhere { (self.risen, self.risen) } else { (self.machine_levels[1], self.level) };
        let databases = if own { priced(site.databases_usd) } else { site.databases_usd };
        let databases = at(databases, database_level);
        let application = at(priced(site.application_usd + site.beside_usd), self.machine_levels[0]);
        let kept = databases + at(site.kept_usd, disk_level);
        let rest = application + at(site.standing_usd, self.level);
        self.put(Line::SecondSite, rest + kept);
        self.other_machines = self.other_machines + application + databases;
        if elsewhere {
            self.elsewhere = self.elsewhere + kept;
            self.bought = self.bought + rest;
        } else {
            self.bought = self.bought + rest + kept;
        }
    }
}

/// What one month takes.
pub(super) struct Bought<'m, N> {
    pub(super) load: &'m Load<N>,
    pub(super) usage: Usage<N>,
    pub(super) base: Option<DatabaseUsage<N>>,
    /// Machines beside those that serve, where there are any.
    pub(super) beside_usd: Option<N>,
    /// What stands at a second site, where there is one.
    pub(super) site: Option<Site<N>>,
    /// Machines in production, those of the second site among them.
    pub(super) hosts: N,
    /// Months since the variant was taken up.
    pub(super) age: u16,
}

/// What a commitment comes to in a month.
struct Committed<N> {
    /// What is paid of a dollar of the machines that it is for; all of it without one.
    paid: Option<N>,
    /// What is paid for machines that do not run.
    unused: Option<N>,
}

/// Whole months of a commitment to a provider, from 1 to 120.
fn commitment_months<T: Trace>(trace: &T) -> u16 {
    (f64::floor(trace.read(slot::COMMITMENT_TERM_MONTHS).value() + 0.5) as u16).clamp(1, 120)
}

/// Everything bought in a month.
pub(super) fn buy<T: Trace<N = N>, N: Number>(
    context: &Context<T>,
    design: &Design<N>,
    rates: &Rates<N>,
    bought: &Bought<N>,
    committed: &mut N,
    bill: &mut Bill<N>,
) {
    let trace = &context.trace;
    let Bought { load, usage, base, beside_usd, site, hosts, age } = bought;
    let (month, hosts) = (load.month, *hosts);
    // Databases that the team runs are on the seller's machines as the rest is: a commitment covers them too.
    let own_base = base.filter(|_| !design.layout.keeper.is_provider());
    let Committed { paid, unused } = match rates.commitment {
        None => Committed { paid: None, unused: None },
        Some((discount, share)) => {
            // These run at every hour whatever the load does.
            let there = site.as_ref().map(|site| match own_base {
                Some(_) => site.beside_usd + site.databases_usd,
                None => site.beside_usd,
            });
            let steady = [own_base.map(|base| base.usd), *beside_usd, there]
                .into_iter()
                .flatten()
                .fold(usage.platform_usd, |sum, usd| sum + usd);
            let application = site.as_ref().map_or(usage.usd, |site| usage.usd + site.application_usd);
            let all = application + steady;
            if age % commitment_months(trace) == 0 {
                let here = design.layout.compute.steady_usd(context, load, usage);
                // What waits runs at every hour too; what serves there once more runs as what serves here.
                let there = site.as_ref().map(|_| match design.layout.waiting {
                    Some(waiting) => waiting.usd,
                    None => here + usage.platform_usd,
                });
                let steady = there.map_or(here, |there| here + there) + steady;
                *committed = (steady * share).named_in("committed for a term", "USD/month", month);
            }
            let covered = committed.min(all);
            let saved = (covered * discount).named_in("saved by the commitment", "USD/month", month);
            Committed {
                paid: (all.value() > 0.0).then(|| (saved / all).complement()),
                unused: Some((*committed - covered) * discount.complement()),
            }
        }
    };
    let priced = |usd: N| paid.map_or(usd, |paid| usd * paid);
    let machines = priced(usage.usd);
    let idle = usage.used.complement().named_in("share of the machines idle", "share", month);
    let level = bill.machine_levels[0];
    bill.buy_at(Line::Compute, machines * usage.used, level);
    let mut wasted = machines * idle;
    if let Some(unused) = unused {
        wasted = wasted + unused;
    }
    bill.buy_at(Line::Waste, wasted, level);
    // Without machines of their own, databases lie on the application's disks, and only their backups are bought.
    let stored = match (base, rates.backups) {
        (None, Some(usd)) => load.database_gb * usd + rates.files,
        _ => rates.files,
    };
    bill.buy(Line::Storage, rates.machine.system_disk.map_or(stored, |usd| stored + hosts * usd));
    if let Some(base) = base {
        let usd = if own_base.is_some() { priced(base.usd) } else { base.usd };
        let elsewhere = design.layout.database_elsewhere(context.company);
        bill.buy_database(usd * base.used, usd * base.used.complement(), base.storage_usd, elsewhere);
    }
    let egress = cdn::to_internet_gb(context, design.layout.seller, load).map(|gb| {
        design.layout.transit_usd_per_gb.map_or_else(|| rates.egress.usd(trace, gb, hosts), |usd| gb * usd).named_in(
            "traffic to the internet",
            "USD/month",
            month,
        )
    });
    // What a cache answers never passes the inside, though without a CDN it leaves for the internet all the same.
    let served_gb = context.demand.served_gb * load.factor;
    let made_gb = context.demand.made_gb * load.factor;
    let mut network =
        egress.map_or(rates.balancer, |egress| egress + rates.balancer) + rates.nat + made_gb * rates.inside_gb;
    if let Some(usd) = rates.balancer_gb {
        network = network + served_gb * usd;
    }
    for usd in [rates.machine.gateway, rates.machine.address].into_iter().flatten() {
        network = network + hosts * usd;
    }
    bill.buy(Line::Network, network);
    if let Some(cdn) = &rates.cdn {
        let usd = cdn.month_usd(context, load);
        if cdn.of_seller { bill.buy(Line::Cdn, usd) } else { bill.buy_elsewhere(Line::Cdn, usd) }
    }
    let at = |usd: N, level: Option<N>| level.map_or(usd, |level| usd * level);
    bill.other_machines = at(priced(usage.platform_usd), bill.level);
    if let Some(beside) = *beside_usd {
        bill.other_machines = bill.other_machines + at(priced(beside), bill.machine_levels[0]);
    }
    let mut platform = design.layout.platform_usd;
    if let Some(standard) = design.layout.control_plane {
        let extended = design.layout.seller.control_plane_extended;
        let each = cluster::control_plane_usd(context, standard, extended, month);
        platform = platform + each * trace.read(slot::DELIVERY_ENVIRONMENTS);
    }
    bill.put(Line::Platform, at(platform, bill.level) + bill.other_machines);
    bill.bought = bill.bought + bill.lines[Line::Platform.index()];
    if let Some(site) = site {
        let elsewhere = design.layout.database_elsewhere(context.company);
        bill.buy_site(site, priced, own_base.is_some(), elsewhere);
    }
    bill.buy(Line::Environments, rates.twins);
    if let Some((least, share)) = rates.support {
        let plan = (bill.bought * share).max(least);
        bill.put(Line::Support, plan);
        bill.bought = bill.bought + plan;
    }
    let agents = base.map_or(usage.monitored, |base| usage.monitored + base.machines);
    bill.buy_elsewhere(Line::Tools, rates.monitored.map_or(rates.tools, |usd| rates.tools + agents * usd));
}
