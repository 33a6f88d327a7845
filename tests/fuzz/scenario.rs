//! Whatever bytes come as a link or as data: they are answered with finite numbers, and written as they were read, or
//! refused in words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moving_parts::question::compare::compare;
use moving_parts::scenario::{Problem, Scenario, Tree};

fn read(text: &str) -> Option<Result<Scenario, Vec<Problem>>> {
    if text.trim_start().starts_with(['{', '[']) {
        // What is no JSON at all is refused before it comes here.
        return serde_json::from_str::<Tree>(text).ok().map(|tree| Scenario::from_tree(&tree));
    }
    Some(Scenario::from_link(text))
}

fuzz_target!(|bytes: &[u8]| {
    let Some(read) = std::str::from_utf8(bytes).ok().and_then(read) else { return };
    match read {
        Err(problems) => {
            assert!((1..=100).contains(&problems.len()));
            for problem in problems {
                assert!(!problem.message.is_empty() && !problem.remedy.is_empty(), "{problem:?}");
                assert!(problem.to_string().len() < 4000, "{problem}");
            }
        }
        Ok(scenario) => {
            let link = scenario.to_link();
            let again = Scenario::from_link(&link).unwrap_or_else(|problems| panic!("{link}: {problems:?}"));
            assert_eq!(again.to_link(), link);
            for outcome in compare(&scenario).outcomes {
                let all =
                    outcome.numbers.iter().chain(&outcome.series).chain([&outcome.upfront_usd, &outcome.exit_usd]);
                assert!(all.into_iter().all(|number| number.is_finite()), "{} of {link}", outcome.variant.id());
            }
        }
    }
});
