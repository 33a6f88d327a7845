//! Moving parts: what is counted, and what follows from the count.

use super::structure::{Structure, weight_class};
use crate::explain::{Number, Trace};
use crate::facts::{Part, Responsibility, slot};

/// The parts that a variant needs for a company, and the interfaces between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stack {
    parts: Vec<(Part, u16)>,
    interfaces: Vec<(Part, Part)>,
}

impl Stack {
    /// A stack of these parts, each once. An interface goes from a part that carries, acts on or observes another.
    #[must_use]
    pub fn new(parts: &[Part], interfaces: &[(Part, Part)]) -> Self {
        Self { parts: parts.iter().map(|part| (*part, 1)).collect(), interfaces: interfaces.to_vec() }
    }

    /// Each part, and how many of it the team answers for.
    pub fn parts(&self) -> impl Iterator<Item = (Part, u16)> + '_ {
        self.parts.iter().copied()
    }

    /// The interfaces.
    #[must_use]
    pub fn interfaces(&self) -> &[(Part, Part)] {
        &self.interfaces
    }

    /// Whether a part is in it.
    #[must_use]
    pub fn has(&self, part: Part) -> bool {
        self.parts.iter().any(|(known, _)| *known == part)
    }

    /// Puts one part in the place of another, with all its interfaces; if it is there already, the two become one.
    #[must_use]
    pub fn replace(mut self, old: Part, new: Part) -> Self {
        let merged = self.has(new);
        if merged {
            self.parts.retain(|(part, _)| *part != old);
        }
        for (part, _) in &mut self.parts {
            if *part == old {
                *part = new;
            }
        }
        for (from, to) in &mut self.interfaces {
            for end in [from, to] {
                if *end == old {
                    *end = new;
                }
            }
        }
        if merged {
            // Where two parts become one, so do their interfaces to a third.
            let mut kept: Vec<(Part, Part)> = Vec::with_capacity(self.interfaces.len());
            for interface in self.interfaces {
                if interface.0 != interface.1 && !kept.contains(&interface) {
                    kept.push(interface);
                }
            }
            self.interfaces = kept;
        }
        self
    }

    /// Adds a part with its interfaces.
    #[must_use]
    pub fn with(mut self, part: Part, interfaces: &[(Part, Part)]) -> Self {
        self.parts.push((part, 1));
        for interface in interfaces {
            if !self.interfaces.contains(interface) {
                self.interfaces.push(*interface);
            }
        }
        self
    }

    /// Takes a part out, with its interfaces.
    #[must_use]
    pub fn without(mut self, part: Part) -> Self {
        self.parts.retain(|(known, _)| *known != part);
        self.interfaces.retain(|(from, to)| *from != part && *to != part);
        self
    }

    /// Says how many of a part there are; none takes it out.
    #[must_use]
    pub fn times(mut self, part: Part, times: u16) -> Self {
        if times == 0 {
            return self.without(part);
        }
        for (known, count) in &mut self.parts {
            if *known == part {
                *count = times;
            }
        }
        self
    }

    /// Moving parts: two databases of different make are two.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.parts.iter().map(|(_, times)| u32::from(*times)).sum()
    }

    /// Parts that the team runs itself.
    #[must_use]
    pub fn self_run(&self) -> u32 {
        self.sum(|part| part.facts().responsibility == Responsibility::SelfRun)
    }

    /// Parts that hold data which can be lost.
    #[must_use]
    pub fn stateful(&self) -> u32 {
        self.sum(|part| part.facts().stateful)
    }

    fn sum(&self, counts: impl Fn(Part) -> bool) -> u32 {
        self.parts.iter().filter(|(part, _)| counts(*part)).map(|(_, times)| u32::from(*times)).sum()
    }

    /// Parts that are configured by the team and run by somebody else.
    #[must_use]
    pub fn managed(&self) -> u32 {
        self.sum(|part| part.facts().responsibility == Responsibility::Managed)
    }

    /// Parts that only their provider has.
    #[must_use]
    pub fn provider_specific(&self) -> u32 {
        self.sum(|part| part.facts().provider_specific)
    }

    /// Parts that hold data and that the team runs itself.
    #[must_use]
    pub fn self_run_state(&self) -> u32 {
        self.sum(|part| part.facts().stateful && part.facts().responsibility == Responsibility::SelfRun)
    }
}

/// The structural complexity of Sinha and de Weck: weighted parts, plus weighted interfaces times the graph energy for
/// each part. A part weighs by who answers for it, more if it holds data, and by how often it is forced to change.
pub fn index<T: Trace>(trace: &T, stack: &Stack, structure: &Structure) -> T::N {
    let weights =
        [trace.constant(1.0), trace.read(slot::COMPLEXITY_WEIGHT_MANAGED), trace.read(slot::COMPLEXITY_WEIGHT_USED)];
    let state = trace.read(slot::COMPLEXITY_WEIGHT_STATE) + 1.0;
    let mut parts = trace.constant(0.0);
    for (part, times) in stack.parts() {
        let facts = part.facts();
        let forced = facts.upgrade.map_or(0.0, |(forced, _)| trace.read(forced).value());
        let churn = trace.read(match forced {
            forced if forced <= 0.2 => slot::COMPLEXITY_CHURN_LOW,
            forced if forced <= 1.0 => slot::COMPLEXITY_CHURN_NOMINAL,
            forced if forced <= 2.0 => slot::COMPLEXITY_CHURN_HIGH,
            _ => slot::COMPLEXITY_CHURN_VERY_HIGH,
        });
        let mut weight = weights[weight_class(part)] * churn;
        if facts.stateful {
            weight = weight * state;
        }
        parts = parts + if times == 1 { weight } else { weight * f64::from(times) };
    }
    let parts = parts.named("weighted parts", "parts");
    let mut interfaces = trace.constant(0.0);
    for (row, counts) in structure.interfaces.iter().enumerate() {
        for (column, count) in counts.iter().enumerate() {
            if *count > 0 {
                let both = weights[row] * weights[column];
                interfaces = interfaces + both.call("squareRoot", &[], f64::sqrt(both.value())) * f64::from(*count);
            }
        }
    }
    let interfaces = (interfaces * trace.read(slot::COMPLEXITY_WEIGHT_INTERFACE)).named("weighted interfaces", "parts");
    let distinct = f64::from(structure.distinct.max(1));
    let energy = trace.constant(structure.energy / distinct).named("graph energy over the number of parts", "ratio");
    (parts + interfaces * energy).named("structural complexity", "parts")
}
