//! What relays and delivers, in memory.

use domain::{NoticeId, OutboxEntry, Recipient};
use jiff::SignedDuration;
use testkit::{MemoryMailer, MemoryQueue, MemoryStore, Mishap, Op, Probe as _, SetClock, sample};
use workflow::ports::{ClaimTerms, Mail, Outbox as _};
use workflow::{DeliverError, Delivered, deliver};

use crate::stories::owner;

/// How long a claim is held, and in doubt after that.
pub(crate) const TERMS: ClaimTerms = ClaimTerms {
    lease: SignedDuration::from_secs(60),
    doubt: SignedDuration::from_mins(15),
};

/// What `notify` holds, after one request was submitted. One plan leads all ports.
#[derive(Clone)]
pub(crate) struct Post {
    pub(crate) store: MemoryStore,
    pub(crate) mailer: MemoryMailer,
    pub(crate) queue: MemoryQueue,
    pub(crate) clock: SetClock,
    pub(crate) entry: OutboxEntry,
}

impl Post {
    pub(crate) async fn after_a_submission() -> Self {
        let story = owner().await;
        let (review, _) = story.submitted("draft").await;
        let store = story.ports;
        let seq = review.outline.head.count;
        let entry = store.entry(&review.outline.id, seq).await;
        Self {
            mailer: MemoryMailer::following(&store.plan),
            queue: MemoryQueue::following(&store.plan),
            clock: SetClock::at(sample::in_window()),
            entry: entry.expect("an answer").expect("a submission is told"),
            store,
        }
    }

    pub(crate) fn notices(&self) -> Vec<NoticeId> {
        self.entry.notices().collect()
    }

    /// The first notice: to the contact.
    pub(crate) fn notice(&self) -> NoticeId {
        self.notices().remove(0)
    }

    pub(crate) async fn deliver(&self, notice: &NoticeId) -> Result<Delivered, DeliverError> {
        deliver(
            &self.store,
            &self.mailer,
            &self.clock,
            TERMS,
            notice,
            letter,
        )
        .await
    }

    pub(crate) fn plan(&self, op: Op, mishap: Mishap) {
        self.store.plan.next(op, mishap);
    }

    /// Whether the sweep would still come upon the entry.
    pub(crate) async fn is_due(&self) -> bool {
        let place = (self.entry.review.clone(), self.entry.seq);
        self.store.due_outbox().await.contains(&place)
    }

    /// Delivers to all but the first; then nothing is due any more.
    pub(crate) async fn tells_everyone_else(&self) {
        for notice in &self.notices()[1..] {
            assert!(self.is_due().await);
            assert_eq!(
                self.deliver(notice).await.expect("delivered"),
                Delivered::Sent
            );
        }
        assert!(!self.is_due().await);
    }
}

/// A letter that says only which it is.
fn letter(entry: &OutboxEntry, recipient: &Recipient) -> Result<Mail, String> {
    let kind = entry.event.kind();
    Ok(Mail {
        to: recipient.address.clone(),
        subject: format!("{kind:?}"),
        text: format!("{kind:?} of {}", entry.review),
        html: String::new(),
        enclosed: None,
        notice: NoticeId {
            review: entry.review.clone(),
            seq: entry.seq,
            person: recipient.person.clone(),
        },
    })
}
