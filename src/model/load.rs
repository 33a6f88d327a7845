//! How much there is to do: from users and requests to busy vCPU, month by month.

use super::capacity::Staffing;
use super::{Company, Context};
use crate::explain::{Number, Trace};
use crate::facts::slot;
use crate::order::rising;
use crate::point::Slot;

/// How many loads between quiet and peak stand for the hours of a month.
pub const LEVELS: usize = 4;

/// Seconds of a week, hours of a week.
const WEEK: (f64, f64) = (604_800.0, 168.0);

/// The load of the first month, before growth. CPU is in vCPU kept busy (erlangs).
#[derive(Clone, Copy, Debug)]
pub struct Demand<N> {
    /// Weekly users.
    pub users: N,
    /// Requests in a month.
    pub requests: N,
    /// Requests in a month that reach the servers.
    pub served: N,
    /// CPU of the application, mean over all hours.
    pub app_mean: N,
    /// CPU of the application at the peak, background work apart.
    pub app_peak: N,
    /// CPU of the databases, mean over all hours.
    pub db_mean: N,
    /// CPU of the databases at the peak.
    pub db_peak: N,
    /// CPU of background work.
    pub background: N,
    /// Share of a request's CPU that the databases spend.
    pub database_share: N,
    /// Traffic to the internet in a month.
    pub egress_gb: N,
    /// The part of it that comes from the servers and not from a cache.
    pub served_gb: N,
    /// Of these, GB a month of what the servers make for it, and not of files that are sent as they lie, in the first month.
    pub made_gb: N,
    /// What the servers send of it: what a cache beside them answers too, and of what a CDN sends what it had no copy of.
    pub sent_gb: N,
    /// What leaves the servers at the peak, in Gbit/s.
    pub sent_peak: N,
    /// Share of the hours that have traffic.
    pub active: N,
    /// Load in each quarter of the active hours, quiet to busy, over the peak.
    pub levels: [N; LEVELS],
}

/// The load of one month.
#[derive(Clone, Copy, Debug)]
pub struct Load<N> {
    /// Month, counted from 1.
    pub month: u16,
    /// Load over that of the first month.
    pub factor: N,
    /// CPU of the application, mean over all hours, background work included.
    pub app_mean: N,
    /// CPU of the application at the peak, background work included.
    pub app_peak: N,
    /// CPU of the databases, mean.
    pub db_mean: N,
    /// CPU of the databases at the peak.
    pub db_peak: N,
    /// CPU of the application for which a fleet is made whose number does not follow the load.
    pub app_planned: N,
    /// The same for all databases.
    pub db_planned: N,
    /// Cores of the application that would be in use if the load never varied.
    pub app_busy: N,
    /// The same for the databases.
    pub db_busy: N,
    /// CPU for which one of the databases is made.
    pub db_each: N,
    /// Cores of one of the databases so that few requests wait.
    pub db_each_cores: N,
    /// Size of all databases.
    pub database_gb: N,
}

impl<N: Number> Demand<N> {
    /// The load of the first month, with a CDN before the servers or not.
    pub fn new<T: Trace<N = N>>(trace: &T, behind_cdn: bool) -> Self {
        let read = |at| trace.read(at);
        let users = read(slot::WORKLOAD_WEEKLY_USERS);
        let weeks = (read(slot::CONST_HOURS_PER_MONTH) / WEEK.1).named("weeks in a month", "weeks/month");
        let per_week = users * read(slot::WORKLOAD_REQUESTS_PER_USER_WEEK);
        let requests = (per_week * weeks).named("requests in a month", "requests/month");
        let reaching = read(slot::WORKLOAD_CACHE_HIT_SHARE).complement();
        let cpu_seconds = read(slot::WORKLOAD_CPU_MS_PER_REQUEST) / 1000.0;
        let mean = (per_week * reaching * cpu_seconds / WEEK.0).named("vCPU kept busy by requests, mean", "vCPU");
        let active = read(slot::WORKLOAD_ACTIVE_SHARE);
        let peak_to_mean = read(slot::WORKLOAD_PEAK_TO_MEAN);
        let peak = (mean / active * peak_to_mean).named("vCPU kept busy by requests at the peak", "vCPU");
        // Without databases all work is the application's.
        let stores = read(slot::DATA_STORES).value() > 0.0;
        let db_share = if stores { read(slot::DATA_DATABASE_CPU_SHARE) } else { trace.constant(0.0) };
        let app_share = db_share.complement();
        let egress_gb = (requests * read(slot::WORKLOAD_EGRESS_KB_PER_REQUEST) / 1e6)
            .named("traffic to the internet in the first month", "GB/month");
        let served_gb = (egress_gb * reaching).named("traffic from the servers in the first month", "GB/month");
        let served = (requests * reaching).named("requests that reach the servers, a month", "requests/month");
        let made_kb = read(slot::WORKLOAD_EGRESS_KB_PER_REQUEST).min(read(slot::NETWORK_MADE_KB));
        let hours = read(slot::CONST_HOURS_PER_MONTH) * active;
        let sent_gb = if behind_cdn { served_gb } else { egress_gb };
        let sent_peak = (sent_gb * 8.0 / 3600.0 / hours * peak_to_mean)
            .named("traffic to the internet at the peak of the first month", "Gbit/s");
        Self {
            users,
            requests,
            served,
            app_mean: mean * app_share,
            app_peak: peak * app_share,
            db_mean: mean * db_share,
            db_peak: peak * db_share,
            background: read(slot::WORKLOAD_BACKGROUND_VCPU),
            database_share: db_share,
            egress_gb,
            served_gb,
            made_gb: (served * made_kb / 1e6)
                .named("traffic that the servers make, files apart, in the first month", "GB/month"),
            sent_gb,
            sent_peak,
            active,
            levels: levels(peak_to_mean),
        }
    }

    /// The load of a month that has `factor` times the first month's.
    pub fn at<T: Trace<N = N>>(&self, trace: &T, staffing: &Staffing<N>, month: u16, factor: N) -> Load<N> {
        let app_mean = (self.app_mean * factor + self.background).named_in("application load, mean", "vCPU", month);
        let db_mean = (self.db_mean * factor).named_in("database load, mean", "vCPU", month);
        let db_peak = (self.db_peak * factor).named_in("database load, peak", "vCPU", month);
        let app_peak = (self.app_peak * factor + self.background).named_in("application load, peak", "vCPU", month);
        let headroom = trace.read(slot::CAPACITY_FIXED_HEADROOM);
        // Background work comes steadily: no more is planned for it than it takes.
        let app_planned = (self.app_peak * factor * headroom + self.background).named_in(
            "application load planned for",
            "vCPU",
            month,
        );
        let db_planned = (db_peak * headroom).named_in("database load planned for", "vCPU", month);
        let stores = trace.read(slot::DATA_STORES);
        let (db_each, database_gb) = if stores.value() > 0.0 {
            let grown = trace.read(slot::DATA_GROWTH_GB_PER_MONTH) * f64::from(month - 1);
            (db_planned / stores, trace.read(slot::DATA_DATABASE_GB) + grown)
        } else {
            (db_planned, trace.constant(0.0))
        };
        Load {
            month,
            factor,
            app_mean,
            app_peak,
            db_mean,
            db_peak,
            app_planned,
            db_planned,
            app_busy: staffing.busy(app_mean),
            db_busy: staffing.busy(db_mean),
            db_each,
            db_each_cores: staffing.waiting(db_each),
            database_gb: database_gb.named_in("size of the databases", "GB", month),
        }
    }
}

impl<N: Number> Demand<N> {
    /// The levels that have to be served already when a new machine takes the minutes of the fact `lag` to serve: the
    /// load rises from its mean to its peak in so many hours, and never above the peak.
    pub fn levels_ahead<T: Trace<N = N>>(&self, trace: &T, lag: Slot) -> [N; LEVELS] {
        let one = trace.constant(1.0);
        let rise = one - one / trace.read(slot::WORKLOAD_PEAK_TO_MEAN);
        let ahead = (trace.read(lag) / 60.0 / trace.read(slot::LOAD_RAMP_HOURS) * rise)
            .named("rise of the load until new capacity serves, over the peak", "share");
        self.levels.map(|level| (level + ahead).min(one))
    }
}

impl<N: Number> Load<N> {
    /// What leaves for the internet at the peak of the month, in Gbit/s.
    pub fn sent_peak<T: Trace<N = N>>(&self, context: &Context<T>) -> N {
        (context.demand.sent_peak * self.factor).named_in("traffic to the internet at the peak", "Gbit/s", self.month)
    }

    /// The same, mean over all hours of the month.
    pub fn sent_mean<T: Trace<N = N>>(&self, context: &Context<T>) -> N {
        let mean = context.demand.active / context.trace.read(slot::WORKLOAD_PEAK_TO_MEAN);
        (self.sent_peak(context) * mean).named_in("traffic to the internet, mean", "Gbit/s", self.month)
    }
}

/// Services that grow alike: how many, and the load of each over the mean load of a service.
pub type Classes<N> = Vec<(N, N)>;

/// A load over the first month's that is smaller counts as none: what is divided by it would leave the range of numbers.
const LEAST_FACTOR: f64 = 1e-15;

/// The services that grow by factors of their own, and the mean factor of all services. Services that are not listed
/// keep their load. Nothing where all services grow alike.
pub fn classes<T: Trace>(trace: &T, company: &Company) -> (Classes<T::N>, Option<T::N>) {
    if company.classes.is_empty() {
        return (Vec::new(), None);
    }
    let one = trace.constant(1.0);
    let all = trace.read(slot::SERVICES_COUNT);
    let mut rest = all;
    let mut sum = trace.constant(0.0);
    let mut classes = Vec::with_capacity(company.classes.len() + 1);
    for class in &company.classes {
        // More services than there are cannot grow: what is listed beyond them is left out.
        let services = trace.read(class.services).min(rest);
        let factor = trace.read(class.factor);
        rest = rest - services;
        sum = sum + services * factor;
        classes.push((services, factor));
    }
    classes.push((rest, one));
    let mean = ((sum + rest) / all).named("mean factor of all services", "ratio");
    // With all load gone the shares say nothing; then every service has the same.
    let gone = mean.value() < LEAST_FACTOR;
    let relative = |factor: T::N| if gone { one } else { factor / mean };
    (classes.into_iter().map(|(services, factor)| (services, relative(factor))).collect(), Some(mean))
}

/// The load-duration curve as a power law: in the quietest share x of the hours the load is below peak · x^(r − 1),
/// whose mean is 1/r of the peak for a peak-to-mean ratio r. Cut into [`LEVELS`] equal shares of the hours, and scaled
/// so that the mean stays exact.
fn levels<N: Number>(peak_to_mean: N) -> [N; LEVELS] {
    let ratio = peak_to_mean.value();
    // Over the busiest level, which is 1 whatever the ratio: their sum cannot vanish.
    let busiest = LEVELS as f64 - 0.5;
    let raw: [f64; LEVELS] = std::array::from_fn(|level| libm::pow((level as f64 + 0.5) / busiest, ratio - 1.0));
    let sum: f64 = raw.iter().fold(0.0, |sum, level| sum + level);
    let labels = [
        "load in the quietest quarter of the hours, over the peak",
        "load in the second quarter of the hours, over the peak",
        "load in the third quarter of the hours, over the peak",
        "load in the busiest quarter of the hours, over the peak",
    ];
    // One name for each level: the level is no operand.
    let functions = ["loadDurationQuietest", "loadDurationSecond", "loadDurationThird", "loadDurationBusiest"];
    std::array::from_fn(|level| {
        peak_to_mean.call(functions[level], &[], raw[level] / sum * LEVELS as f64 / ratio).named(labels[level], "share")
    })
}

/// The load of each month over that of the first, through phases, steps and uneven growth.
pub fn path<T: Trace>(trace: &T, company: &Company, uneven: Option<T::N>) -> Vec<T::N> {
    let mut factors = Vec::with_capacity(company.months as usize);
    let mut level = trace.constant(1.0);
    let mut phase = 0;
    let mut phase_end = company.phase_months.first().copied().unwrap_or(0);
    for month in 1..=company.months {
        if month > 1 {
            while phase < company.phases.len() && month - 1 > phase_end {
                phase += 1;
                phase_end = phase_end.saturating_add(company.phase_months.get(phase).copied().unwrap_or(0));
            }
            if let Some(growing) = company.phases.get(phase) {
                level = level * (trace.read(growing.monthly_growth) + 1.0);
                level = level.named_in("load over the first month's, by growth", "ratio", month);
            }
        }
        let mut factor = level;
        for (step, start) in company.steps.iter().zip(&company.step_months) {
            if month >= *start {
                factor = factor * trace.read(step.factor);
            }
        }
        if let Some(mean) = uneven
            && month >= company.growth_month
        {
            factor = factor * mean;
        }
        let factor = if factor.value() < LEAST_FACTOR { trace.constant(0.0) } else { factor };
        factors.push(factor.named_in("load over the first month's", "ratio", month));
    }
    factors
}

/// The month with the highest load, the last of them, by its index.
pub fn busiest<N: Number>(path: &[N]) -> usize {
    let mut busiest = 0;
    for (index, factor) in path.iter().enumerate() {
        if factor.value() >= path[busiest].value() {
            busiest = index;
        }
    }
    busiest
}

/// Months that stand for all where a size is chosen for them, by their indices: by load, the middle one of each third. Of months
/// of the same load the later ones count as the larger, as data grow.
pub fn thirds<N: Number>(path: &[N]) -> [usize; 3] {
    let months = rising(&path.iter().map(|factor| factor.value()).collect::<Vec<f64>>());
    [1, 3, 5].map(|sixth| months[months.len() * sixth / 6])
}

/// The month whose load is nearest to the mean of all months, by its index.
pub fn typical<N: Number>(path: &[N]) -> usize {
    let mean = path.iter().fold(0.0, |sum, factor| sum + factor.value()) / path.len() as f64;
    let distance = |index: usize| f64::abs(path[index].value() - mean);
    (1..path.len()).fold(0, |nearest, index| if distance(index) < distance(nearest) { index } else { nearest })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_levels_have_the_mean_of_the_load() {
        for ratio in [1.0, 1.3, 2.0, 4.0, 10.0, 50.0] {
            let mean = levels(ratio).iter().sum::<f64>() / LEVELS as f64;
            assert!((mean * ratio - 1.0).abs() < 1e-12, "ratio {ratio}: mean {mean}");
        }
    }
}
