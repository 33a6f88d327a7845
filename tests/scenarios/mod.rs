//! Random companies, up to the edges of every range.

use moving_parts::facts::{self, FACTS, FIELDS};
use moving_parts::scenario::{Default, Field, Kind, Scenario, Tree};
use proptest::prelude::*;

/// A number anywhere in a range: at its ends, and over all its magnitudes.
pub fn number(min: f64, max: f64) -> BoxedStrategy<f64> {
    let spread = (0.0..1.0f64).prop_map(move |at| {
        let low = if min > 0.0 { min } else { (max * 1e-9).min(1e-3) };
        if min < 0.0 { min + (max - min) * at } else { (low * (max / low).powf(at)).clamp(min, max) }
    });
    prop_oneof![1 => Just(min), 1 => Just(max), 8 => spread].boxed()
}

pub fn entry(path: &str, value: Tree) -> Tree {
    path.rsplit('.').fold(value, |inner, key| Tree::Map(vec![(key.to_string(), inner)]))
}

pub fn merge(into: &mut Tree, from: Tree) {
    if let (Tree::Map(into), Tree::Map(from)) = (into, from) {
        for (key, value) in from {
            match into.iter_mut().find(|(known, _)| *known == key) {
                Some((_, inner)) => merge(inner, value),
                None => into.push((key, value)),
            }
        }
    }
}

pub fn object(pairs: &[(&str, f64)]) -> Tree {
    Tree::Map(pairs.iter().map(|(key, value)| ((*key).to_string(), Tree::Number(*value))).collect())
}

/// A scenario that says some of what can be said, growth and overridden facts included.
pub fn scenario() -> impl Strategy<Value = Tree> {
    let fields: Vec<BoxedStrategy<Option<Tree>>> = FIELDS
        .iter()
        .map(|field| {
            let value = match field.kind {
                Kind::Number => number(field.min, field.max).prop_map(Tree::Number).boxed(),
                Kind::Count => number(field.min, field.max).prop_map(|value| Tree::Number(value.round())).boxed(),
                Kind::Flag => any::<bool>().prop_map(Tree::Flag).boxed(),
                Kind::Choice(names) => {
                    prop::sample::select(names.to_vec()).prop_map(|name| Tree::Text(name.into())).boxed()
                }
                Kind::Set(names) => prop::sample::subsequence(names.to_vec(), 0..=names.len())
                    .prop_map(|names| Tree::List(names.iter().map(|name| Tree::Text((*name).into())).collect()))
                    .boxed(),
            };
            let path = field.path;
            prop::option::weighted(0.4, value.prop_map(move |value| entry(path, value))).boxed()
        })
        .collect();
    let phases = prop::collection::vec((1..40u8, -0.99..2.0f64), 0..4);
    let steps = prop::collection::vec((1..120u8, number(0.0, 1000.0)), 0..3);
    let classes = prop::collection::vec((1..200u8, number(0.0, 1000.0)), 0..4);
    let facts = prop::collection::vec((0..FACTS.len(), 0.0..1.0f64), 0..6);
    (fields, phases, steps, classes, facts).prop_map(|(fields, phases, steps, classes, facts)| {
        let mut tree = Tree::Map(Vec::new());
        fields.into_iter().flatten().for_each(|field| merge(&mut tree, field));
        let phases =
            phases.iter().map(|(months, growth)| object(&[("months", f64::from(*months)), ("monthlyGrowth", *growth)]));
        let steps = steps.iter().map(|(month, factor)| object(&[("month", f64::from(*month)), ("factor", *factor)]));
        let classes =
            classes.iter().map(|(services, factor)| object(&[("services", f64::from(*services)), ("factor", *factor)]));
        merge(&mut tree, entry("services.growthByService", Tree::List(classes.collect())));
        merge(&mut tree, entry("workload.growth.phases", Tree::List(phases.collect())));
        merge(&mut tree, entry("workload.growth.steps", Tree::List(steps.collect())));
        let mut overrides: Vec<(String, Tree)> = Vec::new();
        for (index, at) in facts {
            let fact = &FACTS[index];
            // Within a tenth and ten times the table: the limits themselves are tested with the wrong inputs.
            let value = fact.p50 * 10f64.powf(at * 2.0 - 1.0);
            let value = match fact.unit {
                "share" => value.min(0.95),
                "exponent" => value.clamp(0.5, 2.0),
                _ => value.max(fact.least.unwrap_or(0.0)),
            };
            // A fact that is a field's default keeps within the field's limits.
            let default_of = |field: &&Field| matches!(field.default, Default::Fact(slot) if facts::at(slot).is_some_and(|it| it.id == fact.id));
            let value = FIELDS.iter().find(default_of).map_or(value, |field| value.clamp(field.min, field.max));
            if !overrides.iter().any(|(id, _)| id == fact.id) {
                overrides.push((fact.id.to_string(), Tree::Number(value)));
            }
        }
        merge(&mut tree, Tree::Map(vec![("facts".into(), Tree::Map(overrides))]));
        tree
    })
}

pub fn read(tree: &Tree) -> Scenario {
    Scenario::from_tree(tree).unwrap_or_else(|problems| panic!("{problems:?}"))
}
