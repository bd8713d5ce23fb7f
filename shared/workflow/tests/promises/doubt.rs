//! A delivery ends between two of its steps: the letter comes all the same, and a second one only where
//! nobody can know, counted (promise P2).

use domain::{OutboxEntry, Recipient};
use testkit::{Mishap, Op, crash};
use workflow::ports::MailError;
use workflow::{DeliverError, Delivered, deliver};

use crate::post::{Post, TERMS};

/// What a delivery comes to after something happened to the one before it, and the lease has run out.
struct Expected {
    /// While the lease runs it is left alone.
    held: bool,
    at_last: Delivered,
    letters: usize,
}

const fn sent() -> Expected {
    Expected {
        held: false,
        at_last: Delivered::Sent,
        letters: 1,
    }
}

const fn already() -> Expected {
    Expected {
        held: false,
        at_last: Delivered::Already,
        letters: 1,
    }
}

/// Only between claim and record is there a doubt, and only between mail and record a second letter.
const fn in_doubt(letters: usize) -> Expected {
    Expected {
        held: true,
        at_last: Delivered::SentInDoubt,
        letters,
    }
}

/// Delivers again, during the lease and after it, and a last time.
async fn comes_to(post: &Post, expected: &Expected, after: &str) {
    let notice = post.notice();
    if expected.held {
        let held = post.deliver(&notice).await;
        assert!(
            matches!(held, Err(DeliverError::Held(_))),
            "{after}: {held:?}"
        );
        post.clock.advance(TERMS.lease);
        let doubtful = post.deliver(&notice).await;
        assert!(
            matches!(doubtful, Err(DeliverError::Doubtful(_))),
            "{after}: {doubtful:?}"
        );
        post.clock.advance(TERMS.doubt);
    }
    let outcome = post.deliver(&notice).await;
    let outcome = outcome.unwrap_or_else(|error| panic!("{after}: {error:?}"));
    assert_eq!(outcome, expected.at_last, "{after}");
    post.clock.advance(TERMS.lease + TERMS.doubt);
    let again = post.deliver(&notice).await;
    assert_eq!(
        again.expect("it has its outcome"),
        Delivered::Already,
        "{after}"
    );
    assert_eq!(post.mailer.times(&notice), expected.letters, "{after}");
    assert!(post.store.plan.is_over(), "{after}");
}

#[tokio::test]
async fn after_a_crash_between_any_two_steps_the_letter_comes_and_a_second_one_only_in_doubt() {
    let steps = [
        (Op::OutboxEntry, sent(), sent()),
        (Op::Claim, sent(), in_doubt(1)),
        (Op::Suppressed, in_doubt(1), in_doubt(1)),
        (Op::Send, in_doubt(1), in_doubt(2)),
        (Op::Record, in_doubt(2), already()),
        (Op::Settle, already(), already()),
    ];
    for (op, before, after) in steps {
        for (mishap, expected) in [(Mishap::CrashBefore, before), (Mishap::CrashAfter, after)] {
            let post = Post::after_a_submission().await;
            let what = format!("{mishap:?} {op:?}");
            post.plan(op, mishap);
            crash(post.deliver(&post.notice()));
            comes_to(&post, &expected, &what).await;
            post.tells_everyone_else().await;
        }
    }
}

#[tokio::test]
async fn a_step_that_fails_or_is_not_answered_is_no_worse_than_a_crash() {
    let steps = [
        (Op::OutboxEntry, sent(), sent()),
        (Op::Claim, sent(), in_doubt(1)),
        (Op::Suppressed, in_doubt(1), in_doubt(1)),
        (Op::Send, in_doubt(1), in_doubt(2)),
        (Op::Record, in_doubt(2), already()),
        (Op::Settle, already(), already()),
    ];
    for (op, failed, unanswered) in steps {
        for (mishap, expected) in [
            (Mishap::Unavailable, failed),
            (Mishap::ReplyLost, unanswered),
        ] {
            let post = Post::after_a_submission().await;
            let what = format!("{mishap:?} {op:?}");
            post.plan(op, mishap);
            let error = post.deliver(&post.notice()).await;
            assert!(
                matches!(
                    error,
                    Err(DeliverError::Port(_) | DeliverError::Mail(MailError::Unknown(_)))
                ),
                "{what}: {error:?}"
            );
            comes_to(&post, &expected, &what).await;
            post.tells_everyone_else().await;
        }
    }
}

#[tokio::test]
async fn a_mail_that_was_certainly_not_sent_is_tried_again_at_once_without_a_doubt() {
    let post = Post::after_a_submission().await;
    post.plan(Op::Send, Mishap::Declined);
    let refused = post.deliver(&post.notice()).await;
    assert!(
        matches!(
            refused,
            Err(DeliverError::Mail(MailError::Throttled { .. }))
        ),
        "{refused:?}"
    );
    comes_to(&post, &sent(), "Throttled").await;
}

#[tokio::test]
async fn a_claim_that_could_not_be_given_back_runs_out() {
    let post = Post::after_a_submission().await;
    post.plan(Op::Send, Mishap::Declined);
    post.plan(Op::Release, Mishap::Unavailable);
    let refused = post.deliver(&post.notice()).await;
    assert!(matches!(refused, Err(DeliverError::Port(_))), "{refused:?}");
    comes_to(&post, &in_doubt(1), "not released").await;
}

#[tokio::test]
async fn a_letter_that_cannot_be_written_leaves_no_claim() {
    let post = Post::after_a_submission().await;
    let notice = post.notice();
    let broken = |_: &OutboxEntry, _: &Recipient| Err("no such template".to_owned());
    let failed = deliver(
        &post.store,
        &post.mailer,
        &post.clock,
        TERMS,
        &notice,
        broken,
    )
    .await;
    assert!(matches!(failed, Err(DeliverError::Render(_))), "{failed:?}");
    comes_to(&post, &sent(), "a broken template").await;
}
