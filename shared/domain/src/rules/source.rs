//! Reads the data files. They are compiled in, so a fault in one is a fault of the build: a test reads
//! every file, and reading stops with the file's own error.

use jiff::civil::{Date, DateTime};
use serde::Deserialize;

use super::{
    Announcement, ApmEntityTakes, Category, Choice, Contacts, DenialReason, Issue, Mvp,
    PerformanceYear, Question, ReasonChoice, RuleSet, SilentCase, Text, TextRef,
};
use crate::{
    ApplicationType, Digest, NEW_YORK, RelationshipKind, ReportingOption, WindowChange,
    start_of_day,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    year: PerformanceYear,
    document_days: Option<u16>,
    extension_days: u16,
    silent_case: SilentCase,
    draft_complete: bool,
    second_person: bool,
    additional_adjustment: bool,
    keep_until: Date,
    apm_entity_takes: ApmEntityTakes,
    apm_scoring: Option<String>,
    application_types: Vec<ApplicationType>,
    #[serde(default)]
    reporting_options: Vec<ReportingOption>,
    contacts: Contacts,
    window: Vec<SourceChange>,
    #[serde(default)]
    announcements: Vec<Announcement>,
    relationships: Vec<Choice<RelationshipKind>>,
    categories: Vec<Choice<Category>>,
    issues: Vec<Choice<Issue>>,
    #[serde(default)]
    questions: Vec<Question>,
    #[serde(default)]
    reasons: Vec<ReasonChoice>,
    denial_reasons: Vec<Choice<DenialReason>>,
    #[serde(default)]
    mvps: Vec<Mvp>,
    texts: Vec<SourceText>,
}

/// A change of the window in civil New York time, as the announcements write it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceChange {
    known: Date,
    opens: Option<Date>,
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
            opens: source.opens.map(start_of_day),
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
        extension_days: source.extension_days,
        silent_case: source.silent_case,
        draft_complete: source.draft_complete,
        second_person: source.second_person,
        additional_adjustment: source.additional_adjustment,
        keep_until: source.keep_until,
        apm_entity_takes: source.apm_entity_takes,
        apm_scoring: source.apm_scoring,
        application_types: source.application_types,
        reporting_options: source.reporting_options,
        relationships: source.relationships,
        categories: source.categories,
        issues: source.issues,
        questions: source.questions,
        reasons: source.reasons,
        denial_reasons: source.denial_reasons,
        mvps: source.mvps,
        announcements: source.announcements,
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
