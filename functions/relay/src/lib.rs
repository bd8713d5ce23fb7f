//! The table's stream to the notices queue: the fast path of telling people.
//!
//! The template's filter lets through only new outbox entries. An entry can come twice and is then
//! enqueued twice, which does no harm: a notice is claimed before it is sent. An entry that cannot be
//! read or enqueued is tried again from there and ends, after the template's number of tries, in the
//! failure queue.

use aws::table::read_outbox_image;
use aws_lambda_events::event::dynamodb::Event;
use aws_lambda_events::event::streams::DynamoDbEventResponse;
use edge::batch::each_record;
use workflow::ports::{NoticeQueue, PortError};
use workflow::relay;

/// Relays a batch of the stream.
pub async fn handle(queue: &impl NoticeQueue, event: Event) -> DynamoDbEventResponse {
    each_record(event.records, async |record| {
        let entry = read_outbox_image(record.change.new_image)?;
        relay(queue, &entry).await?;
        Ok::<_, PortError>(())
    })
    .await
}
