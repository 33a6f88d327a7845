//! A second site: what serves stands there once more, its data are sent there all the time, and it takes the requests when
//! the first one does not answer.

use super::bill::Network;
use super::capacity::Usage;
use super::database::DatabaseUsage;
use super::layout::{self, Layout};
use super::load::Load;
use super::practice::{Copies, Practice};
use super::prices::Egress;
use super::{Company, Context, Policy, cdn, cluster, prices};
use crate::explain::{Number, Trace};
use crate::facts::{Part, slot};

/// Who decides whether a company has a second site for what is worked with like this: one machine is one machine, and without
/// what leads requests there nothing takes over.
#[must_use]
pub fn policy(company: &Company, practice: &Practice) -> Policy {
    if practice.copies == Copies::One || company.leaves_out(Part::SiteSteering) {
        return Policy::Never;
    }
    company.second_site
}

/// What a second site takes in any month.
pub struct Rates<N> {
    /// Its front, its gateways and its copy of the files, a month.
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
    /// What the machines of the application cost, with those of a control plane of the team's own.
    pub application_usd: N,
    /// What the machines beside these cost.
    pub beside_usd: N,
    /// What the machines of the databases cost.
    pub databases_usd: N,
    /// What the disks of the databases cost, and what is sent from those at the first site.
    pub kept_usd: N,
    /// Front, gateways, control plane and files.
    pub standing_usd: N,
}

/// What the application takes at a second site, where it follows the load and waits at its least: so many machines that the
/// team looks after, and what they cost a month.
#[derive(Clone, Copy, Debug)]
pub struct Waiting<N> {
    /// Machines that the team looks after.
    pub machines: N,
    /// What they cost a month.
    pub usd: N,
}

impl<N: Number> Rates<N> {
    /// Reads it, for so many copies of every role at each site.
    pub fn of<T: Trace<N = N>>(context: &Context<T>, practice: &Practice, layout: &Layout<N>, copies: N) -> Self {
        let trace = &context.trace;
        let seller = layout.seller;
        let network = Network::of(context, practice, layout, copies);
        let files = seller.object_storage.or(seller.backup_storage).filter(|_| !seller.files_in_regions);
        let files = files.map_or(trace.constant(0.0), |at| {
            (trace.read(slot::DATA_OBJECT_STORAGE_GB) * prices::usd(trace, at)).named("files, once more", "USD/month")
        });
        let standing = network.balancer + network.gateways + files;
        let days = trace.read(slot::CONST_HOURS_PER_MONTH) / 24.0;
        // Who sells the databases sends what is written to them.
        let sender = if layout.database_elsewhere(context.company) {
            context.company.database_provider.unwrap_or(seller)
        } else {
            seller
        };
        Self {
            standing_usd: standing.named("front, gateways and files of the second site", "USD/month"),
            sent_share: (trace.read(slot::SITE_CHANGED_SHARE) * days)
                .named("share of the databases sent to the second site in a month", "share/month"),
            sent_gb_usd: sender.between_regions_gb.map(|at| prices::usd(trace, at)),
            egress: Egress::new(trace, sender),
        }
    }

    /// What a month takes beside so many `machines` at the first site: of machines that are planned as many again, and of those
    /// that follow the load what waits; each database as often as at the first, where somebody is paid for its machines.
    pub fn month<T: Trace<N = N>>(
        &self,
        context: &Context<T>,
        layout: &Layout<N>,
        load: &Load<N>,
        (usage, base): (&Usage<N>, Option<&DatabaseUsage<N>>),
        machines: N,
    ) -> Site<N> {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let (serving, watched, application_usd) = match layout.waiting {
            Some(Waiting { machines, usd }) => (machines, machines, usd),
            None => (usage.machines, usage.monitored, usage.usd + usage.platform_usd),
        };
        let mut there = Site {
            machines: serving,
            monitored: watched,
            application_usd,
            beside_usd: zero,
            databases_usd: zero,
            kept_usd: zero,
            standing_usd: self.standing_usd,
        };
        if let (Some(databases), Some(base)) = (&layout.database, base) {
            there.machines = there.machines + base.machines;
            there.monitored = there.monitored + base.machines;
            there.databases_usd = databases.copied_usd(context, load, base);
            there.kept_usd = base.disks_usd;
        }
        if let Some((each, rent)) = layout.support {
            let beside = layout::beside(there.machines, each, trace.constant(0.5));
            there.beside_usd = beside * rent;
            there.machines = there.machines + beside;
            there.monitored = there.monitored + beside;
        }
        if let Some(standard) = layout.control_plane {
            let extended = layout.seller.control_plane_extended;
            there.standing_usd =
                there.standing_usd + cluster::control_plane_usd(context, standard, extended, load.month);
        }
        let sent = (load.database_gb * self.sent_share).named_in("sent to the second site", "GB/month", load.month);
        let sent_usd = match (self.sent_gb_usd, layout.transit_usd_per_gb) {
            (Some(usd), _) | (None, Some(usd)) => sent * usd,
            (None, None) => {
                // What leaves beside what goes to the internet.
                let gb = cdn::to_internet_gb(context, layout.seller, load).unwrap_or(zero);
                let all = machines + there.machines;
                self.egress.usd(trace, gb + sent, all) - self.egress.usd(trace, gb, all)
            }
        };
        let sent_usd = sent_usd.named_in("sending data to the second site", "USD/month", load.month);
        there.kept_usd = there.kept_usd + sent_usd;
        Site { machines: there.machines.named_in("machines at the second site", "machines", load.month), ..there }
    }
}

impl<N: Number> Site<N> {
    /// What its machines cost.
    pub fn machines_usd(&self) -> N {
        self.application_usd + self.beside_usd + self.databases_usd
    }

    /// All that is paid for it.
    pub fn usd(&self) -> N {
        self.machines_usd() + self.kept_usd + self.standing_usd
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
