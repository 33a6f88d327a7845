//! What each variant is made of: its parts, what it runs on, what it takes to keep. One file a variant.

mod cloud_vms;
mod functions;
mod layout;
mod leased_metal;
mod machine_images;
mod managed_kubernetes;
mod owned_metal;
mod paas;
mod self_run_kubernetes;
mod single_server;
mod stack;

use crate::explain::{Number, Trace};
use crate::facts::Part;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::practice::{Copies, Practice};
use crate::model::{Choice, Context, Design, Layout, Obstacle, Policy, Roles, Shape};
use serde::{Serialize, Serializer};
pub use stack::{SITE_INTERFACES, cdn_interfaces};

/// One of the essay's four ways to run software.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Approach {
    /// Code put on a server.
    Server,
    /// Bare metal with redundancy.
    Metal,
    /// Virtual machines, and platforms built on them.
    Vms,
    /// Terraform and Packer, Docker and Kubernetes, functions.
    Cloud,
}

/// A variant: how it is worked with, what it is made of, what it runs on.
trait Describe {
    /// How it is worked with.
    const PRACTICE: Practice;
    /// The interfaces of its parts, if it has all of them.
    const INTERFACES: &'static [(Part, Part)];

    /// The parts it takes for this company, in this shape.
    fn stack(company: &Company, shape: Shape) -> Stack;
    /// Why it does not fit this company, whatever the numbers.
    fn barred(_: &Company) -> Option<Obstacle> {
        None
    }
    /// What it runs on, and what keeping it takes, with an obstacle if the load is one.
    fn layout<T: Trace>(context: &Context<T>, roles: Roles<T::N>) -> (Layout<T::N>, Option<Obstacle>);
}

/// Lays a variant out, with as many copies of every role as it has by nature, as the company says, or as it pays; and on
/// smaller machines than the cheapest, of which the load takes two for each role, if these pay.
fn lay_out<L: Describe, T: Trace>(context: &Context<T>, variant: Variant) -> (Design<T::N>, Vec<Obstacle>) {
    let policy = match L::PRACTICE.copies {
        Copies::One => Policy::Never,
        Copies::Two => Policy::Always,
        Copies::AsItPays => context.company.redundancy,
        Copies::OfDatabases => context.company.standby,
    };
    let wanted: &[f64] = match policy {
        Policy::Never => &[1.0],
        Policy::Always => &[2.0],
        Policy::AsItPays => &[1.0, 2.0],
    };
    let mut layouts = Vec::with_capacity(3);
    let mut obstacles = Vec::with_capacity(3);
    let mut add = |roles| {
        let (layout, obstacle) = L::layout(context, roles);
        let may_spread = layout.compute.may_spread();
        layouts.push((roles, layout));
        obstacles.push(obstacle);
        may_spread
    };
    for copies in wanted {
        let copies = context.trace.constant(*copies).named("copies of every role", "copies");
        if add(Roles { copies, spread: false }) {
            add(Roles { copies, spread: true });
        }
    }
    let choice = Choice::of(context, variant, &layouts);
    let obstacle = obstacles[choice.layout];
    let layout = if T::RECORDS {
        // Once more, so that every figure that follows from the choice says so.
        L::layout(context, Roles { copies: choice.copies, ..layouts[choice.layout].0 }).0
    } else {
        layouts.swap_remove(choice.layout).1
    };
    let design = choice.design(context, L::PRACTICE, layout);
    let [copy, site] = design.demands_missed(context);
    let (missed, cold) = (design.goals_missed(context), design.cold_start(context));
    (design, [L::barred(context.company), obstacle, copy, site, missed, cold].into_iter().flatten().collect())
}

macro_rules! variants {
    ($($(#[$doc:meta])* $name:ident, $approach:ident, $id:literal, $label:literal, $law:path;)*) => {
        /// A concrete way of doing an approach.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Variant { $($(#[$doc])* $name),* }

        impl Variant {
            /// All variants, in the order in which they are always shown.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
            /// How many there are.
            pub const COUNT: usize = Self::ALL.len();

            /// Stable name.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// Name, in words.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }

            /// The approach it belongs to.
            #[must_use]
            pub const fn approach(self) -> Approach {
                match self { $(Self::$name => Approach::$approach),* }
            }

            /// How it is worked with.
            #[must_use]
            pub const fn practice(self) -> Practice {
                match self { $(Self::$name => <$law>::PRACTICE),* }
            }

            /// The parts it takes for a company, in a shape.
            #[must_use]
            pub fn stack(self, company: &Company, shape: Shape) -> Stack {
                let stack = match self { $(Self::$name => <$law>::stack(company, shape)),* };
                let mut stack = stack::at_two_sites(stack, shape);
                if !(company.with.is_empty() && company.without.is_empty()) {
                    stack = stack::toggled(stack, company, &[stack::SITE_INTERFACES, $(<$law>::INTERFACES),*]);
                }
                stack::behind_cdn(stack, company)
            }

            /// The interfaces of its parts, if it has all of them.
            #[must_use]
            pub const fn interfaces(self) -> &'static [(Part, Part)] {
                match self { $(Self::$name => <$law>::INTERFACES),* }
            }

            /// Lays it out for a company at one point, with what stops it.
            pub fn design<T: Trace>(self, context: &Context<T>) -> (Design<T::N>, Vec<Obstacle>) {
                match self { $(Self::$name => lay_out::<$law, T>(context, self)),* }
            }
        }

        /// What may run today: nothing, or a variant.
        pub(crate) static CURRENT_IDS: &[&str] = &["none", $($id),*];
    };
}

variants! {
    /// Code, web server and database on one rented server.
    SingleServer, Server, "single-server", "single server", single_server::SingleServer;
    /// Rented whole machines, every role twice.
    LeasedMetal, Metal, "leased-metal", "leased bare metal", leased_metal::LeasedMetal;
    /// Bought machines in colocation, every role twice.
    OwnedMetal, Metal, "owned-metal", "owned bare metal", owned_metal::OwnedMetal;
    /// VMs that a configuration tool keeps in shape.
    CloudVms, Vms, "cloud-vms", "cloud VMs", cloud_vms::CloudVms;
    /// A platform that runs what is pushed to it.
    Paas, Vms, "paas", "PaaS", paas::Paas;
    /// Terraform and Packer: images in autoscaling groups.
    MachineImages, Cloud, "machine-images", "machine images", machine_images::MachineImages;
    /// Kubernetes whose control plane the provider runs.
    ManagedKubernetes, Cloud, "managed-kubernetes", "managed Kubernetes", managed_kubernetes::ManagedKubernetes;
    /// Kubernetes that the team runs, its database inside.
    SelfRunKubernetes, Cloud, "self-run-kubernetes", "self-run Kubernetes", self_run_kubernetes::SelfRunKubernetes;
    /// Functions that the provider starts for each request.
    Functions, Cloud, "functions", "functions", functions::Functions;
}

/// As its stable name.
impl Serialize for Variant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl Variant {
    /// A variant, by its name.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|variant| variant.id() == id)
    }

    /// Its index in [`ALL`](Self::ALL).
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}
