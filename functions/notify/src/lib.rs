//! The notices queue to SES: one message, one letter, one outcome.
//!
//! A message that cannot be delivered now goes back to its queue; one that is no message of ours, or
//! names no notice, ends in the dead-letter queue after the template's number of tries.

use aws::queue::{MessageError, read_message};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::{NoticeId, OutboxEntry, Recipient};
use edge::batch::each_message;
use jiff::SignedDuration;
use notices::{Links, render};
use workflow::ports::{Claims, Clock, Mail, Mailer, Outbox};
use workflow::{DeliverError, deliver};

/// What stands behind the worker.
pub struct Desk<S, M, C> {
    /// Outbox and claims.
    pub store: S,
    /// The mail service.
    pub mailer: M,
    /// The clock of the leases.
    pub clock: C,
    /// How long a claim holds: longer than this function's timeout.
    pub lease: SignedDuration,
    /// Addresses that letters link to.
    pub links: Links,
}

/// Why a message goes back.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Message(#[from] MessageError),
    #[error(transparent)]
    Deliver(#[from] DeliverError),
}

impl<S: Outbox + Claims, M: Mailer, C: Clock> Desk<S, M, C> {
    /// Delivers every notice of a batch; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        each_message(event, async |body| {
            let notice = read_message(body)?;
            let write =
                |entry: &OutboxEntry, recipient: &Recipient| self.letter(&notice, entry, recipient);
            deliver(
                &self.store,
                &self.mailer,
                &self.clock,
                self.lease,
                &notice,
                write,
            )
            .await?;
            Ok::<_, Error>(())
        })
        .await
    }

    fn letter(
        &self,
        notice: &NoticeId,
        entry: &OutboxEntry,
        recipient: &Recipient,
    ) -> Result<Mail, String> {
        let letter = render(entry, recipient, &self.links).map_err(|error| error.to_string())?;
        Ok(Mail {
            to: recipient.address.clone(),
            subject: letter.subject,
            text: letter.text,
            html: letter.html,
            notice: notice.clone(),
        })
    }
}
