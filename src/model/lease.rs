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
    /// Machine-months that are still to be paid after the month that was asked for last.
    owed: f64,
    /// Machines whose term ends before this month begins.
    ending: [N; 2 * LONGEST + 2],
}

impl<N: Number> Fleet<N> {
    /// An empty fleet of machines held for `term` months each (rounded, from 1 to 120).
    pub fn new(zero: N, term: f64) -> Self {
        let term = (f64::floor(term + 0.5) as usize).clamp(1, LONGEST);
        Self { term, first: term, held: zero, owed: 0.0, ending: [zero; 2 * LONGEST + 2] }
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
        if self.ending[month].value() > 0.0 {
            self.held = self.held - self.ending[month];
        }
        if needed.value() > self.held.value() {
            let more = needed - self.held;
            let term = if month == 1 { self.first } else { self.term };
            self.ending[month + term] = self.ending[month + term] + more;
            self.held = needed;
            self.owed += more.value() * term as f64;
        }
        self.owed -= self.held.value();
        self.held
    }

    /// Machine-months that are still to be paid after the month that was asked for last: each machine until its term
    /// ends.
    pub fn owed(&self) -> f64 {
        self.owed
    }
}

impl<N: Number> Fleet<N> {
    /// Machine-months that are still owed after a month: each machine until its term ends.
    pub fn owed_after(&self, month: u16, zero: N) -> N {
        let month = usize::from(month);
        (month + 1..self.ending.len())
            .filter(|end| self.ending[*end].value() > 0.0)
            .fold(zero, |sum, end| sum + self.ending[end] * (end - 1 - month) as f64)
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
    fn machines_added_later_end_later() {
        assert_eq!(held(3.0, &[2.0, 5.0, 1.0, 1.0, 1.0]), [2.0, 5.0, 5.0, 3.0, 1.0]);
    }
}
