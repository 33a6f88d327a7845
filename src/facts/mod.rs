//! What the world says: prices, rates and hours with their sources, and the machines and parts built on them.
//!
//! The tables are the TOML files beside this one. `build.rs` checks them and turns them into the statics below.

use crate::point::Slot;
use crate::scenario::{Default, Field, Kind, Preset};
use serde::{Serialize, Serializer};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// A number that the world supplies.
#[derive(Clone, Debug, Serialize)]
pub struct Fact {
    /// Stable name, as in `facts.<id>` of a scenario.
    pub id: &'static str,
    /// What it is, in words.
    pub label: &'static str,
    /// Its unit, as published.
    pub unit: &'static str,
    /// One time in ten it is less.
    pub p10: f64,
    /// Its likeliest value.
    pub p50: f64,
    /// One time in ten it is more.
    pub p90: f64,
    /// The least that it may be set to, where that does not follow from its unit and spread.
    #[serde(skip)]
    pub least: Option<f64>,
    /// Where it was found.
    pub source: &'static str,
    /// When: a year, a month or a day.
    pub date: &'static str,
    /// How far the source can be trusted: high, medium or low.
    pub confidence: &'static str,
    /// Whether the figure, or its spread, was made by reasoning.
    pub estimate: bool,
    /// The reasoning, or a caveat.
    pub note: &'static str,
    /// Whether it is a price by the hour.
    #[serde(skip)]
    pub hourly: bool,
    /// Whether it is a price in euros.
    #[serde(skip)]
    pub in_euros: bool,
}

/// The fact at a slot, if the slot holds one.
#[must_use]
pub fn at(slot: Slot) -> Option<&'static Fact> {
    slot.index().checked_sub(FIELDS.len()).and_then(|index| FACTS.get(index))
}

/// The slot of a fact, by its id.
#[must_use]
pub fn find(id: &str) -> Option<Slot> {
    let place = FACTS_BY_ID.binary_search_by_key(&id, |index| FACTS[usize::from(*index)].id).ok()?;
    Some(Slot(FIELDS.len() as u16 + FACTS_BY_ID[place]))
}

/// The slot of a field, by its path.
#[must_use]
pub fn field(path: &str) -> Option<Slot> {
    let place = FIELDS_BY_PATH.binary_search_by_key(&path, |index| FIELDS[usize::from(*index)].path).ok()?;
    Some(Slot(FIELDS_BY_PATH[place]))
}

/// Date of the newest row: the date of the price book.
#[must_use]
pub fn date() -> &'static str {
    FACTS.iter().map(|fact| fact.date).filter(|date| date.len() == 10).max().unwrap_or("")
}

/// Who answers for a part, and so how much it weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Responsibility {
    /// The team runs it.
    SelfRun,
    /// The team configures and upgrades it; somebody else runs it.
    Managed,
    /// The team only uses it.
    Used,
}

/// Where a part stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Layer {
    /// It brings changes to where they run.
    Delivery,
    /// Requests pass it on their way to the application.
    Front,
    /// It runs the software.
    Application,
    /// It keeps data.
    Data,
    /// It is what all else runs on.
    Machines,
    /// It stands beside the product, and watches or helps.
    Beside,
}

/// What is known of a part.
#[derive(Clone, Debug)]
pub struct PartFacts {
    /// The part.
    pub part: Part,
    /// Stable name.
    pub id: &'static str,
    /// Name, in words.
    pub name: &'static str,
    /// Where it stands.
    pub layer: Layer,
    /// The skill that it takes.
    pub skill: &'static str,
    /// Who answers for it.
    pub responsibility: Responsibility,
    /// Whether it holds data that can be lost.
    pub stateful: bool,
    /// Whether only its provider has it, so that leaving the provider means replacing it.
    pub provider_specific: bool,
    /// What it cannot be without: of each list one.
    pub pulls_in: &'static [&'static [Part]],
    /// Forced upgrades a year and hours of one upgrade, where it is upgraded at all.
    pub upgrade: Option<(Slot, Slot)>,
}

const _: () = assert!(PARTS.len() <= u128::BITS as usize, "a bit for each part");

/// As its stable name.
impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.facts().id)
    }
}

impl Part {
    /// What is known of this part.
    #[must_use]
    pub fn facts(self) -> &'static PartFacts {
        &PARTS[self as usize]
    }
}

/// Something that a company may need, and the parts that meet it.
#[derive(Clone, Debug)]
pub struct Need {
    /// Stable name.
    pub id: &'static str,
    /// What is needed, in words.
    pub label: &'static str,
    /// What it means.
    pub doc: &'static str,
    /// Whether everybody needs it.
    pub always: bool,
    /// A scenario needs it if one of these fields is at least so much.
    pub when: &'static [(Slot, f64)],
    /// And only if all of these are.
    pub only_if: &'static [(Slot, f64)],
    /// The alternatives: all parts of one of them together meet the need.
    pub met_by: &'static [&'static [Part]],
}

/// One size of machine on a ladder.
#[derive(Clone, Debug)]
pub struct Machine {
    /// The seller's name for it.
    pub name: &'static str,
    /// Hardware threads (or virtual ones).
    pub vcpu: f64,
    /// Share of them that may be used all the time, where the seller throttles.
    pub usable_share: Option<Slot>,
    /// Memory.
    pub memory_gib: f64,
    /// What it can send, where the seller says so little that it may be what decides.
    pub port: Option<Slot>,
    /// The disk that it comes with, in GB, where none is sold by the GB.
    pub disk_gb: Option<f64>,
    /// Network interfaces and addresses on each, where they limit the pods on it.
    pub addresses: Option<(f64, f64)>,
    /// What it costs: facts and how often each is paid.
    pub cost: &'static [(Slot, f64)],
    /// What it costs with a standby, where it is a database that its seller runs.
    pub standby: Standby,
    /// A caveat.
    pub note: &'static str,
}

/// The price of a database with a standby, which its seller runs.
#[derive(Clone, Copy, Debug)]
pub enum Standby {
    /// As many times as much as without one as is usual.
    Multiple,
    /// A price of its own: facts and how often each is paid.
    At(&'static [(Slot, f64)]),
    /// This size is sold without one alone.
    NotSold,
}

impl Standby {
    /// The facts of a price of its own.
    #[must_use]
    pub fn prices(self) -> &'static [(Slot, f64)] {
        if let Self::At(prices) = self { prices } else { &[] }
    }
}

/// What a seller sells: the ladder or the fact in each role, empty where the role is not sold.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Stable name.
    pub id: &'static str,
    /// Name, in words.
    pub name: &'static str,
    /// Virtual machines, or instances of a platform.
    pub vm: &'static [Machine],
    /// Whole machines for code on one server.
    pub server: &'static [Machine],
    /// Whole machines for a fleet.
    pub metal: &'static [Machine],
    /// Managed databases, without standby.
    pub database: &'static [Machine],
    /// Storage of a managed database.
    pub database_storage: Option<Slot>,
    /// Storage of backups.
    pub backup_storage: Option<Slot>,
    /// Disks of virtual machines, where they are paid for apart.
    pub disk: Option<Slot>,
    /// The system's own disk, where a virtual machine comes without one.
    pub system_disk: Option<Slot>,
    /// Storage of files.
    pub object_storage: Option<Slot>,
    /// A load balancer.
    pub load_balancer: Option<Slot>,
    /// A GB through a load balancer.
    pub load_balancer_gb: Option<Slot>,
    /// A public address of a machine.
    pub ipv4: Option<Slot>,
    /// One of a load balancer, where it costs more than the balancer does.
    pub balancer_ipv4: Option<Slot>,
    /// Traffic free each month.
    pub egress_included: Option<Slot>,
    /// Traffic free each month with every machine.
    pub egress_included_per_machine: Option<Slot>,
    /// Traffic that one application may have each month, where more is not sold.
    pub egress_limit: Option<Slot>,
    /// Price of traffic, by the GB up to which it holds.
    pub egress: &'static [(f64, Slot)],
    /// A managed Kubernetes control plane.
    pub control_plane: Option<Slot>,
    /// A control plane on a version in extended support.
    pub control_plane_extended: Option<Slot>,
    /// A gateway through which private machines reach the internet.
    pub nat_hour: Option<Slot>,
    /// The same, where each machine behind it is charged.
    pub nat_machine_hour: Option<Slot>,
    /// A GB through it.
    pub nat_gb: Option<Slot>,
    /// A GB from zone to zone, in each direction.
    pub cross_zone_gb: Option<Slot>,
    /// A GB from region to region, where the price book has it: otherwise it is taken to cost what a GB to the internet does.
    pub between_regions_gb: Option<Slot>,
    /// A GB of container images.
    pub registry: Option<Slot>,
    /// Discount on machines that are committed for a year.
    pub commitment_discount: Option<Slot>,
    /// The support plan at least.
    pub support_minimum: Option<Slot>,
    /// The support plan's share of the bill.
    pub support_share: Option<Slot>,
    /// A workspace of a platform.
    pub workspace: Option<Slot>,
    /// Whether functions are sold.
    pub functions: bool,
    /// Whether the files are in several regions, at the price of one.
    pub files_in_regions: bool,
}

/// A content delivery network: it keeps copies near those who ask for them, and sends them in the servers' place.
#[derive(Clone, Debug)]
pub struct Cdn {
    /// Stable name.
    pub id: &'static str,
    /// Name, in words.
    pub name: &'static str,
    /// The provider that sells it, if one does: it fetches from that one's servers for nothing.
    pub seller: Option<&'static str>,
    /// Whether it is a feature of that provider's load balancer instead: paid for what it has a copy of, and the rest is the
    /// servers' traffic.
    pub at_balancer: bool,
    /// Traffic that is free, in GB a month.
    pub included_gb: Option<Slot>,
    /// Requests that are free, in millions a month.
    pub included_requests: Option<Slot>,
    /// Price of a million requests.
    pub million_requests: Option<Slot>,
    /// Price of a GB, by the GB a month up to which it holds.
    pub egress: &'static [(f64, Slot)],
    /// Plans that are paid for all of it: up to so many GB and so many millions of requests a month, and what a month costs.
    pub plans: &'static [(f64, f64, Slot)],
}

impl Cdn {
    /// Whether a seller of machines sells it too.
    #[must_use]
    pub fn is_of(&self, seller: &Provider) -> bool {
        self.seller == Some(seller.id)
    }
}
