//! The claims without numbers, L1 to L43: order, sign, shape.

use super::support::{bill, claims, fact, metric, of, paid, parts, presets, rising, run};
use moving_parts::approach::{Approach, Variant, Variant::*};
use moving_parts::facts::{FACTS, FIELDS};
use moving_parts::model::METRICS;
use moving_parts::question::compare::TRADED;

/// The variants that a company lays out on machines of its own choice: one server apart.
const REDUNDANT: [Variant; 8] =
    [LeasedMetal, OwnedMetal, CloudVms, Paas, MachineImages, ManagedKubernetes, SelfRunKubernetes, Functions];

claims! {
    l1, "The whole point of this essay is that there is no best ... all 4 approaches are valid", "holds",
    "Over the ready companies each of the four approaches is the cheapest somewhere, and none everywhere." => {
        let winners: Vec<Approach> = presets().map(|(id, comparison)| comparison.best.unwrap_or_else(|| panic!("{id}")).approach()).collect();
        for approach in [Approach::Server, Approach::Metal, Approach::Vms, Approach::Cloud] {
            let wins = winners.iter().filter(|winner| **winner == approach).count();
            assert!(wins > 0 && wins < winners.len(), "{approach:?} wins {wins} of {}", winners.len());
        }
    }

    l2, "your devops costs will be rock bottom", "within limits",
    "Wherever one server holds the load, what is bought and worked for it is less than for any way but a platform, which asks for less care of the database." => {
        for (id, comparison) in presets() {
            if comparison.outcomes[SingleServer.index()].feasible() {
                for variant in REDUNDANT.iter().filter(|variant| **variant != Paas) {
                    assert!(paid(&comparison, SingleServer) < paid(&comparison, *variant), "{id}: {}", variant.id());
                }
            }
        }
        let indie = run("preset=indie-saas");
        assert!(paid(&indie, Paas) < paid(&indie, SingleServer), "a platform can be cheaper still");
    }

    l3, "our website occasionally had glitches", "within limits",
    "One server is down some seven hours a year, 99.9 %: the longest of all by its components; only a database inside a cluster that gets stuck comes near." => {
        let comparison = run("preset=startup-2002");
        let hours = metric(&comparison, SingleServer, "availability.downtimeHoursPerYear");
        assert!((6.0..=8.0).contains(&hours), "{hours}");
        let twice = run("preset=startup-2002&goals.redundancy=twice");
        for variant in REDUNDANT {
            let components = |variant| metric(&twice, variant, "availability.componentHoursPerYear");
            assert!(components(variant) < components(SingleServer), "{}", variant.id());
        }
    }

    l4, "Our devops setup was so simple that the non-technical staff understood it perfectly", "holds",
    "Designers and project managers can deploy to one server, and by script to bare metal; to images, clusters and functions only those who hold their skills." => {
        let comparison = run("team.developers=5&team.othersWhoDeploy=3");
        let people = |variant| metric(&comparison, variant, "agility.whoCanDeploy");
        assert_eq!([SingleServer, LeasedMetal].map(people), [8.0, 8.0]);
        assert_eq!([MachineImages, ManagedKubernetes, SelfRunKubernetes, Functions].map(people), [5.0; 4]);
    }

    l5, "different versions of code at different vhosts", "holds",
    "A trial version costs no machine on one server, and a further environment wherever there are machines; functions that nobody calls cost nothing." => {
        let comparison = run("");
        assert_eq!(metric(&comparison, SingleServer, "agility.trialUsdPerMonth"), 0.0);
        assert!(metric(&comparison, Functions, "agility.trialUsdPerMonth") < 1.0);
        for variant in REDUNDANT.into_iter().filter(|variant| *variant != Functions) {
            assert!(metric(&comparison, variant, "agility.trialUsdPerMonth") > 0.0, "{}", variant.id());
        }
    }

    l6, "you have to spend a lot of money to get back to the release frequency that we innocently enjoyed", "holds",
    "For a small team a deployment on Kubernetes costs several times what it costs on one server; the gap closes as the team grows." => {
        let gap = |developers: f64| {
            let link = format!("team.developers={developers}&delivery.deploysPerDay={}&services.count={}&workload.weeklyUsers={}", developers * 2.0, (developers / 3.0).ceil(), developers * 5000.0);
            let comparison = run(&link);
            let each = |variant| paid(&comparison, variant) / metric(&comparison, variant, "agility.deploysPerDay");
            each(ManagedKubernetes) / each(SingleServer)
        };
        assert!(gap(3.0) > 3.0, "{}", gap(3.0));
        assert!(gap(3.0) > gap(20.0) && gap(20.0) > gap(80.0), "{} {} {}", gap(3.0), gap(20.0), gap(80.0));
    }

    l7, "every one of the CEOs ... insisted they need High Availability right from the start. This is perfectionism", "holds",
    "Below some revenue an hour a second copy of every role never pays, above it always: the number of copies rises with the revenue and never falls." => {
        let copies = |revenue: f64, variant| {
            of(&format!("goals.availability=0&goals.revenuePerHourUsd={revenue}"), variant, "fleet.copies")
        };
        for variant in [CloudVms, MachineImages, ManagedKubernetes] {
            let along: Vec<f64> = [0.0, 10.0, 100.0, 1e3, 1e4, 1e5, 1e6].map(|revenue| copies(revenue, variant)).to_vec();
            assert!(along.windows(2).all(|pair| pair[0] <= pair[1]), "{}: {along:?}", variant.id());
            assert_eq!((along[0], along[6]), (1.0, 2.0), "{}", variant.id());
        }
    }

    l8, "re-inventing your architecture is itself a cost that should be included", "holds",
    "Moving from what runs today is a cost of its own, larger where the software has to change, and the month is named by which it has paid for itself, if it does." => {
        let comparison = run("current.variant=cloud-vms&services.decomposable=true");
        let moving = |variant| metric(&comparison, variant, "labour.migrationHours");
        assert_eq!(metric(&comparison, CloudVms, "totals.migrationUsd"), 0.0);
        assert!(rising(&[moving(LeasedMetal), moving(ManagedKubernetes), moving(Functions)]));
        // What is far dearer to keep than to leave pays back; what is cheaper to keep never does.
        let heavy = run("current.variant=self-run-kubernetes");
        let back = heavy.outcomes[Paas.index()].pays_back_in;
        assert!(back.is_some_and(|month| month > 1), "{back:?}");
        assert_eq!(run("current.variant=paas").outcomes[SelfRunKubernetes.index()].pays_back_in, None);
    }

    l9, "you should probably just use a hosted solution", "within limits",
    "A hosted database costs more money and fewer hours. For a small one the hours decide and it is cheaper; for three large ones with standby it is dearer." => {
        let net = |link: &str| {
            let (hosted, own) = (run(&format!("{link}&data.hosted=true")), run(&format!("{link}&data.hosted=false")));
            assert!(bill(&hosted, CloudVms) > bill(&own, CloudVms), "{link}: the price goes up");
            assert!(metric(&hosted, CloudVms, "labour.byKind.databases") < metric(&own, CloudVms, "labour.byKind.databases"));
            paid(&hosted, CloudVms) - paid(&own, CloudVms)
        };
        assert!(net("goals.redundancy=once") < 0.0);
        assert!(net("preset=colo-lift-and-shift") > 0.0);
    }

    l10, "Just because it's managed does not mean that your application's uptime and availability are covered", "holds",
    "Managed parts keep a weight, new people take longer than on VMs, and the software is down for longer than the provider's refund threshold allows the control plane." => {
        let comparison = run("");
        let lighter = run("facts.complexity.weight_managed=0.25");
        assert!(metric(&lighter, ManagedKubernetes, "complexity.index") < metric(&comparison, ManagedKubernetes, "complexity.index"));
        assert!(metric(&comparison, ManagedKubernetes, "labour.byKind.onboarding") > metric(&comparison, CloudVms, "labour.byKind.onboarding"));
        let refund = metric(&comparison, ManagedKubernetes, "availability.refundBelow");
        assert!(refund > 0.0 && metric(&run("goals.redundancy=twice"), ManagedKubernetes, "availability.expected") < 0.9999);
    }

    l11, "it did not auto-scale the memory use", "holds",
    "A managed store still runs out of something now and then, and takes hours a year." => {
        let (one, ten) = (run("data.stores=1"), run("data.stores=10"));
        for variant in [Paas, MachineImages, ManagedKubernetes, Functions] {
            assert!(metric(&one, variant, "availability.capacityHoursPerYear") > 0.0, "{}", variant.id());
            assert!(metric(&one, variant, "labour.byKind.databases") > 0.0, "{}", variant.id());
            assert!(metric(&ten, variant, "availability.incidentsPerYear") > metric(&one, variant, "availability.incidentsPerYear"));
        }
    }

    l12, "if usage is very uneven, with big spikes and long lulls, then ... Lambda can save you money", "holds",
    "Without the database, which both need, functions are cheaper than VMs for spikes and lulls, dearer for steady use by short requests, and there is one border between. By longer ones they are not: VMs in use are idle nine tenths of their time." => {
        let bare = "data.stores=0&services.decomposable=true&goals.redundancy=once&services.count=3&workload.memoryMbPerService=256&delivery.environments=1";
        let dearer = |link: &str| {
            let comparison = run(&format!("{bare}&{link}"));
            bill(&comparison, Functions) > bill(&comparison, CloudVms)
        };
        assert!(!dearer("workload.weeklyUsers=100000&workload.activeShare=0.04&workload.peakToMean=8"));
        assert!(dearer("workload.weeklyUsers=2000000&workload.requestsPerUserWeek=300&workload.cpuMsPerRequest=8&workload.peakToMean=1.45"));
        // From a thousand users to ten million, in steps of a factor of ten: finer ones show the steps of whole machines.
        let along: Vec<bool> = (3..=7)
            .map(|power| dearer(&format!("workload.weeklyUsers=1e{power}&workload.peakToMean=2&workload.cpuMsPerRequest=8")))
            .collect();
        assert_eq!(along.windows(2).filter(|pair| pair[0] != pair[1]).count(), 1, "{along:?}");
        assert!(!along[0] && along[4]);
        assert!(!dearer("workload.weeklyUsers=1e7&workload.peakToMean=2&workload.cpuMsPerRequest=30"));
    }

    l13, "it will be slower than what you can achieve on your own", "holds",
    "Gateway and start add to every request, and a cold start far more." => {
        let comparison = run("");
        assert!(metric(&comparison, Functions, "latency.typicalMs") > metric(&comparison, SingleServer, "latency.typicalMs"));
        assert!(metric(&comparison, Functions, "latency.coldStartMs") > metric(&comparison, Functions, "latency.typicalMs"));
        assert_eq!(metric(&comparison, SingleServer, "latency.coldStartMs"), 0.0);
    }

    l14, "lock yourself into managed services", "holds",
    "Functions take the most porting, and hold the most parts that only their provider has: leaving costs most." => {
        let comparison = run("current.variant=cloud-vms&services.decomposable=true");
        for variant in REDUNDANT.iter().filter(|variant| **variant != Functions) {
            for id in ["labour.migrationHours", "complexity.providerSpecific", "totals.exitUsd"] {
                assert!(metric(&comparison, Functions, id) > metric(&comparison, *variant, id), "{id}: {}", variant.id());
            }
        }
    }

    l15, "For as long as a startup can use Heroku, it probably should", "holds",
    "A platform has the least structural complexity of all that fail over, is the cheapest of them for a start-up, and loses when services and load outgrow it." => {
        let startup = run("preset=seed-startup&finance.platform=heroku&goals.redundancy=twice");
        for variant in REDUNDANT.iter().filter(|variant| **variant != Paas) {
            assert!(metric(&startup, Paas, "complexity.index") < metric(&startup, *variant, "complexity.index"), "{}", variant.id());
            assert!(metric(&startup, Paas, "totals.tcoUsd") < metric(&startup, *variant, "totals.tcoUsd"), "{}", variant.id());
        }
        let grown = run("preset=hundred-microservices");
        assert!(metric(&grown, Paas, "totals.tcoUsd") > metric(&grown, ManagedKubernetes, "totals.tcoUsd"));
    }

    l16, "identical to the production machines", "holds",
    "Development is like production with images, containers and platforms and not on servers set up by hand; that saves days of set-up and failures that show only in production." => {
        let comparison = run("team.developers=40");
        let at = |variant, id| metric(&comparison, variant, id);
        for variant in Variant::ALL {
            let by_hand = [SingleServer, LeasedMetal, OwnedMetal].contains(variant);
            assert_eq!(at(*variant, "agility.parity"), f64::from(u8::from(!by_hand)), "{}", variant.id());
        }
        assert!(at(CloudVms, "agility.changeFailureRate") < at(LeasedMetal, "agility.changeFailureRate"));
        assert!(at(CloudVms, "labour.byKind.onboarding") < at(LeasedMetal, "labour.byKind.onboarding"));
    }

    l17, "resource use is coarse-grained compared to Docker/Kubernetes", "holds",
    "With one service a VM the idle part of the machines grows with the number of services at the same load; on a cluster it grows far less." => {
        let idle = |services: u16, variant| {
            let link = format!("services.count={services}&workload.weeklyUsers=1000000&finance.provider=hetzner&data.stores=0&goals.redundancy=twice&delivery.environments=1");
            of(&link, variant, "totals.wasteUsd")
        };
        assert!(rising(&[idle(3, CloudVms), idle(30, CloudVms), idle(100, CloudVms)]));
        assert!(idle(100, CloudVms) > 10.0 * idle(100, SelfRunKubernetes));
    }

    l18, "running a VM on your machine can be a real pain", "holds",
    "A VM takes more of a developer's machine than a container, and two parts more to keep." => {
        let comparison = run("");
        assert!(metric(&comparison, CloudVms, "agility.copiesOnLaptop") < metric(&comparison, ManagedKubernetes, "agility.copiesOnLaptop"));
        assert!(parts(&comparison.outcomes[CloudVms.index()]).contains(&"virtualbox"));
        assert!(!parts(&comparison.outcomes[ManagedKubernetes.index()]).contains(&"virtualbox"));
        let without = run("stack.without=vagrant,virtualbox");
        assert!(metric(&without, CloudVms, "labour.byKind.upgrades") < metric(&comparison, CloudVms, "labour.byKind.upgrades"));
    }

    l19, "How do we re-attach a failover persistent volume", "holds",
    "Each step of the slope, from VMs over Docker in development and production, Kubernetes and Rancher to the database inside, adds parts, interfaces, complexity and forced upgrades." => {
        let base = "data.hosted=false&goals.redundancy=twice";
        let steps = [
            (base.to_string(), CloudVms),
            (format!("{base}&stack.with=container-build"), CloudVms),
            (format!("{base}&stack.with=container-build,container-runtime,image-registry"), CloudVms),
            (base.to_string(), ManagedKubernetes),
            (format!("{base}&stack.with=rancher"), ManagedKubernetes),
            (base.to_string(), SelfRunKubernetes),
        ];
        for id in ["complexity.parts", "complexity.interfaces", "complexity.index", "complexity.forcedUpgradesPerYear"] {
            let along: Vec<f64> = steps.iter().map(|(link, variant)| of(link, *variant, id)).collect();
            assert!(rising(&along), "{id}: {along:?}");
        }
    }

    l20, "adds a layer of automation that makes everything easier", "holds",
    "Terraform and Packer add parts to those of VMs and take hours away once there are several machines and environments; the complexity index is about the same." => {
        let comparison = run("preset=series-b-b2b");
        let at = |variant, id| metric(&comparison, variant, id);
        assert!(at(MachineImages, "complexity.parts") > at(CloudVms, "complexity.parts"));
        assert!(at(MachineImages, "labour.hoursPerMonth") < at(CloudVms, "labour.hoursPerMonth"));
        let own = run("data.hosted=false&goals.redundancy=twice");
        let hosted = run("data.hosted=true&goals.redundancy=twice");
        let ratio = metric(&hosted, MachineImages, "complexity.index") / metric(&own, CloudVms, "complexity.index");
        assert!((0.85..=1.15).contains(&ratio), "{ratio}");
    }

    l21, "they sort of make Docker unnecessary", "holds",
    "Machine images need no container part at all, and cost less than Kubernetes for few services." => {
        let comparison = run("services.count=3");
        let images = parts(&comparison.outcomes[MachineImages.index()]);
        assert!(!images.iter().any(|id| id.contains("container") || id.contains("image-registry") || id.contains("cluster")));
        assert!(metric(&comparison, MachineImages, "totals.tcoUsd") < metric(&comparison, ManagedKubernetes, "totals.tcoUsd"));
    }

    l22, "Nothing can match the fine-grained control ... It's a good choice for some companies", "holds",
    "With a hundred services that grow unevenly and eighty developers managed Kubernetes is the cheapest at the likeliest values." => {
        assert_eq!(run("preset=hundred-microservices").best, Some(ManagedKubernetes));
    }

    l23, "So you're just adding more technologies on top", "holds",
    "A self-run cluster still has configuration management, a build, CI and a repository in its bill: the parts are a union." => {
        let all = parts(&run("").outcomes[SelfRunKubernetes.index()]);
        for id in ["configuration-management", "container-build", "continuous-integration", "image-registry", "cloud-machines", "language-runtime"] {
            assert!(all.contains(&id), "{id}");
        }
    }

    l24, "Setting up a private Docker image repository would be in addition to that", "holds",
    "The registry is one part more, it holds data, and no other part goes for it." => {
        let (with, without) = (run(""), run("stack.without=image-registry"));
        for id in ["complexity.parts", "complexity.stateful"] {
            assert_eq!(metric(&with, ManagedKubernetes, id) - metric(&without, ManagedKubernetes, id), 1.0, "{id}");
        }
        assert!(metric(&with, ManagedKubernetes, "totals.tcoUsd") > metric(&without, ManagedKubernetes, "totals.tcoUsd"));
    }

    l25, "you still need to build your code", "holds",
    "The runtime that the code is built for and run on is a part of every stack, upgraded in every one." => {
        for outcome in run("").outcomes {
            assert!(parts(&outcome).contains(&"language-runtime"), "{}", outcome.variant.id());
        }
        assert!(fact("parts.language-runtime.forcedUpgradesPerYear").p50 > 0.0);
    }

    l26, "Kubernetes is built around etcd, isn't it?", "holds",
    "A store of consensus stands in the home-made failover of bare metal and in a self-run cluster; in a managed one it is in the fee." => {
        let comparison = run("");
        let has = |variant: Variant, id| parts(&comparison.outcomes[variant.index()]).contains(&id);
        assert!(has(LeasedMetal, "heartbeat") && has(SelfRunKubernetes, "etcd") && !has(ManagedKubernetes, "etcd"));
        assert!(metric(&comparison, ManagedKubernetes, "lines.platform") > 0.0);
    }

    l27, "piling new technology on top of new technology", "holds",
    "The longest chain of parts that lean on each other is five on one server and fourteen in a self-run cluster." => {
        let comparison = run("data.hosted=false");
        assert_eq!(metric(&comparison, SingleServer, "complexity.longestChain"), 5.0);
        assert_eq!(metric(&comparison, SelfRunKubernetes, "complexity.longestChain"), 14.0);
    }

    l28, "you end up changing your configuration endlessly", "holds",
    "Configuration takes hours every month in every approach, in proportion to its lines and to how much of it changes." => {
        let (base, more) = (run("services.count=10"), run("services.count=10&facts.config.changes_per_year=0.4"));
        for variant in Variant::ALL {
            let hours = |comparison| metric(comparison, *variant, "labour.byKind.configuration");
            assert!(hours(&base) > 0.0 && (hours(&more) / hours(&base) - 2.0).abs() < 1e-9, "{}", variant.id());
            assert!(metric(&base, *variant, "complexity.configLines") > of("services.count=1", *variant, "complexity.configLines"));
        }
    }

    l29, "most developers will have to tweak the setup", "holds",
    "The lines of configuration are a number of their own; a service on Kubernetes has more than ten times those of one on a platform." => {
        let lines = |services: u8, variant| of(&format!("services.count={services}"), variant, "complexity.configLines");
        let each = |variant| lines(11, variant) - lines(10, variant);
        assert!(each(ManagedKubernetes) > 10.0 * each(Paas));
    }

    l30, "we can't automate everything. In the end, you have to write a few details down", "holds",
    "With an operator the database is still upgraded and cared for by people." => {
        let comparison = run("");
        assert!(parts(&comparison.outcomes[SelfRunKubernetes.index()]).contains(&"database-operator"));
        assert!(metric(&comparison, SelfRunKubernetes, "labour.byKind.databases") > 0.0);
        assert!(fact("parts.database-in-cluster.hoursPerUpgrade").p50 > 0.0 && fact("operator.automation").p90 < 1.0);
    }

    l31, "easy tasks is easy", "holds",
    "An operator takes over a part of the routine and nothing of the repairs." => {
        let (with, without) = (run(""), run("stack.without=database-operator"));
        let at = |comparison, id| metric(comparison, SelfRunKubernetes, id);
        assert!(at(&with, "labour.byKind.databases") < at(&without, "labour.byKind.databases"));
        assert_eq!(at(&with, "availability.dataHoursPerYear"), at(&without, "availability.dataHoursPerYear"));
    }

    l32, "why would that functionality not already be in the ... data store", "holds",
    "Without the incidents of stuck volumes a database inside a cluster loses as much as the same one beside it: orchestration adds its own failures and takes none away." => {
        let link = |stuck: f64| format!("data.hosted=false&goals.redundancy=twice&team.onCall=never&facts.failures.stateful_set={stuck}");
        let hours = |stuck, variant| of(&link(stuck), variant, "availability.dataHoursPerYear");
        assert!((hours(0.0001, SelfRunKubernetes) / hours(0.0001, ManagedKubernetes) - 1.0).abs() < 0.02);
        assert!(hours(0.3, SelfRunKubernetes) > hours(0.3, ManagedKubernetes));
    }

    l33, "infinite scaling is just one of them", "holds",
    "The answer is a profile: money, hours, downtime, parts, lead time. In every ready company at least two variants are left that no other beats in all of them." => {
        let profile = ["totals.tcoUsd", "labour.hoursPerMonth", "availability.downtimeHoursPerYear", "complexity.parts", "agility.leadTimeHours"];
        assert!(profile.iter().all(|id| TRADED.contains(id)), "{TRADED:?}");
        for (id, comparison) in presets() {
            let left = comparison.outcomes.iter().filter(|it| it.feasible() && it.dominated_by.is_none()).count();
            assert!(left >= 2, "{id}: {left}");
        }
    }

    l34, "minimizing the number of moving parts that your team needs to worry about", "holds",
    "A part weighs by who answers for it: what the provider runs weighs less than what the team runs." => {
        let weights = ["complexity.weight_used", "complexity.weight_managed"].map(|id| fact(id).p50);
        assert!(rising(&[weights[0], weights[1], 1.0]));
        let comparison = run("data.hosted=false");
        let hosted = run("data.hosted=true");
        assert!(metric(&hosted, MachineImages, "complexity.index") < metric(&comparison, MachineImages, "complexity.index"));
    }

    l35, "sometimes a bit of sloppiness has costs savings", "holds",
    "Risk has a price and is not forbidden: without a goal every layout is allowed, none is ever down for nothing or takes no work, and the sloppiest can be the cheapest." => {
        for (id, _) in presets() {
            let comparison = run(&format!("preset={id}&goals.availability=0"));
            for outcome in &comparison.outcomes {
                assert!(!outcome.obstacles.iter().any(|it| matches!(it, moving_parts::model::Obstacle::MissesGoal { .. })));
                assert!(outcome.metric("availability.downtimeHoursPerYear").unwrap() > 0.0);
                assert!(outcome.metric("labour.hoursPerMonth").unwrap() > 0.0);
            }
        }
        assert_eq!(run("preset=steady-api&goals.availability=0").best, Some(SingleServer));
        assert_ne!(run("preset=steady-api").best, Some(SingleServer));
    }

    l36, "Tolerance tends to be lowest ... laying bits down on disk", "holds",
    "A part that holds data weighs more, and the more so the more of them the team runs." => {
        let gain = |variant| {
            of("facts.complexity.weight_state=1", variant, "complexity.index") / of("", variant, "complexity.index")
        };
        for variant in Variant::ALL {
            assert!(gain(*variant) > 1.0, "{}", variant.id());
        }
        assert!(gain(SelfRunKubernetes) > gain(ManagedKubernetes));
    }

    l37, "a point of fast-diminishing returns", "holds",
    "Each hour of downtime saved costs more than the one before: a second copy, and then somebody on call." => {
        let way = |copies: &str, on_call: &str| {
            let comparison = run(&format!("goals.availability=0&goals.redundancy={copies}&team.onCall={on_call}&goals.revenuePerHourUsd=0&goals.dataLossUsdPerHour=0"));
            (metric(&comparison, CloudVms, "availability.downtimeHoursPerYear"), paid(&comparison, CloudVms))
        };
        let (alone, twice, watched) = (way("once", "never"), way("twice", "never"), way("twice", "always"));
        let price = |from: (f64, f64), to: (f64, f64)| (to.1 - from.1) / (from.0 - to.0);
        assert!(price(alone, twice) > 0.0 && price(twice, watched) > price(alone, twice), "{alone:?} {twice:?} {watched:?}");
    }

    l38, "The system was simple, everyone understood it, everyone could work with it.", "holds",
    "Bare metal with redundancy has about three times the structural complexity of one server, and well below that of Kubernetes." => {
        let comparison = run("data.hosted=false");
        let index = |variant| metric(&comparison, variant, "complexity.index");
        let ratio = index(LeasedMetal) / index(SingleServer);
        assert!((2.3..=3.4).contains(&ratio), "{ratio}");
        assert!(index(LeasedMetal) < index(ManagedKubernetes));
    }

    l39, "co-location data centers can be surprisingly cheap", "holds",
    "A thread of a leased or a colocated server costs a fraction of a vCPU on demand." => {
        let euro = fact("fx.usd_per_eur").p50;
        let leased = fact("hetzner.dedi.ax162r").p50 * euro / 96.0;
        let on_demand = fact("aws.ec2.m7g.large").p50 * 730.0 / 2.0;
        assert!(on_demand / leased > 2.0, "{on_demand} against {leased}");
        let comparison = run("preset=colo-lift-and-shift&current.variant=none");
        assert!(bill(&comparison, OwnedMetal) < bill(&comparison, CloudVms));
    }

    l40, "is not a sunk cost", "holds",
    "To put old software into containers is new money; to leave it where it runs costs no move, and cleaning the versions up saves what they collide for." => {
        let old = "current.variant=cloud-vms&services.count=6&services.servicesPerHost=6&services.runtimes=3";
        let left = run(old);
        assert!(metric(&left, ManagedKubernetes, "totals.migrationUsd") > 0.0 && metric(&left, ManagedKubernetes, "totals.setupUsd") > 0.0);
        assert_eq!(metric(&left, CloudVms, "totals.migrationUsd") + metric(&left, CloudVms, "totals.setupUsd"), 0.0);
        let clean = run(&old.replace("runtimes=3", "runtimes=1"));
        assert!(metric(&clean, CloudVms, "totals.tcoUsd") < metric(&left, CloudVms, "totals.tcoUsd"));
    }

    l41, "argument from authority", "holds",
    "How many others use a thing is no input: no fact, field or figure speaks of popularity." => {
        let words = ["popular", "adopt", "trend", "market share", "star"];
        let texts = FACTS.iter().map(|fact| fact.id).chain(FIELDS.iter().map(|field| field.path)).chain(METRICS.iter().map(|metric| metric.id));
        for text in texts {
            let spoken = text.to_lowercase();
            assert!(!words.iter().any(|word| spoken.split(['.', '_']).any(|part| part.starts_with(word) && !part.starts_with("start") && !part.starts_with("standard"))), "{text}");
        }
    }

    l42, "I'm leaving out the many variations of CI/CD setups, version control work flows, and monitoring", "holds",
    "These parts can be given to every stack or taken from every one, so that they are held equal." => {
        let toggled = ["continuous-integration", "monitoring", "version-control"];
        let (with, without) = (run(&format!("stack.with={}", toggled.join(","))), run(&format!("stack.without={}", toggled.join(","))));
        for id in toggled {
            assert!(with.outcomes.iter().all(|outcome| parts(outcome).contains(&id)), "{id}");
            assert!(!without.outcomes.iter().any(|outcome| parts(outcome).contains(&id)), "{id}");
        }
        assert!(metric(&with, SingleServer, "lines.tools") > metric(&without, SingleServer, "lines.tools"));
    }

    l43, "release frequency can increase—along with developmental and operational complexity", "holds",
    "Deployments a day and complexity are figures of their own: with many services a cluster can have more of both than machines with scripts." => {
        let (few, many) = (run("services.count=1"), run("services.count=30"));
        let at = |comparison, id| metric(comparison, ManagedKubernetes, id);
        assert!(at(&many, "agility.deploysPerDayPossible") > at(&few, "agility.deploysPerDayPossible"));
        assert!(at(&many, "complexity.index") > metric(&many, SingleServer, "complexity.index"));
        assert!(at(&many, "agility.deploysPerDayPossible") > metric(&few, LeasedMetal, "agility.deploysPerDayPossible"));
    }
}
