//! What is held rests: it is looked at again every quarter of an hour, not at every tick, and never as overdue
//! (promise P3, domain.md #18).

use domain::{Actor, CHECK_LIMIT, SETTLE_AFTER};
use domain::{
    AttachmentId, AttachmentKind, Command, Digest, FileStep, Job, NewFile, Place, Review,
    StatusName,
};
use jiff::{SignedDuration, Timestamp};
use testkit::sample;

use super::stage::{Stage, due, ripe};

/// Between two ticks.
const TICK: SignedDuration = SignedDuration::from_mins(5);
/// Within which a request is settled once it can be.
const SOON: SignedDuration = SignedDuration::from_mins(30);

fn on_file(step: FileStep) -> Command {
    Command::File {
        id: AttachmentId::from_random([1; 16]),
        step,
    }
}

/// A request whose only document came a second before its end, and is being checked.
async fn in_its_check(stage: &Stage, name: &str) -> (Review, Timestamp) {
    let review = stage.waiting(name).await;
    let arrived_at = due() - SignedDuration::from_secs(1);
    let grant = FileStep::Grant(NewFile {
        kind: AttachmentKind::EhrExtract,
        name: "extract.pdf".parse().expect("a name"),
        size: 1_000,
        sha256: Digest::of(&[b"bytes"]),
        place: Place::Request { item: None },
    });
    let owner = sample::owner();
    stage
        .does(&owner, arrived_at, &review, on_file(grant))
        .await;
    let receive = on_file(FileStep::Receive { arrived_at });
    let watch = Actor::job(Job::FileWatch);
    let review = stage.does(&watch, arrived_at, &review, receive).await;
    (review, arrived_at)
}

#[tokio::test]
async fn what_is_held_rests_between_its_looks_and_is_never_overdue() {
    let stage = Stage::new().await;
    let (review, arrived_at) = in_its_check(&stage, "held").await;
    // Its reminders were never sent: that makes it overdue once.
    assert_eq!(stage.ticks(ripe()).await.held, 1);
    let (mut at, mut looked_at) = (ripe() + TICK, vec![ripe()]);
    let (mut oldest, mut looks) = (None, stage.files.take().len());
    while stage.status(&review).await == StatusName::AwaitingDocuments {
        let counts = stage.ticks(at).await;
        if 0 < counts.considered {
            looked_at.push(at);
        }
        oldest = oldest.max(counts.oldest);
        looks += stage.files.take().len();
        at += TICK;
        assert!(at <= arrived_at + CHECK_LIMIT + SOON, "a day, at most");
    }
    for pair in looked_at.windows(2) {
        let rest = pair[1].duration_since(pair[0]);
        let last = pair[1] >= arrived_at + CHECK_LIMIT;
        assert!(SETTLE_AFTER <= rest || last, "{pair:?}");
    }
    // One of three ticks of a day, for the command as for the look at its files.
    assert!(looked_at.len() <= 24 * 4 + 2, "{}", looked_at.len());
    assert_eq!(looks, looked_at.len());
    assert!(oldest < Some(TICK), "no alarm rings: {oldest:?}");
    stage.is_sound(&review).await;
}

#[tokio::test]
async fn once_its_check_has_ended_what_was_held_is_settled_within_thirty_minutes() {
    // The verdict comes just before a look, just after it, and in between.
    for minutes in [59, 60, 61, 68] {
        let stage = Stage::new().await;
        let (review, _) = in_its_check(&stage, "held").await;
        let verdict = ripe() + SignedDuration::from_mins(minutes);
        let mut at = ripe();
        while at < verdict {
            stage.ticks(at).await;
            at += TICK;
        }
        let watch = Actor::job(Job::FileWatch);
        stage
            .does(&watch, verdict, &review, on_file(FileStep::Pass))
            .await;
        while at <= verdict + SOON {
            stage.ticks(at).await;
            at += TICK;
        }
        assert_eq!(
            stage.status(&review).await,
            StatusName::InReview,
            "{minutes}"
        );
        stage.is_sound(&review).await;
    }
}

#[tokio::test]
async fn those_that_are_held_do_not_keep_the_silent_waiting() {
    let stage = Stage::new().await;
    for number in 0..20 {
        in_its_check(&stage, &format!("held-{number}")).await;
    }
    let silent = stage.waiting("silent").await;
    assert_eq!(stage.ticks(ripe()).await.held, 20);
    assert_eq!(stage.status(&silent).await, StatusName::Denied);
    // The next ticks have nothing to look at.
    for ticks in 1..=2 {
        let counts = stage.ticks(ripe() + TICK * ticks).await;
        assert_eq!((counts.considered, counts.oldest), (0, None));
    }
}
