//! Laws of the bill and of the work, each on a company on which it shows alone.

mod databases;
mod machines;
mod support;
mod traffic;
mod work;
