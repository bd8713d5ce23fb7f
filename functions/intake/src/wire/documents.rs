//! A request for documents as those see it who have to answer.

use domain::{Attachment, Denial, DocumentRequest, Place, Review, Status, last_minute};
use edge::wire::{FileInShortDocument, RequestDocument};
use serde::Serialize;
use utoipa::ToSchema;

/// The documents that are asked for, or were last asked for.
#[derive(Serialize, ToSchema)]
#[schema(as = Documents)]
pub(crate) struct DocumentsDocument {
    /// Whether you can still answer.
    open: bool,
    /// What is owed and until when, in a sentence.
    #[schema(
        example = "2 of 3 documents are still owed, by Wednesday, December 3, 2025, 11:59 pm ET."
    )]
    sentence: String,
    /// The numbers of the items that are still owed: neither marked as received nor answered by a file that passed its check.
    owed: Vec<u16>,
    /// What you sent, with the item that each answers.
    files: Vec<SentDocument>,
    /// What was asked for; missing if nothing ever was.
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<RequestDocument>,
}

/// A file that was sent as an answer.
#[derive(Serialize, ToSchema)]
#[schema(as = SentFile)]
struct SentDocument {
    /// The item that it answers, if it answers one.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<u16>,
    #[serde(flatten)]
    file: FileInShortDocument,
}

impl DocumentsDocument {
    pub(crate) fn of(review: &Review) -> Self {
        let files = &review.dossier.files;
        let past = |request: &DocumentRequest, shown| Self {
            open: false,
            sentence: "Nothing is owed: the request for documents has ended.".to_owned(),
            owed: Vec::new(),
            files: sent(request, files),
            request: Some(shown),
        };
        match &review.outline.status {
            Status::AwaitingDocuments(now) => Self::open(&now.request, files),
            Status::InReview(now) => now.returned.as_ref().map_or_else(Self::none, |returned| {
                past(&returned.request, RequestDocument::past(returned))
            }),
            Status::Denied(now) => match &now.denial {
                Denial::Clock { request, .. } => past(request, RequestDocument::open(request)),
                Denial::Person { .. } => Self::none(),
            },
            Status::Draft(_)
            | Status::Approved(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_) => Self::none(),
        }
    }

    fn open(request: &DocumentRequest, files: &[Attachment]) -> Self {
        let owed: Vec<_> = request.owed(files).map(|item| item.number).collect();
        let (due, all) = (last_minute(request.due), request.items.len());
        let sentence = match owed.len() {
            0 => format!(
                "Everything that was asked for has come. Say that is all, or add to it by {due}."
            ),
            one if one == all && one == 1 => format!("1 document is owed, by {due}."),
            every if every == all => format!("{all} documents are owed, by {due}."),
            1 => format!("1 of {all} documents is still owed, by {due}."),
            some => format!("{some} of {all} documents are still owed, by {due}."),
        };
        Self {
            open: true,
            sentence,
            owed,
            files: sent(request, files),
            request: Some(RequestDocument::open(request)),
        }
    }

    fn none() -> Self {
        Self {
            open: false,
            sentence: "No documents are asked for.".to_owned(),
            owed: Vec::new(),
            files: Vec::new(),
            request: None,
        }
    }
}

/// What was sent for the request, in that order.
fn sent(request: &DocumentRequest, files: &[Attachment]) -> Vec<SentDocument> {
    let of_request = files
        .iter()
        .filter(|file| file.request == Some(request.seq));
    let document = |file: &Attachment| match file.file.place {
        Place::Request { item } => Some(SentDocument {
            item,
            file: FileInShortDocument::of(file),
        }),
        Place::Form | Place::Comment { .. } => None,
    };
    of_request.filter_map(document).collect()
}
