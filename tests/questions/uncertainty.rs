//! What the draws say.

use super::support::scenario;
use moving_parts::approach::Variant;
use moving_parts::draw::Draws;
use moving_parts::model::Company;
use moving_parts::question::compare::compare_at;
use moving_parts::question::quantile::quantile;
use moving_parts::question::uncertainty::{Study, TOLD, uncertainty};

#[test]
fn the_quantiles_of_the_uncertainty_are_those_of_its_draws() {
    let base = scenario("preset=seed-startup");
    let mut study = Study::new(&base, 3);
    study.advance(512).unwrap();
    let answer = study.answer(false);
    let company = Company::of(&base);
    let mut draws = Draws::of(&base, 3);
    let all: Vec<_> = (0..512).map(|index| compare_at(&company, draws.at(index))).collect();
    for variant in Variant::ALL {
        let odds = &answer.odds[variant.index()];
        for (at, id) in TOLD.iter().enumerate() {
            let mut values: Vec<f64> =
                all.iter().map(|comparison| comparison.outcomes[variant.index()].metric(id).unwrap()).collect();
            assert_eq!(study.drawn(*variant, at), values, "{id}");
            values.sort_by(f64::total_cmp);
            let told = odds.told[at];
            assert_eq!([told.p10, told.p50, told.p90], [0.1, 0.5, 0.9].map(|share| quantile(&values, share)), "{id}");
            assert!((told.mean - values.iter().sum::<f64>() / 512.0).abs() <= 1e-9 * told.mean.abs());
        }
        let best = all.iter().filter(|comparison| comparison.best == Some(*variant)).count();
        assert_eq!(odds.chance_best, best as f64 / 512.0, "{}", variant.id());
        let regrets: Vec<f64> = all
            .iter()
            .filter(|comparison| comparison.outcomes[variant.index()].feasible())
            .map(|comparison| {
                let usd = |variant: Variant| comparison.outcomes[variant.index()].metric("totals.tcoUsd").unwrap();
                usd(*variant) - usd(comparison.best.expect("this one fits at least"))
            })
            .collect();
        // Nothing, if it never fits.
        let regret = regrets.iter().sum::<f64>() / regrets.len().max(1) as f64;
        assert!((odds.regret_usd - regret).abs() <= 1e-9 * regret, "{}: {} {regret}", variant.id(), odds.regret_usd);
        assert_eq!(odds.cuts.len(), 101);
        assert!(odds.cuts.windows(2).all(|pair| pair[0] <= pair[1]));
        for (month, spread) in odds.monthly.iter().enumerate() {
            let mut values: Vec<f64> =
                all.iter().map(|comparison| comparison.outcomes[variant.index()].monthly(0)[month]).collect();
            values.sort_by(f64::total_cmp);
            assert!((spread.quantiles[2] - quantile(&values, 0.5)).abs() <= 1e-9 * spread.quantiles[2].abs());
        }
    }
    let sum: f64 = answer.odds.iter().map(|odds| odds.chance_best).sum();
    assert!(sum <= 1.0 + 1e-12);
}

#[test]
fn more_draws_go_on_where_fewer_ended_and_a_seed_gives_the_same_bits() {
    let base = scenario("preset=spiky-events");
    let mut study = Study::new(&base, 9);
    study.advance(100).unwrap();
    study.advance(256).unwrap();
    let (bits, again) = (format!("{:?}", study.answer(true)), format!("{:?}", uncertainty(&base, 256, 9).unwrap()));
    assert_eq!(bits, again);
    assert_ne!(bits, format!("{:?}", uncertainty(&base, 256, 10).unwrap()));
}

#[test]
fn what_does_not_fit_in_a_draw_saves_nothing_there() {
    let mut dearer = 0;
    for preset in ["shermans-2011", "three-apps-2012", "seed-startup", "spiky-events", "indie-saas"] {
        let base = scenario(&format!("preset={preset}"));
        let (count, seed) = (512, 1);
        let found = uncertainty(&base, count, seed).unwrap();
        let choices: Vec<Variant> =
            found.odds.iter().filter(|odds| odds.fits >= 0.5).map(|odds| odds.variant).collect();
        let company = Company::of(&base);
        let mut draws = Draws::of(&base, seed);
        let mut saved = [0.0; 2];
        for index in 0..count {
            let outcomes = compare_at(&company, draws.at(index)).outcomes;
            let usd = |variant: &Variant| outcomes[variant.index()].metric("totals.tcoUsd").unwrap();
            let best = usd(&found.best.unwrap());
            for (saved, fitting) in saved.iter_mut().zip([true, false]) {
                let chosen = choices.iter().filter(|variant| !fitting || outcomes[variant.index()].feasible());
                *saved += best - chosen.map(usd).fold(best, f64::min);
            }
        }
        let [worth, with_all] = saved.map(|sum| sum / f64::from(count));
        assert!((found.perfect.value - worth).abs() <= 1e-9 * worth, "{preset}: {worth} {:?}", found.perfect);
        assert!(worth <= with_all, "{preset}");
        dearer += u32::from(worth < with_all);
    }
    assert!(dearer >= 4, "something cheap does not fit in some draw of most of them");
}

#[test]
fn two_scenarios_meet_the_same_draws_of_what_they_share() {
    // What is exact in one and a range in the other is of no consequence for all else: here it costs nothing at all.
    let (exact, range) = ("goals.revenuePerHourUsd=0", "goals.revenuePerHourUsd=0&data.databaseGb=100..200");
    let hours = TOLD.iter().position(|id| *id == "agility.leadTimeHours").unwrap();
    let drawn = |more: &str| {
        let mut study = Study::new(&scenario(&format!("preset=seed-startup&{more}")), 1);
        study.advance(64).unwrap();
        study.drawn(Variant::Paas, hours).to_vec()
    };
    let lead = drawn(exact);
    assert!(lead.windows(2).any(|pair| pair[0] != pair[1]), "the lead time is drawn");
    assert_eq!(lead, drawn(range));
}
