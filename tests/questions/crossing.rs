//! Where a function crosses zero, however it is shaped.

use moving_parts::question::crossing::{Grid, TOLERANCE, crossings};

#[test]
fn between_whole_numbers_a_crossing_lies_between_two_neighbours() {
    for log in [false, true] {
        let grid = Grid::new(1.0, 10_000.0, 64, log, true);
        for at in (1..10_000).map(f64::from) {
            let found: Vec<[f64; 2]> = crossings(&grid, |value| value - at - 0.5)
                .iter()
                .map(|crossing| [crossing.from, crossing.to])
                .collect();
            assert_eq!(found, [[at, at + 1.0]], "{log}");
        }
    }
}

#[test]
fn a_function_is_looked_at_no_more_than_it_takes() {
    let grid = Grid::new(1.0, 10.0, 257, false, false);
    // Farther from zero than it moves anywhere: what the grid has is enough.
    let mut looks = 0;
    let found = crossings(&grid, |value| {
        looks += 1;
        value + 1000.0
    });
    assert_eq!((looks, found.len()), (grid.values().len(), 0));
    // One that might cross zero between any two values is not looked at without end.
    let mut looks = 0;
    crossings(&Grid::new(1.0, 10.0, 2049, false, false), |value| {
        looks += 1;
        0.1 + libm::sin(1e6 * value).abs()
    });
    assert!(looks < 40_000, "{looks}");
    // What holds a crossing is halved until it is small enough, and not once more.
    for log in [false, true] {
        for at in [1.1, 3.3, 9.9] {
            let found = crossings(&Grid::new(1.0, 10.0, 257, log, false), |value| value - at);
            let [crossing] = found.as_slice() else { panic!("a line crosses once: {found:?}") };
            assert!(crossing.from <= at && at <= crossing.to);
            let wide = (crossing.to - crossing.from) / crossing.to;
            assert!(wide <= TOLERANCE && wide > TOLERANCE * 0.4, "{log} {at} {wide}");
        }
    }
}

#[test]
fn a_dip_is_found_beside_a_step_and_so_is_all_of_a_stretch_of_zero() {
    let grid = Grid::new(0.0, 256.0, 257, false, false);
    // Flat in the first step but for a dip at its beginning; in the next one it jumps, and so it might between any two values:
    // by how much is no matter of the unit that it is in.
    for unit in [1e-3, 1.0, 1e3] {
        let found = crossings(&grid, |value| match value {
            0.014..0.018 => -unit,
            1.5.. => 100.0 * unit,
            _ => unit,
        });
        let places: Vec<f64> = found.iter().map(|crossing| crossing.to).collect();
        assert!(
            matches!(places[..], [down, up] if (down - 0.014).abs() < 1e-8 && (up - 0.018).abs() < 1e-8),
            "{unit} {places:?}"
        );
    }
    // Zero for a while within one step: from its beginning to its end.
    let found = crossings(&grid, |value| match value {
        ..7.2 => -1.0,
        7.2..7.7 => 0.0,
        _ => 1.0,
    });
    let [crossing] = found.as_slice() else { panic!("one stretch of zero: {found:?}") };
    assert!((crossing.from - 7.2).abs() < 1e-7 && (crossing.to - 7.7).abs() < 1e-7, "{crossing:?}");
    assert_eq!((crossing.signs, crossing.values), ([-1, 1], [-1.0, 1.0]));
}
