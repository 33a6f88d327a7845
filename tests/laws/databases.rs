//! Laws of databases: where they run, and on how much.

use super::support::{in_month, near, of, outcome, scenario, sum_in_month};
use moving_parts::approach::Variant;
use moving_parts::model::Obstacle;
use moving_parts::question::compare::compare;
use moving_parts::question::explain::explain;

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
    let lines = ["lines.compute", "lines.database", "lines.waste"];
    let bought = |gb: f64| sum_in_month(&format!("{KEEPING}&data.databaseGb={gb}"), Variant::Paas, &lines, 1);
    // On Heroku plans keep 32, 64, 256 and 512 GB at 20, 50, 200 and 400 dollars a month, and at most 4,096 at 5,800; half of
    // each is used. Of several that hold one database together as few as may be are bought, on the cheapest plan for these.
    let smallest = bought(15.0) - 20.0;
    let plans = [(17.0, 50.0), (33.0, 200.0), (127.0, 200.0), (129.0, 400.0), (1000.0, 3500.0), (2000.0, 5800.0)];
    for (gb, usd) in plans.into_iter().chain([(2100.0, 2.0 * 4500.0), (5000.0, 3.0 * 5800.0)]) {
        near(bought(gb) - smallest, usd);
    }
}

#[test]
fn a_database_that_its_seller_runs_follows_its_data_from_plan_to_plan() {
    let company = KEEPING.replace("growthGbPerMonth=0", "growthGbPerMonth=1") + "&data.databaseGb=1";
    let plan = |month| sum_in_month(&company, Variant::Paas, &["lines.database", "lines.waste"], month);
    // 16, 32 and 128 GB are used of 32, 64 and 256: at 1 GB a month a new plan is bought in the months 17 and 33.
    let smallest = plan(1) - 20.0;
    for (month, usd) in [(2, 20.0), (16, 20.0), (17, 50.0), (32, 50.0), (33, 200.0), (60, 200.0)] {
        near(plan(month) - smallest, usd);
    }
}

#[test]
fn a_database_that_its_seller_runs_follows_its_load_up_and_down() {
    // All the work is the databases'; it grows to a hundred times in month 13, and is as before from month 25 on.
    let steps = [(13, 100.0), (25, 0.01)].into_iter().enumerate();
    let path = "&workload.growth.steps";
    let steps = steps.map(|(at, (month, factor))| format!("{path}.{at}.month={month}{path}.{at}.factor={factor}"));
    let company = KEEPING.replace("weeklyUsers=100&", "weeklyUsers=1000&");
    let company = format!("{company}&data.databaseGb=1&data.databaseCpuShare=1{}", steps.collect::<String>());
    let plan = |month| sum_in_month(&company, Variant::Paas, &["lines.database", "lines.waste"], month);
    let smallest = plan(1) - 20.0;
    for (month, usd) in [(12, 20.0), (13, 750.0), (24, 750.0), (25, 20.0), (60, 20.0)] {
        near(plan(month) - smallest, usd);
    }
}

#[test]
fn a_standby_costs_what_its_seller_asks_and_no_size_is_held_with_one_that_is_sold_without() {
    let twice = KEEPING.replace("redundancy=once", "redundancy=twice");
    let held = |company: &str, gb: f64, said: &str| {
        let company = format!("{company}&data.databaseGb={gb}{said}");
        sum_in_month(&company, Variant::Paas, &["lines.compute", "lines.database", "lines.waste"], 1)
    };
    // Heroku: the plans of four sizes with a standby, of which the smallest is sold without one alone.
    let smallest = held(&twice, 1.0, "") - 200.0;
    for (gb, usd) in [(15.0, 200.0), (17.0, 200.0), (33.0, 350.0), (129.0, 750.0), (2100.0, 2.0 * 8500.0)] {
        near(held(&twice, gb, "") - smallest, usd);
        near(held(&twice, gb, "&facts.managed_database.standby_multiplier=3") - smallest, usd);
    }
    // Elsewhere it is so many times the price of one alone; Render sells none with its basic sizes.
    let render = |company: &str, said: &str| held(&company.replace("=heroku", "=render"), 1.0, said);
    let rise = |company: &str, said: &str| render(company, said) - render(company, "");
    let (basic, pro) = ("&facts.render.pg.basic-256mb=26", "&facts.render.pg.pro-4gb=75");
    near(rise(KEEPING, basic), 13.0);
    near(rise(KEEPING, pro), 0.0);
    near(rise(&twice, basic), 0.0);
    near(rise(&twice, pro), 40.0);
}

#[test]
fn a_standby_is_chosen_apart_from_the_copies_of_other_roles() {
    let copies = |said: &str, variant| {
        let outcome = outcome(&format!("preset=series-b-b2b{said}"), variant);
        ["fleet.copies", "fleet.databaseCopies"].map(|id| outcome.metric(id).expect("a metric"))
    };
    let hosting = [Variant::Paas, Variant::CloudVms, Variant::MachineImages, Variant::ManagedKubernetes];
    for (said, expected) in [
        ("&goals.redundancy=once", [1.0, 1.0]),
        ("&goals.redundancy=twice", [2.0, 2.0]),
        ("&goals.redundancy=once&data.standby=always", [1.0, 2.0]),
        ("&goals.redundancy=twice&data.standby=never", [2.0, 1.0]),
        ("&goals.redundancy=twice&data.standby=never&data.stores=0", [2.0, 0.0]),
    ] {
        for variant in hosting {
            assert_eq!(copies(said, variant), expected, "{said}: {}", variant.id());
        }
        // Functions have copies of nothing but their databases, a table has none, and the team's own are as any other role.
        for (read, table) in [(0.001, true), (125.0, false)] {
            let said = format!("{said}&facts.aws.table.read={read}");
            let databases = if table { expected[1].min(1.0) } else { expected[1] };
            assert_eq!(copies(&said, Variant::Functions), [1.0, databases], "{said}");
        }
        let own = if expected[1] == 0.0 { 0.0 } else { expected[0] };
        let (said, on) = (format!("{said}&data.hosted=false"), Variant::CloudVms);
        assert_eq!(copies(&said, on), [expected[0], own], "{said}");
        assert_eq!(copies(&said, Variant::SingleServer)[0], 1.0, "{said}");
    }
}

#[test]
fn copies_that_the_company_says_are_derived_from_what_it_says() {
    let company = scenario("preset=series-b-b2b&goals.redundancy=twice&data.standby=never");
    for (number, input) in [("fleet.copies", "goals.redundancy"), ("fleet.databaseCopies", "data.standby")] {
        for variant in [Variant::CloudVms, Variant::Paas] {
            let steps = explain(&company, variant.id(), &[number], None).unwrap().steps;
            let found = steps.iter().any(|step| step.input.as_deref() == Some(input));
            assert!(found, "{number} of {}: {input} is not among its {} figures", variant.id(), steps.len());
        }
    }
}

#[test]
fn a_zone_takes_down_whatever_has_a_role_or_its_databases_in_it_once() {
    let rises = |said: &str| {
        let down = |zone: &str| {
            let company = format!("preset=series-b-b2b{said}{zone}");
            of(&company, Variant::CloudVms, "availability.componentHoursPerYear")
        };
        down("&facts.outage.zone=3") > down("&facts.outage.zone=1")
    };
    for (roles, standby, down) in
        [("twice", "always", false), ("twice", "never", true), ("once", "always", true), ("once", "never", true)]
    {
        assert_eq!(rises(&format!("&goals.redundancy={roles}&data.standby={standby}")), down, "{roles}, {standby}");
    }
    assert!(!rises("&goals.redundancy=twice&data.standby=never&data.stores=0"), "there is none");
}

#[test]
fn databases_of_the_team_s_own_follow_their_data_from_machine_to_machine_in_a_cloud_and_stay_on_whole_servers() {
    let own = |gb, month, variant| {
        let company = KEEPING.replace("hotShare=0.0001", "hotShare=1").replace("Month=0", &format!("Month={gb}"));
        let lines = ["lines.compute", "lines.database", "lines.waste"];
        sum_in_month(&format!("{company}&data.databaseGb=1&data.hosted=false"), variant, &lines, month)
    };
    // What holds 60 GB in memory costs more than what holds one.
    near(own(1, 1, Variant::MachineImages), own(0, 1, Variant::MachineImages));
    assert!(own(1, 60, Variant::MachineImages) > 2.0 * own(1, 1, Variant::MachineImages));
    near(own(1, 1, Variant::LeasedMetal), own(1, 60, Variant::LeasedMetal));
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
fn of_many_small_databases_of_the_teams_own_some_share_machines() {
    let company = "preset=steady-api&workload.growth.phases=&workload.weeklyUsers=1000&data.growthGbPerMonth=0&data.hosted=false\
                   &delivery.environments=1&services.count=1&facts.metal.support_share=0.0001&facts.vm.support_share=0.0001\
                   &facts.capacity.databases_apart=1&facts.capacity.database_hosts=4&facts.changes.area_people=5";
    let machines = |more: &str, variant| of(&format!("{company}{more}&data.databaseGb=12"), variant, "fleet.machines");
    let small = |stores: u32, developers: u32| format!("&data.stores={stores}&team.developers={developers}");
    for (variant, said, copies) in [(Variant::LeasedMetal, "", 2.0), (Variant::CloudVms, "&goals.redundancy=once", 1.0)]
    {
        let of_databases = |more: &str| {
            machines(&format!("{said}{more}"), variant) - machines(&format!("{said}&data.stores=0"), variant)
        };
        // Of up to four kinds each stands apart; of more there are no more machines, but for one for each team.
        for (stores, developers, apart) in
            [(3, 5, 3.0), (4, 5, 4.0), (12, 5, 4.0), (80, 5, 4.0), (12, 30, 6.0), (12, 100, 12.0)]
        {
            assert_eq!(of_databases(&small(stores, developers)), apart * copies, "{variant:?} {stores} {developers}");
        }
        // Where none holds what shares it, there are twice as many, and not at once as many as there are databases.
        let grown: Vec<f64> = (0..40)
            .map(|step| 1.25f64.powi(step))
            .map(|gb| {
                let link = format!("{company}{said}{}&data.hotShare=1&data.databaseGb={gb}", small(64, 5));
                of(&link, variant, "fleet.machines")
            })
            .collect();
        for pair in grown.windows(2) {
            assert!(pair[1] <= 2.0 * pair[0] + 2.0 * copies, "{variant:?}: {grown:?}");
        }
        // What no machine holds with others has machines of its own.
        let large = format!("&facts.capacity.database_hosts=1{}&data.hotShare=1", small(3, 5));
        let of_large = |gb: u32| of(&format!("{company}{said}{large}&data.databaseGb={gb}"), variant, "fleet.machines");
        assert!(of_large(30_000) >= of_large(12) + 2.0 * copies);
    }
    // What their seller runs is bought one by one.
    let hosted = |stores: u32| {
        let link = format!("{company}&data.hosted=true&data.databaseGb=12&data.stores={stores}");
        sum_in_month(&link, Variant::CloudVms, &["lines.database", "lines.waste"], 1)
    };
    assert!(hosted(12) > 2.5 * hosted(4));
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
    let lines = ["lines.compute", "lines.database", "lines.waste"];
    let bought = [5, 60, 120, 180]
        .map(|gb| sum_in_month(&format!("{company}{}{shared}", hot(gb)), Variant::ManagedKubernetes, &lines, 1));
    assert!(bought.is_sorted() && bought[3] > bought[0], "{bought:?}");
    // One too large for a node has machines of its own again.
    let obstacles = outcome(&format!("{company}{}{shared}", hot(100_000)), Variant::ManagedKubernetes).obstacles;
    assert!(obstacles.is_empty(), "{obstacles:?}");
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
fn what_pays_is_decided_over_the_months_in_which_data_grow_where_the_load_does_not() {
    let company = "workload.weeklyUsers=20000&data.databaseGb=10&data.growthGbPerMonth=100&finance.horizonMonths=36\
                   &data.hosted=false&team.developers=6&goals.availability=0.99&goals.revenuePerHourUsd=20000";
    // The load grows for some months, and stays.
    let phases = "workload.growth.phases";
    for grows in [
        format!("&{phases}="),
        format!("&{phases}.0.months=7&{phases}.0.monthlyGrowth=0.05"),
        format!("&{phases}.0.months=12&{phases}.0.monthlyGrowth=0.05"),
    ] {
        let usd =
            |said: &str| of(&format!("{company}{grows}&goals.redundancy={said}"), Variant::CloudVms, "totals.tcoUsd");
        let [chosen, once, twice] = ["asItPays", "once", "twice"].map(usd);
        assert!(chosen <= once.min(twice) * 1.01, "{grows}: {chosen} is chosen of {once} and {twice}");
    }
}

#[test]
fn more_data_on_servers_with_disks_make_no_leap() {
    // Servers with disks of their own: neither memory nor disks just beyond a number of them ask for far larger ones.
    let company = "workload.weeklyUsers=1e6&workload.growth.phases=&finance.host=us&team.developers=12&team.opsPeople=2\
                   &services.count=8&data.stores=3&data.databaseGb=400";
    let usd = [400, 458, 500, 640, 660, 700]
        .map(|gb| of(&format!("{company}&data.growthGbPerMonth={gb}"), Variant::LeasedMetal, "totals.monthlyUsd"));
    for pair in usd.windows(2) {
        assert!(pair[0] <= pair[1] * 1.01 && pair[1] < pair[0] * 1.2, "{usd:?}");
    }
}

#[test]
fn a_larger_server_than_usual_is_taken_before_a_database_is_cut_for_its_work_too() {
    // Ten gigabytes more are no reason to hold half as many machines.
    let held =
        |gb: u32, variant| of(&format!("preset=shermans-2011&data.databaseGb={gb}"), variant, "totals.monthlyUsd");
    for variant in [Variant::LeasedMetal, Variant::OwnedMetal] {
        let (less, more) = (held(60, variant), held(590, variant));
        assert!(less <= more, "{}: {less} for 60 GB, {more} for 590", variant.id());
    }
}

#[test]
fn databases_inside_a_cluster_are_on_nodes_of_their_own_where_these_cost_less() {
    // Each node has to be as large as its database asks for, if it shares those of the pods.
    let company = "preset=shermans-2011&workload.cacheHitShare=";
    for environments in [1, 3] {
        let usd = [0.05, 0.1, 0.15, 0.2, 0.22, 0.24, 0.26, 0.3, 0.4, 0.5].map(|share| {
            let link = format!("{company}{share}&delivery.environments={environments}");
            of(&link, Variant::SelfRunKubernetes, "totals.monthlyUsd")
        });
        for pair in usd.windows(2) {
            assert!(pair[1] <= pair[0] * 1.005, "more in the cache costs more, of {environments}: {usd:?}");
        }
    }
}
