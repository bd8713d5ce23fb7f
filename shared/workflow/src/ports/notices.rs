//! Ports for telling people.

use std::fmt;

use async_trait::async_trait;
use domain::{Email, NoticeId, OutboxEntry, ReviewId};
use jiff::{SignedDuration, Timestamp};

use super::PortError;

/// Reads and settles outbox entries.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// The entry.
    async fn entry(&self, review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError>;

    /// Takes the entry out of what is due if each of its notices has an outcome; else does nothing.
    async fn settle(&self, entry: &OutboxEntry) -> Result<(), PortError>;
}

/// Hands out the right to send a notice, to one at a time.
#[async_trait]
pub trait Claims: Send + Sync {
    /// Claims the notice until `now` + `lease`, that instant itself excluded.
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Claim, PortError>;

    /// Gives the claim back: it is certain that nothing was sent. An outcome on record stays.
    async fn release(&self, notice: &NoticeId) -> Result<(), PortError>;

    /// Records that the mail was taken by the mail service under `message_id`.
    async fn record_sent(
        &self,
        notice: &NoticeId,
        at: Timestamp,
        message_id: &str,
    ) -> Result<(), PortError>;
}

/// What came of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// It is ours.
    Granted,
    /// It is ours, but an earlier claim ran out without an outcome: its mail may have been sent.
    InDoubt,
    /// Someone holds it until then.
    Held(Timestamp),
    /// The notice has its outcome.
    Settled,
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
    /// The notice it delivers; goes along as a tag.
    pub notice: NoticeId,
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
    /// The service answered that it did not take the mail.
    #[error("the mail service did not take the mail ({code})")]
    NotSent {
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
