//! The activity log as people read it, and what finds out that somebody changed it: the door, and the operators' command
//! (promise P7).

use scenarios::{Launch, Stack, forms};
use serde_json::{Value, json};

/// Begun, filled, people, submitted.
const ENTRIES: usize = 4;

/// A submitted review of the sample filer.
fn submitted(stack: &Stack) -> String {
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &["staff@example.org"]);
    let (id, revision) = filer.completes(&forms::group(), &people);
    filer.submits(&id, revision, "submit").expect(200);
    id
}

fn entry(seq: usize) -> String {
    format!("HISTORY#{seq:012}")
}

/// Changes one word of an entry where it is stored, and returns the entry as it was.
fn tamper(stack: &Stack, id: &str, seq: usize) -> Value {
    let kept = stack.item(id, &entry(seq));
    let body = kept["body"]["S"].as_str().expect("its text");
    let mut changed = kept.clone();
    changed["body"]["S"] = json!(body.replace("\"owner\"", "\"staff\""));
    assert_ne!(changed, kept);
    stack.put_item(&changed);
    kept
}

/// Door and commands say that this is broken, and where.
fn assert_broken(stack: &Stack, id: &str, place: &str) {
    let verification = stack.door("filer").verifies(id);
    assert_eq!(verification["verified"], false, "{verification}");
    let told = verification["broken"].as_str().expect("a sentence");
    assert!(told.contains(place), "{told}");
    for arguments in [&["--all"][..], &[id]] {
        let ran = stack.operate(&[&["verify-history"], arguments].concat());
        assert_eq!(ran.code, 1, "{ran:?}");
        assert_eq!(ran.out.lines().next(), Some(&*format!("{id}: {place}")));
        let through_the_stack = stack.verify_history(arguments);
        assert_eq!(through_the_stack.code, 1, "{through_the_stack:?}");
        assert_eq!(through_the_stack.out, ran.out);
    }
}

fn assert_all_hold(stack: &Stack, told: &str) {
    let ran = stack.operate(&["verify-history", "--all"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!((ran.out.trim_end(), ran.err.as_str()), (told, ""));
    let ran = stack.verify_history(&["--all"]);
    assert_eq!((ran.code, ran.out.trim_end()), (0, told), "{ran:?}");
}

#[test]
fn the_log_says_in_sentences_who_did_what_and_when() {
    let stack = Launch::default().start();
    let id = submitted(&stack);
    let filer = stack.door("filer");
    let history = filer.get(format!("/v1/reviews/{id}/history")).expect(200);
    assert_eq!(history.number_at("/count"), ENTRIES as u64);
    let entries = history.body["entries"].as_array().expect("a list");
    let told: Vec<_> = entries
        .iter()
        .map(|entry| entry["what"].as_str().expect("a sentence"))
        .collect();
    assert_eq!(told[0], "Began the draft for performance year 2024.");
    assert!(told[1].starts_with("Changed ") && told[1].contains("the description"));
    assert_eq!(told[2], "Changed the contact and the additional staff.");
    assert_eq!(
        told[3],
        "Certified and submitted the request (certification-on-behalf/2024.1)."
    );
    for entry in entries {
        let you = json!({ "as": "owner", "you": true, "label": "You" });
        assert_eq!(entry["who"], you);
        let at = entry["at_new_york"].as_str().expect("a civil time");
        assert!(at.ends_with(" ET"), "{at}");
    }
    for kept_apart in ["account", "commit", "hash", "sha256"] {
        assert!(!history.text.contains(kept_apart), "{}", history.text);
    }
}

#[test]
fn what_was_changed_or_cut_off_is_found_with_its_place() {
    let stack = Launch::default().start();
    let id = submitted(&stack);
    stack.door("filer").begins("Another");
    let verification = stack.door("filer").verifies(&id);
    assert_eq!(verification["verified"], true, "{verification}");
    assert_eq!(verification["entries"], ENTRIES);
    assert_all_hold(&stack, "2 histories with 5 entries: all hold");

    let kept = tamper(&stack, &id, 2);
    assert_broken(&stack, &id, "entry 2 is not what was written");

    stack.delete_item(&id, &entry(2));
    assert_broken(&stack, &id, "entry 2 is missing or out of place");

    stack.put_item(&kept);
    assert_all_hold(&stack, "2 histories with 5 entries: all hold");

    stack.delete_item(&id, &entry(ENTRIES));
    assert_broken(
        &stack,
        &id,
        "the history ends with entry 3, but the review was left with 4",
    );
}

#[test]
fn nothing_found_out_is_no_verdict() {
    let mut stack = Launch::default().start();
    let wrong = stack.operate(&["verify-history"]);
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:?}");
    let typo = stack.operate(&["verify-history", "2024-AAAA-AAAA"]);
    assert_eq!(typo.code, 2, "{typo:?}");

    stack.kill();
    let gone = stack.operate(&["verify-history", "--all"]);
    assert_eq!((gone.code, gone.out.as_str()), (2, ""), "{gone:?}");
    assert!(
        gone.err.contains("DynamoDB is not available"),
        "{}",
        gone.err
    );
    let nobody = stack.verify_history(&["--all"]);
    assert_eq!(nobody.code, 2, "{nobody:?}");
    assert!(
        nobody.out.contains("no stack runs") && nobody.out.contains("cargo run"),
        "{}",
        nobody.out
    );
}
