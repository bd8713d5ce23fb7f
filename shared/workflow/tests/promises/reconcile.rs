//! What has come apart is found, and put together again (promises P2, P5 and P9).

use domain::{Command, ListKey, PersonHashKey, PersonKey, Review, ReviewId};
use jiff::{SignedDuration, Timestamp};
use testkit::{Filer, MemoryStore, Mishap, Op, Probe as _, Story, sample};
use workflow::ports::{Correspondence as _, Mend, Part, Pointers as _};
use workflow::{
    Finding, Mended, Mode, OUTBOX_DUE, ReconcileError, Reconciled, When, Wrong, make_findable,
    reconcile_letters, reconcile_part,
};

use crate::post::{Post, TERMS};
use crate::stories::{does, listed, owner};

fn when(as_of: Timestamp) -> When {
    When {
        as_of,
        leases: as_of,
    }
}

/// What whoever relays the review's events makes of them beside the letters.
async fn relayed(store: &MemoryStore, id: &ReviewId) {
    for entry in store.entries_of(id).await.expect("an answer") {
        let made = make_findable(store, &sample::hash_key(), &entry).await;
        made.expect("it is written");
    }
}

fn due() -> Timestamp {
    sample::in_window() + OUTBOX_DUE
}

async fn letters(post: &Post, at: Timestamp, mode: Mode) -> (Reconciled, Vec<Finding>) {
    let mut found = Vec::new();
    let mut tell = |finding: &Finding| found.push(finding.clone());
    let done = reconcile_letters(&post.store, &post.queue, when(at), 100, mode, &mut tell).await;
    (done.expect("the index can be read"), found)
}

async fn tries(
    store: &MemoryStore,
    key: &PersonHashKey,
    pages: Option<u32>,
    mode: Mode,
) -> Result<(Reconciled, Vec<Finding>), ReconcileError> {
    let mut found = Vec::new();
    let mut tell = |finding: &Finding| found.push(finding.clone());
    let whole = (Part::WHOLE, pages);
    let done = reconcile_part(store, key, when(due()), whole, mode, &mut tell).await?;
    Ok((done, found))
}

async fn all(store: &MemoryStore, mode: Mode) -> (Reconciled, Vec<Finding>) {
    let tried = tries(store, &sample::hash_key(), None, mode).await;
    tried.expect("the store can be read")
}

#[tokio::test]
async fn letters_without_an_outcome_are_reported_and_enqueued_whether_it_is_their_time_or_not() {
    let post = Post::after_a_submission().await;
    let early = due() - SignedDuration::from_millis(1);
    let (done, found) = letters(&post, early, Mode::Repair).await;
    assert_eq!(
        (done.considered, found.len()),
        (2, 0),
        "they are on their way"
    );

    // One is told; one is claimed by somebody who is gone.
    post.deliver(&post.notice()).await.expect("delivered");
    post.plan(Op::Send, Mishap::CrashBefore);
    testkit::crash(post.deliver(&post.notices()[1]));
    let (done, found) = letters(&post, due(), Mode::Report).await;
    assert_eq!((done.unanswered, done.waiting, done.in_doubt), (2, 5, 1));
    assert_eq!((done.repaired, done.left()), (0, 2));
    assert!(found.iter().all(|one| one.mended == Mended::Untouched));
    assert_eq!(post.queue.take(), [], "a report changes nothing");
    assert!(post.is_due().await);

    let (done, _) = letters(&post, due(), Mode::Repair).await;
    assert_eq!(
        (done.repaired, done.left(), done.oldest),
        (2, 0, Some(OUTBOX_DUE))
    );
    assert_eq!(post.queue.take().len(), 5);
    // Moved on by the first, it is found by the second all the same.
    let (done, _) = letters(&post, due(), Mode::Report).await;
    assert_eq!(done.unanswered, 2);
    post.clock.advance(TERMS.lease + TERMS.doubt);
    for notice in post.store.due_outbox().await {
        assert_eq!(notice.0, post.entry.review);
    }
}

#[tokio::test]
async fn an_entry_that_nobody_ended_is_ended() {
    let post = Post::after_a_submission().await;
    for notice in post.notices() {
        post.plan(Op::Settle, Mishap::Unavailable);
        post.deliver(&notice).await.expect_err("it is not ended");
    }
    let (done, found) = letters(&post, due(), Mode::Report).await;
    assert_eq!((done.finished, done.unanswered), (1, 1));
    let seq = post.entry.seq;
    assert!(found.iter().any(|one| one.wrong == Wrong::Finished { seq }));
    assert!(post.is_due().await);
    let (done, _) = letters(&post, due(), Mode::Repair).await;
    assert_eq!((done.repaired, done.left()), (2, 0));
    assert!(!post.is_due().await);
    assert_eq!(post.queue.take().len(), 2, "the staff's access only");
}

#[tokio::test]
async fn one_that_fails_stops_no_other_and_a_bound_is_told() {
    let post = Post::after_a_submission().await;
    post.plan(Op::Enqueue, Mishap::Unavailable);
    let (done, found) = letters(&post, due(), Mode::Repair).await;
    assert_eq!((done.repaired, done.failed, found.len()), (1, 1, 2));
    assert!(done.left() > 0);

    let mut tell = |_: &Finding| {};
    let at = when(due());
    let some = reconcile_letters(&post.store, &post.queue, at, 1, Mode::Report, &mut tell).await;
    assert!(some.expect("an answer").more);
}

#[tokio::test]
async fn an_entry_that_nothing_would_find_is_found_and_becomes_due() {
    let post = Post::after_a_submission().await;
    relayed(&post.store, &post.entry.review).await;
    post.store.lapse(&post.entry.review, post.entry.seq).await;
    assert_eq!(letters(&post, due(), Mode::Report).await.0.unanswered, 1);
    let lapsed = Wrong::Lapsed {
        seq: post.entry.seq,
        waiting: 4,
    };
    let (done, found) = all(&post.store, Mode::Report).await;
    assert_eq!((done.apart, found.len()), (1, 1));
    assert_eq!(found[0].wrong, lapsed);
    assert!(!post.is_due().await);
    let (done, _) = all(&post.store, Mode::Repair).await;
    assert_eq!((done.repaired, done.left()), (1, 0));
    assert_eq!(all(&post.store, Mode::Repair).await.1, []);
    let (done, _) = letters(&post, due(), Mode::Repair).await;
    assert_eq!(done.unanswered, 2);
    assert_eq!(post.queue.take().len(), 6);
}

/// Someone writes past the commits.
async fn meddles(store: &MemoryStore, review: &Review, list: ListKey, stands: bool) {
    let mend = Mend {
        list,
        review: review.outline.id.clone(),
        seen: Some(review.outline.version),
        stands,
    };
    assert!(store.mend(&mend).await.expect("an answer"));
}

fn address(text: &str) -> ListKey {
    let address = text.parse().expect("an address");
    ListKey::Person(PersonKey::of(&sample::hash_key(), &address))
}

#[tokio::test]
async fn pointers_are_put_right_both_ways_and_what_is_right_is_left_alone() {
    let story = owner().await;
    let (one, _) = story.submitted("one").await;
    relayed(&story.ports, &one.outline.id).await;
    let other = story.draft("two").await;
    let healthy = all(&story.ports, Mode::Repair).await;
    assert_eq!((healthy.0.left(), healthy.1.len()), (0, 0));
    assert!(healthy.0.considered >= 6, "{healthy:?}");

    let own = story.filer.lists().remove(0);
    let stranger = address("stranger@example.org");
    meddles(&story.ports, &one, own.clone(), false).await;
    meddles(&story.ports, &other, stranger.clone(), true).await;
    let (done, mut found) = all(&story.ports, Mode::Report).await;
    found.sort_by_key(|one| format!("{:?}", one.wrong));
    let wrong: Vec<_> = found.iter().map(|one| one.wrong.clone()).collect();
    let expected = [Wrong::Missing(own), Wrong::Unjustified(stranger.clone())];
    assert_eq!(
        (done.apart, done.repaired, wrong),
        (2, 0, expected.to_vec())
    );
    let said = found[1].to_string();
    assert!(said.contains(other.outline.id.as_str()), "{said}");
    let ListKey::Person(person) = stranger else {
        unreachable!("it is an address")
    };
    assert!(!said.contains(person.as_str()), "{said}");

    let (done, _) = all(&story.ports, Mode::Repair).await;
    assert_eq!((done.repaired, done.left()), (2, 0));
    assert_eq!(all(&story.ports, Mode::Report).await.1, []);
    assert_eq!(listed(&story).await.len(), 2);
}

#[tokio::test]
async fn a_pointer_to_nothing_is_taken_away() {
    let story = owner().await;
    let gone = story.complete("gone").await;
    story.draft("stays").await;
    story.ports.erase(&gone.outline.id);
    let (done, found) = all(&story.ports, Mode::Repair).await;
    assert_eq!((done.apart, done.repaired), (3, 3), "owner and two staff");
    assert!(
        found
            .iter()
            .all(|one| matches!(one.wrong, Wrong::Orphaned(_)))
    );
    assert_eq!(all(&story.ports, Mode::Report).await.1, []);
    assert_eq!(listed(&story).await.len(), 1);
}

/// The pointers of search are written beside the letters, and can be lost for good.
#[tokio::test]
async fn a_request_that_is_not_found_is_made_findable_once_its_relay_had_its_time() {
    let story = owner().await;
    story.draft("draft").await;
    let (review, _) = story.submitted("lost").await;
    let (done, found) = all(&story.ports, Mode::Report).await;
    let lost = Wrong::Unfindable { identifiers: 2 };
    assert_eq!((done.apart, done.repaired), (1, 0));
    assert_eq!(
        (&found[0].review, &found[0].wrong),
        (&review.outline.id, &lost)
    );
    assert!(!found[0].to_string().contains("1234567893"));
    let (done, _) = all(&story.ports, Mode::Repair).await;
    assert_eq!((done.repaired, done.left()), (1, 0));
    assert_eq!(all(&story.ports, Mode::Repair).await.1, []);
}

#[tokio::test]
async fn whoever_commits_meanwhile_wins() {
    let story = owner().await;
    let draft = story.draft("draft").await;
    let own = story.filer.lists().remove(0);
    meddles(&story.ports, &draft, own.clone(), false).await;
    // Between the verdict and the mending.
    let other = story.clone();
    story.ports.plan.next(
        Op::Mend,
        Mishap::meanwhile(async move {
            does(&other, &draft, "key", Command::Withdraw)
                .await
                .expect("withdrawn");
        }),
    );
    let (done, found) = all(&story.ports, Mode::Repair).await;
    assert_eq!(
        (done.raced, done.repaired, found[0].mended),
        (1, 0, Mended::Raced)
    );
    assert!(done.left() > 0);
    let (done, _) = all(&story.ports, Mode::Repair).await;
    assert_eq!((done.repaired, done.left()), (1, 0));

    // Staff open a review while it is looked at: their pointer by address goes, another comes, and nothing is wrong.
    let (review, _) = story.submitted("opened").await;
    relayed(&story.ports, &review.outline.id).await;
    let staff = Story {
        ports: story.ports.clone(),
        filer: Filer::new(sample::staff(), 3),
    };
    let opens = async move {
        let id = &review.outline.id;
        let inbound = staff.filer.inbound();
        workflow::view(&staff.ports, &inbound, id)
            .await
            .expect("they may");
    };
    story
        .ports
        .plan
        .next(Op::Standing, Mishap::meanwhile(opens));
    let (done, found) = all(&story.ports, Mode::Report).await;
    assert_eq!((done.apart, found.len()), (0, 0), "{found:?}");
}

#[tokio::test]
async fn another_secret_changes_nothing_and_says_so() {
    let story = owner().await;
    let (review, _) = story.submitted("one").await;
    relayed(&story.ports, &review.outline.id).await;
    let wrong = PersonHashKey::new(*b"another secret of the right length");
    let refused = tries(&story.ports, &wrong, None, Mode::Repair).await;
    let refused = refused.expect_err("it is another secret").to_string();
    assert!(refused.contains("PERSON_HASH_KEY"), "{refused}");
    assert_eq!(all(&story.ports, Mode::Report).await.1, []);
}

#[tokio::test]
async fn a_night_reads_so_many_pages_and_a_review_that_fails_stops_no_other() {
    let story = owner().await;
    for name in ["one", "two", "three"] {
        story.draft(name).await;
    }
    let key = sample::hash_key();
    let (done, _) = tries(&story.ports, &key, Some(1), Mode::Repair)
        .await
        .expect("an answer");
    assert!(done.more && done.considered < 6, "{done:?}");
    story.ports.plan.fail(Op::Load, 1);
    let (done, _) = all(&story.ports, Mode::Repair).await;
    assert_eq!((done.failed, done.more, done.considered), (1, false, 6));
    assert!(story.ports.plan.is_over());
}

#[tokio::test]
async fn a_reconciling_that_ends_between_any_two_steps_is_ended_by_the_next() {
    for op in [
        Op::Page,
        Op::EntriesOf,
        Op::Load,
        Op::Standing,
        Op::Mend,
        Op::MakeDue,
    ] {
        for mishap in [Mishap::CrashBefore, Mishap::CrashAfter] {
            let post = Post::after_a_submission().await;
            let what = format!("{mishap:?} {op:?}");
            let stored = Story {
                ports: post.store.clone(),
                filer: Filer::owner(),
            };
            let review = stored.review(&post.entry.review).await;
            let own = stored.filer.lists().remove(0);
            meddles(&post.store, &review, own, false).await;
            post.store.lapse(&post.entry.review, post.entry.seq).await;
            post.plan(op, mishap);
            testkit::crash(all(&post.store, Mode::Repair));
            all(&post.store, Mode::Repair).await;
            assert_eq!(all(&post.store, Mode::Report).await.1, [], "{what}");
            assert!(post.is_due().await, "{what}");
            assert_eq!(listed(&stored).await.len(), 1, "{what}");
        }
    }
}
