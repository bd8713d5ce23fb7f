//! Each reminder once, none for what is no longer open, none late by more than a day, and anew after a new
//! due day (domain.md #21).

use domain::{Command, DocumentStep, Event, EventKind, Review};
use jiff::{SignedDuration, Timestamp};
use testkit::sample;
use workflow::clock::{Run, Sweep};

use super::stage::{Stage, at};
use crate::stories::submits;

const NONE: [u16; 0] = [];

fn morning(as_of: Timestamp) -> Run {
    Run {
        sweep: Sweep::Reminders,
        as_of,
    }
}

fn night(as_of: Timestamp) -> Run {
    Run {
        sweep: Sweep::Nightly,
        as_of,
    }
}

/// So many days before, as each reminder of the review said.
async fn reminders(stage: &Stage, review: &Review) -> Vec<u16> {
    let entries = stage.entries(&review.outline.id).await;
    let days = entries.iter().filter_map(|entry| {
        if let Event::DraftReminderV1(reminder) = &entry.event {
            Some(reminder.days)
        } else if let Event::DocumentsReminderV1(reminder) = &entry.event {
            Some(reminder.days)
        } else {
            None
        }
    });
    days.collect()
}

/// Every morning and night from `from` on, for `days` days.
async fn days_pass(stage: &Stage, from: Timestamp, days: i32) {
    for day in 0..days {
        let as_of = from + SignedDuration::from_hours(24) * day;
        stage.runs(morning(as_of)).await;
        stage
            .runs(night(as_of + SignedDuration::from_mins(15 * 60 + 20)))
            .await;
    }
}

#[tokio::test]
async fn a_draft_is_reminded_fourteen_three_and_one_day_before_the_close() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    let submitted = stage.story.complete("submitted").await;
    submits(&stage.story, &submitted, "key")
        .await
        .expect("in time");
    days_pass(&stage, at("2025-10-21T13:00:00Z"), 10).await;
    assert_eq!(reminders(&stage, &draft).await, NONE);
    days_pass(&stage, at("2025-10-31T13:00:00Z"), 3).await;
    assert_eq!(reminders(&stage, &draft).await, [14]);
    // Clocks have changed.
    days_pass(&stage, at("2025-11-03T14:00:00Z"), 11).await;
    assert_eq!(reminders(&stage, &draft).await, [14, 3, 1]);
    assert_eq!(reminders(&stage, &submitted).await, NONE);
}

#[tokio::test]
async fn a_morning_that_was_missed_is_made_good_in_the_night_and_a_day_later_not_at_all() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    // Nine o'clock of October 31 was missed; the night's sweep comes first.
    let nights = at("2025-11-01T04:20:00Z");
    assert_eq!(stage.runs(night(nights)).await.reminded, 1);
    assert_eq!(
        stage
            .runs(morning(at("2025-11-01T13:00:00Z")))
            .await
            .reminded,
        0
    );
    assert_eq!(reminders(&stage, &draft).await, [14]);

    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    let late = at("2025-11-01T13:00:01Z");
    assert_eq!(
        stage.runs(morning(late)).await.considered,
        0,
        "drafts are not touched"
    );
    assert_eq!(reminders(&stage, &draft).await, NONE);
}

#[tokio::test]
async fn an_extension_reminds_anew_of_the_new_close() {
    let stage = Stage::new().await;
    let draft = stage.story.complete("draft").await;
    days_pass(&stage, at("2025-10-31T13:00:00Z"), 1).await;
    stage
        .announce(at("2025-11-03T15:00:00Z"), at("2025-11-25T01:00:00Z"))
        .await;
    days_pass(&stage, at("2025-11-04T14:00:00Z"), 20).await;
    assert_eq!(reminders(&stage, &draft).await, [14, 14, 3, 1]);
    assert_eq!(stage.told(&draft, EventKind::WindowChanged).await, 1);
}

#[tokio::test]
async fn a_request_for_documents_is_reminded_and_anew_after_a_new_due_day() {
    let stage = Stage::new().await;
    let review = stage.waiting("waiting").await;
    days_pass(&stage, at("2025-10-21T13:00:00Z"), 8).await;
    assert_eq!(reminders(&stage, &review).await, [7]);
    let extend = Command::Documents(DocumentStep::Extend {
        last_day: "2025-11-14".parse().expect("a day"),
        why: "a storm".parse().expect("a text"),
    });
    let now = at("2025-10-30T15:00:00Z");
    stage
        .does(&sample::administrator(), now, &review, extend)
        .await;
    days_pass(&stage, at("2025-10-31T13:00:00Z"), 2).await;
    days_pass(&stage, at("2025-11-02T14:00:00Z"), 12).await;
    assert_eq!(reminders(&stage, &review).await, [7, 7, 3, 1]);
    stage.is_sound(&review).await;
}

#[tokio::test]
async fn an_answered_request_is_reminded_of_no_more() {
    let stage = Stage::new().await;
    let review = stage.waiting("answered").await;
    let all = Command::Documents(DocumentStep::ThatIsAll);
    stage
        .does(&sample::owner(), sample::in_window(), &review, all)
        .await;
    days_pass(&stage, at("2025-10-21T13:00:00Z"), 10).await;
    assert_eq!(reminders(&stage, &review).await, NONE);
}

#[tokio::test]
async fn an_outage_of_days_passes_reminders_over_and_does_not_stand_in_the_way() {
    let stage = Stage::new().await;
    let review = stage.waiting("outage").await;
    // Seven days before was October 28; nothing ran until the 30th.
    let counts = stage.ticks(at("2025-10-30T13:00:00Z")).await;
    assert_eq!((counts.considered, counts.reminded), (1, 1), "passed over");
    assert_eq!(reminders(&stage, &review).await, NONE);
    assert_eq!(stage.ticks(at("2025-10-30T13:05:00Z")).await.considered, 0);
    stage.ticks(at("2025-11-01T13:00:00Z")).await;
    assert_eq!(reminders(&stage, &review).await, [3]);
}
