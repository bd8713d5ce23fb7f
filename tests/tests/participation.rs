//! Looking up the clinician of a form: it fills in names, and whatever becomes of it, the filer goes on (domain.md #29).

use scenarios::{Directory, Door, Launch, Reply, forms};
use serde_json::{Value, json};

fn looks_up(filer: &Door, id: &str) -> Reply {
    filer
        .get(format!("/v1/reviews/{id}/participation"))
        .expect(200)
}

/// An answer of the public look-up about the clinician of [`forms::individual`].
fn listed() -> String {
    let practice = json!({ "TIN": "XXXXX5100", "prvdrOrgName": "Sample Family Practice" });
    let data = json!({ "npi": "1234567893", "lastName": "Sample", "organizations": [practice] });
    json!({ "data": data }).to_string()
}

fn begins_with(filer: &Door, application: &Value) -> String {
    let id = filer.begins("A look-up");
    filer.fills(&id, &json!({ "application": application }));
    id
}

#[test]
fn a_practice_is_chosen_from_the_samples_and_submitted() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, _) = filer.completes(&forms::individual(), &people);
    let found = looks_up(&filer, &id);
    assert_eq!(found.text_at("/outcome"), "found");
    assert_eq!(found.text_at("/clinician/npi"), "1234567893");
    assert_eq!(
        found.text_at("/clinician/practices/0/tin_masked"),
        "*****5100"
    );
    let name = found.text_at("/clinician/practices/0/name");
    let revision = filer.fills(
        &id,
        &json!({ "practice": { "choice": "listed", "name": name, "tin": null } }),
    );
    filer.submits(&id, revision, "submit").expect(200);
    // What was submitted can be looked up as well, and nothing but a review of one's own.
    assert_eq!(looks_up(&filer, &id).text_at("/outcome"), "found");
    let path = format!("/v1/reviews/{id}/participation");
    stack.door("other").get(&path).expect(404);
    stack.door_with(None).get(path).expect(401);
}

#[test]
fn a_miss_and_a_form_without_an_npi_are_answers() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let unknown = json!({ "type": "individual", "npi": "1112223334" });
    let group = json!({ "type": "group", "tin": "000045100" });
    for (application, outcome, words) in [
        (unknown, "not_found", "does not list this NPI"),
        (group, "not_applicable", "\"Group\""),
        (
            json!({ "type": "individual" }),
            "not_applicable",
            "Enter it",
        ),
        (json!(null), "not_applicable", "Choose it in the form"),
    ] {
        let reply = looks_up(&filer, &begins_with(&filer, &application));
        assert_eq!(reply.text_at("/outcome"), outcome, "{}", reply.text);
        assert!(reply.text_at("/message").contains(words), "{}", reply.text);
        assert_eq!(reply.body["clinician"], Value::Null);
    }
}

#[test]
fn where_nobody_answers_the_request_is_submitted_all_the_same() {
    let stack = Launch::default()
        .parameter(&format!("ParticipationUrl={}", Directory::closed()))
        .start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, revision) = filer.completes(&forms::individual(), &people);
    let reply = looks_up(&filer, &id);
    assert_eq!(reply.text_at("/outcome"), "unavailable");
    assert!(
        reply.text_at("/message").contains("go on"),
        "{}",
        reply.text
    );
    let check = filer.get(format!("/v1/reviews/{id}/preflight")).expect(200);
    assert_eq!(check.body["ready"], true);
    filer.submits(&id, revision, "submit").expect(200);
    assert_eq!(looks_up(&filer, &id).text_at("/outcome"), "unavailable");
}

#[test]
fn what_was_found_is_asked_for_once_a_day_whichever_process_asks() {
    let directory = Directory::answering([
        ("503 Service Unavailable", String::new()),
        ("200 OK", listed()),
    ]);
    let mut stack = Launch::default()
        .parameter(&format!("ParticipationUrl={}", directory.url()))
        .start();
    let filer = stack.door("filer");
    filer.accepts();
    let application = json!({ "type": "individual", "npi": "1234567893" });
    let id = begins_with(&filer, &application);
    assert_eq!(looks_up(&filer, &id).text_at("/outcome"), "unavailable");
    let first = looks_up(&filer, &id);
    assert_eq!(first.text_at("/outcome"), "found");
    assert_eq!(looks_up(&filer, &id).body, first.body);
    stack.kill();
    stack.start_again();
    let filer = stack.door("filer");
    assert_eq!(looks_up(&filer, &id).body, first.body);
    assert_eq!(directory.asked().len(), 2);
    stack.advance_clock("2025-10-22T14:00:00Z").expect(200);
    let later = looks_up(&stack.door("filer"), &id);
    assert_eq!(later.body["clinician"], first.body["clinician"]);
    assert_ne!(later.text_at("/as_of"), first.text_at("/as_of"));
    assert_eq!(
        directory.asked(),
        ["GET /api/eligibility/npi/1234567893?year=2024 HTTP/1.1"; 3]
    );
}
