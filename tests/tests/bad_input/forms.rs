//! What is wrong in what was filled in, place by place.

use scenarios::{Launch, forms};
use serde_json::{Value, json};

use crate::desk::{Desk, assert_problem};

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
