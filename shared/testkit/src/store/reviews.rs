//! What is read of reviews, and what decisions look at.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{ListKey, Outline, PerformanceYear, Review, ReviewId, SealedEntry, WindowChange};
use workflow::ports::{Histories, PortError, Programs, Reviews, ReviewsOfPerson};

use super::MemoryStore;
use crate::mishap::Op;

#[async_trait]
impl Reviews for MemoryStore {
    async fn load(&self, id: &ReviewId) -> Result<Option<Review>, PortError> {
        self.call(Op::Load, |state| state.reviews.get(id).cloned())
            .await
    }
}

#[async_trait]
impl ReviewsOfPerson for MemoryStore {
    async fn listed(&self, lists: &[ListKey]) -> Result<Vec<Outline>, PortError> {
        self.call(Op::Listed, |state| {
            let ids = lists.iter().filter_map(|list| state.lists.get(list));
            let ids: BTreeSet<_> = ids.flatten().collect();
            let found = ids.into_iter().filter_map(|id| state.reviews.get(id));
            found.map(|review| review.outline.clone()).collect()
        })
        .await
    }
}

#[async_trait]
impl Histories for MemoryStore {
    async fn entries(&self, id: &ReviewId) -> Result<Vec<SealedEntry>, PortError> {
        self.call(Op::Entries, |state| {
            let all = (id.clone(), 0)..=(id.clone(), u64::MAX);
            state
                .history
                .range(all)
                .map(|(_, entry)| entry.clone())
                .collect()
        })
        .await
    }
}

#[async_trait]
impl Programs for MemoryStore {
    async fn window_changes(&self, year: PerformanceYear) -> Result<Vec<WindowChange>, PortError> {
        self.call(Op::WindowChanges, |state| {
            state.programs.get(&year).cloned().unwrap_or_default()
        })
        .await
    }
}
