//! Commands in, changes and the function's replies out. Each case is a file in `events/commands`.

use std::sync::Arc;

use aws_lambda_events::event::sqs::SqsEvent;
use domain::StatusName;
use jiff::Timestamp;
use testkit::{CountingEntropy, MemoryStore, Mishap, Op, Story, sample};
use transitions::Clerk;
use workflow::clock::{Counts, Run, Sweep};
use workflow::ports::Reports as _;

fn event(case: &str, review: &domain::ReviewId) -> SqsEvent {
    let path = format!(
        "{}/../../events/commands/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let text = text.replace("REVIEW", review.as_str());
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn clerk(store: &MemoryStore) -> Clerk<MemoryStore> {
    Clerk {
        store: store.clone(),
        entropy: Arc::new(CountingEntropy::new(9)),
        hash_key: sample::hash_key(),
    }
}

#[tokio::test]
async fn a_draft_is_closed_once_poison_goes_back_alone_and_the_run_is_counted() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    let draft = story.complete("draft").await;
    let clerk = clerk(&store);
    let id = &draft.outline.id;
    for _ in 0..2 {
        let reply = clerk.handle(event("close-among-poison", id)).await;
        let failed = reply.batch_item_failures.iter();
        let failed: Vec<_> = failed.map(|it| it.item_identifier.as_str()).collect();
        assert_eq!(failed, ["poison"]);
    }
    let closed = story.review(id).await;
    assert_eq!(closed.outline.status.name(), StatusName::NotSubmitted);
    let runs = store.runs(9).await.expect("an answer");
    let [report] = &runs[..] else {
        panic!("one run: {runs:?}");
    };
    let as_of: Timestamp = "2025-11-15T01:15:00Z".parse().expect("an instant");
    let run = Run {
        sweep: Sweep::Tick,
        as_of,
    };
    let counts = Counts {
        closed: 1,
        raced: 1,
        ..Counts::default()
    };
    assert_eq!((report.run, report.counts), (run, counts));
}

#[tokio::test]
async fn what_fails_goes_back_and_is_carried_out_when_it_comes_again() {
    let store = MemoryStore::default();
    let story = Story::accepted(store.clone()).await;
    let draft = story.complete("draft").await;
    let clerk = clerk(&store);
    store.plan.next(Op::Commit, Mishap::Unavailable);
    // Nobody waits for the count of a run.
    store.plan.next(Op::Count, Mishap::Unavailable);
    let first = clerk.handle(event("close", &draft.outline.id)).await;
    assert_eq!(first.batch_item_failures.len(), 1);
    let second = clerk.handle(event("close", &draft.outline.id)).await;
    assert!(second.batch_item_failures.is_empty());
    let closed = story.review(&draft.outline.id).await;
    assert_eq!(closed.outline.status.name(), StatusName::NotSubmitted);
}
