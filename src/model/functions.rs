//! What functions cost: milliseconds times memory, requests, the gateway in front, and their logs.

use super::capacity::Usage;
use super::compute::{Compute, too_large};
use super::design::Obstacle;
use super::load::Load;
use super::{Context, prices};
use crate::explain::{Number, Trace};
use crate::facts::slot;

/// GB-seconds up to which each of the first two prices holds; the third has no limit.
const TIERS: [f64; 2] = [6e9, 15e9];

/// Prices of functions.
#[derive(Debug)]
pub struct Functions<N> {
    /// GB-seconds of one request that reaches the functions.
    gb_seconds_per_request: N,
    /// GB-seconds a month of background work.
    background_gb_seconds: N,
    free_gb_seconds: N,
    free_requests: N,
    usd_per_gb_second: [N; 3],
    usd_per_million: N,
    gateway_usd_per_million: N,
    /// GB of logs that one request leaves.
    log_gb_per_request: N,
    free_log_gb: N,
    usd_per_log_gb: N,
}

/// Functions at the prices of the price book.
pub fn functions<T: Trace>(context: &Context<T>) -> (Compute<T::N>, Option<Obstacle>) {
    let trace = &context.trace;
    let one_vcpu =
        (trace.read(slot::AWS_LAMBDA_MB_PER_VCPU) / 1024.0).named("memory of a function with one vCPU", "GB");
    let asked = trace.read(slot::WORKLOAD_MEMORY_MB_PER_SERVICE) / 1024.0;
    let seconds = trace.read(slot::WORKLOAD_CPU_MS_PER_REQUEST) / 1000.0;
    let waiting = context.demand.database_share;
    // CPU comes with memory: a function with less than one vCPU runs longer for the same GB-seconds. While it waits
    // for the database, or for others, it pays for the memory that it asked for.
    let busy = seconds * waiting.complement() * one_vcpu.max(asked);
    let others = trace.read(slot::WORKLOAD_WAIT_MS_PER_REQUEST) / 1000.0;
    let idle = (seconds * waiting + others) * asked;
    let hours = trace.read(slot::CONST_HOURS_PER_MONTH);
    let most = trace.read(slot::AWS_LAMBDA_MEMORY_MAX).value() / 1024.0;
    let functions = Functions {
        gb_seconds_per_request: (busy + idle).named("GB-seconds of one request", "GB-seconds"),
        background_gb_seconds: (context.demand.background * hours * 3600.0 * one_vcpu)
            .named("GB-seconds of background work", "GB-seconds/month"),
        free_gb_seconds: trace.read(slot::AWS_LAMBDA_FREE_GB_SECONDS),
        free_requests: trace.read(slot::AWS_LAMBDA_FREE_REQUESTS),
        usd_per_gb_second: [slot::AWS_LAMBDA_GB_SECOND, slot::AWS_LAMBDA_GB_SECOND_T2, slot::AWS_LAMBDA_GB_SECOND_T3]
            .map(|at| trace.read(at)),
        usd_per_million: trace.read(slot::AWS_LAMBDA_REQUEST),
        gateway_usd_per_million: trace.read(slot::AWS_APIGW_HTTP),
        log_gb_per_request: (trace.read(slot::FUNCTIONS_LOG_KB) / 1e6).named("log of one request", "GB/request"),
        free_log_gb: trace.read(slot::AWS_LOGS_FREE_GB),
        usd_per_log_gb: trace.read(slot::AWS_LOGS_INGEST),
    };
    (Compute::Functions(functions), too_large(asked.value(), most))
}

impl<N: Number> Functions<N> {
    /// What a month of a load costs.
    pub fn month<T: Trace<N = N>>(&self, context: &Context<T>, load: &Load<N>) -> Usage<N> {
        let trace = &context.trace;
        let zero = trace.constant(0.0);
        let requests =
            (context.demand.served * load.factor).named_in("requests to functions", "requests/month", load.month);
        let gb_seconds = (requests * self.gb_seconds_per_request + self.background_gb_seconds).named_in(
            "GB-seconds",
            "GB-seconds/month",
            load.month,
        );
        let gateway = requests / 1e6 * self.gateway_usd_per_million;
        let logs = (requests * self.log_gb_per_request - self.free_log_gb).max(zero) * self.usd_per_log_gb;
        let logs = logs.named_in("logs", "USD/month", load.month);
        let usd = self.bill(trace, requests, gb_seconds) + gateway + logs;
        Usage {
            machines: zero,
            monitored: zero,
            usd: usd.named_in("functions", "USD/month", load.month),
            platform_usd: zero,
            used: trace.constant(1.0),
        }
    }

    /// What so many requests and GB-seconds cost, gateway and logs apart.
    pub fn bill<T: Trace<N = N>>(&self, trace: &T, requests: N, gb_seconds: N) -> N {
        let zero = trace.constant(0.0);
        let paid = (gb_seconds - self.free_gb_seconds).max(zero);
        let [first, second, third] = self.usd_per_gb_second;
        let tiers = [(TIERS[0], first), (TIERS[1], second), (f64::INFINITY, third)];
        let compute = prices::tiered(trace, zero, paid, &tiers);
        let calls = (requests - self.free_requests).max(zero) / 1e6 * self.usd_per_million;
        compute + calls
    }
}
