//! Rule sets: what holds for one performance year, read from a data file a year.
//!
//! Old reviews keep their old rules, so nothing here is a constant of the code. A value that the
//! sources do not state is marked † in the file.

mod choices;
mod source;
mod text;
mod year;

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;

pub use choices::{
    AcoContacts, Announcement, ApmEntityTakes, Category, Choice, Contacts, DenialReason, Issue,
    Mvp, Question, Reason, ReasonChoice, SilentCase,
};
pub use text::{Text, TextRef, TextRefError};
pub use year::{PerformanceYear, UnknownYear};

use crate::{ApplicationType, RelationshipKind, ReportingOption, WindowChange, civil_day};

/// What holds for one performance year.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The performance year.
    pub year: PerformanceYear,
    /// Calendar days to answer a request for documents; `None` where the reviewer sets the day
    /// (domain.md #18).
    pub document_days: Option<u16>,
    /// Calendar days that a grant of more time adds, unless the reviewer sets a day (domain.md #24).
    pub extension_days: u16,
    /// What becomes of a request for documents that nobody answered (domain.md #19).
    pub silent_case: SilentCase,
    /// Whether a draft with all required answers shows as `Draft Complete` (domain.md #44).
    pub draft_complete: bool,
    /// Whether every decision takes a second person (domain.md #51).
    pub second_person: bool,
    /// Whether there is an additional factor for exceptional performance (domain.md #1).
    pub additional_adjustment: bool,
    /// The last day on which the filer must keep the documentation (domain.md #8).
    pub keep_until: Date,
    /// Who files as an APM Entity (domain.md #14).
    pub apm_entity_takes: ApmEntityTakes,
    /// The APM scoring for which eligibility is asked for as an individual (domain.md #14).
    pub apm_scoring: Option<String>,
    /// Who may apply (domain.md #11).
    pub application_types: Vec<ApplicationType>,
    /// How the data was reported (domain.md #13).
    pub reporting_options: Vec<ReportingOption>,
    /// Who submits, in relation to the party (domain.md #33).
    pub relationships: Vec<Choice<RelationshipKind>>,
    /// Performance categories that can be affected (domain.md #35).
    pub categories: Vec<Choice<Category>>,
    /// Issues that can be claimed (domain.md #36).
    pub issues: Vec<Choice<Issue>>,
    /// Questions attached to issues (domain.md #36).
    pub questions: Vec<Question>,
    /// The reasons of the year's reasons screen; none where the year has no such screen (domain.md #27).
    pub reasons: Vec<ReasonChoice>,
    /// Why a request can be denied (domain.md #4, #5, #9).
    pub denial_reasons: Vec<Choice<DenialReason>>,
    /// The MIPS Value Pathways of the year (domain.md #13).
    pub mvps: Vec<Mvp>,
    /// Messages of the program (domain.md #15).
    pub announcements: Vec<Announcement>,
    /// The window's dated changes (domain.md #15).
    pub window: Vec<WindowChange>,
    /// Whom to call (domain.md #10).
    pub contacts: Contacts,
    /// The year's texts, current version of each.
    pub texts: Vec<Text>,
}

impl RuleSet {
    /// The current text of that name, if the year has it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.reference.name() == name)
    }

    /// The questions that come with `issues`.
    pub fn questions<'a>(&'a self, issues: &'a [Issue]) -> impl Iterator<Item = &'a Question> {
        let asked = |question: &&Question| question.issues.iter().any(|its| issues.contains(its));
        self.questions.iter().filter(asked)
    }

    /// The messages to be shown on the day of `at` in New York (domain.md #15).
    pub fn announced(&self, at: Timestamp) -> impl Iterator<Item = &Announcement> {
        let day = civil_day(at);
        self.announcements
            .iter()
            .filter(move |said| said.from <= day && said.through.is_none_or(|last| day <= last))
    }
}

static YEARS: LazyLock<[RuleSet; 5]> = LazyLock::new(|| {
    [
        include_str!("py2024.toml"),
        include_str!("py2023.toml"),
        include_str!("py2020.toml"),
        include_str!("py2019.toml"),
        include_str!("py2017.toml"),
    ]
    .map(source::read)
});
static STATEMENT_OF_TRUTH: LazyLock<Text> =
    LazyLock::new(|| source::read_text(include_str!("statement_of_truth.toml")));

/// Every rule set there is, newest year first.
pub fn rule_sets() -> impl Iterator<Item = &'static RuleSet> {
    YEARS.iter()
}

/// The rule set of `year`.
///
/// # Errors
/// [`UnknownYear`] when there is none: the sentence names the years that there are.
pub fn rule_set(year: PerformanceYear) -> Result<&'static RuleSet, UnknownYear> {
    rule_sets()
        .find(|rules| rules.year == year)
        .ok_or(UnknownYear(year))
}

/// What a person accepts before the first write, whatever the year (domain.md #26).
pub fn statement_of_truth() -> &'static Text {
    &STATEMENT_OF_TRUTH
}

#[cfg(test)]
mod tests;
