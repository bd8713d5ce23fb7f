//! Reviews that are due are handed out, each once for as long as it rests, and none stands in another's way.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use testkit::{MemoryBucket, MemoryLooks, MemoryStore, Mishap, Op, Story};
use workflow::{ReviewsSwept, sweep_reviews};

use crate::files::{file, grants};
use crate::stories::owner;

const REST: SignedDuration = SignedDuration::from_mins(15);
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

/// So many drafts, each with a grant that nobody uses; and the instant at which they are due.
async fn unused(count: usize) -> (Story<MemoryStore>, Timestamp) {
    let (story, bucket) = (owner().await, MemoryBucket::default());
    for number in 0..count {
        let draft = story.draft(&format!("draft-{number}")).await;
        let key = format!("key-{number}");
        let granted = grants(&story, &bucket, &draft, &key, &file(b"bytes")).await;
        granted.expect("it is granted");
    }
    let due = story.filer.at + domain::UNUSED_LIMIT;
    (story, due)
}

async fn swept(
    story: &Story<MemoryStore>,
    looks: &MemoryLooks,
    at: Timestamp,
    limit: u32,
) -> ReviewsSwept {
    let swept = sweep_reviews(&story.ports, looks, at, limit).await;
    swept.expect("the index answers")
}

#[tokio::test]
async fn what_is_due_is_handed_out_once_and_again_if_nothing_comes_of_it() {
    let (story, due) = unused(3).await;
    let looks = MemoryLooks::default();
    let early = swept(&story, &looks, due - MILLISECOND, 10).await;
    assert_eq!(early, ReviewsSwept::default());
    let first = swept(&story, &looks, due, 10).await;
    assert_eq!(
        (first.considered, first.handed_out, first.more),
        (3, 3, false)
    );
    assert_eq!(first.oldest, Some(SignedDuration::ZERO));
    assert!(looks.take().iter().all(|(_, as_of)| *as_of == due));
    for at in [due, due + REST - MILLISECOND] {
        let again = swept(&story, &looks, at, 10).await;
        assert_eq!(again.considered, 0, "it rests");
    }
    assert_eq!(swept(&story, &looks, due + REST, 10).await.handed_out, 3);
}

#[tokio::test]
async fn what_nobody_deals_with_does_not_hide_the_rest() {
    let (story, due) = unused(9).await;
    let looks = MemoryLooks::default();
    let mut seen = BTreeSet::new();
    while swept(&story, &looks, due, 1).await.more {
        let found = looks.take();
        assert!(!found.is_empty(), "every round gets on");
        seen.extend(found.into_iter().map(|(review, _)| review));
    }
    assert_eq!(seen.len(), 9, "one of each shard a round, and all in turn");
}

#[tokio::test]
async fn a_failure_is_of_one_review_and_comes_again() {
    let (story, due) = unused(4).await;
    let looks = MemoryLooks::default();
    story.ports.plan.fail(Op::MoveReviewOn, 1);
    let first = swept(&story, &looks, due, 10).await;
    assert_eq!((first.handed_out, first.failed), (3, 1));
    let second = swept(&story, &looks, due, 10).await;
    assert_eq!((second.handed_out, second.failed), (1, 0), "it stayed due");
    assert_eq!(looks.take().len(), 4);
    looks.plan.next(Op::EnqueueLooks, Mishap::Unavailable);
    let lost = swept(&story, &looks, due + REST, 10).await;
    assert!(0 < lost.failed && lost.failed + lost.handed_out == 4);
    let again = swept(&story, &looks, due + REST + REST, 10).await;
    assert_eq!(again.handed_out, 4);
}
