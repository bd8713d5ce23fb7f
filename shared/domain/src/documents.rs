//! A request for documents: what is asked for, until when, and what has come (domain.md #18, #19, #24).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::deadline::SETTLE_AFTER;
use crate::{AccountKey, Attachment, AttachmentKind, Explanation, FileState, Line, Place, Toll};

/// The most items of a request.
pub const MAX_ITEMS: usize = 20;

/// What a reviewer asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentAsk {
    /// The document, in the reviewer's words.
    pub what: Line<300>,
    /// Its kind, if it is of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AttachmentKind>,
}

/// One item of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentItem {
    /// Its number within the request; never given again.
    pub number: u16,
    /// What is asked for.
    #[serde(flatten)]
    pub ask: DocumentAsk,
    /// When a reviewer marked it as received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
}

/// How an open request is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amendment {
    /// Items to ask for as well.
    #[serde(default)]
    pub add: Vec<DocumentAsk>,
    /// Numbers of items that are no longer asked for.
    #[serde(default)]
    pub drop: Vec<u16>,
    /// The new last day, never earlier than the present one.
    #[serde(default)]
    pub last_day: Option<Date>,
}

/// Where a wish for more time stands; by default there is one (domain.md #24).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum MoreTime {
    /// Nobody asked.
    #[default]
    NotAsked,
    /// Asked, and not yet answered.
    Asked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: Explanation,
    },
    /// Granted.
    Granted {
        /// When.
        at: Timestamp,
    },
    /// Refused.
    Refused {
        /// When.
        at: Timestamp,
    },
}

/// What has come from the filer's side since the request (domain.md #19).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// Files that arrived in the store, whatever their check found.
    pub files: u16,
    /// Comments.
    pub comments: u16,
    /// Items that a reviewer marked as received, by whatever way they came; one that is no longer asked for still counts.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub marked: u16,
}

fn is_zero(number: &u16) -> bool {
    *number == 0
}

/// A request for documents, open or past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRequest {
    /// When it was received from the reviewer.
    pub asked_at: Timestamp,
    /// The reviewer.
    pub asked_by: AccountKey,
    /// Its place in the history, by which its notices are found.
    pub seq: u64,
    /// What is asked for.
    pub items: Vec<DocumentItem>,
    /// The end of the last day, half-open.
    pub due: Timestamp,
    /// Whether there is more time.
    pub more_time: MoreTime,
    /// What has come.
    pub answers: Answers,
    /// Ranges of days on which its clock stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tolls: Vec<Toll>,
    /// The last reminder that was sent, in days before the last day; 0 once their time is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<u16>,
    /// Settling waits until then, for a grant or a check to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
}

impl DocumentRequest {
    /// When it is next to be settled.
    #[must_use]
    pub fn settle_from(&self) -> Timestamp {
        let ripe = self.due + SETTLE_AFTER;
        self.held_until.map_or(ripe, |held| held.max(ripe))
    }

    /// Whether nothing at all came from the filer's side (domain.md #19).
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let asked = matches!(self.more_time, MoreTime::Asked { .. });
        self.answers == Answers::default() && !asked
    }

    /// Items that no reviewer has marked as received.
    pub fn open_items(&self) -> impl Iterator<Item = &DocumentItem> {
        self.items.iter().filter(|item| item.received_at.is_none())
    }

    /// Items that the filers still owe: neither marked as received nor answered by one of `files`.
    pub fn owed<'a>(&'a self, files: &'a [Attachment]) -> impl Iterator<Item = &'a DocumentItem> {
        self.open_items()
            .filter(|item| !self.is_answered_by(files, Some(item.number)))
    }

    /// Whether everything that was asked for is there. A file that was refused and not replaced leaves the answer
    /// open, though another may have come for the same item: its sender has time to replace it (domain.md #18).
    pub(crate) fn is_answered(&self, files: &[Attachment]) -> bool {
        let whole = self.sent_for(files, None).next_back();
        self.owed(files).next().is_none() && whole.is_none_or(|last| !last.is_refused())
    }

    /// Whether a file for the item has passed its check, and the last one sent for it was not refused.
    fn is_answered_by(&self, files: &[Attachment], item: Option<u16>) -> bool {
        let clean = |file: &Attachment| {
            matches!(file.state, FileState::Clean { .. }) && file.not_relevant_at.is_none()
        };
        let last = self.sent_for(files, item).next_back();
        last.is_some_and(|last| !last.is_refused()) && self.sent_for(files, item).any(clean)
    }

    /// What the filers sent for an item of this request, or for the whole of it, in that order.
    fn sent_for<'a>(
        &self,
        files: &'a [Attachment],
        item: Option<u16>,
    ) -> impl DoubleEndedIterator<Item = &'a Attachment> {
        let (seq, place) = (self.seq, Place::Request { item });
        files.iter().filter(move |file| {
            let sent = !matches!(file.state, FileState::Expired | FileState::Removed { .. });
            sent && file.request == Some(seq) && file.file.place == place
        })
    }

    /// The number of the next item.
    pub(crate) fn next_number(&self) -> u16 {
        self.items.iter().map(|item| item.number).max().unwrap_or(0) + 1
    }
}
