//! What verifying needs, and a hand that changes what is written behind everybody's back.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{Head, ReviewId, SealedEntry};
use workflow::ports::{EveryReview, Heads, Ids, PortError};

use super::MemoryStore;
use crate::mishap::Op;

#[async_trait]
impl Heads for MemoryStore {
    async fn head(&self, id: &ReviewId) -> Result<Option<Head>, PortError> {
        self.call(Op::Head, |state| {
            state.reviews.get(id).map(|review| review.outline.head)
        })
        .await
    }
}

#[async_trait]
impl EveryReview for MemoryStore {
    async fn ids(&self, cursor: Option<&ReviewId>, limit: u32) -> Result<Ids, PortError> {
        self.call(Op::Ids, |state| {
            let with_history = state.history.keys().map(|(review, _)| review);
            let purged = state.tombstones.keys();
            let all: BTreeSet<_> = state
                .reviews
                .keys()
                .chain(with_history)
                .chain(purged)
                .collect();
            let mut after = all
                .into_iter()
                .filter(|id| cursor.is_none_or(|cursor| *id > cursor));
            let ids: Vec<_> = after.by_ref().take(limit as usize).cloned().collect();
            let more = after.next().is_some();
            Ids {
                next: ids.last().filter(|_| more).cloned(),
                ids,
            }
        })
        .await
    }
}

impl MemoryStore {
    /// Puts `forgery` in the place of an entry, or takes the entry away.
    pub fn forge(&self, id: &ReviewId, seq: u64, forgery: Option<SealedEntry>) {
        let place = (id.clone(), seq);
        let mut state = self.lock();
        match forgery {
            Some(forgery) => state.history.insert(place, forgery),
            None => state.history.remove(&place),
        };
    }

    /// Takes the review away, and leaves its history.
    pub fn behead(&self, id: &ReviewId) {
        self.lock().reviews.remove(id);
    }
}
