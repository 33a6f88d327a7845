//! Who costs least over draws, found with less than all that every variant costs in every draw.

use super::uncertainty::FITS;
use crate::approach::Variant;
use crate::explain::Plain;
use crate::model::ledger::Ledger;
use crate::model::metrics::Scope;
use crate::model::{Context, timeline};

/// Draws that all variants meet where it is not known which of them to hold the others against.
const HEATS: u32 = 16;

/// Variants over draws. The favourite meets all of them; the others meet one after the other until they have cost more than it
/// has in all, or cannot fit in enough of them any more. Who wins is the one that costs least in all draws, of those that fit in
/// at least [`FITS`] of them: the very one that has won when every variant has met every draw, as no draw costs less than nothing.
#[derive(Debug)]
pub struct Race {
    runners: Vec<Runner>,
    draws: u32,
    lap: Lap,
    /// The draw that is met next.
    index: u32,
    /// What one that fits costs in all draws.
    bound: f64,
}

/// Who meets the draws.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lap {
    /// All: it is not known yet who is ahead.
    Heats,
    /// The one that is held against the others, by its place.
    Favourite(usize),
    /// Those that may still win.
    Others,
    /// Nobody any more.
    Over,
}

/// A variant, and what is known of it.
#[derive(Clone, Copy, Debug)]
struct Runner {
    variant: Variant,
    /// How many draws it has met, the first ones.
    met: u32,
    /// In how many of them it does not fit.
    barred: u32,
    /// What it costs in them.
    usd: f64,
}

impl Race {
    /// Variants before the first of some draws. `favourite` is the one that mostly wins.
    #[must_use]
    pub fn new(variants: &[Variant], favourite: Option<Variant>, draws: u32) -> Self {
        let runner = |variant: &Variant| Runner { variant: *variant, met: 0, barred: 0, usd: 0.0 };
        let place = variants.iter().position(|variant| Some(*variant) == favourite);
        Self {
            runners: variants.iter().map(runner).collect(),
            draws: draws.max(1),
            lap: place.map_or(Lap::Heats, Lap::Favourite),
            index: 0,
            bound: f64::INFINITY,
        }
    }

    /// The draw that is to be met; nothing once it is over.
    #[must_use]
    pub fn due(&self) -> Option<u32> {
        (self.lap != Lap::Over).then_some(self.index)
    }

    /// The draw that is due is met.
    pub fn meet(&mut self, context: &Context<Plain>, ledger: &mut Ledger<f64>) {
        match self.lap {
            Lap::Favourite(at) => self.run(at, context, ledger),
            _ => (0..self.runners.len()).for_each(|at| self.run(at, context, ledger)),
        }
        self.index += 1;
        let last = self.index == self.draws;
        match self.lap {
            Lap::Heats if last => self.lap = Lap::Over,
            Lap::Heats if self.index == HEATS => self.lap = self.ahead(HEATS).map_or(Lap::Over, Lap::Favourite),
            Lap::Favourite(at) if last || !self.fits(&self.runners[at]) => self.bound_by(at),
            Lap::Others if last || !self.runners.iter().any(|runner| self.goes_on(runner)) => self.lap = Lap::Over,
            _ => {}
        }
    }

    /// The favourite has met all draws, or cannot win: now the others go on, from the first draw on that not all have met.
    fn bound_by(&mut self, favourite: usize) {
        let favourite = &self.runners[favourite];
        if self.fits(favourite) {
            self.bound = favourite.usd;
        }
        let rest = self.runners.iter().filter(|runner| self.goes_on(runner)).map(|runner| runner.met).min();
        self.lap = if rest.is_some() { Lap::Others } else { Lap::Over };
        self.index = rest.unwrap_or(self.draws);
    }

    /// Whether a variant has draws to meet and may still win.
    fn goes_on(&self, runner: &Runner) -> bool {
        runner.met < self.draws && runner.usd <= self.bound && self.fits(runner)
    }

    /// A variant meets the next draw, unless it has, or cannot win any more.
    fn run(&mut self, at: usize, context: &Context<Plain>, ledger: &mut Ledger<f64>) {
        let runner = &self.runners[at];
        if runner.met > self.index || !self.goes_on(runner) {
            return;
        }
        let total = super::total();
        let played = timeline::play_for(context, runner.variant, ledger, Scope::of(&[total]));
        let runner = &mut self.runners[at];
        runner.met += 1;
        runner.barred += u32::from(!played.obstacles.is_empty());
        runner.usd += played.numbers[total];
    }

    /// Whether a variant may fit in enough of all draws, by those that it has met.
    fn fits(&self, runner: &Runner) -> bool {
        f64::from(self.draws - runner.barred) >= FITS * f64::from(self.draws)
    }

    /// Of the variants that have met the first draws, so many, and fit, the place of the one that costs least in them; the first
    /// one wins a tie.
    fn ahead(&self, met: u32) -> Option<usize> {
        let mean = |at: usize| self.runners[at].usd / f64::from(met);
        (0..self.runners.len())
            .filter(|at| self.runners[*at].met >= met && self.fits(&self.runners[*at]))
            .reduce(|best, next| if mean(next) < mean(best) { next } else { best })
    }

    /// Who has won, or that nobody has, once it is over.
    #[must_use]
    pub fn winner(&self) -> Option<Option<Variant>> {
        (self.lap == Lap::Over).then(|| self.ahead(self.draws).map(|at| self.runners[at].variant))
    }
}
