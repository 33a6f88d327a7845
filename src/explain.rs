//! The number and its explanation, from the same code.
//!
//! The model is written once, over a [`Number`]. With [`Plain`] a number is an `f64` and nothing else happens. With a
//! [`Recorder`] every operation is kept, and [`Recorder::derivation`] gives a figure's formula as an expression down
//! to the scenario's inputs and the facts: the explanation is the computation and cannot disagree with it.

use crate::point::{Point, Slot};
use serde::Serialize;
use std::cell::RefCell;
use std::ops::{Add, Div, Mul, Sub};

/// A number of the model: an `f64`, or one that remembers how it was made.
///
/// Control flow may look at [`value`](Number::value); the branch taken is then part of neither formula. Results that
/// no formula of these operations gives (Erlang C, a choice) are recorded by [`call`](Number::call).
pub trait Number:
    Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
{
    /// The value itself.
    fn value(self) -> f64;
    /// The smallest whole number not below.
    #[must_use]
    fn ceil(self) -> Self;
    /// What is missing to one: `1 − x`.
    #[must_use]
    fn complement(self) -> Self;
    /// The larger of two.
    #[must_use]
    fn max(self, other: Self) -> Self;
    /// The smaller of two.
    #[must_use]
    fn min(self, other: Self) -> Self;
    /// This number to the power of another.
    #[must_use]
    fn pow(self, exponent: Self) -> Self;
    /// Gives the figure a name and a unit, under which a derivation shows it.
    #[must_use]
    fn named(self, name: &'static str, unit: &'static str) -> Self;
    /// As [`named`](Number::named), for the figure of one month, counted from 1.
    #[must_use]
    fn named_in(self, name: &'static str, unit: &'static str, month: u16) -> Self;
    /// The result of a named function of the operands that is not one of the operations above.
    #[must_use]
    fn call(self, function: &'static str, rest: &[Self], value: f64) -> Self;
    /// The sum of the operands, shown as one sum; it is added up in their order.
    #[must_use]
    fn sum(first: Self, rest: impl Iterator<Item = Self>) -> Self;
    /// The sum of each column, as by [`sum`](Number::sum).
    #[must_use]
    fn sums<const WIDTH: usize>(first: [Self; WIDTH], rest: impl Iterator<Item = [Self; WIDTH]>) -> [Self; WIDTH];
}

/// The larger of two numbers that are not NaN. (`f64::max` leaves the sign of zero open, and with it the last bit.)
fn larger(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// The smaller of two numbers that are not NaN.
fn smaller(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

impl Number for f64 {
    fn value(self) -> f64 {
        self
    }
    fn ceil(self) -> Self {
        f64::ceil(self)
    }
    fn complement(self) -> Self {
        1.0 - self
    }
    fn max(self, other: Self) -> Self {
        larger(self, other)
    }
    fn min(self, other: Self) -> Self {
        smaller(self, other)
    }
    fn pow(self, exponent: Self) -> Self {
        libm::pow(self, exponent)
    }
    fn named(self, _: &'static str, _: &'static str) -> Self {
        self
    }
    fn named_in(self, _: &'static str, _: &'static str, _: u16) -> Self {
        self
    }
    fn call(self, _: &'static str, _: &[Self], value: f64) -> Self {
        value
    }
    fn sum(first: Self, rest: impl Iterator<Item = Self>) -> Self {
        rest.fold(first, |sum, number| sum + number)
    }
    /// Row by row: one column's addition need not wait for another's.
    fn sums<const WIDTH: usize>(first: [Self; WIDTH], rest: impl Iterator<Item = [Self; WIDTH]>) -> [Self; WIDTH] {
        rest.fold(first, |mut sums, row| {
            for (sum, number) in sums.iter_mut().zip(row) {
                *sum += number;
            }
            sums
        })
    }
}

/// Where the model reads its inputs.
pub trait Trace {
    /// The numbers it computes with.
    type N: Number;
    /// Whether it remembers what it computes.
    const RECORDS: bool;
    /// The input at a slot.
    fn read(&self, slot: Slot) -> Self::N;
    /// A constant of the formula itself, such as the twelve months of a year.
    fn constant(&self, value: f64) -> Self::N;
}

/// Computes and remembers nothing.
#[derive(Clone, Copy, Debug)]
pub struct Plain<'p>(pub &'p Point);

impl Trace for Plain<'_> {
    type N = f64;
    const RECORDS: bool = false;
    fn read(&self, slot: Slot) -> f64 {
        self.0.get(slot)
    }
    fn constant(&self, value: f64) -> f64 {
        value
    }
}

/// What a recorded number is the result of.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Operation {
    Input(Slot),
    Constant,
    Add,
    Subtract,
    Multiply,
    Divide,
    Max,
    Min,
    Ceil,
    Power,
    Sum,
    /// A second name for the same number.
    Same,
    Call(&'static str),
}

impl Operation {
    /// The name under which a formula shows the operation.
    fn name(self) -> &'static str {
        match self {
            Self::Input(_) | Self::Constant | Self::Same => "same",
            Self::Add => "add",
            Self::Subtract => "subtract",
            Self::Multiply => "multiply",
            Self::Divide => "divide",
            Self::Max => "max",
            Self::Min => "min",
            Self::Ceil => "ceil",
            Self::Power => "power",
            Self::Sum => "sum",
            Self::Call(name) => name,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct Name {
    label: &'static str,
    unit: &'static str,
    month: Option<u16>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    operation: Operation,
    /// Range in the list of operands.
    operands: (u32, u32),
    value: f64,
    name: Option<Name>,
}

/// Computes and remembers every operation.
#[derive(Debug)]
pub struct Recorder<'p> {
    point: &'p Point,
    nodes: RefCell<Vec<Node>>,
    operands: RefCell<Vec<u32>>,
}

/// A number that remembers how it was made.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'r> {
    recorder: &'r Recorder<'r>,
    node: u32,
    value: f64,
}

impl<'p> Recorder<'p> {
    /// A recorder that reads its inputs from a point.
    #[must_use]
    pub fn new(point: &'p Point) -> Self {
        Self { point, nodes: RefCell::default(), operands: RefCell::default() }
    }

    #[inline(never)]
    fn record(&self, operation: Operation, operands: &[u32], value: f64) -> u32 {
        let mut list = self.operands.borrow_mut();
        let start = list.len() as u32;
        list.extend_from_slice(operands);
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Node { operation, operands: (start, list.len() as u32), value, name: None });
        nodes.len() as u32 - 1
    }
}

impl<'r> Trace for &'r Recorder<'r> {
    type N = Recorded<'r>;
    const RECORDS: bool = true;
    fn read(&self, slot: Slot) -> Recorded<'r> {
        let value = self.point.get(slot);
        Recorded { recorder: self, node: self.record(Operation::Input(slot), &[], value), value }
    }
    fn constant(&self, value: f64) -> Recorded<'r> {
        Recorded { recorder: self, node: self.record(Operation::Constant, &[], value), value }
    }
}

impl Recorded<'_> {
    // Recording is far slower than the calls it costs; inlined, it would double the size of the wasm.
    #[inline(never)]
    fn apply(self, operation: Operation, other: Self, value: f64) -> Self {
        Self { node: self.recorder.record(operation, &[self.node, other.node], value), value, ..self }
    }
    #[inline(never)]
    fn apply_constant(self, operation: Operation, other: f64, value: f64) -> Self {
        let constant = self.recorder.record(Operation::Constant, &[], other);
        Self { node: self.recorder.record(operation, &[self.node, constant], value), value, ..self }
    }
    #[inline(never)]
    fn apply_one(self, operation: Operation, value: f64) -> Self {
        Self { node: self.recorder.record(operation, &[self.node], value), value, ..self }
    }
    #[inline(never)]
    fn name(self, name: Name) -> Self {
        let node = self.recorder.nodes.borrow()[self.node as usize];
        let plain = node.name.is_none() && !matches!(node.operation, Operation::Input(_) | Operation::Constant);
        let named = if plain { self } else { self.apply_one(Operation::Same, self.value) };
        self.recorder.nodes.borrow_mut()[named.node as usize].name = Some(name);
        named
    }
}

impl Recorded<'_> {
    /// Whether this is a nothing of the formula itself: adding it says nothing.
    fn is_nothing(self) -> bool {
        self.value == 0.0 && self.recorder.nodes.borrow()[self.node as usize].operation == Operation::Constant
    }
}

impl Add for Recorded<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        if self.is_nothing() {
            other
        } else if other.is_nothing() {
            self
        } else {
            self.apply(Operation::Add, other, self.value + other.value)
        }
    }
}

impl Add<f64> for Recorded<'_> {
    type Output = Self;
    fn add(self, other: f64) -> Self {
        self.apply_constant(Operation::Add, other, self.value + other)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $operation:ident) => {
        impl $trait for Recorded<'_> {
            type Output = Self;
            fn $method(self, other: Self) -> Self {
                self.apply(Operation::$operation, other, self.value.$method(other.value))
            }
        }
        impl $trait<f64> for Recorded<'_> {
            type Output = Self;
            fn $method(self, other: f64) -> Self {
                self.apply_constant(Operation::$operation, other, self.value.$method(other))
            }
        }
    };
}
operator!(Sub, sub, Subtract);
operator!(Mul, mul, Multiply);
operator!(Div, div, Divide);

impl Number for Recorded<'_> {
    fn value(self) -> f64 {
        self.value
    }
    fn ceil(self) -> Self {
        self.apply_one(Operation::Ceil, f64::ceil(self.value))
    }
    fn complement(self) -> Self {
        let one = Self { node: self.recorder.record(Operation::Constant, &[], 1.0), value: 1.0, ..self };
        one.apply(Operation::Subtract, self, 1.0 - self.value)
    }
    fn max(self, other: Self) -> Self {
        self.apply(Operation::Max, other, larger(self.value, other.value))
    }
    fn min(self, other: Self) -> Self {
        self.apply(Operation::Min, other, smaller(self.value, other.value))
    }
    fn pow(self, exponent: Self) -> Self {
        self.apply(Operation::Power, exponent, libm::pow(self.value, exponent.value))
    }
    fn named(self, label: &'static str, unit: &'static str) -> Self {
        self.name(Name { label, unit, month: None })
    }
    fn named_in(self, label: &'static str, unit: &'static str, month: u16) -> Self {
        self.name(Name { label, unit, month: Some(month) })
    }
    fn call(self, function: &'static str, rest: &[Self], value: f64) -> Self {
        let operands: Vec<u32> = std::iter::once(self.node).chain(rest.iter().map(|number| number.node)).collect();
        Self { node: self.recorder.record(Operation::Call(function), &operands, value), value, ..self }
    }
    fn sum(first: Self, rest: impl Iterator<Item = Self>) -> Self {
        let mut value = first.value;
        let mut operands = Vec::new();
        if !first.is_nothing() {
            operands.push(first.node);
        }
        for number in rest.filter(|number| !number.is_nothing()) {
            value += number.value;
            operands.push(number.node);
        }
        if operands.is_empty() {
            return first;
        }
        Self { node: first.recorder.record(Operation::Sum, &operands, value), value, ..first }
    }
    fn sums<const WIDTH: usize>(first: [Self; WIDTH], rest: impl Iterator<Item = [Self; WIDTH]>) -> [Self; WIDTH] {
        let rows: Vec<_> = rest.collect();
        std::array::from_fn(|column| Self::sum(first[column], rows.iter().map(|row| row[column])))
    }
}

/// An expression over steps.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Formula {
    /// The figure of another step, by its index in [`Derivation::steps`].
    Step(usize),
    /// A constant of the formula itself.
    Constant(f64),
    /// An operation (`add`, `subtract`, `multiply`, `divide`, `max`, `min`, `ceil`, `power`, `sum`) or a
    /// named function of the model, and its operands.
    Apply(&'static str, Vec<Formula>),
}

/// One figure on the way to another.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Step {
    /// What it is, in words.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Its value.
    pub value: f64,
    /// The month it belongs to, counted from 1, if it is a figure of one month.
    pub month: Option<u16>,
    /// The path of the scenario's number or of the fact, if it is one of these. It then has no formula.
    pub input: Option<String>,
    /// How it is computed.
    pub formula: Option<Formula>,
}

/// The whole way to the numbers asked for, which are the first steps. A formula refers to steps by index.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Derivation {
    /// The figures, those asked for first.
    pub steps: Vec<Step>,
}

impl Recorder<'_> {
    /// The derivation of recorded numbers. `describe` gives path, label and unit of the input at a slot.
    #[must_use]
    pub fn derivation(
        &self,
        numbers: &[Recorded<'_>],
        describe: &dyn Fn(Slot) -> (String, String, String),
    ) -> Derivation {
        let roots = self.apart(numbers);
        let nodes = self.nodes.borrow();
        let operands = self.operands.borrow();
        let mut order: Vec<u32> = Vec::new();
        let mut index: Vec<Option<usize>> = vec![None; nodes.len()];
        let mut inputs: Vec<(Slot, usize)> = Vec::new();
        let mut steps: Vec<Step> = Vec::new();
        let mut visit = |node: u32, order: &mut Vec<u32>| -> usize {
            if let Some(known) = index[node as usize] {
                return known;
            }
            if let Operation::Input(slot) = nodes[node as usize].operation {
                if let Some((_, known)) = inputs.iter().find(|(input, _)| *input == slot) {
                    return *known;
                }
                inputs.push((slot, order.len()));
            }
            index[node as usize] = Some(order.len());
            order.push(node);
            order.len() - 1
        };
        for root in roots {
            visit(root, &mut order);
        }
        let mut next = 0;
        while next < order.len() {
            let node = nodes[order[next] as usize];
            next += 1;
            if let Operation::Input(slot) = node.operation {
                let (path, label, unit) = describe(slot);
                steps.push(Step { label, unit, value: node.value, month: None, input: Some(path), formula: None });
                continue;
            }
            let formula = self.formula(order[next - 1], true, &nodes, &operands, &mut |node| visit(node, &mut order));
            let name = node.name;
            steps.push(Step {
                label: name.map_or("", |name| name.label).into(),
                unit: name.map_or("", |name| name.unit).into(),
                value: node.value,
                month: name.and_then(|name| name.month),
                input: None,
                formula: Some(formula),
            });
        }
        Derivation { steps }
    }

    /// A node for each number: one that is asked for twice, or under two names, is two steps.
    fn apart(&self, numbers: &[Recorded<'_>]) -> Vec<u32> {
        let input = |node: u32| match self.nodes.borrow()[node as usize].operation {
            Operation::Input(slot) => Some(slot),
            _ => None,
        };
        let mut roots: Vec<u32> = Vec::with_capacity(numbers.len());
        for number in numbers {
            let same =
                |root: &u32| *root == number.node || (input(*root).is_some() && input(*root) == input(number.node));
            let again = roots.iter().any(same);
            roots.push(if again { self.again(*number) } else { number.node });
        }
        roots
    }

    /// The same number once more, under the same name.
    fn again(&self, number: Recorded<'_>) -> u32 {
        let node = number.apply_one(Operation::Same, number.value).node;
        let mut nodes = self.nodes.borrow_mut();
        nodes[node as usize].name = nodes[number.node as usize].name;
        node
    }

    fn formula(
        &self,
        at: u32,
        root: bool,
        nodes: &[Node],
        operands: &[u32],
        visit: &mut dyn FnMut(u32) -> usize,
    ) -> Formula {
        let node = nodes[at as usize];
        if !root && (node.name.is_some() || matches!(node.operation, Operation::Input(_))) {
            return Formula::Step(visit(at));
        }
        let parts = &operands[node.operands.0 as usize..node.operands.1 as usize];
        match node.operation {
            Operation::Constant => Formula::Constant(node.value),
            Operation::Same => self.formula(parts[0], false, nodes, operands, visit),
            operation => Formula::Apply(
                operation.name(),
                parts.iter().map(|part| self.formula(*part, false, nodes, operands, visit)).collect(),
            ),
        }
    }
}
