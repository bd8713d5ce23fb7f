//! The outbox.

use std::collections::HashSet;

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{NoticeId, NoticeRecord, OutboxEntry, ReviewId};
use jiff::Timestamp;
use workflow::ports::{Correspondence, DueOutbox, Outbox, Overdue, PortError};

use super::failure::{done_or_moot, done_or_not, unavailable};
use super::{Table, codec, keys, notices};

/// The outbox entry in a record of the table's stream.
///
/// # Errors
/// [`PortError::Unreadable`] when the image is no outbox entry.
pub fn read_outbox_image(image: serde_dynamo::Item) -> Result<OutboxEntry, PortError> {
    codec::read_outbox(image.into())
}

#[async_trait]
impl Outbox for Table {
    async fn entry(&self, review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError> {
        self.get(keys::outbox(review, seq))
            .await?
            .map(codec::read_outbox)
            .transpose()
    }

    async fn settle(&self, entry: &OutboxEntry) -> Result<Vec<NoticeId>, PortError> {
        let items = self
            .all(keys::partition(&entry.review), &keys::notices(entry.seq))
            .await?;
        let concluded = items.into_iter().filter(notices::is_concluded);
        let concluded = concluded.map(|item| notices::read(&entry.review, item));
        let concluded = concluded.map(|record| record.map(|record| record.notice));
        let concluded = concluded.collect::<Result<HashSet<_>, _>>()?;
        let waits = |notice: &NoticeId| !concluded.contains(notice);
        let waiting: Vec<_> = entry.notices().filter(waits).collect();
        if !waiting.is_empty() {
            return Ok(waiting);
        }
        let key = keys::outbox(&entry.review, entry.seq).attributes();
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key));
        // An entry that has left by its time to live stays away.
        let call = call
            .update_expression("REMOVE due_shard, due_at")
            .condition_expression("attribute_exists(pk)");
        done_or_moot(call.send().await)?;
        Ok(waiting)
    }
}

#[async_trait]
impl DueOutbox for Table {
    fn shards(&self) -> u32 {
        keys::DUE_SHARDS
    }

    async fn overdue(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Overdue>, PortError> {
        let reply = self
            .client
            .query()
            .table_name(&self.name)
            .index_name(keys::DUE_INDEX)
            .key_condition_expression("due_shard = :shard AND due_at <= :at")
            .filter_expression("begins_with(sk, :outbox)")
            .expression_attribute_values(":shard", AttributeValue::S(keys::shard(shard)))
            .expression_attribute_values(":at", milliseconds(at))
            .expression_attribute_values(":outbox", AttributeValue::S(keys::OUTBOX.to_owned()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await;
        let reply = reply.map_err(|error| unavailable(&error))?;
        let items = reply.items.unwrap_or_default();
        items.iter().map(overdue).collect()
    }

    async fn move_on(&self, seen: &Overdue, next: Timestamp) -> Result<bool, PortError> {
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::outbox(&seen.review, seen.seq).attributes()))
            .update_expression("SET due_at = :next")
            .condition_expression("due_at = :seen")
            .expression_attribute_values(":next", milliseconds(next))
            .expression_attribute_values(":seen", milliseconds(seen.due_at));
        done_or_not(call.send().await)
    }
}

/// An entry as the index has it: its keys, and since when it is due.
fn overdue(item: &codec::Item) -> Result<Overdue, PortError> {
    let broken = || codec::unreadable("due entry", "its keys are not as expected");
    let text = |name| item.get(name).and_then(|value| value.as_s().ok());
    let review = text(keys::PK).and_then(|pk| keys::id_of(pk));
    let seq = text(keys::SK).and_then(|sk| sk.strip_prefix(keys::OUTBOX));
    let due = item.get("due_at").and_then(|value| value.as_n().ok());
    let due = due.and_then(|due| due.parse().ok());
    Ok(Overdue {
        review: review.ok_or_else(broken)?,
        seq: seq.and_then(|seq| seq.parse().ok()).ok_or_else(broken)?,
        due_at: due
            .and_then(|due| Timestamp::from_millisecond(due).ok())
            .ok_or_else(broken)?,
    })
}

pub(super) fn milliseconds(at: Timestamp) -> AttributeValue {
    AttributeValue::N(at.as_millisecond().to_string())
}

#[async_trait]
impl Correspondence for Table {
    async fn entries_of(&self, review: &ReviewId) -> Result<Vec<OutboxEntry>, PortError> {
        let items = self.all(keys::partition(review), keys::OUTBOX).await?;
        items.into_iter().map(codec::read_outbox).collect()
    }

    async fn notices_of(&self, review: &ReviewId) -> Result<Vec<NoticeRecord>, PortError> {
        let items = self.all(keys::partition(review), keys::NOTICE).await?;
        let record = |item| notices::read(review, item);
        items.into_iter().map(record).collect()
    }
}
