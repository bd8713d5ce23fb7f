//! One process's place at the Runtime API: the requests that wait for it, and the one that it is at.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot, watch};

use super::outcome::{FunctionError, Outcome};

/// One request on its way to a process.
pub(super) struct Work {
    pub(super) request: String,
    pub(super) payload: Bytes,
    pub(super) timeout: Duration,
    pub(super) arn: String,
    pub(super) reply: oneshot::Sender<Outcome>,
}

/// A request as the Runtime API hands it out.
pub(super) struct HandedOut {
    pub(super) request: String,
    pub(super) payload: Bytes,
    /// Milliseconds since 1970 by the machine's clock, which the function's runtime compares with its own.
    pub(super) deadline_ms: u128,
    pub(super) arn: String,
}

/// How far the process has come.
#[derive(Debug, Clone)]
pub(super) enum Progress {
    /// It has not yet asked for a request.
    Starting,
    /// It has.
    Ready,
    /// It reported that it cannot start.
    InitFailed(FunctionError),
}

/// The broker's half.
pub(super) struct Seat {
    waiting: AsyncMutex<mpsc::Receiver<Work>>,
    current: Mutex<Option<(String, oneshot::Sender<Outcome>)>>,
    progress: watch::Sender<Progress>,
}

/// The function's half.
pub(super) struct Desk {
    pub(super) work: mpsc::Sender<Work>,
    pub(super) progress: watch::Receiver<Progress>,
}

impl Seat {
    pub(super) fn new() -> (Self, Desk) {
        let (work, waiting) = mpsc::channel(1);
        let (progress, seen) = watch::channel(Progress::Starting);
        let seat = Self {
            waiting: AsyncMutex::new(waiting),
            current: Mutex::new(None),
            progress,
        };
        (
            seat,
            Desk {
                work,
                progress: seen,
            },
        )
    }

    /// The next request, as soon as there is one; None when there will be none any more.
    pub(super) async fn next(&self) -> Option<HandedOut> {
        self.progress.send_replace(Progress::Ready);
        let work = self.waiting.lock().await.recv().await?;
        let deadline = machine_time() + work.timeout;
        *self.current() = Some((work.request.clone(), work.reply));
        Some(HandedOut {
            request: work.request,
            payload: work.payload,
            deadline_ms: deadline.as_millis(),
            arn: work.arn,
        })
    }

    /// Ends the request called `request`; false when the process is not at that one.
    pub(super) fn finish(&self, request: &str, outcome: Outcome) -> bool {
        match self.current().take_if(|(current, _)| current == request) {
            // Who asked may have gone, by timeout; then nobody waits for the outcome, and that was reported.
            Some((_, reply)) => reply.send(outcome).is_ok(),
            None => false,
        }
    }

    /// Notes that the process cannot start.
    pub(super) fn init_failed(&self, error: FunctionError) {
        self.progress.send_replace(Progress::InitFailed(error));
    }

    fn current(&self) -> std::sync::MutexGuard<'_, Option<(String, oneshot::Sender<Outcome>)>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Since 1970, by the clock that the function's process reads too.
#[expect(
    clippy::disallowed_methods,
    reason = "a deadline counts in the machine's time; the set clock may stand still or jump"
)]
fn machine_time() -> Duration {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
}
