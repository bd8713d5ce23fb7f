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

/// The entries of a history as they are stored, the first first.
fn entries(items: Vec<Value>, id: &ReviewId) -> Vec<Value> {
    let mut entries: Vec<_> = items
        .into_iter()
        .filter(|item| item["pk"]["S"] == format!("REVIEW#{id}"))
        .filter(|item| {
            item["sk"]["S"]
                .as_str()
                .is_some_and(|sk| sk.starts_with("HISTORY#"))
        })
        .collect();
    entries.sort_by_key(|entry| entry["sk"]["S"].to_string());
    entries
}

/// Texts that one flipped bit of any byte makes of `text` and that a table can hold: the lowest, and the one by which small
/// letters become large.
fn flipped(text: &str, is_number: bool) -> impl Iterator<Item = String> {
    let bits = (0..text.len()).flat_map(|byte| [1u8, 32].map(move |mask| (byte, mask)));
    let flip = move |(byte, mask): (usize, u8)| {
        let mut bytes = text.as_bytes().to_vec();
        bytes[byte] ^= mask;
        String::from_utf8(bytes).ok()
    };
    bits.filter_map(flip)
        .filter(move |text| !is_number || text.bytes().all(|digit| digit.is_ascii_digit()))
}

#[tokio::test]
async fn any_flipped_bit_of_any_attribute_of_an_entry_is_found_and_named() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    let id = story.submitted("one").await.0.outline.id;
    let stored = entries(probe.scan(None), &id);
    assert_eq!(stored.len(), 4);
    let mut flips = 0;
    for (place, entry) in stored.iter().enumerate() {
        let attributes = entry.as_object().expect("an item");
        for (name, value) in attributes
            .iter()
            .filter(|(name, _)| *name != "pk" && *name != "sk")
        {
            let (kind, text) = value
                .as_object()
                .and_then(|value| value.iter().next())
                .expect("a value");
            let changed = flipped(text.as_str().expect("texts and numbers"), kind == "N");
            // Of a body only some: that any of its bytes is found is a property of the domain's.
            let step = if name == "body" { 11 } else { 1 };
            for text in changed.step_by(step) {
                let mut forged = entry.clone();
                forged[name][kind] = json!(text);
                probe.put(forged);
                let verification = verify_history(&story.ports, &id).await.expect("an answer");
                let told = verification
                    .verdict
                    .expect_err(&format!("{name} is {text}"));
                let (told, seq) = (told.to_string(), place + 1);
                let named = told.contains(&format!("entry {seq} "))
                    || told.contains(&format!("HISTORY#{seq:012}"));
                assert!(named, "entry {seq}: {name} is {text}: {told}");
                flips += 1;
            }
        }
        probe.put(entry.clone());
    }
    assert!(flips > 700, "only {flips} were tried");
    let verification = verify_history(&story.ports, &id).await.expect("an answer");
    assert!(verification.verdict.is_ok(), "all is as it was");
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
