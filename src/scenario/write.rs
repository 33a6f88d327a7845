//! From a scenario to data.

use super::{Default, Kind, LISTS, Range, Scenario, Tree};
use crate::facts::{FACTS, FIELDS};

impl Scenario {
    /// The scenario as data: its preset, if it has one, and all in which it differs from that or from the default.
    /// With `expand`, no preset is named and the data says everything itself.
    #[must_use]
    pub fn to_tree(&self, expand: bool) -> Tree {
        let base = match self.preset {
            Some(preset) if !expand => Self::preset(preset.id).unwrap_or_default(),
            _ => Self::default(),
        };
        let mut tree = Tree::Map(Vec::new());
        if let (Some(preset), false) = (self.preset, expand) {
            tree.insert(&["preset"], Tree::Text(preset.id.into()));
        }
        for (index, field) in FIELDS.iter().enumerate() {
            let range = self.ranges[index];
            // A value that equals the base's says nothing, unless it keeps a field apart from a fact of the company's own.
            let apart = matches!(field.default, Default::Fact(fact) if self.given[fact.index()]);
            if self.given[index] && (range != base.ranges[index] || self.sets[index] != base.sets[index] || apart) {
                let value = match field.kind {
                    Kind::Flag => Tree::Flag(range.p50 != 0.0),
                    Kind::Choice(names) => Tree::Text(names[range.p50 as usize].into()),
                    Kind::Set(names) => members(names, self.sets[index]),
                    Kind::Number | Kind::Count => number_tree(range),
                };
                tree.insert(&field.path.split('.').collect::<Vec<_>>(), value);
            }
        }
        for (list, (path, keys)) in LISTS.iter().enumerate() {
            if self.lists[list] != base.lists[list] {
                let items = self.lists[list].iter().map(|ranges| item_tree(*keys, ranges)).collect();
                tree.insert(&path.split('.').collect::<Vec<_>>(), Tree::List(items));
            }
        }
        for (index, fact) in FACTS.iter().enumerate() {
            let place = FIELDS.len() + index;
            if self.ranges[place] != base.ranges[place] {
                tree.insert(&["facts", fact.id], number_tree(self.ranges[place]));
            }
        }
        tree
    }
}

/// The names that a set holds, as data.
fn members(names: &[&str], set: u128) -> Tree {
    Tree::List(
        names
            .iter()
            .enumerate()
            .filter(|(index, _)| set >> index & 1 == 1)
            .map(|(_, name)| Tree::Text((*name).into()))
            .collect(),
    )
}

fn number_tree(range: Range) -> Tree {
    if range.is_exact() { Tree::Number(range.p50) } else { Tree::range(range.p10, range.p50, range.p90) }
}

/// An item of a list as data.
pub(super) fn item_tree(keys: [&str; 2], ranges: &[Range; 2]) -> Tree {
    Tree::Map(keys.iter().zip(ranges).map(|(key, range)| ((*key).to_string(), number_tree(*range))).collect())
}
