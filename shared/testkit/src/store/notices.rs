//! The outbox, who may send what, and what became of it.

use async_trait::async_trait;
use domain::{
    Bounce, NoticeId, NoticeRecord, OutboxEntry, Outcome, PersonKey, Report, Reported, ReviewId,
    Suppression,
};
use jiff::Timestamp;
use workflow::ports::{
    Claim, ClaimId, ClaimTerms, Claims, Correspondence, DueOutbox, Outbox, Overdue, PortError,
    Suppressions,
};

use super::{MemoryStore, State};
use crate::mishap::Op;

/// What is known of a notice.
#[derive(Debug, Default)]
pub(super) struct Notice {
    claim: Option<(ClaimId, Timestamp)>,
    outcome: Option<Outcome>,
    delivered_at: Option<Timestamp>,
    bounced: Option<Bounce>,
    complained_at: Option<Timestamp>,
}

#[async_trait]
impl Outbox for MemoryStore {
    async fn entry(&self, review: &ReviewId, seq: u64) -> Result<Option<OutboxEntry>, PortError> {
        let place = (review.clone(), seq);
        self.call(Op::OutboxEntry, |state| state.outbox.get(&place).cloned())
            .await
    }

    async fn settle(&self, entry: &OutboxEntry) -> Result<Vec<NoticeId>, PortError> {
        self.call(Op::Settle, |state| state.settle(entry)).await
    }
}

/// As many as tell one from another.
pub(super) const SHARDS: u32 = 2;

#[async_trait]
impl DueOutbox for MemoryStore {
    fn shards(&self) -> u32 {
        SHARDS
    }

    async fn overdue(
        &self,
        shard: u32,
        at: Timestamp,
        limit: u32,
    ) -> Result<Vec<Overdue>, PortError> {
        self.call(Op::Overdue, |state| {
            let overdue = state.due.iter().filter(|(_, due_at)| **due_at <= at);
            let mut overdue: Vec<_> = overdue
                .map(|((review, seq), due_at)| Overdue {
                    review: review.clone(),
                    seq: *seq,
                    due_at: *due_at,
                })
                .filter(|overdue| overdue.seq % u64::from(SHARDS) == u64::from(shard))
                .collect();
            overdue.sort_by_key(|overdue| overdue.due_at);
            overdue.truncate(limit as usize);
            overdue
        })
        .await
    }

    async fn move_on(&self, seen: &Overdue, next: Timestamp) -> Result<bool, PortError> {
        self.call(Op::MoveOn, |state| {
            let due = state.due.get_mut(&(seen.review.clone(), seen.seq));
            match due {
                Some(due_at) if *due_at == seen.due_at => {
                    *due_at = next;
                    true
                }
                Some(_) | None => false,
            }
        })
        .await
    }
}

#[async_trait]
impl Correspondence for MemoryStore {
    async fn entries_of(&self, review: &ReviewId) -> Result<Vec<OutboxEntry>, PortError> {
        self.call(Op::EntriesOf, |state| {
            let all = (review.clone(), 0)..=(review.clone(), u64::MAX);
            let entries = state.outbox.range(all).map(|(_, entry)| entry.clone());
            entries.collect()
        })
        .await
    }

    async fn notices_of(&self, review: &ReviewId) -> Result<Vec<NoticeRecord>, PortError> {
        self.call(Op::NoticesOf, |state| {
            let of_review = state.notices.iter().filter(|(id, _)| id.review == *review);
            let mut records: Vec<_> = of_review.map(|(id, notice)| notice.record(id)).collect();
            records.sort_by_key(|record| (record.notice.seq, record.notice.person.clone()));
            records
        })
        .await
    }
}

#[async_trait]
impl Claims for MemoryStore {
    async fn claim(
        &self,
        notice: &NoticeId,
        now: Timestamp,
        terms: ClaimTerms,
    ) -> Result<Claim, PortError> {
        self.call(Op::Claim, |state| state.claim(notice, now, terms))
            .await
    }

    async fn release(&self, notice: &NoticeId, claim: &ClaimId) -> Result<(), PortError> {
        self.call(Op::Release, |state| {
            let held = state.notices.get(notice);
            let ours = held.and_then(|held| held.claim.as_ref());
            if ours.is_some_and(|(ours, _)| ours == claim) {
                state.notices.remove(notice);
            }
        })
        .await
    }

    async fn record(&self, notice: &NoticeId, outcome: &Outcome) -> Result<(), PortError> {
        self.call(Op::Record, |state| {
            let stored = state.notices.entry(notice.clone()).or_default();
            stored.conclude(outcome.clone());
        })
        .await
    }

    async fn report(&self, report: &Report) -> Result<(), PortError> {
        self.call(Op::Report, |state| {
            let stored = state.notices.entry(report.notice.clone()).or_default();
            stored.hear(report);
        })
        .await
    }
}

#[async_trait]
impl Suppressions for MemoryStore {
    async fn suppressed(
        &self,
        people: &[PersonKey],
    ) -> Result<Vec<(PersonKey, Suppression)>, PortError> {
        self.call(Op::Suppressed, |state| {
            let why = |person: &PersonKey| state.suppressed.get(person).copied();
            let found = people
                .iter()
                .filter_map(|person| Some((person.clone(), why(person)?)));
            found.collect()
        })
        .await
    }

    async fn suppress(&self, person: &PersonKey, why: Suppression) -> Result<(), PortError> {
        self.call(Op::Suppress, |state| {
            state.suppressed.entry(person.clone()).or_insert(why);
        })
        .await
    }
}

impl Notice {
    /// The first outcome stands.
    fn conclude(&mut self, outcome: Outcome) {
        self.claim = None;
        self.outcome.get_or_insert(outcome);
    }

    fn hear(&mut self, report: &Report) {
        let Report { at, message_id, .. } = report;
        match report.what {
            Reported::Sent => {}
            Reported::Delivered => {
                self.delivered_at.get_or_insert(*at);
            }
            Reported::Bounced { hard } => {
                self.bounced.get_or_insert(Bounce { at: *at, hard });
            }
            Reported::Complained => {
                self.complained_at.get_or_insert(*at);
            }
            Reported::Rejected => {
                let code = "Rejected".to_owned();
                self.claim = None;
                self.outcome = Some(Outcome::Failed { at: *at, code });
                return;
            }
        }
        self.conclude(Outcome::Sent {
            at: *at,
            message_id: message_id.clone(),
        });
    }

    fn record(&self, id: &NoticeId) -> NoticeRecord {
        NoticeRecord {
            notice: id.clone(),
            outcome: self.outcome.clone(),
            held_until: self.claim.as_ref().map(|(_, until)| *until),
            delivered_at: self.delivered_at,
            bounced: self.bounced,
            complained_at: self.complained_at,
        }
    }
}

impl State {
    fn claim(&mut self, notice: &NoticeId, now: Timestamp, terms: ClaimTerms) -> Claim {
        self.claims += 1;
        let mine = ClaimId(format!("claim-{}", self.claims));
        let stored = self.notices.entry(notice.clone()).or_default();
        if stored.outcome.is_some() {
            return Claim::Settled;
        }
        let earlier = stored.claim.as_ref().map(|(_, until)| *until);
        match earlier {
            Some(until) if now < until => return Claim::Held(until),
            Some(until) if now < until + terms.doubt => {
                return Claim::Doubtful(until + terms.doubt);
            }
            Some(_) | None => {}
        }
        stored.claim = Some((mine.clone(), now + terms.lease));
        if earlier.is_some() {
            Claim::InDoubt(mine)
        } else {
            Claim::Granted(mine)
        }
    }

    fn settle(&mut self, entry: &OutboxEntry) -> Vec<NoticeId> {
        let waits = |notice: &NoticeId| {
            let stored = self.notices.get(notice);
            stored.is_none_or(|stored| stored.outcome.is_none())
        };
        let waiting: Vec<_> = entry.notices().filter(waits).collect();
        if waiting.is_empty() {
            self.due.remove(&(entry.review.clone(), entry.seq));
        }
        waiting
    }
}
