//! Laws of the bill and of the work, each on a company on which it shows alone.

use moving_parts::approach::Variant;
use moving_parts::facts::Part;
use moving_parts::model::Obstacle;
use moving_parts::question::compare::{Outcome, compare};
use moving_parts::question::explain::explain;
use moving_parts::scenario::Scenario;

fn scenario(link: &str) -> Scenario {
    Scenario::from_link(&format!("v1&{link}")).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

fn outcome(link: &str, variant: Variant) -> Outcome {
    compare(&scenario(link)).outcomes.swap_remove(variant.index())
}

fn of(link: &str, variant: Variant, id: &str) -> f64 {
    outcome(link, variant).metric(id).unwrap_or_else(|| panic!("{id} is a metric"))
}

fn in_month(link: &str, variant: Variant, id: &str, month: u16) -> f64 {
    explain(&scenario(link), variant.id(), &[id], Some(month)).expect("a line has months").steps[0].value
}

fn near(value: f64, expected: f64) {
    assert!((value - expected).abs() <= 1e-9 * expected.abs().max(1e-9), "{value} is not {expected}");
}

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

/// A company whose load takes hundreds of machines, and little else.
const LARGE: &str = "preset=steady-api&workload.weeklyUsers=5e7&workload.growth.phases=&data.stores=0&services.count=1\
                     &delivery.environments=1&facts.vm.support_share=0.0001&goals.redundancy=once";

fn feasible(link: &str, variant: Variant) -> bool {
    outcome(link, variant).obstacles.is_empty()
}

#[test]
fn a_fleet_is_made_of_modest_machines_and_of_larger_ones_where_a_service_needs_them() {
    for variant in [Variant::CloudVms, Variant::MachineImages, Variant::ManagedKubernetes] {
        let machines = |most: u32| of(&format!("{LARGE}&facts.capacity.fleet_vcpu={most}"), variant, "fleet.machines");
        let (small, large) = (machines(8), machines(16));
        assert!(small > 50.0, "{}: {small}", variant.id());
        assert!((small / large - 2.0).abs() < 0.15, "{}: {small} of 8 vCPU, {large} of 16", variant.id());
        // More memory than any machine of 8 vCPU has.
        assert!(feasible(&format!("{LARGE}&facts.capacity.fleet_vcpu=8&workload.memoryMbPerService=50000"), variant));
    }
}

#[test]
fn virtual_machines_set_by_hand_have_a_headroom_of_their_own() {
    let machines =
        |fact: &str, variant: Variant| of(&format!("{LARGE}&facts.capacity.{fact}"), variant, "fleet.machines");
    let [less, more] = ["vm_headroom=1.2", "vm_headroom=2.4"].map(|fact| machines(fact, Variant::CloudVms));
    assert!((more / less - 2.0).abs() < 0.05, "{less} and {more}");
    for variant in [Variant::LeasedMetal, Variant::MachineImages] {
        near(machines("vm_headroom=1.2", variant), machines("vm_headroom=2.4", variant));
    }
    let [less, more] = ["fixed_headroom=1.2", "fixed_headroom=2.4"].map(|fact| machines(fact, Variant::CloudVms));
    near(less, more);
}

#[test]
fn without_databases_nothing_is_bought_or_done_for_one() {
    let company = "preset=series-b-b2b&data.stores=0";
    let [plain, other] = ["", "&data.databaseGb=9000&data.growthGbPerMonth=300&data.databaseCpuShare=0.9"]
        .map(|said| compare(&scenario(&format!("{company}{said}"))).outcomes);
    for (plain, other) in plain.iter().zip(&other) {
        assert_eq!(plain.numbers, other.numbers, "{}", plain.variant.id());
    }
    // The share of the databases is the application's: as much CPU is served as where they have none of it.
    let cpu = "preset=steady-api&data.databaseGb=0&data.growthGbPerMonth=0";
    let [none, idle] = ["&data.stores=0", "&data.stores=1&data.databaseCpuShare=0"].map(|said| format!("{cpu}{said}"));
    for variant in [Variant::CloudVms, Variant::ManagedKubernetes, Variant::Functions] {
        near(of(&none, variant, "lines.compute"), of(&idle, variant, "lines.compute"));
    }
}

#[test]
fn functions_are_paid_while_they_wait_for_others_and_machines_are_not() {
    let company = "preset=spiky-events&workload.waitMsPerRequest=";
    let usd = |variant, wait: f64| of(&format!("{company}{wait}"), variant, "lines.compute");
    let [none, some, twice] = [0.0, 500.0, 1000.0].map(|wait| usd(Variant::Functions, wait));
    assert!(some > none, "{some} is not more than {none}");
    // A tier of the price book is left sooner, and nothing else: never more than twice the difference.
    assert!(twice > some && twice - none <= 2.0 * (some - none) * (1.0 + 1e-9), "{none} {some} {twice}");
    for variant in [Variant::CloudVms, Variant::LeasedMetal, Variant::ManagedKubernetes] {
        near(usd(variant, 1000.0), usd(variant, 0.0));
    }
}

#[test]
fn a_leased_machine_keeps_its_price_until_its_term_ends() {
    let company = "preset=steady-api&workload.growth.phases=&data.growthGbPerMonth=0&finance.leaseMonths=24\
                   &finance.horizonMonths=36&finance.priceRisePerYear=0.1&finance.host=hetzner";
    let machines = |variant, month| {
        ["lines.compute", "lines.waste", "lines.database", "lines.platform"]
            .map(|line| in_month(company, variant, line, month))
            .iter()
            .sum::<f64>()
    };
    let leased = |month| machines(Variant::LeasedMetal, month);
    near(leased(24), leased(1));
    near(leased(25), leased(1) * 1.1_f64.powi(2));
    near(leased(36), leased(25));
    // What is rented by the hour rises with each month.
    near(machines(Variant::CloudVms, 13), machines(Variant::CloudVms, 1) * 1.1);
    // Traffic is bought as it comes.
    near(
        in_month(company, Variant::LeasedMetal, "lines.storage", 13),
        in_month(company, Variant::LeasedMetal, "lines.storage", 1) * 1.1,
    );
}

#[test]
fn owned_machines_are_racked_again_when_their_life_ends() {
    let company = "preset=steady-api&workload.growth.phases=&data.growthGbPerMonth=0&finance.horizonMonths=60\
                   &facts.hardware.life_years=3&facts.setup.owned_racking=";
    let hours = |racking: f64, month| {
        in_month(&format!("{company}{racking}&team.hourlyUsd=100"), Variant::OwnedMetal, "lines.machineCare", month)
            / 100.0
    };
    let replaced = hours(9.0, 37) - hours(4.0, 37);
    assert!(
        replaced >= 5.0 && (replaced / 5.0).fract().abs() < 1e-9,
        "whole machines, five hours more each: {replaced}"
    );
    for month in [2, 36, 38] {
        near(hours(9.0, month), hours(4.0, month));
    }
}

#[test]
fn tools_are_upgraded_once_and_what_runs_in_each_environment() {
    let hours = |part: &str, environments: u8| {
        let link =
            format!("preset=steady-api&delivery.environments={environments}&facts.parts.{part}.hoursPerUpgrade=1000");
        of(&link, Variant::MachineImages, "complexity.upgradeHoursPerYear")
            - of(&link.replace("=1000", "=0.001"), Variant::MachineImages, "complexity.upgradeHoursPerYear")
    };
    for tool in ["continuous-integration", "terraform", "packer", "monitoring"] {
        near(hours(tool, 5), hours(tool, 1));
    }
    near(hours("linux-image", 5), 5.0 * hours("linux-image", 1));
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

#[test]
fn a_small_cluster_has_its_control_plane_on_the_nodes_that_serve() {
    let company = "preset=indie-saas&data.stores=0&services.count=4&goals.redundancy=twice&delivery.environments=1";
    let number = |said: &str, id: &str| of(&format!("{company}{said}"), Variant::SelfRunKubernetes, id);
    assert_eq!(number("", "fleet.machines"), 3.0);
    assert_eq!(number("", "lines.platform"), 0.0);
    // Where it may not share them, three machines stand beside.
    let apart = "&facts.kubernetes.shared_control_plane_nodes=1";
    assert!(number(apart, "fleet.machines") >= 6.0);
    assert!(number(apart, "lines.platform") > 0.0 && number(apart, "totals.tcoUsd") > number("", "totals.tcoUsd"));
    // A large cluster never shares them.
    let large = "&workload.weeklyUsers=3e7&workload.requestsPerUserWeek=300";
    assert!(number(large, "fleet.machines") > 10.0 && number(large, "lines.platform") > 0.0);
}

#[test]
fn a_control_plane_is_one_node_where_everything_runs_once() {
    let company = "preset=indie-saas&data.stores=0&services.count=1&delivery.environments=1\
                   &facts.kubernetes.min_nodes=1&facts.kubernetes.min_nodes_once=1";
    let machines = |said: &str| of(&format!("{company}{said}"), Variant::SelfRunKubernetes, "fleet.machines");
    assert_eq!(machines("&goals.redundancy=once"), 1.0);
    assert_eq!(machines("&goals.redundancy=twice"), 3.0);
    // With machines of its own, beside the nodes.
    let apart = "&workload.weeklyUsers=3e7&workload.requestsPerUserWeek=300";
    let beside = |redundancy: &str| {
        let nodes = |count: u32| {
            let one = format!("{apart}&goals.redundancy={redundancy}&facts.kubernetes.control_plane_nodes");
            machines(&format!("{one}={count}{one}_once={count}"))
        };
        let told = machines(&format!("{apart}&goals.redundancy={redundancy}"));
        [1, 3].into_iter().find(|count| nodes(*count) == told)
    };
    assert_eq!((beside("once"), beside("twice")), (Some(1), Some(3)));
}

#[test]
fn work_that_is_alike_is_automated_as_it_pays() {
    let by_hand = "&facts.hours.automated_from=5000000";
    let hours = |company: &str, kind: &str, from: &str| {
        of(&format!("{company}{from}"), Variant::CloudVms, &format!("labour.byKind.{kind}")) * 12.0
    };
    let services = |count: u32, from: &str| {
        let company = format!("preset=steady-api&services.count={count}&services.runtimes=1&facts.hours.service.vm=20");
        hours(&company, "services", from)
    };
    let asking = |developers: u32, from: &str| {
        let company = format!("preset=steady-api&team.developers={developers}&facts.hours.developer=50");
        hours(&company, "developerSupport", from)
    };
    let from = "&facts.hours.automated_from=2000";
    near(services(100, from), services(100, by_hand));
    near(asking(41, from), asking(41, by_hand));
    // Four times the hours from which it pays are three times them: of these a half still by hand, the rest on automating.
    near(asking(161, by_hand) - asking(121, by_hand), 2000.0);
    near(asking(161, from), 2.0 * f64::sqrt(2000.0 * asking(161, by_hand)) - 2000.0);
    assert!(services(1000, from) < services(1000, by_hand) / 1.5 && services(1000, from) > services(500, from));
    // Machines too, month by month.
    let fleet = |from: &str| {
        let company = format!("preset=steady-api&workload.weeklyUsers=3e8&team.hourlyUsd=100{from}");
        in_month(&company, Variant::CloudVms, "lines.machineCare", 1) / 100.0
    };
    near(fleet(from), 2.0 * f64::sqrt(2000.0 / 12.0 * fleet(by_hand)) - 2000.0 / 12.0);
}

#[test]
fn where_looking_after_machines_is_automated_more_and_cheaper_ones_pay() {
    // The smallest servers cost least for what they hold, and are the most to look after.
    let metal = |from: &str| {
        let company = format!("preset=steady-api&workload.weeklyUsers=3e8&facts.hours.automated_from={from}");
        let outcome = outcome(&company, Variant::LeasedMetal);
        let bought = outcome.metric("totals.infrastructureUsd").unwrap() + outcome.metric("totals.wasteUsd").unwrap();
        (outcome.metric("fleet.machines").unwrap(), bought, outcome.metric("totals.tcoUsd").unwrap())
    };
    let [(many, cheap, least), (few, dear, most)] = ["200", "5000000"].map(metal);
    assert!(many > 1.5 * few, "{many} machines, {few} where each takes as much work as the first");
    assert!(cheap < dear && least < most, "{cheap} and {least}, {dear} and {most}");
}

#[test]
fn an_application_on_two_machines_is_not_down_while_one_is_restarted() {
    let down = |weekly_users: f64, restarts: f64| {
        let link = format!(
            "preset=steady-api&workload.weeklyUsers={weekly_users}&workload.growth.phases=&goals.redundancy=once\
             &data.hosted=true&team.onCall=never&facts.maintenance.restarts={restarts}"
        );
        of(&link, Variant::CloudVms, "availability.componentHoursPerYear")
    };
    assert!(down(1e3, 200.0) > down(1e3, 1.0) + 1.0, "one machine is down while it restarts");
    near(down(1e8, 200.0), down(1e8, 1.0));
}

#[test]
fn what_replaces_itself_is_no_incident() {
    let incidents = |variant, failures: f64| {
        let link =
            format!("preset=series-b-b2b&goals.redundancy=twice&team.onCall=always&facts.failures.vm={failures}");
        of(&link, variant, "availability.incidentsPerYear")
    };
    near(incidents(Variant::MachineImages, 20.0), incidents(Variant::MachineImages, 0.1));
    assert!(incidents(Variant::CloudVms, 20.0) > incidents(Variant::CloudVms, 0.1));
}

#[test]
fn a_lease_that_is_left_is_no_work() {
    let company = "preset=steady-api&finance.horizonMonths=6&finance.leaseMonths=36&finance.exitShare=1";
    let number = |id| of(company, Variant::LeasedMetal, id);
    assert!(number("lines.exitFees") > number("lines.compute"), "two and a half years are still to be paid");
    near(number("totals.exitUsd"), number("lines.exit") + number("lines.exitFees"));
    let without = of(&company.replace("exitShare=1", "exitShare=0"), Variant::LeasedMetal, "totals.labourUsd");
    near(number("totals.labourUsd") - number("lines.exit"), without);
}

#[test]
fn services_on_one_host_lack_what_another_takes() {
    let company = "preset=startup-2002&team.onCall=never&facts.failures.capacity=0.4&facts.incident.spill=0.25\
                   &facts.recovery.response_without=2&facts.recovery.capacity=1&facts.incident.share_down.capacity=0.5";
    let hours = |link: &str, variant| of(&format!("{company}{link}"), variant, "availability.capacityHoursPerYear");
    let alone = 0.4 * (2.0 + 1.0) * 0.5;
    for (link, together) in [("&services.count=1", 1.0), ("&services.count=9", 9.0)] {
        for variant in [Variant::SingleServer, Variant::LeasedMetal] {
            near(hours(link, variant), alone * (1.0 + (together - 1.0) * 0.25));
        }
        for variant in [Variant::ManagedKubernetes, Variant::Paas, Variant::Functions] {
            near(hours(link, variant), alone);
        }
    }
    // A virtual machine has as many as are put on it, and no more than there are.
    for (link, together) in [("&services.servicesPerHost=1", 1.0), ("&services.servicesPerHost=4", 4.0)] {
        near(hours(&format!("&services.count=9{link}"), Variant::CloudVms), alone * (1.0 + (together - 1.0) * 0.25));
    }
    near(hours("&services.count=2&services.servicesPerHost=4", Variant::CloudVms), alone * 1.25);
}

#[test]
fn costs_are_levelised_over_those_who_come() {
    let company =
        "preset=indie-saas&workload.weeklyUsers=2000&workload.requestsPerUserWeek=210&finance.horizonMonths=12";
    let at = |link: &str, id: &str| of(&format!("{company}{link}"), Variant::Paas, id);
    let weeks = 730.0 / 168.0;
    // At a level load it is the level payment over what comes in a month, whatever the discount rate.
    for rate in ["0", "0.3"] {
        let level = format!("&workload.growth.phases=&finance.discountRate={rate}");
        let monthly = at(&level, "totals.monthlyUsd");
        near(at(&level, "unitCosts.usdPerThousandUsersMonth"), monthly / 2.0);
        near(at(&level, "unitCosts.usdPerMillionRequests"), monthly / (2000.0 * 210.0 * weeks / 1e6));
    }
    // Where it grows, all that is paid over all who come; those who come later count for less if money does.
    let growing = |rate: f64| {
        let link = format!(
            "&workload.growth.phases=&workload.growth.phases.0.months=12&workload.growth.phases.0.monthlyGrowth=0.1\
             &finance.discountRate={rate}"
        );
        let monthly = (1.0 + rate).powf(1.0 / 12.0);
        let come: f64 = (1..=12).map(|month| 2.0 * 1.1_f64.powi(month - 1) / monthly.powi(month)).sum();
        near(at(&link, "unitCosts.usdPerThousandUsersMonth"), at(&link, "totals.tcoUsd") / come);
    };
    growing(0.0);
    growing(0.2);
    assert_eq!(at("&workload.weeklyUsers=0", "unitCosts.usdPerMillionRequests"), 0.0, "nobody comes");
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

/// A company whose data are large, and little else.
const KEEPING: &str = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=100&data.stores=1\
                       &data.growthGbPerMonth=0&delivery.environments=1&finance.provider=hetzner&finance.host=hetzner\
                       &finance.platform=heroku&facts.capacity.disk_share=0.5&data.hotShare=0.0001\
                       &facts.metal.support_share=0.0001&goals.redundancy=once";

#[test]
fn databases_lie_on_as_many_machines_as_keep_them() {
    let machines = |gb: f64, variant| of(&format!("{KEEPING}&data.databaseGb={gb}"), variant, "fleet.machines");
    // The largest disks are of 1,920 GB at this host and of 10 TB in machines that are bought; each database runs twice.
    for (variant, disk) in [(Variant::LeasedMetal, 1920.0), (Variant::OwnedMetal, 10_000.0)] {
        let [one, many] = [1e3, 1e6].map(|gb| machines(gb, variant));
        assert!(one < 10.0, "{}: {one}", variant.id());
        assert!(many >= 2.0 * 1e6 / (disk * 0.5), "{}: {many}", variant.id());
    }
}

#[test]
fn a_larger_plan_holds_a_larger_database_and_several_beyond_the_largest() {
    let bought = |gb: f64| {
        ["lines.compute", "lines.database", "lines.waste"]
            .map(|line| in_month(&format!("{KEEPING}&data.databaseGb={gb}"), Variant::Paas, line, 1))
            .iter()
            .sum::<f64>()
    };
    // On Heroku plans keep 32, 64, 256 and 512 GB at 20, 50, 200 and 400 dollars a month, and at most 4,096 at 5,800; half of
    // each is used.
    let smallest = bought(15.0) - 20.0;
    for (gb, usd) in [
        (17.0, 50.0),
        (33.0, 200.0),
        (127.0, 200.0),
        (129.0, 400.0),
        (1000.0, 3500.0),
        (2000.0, 5800.0),
        (2100.0, 11_600.0),
    ] {
        near(bought(gb) - smallest, usd);
    }
}

#[test]
fn a_database_that_its_seller_runs_grows_with_its_data_from_plan_to_plan() {
    let plan = |month| {
        let company = KEEPING.replace("data.growthGbPerMonth=0", "data.growthGbPerMonth=1");
        ["lines.database", "lines.waste"]
            .map(|line| in_month(&format!("{company}&data.databaseGb=1"), Variant::Paas, line, month))
            .iter()
            .sum::<f64>()
    };
    // 16, 32 and 128 GB are used of 32, 64 and 256: at 1 GB a month a new plan is bought in the months 17 and 33.
    let smallest = plan(1) - 20.0;
    for (month, usd) in [(2, 20.0), (16, 20.0), (17, 50.0), (32, 50.0), (33, 200.0), (60, 200.0)] {
        near(plan(month) - smallest, usd);
    }
    // The team's own stay on the machines that hold the last month, when 60 GB are in memory.
    let growing = KEEPING.replace("PerMonth=0", "PerMonth=1").replace("hotShare=0.0001", "hotShare=1");
    let own = |month| {
        ["lines.database", "lines.waste"]
            .map(|line| {
                let company = format!("{growing}&data.databaseGb=1&data.hosted=false");
                in_month(&company, Variant::MachineImages, line, month)
            })
            .iter()
            .sum::<f64>()
    };
    near(own(1), own(60));
    assert!(
        own(1)
            > 2.0 * {
                let still = KEEPING.replace("hotShare=0.0001", "hotShare=1");
                ["lines.database", "lines.waste"]
                    .map(|line| {
                        in_month(
                            &format!("{still}&data.databaseGb=1&data.hosted=false"),
                            Variant::MachineImages,
                            line,
                            1,
                        )
                    })
                    .iter()
                    .sum::<f64>()
            }
    );
}

#[test]
fn one_server_keeps_what_its_disk_has_room_for() {
    let too_large = |gb: f64| {
        let obstacles = outcome(&format!("{KEEPING}&data.databaseGb={gb}"), Variant::SingleServer).obstacles;
        obstacles.into_iter().find(|obstacle| matches!(obstacle, Obstacle::TooLargeForOneMachine { .. }))
    };
    assert_eq!(too_large(959.0), None);
    let Some(Obstacle::TooLargeForOneMachine { needed_gb, offered_gb, .. }) = too_large(961.0) else {
        panic!("961 GB on 960")
    };
    near(needed_gb, 961.0);
    near(offered_gb, 960.0);
}

#[test]
fn databases_of_the_team_s_own_share_a_machine_where_they_are_not_kept_apart() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=1000&data.databaseGb=5&data.growthGbPerMonth=0\
                   &data.hosted=false&data.stores=3&services.count=2&delivery.environments=1&goals.redundancy=twice\
                   &facts.metal.support_share=0.0001&facts.vm.support_share=0.0001";
    let machines = |more: &str, variant| of(&format!("{company}{more}"), variant, "fleet.machines");
    for (variant, apart, together) in [
        // Four machines for the application, and two for each database, or for all of them: images that are replaced keep no
        // data.
        (Variant::MachineImages, 4.0 + 6.0, 4.0 + 2.0),
        // With the application: on the machines of one of its services, and on bare metal.
        (Variant::CloudVms, 4.0 + 6.0, 4.0),
        (Variant::LeasedMetal, 2.0 + 6.0, 2.0),
    ] {
        let [kept, shared] = [1, 0].map(|apart| machines(&format!("&facts.capacity.databases_apart={apart}"), variant));
        assert_eq!((kept, shared), (apart, together), "{}", variant.id());
    }
    // Where all services are one group, on the same machines as these.
    let group = "&services.servicesPerHost=2&facts.capacity.databases_apart=0";
    assert_eq!(machines(group, Variant::CloudVms), 2.0);
    assert_eq!(machines(group, Variant::MachineImages), 2.0 + 2.0);
    // What is stored is paid all the same.
    let stored = |more: &str| in_month(&format!("{company}{more}"), Variant::CloudVms, "lines.storage", 1);
    let of_more = |link: &str| stored(&format!("{link}&data.databaseGb=6")) - stored(link);
    assert!(of_more(group) > 0.0);
    near(of_more(group), of_more("&facts.capacity.databases_apart=1"));
    // More memory than a machine has takes a machine for each again.
    let large = "&data.databaseGb=100000&data.hotShare=0.3&facts.capacity.databases_apart=0";
    assert!(machines(large, Variant::CloudVms) >= 4.0 + 6.0);
}

#[test]
fn databases_inside_a_cluster_take_of_its_nodes_what_they_ask_for() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=1000&data.growthGbPerMonth=0&data.hosted=false\
                   &services.count=2&delivery.environments=1&goals.redundancy=once&facts.kubernetes.min_nodes_once=2";
    let machines = |more: &str, variant| of(&format!("{company}{more}"), variant, "fleet.machines");
    let none = "&data.stores=0&data.databaseGb=0";
    let small = "&data.stores=3&data.databaseGb=5";
    // The nodes that there are at least have room for a few small ones: of a self-run cluster always, of a managed one where
    // they are not kept apart.
    let (apart, shared) = ("&facts.capacity.databases_apart=1", "&facts.capacity.databases_apart=0");
    for kept in [apart, shared] {
        let [without, with] = [none, small].map(|data| machines(&format!("{data}{kept}"), Variant::SelfRunKubernetes));
        assert!(with <= without, "{kept}: {with} machines with databases, {without} without");
    }
    let managed = |data: &str, kept: &str| machines(&format!("{data}{kept}"), Variant::ManagedKubernetes);
    assert!(managed(small, shared) <= managed(none, shared));
    assert_eq!(managed(small, apart), managed(none, apart) + 3.0);
    // Memory that is in use asks for nodes of its own, in each copy.
    let hot = |gb: u32| format!("&data.stores=3&data.hotShare=1&data.databaseGb={gb}");
    let bought = [5, 60, 120, 180]
        .map(|gb| in_month(&format!("{company}{}{shared}", hot(gb)), Variant::ManagedKubernetes, "lines.compute", 1));
    assert!(bought.is_sorted() && bought[3] > bought[0], "{bought:?}");
    // One too large for a node has machines of its own again.
    let obstacles = outcome(&format!("{company}{}{shared}", hot(100_000)), Variant::ManagedKubernetes).obstacles;
    assert!(obstacles.is_empty(), "{obstacles:?}");
}

#[test]
fn a_fleet_of_servers_is_made_of_usual_ones_and_of_larger_ones_where_a_service_needs_them() {
    let company = "preset=steady-api&workload.weeklyUsers=1e8&workload.growth.phases=&data.stores=0&services.count=1\
                   &delivery.environments=1&facts.metal.support_share=0.0001";
    let machines = |more: &str| of(&format!("{company}{more}"), Variant::OwnedMetal, "fleet.machines");
    let [small, large] = [32, 96].map(|most| machines(&format!("&facts.metal.fleet_vcpu={most}")));
    assert!(small > 40.0 && (small / large - 2.5).abs() < 0.25, "{small} of 32 vCPU, {large} of 80");
    // The smallest there is, where that is more than usual.
    assert_eq!(machines("&facts.metal.fleet_vcpu=12"), machines("&facts.metal.fleet_vcpu=16"));
    // More memory than any server of 32 vCPU has.
    assert!(feasible(
        &format!("{company}&facts.metal.fleet_vcpu=32&workload.memoryMbPerService=200000"),
        Variant::OwnedMetal
    ));
}

#[test]
fn what_is_in_use_of_a_database_beyond_a_machines_memory_is_cut_into_shards() {
    let company = "preset=steady-api&workload.growth.phases=&data.growthGbPerMonth=0&data.hosted=false&data.stores=1\
                   &data.hotShare=0.5&services.count=1&delivery.environments=1&goals.redundancy=twice\
                   &facts.vm.support_share=0.0001&facts.capacity.databases_apart=1";
    let machines = |gb: u32| of(&format!("{company}&data.databaseGb={gb}"), Variant::CloudVms, "fleet.machines");
    let [one, ten, twenty] = [100, 10_000, 20_000].map(machines);
    assert!(ten > one, "{one} {ten}");
    // As many more for the next terabytes, in two copies.
    assert!((twenty - ten - (ten - one)).abs() <= 4.0, "{one} {ten} {twenty}");
}

#[test]
fn data_beyond_the_disk_of_a_machine_are_bought_by_the_gb_where_that_is_sold() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=100&data.growthGbPerMonth=0&data.hosted=false\
                   &data.hotShare=0.0001&delivery.environments=1&goals.redundancy=once&finance.provider=digitalocean\
                   &facts.capacity.disk_share=0.5&facts.b2.storage=0.01";
    let at = |gb: f64| {
        let link = format!("{company}&data.databaseGb={gb}");
        let stored = in_month(&link, Variant::CloudVms, "lines.storage", 1);
        (of(&link, Variant::CloudVms, "fleet.machines"), stored)
    };
    let [(few, small), (more, large), (most, largest)] = [1.0, 1001.0, 2001.0].map(at);
    assert_eq!([few, more, most], [few; 3]);
    // The machine brings some GB of the first thousand.
    near(largest - large, 1000.0 * (0.1 + 0.01));
    assert!(large - small < 1000.0 * (0.1 + 0.01), "{small} {large}");
    // Beside the application they lie on its disks: backups alone are paid.
    let beside = |gb: u32| {
        let link = format!("{company}&services.count=1&facts.capacity.databases_apart=0&data.databaseGb={gb}");
        in_month(&link, Variant::CloudVms, "lines.storage", 1)
    };
    near(beside(3) - beside(1), 2.0 * 0.01);
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
