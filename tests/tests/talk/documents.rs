//! A request for documents is answered by files, by "that is all", or by asking for more time.

use scenarios::{Door, Grant, until};
use serde_json::json;
use testkit::files::LETTER_PDF;

use crate::Cast;

/// With a request for two documents.
fn asked() -> Cast {
    let cast = Cast::submitted();
    cast.stack.needs_the_set_clock();
    let items = json!({ "items": [{ "what": "The EHR extract" }, { "what": "The contract" }] });
    cast.reviewer
        .team_does(&cast.id, "/documents", &items)
        .expect(200);
    cast
}

/// Sends a file for an item, and waits for its verdict.
fn sends(cast: &Cast, item: u16) -> String {
    let mut announcement = Door::announcement("letter.pdf", LETTER_PDF);
    announcement["place"] = json!({ "with": "request", "item": item });
    let grant = Grant::of(&cast.filer.announces(&cast.id, &announcement).expect(201));
    grant.put(LETTER_PDF).expect(200);
    cast.filer
        .sees_file(&cast.stack, &cast.id, &grant.file, "clean");
    grant.file
}

fn status(cast: &Cast) -> String {
    let review = cast
        .filer
        .get(format!("/v1/reviews/{}", cast.id))
        .expect(200);
    review.text_at("/status").to_owned()
}

#[test]
fn the_review_goes_on_by_itself_once_every_item_is_answered() {
    let cast = asked();
    let seen = cast.documents();
    assert_eq!(seen.body["open"], json!(true));
    assert_eq!(seen.body["owed"], json!([1, 2]));
    // Fifteen days from October 20, in New York.
    let by = "2 documents are owed, by Tuesday, November 4, 2025, 11:59 pm ET.";
    assert_eq!(seen.text_at("/sentence"), by);
    assert_eq!(seen.text_at("/request/due/at"), "2025-11-05T05:00:00Z");
    let first = sends(&cast, 1);
    let seen = cast.documents();
    assert_eq!(seen.body["owed"], json!([2]));
    assert_eq!(seen.body["files"][0]["id"], json!(first));
    assert_eq!(seen.body["files"][0]["item"], json!(1));
    assert_eq!(status(&cast), "awaiting_documents");
    sends(&cast, 2);
    assert_eq!(status(&cast), "in_review");
    let seen = cast.documents();
    assert_eq!(seen.body["open"], json!(false));
    assert_eq!(seen.text_at("/request/ended/cause"), "all_answered");
    cast.answers("/that-is-all", &json!({})).expect(409);
    until(|| {
        let letters = cast.stack.all_letters();
        let told = letters
            .iter()
            .any(|one| one.text.contains("Everything that was asked for has come"));
        told.then_some(()).ok_or_else(|| cast.stack.complaints())
    });
}

#[test]
fn that_is_all_is_said_and_more_time_is_asked_for() {
    let cast = asked();
    let reason = json!({ "reason": "The vendor needs a week." });
    cast.answers("/more-time", &json!({})).expect(422);
    let asked = cast.answers("/more-time", &reason).expect(200);
    assert_eq!(asked.text_at("/status"), "awaiting_documents");
    let seen = cast.documents();
    assert_eq!(seen.text_at("/request/more_time"), "asked");
    assert_eq!(
        seen.text_at("/request/more_time_reason"),
        "The vendor needs a week."
    );
    cast.answers("/more-time", &reason).expect(409);
    cast.reviewer
        .team_does(
            &cast.id,
            "/documents/more-time/grant",
            &json!({ "last_day": "2025-12-01" }),
        )
        .expect(200);
    let by = "2 documents are owed, by Monday, December 1, 2025, 11:59 pm ET.";
    assert_eq!(cast.documents().text_at("/sentence"), by);
    // What a reviewer marks is owed no more, however it came.
    cast.reviewer
        .team_does(&cast.id, "/documents/received", &json!({ "item": 2 }))
        .expect(200);
    assert_eq!(cast.documents().body["owed"], json!([1]));
    let done = cast.answers("/that-is-all", &json!({})).expect(200);
    assert_eq!(done.text_at("/status"), "in_review");
    let log = cast
        .filer
        .get(format!("/v1/reviews/{}/history", cast.id))
        .expect(200);
    assert!(
        log.text.contains("Said that everything had been sent"),
        "{}",
        log.text
    );
}
