//! Comments as filers read them: nobody of the review team is named (domain.md #50).

use domain::{Actor, Comment, Readers, Who};
use edge::wire::{FileInShortDocument, InstantDocument};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::CommentsPage;

use super::log::WhoDocument;

/// Comments of a review, the first one first.
#[derive(Serialize, ToSchema)]
#[schema(as = Comments)]
pub(crate) struct CommentsDocument {
    comments: Vec<CommentDocument>,
    /// The `cursor` of the next page; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A comment.
#[derive(Serialize, ToSchema)]
#[schema(as = Comment)]
struct CommentDocument {
    id: String,
    /// The place of its act in the history.
    seq: u64,
    at: InstantDocument,
    who: WhoDocument,
    /// `filers` if it was written on a draft and stays among them, `both_sides` otherwise.
    #[schema(value_type = String)]
    readers: Readers,
    /// A fragment of `p`, `h3`, `h4`, `ul`, `ol`, `li`, `br`, `strong`, `em` and `u`, without attributes.
    html: String,
    /// The same as plain text.
    text: String,
    /// The files that hang on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    files: Vec<FileInShortDocument>,
}

impl CommentsDocument {
    pub(crate) fn of(page: &CommentsPage, reader: &Actor) -> Self {
        let reader = reader.account.key();
        let document = |comment: &Comment| CommentDocument {
            id: comment.id.to_string(),
            seq: comment.seq,
            at: InstantDocument::of(comment.at),
            who: WhoDocument::of(&Who::of(&comment.by, &page.review, &reader)),
            readers: comment.readers,
            html: comment.text.html().to_owned(),
            text: comment.text.text(),
            files: page.files(comment).map(FileInShortDocument::of).collect(),
        };
        Self {
            comments: page.comments.iter().map(document).collect(),
            next: page.next.map(|next| next.to_string()),
        }
    }
}
