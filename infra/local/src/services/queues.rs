//! Queues (being built).
use std::collections::BTreeMap;
use std::time::Duration;

use super::server::Server;
use super::{QueuePlan, ServiceError};
use crate::data::DataFolder;

/// A handle on the queues.
#[derive(Clone, Debug)]
pub struct Queues;

/// How much a queue holds.
#[derive(Clone, Copy, Debug)]
pub struct QueueDepth {
    /// Ready to be received.
    pub visible: u64,
    /// Received, and neither deleted nor visible again.
    pub in_flight: u64,
}

/// A received message, with all that a Lambda event record carries.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its id.
    pub message_id: String,
    /// With which this delivery is deleted.
    pub receipt_handle: String,
    /// The body.
    pub body: String,
    /// System attributes: `ApproximateReceiveCount`, `SentTimestamp`, …
    pub attributes: BTreeMap<String, String>,
    /// The sender's attributes, in the API's shape (`{"name": {"DataType": …, "StringValue": …}}`).
    pub message_attributes: serde_json::Value,
    /// MD5 of the body in hex.
    pub md5_of_body: String,
}

impl Queues {
    pub(super) async fn start(
        _: &DataFolder,
        _: Vec<QueuePlan>,
    ) -> Result<(Self, Server), ServiceError> {
        unimplemented!()
    }
    /// Where it answers.
    pub fn endpoint(&self) -> &str {
        unimplemented!()
    }
    /// The queue's URL.
    pub fn url(&self, name: &str) -> String {
        unimplemented!("{name}")
    }
    /// The queue's ARN.
    pub fn arn(&self, name: &str) -> String {
        super::queue_arn(name)
    }
    /// Sends.
    pub async fn send(&self, name: &str, body: String) -> Result<(), ServiceError> {
        unimplemented!("{name} {body}")
    }
    /// Receives up to `max` (1–10), waiting up to `wait` (whole seconds, at most 20) for the first.
    pub async fn receive(
        &self,
        name: &str,
        max: u32,
        wait: Duration,
    ) -> Result<Vec<Received>, ServiceError> {
        unimplemented!("{name} {max} {wait:?}")
    }
    /// Deletes.
    pub async fn delete(&self, name: &str, receipt_handle: &str) -> Result<(), ServiceError> {
        unimplemented!("{name} {receipt_handle}")
    }
    /// How much it holds.
    pub async fn depth(&self, name: &str) -> Result<QueueDepth, ServiceError> {
        unimplemented!("{name}")
    }
}
