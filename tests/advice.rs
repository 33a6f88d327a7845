//! Which parts a company needs, and the slope: that the sets do what they say, and what the essay says of the slope.

use moving_parts::approach::Variant;
use moving_parts::facts::{EXCLUSIVE, NEEDS, PRESETS, Part};
use moving_parts::model::{Company, Shape};
use moving_parts::question::slope::{TOLD, slope};
use moving_parts::question::stack::{Advised, Why, stack};
use moving_parts::scenario::Scenario;

fn parts(advised: &Advised) -> Vec<Part> {
    advised.parts.iter().map(|(part, _)| *part).collect()
}

/// Whether a set of parts meets some needs and has all that its parts pull in.
fn whole(set: &[Part], needs: &[&str]) -> bool {
    let met = |id: &&str| {
        let need = NEEDS.iter().find(|need| need.id == *id).unwrap();
        need.met_by.iter().any(|way| way.iter().all(|part| set.contains(part)))
    };
    let pulled =
        |part: &Part| part.facts().pulls_in.iter().all(|any_of| any_of.iter().any(|other| set.contains(other)));
    needs.iter().all(met) && set.iter().all(pulled)
}

#[test]
fn every_set_meets_the_needs_and_none_of_its_parts_is_superfluous() {
    for preset in PRESETS {
        let scenario = Scenario::preset(preset.id).unwrap();
        let advice = stack(&scenario, &[]).unwrap();
        let needs: Vec<&str> = advice.needs.iter().map(|needed| needed.need.id).collect();
        assert!(!advice.stacks.is_empty(), "{}", preset.id);
        for advised in &advice.stacks {
            let set = parts(advised);
            assert!(whole(&set, &needs), "{}: {set:?}", preset.id);
            for part in &set {
                let rest: Vec<Part> = set.iter().filter(|other| *other != part).copied().collect();
                assert!(!whole(&rest, &needs), "{}: {part:?} is superfluous in {set:?}", preset.id);
            }
            assert!(EXCLUSIVE.iter().all(|these| these.iter().filter(|part| set.contains(part)).count() <= 1));
            for (part, why) in &advised.parts {
                match why {
                    Why::Meets(need) => {
                        assert!(advice.needs[*need].need.met_by.iter().any(|way| way.contains(part)));
                    }
                    Why::PulledInBy(other) => {
                        assert!(
                            other.facts().pulls_in.iter().any(|any_of| any_of.contains(part)),
                            "{part:?} {other:?}"
                        );
                    }
                }
            }
        }
        assert!(advice.stacks.windows(2).all(|pair| pair[0].parts.len() <= pair[1].parts.len()));
    }
}

/// No cluster is advised beside machines that serve without it.
#[test]
fn a_cluster_is_what_serves_where_there_is_one() {
    for preset in PRESETS {
        for advised in stack(&Scenario::preset(preset.id).unwrap(), &[]).unwrap().stacks {
            let set = parts(&advised);
            let cluster = set.contains(&Part::ControlPlane) || set.contains(&Part::ManagedControlPlane);
            assert_eq!(cluster, set.contains(&Part::IngressController), "{}: {set:?}", preset.id);
            assert!(!(cluster && set.contains(&Part::WebServer)), "{}: {set:?}", preset.id);
        }
    }
}

/// The plainest company needs what code on one server is made of, or a platform.
#[test]
fn the_plainest_company_gets_the_essays_single_server() {
    let scenario = Scenario::preset("five-hundred-dollar-site").unwrap();
    let advice = stack(&scenario, &[]).unwrap();
    let mut own: Vec<Part> = Variant::SingleServer
        .stack(&Company::of(&scenario), Shape { twice: false, balanced: false, two_sites: false })
        .parts()
        .map(|(part, _)| part)
        .collect();
    own.sort();
    assert!(advice.stacks.iter().any(|advised| parts(advised) == own), "{:?}", advice.stacks);
    assert!(
        !advice
            .stacks
            .iter()
            .any(|advised| parts(advised).contains(&Part::ManagedControlPlane) && advised.parts.len() < 15)
    );
}

#[test]
fn a_further_need_never_makes_the_smallest_set_smaller() {
    let scenario = Scenario::preset("hundred-microservices").unwrap();
    let mut asked: Vec<String> = Vec::new();
    let mut smallest = 0;
    for need in NEEDS.iter().filter(|need| need.id != "nothing-in-lulls") {
        asked.push(need.id.into());
        let next = stack(&scenario, &asked).unwrap().stacks[0].parts.len();
        assert!(next >= smallest, "{asked:?}");
        smallest = next;
    }
}

#[test]
fn needs_that_contradict_each_other_have_no_set_and_an_unknown_one_is_refused() {
    // Only functions cost nothing in lulls, and this software does not run as functions.
    let scenario = Scenario::from_link("v1&services.decomposable=false").unwrap();
    assert!(stack(&scenario, &["nothing-in-lulls".into()]).unwrap().stacks.is_empty());
    let problem = stack(&scenario, &["failoverr".into()]).unwrap_err().to_string();
    assert_eq!(problem, "needs: \"failoverr\" is not known; did you mean \"failover\"?");
}

#[test]
fn the_slope_goes_down_from_any_start() {
    let scenario = Scenario::preset("shermans-2011").unwrap();
    let at = |id: &str| TOLD.iter().position(|told| *told == id).unwrap();
    for variant in Variant::ALL {
        let steps = slope(&scenario, Some(variant.id())).unwrap();
        assert_eq!(steps[0].variant, *variant);
        assert_eq!(steps.last().unwrap().variant, Variant::SelfRunKubernetes);
        // From containers on the laptop on, every step adds parts and forced upgrades.
        let from = steps.iter().position(|step| step.label == "containers in development").unwrap_or(1);
        for id in ["complexity.parts", "complexity.forcedUpgradesPerYear"] {
            let along: Vec<f64> = steps.iter().skip(from).map(|step| step.numbers[at(id)]).collect();
            assert!(along.windows(2).all(|pair| pair[0] < pair[1]), "{} {id}: {along:?}", variant.id());
        }
    }
    assert_eq!(slope(&scenario, Some("k8s")).unwrap_err().path, "start");
    assert_eq!(slope(&scenario, None).unwrap()[0].variant, Variant::CloudVms);
}
