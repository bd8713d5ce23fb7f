//! Ticks in, work and the function's replies out. Each case is a file in `events/deadlines`.

use aws_lambda_events::event::sqs::SqsEvent;
use deadlines::Desk;
use domain::{AttachmentId, AttachmentKind, Command, Digest, FileStep, NewFile, Place};
use testkit::{MemoryLooks, MemoryQueue, MemoryStore, MemorySweeps, SetClock, Story, sample};
use workflow::ports::{Commits as _, Reports as _};

fn event(case: &str) -> SqsEvent {
    let path = format!(
        "{}/../../events/deadlines/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

type Memory = Desk<MemoryStore, MemoryQueue, MemorySweeps, MemorySweeps, MemoryLooks, SetClock>;

fn desk(store: MemoryStore) -> Memory {
    Desk {
        store,
        notices: MemoryQueue::default(),
        commands: MemorySweeps::default(),
        ticks: MemorySweeps::default(),
        looks: MemoryLooks::default(),
        clock: SetClock::at(sample::in_window()),
        hash_key: sample::hash_key(),
    }
}

#[tokio::test]
async fn a_tick_takes_up_what_is_due_at_its_own_instant_and_poison_goes_back_alone() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    story.submitted("lost").await;
    let desk = desk(store);
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
    let desk = desk(store);
    desk.handle(event("sweep-among-poison")).await;
    assert_eq!(desk.notices.take().len(), 6 * MANY);
}

#[tokio::test]
async fn a_night_enqueues_what_nobody_answered_and_four_weeks_of_them_mend_every_pointer() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    let (review, _) = story.submitted("lost").await;
    for name in ["one", "two", "three"] {
        story.draft(name).await;
    }
    store.scatter();
    let desk = desk(store);
    assert_eq!(listed(&story).await, 0);
    let night = event("reconcile");
    let reply = desk.handle(night.clone()).await;
    assert!(reply.batch_item_failures.is_empty());
    assert_eq!(desk.notices.take().len(), 6, "two to staff, four receipts");
    for day in 1..28 {
        let mut night = night.clone();
        let as_of = sample::in_window() + jiff::SignedDuration::from_hours(day * 24);
        night.records[0].body = Some(format!(r#"{{"type": "ReconcileV1", "as_of": "{as_of}"}}"#));
        desk.handle(night).await;
    }
    assert_eq!(listed(&story).await, 4);
    let withdrawn = story.key("withdraw", "withdraw");
    let id = &review.outline.id;
    let (ports, inbound) = (&story.ports, story.filer.inbound());
    workflow::change(ports, &inbound, &withdrawn, id, &Command::Withdraw)
        .await
        .expect("a mended review is as good as any");
}

async fn listed(story: &Story<MemoryStore>) -> usize {
    use workflow::ports::ReviewsOfPerson as _;
    let found = story.ports.listed(&story.filer.lists()).await;
    found.expect("an answer").len()
}

#[tokio::test]
async fn a_tick_hands_out_reviews_whose_files_must_be_looked_at() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    let draft = story.draft("unused").await;
    let file = NewFile {
        kind: AttachmentKind::Other,
        name: "letter.pdf".parse().expect("a name"),
        size: 5,
        sha256: Digest::of(&[b"bytes"]),
        place: Place::Form,
    };
    let grant = Command::File {
        id: AttachmentId::from_random([9; 16]),
        step: FileStep::Grant(file),
    };
    let commit = story.filer.does(&draft, grant);
    store.commit(&commit).await.expect("an answer");
    let desk = desk(store);
    desk.handle(event("sweep-early")).await;
    assert_eq!(desk.looks.take(), [], "another job");
    // As often as it is asked: whoever looks finds what is left, and nothing but a commit ends it.
    for _ in 0..2 {
        let reply = desk.handle(event("tick-with-open-grant")).await;
        assert!(reply.batch_item_failures.is_empty());
        assert_eq!(desk.looks.take().len(), 1);
        assert_eq!(desk.commands.take_commands().len(), 1);
    }
}

#[tokio::test]
async fn a_sweep_hands_out_what_its_instant_concerns_and_leaves_a_report() {
    const DRAFTS: usize = 1_003;
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    for number in 0..DRAFTS {
        story.draft(&format!("draft-{number}")).await;
    }
    let desk = desk(store);
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
