//! The stand-in for GuardDuty Malware Protection: looks for the EICAR test file in every object, and says so as GuardDuty
//! would, through the rules of the template.
//!
//! It knows no other threat. It has moods, for what GuardDuty may do on a bad day; tests and people change them while
//! everything runs. What it has not said survives a restart; what it kept silent about stays unsaid.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::io::AsyncReadExt as _;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::sync::watch;

use super::event;
use super::reporter::PAUSE;
use super::store::Store;
use super::version::Version;
use crate::clock::SetClock;
use crate::data::DataError;
use crate::services::bus::Bus;
use crate::services::{ScanPlan, ServiceError};

/// What is read of an object at once.
const CHUNK: usize = 256 * 1024;
/// What GuardDuty calls the test file.
const THREAT: &str = "EICAR-Test-File (not a virus)";

/// How the scanner behaves.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, PartialEq, Eq, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// It scans every object, and says what it found.
    #[default]
    Well,
    /// It never says anything of the objects that it gets now.
    Silent,
    /// Its scans fail: FAILED.
    Failing,
    /// It supports nothing that it gets: UNSUPPORTED.
    Unsupported,
    /// It may not read anything: ACCESS_DENIED.
    Denied,
    /// It waits until it has another mood, and goes on with all that came in between.
    Late,
}

impl std::fmt::Display for Mood {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Well => "well",
            Self::Silent => "silent",
            Self::Failing => "failing",
            Self::Unsupported => "unsupported",
            Self::Denied => "denied",
            Self::Late => "late",
        })
    }
}

/// What is said of one object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) scan_status: &'static str,
    pub(super) result_status: &'static str,
    pub(super) threat: Option<&'static str>,
}

/// A handle on the scanner.
#[derive(Clone, Debug)]
pub struct Scanner(watch::Sender<Mood>);

impl Scanner {
    pub(super) fn new(mood: Mood) -> Self {
        Self(watch::Sender::new(mood))
    }

    /// How it is now.
    #[must_use]
    pub fn mood(&self) -> Mood {
        *self.0.borrow()
    }

    /// Changes how it is from now on; what waited for it goes on.
    pub fn turn(&self, mood: Mood) {
        self.0.send_replace(mood);
    }
}

/// Where objects to be scanned are put.
#[derive(Clone, Debug)]
pub(super) struct Scans(UnboundedSender<Arc<Version>>);

impl Scans {
    pub(super) fn start(
        store: Arc<Store>,
        bus: Arc<Bus>,
        clock: SetClock,
        plans: Vec<ScanPlan>,
        scanner: &Scanner,
    ) -> Self {
        let (versions, queue) = mpsc::unbounded_channel();
        let task = Task {
            store,
            bus,
            clock,
            plans,
            mood: scanner.0.subscribe(),
        };
        tokio::spawn(task.follow(queue));
        Self(versions)
    }

    /// Puts one in the line.
    pub(super) fn take(&self, version: Arc<Version>) {
        if self.0.send(version).is_err() {
            tracing::error!("an object is scanned at the next start: the scanner has ended");
        }
    }
}

struct Task {
    store: Arc<Store>,
    bus: Arc<Bus>,
    clock: SetClock,
    plans: Vec<ScanPlan>,
    mood: watch::Receiver<Mood>,
}

impl Task {
    async fn follow(mut self, mut versions: UnboundedReceiver<Arc<Version>>) {
        while let Some(version) = versions.recv().await {
            let mood = self.mood.wait_for(|mood| *mood != Mood::Late).await;
            let Ok(mood) = mood.map(|mood| *mood) else {
                return; // the stack has ended
            };
            while let Err(error) = self.scan(&version, mood).await {
                tracing::error!(%error, "an object could not be scanned; trying again");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }

    async fn scan(&self, version: &Version, mood: Mood) -> Result<(), ServiceError> {
        // What was erased in the meantime has nothing left to be scanned.
        if let Some(plan) = self.plan_of(version).filter(|_| self.store.has(version))
            && let Some(verdict) = self.verdict(version, mood).await?
        {
            let event = event::scanned(version, verdict, &plan.arn, self.clock.now());
            self.bus.put(&event).await?;
        }
        self.store.scanned(version)
    }

    fn plan_of(&self, version: &Version) -> Option<&ScanPlan> {
        let mut plans = self.plans.iter();
        plans.find(|plan| {
            let mut prefixes = plan.prefixes.iter();
            let all = plan.prefixes.is_empty();
            plan.bucket == version.bucket
                && (all || prefixes.any(|prefix| version.key.starts_with(prefix)))
        })
    }

    async fn verdict(
        &self,
        version: &Version,
        mood: Mood,
    ) -> Result<Option<Verdict>, ServiceError> {
        let (scan_status, result_status, threat) = match mood {
            Mood::Silent | Mood::Late => return Ok(None),
            Mood::Failing => ("FAILED", "FAILED", None),
            Mood::Unsupported => ("SKIPPED", "UNSUPPORTED", None),
            Mood::Denied => ("FAILED", "ACCESS_DENIED", None),
            Mood::Well if is_infected(&self.store.body_of(version)).await? => {
                ("COMPLETED", "THREATS_FOUND", Some(THREAT))
            }
            Mood::Well => ("COMPLETED", "NO_THREATS_FOUND", None),
        };
        Ok(Some(Verdict {
            scan_status,
            result_status,
            threat,
        }))
    }
}

/// The EICAR test string, put together here so that no file of this program holds it and is taken for it.
fn signature() -> Vec<u8> {
    let parts: [&[u8]; 3] = [
        b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE",
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}",
        b"!$H+H*",
    ];
    [parts[1], b"$", parts[0], parts[2]].concat()
}

/// Whether the test string is anywhere in the file, which may be larger than the memory.
async fn is_infected(path: &Path) -> Result<bool, ServiceError> {
    let failed = |source| {
        let (what, path) = ("scan", path.to_owned());
        ServiceError::from(DataError::Io { what, path, source })
    };
    let signature = signature();
    let finder = memchr::memmem::Finder::new(&signature);
    let mut file = tokio::fs::File::open(path).await.map_err(failed)?;
    let mut window = Vec::with_capacity(CHUNK + signature.len());
    loop {
        // The end of one chunk is looked at again together with the next.
        let seen = window.len().saturating_sub(signature.len() - 1);
        window.drain(..seen);
        let read = (&mut file)
            .take(CHUNK as u64)
            .read_to_end(&mut window)
            .await;
        if read.map_err(failed)? == 0 {
            return Ok(false);
        }
        if finder.find(&window).is_some() {
            return Ok(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_test_string_is_found_wherever_it_stands() {
        let place = tempfile::tempdir().expect("a place");
        let path = place.path().join("file");
        let length = signature().len();
        assert_eq!(length, 68, "the length that EICAR gives it");
        for before in [0, 1, CHUNK - length, CHUNK - 1, CHUNK, 3 * CHUNK - 40] {
            let clean = vec![b'X'; before];
            std::fs::write(&path, &clean).expect("written");
            assert!(!is_infected(&path).await.expect("read"), "{before}");
            let infected = [&clean, &signature()[..], b" and more"].concat();
            std::fs::write(&path, infected).expect("written");
            assert!(is_infected(&path).await.expect("read"), "{before}");
        }
    }
}
