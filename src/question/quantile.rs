//! Quantiles of numbers.

/// The value below which a share of the sorted numbers lies, between two of them in proportion: what numpy calls
/// `linear`. 0 where there are no numbers.
#[must_use]
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    if sorted.is_empty() {
        return 0.0;
    }
    let (low, part) = place(sorted.len(), share);
    let high = (low + 1).min(sorted.len() - 1);
    between(sorted[low], sorted[high], part)
}

/// The same for several shares, in rising order, of numbers in any order: they are put in order no further than that
/// takes.
#[must_use]
pub fn quantiles<const N: usize>(numbers: &mut [f64], shares: [f64; N]) -> [f64; N] {
    let count = numbers.len();
    // What is below an earlier share is below the later ones: `rest` is what is not, and `before` how many are.
    let (mut rest, mut before) = (numbers, 0);
    shares.map(|share| {
        if count == 0 {
            return 0.0;
        }
        let (at, part) = place(count, share);
        let (_, low, above) = rest.select_nth_unstable_by(at - before, f64::total_cmp);
        let low = *low;
        let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
        rest = &mut std::mem::take(&mut rest)[at - before..];
        before = at;
        between(low, high, part)
    })
}

/// Where the quantile of a share stands among so many sorted numbers: at the one of this index, and this part of the way
/// to the next.
fn place(count: usize, share: f64) -> (usize, f64) {
    let place = share * (count - 1) as f64;
    let low = (f64::floor(place) as usize).min(count - 1);
    (low, place - low as f64)
}

fn between(low: f64, high: f64, part: f64) -> f64 {
    low + (high - low) * part
}
