//! Comments and private notes: items of their own, so that words can be erased while the history, which
//! holds their hashes, still verifies.
//!
//! Two kinds of items and two prefixes: a query for comments cannot come upon a note.

use async_trait::async_trait;
use domain::{Comment, Note, ReviewId};
use serde::{Deserialize, Serialize};
use workflow::ports::{Comments, Notes, PortError, Words};

use super::Table;
use super::codec::{self, Item, SHAPE};
use super::keys;

#[derive(Serialize, Deserialize)]
struct CommentItem {
    v: u8,
    comment: Comment,
}

#[derive(Serialize, Deserialize)]
struct NoteItem {
    v: u8,
    note: Note,
}

/// The item that holds `words`.
pub(super) fn item(id: &ReviewId, words: &Words) -> Item {
    match words {
        Words::Comment(comment) => codec::item(
            keys::comment(id, comment.seq),
            &CommentItem {
                v: SHAPE,
                comment: comment.clone(),
            },
        ),
        Words::Note(note) => codec::item(
            keys::note(id, note.seq),
            &NoteItem {
                v: SHAPE,
                note: note.clone(),
            },
        ),
    }
}

#[async_trait]
impl Comments for Table {
    async fn comments(&self, id: &ReviewId) -> Result<Vec<Comment>, PortError> {
        let found = self.all(keys::partition(id), keys::COMMENT).await?;
        let read = |item| codec::read::<CommentItem>("comment", item).map(|found| found.comment);
        found.into_iter().map(read).collect()
    }
}

#[async_trait]
impl Notes for Table {
    async fn notes(&self, id: &ReviewId) -> Result<Vec<Note>, PortError> {
        let found = self.all(keys::partition(id), keys::NOTE).await?;
        let read = |item| codec::read::<NoteItem>("note", item).map(|found| found.note);
        found.into_iter().map(read).collect()
    }
}
