//! Laws of fleets, of their prices, and of functions.

use super::support::{feasible, in_month, near, of};
use moving_parts::approach::Variant;

/// A company whose load takes hundreds of machines, and little else.
const LARGE: &str = "preset=steady-api&workload.weeklyUsers=5e7&workload.growth.phases=&data.stores=0&services.count=1\
                     &delivery.environments=1&facts.vm.support_share=0.0001&goals.redundancy=once";

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
    let few = "&facts.kubernetes.system_vcpu=0.1";
    assert_eq!(machines(&format!("{few}&goals.redundancy=once")), 1.0);
    assert_eq!(machines(&format!("{few}&goals.redundancy=twice")), 3.0);
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
fn one_service_that_grows_makes_no_other_redundant() {
    let company = "workload.weeklyUsers=1e5&workload.growth.phases=&services.count=10&services.growthMonth=1\
                   &goals.revenuePerHourUsd=1000&team.developers=20&team.onCall=never&services.growthByService.0.services=1\
                   &services.growthByService.0.factor=";
    let down = |variant, factor: u32, said: &str| {
        let link = format!("{company}{factor}&goals.redundancy={said}");
        of(&link, variant, "availability.componentHoursPerYear")
    };
    for variant in [Variant::CloudVms, Variant::MachineImages, Variant::ManagedKubernetes] {
        let [once, twice] = ["once", "twice"].map(|said| down(variant, 30, said));
        assert!(once > twice, "{}: {once} with every role once, {twice} with two", variant.id());
    }
}

#[test]
fn background_work_asks_a_cluster_for_what_it_takes() {
    let company = "workload.weeklyUsers=100&team.developers=6&goals.redundancy=once&workload.backgroundVcpu=";
    let machines = |variant, vcpu: u32| of(&format!("{company}{vcpu}"), variant, "fleet.machines");
    // Nodes are filled to a share, and beside them a few serve: no share of what pods ask for is left unused.
    for variant in [Variant::ManagedKubernetes, Variant::SelfRunKubernetes] {
        let more = |of: Variant| machines(of, 400) - machines(of, 200);
        let (pods, images) = (more(variant), more(Variant::MachineImages));
        assert!(pods < images * 1.3, "{}: {pods} nodes for 200 vCPU more, {images} machines", variant.id());
    }
}

#[test]
fn machines_beside_those_that_serve_cost_what_these_cost() {
    let company = "preset=hundred-microservices&facts.metal.support_share=0.5&workload.memoryMbPerService=";
    for variant in [Variant::LeasedMetal, Variant::OwnedMetal] {
        let beside = |mb: u32| of(&format!("{company}{mb}"), variant, "lines.platform");
        let (some, more) = (beside(512), beside(1024));
        assert!((more / some - 1.0).abs() < 0.05, "{}: {some} and {more} with as many machines", variant.id());
    }
}
