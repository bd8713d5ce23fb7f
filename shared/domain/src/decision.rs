//! Decisions: a finding for each issue, and what a clerical correction may change (domain.md #6, #7, #51).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountKey, DenialReason, DocumentRequest, Explanation, Fault, Issue, Prose, RevisedScores,
    RuleSet,
};

/// What was found about one issue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// The issue, as it was claimed.
    pub issue: Issue,
    /// Granted, or why not.
    pub verdict: Verdict,
    /// The sentence for the filer about this issue, if it needs one of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sentence: Option<Prose<500>>,
}

/// Granted, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// The filer is right.
    Granted,
    /// Nothing changes, for this reason.
    NotGranted {
        /// The coded reason.
        reason: DenialReason,
    },
}

/// What a reviewer decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// A finding for every issue that is claimed.
    pub findings: Vec<Finding>,
    /// The words for the filer about the whole.
    pub explanation: Explanation,
    /// What becomes of the scores; `none` unless something is granted.
    pub scores: RevisedScores,
}

impl Ruling {
    /// Approved if anything is granted (domain.md #51).
    #[must_use]
    pub fn grants(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.verdict == Verdict::Granted)
    }

    /// What does not fit the claimed issues and the year, by pointer.
    #[must_use]
    pub fn faults(&self, claimed: &[Issue], rules: &RuleSet) -> Vec<Fault> {
        let mut faults = self.scores.faults(rules);
        for (place, finding) in self.findings.iter().enumerate() {
            let pointer = format!("/findings/{place}");
            let again = self.findings[..place]
                .iter()
                .any(|other| other.issue == finding.issue);
            if again || !claimed.contains(&finding.issue) {
                let message = "decide each issue that was claimed once, and no other";
                faults.push(Fault::new(
                    format!("{pointer}/issue"),
                    "not_allowed",
                    message,
                ));
            }
            if let Verdict::NotGranted { reason } = finding.verdict
                && !rules
                    .denial_reasons
                    .iter()
                    .any(|choice| choice.code == reason)
            {
                let message = "this year's rules have no such reason";
                faults.push(Fault::new(
                    format!("{pointer}/reason"),
                    "not_allowed",
                    message,
                ));
            }
        }
        let decided =
            |issue: &&Issue| !self.findings.iter().any(|finding| finding.issue == **issue);
        if claimed.iter().any(|issue| decided(&issue)) {
            let message = "an issue that was claimed is not decided yet";
            faults.push(Fault::new("/findings", "missing", message));
        }
        if !self.grants() && self.scores != RevisedScores::None {
            let message = "a denial changes no score; set the state of the scores to none";
            faults.push(Fault::new("/scores", "not_allowed", message));
        }
        faults
    }
}

/// A ruling with who gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// When it was given, or confirmed by the second person.
    pub at: Timestamp,
    /// Who gave it.
    pub first: AccountKey,
    /// Who confirmed it, never the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub second: Option<AccountKey>,
    /// What was decided.
    pub ruling: Ruling,
    /// How it read before clerical corrections, oldest first (domain.md #6).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<Superseded>,
}

/// The most clerical corrections of one decision.
pub const MAX_CLERICAL: usize = 10;

/// A ruling in whose place another stands, by a clerical correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseded {
    /// When the other took its place.
    pub at: Timestamp,
    /// Who proposed that.
    pub first: AccountKey,
    /// Who confirmed it.
    pub second: AccountKey,
    /// What was wrong.
    pub why: Explanation,
    /// How it read.
    pub ruling: Ruling,
}

/// A clerical correction that waits for its second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClericalProposal {
    /// What was wrong, for the second person to judge.
    pub why: Explanation,
    /// How the decision should have read.
    #[serde(flatten)]
    pub proposal: Proposal,
}

/// A ruling that waits for its second person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// When it was given.
    pub at: Timestamp,
    /// Who gave it.
    pub first: AccountKey,
    /// What is to be decided, or how the decision should have read.
    pub ruling: Ruling,
}

/// How a review was denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Denial {
    /// A person decided.
    Person {
        /// The decision.
        decision: Decision,
    },
    /// Nobody answered a request for documents in time (domain.md #19).
    Clock {
        /// When it was settled.
        at: Timestamp,
        /// The request.
        request: DocumentRequest,
    },
}
