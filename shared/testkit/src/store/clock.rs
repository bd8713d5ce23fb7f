//! The indexes that sweeps read, which lag if a test wants them to, and what is on record of sweeps.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use async_trait::async_trait;
use domain::{Reminded, Review, ReviewId};
use jiff::Timestamp;
use workflow::clock::{Counts, Report, Run, places};
use workflow::ports::{ClockIndex, Place, Placed, PortError, Reports};

use super::{MemoryStore, State};
use crate::mishap::Op;

/// As many as tell one from another.
const SHARDS: u32 = 2;

/// The entries of one shard of a place.
type Shelf = BTreeMap<(Timestamp, ReviewId), Option<Reminded>>;

/// What sweeps see.
#[derive(Debug, Default)]
pub(super) struct Index {
    shelves: HashMap<(Place, u32), Shelf>,
    /// Where each review stands on them.
    stands: HashMap<ReviewId, Vec<(Place, Placed)>>,
    /// What the index does not show yet, if it lags.
    unseen: Option<BTreeMap<ReviewId, Vec<(Place, Placed)>>>,
    read: u64,
    asked: u64,
}

fn shard(id: &ReviewId) -> u32 {
    id.as_str().bytes().map(u32::from).sum::<u32>() % SHARDS
}

impl Index {
    /// Takes note of the review as it was written.
    pub(super) fn note(&mut self, review: &Review) {
        let id = review.outline.id.clone();
        match &mut self.unseen {
            Some(unseen) => {
                unseen.insert(id, places(review));
            }
            None => self.show(id, places(review)),
        }
    }

    /// Takes the review out.
    pub(super) fn forget(&mut self, id: &ReviewId) {
        match &mut self.unseen {
            Some(unseen) => {
                unseen.insert(id.clone(), Vec::new());
            }
            None => self.show(id.clone(), Vec::new()),
        }
    }

    fn show(&mut self, id: ReviewId, now: Vec<(Place, Placed)>) {
        let shard = shard(&id);
        for (place, placed) in self.stands.remove(&id).unwrap_or_default() {
            let shelf = self.shelves.entry((place, shard)).or_default();
            shelf.remove(&(placed.at, id.clone()));
        }
        for (place, placed) in &now {
            let shelf = self.shelves.entry((*place, shard)).or_default();
            shelf.insert((placed.at, id.clone()), placed.reminded);
        }
        self.stands.insert(id, now);
    }
}

impl MemoryStore {
    /// From now on the indexes show nothing of what is written, until [`MemoryStore::catch_up`].
    pub fn lag(&self) {
        self.lock().index.unseen.get_or_insert_default();
    }

    /// The indexes show everything again.
    pub fn catch_up(&self) {
        let index = &mut self.lock().index;
        for (id, places) in index.unseen.take().into_iter().flatten() {
            index.show(id, places);
        }
    }

    /// How many entries of the indexes were read since this was asked last, and by how many calls.
    #[must_use]
    pub fn index_reads(&self) -> (u64, u64) {
        let index = &mut self.lock().index;
        (
            std::mem::take(&mut index.read),
            std::mem::take(&mut index.asked),
        )
    }

    /// Puts a review there as it is, without a history: for tests that need very many.
    pub fn put(&self, review: Review) {
        let state = &mut *self.lock();
        state.index.note(&review);
        state.reviews.insert(review.outline.id.clone(), review);
    }
}

#[async_trait]
impl ClockIndex for MemoryStore {
    fn clock_shards(&self) -> u32 {
        SHARDS
    }

    async fn placed(
        &self,
        place: Place,
        shard: u32,
        until: Timestamp,
        after: Option<&Placed>,
        limit: u32,
    ) -> Result<Vec<Placed>, PortError> {
        self.call(Op::Placed, |state| {
            let index = &mut state.index;
            index.asked += 1;
            let Some(shelf) = index.shelves.get(&(place, shard)) else {
                return Vec::new();
            };
            let after = after.map(|after| (after.at, after.review.clone()));
            let from = after.map_or(Bound::Unbounded, Bound::Excluded);
            let found = shelf
                .range((from, Bound::Unbounded))
                .take_while(|((at, _), _)| *at <= until)
                .take(limit as usize);
            let found: Vec<_> = found
                .map(|((at, review), reminded)| Placed {
                    review: review.clone(),
                    at: *at,
                    reminded: *reminded,
                })
                .collect();
            index.read += found.len() as u64;
            found
        })
        .await
    }
}

#[async_trait]
impl Reports for MemoryStore {
    async fn tally(&self, run: &Run, counts: &Counts) -> Result<(), PortError> {
        self.call(Op::Tally, |state| state.tally(run, counts)).await
    }

    async fn runs(&self, limit: u32) -> Result<Vec<Report>, PortError> {
        self.call(Op::Runs, |state| {
            let latest = state.runs.iter().rev().take(limit as usize);
            latest
                .map(|((as_of, sweep), counts)| Report {
                    run: Run {
                        sweep: *sweep,
                        as_of: *as_of,
                    },
                    counts: *counts,
                })
                .collect()
        })
        .await
    }
}

impl State {
    fn tally(&mut self, run: &Run, counts: &Counts) {
        let kept = self.runs.entry((run.as_of, run.sweep)).or_default();
        kept.add(counts);
    }
}
