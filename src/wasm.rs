//! The JavaScript boundary. It converts and delegates; it computes nothing.
//!
//! Everything static crosses once, in [`catalog`]. An answer crosses as flat typed arrays whose layout `catalog` tells;
//! `www/engine` makes typed objects of both.

use crate::approach::{Approach, Variant};
use crate::facts::{
    self, FACTS, FIELDS, Fact, HOSTS, LIST_FIELDS, Layer, Machine, NEEDS, OWNED_METAL_LADDER, PARTS, PLATFORMS,
    PRESETS, PROVIDERS, Part, Responsibility,
};
use crate::model::ledger::{Cost, Line};
use crate::model::metrics::{self, METRICS};
use crate::point::Slot;
use crate::question::{compare, explain, parts};
use crate::scenario::{Default, Field, Kind, Problem, Scenario};
use js_sys::{Array, Error, Float64Array, Reflect, Uint16Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

mod data;
mod questions;

/// Sends the message and place of a panic to the console.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Catalog {
    model: &'static str,
    facts_date: &'static str,
    facts_hash: String,
    fields: Vec<FieldRow>,
    list_fields: Vec<FieldRow>,
    facts: &'static [Fact],
    parts: Vec<PartRow>,
    needs: Vec<NeedRow>,
    machines: Vec<MachineRow>,
    presets: Vec<PresetRow>,
    variants: Vec<VariantRow>,
    metrics: Vec<MetricRow>,
    lines: Vec<LineRow>,
    series: Vec<(&'static str, &'static str, &'static str)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldRow {
    path: &'static str,
    kind: &'static str,
    options: Option<&'static [&'static str]>,
    label: &'static str,
    unit: &'static str,
    default_fact: Option<&'static str>,
    because: &'static str,
    min: f64,
    max: f64,
    low: f64,
    high: f64,
    log: bool,
    doc: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartRow {
    id: &'static str,
    name: &'static str,
    layer: Layer,
    skill: &'static str,
    responsibility: Responsibility,
    stateful: bool,
    provider_specific: bool,
    facts: Option<(&'static str, &'static str)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NeedRow {
    id: &'static str,
    label: &'static str,
    doc: &'static str,
    always: bool,
    when: Vec<(&'static str, f64)>,
    met_by: &'static [&'static [Part]],
}

#[derive(Serialize)]
struct MachineRow {
    name: &'static str,
    seller: &'static str,
    facts: Vec<&'static str>,
    note: &'static str,
}

#[derive(Serialize)]
struct PresetRow {
    id: &'static str,
    name: &'static str,
    company: &'static str,
    origin: &'static str,
}

#[derive(Serialize)]
struct VariantRow {
    id: &'static str,
    label: &'static str,
    approach: Approach,
}

#[derive(Serialize)]
struct MetricRow {
    id: String,
    label: &'static str,
    unit: &'static str,
    doc: &'static str,
}

#[derive(Serialize)]
struct LineRow {
    id: &'static str,
    label: &'static str,
    cost: Cost,
}

fn fact_id(slot: Slot) -> &'static str {
    facts::at(slot).map_or("", |fact| fact.id)
}

fn field_row(field: &Field) -> FieldRow {
    let (kind, options) = match field.kind {
        Kind::Number => ("number", None),
        Kind::Count => ("count", None),
        Kind::Flag => ("flag", None),
        Kind::Choice(names) => ("choice", Some(names)),
        Kind::Set(names) => ("set", Some(names)),
    };
    FieldRow {
        path: field.path,
        kind,
        options,
        label: field.label,
        unit: field.unit,
        default_fact: match field.default {
            Default::Fact(slot) => Some(fact_id(slot)),
            _ => None,
        },
        because: field.because,
        min: field.min,
        max: field.max,
        low: field.low,
        high: field.high,
        log: field.log,
        doc: field.doc,
    }
}

fn machine_rows() -> Vec<MachineRow> {
    let row = |seller: &'static str, machine: &'static Machine| MachineRow {
        name: machine.name,
        seller,
        facts: machine.cost.iter().chain(machine.standby.prices()).map(|(slot, _)| fact_id(*slot)).collect(),
        note: machine.note,
    };
    PROVIDERS
        .iter()
        .chain(HOSTS)
        .chain(PLATFORMS)
        .flat_map(|seller| [seller.vm, seller.server, seller.metal, seller.database].map(|ladder| (seller, ladder)))
        .flat_map(|(seller, ladder)| ladder.iter().map(move |machine| row(seller.name, machine)))
        .chain(OWNED_METAL_LADDER.iter().map(|machine| row("bought", machine)))
        .collect()
}

/// Everything that is the same for every scenario.
#[wasm_bindgen]
pub fn catalog() -> Result<JsValue, JsValue> {
    send(&Catalog {
        model: crate::MODEL_VERSION,
        facts_date: facts::date(),
        facts_hash: format!("{:016x}", facts::HASH),
        fields: FIELDS.iter().map(field_row).collect(),
        list_fields: LIST_FIELDS.iter().map(field_row).collect(),
        facts: FACTS,
        parts: PARTS
            .iter()
            .map(|part| PartRow {
                id: part.id,
                name: part.name,
                layer: part.layer,
                skill: part.skill,
                responsibility: part.responsibility,
                stateful: part.stateful,
                provider_specific: part.provider_specific,
                facts: part.upgrade.map(|(forced, hours)| (fact_id(forced), fact_id(hours))),
            })
            .collect(),
        needs: NEEDS
            .iter()
            .map(|need| NeedRow {
                id: need.id,
                label: need.label,
                doc: need.doc,
                always: need.always,
                when: need.when.iter().map(|(slot, least)| (FIELDS[slot.index()].path, *least)).collect(),
                met_by: need.met_by,
            })
            .collect(),
        machines: machine_rows(),
        presets: PRESETS
            .iter()
            .map(|preset| PresetRow {
                id: preset.id,
                name: preset.name,
                company: preset.company,
                origin: preset.origin,
            })
            .collect(),
        variants: Variant::ALL
            .iter()
            .map(|variant| VariantRow { id: variant.id(), label: variant.label(), approach: variant.approach() })
            .collect(),
        metrics: (0..metrics::COUNT)
            .filter_map(metrics::describe)
            .enumerate()
            .map(|(index, (id, label, unit))| MetricRow {
                id,
                label,
                unit,
                doc: METRICS.get(index).map_or("", |metric| metric.doc),
            })
            .collect(),
        lines: Line::ALL
            .iter()
            .map(|line| LineRow { id: line.info().0, label: line.info().1, cost: line.info().2 })
            .collect(),
        series: compare::SERIES.to_vec(),
    })
}

/// A preset as a scenario that says everything itself.
#[wasm_bindgen]
pub fn preset(id: &str) -> Result<JsValue, JsValue> {
    let scenario = Scenario::preset(id).map_err(|problem| raise(&[problem]))?;
    send(&scenario.to_tree(true))
}

/// What is wrong with a scenario: an empty list if nothing is.
#[wasm_bindgen]
pub fn validate(scenario: JsValue) -> Result<JsValue, JsValue> {
    send(&read(scenario).err().unwrap_or_default())
}

/// What the scenario says of every field: `[p10, p50, p90]` each, in the order of the catalog. Of a set it is the number
/// of names; see [`sets`].
#[wasm_bindgen]
pub fn ranges(scenario: JsValue) -> Result<Float64Array, JsValue> {
    let scenario = receive(scenario)?;
    let values: Vec<f64> = (0..FIELDS.len() as u16)
        .map(|index| scenario.range(Slot(index)))
        .flat_map(|range| [range.p10, range.p50, range.p90])
        .collect();
    Ok(Float64Array::from(values.as_slice()))
}

/// Which names each field that is a set holds, in the order of the catalog; the other fields are left out.
#[wasm_bindgen]
pub fn sets(scenario: JsValue) -> Result<JsValue, JsValue> {
    let scenario = receive(scenario)?;
    let held: Vec<Vec<&str>> = FIELDS
        .iter()
        .zip(0..)
        .filter_map(|(field, index)| match field.kind {
            Kind::Set(names) => {
                let set = scenario.set(Slot(index));
                Some(names.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, name)| *name).collect())
            }
            _ => None,
        })
        .collect();
    send(&held)
}

/// Some variants side by side, all if none is named, as `[numbers, stacks, obstacles]`.
///
/// `numbers` holds the index of the best variant (or −1), the months, and for every variant its metrics, what is paid
/// before the first month and after the last one, the index of the variant that dominates it (or −1), the month by
/// which moving to it has paid for itself (or 0), and its series. `stacks` holds for every variant the number of its parts,
/// each part and how often, the number of its interfaces, and each interface's two ends. `obstacles` is a list for every
/// variant.
#[wasm_bindgen]
pub fn compare(scenario: JsValue, variants: Vec<String>) -> Result<Array, JsValue> {
    let comparison = compare::compare_among(&receive(scenario)?, &variants).map_err(|problem| raise(&[problem]))?;
    let months = comparison.outcomes[0].monthly(0).len();
    let mut numbers: Vec<f64> =
        Vec::with_capacity(2 + comparison.outcomes.len() * (metrics::COUNT + 4 + compare::SERIES.len() * months));
    let mut stacks: Vec<u16> = Vec::new();
    numbers.push(comparison.best.map_or(-1.0, |best| best.index() as f64));
    numbers.push(months as f64);
    for outcome in &comparison.outcomes {
        numbers.extend_from_slice(&outcome.numbers);
        let dominated_by = outcome.dominated_by.map_or(-1.0, |by| by.index() as f64);
        numbers.extend([
            outcome.upfront_usd,
            outcome.exit_usd,
            dominated_by,
            f64::from(outcome.pays_back_in.unwrap_or(0)),
        ]);
        numbers.extend_from_slice(&outcome.series);
        stacks.push(outcome.stack.parts().count() as u16);
        outcome.stack.parts().for_each(|(part, times)| stacks.extend([part as u16, times]));
        stacks.push(outcome.stack.interfaces().len() as u16);
        outcome.stack.interfaces().iter().for_each(|(from, to)| stacks.extend([*from as u16, *to as u16]));
    }
    let obstacles: Vec<_> = comparison.outcomes.iter().map(|outcome| &outcome.obstacles).collect();
    Ok(Array::of3(&Float64Array::from(numbers.as_slice()), &Uint16Array::from(stacks.as_slice()), &send(&obstacles)?))
}

/// What each part of a variant's stack costs a month: its index in the catalog, hours, and dollars.
#[wasm_bindgen(js_name = partPrices)]
pub fn part_prices(scenario: JsValue, variant: &str) -> Result<Float64Array, JsValue> {
    let prices = parts::part_prices(&receive(scenario)?, variant).map_err(|problem| raise(&[problem]))?;
    let numbers: Vec<f64> = prices
        .iter()
        .flat_map(|price| [f64::from(price.part as u8), price.hours_per_month, price.usd_per_month])
        .collect();
    Ok(Float64Array::from(numbers.as_slice()))
}

/// The derivation of numbers.
#[wasm_bindgen]
pub fn explain(scenario: JsValue, variant: &str, metrics: Vec<String>, month: Option<u16>) -> Result<JsValue, JsValue> {
    let scenario = receive(scenario)?;
    send(&explain::explain(&scenario, variant, &metrics, month).map_err(|problem| raise(&[problem]))?)
}

/// The scenario as the fragment of a link.
#[wasm_bindgen(js_name = toLink)]
pub fn to_link(scenario: JsValue) -> Result<String, JsValue> {
    Ok(receive(scenario)?.to_link())
}

/// The scenario of a link's fragment.
#[wasm_bindgen(js_name = fromLink)]
pub fn from_link(link: &str) -> Result<JsValue, JsValue> {
    send(&Scenario::from_link(link).map_err(|problems| raise(&problems))?.to_tree(false))
}

fn receive(scenario: JsValue) -> Result<Scenario, JsValue> {
    read(scenario).map_err(|problems| raise(&problems))
}

fn read(scenario: JsValue) -> Result<Scenario, Vec<Problem>> {
    let tree = data::tree(&scenario).map_err(|error| {
        let message = format!("the scenario cannot be read: {error}");
        vec![Problem {
            code: "unreadable",
            path: String::new(),
            message,
            remedy: "write plain data, as in JSON".into(),
        }]
    })?;
    Scenario::from_tree(&tree)
}

/// A JavaScript `Error` with the first problem's `code` and `path`, and all `problems`.
fn raise(problems: &[Problem]) -> JsValue {
    let message = problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    let error = Error::new(&message);
    let set = |key: &str, value: &JsValue| {
        // Setting a property of a new, extensible object cannot fail.
        let _ = Reflect::set(&error, &key.into(), value);
    };
    set("name", &"MovingPartsError".into());
    if let Some(first) = problems.first() {
        set("code", &first.code.into());
        set("path", &first.path.as_str().into());
    }
    set("problems", &send(&problems).unwrap_or(JsValue::UNDEFINED));
    error.into()
}

fn send<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    serialise(value, Serializer::new())
}

fn serialise<T: Serialize + ?Sized>(value: &T, serializer: Serializer) -> Result<JsValue, JsValue> {
    value.serialize(&serializer.serialize_maps_as_objects(true)).map_err(|error| Error::new(&error.to_string()).into())
}
