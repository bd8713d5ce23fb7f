//! The outbox, and who may send what.

use async_trait::async_trait;
use domain::{NoticeId, OutboxEntry, ReviewId};
use jiff::{SignedDuration, Timestamp};
use workflow::ports::{Claim, Claims, Outbox, PortError};

use super::{MemoryStore, State};
use crate::mishap::Op;

/// What is known of a notice.
#[derive(Debug)]
pub(super) enum Notice {
    ClaimedUntil(Timestamp),
    Sent,
}

#[async_trait]
impl Outbox for MemoryStore {
    async fn entry(&self, review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError> {
        let place = (review.clone(), seq);
        self.call(Op::OutboxEntry, |state| state.outbox.get(&place).cloned())
            .await
    }

    async fn settle(&self, entry: &OutboxEntry) -> Result<(), PortError> {
        self.call(Op::Settle, |state| state.settle(entry)).await
    }
}

#[async_trait]
impl Claims for MemoryStore {
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        lease: SignedDuration,
    ) -> Result<Claim, PortError> {
        self.call(Op::Claim, |state| state.claim(notice, now, now + lease))
            .await
    }

    async fn release(&self, notice: &NoticeId) -> Result<(), PortError> {
        self.call(Op::Release, |state| {
            if let Some(Notice::ClaimedUntil(_)) = state.notices.get(notice) {
                state.notices.remove(notice);
            }
        })
        .await
    }

    async fn record_sent(
        &self,
        notice: &NoticeId,
        _at: Timestamp,
        _message_id: &str,
    ) -> Result<(), PortError> {
        self.call(Op::RecordSent, |state| {
            state.notices.insert(notice.clone(), Notice::Sent);
        })
        .await
    }
}

impl State {
    fn claim(&mut self, notice: &NoticeId, now: Timestamp, until: Timestamp) -> Claim {
        let claim = match self.notices.get(notice) {
            Some(Notice::Sent) => return Claim::Settled,
            Some(Notice::ClaimedUntil(held)) if now < *held => return Claim::Held(*held),
            Some(Notice::ClaimedUntil(_)) => Claim::InDoubt,
            None => Claim::Granted,
        };
        self.notices
            .insert(notice.clone(), Notice::ClaimedUntil(until));
        claim
    }

    fn settle(&mut self, entry: &OutboxEntry) {
        let sent = |notice| matches!(self.notices.get(&notice), Some(Notice::Sent));
        if crate::sample::notices(entry).into_iter().all(sent) {
            self.due.remove(&(entry.review.clone(), entry.seq));
        }
    }
}
