//! The laws that every approach obeys: load, capacity, prices, failures, labour, complexity, and the months they play
//! out in.

pub mod availability;
pub mod bill;
pub mod capacity;
pub mod cdn;
pub mod choice;
pub mod cluster;
pub mod company;
pub mod complexity;
pub mod compute;
pub mod context;
pub mod database;
pub mod delivery;
pub mod design;
pub mod functions;
pub mod incidents;
pub mod labour;
pub mod layout;
pub mod lease;
pub mod ledger;
pub mod load;
pub mod metrics;
pub mod moving;
pub mod practice;
pub mod prices;
pub mod site;
pub mod structure;
mod summary;
pub mod timeline;

pub use choice::Choice;
pub use company::{Company, Policy};
pub use context::Context;
pub use design::{Design, Obstacle, Shape};
pub use layout::{Layout, Roles};
pub use ledger::{Cost, Hours, Ledger, Line};
pub use load::LEVELS;
pub use metrics::{METRICS, Metric};
