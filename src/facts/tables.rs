//! Reads the TOML tables, checks every row, and writes them as Rust statics.
//!
//! Used by `build.rs`, and by a test that feeds it broken rows. Not part of the library.

use check::{Checker, Known};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use toml::Spanned;

#[path = "tables_check.rs"]
mod check;
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
    million_requests: Option<String>,
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

impl File {
    /// The sellers by their kinds.
    fn sellers(&self) -> [(&'static str, &Vec<Spanned<ProviderRow>>); 3] {
        [("PROVIDERS", &self.provider), ("HOSTS", &self.host), ("PLATFORMS", &self.platform)]
    }
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
    problems.extend(check::odd_standbys(&ladders, &sellers));
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
