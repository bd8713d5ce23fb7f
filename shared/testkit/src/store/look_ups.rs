//! What the participation look-up said, and whose turn it is to ask it.

use async_trait::async_trait;
use jiff::Timestamp;
use workflow::ports::{LookUps, PortError, TURNS, Turn};
use workflow::{LookUpKey, Remembered};

use super::MemoryStore;
use crate::mishap::Op;

#[async_trait]
impl LookUps for MemoryStore {
    async fn remembered(
        &self,
        key: &LookUpKey,
        now: Timestamp,
    ) -> Result<Option<Remembered>, PortError> {
        self.call(Op::Remembered, |state| {
            let found = state.look_ups.get(key);
            found.filter(|answer| now < answer.expires_at).cloned()
        })
        .await
    }

    async fn remember(&self, key: &LookUpKey, answer: &Remembered) -> Result<(), PortError> {
        self.call(Op::Remember, |state| {
            state.look_ups.insert(key.clone(), answer.clone());
        })
        .await
    }

    async fn take_turn(&self, at: Timestamp) -> Result<Turn, PortError> {
        self.call(Op::TakeTurn, |state| {
            let taken = state.turns.entry(at.as_second()).or_default();
            if *taken < TURNS {
                *taken += 1;
                Turn::Taken
            } else {
                Turn::NoneLeft
            }
        })
        .await
    }
}
