//! DynamoDB on one machine: dynoxide over one SQLite file, on a port of its own.
//!
//! Writes reach the file before they are answered, so they survive a killed process (not a power cut: the file is
//! not synced, which makes it twenty times faster). Differences from the real thing: one shard a stream, no
//! throttling, no transaction conflicts, and index reads that never lag.

mod door;
mod pulse;
mod schema;
mod stream;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use dynoxide::{Database, DynoxideError};
use tokio::sync::watch;

use self::pulse::Pulse;
use super::server::{self, Server};
use super::{ServiceError, TablePlan};
use crate::clock::SetClock;
use crate::data::DataFolder;
use crate::permissions::Roles;

pub use stream::StreamRecord;

/// A handle on the tables. One clone a stream poller: each remembers on its own what it has seen.
#[derive(Debug)]
pub struct Tables {
    inner: Arc<Inner>,
    seen: AtomicU64,
}

struct Inner {
    db: Database,
    file: PathBuf,
    clock: SetClock,
    endpoint: String,
    written: watch::Receiver<u64>,
    /// Ends its thread when the last handle goes.
    _pulse: Pulse,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inner")
            .field("file", &self.file)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

impl Clone for Tables {
    fn clone(&self) -> Self {
        Self {
            inner: Arc::clone(&self.inner),
            seen: AtomicU64::new(self.seen.load(Ordering::Acquire)),
        }
    }
}

impl Tables {
    pub(super) async fn start(
        data: &DataFolder,
        clock: &SetClock,
        roles: &Roles,
        plan: Vec<TablePlan>,
    ) -> Result<(Self, [Server; 2]), ServiceError> {
        let file = data.path().join("tables.sqlite");
        let opened = {
            let (data, file) = (data.clone(), file.clone());
            blocking(move || schema::open(&data, &file, &plan)).await?
        };
        let (pulse, written) = Pulse::start(&file, clock)?;
        let (behind, at) = server::bind("tables").await?;
        let db = opened.clone();
        let server = Server::spawn(move |stopped| async move {
            if let Err(error) =
                dynoxide::server::serve_with_shutdown(behind, db, server::until(stopped)).await
            {
                tracing::error!(%error, "the table service ended");
            }
        });
        let (listener, endpoint) = server::bind("tables").await?;
        let at = at.trim_start_matches("http://").parse();
        let at = at.expect("a bound address is an authority");
        let door = Server::route("tables", listener, door::router(roles.clone(), at));
        let inner = Inner {
            db: opened,
            file,
            clock: clock.clone(),
            endpoint,
            written,
            _pulse: pulse,
        };
        // Zero is before the first pulse: whoever starts looks once at what an earlier run left.
        Ok((
            Self {
                inner: Arc::new(inner),
                seen: AtomicU64::new(0),
            },
            [door, server],
        ))
    }

    /// The URL under which the DynamoDB API answers.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.inner.endpoint
    }

    /// Resolves when something may have been written to any table since this handle's last call; the first call
    /// resolves at once. A write is noticed within a few hundredths of a second.
    pub async fn changed(&self) {
        let mut written = self.inner.written.clone();
        let seen = self.seen.load(Ordering::Acquire);
        match written
            .wait_for(|count| *count != seen)
            .await
            .map(|count| *count)
        {
            Ok(count) => self.seen.store(count, Ordering::Release),
            // The pulse ended with an error, which it logged: nothing will ever be seen to change again.
            Err(_) => std::future::pending().await,
        }
    }
}

fn refused(what: impl Into<String>) -> impl FnOnce(DynoxideError) -> ServiceError {
    let what = what.into();
    move |error| ServiceError::Table {
        what,
        reason: error.to_string(),
    }
}

fn sqlite(what: &str) -> impl FnOnce(rusqlite::Error) -> ServiceError + '_ {
    move |error| ServiceError::Table {
        what: what.to_owned(),
        reason: error.to_string(),
    }
}

/// Runs what waits for the file away from the threads that serve.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, ServiceError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(ServiceError::Table {
            what: "finish its work".to_owned(),
            reason: error.to_string(),
        }),
    }
}
