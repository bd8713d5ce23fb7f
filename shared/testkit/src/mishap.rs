//! What goes wrong at a port, and when: planned by the test, call by call.
//!
//! The interesting failures are not "it failed", but "it was done and nobody heard", "someone came in
//! between" and "the process ended here". Each is a [`Mishap`] of one call of one operation, so a test can
//! put it between any two steps. A port in memory never waits, so a call that does not return *is* the
//! crash: [`crash`] runs a use case up to it and drops the rest.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::sync::{Arc, Mutex};

use futures::FutureExt as _;
use futures::future::BoxFuture;
use workflow::ports::PortError;

/// An operation of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the port's method of that name")]
pub enum Op {
    Load,
    Listed,
    Entries,
    Comments,
    Notes,
    Head,
    Ids,
    WindowChanges,
    Acceptance,
    Accept,
    Key,
    Commit,
    OutboxEntry,
    Settle,
    Overdue,
    MoveOn,
    Claim,
    Release,
    Record,
    Report,
    EntriesOf,
    NoticesOf,
    Suppressed,
    Suppress,
    Enqueue,
    Postpone,
    Redrive,
    Unanswered,
    IsDue,
    MakeDue,
    Page,
    Standing,
    Mend,
    Send,
    Remembered,
    Remember,
    TakeTurn,
    LookUp,
    Places,
    Count,
    Cases,
    Found,
    MakeFindable,
    Unfindable,
    Placed,
    HandOut,
    GoOn,
    Tally,
    Runs,
    Outlines,
    Order,
    PutOrder,
    PutWindow,
    Upload,
    Download,
    Stored,
    Read,
    Erase,
    EnqueueLooks,
    CountGrant,
    Tombstone,
    Bury,
    Unlist,
    Clear,
    SealTombstone,
    EraseAll,
}

/// What happens at one call.
pub enum Mishap {
    /// Nothing: a later call is the one.
    Fine,
    /// The service cannot be reached, and nothing is done.
    Unavailable,
    /// It is done, but the answer does not come back.
    ReplyLost,
    /// The service answers, but did not do it: a commit and an acceptance are `Raced`, a mail is `Throttled`,
    /// a queue takes all but the last, a look-up is `Throttled`, anything else is unavailable.
    Declined,
    /// The caller ends before it is done.
    CrashBefore,
    /// The caller ends after it is done.
    CrashAfter,
    /// Someone else does this first; then all goes well.
    Meanwhile(BoxFuture<'static, ()>),
}

impl Mishap {
    /// Something else that happens from start to end just before the call.
    pub fn meanwhile(other: impl Future<Output = ()> + Send + 'static) -> Self {
        Self::Meanwhile(other.boxed())
    }
}

impl fmt::Debug for Mishap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fine => "Fine",
            Self::Unavailable => "Unavailable",
            Self::ReplyLost => "ReplyLost",
            Self::Declined => "Declined",
            Self::CrashBefore => "CrashBefore",
            Self::CrashAfter => "CrashAfter",
            Self::Meanwhile(_) => "Meanwhile(…)",
        })
    }
}

/// The mishaps to come, in order, of each operation. A call that nothing is planned for goes well.
/// A clone is the same plan.
#[derive(Debug, Clone, Default)]
pub struct Plan(Arc<Mutex<HashMap<Op, VecDeque<Mishap>>>>);

/// How a call went.
pub(crate) enum Went<T> {
    Well(T),
    Declined,
    Silent,
}

impl Plan {
    /// Adds what happens at the next call of `op` that nothing is planned for yet.
    pub fn next(&self, op: Op, mishap: Mishap) {
        let mut plan = self.0.lock().expect("nothing panics while it is locked");
        plan.entry(op).or_default().push_back(mishap);
    }

    /// Lets the next `times` calls of `op` fail before they are done.
    pub fn fail(&self, op: Op, times: usize) {
        for _ in 0..times {
            self.next(op, Mishap::Unavailable);
        }
    }

    /// Whether all that was planned has happened; a test that planned something should see to it.
    #[must_use]
    pub fn is_over(&self) -> bool {
        let plan = self.0.lock().expect("nothing panics while it is locked");
        plan.values().all(VecDeque::is_empty)
    }

    fn take(&self, op: Op) -> Mishap {
        let mut plan = self.0.lock().expect("nothing panics while it is locked");
        plan.get_mut(&op)
            .and_then(VecDeque::pop_front)
            .unwrap_or(Mishap::Fine)
    }

    /// Does `work`, or what is planned instead.
    pub(crate) async fn around<T>(&self, op: Op, work: impl FnOnce() -> T + Send) -> Went<T> {
        match self.take(op) {
            Mishap::Fine => Went::Well(work()),
            Mishap::Unavailable => Went::Silent,
            Mishap::ReplyLost => {
                drop(work());
                Went::Silent
            }
            Mishap::Declined => Went::Declined,
            Mishap::CrashBefore => std::future::pending().await,
            Mishap::CrashAfter => {
                drop(work());
                std::future::pending().await
            }
            Mishap::Meanwhile(other) => {
                other.await;
                Went::Well(work())
            }
        }
    }
}

impl<T> Went<T> {
    /// The result, where declining is the same as not being there.
    pub(crate) fn or_unavailable(self) -> Result<T, PortError> {
        match self {
            Self::Well(result) => Ok(result),
            Self::Declined | Self::Silent => Err(unavailable()),
        }
    }
}

/// The error of a call that was planned to fail.
pub(crate) fn unavailable() -> PortError {
    PortError::Unavailable {
        service: "memory",
        source: "a planned mishap".into(),
    }
}

/// Runs `call` up to the crash that is planned for it, and drops the rest of it.
///
/// # Panics
/// When it comes to an end instead: the crash was planned for a step that it does not take.
pub fn crash<T>(call: impl Future<Output = T>) {
    assert!(
        call.now_or_never().is_none(),
        "a crash was planned, but the call came to its end"
    );
}
