//! What becomes of the review when files arrive: answers that count, letters, and denials that are taken back
//! (domain.md #18, #19, #46).

use domain::{
    Actor, Command, DocumentAsk, DocumentStep, EventKind, FileState, Job, NewFile, Place, Review,
    ReviewId, Status, StatusName,
};
use jiff::{SignedDuration, Timestamp};
use testkit::{Filer, MemoryStore, Probe as _, Story, sample};
use workflow::ports::{Commits as _, Outbox as _};
use workflow::{Scan, ScanVerdict, Watch};

use crate::files::file;
use crate::stories::owner;
use crate::watch::{BAD, SOUND, Told, World};

/// A submitted review of which documents are asked for, and when they are due.
async fn waiting() -> (Story<MemoryStore>, Review, Timestamp) {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let ask = DocumentStep::Request {
        items: vec![DocumentAsk {
            what: "The EHR extract of 2024".parse().expect("a line"),
            kind: None,
        }],
        message: None,
        last_day: None,
    };
    let reviewer = Filer::new(sample::reviewer(), 4);
    let commit = reviewer.does(&review, Command::Documents(ask));
    story.ports.commit(&commit).await.expect("an answer");
    let review = story.review(&review.outline.id).await;
    let Status::AwaitingDocuments(now) = &review.outline.status else {
        panic!("{:?}", review.outline.status);
    };
    let due = now.request.due;
    (story, review, due)
}

fn answer(bytes: &[u8]) -> NewFile {
    NewFile {
        place: Place::Request { item: Some(1) },
        ..file(bytes)
    }
}

async fn settles(story: &Story<MemoryStore>, id: &ReviewId, at: Timestamp) -> Status {
    let job = Filer::new(Actor::job(Job::DocumentClock), 6).at(at);
    let review = story.review(id).await;
    let settle = DocumentStep::Settle { reached: true };
    let commit = job.does(&review, Command::Documents(settle));
    story.ports.commit(&commit).await.expect("an answer");
    story.review(id).await.outline.status
}

/// How many letters about refused files are on their way.
async fn refusals(story: &Story<MemoryStore>) -> usize {
    let mut told = 0;
    for (review, seq) in story.ports.due_outbox().await {
        let entry = story.ports.entry(&review, seq).await.expect("an answer");
        let kind = entry.expect("it is due").event.kind();
        told += usize::from(kind == EventKind::FileRefused);
    }
    told
}

#[tokio::test]
async fn a_refused_answer_counts_is_told_once_and_can_be_replaced() {
    let (story, review, due) = waiting().await;
    let story = story.at(due - SignedDuration::from_mins(1));
    let world = World::of(story, &review, &answer(BAD), Some(BAD)).await;
    let told = [Told::Object, Told::Verdict(Scan::Infected), Told::Object];
    assert_eq!(world.hears_all(&told).await, "rejected");
    assert_eq!(refusals(&world.story).await, 1);
    let id = &review.outline.id;
    let review = world.story.review(id).await;
    let Status::AwaitingDocuments(now) = &review.outline.status else {
        panic!("{:?}", review.outline.status);
    };
    assert_eq!(now.request.answers.files, 1);
    assert!(due < now.request.due, "three days to replace it");
    let settled = settles(&world.story, id, now.request.settle_from()).await;
    assert_eq!(settled.name(), StatusName::InReview);
}

#[tokio::test]
async fn malware_that_is_found_late_is_told_as_well() {
    let world = World::with(SOUND, true).await;
    let clean = Told::Verdict(Scan::Clean);
    let infected = Told::Verdict(Scan::Infected);
    assert_eq!(world.hears_all(&[Told::Object, clean]).await, "clean");
    assert_eq!(refusals(&world.story).await, 0);
    let state = world.hears_all(&[infected, infected, clean]).await;
    assert_eq!(state, "infected");
    assert_eq!(refusals(&world.story).await, 1);
}

#[tokio::test]
async fn an_answer_that_arrived_in_time_takes_a_denial_by_the_clock_back() {
    for (bytes, ends_as) in [(SOUND, "received"), (BAD, "rejected")] {
        // Granted a minute before the end: so many seconds after it, it is still within its ten minutes.
        for (late, is_in_time) in [(-1, true), (0, true), (1, true), (540, true), (541, false)] {
            let (story, review, due) = waiting().await;
            let id = review.outline.id.clone();
            let story = story.at(due - SignedDuration::from_mins(1));
            let world = World::of(story, &review, &answer(bytes), None).await;
            // Nobody tells of it, and the grant is written off before the request is settled.
            world.hears(Told::Silence).await.expect("nothing fails");
            assert_eq!(world.state().await, FileState::Expired);
            let denied = settles(&world.story, &id, due + domain::SETTLE_AFTER).await;
            assert_eq!(denied.name(), StatusName::Denied);
            let arrived_at = due + SignedDuration::from_secs(late);
            world.bucket.place(&world.place, bytes, arrived_at);
            for _ in 0..2 {
                world.hears(Told::Object).await.expect("nothing fails");
            }
            let status = world.story.review(&id).await.outline.status.name();
            let state = world.state().await;
            if is_in_time {
                assert_eq!(status, StatusName::InReview, "{late}");
                assert_eq!(state.name(), ends_as, "it is looked into all the same");
            } else {
                assert_eq!(status, StatusName::Denied, "{late}");
                assert_eq!(state, FileState::Expired);
            }
        }
    }
}

#[tokio::test]
async fn what_has_ended_stays_as_it_ended() {
    let world = World::with(SOUND, true).await;
    let id = &world.place.review;
    let review = world.story.review(id).await;
    let commit = world.story.filer.does(&review, Command::Withdraw);
    world.story.ports.commit(&commit).await.expect("an answer");
    let ended = world.story.review(id).await;
    let told = [Told::Object, Told::Verdict(Scan::Infected), Told::Silence];
    world.hears_all(&told).await;
    assert_eq!(world.story.review(id).await, ended);
    assert!(world.bucket.there(&world.place).is_some());
}

#[tokio::test]
async fn a_verdict_about_another_version_says_nothing() {
    let world = World::with(SOUND, true).await;
    world.hears(Told::Object).await.expect("nothing fails");
    let job = Filer::new(Actor::job(Job::FileWatch), 3);
    let watch = Watch {
        ports: &world.story.ports,
        store: &world.bucket,
        inspect: |_, _| Ok(()),
    };
    let verdict = ScanVerdict {
        scan: Scan::Clean,
        version: Some("another".to_owned()),
    };
    let inbound = job.inbound();
    let looked = watch.look_at(&inbound, &world.place, Some(&verdict)).await;
    looked.expect("nothing fails");
    assert_eq!(world.state().await.name(), "received");
}
