//! How a variant is worked with: what decides recovery, lead time, who may deploy, and what moving to it takes.

use super::{Company, Policy};
use crate::explain::{Number, Trace};
use crate::facts::slot;
use crate::point::Slot;

/// How a change reaches production. It is also what the software is made into, which decides what a move takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deploy {
    /// Changed files are uploaded.
    Upload,
    /// A script puts a version on every machine.
    Script,
    /// It is pushed to a platform.
    Push,
    /// An image of a machine is baked, and machines are replaced.
    Image,
    /// An image of a container is built and rolled out.
    Container,
    /// Functions are published.
    Function,
}

impl Deploy {
    /// Minutes of one deployment.
    #[must_use]
    pub const fn minutes(self) -> Slot {
        match self {
            Self::Upload => slot::DEPLOY_UPLOAD_MINUTES,
            Self::Script => slot::DEPLOY_SCRIPT_MINUTES,
            Self::Push => slot::DEPLOY_PUSH_MINUTES,
            Self::Image => slot::DEPLOY_IMAGE_MINUTES,
            Self::Container => slot::DEPLOY_CONTAINER_MINUTES,
            Self::Function => slot::DEPLOY_FUNCTION_MINUTES,
        }
    }

    /// Minutes of work that one deployment takes.
    #[must_use]
    pub const fn work_minutes(self) -> Slot {
        match self {
            Self::Upload => slot::DEPLOY_UPLOAD_WORK_MINUTES,
            Self::Script => slot::DEPLOY_ATTENDED_MINUTES,
            _ => slot::DEPLOY_WATCHED_MINUTES,
        }
    }

    /// Hours until a bad change is undone.
    #[must_use]
    pub const fn undo_hours(self) -> Slot {
        if matches!(self, Self::Upload) { slot::RECOVERY_UPLOAD } else { slot::RECOVERY_ROLLBACK }
    }

    /// Hours of work that a bad change takes.
    #[must_use]
    pub const fn undo_work_hours(self) -> Slot {
        if matches!(self, Self::Upload) { slot::INCIDENT_HOURS_UPLOAD } else { slot::INCIDENT_HOURS_ROLLBACK }
    }

    /// Seconds from saving a file to seeing it.
    #[must_use]
    pub const fn loop_seconds(self) -> Slot {
        match self {
            Self::Upload | Self::Script => slot::LOOP_RELOAD_SECONDS,
            Self::Push | Self::Image => slot::LOOP_VM_SECONDS,
            Self::Container => slot::LOOP_CONTAINER_SECONDS,
            Self::Function => slot::LOOP_FUNCTION_SECONDS,
        }
    }

    /// Lines of configuration of one service.
    #[must_use]
    pub const fn lines_of_service(self) -> Slot {
        match self {
            Self::Upload => slot::CONFIG_LINES_SERVICE_SERVER,
            Self::Script => slot::CONFIG_LINES_SERVICE_SCRIPT,
            Self::Push => slot::CONFIG_LINES_SERVICE_PLATFORM,
            Self::Image => slot::CONFIG_LINES_SERVICE_IMAGE,
            Self::Container => slot::CONFIG_LINES_SERVICE_CONTAINER,
            Self::Function => slot::CONFIG_LINES_SERVICE_FUNCTION,
        }
    }

    /// Whether the software is installed on machines as they are: moving between such ways changes machines only, and
    /// somebody who is no developer can put a change live.
    #[must_use]
    pub const fn onto_machines(self) -> bool {
        matches!(self, Self::Upload | Self::Script)
    }
}

/// Where the machines stand, and so what can take all of them away at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One data centre.
    DataCentre,
    /// Zones of a region of a cloud: as many as there are copies.
    Zones,
    /// A platform, on a region of a cloud.
    Platform,
    /// A service of functions in all zones of a region.
    Functions,
}

/// What happens to a machine that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repair {
    /// Somebody swaps or repairs it.
    ByHand,
    /// The provider starts it again.
    ByProvider,
    /// It is replaced by another from its image.
    Replaced,
}

/// Who decides whether roles run twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copies {
    /// There is one machine.
    One,
    /// Every role runs twice: that is what the approach is.
    Two,
    /// The company.
    AsItPays,
    /// The company, of the databases: nothing else runs as copies.
    OfDatabases,
}

/// Which services share a host, so that their versions can collide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// All of them.
    All,
    /// As many as the company puts on a VM.
    PerHost,
    /// None: each brings its own.
    None,
}

impl Sharing {
    /// Services that share a host; none where each is kept apart.
    pub fn services_on_a_host<T: Trace>(self, trace: &T) -> Option<T::N> {
        let services = trace.read(slot::SERVICES_COUNT);
        match self {
            Self::All => Some(services),
            Self::PerHost => Some(services.min(trace.read(slot::SERVICES_SERVICES_PER_HOST))),
            Self::None => None,
        }
    }
}

impl Practice {
    /// Who decides whether somebody is on call.
    #[must_use]
    pub fn on_call_policy(&self, company: &Company) -> Policy {
        match company.on_call {
            Policy::AsItPays if !self.on_call => Policy::Never,
            policy => policy,
        }
    }
}

/// How a variant is worked with.
#[derive(Clone, Copy, Debug)]
pub struct Practice {
    /// How a change reaches production.
    pub deploy: Deploy,
    /// Where the machines stand.
    pub place: Place,
    /// What happens to a machine that fails.
    pub repair: Repair,
    /// Whether roles run twice.
    pub copies: Copies,
    /// Which services share a host.
    pub sharing: Sharing,
    /// Whether a developer's machine is like production.
    pub parity: bool,
    /// Whether somebody may be on call as it pays; otherwise only if the company says so outright.
    pub on_call: bool,
    /// Whether machines may reach the internet through a gateway.
    pub private_network: bool,
    /// Whether the databases run inside a cluster.
    pub database_in_cluster: bool,
}
