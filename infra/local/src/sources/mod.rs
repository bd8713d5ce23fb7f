//! Event sources: what Lambda runs between queues or streams and functions.
//!
//! Both promise at least once. A queue source leaves a message where it is until its function is done with it, so a
//! failure, a crash or a stop only makes it visible again. A stream source moves a checkpoint, kept in the data
//! folder, behind the records that are done or given up, in the order of the stream. On demand both deliver worse than
//! they need to: see `trouble`.

mod batch_reply;
mod checkpoint;
mod failure;
mod queue;
mod stream;

use std::{future::Future, time::Duration};

use bytes::Bytes;

use tokio::{sync::watch, task::JoinSet, time::timeout};

use crate::{
    clock::SetClock,
    data::{DataError, DataFolder},
    lambda::{InvokeError, Lambda, Outcome},
    services::{Queues, ServiceError, Tables},
    template::{QueueSourcePlan, StreamSourcePlan},
    terminal::Terminal,
    trouble::Delivery,
};

/// How long batches may still run once the stack stops.
const GRACE: Duration = Duration::from_secs(2);

/// What every source reaches for.
#[derive(Clone)]
pub(crate) struct Reach {
    pub(crate) lambda: Lambda,
    pub(crate) queues: Queues,
    pub(crate) tables: Tables,
    pub(crate) data: DataFolder,
    pub(crate) clock: SetClock,
    pub(crate) terminal: Terminal,
    pub(crate) delivery: Delivery,
}

/// The running sources.
pub(crate) struct Sources {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Sources {
    /// Starts all of them.
    ///
    /// # Errors
    /// When a checkpoint cannot be read.
    pub(crate) fn start(
        queues: Vec<QueueSourcePlan>,
        streams: Vec<StreamSourcePlan>,
        reach: &Reach,
    ) -> Result<Self, DataError> {
        let (stop, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        for plan in queues {
            running.spawn(queue::QueueSource::new(plan, reach.clone()).run(stopped.clone()));
        }
        for plan in streams {
            running.spawn(stream::StreamSource::open(plan, reach.clone())?.run(stopped.clone()));
        }
        Ok(Self { stop, running })
    }

    /// Takes nothing new, and lets the batches that run end for a short while.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = timeout(GRACE, async {
            while self.running.join_next().await.is_some() {}
        })
        .await;
        if ended.is_err() {
            self.running.shutdown().await; // what was cut off comes again at the next start
        }
    }
}

/// Growing pauses between tries.
struct BackOff {
    next: Duration,
}

impl BackOff {
    const FIRST: Duration = Duration::from_millis(200);
    const LONGEST: Duration = Duration::from_secs(5);

    fn new() -> Self {
        Self { next: Self::FIRST }
    }

    async fn pause(&mut self) {
        tokio::time::sleep(self.next).await;
        self.next = (self.next * 2).min(Self::LONGEST);
    }
}

impl Reach {
    /// Hands an event to a function as soon as it is free; when deliveries are disturbed so, once before that for
    /// nothing, as if the answer had been lost.
    async fn invoke(&self, function: &str, event: Bytes) -> Result<Outcome, InvokeError> {
        if self.delivery.duplicate {
            let lost = self.lambda.invoke_when_free(function, event.clone());
            drop(lost.await?);
        }
        self.lambda.invoke_when_free(function, event).await
    }

    /// Tries until the service does it. A source that gave up would be a queue that nobody reads.
    async fn until_done<T, F, Fut>(&self, source: &str, act: F) -> T
    where
        F: Fn() -> Fut,
        Fut: Future<Output = Result<T, ServiceError>>,
    {
        let mut back_off = BackOff::new();
        loop {
            match act().await {
                Ok(done) => return done,
                Err(error) => self
                    .terminal
                    .line(format!("{source}: {error}; trying again")),
            }
            back_off.pause().await;
        }
    }
}
