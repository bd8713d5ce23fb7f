//! A ruling as both sides read it: what was found of each issue, why, and what becomes of the scores.
//! Who decided is not part of it: filers are told "the review team" (domain.md #50).

use domain::{DenialReason, Finding, Issue, RevisedScores, RuleSet, Ruling, Verdict};
use serde::Serialize;
use utoipa::ToSchema;

/// What was decided.
#[derive(Serialize, ToSchema)]
#[schema(as = Ruling)]
pub struct RulingDocument {
    /// Whether anything was granted.
    approved: bool,
    /// One finding for each issue that was claimed.
    findings: Vec<FindingDocument>,
    /// The words about the whole.
    explanation: String,
    /// `{"state": "none"}`, `{"state": "pending"}`, or `{"state": "given"}` with the old scores as `was` and the
    /// new ones as `now`.
    #[schema(value_type = Object)]
    scores: RevisedScores,
}

/// What was found about one issue.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub struct FindingDocument {
    #[schema(value_type = String, example = "eligibility_special_status")]
    issue: Issue,
    /// The issue in the year's words.
    issue_label: String,
    granted: bool,
    /// Why not, as a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "not_shown")]
    reason: Option<DenialReason>,
    /// Why not, in the year's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason_label: Option<String>,
    /// The sentence about this issue, if it has one of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    sentence: Option<String>,
}

impl RulingDocument {
    /// The ruling in the words of its year.
    #[must_use]
    pub fn of(ruling: &Ruling, rules: &RuleSet) -> Self {
        let findings = ruling.findings.iter();
        Self {
            approved: ruling.grants(),
            findings: findings
                .map(|finding| FindingDocument::of(finding, rules))
                .collect(),
            explanation: ruling.explanation.reveal().to_owned(),
            scores: ruling.scores.clone(),
        }
    }
}

impl FindingDocument {
    fn of(finding: &Finding, rules: &RuleSet) -> Self {
        let issue = rules.issues.iter().find(|one| one.code == finding.issue);
        let reason = match finding.verdict {
            Verdict::Granted => None,
            Verdict::NotGranted { reason } => Some(reason),
        };
        let reasons = rules.denial_reasons.iter();
        let words = |code| reasons.clone().find(|one| one.code == code);
        Self {
            issue: finding.issue,
            issue_label: issue.map_or_else(String::new, |issue| issue.label.clone()),
            granted: finding.verdict == Verdict::Granted,
            reason,
            reason_label: reason.and_then(words).map(|words| words.label.clone()),
            sentence: finding.sentence.as_ref().map(|own| own.reveal().to_owned()),
        }
    }
}
