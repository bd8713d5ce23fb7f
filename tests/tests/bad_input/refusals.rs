//! Sound requests at the wrong time, or from the wrong person.

use domain::ReviewId;
use scenarios::{Launch, Reply, forms};
use serde_json::json;

use crate::desk::{Desk, assert_problem};

#[test]
fn what_others_changed_meanwhile_is_shown_and_not_overwritten() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let before = desk.seen();

    let stale = desk
        .patch("form")
        .if_match(desk.revision - 1)
        .json(&json!({ "description": "x" }))
        .send();
    assert_problem("a stale form", &stale, 412, &[]);
    assert_eq!(
        stale.body["current"], before.0["form"],
        "the present form goes along"
    );
    assert_eq!(stale.header("etag"), format!("\"{}\"", desk.revision));

    let stale = desk
        .patch("people")
        .if_match(1)
        .json(&json!({ "staff": [] }))
        .send();
    assert_problem("a stale review", &stale, 412, &[]);
    assert_eq!(stale.body["current"], before.0["people"]);
    assert_eq!(stale.body["version"], before.0["review"]["version"]);

    let stale = desk
        .submit()
        .key("stale")
        .json(&forms::submission(desk.revision - 1))
        .send();
    assert_problem("a form certified that is no longer there", &stale, 412, &[]);
    assert_eq!(stale.body["current"], before.0["form"]);
    assert_eq!(desk.seen(), before);
}

#[test]
fn after_the_close_the_refusal_names_the_window_and_whom_to_call() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    stack.advance_clock("2025-11-15T01:00:00Z").expect(200);
    let desk = Desk {
        filer: stack.door("filer"),
        ..desk
    };
    let before = desk.seen();
    let refused = desk
        .submit()
        .key("late")
        .json(&forms::submission(desk.revision))
        .send();
    assert_problem("late", &refused, 409, &[]);
    assert!(
        refused
            .text_at("/detail")
            .contains("Friday, November 14, 2025, 8:00 pm ET"),
        "{}",
        refused.text
    );
    assert_eq!(refused.text_at("/window/closed/at"), "2025-11-15T01:00:00Z");
    assert_eq!(refused.text_at("/help/phone"), "1-866-288-8292");
    assert_problem(
        "late edit",
        &desk.form(&json!({ "description": "x" })),
        409,
        &[],
    );
    assert_eq!(desk.seen(), before);
}

#[test]
fn what_a_status_does_not_allow_is_refused_with_the_status_and_whom_to_call() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let submit = || {
        desk.submit()
            .new_key()
            .json(&forms::submission(desk.revision))
            .send()
    };
    let edit = || desk.form(&json!({ "description": "x" }));
    let withdraw = || {
        let path = format!("/v1/reviews/{}/withdraw", desk.id);
        desk.filer
            .ask("POST", path)
            .new_key()
            .json(&json!({}))
            .send()
    };
    let assert_refused = |what: &str, reply: &Reply, status: &str| {
        assert_problem(what, reply, 409, &[]);
        assert_eq!(
            reply.text_at("/type"),
            "urn:targeted-review:problem:wrong-status",
            "{what}"
        );
        assert_eq!(reply.text_at("/review_status"), status, "{what}");
        assert_eq!(reply.text_at("/help/phone"), "1-866-288-8292", "{what}");
    };

    submit().expect(200);
    let before = desk.seen();
    assert_refused("submitting twice", &submit(), "in_review");
    assert_refused("editing what was submitted", &edit(), "in_review");
    assert_eq!(desk.seen(), before);

    withdraw().expect(200);
    let before = desk.seen();
    assert_refused("withdrawing twice", &withdraw(), "withdrawn");
    assert_refused("submitting what was withdrawn", &submit(), "withdrawn");
    assert_refused("editing what was withdrawn", &edit(), "withdrawn");
    assert_refused(
        "new people for what was withdrawn",
        &desk.people(&json!({ "staff": [] })),
        "withdrawn",
    );
    assert_eq!(desk.seen(), before);
}

#[test]
fn another_s_review_is_as_unknown_as_none() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let before = desk.seen();
    let other = stack.door("other");
    other.accepts();
    let never = ReviewId::from_random("2024".parse().expect("a year"), 42);
    for part in [
        "",
        "/form",
        "/people",
        "/preflight",
        "/history",
        "/history/verification",
    ] {
        let theirs = other.get(format!("/v1/reviews/{}{part}", desk.id));
        assert_problem(part, &theirs, 404, &[]);
        let never = other.get(format!("/v1/reviews/{never}{part}"));
        assert_eq!(theirs.text, never.text);
    }
    let submit = other
        .ask("POST", format!("/v1/reviews/{}/submit", desk.id))
        .new_key();
    assert_problem(
        "submit",
        &submit.json(&forms::submission(desk.revision)).send(),
        404,
        &[],
    );
    let withdraw = other
        .ask("POST", format!("/v1/reviews/{}/withdraw", desk.id))
        .new_key();
    assert_problem("withdraw", &withdraw.json(&json!({})).send(), 404, &[]);
    let edit = other
        .ask("PATCH", format!("/v1/reviews/{}/form", desk.id))
        .if_match(desk.revision);
    assert_problem(
        "edit",
        &edit.json(&json!({ "description": "mine now" })).send(),
        404,
        &[],
    );
    for person in ["unverified", "staff", "registry"] {
        assert_problem(
            person,
            &stack.door(person).get(format!("/v1/reviews/{}", desk.id)),
            404,
            &[],
        );
    }
    assert_eq!(desk.seen(), before);
}

#[test]
fn who_has_not_accepted_the_statement_is_told_where_it_is() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    let refused = filer
        .ask("POST", "/v1/reviews")
        .new_key()
        .json(&json!({ "year": 2024 }))
        .send();
    assert_problem("no acceptance", &refused, 403, &[]);
    assert_eq!(refused.text_at("/text"), "statement-of-truth/1");
    assert!(refused.text_at("/detail").contains("statement-of-truth/1"));
    let text = filer.get(refused.text_at("/read_at")).expect(200);
    assert_eq!(text.text_at("/reference"), refused.text_at("/text"));
    let accept = filer.ask("POST", refused.text_at("/accept_at")).new_key();
    accept
        .json(&json!({ "text": refused.text_at("/text") }))
        .send()
        .expect(200);
    filer.begins("Now it goes");
}
