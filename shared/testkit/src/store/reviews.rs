//! What is read of reviews, and what decisions look at.

use async_trait::async_trait;
use domain::{AccountKey, PerformanceYear, Review, ReviewId, SealedEntry, WindowChange};
use workflow::ports::{Histories, Page, PortError, Programs, Reviews, ReviewsOfAccount};

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
impl ReviewsOfAccount for MemoryStore {
    async fn owned_by(
        &self,
        account: &AccountKey,
        cursor: Option<&ReviewId>,
        limit: u32,
    ) -> Result<Page, PortError> {
        self.call(Op::OwnedBy, |state| {
            let mut own = state
                .reviews
                .values()
                .map(|review| &review.outline)
                .filter(|outline| outline.owner.account == *account)
                .filter(|outline| cursor.is_none_or(|cursor| outline.id > *cursor));
            let reviews: Vec<_> = own.by_ref().take(limit as usize).cloned().collect();
            let more = own.next().is_some();
            let last = reviews.last().map(|outline| outline.id.clone());
            Page {
                next: last.filter(|_| more),
                reviews,
            }
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
