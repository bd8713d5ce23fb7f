//! Who is denied by the clock, and who is not (promise P3, domain.md #18, #19).

use domain::Actor;
use domain::{
    AttachmentId, AttachmentKind, Command, Digest, DocumentStep, EventKind, FileFault, FileStep,
    Job, NewFile, Place, Report, Reported, ReturnCause, Review, Status, StatusName,
};
use jiff::{SignedDuration, Timestamp};
use testkit::sample;
use workflow::ports::Claims as _;

use super::stage::{Stage, at, comment, due, reviewer, ripe};

fn file() -> AttachmentId {
    AttachmentId::from_random([1; 16])
}

fn on_file(step: FileStep) -> Command {
    Command::File { id: file(), step }
}

fn grant() -> Command {
    on_file(FileStep::Grant(NewFile {
        kind: AttachmentKind::EhrExtract,
        name: "extract.pdf".parse().expect("a name"),
        size: 1_000,
        sha256: Digest::of(&[b"bytes"]),
        place: Place::Request { item: None },
    }))
}

fn watch() -> Actor {
    Actor::job(Job::FileWatch)
}

async fn cause(stage: &Stage, review: &Review) -> Option<ReturnCause> {
    let status = stage.review(&review.outline.id).await.outline.status;
    let Status::InReview(now) = status else {
        return None;
    };
    now.returned.map(|returned| returned.cause)
}

#[tokio::test]
async fn the_silent_are_denied_once_and_told_once() {
    let stage = Stage::new().await;
    let review = stage.waiting("silent").await;
    let early = stage.ticks(ripe() - SignedDuration::from_secs(1)).await;
    assert_eq!(early.expired, 0);
    assert_eq!(stage.status(&review).await, StatusName::AwaitingDocuments);
    let counts = stage.ticks(ripe()).await;
    assert_eq!(counts.expired, 1);
    assert_eq!(stage.status(&review).await, StatusName::Denied);
    assert_eq!(stage.told(&review, EventKind::Outcome).await, 1);
    let again = stage.ticks(ripe() + SignedDuration::from_mins(5)).await;
    assert_eq!(
        (again.considered, again.expired),
        (0, 0),
        "it is due no more"
    );
    stage.is_sound(&review).await;
}

#[tokio::test]
async fn anyone_who_did_anything_comes_to_a_person() {
    for act in [
        comment(),
        Command::Documents(DocumentStep::AskMoreTime(
            "The archive is closed.".parse().expect("a text"),
        )),
    ] {
        let stage = Stage::new().await;
        let review = stage.waiting("busy").await;
        let last = due() - SignedDuration::from_millis(1);
        stage.does(&sample::owner(), last, &review, act).await;
        assert_eq!(stage.ticks(ripe()).await.returned, 1);
        assert_eq!(
            cause(&stage, &review).await,
            Some(ReturnCause::IncompleteAnswer)
        );
        assert_eq!(stage.told(&review, EventKind::Outcome).await, 0);
    }
}

#[tokio::test]
async fn a_request_that_reached_nobody_goes_to_a_person() {
    let stage = Stage::new().await;
    let review = stage.waiting("unreachable").await;
    let id = &review.outline.id;
    // Those that bounced, hard or for good; a complaint is of somebody who has read it.
    let entries = stage.entries(id).await;
    let asked = entries
        .iter()
        .find(|entry| entry.event.kind() == EventKind::DocumentsRequested);
    for notice in asked.expect("they were told").notices() {
        let report = Report {
            notice,
            at: sample::in_window(),
            message_id: "id-1".to_owned(),
            what: Reported::Bounced { hard: true },
        };
        stage.store().report(&report).await.expect("an answer");
    }
    assert_eq!(stage.ticks(ripe()).await.returned, 1);
    assert_eq!(cause(&stage, &review).await, Some(ReturnCause::Unreachable));
}

#[tokio::test]
async fn a_request_that_nobody_has_been_sent_yet_denies_nobody() {
    let stage = Stage::new().await;
    let (review, _) = stage.story.submitted("unsent").await;
    let ask = DocumentStep::Request {
        items: vec![domain::DocumentAsk {
            what: "The EHR extract".parse().expect("a line"),
            kind: None,
        }],
        message: None,
        last_day: None,
    };
    let ask = Command::Documents(ask);
    stage
        .does(&reviewer(), sample::in_window(), &review, ask)
        .await;
    assert_eq!(stage.ticks(ripe()).await.returned, 1);
    assert_eq!(cause(&stage, &review).await, Some(ReturnCause::Unreachable));
}

#[tokio::test]
async fn one_letter_that_arrived_is_enough_to_be_reached() {
    let stage = Stage::new().await;
    let review = stage.waiting("one-of-four").await;
    let entries = stage.entries(&review.outline.id).await;
    let asked = entries
        .iter()
        .find(|entry| entry.event.kind() == EventKind::DocumentsRequested);
    for notice in asked.expect("they were told").notices().skip(1) {
        let report = Report {
            notice,
            at: sample::in_window(),
            message_id: "id-1".to_owned(),
            what: Reported::Bounced { hard: false },
        };
        stage.store().report(&report).await.expect("an answer");
    }
    assert_eq!(stage.ticks(ripe()).await.expired, 1);
}

/// The request, with a file granted a second before its end that arrives `after` the due instant.
async fn uploaded(stage: &Stage, granted: Timestamp, arrived: Timestamp) -> Review {
    let review = stage.waiting("file").await;
    stage
        .does(&sample::owner(), granted, &review, grant())
        .await;
    let receive = on_file(FileStep::Receive {
        arrived_at: arrived,
    });
    stage.does(&watch(), arrived, &review, receive).await
}

#[tokio::test]
async fn documents_a_second_before_at_and_after_the_due_instant() {
    let second = SignedDuration::from_secs(1);
    for (offset, in_time) in [
        (-second, true),
        (SignedDuration::ZERO, true),
        (second, true),
    ] {
        // Granted in time, so that all three end within the grant.
        let stage = Stage::new().await;
        let arrived = due() + offset;
        let review = uploaded(&stage, due() - second - second, arrived).await;
        stage
            .does(&watch(), arrived, &review, on_file(FileStep::Pass))
            .await;
        let counts = stage.ticks(ripe()).await;
        assert_eq!(counts.returned == 1, in_time, "{offset}");
    }
    // A grant of eleven minutes ago has ended: what comes by it at the due instant or later is late.
    let granted = due() - SignedDuration::from_mins(11);
    for (offset, in_time) in [
        (-second, true),
        (SignedDuration::ZERO, false),
        (second, false),
    ] {
        assert_eq!(
            domain::arrived_in_time(due() + offset, granted, due()),
            in_time
        );
    }
}

#[tokio::test]
async fn an_upload_and_its_check_hold_the_request_a_day_at_most_and_every_order_ends_with_a_person()
{
    let stage = Stage::new().await;
    let granted = due() - SignedDuration::from_secs(1);
    let arrived = granted + SignedDuration::from_mins(10);
    let review = stage.waiting("held").await;
    stage
        .does(&sample::owner(), granted, &review, grant())
        .await;
    // Granted, put, no event yet: held.
    assert_eq!(stage.ticks(ripe()).await.held, 1);
    // Seen, in its check: held, tick by tick.
    let receive = on_file(FileStep::Receive {
        arrived_at: arrived,
    });
    stage.does(&watch(), ripe(), &review, receive).await;
    let mut at = ripe();
    let mut ticks = 0;
    while stage.status(&review).await == StatusName::AwaitingDocuments {
        at += SignedDuration::from_mins(5);
        stage.ticks(at).await;
        ticks += 1;
        assert!(ticks < 400);
    }
    let limit = arrived + SignedDuration::from_hours(24);
    assert!(
        (limit..limit + SignedDuration::from_mins(30)).contains(&at),
        "{at}"
    );
    assert_eq!(
        cause(&stage, &review).await,
        Some(ReturnCause::CheckUnfinished)
    );
    assert_eq!(stage.told(&review, EventKind::Outcome).await, 0);
    stage.is_sound(&review).await;
}

#[tokio::test]
async fn a_rejected_file_that_came_in_time_gives_three_days_to_replace_it() {
    let stage = Stage::new().await;
    let arrived = due() - SignedDuration::from_secs(1);
    let review = stage.waiting("file").await;
    stage
        .does(&sample::owner(), arrived, &review, grant())
        .await;
    let reject = on_file(FileStep::Reject {
        arrived_at: arrived,
        why: FileFault::Macros,
    });
    stage.does(&watch(), ripe(), &review, reject).await;
    let counts = stage.ticks(ripe()).await;
    assert_eq!((counts.expired, counts.returned), (0, 0));
    assert_eq!(stage.status(&review).await, StatusName::AwaitingDocuments);
    // From the day of the notice, three days: until the end of November 8.
    let new_due = at("2025-11-09T05:00:00Z");
    stage.ticks(new_due + SignedDuration::from_mins(14)).await;
    assert_eq!(stage.status(&review).await, StatusName::AwaitingDocuments);
    let counts = stage.ticks(new_due + SignedDuration::from_mins(15)).await;
    assert_eq!(counts.returned, 1, "they had sent something");
}
