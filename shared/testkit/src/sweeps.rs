//! The queues between a sweep and what it starts, in memory.

use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use domain::ReviewId;
use workflow::clock::{ClockCommand, Part, Run};
use workflow::orders::OrderId;
use workflow::ports::{CommandQueue, PortError, SweepQueue};

use crate::mishap::{Op, Plan, Went, unavailable};

/// Keeps what sweeps hand out, and where they go on, in the order in which it came; what comes twice is there
/// twice, as in a standard queue. A clone is the same.
#[derive(Debug, Clone, Default)]
pub struct MemorySweeps {
    /// What goes wrong.
    pub plan: Plan,
    waiting: Arc<Mutex<Waiting>>,
}

#[derive(Debug, Default)]
struct Waiting {
    commands: Vec<ClockCommand>,
    errands: Vec<(OrderId, ReviewId)>,
    parts: Vec<(Run, Vec<Part>)>,
}

impl MemorySweeps {
    /// An empty one that follows `plan`, which other ports may follow as well.
    #[must_use]
    pub fn following(plan: &Plan) -> Self {
        Self {
            plan: plan.clone(),
            ..Self::default()
        }
    }

    /// Takes out the commands that wait.
    #[must_use]
    pub fn take_commands(&self) -> Vec<ClockCommand> {
        std::mem::take(&mut self.lock().commands)
    }

    /// Takes out the orders that wait, each with its review.
    #[must_use]
    pub fn take_orders(&self) -> Vec<(OrderId, ReviewId)> {
        std::mem::take(&mut self.lock().errands)
    }

    /// Takes out what sweeps left over.
    #[must_use]
    pub fn take_parts(&self) -> Vec<(Run, Vec<Part>)> {
        std::mem::take(&mut self.lock().parts)
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting
            .lock()
            .expect("nothing panics while it is locked")
    }
}

#[async_trait]
impl CommandQueue for MemorySweeps {
    async fn hand_out(&self, commands: &[ClockCommand]) -> Result<(), PortError> {
        let put = || self.lock().commands.extend_from_slice(commands);
        match self.plan.around(Op::HandOut, put).await {
            Went::Well(()) => Ok(()),
            Went::Declined => {
                let taken = commands.len().saturating_sub(1);
                self.lock().commands.extend_from_slice(&commands[..taken]);
                Err(unavailable())
            }
            Went::Silent => Err(unavailable()),
        }
    }

    async fn hand_out_order(&self, order: &OrderId, reviews: &[ReviewId]) -> Result<(), PortError> {
        let errand = |review: &ReviewId| (order.clone(), review.clone());
        let put = || self.lock().errands.extend(reviews.iter().map(errand));
        match self.plan.around(Op::HandOut, put).await {
            Went::Well(()) => Ok(()),
            Went::Declined => {
                let taken = reviews.len() / 2;
                self.lock()
                    .errands
                    .extend(reviews[..taken].iter().map(errand));
                Err(unavailable())
            }
            Went::Silent => Err(unavailable()),
        }
    }
}

#[async_trait]
impl SweepQueue for MemorySweeps {
    async fn go_on(&self, run: &Run, parts: &[Part]) -> Result<(), PortError> {
        let put = || self.lock().parts.push((*run, parts.to_vec()));
        self.plan.around(Op::GoOn, put).await.or_unavailable()
    }
}
