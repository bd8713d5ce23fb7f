//! What is left of reviews, and what takes the rest away.

use async_trait::async_trait;
use domain::{Remains, ReviewId, Tombstone, Version};
use workflow::ports::{PortError, Purges, Tombstones};

use super::MemoryStore;
use crate::mishap::Op;

#[async_trait]
impl Tombstones for MemoryStore {
    async fn tombstone(&self, id: &ReviewId) -> Result<Option<Tombstone>, PortError> {
        self.call(Op::Tombstone, |state| state.tombstones.get(id).cloned())
            .await
    }
}

#[async_trait]
impl Purges for MemoryStore {
    async fn bury(&self, tombstone: &Tombstone, seen: Version) -> Result<bool, PortError> {
        self.call(Op::Bury, |state| {
            let id = &tombstone.review;
            let version = state.reviews.get(id).map(|review| review.outline.version);
            if version != Some(seen) {
                return state.tombstones.get(id) == Some(tombstone);
            }
            state.reviews.remove(id);
            state.tombstones.insert(id.clone(), tombstone.clone());
            true
        })
        .await
    }

    async fn unlist(&self, id: &ReviewId, remains: &Remains) -> Result<(), PortError> {
        self.call(Op::Unlist, |state| {
            for list in &remains.lists {
                state.lists.entry(list.clone()).or_default().remove(id);
            }
            for key in &remains.found_by {
                state.found.entry(key.clone()).or_default().remove(id);
            }
        })
        .await
    }

    async fn clear(&self, id: &ReviewId) -> Result<(), PortError> {
        self.call(Op::Clear, |state| {
            state.history.retain(|(review, _), _| review != id);
            state.comments.retain(|(review, _), _| review != id);
            state.notes.retain(|(review, _), _| review != id);
            state.outbox.retain(|(review, _), _| review != id);
            state.due.retain(|(review, _), _| review != id);
            state.notices.retain(|notice, _| notice.review != *id);
            state.index.forget(id);
        })
        .await
    }

    async fn seal_tombstone(&self, id: &ReviewId) -> Result<(), PortError> {
        self.call(Op::SealTombstone, |state| {
            if let Some(tombstone) = state.tombstones.get_mut(id) {
                tombstone.remains = None;
            }
        })
        .await
    }
}
