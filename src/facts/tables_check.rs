//! What is wrong with the rows of the TOML tables.

use super::{CdnRow, FieldRow, Figure, File, LADDERS, MachineRow, NeedRow, PartRow, ProviderRow, ROLES, Source};
use std::collections::{BTreeMap, HashSet};
use toml::Spanned;

/// Where a part may stand: the variants of `Layer`.
const LAYERS: [&str; 6] = ["delivery", "front", "application", "data", "machines", "beside"];

/// The ladders that every seller of a kind has: the approaches rely on there being a machine.
const SOLD: [(&str, &[&str]); 3] = [("PROVIDERS", &["vm"]), ("HOSTS", &["server", "metal"]), ("PLATFORMS", &["vm"])];

/// Collects what is wrong, each with the file and the line of its row.
pub(super) struct Checker<'a> {
    pub problems: Vec<String>,
    pub file: &'a str,
    pub text: &'a str,
}

impl Checker<'_> {
    pub(super) fn report(&mut self, offset: usize, message: impl std::fmt::Display) {
        let line = self.text[..offset.min(self.text.len())].matches('\n').count() + 1;
        self.problems.push(format!("{}:{line}: {message}", self.file));
    }

    /// Checks a figure and returns its p10, p50 and p90.
    pub(super) fn figure(&mut self, offset: usize, id: &str, figure: &Figure) -> [f64; 3] {
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
    pub(super) fn part(&mut self, offset: usize, row: &PartRow) {
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
    pub(super) fn parts<'i>(&mut self, known: &Known, offset: usize, ids: impl IntoIterator<Item = &'i String>) {
        for id in ids.into_iter().filter(|id| !known.parts.contains(id.as_str())) {
            self.report(offset, format_args!("`{id}` is no part"));
        }
    }

    pub(super) fn need(&mut self, known: &Known, offset: usize, row: &NeedRow) {
        self.parts(known, offset, row.met_by.iter().flatten());
        for when in row.when.iter().chain(&row.only_if).filter(|when| !known.paths.contains(when.path.as_str())) {
            self.report(offset, format_args!("{}: `{}` is no field", row.id, when.path));
        }
        if row.met_by.iter().any(Vec::is_empty) || row.met_by.is_empty() {
            self.report(offset, format_args!("{}: `met_by` needs parts", row.id));
        }
    }

    pub(super) fn machine(&mut self, known: &Known, offset: usize, row: &MachineRow) {
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

    pub(super) fn seller(&mut self, known: &Known, offset: usize, kind: &str, row: &ProviderRow) {
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

    pub(super) fn cdn(&mut self, known: &Known, offset: usize, row: &CdnRow) {
        let named = [&row.included_gb, &row.included_requests, &row.million_requests];
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

    pub(super) fn field(&mut self, known: &Known, offset: usize, row: &FieldRow, files: &[Source]) {
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
pub(super) struct Known<'r> {
    pub facts: HashSet<String>,
    pub parts: HashSet<&'r str>,
    pub paths: HashSet<&'r str>,
    pub providers: HashSet<&'r str>,
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

/// What is wrong with the standbys of a ladder: databases need one that is sold with one, and nothing else has any.
pub(super) fn odd_standbys(
    ladders: &BTreeMap<&str, Vec<&MachineRow>>,
    sellers: &[(&str, &ProviderRow)],
) -> Vec<String> {
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
