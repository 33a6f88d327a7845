//! Laws of what leaves the machines, and of what stands in front of them.

use super::support::{feasible, in_month, near, of, outcome};
use moving_parts::approach::Variant;
use moving_parts::facts::Part;
use moving_parts::model::Obstacle;

#[test]
fn a_balancer_and_a_gateway_that_are_left_out_are_not_paid() {
    // Nothing leaves the servers, of which a balancer or a gateway would take its price by the GB.
    let company = "preset=steady-api&goals.redundancy=once&delivery.environments=1&workload.egressKbPerRequest=0\
                   &facts.aws.alb.hour=0.1&facts.aws.ipv4.hour=0.01&facts.aws.nat.hour=0.2";
    for variant in [Variant::ManagedKubernetes, Variant::MachineImages] {
        let network = |without: &str| in_month(&format!("{company}{without}"), variant, "lines.network", 1);
        let machines = of(company, variant, "fleet.machines");
        near(network(""), (0.1 + 0.01 + 0.2) * 730.0);
        near(network("&stack.without=managed-load-balancer"), 0.2 * 730.0);
        // Each machine has an address of its own then.
        near(network("&stack.without=cloud-network"), (0.1 + 0.01 + machines * 0.01) * 730.0);
    }
}

#[test]
fn a_balancer_is_bought_where_a_role_has_two_machines() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=1000&goals.redundancy=once\
                   &delivery.environments=1&workload.egressKbPerRequest=0&services.count=2&data.databaseGb=5\
                   &facts.aws.alb.hour=0.1&facts.aws.ipv4.hour=0";
    let has = |more: &str, variant| {
        let link = format!("{company}{more}");
        let network = in_month(&link, variant, "lines.network", 1);
        let part = outcome(&link, variant).stack.has(Part::ManagedLoadBalancer);
        assert_eq!(part, network >= 0.1 * 730.0, "{}{more}: {network}", variant.id());
        part
    };
    assert!(!has("", Variant::CloudVms), "a machine for each service");
    assert!(has("&goals.redundancy=twice", Variant::CloudVms));
    assert!(has("&workload.weeklyUsers=3e6", Variant::CloudVms), "more load than a machine of each service serves");
    assert!(has("&stack.with=managed-load-balancer", Variant::CloudVms), "it was asked for");
    // Machines that come and go are found through it.
    assert!(has("", Variant::MachineImages));
    // Without it the web server is what the name leads to.
    let stack = outcome(company, Variant::CloudVms).stack;
    assert!(stack.interfaces().contains(&(Part::DnsTls, Part::WebServer)), "{:?}", stack.interfaces());
}

#[test]
fn each_environment_has_a_balancer_and_a_gateway_of_its_own() {
    let usd = |environments: u8, said: &str| {
        let link = format!("preset=steady-api&finance.provider=aws&delivery.environments={environments}{said}");
        of(&link, Variant::ManagedKubernetes, "lines.environments")
    };
    assert_eq!(usd(1, ""), 0.0);
    near(usd(4, ""), 3.0 * usd(2, ""));
    for price in ["aws.alb.hour", "aws.nat.hour", "aws.ipv4.hour"] {
        let said = format!("&facts.{price}=0.5");
        assert!(usd(2, &said) > usd(2, ""), "{price}");
    }
}

#[test]
fn what_a_cache_answers_crosses_no_balancer() {
    let company = "preset=media-site&finance.provider=aws&goals.redundancy=twice&workload.cacheHitShare=";
    // Users are served the same traffic; a tenth of it comes from the servers.
    let network =
        |hits: f64, gb: f64| of(&format!("{company}{hits}&facts.aws.alb.gb={gb}"), Variant::CloudVms, "lines.network");
    let through = |hits: f64| network(hits, 1.008) - network(hits, 0.008);
    near(through(0.9), 0.1 * through(0.0));
}

/// A company whose traffic is large, and little else.
const SENDING: &str = "preset=media-site&workload.growth.phases=&workload.cacheHitShare=0&workload.activeShare=1\
                       &workload.peakToMean=2&workload.cpuMsPerRequest=0.01&workload.backgroundVcpu=0&services.count=1\
                       &data.stores=0&delivery.environments=1&finance.provider=hetzner&finance.host=hetzner\
                       &workload.weeklyUsers=1e6&workload.requestsPerUserWeek=100&facts.capacity.port_share=0.5\
                       &facts.vm.support_share=0.0001&facts.metal.support_share=0.0001&goals.redundancy=once";

/// What leaves the servers of that company at the peak, in Gbit/s, at so many kB a request.
fn sent_peak(kb: f64) -> f64 {
    1e6 * 100.0 / 604_800.0 * kb * 8.0 / 1e6 * 2.0
}

#[test]
fn there_are_as_many_machines_as_carry_the_peak_of_the_traffic() {
    let machines = |kb: f64, port: f64, variant| {
        let link = format!(
            "{SENDING}&workload.egressKbPerRequest={kb}&facts.hetzner.port={port}&facts.hetzner.cloud.port={port}"
        );
        of(&link, variant, "fleet.machines")
    };
    for variant in [Variant::LeasedMetal, Variant::CloudVms] {
        for (kb, port) in [(10_000.0, 1.0), (10_000.0, 4.0), (50_000.0, 1.0)] {
            near(machines(kb, port, variant), (sent_peak(kb) / (port * 0.5)).ceil());
        }
        // Traffic that any port carries decides nothing.
        near(machines(0.0, 1.0, variant), machines(0.0, 100.0, variant));
    }
    // Whose number follows the load have as many as the mean takes.
    for variant in [Variant::MachineImages, Variant::SelfRunKubernetes] {
        let (all, least) = (machines(50_000.0, 1.0, variant), sent_peak(50_000.0) / 2.0 / 0.5);
        assert!(all >= least * (1.0 - 1e-9), "{}: {all} of {least}", variant.id());
    }
}

#[test]
fn one_server_holds_what_its_port_carries() {
    let fits = |kb: f64| {
        feasible(
            &format!("{SENDING}&workload.egressKbPerRequest={kb}&facts.hetzner.cloud.port=1"),
            Variant::SingleServer,
        )
    };
    let most = 0.5 / sent_peak(1.0);
    assert!(fits(most * 0.999) && !fits(most * 1.001));
    let link = format!("{SENDING}&workload.egressKbPerRequest={}&facts.hetzner.cloud.port=1", most * 1.001);
    let obstacles = outcome(&link, Variant::SingleServer).obstacles;
    let Obstacle::TooLargeForOneMachine { month, needed_gbits, offered_gbits, .. } = obstacles[0] else {
        panic!("{obstacles:?}")
    };
    assert_eq!(month, 1);
    near(offered_gbits, 0.5);
    near(needed_gbits, 0.5 * 1.001);
}

#[test]
fn heroku_has_so_much_traffic_for_each_application() {
    let obstacles = |gb: f64, services: u32| {
        let requests = 1e6 * 100.0 * 730.0 / 168.0;
        let link = format!(
            "{SENDING}&finance.platform=heroku&services.count={services}&workload.egressKbPerRequest={}",
            gb * 1e6 / requests
        );
        outcome(&link, Variant::Paas).obstacles
    };
    assert!(obstacles(1999.0, 1).is_empty() && obstacles(5999.0, 3).is_empty());
    let many = obstacles(6001.0, 3);
    let Obstacle::TooMuchTraffic { month: 1, needed_gb, offered_gb } = many[0] else { panic!("{many:?}") };
    near(needed_gb, 6001.0);
    near(offered_gb, 6000.0);
}

#[test]
fn a_balancer_has_its_address_where_its_seller_counts_none() {
    let network = |more: &str| {
        let company = "preset=steady-api&finance.provider=gcp&delivery.environments=1&workload.egressKbPerRequest=0";
        in_month(&format!("{company}{more}"), Variant::CloudVms, "lines.network", 1)
    };
    let machines =
        of("preset=steady-api&finance.provider=gcp&delivery.environments=1", Variant::CloudVms, "fleet.machines");
    let dearer = network("&facts.gcp.ipv4.hour=0.105") - network("&facts.gcp.ipv4.hour=0.005");
    near(dearer, machines * 0.1 * 730.0);
}

#[test]
fn what_a_cache_answers_leaves_by_the_same_ports() {
    let company = "workload.weeklyUsers=5e6&workload.requestsPerUserWeek=500&workload.cpuMsPerRequest=0.01\
                   &workload.egressKbPerRequest=100&workload.cacheHitShare=";
    let machines = |share: &str| of(&format!("{company}{share}"), Variant::LeasedMetal, "fleet.machines");
    assert!(!feasible(&format!("{company}1"), Variant::SingleServer), "a petabyte a month through one port");
    near(machines("1"), machines("0"));
}

#[test]
fn traffic_inside_follows_what_the_servers_make_and_not_the_files_that_they_send() {
    let inside = |kb: f64, variant: Variant| {
        let link = |inside: u8| {
            format!(
                "preset=steady-api&goals.redundancy=twice&data.hosted=false&workload.egressKbPerRequest={kb}\
                 &facts.network.made_kb=200&facts.network.internal_ratio={inside}\
                 &delivery.environments=1"
            )
        };
        in_month(&link(4), variant, "lines.network", 1) - in_month(&link(2), variant, "lines.network", 1)
    };
    // Through gateways too; what a balancer passes on is all that is sent.
    let network = |kb: f64, more: &str| {
        let link = format!(
            "preset=steady-api&delivery.environments=1&workload.egressKbPerRequest={kb}&facts.network.made_kb=200{more}"
        );
        in_month(&link, Variant::ManagedKubernetes, "lines.network", 1)
    };
    let by = |kb: f64, fact: &str, from: f64, to: f64| {
        network(kb, &format!("&facts.{fact}={to}")) - network(kb, &format!("&facts.{fact}={from}"))
    };
    let gateways = |kb| by(kb, "network.nat_share", 0.1, 0.2);
    let balancer = |kb| by(kb, "aws.alb.gb", 0.008, 0.016);
    assert!(gateways(200.0) > 0.0 && balancer(200.0) > 0.0);
    near(gateways(20_000.0), gateways(200.0));
    near(balancer(20_000.0), 100.0 * balancer(200.0));
    for variant in [Variant::MachineImages, Variant::ManagedKubernetes] {
        assert!(inside(50.0, variant) > 0.0);
        near(inside(100.0, variant), 2.0 * inside(50.0, variant));
        near(inside(20_000.0, variant), inside(200.0, variant));
    }
}

#[test]
fn a_balancer_that_is_paid_by_the_gb_speaks_for_a_larger_machine() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=1e6&workload.requestsPerUserWeek=50\
                   &workload.cpuMsPerRequest=10&team.hourlyUsd=5&services.count=1&goals.redundancy=once&goals.availability=0.9\
                   &delivery.environments=1";
    let balanced = |kb: u32, of_gb: f64| {
        let link = format!("{company}&workload.egressKbPerRequest={kb}&facts.aws.alb.gb={of_gb}");
        outcome(&link, Variant::CloudVms).stack.has(Part::ManagedLoadBalancer)
    };
    assert!(balanced(1, 0.008), "where work is cheap, two machines are");
    assert!(!balanced(20_000, 0.008), "what they save, the balancer takes");
    assert!(balanced(20_000, 1e-6));
}
