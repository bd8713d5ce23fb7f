//! The log of a review comes back whole, in order, byte for byte.

use domain::{FormPatch, verify};
use serde_json::json;

use super::{Ports, Probe, Subject, done};
use crate::filer::command;
use crate::{Filer, sample};

/// More commits than any page of a small reply holds, and more than one digit of places.
const LONG: u64 = 40;

/// Every entry of a long history is there, in order, and the chain ends where the review says.
pub async fn a_long_history_verifies<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let begun = filer.begins();
    let mut written = begun.change.entries.clone();
    let mut review = done(&ports, &begun).await;
    for round in 2..=LONG {
        let patch = FormPatch(json!({"description": format!("round {round}")}));
        let commit = filer.does(&review, command::edit_form(&review, patch));
        written.extend(commit.change.entries.clone());
        review = done(&ports, &commit).await;
    }
    let id = &review.outline.id;
    let entries = ports.entries(id).await.expect("an answer");
    assert_eq!(entries, written);
    assert_eq!(entries.len() as u64, LONG);
    assert_eq!(verify(id, &entries, review.outline.head), Ok(()));
}

/// The history of a review holds no entry of another.
pub async fn histories_are_kept_apart<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    for commit in [filer.begins(), filer.begins(), filer.begins()] {
        let review = done(&ports, &commit).await;
        let entries = ports.entries(&review.outline.id).await;
        assert_eq!(entries.expect("an answer"), commit.change.entries);
    }
}

/// The head that is read alone is that of the review, after every commit; without a review there is none.
pub async fn a_head_is_the_end_of_its_history<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let begun = filer.begins();
    let id = begun.change.review.outline.id.clone();
    assert_eq!(ports.head(&id).await.expect("an answer"), None);
    let mut review = done(&ports, &begun).await;
    for _ in 0..2 {
        let head = ports.head(&id).await.expect("an answer");
        assert_eq!(head, Some(review.outline.head));
        let edit = command::edit_form(&review, sample::individual());
        review = done(&ports, &filer.does(&review, edit)).await;
    }
}
