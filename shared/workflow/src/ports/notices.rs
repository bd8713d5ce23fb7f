//! Ports for telling people.

use std::fmt;

use async_trait::async_trait;
use domain::{
    Email, NoticeId, NoticeRecord, OutboxEntry, Outcome, PersonKey, Report, ReviewId, Suppression,
};
use jiff::{SignedDuration, Timestamp};

use super::PortError;

/// Reads and settles outbox entries.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// The entry.
    async fn entry(&self, review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError>;

    /// Takes the entry out of what is due if each of its notices has an outcome; else changes nothing, and
    /// names those that have none.
    async fn settle(&self, entry: &OutboxEntry) -> Result<Vec<NoticeId>, PortError>;
}

/// Finds what nobody has answered for in time, by shards, so that no one place takes all the load
/// (promise P8).
#[async_trait]
pub trait DueOutbox: Send + Sync {
    /// How many shards there are, counted from 0.
    fn shards(&self) -> u32;

    /// At most `limit` entries of the shard that are due at `at`, the most overdue first. The index lags:
    /// what it names may not be due any more, and what has just become due may be missing.
    async fn overdue(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Overdue>, PortError>;

    /// Makes the entry due at `next`, if it still is at the instant that was seen; whether it was.
    async fn move_on(&self, seen: &Overdue, next: Timestamp) -> Result<bool, PortError>;
}

/// An entry that is due, as the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overdue {
    /// The review.
    pub review: ReviewId,
    /// The entry's place.
    pub seq: u64,
    /// Since when.
    pub due_at: Timestamp,
}

/// Reads what people were told of a review.
#[async_trait]
pub trait Correspondence: Send + Sync {
    /// Every outbox entry of the review that is still kept, in order.
    async fn entries_of(&self, review: &ReviewId) -> Result<Vec<OutboxEntry>, PortError>;

    /// Every notice of the review that is on record, claimed ones included.
    async fn notices_of(&self, review: &ReviewId) -> Result<Vec<NoticeRecord>, PortError>;
}

/// Hands out the right to send a notice, to one at a time, and keeps its outcome.
#[async_trait]
pub trait Claims: Send + Sync {
    /// Claims the notice for the lease. A claim that ran out without an outcome is in doubt: it stays so for
    /// the wait, in which a report of the mail service may settle it.
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        terms: ClaimTerms,
    ) -> Result<Claim, PortError>;

    /// Gives the claim back: it is certain that nothing was sent. Another's claim and an outcome on record
    /// stay.
    async fn release(&self, notice: &NoticeId, claim: &ClaimId) -> Result<(), PortError>;

    /// Records the outcome, unless there is one; the claim ends.
    async fn record(&self, notice: &NoticeId, outcome: &Outcome) -> Result<(), PortError>;

    /// Records what the mail service reports. Reports come in any order, and more than once; a mail of which
    /// anything is reported was sent.
    async fn report(&self, report: &Report) -> Result<(), PortError>;
}

/// How long claims last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimTerms {
    /// A claim is held that long, its end excluded: longer than the function that holds it may run.
    pub lease: SignedDuration,
    /// One that ran out without an outcome is in doubt for that long after it.
    pub doubt: SignedDuration,
}

/// Tells one claim from every other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimId(pub String);

/// What came of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Granted(ClaimId),
    /// It is ours, but an earlier claim ran out, and nothing was heard of its mail in all the wait: it may
    /// have been sent.
    InDoubt(ClaimId),
    /// Someone holds it until then.
    Held(Timestamp),
    /// An earlier claim ran out, and nothing is known of its mail until then.
    Doubtful(Timestamp),
    /// The notice has its outcome.
    Settled,
}

/// Addresses that get no more mail.
#[async_trait]
pub trait Suppressions: Send + Sync {
    /// Those of `people` who get none, and why.
    async fn suppressed(
        &self,
        people: &[PersonKey],
    ) -> Result<Vec<(PersonKey, Suppression)>, PortError>;

    /// From now on the person gets none; the first cause stands.
    async fn suppress(&self, person: &PersonKey, why: Suppression) -> Result<(), PortError>;
}

/// Takes notices to be delivered.
#[async_trait]
pub trait NoticeQueue: Send + Sync {
    /// Enqueues every notice.
    ///
    /// # Errors
    /// Some or all were not taken; sending all of them again does no harm.
    async fn enqueue(&self, notices: &[NoticeId]) -> Result<(), PortError>;
}

/// Lets a queue's message rest.
#[async_trait]
pub trait Postpone: Send + Sync {
    /// The message that was handed out under `receipt` is not handed out again before `wait` is over.
    async fn postpone(&self, receipt: &str, wait: SignedDuration) -> Result<(), PortError>;
}

/// Messages that were given up.
#[async_trait]
pub trait DeadLetters: Send + Sync {
    /// About how many there are.
    async fn count(&self) -> Result<u32, PortError>;

    /// Some of them, none if there are none. They are here still, and shown to nobody else for a while.
    async fn some(&self) -> Result<Vec<DeadLetter>, PortError>;

    /// Puts the message into the queue that it came from, and only then takes it out of here: one that is in
    /// both for a moment does no harm.
    async fn redrive(&self, letter: &DeadLetter) -> Result<(), PortError>;
}

/// A message that was given up. What it says is nobody's to read here.
#[derive(Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// What it says.
    pub body: String,
    /// What it is known by for this once.
    pub receipt: String,
}

/// A body can hold an address, if SES wrote it.
impl fmt::Debug for DeadLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DeadLetter(…)")
    }
}

/// One email.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// Whom it is for.
    pub to: Email,
    /// The subject.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The file that goes along with it.
    pub enclosed: Option<Enclosure>,
    /// The notice it delivers; goes along as a tag.
    pub notice: NoticeId,
}

/// A file that goes along with a mail; both its names are ours.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// Its name.
    pub name: &'static str,
    /// Its media type, with parameters.
    pub media_type: &'static str,
    /// What it holds.
    pub text: String,
}

/// A letter is personal: `Debug`, which ends in logs, shows which one it is.
impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({})", self.notice)
    }
}

/// Sends mail. Never tries again by itself: the mail service has no idempotency.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one mail and returns the message id that the service gave it.
    async fn send(&self, mail: &Mail) -> Result<String, MailError>;
}

/// A mail was not sent, or nobody knows.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The service takes no more for now.
    #[error("the mail service takes no more for now ({code})")]
    Throttled {
        /// Its own word for why.
        code: String,
    },
    /// The service did not take the mail; another day it may.
    #[error("the mail service did not take the mail ({code})")]
    NotSent {
        /// Its own word for why.
        code: String,
    },
    /// The service will never take this mail.
    #[error("the mail service will never take this mail ({code})")]
    Refused {
        /// Its own word for why.
        code: String,
    },
    /// No answer came; the mail may have been sent.
    #[error("no answer from the mail service: {0}")]
    Unknown(Box<dyn std::error::Error + Send + Sync>),
}

/// The present, for leases only; nothing about a review is decided by it.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}
