//! From the queue to the person.
//!
//! The mail service has no idempotency, so a notice is claimed with a lease that outlives the function,
//! sent once, and its outcome recorded. Whoever finds the claim running stays away. A claim that ran out
//! without an outcome fell between send and record: the mail may be out. It is sent again, and counted
//! as `notice_in_doubt`; only there can a person get a letter twice (promise P2).

use domain::{NoticeId, OutboxEntry, Recipient};
use jiff::{SignedDuration, Timestamp};

use crate::ports::{Claim, Claims, Clock, Mail, MailError, Mailer, Outbox, PortError};

/// What came of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivered {
    /// The mail service took the mail.
    Sent,
    /// The mail service took the mail, but an earlier claim had run out: it may be the second.
    SentInDoubt,
    /// The notice had its outcome already.
    Already,
}

/// Why a delivery must be tried again.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// Someone else is at it; if they fail, the claim runs out then.
    #[error("the notice is claimed until {0}")]
    Held(Timestamp),
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

/// Delivers one notice, rendered by `render` from the entry as it was frozen.
///
/// # Errors
/// [`DeliverError`]; deliver it again later. Only an [`Unknown`](DeliverError::Unknown) one never succeeds.
pub async fn deliver(
    ports: &(impl Claims + Outbox + ?Sized),
    mailer: &(impl Mailer + ?Sized),
    clock: &(impl Clock + ?Sized),
    lease: SignedDuration,
    notice: &NoticeId,
    render: impl Fn(&OutboxEntry, &Recipient) -> Result<Mail, String> + Send + Sync,
) -> Result<Delivered, DeliverError> {
    let entry = ports
        .entry(&notice.review, notice.seq)
        .await?
        .ok_or(DeliverError::Unknown)?;
    let recipient = entry
        .recipients
        .iter()
        .find(|recipient| recipient.person == notice.person)
        .ok_or(DeliverError::Unknown)?;
    // Rendered before the claim, so that a letter that cannot be written leaves no claim behind.
    let mail = render(&entry, recipient).map_err(DeliverError::Render)?;
    let delivered = match ports.claim(notice, clock.now(), lease).await? {
        Claim::Held(until) => return Err(DeliverError::Held(until)),
        Claim::Settled => Delivered::Already,
        Claim::Granted => send(ports, mailer, clock, notice, &mail, Delivered::Sent).await?,
        Claim::InDoubt => {
            tracing::warn!(notice_in_doubt = 1, notice = %notice, "an earlier claim ran out; the mail may go out twice");
            send(ports, mailer, clock, notice, &mail, Delivered::SentInDoubt).await?
        }
    };
    ports.settle(&entry).await?;
    Ok(delivered)
}

async fn send(
    ports: &(impl Claims + ?Sized),
    mailer: &(impl Mailer + ?Sized),
    clock: &(impl Clock + ?Sized),
    notice: &NoticeId,
    mail: &Mail,
    delivered: Delivered,
) -> Result<Delivered, DeliverError> {
    match mailer.send(mail).await {
        Ok(message_id) => {
            ports.record_sent(notice, clock.now(), &message_id).await?;
            tracing::info!(notice = %notice, outcome = ?delivered, "sent");
            Ok(delivered)
        }
        Err(error) => {
            if matches!(error, MailError::NotSent { .. }) {
                ports.release(notice).await?;
            }
            Err(error.into())
        }
    }
}
