//! The queue's events in, letters and the function's replies out. Each case is a file in `events/notify`; they name notices
//! of the one review that the test submits to a store in memory.

use jiff::SignedDuration;
use notices::Links;
use notify::Desk;
use serde_json::{Value, json};
use testkit::{MemoryMailer, MemoryStore, SetClock, Story, sample};

const CASES: [&str; 3] = ["receipts", "receipts-again", "poison-among-receipts"];

#[tokio::test]
async fn every_notice_becomes_one_letter() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    story.submitted("once").await;
    let desk = Desk {
        store,
        mailer: MemoryMailer::default(),
        clock: SetClock::at(sample::in_window()),
        lease: SignedDuration::from_mins(2),
        links: Links {
            sign_in: "https://reviews.example.org".to_owned(),
        },
    };
    let mut letters = 0;
    for case in CASES {
        let path = format!(
            "{}/../../events/notify/{case}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let event = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let reply = desk.handle(event).await;
        let sent: Vec<Value> = desk.mailer.sent()[letters..].iter().map(envelope).collect();
        letters += sent.len();
        insta::assert_json_snapshot!(case, json!({ "reply": reply, "sent": sent }));
    }
}

/// What is on the outside of a letter; its words are snapshots of the crate `notices`.
fn envelope(mail: &workflow::ports::Mail) -> Value {
    json!({ "to": mail.to.reveal(), "subject": mail.subject, "notice": mail.notice.to_string() })
}
