//! Each rule of the house, broken on purpose: a check that cannot fail is worth nothing. Crate boundaries are broken in a
//! copy of the workspace's manifests; the rules about text, in text made up here.

use std::fs;
use std::path::Path;

use scenarios::house::{self, Fault, TextFile};
use tempfile::TempDir;

/// A copy of the workspace's manifests, with a dependency called `breach` added to one of them.
fn workspace_with(manifest: &str, section: &str, breach: &str) -> TempDir {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lives one folder below the root");
    let copy = TempDir::new().expect("a temporary folder");
    for file in house::text_files(root).expect("the repository is readable") {
        // A manifest finds its targets by their place, so sources are there, and empty.
        let text = match file.path.as_str() {
            path if path == manifest => with_breach(&file.text, section, breach),
            path if path.ends_with("Cargo.toml") => file.text,
            path if path.ends_with(".rs") => String::new(),
            _ => continue,
        };
        let target = copy.path().join(&file.path);
        fs::create_dir_all(target.parent().expect("a file has a folder"))
            .expect("a folder in the copy");
        fs::write(target, text).expect("a file in the copy");
    }
    copy
}

/// A key of its own, so that a manifest which already names the crate stays sound.
fn with_breach(manifest: &str, section: &str, breach: &str) -> String {
    let header = format!("[{section}]");
    let line = format!("breach = {breach}");
    if manifest.contains(&header) {
        manifest.replace(&header, &format!("{header}\n{line}"))
    } else {
        format!("{manifest}\n{header}\n{line}\n")
    }
}

fn about<'a>(faults: &'a [Fault], place: &str, words: &str) -> Option<&'a Fault> {
    faults
        .iter()
        .find(|fault| fault.place == place && fault.wrong.contains(words))
}

#[test]
fn a_crate_that_reaches_against_the_direction_is_named() {
    let cases = [
        ("shared/domain", "dependencies", "../workflow", "workflow"),
        ("shared/notices", "dependencies", "../edge", "edge"),
        (
            "shared/inspection",
            "dependencies",
            "../workflow",
            "workflow",
        ),
        ("shared/workflow", "dependencies", "../aws", "aws"),
        ("shared/workflow", "dependencies", "../testkit", "testkit"),
        ("functions/intake", "dependencies", "../relay", "relay"),
        (
            "infra/local",
            "dev-dependencies",
            "../../shared/domain",
            "domain",
        ),
        ("infra/operate", "dependencies", "../../shared/edge", "edge"),
    ];
    for (member, section, path, reached) in cases {
        let breach = format!("{{ package = \"{reached}\", path = \"{path}\" }}");
        let faults = house::forbidden_directions(&broken_members(member, section, &breach));
        assert!(
            about(&faults, package(member), &format!("`{reached}`")).is_some(),
            "{reached} in {member} went unnoticed: {faults:?}"
        );
    }
}

#[test]
fn a_crate_that_names_a_platform_outside_its_room_is_named() {
    let cases = [
        ("shared/workflow", "dependencies", "aws-sdk-sqs"),
        ("shared/domain", "dev-dependencies", "lambda_runtime"),
        ("functions/intake", "dependencies", "aws-sdk-ses"),
        ("infra/local", "build-dependencies", "aws-sdk-sqs"),
        ("infra/operate", "dev-dependencies", "aws-sdk-dynamodb"),
        ("shared/edge", "dependencies", "aws-smithy-types"),
        ("shared/aws", "dependencies", "time"),
    ];
    for (member, section, named) in cases {
        let breach = format!("{{ package = \"{named}\", version = \"*\" }}");
        let faults = house::misplaced_platforms(&broken_members(member, section, &breach));
        assert!(
            about(&faults, package(member), &format!("`{named}`")).is_some(),
            "{named} in {member} went unnoticed: {faults:?}"
        );
    }
}

#[test]
fn the_stack_may_test_with_the_sdk() {
    let breach = r#"{ package = "aws-sdk-ses", version = "*" }"#;
    house::assert_none(&house::misplaced_platforms(&broken_members(
        "infra/local",
        "dev-dependencies",
        breach,
    )));
}

fn broken_members(member: &str, section: &str, breach: &str) -> Vec<house::Member> {
    let copy = workspace_with(&format!("{member}/Cargo.toml"), section, breach);
    house::members(copy.path()).expect("the copy's manifests are sound")
}

fn package(member: &str) -> &str {
    member.rsplit('/').next().unwrap_or(member)
}

#[test]
fn a_member_without_a_place_is_named() {
    let copy = workspace_with("no manifest", "dependencies", "");
    let stray = copy.path().join("shared/stray");
    fs::create_dir_all(stray.join("src")).expect("a folder in the copy");
    fs::write(stray.join("src/lib.rs"), "").expect("a file in the copy");
    fs::write(stray.join("Cargo.toml"), "[package]\nname = \"stray\"\n")
        .expect("a file in the copy");
    let faults = house::forbidden_directions(
        &house::members(copy.path()).expect("the copy's manifests are sound"),
    );
    assert!(about(&faults, "stray", "no place").is_some(), "{faults:?}");
}

#[test]
fn impure_crates_are_named() {
    let tree = ["domain", "serde", "tokio", "aws-smithy-types"].map(ToOwned::to_owned);
    let faults = house::impurities("domain", &tree);
    assert_eq!(faults.len(), 2, "{faults:?}");
    assert!(
        faults[0].wrong.contains("`tokio`") && faults[1].wrong.contains("`aws-smithy-types`"),
        "{faults:?}"
    );
}

fn file(path: &str, text: impl Into<String>) -> TextFile {
    TextFile {
        path: path.into(),
        text: text.into(),
    }
}

#[test]
fn badly_shaped_files_are_named() {
    let places = |faults: Vec<Fault>| -> Vec<String> {
        faults.into_iter().map(|fault| fault.place).collect()
    };

    let top = [
        file("scratch/notes.md", ""),
        file("notes.txt", ""),
        file("docs/domain.md", ""),
    ];
    assert_eq!(
        places(house::strangers_at_the_top(&top)),
        ["notes.txt", "scratch"]
    );

    let long = [
        file("shared/a.rs", "x\n".repeat(400)),
        file("shared/b.rs", "x\n".repeat(401)),
        file("docs/c.md", "x\n".repeat(900)),
    ];
    assert_eq!(places(house::long_files(&long)), ["shared/b.rs"]);

    let mains = [
        file("functions/a/src/main.rs", "x\n".repeat(34)),
        file("functions/b/src/main.rs", "x\n".repeat(35)),
        file("functions/c/src/bin/feedback.rs", "x\n".repeat(35)),
        file("functions/d/src/lib.rs", "x\n".repeat(35)),
    ];
    assert_eq!(
        places(house::long_mains(&mains)),
        ["functions/b/src/main.rs", "functions/c/src/bin/feedback.rs"]
    );

    let names = [
        file("shared/edge/src/utils.rs", ""),
        file("shared/edge/src/common/x.rs", ""),
        file("shared/edge/src/lib.rs", "pub(crate) mod helpers {\n"),
        file(
            "shared/edge/src/commons.rs",
            "// the common mod of things\n",
        ),
    ];
    assert_eq!(
        places(house::nameless_modules(&names)),
        [
            "shared/edge/src/utils.rs",
            "shared/edge/src/common/x.rs",
            "shared/edge/src/lib.rs"
        ]
    );

    let heads = [
        file("a.rs", "#![cfg(unix)]\n//! What it is for.\n"),
        file("b.rs", "// a comment\n"),
        file("c.rs", ""),
        file("shared/domain/src/form/tests.rs", "use super::*;\n"),
    ];
    assert_eq!(places(house::headless_modules(&heads)), ["b.rs", "c.rs"]);
}

#[test]
fn numbers_that_do_not_exist_are_named() {
    // Put together here, so that this file's own text cites nothing.
    let cite = |numbers: &str| format!("/// See `domain.md` {numbers}\n");
    let facts = file("docs/domain.md", "1. One.\n2. Two.\n3. Three.\n");
    let files = [
        facts.clone(),
        file("a.rs", cite("#1, #3 and #7.")),
        file("b.rs", cite("#2–#4")),
        file("c.rs", "#9 of something else"),
    ];
    let places: Vec<_> = house::unknown_citations("docs/domain.md", &files)
        .into_iter()
        .map(|fault| fault.place)
        .collect();
    assert_eq!(places, ["a.rs:1", "b.rs:1"]);
    assert_eq!(
        house::unknown_citations("docs/domain.md", &[]).len(),
        1,
        "a document that is gone must be a fault"
    );

    assert!(house::unsteady_numbers("docs/domain.md", &[facts]).is_empty());
    let skipped = file("docs/domain.md", "1. One.\n3. Three.\n");
    assert_eq!(
        house::unsteady_numbers("docs/domain.md", &[skipped])[0].wrong,
        "#3 stands where #2 should"
    );
}

#[test]
fn traces_of_a_machine_are_named() {
    // Put together here, so that this file's own text holds no trace.
    let files = [
        file("a.md", format!("see /{}/notes", "work")),
        file("b.rs", format!("const DATA: &str = \"/{}/data\";", "tmp")),
        file(
            "c.toml",
            format!("registry = \"https://{}.{}/simple\"", "pypi", "org"),
        ),
        file(
            "d.md",
            format!("the target/{0}/x and ./{0}/y folders", "tmp"),
        ),
    ];
    let places: Vec<_> = house::machine_traces(&files)
        .into_iter()
        .map(|fault| fault.place)
        .collect();
    assert_eq!(places, ["a.md:1", "b.rs:1", "c.toml:1"]);
}
