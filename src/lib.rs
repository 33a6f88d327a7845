//! What it costs, in money and in people, to run a company's software: nine variants of the four approaches
//! (code on one server; bare metal with redundancy; virtual machines and platforms; Terraform, Kubernetes, functions).
//!
//! A [`Scenario`](scenario::Scenario) says what the company is; the [`facts`] say what the world charges. Both become
//! one flat vector, a [`Point`](point::Point); the [`model`] turns a point into an outcome for each variant; a
//! [`question`] asks for outcomes. Everything is a pure function of the scenario: no clock, no network, no state.
//!
//! ```
//! use moving_parts::{question::compare, scenario::Scenario};
//!
//! let scenario = Scenario::preset("seed-startup").expect("a preset of this name exists");
//! let comparison = compare::compare(&scenario);
//! let best = comparison.best.expect("something fits a small company");
//! assert!(comparison.outcomes[best.index()].metric("totals.monthlyUsd").unwrap() > 0.0);
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod approach;
pub mod draw;
pub mod explain;
pub mod facts;
pub mod model;
mod order;
pub mod point;
pub mod question;
pub mod scenario;
#[cfg(target_arch = "wasm32")]
mod wasm;

/// Version of the model: it changes with every release, and a changed number is listed in `CHANGELOG.md`.
pub const MODEL_VERSION: &str = env!("CARGO_PKG_VERSION");
