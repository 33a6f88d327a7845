//! Every price of the price book is paid by somebody, and a price that rises makes nothing cheaper.

use moving_parts::approach::Variant;
use moving_parts::facts::{FACTS, FIELDS, HOSTS, PLATFORMS, PRESETS, PROVIDERS};
use moving_parts::model::{Company, metrics};
use moving_parts::point::Point;
use moving_parts::question::compare::{compare, compare_at};
use moving_parts::scenario::Scenario;

fn scenario(link: &str) -> Scenario {
    Scenario::from_link(link).unwrap_or_else(|problems| panic!("{link}: {problems:?}"))
}

/// Every preset with every provider, and with hosts, platforms, support plans and commitments in turn; with what else is
/// said of them.
fn companies(said: &str) -> Vec<Scenario> {
    let mut all = Vec::new();
    for (at, preset) in PRESETS.iter().enumerate() {
        for (by, provider) in PROVIDERS.iter().enumerate() {
            let (host, platform) = (HOSTS[(at + by) % HOSTS.len()].id, PLATFORMS[(at + by) % PLATFORMS.len()].id);
            let (support, commitment) = (at % 2 == 0, if at % 3 == 0 { 0.7 } else { 0.0 });
            all.push(scenario(&format!(
                "v1&preset={}&finance.provider={}&finance.host={host}&finance.platform={platform}&finance.discount=0\
                 &finance.support={support}&finance.commitment={commitment}&team.onCall=never{said}",
                preset.id, provider.id
            )));
        }
    }
    all
}

/// Companies behind each CDN, from those that its smallest plan is for to those that no plan is for.
fn behind_cdns() -> Vec<Scenario> {
    let of_amazon =
        [2e5, 2e6, 1e7, 1.6e7, 2.8e7, 4.5e7, 8e7, 1.3e8, 1.7e8].map(|users| ("cloudfront", "aws", users, 100));
    let others = [
        ("cloudfront", "aws", 2e5, 1000),
        ("cloudfront", "aws", 1.7e8, 1000),
        ("cloud-cdn", "gcp", 1e8, 100),
        ("fastly", "aws", 1e6, 1000),
        ("bunny", "hetzner", 1e6, 100),
        ("cloudflare", "azure", 1e6, 100),
    ];
    let link = |(cdn, provider, users, kb): &(&str, &str, f64, u32)| {
        scenario(&format!(
            "v1&preset=shermans-2011&finance.provider={provider}&finance.cdn={cdn}&workload.weeklyUsers={users}\
             &workload.requestsPerUserWeek=10&workload.egressKbPerRequest={kb}&workload.cacheHitShare=0.9"
        ))
    };
    of_amazon.iter().chain(&others).map(link).collect()
}

/// With each price of the price book dearer by half nothing costs less than so large a part of what it did. Gives how many
/// prices there are, and how many of them are paid by somebody.
fn dearer(companies: Vec<Scenario>, part: f64) -> (u32, u32) {
    let total = metrics::find("totals.tcoUsd").expect("a metric");
    let known: Vec<(Scenario, Company, Vec<f64>)> = companies
        .into_iter()
        .map(|scenario| {
            let company = Company::of(&scenario);
            let outcomes = compare_at(&company, &scenario.likeliest()).outcomes;
            (scenario, company, outcomes.iter().map(|outcome| outcome.numbers[total]).collect())
        })
        .collect();
    let money = |unit: &str| (unit.starts_with("USD") || unit.starts_with("EUR")) && unit != "USD/EUR";
    let (mut prices, mut paid) = (0, 0);
    for (index, fact) in FACTS.iter().enumerate().filter(|(_, fact)| money(fact.unit)) {
        let slot = FIELDS.len() + index;
        let mut rises = false;
        for (scenario, company, before) in &known {
            let point = scenario.likeliest();
            let dearer =
                point.values().enumerate().map(|(at, value)| if at == slot { value * 1.5 + 0.01 } else { value });
            for (outcome, before) in compare_at(company, &Point::new(dearer)).outcomes.iter().zip(before) {
                let after = outcome.numbers[total];
                assert!(
                    after > before * part,
                    "{}, dearer by half: {} costs {after} instead of {before} in {}",
                    fact.id,
                    outcome.variant.id(),
                    scenario.to_link()
                );
                rises |= after > *before;
            }
        }
        prices += 1;
        paid += u32::from(rises);
    }
    (prices, paid)
}

#[test]
fn a_dearer_price_makes_nothing_cheaper_and_costs_somebody_more() {
    // A size is chosen from a few of the months: what that misses is less than a hundredth.
    let twice = "&goals.redundancy=twice&goals.availability=0.5";
    // Plans of databases have prices of their own with a standby and without, and for each size.
    let said = ["always", "never", "never&data.databaseGb=1000&data.hotShare=0.5"];
    let databases = said.map(|said| companies(&format!("{twice}&data.standby={said}")));
    let (prices, paid) = dearer([databases.concat(), behind_cdns()].concat(), 0.99);
    // The rest are sizes between two better ones, tiers beyond any of these companies, and defaults that they set themselves.
    assert!(f64::from(paid) > 0.85 * f64::from(prices), "{paid} of {prices} prices are paid by somebody");
    // Copies are chosen by the months that stand for all, and without what a commitment saves.
    dearer(companies(""), 0.98);
}

/// A line of machine images behind a CDN or none, at a company whose copies, people on call and sites are given.
fn behind(cdn: &str, line: &str, said: &str) -> f64 {
    let link = format!(
        "v1&preset=media-site&goals.redundancy=twice&goals.secondSite=never&team.onCall=never&finance.cdn={cdn}{said}"
    );
    let outcomes = compare(&scenario(&link)).outcomes;
    let images = outcomes.iter().find(|outcome| outcome.variant == Variant::MachineImages).expect("a variant");
    images.metric(&format!("lines.{line}")).expect("a line")
}

fn near(value: f64, expected: f64, what: &str) {
    assert!((value - expected).abs() <= 1e-6 * expected.abs(), "{what}: {value} is not {expected}");
}

#[test]
fn what_a_cdn_has_no_copy_of_is_the_servers_traffic() {
    // Every GB at one price, and next to nothing of it free: what the servers send is seen by what it costs.
    let priced = |usd: f64| {
        let tiers = (1..=4).map(|tier| format!("&facts.aws.egress.t{tier}={usd}"));
        format!("&workload.egressKbPerRequest=3000&facts.aws.egress.free_gb=0.1{}", tiers.collect::<String>())
    };
    for hits in [0.0, 0.5, 0.75] {
        let traffic = |cdn: &str| {
            let network = |usd| behind(cdn, "network", &format!("{}&workload.cacheHitShare={hits}", priced(usd)));
            network(0.08) - network(0.0)
        };
        near(traffic("bunny") / traffic("none"), 1.0 - hits, "another's CDN is sent what it lacks");
        assert_eq!(traffic("cloudfront"), 0.0, "the provider's own fetches it for nothing");
    }
}

#[test]
fn a_cdn_at_the_balancer_is_paid_for_what_it_has_a_copy_of() {
    let paid = |hits: f64, said: &str| {
        behind("cloud-cdn", "cdn", &format!("&finance.provider=gcp&workload.cacheHitShare={hits}{said}"))
    };
    let free = "&facts.cdn.google.requests=0";
    assert_eq!(paid(0.0, free), 0.0, "what it has no copy of is traffic of the servers");
    let one = "&facts.cdn.google.t1=0.05&facts.cdn.google.t2=0.05&facts.cdn.google.t3=0.05";
    near(paid(0.8, &format!("{free}{one}")) / paid(0.2, &format!("{free}{one}")), 4.0, "what it has a copy of");
    near(paid(0.5, &format!("{one}&facts.cdn.google.requests=1.5")) - paid(0.5, one), paid(0.0, one), "each request");
}

#[test]
fn a_cdn_has_the_discount_of_its_seller_and_is_paid_once_while_moving() {
    let discounted = |cdn: &str, discount: f64| behind(cdn, "cdn", &format!("&finance.discount={discount}"));
    near(discounted("cloudfront", 0.2), discounted("cloudfront", 0.0) * 0.8, "the provider's own");
    near(discounted("bunny", 0.2), discounted("bunny", 0.0), "another's");
    let twice = |cdn: &str| behind(cdn, "transition", "&current.variant=cloud-vms&workload.cacheHitShare=0");
    assert!(twice("none") > 0.0);
    near(twice("cloudflare"), twice("none"), "paid twice while moving");
    assert_eq!(behind("cloudflare", "cdn", "&stack.without=cdn"), 0.0, "left out");
}

#[test]
fn a_discount_of_one_provider_is_none_of_another_s() {
    let line = |link: &str, variant: Variant, line: &str| {
        let outcomes = compare(&scenario(link)).outcomes;
        outcomes[variant.index()].numbers[metrics::find(line).expect("a line")]
    };
    // No files: what is stored is the databases alone.
    let company = "v1&preset=series-b-b2b&data.hosted=true&goals.redundancy=twice&data.objectStorageGb=0";
    for (provider, databases, expected) in [
        ("hetzner", "same", 0.5),
        ("hetzner", "aws", 1.0),
        ("aws", "same", 0.5),
        ("aws", "azure", 1.0),
        ("azure", "same", 0.5),
    ] {
        let company = format!("{company}&finance.provider={provider}&finance.databaseProvider={databases}");
        let with = |discount: f64| format!("{company}&finance.discount={discount}");
        // Where system disks are paid apart, their number follows the sizes, which are chosen at one's own prices.
        let stored = (provider == "hetzner").then_some(("lines.storage", expected));
        for (id, expected) in [("lines.compute", 0.5), ("lines.database", expected)].into_iter().chain(stored) {
            let ratio = line(&with(0.5), Variant::CloudVms, id) / line(&with(0.0), Variant::CloudVms, id);
            assert!((ratio - expected).abs() < 1e-9, "machines of {provider}, databases of {databases}: {id} {ratio}");
        }
    }
}

#[test]
fn a_support_plan_costs_its_share_of_the_bill_or_its_one_price() {
    for preset in ["seed-startup", "hundred-microservices"] {
        let line = |provider: &str, support: bool| {
            let company = format!(
                "v1&preset={preset}&finance.provider={provider}&finance.support={support}&finance.priceRisePerYear=0"
            );
            let outcome = &compare(&scenario(&company)).outcomes[Variant::CloudVms.index()];
            ["lines.support", "totals.levelMonths"].map(|id| outcome.metric(id).expect("a metric"))
        };
        let [azure, months] = line("azure", true);
        assert!((azure / months - 100.0).abs() < 1e-9, "{preset}: {azure} in {months} months");
        let [aws, months] = line("aws", true);
        assert!(aws / months > 29.0, "{preset}: {aws} in {months} months");
        assert_eq!(line("azure", false)[0], 0.0);
    }
}

/// Compute and waste of a variant without a commitment, and with one for a share of the machines that always run, at a
/// discount of three tenths; and how many machines there are without it.
fn committed(company: &str, variant: Variant, share: f64) -> ([f64; 2], f64) {
    let company = format!(
        "v1&preset=steady-api&workload.weeklyUsers=3e7&workload.peakToMean=1&workload.growth.phases=&data.stores=0\
         &delivery.environments=1&facts.capacity.autoscale_headroom=0.0007&facts.vm.support_share=0.0001&facts.aws.commitment_discount=0.3{company}"
    );
    let outcomes = [0.0, share].map(|share| {
        let outcomes = compare(&scenario(&format!("{company}&finance.commitment={share}"))).outcomes;
        let number = |id: &str| outcomes[variant.index()].numbers[metrics::find(id).expect("a metric")];
        (number("lines.compute") + number("lines.waste"), number("fleet.machines"))
    });
    (outcomes.map(|(usd, _)| usd), outcomes[0].1)
}

#[test]
fn a_commitment_covers_the_machines_that_always_run() {
    // A load that never varies, three times the first month's from the first month on: all of them do.
    let level = "&workload.activeShare=1&workload.growth.steps.0.month=1&workload.growth.steps.0.factor=3\
                 &workload.backgroundVcpu=2";
    for variant in [Variant::CloudVms, Variant::MachineImages, Variant::ManagedKubernetes, Variant::SelfRunKubernetes] {
        for share in [0.5, 1.0] {
            let ([without, with], _) = committed(level, variant, share);
            let expected = 1.0 - 0.3 * share;
            assert!((with / without - expected).abs() < 1e-9, "{}: {}", variant.id(), with / without);
        }
    }
    let ([without, with], _) = committed(level, Variant::Functions, 1.0);
    assert_eq!(without, with, "functions are not rented by the hour");

    // Half of the hours have no traffic, and there is no background work: one machine of the only group is left.
    let busy_by_day = "&workload.activeShare=0.5&workload.backgroundVcpu=0&services.count=1&goals.redundancy=once";
    let ([without, with], machines) = committed(busy_by_day, Variant::MachineImages, 1.0);
    assert!(machines > 5.0, "{machines} machines");
    let covered = (without - with) / 0.3;
    assert!((covered * machines / without - 1.0).abs() < 1e-9, "{covered} of {without} for {machines} machines");
}
