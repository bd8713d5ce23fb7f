//! The close of a window, its extension and its reopening (promises P1 and P4, domain.md #17, #22, #23).

use domain::{EventKind, StatusName};
use jiff::SignedDuration;
use testkit::sample;

use super::stage::{Stage, at, closing, tick};
use crate::stories::submits;

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);
const MINUTES: SignedDuration = SignedDuration::from_mins(5);

#[tokio::test]
async fn drafts_close_a_quarter_of_an_hour_after_the_window_and_their_people_are_told_once() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    for early in [sample::close(), closing() - MILLISECOND] {
        assert_eq!(stage.ticks(early).await.considered, 0, "not even touched");
    }
    assert_eq!(stage.ticks(closing()).await.closed, 1);
    assert_eq!(stage.status(&draft).await, StatusName::NotSubmitted);
    for later in 1..=3 {
        let counts = stage.ticks(closing() + MINUTES * later).await;
        assert_eq!(counts.considered, 0);
    }
    assert_eq!(stage.told(&draft, EventKind::NotSubmitted).await, 1);
    stage.is_sound(&draft).await;
}

#[tokio::test]
async fn a_submission_in_time_wins_over_the_closing_sweep_in_every_order() {
    for (offset, in_time) in [(-1, true), (0, false), (1, false)] {
        let received = sample::close() + MILLISECOND * offset;
        // Handled before the sweep, between its look and its command, and after it.
        for order in ["before", "between", "after"] {
            let stage = Stage::new().await;
            let draft = stage.story.complete("draft").await;
            let in_the_queue = stage.story.at(received);
            if order == "before" {
                assert_eq!(submits(&in_the_queue, &draft, "key").await.is_ok(), in_time);
            }
            stage.looks(&tick(closing())).await;
            if order == "between" {
                assert_eq!(submits(&in_the_queue, &draft, "key").await.is_ok(), in_time);
            }
            for command in stage.queue.take_commands() {
                stage.carries_out(&command).await.expect("an answer");
            }
            if order == "after" {
                assert_eq!(submits(&in_the_queue, &draft, "key").await.is_ok(), in_time);
            }
            let expected = if in_time {
                StatusName::InReview
            } else {
                StatusName::NotSubmitted
            };
            assert_eq!(stage.status(&draft).await, expected, "{offset} ms, {order}");
            let receipts = usize::from(in_time);
            assert_eq!(
                stage.told(&draft, EventKind::ReviewSubmitted).await,
                receipts
            );
            stage.ticks(closing() + MINUTES).await;
            assert_eq!(stage.status(&draft).await, expected, "{offset} ms, {order}");
            stage.is_sound(&draft).await;
        }
    }
}

#[tokio::test]
async fn a_window_extended_while_the_command_rests_closes_nothing() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    stage.looks(&tick(closing())).await;
    // Known after the sweep's own instant, and before the command is carried out.
    let later = at("2025-11-22T01:00:00Z");
    stage.announce(closing() + MILLISECOND, later).await;
    for command in stage.queue.take_commands() {
        stage.carries_out(&command).await.expect("an answer");
    }
    assert_eq!(stage.status(&draft).await, StatusName::Draft);
    assert_eq!(
        stage.told(&draft, EventKind::WindowChanged).await,
        1,
        "told at once"
    );
    assert_eq!(stage.ticks(closing() + MINUTES).await.considered, 0);
    assert_eq!(
        stage
            .ticks(later + SignedDuration::from_mins(15))
            .await
            .closed,
        1
    );
}

#[tokio::test]
async fn a_reopening_returns_what_the_close_overtook_whichever_comes_first() {
    let stage = Stage::new().await;
    let closed = stage.story.complete("closed").await;
    let resting = stage.story.complete("resting").await;
    stage.looks(&tick(closing())).await;
    let mut commands = stage.queue.take_commands();
    assert_eq!(commands.len(), 2);
    // One is closed before the window opens again; the command of the other is carried out after that.
    commands.sort_by_key(|command| command.review != closed.outline.id);
    stage.carries_out(&commands[0]).await.expect("an answer");
    let reopened = at("2025-11-16T15:00:00Z");
    stage.announce(reopened, at("2025-11-22T01:00:00Z")).await;
    stage.carries_out(&commands[1]).await.expect("an answer");
    assert_eq!(stage.status(&closed).await, StatusName::NotSubmitted);
    assert_eq!(stage.status(&resting).await, StatusName::Draft);
    let counts = stage.ticks(reopened + MINUTES).await;
    assert_eq!(counts.told, 1);
    for draft in [&closed, &resting] {
        assert_eq!(stage.status(draft).await, StatusName::Draft);
        assert_eq!(stage.told(draft, EventKind::WindowChanged).await, 1);
        stage.is_sound(draft).await;
    }
    assert_eq!(stage.ticks(reopened + MINUTES * 2).await.considered, 0);
}

#[tokio::test]
async fn a_late_command_of_the_old_close_does_not_end_a_reopened_draft() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    stage.looks(&tick(closing())).await;
    let commands = stage.queue.take_commands();
    for command in &commands {
        stage.carries_out(command).await.expect("an answer");
    }
    let reopened = at("2025-11-16T15:00:00Z");
    stage.announce(reopened, at("2025-11-22T01:00:00Z")).await;
    stage.ticks(reopened + MINUTES).await;
    // The queue delivers the old command once more.
    for command in &commands {
        stage.carries_out(command).await.expect("an answer");
    }
    assert_eq!(stage.status(&draft).await, StatusName::Draft);
}

#[tokio::test]
async fn a_change_of_the_window_is_told_to_those_who_were_not_told_and_to_nobody_else() {
    let stage = Stage::new().await;
    let before = stage.story.complete("before").await;
    let known = sample::in_window() + SignedDuration::from_hours(1);
    stage.announce(known, at("2025-11-22T01:00:00Z")).await;
    let after = stage.story.at(known + MINUTES).draft("after").await;
    let counts = stage.ticks(known + MINUTES * 2).await;
    assert_eq!((counts.considered, counts.told), (1, 1));
    assert_eq!(stage.told(&before, EventKind::WindowChanged).await, 1);
    assert_eq!(stage.told(&after, EventKind::WindowChanged).await, 0);
}
