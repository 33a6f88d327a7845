//! The bill: what is paid, line by line and month by month, and the hours behind it.

use crate::explain::Number;
use serde::Serialize;

/// What kind of cost a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Cost {
    /// Bought and put to use.
    Infrastructure,
    /// Bought and not used.
    Waste,
    /// Work.
    People,
    /// Lost while the software is down.
    Downtime,
    /// Lost with data.
    DataLoss,
    /// What the user says that a moving part is worth.
    Parts,
}

impl Cost {
    /// How many kinds there are.
    pub const COUNT: usize = Self::Parts as usize + 1;
}

macro_rules! table {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),* } : $($(#[$item_doc:meta])* $item:ident($id:literal $(, $value:expr)*);)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$item_doc])* $item),* }

        impl $name {
            /// All of them, in the order of their indices.
            pub const ALL: &'static [Self] = &[$(Self::$item),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// Stable name, label, and the rest of its row.
            #[must_use]
            pub const fn info(self) -> (&'static str, $($type),*) {
                match self { $(Self::$item => ($id $(, $value)*)),* }
            }

            /// Its index.
            #[must_use]
            pub const fn index(self) -> usize {
                self as usize
            }
        }
    };
}

table! {
    /// A line of the bill. Those that change from month to month stand first; see [`Line::VARYING`].
    Line { label: &'static str, cost: Cost }:
    /// Machines, instances, pods' nodes or functions, the part that is put to use.
    Compute("compute", "machines in use", Cost::Infrastructure);
    /// Machines paid for and not used.
    Waste("waste", "machines idle", Cost::Waste);
    /// Machines of databases, or their managed price.
    Database("database", "databases", Cost::Infrastructure);
    /// Disks, backups, files and images.
    Storage("storage", "storage and backups", Cost::Infrastructure);
    /// Traffic, load balancers, gateways, addresses.
    Network("network", "network", Cost::Infrastructure);
    /// What a CDN before the servers is paid.
    Cdn("cdn", "CDN", Cost::Infrastructure);
    /// Control planes, fees of a platform, and machines beside those that serve.
    Platform("platform", "platform and supporting machines", Cost::Infrastructure);
    /// The twins of production.
    Environments("environments", "other environments", Cost::Infrastructure);
    /// What stands at a second site, the disks, ways out and monitoring of its machines apart, and what is sent there. It counts as
    /// put to use: it is there to be there.
    SecondSite("secondSite", "second site", Cost::Infrastructure);
    /// Version control, builds, monitoring.
    Tools("tools", "tools", Cost::Infrastructure);
    /// The provider's support plan.
    Support("support", "support plan", Cost::Infrastructure);
    /// Machines of the way left behind that are still paid.
    Transition("transition", "paid twice while moving", Cost::Waste);
    /// Care for machines.
    MachineCare("machineCare", "care for machines", Cost::People);
    /// Incidents.
    Incidents("incidents", "incidents", Cost::People);
    /// What is left of the last person's time, if people are counted whole.
    IdlePeople("idlePeople", "rest of whole people", Cost::People);
    /// Revenue and goodwill lost while the software is down.
    Downtime("downtime", "downtime", Cost::Downtime);
    /// Lost data.
    DataLoss("dataLoss", "lost data", Cost::DataLoss);
    /// Setting the platform up, before the first month.
    Setup("setup", "set-up", Cost::People);
    /// Moving from what runs today, before the first month.
    Migration("migration", "moving in", Cost::People);
    /// Learning the parts that nobody knows yet, and teaching them to those who join.
    Learning("learning", "learning", Cost::People);
    /// Care for services.
    ServiceCare("serviceCare", "care for services", Cost::People);
    /// Care for databases.
    DatabaseCare("databaseCare", "care for databases", Cost::People);
    /// Forced upgrades.
    Upgrades("upgrades", "forced upgrades", Cost::People);
    /// Standby pay.
    OnCall("onCall", "on call", Cost::People);
    /// Trying out whether the second site serves.
    Drills("drills", "trying out the second site", Cost::People);
    /// Setting up new developers.
    Onboarding("onboarding", "setting up new developers", Cost::People);
    /// What developers ask of those who run the software.
    DeveloperSupport("developerSupport", "support of developers", Cost::People);
    /// Deploying.
    Deployments("deployments", "deployments", Cost::People);
    /// Keeping configuration up to date.
    Configuration("configuration", "configuration", Cost::People);
    /// Work of leaving the provider, after the last month.
    Exit("exit", "leaving", Cost::People);
    /// What leaving is paid for without being used: leases that run on, and carrying the data out.
    ExitFees("exitFees", "leases and traffic of leaving", Cost::Waste);
    /// What the user says that moving parts are worth.
    PricedParts("pricedParts", "price put on parts", Cost::Parts);
}

impl Line {
    /// How many lines change from month to month: the first ones. The others are the same in every month.
    pub const VARYING: usize = Self::Setup.index();

    /// How many lines are of each kind of cost, and which: the first so many of a row.
    pub const OF_COST: [(usize, [usize; Self::COUNT]); Cost::COUNT] = {
        let mut rows = [(0, [0; Self::COUNT]); Cost::COUNT];
        let mut at = 0;
        while at < Self::COUNT {
            let row = &mut rows[Self::COSTS[at] as usize];
            row.1[row.0] = at;
            row.0 += 1;
            at += 1;
        }
        rows
    };

    /// The kind of cost of each line, by its index.
    pub const COSTS: [Cost; Self::COUNT] = {
        let mut costs = [Cost::Infrastructure; Self::COUNT];
        let mut at = 0;
        while at < Self::COUNT {
            costs[at] = Self::ALL[at].info().2;
            at += 1;
        }
        costs
    };
}

table! {
    /// A kind of work that recurs.
    Hours { label: &'static str, line: Line }:
    /// Care for machines.
    Machines("machines", "hours for machines", Line::MachineCare);
    /// Incidents.
    Incidents("incidents", "hours for incidents", Line::Incidents);
    /// Care for services.
    Services("services", "hours for services", Line::ServiceCare);
    /// Care for databases.
    Databases("databases", "hours for databases", Line::DatabaseCare);
    /// Forced upgrades.
    Upgrades("upgrades", "hours for forced upgrades", Line::Upgrades);
    /// Trying out whether the second site serves.
    Drills("drills", "hours for trying out the second site", Line::Drills);
    /// Setting up new developers.
    Onboarding("onboarding", "hours for new developers", Line::Onboarding);
    /// What developers ask of those who run the software.
    DeveloperSupport("developerSupport", "hours for what developers ask", Line::DeveloperSupport);
    /// Teaching the stack's skills to those who join.
    Learning("learning", "hours for learning", Line::Learning);
    /// Deploying.
    Deployments("deployments", "hours for deployments", Line::Deployments);
    /// Keeping configuration up to date.
    Configuration("configuration", "hours for configuration", Line::Configuration);
}

impl Hours {
    /// How many kinds change from month to month: the first ones.
    pub const VARYING: usize = Self::Services.index();
}

/// What is paid and worked in one month, beside what is the same in every month.
#[derive(Clone, Copy, Debug)]
pub struct Month<N> {
    /// The lines that change.
    pub lines: [N; Line::VARYING],
    /// The hours that change.
    pub hours: [N; Hours::VARYING],
    /// Machines that the team looks after.
    pub machines: N,
    /// Everything bought, discounts and rises of prices included.
    pub bought_usd: N,
    /// Of that, machines and databases.
    pub machines_usd: N,
    /// What would still have to be paid for machines if this month were the last one.
    pub owed_usd: f64,
}

/// What leaving costs.
#[derive(Clone, Copy, Debug)]
pub struct Leaving<N> {
    /// Work.
    pub work: N,
    /// Leases that run on, and carrying the data out.
    pub fees: N,
}

impl<N: Number> Leaving<N> {
    /// All of it.
    pub fn usd(self) -> N {
        self.work + self.fees
    }
}

/// The bill of one variant.
#[derive(Clone, Debug)]
pub struct Ledger<N> {
    /// What is paid before the first month.
    pub upfront: [N; Line::COUNT],
    /// What is paid in every month alike; nothing for the lines that change.
    pub level: [N; Line::COUNT],
    /// Hours of every month alike; nothing for the kinds that change.
    pub level_hours: [N; Hours::COUNT],
    /// What leaving costs after the last month, not discounted.
    pub leaving: Leaving<N>,
    /// Hours of set-up.
    pub setup_hours: N,
    /// Hours of moving in.
    pub migration_hours: N,
    /// Hours of learning before the first month.
    pub learning_hours: N,
    /// The months.
    pub months: Vec<Month<N>>,
}

impl<N: Number> Ledger<N> {
    /// An empty bill with room for so many months.
    pub fn new(zero: N, months: usize) -> Self {
        Self {
            upfront: [zero; Line::COUNT],
            level: [zero; Line::COUNT],
            level_hours: [zero; Hours::COUNT],
            leaving: Leaving { work: zero, fees: zero },
            setup_hours: zero,
            migration_hours: zero,
            learning_hours: zero,
            months: Vec::with_capacity(months),
        }
    }

    /// Empties it for another variant; its room is kept.
    pub fn clear(&mut self, zero: N) {
        self.upfront = [zero; Line::COUNT];
        self.level = [zero; Line::COUNT];
        self.level_hours = [zero; Hours::COUNT];
        self.leaving = Leaving { work: zero, fees: zero };
        (self.setup_hours, self.migration_hours, self.learning_hours) = (zero, zero, zero);
        self.months.clear();
    }

    /// What each month costs all in, undiscounted; what is paid before or after is not in it.
    pub fn all_in(&self) -> impl Iterator<Item = N> + '_ {
        let level = N::sum(self.level[0], self.level[1..].iter().copied());
        self.months.iter().map(move |month| N::sum(level, month.lines.iter().copied()))
    }

    /// What a line costs in a month, counted from 0, undiscounted; what is paid before or after is not in it.
    pub fn line(&self, month: usize, line: Line) -> N {
        if line.index() < Line::VARYING { self.months[month].lines[line.index()] } else { self.level[line.index()] }
    }
}
