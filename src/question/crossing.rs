//! Where a function of one number is zero or changes its sign: all places that a fine scan finds, each made exact.

use crate::order::least_first;
use std::iter;

/// Values at which a difference whose crossings are sought is looked at first.
pub const VALUES: usize = 2049;

/// The values at which a function is looked at first, in rising order.
#[derive(Clone, Debug)]
pub struct Grid {
    values: Vec<f64>,
    whole: bool,
    log: bool,
}

/// A place where a function is zero or changes its sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Where it begins: the last value before, or the first zero.
    pub from: f64,
    /// Where it ends: the first value after, or the last zero. Equal to `from` to the tolerance, unless the function stays
    /// zero for a while.
    pub to: f64,
    /// Sign of the function before and after; 0 where the function ends there.
    pub signs: [i8; 2],
    /// Values of the function just before and just after: far apart where it jumps over zero.
    pub values: [f64; 2],
}

impl Crossing {
    /// Whether the sign after is the opposite of the sign before.
    #[must_use]
    pub const fn changes_sign(&self) -> bool {
        self.signs[0] * self.signs[1] < 0
    }
}

/// How close a crossing is pinned down, relative to its place.
pub const TOLERANCE: f64 = 1e-9;

/// How far, in values to each side, a function is looked at to see by how much it moves: steps of machines come at some
/// distance from each other.
const NEIGHBOURS: usize = 64;

/// How often an interval is halved in which a function might cross zero once more.
const HALVINGS: u32 = 6;

/// The most values at which one search looks, those of the grid among them and the pinning down apart.
const MOST: usize = 16_384;

impl Grid {
    /// About `count` values from one to another, equal steps or equal ratios apart. Whole numbers are all taken, if there
    /// are not more of them.
    #[must_use]
    pub fn new(from: f64, to: f64, count: usize, log: bool, whole: bool) -> Self {
        let log = log && from > 0.0;
        let last = (count.max(2) - 1) as f64;
        let at = |index: usize| {
            let share = index as f64 / last;
            if index == 0 {
                from
            } else if share >= 1.0 {
                to
            } else if log {
                from * libm::pow(to / from, share)
            } else {
                from + (to - from) * share
            }
        };
        let mut values: Vec<f64> = if whole && to - from <= last {
            (0..=(to - from) as usize).map(|step| from + step as f64).collect()
        } else {
            (0..count.max(2)).map(at).map(|value| if whole { f64::floor(value + 0.5) } else { value }).collect()
        };
        values.dedup();
        Self { values, whole, log }
    }

    /// The values.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Whether they are equal ratios apart.
    #[must_use]
    pub const fn is_log(&self) -> bool {
        self.log
    }

    /// The value between two, as the grid counts; nothing where they are as close as they need be. A whole number is the
    /// nearest to the middle: by ratios, the middle of two lies just below the one number that is between them.
    pub(super) fn between(&self, low: f64, high: f64) -> Option<f64> {
        let middle = if self.log { f64::sqrt(low) * f64::sqrt(high) } else { f64::midpoint(low, high) };
        let middle = if self.whole { f64::floor(middle + 0.5) } else { middle };
        let apart = self.whole || high - low > TOLERANCE * f64::abs(high).max(f64::abs(low));
        (apart && low < middle && middle < high).then_some(middle)
    }
}

fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}

/// All zeros and changes of sign of a function over a grid, in rising order.
///
/// Between two values of the grid the function may cross zero and come back unseen. Where it is as near to zero as it
/// moves between neighbours, it is looked at more closely; where that is at more places than may be looked at, at those
/// first where it is nearest.
pub fn crossings(grid: &Grid, mut f: impl FnMut(f64) -> f64) -> Vec<Crossing> {
    let mut points: Vec<(f64, f64)> = grid.values.iter().map(|at| (*at, f(*at))).collect();
    for _ in 0..HALVINGS {
        let moves: Vec<f64> = points.windows(2).map(|pair| f64::abs(pair[1].1 - pair[0].1)).collect();
        let mut close = Vec::new();
        for (at, pair) in points.windows(2).enumerate() {
            let near = f64::abs(pair[0].1).min(f64::abs(pair[1].1));
            let around = &moves[at.saturating_sub(NEIGHBOURS)..(at + NEIGHBOURS + 1).min(moves.len())];
            let wiggle = around.iter().fold(0.0, |most: f64, next| most.max(*next));
            if near < wiggle
                && let Some(middle) = grid.between(pair[0].0, pair[1].0)
            {
                close.push((at, near, middle));
            }
        }
        let room = MOST.saturating_sub(points.len());
        if close.len() > room {
            close = least_first(close, |(_, near, _)| *near);
            close.truncate(room);
        }
        if close.is_empty() {
            break;
        }
        let mut middles = vec![None; points.len()];
        for (at, _, middle) in close {
            middles[at] = Some((middle, f(middle)));
        }
        points = points.into_iter().zip(middles).flat_map(|(point, middle)| iter::once(point).chain(middle)).collect();
    }

    let mut found = Vec::new();
    let mut at = 0;
    while at < points.len() {
        let here = sign(points[at].1);
        if here == 0 {
            // Zero from here on, for one value or for several.
            let last = (at..points.len()).take_while(|next| sign(points[*next].1) == 0).last().unwrap_or(at);
            let left = at.checked_sub(1).map(|before| points[before]);
            let right = points.get(last + 1).copied();
            let begins = left.map_or((points[at], 0.0), |left| edge(grid, left, points[at], &mut f));
            let ends = right.map_or((points[last], 0.0), |right| edge(grid, right, points[last], &mut f));
            found.push(Crossing {
                from: begins.0.0,
                to: ends.0.0,
                signs: [left.map_or(0, |left| sign(left.1)), right.map_or(0, |right| sign(right.1))],
                values: [begins.1, ends.1],
            });
            at = last + 1;
            continue;
        }
        if let Some(right) = points.get(at + 1)
            && sign(right.1) == -here
        {
            found.push(pin(grid, points[at], *right, &mut f));
        }
        at += 1;
    }
    found
}

/// The change of sign between two points of opposite sign, by bisection.
fn pin(grid: &Grid, mut left: (f64, f64), mut right: (f64, f64), f: &mut impl FnMut(f64) -> f64) -> Crossing {
    let signs = [sign(left.1), sign(right.1)];
    while let Some(middle) = grid.between(left.0, right.0) {
        let value = f(middle);
        match sign(value) {
            0 => {
                let begins = edge(grid, left, (middle, value), f);
                let ends = edge(grid, right, (middle, value), f);
                return Crossing { from: begins.0.0, to: ends.0.0, signs, values: [begins.1, ends.1] };
            }
            same if same == signs[0] => left = (middle, value),
            _ => right = (middle, value),
        }
    }
    Crossing { from: left.0, to: right.0, signs, values: [left.1, right.1] }
}

/// The zero next to a point that is none, and the value of the function just before it.
fn edge(
    grid: &Grid,
    mut outside: (f64, f64),
    mut zero: (f64, f64),
    f: &mut impl FnMut(f64) -> f64,
) -> ((f64, f64), f64) {
    let inner = |outside: f64, zero: f64| grid.between(outside.min(zero), outside.max(zero));
    while let Some(middle) = inner(outside.0, zero.0) {
        let value = f(middle);
        if sign(value) == 0 {
            zero = (middle, value);
        } else {
            outside = (middle, value);
        }
    }
    (zero, outside.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(f: impl FnMut(f64) -> f64) -> Vec<Crossing> {
        crossings(&Grid::new(0.0, 10.0, 257, false, false), f)
    }

    #[test]
    fn a_line_crosses_once_and_a_sine_as_often_as_it_does() {
        let line = of(|x| x - 3.3);
        assert_eq!(line.len(), 1);
        assert!(f64::abs(line[0].from - 3.3) < 1e-8 && line[0].signs == [-1, 1]);
        let sine = of(|x| libm::sin(x * core::f64::consts::PI * 2.0 + 0.1));
        assert_eq!(sine.len(), 20);
        assert!(sine.iter().all(Crossing::changes_sign));
    }

    #[test]
    fn a_jump_over_zero_a_plateau_of_zero_and_a_touch_are_told_apart() {
        let jump = of(|x| if x < 4.0 { -5.0 } else { 7.0 });
        assert_eq!((jump.len(), jump[0].values), (1, [-5.0, 7.0]));
        let plateau = of(|x| {
            if x < 2.0 {
                -1.0
            } else if x <= 6.0 {
                0.0
            } else {
                1.0
            }
        });
        assert_eq!(plateau.len(), 1);
        assert!(f64::abs(plateau[0].from - 2.0) < 1e-7 && f64::abs(plateau[0].to - 6.0) < 1e-7);
        let touch = of(|x| (x - 5.0) * (x - 5.0));
        assert!(touch.len() == 1 && !touch[0].changes_sign() && touch[0].from == 5.0);
        assert!(of(|_| 1.0).is_empty());
    }

    #[test]
    fn a_narrow_dip_between_two_values_of_the_grid_is_found() {
        // A saw-tooth above zero whose teeth reach below it for a fiftieth of the grid's step.
        let dips = of(|x| f64::abs(x - 5.02) - 0.0004);
        assert_eq!(dips.iter().filter(|crossing| crossing.changes_sign()).count(), 2);
    }

    #[test]
    fn no_search_looks_at_more_values_than_it_may() {
        // It turns at every value and never crosses: there is no place that would not be looked at more closely.
        let looks = |count: usize| {
            let mut looks = 0;
            let none = crossings(&Grid::new(0.0, 10.0, count, false, false), |_| {
                looks += 1;
                1.0 + f64::from(looks % 2) * 9.0
            });
            assert!(none.is_empty());
            looks
        };
        assert_eq!(looks(MOST / 2 + 1), MOST as u32);
        assert_eq!(looks(MOST - 1), MOST as u32);
        assert_eq!(looks(MOST + 1), MOST as u32 + 1);
    }

    #[test]
    fn where_not_all_can_be_looked_at_the_nearest_to_zero_is() {
        // It wavers everywhere, and in the middle between two values at the far end it reaches below zero.
        let grid = Grid::new(0.0, 10.0, MOST - 8, false, false);
        let middle = f64::midpoint(grid.values()[16_000], grid.values()[16_001]);
        let mut waver = 0;
        let found = crossings(&grid, |x| {
            waver += 1;
            let dip = 1_000.0 * (f64::abs(x - middle) - 1e-5);
            dip.min(50.0 + f64::from(waver % 2) * 100.0)
        });
        assert_eq!(found.iter().filter(|crossing| crossing.changes_sign()).count(), 2);
    }

    #[test]
    fn whole_numbers_are_crossed_between_two_neighbours() {
        let found = crossings(&Grid::new(1.0, 1_000_000.0, 64, true, true), |x| x - 12_345.5);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].from, found[0].to), (12_345.0, 12_346.0));
    }
}
