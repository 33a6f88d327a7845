//! Databases: how large, on which machines, and who runs them.

use super::availability::Keeper;
use super::capacity::{self, Size};
use super::lease::Fleet;
use super::load::Load;
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Machine, Provider, slot};
use crate::order::least_first;
use crate::point::Slot;

/// What the databases of a company run on, beside the machines of the application.
#[derive(Debug)]
pub enum Databases<N> {
    /// Machines that they have to themselves.
    Servers(DatabaseServers<N>),
    /// A table that is paid by the request.
    Table(Table<N>),
}

/// A table that is paid by the request.
#[derive(Clone, Copy, Debug)]
pub struct Table<N> {
    /// What the reads and writes of one request cost.
    usd_per_request: N,
    /// What its writes alone cost.
    usd_per_request_written: N,
    /// What a GB with its backup costs a month.
    usd_per_gb: N,
    /// What it costs without.
    usd_per_gb_kept: N,
}

/// The machines that databases have to themselves.
#[derive(Debug)]
pub struct DatabaseServers<N> {
    /// What holds the most that is asked of one of them, if need be several of it.
    size: Size<N>,
    /// The sizes that cost less than that and may hold some month, the cheapest first, where a database moves to another one by
    /// the month: of all but whole servers and what the application has too.
    plans: Vec<Size<N>>,
    /// Hosts of databases: each is a machine, with its copies, or several if one does not hold what is on it.
    hosts: N,
    /// Databases on a host, in the mean: where some hold one more, they are larger by as much as the others are smaller.
    on_each: N,
    housing: Housing,
    copies: N,
    storage: Option<N>,
    backup: Option<N>,
}

/// Who runs databases, and what they share machines with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Housing {
    /// Their seller runs each on machines of its own.
    Managed,
    /// The team runs them on machines of their own: each one apart, or, of many, some together.
    Own,
    /// The team runs them on the machines or nodes of the application, which are made for both.
    WithApplication,
}

/// The sizes of machines that databases may be on.
#[derive(Clone, Copy, Debug)]
pub struct Offered<'s, N> {
    /// Those on which a whole one may be.
    pub whole: &'s [Size<N>],
    /// Those of which several may hold one that is too large for any of these.
    pub cut: &'s [Size<N>],
    /// What each brings with it, a month.
    pub brought: f64,
}

impl<'s, N> Offered<'s, N> {
    /// The same sizes either way.
    pub const fn of(sizes: &'s [Size<N>], brought: f64) -> Self {
        Self { whole: sizes, cut: sizes, brought }
    }
}

/// A month of the databases.
#[derive(Clone, Copy, Debug)]
pub struct DatabaseUsage<N> {
    /// Machines that the team looks after: none if they are managed.
    pub machines: N,
    /// What the machines cost.
    pub usd: N,
    /// Share of them that is put to use.
    pub used: N,
    /// What disks and backups cost.
    pub storage_usd: N,
    /// What the disks alone cost: data that are kept at another site too are backed up once.
    pub disks_usd: N,
}

impl<N: Number> Databases<N> {
    /// Databases on machines of these sizes; every copy is a machine. None where the company has no database.
    pub fn on<T: Trace<N = N>>(
        context: &Context<T>,
        seller: &Provider,
        sizes: Offered<'_, N>,
        copies: N,
        housing: Housing,
    ) -> Option<Self> {
        DatabaseServers::on(context, seller, sizes, copies, housing).map(Self::Servers)
    }

    /// Databases that the seller runs, each with a standby or without.
    pub fn managed<T: Trace<N = N>>(context: &Context<T>, seller: &Provider, standby: bool) -> Option<Self> {
        let (sizes, copies) = if standby {
            (context.ladder_with_standby(seller.database), 2.0)
        } else {
            (context.ladder(seller.database, None), 1.0)
        };
        Self::on(context, seller, Offered::of(&sizes, 0.0), context.trace.constant(copies), Housing::Managed)
    }

    /// What functions keep their data in: a table that is paid by the request, or databases that the seller runs,
    /// whichever costs less over the months: data grow whatever the load does.
    pub fn of_functions<T: Trace<N = N>>(context: &Context<T>, seller: &Provider, standby: bool) -> Option<Self> {
        let servers = Self::managed(context, seller, standby)?;
        let table = Self::Table(Table::of(&context.trace));
        let usd = |databases: &Self| {
            let months = context.loads.iter().map(|load| databases.month(context, load, None));
            months.fold(0.0, |sum, month| sum + (month.usd + month.storage_usd).value())
        };
        Some(if usd(&table) < usd(&servers) { table } else { servers })
    }

    /// Managed where that is wanted and sold, and then the same with a standby too; otherwise the team's own on the seller's
    /// machines, which take `care` hours a year each and bring so much with them.
    pub fn hosted_or_own<T: Trace<N = N>>(
        context: &Context<T>,
        seller: &'static Provider,
        (care, brought): (Slot, f64),
        copies: N,
    ) -> [Option<Self>; 2] {
        match context.company.database_of(seller) {
            Some(provider) => [false, true].map(|standby| Self::managed(context, provider, standby)),
            None => {
                let sizes = context.ladder(seller.vm, Some(care));
                [Self::on(context, seller, Offered::of(&sizes, brought), copies, Housing::Own), None]
            }
        }
    }

    /// Who looks after these databases.
    pub fn keeper(databases: Option<&Self>) -> Keeper {
        match databases {
            None => Keeper::Nobody,
            Some(Self::Servers(servers)) if servers.housing != Housing::Managed => Keeper::Team,
            Some(Self::Servers(_)) => Keeper::Provider,
            Some(Self::Table(_)) => Keeper::Service,
        }
    }

    /// What one machine of the team's costs a month; nothing where it has none.
    pub fn rent(&self) -> Option<N> {
        match self {
            Self::Servers(servers) if servers.housing != Housing::Managed => Some(servers.size.usd),
            _ => None,
        }
    }

    /// What the machines that the team looks after cost in a month of a load with the work that they take, each with what it
    /// brings with it.
    pub fn all_in_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, brought: f64) -> f64 {
        match self {
            Self::Servers(servers) => {
                let (size, _) = servers.held_on(context, load);
                size.all_in(self.machines(context, load).value(), brought)
            }
            Self::Table(_) => 0.0,
        }
    }

    /// What a month of the databases takes. `held` carries the machines that are held for a term.
    pub fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        load: &Load<N>,
        held: Option<&mut Fleet<N>>,
    ) -> DatabaseUsage<N> {
        match self {
            Self::Servers(servers) => servers.month(context, load, held),
            Self::Table(table) => table.month(context, load),
        }
    }

    /// What the machines of a copy at another site cost in a month of which this is taken at the first: as much, but a table
    /// that is paid by the request pays for what is written, and not for what is read.
    pub fn copied_usd<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, month: &DatabaseUsage<N>) -> N {
        match self {
            Self::Servers(_) => month.usd,
            Self::Table(table) => context.demand.served * load.factor * table.usd_per_request_written,
        }
    }

    /// Machines that the team looks after in a month, where none is held for a term.
    pub fn machines<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> N {
        match self {
            Self::Servers(servers) if servers.housing != Housing::Managed => {
                let (_, each) = servers.held_on(context, load);
                servers.needed(context, load, each)
            }
            _ => context.trace.constant(0.0),
        }
    }

    /// What a further environment adds: so many of the smallest machine on the ladder, without standby.
    pub fn twin_usd<T: Trace<N = N>>(context: &Context<T>, machines: &'static [Machine], hosts: N) -> N {
        let sizes = context.ladder(machines, None);
        Size::cheapest(&sizes, |_| true, |size, _| size.usd.value())
            .map_or_else(|| context.trace.constant(0.0), |size| hosts * size.usd)
    }
}

impl<N: Number> Table<N> {
    fn of<T: Trace<N = N>>(trace: &T) -> Self {
        let reads = trace.read(slot::FUNCTIONS_TABLE_READS) * trace.read(slot::AWS_TABLE_READ);
        let writes = trace.read(slot::FUNCTIONS_TABLE_WRITES) * trace.read(slot::AWS_TABLE_WRITE);
        Self {
            usd_per_request: ((reads + writes) / 1e6).named("reads and writes of one request", "USD/request"),
            usd_per_request_written: (writes / 1e6).named("writes of one request", "USD/request"),
            usd_per_gb: trace.read(slot::AWS_TABLE_STORAGE) + trace.read(slot::AWS_TABLE_BACKUP),
            usd_per_gb_kept: trace.read(slot::AWS_TABLE_STORAGE),
        }
    }

    fn month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> DatabaseUsage<N> {
        DatabaseUsage {
            machines: context.trace.constant(0.0),
            usd: context.demand.served * load.factor * self.usd_per_request,
            used: context.trace.constant(1.0),
            storage_usd: load.database_gb * self.usd_per_gb,
            disks_usd: load.database_gb * self.usd_per_gb_kept,
        }
    }
}

impl<N: Number> DatabaseServers<N> {
    fn on<T: Trace<N = N>>(
        context: &Context<T>,
        seller: &Provider,
        sizes: Offered<'_, N>,
        copies: N,
        housing: Housing,
    ) -> Option<Self> {
        if context.company.stores == 0 {
            return None;
        }
        let hosts = match housing {
            Housing::Managed => context.trace.read(slot::DATA_STORES),
            Housing::Own => context.database_hosts(),
            Housing::WithApplication => context.trace.constant(1.0),
        };
        Some(Self::on_hosts(context, seller, sizes, copies, (housing, hosts)))
    }

    /// Databases on so many hosts, or on twice as many until a machine holds what is on one of them; each apart from all others
    /// is cut if it has to be.
    fn on_hosts<T: Trace<N = N>>(
        context: &Context<T>,
        seller: &Provider,
        sizes: Offered<'_, N>,
        copies: N,
        (housing, hosts): (Housing, N),
    ) -> Self {
        let trace = &context.trace;
        let one = trace.constant(1.0);
        let managed = housing == Housing::Managed;
        let stores = trace.read(slot::DATA_STORES);
        let twice = copies.value() > 1.0;
        // What its seller runs is bought with its standby.
        let bought = if managed { one } else { copies };
        let storage = if managed { seller.database_storage } else { seller.disk };
        let mut databases = Self {
            size: Size::largest(sizes.whole),
            plans: Vec::new(),
            hosts,
            on_each: (stores / hosts).named("databases on a host, in the mean", "databases"),
            copies: bought,
            housing,
            storage: storage.map(|at| {
                let usd = prices::usd(trace, at);
                if managed && twice { usd * trace.read(slot::MANAGED_DATABASE_STANDBY_MULTIPLIER) } else { usd }
            }),
            // A managed price holds the backups of one size of the database.
            backup: seller.backup_storage.filter(|_| !managed).map(|at| prices::usd(trace, at)),
        };
        // Databases grow whatever the load does: their last month is their largest.
        let fullest = Load { database_gb: context.last.database_gb, ..context.busiest };
        let parts_in = |size: &Size<N>, load| databases.each(context, load, size).ceil().value().max(1.0);
        let parts = |size: &Size<N>| parts_in(size, &fullest);
        // A database runs on one machine that is large enough, or, beyond the largest, on several: more copies to read from,
        // or shards.
        // Nobody takes an unusually large one for the sake of sharing it.
        let shared = databases.on_each.value() > 1.0 && housing == Housing::Own;
        let holding = if shared { sizes.cut } else { sizes.whole };
        let one = Size::cheapest(holding, |size| parts(size) <= 1.0, |size, _| size.price_usd());
        if one.is_none() && shared {
            return Self::on_hosts(context, seller, sizes, copies, (housing, stores.min(hosts * 2.0)));
        }
        let several = || {
            // Where prices follow the size nothing but the cut itself speaks for few: as few as may be. Of whole servers the
            // largest cost many times what others do: as many as cost least with the work of each.
            let fewest = sizes.cut.iter().map(parts).fold(f64::INFINITY, f64::min);
            let few = |size: &Size<N>| (!managed && storage.is_none()) || parts(size) <= fewest;
            // A machine more or less is much of a few: each month counts.
            let all = (hosts * bought).value();
            let month = |size: &Size<N>, load| size.all_in(parts_in(size, load) * all, sizes.brought);
            Size::cheapest(sizes.cut, few, |size, least| {
                capacity::sum_or_more(least, context.loads.iter().map(|load| month(size, load)))
            })
        };
        databases.size = one.or_else(several).unwrap_or(databases.size);
        let beside = housing == Housing::WithApplication;
        if beside && databases.size.disk_gb.is_some() {
            // What lies beside the application lies on its disks, where machines have some.
            databases.storage = None;
        }
        if managed || (storage.is_some() && !beside) {
            databases.plans = databases.smaller(context, sizes.whole);
        }
        databases
    }

    /// The sizes that cost less than the one that holds the most, and may hold some month's load, the cheapest first.
    fn smaller<T: Trace<N = N>>(&self, context: &Context<T>, sizes: &[Size<N>]) -> Vec<Size<N>> {
        // What does not hold the least of every kind holds no month.
        let mut least = context.loads[0];
        for load in &context.loads {
            if load.db_each.value() < least.db_each.value() {
                (least.db_each, least.db_each_cores) = (load.db_each, load.db_each_cores);
            }
            if load.db_planned.value() < least.db_planned.value() {
                least.db_planned = load.db_planned;
            }
            if load.database_gb.value() < least.database_gb.value() {
                least.database_gb = load.database_gb;
            }
        }
        let cheaper = sizes.iter().filter(|plan| plan.price_usd() < self.size.price_usd());
        let plans = cheaper.filter(|plan| self.each(context, &least, plan).value() <= 1.0).copied();
        least_first(plans.collect(), Size::price_usd)
    }

    /// Machines of a size that a host takes for a load; not rounded up.
    fn each<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, size: &Size<N>) -> N {
        let busy = if self.on_each.value() > 1.0 {
            context.staffing.machines(load.db_each * self.on_each, size, None)
        } else {
            context.staffing.machines_with(load.db_each_cores, load.db_each, size, None)
        };
        let gb = load.database_gb / context.trace.read(slot::DATA_STORES) * self.on_each;
        // What is in use has to be in memory: beyond that of the largest machine, in shards.
        let each = busy.max(gb * context.trace.read(slot::DATA_HOT_SHARE) / size.gib);
        match size.to_keep(gb) {
            Some(kept) if self.storage.is_none() => each.max(kept),
            _ => each,
        }
    }

    /// What a month of a load is held on, and how many of it a host takes. A plan of a database that its seller runs, and
    /// a machine in a cloud, is changed within minutes, so that nobody pays for the largest load while it is still to come;
    /// neither the minutes nor the work of it are counted. Whole servers stay as they are.
    fn held_on<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> (&Size<N>, N) {
        let with_each = |size| (size, self.each(context, load, size));
        let enough = |(_, each): &(&Size<N>, N)| each.value() <= 1.0;
        self.plans.iter().map(with_each).find(enough).unwrap_or_else(|| with_each(&self.size))
    }

    /// Machines of all databases in a month, of which a host takes so many.
    fn needed<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>, each: N) -> N {
        if self.housing == Housing::WithApplication {
            return context.trace.constant(0.0);
        }
        let each = each.ceil().max(context.trace.constant(1.0));
        (self.hosts * each * self.copies).named_in("database machines needed", "machines", load.month)
    }

    fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        load: &Load<N>,
        held: Option<&mut Fleet<N>>,
    ) -> DatabaseUsage<N> {
        let zero = context.trace.constant(0.0);
        let one = context.trace.constant(1.0);
        let (size, each) = self.held_on(context, load);
        let needed = self.needed(context, load, each);
        let machines = held.map_or(needed, |fleet| {
            fleet.month(load.month, needed).named_in("database machines", "machines", load.month)
        });
        let disks = self.storage.map_or(zero, |usd| {
            let kept = load.database_gb * self.copies;
            // What comes with the machines is paid with them.
            let bought = size.disk_gb.map_or(kept, |disk| (kept - machines * disk).max(zero));
            bought * usd
        });
        let backups = self.backup.map_or(zero, |usd| load.database_gb * usd);
        let used = if self.housing == Housing::WithApplication {
            one
        } else {
            // Each copy holds the working set in memory; one of them does the work.
            let hot = load.database_gb * context.trace.read(slot::DATA_HOT_SHARE) * self.copies;
            capacity::used_share(load.db_busy, machines * size.vcpu, hot, machines * size.gib, one)
        };
        DatabaseUsage {
            machines: if self.housing == Housing::Managed { zero } else { machines },
            usd: machines * size.usd,
            used,
            storage_usd: disks + backups,
            disks_usd: disks,
        }
    }
}
