//! The queue's events in, letters and the function's replies out. Each case is a file in `events/notify`; they name notices
//! of the one review that the test submits to a store in memory.

use aws_lambda_events::event::sqs::SqsEvent;
use jiff::SignedDuration;
use notices::Links;
use notify::Desk;
use serde_json::{Value, json};
use testkit::{MemoryMailer, MemoryQueue, MemoryStore, Mishap, Op, SetClock, Story, sample};
use workflow::ports::{ClaimTerms, Correspondence as _};

const CASES: [&str; 3] = ["receipts", "receipts-again", "poison-among-receipts"];

type Worker = Desk<MemoryStore, MemoryMailer, SetClock, MemoryQueue>;

/// A worker behind whom one review was submitted.
async fn worker() -> Worker {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    story.submitted("once").await;
    Desk {
        store,
        mailer: MemoryMailer::default(),
        clock: SetClock::at(sample::in_window()),
        terms: ClaimTerms {
            lease: SignedDuration::from_mins(2),
            doubt: SignedDuration::from_mins(15),
        },
        queue: MemoryQueue::default(),
        links: Links {
            sign_in: "https://reviews.example.org".to_owned(),
        },
    }
}

fn event(function: &str, case: &str) -> SqsEvent {
    let path = format!(
        "{}/../../events/{function}/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[tokio::test]
async fn every_notice_becomes_one_letter() {
    let desk = worker().await;
    let mut letters = 0;
    for case in CASES {
        let reply = desk.handle(event("notify", case)).await;
        let sent: Vec<Value> = desk.mailer.sent()[letters..].iter().map(envelope).collect();
        letters += sent.len();
        insta::assert_json_snapshot!(case, json!({ "reply": reply, "sent": sent }));
    }
}

#[tokio::test]
async fn a_throttled_message_rests_longer_each_time_and_poison_does_not_rest() {
    let desk = worker().await;
    let mut receipts = event("notify", "receipts");
    let all = receipts.records.len();
    for (receives, seconds) in [("1", 30), ("4", 240), ("90", 21_600)] {
        for message in &mut receipts.records {
            let count = "ApproximateReceiveCount".to_owned();
            message.attributes.insert(count, receives.to_owned());
            desk.mailer.plan.next(Op::Send, Mishap::Declined);
        }
        let reply = desk.handle(receipts.clone()).await;
        assert_eq!(reply.batch_item_failures.len(), all);
        let rests: Vec<_> = desk
            .queue
            .rested()
            .into_iter()
            .map(|(_, wait)| wait)
            .collect();
        assert_eq!(rests, vec![SignedDuration::from_secs(seconds); all]);
    }
    let reply = desk.handle(receipts).await;
    assert_eq!(reply.batch_item_failures.len(), 0, "nothing was lost");
    desk.handle(event("notify", "poison-among-receipts")).await;
    let poison = desk.queue.rested();
    assert!(!poison.is_empty());
    assert!(poison.iter().all(|(_, wait)| wait.is_zero()), "{poison:?}");
}

#[tokio::test]
async fn what_ses_reports_is_heard_and_poison_goes_back_alone() {
    let desk = worker().await;
    desk.handle(event("notify", "receipts")).await;
    let reply = notify::hear(&desk.store, event("feedback", "reports")).await;
    let failed: Vec<_> = reply
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect();
    assert_eq!(failed, ["poison"]);
    let review = desk.mailer.sent()[0].notice.review.clone();
    let records = desk.store.notices_of(&review).await.expect("an answer");
    let delivered = records
        .iter()
        .filter(|record| record.delivered_at.is_some());
    let bounced = records.iter().filter(|record| record.bounced.is_some());
    assert_eq!((delivered.count(), bounced.count()), (1, 1));
}

/// What is on the outside of a letter; its words are snapshots of the crate `notices`.
fn envelope(mail: &workflow::ports::Mail) -> Value {
    json!({ "to": mail.to.reveal(), "subject": mail.subject, "notice": mail.notice.to_string() })
}
