//! Reads the TOML tables, checks every row, and writes them as Rust statics.
//!
//! Used by `build.rs`, and by a test that feeds it broken rows. Not part of the library.

use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use toml::Spanned;

#[path = "tables_write.rs"]
mod write;

/// Every table, relative to the crate's root. A number's draws follow from its place among all: a further table of facts
/// stands after those that are there.
pub const FILES: [&str; 16] = [
    "src/scenario/fields.toml",
    "src/scenario/presets.toml",
    "src/facts/prices.toml",
    "src/facts/burden.toml",
    "src/facts/availability.toml",
    "src/facts/delivery.toml",
    "src/facts/migration.toml",
    "src/facts/complexity.toml",
    "src/facts/parts.toml",
    "src/facts/prices_azure.toml",
    "src/facts/limits.toml",
    "src/facts/prices_platforms.toml",
    "src/facts/needs.toml",
    "src/facts/machines.toml",
    "src/facts/providers.toml",
    "src/facts/cdn.toml",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fact: Vec<Spanned<FactRow>>,
    #[serde(default)]
    part: Vec<Spanned<PartRow>>,
    #[serde(default)]
    need: Vec<Spanned<NeedRow>>,
    #[serde(default)]
    exclusive: Vec<Spanned<ExclusiveRow>>,
    #[serde(default)]
    machine: Vec<Spanned<MachineRow>>,
    #[serde(default)]
    provider: Vec<Spanned<ProviderRow>>,
    #[serde(default)]
    host: Vec<Spanned<ProviderRow>>,
    #[serde(default)]
    platform: Vec<Spanned<ProviderRow>>,
    #[serde(default)]
    cdn: Vec<Spanned<CdnRow>>,
    #[serde(default)]
    field: Vec<Spanned<FieldRow>>,
    #[serde(default)]
    preset: Vec<Spanned<PresetRow>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactRow {
    id: String,
    label: String,
    unit: String,
    #[serde(flatten)]
    figure: Figure,
}

/// A number with its provenance. Every part of the provenance is optional to the parser and required by the check,
/// so that a missing one is reported with the row's line and in plain words.
#[derive(Deserialize, Clone)]
struct Figure {
    value: Option<f64>,
    p10: Option<f64>,
    p50: Option<f64>,
    p90: Option<f64>,
    /// The least that it may be set to, where that does not follow from its unit and spread.
    least: Option<f64>,
    source: Option<String>,
    date: Option<String>,
    confidence: Option<String>,
    estimate: Option<bool>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PartRow {
    id: String,
    name: String,
    layer: String,
    skill: String,
    responsibility: String,
    stateful: bool,
    #[serde(default)]
    provider_specific: bool,
    #[serde(default)]
    pulls_in: Vec<Vec<String>>,
    forced_upgrades: Option<Figure>,
    upgrade_hours: Option<Figure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NeedRow {
    id: String,
    label: String,
    doc: String,
    #[serde(default)]
    always: bool,
    #[serde(default)]
    when: Vec<WhenRow>,
    #[serde(default)]
    only_if: Vec<WhenRow>,
    met_by: Vec<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExclusiveRow {
    #[expect(dead_code, reason = "for the reader of the file; its presence is checked")]
    doc: String,
    parts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WhenRow {
    path: String,
    at_least: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MachineRow {
    ladder: String,
    name: String,
    vcpu: f64,
    memory_gib: f64,
    usable_share: Option<String>,
    port: Option<String>,
    disk_gb: Option<f64>,
    addresses: Option<(f64, f64)>,
    cost: Vec<(String, f64)>,
    /// What one costs with a standby; none is sold if it is empty.
    standby: Option<Vec<(String, f64)>>,
    note: Option<String>,
}

/// Where a part may stand: the variants of `Layer`.
const LAYERS: [&str; 6] = ["delivery", "front", "application", "data", "machines", "beside"];

/// The ladders that a seller may have, and the facts that it may have in a role: the fields of `Provider`.
const LADDERS: [&str; 4] = ["vm", "server", "metal", "database"];
const ROLES: [&str; 24] = [
    "database_storage",
    "backup_storage",
    "disk",
    "system_disk",
    "object_storage",
    "load_balancer",
    "load_balancer_gb",
    "ipv4",
    "balancer_ipv4",
    "egress_included",
    "egress_included_per_machine",
    "egress_limit",
    "control_plane",
    "control_plane_extended",
    "nat_hour",
    "nat_machine_hour",
    "nat_gb",
    "cross_zone_gb",
    "between_regions_gb",
    "registry",
    "commitment_discount",
    "support_minimum",
    "support_share",
    "workspace",
];

/// The ladders that every seller of a kind has: the approaches rely on there being a machine.
const SOLD: [(&str, &[&str]); 3] = [("PROVIDERS", &["vm"]), ("HOSTS", &["server", "metal"]), ("PLATFORMS", &["vm"])];

#[derive(Deserialize)]
struct ProviderRow {
    id: String,
    name: String,
    egress: Vec<(f64, String)>,
    #[serde(default)]
    functions: bool,
    #[serde(default)]
    files_in_regions: bool,
    /// By ladder or role: the id of a ladder or a fact.
    #[serde(flatten)]
    roles: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CdnRow {
    id: String,
    name: String,
    seller: Option<String>,
    #[serde(default)]
    at_balancer: bool,
    included_gb: Option<String>,
    included_requests: Option<String>,
    requests: Option<String>,
    #[serde(default)]
    egress: Vec<(f64, String)>,
    #[serde(default)]
    plans: Vec<(f64, f64, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldRow {
    path: String,
    kind: String,
    label: String,
    unit: Option<String>,
    default: Option<toml::Value>,
    because: Option<String>,
    default_fact: Option<String>,
    options: Option<toml::Value>,
    min: Option<f64>,
    max: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    scale: Option<String>,
    doc: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PresetRow {
    id: String,
    name: String,
    company: String,
    origin: String,
    set: toml::Table,
}

/// Collects what is wrong, each with the file and the line of its row.
struct Checker<'a> {
    problems: Vec<String>,
    file: &'a str,
    text: &'a str,
}

impl Checker<'_> {
    fn report(&mut self, offset: usize, message: impl std::fmt::Display) {
        let line = self.text[..offset.min(self.text.len())].matches('\n').count() + 1;
        self.problems.push(format!("{}:{line}: {message}", self.file));
    }

    /// Checks a figure and returns its p10, p50 and p90.
    fn figure(&mut self, offset: usize, id: &str, figure: &Figure) -> [f64; 3] {
        for (name, missing) in [
            ("source", figure.source.as_deref().is_none_or(|text| text.trim().is_empty())),
            ("date", !figure.date.as_deref().is_some_and(plausible_date)),
            ("estimate", figure.estimate.is_none()),
        ] {
            if missing {
                self.report(
                    offset,
                    format_args!("{id}: `{name}` is missing or empty; every figure needs its provenance"),
                );
            }
        }
        if !matches!(figure.confidence.as_deref(), Some("high" | "medium" | "low")) {
            self.report(offset, format_args!("{id}: `confidence` must be high, medium or low"));
        }
        let range = match (figure.value, figure.p10, figure.p50, figure.p90) {
            (Some(value), None, None, None) => [value; 3],
            (None, Some(p10), Some(p50), Some(p90)) => [p10, p50, p90],
            _ => {
                self.report(offset, format_args!("{id}: give either `value` or all of `p10`, `p50` and `p90`"));
                return [0.0; 3];
            }
        };
        if range.iter().any(|number| !number.is_finite() || *number < 0.0) {
            self.report(offset, format_args!("{id}: a figure must be finite and not negative"));
        }
        if figure.least.is_some_and(|least| range[0] < least) {
            self.report(offset, format_args!("{id}: `least` may not be above the figure itself"));
        }
        if range[0] > range[1] || range[1] > range[2] {
            self.report(
                offset,
                format_args!("{id}: p10 {} ≤ p50 {} ≤ p90 {} does not hold", range[0], range[1], range[2]),
            );
        }
        range
    }

    /// Checks what is said of a part itself.
    fn part(&mut self, offset: usize, row: &PartRow) {
        if !matches!(row.responsibility.as_str(), "self-run" | "managed" | "used") {
            self.report(offset, format_args!("{}: `responsibility` must be self-run, managed or used", row.id));
        }
        if !LAYERS.contains(&row.layer.as_str()) {
            self.report(offset, format_args!("{}: `layer` must be one of {}", row.id, LAYERS.join(", ")));
        }
        if row.forced_upgrades.is_some() != row.upgrade_hours.is_some() {
            self.report(
                offset,
                format_args!("{}: give both of `forced_upgrades` and `upgrade_hours`, or none", row.id),
            );
        }
    }

    /// Checks that these are facts.
    fn facts<'i>(&mut self, known: &Known, offset: usize, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids.into_iter().filter(|id| !known.facts.contains(*id)) {
            self.report(offset, format_args!("`{id}` is no fact"));
        }
    }

    /// Checks that these are parts.
    fn parts<'i>(&mut self, known: &Known, offset: usize, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids.into_iter().filter(|id| !known.parts.contains(id.as_str())) {
            self.report(offset, format_args!("`{id}` is no part"));
        }
    }

    fn need(&mut self, known: &Known, offset: usize, row: &NeedRow) {
        self.parts(known, offset, row.met_by.iter().flatten());
        for when in row.when.iter().chain(&row.only_if).filter(|when| !known.paths.contains(when.path.as_str())) {
            self.report(offset, format_args!("{}: `{}` is no field", row.id, when.path));
        }
        if row.met_by.iter().any(Vec::is_empty) || row.met_by.is_empty() {
            self.report(offset, format_args!("{}: `met_by` needs parts", row.id));
        }
    }

    fn machine(&mut self, known: &Known, offset: usize, row: &MachineRow) {
        if !(row.vcpu > 0.0 && row.memory_gib > 0.0) {
            self.report(offset, format_args!("{}: `vcpu` and `memory_gib` must be above zero", row.name));
        }
        if row.disk_gb.is_some_and(|gb| gb.is_nan() || gb <= 0.0) {
            self.report(offset, format_args!("{}: `disk_gb` must be above zero", row.name));
        }
        if row.cost.is_empty() {
            self.report(offset, format_args!("{}: `cost` is empty; a machine needs a price", row.name));
        }
        let prices = row.cost.iter().chain(row.standby.iter().flatten());
        self.facts(known, offset, prices.map(|(id, _)| id).chain(&row.usable_share).chain(&row.port));
    }

    fn seller(&mut self, known: &Known, offset: usize, kind: &str, row: &ProviderRow) {
        for (role, id) in &row.roles {
            if ROLES.contains(&role.as_str()) {
                self.facts(known, offset, [id]);
            } else if !LADDERS.contains(&role.as_str()) {
                self.report(offset, format_args!("{}: `{role}` is no role", row.id));
            }
        }
        for (_, ladders) in SOLD.iter().filter(|(seller, _)| *seller == kind) {
            for ladder in ladders.iter().filter(|ladder| !row.roles.contains_key(**ladder)) {
                self.report(offset, format_args!("{}: `{ladder}` is missing; name a ladder of machines", row.id));
            }
        }
        self.tiers(known, offset, &row.id, &row.egress);
    }

    fn cdn(&mut self, known: &Known, offset: usize, row: &CdnRow) {
        let named = [&row.included_gb, &row.included_requests, &row.requests];
        self.facts(known, offset, named.into_iter().flatten().chain(row.plans.iter().map(|(.., id)| id)));
        if row.seller.as_ref().is_some_and(|seller| !known.providers.contains(seller.as_str())) {
            self.report(offset, format_args!("{}: `seller` is no provider", row.id));
        }
        if row.at_balancer && row.seller.is_none() {
            self.report(offset, format_args!("{}: `at_balancer` needs the `seller` of the balancer", row.id));
        }
        if !row.plans.is_sorted_by(|(gb, requests, _), next| *gb <= next.0 && *requests <= next.1) {
            self.report(offset, format_args!("{}: the allowances of `plans` must rise", row.id));
        }
        // What no plan is made for is paid by the GB.
        let endless = row.plans.iter().any(|(gb, requests, _)| gb.is_infinite() && requests.is_infinite());
        if !(endless && row.egress.is_empty()) {
            self.tiers(known, offset, &row.id, &row.egress);
        }
    }

    /// Checks the prices of traffic: what lies beyond the last tier would cost nothing.
    fn tiers(&mut self, known: &Known, offset: usize, id: &str, egress: &[(f64, String)]) {
        self.facts(known, offset, egress.iter().map(|(_, id)| id));
        let ends = || egress.iter().map(|(to, _)| *to);
        let rising = ends().zip(ends().skip(1)).all(|(to, next)| to < next) && ends().next().is_some_and(|to| to > 0.0);
        if !rising || ends().next_back() != Some(f64::INFINITY) {
            let shown: Vec<String> = ends().map(|to| to.to_string()).collect();
            self.report(
                offset,
                format_args!(
                    "{id}: the tiers of `egress` hold up to {}; they must rise from above zero, the last to inf",
                    if shown.is_empty() { "nothing".into() } else { shown.join(", ") }
                ),
            );
        }
    }

    fn field(&mut self, known: &Known, offset: usize, row: &FieldRow, files: &[Source]) {
        self.facts(known, offset, &row.default_fact);
        let listed = row.path.contains("[]");
        if !listed && row.default.is_none() == row.default_fact.is_none() {
            self.report(offset, format_args!("{}: give one of `default` and `default_fact`", row.path));
        }
        if row.default.is_some() && row.because.is_none() {
            self.report(offset, format_args!("{}: a default needs its reason in `because`", row.path));
        }
        let numeric = [row.min, row.max, row.low, row.high];
        match row.kind.as_str() {
            "number" | "count" => {
                if row.unit.is_none() || row.scale.is_none() || numeric.iter().any(Option::is_none) {
                    self.report(
                        offset,
                        format_args!("{}: a number needs unit, min, max, low, high and scale", row.path),
                    );
                } else if row.min > row.low || row.low >= row.high || row.high > row.max {
                    self.report(offset, format_args!("{}: min ≤ low < high ≤ max does not hold", row.path));
                }
            }
            "flag" => {}
            "choice" | "set" if row.options.is_some() => {
                for name in unknown_defaults(row, files) {
                    self.report(offset, format_args!("{}: the default {name} is not among the options", row.path));
                }
            }
            _ => self.report(offset, format_args!("{}: `kind` must be number, count, flag, choice or set", row.path)),
        }
    }
}

/// What rows may name.
struct Known<'r> {
    facts: HashSet<String>,
    parts: HashSet<&'r str>,
    paths: HashSet<&'r str>,
    providers: HashSet<&'r str>,
}

impl File {
    /// The sellers by their kinds.
    fn sellers(&self) -> [(&'static str, &Vec<Spanned<ProviderRow>>); 3] {
        [("PROVIDERS", &self.provider), ("HOSTS", &self.host), ("PLATFORMS", &self.platform)]
    }
}

/// The names in the default of a choice or a set that are not among its options.
fn unknown_defaults<'r>(row: &'r FieldRow, files: &[Source]) -> Vec<&'r toml::Value> {
    let rows = || files.iter().map(|(_, _, parsed)| parsed);
    let ids = |sellers: fn(&File) -> &Vec<Spanned<ProviderRow>>| -> Vec<&str> {
        rows().flat_map(sellers).map(|row| row.get_ref().id.as_str()).collect()
    };
    let options: Vec<&str> = match &row.options {
        Some(toml::Value::String(table)) => match table.as_str() {
            "provider" => ids(|parsed| &parsed.provider),
            "host" => ids(|parsed| &parsed.host),
            "platform" => ids(|parsed| &parsed.platform),
            "part" => rows().flat_map(|parsed| &parsed.part).map(|row| row.get_ref().id.as_str()).collect(),
            "skill" => rows().flat_map(|parsed| &parsed.part).map(|row| row.get_ref().skill.as_str()).collect(),
            // What runs today and what stands before it: nothing is the default.
            _ => vec!["none"],
        },
        Some(names) => names.as_array().into_iter().flatten().filter_map(toml::Value::as_str).collect(),
        None => Vec::new(),
    };
    let named = match &row.default {
        Some(toml::Value::Array(names)) => names.iter().collect(),
        Some(name) => vec![name],
        None => Vec::new(),
    };
    named.into_iter().filter(|name| !name.as_str().is_some_and(|name| options.contains(&name))).collect()
}

/// A year, or a year and month, or a full date, optionally followed by words.
fn plausible_date(text: &str) -> bool {
    text.get(..4).is_some_and(|year| year.parse::<u32>().is_ok_and(|year| (1900..2100).contains(&year)))
}

/// One figure that gets a slot in the point.
struct Slot {
    id: String,
    label: String,
    unit: String,
    range: [f64; 3],
    figure: Figure,
}

/// A table's file: its name, its text and its rows.
type Source<'s> = (&'s str, &'s str, File);

/// The Rust source of all tables.
///
/// # Errors
/// Every broken row, as `file:line: what is wrong`.
pub fn generate(sources: &[(&str, &str)]) -> Result<String, Vec<String>> {
    let files = parsed(sources)?;
    let mut problems = Vec::new();
    let (facts, known_facts) = slots(&files, &mut problems);
    let rows = || files.iter().map(|(_, _, rows)| rows);
    let known = Known {
        facts: known_facts,
        parts: rows().flat_map(|rows| &rows.part).map(|row| row.get_ref().id.as_str()).collect(),
        paths: rows().flat_map(|rows| &rows.field).map(|row| row.get_ref().path.as_str()).collect(),
        providers: rows().flat_map(|rows| &rows.provider).map(|row| row.get_ref().id.as_str()).collect(),
    };
    for (file, text, rows) in &files {
        let mut checker = Checker { problems: Vec::new(), file, text };
        for row in &rows.part {
            checker.parts(&known, row.span().start, row.get_ref().pulls_in.iter().flatten());
        }
        for row in &rows.need {
            checker.need(&known, row.span().start, row.get_ref());
        }
        for row in &rows.exclusive {
            checker.parts(&known, row.span().start, &row.get_ref().parts);
        }
        for row in &rows.machine {
            checker.machine(&known, row.span().start, row.get_ref());
        }
        for (kind, sellers) in rows.sellers() {
            for row in sellers {
                checker.seller(&known, row.span().start, kind, row.get_ref());
            }
        }
        for row in &rows.cdn {
            checker.cdn(&known, row.span().start, row.get_ref());
        }
        for row in &rows.field {
            checker.field(&known, row.span().start, row.get_ref(), &files);
        }
        problems.append(&mut checker.problems);
    }
    let mut ladders: BTreeMap<&str, Vec<&MachineRow>> = BTreeMap::new();
    for row in rows().flat_map(|rows| &rows.machine).map(Spanned::get_ref) {
        ladders.entry(&row.ladder).or_default().push(row);
    }
    let sellers: Vec<(&str, &ProviderRow)> = rows()
        .flat_map(File::sellers)
        .flat_map(|(kind, rows)| rows.iter().map(move |row| (kind, row.get_ref())))
        .collect();
    for ladder in sellers.iter().flat_map(|(_, row)| LADDERS.iter().filter_map(|role| row.roles.get(*role))) {
        if !ladders.contains_key(ladder.as_str()) {
            problems.push(format!("src/facts/providers.toml: `{ladder}` is no ladder of machines"));
        }
    }
    problems.extend(odd_standbys(&ladders, &sellers));
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(write::rust(&write::Tables {
        fields: rows().flat_map(|rows| &rows.field).map(Spanned::get_ref).collect(),
        facts: &facts,
        parts: rows().flat_map(|rows| &rows.part).map(Spanned::get_ref).collect(),
        needs: rows().flat_map(|rows| &rows.need).map(Spanned::get_ref).collect(),
        exclusive: rows().flat_map(|rows| &rows.exclusive).map(|row| row.get_ref().parts.clone()).collect(),
        presets: rows().flat_map(|rows| &rows.preset).map(Spanned::get_ref).collect(),
        ladders,
        sellers,
        cdns: rows().flat_map(|rows| &rows.cdn).map(Spanned::get_ref).collect(),
    }))
}

/// What is wrong with the standbys of a ladder: databases need one that is sold with one, and nothing else has any.
fn odd_standbys(ladders: &BTreeMap<&str, Vec<&MachineRow>>, sellers: &[(&str, &ProviderRow)]) -> Vec<String> {
    let of_databases =
        |ladder: &str| sellers.iter().any(|(_, row)| row.roles.get("database").is_some_and(|id| id == ladder));
    let odd = |(ladder, rows): (&&str, &Vec<&MachineRow>)| {
        let said: Vec<_> = rows.iter().map(|row| row.standby.as_deref()).collect();
        if !of_databases(ladder) && said.iter().any(Option::is_some) {
            return Some(format!("src/facts/machines.toml: {ladder}: `standby` is said of what is no database"));
        }
        let none_sold = said.iter().all(|prices| *prices == Some(&[]));
        none_sold.then(|| format!("src/facts/machines.toml: {ladder}: no size is sold with a standby; one has to be"))
    };
    ladders.iter().filter_map(odd).collect()
}

/// The files with their rows; what is no table of ours is told with its line.
fn parsed<'s>(sources: &[(&'s str, &'s str)]) -> Result<Vec<Source<'s>>, Vec<String>> {
    let mut problems = Vec::new();
    let mut files = Vec::new();
    for &(file, text) in sources {
        match toml::from_str::<File>(text) {
            Ok(rows) => files.push((file, text, rows)),
            Err(error) => {
                let line = error.span().map_or(1, |span| text[..span.start].matches('\n').count() + 1);
                problems.push(format!("{file}:{line}: {}", error.message()));
            }
        }
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

/// The figures that get a slot, in their order, those of the parts among them, and the ids that there are.
fn slots(files: &[Source], problems: &mut Vec<String>) -> (Vec<Slot>, HashSet<String>) {
    let mut slots: Vec<Slot> = Vec::new();
    let mut first_in: HashMap<String, String> = HashMap::new();
    for (file, text, rows) in files {
        let mut checker = Checker { problems: Vec::new(), file, text };
        let mut add = |checker: &mut Checker, offset: usize, slot: Slot| {
            if let Some(first) = first_in.insert(slot.id.clone(), (*file).to_string()) {
                checker.report(offset, format_args!("{}: this id is used twice (first in {first})", slot.id));
            }
            slots.push(slot);
        };
        for row in &rows.fact {
            let (offset, row) = (row.span().start, row.get_ref());
            let range = checker.figure(offset, &row.id, &row.figure);
            let (id, label, unit) = (row.id.clone(), row.label.clone(), row.unit.clone());
            add(&mut checker, offset, Slot { id, label, unit, range, figure: row.figure.clone() });
        }
        for row in &rows.part {
            let (offset, row) = (row.span().start, row.get_ref());
            checker.part(offset, row);
            for (figure, suffix, label, unit) in [
                (&row.forced_upgrades, "forcedUpgradesPerYear", "forced upgrades", "upgrades/year"),
                (&row.upgrade_hours, "hoursPerUpgrade", "hours of one upgrade", "hours/upgrade"),
            ] {
                if let Some(figure) = figure {
                    let id = format!("parts.{}.{suffix}", row.id);
                    let range = checker.figure(offset, &id, figure);
                    let label = format!("{label}: {}", row.name);
                    add(&mut checker, offset, Slot { id, label, unit: unit.into(), range, figure: figure.clone() });
                }
            }
        }
        problems.append(&mut checker.problems);
    }
    (slots, first_in.into_keys().collect())
}
