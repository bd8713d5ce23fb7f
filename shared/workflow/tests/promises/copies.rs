//! Copy as new (domain.md #45).

use domain::{Command, EventKind, Refused, Unfit, relation};
use testkit::{Filer, Mishap, Op, Story, sample};
use workflow::ports::Outbox as _;
use workflow::{Failure, copy_as_new};

use crate::stories::{does, listed, owner};

#[tokio::test]
async fn a_withdrawn_request_is_copied_once_and_its_staff_are_told() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let (id, key) = (&draft.outline.id, story.key("copy", "key"));
    let copies = async || copy_as_new(&story.ports, &story.filer.inbound(), &key, id, None).await;
    let refused = copies().await;
    let Err(Failure::Refused(Refused::Unfit(Unfit::NotToBeCopied), _)) = refused else {
        panic!("{refused:?}");
    };
    does(&story, &draft, "key", Command::Withdraw)
        .await
        .expect("withdrawn");
    story.ports.plan.next(Op::Commit, Mishap::ReplyLost);
    copies().await.expect_err("no answer came");
    let answer = copies().await.expect("the answer that was lost");
    assert_eq!(copies().await.expect("again"), answer);
    assert_eq!(story.ports.count(), 2);

    let copy = story.review(&answer.id).await;
    assert_eq!(copy.outline.name, draft.outline.name);
    assert_eq!(copy.form.description, draft.form.description);
    assert_eq!(copy.people.staff, draft.people.staff);
    let told = story.ports.entry(&answer.id, 1).await.expect("an answer");
    let told = told.expect("staff are told of their access");
    assert_eq!(
        (told.event.kind(), told.recipients.len()),
        (EventKind::AccessChanged, 2)
    );
    let staff = Filer::new(sample::staff(), 2);
    assert!(relation(&copy, &staff.actor).is_some());
    let staff = Story {
        ports: story.ports.clone(),
        filer: staff,
    };
    let mut both = vec![id.clone(), answer.id.clone()];
    both.sort();
    assert_eq!(listed(&staff).await, both);
}
