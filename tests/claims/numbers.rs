//! The claims with numbers, Q1 to Q25.

use super::support::{bill, claims, fact, metric, of, parts, presets, rising, run, scenario};
use moving_parts::approach::Variant::{self, *};
use moving_parts::facts::slot;
use moving_parts::model::Obstacle;
use moving_parts::question::explain::explain;

/// Link of a small application without databases, whose only cost is what it runs on.
const STATELESS: &str = "data.stores=0&goals.redundancy=once&team.onCall=never";

claims! {
    q1, "we did not spend more than $200 a month on servers", "holds",
    "The start-up of 2002 needs a few dollars of server a month at today's prices, the least of all that hold its load." => {
        let comparison = run("preset=startup-2002");
        let least = bill(&comparison, SingleServer);
        assert!(least <= 200.0, "{least}");
        for outcome in comparison.outcomes.iter().filter(|outcome| outcome.variant != SingleServer) {
            assert!(bill(&comparison, outcome.variant) > least, "{}", outcome.variant.id());
        }
    }

    q2, "We deployed 50 times a day, sometimes 100 times in a day", "holds",
    "Uploads of two minutes by three people allow hundreds a day, at a minute of work each." => {
        let preset = run("preset=startup-2002");
        assert!(metric(&preset, SingleServer, "agility.deploysPerDayPossible") >= 100.0);
        let deploys = metric(&preset, SingleServer, "agility.deploysPerDay") * 250.0 / 12.0;
        let minutes = metric(&preset, SingleServer, "labour.byKind.deployments") * 60.0 / deploys;
        assert!(minutes <= 3.0, "{minutes} minutes of work a deployment");
    }

    q3, "no failover for the database", "holds",
    "A copy every two days or so may lack as much; a lost disk costs half of that in the mean, and the restore is downtime." => {
        let base = "preset=startup-2002";
        let rpo = of(base, SingleServer, "availability.rpoHours");
        assert!((24.0..=72.0).contains(&rpo), "{rpo}");
        let disks = fact("failures.disk_loss").p50;
        let more = format!("{base}&facts.failures.disk_loss={}", disks * 3.0);
        let lost = |link: &str| of(link, SingleServer, "availability.dataLostHoursPerYear");
        assert!((lost(&more) - lost(base) - disks * 2.0 * rpo / 2.0).abs() < 1e-9);
        assert!(of(&more, SingleServer, "availability.dataHoursPerYear") > of(base, SingleServer, "availability.dataHoursPerYear"));
        assert_eq!(of(base, SingleServer, "fleet.copies"), 1.0);
    }

    q4, "we could design it, code it and deploy it in a day", "holds",
    "A feature of half a day's work is live the same day; deploying is less than a hundredth of it." => {
        let feature = run("preset=startup-2002&facts.deploy.edit_minutes=240");
        let lead = metric(&feature, SingleServer, "agility.leadTimeHours");
        assert!(lead <= 8.0, "{lead}");
        assert!(metric(&feature, SingleServer, "agility.deployHours") / lead < 0.05);
    }

    q5, "$7,000 a month at their co-location center, moved without changes to AWS ... $35,000", "holds",
    "Moved as it is, machine for machine and at list prices, the bill is more than four times that of colocation, above it at any end of the prices, and more than five times at another; with autoscaling and commitments it falls, with managed databases it rises again, and moving costs." => {
        let base = "preset=colo-lift-and-shift&goals.redundancy=twice&finance.databaseProvider=same&current.variant=none";
        let ratio = |link: &str, variant: Variant| {
            let comparison = run(link);
            bill(&comparison, variant) / bill(&comparison, OwnedMetal)
        };
        let at = |end: fn(&moving_parts::facts::Fact) -> f64| {
            let hardware = ["hardware.server.small", "hardware.server.medium", "hardware.server.large", "colocation.cabinet", "colocation.one_unit", "transit.mbps"];
            hardware.iter().fold(base.to_string(), |link, id| format!("{link}&facts.{id}={}", end(&fact(id))))
        };
        let (dear, cheap) = (ratio(&at(|fact| fact.p90), CloudVms), ratio(&at(|fact| fact.p10), CloudVms));
        assert!((4.0..5.0).contains(&ratio(base, CloudVms)), "{}", ratio(base, CloudVms));
        assert!(dear > 1.0, "{dear}");
        assert!(cheap >= 5.0, "{cheap}");
        let rebuilt = format!("{base}&finance.commitment=0.6");
        assert!(ratio(&rebuilt, MachineImages) < ratio(base, CloudVms));
        assert!(of("preset=colo-lift-and-shift", MachineImages, "totals.migrationUsd") > 0.0);
    }

    q6, "renting 24 machines on a long-term lease", "within limits",
    "The lease is paid to its end whatever the audience does; machines of today hold the load of four million in less than half of the 24." => {
        // The audience falls to a tenth in month 6; nothing is given back before the lease of 36 months ends.
        let link = "preset=shermans-2011&workload.weeklyUsers=2e7&finance.leaseMonths=36&workload.growth.phases=&workload.growth.steps.0.month=6&workload.growth.steps.0.factor=0.1";
        let comparison = run(link);
        let machines = comparison.outcomes[LeasedMetal.index()].monthly(6);
        assert!(machines[..36].iter().all(|count| count == &machines[0]), "{machines:?}");
        assert!(machines[36] < machines[0]);
        let level = run("preset=shermans-2011&workload.growth.phases=");
        let today = metric(&level, LeasedMetal, "fleet.machines");
        assert!((8.0..12.0).contains(&today), "{today}");
    }

    q7, "6 programmers and 1 devops person and 1 project manager", "holds",
    "A leased fleet of 24 machines takes the time of one person, software and databases included." => {
        let comparison = run("preset=shermans-2011&workload.growth.phases=&workload.weeklyUsers=1.6e7");
        let machines = metric(&comparison, LeasedMetal, "fleet.machines");
        assert!((22.0..=26.0).contains(&machines), "{machines}");
        let people = metric(&comparison, LeasedMetal, "labour.fullTimeEquivalents");
        assert!((0.8..=1.2).contains(&people), "{people}");
    }

    q8, "with 4 million weekly users, the long-term lease machines were cheaper than AWS", "holds",
    "At a level four million the leased fleet costs less than on-demand machines at Amazon, images or not, all told." => {
        let comparison = run("preset=shermans-2011&workload.growth.phases=");
        let lease = metric(&comparison, LeasedMetal, "totals.monthlyUsd");
        assert!(lease < metric(&comparison, CloudVms, "totals.monthlyUsd"));
        assert!(bill(&comparison, LeasedMetal) < bill(&comparison, MachineImages));
    }

    q9, "way too expensive when the audience fell to just 1 million", "within limits",
    "After the fall the lease's idle machines are a line of waste, and the lease, which won before, costs about as much as on-demand at today's rents, and two fifths more at twice these. (For ten times the audience, which fills as many of today's machines.)" => {
        let rents = ["hetzner.dedi.ax42", "hetzner.dedi.ax102", "hetzner.dedi.ax162r", "hetzner.dedi.ex44"];
        let at = |users: f64, dearer: f64| {
            let link = rents.iter().fold(
                "preset=shermans-2011&workload.growth.phases=&finance.leaseMonths=60&workload.growth.steps.0.month=2&workload.weeklyUsers=4e7".to_string(),
                |link, id| format!("{link}&facts.{id}={}", fact(id).p50 * dearer),
            );
            run(&format!("{link}&workload.growth.steps.0.factor={}", users / 4e6))
        };
        let idle = |comparison: &moving_parts::question::compare::Comparison| metric(comparison, LeasedMetal, "totals.wasteUsd");
        assert!(idle(&at(1e6, 1.0)) > idle(&at(4e6, 1.0)), "the fall leaves machines idle");
        let lease_over_cloud = |users: f64, dearer: f64| {
            let comparison = at(users, dearer);
            bill(&comparison, LeasedMetal) / bill(&comparison, CloudVms)
        };
        for (dearer, after) in [(1.0, 0.9..1.1), (2.0, 1.3..1.5)] {
            let (before, fallen) = (lease_over_cloud(4e6, dearer), lease_over_cloud(1e6, dearer));
            assert!(before < 0.9, "at {dearer} times today's rents it wins at four million: {before}");
            assert!(after.contains(&fallen), "and not at one: {fallen}");
        }
    }

    q10, "it often took a few days of effort", "holds",
    "By hand a new developer takes two to ten days, four in the mean; from an image well under one." => {
        let by_hand = fact("onboarding.by_hand_days");
        assert!(by_hand.p10 >= 2.0 && by_hand.p90 <= 10.0);
        let days = |variant| {
            let comparison = run("team.developers=300");
            let joining = 300.0 * fact("people.turnover").p50;
            metric(&comparison, variant, "labour.byKind.onboarding") * 12.0 / 8.0 / joining
        };
        assert!((2.0..=10.0).contains(&days(SingleServer)));
        assert!(days(CloudVms) < 1.0, "{}", days(CloudVms));
    }

    q11, "one or two developers ... not worth worrying about. But if you have 300 ... horrendous", "holds",
    "For two developers the image is not worth keeping; for 300 it saves more than a person's year. It pays from 1.6 hires a year at the essay's ten days, from 4.3 at four." => {
        let hours = |developers: f64, days: f64, variant| {
            of(&format!("team.developers={developers}&facts.onboarding.by_hand_days={days}"), variant, "labour.byKind.onboarding")
        };
        assert_eq!(hours(2.0, 10.0, CloudVms), hours(2.0, 10.0, SingleServer));
        let yearly_days = hours(2.0, 10.0, SingleServer) * 12.0 / 8.0;
        assert!((0.8..=4.3).contains(&yearly_days), "{yearly_days}");
        assert!((hours(300.0, 4.0, SingleServer) - hours(300.0, 4.0, CloudVms)) * 12.0 > 1000.0);
        let pays_from = |days: f64| {
            let developers = (1..1000).map(|tenths| f64::from(tenths) / 10.0);
            let first = developers.into_iter().find(|it| hours(*it, days, CloudVms) < hours(*it, days, SingleServer));
            first.unwrap() * fact("people.turnover").p50
        };
        assert!((pays_from(10.0) - 1.6).abs() < 0.1, "{}", pays_from(10.0));
        assert!((pays_from(4.0) - 4.3).abs() < 0.1, "{}", pays_from(4.0));
    }

    q12, "increase one microservice by 3%, another by 8%, another by 2%, another by 342%, another by 17%", "within limits",
    "Uneven growth raises a cluster's nodes by about its mean, not by its worst; machines for each service are several times what is needed. For one service nothing of that is left, for three next to nothing." => {
        let base = "preset=hundred-microservices&workload.weeklyUsers=500000&finance.provider=hetzner&goals.redundancy=twice&delivery.environments=1&data.stores=0";
        let machines = |link: &str, month: u16| {
            let derivation = explain(&scenario(link), "cloud-vms", &["fleet.machines"], Some(month)).unwrap();
            derivation.steps[0].value
        };
        let need = |month: u16| {
            let load = explain(&scenario(base), "cloud-vms", &["fleet.machines"], Some(month)).unwrap();
            let planned = load.steps.iter().find(|step| step.label == "application load planned for, on virtual machines");
            planned.unwrap().value / fact("capacity.vm_headroom").p50 / fact("capacity.target_utilisation").p50
        };
        // Two vCPU are the least that this provider sells.
        let over = |month| machines(base, month) * 2.0 / need(month);
        assert!(over(11) > 3.0 && over(12) > 2.0 && over(12) < over(11), "{} then {}", over(11), over(12));
        assert!((need(12) / need(11) - 1.744).abs() < 1e-6);
        let nodes = |link: &str, month: u16| {
            explain(&scenario(link), "self-run-kubernetes", &["fleet.machines"], Some(month)).unwrap().steps[0].value
        };
        let grown = nodes(base, 12) / nodes(base, 11);
        assert!(grown < 2.0, "nodes grow by the mean: {grown}");
        // Machines that follow the load too, so that only the size of the smallest unit is left to differ.
        let ratio = |services: u16| {
            let link = format!("{STATELESS}&workload.weeklyUsers=1400000&workload.peakToMean=4&delivery.environments=1&services.count={services}");
            let comparison = run(&link);
            bill(&comparison, MachineImages) / bill(&comparison, ManagedKubernetes)
        };
        assert!(ratio(1) < 1.0 && ratio(3) < 1.02 && ratio(100) > 1.4, "{} {} {}", ratio(1), ratio(3), ratio(100));
    }

    q13, "it currently has about 9,000 lines of code. And counting.", "holds",
    "Nine thousand lines are about 33 person-months by COCOMO II; at the hours of a hand-run upgrade they pay back after a thousand database-years." => {
        let setup = |operators: u8| {
            of(&format!("services.ownOperators={operators}&facts.operator.kloc=9"), SelfRunKubernetes, "labour.setupHours")
        };
        let months = (setup(1) - setup(0)) / fact("people.hours_per_month").p50;
        assert!((32.0..=34.0).contains(&months), "{months}");
        let by_hand = fact("parts.database-in-cluster.forcedUpgradesPerYear").p50 * fact("parts.database-in-cluster.hoursPerUpgrade").p50;
        assert!((setup(1) - setup(0)) / by_hand > 100.0);
    }

    q14, "99.999999% reliability when 50% of ads are blocked", "holds",
    "A further nine is worth only the share of the value that arrives at all: of a day's revenue never more than the share down times that." => {
        let link = |reach: f64| format!("goals.revenuePerHourUsd=1000&goals.lossShare=1&goals.reachShare={reach}&finance.discountRate=0&goals.redundancy=once&team.onCall=never");
        let revenue = 1000.0 * 730.0 * 60.0;
        for reach in [0.5, 1.0] {
            let comparison = run(&link(reach));
            for variant in Variant::ALL {
                let lost = metric(&comparison, *variant, "totals.downtimeUsd");
                let down = 1.0 - metric(&comparison, *variant, "availability.expected");
                assert!((lost / (down * reach * revenue) - 1.0).abs() < 1e-9, "{}", variant.id());
            }
        }
    }

    q15, "If a company is paying $500 for a complete website", "holds",
    "Set-up and a year of hosting are of that order on one server; each way with Terraform, Kubernetes or functions costs ten times as much before its first month." => {
        let comparison = run("preset=five-hundred-dollar-site");
        let first = |variant| metric(&comparison, variant, "totals.setupUsd");
        let year = first(SingleServer) + 12.0 * bill(&comparison, SingleServer);
        assert!(year < 1000.0, "{year}");
        for variant in [MachineImages, ManagedKubernetes, SelfRunKubernetes, Functions] {
            assert!(first(variant) > 10.0 * 500.0, "{}", variant.id());
        }
    }

    q16, "cheap to get started", "holds",
    "Weeks and money to the first deployment rise from one server over a platform, VMs, images and managed Kubernetes to a self-run cluster; functions lie between VMs and Kubernetes." => {
        let comparison = run("");
        for id in ["agility.weeksToFirstDeployment", "agility.firstDeploymentUsd"] {
            let at = |variant| metric(&comparison, variant, id);
            assert!(rising(&[SingleServer, Paas, CloudVms, MachineImages, ManagedKubernetes, SelfRunKubernetes].map(at)), "{id}");
            assert!(rising(&[CloudVms, Functions, ManagedKubernetes].map(at)), "{id}");
        }
    }

    q17, "You can run a hundred Docker containers on your laptop. Can you do that with a standard VM?", "holds",
    "A laptop of 16 GiB holds more than a hundred small containers and some ten to thirty VMs." => {
        let small = run("workload.memoryMbPerService=64");
        assert!(metric(&small, ManagedKubernetes, "agility.copiesOnLaptop") >= 100.0);
        let vms = metric(&small, CloudVms, "agility.copiesOnLaptop");
        assert!((10.0..=30.0).contains(&vms), "{vms}");
    }

    q18, "there's like 5 companies in the world that run jobs that big", "holds",
    "Of the ready companies Kubernetes is the cheapest only where a hundred services, eighty developers and a large load come together; a tenth of each, and it is not." => {
        let clusters = [Some(ManagedKubernetes), Some(SelfRunKubernetes)];
        for (id, comparison) in presets() {
            assert_eq!(clusters.contains(&comparison.best), id == "hundred-microservices", "{id}");
        }
        let small = run("preset=hundred-microservices&services.count=10&services.growthByService=&team.developers=8&team.opsPeople=1&workload.weeklyUsers=200000&data.stores=2&delivery.deploysPerDay=6&goals.revenuePerHourUsd=2000");
        assert!(!clusters.contains(&small.best), "{:?}", small.best);
    }

    q19, "painful, confusing, unmaintainable disaster after 2 years", "holds",
    "A view of a year and a half flatters Kubernetes: the share of forced upgrades in its work rises with the horizon, and within 18 months at least one version runs out of support, within 36 at least two." => {
        let support = fact("kubernetes.support_months").p50;
        assert!(18.0 / support >= 1.0 && 36.0 / support >= 2.0);
        let share = |months: u16| {
            let comparison = run(&format!("finance.horizonMonths={months}"));
            metric(&comparison, ManagedKubernetes, "lines.upgrades") / metric(&comparison, ManagedKubernetes, "totals.labourUsd")
        };
        assert!(rising(&[share(18), share(36), share(60)]));
        // Who does not upgrade pays six times the fee for the control plane once support has run out.
        let late = run("delivery.upgradesDone=0&finance.horizonMonths=24");
        let fees = |month: u16| {
            explain(&scenario("delivery.upgradesDone=0&finance.horizonMonths=24"), "managed-kubernetes", &["lines.platform"], Some(month)).unwrap().steps[0].value
        };
        assert!((fees(24) / fees(1) - 6.0).abs() < 1e-9, "{} then {}", fees(1), fees(24));
        assert!(metric(&late, ManagedKubernetes, "lines.platform") > of("finance.horizonMonths=24", ManagedKubernetes, "lines.platform"));
    }

    q20, "this ticket has been open for a year", "holds",
    "State inside a cluster has a class of incident of its own, repaired by hand: more downtime and more lost data than with a hosted database." => {
        let comparison = run("");
        for id in ["availability.dataHoursPerYear", "availability.dataLostHoursPerYear", "totals.dataLossUsd"] {
            assert!(metric(&comparison, SelfRunKubernetes, id) > metric(&comparison, ManagedKubernetes, id), "{id}");
        }
    }

    q21, "11 table JOIN against tables with tens of millions of rows", "holds",
    "Test databases with real data are a part of bare metal and take hours to refresh; without a second environment both are gone." => {
        let (with, without) = (run("data.hosted=false"), run("data.hosted=false&delivery.environments=1"));
        let care = |comparison, variant| metric(comparison, variant, "labour.byKind.databases");
        assert!(parts(&with.outcomes[LeasedMetal.index()]).contains(&"test-databases"));
        assert!(care(&with, LeasedMetal) > care(&with, SingleServer));
        assert!(!parts(&without.outcomes[LeasedMetal.index()]).contains(&"test-databases"));
        assert_eq!(care(&without, LeasedMetal), care(&without, SingleServer));
    }

    q22, "doesn't work if your runtime takes 100 ms+ to initialize", "within limits",
    "The start of the runtime is added to a cold request; whether that stops functions depends on the wait that is acceptable, and so does an application that cannot be cut up." => {
        let link = |init: f64, acceptable: f64| format!("services.decomposable=true&services.initMs={init}&goals.latencyMs={acceptable}");
        let stopped = |init, acceptable| {
            let comparison = run(&link(init, acceptable));
            comparison.outcomes[Functions.index()].obstacles.iter().any(|it| matches!(it, Obstacle::ColdStart { .. }))
        };
        assert!(stopped(100.0, 200.0) && !stopped(100.0, 1000.0) && stopped(8000.0, 1000.0));
        assert_eq!(run("services.decomposable=false").outcomes[Functions.index()].obstacles, [Obstacle::NotDecomposable]);
        let cold = |init| of(&link(init, 1000.0), Functions, "latency.coldStartMs");
        assert!((cold(400.0) - cold(100.0) - 300.0).abs() < 1e-9);
    }

    q23, "For small apps, just a few seconds", "holds",
    "From saving to seeing: no build on a server, a rebuild of some fifteen seconds with containers." => {
        let comparison = run("");
        let seconds = |variant| metric(&comparison, variant, "agility.innerLoopSeconds");
        assert!(seconds(SingleServer) < 5.0 && seconds(ManagedKubernetes) > 3.0 * seconds(SingleServer));
    }

    q24, "We did not start using any version control till 2005", "holds",
    "In 2002 no stack has version control or CI; today every stack but the single server's has both or the first." => {
        for outcome in run("preset=startup-2002").outcomes {
            assert!(!parts(&outcome).iter().any(|id| ["version-control", "continuous-integration"].contains(id)));
        }
        for outcome in run("").outcomes.iter().filter(|outcome| outcome.variant != SingleServer) {
            assert!(parts(outcome).contains(&"version-control"), "{}", outcome.variant.id());
        }
    }

    q25, "3 different versions of PHP with 3 different version of MariaDB", "holds",
    "On a shared host the work grows with the pairs of versions; machines of their own, containers and platforms have none of it." => {
        let services = |versions: u8, per_host: u8, variant| {
            of(&format!("services.count=9&services.runtimes={versions}&services.servicesPerHost={per_host}"), variant, "labour.byKind.services")
        };
        let pairs = |versions, variant| services(versions, 1, variant) - services(1, 1, variant);
        assert!((pairs(3, LeasedMetal) / pairs(2, LeasedMetal) - 3.0).abs() < 1e-9, "three pairs against one");
        for variant in [CloudVms, ManagedKubernetes, Paas, Functions] {
            assert_eq!(pairs(3, variant), 0.0, "{}", variant.id());
        }
        assert!(services(3, 9, CloudVms) > services(3, 1, CloudVms));
        assert!(scenario("").value(slot::SERVICES_RUNTIMES) == 1.0);
    }
}
