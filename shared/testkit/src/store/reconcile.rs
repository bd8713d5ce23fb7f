//! What reconciling walks, and a hand that takes apart what belongs together.

use std::collections::BTreeSet;

use async_trait::async_trait;
use domain::{ListKey, ReviewId};
use jiff::Timestamp;
use workflow::ports::{
    Bookmark, Found, Mend, Overdue, Part, PointerPage, Pointers, PortError, Unanswered,
};

use super::{MemoryStore, State, notices::SHARDS};
use crate::mishap::Op;

/// Small, so that whoever walks meets more than one.
const PAGE: usize = 2;

#[async_trait]
impl Unanswered for MemoryStore {
    async fn unanswered(
        &self,
        shard: u32,
        after: Option<&Overdue>,
    ) -> Result<Vec<Overdue>, PortError> {
        self.call(Op::Unanswered, |state| {
            let mut all: Vec<_> = state.due.iter().collect();
            all.retain(|((_, seq), _)| seq % u64::from(SHARDS) == u64::from(shard));
            let place = |((review, seq), due_at): &(&(ReviewId, u64), &Timestamp)| {
                (**due_at, review.clone(), *seq)
            };
            all.sort_by_key(place);
            let after = after.map(|after| (after.due_at, after.review.clone(), after.seq));
            all.retain(|one| after.as_ref().is_none_or(|after| place(one) > *after));
            let seen = |((review, seq), due_at): &(&(ReviewId, u64), &Timestamp)| Overdue {
                review: review.clone(),
                seq: *seq,
                due_at: **due_at,
            };
            all.iter().take(PAGE).map(seen).collect()
        })
        .await
    }

    async fn is_due(&self, review: &ReviewId, seq: u64) -> Result<bool, PortError> {
        let place = (review.clone(), seq);
        self.call(Op::IsDue, |state| state.due.contains_key(&place))
            .await
    }

    async fn make_due(
        &self,
        review: &ReviewId,
        seq: u64,
        at: Timestamp,
    ) -> Result<bool, PortError> {
        let place = (review.clone(), seq);
        self.call(Op::MakeDue, |state| {
            let makes = state.outbox.contains_key(&place) && !state.due.contains_key(&place);
            if makes {
                state.due.insert(place, at);
            }
            makes
        })
        .await
    }
}

#[async_trait]
impl Pointers for MemoryStore {
    async fn page(&self, part: Part, after: Option<&Bookmark>) -> Result<PointerPage, PortError> {
        self.call(Op::Page, |state| {
            let skipped = after.map_or(0, |after| after.0.parse().expect("it was given out here"));
            let all = state.listed();
            let mut of_part = all
                .iter()
                .filter(|found| part_of(found, part.of) == part.number);
            let found: Vec<_> = of_part.by_ref().skip(skipped).take(PAGE).cloned().collect();
            let next = Bookmark((skipped + found.len()).to_string());
            PointerPage {
                found,
                unreadable: 0,
                next: of_part.next().map(|_| next),
            }
        })
        .await
    }

    async fn standing(
        &self,
        review: &ReviewId,
        lists: &[ListKey],
    ) -> Result<Vec<ListKey>, PortError> {
        self.call(Op::Standing, |state| {
            let names = |list: &&ListKey| {
                let listed = state.lists.get(*list);
                listed.is_some_and(|listed| listed.contains(review))
            };
            lists.iter().filter(names).cloned().collect()
        })
        .await
    }

    async fn mend(&self, mend: &Mend) -> Result<bool, PortError> {
        self.call(Op::Mend, |state| {
            let stored = state.reviews.get(&mend.review);
            if stored.map(|review| review.outline.version) != mend.seen {
                return false;
            }
            let list = state.lists.entry(mend.list.clone()).or_default();
            if mend.stands {
                list.insert(mend.review.clone());
            } else {
                list.remove(&mend.review);
            }
            true
        })
        .await
    }
}

impl State {
    fn listed(&self) -> BTreeSet<Found> {
        let reviews = self.reviews.keys().cloned().map(Found::Review);
        let pointers = self.lists.iter().flat_map(|(list, reviews)| {
            let pointer = |review: &ReviewId| Found::Pointer(list.clone(), review.clone());
            reviews.iter().map(pointer)
        });
        reviews.chain(pointers).collect()
    }
}

/// As in the table, what lies in one partition is in one part.
fn part_of(found: &Found, of: u32) -> u32 {
    let partition = match found {
        Found::Review(review) => review.to_string(),
        Found::Pointer(ListKey::Account(account) | ListKey::Assigned(account), _) => {
            account.to_string()
        }
        Found::Pointer(ListKey::Person(person), _) => person.to_string(),
    };
    partition.bytes().map(u32::from).sum::<u32>() % of
}

impl MemoryStore {
    /// Takes every pointer away.
    pub fn scatter(&self) {
        self.lock().lists.clear();
    }

    /// Takes the review away with all that belongs to it, and leaves the lists that name it.
    pub fn erase(&self, id: &ReviewId) {
        let mut state = self.lock();
        state.reviews.remove(id);
        state.history.retain(|(review, _), _| review != id);
        state.outbox.retain(|(review, _), _| review != id);
        state.due.retain(|(review, _), _| review != id);
    }
}
