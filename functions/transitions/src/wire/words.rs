//! Comments and private notes: two documents, as they are two types.

use domain::{Actor, ActorRef, Comment, Note};
use edge::wire::{FileInShortDocument, InstantDocument};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::CommentsPage;

/// What both sides wrote to each other.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamComments)]
pub(crate) struct CommentsDocument {
    comments: Vec<CommentDocument>,
    /// The `cursor` of the next page; missing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A comment.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamComment)]
struct CommentDocument {
    id: String,
    /// The place of its act in the history.
    seq: u64,
    at: InstantDocument,
    by: AuthorDocument,
    /// A fragment of `p`, `h3`, `h4`, `ul`, `ol`, `li`, `br`, `strong`, `em` and `u`, without attributes.
    html: String,
    /// The same as plain text.
    text: String,
    /// The files that hang on it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    files: Vec<FileInShortDocument>,
}

/// The private notes about a review.
#[derive(Serialize, ToSchema)]
#[schema(as = Notes)]
pub(crate) struct NotesDocument {
    notes: Vec<NoteDocument>,
}

/// A private note.
#[derive(Serialize, ToSchema)]
#[schema(as = Note)]
struct NoteDocument {
    id: String,
    /// The place of its act in the history.
    seq: u64,
    at: InstantDocument,
    by: AuthorDocument,
    text: String,
}

/// Who wrote it.
#[derive(Serialize, ToSchema)]
#[schema(as = Author)]
struct AuthorDocument {
    /// `owner`, `staff`, `reviewer`, `administrator` or `service`.
    r#as: &'static str,
    /// The account, by the key that stands for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    you: bool,
}

impl CommentsDocument {
    pub(crate) fn of(page: &CommentsPage, reader: &Actor) -> Self {
        let document = |comment: &Comment| CommentDocument {
            id: comment.id.to_string(),
            seq: comment.seq,
            at: InstantDocument::of(comment.at),
            by: AuthorDocument::of(&comment.by, reader),
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

impl NotesDocument {
    pub(crate) fn of(notes: Vec<Note>, reader: &Actor) -> Self {
        let document = |note: Note| NoteDocument {
            id: note.id.to_string(),
            seq: note.seq,
            at: InstantDocument::of(note.at),
            by: AuthorDocument::of(&note.by, reader),
            text: note.text.reveal().to_owned(),
        };
        Self {
            notes: notes.into_iter().map(document).collect(),
        }
    }
}

impl AuthorDocument {
    fn of(by: &ActorRef, reader: &Actor) -> Self {
        let (r#as, account) = match by {
            ActorRef::Owner { account } => ("owner", Some(account)),
            ActorRef::Staff { account } => ("staff", Some(account)),
            ActorRef::Reviewer { account } => ("reviewer", Some(account)),
            ActorRef::Administrator { account } => ("administrator", Some(account)),
            ActorRef::System { .. } => ("service", None),
        };
        Self {
            r#as,
            account: account.map(ToString::to_string),
            you: account == Some(&reader.account.key()),
        }
    }
}
