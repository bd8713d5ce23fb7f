//! Puts on the bus that an object came, and hands it to the scanner then.
//!
//! Whatever is to be told stands in the store's journal, so what a killed run had not finished is told at the next start:
//! again, perhaps, and never not at all.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::event;
use super::scanner::Scans;
use super::store::{LeftOver, Store};
use super::version::Version;
use crate::services::ServiceError;
use crate::services::bus::Bus;

/// Between tries to put an event into a queue.
pub(super) const PAUSE: Duration = Duration::from_secs(1);

/// A handle on the task that tells.
#[derive(Clone, Debug)]
pub(super) struct Reporter(UnboundedSender<Arc<Version>>);

struct Task {
    store: Arc<Store>,
    bus: Arc<Bus>,
    /// Buckets whose events go to EventBridge.
    told_of: BTreeSet<String>,
    scans: Scans,
}

impl Reporter {
    /// Starts with what an earlier run left to be told and to be scanned.
    pub(super) fn start(
        store: Arc<Store>,
        bus: Arc<Bus>,
        told_of: BTreeSet<String>,
        scans: Scans,
        left_over: LeftOver,
    ) -> Self {
        for version in left_over.unscanned {
            scans.take(version);
        }
        let (versions, queue) = mpsc::unbounded_channel();
        let reporter = Self(versions);
        for version in left_over.untold {
            reporter.tell(version);
        }
        let task = Task {
            store,
            bus,
            told_of,
            scans,
        };
        tokio::spawn(task.follow(queue));
        reporter
    }

    /// Tells of a version that was kept, behind all that is already to be told.
    pub(super) fn tell(&self, version: Arc<Version>) {
        if self.0.send(version).is_err() {
            tracing::error!(
                "an object is told of at the next start: the task that tells has ended"
            );
        }
    }
}

impl Task {
    async fn follow(self, mut versions: UnboundedReceiver<Arc<Version>>) {
        while let Some(version) = versions.recv().await {
            while let Err(error) = self.tell(&version).await {
                tracing::error!(%error, "that an object came could not be told; trying again");
                tokio::time::sleep(PAUSE).await;
            }
            self.scans.take(version);
        }
    }

    async fn tell(&self, version: &Version) -> Result<(), ServiceError> {
        if self.told_of.contains(&version.bucket) {
            self.bus.put(&event::created(version)).await?;
        }
        self.store.told(version)
    }
}
