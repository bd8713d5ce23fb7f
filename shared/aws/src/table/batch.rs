//! Many writes of items that do not hang together.

use aws_sdk_dynamodb::types::WriteRequest;
use workflow::ports::PortError;

use super::Table;
use super::failure::unavailable;
use super::rest::rest;

/// The most writes of one call.
const WRITES: usize = 25;

impl Table {
    /// Writes all, in no order. What a call leaves undone, as DynamoDB may when it is busy, is asked for again after a rest.
    pub(super) async fn write_all(&self, writes: Vec<WriteRequest>) -> Result<(), PortError> {
        for some in writes.chunks(WRITES) {
            let mut wanted = some.to_vec();
            loop {
                let call = self
                    .client
                    .batch_write_item()
                    .request_items(&self.name, wanted);
                let reply = call.send().await.map_err(|error| unavailable(&error))?;
                let left = reply.unprocessed_items.into_iter().flatten();
                wanted = left.flat_map(|(_, writes)| writes).collect();
                if wanted.is_empty() {
                    break;
                }
                rest().await?;
            }
        }
        Ok(())
    }
}
