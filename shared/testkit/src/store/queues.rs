//! What is read of the review team's queues, and found by identifiers.

use async_trait::async_trait;
use domain::{CaseQueue, QueuePlace, ReviewId, SearchKey, queued};
use workflow::ports::{Case, CaseQueues, Cases, Findable, Finder, Places, PortError};

use super::MemoryStore;
use crate::mishap::Op;

/// Two, so that a test sees parts put together.
const PARTS: u32 = 2;

#[async_trait]
impl CaseQueues for MemoryStore {
    fn parts(&self) -> u32 {
        PARTS
    }

    async fn places(
        &self,
        queue: CaseQueue,
        part: u32,
        range: &Places,
    ) -> Result<Vec<QueuePlace>, PortError> {
        self.call(Op::Places, |state| {
            let reviews = state.reviews.values();
            let stand = reviews.filter_map(|review| queued(&review.outline));
            let mut places: Vec<_> = stand
                .filter(|(stands, place)| *stands == queue && part_of(&place.id) == part)
                .map(|(_, place)| place)
                .filter(|place| range.before.is_none_or(|before| place.at < before))
                .filter(|place| match &range.after {
                    None => true,
                    Some(after) if range.descending => place < after,
                    Some(after) => place > after,
                })
                .collect();
            places.sort();
            if range.descending {
                places.reverse();
            }
            places.truncate(range.limit as usize);
            places
        })
        .await
    }

    async fn count(&self, queue: CaseQueue) -> Result<u64, PortError> {
        self.call(Op::Count, |state| {
            let reviews = state.reviews.values();
            let stand = reviews.filter_map(|review| queued(&review.outline));
            stand.filter(|(stands, _)| *stands == queue).count() as u64
        })
        .await
    }
}

fn part_of(id: &ReviewId) -> u32 {
    id.as_str().bytes().map(u32::from).sum::<u32>() % PARTS
}

#[async_trait]
impl Cases for MemoryStore {
    async fn cases(&self, ids: &[ReviewId]) -> Result<Vec<Case>, PortError> {
        self.call(Op::Cases, |state| {
            let found = ids.iter().filter_map(|id| state.reviews.get(id));
            let case = |review: &domain::Review| Case {
                outline: review.outline.clone(),
                people: review.people.clone(),
            };
            found.map(case).collect()
        })
        .await
    }
}

#[async_trait]
impl Finder for MemoryStore {
    async fn found(&self, by: &SearchKey) -> Result<Vec<ReviewId>, PortError> {
        self.call(Op::Found, |state| {
            let found = state.found.get(by).into_iter().flatten();
            found.cloned().collect()
        })
        .await
    }
}

#[async_trait]
impl Findable for MemoryStore {
    async fn unfindable(
        &self,
        id: &ReviewId,
        keys: &[SearchKey],
    ) -> Result<Vec<SearchKey>, PortError> {
        self.call(Op::Unfindable, |state| {
            let is_found = |key: &&SearchKey| {
                let found = state.found.get(key);
                !found.is_some_and(|found| found.contains(id))
            };
            keys.iter().filter(is_found).cloned().collect()
        })
        .await
    }

    async fn make_findable(&self, id: &ReviewId, keys: &[SearchKey]) -> Result<(), PortError> {
        self.call(Op::MakeFindable, |state| {
            for key in keys {
                state
                    .found
                    .entry(key.clone())
                    .or_default()
                    .insert(id.clone());
            }
        })
        .await
    }
}
