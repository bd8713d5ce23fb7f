//! Bad input fails loudly and kindly: the right status, a sentence that a person can act on, the place of each fault, and
//! nothing is changed by it.

use domain::ReviewId;
use scenarios::{Ask, Door, Launch, Reply, forms};
use serde_json::{Value, json};

/// What the service itself says no with.
fn assert_problem(what: &str, reply: &Reply, status: u16, pointers: &[&str]) {
    assert_eq!(reply.status, status, "{what}: {}", reply.text);
    assert_eq!(
        reply.header("content-type"),
        "application/problem+json",
        "{what}"
    );
    assert_eq!(reply.number_at("/status"), u64::from(status), "{what}");
    assert!(
        reply
            .text_at("/type")
            .starts_with("urn:targeted-review:problem:"),
        "{what}: {}",
        reply.text
    );
    let detail = reply.text_at("/detail");
    assert!(
        detail.contains(' ') && detail.ends_with('.'),
        "{what}: \"{detail}\" is no sentence"
    );
    assert_eq!(reply.fault_pointers(), pointers, "{what}: {}", reply.text);
    for error in reply.body["errors"].as_array().into_iter().flatten() {
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(' '), "{what}: \"{message}\" says nothing");
    }
}

struct Desk {
    filer: Door,
    id: String,
    revision: u64,
}

impl Desk {
    fn new(filer: Door) -> Self {
        filer.accepts();
        let (id, revision) = filer.completes(
            &forms::individual(),
            &forms::people("filer@example.org", &[]),
        );
        Self {
            filer,
            id,
            revision,
        }
    }

    fn patch(&self, part: &str) -> Ask<'_> {
        self.filer
            .ask("PATCH", format!("/v1/reviews/{}/{part}", self.id))
    }

    fn form(&self, patch: &Value) -> Reply {
        self.patch("form")
            .if_match(self.revision)
            .json(patch)
            .send()
    }

    fn people(&self, patch: &Value) -> Reply {
        let version = self
            .filer
            .get(format!("/v1/reviews/{}", self.id))
            .expect(200)
            .number_at("/version");
        self.patch("people").if_match(version).json(patch).send()
    }

    fn submit(&self) -> Ask<'_> {
        self.filer
            .ask("POST", format!("/v1/reviews/{}/submit", self.id))
    }

    /// All that can be seen of it and of the list.
    fn seen(&self) -> (Value, Value) {
        (
            self.filer.sees(&self.id),
            self.filer.get("/v1/reviews").expect(200).body,
        )
    }
}

#[test]
fn what_is_wrong_in_a_form_is_named_by_its_place_and_nothing_is_changed() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let before = desk.seen();
    let long = |length: usize| "x".repeat(length);
    let cases: [(&str, Value, &[&str]); 17] = [
        ("a list", json!([1]), &[""]),
        (
            "a number for a text",
            json!({ "description": 7 }),
            &["/description"],
        ),
        (
            "a text for an object",
            json!({ "application": "group" }),
            &["/application"],
        ),
        (
            "a text for a list",
            json!({ "issues": "submission" }),
            &["/issues"],
        ),
        (
            "an unknown field",
            json!({ "descripton": "x" }),
            &["/descripton"],
        ),
        (
            "an unknown field inside",
            json!({ "application": { "fax": "1" } }),
            &["/application/fax"],
        ),
        (
            "an unknown code",
            json!({ "categories": ["quality", "speed"] }),
            &["/categories/1"],
        ),
        (
            "one code twice",
            json!({ "issues": ["general", "general"] }),
            &["/issues"],
        ),
        (
            "a text that is too long",
            json!({ "description": long(10_001) }),
            &["/description"],
        ),
        (
            "a name that is too long",
            json!({ "party_name": long(201) }),
            &["/party_name"],
        ),
        (
            "an empty description",
            json!({ "description": "  " }),
            &["/description"],
        ),
        (
            "two identifiers",
            json!({ "application": { "type": "individual", "npi": "1234567893", "tin": "000045100" } }),
            &["/application/tin"],
        ),
        (
            "a TIN with letters",
            json!({ "practice": { "tin": "00004510x" } }),
            &["/practice/tin"],
        ),
        (
            "an NPI that is too short",
            json!({ "application": { "npi": "123456789" } }),
            &["/application/npi"],
        ),
        (
            "too many tickets",
            json!({ "tickets": vec!["CS0606124"; 11] }),
            &["/tickets"],
        ),
        (
            "an MVP without a name",
            json!({ "reporting": { "option": "mvp", "name": null } }),
            &["/reporting/name"],
        ),
        (
            "several at once",
            json!({ "description": 7, "speed": 1, "issues": ["x"] }),
            &["/issues/0", "/description", "/speed"],
        ),
    ];
    for (what, patch, pointers) in cases {
        assert_problem(what, &desk.form(&patch), 422, pointers);
    }
    let cases: [(&str, Value, &[&str]); 5] = [
        (
            "an area code that is none",
            json!({ "contact": { "phone": "911-288-8292" } }),
            &["/contact/phone"],
        ),
        (
            "a phone with letters",
            json!({ "contact": { "phone": "866-CALL-NOW" } }),
            &["/contact/phone"],
        ),
        (
            "an address that is none",
            json!({ "contact": { "email": "filer" } }),
            &["/contact/email"],
        ),
        (
            "one wrong address of several",
            json!({ "staff": ["a@example.org", "b"] }),
            &["/staff/1"],
        ),
        (
            "too many staff",
            json!({ "staff": vec!["a@example.org"; 21] }),
            &["/staff"],
        ),
    ];
    for (what, patch, pointers) in cases {
        assert_problem(what, &desk.people(&patch), 422, pointers);
    }
    assert_eq!(desk.seen(), before);
}

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
fn a_submission_that_lacks_something_names_all_of_it() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("Bare");
    let before = filer.sees(&id);
    let revision = filer
        .get(format!("/v1/reviews/{id}"))
        .number_at("/form_revision");
    let submit = |body: &Value| {
        filer
            .ask("POST", format!("/v1/reviews/{id}/submit"))
            .key("bare")
            .json(body)
            .send()
    };
    let expected = [
        "/form/reasons_acknowledged",
        "/form/application",
        "/form/reporting",
        "/form/relationship",
        "/form/categories",
        "/form/issues",
        "/form/description",
        "/people/contact/phone",
    ];
    assert_problem(
        "nothing in it",
        &submit(&forms::submission(revision)),
        422,
        &expected,
    );
    let preflight = filer.get(format!("/v1/reviews/{id}/preflight")).expect(200);
    assert_eq!(preflight.body["ready"], false);
    let faults = preflight.body["faults"].as_array().expect("a list");
    assert_eq!(
        faults
            .iter()
            .filter_map(|fault| fault["pointer"].as_str())
            .collect::<Vec<_>>(),
        expected
    );

    assert_problem(
        "unsigned",
        &submit(&json!({ "form_revision": revision })),
        422,
        &["/certification"],
    );
    assert_problem(
        "nothing at all",
        &submit(&json!({})),
        422,
        &["/form_revision", "/certification"],
    );
    assert_eq!(filer.sees(&id), before);

    let (id, revision) = filer.completes(
        &forms::individual(),
        &forms::people("filer@example.org", &[]),
    );
    let mut old = forms::submission(revision);
    old["certification"]["text"] = json!("certification-clinician/2024.1");
    let signed = filer
        .ask("POST", format!("/v1/reviews/{id}/submit"))
        .new_key()
        .json(&old)
        .send();
    assert_problem(
        "a certification for another relationship",
        &signed,
        422,
        &["/certification/text"],
    );
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
fn another_s_review_is_as_unknown_as_none() {
    let stack = Launch::default().start();
    let desk = Desk::new(stack.door("filer"));
    let before = desk.seen();
    let other = stack.door("other");
    other.accepts();
    let never = ReviewId::from_random("2024".parse().expect("a year"), 42);
    for part in ["", "/form", "/people", "/preflight", "/history"] {
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
