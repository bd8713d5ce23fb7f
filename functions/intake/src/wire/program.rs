//! A performance year as a form's builder and a filer need it (domain.md #13, #15, #20, #27–#36).

use domain::{
    Announcement, ApplicationType, Category, Choice, Contacts, Issue, Mvp, Question, ReasonChoice,
    RelationshipKind, ReportingOption, RuleSet, Window, WindowChange, WindowState, days_left,
    statement_of_truth,
};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Program;

use super::TextDocument;

/// The performance years, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct YearList {
    years: Vec<YearDocument>,
}

/// A year, and where its window stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Year)]
struct YearDocument {
    #[schema(example = 2024)]
    year: i64,
    #[schema(example = 2026)]
    payment_year: i16,
    window: WindowDocument,
}

/// What holds for a performance year.
#[derive(Serialize, ToSchema)]
#[schema(as = Program)]
pub(crate) struct ProgramDocument {
    #[serde(flatten)]
    year: YearDocument,
    /// How the window came to be so, in the order in which it became known.
    window_history: Vec<WindowChangeDocument>,
    /// Messages of the program that are shown today: `{from, through, text}`.
    #[schema(value_type = Vec<Object>)]
    announcements: Vec<&'static Announcement>,
    form: FormGuide,
    documents: DocumentsGuide,
    /// The texts that are read, accepted and signed; `/v1/texts/{name}?year=…` has their words.
    texts: Vec<TextDocument>,
    /// Whom to ask.
    #[schema(value_type = Object)]
    contacts: &'static Contacts,
}

/// Where the window stands at the instant of the request.
#[derive(Serialize, ToSchema)]
#[schema(as = Window)]
struct WindowDocument {
    /// `unannounced`, `not_yet_open`, `open` or `closed`.
    state: &'static str,
    /// The same in a sentence, with the days left.
    #[schema(
        example = "The window closes on Friday, November 14, 2025, 8:00 pm ET (25 days left)."
    )]
    sentence: String,
    /// When it opens or opened, if that is on record.
    opens: Option<InstantDocument>,
    /// The closing instant, itself outside the window; `null` while it is to be announced.
    closes: Option<InstantDocument>,
    /// Civil days in New York until the close, 0 on its day; missing unless the window is open and its close known.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i32>,
}

/// A change of the window.
#[derive(Serialize, ToSchema)]
#[schema(as = WindowChange)]
struct WindowChangeDocument {
    /// From when on it was known.
    known: InstantDocument,
    opens: Option<InstantDocument>,
    closes: Option<InstantDocument>,
    reason: String,
}

/// What the year's form asks, and what can be answered.
#[derive(Serialize, ToSchema)]
struct FormGuide {
    application_types: Vec<ApplicationTypeGuide>,
    /// How the data was reported; empty where the year does not ask: `{code, label}`.
    #[schema(value_type = Vec<Object>)]
    reporting_options: Vec<Choice<ReportingOption>>,
    /// The MIPS Value Pathways of the year: `{title, id}`. Another name is taken too.
    #[schema(value_type = Vec<Object>)]
    mvps: &'static [Mvp],
    /// `{code, label}`.
    #[schema(value_type = Vec<Object>)]
    relationships: &'static [Choice<RelationshipKind>],
    /// `{code, label}`.
    #[schema(value_type = Vec<Object>)]
    categories: &'static [Choice<Category>],
    /// `{code, label, example}`.
    #[schema(value_type = Vec<Object>)]
    issues: &'static [Choice<Issue>],
    /// Questions that come with an issue: `{code, label, issues, required}`.
    #[schema(value_type = Vec<Object>)]
    questions: &'static [Question],
    /// The reasons screen; empty where the year has none: `{code, label, in_scope}`.
    #[schema(value_type = Vec<Object>)]
    reasons: &'static [ReasonChoice],
    /// Whether a draft with all required answers is shown as "Draft Complete".
    draft_complete: bool,
}

/// A type of application, and the fields that identify one; the first is needed.
#[derive(Serialize, ToSchema)]
struct ApplicationTypeGuide {
    #[schema(value_type = String)]
    code: ApplicationType,
    label: &'static str,
    identified_by: &'static [&'static str],
}

/// What holds for documents.
#[derive(Serialize, ToSchema)]
struct DocumentsGuide {
    /// Calendar days to answer a request for documents; `null` where the review team sets the day.
    days_to_answer: Option<u16>,
    /// The last day on which the documentation must be kept.
    #[schema(example = "2030-12-31")]
    keep_until: String,
}

impl YearList {
    pub(crate) fn of(years: &[Program]) -> Self {
        Self {
            years: years.iter().map(YearDocument::of).collect(),
        }
    }
}

impl YearDocument {
    fn of(program: &Program) -> Self {
        let year = program.rules.year;
        Self {
            year: year.into(),
            payment_year: year.payment_year(),
            window: WindowDocument::of(&program.window),
        }
    }
}

impl ProgramDocument {
    pub(crate) fn of(program: &Program) -> Self {
        let rules = program.rules;
        let now = program.window.asked_at();
        let texts = [statement_of_truth()].into_iter().chain(&rules.texts);
        Self {
            year: YearDocument::of(program),
            window_history: program
                .changes
                .iter()
                .map(WindowChangeDocument::of)
                .collect(),
            announcements: rules.announced(now).collect(),
            form: FormGuide::of(rules),
            documents: DocumentsGuide {
                days_to_answer: rules.document_days,
                keep_until: rules.keep_until.to_string(),
            },
            texts: texts.map(TextDocument::without_body).collect(),
            contacts: &rules.contacts,
        }
    }
}

impl WindowDocument {
    fn of(window: &Window) -> Self {
        let (state, days_left) = match window.state() {
            WindowState::Unannounced => ("unannounced", None),
            WindowState::NotYetOpen(_) => ("not_yet_open", None),
            WindowState::Open(None) => ("open", None),
            WindowState::Open(Some(closes)) => ("open", days_left(window.asked_at(), closes)),
            WindowState::Closed(_) => ("closed", None),
        };
        Self {
            state,
            sentence: window.sentence(),
            opens: window.opens().map(InstantDocument::of),
            closes: window.closes().map(InstantDocument::of),
            days_left,
        }
    }
}

impl WindowChangeDocument {
    fn of(change: &WindowChange) -> Self {
        Self {
            known: InstantDocument::of(change.known),
            opens: change.opens.map(InstantDocument::of),
            closes: change.closes.map(InstantDocument::of),
            reason: change.reason.clone(),
        }
    }
}

impl FormGuide {
    fn of(rules: &'static RuleSet) -> Self {
        let guide = |kind: &ApplicationType| ApplicationTypeGuide {
            code: *kind,
            label: kind.label(),
            identified_by: kind.identified_by(),
        };
        let option = |option: &ReportingOption| Choice {
            code: *option,
            label: option.label().to_owned(),
            example: None,
        };
        Self {
            application_types: rules.application_types.iter().map(guide).collect(),
            reporting_options: rules.reporting_options.iter().map(option).collect(),
            mvps: &rules.mvps,
            relationships: &rules.relationships,
            categories: &rules.categories,
            issues: &rules.issues,
            questions: &rules.questions,
            reasons: &rules.reasons,
            draft_complete: rules.draft_complete,
        }
    }
}
