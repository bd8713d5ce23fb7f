//! The review team's queues, and pointers by identifiers.

use std::collections::HashMap;

use async_trait::async_trait;
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, Select, WriteRequest};
use domain::{CaseQueue, Outline, QueuePlace, ReviewId, SearchKey};
use workflow::ports::{Case, CaseQueues, Cases, Findable, Finder, Places, PortError};

use super::failure::{unavailable, unexpected};
use super::reviews::listed_id;
use super::{Table, codec, keys};

impl Table {
    /// A query of one part of a queue.
    fn part(&self, queue: CaseQueue, part: u32) -> QueryFluentBuilder {
        let shard = AttributeValue::S(keys::queue_part(queue, part));
        self.client
            .query()
            .table_name(&self.name)
            .index_name(keys::QUEUE_INDEX)
            .expression_attribute_values(":shard", shard)
    }
}

#[async_trait]
impl CaseQueues for Table {
    fn parts(&self) -> u32 {
        keys::QUEUE_SHARDS
    }

    async fn places(
        &self,
        queue: CaseQueue,
        part: u32,
        range: &Places,
    ) -> Result<Vec<QueuePlace>, PortError> {
        // Both ends are always named; places are texts between "" and "~", exclusive ends are left out below.
        let after = range.after.as_ref().map(keys::queue_place);
        let before = range
            .before
            .map(|before| format!("{:013}", before.as_millisecond()));
        let (low, high) = if range.descending {
            let high = after.clone().into_iter().chain(before).min();
            ("0".to_owned(), high.unwrap_or_else(|| "~".to_owned()))
        } else {
            let low = after.clone().unwrap_or_else(|| "0".to_owned());
            (low, before.unwrap_or_else(|| "~".to_owned()))
        };
        if low > high {
            return Ok(Vec::new());
        }
        // One more than is wanted: the place that is read on from is among them.
        let limit = i32::try_from(range.limit.saturating_add(1)).unwrap_or(i32::MAX);
        let call = self
            .part(queue, part)
            .key_condition_expression("queue_shard = :shard AND queue_place BETWEEN :low AND :high")
            .expression_attribute_values(":low", AttributeValue::S(low))
            .expression_attribute_values(":high", AttributeValue::S(high))
            .scan_index_forward(!range.descending)
            .limit(limit);
        let reply = call.send().await.map_err(|error| unavailable(&error))?;
        let read = |item: &codec::Item| {
            let text = item.get("queue_place").and_then(|place| place.as_s().ok());
            text.and_then(|text| keys::place_of(text))
                .ok_or_else(|| codec::unreadable("queue entry", "its place is not as expected"))
        };
        let places = reply.items.unwrap_or_default();
        let places = places.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let behind = |place: &QueuePlace| range.after.as_ref() != Some(place);
        let places = places.into_iter().filter(behind);
        Ok(places.take(range.limit as usize).collect())
    }

    async fn count(&self, queue: CaseQueue) -> Result<u64, PortError> {
        let mut count = 0;
        for part in 0..keys::QUEUE_SHARDS {
            let call = self
                .part(queue, part)
                .key_condition_expression("queue_shard = :shard")
                .select(Select::Count);
            let mut pages = call.into_paginator().send();
            while let Some(page) = pages.next().await {
                let page = page.map_err(|error| unavailable(&error))?;
                count += u64::from(page.count.unsigned_abs());
            }
        }
        Ok(count)
    }
}

#[async_trait]
impl Cases for Table {
    async fn cases(&self, ids: &[ReviewId]) -> Result<Vec<Case>, PortError> {
        let wanted = ids
            .iter()
            .flat_map(|id| [keys::review(id), keys::people(id)]);
        let (mut outlines, mut people) = (Vec::<Outline>::new(), HashMap::new());
        for item in self.batch(wanted).await? {
            let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned();
            if text(keys::SK).as_deref() == Some(keys::REVIEW) {
                outlines.push(codec::read_outline(item)?);
            } else {
                people.insert(text(keys::PK), codec::read_people(item)?);
            }
        }
        let case = |outline: Outline| {
            let people = people.remove(&Some(keys::partition(&outline.id)));
            let people =
                people.ok_or_else(|| codec::unreadable("review", "its people are not there"))?;
            Ok(Case { outline, people })
        };
        outlines.into_iter().map(case).collect()
    }
}

#[async_trait]
impl Finder for Table {
    async fn found(&self, by: &SearchKey) -> Result<Vec<ReviewId>, PortError> {
        let pointers = self.all(keys::find(by), keys::LISTED).await?;
        pointers.iter().map(listed_id).collect()
    }
}

#[async_trait]
impl Findable for Table {
    async fn unfindable(
        &self,
        id: &ReviewId,
        keys: &[SearchKey],
    ) -> Result<Vec<SearchKey>, PortError> {
        let found = self
            .batch(keys.iter().map(|key| keys::found(key, id)))
            .await?;
        let found: Vec<_> = found
            .iter()
            .filter_map(|item| item.get(keys::PK).and_then(|pk| pk.as_s().ok()))
            .collect();
        let missing = keys.iter().filter(|key| !found.contains(&&keys::find(key)));
        Ok(missing.cloned().collect())
    }

    async fn make_findable(&self, id: &ReviewId, keys: &[SearchKey]) -> Result<(), PortError> {
        let put = |key: &SearchKey| {
            let item = keys::found(key, id).attributes();
            let put = PutRequest::builder().set_item(Some(item)).build();
            let put = put.map_err(|_| unexpected("a put without an item"))?;
            Ok(WriteRequest::builder().put_request(put).build())
        };
        let writes = keys.iter().map(put).collect::<Result<_, _>>()?;
        self.write_all(writes).await
    }
}
