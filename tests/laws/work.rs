//! Laws of the work, and of incidents.

use super::support::{in_month, near, of, outcome};
use moving_parts::approach::Variant;

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
        // Of two servers of the same services one serves on.
        for (variant, hosts) in [(Variant::SingleServer, 1.0), (Variant::LeasedMetal, 2.0)] {
            near(hours(link, variant), alone * (1.0 + (together - 1.0) * 0.25 / hosts));
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
fn care_for_many_databases_is_automated_as_that_for_machines_is() {
    let hours = |stores: u32, automated_from: u32| {
        let link = format!(
            "preset=steady-api&data.hosted=false&data.stores={stores}&facts.hours.database.self_run=50\
             &facts.hours.automated_from={automated_from}&delivery.environments=1"
        );
        of(&link, Variant::SingleServer, "labour.byKind.databases")
    };
    near(hours(40, 2000), 40.0 * 50.0 / 12.0);
    // 2 √(5000 × 2000) − 2000 of 5,000 hours a year.
    near(hours(100, 2000), (2.0 * f64::sqrt(5000.0 * 2000.0) - 2000.0) / 12.0);
}
