//! A second site: what serves stands there once more, its data are sent there all the time, and it takes the requests when
//! the first one does not answer.

use super::bill::Network;
use super::capacity::Usage;
use super::database::DatabaseUsage;
use super::design::Layout;
use super::load::Load;
use super::practice::{Copies, Practice};
use super::prices::Egress;
use super::{Context, design, prices};
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// Whether what is worked with like this can stand at two sites: one machine is one machine.
#[must_use]
pub fn is_possible(practice: &Practice) -> bool {
    practice.copies != Copies::One
}

/// What a second site takes in any month.
pub struct Rates<N> {
    /// Its front, its gateways, its control plane and its copy of the files, a month.
    standing_usd: N,
    /// Share of the databases that is sent there in a month.
    sent_share: N,
    /// What a GB to there costs, where that is not what a GB to the internet costs.
    sent_gb_usd: Option<N>,
    egress: Egress<N>,
}

/// What a second site takes in a month.
#[derive(Clone, Copy, Debug)]
pub struct Site<N> {
    /// Machines there that the team looks after, those beside the ones that serve among them.
    pub machines: N,
    /// Machines and instances there that are monitored.
    pub monitored: N,
    /// What the machines of the application cost, and those beside.
    pub application_usd: N,
    /// What the machines of the databases cost.
    pub databases_usd: N,
    /// What disks and backups of the databases cost.
    pub disks_usd: N,
    /// All else that is paid there, and what is sent there.
    pub standing_usd: N,
}

/// What the application takes at a second site, where it follows the load and waits at its least: so many machines that the
/// team looks after, and what they cost a month.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<N> {
    /// Machines that the team looks after.
    pub machines: N,
    /// What they cost a month, with the instances that nobody looks after.
    pub usd: N,
}

impl<N: Number> Rates<N> {
    /// Reads it, for so many copies of every role at each site.
    pub fn of<T: Trace<N = N>>(context: &Context<T>, practice: &Practice, layout: &Layout<N>, copies: N) -> Self {
        let trace = &context.trace;
        let seller = layout.seller;
        let network = Network::of(context, practice, layout, copies);
        let files = seller.object_storage.or(seller.backup_storage).map_or(trace.constant(0.0), |at| {
            (trace.read(slot::DATA_OBJECT_STORAGE_GB) * prices::usd(trace, at)).named("files, once more", "USD/month")
        });
        let mut standing = network.balancer + network.gateways + files;
        if let Some(standard) = layout.control_plane {
            standing = standing + standard;
        }
        let days = trace.read(slot::CONST_HOURS_PER_MONTH) / 24.0;
        Self {
            standing_usd: standing.named("front, gateways, control plane and files of the second site", "USD/month"),
            sent_share: (trace.read(slot::SITE_CHANGED_SHARE) * days)
                .named("share of the databases sent to the second site in a month", "share/month"),
            sent_gb_usd: seller.between_regions_gb.map(|at| prices::usd(trace, at)),
            egress: Egress::new(trace, seller),
        }
    }

    /// What a month takes: of machines that are planned as many as at the first site, and of those that follow the load what
    /// waits; each database as often as at the first, where somebody is paid for its machines.
    pub fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        layout: &Layout<N>,
        load: &Load<N>,
        usage: &Usage<N>,
        base: Option<&DatabaseUsage<N>>,
    ) -> Site<N> {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let (serving, mut monitored, mut application_usd) = match layout.waiting {
            Some(Waiting { machines, usd }) => (machines, machines, usd),
            None => (usage.machines, usage.monitored, usage.usd + usage.platform_usd),
        };
        let mut machines = serving;
        let (mut databases_usd, mut disks_usd) = (zero, zero);
        if let (Some(databases), Some(base)) = (&layout.database, base) {
            machines = machines + base.machines;
            monitored = monitored + base.machines;
            databases_usd = databases.copied_usd(context, load, base);
            disks_usd = base.storage_usd;
        }
        if let Some((each, rent)) = layout.support {
            let beside = design::beside(machines, each, trace.constant(0.5));
            application_usd = application_usd + beside * rent;
            machines = machines + beside;
            monitored = monitored + beside;
        }
        let sent = (load.database_gb * self.sent_share).named_in("sent to the second site", "GB/month", load.month);
        let sent_usd = match (self.sent_gb_usd, layout.transit_usd_per_gb) {
            (Some(usd), _) | (None, Some(usd)) => sent * usd,
            (None, None) => {
                // What leaves beside what goes to the internet.
                let gb = context.demand.egress_gb * load.factor;
                let all = usage.machines + machines;
                self.egress.usd(trace, gb + sent, all) - self.egress.usd(trace, gb, all)
            }
        };
        Site {
            machines: machines.named_in("machines at the second site", "machines", load.month),
            monitored,
            application_usd,
            databases_usd,
            disks_usd,
            standing_usd: self.standing_usd + sent_usd,
        }
    }
}

impl<N: Number> Site<N> {
    /// All that is paid for it.
    pub fn usd(&self) -> N {
        self.application_usd + self.databases_usd + self.disks_usd + self.standing_usd
    }
}

impl<N: Number> Waiting<N> {
    /// What waits of an application that takes nothing until it is asked.
    pub fn nothing<T: Trace<N = N>>(trace: &T) -> Self {
        Self { machines: trace.constant(0.0), usd: trace.constant(0.0) }
    }
}

/// Hours a year in which the team tries out whether the second site serves.
pub fn drill_hours<T: Trace>(trace: &T) -> T::N {
    trace.read(slot::SITE_DRILL_HOURS)
}

/// Hours of setting a second site up, beside those of the first, its machines apart.
pub fn setup_hours<T: Trace>(trace: &T, layout: &Layout<T::N>) -> T::N {
    trace.read(layout.care.setup) * trace.read(slot::SITE_SETUP_SHARE)
}
