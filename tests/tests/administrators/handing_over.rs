//! An owner has left, and an administrator hands the request over (domain.md #34).

use scenarios::{Launch, Stack};
use serde_json::{Value, json};

use crate::{awaits_letter, lists, submits};

const STAFF: &str = "staff@example.org";
const OTHER: &str = "other@example.org";
const LEFT: &str = "because its owner had left";

fn given_to(address: &str) -> Value {
    json!({ "to": address, "why": "The owner has left the practice." })
}

fn gives(stack: &Stack, id: &str, to: &str) {
    let given = stack.door("admin").team_does(id, "/owner", &given_to(to));
    given.expect(200);
}

fn assert_holds(stack: &Stack) {
    let ran = stack.verify_history(&["--all"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.ends_with(": it holds\n"), "{}", ran.out);
}

#[test]
fn staff_who_opened_it_own_it_at_once_and_the_former_owner_is_out() {
    let stack = Launch::default().start();
    let (filer, staff) = (stack.door("filer"), stack.door("staff"));
    let id = submits(&filer, "filer@example.org", &[(STAFF, &staff)]);
    assert!(lists(&filer, &id) && lists(&staff, &id));
    let path = format!("/v1/reviews/{id}");
    let withdrawal = format!("{path}/withdraw");
    let withdraws = staff.ask("POST", &withdrawal).new_key().json(&json!({}));
    assert_ne!(withdraws.send().status, 200, "the owner alone may");

    gives(&stack, &id, STAFF);
    filer.get(&path).expect(404);
    filer.get(format!("{path}/history")).expect(404);
    assert!(!lists(&filer, &id) && lists(&staff, &id));
    awaits_letter(&stack, STAFF, &id, "You own this request from now on");
    awaits_letter(&stack, "filer@example.org", &id, "access");
    // The contact was the former owner: letters go to the next one, and once.
    let people = staff.get(format!("{path}/people")).expect(200);
    assert_eq!(people.text_at("/contact/email"), STAFF, "{}", people.text);
    assert_eq!(people.body["staff"], Value::Null, "{}", people.text);
    let history = staff.get(format!("{path}/history")).expect(200);
    assert!(history.text.contains(LEFT), "{}", history.text);
    assert!(!history.text.contains("The owner has left the practice"));
    let notes = stack.door("reviewer").team_sees(&id, "/notes").expect(200);
    assert!(notes.text.contains("The owner has left the practice."));
    assert_eq!(staff.verifies(&id)["verified"], json!(true));
    assert_holds(&stack);
    // It has an owner already; the next one does what owners do.
    let again = stack
        .door("admin")
        .team_does(&id, "/owner", &given_to(STAFF));
    again.expect(409);
    staff.withdraws(&id);
    let ended = stack
        .door("admin")
        .team_does(&id, "/owner", &given_to(OTHER));
    ended.expect(409);
}

#[test]
fn a_new_address_owns_it_by_opening_it() {
    let stack = Launch::default().start();
    let (filer, other) = (stack.door("filer"), stack.door("other"));
    let id = submits(&filer, "front.desk@example.org", &[]);
    let path = format!("/v1/reviews/{id}");
    other.get(&path).expect(404);

    gives(&stack, &id, "nobody.there@example.org");
    filer.get(&path).expect(404);
    other.get(&path).expect(404);
    awaits_letter(
        &stack,
        "nobody.there@example.org",
        &id,
        "you own it from that moment on",
    );
    // The address was mistyped: the right one takes its place.
    gives(&stack, &id, OTHER);
    awaits_letter(&stack, OTHER, &id, "you own it from that moment on");
    assert!(lists(&other, &id) && !lists(&filer, &id));
    other.accepts();
    let opened = other.get(&path).expect(200);
    assert!(!opened.text.contains("nobody.there"), "{}", opened.text);
    let people = other.get(format!("{path}/people")).expect(200);
    assert_eq!(people.body["staff"], Value::Null, "{}", people.text);
    assert_eq!(people.text_at("/contact/email"), "front.desk@example.org");
    assert_eq!(other.verifies(&id)["verified"], json!(true));
    assert_holds(&stack);
    other.withdraws(&id);
    filer.get(&path).expect(404);
}
