//! Messages that were given up, in memory.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use async_trait::async_trait;
use workflow::ports::{DeadLetter, DeadLetters, PortError};

use crate::mishap::{Op, Plan};

/// A dead-letter queue and the queue that its messages came from. A clone is the same.
#[derive(Debug, Clone, Default)]
pub struct MemoryDeadLetters {
    /// What goes wrong.
    pub plan: Plan,
    comes_back: bool,
    state: Arc<Mutex<(VecDeque<String>, Vec<String>)>>,
}

impl MemoryDeadLetters {
    /// With these messages.
    #[must_use]
    pub fn of<const N: usize>(bodies: [&str; N]) -> Self {
        let letters = Self::default();
        letters.lock().0.extend(bodies.map(str::to_owned));
        letters
    }

    /// Each of which fails again at once.
    #[must_use]
    pub fn that_come_back(self) -> Self {
        Self {
            comes_back: true,
            ..self
        }
    }

    /// How many are left.
    #[must_use]
    pub fn left(&self) -> usize {
        self.lock().0.len()
    }

    /// What went back into the queue, in order.
    #[must_use]
    pub fn back(&self) -> Vec<String> {
        self.lock().1.clone()
    }

    fn lock(&self) -> MutexGuard<'_, (VecDeque<String>, Vec<String>)> {
        self.state
            .lock()
            .expect("nothing panics while it is locked")
    }
}

#[async_trait]
impl DeadLetters for MemoryDeadLetters {
    async fn count(&self) -> Result<u32, PortError> {
        Ok(u32::try_from(self.lock().0.len()).unwrap_or(u32::MAX))
    }

    async fn some(&self) -> Result<Vec<DeadLetter>, PortError> {
        let letter = |body: &String| DeadLetter {
            body: body.clone(),
            receipt: body.clone(),
        };
        Ok(self.lock().0.iter().take(1).map(letter).collect())
    }

    async fn redrive(&self, letter: &DeadLetter) -> Result<(), PortError> {
        let redrive = || {
            let mut state = self.lock();
            state.1.push(letter.body.clone());
            let gone = state.0.pop_front();
            state.0.extend(gone.filter(|_| self.comes_back));
        };
        self.plan
            .around(Op::Redrive, redrive)
            .await
            .or_unavailable()
    }

    async fn discard(&self, _: &DeadLetter) -> Result<(), PortError> {
        let discard = || {
            self.lock().0.pop_front();
        };
        self.plan
            .around(Op::Redrive, discard)
            .await
            .or_unavailable()
    }
}
