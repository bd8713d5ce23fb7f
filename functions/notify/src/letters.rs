//! One message, one letter, one outcome.

use aws::queue::{MessageError, read_message};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::{NoticeId, OutboxEntry, Recipient};
use edge::batch::{Message, each_message};
use edge::invocation::concerns;
use jiff::{SignedDuration, Timestamp};
use notices::{Links, render};
use workflow::ports::{ClaimTerms, Clock, Enclosure, Mail, Mailer, Postpone};
use workflow::{DeliverError, DeliverPorts, deliver};

/// What stands behind the worker.
pub struct Desk<S, M, C, Q> {
    /// Outbox and claims.
    pub store: S,
    /// The mail service.
    pub mailer: M,
    /// The clock of the leases.
    pub clock: C,
    /// How long claims hold and stay in doubt; the lease is longer than this function's timeout.
    pub terms: ClaimTerms,
    /// The notices queue, in which messages rest.
    pub queue: Q,
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

impl Error {
    /// How long the message rests after it was handed out for the `tries`-th time.
    fn wait(&self, now: Timestamp, tries: u32) -> Option<SignedDuration> {
        match self {
            // It will never be a message: the sooner it ends in the dead-letter queue the better.
            Self::Message(_) => Some(SignedDuration::ZERO),
            Self::Deliver(error) => error.wait(now, tries),
        }
    }
}

impl<S: DeliverPorts, M: Mailer, C: Clock, Q: Postpone> Desk<S, M, C, Q> {
    /// Delivers every notice of a batch; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        each_message(event, async |message| {
            let delivered = self.deliver(message.body).await;
            if let Err(error) = &delivered
                && let Some(wait) = error.wait(self.clock.now(), message.receives)
            {
                self.rest(message, wait).await;
            }
            delivered
        })
        .await
    }

    async fn deliver(&self, body: &str) -> Result<(), Error> {
        let notice = read_message(body)?;
        concerns(&notice.review);
        let write =
            |entry: &OutboxEntry, recipient: &Recipient| self.letter(&notice, entry, recipient);
        let (store, mailer) = (&self.store, &self.mailer);
        deliver(store, mailer, &self.clock, self.terms, &notice, write).await?;
        Ok(())
    }

    /// Lets the message rest. If that fails, the queue's own visibility timeout is its rest.
    async fn rest(&self, message: Message<'_>, wait: SignedDuration) {
        if let Err(error) = self.queue.postpone(message.receipt, wait).await {
            tracing::warn!(%error, "the message could not be postponed");
        }
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
            enclosed: letter.calendar.map(|calendar| Enclosure {
                name: calendar.name,
                media_type: calendar.media_type,
                text: calendar.text,
            }),
            notice: notice.clone(),
        })
    }
}
