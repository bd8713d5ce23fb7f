//! What reconciling walks: whole, in parts, and put right only as it was seen.

use std::collections::BTreeSet;

use domain::{Command, ListKey, Review, ReviewId};
use workflow::OUTBOX_DUE;
use workflow::ports::{Found, Mend, Overdue, Part};

use super::outbox::submitted;
use super::{Ports, Probe, Subject, done};
use crate::{Filer, sample};

/// Every page of a part.
async fn walked(ports: &impl Ports, part: Part) -> Vec<Found> {
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = ports.page(part, after.as_ref()).await.expect("an answer");
        assert_eq!(page.unreadable, 0);
        found.extend(page.found);
        assert!(found.len() < 1_000, "it does not end");
        after = page.next;
        if after.is_none() {
            return found;
        }
    }
}

/// A review with staff, one of whom has opened it, for two owners; and all the pointers to them.
async fn listed(ports: &impl Ports) -> BTreeSet<Found> {
    let mut expected = BTreeSet::new();
    let staff = Filer::new(sample::staff(), 3);
    for filer in [Filer::owner(), Filer::new(sample::other(), 2)] {
        let (review, _) = submitted(ports, &filer).await;
        let opened = done(ports, &staff.does(&review, Command::Open)).await;
        let id = &opened.outline.id;
        let lists = domain::listed_under(&opened, &sample::hash_key());
        assert!(lists.len() >= 3, "owner, account and address: {lists:?}");
        expected.extend(
            lists
                .into_iter()
                .map(|list| Found::Pointer(list, id.clone())),
        );
        expected.insert(Found::Review(id.clone()));
    }
    expected
}

/// Every review and every pointer is in exactly one of the parts, however many there are.
pub async fn every_review_and_pointer_is_in_one_part<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    assert_eq!(walked(&ports, Part::WHOLE).await, []);
    let expected = listed(&ports).await;
    for of in [1, 2, 28] {
        let mut found = Vec::new();
        for number in 0..of {
            found.extend(walked(&ports, Part { number, of }).await);
        }
        let each = found.iter().cloned().collect::<BTreeSet<_>>();
        assert_eq!(
            (found.len(), each),
            (expected.len(), expected.clone()),
            "of {of}"
        );
    }
}

async fn stands(ports: &impl Ports, review: &ReviewId, list: &ListKey) -> bool {
    let lists = std::slice::from_ref(list);
    let standing = ports.standing(review, lists).await.expect("an answer");
    assert!(standing.is_empty() || standing == lists);
    !standing.is_empty()
}

async fn mended(ports: &impl Ports, mend: &Mend) -> bool {
    ports.mend(mend).await.expect("an answer")
}

/// A pointer goes and comes while its review is as it was seen, there or not; it stays as it is once that was changed.
pub async fn a_pointer_is_mended_while_its_review_stands_still<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let owner = Filer::owner();
    let begun: Review = done(&ports, &owner.begins()).await;
    let id = begun.outline.id.clone();
    let list = owner.lists().remove(0);
    let mut mend = Mend {
        list: list.clone(),
        review: id.clone(),
        seen: Some(begun.outline.version),
        stands: false,
    };
    assert!(stands(&ports, &id, &list).await);
    for stand in [false, false, true, true] {
        mend.stands = stand;
        assert!(mended(&ports, &mend).await);
        assert_eq!(stands(&ports, &id, &list).await, stand);
    }
    let withdrawn = done(&ports, &owner.does(&begun, Command::Withdraw)).await;
    assert!(withdrawn.outline.version > begun.outline.version);
    for seen in [Some(begun.outline.version), None] {
        let late = Mend {
            seen,
            stands: false,
            ..mend.clone()
        };
        assert!(!mended(&ports, &late).await);
        assert!(stands(&ports, &id, &list).await);
    }
    // A list may name what is not there, until somebody who saw that takes it away.
    let gone = ReviewId::from_random(sample::year(), 99);
    let mut orphan = Mend {
        review: gone.clone(),
        seen: Some(1),
        ..mend
    };
    assert!(!mended(&ports, &orphan).await);
    orphan.seen = None;
    for stand in [true, false] {
        orphan.stands = stand;
        assert!(mended(&ports, &orphan).await);
        assert_eq!(stands(&ports, &gone, &list).await, stand);
    }
    assert!(stands(&ports, &id, &list).await, "another's pointer");
}

async fn unanswered(ports: &impl Ports) -> Vec<Overdue> {
    let mut found = Vec::new();
    for shard in 0..ports.shards() {
        let mut of_shard: Vec<Overdue> = Vec::new();
        loop {
            let page = ports.unanswered(shard, of_shard.last()).await;
            let page = page.expect("an answer");
            if page.is_empty() {
                break;
            }
            of_shard.extend(page);
            assert!(of_shard.len() < 100, "it does not end");
        }
        assert!(of_shard.is_sorted_by_key(|one| one.due_at));
        found.extend(of_shard);
    }
    found.sort_by_key(|one| (one.review.clone(), one.seq));
    found
}

/// What nobody has answered for is found whether its time has come or not, each once over all pages.
pub async fn what_nobody_answered_is_walked_whole<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    assert_eq!(unanswered(&ports).await, []);
    for seed in 1..=4 {
        submitted(&ports, &Filer::new(sample::owner(), seed)).await;
    }
    let found = unanswered(&ports).await;
    let places = found.iter().map(|one| (one.review.clone(), one.seq));
    assert_eq!(places.collect::<Vec<_>>(), probe.due_outbox().await);
    assert_eq!(found.len(), 8, "access and receipts of four");
    let later = sample::in_window() + OUTBOX_DUE + OUTBOX_DUE;
    assert!(ports.move_on(&found[0], later).await.expect("an answer"));
    let again = unanswered(&ports).await;
    assert_eq!(again.len(), 8);
    assert_eq!(again[0].due_at, later);
}

/// An entry that is not due any more can be made due once, at the instant that is given; one that is due stays as it is.
pub async fn an_entry_that_lapsed_is_made_due_once<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, probe } = make().await;
    let (_, entry) = submitted(&ports, &Filer::owner()).await;
    let at = sample::in_window();
    let due = async || {
        ports
            .is_due(&entry.review, entry.seq)
            .await
            .expect("an answer")
    };
    let made = async |seq| {
        ports
            .make_due(&entry.review, seq, at)
            .await
            .expect("an answer")
    };
    assert!(due().await);
    assert!(!made(entry.seq).await);
    probe.lapse(&entry.review, entry.seq).await;
    assert!(!due().await);
    assert!(made(entry.seq).await);
    assert!(due().await);
    assert!(!made(entry.seq).await);
    let found = unanswered(&ports).await;
    assert!(found.contains(&Overdue {
        review: entry.review.clone(),
        seq: entry.seq,
        due_at: at,
    }));
    let nowhere = entry.seq + 10;
    assert!(!made(nowhere).await);
    assert!(
        !ports
            .is_due(&entry.review, nowhere)
            .await
            .expect("an answer")
    );
}
