//! Comments and private notes: two documents, as they are two types.

use domain::{Actor, ActorRef, Comment, Note};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;

/// What both sides wrote to each other.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamComments)]
pub(crate) struct CommentsDocument {
    comments: Vec<CommentDocument>,
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
    text: String,
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
    pub(crate) fn of(comments: Vec<Comment>, reader: &Actor) -> Self {
        let document = |comment: Comment| CommentDocument {
            id: comment.id.to_string(),
            seq: comment.seq,
            at: InstantDocument::of(comment.at),
            by: AuthorDocument::of(&comment.by, reader),
            text: comment.text.reveal().to_owned(),
        };
        Self {
            comments: comments.into_iter().map(document).collect(),
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
