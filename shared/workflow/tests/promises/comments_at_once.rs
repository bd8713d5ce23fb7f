//! A comment is on record once, whatever crashes, is sent again or is decided at the same time.

use domain::{Refused, StatusName};
use testkit::{Mishap, Op, crash, sample};
use workflow::ports::Comments as _;
use workflow::{Failure, comment};

use crate::comments::{reads, says, team_reads, texts};
use crate::stories::{CHANGE, commits_of};
use crate::team::{acts, gives, of_team, rule, submitted};

#[tokio::test]
async fn a_comment_is_on_record_once_however_often_it_is_sent() {
    let (story, review) = submitted().await;
    let id = &review.outline.id;
    let before = commits_of(&story, &review).await;
    let first = says(&story, id, "key", "Once.").await.expect("on record");
    let again = says(&story, id, "key", "Once.")
        .await
        .expect("the same answer");
    assert_eq!(first, again);
    assert_eq!(commits_of(&story, &review).await, before + 1);
    let other = story
        .filer
        .key(&format!("comment {id}"), "key", "other words");
    let text = "Other words.".parse().expect("a comment");
    let reused = comment(&story.ports, &story.filer.inbound(), &other, id, text).await;
    assert!(matches!(reused, Err(Failure::KeyReused)));
    assert_eq!(texts(&reads(&story, id).await), ["Once."]);
}

#[tokio::test]
async fn a_crash_at_any_step_leaves_one_comment_for_whoever_sends_it_again() {
    for step in CHANGE {
        for end in [|| Mishap::CrashBefore, || Mishap::CrashAfter] {
            let (story, review) = submitted().await;
            let id = &review.outline.id;
            story.ports.plan.next(step, end());
            crash(says(&story, id, "key", "Once."));
            let answer = says(&story, id, "key", "Once.").await.expect("again");
            let kept = story.ports.comments(id).await.expect("an answer");
            assert_eq!(kept.len(), 1, "{step:?}");
            assert_eq!(kept[0].id, answer.comment, "{step:?}");
            commits_of(&story, &review).await;
        }
    }
}

#[tokio::test]
async fn a_comment_and_a_decision_at_once_are_in_one_order_or_the_other() {
    for step in CHANGE {
        // The decision is faster: the comment comes too late, and its writer is told how the review stands.
        let (story, review) = submitted().await;
        let reviewer = of_team(&story, sample::reviewer());
        let (faster, its_review) = (reviewer.clone(), review.clone());
        let seen = review.outline.version;
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let denied = gives(&faster, &its_review, "rule", rule(seen, false)).await;
                denied.expect("the faster one");
            }),
        );
        let id = &review.outline.id;
        let late = says(&story, id, "key", "Wait!").await;
        let Err(Failure::Refused(Refused::NotInStatus(..), Some(now))) = late else {
            panic!("{step:?} {late:?}");
        };
        assert_eq!(now.outline.status.name(), StatusName::Denied);
        assert!(
            story
                .ports
                .comments(id)
                .await
                .expect("an answer")
                .is_empty()
        );
        let acts = acts(&story, &review).await;
        assert!(!acts.contains(&"CommentedV1".to_owned()), "{acts:?}");

        // The comment is faster: nobody decides on a picture that lacks it.
        if step == Op::Acceptance {
            continue; // The team is asked for none.
        }
        let (story, review) = submitted().await;
        let reviewer = of_team(&story, sample::reviewer());
        let (faster, its_id) = (story.clone(), review.outline.id.clone());
        story.ports.plan.next(
            step,
            Mishap::meanwhile(async move {
                let written = says(&faster, &its_id, "key", "Wait!").await;
                written.expect("the faster one");
            }),
        );
        let ruling = rule(review.outline.version, false);
        let decided = gives(&reviewer, &review, "rule", ruling).await;
        assert!(
            matches!(decided, Err(Failure::Refused(Refused::StaleReview(..), _))),
            "{step:?} {decided:?}"
        );
        let id = &review.outline.id;
        assert_eq!(texts(&team_reads(&reviewer, id).await), ["Wait!"]);
    }
}
