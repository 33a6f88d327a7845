//! How many random cases are tried, and which.

use proptest::test_runner::{Config, RngSeed};

/// So many cases, the same ones every time: a check that passes once passes always. `PROPTEST_CASES` tries more of them,
/// and `PROPTEST_RNG_SEED` (any whole number) others.
pub fn cases(some: u32) -> Config {
    let said = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = said.unwrap_or(some);
    let config = Config::default();
    let rng_seed = match config.rng_seed {
        RngSeed::Random => RngSeed::Fixed(1),
        fixed @ RngSeed::Fixed(_) => fixed,
    };
    Config { cases, rng_seed, max_global_rejects: 1024 + cases, failure_persistence: None, ..config }
}
