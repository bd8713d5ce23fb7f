//! Ticks in, work and the function's replies out. Each case is a file in `events/deadlines`.

use aws_lambda_events::event::sqs::SqsEvent;
use deadlines::Desk;
use testkit::{MemoryLooks, MemoryQueue, MemoryStore, MemorySweeps, Story};
use workflow::ports::Reports as _;

fn event(case: &str) -> SqsEvent {
    let path = format!(
        "{}/../../events/deadlines/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[tokio::test]
async fn a_tick_takes_up_what_is_due_at_its_own_instant_and_poison_goes_back_alone() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    story.submitted("lost").await;
    let desk = Desk {
        store,
        notices: MemoryQueue::default(),
        commands: MemorySweeps::default(),
        ticks: MemorySweeps::default(),
        looks: MemoryLooks::default(),
    };
    let early = desk.handle(event("sweep-early")).await;
    assert!(early.batch_item_failures.is_empty());
    assert_eq!(desk.notices.take(), []);

    let reply = desk.handle(event("sweep-among-poison")).await;
    let failed: Vec<_> = reply
        .batch_item_failures
        .iter()
        .map(|failure| failure.item_identifier.as_str())
        .collect();
    assert_eq!(failed, ["poison"]);
    assert_eq!(desk.notices.take().len(), 6, "two to staff, four receipts");
    desk.handle(event("sweep-among-poison")).await;
    assert_eq!(desk.notices.take(), [], "a tick that comes twice");
}

#[tokio::test]
async fn what_does_not_fit_into_one_round_is_taken_up_in_the_next() {
    const MANY: usize = 130;
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    for number in 0..MANY {
        story.submitted(&format!("lost-{number}")).await;
    }
    let desk = Desk {
        store,
        notices: MemoryQueue::default(),
        commands: MemorySweeps::default(),
        ticks: MemorySweeps::default(),
        looks: MemoryLooks::default(),
    };
    desk.handle(event("sweep-among-poison")).await;
    assert_eq!(desk.notices.take().len(), 6 * MANY);
}

#[tokio::test]
async fn a_sweep_hands_out_what_its_instant_concerns_and_leaves_a_report() {
    const DRAFTS: usize = 1_003;
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    for number in 0..DRAFTS {
        story.draft(&format!("draft-{number}")).await;
    }
    let desk = Desk {
        store,
        notices: MemoryQueue::default(),
        commands: MemorySweeps::default(),
        ticks: MemorySweeps::default(),
        looks: MemoryLooks::default(),
    };
    desk.handle(event("clock-before-the-close")).await;
    assert_eq!(desk.commands.take_commands(), []);
    let reply = desk.handle(event("nightly-after-the-close")).await;
    assert!(reply.batch_item_failures.is_empty());
    let handed_out = desk.commands.take_commands().len();
    let [(_, left)] = &desk.ticks.take_parts()[..] else {
        panic!("what does not fit goes on");
    };
    assert!(!left.is_empty() && (1_000..DRAFTS + 100).contains(&handed_out));
    let runs = desk.store.runs(9).await.expect("an answer");
    let considered: Vec<_> = runs
        .iter()
        .map(|run| run.counts.considered as usize)
        .collect();
    assert_eq!(
        considered,
        [handed_out],
        "a tick that found nothing leaves none"
    );
}
