//! A filer who decides by the domain alone: for tests that need commits rather than use cases.

use std::sync::Arc;

use domain::{
    Acceptance, Actor, CaseStep, Change, Command, Comment, CommentId, CommitId, Context, Digest,
    ListKey, Note, NoteId, PersonHashKey, Relation, Review, ReviewId, Window, create, relation,
    rule_set, statement_of_truth, transition,
};
use jiff::Timestamp;
use workflow::ports::{Commit, Entropy as _, Words};
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

    /// The commits of a request that was begun, filled in and submitted, each on the one before.
    ///
    /// # Panics
    /// When the domain refuses one.
    #[must_use]
    pub fn submits(&self) -> Vec<Commit> {
        let mut commits = vec![self.begins()];
        let steps: [fn(&Review) -> Command; 3] = [
            |draft| command::edit_form(draft, sample::individual()),
            |draft| command::edit_people(draft, sample::contact_and_staff()),
            |draft| command::submit(draft, sample::certification()),
        ];
        for step in steps {
            let before = &commits[commits.len() - 1].change.review;
            let next = self.does(before, step(before));
            commits.push(next);
        }
        commits
    }

    /// The commit of a comment on `review`, with its words.
    ///
    /// # Panics
    /// When the domain refuses it.
    #[must_use]
    pub fn comments(&self, review: &Review, text: &str) -> Commit {
        let text = text.parse().expect("a comment's words");
        let id = CommentId::from_random(self.entropy.bytes());
        let sha256 = Comment::hash(&text);
        let command = Command::Comment {
            id: id.clone(),
            sha256,
        };
        let commit = self.does(review, command);
        let comment = Comment::of(&commit.change, &id, &text).expect("it is on record");
        Commit {
            words: Some(Words::Comment(comment)),
            ..commit
        }
    }

    /// The commit of a private note about `review`, with its words.
    ///
    /// # Panics
    /// When the domain refuses it.
    #[must_use]
    pub fn notes(&self, review: &Review, text: &str) -> Commit {
        let text = text.parse().expect("a note's words");
        let id = NoteId::from_random(self.entropy.bytes());
        let sha256 = Note::hash(&text);
        let step = CaseStep::Note {
            id: id.clone(),
            sha256,
        };
        let commit = self.does(review, Command::Case(step));
        let note = Note::of(&commit.change, &id, &text).expect("it is on record");
        Commit {
            words: Some(Words::Note(note)),
            ..commit
        }
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
