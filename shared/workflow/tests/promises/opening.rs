//! Staff are known by a verified address until they first open the review, and by their account from then
//! on (domain.md #25, promise P5).

use std::slice::from_ref;

use domain::{Actor, Command, FormPatch, Relation, Review};
use serde_json::json;
use testkit::{Filer, MemoryStore, Mishap, Op, Story, command, sample};
use workflow::{Failure, edit, history, verification, view};

use crate::stories::{does, listed, owner};

/// `actor` in front of the same store, who has accepted nothing yet.
fn another(story: &Story<MemoryStore>, actor: Actor, seed: u32) -> Story<MemoryStore> {
    Story {
        ports: story.ports.clone(),
        filer: Filer::new(actor, seed),
    }
}

async fn opens(story: &Story<MemoryStore>, review: &Review) -> Result<Review, Failure> {
    let (inbound, id) = (story.filer.inbound(), &review.outline.id);
    let seen = view(&story.ports, &inbound, id).await?;
    Ok(seen.review)
}

/// The staff member's address, on another account.
fn namesake() -> Actor {
    let mut namesake = sample::staff();
    namesake.account.subject = "namesake".to_owned();
    namesake
}

#[tokio::test]
async fn the_first_opening_binds_and_later_ones_change_nothing() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let staff = another(&story, sample::staff(), 2);
    let opened = opens(&staff, &draft).await.expect("it is listed as staff");
    assert_eq!(opened.outline.version, draft.outline.version + 1);
    assert!(opened.people.knows(&sample::staff()));
    assert_eq!(opens(&staff, &draft).await.expect("again"), opened);
    assert_eq!(story.review(&draft.outline.id).await, opened);

    // Nobody else comes in by that address, and the account stays whatever its address becomes.
    let refused = opens(&another(&story, namesake(), 3), &draft).await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    let moved = Actor {
        email: Some("new.name@example.org".parse().expect("an address")),
        ..sample::staff()
    };
    let moved = another(&story, moved, 4);
    assert_eq!(listed(&moved).await, from_ref(&draft.outline.id));
    assert_eq!(opens(&moved, &draft).await.expect("the account"), opened);
    let inbound = moved.filer.inbound();
    let lines = history(&story.ports, &inbound, &draft.outline.id).await;
    let last = lines.expect("the account").pop();
    let told = last.and_then(|line| line.told).expect("an entry");
    assert_eq!(told.what, "Opened the request for the first time.");
    assert!(told.who.is_you());
    let found = verification(&story.ports, &inbound, &draft.outline.id).await;
    let found = found.expect("the account");
    assert_eq!((found.entries, found.verdict.is_ok()), (4, true));
}

#[tokio::test]
async fn of_two_accounts_with_one_address_the_first_to_open_has_it() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let (staff, other) = (
        another(&story, sample::staff(), 2),
        another(&story, namesake(), 3),
    );
    assert_eq!(listed(&staff).await, listed(&other).await);
    let (faster, its_draft) = (other.clone(), draft.clone());
    story.ports.plan.next(
        Op::Commit,
        Mishap::meanwhile(async move {
            opens(&faster, &its_draft).await.expect("the faster one");
        }),
    );
    let refused = opens(&staff, &draft).await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    assert_eq!(listed(&staff).await, []);
    assert_eq!(listed(&other).await, from_ref(&draft.outline.id));
}

#[tokio::test]
async fn an_opening_whose_reply_is_lost_or_that_races_is_made_once() {
    for mishap in [Mishap::Declined, Mishap::ReplyLost, Mishap::Unavailable] {
        let story = owner().await;
        let draft = story.complete("draft").await;
        let staff = another(&story, sample::staff(), 2);
        story.ports.plan.next(Op::Commit, mishap);
        // Unanswered it is told as such; to open again is all there is to do.
        opens(&staff, &draft).await.ok();
        let opened = opens(&staff, &draft).await.expect("again");
        assert_eq!(opened.outline.version, draft.outline.version + 1);
    }
}

#[tokio::test]
async fn what_has_ended_is_shown_and_stays_as_it_is() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    does(&story, &draft, "key", Command::Withdraw)
        .await
        .expect("withdrawn");
    let withdrawn = story.review(&draft.outline.id).await;
    let staff = another(&story, sample::staff(), 2);
    let seen = view(&staff.ports, &staff.filer.inbound(), &draft.outline.id).await;
    let seen = seen.expect("staff may read");
    assert_eq!((seen.relation, &seen.review), (Relation::Staff, &withdrawn));
}

#[tokio::test]
async fn who_is_removed_finds_nothing_more() {
    let story = owner().await;
    let draft = story.complete("draft").await;
    let staff = another(&story, sample::staff(), 2);
    let opened = opens(&staff, &draft).await.expect("it is listed as staff");
    let away = command::edit_people(&opened, FormPatch(json!({"staff": []})));
    edit(
        &story.ports,
        &story.filer.inbound(),
        &draft.outline.id,
        &away,
    )
    .await
    .expect("the owner's list");
    let refused = opens(&staff, &draft).await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
    assert_eq!(listed(&staff).await, []);
}
