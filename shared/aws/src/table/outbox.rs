//! The outbox.

use async_trait::async_trait;
use domain::{NoticeRecord, OutboxEntry, ReviewId};
use workflow::ports::{Correspondence, Outbox, PortError};

use super::failure::done_or_moot;
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

    async fn settle(&self, entry: &OutboxEntry) -> Result<(), PortError> {
        let notices = self
            .all(keys::partition(&entry.review), &keys::notices(entry.seq))
            .await?;
        let concluded = |notice: &&codec::Item| notices::is_concluded(notice);
        if notices.iter().filter(concluded).count() < entry.recipients.len() {
            return Ok(());
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
        done_or_moot(call.send().await)
    }
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
