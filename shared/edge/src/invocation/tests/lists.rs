//! The list of metrics, what the code tells and what operators read are one.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::metrics::METRICS;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The fields that events of functions tell metrics under.
fn told(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            if !path.ends_with("tests") {
                told(&path, found);
            }
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let text = std::fs::read_to_string(&path).expect("a text");
            found.extend(
                ["count.", "most."]
                    .iter()
                    .flat_map(|kind| fields(&text, kind)),
            );
        }
    }
}

/// Fields of this kind that a text sets.
fn fields(text: &str, kind: &str) -> Vec<String> {
    let mentioned = text.match_indices(kind).map(|(at, _)| &text[at..]);
    let set = mentioned
        .filter_map(|rest| rest.split_once(" = "))
        .map(|(field, _)| field);
    let is_field = |field: &&str| {
        field
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte))
    };
    set.filter(is_field).map(str::to_owned).collect()
}

#[test]
fn every_metric_is_told_somewhere_and_nothing_else_is() {
    let mut found = BTreeSet::new();
    for room in ["shared/workflow/src", "shared/aws/src", "functions"] {
        told(&root().join(room), &mut found);
    }
    for file in ["sweep.rs", "invocation/record.rs"] {
        let text =
            std::fs::read_to_string(root().join("shared/edge/src").join(file)).expect("a text");
        for metric in &METRICS {
            if text.contains(metric.field) {
                found.insert(metric.field.to_owned());
            }
        }
    }
    let listed: BTreeSet<String> = METRICS
        .iter()
        .map(|metric| metric.field.to_owned())
        .collect();
    assert_eq!(found, listed);
}

#[test]
fn every_metric_stands_in_the_document_for_operators_with_its_unit() {
    let document =
        std::fs::read_to_string(root().join("docs/telemetry.md")).expect("docs/telemetry.md");
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `"));
    let rows = rows.filter(|row| row.starts_with(|letter: char| letter.is_ascii_uppercase()));
    let written: BTreeSet<(String, String)> = rows
        .map(|row| {
            let mut cells = row
                .split('|')
                .map(|cell| cell.trim().trim_end_matches('`').to_owned());
            (
                cells.next().unwrap_or_default(),
                cells.next().unwrap_or_default(),
            )
        })
        .collect();
    let listed = METRICS
        .iter()
        .map(|metric| (metric.name.to_owned(), metric.unit.to_owned()));
    assert_eq!(written, listed.collect());
}
