//! The one transaction of a change, and who won when it was not ours.
//!
//! A reply can be lost after the transaction was applied. Within ten minutes DynamoDB itself knows the
//! attempt by its request token; for ever after, the history entry behind the loaded head tells: it
//! carries the commit's id, whatever has been written on top of it since.
//! Who lost rests for a moment before it is told.

use async_trait::async_trait;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, CancellationReason, Delete, Put, ReturnValuesOnConditionCheckFailure,
    TransactWriteItem,
};
use domain::{Acceptance, CommitId};
use workflow::KeyRecord;
use workflow::ports::{Commit, Commits, Committed, PortError};

use super::codec::{self, Item};
use super::failure::{unavailable, unexpected};
use super::keys::PK;
use super::rest::rest;
use super::{Table, keys, words};

/// A put that must not find an item.
const NEW: &str = "attribute_not_exists(pk)";

impl Table {
    fn put(&self, item: Item) -> PutBuilder {
        PutBuilder(Put::builder().table_name(&self.name).set_item(Some(item)))
    }

    /// The writes of a commit; the history's first entry comes first.
    fn writes(&self, commit: &Commit) -> Result<Vec<TransactWriteItem>, PortError> {
        let review = &commit.change.review;
        let outline = &review.outline;
        let mut puts = Vec::with_capacity(8);
        for entry in &commit.change.entries {
            puts.push(self.put(codec::history_item(&outline.id, entry)).only_new());
        }
        let put = self.put(codec::review_item(review));
        puts.push(match commit.loaded {
            None => put.only_new(),
            Some(version) => put
                .only_if("#review.#version = :loaded", ":loaded", version.to_string())
                .naming("review")
                .naming("version"),
        });
        for list in &commit.lists.entered {
            puts.push(self.put(keys::listed(list, &outline.id).attributes()));
        }
        if commit.change.form_changed {
            puts.push(self.put(codec::form_item(review)));
        }
        if commit.change.people_changed {
            puts.push(self.put(codec::people_item(review)));
        }
        if commit.change.dossier_changed {
            puts.push(self.put(codec::dossier_item(review)));
        }
        puts.extend(commit.words.as_ref().map(|words| {
            let item = words::item(&outline.id, words);
            self.put(item).only_new()
        }));
        for entry in &commit.outbox {
            puts.push(self.put(codec::outbox_item(entry)).only_new());
        }
        puts.extend(commit.key.as_ref().map(|record| self.put_key(record)));
        let left = commit.lists.left.iter();
        let taken_away = left.map(|list| self.delete(keys::listed(list, &outline.id)));
        let puts = puts.into_iter().map(PutBuilder::build);
        puts.chain(taken_away).collect()
    }

    fn delete(&self, key: keys::Key) -> Result<TransactWriteItem, PortError> {
        let delete = Delete::builder()
            .table_name(&self.name)
            .set_key(Some(key.attributes()))
            .build()
            .map_err(|_| unexpected("a delete without a table or a key"))?;
        Ok(TransactWriteItem::builder().delete(delete).build())
    }

    /// A record that has expired may still be there: it gives way.
    fn put_key(&self, record: &KeyRecord) -> PutBuilder {
        let now = record.received_at().as_millisecond().to_string();
        self.put(codec::key_item(record))
            .only_if("attribute_not_exists(pk) OR #until <= :now", ":now", now)
            .naming("until")
    }

    /// Writes an acceptance with the record of its key.
    pub(super) async fn write_acceptance(
        &self,
        acceptance: &Acceptance,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        self.write_with_key(codec::acceptance_item(acceptance), key)
            .await
    }

    /// Writes an item that must not be there yet, with the record of a key.
    pub(super) async fn write_with_key(
        &self,
        item: Item,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        let puts = [self.put(item).only_new(), self.put_key(key)];
        let puts = puts
            .into_iter()
            .map(PutBuilder::build)
            .collect::<Result<_, _>>()?;
        let call = self
            .client
            .transact_write_items()
            .set_transact_items(Some(puts));
        match call.send().await {
            Ok(_) => Ok(Committed::Done),
            Err(error) => raced(error).await.map(|()| Committed::Raced),
        }
    }
}

#[async_trait]
impl Commits for Table {
    async fn commit(&self, commit: &Commit) -> Result<Committed, PortError> {
        let call = self
            .client
            .transact_write_items()
            .set_transact_items(Some(self.writes(commit)?));
        match call.client_request_token(commit.id.as_str()).send().await {
            Ok(_) => Ok(Committed::Done),
            Err(error) => {
                let reasons = lost(error)?;
                if is_ours(&reasons, &commit.id) {
                    return Ok(Committed::Done);
                }
                rest().await?;
                Ok(Committed::Raced)
            }
        }
    }
}

/// The reasons of a transaction that lost against another writer; every other failure is an error.
pub(super) fn lost<R: std::fmt::Debug>(
    error: SdkError<TransactWriteItemsError, R>,
) -> Result<Vec<CancellationReason>, PortError> {
    let SdkError::ServiceError(refusal) = &error else {
        return Err(unavailable(&error));
    };
    let TransactWriteItemsError::TransactionCanceledException(cancelled) = refusal.err() else {
        return Err(unavailable(&error));
    };
    let reasons = cancelled.cancellation_reasons();
    let lost = |reason: &CancellationReason| {
        matches!(
            reason.code(),
            Some("ConditionalCheckFailed" | "TransactionConflict")
        )
    };
    if reasons.iter().any(lost) {
        Ok(reasons.to_vec())
    } else {
        Err(unexpected(
            "the transaction was cancelled, but not by another writer",
        ))
    }
}

/// Rests after a transaction that lost against another writer; every other failure is an error.
pub(super) async fn raced<R: std::fmt::Debug>(
    error: SdkError<TransactWriteItemsError, R>,
) -> Result<(), PortError> {
    lost(error)?;
    rest().await
}

/// Whether the entry that stands in the way is of the same commit.
fn is_ours(reasons: &[CancellationReason], id: &CommitId) -> bool {
    let first = reasons.first().and_then(CancellationReason::item);
    let stands = first
        .and_then(|item| item.get("commit"))
        .and_then(|commit| commit.as_s().ok());
    stands.is_some_and(|commit| commit == id.as_str())
}

/// A put of a transaction.
struct PutBuilder(aws_sdk_dynamodb::types::builders::PutBuilder);

impl PutBuilder {
    fn only_new(self) -> Self {
        Self(
            self.0
                .condition_expression(NEW)
                .return_values_on_condition_check_failure(
                    ReturnValuesOnConditionCheckFailure::AllOld,
                ),
        )
    }

    fn only_if(self, condition: &str, name: &str, number: String) -> Self {
        Self(
            self.0
                .condition_expression(condition)
                .expression_attribute_values(name, AttributeValue::N(number)),
        )
    }

    /// Lets a condition call the attribute `name` by `#name`, as reserved words must be.
    fn naming(self, name: &str) -> Self {
        Self(self.0.expression_attribute_names(format!("#{name}"), name))
    }

    fn build(self) -> Result<TransactWriteItem, PortError> {
        debug_assert!(
            self.0
                .get_item()
                .as_ref()
                .is_some_and(|item| item.contains_key(PK))
        );
        let put = self
            .0
            .build()
            .map_err(|_| unexpected("a put without a table or an item"))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}
