//! The questions, through their public functions: a file for each, and one for what all of them share.

mod break_even;
mod crossing;
mod goal_seek;
mod names;
mod sampling;
mod sensitivity;
mod support;
mod sweep;
mod uncertainty;
mod worth;
