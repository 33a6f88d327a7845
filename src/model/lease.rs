//! Machines that are held for a term: rented by the month, leased for years, or bought for their life.

use crate::explain::Number;

/// The longest horizon, and the longest term, in months.
const LONGEST: usize = 120;

/// A fleet whose machines are each held for a term that starts when they are added.
///
/// More machines are added in the month that needs them. None is given back before its term ends, needed or not; at its
/// end it is kept for another term only if it is needed. A month's notice is a term of one.
#[derive(Clone, Debug)]
pub struct Fleet<N> {
    term: usize,
    /// Months for which the machines of the first month are held, if that is not a whole term.
    first: usize,
    held: N,
    /// Machines that came in the month that was asked for last in the place of others.
    replaced: Option<N>,
    /// Machine-months that are still to be paid after the month that was asked for last, at the prices of the first month.
    owed: f64,
    /// Machines whose term ends before this month begins.
    ending: [N; 2 * LONGEST + 2],
    /// The same at the prices at which they are held, where prices change.
    levels: Option<Levels<N>>,
}

/// Machines at the prices of the months in which they were taken: each keeps its price until its term ends.
#[derive(Clone, Debug)]
struct Levels<N> {
    /// What a machine that is taken now costs over one of the first month.
    now: N,
    /// All that are held, each times its level.
    held: N,
    /// Those whose term ends before this month begins, each times its level.
    ending: Box<[N; 2 * LONGEST + 2]>,
}

impl<N: Number> Fleet<N> {
    /// An empty fleet of machines held for `term` months each (rounded, from 1 to 120).
    pub fn new(zero: N, term: f64) -> Self {
        let term = (f64::floor(term + 0.5) as usize).clamp(1, LONGEST);
        Self { term, first: term, held: zero, replaced: None, owed: 0.0, ending: [zero; 2 * LONGEST + 2], levels: None }
    }

    /// From now on machines are taken at a price so many times that of the first month.
    pub fn priced(&mut self, level: N) {
        let (held, ending) = (self.held, &self.ending);
        self.levels.get_or_insert_with(|| Levels { now: level, held, ending: Box::new(*ending) }).now = level;
    }

    /// What the machines held cost over what they would have in the first month; nothing where prices never changed.
    pub fn level(&self) -> Option<N> {
        self.levels.as_ref().filter(|_| self.held.value() > 0.0).map(|levels| levels.held / self.held)
    }

    /// Machines that came in the month that was asked for last in the place of others whose term had ended.
    pub fn replaced(&self) -> Option<N> {
        self.replaced
    }

    /// The same, if the machines of the first month are there already and have so many months left.
    #[must_use]
    pub fn running(self, months_left: u16) -> Self {
        Self { first: usize::from(months_left).clamp(1, LONGEST), ..self }
    }

    /// Machines held in a month that needs so many. Months are asked for in order, counted from 1.
    pub fn month(&mut self, month: u16, needed: N) -> N {
        let month = usize::from(month).min(LONGEST);
        // Most months end no term, and a derivation need not say so.
        let ended = Some(self.ending[month]).filter(|ended| ended.value() > 0.0);
        if let Some(ended) = ended {
            self.held = self.held - ended;
            if let Some(levels) = &mut self.levels {
                levels.held = levels.held - levels.ending[month];
            }
        }
        self.replaced = None;
        if needed.value() > self.held.value() {
            let more = needed - self.held;
            self.replaced = ended.map(|ended| ended.min(more));
            let term = if month == 1 { self.first } else { self.term };
            let end = month + term;
            self.ending[end] = self.ending[end] + more;
            self.held = needed;
            let mut priced = more;
            if let Some(levels) = &mut self.levels {
                priced = more * levels.now;
                levels.ending[end] = levels.ending[end] + priced;
                levels.held =
                    (levels.held + priced).named("machines held, at the prices of the first month", "machines");
            }
            self.owed += priced.value() * term as f64;
        }
        self.owed -= self.levels.as_ref().map_or(self.held, |levels| levels.held).value();
        self.held
    }

    /// Machine-months that are still to be paid after the month that was asked for last, at the prices of the first month:
    /// each machine until its term ends.
    pub fn owed(&self) -> f64 {
        self.owed
    }

    /// Machine-months that are still owed after a month, at the prices of the first: each machine until its term ends.
    pub fn owed_after(&self, month: u16, zero: N) -> N {
        let month = usize::from(month);
        let ending = self.levels.as_ref().map_or(&self.ending, |levels| &levels.ending);
        (month + 1..ending.len())
            .filter(|end| ending[*end].value() > 0.0)
            .fold(zero, |sum, end| sum + ending[end] * (end - 1 - month) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(term: f64, needed: &[f64]) -> Vec<f64> {
        let mut fleet = Fleet::new(0.0, term);
        needed.iter().zip(1..).map(|(needed, month)| fleet.month(month, *needed)).collect()
    }

    #[test]
    fn a_term_of_one_month_holds_what_is_needed() {
        let needed = [3.0, 5.0, 2.0, 0.0, 7.0];
        assert_eq!(held(1.0, &needed), needed);
    }

    #[test]
    fn a_lease_runs_to_its_end_whatever_is_needed() {
        assert_eq!(held(3.0, &[4.0, 1.0, 1.0, 1.0, 1.0]), [4.0, 4.0, 4.0, 1.0, 1.0]);
    }

    #[test]
    fn machines_that_are_there_already_end_with_their_own_lease() {
        let mut fleet = Fleet::new(0.0, 12.0).running(2);
        let held = [3.0, 1.0, 1.0, 4.0, 1.0].iter().zip(1..).map(|(needed, month)| fleet.month(month, *needed));
        assert_eq!(held.collect::<Vec<_>>(), [3.0, 3.0, 1.0, 4.0, 4.0]);
    }

    #[test]
    fn what_is_owed_after_the_last_month_is_the_rest_of_each_term() {
        let mut fleet = Fleet::new(0.0, 6.0);
        for (month, needed) in (1..).zip([2.0, 2.0, 5.0, 5.0]) {
            fleet.month(month, needed);
        }
        // Two machines until month 6, three until month 8.
        assert_eq!(fleet.owed_after(4, 0.0), 2.0 * 2.0 + 3.0 * 4.0);
        assert_eq!(fleet.owed(), fleet.owed_after(4, 0.0));
        assert_eq!(Fleet::new(0.0, 1.0).owed_after(4, 0.0), 0.0);
    }

    #[test]
    fn a_machine_keeps_the_price_at_which_it_was_taken_until_its_term_ends() {
        let mut fleet = Fleet::new(0.0, 3.0);
        let levels: Vec<f64> = (1..)
            .zip([(2.0, 1.0), (2.0, 1.5), (4.0, 2.0), (4.0, 3.0)])
            .map(|(month, (needed, level))| {
                fleet.priced(level);
                fleet.month(month, needed);
                fleet.level().expect("prices change")
            })
            .collect();
        // Two from month 1 at 1, two from month 3 at 2; in month 4 the first two are taken again at 3.
        assert_eq!(levels, [1.0, 1.0, 1.5, 2.5]);
        assert_eq!(fleet.replaced(), Some(2.0));
        // After month 4: two for one more month at 2, two for two more at 3.
        assert_eq!(fleet.owed(), 2.0 * 2.0 + 2.0 * 2.0 * 3.0);
        assert_eq!(fleet.owed_after(4, 0.0), fleet.owed());
    }

    #[test]
    fn machines_added_later_end_later() {
        assert_eq!(held(3.0, &[2.0, 5.0, 1.0, 1.0, 1.0]), [2.0, 5.0, 5.0, 3.0, 1.0]);
    }
}
