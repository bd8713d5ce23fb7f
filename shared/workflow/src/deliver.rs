//! From the queue to the person.
//!
//! The mail service has no idempotency, so a notice is claimed with a lease that outlives the function,
//! sent once, and its outcome recorded. Whoever finds the claim running stays away. A claim that ran out
//! without an outcome fell between claim and record: the mail may be out. Then the mail service's own
//! report is waited for, which names the notice. If one comes, that is the outcome; if none comes in all
//! the wait, the mail is sent again, and counted as `notice_in_doubt`: only there can a person get a letter
//! twice (promise P2).

use domain::{NoticeId, OutboxEntry, Outcome, Recipient};
use jiff::{SignedDuration, Timestamp};

use crate::ports::{
    Claim, ClaimId, ClaimTerms, Claims, Clock, Mail, MailError, Mailer, Outbox, PortError,
    Suppressions,
};

/// What came of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// The mail service took the mail.
    Sent,
    /// The mail service took the mail, but an earlier claim had run out: it may be the second.
    SentInDoubt,
    /// Nothing was sent: mail to that address failed for good before.
    Suppressed,
    /// The mail service will never take this mail.
    Failed,
    /// The notice had its outcome already.
    Already,
}

/// Why a delivery must be tried again.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Someone else is at it; if they fail, the claim runs out then.
    #[error("the notice is claimed until {0}")]
    Held(Timestamp),
    /// An earlier claim ran out; what became of its mail may be heard until then.
    #[error("the notice is in doubt until {0}")]
    Doubtful(Timestamp),
    /// The outbox has no such entry, or not for this person: the message is poison.
    #[error("there is no such notice in the outbox")]
    Unknown,
    /// The letter could not be written.
    #[error("the letter cannot be rendered: {0}")]
    Render(String),
    /// The mail service failed.
    #[error(transparent)]
    Mail(#[from] MailError),
    /// A port failed.
    #[error(transparent)]
    Port(#[from] PortError),
}

/// The first wait after the mail service took no more; it doubles with each try.
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// No wait is longer, so that what was mended is used the same day.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);

impl DeliverError {
    /// How long to leave the notice alone before the next try, the `tries`-th of which (from 1) failed at
    /// `now`. `None` leaves it to the queue.
    #[must_use]
    pub fn wait(&self, now: Timestamp, tries: u32) -> Option<SignedDuration> {
        match self {
            Self::Held(until) | Self::Doubtful(until) => {
                Some(until.duration_since(now).max(SignedDuration::ZERO))
            }
            // It will never be anything else: the sooner somebody looks at it the better.
            Self::Unknown => Some(SignedDuration::ZERO),
            Self::Mail(MailError::Throttled { .. } | MailError::NotSent { .. }) => {
                let doubled = 1i32
                    .checked_shl(tries.saturating_sub(1).min(20))
                    .unwrap_or(i32::MAX);
                Some(FIRST_WAIT.saturating_mul(doubled).min(LONGEST_WAIT))
            }
            Self::Mail(MailError::Refused { .. } | MailError::Unknown(_))
            | Self::Render(_)
            | Self::Port(_) => None,
        }
    }
}

/// What delivering needs of the store.
pub trait DeliverPorts: Claims + Outbox + Suppressions {}

impl<P: Claims + Outbox + Suppressions + ?Sized> DeliverPorts for P {}

/// Delivers one notice, rendered by `render` from the entry as it was frozen.
///
/// # Errors
/// [`DeliverError`]; deliver it again later. Only an [`Unknown`](DeliverError::Unknown) one never succeeds.
pub async fn deliver(
    ports: &(impl DeliverPorts + ?Sized),
    mailer: &(impl Mailer + ?Sized),
    clock: &(impl Clock + ?Sized),
    terms: ClaimTerms,
    notice: &NoticeId,
    render: impl Fn(&OutboxEntry, &Recipient) -> Result<Mail, String> + Send + Sync,
) -> Result<Delivered, DeliverError> {
    let entry = ports
        .entry(&notice.review, notice.seq)
        .await?
        .ok_or(DeliverError::Unknown)?;
    let recipient = entry.recipient(notice).ok_or(DeliverError::Unknown)?;
    // Rendered before the claim, so that a letter that cannot be written leaves no claim behind.
    let mail = render(&entry, recipient).map_err(DeliverError::Render)?;
    let (claim, sent) = match ports.claim(notice, clock.now(), terms).await? {
        Claim::Held(until) => return Err(DeliverError::Held(until)),
        Claim::Doubtful(until) => return Err(DeliverError::Doubtful(until)),
        Claim::Settled => {
            settled(ports, &entry).await?;
            return Ok(Delivered::Already);
        }
        Claim::Granted(claim) => (claim, Delivered::Sent),
        Claim::InDoubt(claim) => {
            tracing::warn!(notice_in_doubt = 1, count.letters_in_doubt = 1, notice = %notice, "an earlier claim ran out and nothing was heard of it; the mail may go out twice");
            (claim, Delivered::SentInDoubt)
        }
    };
    let (outcome, delivered) = conclude(ports, mailer, clock, &claim, &mail, sent).await?;
    ports.record(notice, &outcome).await?;
    tracing::info!(notice = %notice, outcome = ?delivered, "delivered");
    match delivered {
        Delivered::Sent | Delivered::SentInDoubt => {
            tracing::debug!(count.letters_sent = 1, "the mail service took a letter");
        }
        Delivered::Suppressed => tracing::debug!(count.letters_suppressed = 1, "no letter is sent"),
        Delivered::Failed | Delivered::Already => {}
    }
    settled(ports, &entry).await?;
    Ok(delivered)
}

/// Ends the entry if this was its last notice. Those that have no outcome yet have messages of their own.
async fn settled(
    ports: &(impl DeliverPorts + ?Sized),
    entry: &OutboxEntry,
) -> Result<(), PortError> {
    let waiting = ports.settle(entry).await?;
    tracing::debug!(review = %entry.review, seq = entry.seq, waiting = waiting.len(), "settled");
    Ok(())
}

/// Sends the mail unless its address gets none, and says what is to be recorded.
async fn conclude(
    ports: &(impl DeliverPorts + ?Sized),
    mailer: &(impl Mailer + ?Sized),
    clock: &(impl Clock + ?Sized),
    claim: &ClaimId,
    mail: &Mail,
    sent: Delivered,
) -> Result<(Outcome, Delivered), DeliverError> {
    let person = std::slice::from_ref(&mail.notice.person);
    if !ports.suppressed(person).await?.is_empty() {
        let at = clock.now();
        return Ok((Outcome::Suppressed { at }, Delivered::Suppressed));
    }
    match mailer.send(mail).await {
        Ok(message_id) => {
            let at = clock.now();
            Ok((Outcome::Sent { at, message_id }, sent))
        }
        Err(MailError::Refused { code }) => {
            tracing::warn!(notice = %mail.notice, code, count.letters_refused = 1, "the mail service will never take this mail");
            let at = clock.now();
            Ok((Outcome::Failed { at, code }, Delivered::Failed))
        }
        Err(error @ (MailError::Throttled { .. } | MailError::NotSent { .. })) => {
            ports.release(&mail.notice, claim).await?;
            Err(error.into())
        }
        Err(error @ MailError::Unknown(_)) => Err(error.into()),
    }
}
