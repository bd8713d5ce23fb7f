//! An answer that was given is given again: to the same request, by the same person, for a day.

use domain::Refused;
use jiff::SignedDuration;
use testkit::{Filer, MemoryStore, Mishap, Op, Probe as _, Story, sample};
use workflow::{Failure, InNameOf, accept_statement};

use crate::stories::{begins, commits_of, due, owner, submits};

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

#[tokio::test]
async fn a_submission_repeated_after_the_close_is_answered_from_the_record() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let last_moment = story.at(sample::close() - MILLISECOND);
    let answer = submits(&last_moment, &draft, "key").await.expect("in time");
    for late in [MILLISECOND, SignedDuration::from_hours(23)] {
        let again = submits(&story.at(sample::close() + late), &draft, "key").await;
        assert_eq!(again.expect("the same answer"), answer);
    }
    assert_eq!(answer.received_at, sample::close() - MILLISECOND);
    assert_eq!(
        (commits_of(&story, &draft).await, due(&story).await),
        (4, 1)
    );
}

#[tokio::test]
async fn a_submission_whose_reply_was_lost_is_not_late_when_it_is_repeated() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    story.ports.plan.next(Op::Commit, Mishap::ReplyLost);
    let last_moment = story.at(sample::close() - MILLISECOND);
    let lost = submits(&last_moment, &draft, "key").await;
    assert!(matches!(lost, Err(Failure::Port(_))), "{lost:?}");
    let again = submits(&story.at(sample::close()), &draft, "key").await;
    let again = again.expect("the answer that was lost");
    assert_eq!(again.received_at, sample::close() - MILLISECOND);
    assert_eq!(
        (commits_of(&story, &draft).await, due(&story).await),
        (4, 1)
    );
}

#[tokio::test]
async fn a_submission_that_arrives_after_the_close_is_refused_and_not_remembered() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let late = story.at(sample::close());
    for _ in 0..2 {
        let refused = submits(&late, &draft, "key").await;
        let Err(Failure::Refused(Refused::OutsideWindow(_), Some(now))) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(*now, draft);
    }
    // Once the window is extended the same request is judged anew.
    let extension = domain::WindowChange {
        known: sample::close(),
        opens: Some(sample::in_window()),
        closes: Some(sample::close() + SignedDuration::from_hours(24)),
        reason: "a storm".to_owned(),
    };
    story.ports.announce(sample::year(), extension).await;
    submits(&late, &draft, "key").await.expect("it is open");
}

#[tokio::test]
async fn a_key_stands_for_one_request() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let other_body = story.filer.key("begin", "draft", "another body");
    let reused = begins(&story, &other_body).await;
    assert!(matches!(reused, Err(Failure::KeyReused)), "{reused:?}");

    let other_body = story.filer.key("accept", "accept", "another body");
    let text = &domain::statement_of_truth().reference;
    let reused = accept_statement(
        &story.ports,
        &story.filer.inbound(),
        &other_body,
        text,
        InNameOf::Oneself,
    )
    .await;
    assert!(matches!(reused, Err(Failure::KeyReused)), "{reused:?}");
    assert_eq!(
        (story.ports.count(), commits_of(&story, &draft).await),
        (1, 3)
    );
}

#[tokio::test]
async fn a_key_is_its_senders_own() {
    let story = owner().await;
    let other = Filer::new(sample::other(), 2);
    let other = Story::accepted_by(story.ports.clone(), other).await;
    let (key, others_key) = (
        story.key("begin", "key"),
        other.filer.key("begin", "key", "not the same body"),
    );
    let mine = begins(&story, &key).await.expect("a draft");
    let theirs = begins(&other, &others_key).await.expect("a draft");
    assert_ne!(mine.id, theirs.id);
    assert_eq!(begins(&story, &key).await.expect("again"), mine);
    assert_eq!(begins(&other, &others_key).await.expect("again"), theirs);
}

#[tokio::test]
async fn a_key_belongs_to_its_route() {
    let story = owner().await;
    let (one, two) = (story.complete("one").await, story.complete("two").await);
    let first = submits(&story, &one, "key").await.expect("submitted");
    let second = submits(&story, &two, "key").await.expect("submitted");
    assert_eq!((first.id, second.id), (one.outline.id, two.outline.id));
}

#[tokio::test]
async fn a_day_later_the_same_key_is_a_new_request() {
    let story = owner().await;
    let key = story.key("begin", "key");
    let first = begins(&story, &key).await.expect("a draft");
    let day = SignedDuration::from_hours(24);
    let last_moment = story.at(sample::in_window() + day - MILLISECOND);
    assert_eq!(begins(&last_moment, &key).await.expect("again"), first);
    let next_day = story.at(sample::in_window() + day);
    let second = begins(&next_day, &key).await.expect("another draft");
    assert_ne!(second.id, first.id);
    assert_eq!(begins(&next_day, &key).await.expect("again"), second);
}

#[tokio::test]
async fn a_record_that_cannot_be_read_is_told_and_not_written_over() {
    let story: Story<MemoryStore> = owner().await;
    // A record that this service never wrote: its answer is not an answer to beginning a draft.
    let commit = workflow::ports::Commit {
        key: Some(story.filer.record("begin", "key", "body")),
        ..story.filer.begins()
    };
    workflow::ports::Commits::commit(&story.ports, &commit)
        .await
        .expect("an answer");
    let failed = begins(&story, &story.filer.key("begin", "key", "body")).await;
    let Err(Failure::Port(workflow::ports::PortError::Unreadable { what, .. })) = failed else {
        panic!("{failed:?}");
    };
    assert_eq!((what, story.ports.count()), ("idempotency record", 1));
}
