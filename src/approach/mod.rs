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

use crate::explain::Trace;
use crate::model::Company;
use crate::model::complexity::Stack;
use crate::model::timeline::{Context, Design, Obstacle};
use serde::Serialize;

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

/// A variant: one law for what it is made of, one for what it runs on.
trait Describe {
    /// The parts it takes for this company.
    fn stack(company: &Company) -> Stack;
    /// Why it does not fit this company, whatever the numbers.
    fn barred(_: &Company) -> Option<Obstacle> {
        None
    }
    /// What it runs on and what keeping it takes, with an obstacle if the load is one.
    fn design<T: Trace>(context: &Context<T>) -> (Design<T::N>, Option<Obstacle>);
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

            /// The parts it takes for a company.
            #[must_use]
            pub fn stack(self, company: &Company) -> Stack {
                match self { $(Self::$name => <$law>::stack(company)),* }
            }

            /// Lays it out for a company at one point, with what stops it.
            pub fn design<T: Trace>(self, context: &Context<T>) -> (Design<T::N>, Vec<Obstacle>) {
                match self {
                    $(Self::$name => {
                        let (design, obstacle) = <$law>::design(context);
                        (design, <$law>::barred(context.company).into_iter().chain(obstacle).collect())
                    })*
                }
            }
        }
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
