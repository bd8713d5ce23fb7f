//! A history that was changed behind everybody's back is found out, and one that only grew is not accused
//! (promise P7).

use domain::{Broken, Command, ReviewId, SealedEntry};
use testkit::{MemoryStore, Mishap, Op, Story};
use workflow::ports::Histories as _;
use workflow::{Unsound, history, verify_every_history, verify_history};

use crate::stories::{does, owner};

/// A submitted review: four entries.
async fn submitted() -> (Story<MemoryStore>, ReviewId) {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    (story, review.outline.id)
}

/// What is wrong, in words; nothing if all of it holds.
async fn wrong(store: &MemoryStore, id: &ReviewId) -> Option<String> {
    let verification = verify_history(store, id).await.expect("an answer");
    verification.verdict.err().map(|wrong| wrong.to_string())
}

async fn entry(store: &MemoryStore, id: &ReviewId, seq: usize) -> SealedEntry {
    store.entries(id).await.expect("an answer")[seq - 1].clone()
}

#[tokio::test]
async fn what_was_written_holds_and_its_end_is_told() {
    let (story, id) = submitted().await;
    let verification = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(verification.verdict.is_ok());
    assert_eq!(verification.entries, 4);
    let review = story.review(&id).await;
    assert_eq!(verification.head, Some(review.outline.head));
}

#[tokio::test]
async fn a_changed_a_missing_and_a_cut_off_entry_are_named_by_their_place() {
    let (story, id) = submitted().await;
    let store = &story.ports;
    let kept = entry(store, &id, 2).await;
    let mut changed = kept.clone();
    changed.body = changed.body.replace("owner", "staff");
    store.forge(&id, 2, Some(changed));
    let told = wrong(store, &id).await.expect("it was changed");
    assert_eq!(told, Broken::Changed(2).to_string());

    store.forge(&id, 2, None);
    let told = wrong(store, &id).await.expect("it is missing");
    assert_eq!(told, Broken::Missing(2).to_string());

    store.forge(&id, 2, Some(kept));
    assert_eq!(wrong(store, &id).await, None);
    store.forge(&id, 4, None);
    let tail = Broken::Tail {
        found: 3,
        expected: 4,
    };
    let told = wrong(store, &id).await.expect("its end was cut off");
    assert_eq!(told, tail.to_string());
}

#[tokio::test]
async fn an_entry_that_no_commit_counts_is_found() {
    let (story, id) = submitted().await;
    let store = &story.ports;
    let mut forged = entry(store, &id, 4).await;
    forged.seq = 5;
    store.forge(&id, 5, Some(forged));
    let told = wrong(store, &id).await.expect("nobody wrote it");
    assert_eq!(told, Broken::Changed(5).to_string());
    let read = history(store, &story.filer.inbound(), &id).await;
    assert_eq!(read.expect("an answer").len(), 4, "and nobody reads it");
}

#[tokio::test]
async fn a_history_without_its_review_and_nothing_at_all_are_told_apart() {
    let (story, id) = submitted().await;
    story.ports.behead(&id);
    let headless = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(matches!(headless.verdict, Err(Unsound::Headless(4))));
    assert_eq!(headless.head, None);
    for seq in 1..=4 {
        story.ports.forge(&id, seq, None);
    }
    let gone = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(matches!(gone.verdict, Err(Unsound::Gone)));
}

#[tokio::test]
async fn a_commit_in_between_looks_like_no_forgery() {
    let (story, id) = submitted().await;
    let review = story.review(&id).await;
    let withdraws = {
        let (story, review) = (story.clone(), review.clone());
        async move {
            let withdrawn = does(&story, &review, "between", Command::Withdraw).await;
            withdrawn.expect("it is allowed");
        }
    };
    let plan = &story.ports.plan;
    plan.next(Op::Entries, Mishap::meanwhile(withdraws));
    let verification = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(verification.verdict.is_ok(), "{:?}", verification.verdict);
    assert_eq!(verification.entries, 5);
    assert!(plan.is_over());
}

#[tokio::test]
async fn a_store_that_cannot_be_reached_is_no_verdict() {
    let (story, id) = submitted().await;
    for op in [Op::Head, Op::Entries] {
        story.ports.plan.fail(op, 1);
        assert!(verify_history(&story.ports, &id).await.is_err());
    }
    story.ports.plan.fail(Op::Ids, 1);
    let all = verify_every_history(&story.ports, |_, _| {}).await;
    assert!(all.is_err());
}

#[tokio::test]
async fn every_history_is_looked_at_and_one_that_is_broken_keeps_no_other_back() {
    let story = owner().await;
    let mut ids = Vec::new();
    for name in ["one", "two", "three"] {
        ids.push(story.draft(name).await.outline.id);
    }
    ids.sort();
    let (changed, beheaded) = (&ids[0], &ids[1]);
    let mut forged = entry(&story.ports, changed, 1).await;
    forged.body.push(' ');
    story.ports.forge(changed, 1, Some(forged));
    story.ports.behead(beheaded);
    let mut found = Vec::new();
    let tell = |id: &ReviewId, verification: workflow::Verification| {
        found.push((id.clone(), verification.verdict.is_ok()));
    };
    verify_every_history(&story.ports, tell)
        .await
        .expect("an answer");
    let expected: Vec<_> = ids.iter().cloned().zip([false, false, true]).collect();
    assert_eq!(found, expected);
}

#[tokio::test]
async fn of_a_thousand_histories_the_three_that_were_touched_are_named_and_no_other() {
    const MANY: usize = 1_000;
    let story = owner().await;
    let mut ids = Vec::with_capacity(MANY);
    for number in 0..MANY {
        let name = format!("review-{number}");
        ids.push(story.complete(&name).await.outline.id);
    }
    let broken = async || {
        let mut broken = Vec::new();
        let mut looked_at = 0;
        let tell = |id: &ReviewId, verification: workflow::Verification| {
            looked_at += 1;
            broken.extend(
                verification
                    .verdict
                    .err()
                    .map(|why| (id.clone(), why.to_string())),
            );
        };
        let read = verify_every_history(&story.ports, tell).await;
        read.expect("an answer");
        assert_eq!(looked_at, MANY);
        broken.sort();
        broken
    };
    assert_eq!(broken().await, []);
    // A byte of a body, a byte of a hash, and the last entry.
    let mut body = entry(&story.ports, &ids[17], 2).await;
    body.body.replace_range(3..4, "#");
    story.ports.forge(&ids[17], 2, Some(body));
    let mut hash = entry(&story.ports, &ids[500], 1).await;
    hash.hash = entry(&story.ports, &ids[500], 3).await.hash;
    story.ports.forge(&ids[500], 1, Some(hash));
    story.ports.forge(&ids[999], 3, None);
    let tail = Broken::Tail {
        found: 2,
        expected: 3,
    };
    let mut expected = [
        (ids[17].clone(), Broken::Changed(2).to_string()),
        (ids[500].clone(), Broken::Changed(1).to_string()),
        (ids[999].clone(), tail.to_string()),
    ];
    expected.sort();
    assert_eq!(broken().await, expected);
}
