//! Worked examples and reference values computed by others: vendors' price examples, Erlang tables, finance.
//! Each test names where its values come from.

use moving_parts::explain::Plain;
use moving_parts::facts::{Machine, PROVIDERS, slot};
use moving_parts::model::capacity::{erlang_b, erlang_c};
use moving_parts::model::{cluster, compute, prices};
use moving_parts::scenario::Scenario;

fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance, "{value} is not {expected} ± {tolerance}");
}

/// A published Erlang B table; a call-centre text (10 erlangs, 14 servers; 48 erlangs, 55 agents); a telephony example
/// (123 erlangs, 132 servers); the limit of Halfin and Whitt for square-root staffing at a factor of one.
#[test]
fn erlang_formulas_give_the_published_values() {
    near(erlang_b(5, 2.0), 0.0367, 6e-5);
    near(erlang_b(14, 10.0), 0.0568, 6e-5);
    near(erlang_b(132, 123.0), 0.0312, 6e-5);
    near(erlang_c(14, 10.0), 0.174, 6e-4);
    near(erlang_c(55, 48.0), 0.2387, 6e-4);
    near(erlang_c(132, 123.0), 0.3211, 6e-5);
    assert_eq!(erlang_c(1, 1.0), 1.0);
    assert_eq!(erlang_c(900, 1000.0), 1.0);
    near(erlang_c(10_100, 10_000.0), 0.22336, 0.002);
}

/// AWS, data transfer out of S3 and EC2: 62 TB in a month cost 5,263.27 dollars, with 1 GB free.
/// Infracost, data transfer from eu-west-1: 157,000 GB cost 921.60 + 3,481.60 + 7,168 + 170 dollars, with none free.
#[test]
fn traffic_is_priced_by_its_tiers() {
    let aws = &PROVIDERS[0];
    for (free, gb, expected) in [(1.0, 63_488.0, 5263.27), (0.1, 157_000.1, 11_741.2)] {
        let point = Scenario::from_link(&format!("v1&facts.aws.egress.free_gb={free}")).unwrap().likeliest();
        near(prices::egress(&Plain(&point), aws, gb, 0.0), expected, 0.011);
    }
}

/// Infracost, application load balancer: 730 hours and 1,000 GB cost 16.43 + 8 dollars.
/// Infracost, Lambda: 100,000 requests of 350 ms at 512 MB cost 0.02 + 0.29 dollars without the free tier.
#[test]
fn unit_prices_give_the_vendors_examples() {
    let point = Scenario::default().likeliest();
    let price = |at| prices::usd(&Plain(&point), at);
    near(price(slot::AWS_ALB_HOUR) + 1000.0 * price(slot::AWS_ALB_GB), 24.43, 0.011);
    let gb_seconds = 100_000.0 * 0.35 * 512.0 / 1024.0;
    near(gb_seconds * price(slot::AWS_LAMBDA_GB_SECOND), 0.29, 0.011);
    near(0.1 * price(slot::AWS_LAMBDA_REQUEST), 0.02, 1e-9);
}

/// GKE, node sizes: a node of 4 cores keeps 80 thousandths; EKS, nodeadm: 2 vCPU keep 70.
/// GKE's steps for memory: an 8 GiB node keeps 1.8 GiB before the eviction threshold.
#[test]
fn nodes_keep_what_the_documentation_says() {
    let point = Scenario::default().likeliest();
    near(cluster::reserved_vcpu(&Plain(&point), 4.0), 0.080, 1e-9);
    near(cluster::reserved_vcpu(&Plain(&point), 2.0), 0.070, 1e-9);
    near(cluster::reserved_gib(&Plain(&point), &machine(8.0, None)), 1.8, 1e-9);
}

/// A spreadsheet's PMT: 200,000 over 180 months at 0.075 / 12 a month is 1,854.0247 a month.
#[test]
fn a_level_payment_is_the_spreadsheet_s() {
    near(200_000.0 * compute::level_payment(0.075 / 12.0, 180.0, 1.0), 1_854.024_720_005_461_9, 1e-6);
    near(compute::level_payment(0.0, 48.0, 1.0), 1.0 / 48.0, 1e-15);
}

fn machine(memory_gib: f64, addresses: Option<(f64, f64)>) -> Machine {
    Machine { name: "a machine", vcpu: 2.0, usable_share: None, memory_gib, addresses, cost: &[], note: "" }
}
