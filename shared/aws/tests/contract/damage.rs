//! What somebody damaged in the table itself is told by its place, and found by who looks at everything.

use domain::ReviewId;
use serde_json::{Value, json};
use testkit::{Story, Subject};
use workflow::ports::{EveryReview as _, Part, Pointers as _};
use workflow::{Unsound, verify_history};

use crate::embedded;

fn key(id: &ReviewId, sk: &str) -> Value {
    json!({"pk": {"S": format!("REVIEW#{id}")}, "sk": {"S": sk}})
}

#[tokio::test]
async fn an_entry_without_its_attributes_is_told_by_its_key() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    let id = story.draft("one").await.outline.id;
    probe.put(key(&id, "HISTORY#000000000001"));
    let verification = verify_history(&story.ports, &id).await.expect("an answer");
    let Err(Unsound::Unreadable(unreadable)) = verification.verdict else {
        panic!("{:?}", verification.verdict);
    };
    let told = unreadable.to_string();
    assert!(told.contains("HISTORY#000000000001"), "{told}");
}

#[tokio::test]
async fn a_history_whose_review_is_gone_is_still_found() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    let id = story.complete("one").await.outline.id;
    story.draft("two").await;
    for gone in ["REVIEW", "HISTORY#000000000001"] {
        probe.delete(key(&id, gone));
    }
    let found = story.ports.ids(None, 10).await.expect("an answer");
    assert_eq!(found.ids.len(), 2);
    let verification = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(matches!(verification.verdict, Err(Unsound::Headless(2))));
}

#[tokio::test]
async fn a_pointer_that_names_nothing_is_counted_and_hides_no_other() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    story.draft("one").await;
    for (pk, sk) in [
        ("PERSON#nobody", "REVIEW#2024-2222-2223"),
        ("MAIL#x", "REVIEW#x"),
    ] {
        probe.put(json!({"pk": {"S": pk}, "sk": {"S": sk}}));
    }
    let page = story
        .ports
        .page(Part::WHOLE, None)
        .await
        .expect("an answer");
    assert_eq!((page.found.len(), page.unreadable, page.next), (2, 2, None));
}
