//! What files need of the table beside their review: how many uploads a person was granted.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use domain::AccountKey;
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Counted, GRANTS_AN_HOUR, GrantCounts, PortError};

use super::failure::done_or_not;
use super::{Table, codec, keys};

/// A count leaves this long after the instant that it was begun at: its hour is over by then.
const COUNT_LIFETIME: SignedDuration = SignedDuration::from_hours(2);

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
