//! What each stage of a plan costs: running a variant between two months, leaving it, entering the next, and being in it
//! at the end; and the cheapest sequence of stages. All are present values.

use super::{Plan, Stage};
use crate::approach::Variant;
use crate::explain::{Plain, Trace};
use crate::facts::slot;
use crate::model::complexity::Stack;
use crate::model::ledger::{Ledger, Month};
use crate::model::structure::Structure;
use crate::model::timeline::{Running, Start};
use crate::model::{Company, Context, Design, Obstacle, moving};

/// Where a stage begins: in a month counted from 0, or with what runs today and its lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begin {
    Month(usize),
    Today,
}

impl Begin {
    fn month(self) -> usize {
        match self {
            Self::Month(month) => month,
            Self::Today => 0,
        }
    }
}

/// The costs of every stage that a plan may have. Months are counted from 0, and a stage ends before its end.
#[derive(Clone, Debug)]
pub struct Costs {
    months: usize,
    current: Option<Variant>,
    /// By variant, beginning and end: running it.
    run: Vec<f64>,
    /// By variant, beginning and end: what is still to be paid when it is left for another.
    leave: Vec<f64>,
    /// By variant and beginning: what is still to be paid at the horizon.
    finish: Vec<f64>,
    /// By what runs before (or nothing), variant and month: set-up, learning, moving.
    enter: Vec<f64>,
    /// By variant and month: share of the points that were added up in which it fits.
    fits: Vec<f64>,
    /// The share that is needed.
    needed: f64,
}

/// The cheapest way to some place: what it costs up to there, and the stage that ends there.
#[derive(Clone, Copy, Debug)]
struct Way {
    usd: f64,
    before: Option<(Variant, Begin)>,
}

/// A variant as it is priced.
struct Laid<'c> {
    variant: Variant,
    design: Design<f64>,
    stack: &'c Stack,
    structure: &'c Structure,
    /// Whether something stops it in every month.
    barred: bool,
}

/// The last month of a stage: what it costs, what is still to be paid if the variant is left then, and the machines that it
/// has.
#[derive(Clone, Copy)]
struct Last {
    run_usd: f64,
    left_usd: f64,
    machines: f64,
}

/// Room that every variant uses anew.
struct Room {
    ledger: Ledger<f64>,
    /// By month: hours of setting the variant up.
    set_up: Vec<f64>,
    lasts: Vec<Last>,
}

/// Which stages are asked for, by their beginnings; all, where nothing is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Asked {
    /// Variants, a bit each, by month.
    beginnings: Option<Vec<u16>>,
}

const _: () = assert!(Variant::COUNT <= u16::BITS as usize, "a bit for each variant");

impl Asked {
    /// Those of some plans alone, for a horizon of so many months.
    pub(super) fn of<'p>(plans: impl Iterator<Item = &'p [Stage]>, months: usize) -> Self {
        let mut beginnings = vec![0; months];
        for stage in plans.flatten() {
            beginnings[usize::from(stage.from) - 1] |= 1 << stage.variant.index();
        }
        Self { beginnings: Some(beginnings) }
    }

    fn beginning(&self, variant: Variant, month: usize) -> bool {
        self.beginnings.as_ref().is_none_or(|months| months[month] >> variant.index() & 1 == 1)
    }
}

const NOWHERE: Way = Way { usd: f64::INFINITY, before: None };

impl Costs {
    /// Nothing priced yet, with room for the months of a company.
    #[must_use]
    pub fn none(company: &Company) -> Self {
        let months = usize::from(company.months);
        let rows = Variant::COUNT * (months + 1);
        Self {
            months,
            current: company.current,
            run: vec![0.0; rows * (months + 1)],
            leave: vec![0.0; rows * (months + 1)],
            finish: vec![0.0; rows],
            enter: vec![0.0; (Variant::COUNT + 1) * Variant::COUNT * months],
            fits: vec![0.0; Variant::COUNT * months],
            needed: 1.0,
        }
    }

    /// Stages that are priced elsewhere: running a variant from one month to before another, and entering it after another
    /// or after nothing. Published problems of this kind are solved as plans are.
    // It is public for the tests that solve them.
    #[doc(hidden)]
    #[must_use]
    pub fn of_stages(
        company: &Company,
        run: impl Fn(Variant, usize, usize) -> f64,
        enter: impl Fn(Option<Variant>, Variant, usize) -> f64,
    ) -> Self {
        let mut costs = Self::none(company);
        costs.fits.fill(1.0);
        let before = Variant::ALL.iter().copied().map(Some).chain([None]);
        for (variant, month) in Variant::ALL.iter().flat_map(|variant| (0..costs.months).map(move |at| (*variant, at)))
        {
            for end in month + 1..=costs.months {
                let pair = costs.pair(variant, Begin::Month(month), end);
                costs.run[pair] = run(variant, month, end);
            }
            for from in before.clone() {
                let entry = costs.entry(from, variant, month);
                costs.enter[entry] = enter(from, variant, month);
            }
        }
        costs
    }

    fn row(&self, variant: Variant, begin: Begin) -> usize {
        let begin = match begin {
            Begin::Month(month) => month,
            Begin::Today => self.months,
        };
        variant.index() * (self.months + 1) + begin
    }

    fn pair(&self, variant: Variant, begin: Begin, end: usize) -> usize {
        self.row(variant, begin) * (self.months + 1) + end
    }

    fn entry(&self, from: Option<Variant>, to: Variant, month: usize) -> usize {
        let from = from.map_or(Variant::COUNT, Variant::index);
        (from * Variant::COUNT + to.index()) * self.months + month
    }

    fn fits(&self, variant: Variant, month: usize) -> bool {
        self.fits[variant.index() * self.months + month] >= self.needed
    }

    /// Adds the costs of another point.
    pub(super) fn add(&mut self, other: &Self) {
        for (sums, numbers) in [
            (&mut self.run, &other.run),
            (&mut self.leave, &other.leave),
            (&mut self.finish, &other.finish),
            (&mut self.enter, &other.enter),
            (&mut self.fits, &other.fits),
        ] {
            sums.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        }
    }

    /// Makes means of sums over so many points; a variant fits in a month if it does in a share of them.
    pub(super) fn over(&mut self, points: f64, share: f64) {
        for list in [&mut self.run, &mut self.leave, &mut self.finish, &mut self.enter, &mut self.fits] {
            list.iter_mut().for_each(|sum| *sum /= points);
        }
        self.needed = share;
    }

    /// Prices at one point what is asked for, and what runs today, at which `context` has not looked. Where not everything
    /// is asked for, the rest is of other points, and only [`of`](Self::of) and [`fit`](Self::fit) say what is asked for.
    pub(super) fn fill(&mut self, context: &Context<Plain>, asked: &Asked) {
        let laid: Vec<Laid> = Variant::ALL
            .iter()
            .map(|variant| {
                let (design, obstacles) = variant.design(context);
                let (stack, structure) = context.company.stack(*variant, design.shape());
                // One machine may be enough for now: that is asked month by month.
                let for_now = |obstacle: &Obstacle| matches!(obstacle, Obstacle::TooLargeForOneMachine { .. });
                let barred = !obstacles.iter().all(for_now);
                Laid { variant: *variant, design, stack, structure, barred }
            })
            .collect();
        let skills: Vec<u128> = laid.iter().map(|one| one.structure.skills).collect();
        let beside: Vec<f64> = (1..=context.company.months)
            .map(|month| moving::dual_share(context, month))
            .take_while(|share| *share > 0.0)
            .collect();
        let mut room = Room {
            ledger: Ledger::new(0.0, self.months),
            set_up: vec![0.0; self.months],
            lasts: Vec::with_capacity(self.months),
        };
        for one in &laid {
            for (month, load) in context.loads.iter().enumerate() {
                let fits = !one.barred && one.design.layout.compute.holds(context, load);
                self.fits[one.variant.index() * self.months + month] = f64::from(u8::from(fits));
            }
            self.price_stages(context, one, &beside, asked, &mut room);
            self.price_entries(context, one, &skills, asked, &room.set_up);
        }
    }

    /// Prices running a variant between any two months, leaving it, and being in it at the end; and finds the hours of setting
    /// it up in each month.
    fn price_stages(
        &mut self,
        context: &Context<Plain>,
        &Laid { variant, ref design, stack, structure, .. }: &Laid,
        beside: &[f64],
        asked: &Asked,
        room: &mut Room,
    ) {
        let (running, _) = Running::of(context, design, stack, structure, &mut room.ledger);
        let exit = moving::leaving(context, design, stack).usd();
        let at_end = context.discount[self.months - 1];
        let play = |month, held_for, Room { ledger, lasts, .. }: &mut Room| {
            let start = Start { loads: &context.loads[month..], held_for, leftover: None };
            let owed = running.play(context, design, &start, ledger);
            let ends = (month + 1..).zip(ledger.months.iter().zip(ledger.all_in()));
            lasts.clear();
            // What is leased today and has no term of its own is owed to the end of that lease.
            let leased = held_for.filter(|_| design.layout.term.is_none()).map(usize::from);
            lasts.extend(ends.map(|(end, (last, all_in))| {
                let owed_usd =
                    leased.map_or(last.owed_usd, |months| last.machines_usd * months.saturating_sub(end) as f64);
                Last {
                    run_usd: all_in * context.discount[end - 1],
                    left_usd: left_usd(context, beside, &Month { owed_usd, ..*last }, end),
                    machines: last.machines,
                }
            }));
            (exit + owed) * at_end
        };
        if self.current == Some(variant) {
            let finish = play(0, context.company.leased_for(), room);
            let row = self.row(variant, Begin::Today);
            self.finish[row] = finish;
            self.price_ends(variant, Begin::Today, &room.lasts);
            let first = &room.ledger.months[0];
            let owed_usd = first.machines_usd * f64::from(context.company.lease_months_left);
            let leaving = self.pair(variant, Begin::Today, 0);
            self.leave[leaving] = left_usd(context, beside, &Month { owed_usd, ..*first }, 0);
        }
        // Without anything that is held for a term, a month costs the same whatever came before it.
        let anew = running.remembers(design);
        let mut finish = play(0, None, room);
        for month in (0..self.months).filter(|month| asked.beginning(variant, *month)) {
            if anew && month > 0 {
                finish = play(month, None, room);
            }
            let row = self.row(variant, Begin::Month(month));
            self.finish[row] = finish;
            let lasts = &room.lasts[if anew { 0 } else { month }..];
            self.price_ends(variant, Begin::Month(month), lasts);
            room.set_up[month] = moving::setup_hours(context, design, stack, lasts[0].machines);
        }
    }

    /// Prices running and leaving of a stage, for each of its ends.
    fn price_ends(&mut self, variant: Variant, begin: Begin, lasts: &[Last]) {
        let mut usd = 0.0;
        let pair = self.pair(variant, begin, begin.month() + 1);
        for (at, last) in (pair..).zip(lasts) {
            usd += last.run_usd;
            self.run[at] = usd;
            self.leave[at] = last.left_usd;
        }
    }

    /// Prices entering a variant in each month, from nothing or from any other, by the hours of setting it up.
    fn price_entries(
        &mut self,
        context: &Context<Plain>,
        &Laid { variant, ref design, .. }: &Laid,
        skills: &[u128],
        asked: &Asked,
        set_up: &[f64],
    ) {
        let hourly = context.trace.read(slot::TEAM_HOURLY_USD);
        let known = context.company.skills;
        for from in Variant::ALL.iter().copied().map(Some).chain([None]) {
            let held = from.map_or(known, |from| known | skills[from.index()]);
            let learning = moving::learning_once(context, skills[variant.index()] & !held);
            let moving = from.map_or(0.0, |from| moving::migration_hours(context, from, design.practice.deploy));
            for month in (0..self.months).filter(|month| asked.beginning(variant, *month)) {
                let lost = from.map_or(0.0, |_| moving::cut_over_usd(context, &context.loads[month]));
                let hours = set_up[month] + learning + moving;
                let entry = self.entry(from, variant, month);
                self.enter[entry] = (hours * hourly + lost) * worth_at(context, month);
            }
        }
    }

    /// The cheapest way through the months; nothing if in some month nothing fits.
    #[must_use]
    pub fn cheapest(&self) -> Option<Plan> {
        let months = self.months;
        let mut reached = vec![NOWHERE; Variant::COUNT * months];
        let mut left = [NOWHERE; Variant::COUNT];
        for month in 0..months {
            for variant in Variant::ALL {
                left[variant.index()] = self.ended(*variant, month, &reached, &self.leave);
            }
            for to in Variant::ALL.iter().copied().filter(|to| self.fits(*to, month)) {
                let mut best = NOWHERE;
                if month == 0 && self.current.is_none() {
                    best = Way { usd: self.enter[self.entry(None, to, 0)], before: None };
                }
                for from in Variant::ALL.iter().copied().filter(|from| *from != to) {
                    let way = left[from.index()];
                    let usd = way.usd + self.enter[self.entry(Some(from), to, month)];
                    if usd < best.usd {
                        best = Way { usd, ..way };
                    }
                }
                reached[to.index() * months + month] = best;
            }
        }
        let end = Variant::ALL
            .iter()
            .map(|variant| self.ended(*variant, months, &reached, &[]))
            .reduce(|best, next| if next.usd < best.usd { next } else { best })
            .filter(|way| way.usd.is_finite())?;
        let mut stages = Vec::new();
        let mut ends = months;
        let mut stage = end.before;
        while let Some((variant, begin)) = stage {
            if ends > begin.month() {
                stages.push(Stage { variant, from: begin.month() as u16 + 1, to: ends as u16 });
            }
            stage = match begin {
                Begin::Today => None,
                Begin::Month(month) => reached[variant.index() * months + month].before,
            };
            ends = begin.month();
        }
        stages.reverse();
        Some(Plan { stages, usd: end.usd })
    }

    /// The cheapest way in which a stage of a variant ends before a month: left for another, or, at the horizon, for good.
    fn ended(&self, variant: Variant, end: usize, reached: &[Way], leave: &[f64]) -> Way {
        let mut best = NOWHERE;
        let mut consider = |begin: Begin, usd: f64| {
            let pair = self.pair(variant, begin, end);
            let after = leave.get(pair).copied().unwrap_or_else(|| self.finish[self.row(variant, begin)]);
            let usd = usd + self.run[pair] + after;
            if usd < best.usd {
                best = Way { usd, before: Some((variant, begin)) };
            }
        };
        // What runs today can be left at once, whether it fits or not.
        let mut month = end;
        while month > 0 && self.fits(variant, month - 1) {
            month -= 1;
            consider(Begin::Month(month), reached[variant.index() * self.months + month].usd);
        }
        if month == 0 && self.current == Some(variant) {
            consider(Begin::Today, 0.0);
        }
        best
    }

    /// What a variant costs that is entered at once and never left; nothing where it does not fit throughout.
    #[must_use]
    pub fn steady(&self, variant: Variant) -> Option<f64> {
        let stage = [Stage { variant, from: 1, to: self.months as u16 }];
        self.fit(&stage).then(|| self.of(&stage))
    }

    /// Whether each variant of a sequence of stages fits while it runs.
    #[must_use]
    pub fn fit(&self, stages: &[Stage]) -> bool {
        stages.iter().all(|stage| (stage.from..=stage.to).all(|month| self.fits(stage.variant, usize::from(month) - 1)))
    }

    /// What a sequence of stages costs that follow each other from the first month to the last, whether they fit or not.
    #[must_use]
    pub fn of(&self, stages: &[Stage]) -> f64 {
        let mut usd = 0.0;
        let mut runs = self.current;
        let mut begin = Begin::Today;
        for stage in stages {
            let month = usize::from(stage.from) - 1;
            if runs != Some(stage.variant) {
                if let Some(from) = runs {
                    usd += self.leave[self.pair(from, begin, month)];
                }
                usd += self.enter[self.entry(runs, stage.variant, month)];
                begin = Begin::Month(month);
            }
            runs = Some(stage.variant);
            usd += self.run[self.pair(stage.variant, begin, usize::from(stage.to))];
        }
        usd + runs.map_or(0.0, |variant| self.finish[self.row(variant, begin)])
    }
}

/// What a dollar at the beginning of a month is worth today.
fn worth_at(context: &Context<Plain>, month: usize) -> f64 {
    month.checked_sub(1).map_or(1.0, |before| context.discount[before])
}

/// What is still paid for a variant that is left after a month: it runs on beside the next for a while, in shares of its
/// months, and machines are paid to the end of their terms, as far as they do not run on anyway.
fn left_usd(context: &Context<Plain>, beside: &[f64], last: &Month<f64>, end: usize) -> f64 {
    let (mut usd, mut owed) = (0.0, last.owed_usd);
    let mut beside = beside.iter();
    for discount in &context.discount[end..] {
        if owed <= 0.0 && beside.len() == 0 {
            return usd;
        }
        let share = beside.next().copied().unwrap_or(0.0);
        // What runs on for a while pays for its machines with all else.
        let due = f64::min(owed, last.machines_usd);
        let alone = f64::max(due - last.machines_usd * share, 0.0);
        usd += (last.bought_usd * share + alone) * discount;
        owed -= due;
    }
    usd + owed * context.discount.last().copied().unwrap_or(1.0)
}
