//! Whose review is due for a look, and how many uploads a person was granted.

use async_trait::async_trait;
use domain::AccountKey;
use jiff::Timestamp;
use workflow::ports::{Counted, DueReview, DueReviews, GRANTS_AN_HOUR, GrantCounts, PortError};

use super::MemoryStore;
use crate::mishap::Op;

/// As many as tell one from another.
const SHARDS: u32 = 2;

#[async_trait]
impl DueReviews for MemoryStore {
    fn review_shards(&self) -> u32 {
        SHARDS
    }

    async fn due_reviews(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueReview>, PortError> {
        self.call(Op::DueReviews, |state| {
            let of_shard = |id: &str| {
                let sum: u32 = id.bytes().map(u32::from).sum();
                sum % SHARDS == shard
            };
            let due = state.looks.iter().filter(|(_, due_at)| **due_at <= at);
            let due = due.filter(|(id, _)| of_shard(id.as_str()));
            let mut due: Vec<_> = due
                .map(|(review, due_at)| DueReview {
                    review: review.clone(),
                    due_at: *due_at,
                })
                .collect();
            due.sort_by_key(|due| due.due_at);
            due.truncate(limit as usize);
            due
        })
        .await
    }

    async fn move_review_on(&self, seen: &DueReview, next: Timestamp) -> Result<bool, PortError> {
        self.call(Op::MoveReviewOn, |state| {
            match state.looks.get_mut(&seen.review) {
                Some(due_at) if *due_at == seen.due_at => {
                    *due_at = next;
                    true
                }
                Some(_) | None => false,
            }
        })
        .await
    }
}

#[async_trait]
impl GrantCounts for MemoryStore {
    async fn count_grant(&self, account: &AccountKey, at: Timestamp) -> Result<Counted, PortError> {
        let hour = at.as_second().div_euclid(60 * 60);
        self.call(Op::CountGrant, |state| {
            let granted = state.grants.entry((account.clone(), hour)).or_default();
            if *granted < GRANTS_AN_HOUR {
                *granted += 1;
                Counted::Counted
            } else {
                Counted::NoneLeft
            }
        })
        .await
    }
}
