//! The whole story, through the doors: from the statement of truth to the letters, with nothing in between but what is
//! deployed.

use std::collections::BTreeSet;

use scenarios::{Door, Launch, Mail, Stack, forms};
use serde_json::{Value, json};

const TIN: &str = "000045100";

/// A submitted review of the sample filer: the contact is the filer in other letters, and two of the staff.
fn submitted(filer: &Door) -> String {
    filer.accepts();
    let people = forms::people(
        "FILER@Example.org",
        &[
            "staff@example.org",
            "second@example.org",
            "Staff@EXAMPLE.org",
        ],
    );
    let (id, revision) = filer.completes(&forms::group(), &people);
    let answer = filer.submits(&id, revision, "submit-once").expect(200);
    assert_eq!(answer.text_at("/status"), "in_review");
    id
}

/// Whom the letters went to, whatever the letter case.
fn addressees(letters: &[Mail]) -> Vec<String> {
    let mut all: Vec<_> = letters
        .iter()
        .map(|letter| letter.to.to_lowercase())
        .collect();
    all.sort();
    all
}

/// The letters of one event.
fn told(letters: &[Mail], event: &str) -> Vec<Mail> {
    let of_event = letters
        .iter()
        .filter(|letter| letter.notice.starts_with(event));
    of_event.cloned().collect()
}

#[test]
fn a_request_ends_with_one_receipt_a_person_and_its_withdrawal_too() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    let id = submitted(&filer);

    // The two staff were told of their access before; the owner, spelled otherwise, is none of them.
    let receipts = told(&stack.letters(5), &format!("{id}-4-"));
    assert_eq!(
        addressees(&receipts),
        [
            "filer@example.org",
            "second@example.org",
            "staff@example.org"
        ]
    );
    for receipt in &receipts {
        assert!(receipt.subject.contains(&id), "{}", receipt.subject);
        assert!(
            !receipt.raw.contains(TIN) && !receipt.text.contains(TIN),
            "a whole TIN: {}",
            receipt.raw
        );
        assert!(receipt.notice.starts_with(&id), "{}", receipt.notice);
        let full = receipt.to.eq_ignore_ascii_case("filer@example.org");
        assert_eq!(receipt.text.contains("*****5100"), full, "{}", receipt.text);
        assert_eq!(receipt.html.contains("*****5100"), full, "{}", receipt.html);
    }

    let withdrawn = filer.withdraws(&id);
    assert_eq!(withdrawn.text_at("/status"), "withdrawn");
    let letters = stack.letters(8);
    let farewells = told(&letters, &format!("{id}-5-"));
    assert_eq!(addressees(&farewells), addressees(&receipts));
    let notices: BTreeSet<_> = letters.iter().map(|letter| &letter.notice).collect();
    assert_eq!(notices.len(), 8, "each notice is its own");
}

#[test]
fn what_is_shown_afterwards_is_what_was_done() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    let id = submitted(&filer);
    filer.withdraws(&id);
    let draft = filer.begins("Another");

    let list = filer.get("/v1/reviews").expect(200);
    let reviews = list.body["reviews"].as_array().expect("a list");
    let listed: BTreeSet<_> = reviews
        .iter()
        .map(|review| (review["id"].as_str(), review["status"].as_str()))
        .collect();
    assert_eq!(
        listed,
        BTreeSet::from([
            (Some(id.as_str()), Some("withdrawn")),
            (Some(draft.as_str()), Some("draft"))
        ])
    );

    let seen = filer.sees(&id);
    assert_eq!(seen["review"]["identifier"], "TIN *****5100");
    assert_eq!(
        seen["review"]["submission"]["received_at_new_york"]
            .as_str()
            .map(|text| text.ends_with(" ET")),
        Some(true)
    );
    assert_eq!(
        seen["form"]["application"]["tin"], TIN,
        "the filer sees their own form whole"
    );
    assert_eq!(filer.verifies(&id)["verified"], true);
    assert_eq!(seen["history"]["count"], 5);
    let entries = seen["history"]["entries"].as_array().expect("a list");
    assert_eq!(
        entries.len(),
        5,
        "begun, filled, people, submitted, withdrawn: {entries:#?}"
    );
    assert!(
        !seen["history"].to_string().contains(TIN),
        "a history holds no identifier"
    );
}

#[test]
fn a_page_of_the_list_leads_to_the_next() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let begun: BTreeSet<_> = (0..5)
        .map(|number| filer.begins(&format!("Number {number}")))
        .collect();
    let (mut seen, mut path) = (BTreeSet::new(), "/v1/reviews?limit=2".to_owned());
    loop {
        let page = filer.get(&path).expect(200);
        let reviews = page.body["reviews"].as_array().expect("a list");
        assert!(reviews.len() <= 2);
        let ids = reviews.iter().filter_map(|review| review["id"].as_str());
        assert!(
            ids.map(str::to_owned).all(|id| seen.insert(id)),
            "one review on two pages"
        );
        match page.body["next"].as_str() {
            Some(next) => path = format!("/v1/reviews?limit=2&cursor={next}"),
            None => break,
        }
    }
    assert_eq!(seen, begun);
}

#[test]
fn the_description_of_the_api_is_sound_and_names_the_routes_of_the_template_and_no_others() {
    let stack = Launch::default().start();
    let reply = stack.door_with(None).get("/v1/openapi.json").expect(200);
    let spec = oas3::from_json(&reply.text)
        .unwrap_or_else(|error| panic!("this is no OpenAPI 3.1: {error}"));
    spec.validate_version().expect("it is version 3.1");

    let described: BTreeSet<_> = spec
        .operations()
        .map(|(path, method, _)| (method.to_string(), path))
        .collect();
    assert_eq!(described, routes(&stack));
    assert_no_loose_ends(&reply.body, &reply.body);
    for (path, method, operation) in spec.operations() {
        assert!(
            operation.summary.is_some() || operation.description.is_some(),
            "{method} {path} says nothing"
        );
    }
}

/// Methods and paths, as the gateway has them from the template.
fn routes(stack: &Stack) -> BTreeSet<(String, String)> {
    let overview = stack.overview();
    let routes = overview["routes"].as_array().expect("a list");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    routes
        .iter()
        .map(|route| (text(&route["method"]), text(&route["path"])))
        .collect()
}

/// Every reference leads somewhere.
fn assert_no_loose_ends(document: &Value, part: &Value) {
    if let Some(reference) = part["$ref"].as_str() {
        let pointer = reference.strip_prefix('#').expect("references stay inside");
        assert!(
            document.pointer(pointer).is_some(),
            "{reference} leads nowhere"
        );
    }
    match part {
        Value::Array(items) => items
            .iter()
            .for_each(|item| assert_no_loose_ends(document, item)),
        Value::Object(fields) => fields
            .values()
            .for_each(|field| assert_no_loose_ends(document, field)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn a_submission_that_is_repeated_is_one_submission() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let (id, revision) = filer.completes(
        &forms::individual(),
        &forms::people("filer@example.org", &[]),
    );
    let first = filer.submits(&id, revision, "again").expect(200);
    let before = filer.sees(&id);
    let again = filer.submits(&id, revision, "again").expect(200);
    assert_eq!(again.body, first.body);
    assert_eq!(filer.sees(&id), before);
    // The letter for another event comes after those of the first, so the count is final when it is there.
    filer.withdraws(&id);
    let letters = stack.letters(2);
    assert_eq!(letters[0].to, "filer@example.org");
    assert_ne!(letters[0].notice, letters[1].notice);
    assert_eq!(
        json!(first.text_at("/form_sha256")),
        before["review"]["submission"]["form_sha256"]
    );
}

#[test]
fn one_request_sent_many_times_at_once_is_done_once_and_answered_alike() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let at_once = |method, path: String, body: Value, key: &'static str| -> BTreeSet<String> {
        let send = || {
            let ask = filer.ask(method, path.clone()).key(key).json(&body);
            let reply = ask.send();
            assert!(matches!(reply.status, 200 | 201), "{}", reply.text);
            reply.text
        };
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
            let replies = all.into_iter().map(|one| one.join().expect("it answers"));
            replies.collect()
        })
    };
    let begun = at_once(
        "POST",
        "/v1/reviews".to_owned(),
        json!({ "year": 2024 }),
        "begin",
    );
    assert_eq!(begun.len(), 1, "{begun:?}");
    let list = filer.get("/v1/reviews").expect(200);
    assert_eq!(list.number_at("/count"), 1);

    let id = list.text_at("/reviews/0/id").to_owned();
    let revision = filer.fills(&id, &forms::group());
    filer.names_people(&id, &forms::people("filer@example.org", &[]));
    let path = format!("/v1/reviews/{id}/submit");
    let submitted = at_once("POST", path, forms::submission(revision), "submit");
    assert_eq!(submitted.len(), 1, "{submitted:?}");
    assert_eq!(stack.letters(1).len(), 1);
}
