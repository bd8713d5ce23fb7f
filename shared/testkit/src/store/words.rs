//! Comments and private notes, apart from each other.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::{Comment, Note, ReviewId};
use workflow::ports::{Comments, Notes, PortError, Words};

use super::{MemoryStore, Place, State};
use crate::mishap::Op;

#[async_trait]
impl Comments for MemoryStore {
    async fn comments(&self, id: &ReviewId) -> Result<Vec<Comment>, PortError> {
        self.call(Op::Comments, |state| of(&state.comments, id))
            .await
    }
}

#[async_trait]
impl Notes for MemoryStore {
    async fn notes(&self, id: &ReviewId) -> Result<Vec<Note>, PortError> {
        self.call(Op::Notes, |state| of(&state.notes, id)).await
    }
}

/// What stands in `all` for one review, in order.
fn of<T: Clone>(all: &BTreeMap<Place, T>, id: &ReviewId) -> Vec<T> {
    let places = (id.clone(), 0)..=(id.clone(), u64::MAX);
    all.range(places).map(|(_, found)| found.clone()).collect()
}

impl State {
    pub(super) fn has_room_for_words(&self, review: &ReviewId, words: &Words) -> bool {
        let at = |seq| (review.clone(), seq);
        match words {
            Words::Comment(comment) => !self.comments.contains_key(&at(comment.seq)),
            Words::Note(note) => !self.notes.contains_key(&at(note.seq)),
        }
    }

    pub(super) fn keep_words(&mut self, review: &ReviewId, words: &Words) {
        let at = |seq| (review.clone(), seq);
        match words {
            Words::Comment(comment) => {
                self.comments.insert(at(comment.seq), comment.clone());
            }
            Words::Note(note) => {
                self.notes.insert(at(note.seq), note.clone());
            }
        }
    }
}
