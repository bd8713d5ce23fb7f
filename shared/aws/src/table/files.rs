//! What files need of the table beside their review: whose review is due for a look, and how many uploads a person was
//! granted.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::AccountKey;
use domain::ReviewId;
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Counted, DueReview, DueReviews, GRANTS_AN_HOUR, GrantCounts, PortError};

use super::failure::{done_or_not, unavailable};
use super::outbox::milliseconds;
use super::{Table, codec, keys};

/// A count leaves this long after the instant that it was begun at: its hour is over by then.
const COUNT_LIFETIME: SignedDuration = SignedDuration::from_hours(2);

#[async_trait]
impl DueReviews for Table {
    fn review_shards(&self) -> u32 {
        keys::DUE_SHARDS
    }

    async fn due_reviews(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<DueReview>, PortError> {
        let shard = AttributeValue::S(keys::review_shard(shard));
        let reply = self
            .client
            .query()
            .table_name(&self.name)
            .index_name(keys::DUE_INDEX)
            .key_condition_expression("due_shard = :shard AND due_at <= :at")
            .expression_attribute_values(":shard", shard)
            .expression_attribute_values(":at", milliseconds(at))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await;
        let reply = reply.map_err(|error| unavailable(&error))?;
        let items = reply.items.unwrap_or_default();
        items.iter().map(due).collect()
    }

    async fn move_review_on(&self, seen: &DueReview, next: Timestamp) -> Result<bool, PortError> {
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::review(&seen.review).attributes()))
            .update_expression("SET due_at = :next")
            .condition_expression("due_at = :seen")
            .expression_attribute_values(":next", milliseconds(next))
            .expression_attribute_values(":seen", milliseconds(seen.due_at));
        done_or_not(call.send().await)
    }
}

/// A review as the index has it: its keys, and since when it is due.
fn due(item: &codec::Item) -> Result<DueReview, PortError> {
    let broken = || codec::unreadable("due review", "its keys are not as expected");
    let pk = item.get(keys::PK).and_then(|pk| pk.as_s().ok());
    let review: Option<ReviewId> = pk.and_then(|pk| keys::id_of(pk));
    let at = item.get("due_at").and_then(|value| value.as_n().ok());
    let at = at.and_then(|at| at.parse().ok());
    Ok(DueReview {
        review: review.ok_or_else(broken)?,
        due_at: at
            .and_then(|at| Timestamp::from_millisecond(at).ok())
            .ok_or_else(broken)?,
    })
}

#[async_trait]
impl GrantCounts for Table {
    async fn count_grant(&self, account: &AccountKey, at: Timestamp) -> Result<Counted, PortError> {
        let number = |number: u32| AttributeValue::N(number.to_string());
        let leaves = (at + COUNT_LIFETIME).as_second().to_string();
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::grants(account, at).attributes()))
            .update_expression("SET v = :shape, expires_at = :leaves ADD granted :one")
            .condition_expression("attribute_not_exists(granted) OR granted < :most")
            .expression_attribute_values(":shape", number(u32::from(codec::SHAPE)))
            .expression_attribute_values(":leaves", AttributeValue::N(leaves))
            .expression_attribute_values(":one", number(1))
            .expression_attribute_values(":most", number(GRANTS_AN_HOUR));
        Ok(if done_or_not(call.send().await)? {
            Counted::Counted
        } else {
            Counted::NoneLeft
        })
    }
}
