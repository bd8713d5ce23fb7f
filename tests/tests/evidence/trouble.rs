//! Messages twice and in reverse, verdicts late or never, processes killed: the same state in the end.

use scenarios::{Launch, Stack, forms, until};
use serde_json::json;
use testkit::files;

#[test]
fn messages_that_come_twice_and_in_reverse_change_nothing_twice() {
    let launch = Launch::default().disturb("duplicate").disturb("reverse");
    let stack = launch.start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, _) = filer.completes(&forms::group(), &people);
    let sent = [
        ("letter.pdf", files::LETTER_PDF.to_vec(), "clean"),
        ("table.xlsx", files::TABLE_XLSX.to_vec(), "clean"),
        ("locked.pdf", files::LOCKED_PDF.to_vec(), "rejected"),
        ("virus.pdf", files::hostile::eicar_pdf(), "infected"),
    ];
    let files = sent.map(|(name, bytes, state)| (filer.uploads(&id, name, &bytes), state));
    for (file, state) in &files {
        filer.sees_file(&stack, &id, file, state);
    }
    // Two letters about two refused files; what came again changed nothing.
    assert_eq!(stack.letters(2).len(), 2);
    let history = filer.get(format!("/v1/reviews/{id}/history")).expect(200);
    let told = |words: &str| history.text.matches(words).count();
    assert_eq!(told(" arrived on "), 4, "{}", history.text);
    assert_eq!(told(" passed its checks"), 2);
    assert_eq!(told(" was refused: "), 2);
    assert_eq!(filer.verifies(&id)["verified"], json!(true));
}

/// A tick of the sweep, as of an instant that the test says.
fn tick(stack: &Stack, as_of: &str) {
    let body = json!({ "type": "SweepV1", "sweep": "tick", "as_of": as_of });
    stack.put("TicksQueue", &body.to_string());
    until(|| {
        let log = stack.log("DeadlinesFunction");
        if log.contains(&format!(r#""as_of":"{as_of}""#)) {
            Ok(())
        } else {
            Err(format!("no tick as of {as_of}\n{}", stack.complaints()))
        }
    });
}

#[test]
fn nothing_is_held_for_more_than_a_day_and_a_late_verdict_still_counts() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("A sample");
    stack.scanner("late").expect(200);
    let waiting = filer.uploads(&id, "letter.pdf", files::LETTER_PDF);
    let unused = filer.grants(&id, "unused.pdf", b"bytes").file;
    filer.sees_file(&stack, &id, &waiting, "received");
    filer.asks_for(&id, &waiting).expect(409);
    // The stack has just begun, at ten in the morning: not yet a day, and then one and an hour.
    tick(&stack, "2025-10-21T13:55:00Z");
    assert_eq!(filer.file(&id, &waiting)["state"], "received");
    assert_eq!(filer.file(&id, &unused)["state"], "granted");
    tick(&stack, "2025-10-21T15:00:00Z");
    filer.sees_file(&stack, &id, &waiting, "unscannable");
    filer.sees_file(&stack, &id, &unused, "expired");
    stack.scanner("well").expect(200);
    filer.sees_file(&stack, &id, &waiting, "clean");
    stack.scanner("failing").expect(200);
    let failed = filer.uploads(&id, "scan.png", files::SCAN_PNG);
    filer.sees_file(&stack, &id, &failed, "unscannable");
}

#[test]
fn a_stack_that_is_killed_while_files_are_checked_goes_on_with_them() {
    let mut stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let id = filer.begins("A sample");
    let large = files::made::pdf_of(2_000_000);
    let sent: Vec<_> = (0..8)
        .map(|number| filer.uploads(&id, &format!("letter-{number}.pdf"), &large))
        .collect();
    until(|| match filer.file(&id, &sent[0])["state"].as_str() {
        Some("granted") => Err("the first is looked at".to_owned()),
        _ => Ok(()),
    });
    stack.kill();
    stack.start_again();
    let filer = stack.door("filer");
    for file in &sent {
        filer.sees_file(&stack, &id, file, "clean");
    }
    assert_eq!(filer.verifies(&id)["verified"], json!(true));
}
