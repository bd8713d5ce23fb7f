//! The stream's events in, notices and the function's replies out. Each case is a file in `events/relay`.

use relay::Desk;
use testkit::{MemoryQueue, MemoryStore, sample};

const CASES: [&str; 3] = [
    "submitted",
    "submitted-and-withdrawn",
    "unreadable-after-submitted",
];

#[tokio::test]
async fn every_outbox_entry_becomes_its_notices() {
    for case in CASES {
        let path = format!(
            "{}/../../events/relay/{case}.json",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let event = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let desk = Desk {
            notices: MemoryQueue::default(),
            store: MemoryStore::default(),
            hash_key: sample::hash_key(),
        };
        let reply = desk.handle(event).await;
        let notices: Vec<_> = desk
            .notices
            .take()
            .iter()
            .map(ToString::to_string)
            .collect();
        insta::assert_json_snapshot!(
            case,
            serde_json::json!({ "reply": reply, "notices": notices })
        );
    }
}
