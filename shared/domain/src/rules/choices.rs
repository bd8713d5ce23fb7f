//! What a year lets people choose from, with the words shown for each.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{FollowUp, MvpId};

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

/// A performance category (domain.md #35).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Quality.
    Quality,
    /// Improvement activities.
    ImprovementActivities,
    /// Promoting Interoperability.
    PromotingInteroperability,
    /// Advancing Care Information, as PY2017 called it.
    AdvancingCareInformation,
    /// Cost.
    Cost,
    /// Additional awarded bonus points.
    AdditionalBonusPoints,
}

/// What went wrong, as the filer claims it (domain.md #36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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

/// A question that the year attaches to issues (domain.md #36).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// What is asked.
    pub code: FollowUp,
    /// The question, for people.
    pub label: String,
    /// The issues that it is asked with.
    pub issues: Vec<Issue>,
    /// Whether a request cannot be submitted without an answer.
    #[serde(default)]
    pub required: bool,
}

/// A reason on the year's reasons screen, good or not (domain.md #27).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A denominator was not reduced.
    DenominatorNotReduced,
    /// Data under a wrong TIN or NPI.
    WrongTinNpi,
    /// A special status is not reflected.
    SpecialStatusNotReflected,
    /// Scored despite an approved exception.
    ScoredDespiteException,
    /// Wrongly identified as a qualifying APM participant.
    WronglyIdentifiedQp,
    /// A MIPS APM participant without the APM Entity's score.
    WithoutEntityScore,
    /// Under the low-volume threshold.
    LowVolumeThreshold,
    /// Reweighting for circumstances was not applied.
    ReweightingNotApplied,
    /// Wrongly left out of the APM participation list.
    ExcludedFromApmList,
    /// Errors in the quality of data; a good reason in PY2017 only (domain.md #5).
    DataQuality,
    /// Where is my score?
    WhereIsMyScore,
    /// The adjustment is too low.
    AdjustmentTooLow,
    /// A historical benchmark.
    HistoricalBenchmark,
    /// How scoring works.
    ScoringPolicy,
    /// The score changed since submission.
    ScoreChanged,
    /// The APM incentive payment.
    ApmIncentivePayment,
}

/// A reason with its words, and whether a review can help with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonChoice {
    /// The code.
    pub code: Reason,
    /// Its words, for people.
    pub label: String,
    /// Whether a targeted review can help.
    pub in_scope: bool,
}

/// Why nothing was granted; one list for all years, of which a year takes what it has (domain.md #9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DenialReason {
    /// The methodology that sets the factor's amount (domain.md #4 i).
    FactorMethodology,
    /// Performance standards and period (domain.md #4 ii).
    PerformanceStandards,
    /// Which measures exist and what is published (domain.md #4 iii).
    MeasuresAndPublication,
    /// The methodology and calculation of scores (domain.md #4 iv).
    ScoringMethodology,
    /// Inaccurate, unusable or compromised data (domain.md #5).
    CompromisedData,
    /// The same was asked before.
    Duplicative,
    /// Not of this performance period.
    OutOfPeriod,
    /// The evidence does not show it.
    NotShown,
    /// Documents that were asked for did not come.
    DocumentsNotProvided,
    /// Nobody can tell whom it is about.
    PartyNotIdentifiable,
}

/// A MIPS Value Pathway of the year (domain.md #13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mvp {
    /// Its title.
    pub title: String,
    /// Its identifier, if it is of the known shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<MvpId>,
}

/// A message of the program that the year's pages show (domain.md #15).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// The first civil day in New York on which it is shown.
    pub from: Date,
    /// The last one; `None` while nobody knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Date>,
    /// The words.
    pub text: String,
}

/// What becomes of a request for documents that nobody answered (domain.md #19).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilentCase {
    /// The review is denied.
    Deny,
    /// A person decides on what there is.
    DecideOnRecord,
}

/// Who files as an APM Entity (domain.md #14).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApmEntityTakes {
    /// Individuals and practices in an APM too.
    AnyParticipant,
    /// Participation of the entity as a whole.
    EntityOnly,
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
    /// When it is best called.
    pub best_called: String,
    /// Where Accountable Care Organizations get help.
    pub aco: AcoContacts,
}

/// Where an Accountable Care Organization gets help (domain.md #10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AcoContacts {
    /// The phone number, with the option to choose.
    pub phone: String,
    /// The address.
    pub email: String,
}
