//! A review that is purged leaves a tombstone, and nothing else.

use domain::{Command, Remains, Tombstone, listed_under, search_keys};
use workflow::ports::Commit;

use super::outbox::submitted;
use super::{Ports, Probe, Subject, done, stored};
use crate::{Filer, sample};

fn tombstone_of(review: &domain::Review) -> Tombstone {
    let key = sample::hash_key();
    Tombstone {
        review: review.outline.id.clone(),
        year: review.outline.year,
        status: review.outline.status.name(),
        ended_at: sample::in_window(),
        purged_at: sample::in_window(),
        by: "Sam Operator".parse().expect("a line"),
        head: review.outline.head,
        remains: Some(Remains {
            lists: listed_under(review, &key).into_iter().collect(),
            found_by: search_keys(&review.form, &key),
        }),
    }
}

/// Step by step, each of them twice; another review loses nothing.
pub async fn a_purged_review_leaves_its_tombstone_alone<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (beside, _) = submitted(&ports, &Filer::new(sample::other(), 2)).await;
    let (review, _) = submitted(&ports, &Filer::owner()).await;
    let id = &review.outline.id;
    let found_by = search_keys(&review.form, &sample::hash_key());
    for review in [&review, &beside] {
        let made = ports.make_findable(&review.outline.id, &found_by).await;
        made.expect("an answer");
    }
    let tombstone = tombstone_of(&review);
    let remains = tombstone.remains.clone().expect("there is something");
    assert_eq!(ports.tombstone(id).await.expect("an answer"), None);
    let stale = ports.bury(&tombstone, review.outline.version + 1).await;
    assert!(!stale.expect("an answer"));
    assert_eq!(ports.tombstone(id).await.expect("an answer"), None);
    for _ in 0..2 {
        let buried = ports.bury(&tombstone, review.outline.version).await;
        assert!(buried.expect("an answer"));
        assert_eq!(ports.load(id).await.expect("an answer"), None);
        assert_eq!(ports.head(id).await.expect("an answer"), None);
        let stands = ports.tombstone(id).await.expect("an answer");
        assert_eq!(stands.as_ref(), Some(&tombstone));
    }
    // Nobody changes it any more.
    let late = Filer::owner().does(&review, Command::Withdraw);
    let late: Commit = late;
    let raced = ports.commit(&late).await.expect("an answer");
    assert_eq!(raced, workflow::ports::Committed::Raced);
    for _ in 0..2 {
        ports.unlist(id, &remains).await.expect("an answer");
        ports.clear(id).await.expect("an answer");
        let standing = ports.standing(id, &remains.lists).await.expect("an answer");
        assert_eq!(standing, []);
        assert_eq!(ports.entries(id).await.expect("an answer"), []);
        assert!(ports.entries_of(id).await.expect("an answer").is_empty());
    }
    for key in &found_by {
        let found = ports.found(key).await.expect("an answer");
        assert_eq!(found, std::slice::from_ref(&beside.outline.id));
    }
    for _ in 0..2 {
        ports.seal_tombstone(id).await.expect("an answer");
        let stands = ports.tombstone(id).await.expect("an answer");
        let sealed = Tombstone {
            remains: None,
            ..tombstone.clone()
        };
        assert_eq!(stands, Some(sealed));
    }
    let page = ports.ids(None, 10).await.expect("an answer");
    assert!(page.ids.contains(id) && page.ids.contains(&beside.outline.id));
    assert_eq!(stored(&ports, &beside.outline.id).await, beside);
    done(
        &ports,
        &Filer::new(sample::other(), 2).does(&beside, Command::Withdraw),
    )
    .await;
}
