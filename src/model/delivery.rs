//! How fast a change reaches its users, who can put it there, and what else daily work is like.

use super::complexity::Stack;
use super::practice::{Deploy, Practice, Sharing};
use super::{Context, incidents};
use crate::explain::{Number, Trace};
use crate::facts::{Part, slot};

/// Working days of a month, over which deployments are spread.
const WORKING_DAYS_A_MONTH: f64 = 250.0 / 12.0;

/// How a variant feels to work with.
#[derive(Clone, Copy, Debug)]
pub struct Agility<N> {
    /// Hours from the start of a small change to its users.
    pub lead_time_hours: N,
    /// Hours of that which deploying takes.
    pub deploy_hours: N,
    /// Deployments a day that one pipeline can do.
    pub possible: N,
    /// Deployments a day that are done.
    pub deploys_a_day: N,
    /// Share of the deployments that fail.
    pub change_failure_rate: N,
    /// People who can put a change live.
    pub who_can_deploy: N,
    /// Seconds from saving a file to seeing it.
    pub loop_seconds: N,
    /// Copies of one service on a developer's machine.
    pub copies_on_laptop: N,
    /// Milliseconds of a request, queues apart.
    pub typical_ms: N,
    /// Milliseconds of a request that finds nothing running.
    pub cold_ms: N,
    /// Lines of configuration.
    pub config_lines: N,
    /// Hours of deploying, a month.
    pub deploying_hours: N,
    /// Hours of keeping configuration, a month.
    pub configuration_hours: N,
}

/// What follows from how a change reaches production.
pub fn agility<T: Trace>(
    context: &Context<T>,
    practice: &Practice,
    stack: &Stack,
    changes_a_year: T::N,
) -> Agility<T::N> {
    let trace = &context.trace;
    let read = |at| trace.read(at);
    let zero = trace.constant(0.0);
    let deploy = read(practice.deploy.minutes());
    let tested = stack.has(Part::ContinuousIntegration);
    let checks = if tested {
        (read(slot::DELIVERY_BUILD_MINUTES) + read(slot::DELIVERY_TEST_MINUTES)).named("build and tests", "minutes")
    } else {
        zero
    };
    // Without version control nobody can look at a change before it is live.
    let review = if stack.has(Part::VersionControl) && practice.deploy != Deploy::Upload {
        read(slot::DEPLOY_REVIEW_MINUTES)
    } else {
        zero
    };
    let day = read(slot::DEPLOY_WORKING_HOURS);
    // One thing after another: the slowest stage that cannot be shared bounds what a pipeline does. Pipelines of
    // services run beside each other; people who upload do too.
    let slowest = deploy.max(checks);
    let possible = (day * 60.0 / slowest).named("deployments a day that one pipeline can do", "deployments/day");
    let pipelines = match practice.deploy {
        Deploy::Upload => read(slot::TEAM_DEVELOPERS).max(trace.constant(1.0)),
        _ => read(slot::SERVICES_COUNT),
    };
    let possible = (possible * pipelines).named("deployments a day that are possible", "deployments/day");
    let deploys_a_day =
        possible.min(read(slot::DELIVERY_DEPLOYS_PER_DAY)).named("deployments a day", "deployments/day");
    let days = WORKING_DAYS_A_MONTH * 12.0;
    let batch = (changes_a_year / (deploys_a_day * days)).named("changes in a deployment", "changes");
    // A change is finished at any time of the interval between two deployments.
    let waiting = day / deploys_a_day / 2.0;
    let deploy_hours = (deploy / 60.0).named("hours of deploying", "hours");
    let lead = read(slot::DEPLOY_EDIT_MINUTES) / 60.0 + (checks + review) / 60.0 + waiting + deploy_hours;
    let good = incidents::failures_of_a_change(trace, practice).complement().pow(batch);

    let developers = read(slot::TEAM_DEVELOPERS) + read(slot::TEAM_OPS_PEOPLE);
    let others = if practice.deploy.onto_machines() { read(slot::TEAM_OTHERS_WHO_DEPLOY) } else { zero };

    let gib = read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0;
    let overhead = if practice.deploy == Deploy::Container {
        read(slot::LAPTOP_CONTAINER_OVERHEAD_GIB)
    } else {
        read(slot::LAPTOP_VM_OVERHEAD_GIB)
    };
    let room = (read(slot::LAPTOP_MEMORY_GIB) - read(slot::LAPTOP_HOST_GIB)).max(zero);
    let fit = room / (gib + overhead);
    let copies_on_laptop = fit.call("roundedDown", &[], f64::floor(fit.value()));

    let (typical_ms, cold_ms) = answers(trace, practice.deploy);

    let answered = f64::from(stack.self_run() + stack.managed());
    let config_lines = (read(slot::SERVICES_COUNT) * read(practice.deploy.lines_of_service())
        + read(slot::CONFIG_LINES_PART) * answered)
        .named("lines of configuration", "lines");
    let yearly = config_lines * read(slot::CONFIG_CHANGES_PER_YEAR) * read(slot::CONFIG_HOURS_PER_LINE);
    let deploying = deploys_a_day * WORKING_DAYS_A_MONTH * read(practice.deploy.work_minutes()) / 60.0;
    Agility {
        lead_time_hours: lead.named("lead time of a small change", "hours"),
        deploy_hours,
        possible,
        deploys_a_day,
        change_failure_rate: good.complement().named("deployments that fail", "share"),
        who_can_deploy: (developers + others).named("people who can deploy", "people"),
        loop_seconds: read(practice.deploy.loop_seconds()),
        copies_on_laptop: copies_on_laptop.named("copies on a developer’s machine", "copies"),
        typical_ms,
        cold_ms,
        config_lines,
        deploying_hours: deploying.named("hours for deployments", "hours/month"),
        configuration_hours: (yearly / 12.0).named("hours for configuration", "hours/month"),
    }
}

/// Milliseconds of a request, queues apart, and of one that finds nothing running (none where something always runs).
pub fn answers<T: Trace>(trace: &T, deploy: Deploy) -> (T::N, T::N) {
    let busy = trace.read(slot::WORKLOAD_CPU_MS_PER_REQUEST);
    let added = match deploy {
        Deploy::Upload => return (busy, trace.constant(0.0)),
        Deploy::Function => slot::LATENCY_FUNCTION_MS,
        _ => slot::LATENCY_PROXY_MS,
    };
    let typical = (busy + trace.read(added)).named("time to answer, queues apart", "ms");
    if deploy != Deploy::Function {
        return (typical, trace.constant(0.0));
    }
    let cold = typical + trace.read(slot::LATENCY_COLD_START_MS) + trace.read(slot::SERVICES_INIT_MS);
    (typical, cold.named("first answer after a pause", "ms"))
}

/// Hours a year that versions on the same hosts take: every pair of them collides.
pub fn conflict_hours<T: Trace>(trace: &T, sharing: Sharing) -> T::N {
    // No more versions than there are services and databases to have them.
    let things = trace.read(slot::SERVICES_COUNT) + trace.read(slot::DATA_STORES);
    let runtimes = trace.read(slot::SERVICES_RUNTIMES).min(things);
    let versions = match sharing {
        Sharing::All => runtimes,
        Sharing::PerHost => runtimes.min(trace.read(slot::SERVICES_SERVICES_PER_HOST)),
        Sharing::None => return trace.constant(0.0),
    };
    let pairs = (versions * (versions - 1.0) / 2.0).named("pairs of versions on a host", "pairs");
    (pairs * trace.read(slot::CONFLICTS_HOURS)).named("hours for versions that collide", "hours/year")
}
