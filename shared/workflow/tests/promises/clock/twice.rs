//! Twice, at once, in reverse, and killed after every step: one denial, one letter each.

use domain::{EventKind, StatusName};
use jiff::SignedDuration;
use testkit::{Mishap, Op, crash};
use workflow::clock::Acted;

use super::stage::{BOUNDS, Stage, closing, ripe, tick};

#[tokio::test]
async fn a_sweep_run_twice_and_a_queue_that_delivers_twice_and_in_reverse_change_nothing_more() {
    let stage = Stage::new().await;
    let mut reviews = Vec::new();
    for number in 0..7 {
        reviews.push(stage.waiting(&format!("waiting-{number}")).await);
    }
    stage.looks(&tick(ripe())).await;
    stage.looks(&tick(ripe())).await;
    let mut commands = stage.queue.take_commands();
    assert_eq!(commands.len(), 14);
    let again = commands.clone();
    commands.extend(again.into_iter().rev());
    let mut expired = 0;
    for command in commands {
        let acted = stage.carries_out(&command).await.expect("an answer");
        expired += usize::from(acted == Acted::Expired);
    }
    assert_eq!(expired, 7);
    for review in &reviews {
        assert_eq!(stage.told(review, EventKind::Outcome).await, 1);
        stage.is_sound(review).await;
    }
}

#[tokio::test]
async fn two_commands_at_once_deny_once() {
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
        let [command] = &stage.queue.take_commands()[..] else {
            panic!("one is due");
        };
        let (other, twin) = (stage.clone(), command.clone());
        stage.store().plan.next(
            op,
            Mishap::meanwhile(async move {
                let acted = other.carries_out(&twin).await.expect("the faster one");
                assert_eq!(acted, Acted::Expired);
            }),
        );
        let acted = stage.carries_out(command).await.expect("the slower one");
        assert_eq!(acted, Acted::Nothing, "{op:?}");
        assert_eq!(stage.told(&review, EventKind::Outcome).await, 1, "{op:?}");
        stage.is_sound(&review).await;
    }
}

#[tokio::test]
async fn killed_after_every_step_a_later_tick_ends_it_once() {
    for (op, of_sweep) in [
        (Op::WindowChanges, true),
        (Op::Placed, true),
        (Op::HandOut, true),
        (Op::EnqueueLooks, true),
        (Op::Load, false),
        (Op::EntriesOf, false),
        (Op::NoticesOf, false),
        (Op::WindowChanges, false),
        (Op::Commit, false),
    ] {
        for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
            let what = format!("{mishap:?} {op:?}");
            let stage = Stage::new().await;
            let review = stage.waiting("waiting").await;
            let (store, queue) = (stage.store(), &stage.queue);
            if of_sweep {
                store.plan.next(op, mishap);
                crash(stage.sweeps(&tick(ripe()), None, BOUNDS));
            } else {
                stage.looks(&tick(ripe())).await;
                store.plan.next(op, mishap);
                let commands = queue.take_commands();
                crash(stage.carries_out(&commands[0]));
            }
            stage.ticks(ripe() + SignedDuration::from_mins(5)).await;
            stage.ticks(ripe() + SignedDuration::from_mins(10)).await;
            assert_eq!(stage.status(&review).await, StatusName::Denied, "{what}");
            assert_eq!(stage.told(&review, EventKind::Outcome).await, 1, "{what}");
            stage.is_sound(&review).await;
        }
    }
}

#[tokio::test]
async fn killed_while_a_window_closes_each_draft_is_closed_and_told_once() {
    for op in [
        Op::Placed,
        Op::HandOut,
        Op::Load,
        Op::WindowChanges,
        Op::Commit,
    ] {
        for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
            let what = format!("{mishap:?} {op:?}");
            let stage = Stage::new().await;
            let draft = stage.story.complete("draft").await;
            stage.store().plan.next(op, mishap);
            crash(stage.ticks(closing()));
            drop(stage.queue.take_commands());
            stage.ticks(closing() + SignedDuration::from_mins(5)).await;
            assert_eq!(
                stage.status(&draft).await,
                StatusName::NotSubmitted,
                "{what}"
            );
            assert_eq!(
                stage.told(&draft, EventKind::NotSubmitted).await,
                1,
                "{what}"
            );
        }
    }
}
