//! What became of a notice: its one outcome, and what the mail service reported afterwards.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::NoticeId;

/// What became of a notice; the first one stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Outcome {
    /// The mail service took the mail.
    Sent {
        /// When.
        at: Timestamp,
        /// The mail service's own id of it.
        message_id: String,
    },
    /// Nothing was sent, because mail to that address failed for good before.
    Suppressed {
        /// When.
        at: Timestamp,
    },
    /// The mail service will never take this mail.
    Failed {
        /// When.
        at: Timestamp,
        /// Its own word for why.
        code: String,
    },
}

/// A notice as it is on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRecord {
    /// The notice.
    pub notice: NoticeId,
    /// Its outcome; `None` while somebody is at it.
    pub outcome: Option<Outcome>,
    /// The end of the claim that somebody has on it, by the clock of leases; `None` without a claim. One that is over
    /// without an outcome is in doubt.
    pub held_until: Option<Timestamp>,
    /// When it reached the mailbox's server.
    pub delivered_at: Option<Timestamp>,
    /// When and how it came back.
    pub bounced: Option<Bounce>,
    /// When the reader called it unwanted.
    pub complained_at: Option<Timestamp>,
}

/// That a mail came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// When.
    pub at: Timestamp,
    /// Whether the address is of no use any more; else it may work another day.
    pub hard: bool,
}

/// What the mail service reports of a mail that it took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The notice, by the tag that its mail carries.
    pub notice: NoticeId,
    /// The mail service's own id of the mail.
    pub message_id: String,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub what: Reported,
}

/// What happened to a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// The mail service took it. It is the proof that settles a doubt (promise P2).
    Sent,
    /// It reached the mailbox's server.
    Delivered,
    /// It came back.
    Bounced {
        /// Whether the address is of no use any more.
        hard: bool,
    },
    /// The reader called it unwanted.
    Complained,
    /// The mail service took it, and then would not send it.
    Rejected,
}

/// That no mail goes to an address any more. It holds for that address: whoever changes theirs is another
/// person to the mail (domain.md #54).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// Since when.
    pub since: Timestamp,
    /// Why.
    pub cause: SuppressionCause,
}

/// Why no mail goes to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressionCause {
    /// A mail came back for good.
    Bounced,
    /// The reader called one unwanted.
    Complained,
}

impl Reported {
    /// Whether no further mail must go to that address, and why.
    #[must_use]
    pub fn suppresses(self) -> Option<SuppressionCause> {
        match self {
            Self::Bounced { hard: true } => Some(SuppressionCause::Bounced),
            Self::Complained => Some(SuppressionCause::Complained),
            Self::Sent | Self::Delivered | Self::Bounced { hard: false } | Self::Rejected => None,
        }
    }
}
