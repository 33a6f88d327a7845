//! Data as it comes from outside: JSON, a JavaScript object, a link. Nothing is lost and nothing is assumed, so that
//! every problem can be reported with its path and the value as it was written.

use super::digits;
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::fmt;

/// A value of any shape. Numbers may be NaN or infinite here; a [`Scenario`](super::Scenario) refuses these.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null` or `undefined`.
    Missing,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Tree>),
    /// An object, in the order of its keys.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// A number range as an object.
    #[must_use]
    pub fn range(p10: f64, p50: f64, p90: f64) -> Self {
        let entry = |key: &str, value| (key.to_string(), Self::Number(value));
        Self::Map(vec![entry("p10", p10), entry("p50", p50), entry("p90", p90)])
    }

    /// Puts a value at a path of nested objects, making them where they are missing.
    pub fn insert(&mut self, path: &[&str], value: Self) {
        let (Self::Map(entries), Some((key, rest))) = (self, path.split_first()) else { return };
        let index = entries.iter().position(|(known, _)| known == key).unwrap_or_else(|| {
            entries.push(((*key).to_string(), Self::Map(Vec::new())));
            entries.len() - 1
        });
        if rest.is_empty() {
            entries[index].1 = value;
        } else {
            entries[index].1.insert(rest, value);
        }
    }
}

/// As JSON would write it, shortened.
impl fmt::Display for Tree {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => out.write_str("null"),
            Self::Flag(flag) => write!(out, "{flag}"),
            Self::Number(number) => out.write_str(&digits::write(*number)),
            Self::Text(text) if text.chars().count() > 40 => {
                write!(out, "\"{}…\"", text.chars().take(40).collect::<String>())
            }
            Self::Text(text) => write!(out, "\"{text}\""),
            Self::List(_) => out.write_str("a list"),
            Self::Map(_) => out.write_str("an object"),
        }
    }
}

/// Deeper data than any scenario is refused: it would cost stack, and an object that holds itself never ends.
pub(crate) const MAX_DEPTH: u8 = 16;

/// Reads a value that may hold values of this much further depth.
#[derive(Clone, Copy)]
struct Depth(u8);

impl Depth {
    fn inner<E: de::Error>(self) -> Result<Self, E> {
        self.0.checked_sub(1).map(Self).ok_or_else(|| E::custom("objects are nested too deeply"))
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Tree;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Tree;
    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("an object, a list, a number, a text or a flag")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(value))
    }
    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }
    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value as f64))
    }
    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Number(value))
    }
    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.to_string()))
    }
    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Missing)
    }
    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Missing)
    }
    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<Tree, D::Error> {
        self.deserialize(inner)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = access.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let inner = self.inner()?;
        let mut map = Vec::new();
        while let Some(key) = access.next_key()? {
            map.push((key, access.next_value_seed(inner)?));
        }
        Ok(Tree::Map(map))
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Depth(MAX_DEPTH).deserialize(deserializer)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_unit(),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(list) => serializer.collect_seq(list),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
