//! EventBridge Scheduler on one machine: schedules send messages to queues, by the set clock.
//!
//! As the clock ticks, each occurrence is sent when it is due. When the clock is moved forward, every occurrence in
//! between is sent first to last, over all schedules, before whoever moved it is answered: they know then that the
//! messages are in their queues. The functions work on them meanwhile, and may still be at it.
//!
//! At least once: a message is in the queue's journal before the schedule's mark moves, so a killed stack may send a
//! tick again, and never loses one, also when it was killed in the middle of a jump. Time that the stack was off does
//! not exist for the set clock, so nothing is caught up for it. An interval counts from the set time at which the data
//! folder was new, where EventBridge counts from the schedule's creation.

mod cron;
mod expression;
mod input;
mod kept;

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use serde::Serialize;
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};

pub use expression::{Expression, ExpressionError};
pub use input::{Input, UnknownPlace};

use crate::{
    clock::{ClockError, SetClock},
    data::{DataError, DataFolder},
    services::{Queues, ServiceError},
};
use kept::{Kept, Mark};

/// Messages between two writes of the marks: as many may come again after a crash.
const SLICE: u64 = 100;
/// How long to wait after a failure.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest sleep, after which the clock is asked again.
const LONGEST: Duration = Duration::from_secs(60 * 60);

/// A schedule to run.
#[derive(Clone, Debug)]
pub struct SchedulePlan {
    /// Its name.
    pub name: String,
    /// Its ARN, for messages that name it.
    pub arn: String,
    /// When it is due.
    pub expression: Expression,
    /// The queue that takes its messages, by name.
    pub queue: String,
    /// What it sends.
    pub input: Input,
    /// Whether it runs at all.
    pub enabled: bool,
}

/// One schedule as the pages show it.
#[derive(Clone, Debug, Serialize)]
pub struct ScheduleView {
    /// Its name.
    pub name: String,
    /// When it is due, as the template says, with the zone.
    pub expression: String,
    /// The queue that takes its messages.
    pub queue: String,
    /// When it is due next, by the set clock; never when it is disabled or over.
    pub next: Option<Timestamp>,
}

/// Why a schedule could not send, or the clock not be moved.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// The clock refused.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The queue refused.
    #[error(transparent)]
    Service(#[from] ServiceError),
    /// The marks cannot be kept.
    #[error(transparent)]
    Data(#[from] DataError),
    /// The marks of an earlier run cannot be read.
    #[error("{file} cannot be read ({source}): start once with --fresh to begin anew")]
    Damaged {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// A handle on the schedules; clones share them.
#[derive(Clone, Debug)]
pub struct Schedules(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    plans: Vec<SchedulePlan>,
    origin: Timestamp,
    clock: SetClock,
    queues: Queues,
    kept: Kept,
    /// Of the enabled schedules, in the order of the template.
    running: Mutex<Vec<Running>>,
    moved: Notify,
}

/// An enabled schedule on its way.
#[derive(Debug)]
struct Running {
    plan: SchedulePlan,
    through: Timestamp,
    next: Option<Timestamp>,
}

/// The task that sends what becomes due.
#[derive(Debug)]
pub struct Ticking {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Schedules {
    /// Goes on from the kept marks. A schedule that is new here, was disabled or has another expression than before,
    /// begins now; in a folder where none ever ran, all begin with the clock.
    ///
    /// # Errors
    /// When the marks cannot be read or written.
    pub fn open(
        data: &DataFolder,
        clock: &SetClock,
        queues: &Queues,
        plans: Vec<SchedulePlan>,
    ) -> Result<Self, ScheduleError> {
        let (kept, marks) = Kept::open(data)?;
        let origin = clock.start();
        let begin = if marks.is_some() { clock.now() } else { origin };
        let marks = marks.unwrap_or_default();
        let running = plans.iter().filter(|plan| plan.enabled).map(|plan| {
            let mark = marks.get(&plan.name);
            let through = mark
                .filter(|mark| mark.expression == plan.expression.text())
                .map_or(begin, |mark| mark.through);
            Running {
                next: plan.expression.after(through, origin),
                plan: plan.clone(),
                through,
            }
        });
        let running: Vec<_> = running.collect();
        kept.write(&marks_of(&running))?;
        Ok(Self(Arc::new(Inner {
            plans,
            origin,
            clock: clock.clone(),
            queues: queues.clone(),
            kept,
            running: Mutex::new(running),
            moved: Notify::new(),
        })))
    }

    /// Sends what becomes due, from now on and until stopped.
    #[must_use]
    pub fn tick(&self) -> Ticking {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(self.clone().follow(stopped));
        Ticking { stop, task }
    }

    /// Moves the set clock forward, and returns how many messages became due by that; they are in their queues.
    ///
    /// # Errors
    /// [`ClockError`] when it cannot be moved; any other when it was moved, and the ticking will try again.
    pub async fn advance_to(&self, to: Timestamp) -> Result<u64, ScheduleError> {
        // Nobody else sends meanwhile, so the count is right.
        let mut running = self.0.running.lock().await;
        self.0.clock.advance_to(to)?;
        self.0.moved.notify_one(); // whatever becomes of the caller
        let now = self.0.clock.now();
        let mut sent = 0;
        loop {
            let some = self.0.send_some(&mut running, now).await?;
            sent += some;
            if some < SLICE {
                return Ok(sent);
            }
        }
    }

    /// The schedules, in the order of the template.
    #[must_use]
    pub fn list(&self) -> Vec<ScheduleView> {
        let now = self.0.clock.now();
        let views = self.0.plans.iter().map(|plan| ScheduleView {
            name: plan.name.clone(),
            expression: plan.expression.text().to_owned(),
            queue: plan.queue.clone(),
            next: plan
                .expression
                .after(now, self.0.origin)
                .filter(|_| plan.enabled),
        });
        views.collect()
    }

    async fn follow(self, mut stopped: watch::Receiver<bool>) {
        loop {
            if *stopped.borrow() {
                return;
            }
            let wait = self.0.send_due().await;
            let wait = async {
                match wait {
                    Some(wait) => tokio::time::sleep(wait).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                _ = stopped.wait_for(|stopped| *stopped) => return,
                () = self.0.moved.notified() => {}
                () = wait => {}
            }
        }
    }
}

impl Ticking {
    /// Ends it behind the message that is being sent.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the schedules did not end well");
        }
    }
}

impl Inner {
    /// Sends some of what is due; how long to wait then, None when nothing will ever be due.
    async fn send_due(&self) -> Option<Duration> {
        let mut running = self.running.lock().await;
        let now = self.clock.now();
        if let Err(error) = self.send_some(&mut running, now).await {
            tracing::error!(%error, "a schedule could not send; it will try again");
            return Some(PAUSE);
        }
        let next = running.iter().filter_map(|one| one.next).min()?;
        let wait = next.duration_since(self.clock.now());
        // A little late is right, a little early would be asked again at once.
        let wait = Duration::try_from(wait).unwrap_or_default();
        Some(wait.min(LONGEST))
    }

    /// Sends at most a slice of what is due at `now`, the earliest first, and keeps the marks.
    async fn send_some(
        &self,
        running: &mut [Running],
        now: Timestamp,
    ) -> Result<u64, ScheduleError> {
        let mut sent = 0;
        while sent < SLICE {
            let due = running.iter_mut().filter_map(|one| {
                let next = one.next.filter(|next| *next <= now)?;
                Some((next, one))
            });
            // Of equals the first in the template.
            let Some((due, one)) = due.min_by_key(|(next, _)| *next) else {
                break;
            };
            let message = one.plan.input.at(due, &one.plan.arn);
            self.queues.send(&one.plan.queue, message).await?;
            one.through = due;
            one.next = one.plan.expression.after(due, self.origin);
            sent += 1;
        }
        if sent > 0 {
            self.kept.write(&marks_of(running))?;
        }
        Ok(sent)
    }
}

fn marks_of(running: &[Running]) -> BTreeMap<&str, Mark> {
    let marks = running.iter().map(|one| {
        let mark = Mark {
            expression: one.plan.expression.text().to_owned(),
            through: one.through,
        };
        (one.plan.name.as_str(), mark)
    });
    marks.collect()
}
