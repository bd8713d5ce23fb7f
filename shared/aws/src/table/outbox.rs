//! The outbox, and the claims of its notices.
//!
//! A notice's item is there only while it is claimed or once it has its outcome:
//! `state = claimed, until, claim` or `state = sent, at, message_id`. Each claim carries an id of its
//! own, so that a claim whose reply was lost is known as ours when it is tried again.

use async_trait::async_trait;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use domain::{NoticeId, OutboxEntry, ReviewId};
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Claim, Claims, Outbox, PortError};

use super::codec::{self, Item};
use super::failure::{done_or_moot, unavailable, unexpected};
use super::{Table, keys};

const CLAIMED: &str = "claimed";
const SENT: &str = "sent";

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
        let settled = notices
            .iter()
            .filter(|notice| text(notice, "state") == Some(SENT))
            .count();
        if settled < entry.recipients.len() {
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
impl Claims for Table {
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Claim, PortError> {
        let mine = claim_id()?;
        let until = now + lease;
        let Some(found) = self.put_claim(notice, &mine, until, None).await? else {
            return Ok(Claim::Granted);
        };
        if text(&found, "state") == Some(SENT) {
            return Ok(Claim::Settled);
        }
        let held_until =
            number(&found, "until").and_then(|until| Timestamp::from_millisecond(until).ok());
        let (Some(theirs), Some(held_until)) = (text(&found, "claim"), held_until) else {
            return Err(codec::unreadable(
                "notice",
                "it is neither claimed nor sent",
            ));
        };
        if theirs == mine {
            return Ok(Claim::Granted);
        }
        if now < held_until {
            return Ok(Claim::Held(held_until));
        }
        match self.put_claim(notice, &mine, until, Some(theirs)).await? {
            None => Ok(Claim::InDoubt),
            Some(found) if text(&found, "claim") == Some(&mine) => Ok(Claim::InDoubt),
            Some(found) if text(&found, "state") == Some(SENT) => Ok(Claim::Settled),
            Some(_) => Ok(Claim::Held(until)),
        }
    }

    async fn release(&self, notice: &NoticeId) -> Result<(), PortError> {
        let key = keys::notice(notice).attributes();
        let call = self
            .client
            .delete_item()
            .table_name(&self.name)
            .set_key(Some(key));
        let call = call
            .condition_expression("#state = :claimed")
            .expression_attribute_names("#state", "state");
        let call = call.expression_attribute_values(":claimed", attribute(CLAIMED));
        done_or_moot(call.send().await)
    }

    async fn record_sent(
        &self,
        notice: &NoticeId,
        at: Timestamp,
        message_id: &str,
    ) -> Result<(), PortError> {
        let item = codec::notice_item(
            notice,
            [
                ("state", attribute(SENT)),
                ("at", attribute(&at.to_string())),
                ("message_id", attribute(message_id)),
            ],
        );
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item));
        call.send()
            .await
            .map(|_| ())
            .map_err(|error| unavailable(&error))
    }
}

impl Table {
    /// Claims for `mine` if there is no item, or if the item is the expired claim `theirs`. Returns the
    /// item that stands in the way.
    async fn put_claim(
        &self,
        notice: &NoticeId,
        mine: &str,
        until: Timestamp,
        theirs: Option<&str>,
    ) -> Result<Option<Item>, PortError> {
        let item = codec::notice_item(
            notice,
            [
                ("state", attribute(CLAIMED)),
                ("claim", attribute(mine)),
                (
                    "until",
                    AttributeValue::N(until.as_millisecond().to_string()),
                ),
            ],
        );
        let call = self
            .client
            .put_item()
            .table_name(&self.name)
            .set_item(Some(item));
        let call = call
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let call = match theirs {
            None => call.condition_expression("attribute_not_exists(pk)"),
            Some(theirs) => call
                .condition_expression("#claim = :theirs")
                .expression_attribute_names("#claim", "claim")
                .expression_attribute_values(":theirs", attribute(theirs)),
        };
        match call.send().await {
            Ok(_) => Ok(None),
            Err(error) => standing(error).map(Some),
        }
    }
}

/// The item that stood in the way of a conditional put.
fn standing<R: std::fmt::Debug>(error: SdkError<PutItemError, R>) -> Result<Item, PortError> {
    match error.as_service_error() {
        // It is gone by now if it was released in between: then the next delivery finds nothing in its way.
        Some(PutItemError::ConditionalCheckFailedException(failed)) => failed
            .item()
            .cloned()
            .ok_or_else(|| unexpected("the notice's item was not returned")),
        Some(_) | None => Err(unavailable(&error)),
    }
}

fn attribute(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn claim_id() -> Result<String, PortError> {
    let bits = getrandom::u64().map_err(|_| unexpected("the system has no random bits"))?;
    Ok(format!("{bits:016x}"))
}

fn text<'a>(item: &'a Item, name: &str) -> Option<&'a str> {
    item.get(name)
        .and_then(|value| value.as_s().ok())
        .map(String::as_str)
}

fn number(item: &Item, name: &str) -> Option<i64> {
    item.get(name)
        .and_then(|value| value.as_n().ok())
        .and_then(|number| number.parse().ok())
}
