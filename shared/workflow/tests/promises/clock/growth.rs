//! Work grows with what is due, not with what is stored (promise P8).

use domain::{Review, ReviewId, Status};
use jiff::SignedDuration;
use testkit::sample;
use workflow::clock::{Bounds, Counts};

use super::stage::{Stage, ripe, tick};

const DUE: u32 = 1_000;
const STORED: u32 = 100_000;
const BOUNDS: Bounds = Bounds {
    page: 100,
    commands: 500,
};

fn numbered(review: &Review, number: u32) -> Review {
    let mut review = review.clone();
    review.outline.id = ReviewId::from_random(sample::year(), u64::from(number) * 7_919 + 1);
    review
}

/// Runs a sweep to its end; what it counted, in how many messages, and how many entries it read.
async fn swept(stage: &Stage) -> (Counts, u32, u64) {
    let (store, queue) = (stage.store(), &stage.queue);
    assert!(store.index_reads().0 < u64::MAX, "it counts from here on");
    let (mut parts, mut messages, mut counts) = (None, 0, Counts::default());
    loop {
        let some = stage.sweeps(&tick(ripe()), parts, BOUNDS).await;
        counts.add(&some.expect("the indexes can be read"));
        messages += 1;
        let Some((_, left)) = queue.take_parts().pop() else {
            break;
        };
        parts = Some(left);
        assert!(messages < 100, "it comes to an end");
    }
    (counts, messages, store.index_reads().0)
}

#[tokio::test]
async fn a_sweep_over_a_hundred_thousand_reads_what_one_over_the_due_alone_reads() {
    let stage = Stage::new().await;
    let waiting = stage.waiting("waiting").await;
    let mut later = waiting.clone();
    if let Status::AwaitingDocuments(now) = &mut later.outline.status {
        now.request.due += SignedDuration::from_hours(24 * 90);
    }
    let draft = stage.story.complete("draft").await;
    for number in 1..DUE {
        stage.store().put(numbered(&waiting, number));
    }
    let (few, messages, read_of_few) = swept(&stage).await;
    for number in DUE..STORED {
        let sample = [&later, &draft][number as usize % 2];
        stage.store().put(numbered(sample, number));
    }
    let (many, _, read_of_many) = swept(&stage).await;
    println!(
        "a sweep in {messages} messages read {read_of_few} entries where {DUE} are stored and due, and {read_of_many} where {STORED} are stored"
    );
    assert_eq!((few.considered, many.considered), (DUE, DUE));
    let page_a_shard = u64::from(BOUNDS.page) * 2;
    assert!(read_of_few.abs_diff(read_of_many) <= page_a_shard);
}

#[tokio::test]
async fn what_does_not_fit_goes_on_shard_by_shard_and_nothing_is_left_out() {
    let stage = Stage::new().await;
    let waiting = stage.waiting("waiting").await;
    for number in 1..DUE {
        stage.store().put(numbered(&waiting, number));
    }
    let (counts, messages, _) = swept(&stage).await;
    assert_eq!(counts.considered, DUE);
    assert!(messages > 1, "{messages}");
    let mut reviews: Vec<_> = stage
        .queue
        .take_commands()
        .into_iter()
        .map(|it| it.review)
        .collect();
    reviews.sort();
    reviews.dedup();
    assert_eq!(reviews.len(), DUE as usize);
    // Since its first reminder, which nobody sent.
    let oldest = SignedDuration::from_mins(184 * 60 + 15);
    assert_eq!(counts.oldest, Some(oldest));
}
