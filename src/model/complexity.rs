//! Moving parts: what is counted, and what follows from the count.

use crate::facts::{PARTS, Part, Responsibility};

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
        if self.has(new) {
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
        let mut kept: Vec<(Part, Part)> = Vec::with_capacity(self.interfaces.len());
        for interface in self.interfaces {
            if interface.0 != interface.1 && !kept.contains(&interface) {
                kept.push(interface);
            }
        }
        self.interfaces = kept;
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

    /// Different skills that the parts take.
    #[must_use]
    pub fn skills(&self) -> Vec<&'static str> {
        let mut skills: Vec<&str> = self.parts.iter().map(|(part, _)| part.facts().skill).collect();
        skills.sort_unstable();
        skills.dedup();
        skills
    }

    /// Parts on the longest way along interfaces. Should an interface close a ring, the way is cut at the number of
    /// parts.
    #[must_use]
    pub fn longest_chain(&self) -> u32 {
        // By part: how long the longest way from it is, as far as it is known; 0 for a part that is not in the stack.
        let mut length = [0_u32; PARTS.len()];
        for (part, _) in &self.parts {
            length[*part as usize] = 1;
        }
        for _ in 1..self.parts.len() {
            let mut changed = false;
            for (from, to) in &self.interfaces {
                let longer = length[*to as usize] + 1;
                if longer > length[*from as usize] {
                    length[*from as usize] = longer;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        length.into_iter().max().unwrap_or(0)
    }
}
