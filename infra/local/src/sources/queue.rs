//! From a queue to a function: batches of messages, deleted when the function is done with them.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use serde_json::{Map, Value, json};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinSet,
    time::Instant,
};

use super::{Reach, batch_reply::Failures};
use crate::{
    services::{REGION, Received},
    template::QueueSourcePlan,
};

/// How long one poll waits for a first message: as long as SQS lets it.
const LONG_POLL: Duration = Duration::from_secs(20);

/// Messages that one receive hands out at most.
const RECEIVE: u32 = 10;

pub(super) struct QueueSource {
    plan: QueueSourcePlan,
    reach: Reach,
}

impl QueueSource {
    pub(super) fn new(plan: QueueSourcePlan, reach: Reach) -> Self {
        Self { plan, reach }
    }

    /// Polls until told to stop, with as many batches at once as MaximumConcurrency or the function allow.
    pub(super) async fn run(self, mut stopped: watch::Receiver<bool>) {
        let most = self
            .plan
            .concurrency
            .and_then(|most| usize::try_from(most).ok());
        let places = most
            .unwrap_or(usize::MAX)
            .min(self.reach.lambda.concurrency(&self.plan.function));
        let places = Arc::new(Semaphore::new(places));
        let source = Arc::new(self);
        let mut batches = JoinSet::new();
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await.ok()?;
                Some((place, source.gather().await))
            };
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => break,
                next = next => match next {
                    Some((_, batch)) if batch.is_empty() => {}
                    Some((place, received)) => {
                        batches.spawn(Arc::clone(&source).work_on_all(received, place));
                    }
                    None => break,
                },
            }
            while batches.try_join_next().is_some() {}
        }
        while batches.join_next().await.is_some() {}
    }

    /// One batch: what is there, or with a batching window what comes until it is full or the window has passed.
    async fn gather(&self) -> Vec<Received> {
        // There is only an order to reverse where several were received.
        let size = if self.reach.delivery.reverse {
            self.plan.batch_size.max(RECEIVE)
        } else {
            self.plan.batch_size
        };
        let mut batch = self.receive(size, LONG_POLL).await;
        let until = Instant::now() + self.plan.window;
        while !batch.is_empty() {
            let room = size.saturating_sub(u32::try_from(batch.len()).unwrap_or(u32::MAX));
            let left = until.saturating_duration_since(Instant::now());
            if room == 0 || left.is_zero() {
                break;
            }
            batch.extend(self.receive(room, left.min(LONG_POLL)).await);
        }
        batch
    }

    async fn receive(&self, room: u32, wait: Duration) -> Vec<Received> {
        let receive = || {
            self.reach
                .queues
                .receive(&self.plan.queue, room.min(RECEIVE), wait)
        };
        self.reach.until_done(&self.plan.name, receive).await
    }

    /// What was received, as batches of the template's size one after the other.
    async fn work_on_all(
        self: Arc<Self>,
        mut received: Vec<Received>,
        place: OwnedSemaphorePermit,
    ) {
        if self.reach.delivery.reverse {
            received.reverse();
        }
        let size = usize::try_from(self.plan.batch_size).unwrap_or(usize::MAX);
        let mut received = received.into_iter();
        loop {
            let batch: Vec<_> = received.by_ref().take(size).collect();
            if batch.is_empty() {
                break;
            }
            self.work_on(batch).await;
        }
        drop(place);
    }

    async fn work_on(&self, batch: Vec<Received>) {
        let arn = self.reach.queues.arn(&self.plan.queue);
        let (mut wanted, mut records) = (Vec::new(), Vec::new());
        for message in batch {
            let record = record(&message, &arn);
            if self.plan.filter.lets_pass(&with_body_read(&record)) {
                wanted.push(message);
                records.push(record);
            } else {
                self.delete(&message).await; // as Lambda does: nobody else will ever want it
            }
        }
        if wanted.is_empty() {
            return;
        }
        let event = Bytes::from(json!({ "Records": records }).to_string());
        let outcome = match self.reach.invoke(&self.plan.function, event).await {
            Ok(outcome) => outcome,
            Err(error) => {
                return self
                    .reach
                    .terminal
                    .line(format!("{}: {error}", self.plan.name));
            }
        };
        let known = |id: &str| wanted.iter().any(|message| message.message_id == id);
        match Failures::of(&outcome, self.plan.partial_failures, known) {
            Failures::All => {} // all of them become visible again
            Failures::None => self.delete_all(wanted.iter()).await,
            Failures::Some(failed) => {
                self.delete_all(
                    wanted
                        .iter()
                        .filter(|message| !failed.contains(&message.message_id)),
                )
                .await;
            }
        }
    }

    async fn delete_all(&self, messages: impl Iterator<Item = &Received>) {
        for message in messages {
            self.delete(message).await;
        }
    }

    async fn delete(&self, message: &Received) {
        let delete = || {
            self.reach
                .queues
                .delete(&self.plan.queue, &message.receipt_handle)
        };
        self.reach.until_done(&self.plan.name, delete).await;
    }
}

/// A message as a function sees it.
fn record(message: &Received, arn: &str) -> Value {
    json!({
        "messageId": message.message_id,
        "receiptHandle": message.receipt_handle,
        "body": message.body,
        "attributes": message.attributes,
        "messageAttributes": message_attributes(&message.message_attributes),
        "md5OfBody": message.md5_of_body,
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    })
}

/// The API writes `StringValue`, events write `stringValue`.
fn message_attributes(api: &Value) -> Value {
    let lower = |fields: &Value| {
        let fields = fields.as_object().into_iter().flatten();
        let fields = fields.map(|(name, value)| (lower_first(name), value.clone()));
        let lists =
            ["stringListValues", "binaryListValues"].map(|name| (name.to_owned(), json!([])));
        Value::Object(fields.chain(lists).collect::<Map<_, _>>())
    };
    let attributes = api.as_object().into_iter().flatten();
    attributes
        .map(|(name, fields)| (name.clone(), lower(fields)))
        .collect()
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_ascii_lowercase())
        .into_iter()
        .chain(letters)
        .collect()
}

/// What filters see: a body that is JSON is looked into.
fn with_body_read(record: &Value) -> Value {
    let mut record = record.clone();
    if let Some(body) = record["body"]
        .as_str()
        .and_then(|body| serde_json::from_str::<Value>(body).ok())
    {
        record["body"] = body;
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_of_a_message_are_spelled_as_events_spell_them() {
        let api = json!({ "kind": { "DataType": "String", "StringValue": "a" } });
        let expected = json!({
            "kind": { "dataType": "String", "stringValue": "a", "stringListValues": [], "binaryListValues": [] }
        });
        assert_eq!(message_attributes(&api), expected);
        assert_eq!(message_attributes(&Value::Null), json!({}));
    }

    #[test]
    fn filters_look_into_a_body_that_is_json_and_take_another_as_text() {
        assert_eq!(
            with_body_read(&json!({ "body": "{\"a\": 1}" })),
            json!({ "body": { "a": 1 } })
        );
        assert_eq!(
            with_body_read(&json!({ "body": "plain" })),
            json!({ "body": "plain" })
        );
    }
}
