//! Ports for reviews and what decisions look at.

use async_trait::async_trait;
use domain::{
    Acceptance, Acceptor, Change, Comment, CommitId, Event, Head, ListKey, Note, OutboxEntry,
    Outline, PerformanceYear, Review, ReviewId, SealedEntry, TextRef, Version, WindowChange,
    listed_under, recipients,
};

use super::PortError;
use crate::{Inbound, KeyName, KeyRecord};

/// Loads one review.
#[async_trait]
pub trait Reviews: Send + Sync {
    /// The review with form and people, all as of one moment.
    async fn load(&self, id: &ReviewId) -> Result<Option<Review>, PortError>;
}

/// Lists the reviews of a person.
#[async_trait]
pub trait ReviewsOfPerson: Send + Sync {
    /// Every review that stands in one of `lists`, each once, in the order of their ids. It costs a read a
    /// review: a person has as many as they can look through.
    async fn listed(&self, lists: &[ListKey]) -> Result<Vec<Outline>, PortError>;
}

/// Reads the log of a review.
#[async_trait]
pub trait Histories: Send + Sync {
    /// Every entry, from the first to the last.
    async fn entries(&self, id: &ReviewId) -> Result<Vec<SealedEntry>, PortError>;
}

/// Reads where a history ends.
#[async_trait]
pub trait Heads: Send + Sync {
    /// The end of the history as its review counts it; `None` without a review.
    async fn head(&self, id: &ReviewId) -> Result<Option<Head>, PortError>;
}

/// Finds every review, whoever owns it: for those who look after all of them. No door asks for it.
#[async_trait]
pub trait EveryReview: Send + Sync {
    /// At most `limit` ids after `cursor`, each once over all pages, in an order of the store's own. An id of
    /// which only the history is left is among them. A page may be empty before the last.
    async fn ids(&self, cursor: Option<&ReviewId>, limit: u32) -> Result<Ids, PortError>;
}

/// Part of all ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    /// The ids.
    pub ids: Vec<ReviewId>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<ReviewId>,
}

/// Reads what both sides wrote to each other.
#[async_trait]
pub trait Comments: Send + Sync {
    /// Every comment of the review, the first first; which of them a reader may see is for the caller to say.
    async fn comments(&self, id: &ReviewId) -> Result<Vec<Comment>, PortError>;
}

/// Reads the private notes of the review team. Only its own doors ask for it: nothing of the filer's side
/// can load a note.
#[async_trait]
pub trait Notes: Send + Sync {
    /// Every note about the review, the first first.
    async fn notes(&self, id: &ReviewId) -> Result<Vec<Note>, PortError>;
}

/// Reads what administrators changed about a year.
#[async_trait]
pub trait Programs: Send + Sync {
    /// Changes of the year's window beyond its rule set, in the order in which they were made.
    async fn window_changes(&self, year: PerformanceYear) -> Result<Vec<WindowChange>, PortError>;
}

/// Acceptances of the statement of truth.
#[async_trait]
pub trait Acceptances: Send + Sync {
    /// The acceptance of that version by or for `acceptor`, if it is on record.
    async fn acceptance(
        &self,
        acceptor: &Acceptor,
        text: &TextRef,
    ) -> Result<Option<Acceptance>, PortError>;

    /// Writes the acceptance and the key's record together; an acceptance that is on record stays as it is.
    /// [`Committed::Raced`] if either is there already (the key's as [`Commits::commit`] has it).
    async fn accept(
        &self,
        acceptance: &Acceptance,
        key: &KeyRecord,
    ) -> Result<Committed, PortError>;
}

/// Answers that were given.
#[async_trait]
pub trait Keys: Send + Sync {
    /// The record under `name`, expired or not.
    async fn key(&self, name: &KeyName) -> Result<Option<KeyRecord>, PortError>;
}

/// Writes what was decided.
#[async_trait]
pub trait Commits: Send + Sync {
    /// Writes review, history, words, lists, outbox and the idempotency record in one transaction, on condition
    /// that the review is still at the version that was decided on, and that no record stands under the key
    /// but one that had expired when the request was received ([`KeyRecord::received_at`]).
    /// An outbox entry without people is never due: nobody waits for it.
    async fn commit(&self, commit: &Commit) -> Result<Committed, PortError>;
}

/// One transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// This attempt; every entry of the change carries it.
    pub id: CommitId,
    /// The version that was decided on; `None` for a review that begins.
    pub loaded: Option<Version>,
    /// What was decided.
    pub change: Change,
    /// What was written for others to read, if the change puts such on record.
    pub words: Option<Words>,
    /// The events of the change, with the people to tell.
    pub outbox: Vec<OutboxEntry>,
    /// The lists that the review enters and leaves.
    pub lists: Lists,
    /// The answer to remember.
    pub key: Option<KeyRecord>,
}

/// Words that are kept in an item of their own, beside the history, which holds their id and hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Words {
    /// For both sides, or for the filers while it is a draft.
    Comment(Comment),
    /// For the review team alone.
    Note(Note),
}

/// The lists that a commit changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lists {
    /// Those that the review stands in from now on.
    pub entered: Vec<ListKey>,
    /// Those that it does not stand in any more.
    pub left: Vec<ListKey>,
}

impl Commit {
    /// The transaction of `change` to `before`, for a request that was received as `inbound` says; without
    /// an answer to remember.
    #[must_use]
    pub fn new(
        id: CommitId,
        before: Option<&Review>,
        change: Change,
        inbound: &Inbound<'_>,
    ) -> Self {
        let entry = |(seq, event): &(u64, Event)| OutboxEntry {
            review: change.review.outline.id.clone(),
            seq: *seq,
            at: inbound.received_at,
            event: event.clone(),
            recipients: recipients(event, &change.review, inbound.hash_key),
        };
        let listed = |review: &Review| listed_under(review, inbound.hash_key);
        let (now, then) = (
            listed(&change.review),
            before.map(listed).unwrap_or_default(),
        );
        Self {
            id,
            loaded: before.map(|review| review.outline.version),
            outbox: change.events.iter().map(entry).collect(),
            lists: Lists {
                entered: now.difference(&then).cloned().collect(),
                left: then.difference(&now).cloned().collect(),
            },
            change,
            words: None,
            key: None,
        }
    }
}

/// How a commit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Committed {
    /// Everything is written, by this attempt, though its first reply may have been lost.
    Done,
    /// Nothing is written by this attempt: someone else was faster.
    Raced,
}

/// Random bits for ids.
pub trait Entropy: Send + Sync {
    /// 16 bytes that nobody can guess.
    fn bytes(&self) -> [u8; 16];
}
