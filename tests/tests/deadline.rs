//! The closing instant, to the millisecond: what counts is when the gateway received a request, never when it is handled
//! (domain.md #17). The events go to the real function through Lambda's Invoke API, so that their instant is the test's.

use scenarios::{Door, Launch, Reply, Stack, forms};
use serde_json::{Value, json};

/// 20:00 in New York on 2025-11-14 (domain.md #16).
const CLOSE: &str = "2025-11-15T01:00:00Z";
const LAST_INSTANT: &str = "2025-11-15T00:59:59.999Z";
const IN_WINDOW: &str = "2025-11-14T15:00:00Z";
/// The machine's set clock when all of this is handled.
const LATER: &str = "2025-11-15T03:00:00Z";

fn stack() -> Stack {
    Launch::default().clock(LATER).start()
}

fn at(stack: &Stack, instant: &str) -> Door {
    Door::invoke(stack.url(), "filer", instant)
}

/// A complete draft, made within the window; its id and its form's revision.
fn complete(stack: &Stack) -> (String, u64) {
    let filer = at(stack, IN_WINDOW);
    filer.accepts();
    filer.completes(
        &forms::individual(),
        &forms::people("filer@example.org", &[]),
    )
}

fn assert_outside(reply: &Reply) {
    assert_eq!(reply.status, 409, "{}", reply.text);
    assert_eq!(reply.header("content-type"), "application/problem+json");
    assert_eq!(
        reply.text_at("/type"),
        "urn:targeted-review:problem:outside-window"
    );
    assert_eq!(reply.body["window"]["state"], "closed");
    assert_eq!(reply.text_at("/window/closed/at"), CLOSE);
    let (said, told) = (
        reply.text_at("/detail"),
        reply.text_at("/window/closed/new_york"),
    );
    assert_eq!(told, "Friday, November 14, 2025, 8:00 pm ET");
    assert!(said.contains(told), "{said}");
    assert!(
        !reply.text.contains("EST") && !reply.text.contains("EDT"),
        "{}",
        reply.text
    );
}

#[test]
fn what_arrived_in_the_last_millisecond_is_in_and_its_answer_stays_the_same() {
    let stack = stack();
    let (id, revision) = complete(&stack);
    let answer = at(&stack, LAST_INSTANT)
        .submits(&id, revision, "last")
        .expect(200);
    assert_eq!(answer.text_at("/status"), "in_review");
    assert_eq!(answer.text_at("/received_at"), LAST_INSTANT);

    let again = at(&stack, CLOSE).submits(&id, revision, "last").expect(200);
    assert_eq!(
        again.body, answer.body,
        "a repeated key is answered from the record, before lateness is looked at"
    );
    // A draft that is begun so near to the close is told of it at once; the other letter is the receipt.
    let letters = stack.letters(2);
    let arrival = letters.iter().filter(|letter| letter.text.contains("7:59"));
    assert_eq!(
        arrival.count(),
        1,
        "the receipt names the arrival: {letters:?}"
    );
}

#[test]
fn what_arrived_at_the_closing_instant_is_out() {
    let stack = stack();
    let (id, revision) = complete(&stack);
    let before = at(&stack, IN_WINDOW).sees(&id);
    assert_outside(&at(&stack, CLOSE).submits(&id, revision, "late"));
    assert_eq!(at(&stack, IN_WINDOW).sees(&id), before);
    // Nothing was remembered either: the same key within the window is a new request.
    let answer = at(&stack, LAST_INSTANT)
        .submits(&id, revision, "late")
        .expect(200);
    assert_eq!(answer.text_at("/received_at"), LAST_INSTANT);
}

#[test]
fn outside_the_window_a_draft_is_neither_begun_nor_changed() {
    let stack = stack();
    let (id, revision) = complete(&stack);
    let before = at(&stack, IN_WINDOW).sees(&id);
    let late = at(&stack, CLOSE);
    assert_outside(
        &late
            .ask("POST", "/v1/reviews")
            .new_key()
            .json(&json!({ "year": 2024 }))
            .send(),
    );
    let patch = json!({ "description": "Too late." });
    assert_outside(
        &late
            .ask("PATCH", format!("/v1/reviews/{id}/form"))
            .if_match(revision)
            .json(&patch)
            .send(),
    );
    // But for whose turn it is, which the close has changed.
    let still = |mut seen: serde_json::Value| {
        seen["review"]
            .as_object_mut()
            .map(|review| review.remove("turn"));
        seen
    };
    assert_eq!(still(late.sees(&id)), still(before), "reading stays open");

    let early = at(&stack, "2025-09-09T03:59:59.999Z");
    let reply = early
        .ask("POST", "/v1/reviews")
        .new_key()
        .json(&json!({ "year": 2024 }))
        .send()
        .expect(409);
    assert_eq!(reply.body["window"]["state"], "unannounced");
    let first = at(&stack, "2025-09-09T04:00:00Z");
    first
        .ask("POST", "/v1/reviews")
        .new_key()
        .json(&json!({ "year": 2024 }))
        .send()
        .expect(201);
}

#[test]
fn withdrawing_stays_open_after_the_close_once_its_finality_is_acknowledged() {
    let stack = stack();
    let (id, revision) = complete(&stack);
    at(&stack, LAST_INSTANT)
        .submits(&id, revision, "in-time")
        .expect(200);
    let later = at(&stack, LATER);
    let withdraw = |body: &Value| {
        let ask = later.ask("POST", format!("/v1/reviews/{id}/withdraw"));
        ask.new_key().json(body).send()
    };
    let refused = withdraw(&json!({})).expect(409);
    assert_eq!(
        refused.text_at("/type"),
        "urn:targeted-review:problem:not-acknowledged"
    );
    assert!(refused.text_at("/detail").contains("acknowledge_final"));
    let withdrawn = withdraw(&json!({ "acknowledge_final": true })).expect(200);
    assert_eq!(withdrawn.text_at("/status"), "withdrawn");
    assert_eq!(
        at(&stack, LATER).sees(&id)["review"]["withdrawn_at"],
        Value::from(LATER)
    );
}
