//! The table's stream to the notices queue: the fast path of telling people. What was submitted becomes findable on the way.
//!
//! The template's filter lets through only new outbox entries. An entry can come twice and is then
//! enqueued twice, which does no harm: a notice is claimed before it is sent. People come first: a pointer that cannot be
//! written keeps nobody waiting. An entry that cannot be read, enqueued or made findable is tried again from there and
//! ends, after the template's number of tries, in the failure queue.

use aws::table::read_outbox_image;
use aws_lambda_events::event::dynamodb::Event;
use aws_lambda_events::event::streams::DynamoDbEventResponse;
use domain::PersonHashKey;
use edge::batch::each_record;
use edge::invocation::concerns;
use workflow::ports::{Findable, NoticeQueue, PortError, Reviews};
use workflow::{make_findable, relay};

/// What stands behind the worker.
pub struct Desk<Q, S> {
    /// Where notices wait to be sent.
    pub notices: Q,
    /// The reviews, and what they are found by.
    pub store: S,
    /// The secret for the hashes of identifiers.
    pub hash_key: PersonHashKey,
}

impl<Q: NoticeQueue, S: Findable + Reviews> Desk<Q, S> {
    /// Relays a batch of the stream.
    pub async fn handle(&self, event: Event) -> DynamoDbEventResponse {
        each_record(event.records, async |record| {
            let entry = read_outbox_image(record.change.new_image)?;
            concerns(&entry.review);
            relay(&self.notices, &entry).await?;
            make_findable(&self.store, &self.hash_key, &entry).await?;
            Ok::<_, PortError>(())
        })
        .await
    }
}
