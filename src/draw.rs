//! Points drawn from what is believed: the ranges of a scenario and of the facts become distributions, and a scrambled
//! Sobol sequence picks from them.
//!
//! The same seed and index give the same point everywhere, to the last bit, and the same point serves every variant.

use crate::facts;
use crate::point::{Point, Slot, Source};
use crate::scenario::{Limits, Range, Scenario};
use sobol_burley::NUM_DIMENSIONS;
use sobol_burley::parts::{hash, owen_scramble_rev, sobol_rev};
use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

/// Points that one seed gives at most: the length of the Sobol sequence.
pub const MAX_DRAWS: u32 = 1 << 16;

/// Φ⁻¹(0.9): how many standard deviations p90 lies above p50.
pub const Z90: f64 = 1.281_551_565_544_600_5;

/// How far from the middle a draw may lie, in standard deviations: twice in a billion it would lie farther.
const FARTHEST: f64 = 6.0;

/// What is believed of a company and the world, ready to draw from.
#[derive(Debug)]
pub struct Beliefs {
    likeliest: Vec<f64>,
    uncertain: Vec<(Slot, Belief)>,
    /// By slot: its place in `uncertain`, if it is there.
    places: Vec<Option<u16>>,
}

impl Beliefs {
    /// The beliefs of a scenario: every number of it and every fact that is a range.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let likeliest: Vec<f64> = scenario.likeliest().values().collect();
        let uncertain: Vec<(Slot, Belief)> = (0..likeliest.len() as u16)
            .map(Slot)
            .filter(|slot| !scenario.range(*slot).is_exact())
            .map(|slot| (slot, Belief::of(scenario.range(slot), scenario.limits(slot))))
            .collect();
        let mut places = vec![None; likeliest.len()];
        for (place, (slot, _)) in (0..).zip(&uncertain) {
            places[slot.index()] = Some(place);
        }
        Self { likeliest, uncertain, places }
    }

    /// The numbers that are uncertain, in the order of their slots.
    pub fn uncertain(&self) -> impl ExactSizeIterator<Item = Slot> + '_ {
        self.uncertain.iter().map(|(slot, _)| *slot)
    }
}

/// Draws of a company, one after the other.
#[derive(Debug)]
pub struct Draws {
    point: Point,
    sampler: Rc<Sampler>,
}

/// Which draw is being made, and of which uncertain numbers it has been asked so far.
struct Sampler {
    beliefs: Rc<Beliefs>,
    index: Cell<u32>,
    /// By place among the uncertain numbers.
    seeds: Vec<Cell<u32>>,
    read: Vec<Cell<bool>>,
    /// Those of the draws that stand side by side are shared: one block serves as many of them as it has deviations.
    blocks: Rc<RefCell<Blocks>>,
}

impl Sampler {
    fn deviation(&self, slot: Slot, seed: u32) -> f64 {
        let index = self.index.get();
        let of = |blocks: &mut Blocks| blocks.deviation(slot, seed, index);
        if index < BLOCK { FIRST.with_borrow_mut(of) } else { of(&mut self.blocks.borrow_mut()) }
    }
}

/// As with a [`Point`], without the numbers.
impl fmt::Debug for Sampler {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Sampler")
    }
}

impl Source for Sampler {
    fn value(&self, slot: Slot) -> f64 {
        let Some(place) = self.beliefs.places[slot.index()].map(usize::from) else {
            return self.beliefs.likeliest[slot.index()];
        };
        self.read[place].set(true);
        let z = self.deviation(slot, self.seeds[place].get());
        self.beliefs.uncertain[place].1.at(z)
    }
}

/// Draws whose deviations are made at once: so none of them waits for the one before.
const BLOCK: u32 = 32;

thread_local! {
    /// The first block, which every question begins with: the companies that it is asked of share it.
    static FIRST: RefCell<Blocks> = const { RefCell::new(Blocks(Vec::new())) };
}

/// By slot the block of deviations that was asked for last.
#[derive(Default)]
struct Blocks(Vec<Option<Block>>);

/// How far from the middle some draws after each other lie in one dimension.
struct Block {
    seed: u32,
    number: u32,
    deviations: [f64; BLOCK as usize],
}

impl Blocks {
    fn deviation(&mut self, slot: Slot, seed: u32, index: u32) -> f64 {
        if self.0.len() <= slot.index() {
            self.0.resize_with(slot.index() + 1, || None);
        }
        let number = index / BLOCK;
        let block = match &mut self.0[slot.index()] {
            Some(block) if block.seed == seed && block.number == number => block,
            other => other.insert(Block::of(slot, seed, number)),
        };
        block.deviations[(index % BLOCK) as usize]
    }
}

impl Block {
    #[cold]
    fn of(slot: Slot, seed: u32, number: u32) -> Self {
        let dimension = Dimension::of(seed, dimension(slot));
        let first = number * BLOCK;
        Self { seed, number, deviations: std::array::from_fn(|within| dimension.deviation(first + within as u32)) }
    }
}

impl Draws {
    /// Draws from the beliefs of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario, seed: u32) -> Self {
        Self::from(Rc::new(Beliefs::of(scenario)), seed, Rc::default())
    }

    fn from(beliefs: Rc<Beliefs>, seed: u32, blocks: Rc<RefCell<Blocks>>) -> Self {
        let sampler = Rc::new(Sampler {
            index: Cell::new(0),
            seeds: vec![Cell::new(seed); beliefs.uncertain.len()],
            read: vec![Cell::new(false); beliefs.uncertain.len()],
            blocks,
            beliefs,
        });
        let source: Rc<dyn Source> = Rc::<Sampler>::clone(&sampler);
        let likeliest = sampler.beliefs.likeliest.clone();
        Self { point: Point::from_source(likeliest.into_iter(), source), sampler }
    }

    /// The first points of a scenario's draws, to be kept side by side. They are best read one after the other: they share
    /// the deviations of the draws around them.
    #[must_use]
    pub fn points(scenario: &Scenario, seed: u32, count: u32) -> Vec<Point> {
        let (beliefs, blocks) = (Rc::new(Beliefs::of(scenario)), Rc::default());
        let point = |index| {
            let mut draws = Self::from(Rc::clone(&beliefs), seed, Rc::clone(&blocks));
            draws.at(index);
            draws.point
        };
        (0..count).map(point).collect()
    }

    /// The point of a draw; `index` counts them from 0 and stays below [`MAX_DRAWS`].
    pub fn at(&mut self, index: u32) -> &Point {
        let sampler = &*self.sampler;
        sampler.index.set(index);
        let unsettled = sampler.beliefs.likeliest.iter().zip(&sampler.beliefs.places);
        self.point.fill(unsettled.map(|(likeliest, place)| if place.is_some() { f64::NAN } else { *likeliest }));
        &self.point
    }

    /// From now on draws an uncertain number from another seed; `place` counts them in the order of their slots.
    pub fn reseed(&mut self, place: usize, seed: u32) {
        self.sampler.seeds[place].set(seed);
    }

    /// What is believed.
    #[must_use]
    pub fn beliefs(&self) -> &Beliefs {
        &self.sampler.beliefs
    }

    /// The uncertain numbers that any draw has been asked for so far.
    pub fn read(&self) -> impl Iterator<Item = Slot> + '_ {
        let asked = self.sampler.read.iter().zip(self.beliefs().uncertain());
        asked.filter(|(read, _)| read.get()).map(|(_, slot)| slot)
    }
}

/// The dimensions of the first fact and of the first item of a scenario's lists, behind all fields and behind all facts,
/// however many these become: a further field moves no draws of facts, and a further fact none of items.
const FIRST_OF_FACTS: u32 = 1 << 9;
const FIRST_OF_LISTS: u32 = 1 << 12;
const FIELDS: usize = facts::FIELDS.len();
const _: () = assert!(FIELDS <= FIRST_OF_FACTS as usize);
const _: () = assert!(FIRST_OF_FACTS as usize + facts::FACTS.len() <= FIRST_OF_LISTS as usize);

/// The dimension that a number has to itself.
fn dimension(slot: Slot) -> u32 {
    let after = |first: usize| slot.index().checked_sub(first).map(|index| index as u32);
    if let Some(item) = after(FIELDS + facts::FACTS.len()) {
        return FIRST_OF_LISTS + item;
    }
    after(FIELDS).map_or(u32::from(slot.0), |fact| FIRST_OF_FACTS + fact)
}

/// How many standard deviations a draw lies from the middle in a dimension.
#[must_use]
pub fn deviation(seed: u32, index: u32, dimension: u32) -> f64 {
    Dimension::of(seed, dimension).deviation(index)
}

/// How many standard deviations the first draws of a number lie from the middle.
pub fn deviations(seed: u32, draws: u32, slot: Slot) -> impl Iterator<Item = f64> {
    let dimension = Dimension::of(seed, dimension(slot));
    (0..draws).map(move |index| dimension.deviation(index))
}

/// A number between 0 and 1, neither of them, for a draw and a dimension. Beyond the dimensions of the sequence it is
/// scrambled anew.
// Questions draw deviations. It is public for the tests that hold the sequence against published ones.
#[doc(hidden)]
#[must_use]
pub fn uniform(seed: u32, index: u32, dimension: u32) -> f64 {
    Dimension::of(seed, dimension).at(index)
}

/// A dimension of the sequence under a seed. It gives what `sobol_burley::sample` gives, of whose parts it is made: that
/// hashes seed and dimension anew for each draw.
#[derive(Clone, Copy, Debug)]
struct Dimension {
    /// Which of those that the sequence has.
    place: u32,
    /// By what the draws are shuffled.
    shuffle: u32,
    /// By what the numbers are scrambled.
    scramble: u32,
}

impl Dimension {
    fn of(seed: u32, dimension: u32) -> Self {
        // An odd constant, so that no two blocks of dimensions share a seed.
        let seed = seed.wrapping_add((dimension / NUM_DIMENSIONS).wrapping_mul(0x9e37_79b9));
        let place = dimension % NUM_DIMENSIONS;
        let salt = [0x912f_69ba, 0x174f_18ab, 0x691e_72ca, 0xb40c_c1b8][place as usize % 4];
        Self {
            place,
            shuffle: hash(seed ^ 0x79c6_8e4a),
            scramble: hash((place / 4) ^ seed.wrapping_mul(0x9c8f_2d3b) ^ salt),
        }
    }

    /// How many standard deviations a draw lies from the middle.
    fn deviation(self, index: u32) -> f64 {
        normal_quantile(self.at(index))
    }

    /// The number of a draw.
    fn at(self, index: u32) -> f64 {
        let shuffled = owen_scramble_rev(index.reverse_bits(), self.shuffle);
        let scrambled = owen_scramble_rev(sobol_rev(shuffled, self.place), self.scramble);
        middle(scrambled.reverse_bits())
    }
}

/// The middle of a step of the sequence, which has 32 bits: its beginning may be 0, its middle never is.
fn middle(step: u32) -> f64 {
    (f64::from(step) + 0.5) / (f64::from(u32::MAX) + 1.0)
}

/// A distribution through p10, p50 and p90, in two halves that meet at p50: each half is normal on a scale on which
/// the number can move freely. Where a range touches the end of what is allowed, the scale is the number's own, and
/// what falls beyond the end lies on it.
#[derive(Clone, Copy, Debug)]
struct Belief {
    scale: Scale,
    middle: f64,
    /// Standard deviations of the halves, on the scale.
    below: f64,
    above: f64,
    limits: Limits,
}

#[derive(Clone, Copy, Debug)]
enum Scale {
    /// Ratios: log-normal.
    Log,
    /// Odds: for shares.
    Logit,
    /// Differences.
    Plain,
}

impl Scale {
    /// A number on the scale.
    fn of(self, value: f64) -> f64 {
        match self {
            Self::Log => libm::log(value),
            Self::Logit => libm::log(value / (1.0 - value)),
            Self::Plain => value,
        }
    }

    /// A number from its place on the scale.
    fn back(self, place: f64) -> f64 {
        match self {
            Self::Log => libm::exp(place),
            Self::Logit => 1.0 / (1.0 + libm::exp(-place)),
            Self::Plain => place,
        }
    }
}

impl Belief {
    fn of(range: Range, limits: Limits) -> Self {
        let scale = match (range.p10 > 0.0, limits.max <= 1.0, range.p90 < 1.0) {
            (true, true, true) => Scale::Logit,
            (true, false, _) => Scale::Log,
            _ => Scale::Plain,
        };
        let middle = scale.of(range.p50);
        let deviation = |p: f64| (scale.of(p) - middle) / Z90;
        Self { scale, middle, below: -deviation(range.p10), above: deviation(range.p90), limits }
    }

    /// The value so many standard deviations from the middle.
    fn at(&self, z: f64) -> f64 {
        let place = self.middle + z * if z < 0.0 { self.below } else { self.above };
        self.limits.nearest(self.scale.back(place))
    }
}

/// Φ⁻¹, the quantile of the standard normal distribution for a share between 0 and 1: so many standard deviations from
/// the middle, from −6 to 6.
///
/// Algorithm AS 241 (PPND16) of M. J. Wichura, Applied Statistics 37 (1988), accurate to about 16 digits. It is written
/// here on `libm` because a quantile that uses the platform's functions would not give the same bits everywhere.
#[must_use]
pub fn normal_quantile(share: f64) -> f64 {
    let central = share - 0.5;
    if central.abs() <= 0.425 {
        let r = 0.180_625 - central * central;
        return central * ratio(&CENTRAL, r);
    }
    let tail = if central < 0.0 { share } else { 1.0 - share };
    let r = libm::sqrt(-libm::log(tail));
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    let z = if z < FARTHEST { z } else { FARTHEST };
    if central < 0.0 { -z } else { z }
}

/// Coefficients of a numerator and a denominator, rising powers.
type Rational = [[f64; 8]; 2];

fn ratio([above, below]: &Rational, x: f64) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rev().fold(0.0, |sum, next| sum * x + next);
    polynomial(above) / polynomial(below)
}

static CENTRAL: Rational = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
];

static MIDDLE: Rational = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
];

static FAR: Rational = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_6e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Published to ten digits in any table of the normal distribution.
    #[test]
    fn the_normal_quantiles_are_the_published_ones() {
        let published = [
            (0.5, 0.0),
            (0.75, 0.674_489_750_2),
            (0.9, 1.281_551_565_5),
            (0.975, 1.959_963_984_5),
            (0.999, 3.090_232_306_2),
            (1e-9, -5.997_807_015_0),
        ];
        for (share, expected) in published {
            assert!((normal_quantile(share) - expected).abs() < 1e-9, "at {share}: {}", normal_quantile(share));
        }
        assert_eq!(normal_quantile(1e-300), -FARTHEST);
    }

    #[test]
    fn a_dimension_gives_what_the_sequence_gives() {
        for seed in [0, 1, 7, u32::MAX] {
            for dimension in 0..NUM_DIMENSIONS {
                for index in [0, 1, 2, 1023, MAX_DRAWS - 1] {
                    // It keeps 23 bits of each number, from its beginning on.
                    let sampled = f64::from(sobol_burley::sample(index, dimension, seed));
                    let further = uniform(seed, index, dimension) - sampled;
                    assert!(further > 0.0 && further < f64::from(f32::EPSILON), "{further}");
                }
            }
        }
    }

    #[test]
    fn the_least_draw_is_as_far_from_the_middle_as_the_largest() {
        for step in [0, 1, 511, 512, u32::MAX / 2] {
            assert_eq!(middle(step), 1.0 - middle(u32::MAX - step), "{step}");
        }
        assert!(middle(0) > 0.0 && middle(u32::MAX) < 1.0);
    }

    #[test]
    fn a_belief_goes_through_its_three_values() {
        let wide = Limits { min: 0.0, max: 1e9, whole: false, share: false };
        let share = Limits { min: 0.0, max: 1.0, whole: false, share: true };
        for (p10, p50, p90, limits) in
            [(2.0, 5.0, 100.0, wide), (0.0, 3.0, 4.0, wide), (0.1, 0.2, 0.7, share), (0.0, 0.5, 1.0, share)]
        {
            let belief = Belief::of(Range { p10, p50, p90 }, limits);
            for (z, expected) in [(-Z90, p10), (0.0, p50), (Z90, p90)] {
                assert!((belief.at(z) - expected).abs() < 1e-12 * (1.0 + expected), "{p10} {p50} {p90} at {z}");
            }
            for z in [-FARTHEST, FARTHEST] {
                assert!(belief.at(z) >= limits.min && belief.at(z) <= limits.max);
            }
        }
    }
}
