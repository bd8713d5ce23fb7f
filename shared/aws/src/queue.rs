//! The notices queue and others. Bodies carry ids only (promise P6).

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use domain::{NoticeId, ReviewId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use workflow::ports::{DeadLetter, DeadLetters, LookQueue, NoticeQueue, PortError, Postpone};

use crate::{Connection, bucket};

/// What SQS takes in one call.
const BATCH: usize = 10;

/// A message of the notices queue.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Message {
    /// Deliver this notice.
    DeliverNoticeV1 { notice: String },
}

/// A message of the notices queue cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("not a message of the notices queue: {0}")]
pub struct MessageError(String);

/// The notice that a message of the queue asks to deliver.
///
/// # Errors
/// [`MessageError`] when the body is no such message; it will never be one.
pub fn read_message(body: &str) -> Result<NoticeId, MessageError> {
    // serde's words would quote the body; what kind of error it was says enough.
    let message = serde_json::from_str(body)
        .map_err(|error| MessageError(format!("{:?}", error.classify())))?;
    match message {
        Message::DeliverNoticeV1 { notice } => notice
            .parse()
            .map_err(|error| MessageError(format!("{error}"))),
    }
}

/// The message that asks to deliver a notice.
#[must_use]
pub fn write_message(notice: &NoticeId) -> String {
    serde_json::to_string(&Message::DeliverNoticeV1 {
        notice: notice.to_string(),
    })
    .expect("a message is made of texts")
}

/// The notices queue in SQS.
pub struct SqsNoticeQueue {
    client: Client,
    url: String,
}

impl SqsNoticeQueue {
    /// The queue at `url`.
    #[must_use]
    pub fn new(connection: &Connection, url: String) -> Self {
        Self {
            client: connection.sqs(),
            url,
        }
    }
}

#[async_trait]
impl NoticeQueue for SqsNoticeQueue {
    async fn enqueue(&self, notices: &[NoticeId]) -> Result<(), PortError> {
        let bodies: Vec<_> = notices.iter().map(write_message).collect();
        send(&self.client, &self.url, &bodies).await
    }
}

/// The queue of objects in SQS, as the sweep sends to it.
pub struct SqsLookQueue {
    client: Client,
    url: String,
}

impl SqsLookQueue {
    /// The queue at `url`.
    #[must_use]
    pub fn new(connection: &Connection, url: String) -> Self {
        Self {
            client: connection.sqs(),
            url,
        }
    }
}

#[async_trait]
impl LookQueue for SqsLookQueue {
    async fn enqueue_looks(&self, reviews: &[ReviewId], as_of: Timestamp) -> Result<(), PortError> {
        let body = |review| bucket::write_look(review, as_of);
        let bodies: Vec<_> = reviews.iter().map(body).collect();
        send(&self.client, &self.url, &bodies).await
    }
}

/// Sends every body, ten in a call. Some may have been taken when it fails; sending all of them again does no harm.
pub(crate) async fn send(client: &Client, url: &str, bodies: &[String]) -> Result<(), PortError> {
    for batch in bodies.chunks(BATCH) {
        let mut call = client.send_message_batch().queue_url(url);
        for (place, body) in batch.iter().enumerate() {
            let entry = SendMessageBatchRequestEntry::builder()
                .id(place.to_string())
                .message_body(body);
            call = call.entries(entry.build().map_err(|error| unavailable(error.into()))?);
        }
        let reply = call
            .send()
            .await
            .map_err(|error| unavailable(error.into_service_error().into()))?;
        if let Some(failed) = reply.failed().first() {
            let message = format!(
                "{} of {} messages were not taken ({})",
                reply.failed().len(),
                batch.len(),
                failed.code()
            );
            return Err(unavailable(message.into()));
        }
    }
    Ok(())
}

/// No message rests longer than SQS lets it.
const LONGEST_REST: SignedDuration = SignedDuration::from_hours(12);

#[async_trait]
impl Postpone for SqsNoticeQueue {
    async fn postpone(&self, receipt: &str, wait: SignedDuration) -> Result<(), PortError> {
        // Whole seconds, and never too early by one.
        let seconds = (wait + SignedDuration::from_millis(999)).as_secs();
        let seconds = seconds.clamp(0, LONGEST_REST.as_secs());
        let call = self
            .client
            .change_message_visibility()
            .queue_url(&self.url)
            .receipt_handle(receipt)
            .visibility_timeout(i32::try_from(seconds).unwrap_or(i32::MAX));
        let rested = call.send().await;
        rested
            .map(|_| ())
            .map_err(|error| unavailable(error.into_service_error().into()))
    }
}

/// A dead-letter queue, and the queue that its messages came from.
pub struct SqsDeadLetters {
    client: Client,
    from: String,
    to: String,
}

impl SqsDeadLetters {
    /// The dead letters at `from`, of the queue at `to`.
    #[must_use]
    pub fn new(connection: &Connection, from: String, to: String) -> Self {
        Self {
            client: connection.sqs(),
            from,
            to,
        }
    }
}

#[async_trait]
impl DeadLetters for SqsDeadLetters {
    async fn count(&self) -> Result<u32, PortError> {
        let name = QueueAttributeName::ApproximateNumberOfMessages;
        let call = self.client.get_queue_attributes().queue_url(&self.from);
        let reply = call.attribute_names(name.clone()).send().await;
        let reply = reply.map_err(|error| unavailable(error.into_service_error().into()))?;
        let count = reply.attributes.and_then(|mut all| all.remove(&name));
        let count = count.and_then(|count| count.parse().ok());
        count.ok_or_else(|| unavailable("the queue does not say how many messages it has".into()))
    }

    async fn some(&self) -> Result<Vec<DeadLetter>, PortError> {
        let call = self.client.receive_message().queue_url(&self.from);
        let call = call.max_number_of_messages(10).wait_time_seconds(1);
        let reply = call.send().await;
        let reply = reply.map_err(|error| unavailable(error.into_service_error().into()))?;
        let messages = reply.messages.unwrap_or_default().into_iter();
        let letter = |message: aws_sdk_sqs::types::Message| {
            Some(DeadLetter {
                body: message.body?,
                receipt: message.receipt_handle?,
            })
        };
        Ok(messages.filter_map(letter).collect())
    }

    async fn redrive(&self, letter: &DeadLetter) -> Result<(), PortError> {
        let call = self.client.send_message().queue_url(&self.to);
        let sent = call.message_body(&letter.body).send().await;
        sent.map_err(|error| unavailable(error.into_service_error().into()))?;
        self.discard(letter).await
    }

    async fn discard(&self, letter: &DeadLetter) -> Result<(), PortError> {
        let call = self.client.delete_message().queue_url(&self.from);
        let gone = call.receipt_handle(&letter.receipt).send().await;
        gone.map_err(|error| unavailable(error.into_service_error().into()))?;
        Ok(())
    }
}

fn unavailable(source: Box<dyn std::error::Error + Send + Sync>) -> PortError {
    PortError::Unavailable {
        service: "SQS",
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_read_back_and_poison_is_named_without_being_quoted() {
        let id = "2024-2222-2223";
        assert!(read_message(r#"{"type":"DeliverNoticeV2","notice":"x"}"#).is_err());
        let error = read_message(r#"{"secret-value"}"#).expect_err("not a message");
        assert!(!error.to_string().contains("secret-value"), "{error}");
        assert!(
            read_message(&format!(
                r#"{{"type":"DeliverNoticeV1","notice":"{id}-1-zz"}}"#
            ))
            .is_err()
        );
    }
}
