//! Queues, in memory.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use domain::{NoticeId, ReviewId};
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{LookQueue, NoticeQueue, PortError, Postpone};

use crate::mishap::{Op, Plan, Went, unavailable};

/// Keeps notices in the order in which they came; one that comes twice is there twice, as in a standard
/// queue. A clone is the same queue.
#[derive(Debug, Clone, Default)]
pub struct MemoryQueue {
    /// What goes wrong.
    pub plan: Plan,
    waiting: Arc<Mutex<Vec<NoticeId>>>,
    resting: Arc<Mutex<Vec<(String, SignedDuration)>>>,
}

impl MemoryQueue {
    /// An empty one that follows `plan`, which other ports may follow as well.
    #[must_use]
    pub fn following(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            ..Self::default()
        }
    }

    /// Takes out all that waits.
    #[must_use]
    pub fn take(&self) -> Vec<NoticeId> {
        std::mem::take(&mut *self.lock())
    }

    /// Messages that were put to rest since this was asked last, and for how long.
    ///
    /// # Panics
    /// Never: nothing panics while it is locked.
    #[must_use]
    pub fn rested(&self) -> Vec<(String, SignedDuration)> {
        let mut resting = self
            .resting
            .lock()
            .expect("nothing panics while it is locked");
        std::mem::take(&mut *resting)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<NoticeId>> {
        self.waiting
            .lock()
            .expect("nothing panics while it is locked")
    }
}

#[async_trait]
impl NoticeQueue for MemoryQueue {
    async fn enqueue(&self, notices: &[NoticeId]) -> Result<(), PortError> {
        let put = || self.lock().extend_from_slice(notices);
        match self.plan.around(Op::Enqueue, put).await {
            Went::Well(()) => Ok(()),
            Went::Declined => {
                let taken = notices.len().saturating_sub(1);
                self.lock().extend_from_slice(&notices[..taken]);
                Err(unavailable())
            }
            Went::Silent => Err(unavailable()),
        }
    }
}

#[async_trait]
impl Postpone for MemoryQueue {
    async fn postpone(&self, receipt: &str, wait: SignedDuration) -> Result<(), PortError> {
        let rest = || {
            let mut resting = self
                .resting
                .lock()
                .expect("nothing panics while it is locked");
            resting.push((receipt.to_owned(), wait));
        };
        self.plan.around(Op::Postpone, rest).await.or_unavailable()
    }
}

/// Keeps the looks that are asked for. A clone is the same queue.
#[derive(Debug, Clone, Default)]
pub struct MemoryLooks {
    /// What goes wrong.
    pub plan: Plan,
    waiting: Arc<Mutex<Vec<(ReviewId, Timestamp)>>>,
}

impl MemoryLooks {
    /// An empty one that follows `plan`, which other ports may follow as well.
    #[must_use]
    pub fn following(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            ..Self::default()
        }
    }

    /// Takes out all that waits.
    ///
    /// # Panics
    /// Never: nothing panics while it is locked.
    #[must_use]
    pub fn take(&self) -> Vec<(ReviewId, Timestamp)> {
        let mut waiting = self
            .waiting
            .lock()
            .expect("nothing panics while it is locked");
        std::mem::take(&mut *waiting)
    }
}

#[async_trait]
impl LookQueue for MemoryLooks {
    async fn enqueue_looks(&self, reviews: &[ReviewId], as_of: Timestamp) -> Result<(), PortError> {
        let put = || {
            let mut waiting = self
                .waiting
                .lock()
                .expect("nothing panics while it is locked");
            waiting.extend(reviews.iter().map(|review| (review.clone(), as_of)));
        };
        let put = self.plan.around(Op::EnqueueLooks, put).await;
        put.or_unavailable()
    }
}
