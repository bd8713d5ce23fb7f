//! Letters about drafts, submissions and the people of a review.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{CopyUntil, Party};
use crate::{CommentId, Digest, Email, Event, FileRef, Line, Pointer, Side, StatusName};

/// The facts of a receipt. The facts for search (identifier, TIN, tickets) lie in the form of that revision,
/// which is frozen: [`search_keys`](crate::search_keys) finds them there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewSubmittedV1 {
    /// When the submission arrived at the API.
    pub received_at: Timestamp,
    /// Whom it is about.
    pub party: Party,
    /// The form's revision that was certified.
    pub form_revision: u64,
    /// The hash of the form as it was certified.
    pub form_sha256: Digest,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileRef>,
    /// It arrived in time, but its people had been told that nothing was submitted (domain.md #17).
    #[serde(default)]
    pub corrects_closing: bool,
}

/// The facts of a withdrawal's letter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReviewWithdrawnV1 {
    /// When the withdrawal arrived at the API.
    pub at: Timestamp,
    /// Whom it was about.
    pub party: Party,
    /// When it had been submitted; `None` if it was a draft.
    pub submitted_at: Option<Timestamp>,
    /// Until when it can be copied as a new request; `None` if the window is not open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_until: Option<CopyUntil>,
}

/// A correction was filed: which field, not what it says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CorrectionFiledV1 {
    /// Whom it is about.
    pub party: Party,
    /// The field, by pointer.
    pub field: Pointer,
}

/// A comment was written. Its words are read after signing in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CommentedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The comment.
    pub comment: CommentId,
    /// Who wrote it.
    pub by: Side,
}

/// A draft is still not submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DraftReminderV1 {
    /// Whom it is about.
    pub party: Party,
    /// The close.
    pub closes: Timestamp,
    /// So many days before it, as the reminder counts.
    pub days: u16,
}

/// The window of a draft changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WindowChangedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The close as it is known now; `None` if it is to be announced.
    pub closes: Option<Timestamp>,
    /// Why, as it was announced.
    pub reason: String,
    /// Whether the review was closed as not submitted and is a draft again.
    pub reopened: bool,
}

/// The window closed over a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NotSubmittedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The close.
    pub closed: Timestamp,
}

/// One late submission is let in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LateAllowedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The id of the request that failed.
    pub failed_request: Line<64>,
    /// Until when.
    pub until: Timestamp,
}

/// Staff were added or removed. Each of them learns about their own access only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AccessChangedV1 {
    /// Whom it is about.
    pub party: Party,
    /// Added.
    pub granted: Vec<Email>,
    /// Removed.
    pub removed: Vec<Email>,
}

/// The owner offers the review.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandOverOfferedV1 {
    /// Whom it is about.
    pub party: Party,
    /// To whom.
    pub to: Email,
}

/// The review has another owner.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HandedOverV1 {
    /// Whom it is about.
    pub party: Party,
}

/// Its owner has left, and an administrator gave the review to somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntrustedV1 {
    /// Whom it is about.
    pub party: Party,
    /// To whom.
    pub to: Email,
    /// Whether that person had opened the review before, and so owns it at once.
    pub opened: bool,
}

/// The contact has another address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactReplacedV1 {
    /// Whom it is about.
    pub party: Party,
    /// So many letters did not reach the address before.
    pub missed: u16,
    /// So many of them follow.
    pub sent_anew: u16,
}

/// A letter that did not reach the contact, sent to the address that the contact has now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SentAnewV1 {
    /// When it happened.
    pub at: Timestamp,
    /// Where the review stood after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusName>,
    /// What happened.
    pub event: Box<Event>,
}
