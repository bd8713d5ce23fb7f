//! A filer who decides by the domain alone: for tests that need commits rather than use cases.

use std::sync::Arc;

use domain::{
    Acceptance, Actor, Change, Command, CommitId, Context, Digest, ListKey, PersonHashKey,
    Relation, Review, ReviewId, Window, create, relation, rule_set, statement_of_truth, transition,
};
use jiff::Timestamp;
use workflow::ports::{Commit, Entropy as _};
use workflow::{IdempotencyKey, Inbound, KeyName, KeyRecord};

use crate::{CountingEntropy, sample};

/// Someone who acts at one instant of PY2024. A clone is the same person and goes on with the same
/// sequence of ids, so that two of them never take one id.
#[derive(Debug, Clone)]
pub struct Filer {
    /// Who.
    pub actor: Actor,
    /// When the gateway receives what they send.
    pub at: Timestamp,
    entropy: Arc<CountingEntropy>,
    hash_key: PersonHashKey,
}

impl Filer {
    /// `actor` within the window. `seed` gives ids of their own.
    #[must_use]
    pub fn new(actor: Actor, seed: u32) -> Self {
        Self {
            actor,
            at: sample::in_window(),
            entropy: Arc::new(CountingEntropy::new(seed)),
            hash_key: sample::hash_key(),
        }
    }

    /// The samples' owner.
    #[must_use]
    pub fn owner() -> Self {
        Self::new(sample::owner(), 1)
    }

    /// The same person at `at`.
    #[must_use]
    pub fn at(self, at: Timestamp) -> Self {
        Self { at, ..self }
    }

    /// A request of theirs, received at their instant.
    #[must_use]
    pub fn inbound(&self) -> Inbound<'_> {
        Inbound {
            actor: &self.actor,
            received_at: self.at,
            entropy: &*self.entropy,
            hash_key: &self.hash_key,
        }
    }

    /// The commit that begins a draft.
    #[must_use]
    pub fn begins(&self) -> Commit {
        let random = u128::from_be_bytes(self.entropy.bytes()) >> 64;
        let id = ReviewId::from_random(sample::year(), random as u64);
        self.decide(None, |context| {
            create(id.clone(), "Untitled".parse().expect("a line"), context)
        })
    }

    /// The commit of `command` on `review`.
    ///
    /// # Panics
    /// When the domain refuses it.
    #[must_use]
    pub fn does(&self, review: &Review, command: Command) -> Commit {
        self.decide(Some(review), |context| transition(review, command, context))
    }

    fn decide(
        &self,
        review: Option<&Review>,
        decision: impl FnOnce(&Context<'_>) -> Result<Change, domain::Refused>,
    ) -> Commit {
        let id = CommitId::from_random(self.entropy.bytes());
        let rules = rule_set(sample::year()).expect("PY2024 has a rule set");
        let context = Context {
            at: self.at,
            actor: &self.actor,
            relation: review
                .and_then(|review| relation(review, &self.actor))
                .unwrap_or(Relation::Owner),
            rules,
            window: &Window::at(self.at, &rules.window),
            commit: &id,
        };
        let change = decision(&context).unwrap_or_else(|refused| panic!("refused: {refused:?}"));
        Commit::new(id.clone(), review, change, &self.inbound())
    }

    /// The lists that together are theirs.
    #[must_use]
    pub fn lists(&self) -> Vec<ListKey> {
        ListKey::of_actor(&self.actor, &self.hash_key)
    }

    /// The record of an answer to a request with `key` and `body` to `route`, received at their instant.
    #[must_use]
    pub fn record(&self, route: &str, key: &str, body: &str) -> KeyRecord {
        let key = self.key(route, key, body);
        KeyRecord::new(&self.inbound(), &key, format!("{{\"answer\":\"{body}\"}}"))
    }

    /// The name of that record.
    #[must_use]
    pub fn key_name(&self, route: &str, key: &str) -> KeyName {
        self.record(route, key, "").name
    }

    /// An idempotency key as the door makes it.
    ///
    /// # Panics
    /// When `key` is not visible ASCII.
    #[must_use]
    pub fn key(&self, route: &str, key: &str, body: &str) -> IdempotencyKey {
        IdempotencyKey::new(route.to_owned(), key, body.as_bytes()).expect("a sound key")
    }

    /// Their acceptance of the present statement of truth.
    #[must_use]
    pub fn acceptance(&self) -> Acceptance {
        let present = statement_of_truth();
        Acceptance {
            account: self.actor.account.key(),
            organization: None,
            at: self.at,
            text: present.reference.clone(),
            sha256: Digest::of(&[present.body.as_bytes()]),
        }
    }
}

/// Commands that fit the review as it is.
pub mod command {
    use domain::{Certification, Command, FormPatch, Review};

    /// Edit the form.
    #[must_use]
    pub fn edit_form(review: &Review, patch: FormPatch) -> Command {
        Command::EditForm {
            revision: review.outline.form_revision,
            patch,
        }
    }

    /// Edit contact and staff.
    #[must_use]
    pub fn edit_people(review: &Review, patch: FormPatch) -> Command {
        Command::EditPeople {
            version: review.outline.version,
            patch,
        }
    }

    /// Submit.
    #[must_use]
    pub fn submit(review: &Review, certification: Certification) -> Command {
        Command::Submit {
            form_revision: review.outline.form_revision,
            certification,
        }
    }
}
