//! SQS on one machine: rustack behind a journal, on a port of its own.
//!
//! rustack keeps messages in memory. Every door, the HTTP one and the pollers', goes through one [`Broker`], which
//! writes to a journal what was sent, received and deleted before it answers; a start sends again what was not
//! deleted. Over a restart a message changes its id and its age, and what was in flight is visible again.
//! Timeouts go by the machine's clock. A redelivery may come up to a second late.

mod broker;
mod http;
mod journal;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use rustack_sqs_model::error::SqsError;
use rustack_sqs_model::input::{
    DeleteMessageInput, GetQueueAttributesInput, ReceiveMessageInput, SendMessageInput,
};
use rustack_sqs_model::types::Message;

use self::broker::Broker;
use super::server::{self, Server};
use super::{QueuePlan, ServiceError, queue_arn, queue_url};
use crate::data::DataFolder;
use crate::permissions::Roles;

/// A handle on the queues.
#[derive(Clone, Debug)]
pub struct Queues {
    broker: Arc<Broker>,
    endpoint: Arc<str>,
}

/// How much a queue holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QueueDepth {
    /// Ready to be received, or delayed.
    pub visible: u64,
    /// Received, and neither deleted nor visible again.
    pub in_flight: u64,
}

/// A received message, with all that a Lambda event record carries.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id.
    pub message_id: String,
    /// The name of this delivery, by which it is deleted.
    pub receipt_handle: String,
    /// The body.
    pub body: String,
    /// System attributes: `ApproximateReceiveCount`, `SentTimestamp` (milliseconds), …
    pub attributes: BTreeMap<String, String>,
    /// The sender's attributes, in the API's shape (`{"name": {"DataType": …, "StringValue": …}}`).
    pub message_attributes: serde_json::Value,
    /// MD5 of the body in hex.
    pub md5_of_body: String,
}

impl Queues {
    pub(super) async fn start(
        data: &DataFolder,
        roles: &Roles,
        plan: Vec<QueuePlan>,
    ) -> Result<(Self, Server), ServiceError> {
        let (listener, endpoint) = server::bind("queues").await?;
        let broker = Arc::new(Broker::open(data, &endpoint, plan).await?);
        let router = http::router(Arc::clone(&broker), roles.clone());
        let server = Server::route("queues", listener, router);
        Ok((
            Self {
                broker,
                endpoint: endpoint.into(),
            },
            server,
        ))
    }

    /// The URL under which the SQS API answers.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The queue's URL in this run: the port is another one in the next.
    #[must_use]
    pub fn url(&self, name: &str) -> String {
        queue_url(&self.endpoint, name)
    }

    /// The queue's ARN.
    #[must_use]
    pub fn arn(&self, name: &str) -> String {
        queue_arn(name)
    }

    /// Sends; kept when this returns.
    ///
    /// # Errors
    /// When there is no such queue or the body is empty or over 256 KiB.
    pub async fn send(&self, name: &str, body: String) -> Result<(), ServiceError> {
        let input = SendMessageInput {
            queue_url: self.url(name),
            message_body: body,
            ..SendMessageInput::default()
        };
        self.broker
            .send(input)
            .await
            .map(drop)
            .map_err(refused(name, "take a message"))
    }

    /// Receives up to `max` (1–10), waiting up to `wait` (whole seconds, at most 20) for the first.
    ///
    /// # Errors
    /// When there is no such queue, or `max` or `wait` is out of range.
    pub async fn receive(
        &self,
        name: &str,
        max: u32,
        wait: Duration,
    ) -> Result<Vec<Received>, ServiceError> {
        let input = ReceiveMessageInput {
            queue_url: self.url(name),
            max_number_of_messages: Some(i32::try_from(max).unwrap_or(i32::MAX)),
            wait_time_seconds: Some(i32::try_from(wait.as_secs()).unwrap_or(i32::MAX)),
            attribute_names: vec!["All".to_owned()],
            message_attribute_names: vec!["All".to_owned()],
            ..ReceiveMessageInput::default()
        };
        let output = self
            .broker
            .receive(input)
            .await
            .map_err(refused(name, "hand out messages"))?;
        Ok(output.messages.into_iter().map(Received::from).collect())
    }

    /// Deletes what one delivery handed out.
    ///
    /// # Errors
    /// When there is no such queue.
    pub async fn delete(&self, name: &str, receipt_handle: &str) -> Result<(), ServiceError> {
        let input = DeleteMessageInput {
            queue_url: self.url(name),
            receipt_handle: receipt_handle.to_owned(),
        };
        self.broker
            .delete(input)
            .await
            .map(drop)
            .map_err(refused(name, "delete a message"))
    }

    /// How much the queue holds now.
    ///
    /// # Errors
    /// When there is no such queue.
    pub async fn depth(&self, name: &str) -> Result<QueueDepth, ServiceError> {
        let input = GetQueueAttributesInput {
            queue_url: self.url(name),
            attribute_names: vec!["All".to_owned()],
        };
        let found = self
            .broker
            .provider()
            .get_queue_attributes(input)
            .await
            .map_err(refused(name, "be counted"))?;
        let count = |key: &str| {
            found
                .attributes
                .get(key)
                .and_then(|text| text.parse::<u64>().ok())
                .unwrap_or(0)
        };
        Ok(QueueDepth {
            visible: count("ApproximateNumberOfMessages")
                + count("ApproximateNumberOfMessagesDelayed"),
            in_flight: count("ApproximateNumberOfMessagesNotVisible"),
        })
    }
}

impl From<Message> for Received {
    fn from(message: Message) -> Self {
        Self {
            message_id: message.message_id.unwrap_or_default(),
            receipt_handle: message.receipt_handle.unwrap_or_default(),
            body: message.body.unwrap_or_default(),
            attributes: message.attributes.into_iter().collect(),
            message_attributes: serde_json::to_value(message.message_attributes)
                .expect("a map of plain structs under text keys is JSON"),
            md5_of_body: message.md5_of_body.unwrap_or_default(),
        }
    }
}

fn refused<'a>(queue: &'a str, what: &'static str) -> impl FnOnce(SqsError) -> ServiceError + 'a {
    move |error| ServiceError::Queue {
        queue: queue.to_owned(),
        what,
        reason: error.message,
    }
}
