//! A request for documents, open or past, as both sides see it: who asked is not part of it (domain.md #50).

use domain::{AttachmentKind, DocumentItem, DocumentRequest, MoreTime, ReturnCause, Returned};
use serde::Serialize;
use utoipa::ToSchema;

use super::InstantDocument;

/// A request for documents.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentRequest)]
pub struct RequestDocument {
    asked_at: InstantDocument,
    /// Its place in the history.
    seq: u64,
    items: Vec<ItemDocument>,
    /// The end of the last day.
    due: InstantDocument,
    /// `not_asked`, `asked`, `granted` or `refused`.
    more_time: &'static str,
    /// Why more time was asked for, while nobody has answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    more_time_reason: Option<String>,
    /// Files that came since.
    files: u16,
    /// Comments of the filers since.
    comments: u16,
    /// When and why it ended, if it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<EndDocument>,
}

/// One document that is asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = DocumentItem)]
struct ItemDocument {
    number: u16,
    what: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    kind: Option<AttachmentKind>,
    /// When it was marked as received.
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<InstantDocument>,
}

/// The end of a request.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestEnd)]
struct EndDocument {
    at: InstantDocument,
    /// `that_is_all`, `by_reviewer`, `incomplete_answer`, `unreachable`, `silent`, `check_unfinished` or `reinstated`.
    #[schema(value_type = String)]
    cause: ReturnCause,
}

impl RequestDocument {
    /// An open request.
    #[must_use]
    pub fn open(request: &DocumentRequest) -> Self {
        let (more_time, reason) = match &request.more_time {
            MoreTime::NotAsked => ("not_asked", None),
            MoreTime::Asked { reason, .. } => ("asked", Some(reason.reveal().to_owned())),
            MoreTime::Granted { .. } => ("granted", None),
            MoreTime::Refused { .. } => ("refused", None),
        };
        Self {
            asked_at: InstantDocument::of(request.asked_at),
            seq: request.seq,
            items: request.items.iter().map(ItemDocument::of).collect(),
            due: InstantDocument::of(request.due),
            more_time,
            more_time_reason: reason,
            files: request.answers.files,
            comments: request.answers.comments,
            ended: None,
        }
    }

    /// One that has ended.
    #[must_use]
    pub fn past(returned: &Returned) -> Self {
        Self {
            ended: Some(EndDocument {
                at: InstantDocument::of(returned.at),
                cause: returned.cause,
            }),
            ..Self::open(&returned.request)
        }
    }
}

impl ItemDocument {
    fn of(item: &DocumentItem) -> Self {
        Self {
            number: item.number,
            what: item.ask.what.to_string(),
            kind: item.ask.kind,
            received: item.received_at.map(InstantDocument::of),
        }
    }
}
