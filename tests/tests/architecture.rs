//! The repository keeps the rules of the house. Each failure says where, what and what to do instead; the rules themselves
//! are in `tests/src/house`, and `broken_house.rs` shows that they can fail.

use std::path::{Path, PathBuf};

use scenarios::house;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lives one folder below the root")
        .to_owned()
}

fn files() -> Vec<house::TextFile> {
    house::text_files(&root()).expect("the repository is readable")
}

fn members() -> Vec<house::Member> {
    house::members(&root()).expect("the manifests are sound")
}

#[test]
fn dependencies_point_towards_the_domain() {
    house::assert_none(&house::forbidden_directions(&members()));
}

#[test]
fn the_sdk_and_lambda_are_named_in_their_rooms_only() {
    house::assert_none(&house::misplaced_platforms(&members()));
}

#[test]
fn the_domain_the_letters_and_the_inspection_are_pure_all_the_way_down() {
    for package in ["domain", "inspection", "notices"] {
        let tree = house::tree_of(&root(), package).expect("cargo draws the tree");
        assert!(
            tree.contains(&package.to_owned()),
            "the tree of {package} does not even hold {package}: {tree:?}"
        );
        house::assert_none(&house::impurities(package, &tree));
    }
}

#[test]
fn the_top_of_the_repository_holds_its_rooms_only() {
    house::assert_none(&house::strangers_at_the_top(&files()));
}

#[test]
fn a_main_is_wiring() {
    house::assert_none(&house::long_mains(&files()));
}

#[test]
fn a_file_is_about_one_thing() {
    house::assert_none(&house::long_files(&files()));
}

#[test]
fn a_module_is_named_after_what_it_holds() {
    house::assert_none(&house::nameless_modules(&files()));
}

#[test]
fn a_module_opens_with_what_it_is_for() {
    house::assert_none(&house::headless_modules(&files()));
}

#[test]
fn every_number_cited_is_a_number_that_exists() {
    let files = files();
    for document in house::NUMBERED {
        house::assert_none(&house::unsteady_numbers(document, &files));
        house::assert_none(&house::unknown_citations(document, &files));
    }
}

#[test]
fn nothing_names_the_machine_it_was_written_on() {
    house::assert_none(&house::machine_traces(&files()));
}
