//! How fast the means over draws settle.

use moving_parts::draw::deviation;

/// Plain sampling: a splitmix64 generator in the place of the Sobol sequence.
fn plain(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 53) as f64 + 1e-17
    }
}

/// The error of a mean over scrambled Sobol points falls faster than that of plain sampling: on a function of the kind
/// that costs are, a product of log-normal inputs and a sum.
#[test]
fn scrambled_sobol_points_converge_faster_than_plain_sampling() {
    let f = |z: [f64; 6]| {
        libm::exp(0.5 * z[0]) * libm::exp(0.3 * z[1]) + libm::exp(0.4 * z[2]) * z[3].abs() + z[4] * z[5] + z[4]
    };
    let exact = libm::exp(0.125 + 0.045) + libm::exp(0.08) * f64::sqrt(2.0 / core::f64::consts::PI);
    let error = |draws: u32, sobol: bool| {
        let seeds = 1..=24;
        let squares: f64 = seeds
            .clone()
            .map(|seed| {
                let mut random = plain(u64::from(seed as u32));
                let mean = (0..draws)
                    .map(|index| {
                        f(std::array::from_fn(|dimension| {
                            if sobol {
                                deviation(seed as u32, index, dimension as u32)
                            } else {
                                moving_parts::draw::normal_quantile(random())
                            }
                        }))
                    })
                    .sum::<f64>()
                    / f64::from(draws);
                (mean - exact) * (mean - exact)
            })
            .sum();
        f64::sqrt(squares / seeds.count() as f64)
    };
    let [few, many] = [256, 4096].map(|draws| [error(draws, true), error(draws, false)]);
    assert!(few[0] < few[1] / 3.0 && many[0] < many[1] / 5.0, "{few:?} {many:?}");
    // Sixteen times the draws: plain sampling gains about four times, the sequence more.
    assert!(few[0] / many[0] > 1.5 * few[1] / many[1], "{few:?} {many:?}");
}
