//! Batches: each message on its own, and only the failed ones come back.
//!
//! A queue's message that failed becomes visible again and ends in the dead-letter queue after the
//! template's number of tries; the rest of its batch is done. A stream is in order: the first record
//! that failed ends the batch, and the batch is tried again from there.

use std::fmt::Display;

use aws_lambda_events::event::dynamodb::EventRecord;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent, SqsMessage};
use aws_lambda_events::event::streams::{DynamoDbBatchItemFailure, DynamoDbEventResponse};
use lambda_runtime::{Error, LambdaEvent, Runtime, service_fn};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::invocation::{self, Ending, Invocations};

/// Gives batches to `handle` until Lambda ends the process.
///
/// # Errors
/// Only when the runtime itself fails.
pub async fn run<E: DeserializeOwned, R: Serialize>(
    handle: impl AsyncFn(E) -> R,
) -> Result<(), Error> {
    let handle = &handle;
    let function = service_fn(async |event: LambdaEvent<E>| {
        let ending = Ending;
        let reply = handle(event.payload).await;
        drop(ending);
        Ok::<_, Error>(reply)
    });
    Runtime::new(function)
        .layer(Invocations::default())
        .run()
        .await
}

/// A message as its queue hands it out.
#[derive(Clone, Copy)]
pub struct Message<'a> {
    /// What it says.
    pub body: &'a str,
    /// What it is known by for this once.
    pub receipt: &'a str,
    /// How often it has been handed out, this time included.
    pub receives: u32,
}

impl<'a> Message<'a> {
    fn of(record: &'a SqsMessage) -> Self {
        let count = record.attributes.get("ApproximateReceiveCount");
        Self {
            body: record.body.as_deref().unwrap_or_default(),
            receipt: record.receipt_handle.as_deref().unwrap_or_default(),
            receives: count.and_then(|count| count.parse().ok()).unwrap_or(1),
        }
    }
}

/// Handles every message; the reply names those that failed.
pub async fn each_message<E: Display>(
    event: SqsEvent,
    handle: impl AsyncFn(Message<'_>) -> Result<(), E>,
) -> SqsBatchResponse {
    let mut reply = SqsBatchResponse::default();
    invocation::batch(event.records.len());
    for message in event.records {
        invocation::next_message();
        let handled = handle(Message::of(&message)).await;
        let id = message.message_id.unwrap_or_default();
        if let Err(error) = handled {
            tracing::warn!(message_id = id, %error, "the message goes back to its queue");
            invocation::message_failed(error.to_string());
            reply.add_failure(id);
        }
    }
    reply
}

/// Handles records in order up to the first that fails, which the reply names.
pub async fn each_record<E: Display>(
    records: Vec<EventRecord>,
    handle: impl AsyncFn(EventRecord) -> Result<(), E>,
) -> DynamoDbEventResponse {
    let mut reply = DynamoDbEventResponse::default();
    invocation::batch(records.len());
    for record in records {
        invocation::next_message();
        let sequence_number = record.change.sequence_number.clone();
        if let Err(error) = handle(record).await {
            tracing::warn!(sequence_number, %error, "the stream is read again from here");
            invocation::message_failed(error.to_string());
            let mut failure = DynamoDbBatchItemFailure::default();
            failure.item_identifier = sequence_number;
            reply.batch_item_failures.push(failure);
            break;
        }
    }
    reply
}
