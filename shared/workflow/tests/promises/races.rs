//! Others do something in between any two steps.

use domain::{Command, Refused, StatusName};
use jiff::SignedDuration;
use testkit::{Mishap, Op, command, sample};
use workflow::{Failure, edit, history};

use crate::stories::{BEGIN, CHANGE, begins, commits_of, does, due, owner, submits};

#[tokio::test]
async fn one_request_to_begin_that_arrives_twice_at_once_begins_one_review() {
    for step in BEGIN {
        let story = owner().await;
        let key = story.key("begin", "key");
        let (twin, twins_key) = (story.clone(), key.clone());
        let first = std::sync::Arc::new(std::sync::OnceLock::new());
        let answered = first.clone();
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let answer = begins(&twin, &twins_key).await.expect("the faster one");
                answered.set(answer).expect("it is asked once");
            }),
        );
        let second = begins(&story, &key).await.expect("the slower one");
        assert_eq!(first.get(), Some(&second), "{step:?}");
        assert_eq!(story.ports.count(), 1, "{step:?}");
        assert!(story.ports.plan.is_over());
    }
}

#[tokio::test]
async fn one_submission_that_arrives_twice_at_once_is_made_once() {
    for step in CHANGE {
        let story = owner().await;
        let draft = story.complete("draft").await;
        let (twin, its_draft) = (story.clone(), draft.clone());
        let first = std::sync::Arc::new(std::sync::OnceLock::new());
        let answered = first.clone();
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let answer = submits(&twin, &its_draft, "key")
                    .await
                    .expect("the faster one");
                answered.set(answer).expect("it is asked once");
            }),
        );
        let second = submits(&story, &draft, "key").await;
        let second = second.unwrap_or_else(|failure| panic!("{step:?}: {failure:?}"));
        assert_eq!(first.get(), Some(&second), "{step:?}");
        assert_eq!(
            (commits_of(&story, &draft).await, due(&story).await),
            (4, 1)
        );
    }
}

#[tokio::test]
async fn a_repetition_that_is_late_meets_its_twin_in_between_and_is_answered_as_that_was() {
    // Up to the commit itself, which a late request never comes to.
    for step in [Op::Key, Op::Load, Op::Acceptance, Op::WindowChanges] {
        let story = owner().await;
        let draft = story.complete("draft").await;
        let (late, key) = (story.at(sample::close()), story.key("begin", "key"));
        let in_time = sample::close() - SignedDuration::from_millis(1);
        let (twin, its_draft, its_key) = (story.at(in_time), draft.clone(), key.clone());
        if step != Op::Load {
            let beginning = twin.clone();
            let first = async move { drop(begins(&beginning, &its_key).await.expect("in time")) };
            story.ports.plan.next(step, Mishap::meanwhile(first));
            let again = begins(&late, &key).await;
            let again = again.unwrap_or_else(|failure| panic!("{step:?}: {failure:?}"));
            assert_eq!(again.received_at, in_time);
        }
        let first = async move { drop(submits(&twin, &its_draft, "key").await.expect("in time")) };
        story.ports.plan.next(step, Mishap::meanwhile(first));
        let again = submits(&late, &draft, "key").await;
        let again = again.unwrap_or_else(|failure| panic!("{step:?}: {failure:?}"));
        assert_eq!(again.received_at, in_time);
        assert!(story.ports.plan.is_over());
    }
}

#[tokio::test]
async fn a_race_is_decided_anew_on_the_fresh_review() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let (other, id) = (story.clone(), draft.outline.id.clone());
    let people = command::edit_people(&draft, sample::contact_and_staff());
    story.ports.plan.next(
        Op::Commit,
        Mishap::meanwhile(async move {
            let edited = edit(&other.ports, &other.filer.inbound(), &id, &people).await;
            edited.expect("the faster one");
        }),
    );
    let answer = submits(&story, &draft, "key").await.expect("decided anew");
    assert_eq!(answer.version, draft.outline.version + 2);
    assert_eq!(commits_of(&story, &draft).await, 5);
}

#[tokio::test]
async fn a_race_can_turn_the_decision() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let (other, its_draft) = (story.clone(), draft.clone());
    story.ports.plan.next(
        Op::Commit,
        Mishap::meanwhile(async move {
            let withdrawn = does(&other, &its_draft, "other", Command::Withdraw).await;
            withdrawn.expect("the faster one");
        }),
    );
    let refused = submits(&story, &draft, "key").await;
    let Err(Failure::Refused(Refused::NotInStatus(_, status), Some(now))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(status, StatusName::Withdrawn);
    assert_eq!(now.outline.status.name(), StatusName::Withdrawn);
    assert_eq!(due(&story).await, 1, "only the withdrawal is told");
}

#[tokio::test]
async fn an_edit_on_an_older_revision_is_refused_with_the_present_review() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let id = &draft.outline.id;
    let mine = command::edit_form(&draft, sample::individual());
    let theirs = command::edit_form(&draft, sample::every_answer());
    let (other, its_id) = (story.clone(), id.clone());
    story.ports.plan.next(
        Op::Commit,
        Mishap::meanwhile(async move {
            let edited = edit(&other.ports, &other.filer.inbound(), &its_id, &theirs).await;
            edited.expect("the faster one");
        }),
    );
    let refused = edit(&story.ports, &story.filer.inbound(), id, &mine).await;
    let Err(Failure::Refused(Refused::StaleForm(revision), Some(now))) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(*now, story.review(id).await);
    assert_eq!(revision, now.outline.form_revision);
    assert_eq!(
        now.form.party_name.map(String::from).as_deref(),
        Some("Zoë Sample-O'Neill")
    );
}

#[tokio::test]
async fn a_race_with_nobody_is_decided_anew_but_not_for_ever() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let raced =
        |times| (0..times).for_each(|_| story.ports.plan.next(Op::Commit, Mishap::Declined));
    raced(30);
    let busy = submits(&story, &draft, "key").await;
    assert!(matches!(busy, Err(Failure::Busy)), "{busy:?}");
    assert_eq!(
        (commits_of(&story, &draft).await, due(&story).await),
        (3, 0)
    );
    raced(29);
    submits(&story, &draft, "key")
        .await
        .expect("the last attempt");
    assert!(story.ports.plan.is_over());
    assert_eq!(
        (commits_of(&story, &draft).await, due(&story).await),
        (4, 1)
    );
}

#[tokio::test]
async fn a_log_read_during_a_commit_ends_where_its_review_did() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let (other, its_draft) = (story.clone(), draft.clone());
    story.ports.plan.next(
        Op::Entries,
        Mishap::meanwhile(async move {
            submits(&other, &its_draft, "key").await.expect("submitted");
        }),
    );
    let lines = history(&story.ports, &story.filer.inbound(), &draft.outline.id).await;
    assert_eq!(lines.expect("the owner may read it").len(), 3);
    assert!(story.ports.plan.is_over());
}
