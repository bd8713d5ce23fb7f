//! Rule sets: what holds for one performance year, read from a data file a year.
//!
//! Old reviews keep their old rules, so nothing here is a constant of the code. A value that the
//! sources do not state is marked † in the file.

mod source;
mod text;
mod year;

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

pub use text::{Text, TextRef, TextRefError};
pub use year::{PerformanceYear, UnknownYear};

use crate::{ApplicationType, RelationshipKind, ReportingOption, WindowChange};

/// What holds for one performance year.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// The performance year.
    pub year: PerformanceYear,
    /// Calendar days to answer a request for documents (domain.md #18).
    pub document_days: u16,
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
    /// The window's dated changes (domain.md #15).
    pub window: Vec<WindowChange>,
    /// Whom to call (domain.md #10).
    pub contacts: Contacts,
    /// The year's texts, current version of each.
    pub texts: Vec<Text>,
}

/// A code that a person chooses, with the words shown for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice<C> {
    /// The code.
    pub code: C,
    /// Its name, for people.
    pub label: String,
    /// An example, where one helps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub example: Option<String>,
}

/// Where a filer gets help (domain.md #10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contacts {
    /// The Service Center's phone number.
    pub phone: String,
    /// The relay service for people who are deaf or hard of hearing.
    pub relay: String,
    /// The Service Center's address.
    pub email: String,
    /// When it answers.
    pub hours: String,
}

/// A performance category (domain.md #35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Quality.
    Quality,
    /// Improvement activities.
    ImprovementActivities,
    /// Promoting Interoperability.
    PromotingInteroperability,
    /// Cost.
    Cost,
    /// Additional awarded bonus points.
    AdditionalBonusPoints,
}

/// What went wrong, as the filer claims it (domain.md #36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    /// Submission of data.
    Submission,
    /// Eligibility, special status, or both.
    EligibilitySpecialStatus,
    /// Extreme and uncontrollable circumstances.
    ExtremeCircumstances,
    /// A measure or an activity.
    MeasureActivity,
    /// General, or additional.
    General,
}

impl RuleSet {
    /// The current text of that name, if the year has it.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&Text> {
        self.texts.iter().find(|text| text.reference.name() == name)
    }
}

static PY2024: LazyLock<RuleSet> = LazyLock::new(|| source::read(include_str!("py2024.toml")));
static STATEMENT_OF_TRUTH: LazyLock<Text> =
    LazyLock::new(|| source::read_text(include_str!("statement_of_truth.toml")));

/// Every rule set there is, newest year first.
pub fn rule_sets() -> impl Iterator<Item = &'static RuleSet> {
    [&*PY2024].into_iter()
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
mod tests {
    use super::*;

    #[test]
    fn py2024_is_read_and_complete() {
        let rules = rule_set("2024".parse().expect("a year")).expect("a rule set");
        assert_eq!(rules.document_days, 15);
        assert_eq!(rules.categories.len(), 5);
        assert_eq!(rules.issues.len(), 5);
        assert_eq!(rules.relationships.len(), 8);
        for name in [
            "reasons",
            "preparation",
            "disclosures",
            "certification-clinician",
            "certification-on-behalf",
        ] {
            assert!(
                rules.text(name).is_some_and(|text| text.body.len() > 80),
                "{name}"
            );
        }
        assert!(statement_of_truth().body.len() > 80);
    }

    #[test]
    fn an_unknown_year_names_the_known_ones() {
        let refused = rule_set("2016".parse().expect("a year")).expect_err("no rule set");
        assert_eq!(
            refused.to_string(),
            "there are no rules for performance year 2016; known years: 2024"
        );
    }
}
