//! Files that tell of another patient: locked away by who finds it, decided by an administrator (domain.md #38).

use scenarios::{Door, Launch, Stack, fetch, until};
use serde_json::json;
use testkit::files::{LETTER_PDF, SCAN_PNG};

const WRONG: &str = "Jane Wrongpatient.png";

/// The keys of all objects, one for each version.
fn versions(stack: &Stack) -> String {
    stack.overview()["objects"].to_string()
}

fn decides(stack: &Stack, id: &str, file: &str, verb: &str) -> scenarios::Reply {
    let why = json!({ "why": "Looked at." });
    let admin = stack.door("admin");
    admin.team_does(id, &format!("/attachments/{file}/{verb}"), &why)
}

/// A submitted request with two files that were reported: another patient's, and one that was reported by mistake.
fn reported(stack: &Stack, filer: &Door) -> (String, String, String) {
    filer.accepts();
    let people = scenarios::forms::people("filer@example.org", &[]);
    let (id, revision) = filer.completes(&scenarios::forms::group(), &people);
    let wrong = filer.uploads(&id, WRONG, SCAN_PNG);
    let right = filer.uploads(&id, "letter.pdf", LETTER_PDF);
    for file in [&wrong, &right] {
        filer.sees_file(stack, &id, file, "clean");
    }
    filer.submits(&id, revision, "submit").expect(200);
    for file in [&wrong, &right] {
        filer.steps(&id, file, "wrong-patient").expect(200);
        filer.asks_for(&id, file).expect(409);
    }
    (id, wrong, right)
}

#[test]
fn one_is_erased_with_its_name_and_the_other_is_opened_again() {
    let stack = Launch::default().start();
    stack.needs_the_set_clock();
    let filer = stack.door("filer");
    let (id, wrong, right) = reported(&stack, &filer);
    let hash = Door::announcement(WRONG, SCAN_PNG)["sha256"].clone();
    let hash = hash.as_str().expect("a text");
    let admin = stack.door("admin");
    let hold = json!({ "why": "A court asked." });
    admin.team_does(&id, "/hold", &hold).expect(200);
    let refused = decides(&stack, &id, &wrong, "erase").expect(409);
    let said = refused.text_at("/detail");
    assert!(said.contains("legal hold"), "{said}");
    assert!(versions(&stack).contains(&wrong));
    admin.team_does(&id, "/hold/lift", &json!({})).expect(200);

    decides(&stack, &id, &wrong, "erase").expect(200);
    decides(&stack, &id, &wrong, "unlock").expect(409);
    decides(&stack, &id, &right, "unlock").expect(200);
    stack.advance_clock("2025-10-20T14:10:00Z").expect(200);
    until(|| {
        let there = versions(&stack);
        if there.contains(&wrong) {
            Err(format!(
                "no version of {wrong}: {there}\n{}",
                stack.complaints()
            ))
        } else {
            Ok(())
        }
    });
    assert!(versions(&stack).contains(&right));
    let filer = stack.door("filer");
    filer.asks_for(&id, &wrong).expect(409);
    let erased = filer.sees_file(&stack, &id, &wrong, "erased");
    assert_eq!(erased["name"], json!("erased.png"));
    let leads = filer.asks_for(&id, &right).expect(302);
    let fetched = fetch(leads.header("location")).expect(200);
    assert!(fetched.bytes == LETTER_PDF, "other bytes");

    // The name is nowhere any more; the hash stays on record.
    let kept = serde_json::Value::from(stack.items()).to_string();
    assert!(!kept.contains("Wrongpatient"), "a name is kept");
    let entries = stack.items().into_iter();
    let mut entries = entries.filter(|item| item["sk"].to_string().contains("HISTORY#"));
    assert!(entries.any(|entry| {
        let body = entry["body"].to_string();
        body.contains("WrongPatientErasedV1") && body.contains(hash)
    }));
    for path in ["", "/history", "/attachments"] {
        let seen = filer.get(format!("/v1/reviews/{id}{path}")).expect(200);
        assert!(!seen.text.contains("Wrongpatient"), "{path}: {}", seen.text);
    }
    assert_eq!(filer.verifies(&id)["verified"], json!(true));
}
