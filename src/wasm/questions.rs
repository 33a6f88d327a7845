//! The questions that ask for more than one point. Small answers cross as objects, series and tables as flat arrays.

use super::{raise, receive};
use crate::approach::Variant;
use crate::facts::{FIELDS, Part};
use crate::question::Stepwise;
use crate::question::break_even::break_even as ask_break_even;
use crate::question::goal_seek::goal_seek as ask_goal_seek;
use crate::question::plan::Planning;
use crate::question::sensitivity::{Sensing, Sensitivity, Target};
use crate::question::slope::{TOLD as SLOPE_TOLD, slope as ask_slope};
use crate::question::sobol::Index;
use crate::question::stack::{Why, stack as ask_stack};
use crate::question::sweep::{Axis, Border, Over, Sweep, Sweeping, Winning};
use crate::question::uncertainty::{BAND, Spread, Study as Draws, TOLD};
use crate::question::value::Estimate;
use crate::scenario::{Problem, Scenario};
use js_sys::{Array, Float64Array, Int8Array, Uint8Array};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

fn answer<T>(result: Result<T, Problem>) -> Result<T, JsValue> {
    result.map_err(|problem| raise(&[problem]))
}

/// An object, with `null` where there is nothing.
fn tell<T: Serialize + ?Sized>(value: &T) -> Result<JsValue, JsValue> {
    super::serialise(value, Serializer::new().serialize_missing_as_null(true))
}

/// A question under way that is answered in steps.
#[wasm_bindgen]
#[allow(missing_debug_implementations)]
pub struct Question(Box<dyn Told>);

#[wasm_bindgen]
impl Question {
    /// Takes so many steps; the answer, when none is left.
    pub fn advance(&mut self, steps: f64) -> Result<JsValue, JsValue> {
        let mut left = steps as u32;
        while left > 0 {
            if let Some(answer) = self.0.step() {
                return answer;
            }
            left -= 1;
        }
        Ok(JsValue::UNDEFINED)
    }
}

/// A question that tells its answer to JavaScript.
trait Told {
    fn step(&mut self) -> Option<Result<JsValue, JsValue>>;
}

/// A question, and how its answer is told.
struct Telling<Q: Stepwise> {
    question: Q,
    tell: fn(&Q::Answer, &Scenario) -> Result<JsValue, JsValue>,
    scenario: Scenario,
}

impl<Q: Stepwise> Told for Telling<Q> {
    fn step(&mut self) -> Option<Result<JsValue, JsValue>> {
        self.question.step().map(|answer| (self.tell)(&answer, &self.scenario))
    }
}

impl Question {
    fn of<Q: Stepwise + 'static>(
        scenario: JsValue,
        ask: impl FnOnce(&Scenario) -> Result<Q, Problem>,
        tell: fn(&Q::Answer, &Scenario) -> Result<JsValue, JsValue>,
    ) -> Result<Self, JsValue> {
        let scenario = receive(scenario)?;
        let question = answer(ask(&scenario))?;
        Ok(Self(Box::new(Telling { question, tell, scenario })))
    }
}

/// What is said of a number: path, label and unit.
#[derive(Serialize)]
struct InputRow {
    path: String,
    label: String,
    unit: String,
}

impl InputRow {
    fn of(scenario: &Scenario, slot: crate::point::Slot) -> Self {
        let (path, label, unit) = scenario.describe(slot);
        Self { path, label, unit }
    }
}

#[derive(Serialize)]
struct AxisRow<'s> {
    path: &'s str,
    log: bool,
    now: f64,
    below: Option<Border>,
    above: Option<Border>,
}

/// A figure along one number or two, as `[head, axes, values, feasible, winners, chances]`. `numbers` holds for each path
/// its first and last value, the steps, and whether it is logarithmic; what is NaN is left to the question.
#[wasm_bindgen]
pub fn sweep(
    scenario: JsValue,
    paths: Vec<String>,
    numbers: &[f64],
    metric: &str,
    variants: Vec<String>,
    draws: f64,
    seed: f64,
) -> Result<Question, JsValue> {
    let said = |number: f64| (!number.is_nan()).then_some(number);
    let axes: Vec<Axis> = paths
        .into_iter()
        .zip(numbers.chunks_exact(4))
        .map(|(path, numbers)| Axis {
            path,
            from: said(numbers[0]),
            to: said(numbers[1]),
            steps: said(numbers[2]).map(|steps| steps as u32),
            log: said(numbers[3]).map(|log| log != 0.0),
        })
        .collect();
    let over = Over { draws: draws as u32, seed: seed as u32 };
    Question::of(scenario, |scenario| Sweeping::new(scenario, &axes, metric, &variants, over), tell_sweep)
}

fn tell_sweep(swept: &Sweep, _: &Scenario) -> Result<JsValue, JsValue> {
    let axes: Vec<AxisRow> = swept
        .axes
        .iter()
        .map(|axis| AxisRow {
            path: &axis.path,
            log: axis.log,
            now: axis.now,
            below: axis.borders[0],
            above: axis.borders[1],
        })
        .collect();
    let all = |lists: &mut dyn Iterator<Item = &Vec<f64>>| -> Array {
        lists.map(|list| JsValue::from(Float64Array::from(list.as_slice()))).collect()
    };
    let feasible: Vec<u8> = swept.feasible.iter().flatten().map(|fits| u8::from(*fits)).collect();
    let winners: Vec<i8> = swept.winners.iter().map(|winner| winner.map_or(-1, |at| at as i8)).collect();
    let answer: [JsValue; 6] = [
        tell(&(axes, &swept.variants, swept.winner))?,
        all(&mut swept.axes.iter().map(|axis| &axis.values)).into(),
        all(&mut swept.values.iter()).into(),
        Uint8Array::from(feasible.as_slice()).into(),
        Int8Array::from(winners.as_slice()).into(),
        all(&mut swept.chances.iter()).into(),
    ];
    Ok(answer.iter().collect::<Array>().into())
}

/// The index of the variant that costs least at each value of a number, of some variants or of all if none is named; −1 where
/// nothing fits.
#[wasm_bindgen]
pub fn winners(
    scenario: JsValue,
    path: &str,
    values: &[f64],
    variants: Vec<String>,
    draws: f64,
    seed: f64,
) -> Result<Question, JsValue> {
    let over = Over { draws: draws as u32, seed: seed as u32 };
    let ask = |scenario: &Scenario| Winning::new(scenario, path, values, &variants, over);
    Question::of(scenario, ask, |winners, _| {
        let indices: Vec<i8> =
            winners.iter().map(|winner| winner.map_or(-1, |variant| variant.index() as i8)).collect();
        Ok(Int8Array::from(indices.as_slice()).into())
    })
}

/// Every place at which one variant becomes cheaper than another.
#[wasm_bindgen(js_name = breakEven)]
pub fn break_even(
    scenario: JsValue,
    a: &str,
    b: &str,
    path: &str,
    from: f64,
    to: f64,
    metric: &str,
) -> Result<JsValue, JsValue> {
    tell(&answer(ask_break_even(&receive(scenario)?, [a, b], path, [from, to], metric))?)
}

/// Every value of a number at which a figure is what it should be.
#[wasm_bindgen(js_name = goalSeek)]
pub fn goal_seek(
    scenario: JsValue,
    variant: &str,
    metric: &str,
    target: f64,
    path: &str,
    from: f64,
    to: f64,
) -> Result<JsValue, JsValue> {
    tell(&answer(ask_goal_seek(&receive(scenario)?, variant, metric, target, path, [from, to]))?)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SwingRow {
    #[serde(flatten)]
    input: InputRow,
    p10: f64,
    p90: f64,
    at_p10: f64,
    at_p90: f64,
}

#[derive(Serialize)]
struct IndexRow {
    #[serde(flatten)]
    input: InputRow,
    #[serde(flatten)]
    index: Index,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SensitivityRow<'a> {
    variants: &'a [Variant],
    metric: &'a str,
    likeliest: f64,
    draws: u32,
    tornado: Vec<SwingRow>,
    indices: Vec<IndexRow>,
    others: Index,
}

/// Which inputs a figure hangs on: a number of one variant, by how much it is more of the second of two, or, where none is
/// named, what the second-best costs more.
#[wasm_bindgen]
pub fn sensitivity(
    scenario: JsValue,
    variants: Vec<String>,
    metric: Option<String>,
    draws: f64,
    seed: f64,
) -> Result<Question, JsValue> {
    let metric = metric.unwrap_or_else(|| "totals.monthlyUsd".into());
    let target = match <[String; 2]>::try_from(variants) {
        Ok(between) => Target::Difference { between, metric },
        Err(names) => match names.into_iter().next() {
            Some(variant) => Target::Metric { variant, metric },
            None => Target::Gap,
        },
    };
    Question::of(scenario, |scenario| Sensing::new(scenario, &target, draws as u32, seed as u32), tell_sensitivity)
}

fn tell_sensitivity(found: &Sensitivity, scenario: &Scenario) -> Result<JsValue, JsValue> {
    let swings = found.tornado.iter().map(|swing| {
        let range = scenario.range(swing.slot);
        SwingRow {
            input: InputRow::of(scenario, swing.slot),
            p10: range.p10,
            p90: range.p90,
            at_p10: swing.at_p10,
            at_p90: swing.at_p90,
        }
    });
    let indices =
        found.indices.iter().map(|(slot, index)| IndexRow { input: InputRow::of(scenario, *slot), index: *index });
    tell(&SensitivityRow {
        variants: &found.variants,
        metric: &found.metric,
        likeliest: found.likeliest,
        draws: found.rows,
        tornado: swings.collect(),
        indices: indices.collect(),
        others: found.others,
    })
}

/// A place among so many; `path` names what stands there.
fn place(path: &str, at: usize, count: usize) -> Result<usize, Problem> {
    if at < count {
        return Ok(at);
    }
    let (message, remedy) =
        (format!("nothing stands at place {at}"), format!("write a whole number from 0 to {}", count - 1));
    Err(Problem { code: "outOfRange", path: path.into(), message, remedy })
}

/// Draws of a company under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Study(Draws);

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OddsRow {
    variant: Variant,
    fits: f64,
    chance_best: f64,
    regret_usd: f64,
    told: Vec<(&'static str, Spread)>,
}

#[derive(Serialize)]
struct WorthRow {
    #[serde(flatten)]
    input: InputRow,
    usd: Estimate,
}

#[wasm_bindgen]
impl Study {
    /// A company with no draws yet, and some variants to choose from: all, if none is named.
    #[wasm_bindgen(constructor)]
    pub fn new(scenario: JsValue, seed: f64, variants: Vec<String>) -> Result<Self, JsValue> {
        let variants = answer(crate::question::variants(&variants))?;
        Ok(Self(Draws::among(&receive(scenario)?, seed as u32, &variants)))
    }

    /// Makes draws until there are so many.
    pub fn advance(&mut self, draws: f64) -> Result<(), JsValue> {
        answer(self.0.advance(draws as u32))
    }

    /// What the draws so far say, as `[head, cuts, months]`: of each variant its quantiles, and of its months the means and
    /// then each quantile of a band.
    pub fn answer(&self, worth: bool) -> Result<Array, JsValue> {
        let said = self.0.answer(worth);
        let odds: Vec<OddsRow> = said
            .odds
            .iter()
            .map(|odds| OddsRow {
                variant: odds.variant,
                fits: odds.fits,
                chance_best: odds.chance_best,
                regret_usd: odds.regret_usd,
                told: TOLD.into_iter().zip(odds.told).collect(),
            })
            .collect();
        let worth: Vec<WorthRow> = said
            .worth
            .iter()
            .map(|worth| WorthRow { input: InputRow::of(self.0.scenario(), worth.slot), usd: worth.usd })
            .collect();
        let cuts: Array =
            said.odds.iter().map(|odds| JsValue::from(Float64Array::from(odds.cuts.as_slice()))).collect();
        let months: Array = said
            .odds
            .iter()
            .map(|odds| {
                let quantiles =
                    (0..BAND.len()).flat_map(|at| odds.monthly.iter().map(move |month| month.quantiles[at]));
                let flat: Vec<f64> = odds.monthly.iter().map(|month| month.mean).chain(quantiles).collect();
                JsValue::from(Float64Array::from(flat.as_slice()))
            })
            .collect();
        Ok(Array::of3(&tell(&(said.draws, said.best, said.perfect, worth, odds))?, &cuts, &months))
    }

    /// A number of a variant in each draw, by the variant's place and the number's place among those told.
    ///
    /// # Errors
    /// If nothing stands at such a place.
    pub fn drawn(&self, variant: usize, told: usize) -> Result<Float64Array, JsValue> {
        let variants = self.0.variants();
        let variant = variants[answer(place("variant", variant, variants.len()))?];
        Ok(Float64Array::from(self.0.drawn(variant, answer(place("told", told, TOLD.len()))?)))
    }
}

/// The cheapest way through the months.
#[wasm_bindgen]
pub fn plan(scenario: JsValue, draws: f64, seed: f64) -> Result<Question, JsValue> {
    let ask = |scenario: &Scenario| Planning::new(scenario, draws as u32, seed as u32);
    Question::of(scenario, ask, |planned, _| tell(planned))
}

#[derive(Serialize)]
struct NeededRow {
    need: &'static str,
    because: Option<(&'static str, f64)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartRow {
    part: Part,
    meets: Option<&'static str>,
    pulled_in_by: Option<Part>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AdvisedRow {
    parts: Vec<PartRow>,
    interfaces: u32,
    new_skills: u32,
    hours_per_month: f64,
    usd_per_month: f64,
    learning_hours: f64,
}

/// The smallest sets of parts that meet some needs.
#[wasm_bindgen]
pub fn stack(scenario: JsValue, needs: Vec<String>) -> Result<JsValue, JsValue> {
    let advice = answer(ask_stack(&receive(scenario)?, &needs))?;
    let stacks: Vec<AdvisedRow> = advice
        .stacks
        .iter()
        .map(|advised| AdvisedRow {
            parts: advised
                .parts
                .iter()
                .map(|(part, why)| match why {
                    Why::Meets(need) => {
                        PartRow { part: *part, meets: Some(advice.needs[*need].need.id), pulled_in_by: None }
                    }
                    Why::PulledInBy(other) => PartRow { part: *part, meets: None, pulled_in_by: Some(*other) },
                })
                .collect(),
            interfaces: advised.interfaces,
            new_skills: advised.new_skills,
            hours_per_month: advised.hours_per_month,
            usd_per_month: advised.usd_per_month,
            learning_hours: advised.learning_hours,
        })
        .collect();
    let needs: Vec<NeededRow> = advice
        .needs
        .iter()
        .map(|needed| NeededRow {
            need: needed.need.id,
            because: needed.because.map(|(slot, value)| (FIELDS[slot.index()].path, value)),
        })
        .collect();
    tell(&(needs, stacks))
}

/// The steps of the slope, and the ids of their numbers.
#[wasm_bindgen]
pub fn slope(scenario: JsValue, start: Option<String>) -> Result<JsValue, JsValue> {
    tell(&(SLOPE_TOLD, answer(ask_slope(&receive(scenario)?, start.as_deref()))?))
}
