//! The table, in memory: every port that keeps something.
//!
//! It keeps to the table's conditions, not to the use cases' good manners. A commit is written whole or
//! not at all; form and people are written only when the change says so, as items of their own would be;
//! a repeated commit is known by the id that its first history entry carries.

mod audit;
mod clock;
mod commits;
mod files;
mod look_ups;
mod notices;
mod orders;
mod purge;
mod queues;
mod reconcile;
mod reviews;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use domain::{
    Acceptance, Acceptor, AccountKey, Comment, ListKey, Note, NoticeId, OutboxEntry,
    PerformanceYear, PersonKey, Review, ReviewId, SealedEntry, SearchKey, Suppression, TextRef,
    Tombstone, WindowChange,
};
use jiff::Timestamp;
use workflow::clock::{Counts, Sweep};
use workflow::orders::{Order, OrderId};
use workflow::ports::PortError;
use workflow::{KeyName, KeyRecord, LookUpKey, Remembered};

use crate::mishap::{Op, Plan};
use crate::{Probe, Subject};
use notices::Notice;

/// Implements every port that keeps something. A clone is the same store.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    /// What goes wrong.
    pub plan: Plan,
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    reviews: BTreeMap<ReviewId, Review>,
    lists: HashMap<ListKey, BTreeSet<ReviewId>>,
    history: BTreeMap<Place, SealedEntry>,
    comments: BTreeMap<Place, Comment>,
    notes: BTreeMap<Place, Note>,
    outbox: BTreeMap<Place, OutboxEntry>,
    due: BTreeMap<Place, Timestamp>,
    keys: HashMap<KeyName, KeyRecord>,
    acceptances: HashMap<(Acceptor, TextRef), Acceptance>,
    programs: HashMap<PerformanceYear, Vec<WindowChange>>,
    notices: HashMap<NoticeId, Notice>,
    claims: u64,
    suppressed: HashMap<PersonKey, Suppression>,
    look_ups: HashMap<LookUpKey, Remembered>,
    /// How many turns are taken, by second.
    turns: HashMap<i64, u8>,
    found: HashMap<SearchKey, BTreeSet<ReviewId>>,
    index: clock::Index,
    runs: BTreeMap<(Timestamp, Sweep), Counts>,
    orders: HashMap<OrderId, Order>,
    tombstones: BTreeMap<ReviewId, Tombstone>,
    /// How many uploads were granted, by person and hour.
    grants: HashMap<(AccountKey, i64), u32>,
}

/// A place in the history of a review.
type Place = (ReviewId, u64);

impl MemoryStore {
    /// A store and its probe, for the contract.
    #[must_use]
    pub fn subject() -> Subject<Self, Self> {
        let store = Self::default();
        Subject {
            probe: store.clone(),
            ports: store,
        }
    }

    /// How many reviews there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().reviews.len()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("nothing panics while it is locked")
    }

    /// Does `work` on the state, or what is planned instead.
    async fn call<T: Send>(
        &self,
        op: Op,
        work: impl FnOnce(&mut State) -> T + Send,
    ) -> Result<T, PortError> {
        let work = || work(&mut self.lock());
        self.plan.around(op, work).await.or_unavailable()
    }
}

#[async_trait]
impl Probe for MemoryStore {
    async fn announce(&self, year: PerformanceYear, change: WindowChange) {
        self.lock().programs.entry(year).or_default().push(change);
    }

    async fn due_outbox(&self) -> Vec<(ReviewId, u64)> {
        self.lock().due.keys().cloned().collect()
    }

    async fn lapse(&self, review: &ReviewId, seq: u64) {
        self.lock().due.remove(&(review.clone(), seq));
    }
}
