//! Every number of a scenario and every fact as one flat vector.

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

/// One value for every number: what the model is evaluated at.
///
/// A draw, a slider, an override and the likeliest case are all points; the model knows no other input.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    values: Vec<f64>,
}

impl Point {
    /// A point from the values of all slots, in their order.
    #[must_use]
    pub fn new(values: Vec<f64>) -> Self {
        Self { values }
    }

    /// Takes other values for all slots, in their order; the room is kept.
    pub fn fill(&mut self, values: impl Iterator<Item = f64>) {
        self.values.clear();
        self.values.extend(values);
    }

    /// The value at a slot.
    #[must_use]
    pub fn get(&self, slot: Slot) -> f64 {
        self.values[slot.index()]
    }

    /// All values, in the order of their slots.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}
