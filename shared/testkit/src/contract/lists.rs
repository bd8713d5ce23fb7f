//! The list of an account's own reviews.

use domain::{Command, ReviewId};

use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// Walks all pages of `filer`'s list.
async fn walk(ports: &impl Ports, filer: &Filer, limit: u32) -> Vec<ReviewId> {
    let account = filer.actor.account.key();
    let (mut found, mut cursor) = (Vec::new(), None);
    for _ in 0..20 {
        let page = ports.owned_by(&account, cursor.as_ref(), limit).await;
        let page = page.expect("an answer");
        assert!(page.reviews.len() <= limit as usize);
        assert!(
            cursor.is_none() || !page.reviews.is_empty(),
            "a cursor led to an empty page"
        );
        found.extend(page.reviews.into_iter().map(|outline| outline.id));
        cursor = page.next;
        if cursor.is_none() {
            return found;
        }
    }
    panic!("the list does not end: {found:?}");
}

/// However long the pages, an account's list holds its own reviews, each once, in the order of their ids.
pub async fn an_account_lists_its_own_in_order_of_ids<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (owner, other) = (Filer::owner(), Filer::new(sample::other(), 2));
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for _ in 0..7 {
        own.push(done(&ports, &owner.begins()).await.outline.id);
        others.push(done(&ports, &other.begins()).await.outline.id);
    }
    assert!(!own.is_sorted(), "the sample shows no order: {own:?}");
    own.sort();
    others.sort();
    for limit in [1, 3, 7, 10] {
        assert_eq!(walk(&ports, &owner, limit).await, own, "limit {limit}");
    }
    assert_eq!(walk(&ports, &other, 3).await, others);
    let stranger = Filer::new(sample::staff(), 3);
    assert_eq!(walk(&ports, &stranger, 3).await, []);
}

/// What a list shows is what the review itself shows, after every commit.
pub async fn an_outline_is_as_present_as_its_review<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let account = filer.actor.account.key();
    let mut review = done(&ports, &filer.begins()).await;
    let steps = [
        command::edit_form(&review, sample::every_answer()),
        Command::Withdraw,
    ];
    for step in steps {
        let page = ports.owned_by(&account, None, 10).await.expect("an answer");
        assert_eq!(page.reviews, [review.outline.clone()]);
        review = done(&ports, &filer.does(&review, step)).await;
    }
    let page = ports.owned_by(&account, None, 10).await.expect("an answer");
    assert_eq!(page.reviews, [review.outline]);
}

/// Whoever owns them and however small the pages, every review is found, each once.
pub async fn every_review_is_found_once<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let nothing = ports.ids(None, 10).await.expect("an answer");
    assert_eq!((nothing.ids, nothing.next), (Vec::new(), None));
    let mut begun = Vec::new();
    for filer in [Filer::owner(), Filer::new(sample::other(), 2)] {
        for _ in 0..4 {
            let review = done(&ports, &filer.begins()).await;
            let edit = command::edit_people(&review, sample::contact_and_staff());
            done(&ports, &filer.does(&review, edit)).await;
            begun.push(review.outline.id);
        }
    }
    begun.sort();
    for limit in [1, 3, 8, 100] {
        let (mut found, mut cursor) = (Vec::new(), None);
        loop {
            let page = ports.ids(cursor.as_ref(), limit).await.expect("an answer");
            assert!(page.ids.len() <= limit as usize);
            found.extend(page.ids);
            assert!(found.len() <= begun.len(), "it does not end: {found:?}");
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        found.sort();
        assert_eq!(found, begun, "limit {limit}");
    }
}
