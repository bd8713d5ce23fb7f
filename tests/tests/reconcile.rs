//! What has come apart on a real table is found, told and mended, by hand and by night (promises P5 and P9).

use scenarios::{Door, Launch, Stack, TemplateCopy, forms, until};
use serde_json::{Value, json};

/// A stack whose stream tells nobody, and whose sweep comes once a day.
fn quiet() -> (TemplateCopy, Stack) {
    let template = TemplateCopy::default()
        .with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["NOTHING"]"#)
        .outbox_tick("rate(1 day)")
        .without_clock_tick();
    let stack = Launch::default().template(&template.write()).start();
    (template, stack)
}

fn submits(filer: &Door, staff: &[&str]) -> String {
    filer.accepts();
    let people = forms::people("filer@example.org", staff);
    let (id, revision) = filer.completes(&forms::group(), &people);
    filer.submits(&id, revision, "submit").expect(200);
    id
}

/// Whether the person's list shows the review.
fn lists(door: &Door, id: &str) -> bool {
    door.get("/v1/reviews").expect(200).text.contains(id)
}

/// Takes away every pointer to the review, past all commits; how many there were.
fn scatters(stack: &Stack, id: &str) -> usize {
    let mut pointers = stack.items();
    pointers.retain(|item| item["sk"]["S"] == json!(format!("REVIEW#{id}")));
    pointers.iter().for_each(|pointer| stack.take_away(pointer));
    pointers.len()
}

/// Puts somebody else's draft into the filer's list, past all commits; the pointer.
fn goes_astray(stack: &Stack) -> Value {
    let [mine, theirs] = ["filer", "other"].map(|person| {
        let door = stack.door(person);
        door.accepts();
        format!("REVIEW#{}", door.begins("In one list"))
    });
    let mut items = stack.items();
    items.retain(|item| item["sk"]["S"] == json!(mine));
    let pointer = items.pop().expect("it is in a list");
    let stray = json!({ "pk": pointer["pk"], "sk": { "S": theirs } });
    stack.put_item(&stray);
    stray
}

#[test]
fn lists_that_lost_a_review_are_mended_by_hand_and_by_four_weeks_of_nights() {
    let (_template, stack) = quiet();
    let filer = stack.door("filer");
    let id = submits(&filer, &["staff@example.org"]);
    let well = stack.reconcile(&[]);
    assert_eq!(well.code, 0, "{}{}", well.out, well.err);
    assert!(
        well.out.ends_with("looked at: nothing is wrong\n"),
        "{}",
        well.out
    );

    assert_eq!(
        scatters(&stack, &id),
        2,
        "the owner's and the staff member's"
    );
    assert!(!lists(&filer, &id));
    for _ in 0..2 {
        let told = stack.reconcile(&[]);
        assert_eq!(told.code, 1, "{}{}", told.out, told.err);
        for whose in ["an account", "an address"] {
            let line = format!("{id}: it is missing in the list of {whose}\n");
            assert!(told.out.contains(&line), "{}", told.out);
        }
        assert!(!told.out.contains("example.org"), "{}", told.out);
    }
    let mended = stack.reconcile(&["--repair"]);
    assert_eq!(mended.code, 0, "{}{}", mended.out, mended.err);
    assert!(lists(&filer, &id) && lists(&stack.door("staff"), &id));
    assert_eq!(stack.reconcile(&[]).code, 0);

    assert_eq!(scatters(&stack, &id), 2);
    let stray = goes_astray(&stack);
    stack.advance_clock("2025-11-18T14:00:00Z").expect(200);
    until(|| {
        let later = stack.door("filer");
        if lists(&later, &id) && lists(&stack.door("staff"), &id) {
            Ok(())
        } else {
            Err(format!("{id} in its lists\n{}", stack.complaints()))
        }
    });
    until(|| match stack.items().contains(&stray) {
        false => Ok(()),
        true => Err(format!("no {stray}\n{}", stack.complaints())),
    });
    let log = stack.log("DeadlinesFunction");
    assert!(log.contains("\"job\":\"reconcile\""), "{log}");
}

#[test]
fn letters_that_the_stream_could_not_relay_go_by_the_redrive_command_and_its_notes_are_cleared() {
    let (_template, stack) = quiet();
    let id = submits(&stack.door("filer"), &[]);
    stack.put(
        "RelayFailures",
        r#"{"DDBStreamBatchInfo": {"batchSize": 1}}"#,
    );
    stack.advance_clock("2025-10-20T14:30:00Z").expect(200);
    let told = stack.reconcile(&[]);
    assert_eq!(told.code, 1, "{}{}", told.out, told.err);
    let line = "letters of event 4 without an outcome: 1, of which in doubt: 0";
    assert!(
        told.out.contains(&format!("{id}: {line}\n")),
        "{}",
        told.out
    );
    assert_eq!(stack.envelopes().len(), 0);

    let ran = stack.redrive("relay");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let said = "1 letters are on their way; 1 of 1 notes are cleared\n";
    assert!(ran.out.ends_with(said), "{}", ran.out);
    assert!(stack.letters(1)[0].notice.starts_with(&id));
    until(|| match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait")),
    });
    // The letters are answered for. What relaying would have done beside them is mended apart.
    let told = stack.reconcile(&["--repair"]);
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    assert!(told.out.contains("not found by: 1; mended"), "{}", told.out);
    assert_eq!(stack.reconcile(&[]).code, 0);
}

#[test]
fn a_secret_that_is_not_the_functions_judges_nothing() {
    let stack = Launch::default()
        .parameter("PersonHashKey=another-secret-of-the-right-length!")
        .start();
    submits(&stack.door("filer"), &["staff@example.org"]);
    let refused = stack.reconcile(&["--repair"]);
    assert_eq!(refused.code, 2, "{}{}", refused.out, refused.err);
    assert!(refused.err.contains("PERSON_HASH_KEY"), "{}", refused.err);
}
