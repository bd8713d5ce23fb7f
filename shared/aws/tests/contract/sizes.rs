//! What a submission writes, and how large it is: an outline is read by every list, so it stays under
//! 1 KB, and a submission does not write the form again.

use serde_json::Value;
use testkit::{Story, Subject};

use crate::embedded;

/// The largest outline, in bytes of its DynamoDB JSON.
const OUTLINE: usize = 2 * 1024;

#[tokio::test]
async fn a_submitted_review_is_the_items_that_the_design_names() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    let (review, _) = story.submitted("sizes").await;
    let items = probe.scan(None);
    let partition = format!("REVIEW#{}", review.outline.id);
    let of_review = |item: &&Value| item["pk"]["S"] == partition.as_str();
    let mut names: Vec<_> = items
        .iter()
        .filter(of_review)
        .filter_map(|item| item["sk"]["S"].as_str())
        .collect();
    names.sort_unstable();
    let expected = [
        "FORM",
        "HISTORY#000000000001",
        "HISTORY#000000000002",
        "HISTORY#000000000003",
        "HISTORY#000000000004",
        "OUTBOX#000000000003",
        "OUTBOX#000000000004",
        "PEOPLE",
        "REVIEW",
    ];
    assert_eq!(names, expected);
    let outline = items
        .iter()
        .find(|item| item["sk"]["S"] == "REVIEW")
        .expect("an outline")
        .to_string();
    assert!(
        outline.len() < OUTLINE,
        "{} bytes: {outline}",
        outline.len()
    );
}
