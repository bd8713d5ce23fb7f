//! Reading for those who look after all reviews, and the heads that histories are held against.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Head, ReviewId};
use workflow::ports::{EveryReview, Heads, Ids, PortError};

use super::Table;
use super::codec::{self, Item};
use super::failure::unavailable;
use super::keys::{self, PK};

#[async_trait]
impl Heads for Table {
    async fn head(&self, id: &ReviewId) -> Result<Option<Head>, PortError> {
        let Some(found) = self.get(keys::review(id)).await? else {
            return Ok(None);
        };
        let review = codec::read_outline(found)?;
        Ok(Some(review.head))
    }
}

#[async_trait]
impl EveryReview for Table {
    async fn ids(&self, cursor: Option<&ReviewId>, limit: u32) -> Result<Ids, PortError> {
        // Items of a partition lie together, in the order of their sort keys: the history, then the review or its tombstone.
        // Behind the review's own key nothing of its partition is looked for.
        let mut start = cursor.map(|id| keys::review(id).attributes());
        let mut ids: Vec<ReviewId> = Vec::new();
        loop {
            let call = self
                .client
                .scan()
                .table_name(&self.name)
                .consistent_read(true)
                .projection_expression(PK)
                .filter_expression("sk = :review OR sk = :purged OR begins_with(sk, :history)")
                .expression_attribute_values(":review", text(keys::REVIEW))
                .expression_attribute_values(":purged", text(keys::TOMBSTONE))
                .expression_attribute_values(":history", text(keys::HISTORY))
                .set_exclusive_start_key(start);
            let reply = call.send().await.map_err(|error| unavailable(&error))?;
            for found in reply.items.unwrap_or_default() {
                let id = id_of(&found)?;
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
            }
            start = reply.last_evaluated_key;
            if start.is_none() || !ids.is_empty() {
                break;
            }
        }
        let shown = limit as usize;
        let more = start.is_some() || ids.len() > shown;
        ids.truncate(shown);
        let next = ids.last().filter(|_| more).cloned();
        Ok(Ids { ids, next })
    }
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn id_of(found: &Item) -> Result<ReviewId, PortError> {
    let partition = found.get(PK).and_then(|pk| pk.as_s().ok());
    partition
        .and_then(|pk| keys::id_of(pk))
        .ok_or_else(|| codec::unreadable("review", "its key names no review"))
}
