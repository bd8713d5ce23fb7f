//! What is written together or not at all.

use async_trait::async_trait;
use domain::{Acceptance, Acceptor, Change, Review, TextRef};
use workflow::ports::{Acceptances, Commit, Commits, Committed, Keys, PortError};
use workflow::{KeyName, KeyRecord, OUTBOX_DUE};

use super::{MemoryStore, State};
use crate::mishap::{Op, Went, unavailable};

#[async_trait]
impl Commits for MemoryStore {
    async fn commit(&self, commit: &Commit) -> Result<Committed, PortError> {
        let write = || self.lock().commit(commit);
        raced_if_declined(self.plan.around(Op::Commit, write).await)
    }
}

#[async_trait]
impl Acceptances for MemoryStore {
    async fn acceptance(
        &self,
        acceptor: &Acceptor,
        text: &TextRef,
    ) -> Result<Option<Acceptance>, PortError> {
        let name = (acceptor.clone(), text.clone());
        self.call(Op::Acceptance, |state| {
            state.acceptances.get(&name).cloned()
        })
        .await
    }

    async fn accept(
        &self,
        acceptance: &Acceptance,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        let write = || self.lock().accept(acceptance, key);
        raced_if_declined(self.plan.around(Op::Accept, write).await)
    }
}

#[async_trait]
impl Keys for MemoryStore {
    async fn key(&self, name: &KeyName) -> Result<Option<KeyRecord>, PortError> {
        self.call(Op::Key, |state| state.keys.get(name).cloned())
            .await
    }
}

pub(super) fn raced_if_declined(went: Went<Committed>) -> Result<Committed, PortError> {
    match went {
        Went::Well(committed) => Ok(committed),
        Went::Declined => Ok(Committed::Raced),
        Went::Silent => Err(unavailable()),
    }
}

impl State {
    fn commit(&mut self, commit: &Commit) -> Committed {
        let Commit {
            id,
            loaded,
            change,
            words,
            outbox,
            lists,
            key,
        } = commit;
        let review = &change.review.outline.id;
        let at = |seq: u64| (review.clone(), seq);
        let stands_at = |seq: u64| self.history.get(&at(seq));
        let mut entries = change.entries.iter();
        if entries
            .clone()
            .filter_map(|entry| stands_at(entry.seq))
            .any(|stored| stored.commit == *id)
        {
            return Committed::Done;
        }
        let stored = self.reviews.get(review);
        let free = stored.map(|review| review.outline.version) == *loaded
            && entries.all(|entry| stands_at(entry.seq).is_none())
            && words
                .as_ref()
                .is_none_or(|words| self.has_room_for_words(review, words))
            && outbox
                .iter()
                .all(|entry| !self.outbox.contains_key(&at(entry.seq)))
            && key.as_ref().is_none_or(|key| self.has_room_for(key));
        if !free {
            return Committed::Raced;
        }
        let next = written_over(stored, change);
        self.index.note(&next);
        self.reviews.insert(review.clone(), next);
        for list in &lists.left {
            self.lists.entry(list.clone()).or_default().remove(review);
        }
        for list in &lists.entered {
            let entered = self.lists.entry(list.clone()).or_default();
            entered.insert(review.clone());
        }
        for entry in &change.entries {
            self.history.insert(at(entry.seq), entry.clone());
        }
        if let Some(words) = words {
            self.keep_words(review, words);
        }
        for entry in outbox {
            if !entry.recipients.is_empty() {
                self.due.insert(at(entry.seq), entry.at + OUTBOX_DUE);
            }
            self.outbox.insert(at(entry.seq), entry.clone());
        }
        if let Some(key) = key {
            self.keys.insert(key.name.clone(), key.clone());
        }
        Committed::Done
    }

    fn accept(&mut self, acceptance: &Acceptance, key: &KeyRecord) -> Committed {
        let name = (acceptance.acceptor(), acceptance.text.clone());
        if self.acceptances.contains_key(&name) || !self.has_room_for(key) {
            return Committed::Raced;
        }
        self.acceptances.insert(name, acceptance.clone());
        self.keys.insert(key.name.clone(), key.clone());
        Committed::Done
    }

    pub(super) fn has_room_for(&self, key: &KeyRecord) -> bool {
        let stored = self.keys.get(&key.name);
        stored.is_none_or(|stored| stored.expires_at <= key.received_at())
    }
}

/// The stored review after `change`: form, people and dossier are items of their own, written only when they
/// changed.
fn written_over(stored: Option<&Review>, change: &Change) -> Review {
    let mut next = change.review.clone();
    if let Some(stored) = stored {
        if !change.form_changed {
            next.form.clone_from(&stored.form);
        }
        if !change.people_changed {
            next.people.clone_from(&stored.people);
        }
        if !change.dossier_changed {
            next.dossier.clone_from(&stored.dossier);
        }
    }
    next
}
