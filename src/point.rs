//! Every number of a scenario and every fact as one flat vector.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

/// The place of a number in a [`Point`]: the scenario's fields first, then the facts, then the scenario's lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot(pub u16);

impl Slot {
    /// The index into the vector.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where the numbers of a point come from that are settled only when they are read.
pub trait Source: fmt::Debug {
    /// The number at a slot. It is asked for once.
    fn value(&self, slot: Slot) -> f64;
}

/// One value for every number: what the model is evaluated at.
///
/// A draw, a slider, an override and the likeliest case are all points; the model knows no other input. Of a draw only
/// those numbers are drawn that are read: a company meets a part of the facts only.
#[derive(Clone)]
pub struct Point {
    /// Not a number stands for what is not settled yet.
    values: Vec<Cell<f64>>,
    source: Option<Rc<dyn Source>>,
}

/// Without its hundreds of numbers: every source can be shown, and the wasm would hold all that shows them.
impl fmt::Debug for Point {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Point")
    }
}

/// A point that comes from another one tells what it has been asked for.
impl Source for Point {
    fn value(&self, slot: Slot) -> f64 {
        self.get(slot)
    }
}

impl PartialEq for Point {
    fn eq(&self, other: &Self) -> bool {
        self.values().eq(other.values())
    }
}

impl Point {
    /// A point from the values of all slots, in their order.
    #[must_use]
    pub fn new(values: impl Iterator<Item = f64>) -> Self {
        Self { values: values.map(Cell::new).collect(), source: None }
    }

    /// A point whose numbers come from a source as they are read, where `values` has none.
    #[must_use]
    pub fn from_source(values: impl Iterator<Item = f64>, source: Rc<dyn Source>) -> Self {
        Self { source: Some(source), ..Self::new(values) }
    }

    /// Takes other values for all slots, in their order; the room is kept.
    pub fn fill(&mut self, values: impl Iterator<Item = f64>) {
        for (cell, value) in self.values.iter().zip(values) {
            cell.set(value);
        }
    }

    /// Settles one number.
    pub fn set(&self, slot: Slot, value: f64) {
        self.values[slot.index()].set(value);
    }

    /// Whether a number is settled: where it comes from a source, whether it has been asked for.
    #[must_use]
    pub fn is_settled(&self, slot: Slot) -> bool {
        !self.values[slot.index()].get().is_nan()
    }

    /// The value at a slot.
    #[must_use]
    #[inline]
    pub fn get(&self, slot: Slot) -> f64 {
        let value = self.values[slot.index()].get();
        if value.is_nan() { self.settle(slot) } else { value }
    }

    #[cold]
    #[inline(never)]
    fn settle(&self, slot: Slot) -> f64 {
        let value = self.source.as_ref().map_or(0.0, |source| source.value(slot));
        self.values[slot.index()].set(value);
        value
    }

    /// All values, in the order of their slots.
    pub fn values(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.values.len() as u16).map(|at| self.get(Slot(at)))
    }
}
