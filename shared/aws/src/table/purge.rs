//! What is left of reviews, and what takes the rest away. The tombstone lies in the partition of its review.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::{
    AttributeValue, Delete, DeleteRequest, Put, TransactWriteItem, WriteRequest,
};
use domain::{Remains, ReviewId, Tombstone, Version};
use workflow::ports::{PortError, Purges, Tombstones};

use super::Table;
use super::codec::{self, Item};
use super::commit::lost;
use super::failure::{done_or_moot, unavailable, unexpected};
use super::keys::{self, Key, PK, SK};

#[async_trait]
impl Tombstones for Table {
    async fn tombstone(&self, id: &ReviewId) -> Result<Option<Tombstone>, PortError> {
        let found = self.get(keys::tombstone(id)).await?;
        found.map(codec::read_tombstone).transpose()
    }
}

#[async_trait]
impl Purges for Table {
    async fn bury(&self, tombstone: &Tombstone, seen: Version) -> Result<bool, PortError> {
        let broken = || unexpected("a write without a table or a key");
        let put = Put::builder()
            .table_name(&self.name)
            .set_item(Some(codec::tombstone_item(tombstone)))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(|_| broken())?;
        let delete = Delete::builder()
            .table_name(&self.name)
            .set_key(Some(keys::review(&tombstone.review).attributes()))
            .condition_expression("#review.#version = :seen")
            .expression_attribute_names("#review", "review")
            .expression_attribute_names("#version", "version")
            .expression_attribute_values(":seen", AttributeValue::N(seen.to_string()))
            .build()
            .map_err(|_| broken())?;
        let call = self
            .client
            .transact_write_items()
            .transact_items(TransactWriteItem::builder().delete(delete).build())
            .transact_items(TransactWriteItem::builder().put(put).build());
        match call.send().await {
            Ok(_) => Ok(true),
            Err(error) => {
                lost(error)?;
                // A reply can have been lost after it was done: then the tombstone is ours.
                Ok(self.tombstone(&tombstone.review).await?.as_ref() == Some(tombstone))
            }
        }
    }

    async fn unlist(&self, id: &ReviewId, remains: &Remains) -> Result<(), PortError> {
        let lists = remains.lists.iter().map(|list| keys::listed(list, id));
        let found = remains.found_by.iter().map(|key| keys::found(key, id));
        let keys: Vec<Item> = lists.chain(found).map(Key::attributes).collect();
        self.delete_all(keys).await
    }

    async fn clear(&self, id: &ReviewId) -> Result<(), PortError> {
        let tombstone = keys::tombstone(id);
        let mut pages = self
            .client
            .query()
            .table_name(&self.name)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", tombstone.pk())
            .projection_expression("pk, sk")
            .into_paginator()
            .items()
            .send();
        let keep = AttributeValue::S(tombstone.sk.clone());
        let mut found = Vec::new();
        while let Some(item) = pages.next().await {
            let mut item = item.map_err(|error| unavailable(&error))?;
            item.retain(|name, _| name == PK || name == SK);
            if item.get(SK) != Some(&keep) {
                found.push(item);
            }
        }
        self.delete_all(found).await
    }

    async fn seal_tombstone(&self, id: &ReviewId) -> Result<(), PortError> {
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(keys::tombstone(id).attributes()))
            .update_expression("REMOVE #tombstone.#remains")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#tombstone", "tombstone")
            .expression_attribute_names("#remains", "remains");
        done_or_moot(call.send().await)
    }
}

impl Table {
    async fn delete_all(&self, keys: Vec<Item>) -> Result<(), PortError> {
        let delete = |key: Item| {
            let delete = DeleteRequest::builder().set_key(Some(key)).build();
            let delete = delete.map_err(|_| unexpected("a delete without a key"))?;
            Ok(WriteRequest::builder().delete_request(delete).build())
        };
        let writes = keys.into_iter().map(delete).collect::<Result<_, _>>()?;
        self.write_all(writes).await
    }
}
