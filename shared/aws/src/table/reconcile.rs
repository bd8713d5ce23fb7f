//! Walks for those who look for what has come apart.
//!
//! A part is a segment of a parallel scan: the table cuts itself by the hash of the partition key, so that a part holds
//! whole partitions, and the same ones every time. What is read is paid by its size, whatever is shown of it: the caller
//! counts pages, of 1 MB each.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Delete, Put, TransactWriteItem};
use domain::{ListKey, ReviewId};
use jiff::Timestamp;
use workflow::ports::{
    Bookmark, Found, Mend, Overdue, Part, PointerPage, Pointers, PortError, Unanswered,
};

use super::codec::Item;
use super::commit::raced;
use super::failure::{done_or_not, unavailable, unexpected};
use super::keys::{self, PK, SK};
use super::outbox::{milliseconds, overdue};
use super::{Table, codec};

#[async_trait]
impl Unanswered for Table {
    async fn unanswered(
        &self,
        shard: u32,
        after: Option<&Overdue>,
    ) -> Result<Vec<Overdue>, PortError> {
        let mut start = after.map(|after| {
            let mut key = keys::outbox(&after.review, after.seq).attributes();
            key.insert("due_shard".to_owned(), text(keys::shard(shard)));
            key.insert("due_at".to_owned(), milliseconds(after.due_at));
            key
        });
        loop {
            let call = self
                .client
                .query()
                .table_name(&self.name)
                .index_name(keys::DUE_INDEX)
                .key_condition_expression("due_shard = :shard")
                .filter_expression("begins_with(sk, :outbox)")
                .expression_attribute_values(":shard", text(keys::shard(shard)))
                .expression_attribute_values(":outbox", text(keys::OUTBOX.to_owned()))
                .set_exclusive_start_key(start);
            let reply = call.send().await.map_err(|error| unavailable(&error))?;
            let items = reply.items.unwrap_or_default();
            start = reply.last_evaluated_key;
            if !items.is_empty() || start.is_none() {
                return items.iter().map(overdue).collect();
            }
        }
    }

    async fn is_due(&self, review: &ReviewId, seq: u64) -> Result<bool, PortError> {
        let found = self.get(keys::outbox(review, seq)).await?;
        Ok(found.is_some_and(|found| found.contains_key("due_at")))
    }

    async fn make_due(
        &self,
        review: &ReviewId,
        seq: u64,
        at: Timestamp,
    ) -> Result<bool, PortError> {
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::outbox(review, seq).attributes()))
            .update_expression("SET due_shard = :shard, due_at = :at")
            .condition_expression("attribute_exists(pk) AND attribute_not_exists(due_at)")
            .expression_attribute_values(":shard", text(keys::due_shard(review)))
            .expression_attribute_values(":at", milliseconds(at));
        done_or_not(call.send().await)
    }
}

#[async_trait]
impl Pointers for Table {
    async fn page(&self, part: Part, after: Option<&Bookmark>) -> Result<PointerPage, PortError> {
        let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let call = self
            .client
            .scan()
            .table_name(&self.name)
            .segment(number(part.number))
            .total_segments(number(part.of))
            .projection_expression("pk, sk")
            .filter_expression(
                "sk = :review OR (begins_with(sk, :listed) AND (begins_with(pk, :account) OR begins_with(pk, :person) OR begins_with(pk, :team)))",
            )
            .expression_attribute_values(":review", text(keys::REVIEW.to_owned()))
            .expression_attribute_values(":listed", text(keys::LISTED.to_owned()))
            .expression_attribute_values(":account", text(keys::OF_ACCOUNT.to_owned()))
            .expression_attribute_values(":person", text(keys::OF_PERSON.to_owned()))
            .expression_attribute_values(":team", text(keys::OF_TEAM.to_owned()))
            .set_exclusive_start_key(after.map(start).transpose()?);
        let reply = call.send().await.map_err(|error| unavailable(&error))?;
        let mut page = PointerPage {
            next: reply.last_evaluated_key.as_ref().and_then(bookmark),
            ..PointerPage::default()
        };
        for item in reply.items.iter().flatten() {
            match found(item) {
                Some(found) => page.found.push(found),
                None => page.unreadable += 1,
            }
        }
        Ok(page)
    }

    async fn standing(
        &self,
        review: &ReviewId,
        lists: &[ListKey],
    ) -> Result<Vec<ListKey>, PortError> {
        let keys = lists.iter().map(|list| keys::listed(list, review));
        let items = self.batch(keys).await?;
        let named = |list: &&ListKey| {
            let partition = keys::list(list);
            items.iter().any(|item| of(item, PK) == Some(&partition))
        };
        Ok(lists.iter().filter(named).cloned().collect())
    }

    async fn mend(&self, mend: &Mend) -> Result<bool, PortError> {
        let broken = || unexpected("a write without a table or a key");
        let check = ConditionCheck::builder()
            .table_name(&self.name)
            .set_key(Some(keys::review(&mend.review).attributes()));
        let check = match mend.seen {
            None => check.condition_expression("attribute_not_exists(pk)"),
            Some(version) => check
                .condition_expression("#review.#version = :seen")
                .expression_attribute_names("#review", "review")
                .expression_attribute_names("#version", "version")
                .expression_attribute_values(":seen", AttributeValue::N(version.to_string())),
        };
        let check = check.build().map_err(|_| broken())?;
        let pointer = keys::listed(&mend.list, &mend.review).attributes();
        let write = TransactWriteItem::builder();
        let write = if mend.stands {
            let put = Put::builder().table_name(&self.name);
            write.put(put.set_item(Some(pointer)).build().map_err(|_| broken())?)
        } else {
            let delete = Delete::builder().table_name(&self.name);
            write.delete(
                delete
                    .set_key(Some(pointer))
                    .build()
                    .map_err(|_| broken())?,
            )
        };
        let call = self
            .client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().condition_check(check).build())
            .transact_items(write.build());
        match call.send().await {
            Ok(_) => Ok(true),
            Err(error) => raced(error).await.map(|()| false),
        }
    }
}

/// A review or a pointer by its key; `None` if it names neither.
fn found(item: &Item) -> Option<Found> {
    let (pk, sk) = (of(item, PK)?, of(item, SK)?);
    if sk == keys::REVIEW {
        return keys::id_of(pk).map(Found::Review);
    }
    let review = sk.strip_prefix(keys::LISTED)?.parse().ok()?;
    Some(Found::Pointer(keys::list_of(pk)?, review))
}

fn of<'a>(item: &'a Item, name: &str) -> Option<&'a String> {
    item.get(name).and_then(|value| value.as_s().ok())
}

fn text(text: String) -> AttributeValue {
    AttributeValue::S(text)
}

/// No key holds a line's end.
fn bookmark(key: &Item) -> Option<Bookmark> {
    Some(Bookmark(format!("{}\n{}", of(key, PK)?, of(key, SK)?)))
}

fn start(bookmark: &Bookmark) -> Result<Item, PortError> {
    let (pk, sk) = bookmark
        .0
        .split_once('\n')
        .ok_or_else(|| codec::unreadable("bookmark", "it names no key"))?;
    let key = [(PK, pk), (SK, sk)];
    Ok(HashMap::from(key.map(|(name, value)| {
        (name.to_owned(), text(value.to_owned()))
    })))
}
