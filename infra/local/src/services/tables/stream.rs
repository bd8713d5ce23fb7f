//! A table's stream, as Lambda hands it to a function.

use dynoxide::Database;
use dynoxide::actions::get_records::{GetRecordsRequest, Record};
use dynoxide::actions::get_shard_iterator::GetShardIteratorRequest;
use dynoxide::streams;
use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::{Tables, blocking, refused, sqlite};
use crate::clock::{SetClock, machine_now};
use crate::services::{REGION, ServiceError, table_arn};

/// One record of a table's stream.
#[derive(Clone, Debug)]
pub struct StreamRecord {
    /// Its place in the stream: 21 digits, growing.
    pub sequence_number: String,
    /// The record in the exact shape of a Lambda event, its time by the set clock.
    pub event: Value,
}

impl Tables {
    /// At most `limit` (and 1,000) records after the sequence number `after`; `None` begins with the oldest kept.
    ///
    /// # Errors
    /// When the table does not exist or has no stream, or `after` is no sequence number.
    pub async fn stream_records(
        &self,
        table: &str,
        after: Option<&str>,
        limit: usize,
    ) -> Result<Vec<StreamRecord>, ServiceError> {
        let (db, clock) = (self.inner.db.clone(), self.inner.clock.clone());
        let (table, after) = (table.to_owned(), after.map(str::to_owned));
        blocking(move || {
            let stream = stream_arn(&db, &table)?;
            let records = read(&db, &table, &stream, after, limit)?;
            records
                .into_iter()
                .map(|record| as_event(record, &table, &stream, &clock))
                .collect()
        })
        .await
    }

    /// Removes records of `table` that come before `sequence` (the poller's checkpoint) and are older than a day:
    /// the real service keeps a day, and what nobody has read yet is kept longer here. Gives their number.
    ///
    /// # Errors
    /// When `sequence` is no sequence number or the file refuses.
    pub async fn forget_before(&self, table: &str, sequence: &str) -> Result<usize, ServiceError> {
        let what = format!("forget stream records before {sequence}");
        let before = stored(sequence).ok_or_else(|| ServiceError::Table {
            what: what.clone(),
            reason: "that is no sequence number".to_owned(),
        })?;
        let (file, table) = (self.inner.file.clone(), table.to_owned());
        blocking(move || {
            let day_ago = machine_now().as_second() - 24 * 60 * 60;
            Connection::open(file)
                .and_then(|connection| {
                    connection.execute(
                        "DELETE FROM _stream_records WHERE table_name = ?1
                         AND CAST(sequence_number AS INTEGER) < ?2 AND created_at < ?3",
                        params![table, before, day_ago],
                    )
                })
                .map_err(sqlite(&what))
        })
        .await
    }
}

/// The store's own name of the stream, which it asks for.
fn stream_arn(db: &Database, table: &str) -> Result<String, ServiceError> {
    let what = format!("read the stream of {table}");
    db.get_table_metadata(table)
        .map_err(refused(what.as_str()))?
        .filter(|meta| meta.stream_enabled)
        .and_then(|meta| meta.stream_label)
        .map(|label| streams::stream_arn(table, &label))
        .ok_or_else(|| ServiceError::Table {
            what,
            reason: "there is no such table with a stream".to_owned(),
        })
}

fn read(
    db: &Database,
    table: &str,
    stream: &str,
    after: Option<String>,
    limit: usize,
) -> Result<Vec<Record>, ServiceError> {
    let kind = if after.is_some() {
        "AFTER_SEQUENCE_NUMBER"
    } else {
        "TRIM_HORIZON"
    };
    let position = db
        .get_shard_iterator(GetShardIteratorRequest {
            stream_arn: stream.to_owned(),
            shard_id: streams::shard_id(table),
            shard_iterator_type: kind.to_owned(),
            sequence_number: after,
        })
        .map_err(refused(format!("find a place in the stream of {table}")))?;
    let Some(shard_iterator) = position.shard_iterator else {
        return Ok(Vec::new());
    };
    db.get_records(GetRecordsRequest {
        shard_iterator,
        limit: Some(limit),
    })
    .map(|read| read.records)
    .map_err(refused(format!("read the stream of {table}")))
}

/// Gives a record the region, ARN and time that a function should see.
fn as_event(
    record: Record,
    table: &str,
    stream: &str,
    clock: &SetClock,
) -> Result<StreamRecord, ServiceError> {
    let shape = |reason: String| ServiceError::Table {
        what: format!("show a record of {table}"),
        reason,
    };
    let sequence_number = record.dynamodb.sequence_number.clone();
    let written = Timestamp::from_second(whole_seconds(
        record.dynamodb.approximate_creation_date_time,
    ))
    .map_err(|error| shape(error.to_string()))?;
    let label = stream.rsplit('/').next().unwrap_or_default();
    let mut event = serde_json::to_value(record).map_err(|error| shape(error.to_string()))?;
    event["awsRegion"] = json!(REGION);
    event["eventSourceARN"] = json!(format!("{}/stream/{label}", table_arn(table)));
    event["dynamodb"]["ApproximateCreationDateTime"] = json!(clock.at(written).as_second());
    Ok(StreamRecord {
        sequence_number,
        event,
    })
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the store makes it from whole seconds"
)]
fn whole_seconds(time: f64) -> i64 {
    time as i64
}

/// The stored form of a public sequence number, which is offset so that it always has 21 digits.
fn stored(public: &str) -> Option<i64> {
    const OFFSET: u128 = 100_000_000_000_000_000_000;
    i64::try_from(public.parse::<u128>().ok()?.checked_sub(OFFSET)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataFolder;
    use crate::permissions::{Roles, RolesPlan};
    use crate::services::TablePlan;

    const TABLE: &str = "reviews-local";

    /// Whatever the poller has not read yet stays, however old; what it has read stays for a day.
    #[tokio::test]
    async fn only_records_that_are_read_and_a_day_old_are_forgotten() {
        let place = tempfile::tempdir().expect("a place");
        let data = DataFolder::open(place.path(), false).expect("opens");
        let clock = SetClock::open(&data, None).expect("opens");
        let create = json!({
            "TableName": TABLE, "BillingMode": "PAY_PER_REQUEST",
            "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
            "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
            "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
        });
        let plan = TablePlan {
            name: TABLE.to_owned(),
            create,
            ttl_attribute: None,
        };
        let roles = Roles::open(RolesPlan::default()).expect("opens");
        let (tables, _servers) = Tables::start(&data, &clock, &roles, vec![plan])
            .await
            .expect("starts");
        let put = |id: &str| {
            let item = json!({"TableName": TABLE, "Item": {"pk": {"S": id}}});
            tables
                .inner
                .db
                .put_item(serde_json::from_value(item).expect("a request"))
                .expect("puts");
        };
        ["old", "old too", "old and unread"]
            .into_iter()
            .for_each(put);
        Connection::open(&tables.inner.file)
            .and_then(|file| {
                file.execute(
                    "UPDATE _stream_records SET created_at = created_at - 90000",
                    [],
                )
            })
            .expect("aged");
        put("young");

        let all = tables.stream_records(TABLE, None, 10).await.expect("reads");
        let unread = &all[2].sequence_number;
        assert_eq!(
            tables.forget_before(TABLE, unread).await.expect("forgets"),
            2
        );
        let after = &all[3].sequence_number;
        assert_eq!(
            tables.forget_before(TABLE, after).await.expect("forgets"),
            1
        );
        let left = tables.stream_records(TABLE, None, 10).await.expect("reads");
        assert_eq!(left.len(), 1, "the young one stays");
        assert!(tables.forget_before(TABLE, "12").await.is_err());
    }
}
