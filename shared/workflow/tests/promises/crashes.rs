//! A step fails, or the process ends there, and the client tries again: nothing is lost, nothing is done
//! twice.

use testkit::{Mishap, Op, crash};
use workflow::Failure;

use crate::stories::{BEGIN, CHANGE, begins, commits_of, due, owner, submits};

#[tokio::test]
async fn after_a_crash_at_any_step_of_a_submission_the_client_gets_it_done_once() {
    for step in CHANGE {
        for end in [|| Mishap::CrashBefore, || Mishap::CrashAfter] {
            let story = owner().await;
            let draft = story.complete("draft").await;
            story.ports.plan.next(step, end());
            crash(submits(&story, &draft, "key"));
            let answer = submits(&story, &draft, "key").await;
            let answer = answer.unwrap_or_else(|failure| panic!("{step:?}: {failure:?}"));
            assert_eq!(submits(&story, &draft, "key").await.expect("again"), answer);
            assert_eq!(
                (commits_of(&story, &draft).await, due(&story).await),
                (4, 1),
                "{step:?}"
            );
        }
    }
}

#[tokio::test]
async fn after_a_crash_at_any_step_of_a_beginning_there_is_one_review() {
    for step in BEGIN {
        for end in [|| Mishap::CrashBefore, || Mishap::CrashAfter] {
            let story = owner().await;
            let key = story.key("begin", "key");
            story.ports.plan.next(step, end());
            crash(begins(&story, &key));
            let answer = begins(&story, &key).await.expect("the client tries again");
            assert_eq!(begins(&story, &key).await.expect("again"), answer);
            assert_eq!(story.ports.count(), 1, "{step:?}");
        }
    }
}

#[tokio::test]
async fn a_commit_that_was_made_and_not_answered_is_answered_when_it_is_repeated() {
    let story = owner().await;
    let key = story.key("begin", "key");
    story.ports.plan.next(Op::Commit, Mishap::ReplyLost);
    let lost = begins(&story, &key).await;
    assert!(matches!(lost, Err(Failure::Port(_))), "{lost:?}");
    let answer = begins(&story, &key)
        .await
        .expect("the answer that was lost");
    assert_eq!(story.ports.count(), 1);
    assert_eq!(
        story.review(&answer.id).await.outline.version,
        answer.version
    );
}

#[tokio::test]
async fn when_a_step_fails_nothing_has_changed() {
    for step in CHANGE {
        let story = owner().await;
        let draft = story.complete("draft").await;
        story.ports.plan.fail(step, 2);
        for _ in 0..2 {
            let failed = submits(&story, &draft, "key").await;
            assert!(
                matches!(failed, Err(Failure::Port(_))),
                "{step:?}: {failed:?}"
            );
        }
        assert_eq!(story.review(&draft.outline.id).await, draft);
        submits(&story, &draft, "key").await.expect("it is back");
        assert_eq!(
            (commits_of(&story, &draft).await, due(&story).await),
            (4, 1)
        );
    }
}
