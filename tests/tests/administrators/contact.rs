//! Mail to the contact comes back, and an administrator puts another address in its place (domain.md #54).

use scenarios::{Door, Launch, until};
use serde_json::{Value, json};

use crate::{awaits_letter, submits};

const DEAD: &str = "bounce.desk@example.org";
const NEW: &str = "new.desk@example.org";

fn put(address: &str) -> Value {
    json!({ "email": address, "why": "They gave it on the phone." })
}

/// Waits until that many letters about the review are known to have come back.
fn came_back(door: &Door, id: &str, count: usize) {
    until(|| {
        let notices = door.get(format!("/v1/reviews/{id}/notices")).expect(200);
        let events = notices.body["events"].as_array().expect("a list").iter();
        let letters = events.flat_map(|event| event["notices"].as_array().expect("a list"));
        let lost = letters.filter(|letter| {
            letter["bounced"].is_object() || letter["outcome"] == json!("suppressed")
        });
        let lost = lost.count();
        if lost >= count {
            Ok(())
        } else {
            Err(format!("{count} came back, not {lost}: {}", notices.text))
        }
    });
}

#[test]
fn the_request_for_documents_reaches_the_new_address() {
    let stack = Launch::default().start();
    stack.needs_reports_of_letters();
    let (filer, admin) = (stack.door("filer"), stack.door("admin"));
    let id = submits(&filer, DEAD, &[]);
    came_back(&filer, &id, 1);
    let reviewer = stack.door("reviewer");
    reviewer.team_does(&id, "/take", &json!({})).expect(200);
    let items = json!({ "items": [{ "what": "The contract" }] });
    reviewer.team_does(&id, "/documents", &items).expect(200);
    came_back(&filer, &id, 2);

    let same = admin.team_does(&id, "/contact", &put(DEAD)).expect(422);
    assert_eq!(same.text_at("/errors/0/pointer"), "/email", "{}", same.text);
    admin.team_does(&id, "/contact", &put(NEW)).expect(200);
    let people = filer.get(format!("/v1/reviews/{id}/people")).expect(200);
    assert_eq!(people.text_at("/contact/email"), NEW);
    awaits_letter(
        &stack,
        NEW,
        &id,
        "The contact of this request has a new address",
    );
    // Fifteen days from October 20, as it was written to the address before.
    awaits_letter(&stack, NEW, &id, "November 4, 2025");
    let told = |address: &str| {
        let letters = stack.all_letters().into_iter();
        letters.filter(|one| one.to == address).count()
    };
    awaits_letter(&stack, NEW, &id, "Received: targeted review request");
    until(|| match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait")),
    });
    assert_eq!(told(NEW), 3, "the receipt, the request, and why they come");
    assert_eq!(told(DEAD), 1);
    let review = filer.get(format!("/v1/reviews/{id}")).expect(200);
    assert!(!review.text.contains("bounced on"), "{}", review.text);
    assert_eq!(filer.verifies(&id)["verified"], json!(true));
    // Nothing came back from there.
    let refused = admin.team_does(&id, "/contact", &put("another@example.org"));
    let refused = refused.expect(409);
    let said = refused.text_at("/detail");
    assert!(
        said.starts_with("No mail to the contact's address has come back"),
        "{said}"
    );
}
