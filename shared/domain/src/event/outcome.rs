//! Letters about decisions and scores.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Party;
use crate::{DocumentItem, RevisedScores, Ruling, Window, WindowState};

/// The review was decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutcomeV1 {
    /// Whom it is about.
    pub party: Party,
    /// Whether anything was granted.
    pub approved: bool,
    /// Who decided, and what.
    pub by: OutcomeBy,
    /// Keep the documentation until this day (domain.md #8).
    pub keep_until: Date,
    /// Until when it can be copied as a new request; `None` if the window is not open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_until: Option<CopyUntil>,
}

/// Until when a request that ended without success can be copied as a new one (domain.md #45).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyUntil {
    /// The close; `None` while it is to be announced.
    pub closes: Option<Timestamp>,
}

impl CopyUntil {
    /// As `window` stands at the instant that it was asked for; `None` unless it is open then.
    #[must_use]
    pub fn within(window: &Window) -> Option<Self> {
        match window.state() {
            WindowState::Open(closes) => Some(Self { closes }),
            WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Closed(_) => None,
        }
    }
}

/// Who decided, and what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum OutcomeBy {
    /// The review team.
    Team {
        /// Findings, explanation and scores.
        ruling: Ruling,
    },
    /// Nobody answered a request for documents in time (domain.md #19).
    Clock {
        /// The items that were asked for.
        items: Vec<DocumentItem>,
        /// The end of the last day.
        due: Timestamp,
    },
}

/// The scores of an approval are known, or known better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoresRevisedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The scores.
    pub scores: RevisedScores,
}

/// A clerical error in the decision was corrected.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DecisionCorrectedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The ruling as it reads now.
    pub ruling: Ruling,
}

/// A denial by the clock was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReinstatedV1 {
    /// Whom it is about.
    pub party: Party,
    /// Whether a document in time was found.
    pub in_time_document: bool,
}
