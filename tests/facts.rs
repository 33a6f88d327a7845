//! The tables: a row that breaks a rule stops the build with its file and line, and every row that is in is whole.

#[path = "../src/facts/fnv.rs"]
mod fnv;
#[path = "../src/facts/tables.rs"]
mod tables;

use fnv::Fnv;
use moving_parts::approach::Variant;
use moving_parts::facts::{FACTS, FIELDS, HASH, PARTS, PRESETS, Part};
use moving_parts::model::structure::Structure;
use moving_parts::model::{Company, Shape};
use moving_parts::scenario::{Scenario, Tree};

const GOOD: &str = r#"
[[fact]]
id = "a.price"
label = "a price"
value = 3
unit = "USD/month"
source = "a price list"
date = "2026-01-02"
confidence = "high"
estimate = false
"#;

fn complaint(text: &str) -> String {
    let problems = tables::generate(&[("some.toml", text)]).expect_err("this table is broken");
    problems.join("\n")
}

/// The committed tables as Rust, with one text in them replaced by another.
fn committed(from: &str, to: &str) -> Result<String, Vec<String>> {
    let read = |file: &str| std::fs::read_to_string(format!("{}/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let texts = tables::FILES.map(|file| (file, read(file).replacen(from, to, 1)));
    let sources: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
    tables::generate(&sources)
}

#[test]
fn the_committed_tables_are_whole() {
    assert_eq!(committed("", "").err(), None);
}

#[test]
fn the_hash_is_that_of_every_table() {
    let hash = |from: &str, to: &str| {
        let mut hash = Fnv::default();
        hash.write(committed(from, to).unwrap().as_bytes());
        hash.finish()
    };
    assert_eq!(hash("", ""), HASH);
    for (from, to) in [
        ("memory_gib = 4", "memory_gib = 5"),
        ("\nleast = 1\n", "\nleast = 0.5\n"),
        ("at_least = 20 }", "at_least = 30 }"),
        ("stateful = true", "stateful = false"),
        ("provider_specific = true", "provider_specific = false"),
        ("functions = true", "functions = false"),
        ("\nstandby = []\n", "\n"),
        ("standby = [[\"heroku.pg.premium-2\", 1]]", "standby = [[\"heroku.pg.premium-2\", 2]]"),
    ] {
        assert_ne!(hash(from, to), HASH, "{from}");
    }
}

#[test]
fn a_whole_row_is_taken() {
    let rust = tables::generate(&[("some.toml", GOOD)]).unwrap();
    assert!(rust.contains("pub const A_PRICE: Slot"));
}

#[test]
fn a_row_without_provenance_is_refused_with_file_and_line() {
    for (line, name) in [
        ("source = \"a price list\"\n", "source"),
        ("date = \"2026-01-02\"\n", "date"),
        ("estimate = false\n", "estimate"),
    ] {
        let complaint = complaint(&GOOD.replace(line, ""));
        assert!(complaint.starts_with("some.toml:2: a.price: ") && complaint.contains(name), "{complaint}");
    }
    assert!(complaint(&GOOD.replace("\"high\"", "\"sure\"")).contains("confidence"));
    assert!(complaint(&GOOD.replace("\"a price list\"", "\"  \"")).contains("source"));
    assert!(complaint(&GOOD.replace("2026-01-02", "unknown")).contains("date"));
}

#[test]
fn a_range_upside_down_is_refused() {
    let upside_down = GOOD.replace("value = 3", "p10 = 5\np50 = 3\np90 = 9");
    assert_eq!(complaint(&upside_down), "some.toml:2: a.price: p10 5 ≤ p50 3 ≤ p90 9 does not hold");
    assert!(complaint(&GOOD.replace("value = 3", "p10 = 5")).contains("all of `p10`, `p50` and `p90`"));
    assert!(complaint(&GOOD.replace("value = 3", "value = nan")).contains("finite"));
}

#[test]
fn a_least_value_above_the_figure_is_refused() {
    assert!(tables::generate(&[("some.toml", &GOOD.replace("value = 3", "value = 3\nleast = 3"))]).is_ok());
    assert!(complaint(&GOOD.replace("value = 3", "value = 3\nleast = 4")).contains("`least`"));
}

#[test]
fn a_duplicate_id_is_refused_at_its_second_row() {
    let twice = format!("{GOOD}{GOOD}");
    assert_eq!(complaint(&twice), "some.toml:12: a.price: this id is used twice (first in some.toml)");
}

#[test]
fn unknown_keys_and_unknown_facts_are_refused() {
    assert!(complaint(&GOOD.replace("label", "lable")).starts_with("some.toml:"));
    let machine = "\n[[machine]]\nladder = \"l\"\nname = \"m\"\nvcpu = 1\nmemory_gib = 1\ncost = [[\"b.price\", 1]]\n";
    assert_eq!(complaint(&format!("{GOOD}{machine}")), "some.toml:12: `b.price` is no fact");
    let port = machine.replace("b.price", "a.price") + "port = \"b.port\"\n";
    assert_eq!(complaint(&format!("{GOOD}{port}")), "some.toml:12: `b.port` is no fact");
    let disk = machine.replace("b.price", "a.price") + "disk_gb = 0\n";
    assert_eq!(complaint(&format!("{GOOD}{disk}")), "some.toml:12: m: `disk_gb` must be above zero");
    let free = machine.replace("[[\"b.price\", 1]]", "[]");
    assert_eq!(complaint(&format!("{GOOD}{free}")), "some.toml:12: m: `cost` is empty; a machine needs a price");
}

#[test]
fn a_seller_without_the_machines_that_are_asked_of_it_is_refused() {
    for (line, seller, ladder) in [
        ("vm = \"aws.vm\"\n", "aws", "vm"),
        ("server = \"hetzner.server\"\n", "hetzner", "server"),
        ("metal = \"hetzner.metal\"\n", "hetzner", "metal"),
        ("vm = \"heroku.instance\"\n", "heroku", "vm"),
    ] {
        let problems = committed(line, "").expect_err("a ladder is missing").join("\n");
        let what = format!(": {seller}: `{ladder}` is missing; name a ladder of machines");
        assert!(problems.starts_with("src/facts/providers.toml:") && problems.ends_with(&what), "{problems}");
    }
}

#[test]
fn prices_of_traffic_that_end_or_do_not_rise_are_refused() {
    let tiers = "egress = [[1024, \"gcp.egress.t1\"], [10240, \"gcp.egress.t2\"], [inf, \"gcp.egress.t3\"]]";
    for (from, to, ends) in [
        ("inf", "20480", "1024, 10240, 20480"),
        ("1024,", "0,", "0, 10240, inf"),
        ("10240", "1024", "1024, 1024, inf"),
        ("10240", "512", "1024, 512, inf"),
        ("10240", "nan", "1024, NaN, inf"),
        ("10240", "inf", "1024, inf, inf"),
    ] {
        let problems = committed(tiers, &tiers.replacen(from, to, 1)).expect_err(ends).join("\n");
        let what =
            format!(": gcp: the tiers of `egress` hold up to {ends}; they must rise from above zero, the last to inf");
        assert!(problems.starts_with("src/facts/providers.toml:") && problems.ends_with(&what), "{problems}");
    }
    let none = committed(tiers, "egress = []").unwrap_err().join("\n");
    assert!(none.contains(": gcp: the tiers of `egress` hold up to nothing; "), "{none}");
}

#[test]
fn a_standby_of_what_is_no_database_or_of_none_of_a_seller_s_sizes_is_refused() {
    let price = "cost = [[\"aws.ec2.t4g.micro\", 1]]";
    let problems = committed(price, &format!("{price}\nstandby = []")).unwrap_err();
    assert_eq!(problems, ["src/facts/machines.toml: aws.vm: `standby` is said of what is no database"]);
    let price = "cost = [[\"heroku.pg.standard-0\", 1]]\nstandby = [[\"heroku.pg.premium-0\", 1]]";
    let problems = committed(price, &price.replace("heroku.pg.premium-0", "heroku.pg.premium")).unwrap_err().join("\n");
    assert!(problems.ends_with(": `heroku.pg.premium` is no fact"), "{problems}");
    let size = |ladder: &str| {
        format!(
            "\n[[machine]]\nladder = \"{ladder}\"\nname = \"m\"\nvcpu = 1\nmemory_gib = 1\ncost = [[\"a.price\", 1]]\n"
        )
    };
    let seller = "\n[[platform]]\nid = \"p\"\nname = \"P\"\nfunctions = false\nvm = \"v\"\ndatabase = \"d\"\negress = [[inf, \"a.price\"]]\n";
    let sold = format!("{GOOD}{}{}{seller}", size("v"), size("d"));
    let offers = |standby| {
        tables::generate(&[("some.toml", &sold.replace("\n\n[[platform]]", &format!("\n{standby}\n[[platform]]")))])
    };
    for (standby, sold) in [("", true), ("standby = [[\"a.price\", 3]]\n", true), ("standby = []\n", false)] {
        let problem = "src/facts/machines.toml: d: no size is sold with a standby; one has to be".to_owned();
        assert_eq!(offers(standby).map(|_| ()), if sold { Ok(()) } else { Err(vec![problem]) }, "{standby}");
    }
}

#[test]
fn a_part_that_stands_nowhere_is_refused() {
    let problems = committed("layer = \"beside\"", "layer = \"besides\"").unwrap_err().join("\n");
    let what = ": `layer` must be one of delivery, front, application, data, machines, beside";
    assert!(problems.starts_with("src/facts/parts.toml:") && problems.ends_with(what), "{problems}");
}

#[test]
fn a_default_that_is_no_option_is_refused() {
    for (from, to, path) in [
        ("default = \"asItPays\"", "default = \"asitpays\"", "data.standby"),
        ("default = \"render\"", "default = \"aws\"", "finance.platform"),
        (
            "default = \"none\"\nbecause = \"Nothing runs",
            "default = \"no\"\nbecause = \"Nothing runs",
            "current.variant",
        ),
        (
            "default = \"none\"\nbecause = \"Nothing stands",
            "default = \"no\"\nbecause = \"Nothing stands",
            "finance.cdn",
        ),
        ("\"sql-dba\", \"ftp\"", "\"sql-dba\", \"fpt\"", "team.skills"),
    ] {
        let problems = committed(from, to).unwrap_err().join("\n");
        assert!(problems.contains(&format!(": {path}: the default \"")), "{problems}");
        assert!(problems.ends_with("\" is not among the options"), "{problems}");
    }
}

#[test]
fn every_preset_can_be_read_and_says_where_its_inputs_come_from() {
    assert_eq!(PRESETS.len(), 12);
    for preset in PRESETS {
        for (path, text) in preset.set {
            let link = format!("v1&{path}={text}");
            let alone = Scenario::from_link(&link);
            let listed = path.contains(".growth.") || path.contains(".growthByService.");
            assert!(listed || alone.is_ok(), "{}: {link}: {alone:?}", preset.id);
        }
        Scenario::preset(preset.id).unwrap();
        assert!(preset.origin.len() > 40, "{}", preset.id);
    }
}

#[test]
fn every_default_lies_within_its_limits() {
    let scenario = Scenario::default();
    let tree = scenario.to_tree(true);
    assert_eq!(tree, Tree::Map(vec![]), "a company of which nothing is said says nothing");
    for (index, field) in FIELDS.iter().enumerate() {
        let value = scenario.likeliest().values().nth(index).unwrap();
        let bounded = field.unit.is_empty() || (field.min..=field.max).contains(&value);
        assert!(bounded, "{}: {value}", field.path);
    }
}

/// The counts of the published first draft: parts, interfaces, longest chain.
#[test]
fn stacks_have_the_parts_of_the_bill_of_materials() {
    let own = Company::of(&Scenario::from_link("v1&data.hosted=false").unwrap());
    let hosted = Company::of(&Scenario::default());
    for (variant, company, expected) in [
        (Variant::SingleServer, &own, (8, 9, 5)),
        (Variant::LeasedMetal, &own, (17, 25, 6)),
        (Variant::OwnedMetal, &own, (17, 25, 6)),
        (Variant::Paas, &hosted, (12, 12, 6)),
        (Variant::CloudVms, &own, (18, 26, 8)),
        (Variant::MachineImages, &hosted, (20, 31, 12)),
        (Variant::ManagedKubernetes, &hosted, (26, 56, 13)),
        (Variant::SelfRunKubernetes, &own, (34, 74, 14)),
        (Variant::Functions, &hosted, (14, 26, 8)),
    ] {
        let [stack, at_two] = [false, true].map(|two_sites| variant.stack(company, Shape { two_sites, ..Shape::FULL }));
        let structure = Structure::of(&stack);
        let counted = (stack.count(), stack.interfaces().len(), structure.longest_chain);
        assert_eq!(counted, expected, "{}", variant.id());
        // What leads requests to one of two sites, and what keeps their data alike.
        assert_eq!(at_two.count(), stack.count() + 2, "{}", variant.id());
        assert!(at_two.interfaces().len() >= stack.interfaces().len() + 2, "{}", variant.id());
        for (from, to) in stack.interfaces().iter().chain(at_two.interfaces()) {
            assert!(at_two.has(*from) && at_two.has(*to), "{}: {from:?} > {to:?}", variant.id());
        }
    }
}

#[test]
fn running_the_database_oneself_adds_replication_and_keeps_every_end_of_an_interface() {
    let own = Company::of(&Scenario::from_link("v1&data.hosted=false").unwrap());
    for variant in [Variant::MachineImages, Variant::ManagedKubernetes] {
        let stack = variant.stack(&own, Shape::FULL);
        assert!(
            stack.has(Part::SqlDatabase) && stack.has(Part::DatabaseReplication) && !stack.has(Part::ManagedDatabase)
        );
        assert!(stack.interfaces().iter().all(|(from, to)| stack.has(*from) && stack.has(*to)));
    }
}

#[test]
fn every_part_belongs_to_some_stack_and_every_fact_has_a_date() {
    let companies =
        ["v1&data.hosted=false&finance.cdn=bunny", "v1"].map(|link| Company::of(&Scenario::from_link(link).unwrap()));
    for part in &PARTS {
        let used = companies
            .iter()
            .any(|company| Variant::ALL.iter().any(|variant| variant.stack(company, Shape::FULL).has(part.part)));
        assert!(used, "{} is in no stack", part.id);
    }
    assert!(FACTS.iter().all(|fact| fact.date.len() >= 4 && !fact.source.is_empty()));
}
