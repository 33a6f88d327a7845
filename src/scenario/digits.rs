//! Numbers as text, and text as numbers. In the wasm JavaScript does this: it comes to the same bits and the same digits,
//! and the code and the tables that it takes are there already.

/// Reads a number as Rust knows it.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn read(text: &str) -> Option<f64> {
    text.parse().ok()
}

/// A number in the fewest digits that mean it; from 10²¹ on with an exponent, as in JSON.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn write(number: f64) -> String {
    if number.is_finite() && number.abs() >= 1e21 { format!("{number:e}") } else { number.to_string() }
}

#[cfg(target_arch = "wasm32")]
pub(crate) use by_javascript::{read, write};

#[cfg(target_arch = "wasm32")]
mod by_javascript {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = Number)]
        fn number(text: &str) -> f64;
        #[wasm_bindgen(js_name = String)]
        fn text(number: f64) -> String;
    }

    pub(crate) fn read(text: &str) -> Option<f64> {
        let (sign, name) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(text)),
        };
        match name.to_ascii_lowercase().as_str() {
            "inf" | "infinity" => return Some(sign * f64::INFINITY),
            "nan" => return Some(f64::NAN),
            _ => {}
        }
        // JavaScript also reads nothing at all, and other bases; of these characters it reads the same as Rust.
        let decimal = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        Some(number(text)).filter(|value| decimal && !value.is_nan())
    }

    pub(crate) fn write(number: f64) -> String {
        if !number.is_finite() {
            return if number.is_nan() {
                "NaN"
            } else if number > 0.0 {
                "inf"
            } else {
                "-inf"
            }
            .into();
        }
        // The sign apart: JavaScript leaves it out before a zero.
        let sign = if number.is_sign_negative() { "-" } else { "" };
        let text = text(number.abs());
        match text.split_once('e') {
            Some((digits, exponent)) => {
                match exponent.strip_prefix('-').and_then(|places| places.parse::<usize>().ok()) {
                    Some(places) => [sign, "0.", &"0".repeat(places - 1), &digits.replace('.', "")].concat(),
                    None => [sign, digits, "e", exponent.trim_start_matches('+')].concat(),
                }
            }
            None => [sign, &text].concat(),
        }
    }
}
