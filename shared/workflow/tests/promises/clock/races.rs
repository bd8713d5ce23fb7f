//! Tolls, extensions and answers against commands that rest in a queue (promises P3 and P4).

use domain::{Command, DocumentStep, StatusName, Toll};
use jiff::SignedDuration;
use testkit::{Mishap, Op, sample};

use super::stage::{Stage, comment, due, ripe, tick};

fn extension() -> Command {
    Command::Documents(DocumentStep::Extend {
        last_day: "2025-11-14".parse().expect("a day"),
        why: "a storm".parse().expect("a text"),
    })
}

fn toll() -> Command {
    Command::Documents(DocumentStep::Toll(Toll {
        from: "2025-11-01".parse().expect("a day"),
        through: "2025-11-05".parse().expect("a day"),
    }))
}

#[tokio::test]
async fn a_toll_or_an_extension_given_before_the_command_is_carried_out_counts() {
    for wish in [extension(), toll()] {
        let stage = Stage::new().await;
        let review = stage.waiting("waiting").await;
        stage.looks(&tick(ripe())).await;
        let commands = stage.queue.take_commands();
        assert_eq!(commands.len(), 1);
        stage
            .does(&sample::administrator(), due(), &review, wish)
            .await;
        for command in &commands {
            stage.carries_out(command).await.expect("an answer");
        }
        assert_eq!(stage.status(&review).await, StatusName::AwaitingDocuments);
        stage.is_sound(&review).await;
    }
}

#[tokio::test]
async fn an_extension_or_an_answer_between_any_two_steps_of_the_command_wins() {
    for (wish, expected) in [
        (extension(), StatusName::AwaitingDocuments),
        (toll(), StatusName::AwaitingDocuments),
        (comment(), StatusName::InReview),
    ] {
        for op in [
            Op::Load,
            Op::EntriesOf,
            Op::NoticesOf,
            Op::WindowChanges,
            Op::Commit,
        ] {
            let stage = Stage::new().await;
            let review = stage.waiting("waiting").await;
            stage.looks(&tick(ripe())).await;
            let (other, its, wish) = (stage.clone(), review.clone(), wish.clone());
            let actor = if wish == comment() {
                sample::owner()
            } else {
                sample::administrator()
            };
            let at = due() - SignedDuration::from_millis(1);
            stage.store().plan.next(
                op,
                Mishap::meanwhile(async move {
                    other.does(&actor, at, &its, wish).await;
                }),
            );
            for command in stage.queue.take_commands() {
                stage.carries_out(&command).await.expect("an answer");
            }
            assert!(stage.store().plan.is_over(), "{op:?}");
            assert_eq!(stage.status(&review).await, expected, "{op:?}");
            stage.is_sound(&review).await;
        }
    }
}

#[tokio::test]
async fn an_index_that_lags_settles_within_thirty_minutes() {
    let stage = Stage::new().await;
    let review = stage.waiting("waiting").await;
    let draft = stage.story.complete("draft").await;
    stage.store().lag();
    // The index has not heard of a withdrawal, and has not seen a request that is due.
    let unseen = stage.waiting("unseen").await;
    let withdrawn = Command::Withdraw;
    stage
        .does(&sample::owner(), sample::in_window(), &draft, withdrawn)
        .await;
    let first = stage.ticks(ripe()).await;
    assert_eq!((first.expired, first.considered), (1, 1));
    // It still shows what was settled: a second command finds nothing to do.
    let second = stage.ticks(ripe() + SignedDuration::from_mins(5)).await;
    assert_eq!((second.expired, second.raced), (0, 1));
    stage.store().catch_up();
    let third = stage.ticks(ripe() + SignedDuration::from_mins(10)).await;
    assert_eq!((third.expired, third.considered), (1, 1));
    for review in [&review, &unseen] {
        assert_eq!(stage.status(review).await, StatusName::Denied);
        stage.is_sound(review).await;
    }
    stage.store().lag();
    let closing = super::stage::closing();
    let counts = stage.ticks(closing).await;
    assert_eq!(counts.considered, 0, "the withdrawn draft has left");
}
