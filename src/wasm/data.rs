//! Data of JavaScript as a [`Tree`]. `serde_wasm_bindgen` could read it too, and refuses the same in the same words, but
//! serde's way there weighs several times as much in the wasm.

use crate::scenario::{MAX_DEPTH, Tree};
use js_sys::{Array, ArrayBuffer, Map, Object, Symbol, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Number)]
    fn number(bigint: &JsValue) -> f64;
}

/// A value as data, or why it is none.
pub(super) fn tree(value: &JsValue) -> Result<Tree, String> {
    within(MAX_DEPTH, value)
}

/// A value that may hold values of this much further depth.
fn within(depth: u8, value: &JsValue) -> Result<Tree, String> {
    if value.is_null() || value.is_undefined() {
        Ok(Tree::Missing)
    } else if let Some(flag) = value.as_bool() {
        Ok(Tree::Flag(flag))
    } else if let Some(number) = value.as_f64() {
        // A scenario knows no zero below zero.
        Ok(Tree::Number(number + 0.0))
    } else if value.is_bigint() {
        let number = number(value);
        let fits = (i64::MIN as f64..=u64::MAX as f64).contains(&number);
        let why = "Error: Couldn't deserialize i64 or u64 from a BigInt outside i64::MIN..u64::MAX bounds";
        if fits { Ok(Tree::Number(number)) } else { Err(why.into()) }
    } else if let Some(text) = value.as_string() {
        Ok(Tree::Text(text))
    } else if Array::is_array(value) {
        let inner = deeper(depth)?;
        Array::from(value).iter().map(|item| within(inner, &item)).collect::<Result<_, _>>().map(Tree::List)
    } else if value.is_instance_of::<Uint8Array>() || value.is_instance_of::<ArrayBuffer>() {
        Err(refused("byte array", "an object, a list, a number, a text or a flag"))
    } else if let Some(entries) = entries(value) {
        let inner = deeper(depth)?;
        let entry = |pair: JsValue| {
            let pair: Array = pair.unchecked_into();
            let key = pair.get(0);
            let name = key.as_string().ok_or_else(|| refused(&format!("{key:?}"), "a string"))?;
            Ok((name, within(inner, &pair.get(1))?))
        };
        entries.iter().map(entry).collect::<Result<_, _>>().map(Tree::Map)
    } else {
        Err(refused(&format!("{value:?}"), "an object, a list, a number, a text or a flag"))
    }
}

/// Pairs of key and value, if a value has such: what else can be iterated has none.
fn entries(value: &JsValue) -> Option<Array> {
    if value.is_instance_of::<Map>() {
        Some(Array::from(value))
    } else if value.is_object() && !Symbol::iterator().js_in(value) {
        Some(Object::entries(value.unchecked_ref()))
    } else {
        None
    }
}

fn deeper(depth: u8) -> Result<u8, String> {
    depth.checked_sub(1).ok_or_else(|| "Error: objects are nested too deeply".into())
}

fn refused(what: &str, expected: &str) -> String {
    format!("Error: invalid type: {what}, expected {expected}")
}
