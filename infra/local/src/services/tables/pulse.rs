//! The thread that feels whether the tables were written to, and lets items expire.
//!
//! The store offers no hook on a write. SQLite does keep a counter that moves with every commit of another
//! connection; reading it takes microseconds, so it is read a hundred times a second. That is cheaper than having
//! each poller query its stream, and quicker than any poller should spin.
//!
//! Expiry goes by the set clock. The store judges it by its connection's clock, so the thread sweeps through a
//! connection of its own that has the set clock.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use dynoxide::storage::Storage;
use dynoxide::storage_backend::Clock;
use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::{refused, sqlite};
use crate::clock::SetClock;
use crate::services::ServiceError;

const BEAT: Duration = Duration::from_millis(10);
/// A sweep reads whole tables. The real service takes up to days to delete, so readers check expiry themselves.
const SWEEP_EVERY: Duration = Duration::from_secs(30);

/// Keeps the thread alive.
pub(super) struct Pulse {
    _alive: mpsc::Sender<()>,
}

impl Pulse {
    /// Starts the thread; the receiver counts the changes it felt, from 1.
    pub(super) fn start(
        file: &Path,
        clock: &SetClock,
    ) -> Result<(Self, watch::Receiver<u64>), ServiceError> {
        let connection = Connection::open(file).map_err(sqlite("watch its file"))?;
        let expiry = Storage::new(&file.to_string_lossy())
            .map_err(refused("open its file for expiry"))?
            .with_clock(Arc::new(Expiry(clock.clone())));
        let (alive, ended) = mpsc::channel();
        let (written, changes) = watch::channel(1);
        let runtime = Handle::current();
        let work = move || {
            if let Err(error) = beat(&connection, &expiry, &runtime, &ended, &written) {
                tracing::error!(%error, "stream pollers will not see further writes");
            }
        };
        std::thread::Builder::new()
            .name("tables-pulse".to_owned())
            .spawn(work)
            .map_err(|error| ServiceError::Table {
                what: "start its watching thread".to_owned(),
                reason: error.to_string(),
            })?;
        Ok((Self { _alive: alive }, changes))
    }
}

fn beat(
    connection: &Connection,
    expiry: &Storage,
    runtime: &Handle,
    ended: &mpsc::Receiver<()>,
    written: &watch::Sender<u64>,
) -> Result<(), ServiceError> {
    let mut version = 0_i64;
    let mut swept = Instant::now();
    while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(BEAT) {
        let now: i64 = connection
            .query_row("PRAGMA data_version", [], |row| row.get(0))
            .map_err(sqlite("be watched"))?;
        if now != version {
            version = now;
            written.send_modify(|count| *count += 1);
        }
        if swept.elapsed() >= SWEEP_EVERY {
            if let Err(error) = sweep(expiry, runtime) {
                tracing::warn!(%error, "expired items stay until the next sweep");
            }
            swept = Instant::now();
        }
    }
    Ok(())
}

/// Deletes what has expired; gives the number of items.
fn sweep(expiry: &Storage, runtime: &Handle) -> Result<usize, ServiceError> {
    runtime
        .block_on(dynoxide::ttl::sweep_expired_items(expiry))
        .map_err(refused("let items expire"))
}

struct Expiry(SetClock);

impl Clock for Expiry {
    fn now_unix_secs(&self) -> u64 {
        u64::try_from(self.0.now().as_second()).unwrap_or(0)
    }

    fn now_unix_secs_f64(&self) -> f64 {
        self.0.now().as_duration().as_secs_f64()
    }
}

#[cfg(test)]
mod tests {
    use dynoxide::Database;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;
    use crate::data::DataFolder;
    use crate::services::TablePlan;
    use crate::services::tables::schema;

    fn request<T: DeserializeOwned>(value: Value) -> T {
        serde_json::from_value(value).expect("a request")
    }

    fn put(db: &Database, id: &str, expires: i64) {
        let item = json!({"TableName": "reviews-local", "Item": {"pk": {"S": id}, "ttl": {"N": expires.to_string()}}});
        db.put_item(request(item)).expect("put");
    }

    fn count(db: &Database) -> usize {
        db.scan(request(json!({"TableName": "reviews-local"})))
            .expect("scan")
            .count
    }

    /// Items leave by the set clock, which may be far behind the machine's, and leave a trace in the stream.
    #[tokio::test]
    async fn items_expire_by_the_set_clock() {
        let place = tempfile::tempdir().expect("a place");
        let data = DataFolder::open(place.path(), false).expect("opens");
        let clock = SetClock::open(&data, None).expect("opens");
        let file = data.path().join("tables.sqlite");
        let plan = TablePlan {
            name: "reviews-local".to_owned(),
            create: json!({
                "TableName": "reviews-local", "BillingMode": "PAY_PER_REQUEST",
                "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
                "AttributeDefinitions": [{"AttributeName": "pk", "AttributeType": "S"}],
                "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"},
            }),
            ttl_attribute: Some("ttl".to_owned()),
        };
        let db = schema::open(&data, &file, &[plan]).expect("opens");
        let expiry = Storage::new(&file.to_string_lossy())
            .expect("opens")
            .with_clock(Arc::new(Expiry(clock.clone())));
        let now = clock.now();
        put(&db, "past", now.as_second() - 60);
        put(&db, "tomorrow", now.as_second() + 86_400);

        let runtime = Handle::current();
        let swept = tokio::task::spawn_blocking(move || {
            let first = sweep(&expiry, &runtime).expect("sweeps");
            clock
                .advance_to(now + jiff::SignedDuration::from_hours(25))
                .expect("forward");
            (first, sweep(&expiry, &runtime).expect("sweeps"))
        });
        assert_eq!(swept.await.expect("ends"), (1, 1));
        assert_eq!(count(&db), 0);
    }
}
