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
            pub fn info(self) -> (&'static str, $($type),*) {
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
    /// A line of the bill.
    Line { label: &'static str, cost: Cost }:
    /// Machines, instances, pods' nodes or functions, the part that is put to use.
    Compute("compute", "machines in use", Cost::Infrastructure);
    /// Machines paid for and not used.
    Waste("waste", "machines idle", Cost::Waste);
    /// Machines of databases, or their managed price.
    Database("database", "databases", Cost::Infrastructure);
    /// Disks, backups and files.
    Storage("storage", "storage and backups", Cost::Infrastructure);
    /// Traffic, load balancers, addresses.
    Network("network", "network", Cost::Infrastructure);
    /// Control planes and fees of a platform.
    Platform("platform", "platform fees", Cost::Infrastructure);
    /// The twins of production.
    Environments("environments", "other environments", Cost::Infrastructure);
    /// Version control, builds, monitoring.
    Tools("tools", "tools", Cost::Infrastructure);
    /// Setting the platform up, before the first month.
    Setup("setup", "set-up", Cost::People);
    /// Care for machines.
    MachineCare("machineCare", "care for machines", Cost::People);
    /// Care for services.
    ServiceCare("serviceCare", "care for services", Cost::People);
    /// Care for databases.
    DatabaseCare("databaseCare", "care for databases", Cost::People);
    /// Forced upgrades.
    Upgrades("upgrades", "forced upgrades", Cost::People);
    /// Setting up new developers.
    Onboarding("onboarding", "setting up new developers", Cost::People);
}

table! {
    /// A kind of work that recurs.
    Hours { label: &'static str, line: Line }:
    /// Care for machines.
    Machines("machines", "hours for machines", Line::MachineCare);
    /// Care for services.
    Services("services", "hours for services", Line::ServiceCare);
    /// Care for databases.
    Databases("databases", "hours for databases", Line::DatabaseCare);
    /// Forced upgrades.
    Upgrades("upgrades", "hours for forced upgrades", Line::Upgrades);
    /// Setting up new developers.
    Onboarding("onboarding", "hours for new developers", Line::Onboarding);
}

/// The bill of one variant.
#[derive(Clone, Debug)]
pub struct Ledger<N> {
    /// What is paid before the first month.
    pub upfront: [N; Line::COUNT],
    /// Hours before the first month.
    pub setup_hours: N,
    /// What is paid in each month.
    pub months: Vec<[N; Line::COUNT]>,
    /// Hours of each month.
    pub hours: Vec<[N; Hours::COUNT]>,
    /// Machines that the team looks after in each month.
    pub machines: Vec<N>,
}

impl<N: Number> Ledger<N> {
    /// An empty bill with room for so many months.
    pub fn new(zero: N, months: usize) -> Self {
        Self {
            upfront: [zero; Line::COUNT],
            setup_hours: zero,
            months: Vec::with_capacity(months),
            hours: Vec::with_capacity(months),
            machines: Vec::with_capacity(months),
        }
    }

    /// Empties it for another variant; its room is kept.
    pub fn clear(&mut self, zero: N) {
        self.upfront = [zero; Line::COUNT];
        self.setup_hours = zero;
        self.months.clear();
        self.hours.clear();
        self.machines.clear();
    }
}
