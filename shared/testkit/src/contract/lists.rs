//! The lists of people's reviews.

use domain::{AccessStep, Command, FormPatch, ListKey, ReviewId};
use serde_json::json;

use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// What `filer`'s lists hold, in order.
async fn ids(ports: &impl Ports, filer: &Filer) -> Vec<ReviewId> {
    listed(ports, &filer.lists()).await
}

async fn listed(ports: &impl Ports, lists: &[ListKey]) -> Vec<ReviewId> {
    let found = ports.listed(lists).await.expect("an answer");
    found.into_iter().map(|outline| outline.id).collect()
}

/// However many there are, a person's lists hold their own reviews, each once, in the order of their ids.
pub async fn a_person_lists_their_own_in_order_of_ids<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    /// More than the table gives in one batch.
    const MANY: usize = 105;

    let Subject { ports, .. } = make().await;
    let (owner, other) = (Filer::owner(), Filer::new(sample::other(), 2));
    let (mut own, mut others) = (Vec::new(), Vec::new());
    for _ in 0..MANY {
        own.push(done(&ports, &owner.begins()).await.outline.id);
    }
    for _ in 0..3 {
        others.push(done(&ports, &other.begins()).await.outline.id);
    }
    assert!(!own.is_sorted(), "the sample shows no order: {own:?}");
    own.sort();
    others.sort();
    assert_eq!(ids(&ports, &owner).await, own);
    assert_eq!(ids(&ports, &other).await, others);
    let stranger = Filer::new(sample::staff(), 3);
    assert_eq!(ids(&ports, &stranger).await, []);
    assert_eq!(listed(&ports, &[]).await, []);
    let both = [owner.lists(), other.lists(), owner.lists()].concat();
    let mut all = [own, others].concat();
    all.sort();
    assert_eq!(listed(&ports, &both).await, all);
}

/// Staff are listed by their address until they open the review, by their account from then on; who is
/// removed or has handed it over finds it no more. Each of these is in the same transaction as its change.
pub async fn a_review_enters_and_leaves_lists_with_its_commit<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let (owner, staff) = (Filer::owner(), Filer::new(sample::staff(), 2));
    let draft = done(&ports, &owner.begins()).await;
    let id = [draft.outline.id.clone()];
    let add = command::edit_people(&draft, sample::contact_and_staff());
    let added = done(&ports, &owner.does(&draft, add)).await;
    let [by_account, by_address] = [&staff.lists()[..1], &staff.lists()[1..]];
    assert_eq!(listed(&ports, by_address).await, id);
    assert_eq!(listed(&ports, by_account).await, []);

    let opened = done(&ports, &staff.does(&added, Command::Open)).await;
    assert_eq!(listed(&ports, by_address).await, []);
    assert_eq!(listed(&ports, by_account).await, id);

    let address = sample::staff().email.expect("staff have an address");
    let offer = Command::Access(AccessStep::Offer(address));
    let offered = done(&ports, &owner.does(&opened, offer)).await;
    let accept = Command::Access(AccessStep::Accept);
    let handed = done(&ports, &staff.does(&offered, accept)).await;
    assert_eq!(ids(&ports, &owner).await, []);
    assert_eq!(ids(&ports, &staff).await, id);

    let add = FormPatch(json!({"staff": ["owner@example.org"]}));
    let back = command::edit_people(&handed, add);
    let back = done(&ports, &staff.does(&handed, back)).await;
    assert_eq!(ids(&ports, &owner).await, id);
    let away = command::edit_people(&back, FormPatch(json!({"staff": []})));
    done(&ports, &staff.does(&back, away)).await;
    assert_eq!(ids(&ports, &owner).await, []);
}

/// What a list shows is what the review itself shows, after every commit.
pub async fn an_outline_is_as_present_as_its_review<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let mut review = done(&ports, &filer.begins()).await;
    let steps = [
        command::edit_form(&review, sample::every_answer()),
        Command::Withdraw,
    ];
    for step in steps {
        let found = ports.listed(&filer.lists()).await.expect("an answer");
        assert_eq!(found, [review.outline.clone()]);
        review = done(&ports, &filer.does(&review, step)).await;
    }
    let found = ports.listed(&filer.lists()).await.expect("an answer");
    assert_eq!(found, [review.outline]);
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
