//! What stream and queue lost is found again (promise P9).

use jiff::{SignedDuration, Timestamp};
use testkit::{Mishap, Op, crash, sample};
use workflow::{Delivered, OUTBOX_DUE, OutboxSwept, sweep_outbox};

use crate::post::Post;

/// When an entry of a submission becomes due.
fn due() -> Timestamp {
    sample::in_window() + OUTBOX_DUE
}

async fn sweeps(post: &Post, as_of: Timestamp) -> OutboxSwept {
    let swept = sweep_outbox(&post.store, &post.queue, as_of, 100).await;
    swept.expect("the index can be read")
}

#[tokio::test]
async fn an_entry_that_nobody_relayed_is_enqueued_when_it_is_due_and_delivered() {
    let post = Post::after_a_submission().await;
    let early = sweeps(&post, due() - SignedDuration::from_millis(1)).await;
    assert_eq!(early, OutboxSwept::default());
    let swept = sweeps(&post, due()).await;
    // The letters about the access of two staff were lost as well.
    assert_eq!((swept.considered, swept.enqueued), (2, 6));
    assert_eq!(sweeps(&post, due()).await, OutboxSwept::default());
    for notice in post.queue.take() {
        let sent = post.deliver(&notice).await.expect("delivered");
        assert_eq!(sent, Delivered::Sent);
    }
    let day = due() + SignedDuration::from_hours(24);
    assert_eq!(sweeps(&post, day).await, OutboxSwept::default());
}

#[tokio::test]
async fn only_those_without_an_outcome_are_enqueued_again() {
    let post = Post::after_a_submission().await;
    post.deliver(&post.notice()).await.expect("delivered");
    assert_eq!(sweeps(&post, due()).await.enqueued, 5);
    let told = post.queue.take();
    assert!(!told.contains(&post.notice()));
}

#[tokio::test]
async fn the_waits_double_up_to_six_hours_and_a_day_without_an_outcome_is_told() {
    let post = Post::after_a_submission().await;
    let mut at = due();
    for minutes in [15, 30, 60, 120, 240, 360, 360, 360] {
        let swept = sweeps(&post, at).await;
        assert_eq!((swept.enqueued, swept.unsent), (6, 0), "at {at}");
        assert_eq!(swept.oldest, Some(at.duration_since(sample::in_window())));
        let wait = SignedDuration::from_mins(minutes);
        let early = at + wait - SignedDuration::from_millis(1);
        assert_eq!(
            sweeps(&post, early).await,
            OutboxSwept::default(),
            "at {early}"
        );
        at += wait;
    }
    assert!(at >= sample::in_window() + SignedDuration::from_hours(24));
    assert_eq!(sweeps(&post, at).await.unsent, 2);
}

#[tokio::test]
async fn a_sweep_that_ends_between_any_two_steps_leaves_the_entry_due_or_enqueued() {
    for op in [
        Op::Overdue,
        Op::OutboxEntry,
        Op::Settle,
        Op::MoveOn,
        Op::Enqueue,
    ] {
        for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
            let post = Post::after_a_submission().await;
            let what = format!("{mishap:?} {op:?}");
            post.plan(op, mishap);
            crash(sweep_outbox(&post.store, &post.queue, due(), 100));
            let later = due() + SignedDuration::from_hours(1);
            sweeps(&post, later).await;
            for notice in post.queue.take() {
                post.deliver(&notice).await.expect("delivered");
            }
            for notice in post.notices() {
                assert_eq!(post.mailer.times(&notice), 1, "{what}");
            }
            assert!(!post.is_due().await, "{what}");
        }
    }
}

#[tokio::test]
async fn one_entry_that_fails_stops_no_other_and_two_sweeps_do_no_harm() {
    let post = Post::after_a_submission().await;
    post.plan(Op::Enqueue, Mishap::Unavailable);
    let swept = sweeps(&post, due()).await;
    assert_eq!((swept.considered, swept.failed), (2, 1));
    assert!(swept.enqueued > 0);

    let post = Post::after_a_submission().await;
    let other = post.clone();
    post.plan(
        Op::MoveOn,
        Mishap::meanwhile(async move {
            sweeps(&other, due()).await;
        }),
    );
    let swept = sweeps(&post, due()).await;
    assert!(swept.raced > 0, "{swept:?}");
    assert_eq!(post.queue.take().len(), 6, "each notice once");
}

#[tokio::test]
async fn a_full_shard_says_that_there_is_more() {
    let post = Post::after_a_submission().await;
    let swept = sweep_outbox(&post.store, &post.queue, due(), 1).await;
    assert!(swept.expect("an answer").more);
    assert!(!sweeps(&post, due() + OUTBOX_DUE).await.more);
}
