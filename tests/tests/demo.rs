//! The demonstrations that the README promises run to their ends.

use scenarios::demo;

#[test]
fn the_demonstration_runs_to_its_end() {
    let (succeeded, said) = demo(&[]);
    assert!(succeeded, "{said}");
}

#[test]
fn the_demonstration_of_a_year_runs_to_its_end() {
    let (succeeded, said) = demo(&["--year"]);
    assert!(succeeded, "{said}");
}
