//! What can be asked of the model. One file a question.

pub mod compare;
pub mod explain;
pub mod sweep;
