//! The indexes that sweeps read, and what is on record of their runs.

use async_trait::async_trait;
use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use workflow::clock::{Counts, Report, Run};
use workflow::ports::{ClockIndex, Place, Placed, PortError, Reports};

use super::Table;
use super::codec::{self, Item};
use super::failure::{done_or_moot, unavailable};
use super::keys::{self, PK, SK};

/// What is on record of a run leaves after a year.
const REPORT_LIFETIME: SignedDuration = SignedDuration::from_hours(365 * 24);

/// The attributes of an index: partition, instant.
fn attributes(place: Place) -> (&'static str, &'static str, &'static str) {
    match place {
        Place::Due => (keys::DUE_INDEX, "due_shard", "due_at"),
        Place::Drafts(_) | Place::NotSubmitted(_) | Place::Expired(_) => {
            (keys::CLOCK_INDEX, "clock_shard", "clock_at")
        }
    }
}

#[async_trait]
impl ClockIndex for Table {
    fn clock_shards(&self) -> u32 {
        keys::DUE_SHARDS
    }

    async fn placed(
        &self,
        place: Place,
        shard: u32,
        until: Timestamp,
        after: Option<&Placed>,
        limit: u32,
    ) -> Result<Vec<Placed>, PortError> {
        let (index, partition, instant) = attributes(place);
        let shard = AttributeValue::S(keys::clock_shard(place, shard));
        let start = after.map(|after| {
            let mut start = keys::review(&after.review).attributes();
            start.insert(partition.to_owned(), shard.clone());
            start.insert(instant.to_owned(), milliseconds(after.at));
            start
        });
        let reply = self
            .client
            .query()
            .table_name(&self.name)
            .index_name(index)
            .key_condition_expression("#shard = :shard AND #at <= :until")
            .expression_attribute_names("#shard", partition)
            .expression_attribute_names("#at", instant)
            .expression_attribute_values(":shard", shard)
            .expression_attribute_values(":until", milliseconds(until))
            .set_exclusive_start_key(start)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await;
        let reply = reply.map_err(|error| unavailable(&error))?;
        let items = reply.items.unwrap_or_default().into_iter();
        items.map(|item| placed(item, instant)).collect()
    }
}

/// An entry of an index.
fn placed(item: Item, instant: &str) -> Result<Placed, PortError> {
    let broken = || codec::unreadable("place", "its keys are not as expected");
    let review = item.get(PK).and_then(|pk| pk.as_s().ok());
    let review = review.and_then(|pk| keys::id_of(pk)).ok_or_else(broken)?;
    debug_assert!(item.contains_key(SK));
    let at = number(&item, instant).and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Ok(Placed {
        review,
        at: at.ok_or_else(broken)?,
        reminded: codec::read_reminded(item)?,
    })
}

fn number(item: &Item, name: &str) -> Option<i64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

fn milliseconds(at: Timestamp) -> AttributeValue {
    AttributeValue::N(at.as_millisecond().to_string())
}

/// The counts with their attributes.
const COUNTS: [&str; 9] = [
    "considered",
    "closed",
    "expired",
    "returned",
    "held",
    "reminded",
    "told",
    "raced",
    "failed",
];

fn amounts(counts: &Counts) -> [u32; 9] {
    [
        counts.considered,
        counts.closed,
        counts.expired,
        counts.returned,
        counts.held,
        counts.reminded,
        counts.told,
        counts.raced,
        counts.failed,
    ]
}

#[async_trait]
impl Reports for Table {
    async fn tally(&self, run: &Run, counts: &Counts) -> Result<(), PortError> {
        let key = keys::sweep(run).attributes();
        let leaves = (run.as_of + REPORT_LIFETIME).as_second();
        let mut call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key.clone()))
            .expression_attribute_values(":v", AttributeValue::N(codec::SHAPE.to_string()))
            .expression_attribute_values(":leaves", AttributeValue::N(leaves.to_string()));
        let mut adds = Vec::new();
        for (name, amount) in COUNTS.into_iter().zip(amounts(counts)) {
            adds.push(format!("{name} :{name}"));
            let amount = AttributeValue::N(amount.to_string());
            call = call.expression_attribute_values(format!(":{name}"), amount);
        }
        let update = format!("SET v = :v, expires_at = :leaves ADD {}", adds.join(", "));
        let done = call.update_expression(update).send().await;
        done.map_err(|error| unavailable(&error))?;
        let Some(oldest) = counts.oldest else {
            return Ok(());
        };
        let call = self
            .client
            .update_item()
            .table_name(&self.name)
            .set_key(Some(key))
            .update_expression("SET oldest_seconds = :oldest")
            .condition_expression(
                "attribute_not_exists(oldest_seconds) OR oldest_seconds < :oldest",
            )
            .expression_attribute_values(
                ":oldest",
                AttributeValue::N(oldest.as_secs().to_string()),
            );
        done_or_moot(call.send().await)
    }

    async fn runs(&self, limit: u32) -> Result<Vec<Report>, PortError> {
        let reply = self
            .client
            .query()
            .table_name(&self.name)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(keys::SWEEPS.to_owned()))
            .scan_index_forward(false)
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .send()
            .await;
        let reply = reply.map_err(|error| unavailable(&error))?;
        let items = reply.items.unwrap_or_default();
        items.iter().map(report).collect()
    }
}

fn report(item: &Item) -> Result<Report, PortError> {
    let broken = || codec::unreadable("sweep", "its attributes are not as expected");
    let place = item.get(SK).and_then(|sk| sk.as_s().ok());
    let (at, sweep) = place
        .and_then(|place| place.split_once('#'))
        .ok_or_else(broken)?;
    let as_of = at.parse().ok().map(Timestamp::from_millisecond);
    let run = Run {
        sweep: sweep.parse().map_err(|_| broken())?,
        as_of: as_of.and_then(Result::ok).ok_or_else(broken)?,
    };
    let count = |name| number(item, name).and_then(|count| u32::try_from(count).ok());
    let [
        considered,
        closed,
        expired,
        returned,
        held,
        reminded,
        told,
        raced,
        failed,
    ] = COUNTS.map(|name| count(name).unwrap_or(0));
    let counts = Counts {
        considered,
        closed,
        expired,
        returned,
        held,
        reminded,
        told,
        raced,
        failed,
        oldest: number(item, "oldest_seconds").map(SignedDuration::from_secs),
    };
    Ok(Report { run, counts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_without_a_review_is_named_without_being_quoted() {
        let item = keys::sweep(&Run {
            sweep: workflow::clock::Sweep::Tick,
            as_of: Timestamp::UNIX_EPOCH,
        });
        let error = placed(item.attributes(), "due_at").expect_err("it is no review");
        assert!(!error.to_string().contains("SWEEPS"), "{error}");
    }
}
