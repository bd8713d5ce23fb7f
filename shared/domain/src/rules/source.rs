//! Reads the data files. They are compiled in, so a fault in one is a fault of the build: a test reads
//! every file, and reading stops with the file's own error.

use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use super::{Category, Choice, Contacts, Issue, PerformanceYear, RuleSet, Text, TextRef};
use crate::{
    ApplicationType, Digest, NEW_YORK, RelationshipKind, ReportingOption, WindowChange,
    start_of_day,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    year: PerformanceYear,
    document_days: u16,
    application_types: Vec<ApplicationType>,
    reporting_options: Vec<ReportingOption>,
    contacts: Contacts,
    window: Vec<SourceChange>,
    relationships: Vec<Choice<RelationshipKind>>,
    categories: Vec<Choice<Category>>,
    issues: Vec<Choice<Issue>>,
    texts: Vec<SourceText>,
}

/// A change of the window in civil New York time, as the announcements write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceChange {
    known: Date,
    opens: Date,
    closes: Option<DateTime>,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceText {
    reference: TextRef,
    title: String,
    body: String,
}

impl From<SourceText> for Text {
    fn from(source: SourceText) -> Self {
        let body = source.body.trim().to_owned();
        Self {
            reference: source.reference,
            title: source.title,
            sha256: Digest::of(&[body.as_bytes()]),
            body,
        }
    }
}

impl From<SourceChange> for WindowChange {
    fn from(source: SourceChange) -> Self {
        let instant = |civil| {
            NEW_YORK
                .to_timestamp(civil)
                .expect("a close of the program's years is an instant")
        };
        Self {
            known: start_of_day(source.known),
            opens: start_of_day(source.opens),
            closes: source.closes.map(instant),
            reason: source.reason,
        }
    }
}

/// Reads a rule set.
pub(super) fn read(file: &str) -> RuleSet {
    let source: Source =
        toml::from_str(file).expect("the rule sets are read by this crate's tests");
    RuleSet {
        year: source.year,
        document_days: source.document_days,
        application_types: source.application_types,
        reporting_options: source.reporting_options,
        relationships: source.relationships,
        categories: source.categories,
        issues: source.issues,
        window: source.window.into_iter().map(Into::into).collect(),
        contacts: source.contacts,
        texts: source.texts.into_iter().map(Into::into).collect(),
    }
}

/// Reads one text of its own file.
pub(super) fn read_text(file: &str) -> Text {
    toml::from_str::<SourceText>(file)
        .expect("the texts are read by this crate's tests")
        .into()
}
