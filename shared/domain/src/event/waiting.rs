//! Letters about requests for documents and about files.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Party;
use crate::{AttachmentId, DocumentItem, FileFault, FileName, ReturnCause};

/// Documents are asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentsRequestedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The items.
    pub items: Vec<DocumentItem>,
    /// The end of the last day.
    pub due: Timestamp,
    /// Whether an open request was changed.
    pub amended: bool,
}

/// Documents are due soon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentsReminderV1 {
    /// Whom it is about.
    pub party: Party,
    /// The items that are still open.
    pub items: Vec<DocumentItem>,
    /// The end of the last day.
    pub due: Timestamp,
    /// So many days before it, as the reminder counts.
    pub days: u16,
}

/// There is more time for documents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentsDueMovedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The end of the last day, as it is now.
    pub due: Timestamp,
    /// Why.
    pub cause: DueCause,
}

/// Why there is more time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueCause {
    /// An administrator moved the last day.
    Extended,
    /// The clock stood still for some days.
    Paused,
}

/// The filer asks for more time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoreTimeAskedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The end of the last day, as it is now.
    pub due: Timestamp,
}

/// More time was granted or refused.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MoreTimeAnsweredV1 {
    /// Whom it is about.
    pub party: Party,
    /// Whether it was granted.
    pub granted: bool,
    /// The end of the last day, as it is now.
    pub due: Timestamp,
}

/// The request for documents has ended, and a person goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentsReceivedV1 {
    /// Whom it is about.
    pub party: Party,
    /// Why it ended.
    pub cause: ReturnCause,
    /// Items that nobody has marked as received.
    pub open: Vec<DocumentItem>,
    /// Files that came since the request.
    pub files: u16,
}

/// A file could not be taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FileRefusedV1 {
    /// Whom it is about.
    pub party: Party,
    /// The file.
    pub file: AttachmentId,
    /// Its name, for its sender.
    pub name: FileName,
    /// Why.
    pub why: FileFault,
    /// Until when it can be replaced, if it answers a request for documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replace_by: Option<Timestamp>,
}

/// A file that was reported to tell of somebody else was looked at. Its name is not told: it may do so, too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WrongPatientDecidedV1 {
    /// Whom it is about.
    pub party: Party,
    /// When its upload was granted.
    pub granted_at: Timestamp,
    /// Whether it was erased; else it can be opened again.
    pub erased: bool,
}
