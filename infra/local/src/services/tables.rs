//! Tables (being built).
use super::server::Server;
use super::{ServiceError, TablePlan};
use crate::clock::SetClock;
use crate::data::DataFolder;

/// A handle on the tables.
#[derive(Clone, Debug)]
pub struct Tables;

/// One record of a table's stream.
#[derive(Clone, Debug)]
pub struct StreamRecord {
    /// Its place in the stream: 21 digits, growing.
    pub sequence_number: String,
    /// The record in the exact shape in which Lambda hands it to a function.
    pub event: serde_json::Value,
}

impl Tables {
    pub(super) async fn start(
        _: &DataFolder,
        _: &SetClock,
        _: Vec<TablePlan>,
    ) -> Result<(Self, Server), ServiceError> {
        unimplemented!()
    }
    /// Where it answers.
    pub fn endpoint(&self) -> &str {
        unimplemented!()
    }
    /// Stream records after `after` (a sequence number; `None`: from the oldest kept), at most `limit`.
    pub async fn stream_records(
        &self,
        table: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<StreamRecord>, ServiceError> {
        unimplemented!("{table} {after:?} {limit}")
    }
    /// Resolves when something was written since this handle's last call: one clone a poller.
    pub async fn changed(&self) {
        unimplemented!()
    }
    /// Forgets records before `sequence` that are older than a day.
    pub async fn forget_before(&self, table: &str, sequence: &str) -> Result<usize, ServiceError> {
        unimplemented!("{table} {sequence}")
    }
    /// The ARN of the table's stream.
    pub fn stream_arn(&self, table: &str) -> Option<String> {
        unimplemented!("{table}")
    }
}
