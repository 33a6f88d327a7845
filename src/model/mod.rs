//! The laws that every approach obeys: load, capacity, prices, labour, complexity, and the months they play out in.

pub mod capacity;
pub mod company;
pub mod complexity;
pub mod compute;
pub mod database;
pub mod labour;
pub mod lease;
pub mod ledger;
pub mod load;
pub mod metrics;
pub mod prices;
pub mod timeline;

pub use company::Company;
pub use ledger::{Cost, Hours, Ledger, Line};
pub use metrics::{METRICS, Metric};
pub use timeline::{Context, evaluate};
