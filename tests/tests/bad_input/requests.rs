//! What is no request that this service takes.

use scenarios::{Door, Launch, Reply};
use serde_json::{Value, json};

use crate::desk::{Desk, assert_problem};

#[test]
fn what_is_no_request_is_refused_at_the_door() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let before = desk.seen();
    let form = || desk.patch("form").if_match(desk.revision);
    let begin = || desk.filer.ask("POST", "/v1/reviews");

    assert_problem(
        "half a document",
        &form().text(r#"{"description": "x""#).send(),
        400,
        &[],
    );
    assert_problem("no document", &form().text("").send(), 400, &[]);
    assert_problem("two documents", &form().text("{} {}").send(), 400, &[]);
    assert_problem(
        "a key twice",
        &form()
            .text(r#"{"description": "a", "description": "b"}"#)
            .send(),
        422,
        &[""],
    );
    assert_problem(
        "a key twice inside",
        &form()
            .text(r#"{"application": {"npi": "1", "npi": "2"}}"#)
            .send(),
        422,
        &[""],
    );
    let large = json!({ "description": "x".repeat(256 * 1024) }).to_string();
    assert_problem("over 256 KB", &form().text(large.clone()).send(), 413, &[]);
    assert_problem(
        "over 256 KB in a POST",
        &desk.submit().key("large").text(large).send(),
        413,
        &[],
    );

    assert_problem(
        "no If-Match",
        &desk.patch("form").json(&json!({})).send(),
        428,
        &[],
    );
    assert_problem(
        "no key",
        &begin().json(&json!({ "year": 2024 })).send(),
        400,
        &[],
    );
    assert_problem(
        "a key with a space",
        &begin().key("a b").json(&json!({ "year": 2024 })).send(),
        400,
        &[],
    );
    assert_problem(
        "a key that is too long",
        &begin()
            .key("k".repeat(256))
            .json(&json!({ "year": 2024 }))
            .send(),
        400,
        &[],
    );
    assert_problem(
        "an unknown year",
        &begin().new_key().json(&json!({ "year": 2016 })).send(),
        422,
        &["/year"],
    );
    assert_problem(
        "no year",
        &begin().new_key().json(&json!({})).send(),
        422,
        &["/year"],
    );
    assert_problem(
        "a year in words",
        &begin().new_key().json(&json!({ "year": "2024" })).send(),
        422,
        &["/year"],
    );
    assert_problem(
        "an actor in the body",
        &begin()
            .new_key()
            .json(&json!({ "year": 2024, "owner": "other" }))
            .send(),
        422,
        &["/owner"],
    );
    assert_problem(
        "a strange parameter",
        &desk.filer.get("/v1/reviews?page=2"),
        400,
        &[],
    );
    assert_problem(
        "a strange cursor",
        &desk.filer.get("/v1/reviews?cursor=x"),
        400,
        &[],
    );
    assert_problem(
        "a text that is not there",
        &desk.filer.get("/v1/texts/nothing"),
        404,
        &[],
    );
    assert_problem(
        "texts of an unknown year",
        &desk.filer.get("/v1/texts?year=2016"),
        422,
        &["/year"],
    );
    assert_problem(
        "another statement",
        &accept(&desk.filer, "statement-of-truth/0"),
        422,
        &["/text"],
    );
    assert_eq!(desk.seen(), before);
}

fn accept(door: &Door, text: &str) -> Reply {
    door.ask("POST", "/v1/statement/acceptances")
        .new_key()
        .json(&json!({ "text": text }))
        .send()
}

#[test]
fn a_key_stands_for_one_request_and_its_answer() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    let begin = |door: &Door, year: Value| {
        door.ask("POST", "/v1/reviews")
            .key("the-key")
            .json(&json!({ "year": year }))
            .send()
    };
    filer.accepts();
    let first = begin(&filer, json!(2024)).expect(201);
    assert_eq!(begin(&filer, json!(2024)).expect(201).body, first.body);
    assert_problem(
        "the key for another body",
        &begin(&filer, json!(2023)),
        422,
        &[],
    );
    assert_eq!(
        filer.get("/v1/reviews").body["reviews"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );

    let other = stack.door("other");
    other.accepts();
    let theirs = begin(&other, json!(2024)).expect(201);
    assert_ne!(
        theirs.text_at("/id"),
        first.text_at("/id"),
        "a key never crosses people"
    );
}

#[test]
fn a_mistyped_id_is_told_as_one() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let (rest, last) = desk.id.split_at(desk.id.len() - 1);
    let mistyped = format!("{rest}{}", if last == "2" { "3" } else { "2" });
    let reply = desk.filer.get(format!("/v1/reviews/{mistyped}"));
    assert_problem("one wrong letter", &reply, 404, &[]);
    assert!(
        reply.text_at("/detail").contains("typing error"),
        "{}",
        reply.text
    );
    assert_problem("no id", &desk.filer.get("/v1/reviews/mine"), 404, &[]);
}
