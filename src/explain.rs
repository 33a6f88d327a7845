//! The number and its explanation, from the same code.
//!
//! The model is written once, over a [`Number`]. With [`Plain`] a number is an `f64` and nothing else happens. With a
//! [`Recorder`] every operation is kept, and [`Recorder::derivation`] gives a figure's formula as an expression down
//! to the scenario's inputs and the facts: the explanation is the computation and cannot disagree with it.

use crate::point::{Point, Slot};
use serde::Serialize;
use std::cell::RefCell;
use std::marker::PhantomData;
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

/// All that recorders remember.
#[derive(Debug)]
struct Tape {
    nodes: Vec<Node>,
    /// The operands of all nodes, one after the other.
    operands: Vec<u32>,
    /// Recorders that are at work. Their nodes lie side by side; when the last one is done, all are forgotten.
    recorders: u32,
}

thread_local! {
    /// A recorded number is no more than its place here: the model passes it about in a register. Were it to carry its
    /// recorder and its value, its code would be half as large again in the wasm.
    static TAPE: RefCell<Tape> = const { RefCell::new(Tape { nodes: Vec::new(), operands: Vec::new(), recorders: 0 }) };
}

/// Computes and remembers every operation.
#[derive(Debug)]
pub struct Recorder<'p> {
    point: &'p Point,
}

/// A number that remembers how it was made: the place of its node.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'r> {
    node: u32,
    recorder: PhantomData<&'r ()>,
}

impl<'p> Recorder<'p> {
    /// A recorder that reads its inputs from a point.
    #[must_use]
    pub fn new(point: &'p Point) -> Self {
        TAPE.with_borrow_mut(|tape| tape.recorders += 1);
        Self { point }
    }
}

impl Drop for Recorder<'_> {
    fn drop(&mut self) {
        TAPE.with_borrow_mut(|tape| {
            tape.recorders -= 1;
            if tape.recorders == 0 {
                (tape.nodes, tape.operands) = (Vec::new(), Vec::new());
            }
        });
    }
}

impl<'r> Trace for &'r Recorder<'_> {
    type N = Recorded<'r>;
    const RECORDS: bool = true;
    fn read(&self, slot: Slot) -> Recorded<'r> {
        record(Operation::Input(slot), &[], self.point.get(slot))
    }
    fn constant(&self, value: f64) -> Recorded<'r> {
        record(Operation::Constant, &[], value)
    }
}

// Recording is far slower than the calls it costs; inlined, all of this would be in the wasm hundreds of times.

#[inline(never)]
fn record<'r>(operation: Operation, operands: &[u32], value: f64) -> Recorded<'r> {
    TAPE.with_borrow_mut(|tape| {
        let start = tape.operands.len() as u32;
        tape.operands.extend_from_slice(operands);
        tape.nodes.push(Node { operation, operands: (start, tape.operands.len() as u32), value, name: None });
        Recorded { node: tape.nodes.len() as u32 - 1, recorder: PhantomData }
    })
}

impl Recorded<'_> {
    #[inline(never)]
    fn node(self) -> Node {
        TAPE.with_borrow(|tape| tape.nodes[self.node as usize])
    }
    fn apply(self, operation: Operation, other: Self, of: impl Fn(f64, f64) -> f64) -> Self {
        record(operation, &[self.node, other.node], of(self.value(), other.value()))
    }
    #[inline(never)]
    fn name(self, name: Name) -> Self {
        let node = self.node();
        let plain = node.name.is_none() && !matches!(node.operation, Operation::Input(_) | Operation::Constant);
        let named = if plain { self } else { record(Operation::Same, &[self.node], node.value) };
        TAPE.with_borrow_mut(|tape| tape.nodes[named.node as usize].name = Some(name));
        named
    }
    /// The same number once more, under the same name.
    fn again(self) -> Self {
        let Node { value, name, .. } = self.node();
        let again = record(Operation::Same, &[self.node], value);
        TAPE.with_borrow_mut(|tape| tape.nodes[again.node as usize].name = name);
        again
    }
    /// Whether this is a nothing of the formula itself: adding it says nothing.
    fn is_nothing(self) -> bool {
        let node = self.node();
        node.value == 0.0 && node.operation == Operation::Constant
    }
}

impl Add for Recorded<'_> {
    type Output = Self;
    #[inline(never)]
    fn add(self, other: Self) -> Self {
        if self.is_nothing() {
            other
        } else if other.is_nothing() {
            self
        } else {
            self.apply(Operation::Add, other, f64::add)
        }
    }
}

impl Add<f64> for Recorded<'_> {
    type Output = Self;
    #[inline(never)]
    fn add(self, other: f64) -> Self {
        self.apply(Operation::Add, record(Operation::Constant, &[], other), f64::add)
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $operation:ident) => {
        impl $trait for Recorded<'_> {
            type Output = Self;
            #[inline(never)]
            fn $method(self, other: Self) -> Self {
                self.apply(Operation::$operation, other, f64::$method)
            }
        }
        impl $trait<f64> for Recorded<'_> {
            type Output = Self;
            #[inline(never)]
            fn $method(self, other: f64) -> Self {
                self.apply(Operation::$operation, record(Operation::Constant, &[], other), f64::$method)
            }
        }
    };
}
operator!(Sub, sub, Subtract);
operator!(Mul, mul, Multiply);
operator!(Div, div, Divide);

impl Number for Recorded<'_> {
    #[inline(never)]
    fn value(self) -> f64 {
        self.node().value
    }
    #[inline(never)]
    fn ceil(self) -> Self {
        record(Operation::Ceil, &[self.node], f64::ceil(self.value()))
    }
    #[inline(never)]
    fn complement(self) -> Self {
        record(Operation::Constant, &[], 1.0).apply(Operation::Subtract, self, f64::sub)
    }
    #[inline(never)]
    fn max(self, other: Self) -> Self {
        self.apply(Operation::Max, other, larger)
    }
    #[inline(never)]
    fn min(self, other: Self) -> Self {
        self.apply(Operation::Min, other, smaller)
    }
    #[inline(never)]
    fn pow(self, exponent: Self) -> Self {
        self.apply(Operation::Power, exponent, libm::pow)
    }
    fn named(self, label: &'static str, unit: &'static str) -> Self {
        self.name(Name { label, unit, month: None })
    }
    fn named_in(self, label: &'static str, unit: &'static str, month: u16) -> Self {
        self.name(Name { label, unit, month: Some(month) })
    }
    #[inline(never)]
    fn call(self, function: &'static str, rest: &[Self], value: f64) -> Self {
        let operands: Vec<u32> = std::iter::once(self.node).chain(rest.iter().map(|number| number.node)).collect();
        record(Operation::Call(function), &operands, value)
    }
    fn sum(first: Self, rest: impl Iterator<Item = Self>) -> Self {
        let numbers: Vec<Self> = std::iter::once(first).chain(rest).collect();
        sum(&numbers)
    }
    fn sums<const WIDTH: usize>(first: [Self; WIDTH], rest: impl Iterator<Item = [Self; WIDTH]>) -> [Self; WIDTH] {
        let rows: Vec<_> = rest.collect();
        std::array::from_fn(|column| Self::sum(first[column], rows.iter().map(|row| row[column])))
    }
}

/// The sum of numbers, of which there is one at least; what is nothing is left out.
#[inline(never)]
fn sum<'r>(numbers: &[Recorded<'r>]) -> Recorded<'r> {
    let operands: Vec<u32> = numbers.iter().filter(|number| !number.is_nothing()).map(|number| number.node).collect();
    if operands.is_empty() {
        return numbers[0];
    }
    let value = numbers[1..].iter().fold(numbers[0].value(), |sum, number| sum + number.value());
    record(Operation::Sum, &operands, value)
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
        let roots = apart(numbers);
        TAPE.with_borrow(|tape| tape.derivation(&roots, describe))
    }
}

/// A node for each number: one that is asked for twice, or under two names, is two steps.
fn apart(numbers: &[Recorded<'_>]) -> Vec<u32> {
    let input = |number: &Recorded<'_>| match number.node().operation {
        Operation::Input(slot) => Some(slot),
        _ => None,
    };
    let mut roots: Vec<Recorded> = Vec::with_capacity(numbers.len());
    for number in numbers {
        let same =
            |root: &Recorded<'_>| root.node == number.node || (input(root).is_some() && input(root) == input(number));
        let again = roots.iter().any(same);
        roots.push(if again { number.again() } else { *number });
    }
    roots.into_iter().map(|root| root.node).collect()
}

impl Tape {
    fn derivation(&self, roots: &[u32], describe: &dyn Fn(Slot) -> (String, String, String)) -> Derivation {
        let nodes = &self.nodes;
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
            visit(*root, &mut order);
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
            let formula = self.formula(order[next - 1], true, &mut |node| visit(node, &mut order));
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

    fn formula(&self, at: u32, root: bool, visit: &mut dyn FnMut(u32) -> usize) -> Formula {
        let node = self.nodes[at as usize];
        if !root && (node.name.is_some() || matches!(node.operation, Operation::Input(_))) {
            return Formula::Step(visit(at));
        }
        let parts = &self.operands[node.operands.0 as usize..node.operands.1 as usize];
        match node.operation {
            Operation::Constant => Formula::Constant(node.value),
            Operation::Same => self.formula(parts[0], false, visit),
            operation => {
                Formula::Apply(operation.name(), parts.iter().map(|part| self.formula(*part, false, visit)).collect())
            }
        }
    }
}
