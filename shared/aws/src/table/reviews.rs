//! Reading reviews and what decisions look at. Every read is consistent.

use std::collections::BTreeSet;

use async_trait::async_trait;
use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::transact_get_items::TransactGetItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Get, KeysAndAttributes, TransactGetItem};
use domain::{
    Acceptance, Acceptor, ListKey, Outline, PerformanceYear, Review, ReviewId, SealedEntry,
    TextRef, WindowChange,
};
use workflow::ports::{
    Acceptances, Committed, Histories, Keys, PortError, Programs, Reviews, ReviewsOfPerson,
};
use workflow::{KeyName, KeyRecord};

use super::Table;
use super::codec::{self, Item};
use super::failure::{unavailable, unexpected};
use super::keys::{self, Key, PK, SK};
use super::rest::rest;

/// How often a read is tried again that met a write of the same review.
const READ_ATTEMPTS: u32 = 5;

/// The most items of one batch.
const BATCH: usize = 100;

impl Table {
    /// One item.
    pub(super) async fn get(&self, key: Key) -> Result<Option<Item>, PortError> {
        let call = self
            .client
            .get_item()
            .table_name(&self.name)
            .set_key(Some(key.attributes()))
            .consistent_read(true);
        Ok(call.send().await.map_err(|error| unavailable(&error))?.item)
    }

    /// Every item of a partition whose sort key begins with `prefix`, in order.
    pub(super) async fn all(&self, pk: String, prefix: &str) -> Result<Vec<Item>, PortError> {
        let mut pages = self.query(pk, prefix).into_paginator().items().send();
        let mut items = Vec::new();
        while let Some(item) = pages.next().await {
            items.push(item.map_err(|error| unavailable(&error))?);
        }
        Ok(items)
    }

    fn query(
        &self,
        pk: String,
        prefix: &str,
    ) -> aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", AttributeValue::S(pk))
            .expression_attribute_values(":prefix", AttributeValue::S(prefix.to_owned()))
    }

    fn get_in_transaction(&self, key: Key) -> Result<TransactGetItem, PortError> {
        let get = Get::builder()
            .table_name(&self.name)
            .set_key(Some(key.attributes()))
            .build();
        Ok(TransactGetItem::builder()
            .get(get.map_err(|_| unexpected("a get without a key"))?)
            .build())
    }

    /// The hearts of those of `ids`, which name none twice, that are there, in the order of their ids.
    pub(super) async fn hearts(
        &self,
        ids: impl Iterator<Item = &ReviewId>,
    ) -> Result<Vec<Outline>, PortError> {
        let mut found = Vec::new();
        for item in self.batch(ids.map(keys::review)).await? {
            let codec::ReviewItem { review, .. } = codec::read("review", item)?;
            found.push(review);
        }
        found.sort_by(|one: &Outline, other| one.id.cmp(&other.id));
        Ok(found)
    }

    /// The items that stand under `keys`, in no order.
    pub(super) async fn batch(
        &self,
        keys: impl IntoIterator<Item = Key>,
    ) -> Result<Vec<Item>, PortError> {
        let keys: Vec<Item> = keys.into_iter().map(Key::attributes).collect();
        let mut found = Vec::with_capacity(keys.len());
        for some in keys.chunks(BATCH) {
            let mut wanted = some.to_vec();
            while !wanted.is_empty() {
                let keys = KeysAndAttributes::builder()
                    .set_keys(Some(wanted))
                    .consistent_read(true)
                    .build();
                let keys = keys.map_err(|_| unexpected("a batch without keys"))?;
                let call = self.client.batch_get_item().request_items(&self.name, keys);
                let reply = call.send().await.map_err(|error| unavailable(&error))?;
                let items = reply.responses.into_iter().flatten();
                found.extend(items.flat_map(|(_, items)| items));
                wanted = reply
                    .unprocessed_keys
                    .into_iter()
                    .flatten()
                    .flat_map(|(_, keys)| keys.keys)
                    .collect();
                if !wanted.is_empty() {
                    rest().await?;
                }
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Reviews for Table {
    async fn load(&self, id: &ReviewId) -> Result<Option<Review>, PortError> {
        for _ in 0..READ_ATTEMPTS {
            let parts = [keys::review, keys::form, keys::people, keys::dossier];
            let gets = parts.map(|key| self.get_in_transaction(key(id)));
            let gets = gets.into_iter().collect::<Result<_, _>>()?;
            let reply = match self
                .client
                .transact_get_items()
                .set_transact_items(Some(gets))
                .send()
                .await
            {
                Ok(reply) => reply,
                Err(error) if met_a_write(&error) => {
                    rest().await?;
                    continue;
                }
                Err(error) => return Err(unavailable(&error)),
            };
            let mut items = reply
                .responses
                .unwrap_or_default()
                .into_iter()
                .map(|response| response.item.filter(|item| !item.is_empty()));
            let mut next = || items.next().flatten();
            let (review, form, people, dossier) = (next(), next(), next(), next());
            return match (review, form, people) {
                (None, _, _) => Ok(None),
                (Some(review), Some(form), Some(people)) => {
                    codec::read_review(review, form, people, dossier).map(Some)
                }
                (Some(_), None, _) | (Some(_), _, None) => Err(codec::unreadable(
                    "review",
                    "its form or people are not there",
                )),
            };
        }
        Err(unexpected(
            "the review was being written at every attempt to read it",
        ))
    }
}

fn met_a_write<R>(error: &SdkError<TransactGetItemsError, R>) -> bool {
    let Some(TransactGetItemsError::TransactionCanceledException(cancelled)) =
        error.as_service_error()
    else {
        return false;
    };
    cancelled
        .cancellation_reasons()
        .iter()
        .any(|reason| reason.code() == Some("TransactionConflict"))
}

#[async_trait]
impl ReviewsOfPerson for Table {
    async fn listed(&self, lists: &[ListKey]) -> Result<Vec<Outline>, PortError> {
        let mut ids = BTreeSet::new();
        for list in lists {
            for pointer in self.all(keys::list(list), keys::LISTED).await? {
                ids.insert(listed_id(&pointer)?);
            }
        }
        self.hearts(ids.iter()).await
    }
}

pub(super) fn listed_id(pointer: &Item) -> Result<ReviewId, PortError> {
    let sk = pointer.get(SK).and_then(|sk| sk.as_s().ok());
    let id = sk
        .and_then(|sk| sk.strip_prefix(keys::LISTED))
        .and_then(|id| id.parse().ok());
    debug_assert!(pointer.contains_key(PK));
    id.ok_or_else(|| codec::unreadable("pointer", "its key names no review"))
}

#[async_trait]
impl Histories for Table {
    async fn entries(&self, id: &ReviewId) -> Result<Vec<SealedEntry>, PortError> {
        self.all(keys::partition(id), keys::HISTORY)
            .await?
            .into_iter()
            .map(codec::read_history)
            .collect()
    }
}

#[async_trait]
impl Programs for Table {
    async fn window_changes(&self, year: PerformanceYear) -> Result<Vec<WindowChange>, PortError> {
        self.all(keys::program(year), keys::WINDOW)
            .await?
            .into_iter()
            .map(codec::read_window_change)
            .collect()
    }
}

#[async_trait]
impl Keys for Table {
    async fn key(&self, name: &KeyName) -> Result<Option<KeyRecord>, PortError> {
        let found = self.get(keys::key_record(name)).await?;
        found.map(|found| codec::read_key(name, found)).transpose()
    }
}

#[async_trait]
impl Acceptances for Table {
    async fn acceptance(
        &self,
        acceptor: &Acceptor,
        text: &TextRef,
    ) -> Result<Option<Acceptance>, PortError> {
        self.get(keys::acceptance(acceptor, text))
            .await?
            .map(codec::read_acceptance)
            .transpose()
    }

    async fn accept(
        &self,
        acceptance: &Acceptance,
        key: &KeyRecord,
    ) -> Result<Committed, PortError> {
        self.write_acceptance(acceptance, key).await
    }
}
