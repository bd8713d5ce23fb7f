//! The demonstration that the README promises runs to its end.

use scenarios::demo;

#[test]
fn the_demonstration_runs_to_its_end() {
    let (succeeded, said) = demo();
    assert!(succeeded, "{said}");
}
