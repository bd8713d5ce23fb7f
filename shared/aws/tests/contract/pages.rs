//! A reply of the table ends at 1 MB, wherever that is.

use serde_json::json;
use testkit::{Story, Subject};
use workflow::ports::EveryReview as _;

use crate::embedded;

/// Of these, three fill a reply.
const LARGE: usize = 390 * 1024;

#[tokio::test]
async fn replies_that_hold_no_review_hide_none_behind_them() {
    let Subject { ports, probe } = embedded::table().await;
    let story = Story::accepted(ports).await;
    for number in 0..8 {
        story.draft(&format!("draft-{number}")).await;
        // Partitions before, between and behind those of reviews.
        for letter in ["A", "REVIEW#2", "Z"] {
            let pk = format!("{letter}{number}");
            let body = "x".repeat(LARGE);
            probe.put(json!({"pk": {"S": pk}, "sk": {"S": "LARGE"}, "body": {"S": body}}));
        }
    }
    let (mut found, mut cursor) = (0, None);
    loop {
        let page = story.ports.ids(cursor.as_ref(), 100).await;
        let page = page.expect("an answer");
        found += page.ids.len();
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, 8);
}
