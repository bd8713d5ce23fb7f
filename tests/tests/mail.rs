//! Nothing lost, nothing twice, on the way from an event to a mailbox (promises P2 and P9).

use scenarios::{Door, Launch, Stack, TemplateCopy, forms, until};
use serde_json::{Value, json};

/// Submits a review of the sample filer, who alone is told.
fn submit(filer: &Door) -> String {
    filer.accepts();
    let (id, revision) = filer.completes(&forms::group(), &forms::people("filer@example.org", &[]));
    filer.submits(&id, revision, "submit").expect(200);
    id
}

/// What became of each letter about the review, once `known` says that it is known.
fn letters_of(door: &Door, id: &str, known: impl Fn(&[Value]) -> bool) -> Vec<Value> {
    until(|| {
        let notices = door.get(format!("/v1/reviews/{id}/notices")).expect(200);
        let events = notices.body["events"].as_array().expect("a list").iter();
        let letters = events.flat_map(|event| event["notices"].as_array().expect("a list").clone());
        let letters: Vec<_> = letters.collect();
        if known(&letters) {
            Ok(letters)
        } else {
            Err(format!("what became of {}", notices.text))
        }
    })
}

/// A template whose stream tells nobody of anything: the fast path is lost.
fn without_a_fast_path() -> TemplateCopy {
    TemplateCopy::default()
        .with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["NOTHING"]"#)
        .without_clock_tick()
}

fn fired(stack: &Stack, to: &str) -> u64 {
    stack.advance_clock(to).expect(200).number_at("/fired")
}

#[test]
fn what_the_stream_lost_is_found_by_the_tick() {
    let template = without_a_fast_path();
    let stack = Launch::default().template(&template.write()).start();
    let id = submit(&stack.door("filer"));
    // Due a quarter of an hour after the event, and looked at every five minutes.
    assert!(fired(&stack, "2025-10-20T14:30:00Z") >= 5);
    let letters = stack.letters(1);
    assert!(letters[0].notice.starts_with(&id), "{}", letters[0].notice);
    let told = letters_of(&stack.door("filer"), &id, |letters| {
        letters.iter().all(|letter| letter["delivered"].is_object())
    });
    assert_eq!(told.len(), 1);
    // It has its outcome: a day of ticks finds nothing more to do.
    assert!(fired(&stack, "2025-10-21T14:30:00Z") >= 288);
    until(|| {
        let overview = stack.overview();
        let queues = overview["queues"].as_array().into_iter().flatten();
        let waiting: u64 = queues
            .map(|queue| {
                queue["visible"].as_u64().unwrap_or(0) + queue["in_flight"].as_u64().unwrap_or(0)
            })
            .sum();
        if waiting == 0 {
            Ok(())
        } else {
            Err(format!("{waiting} messages wait"))
        }
    });
    assert_eq!(stack.letters(1).len(), 1);
}

#[test]
fn another_schedule_ticks_at_other_times() {
    let template = without_a_fast_path().outbox_tick("rate(2 hours)");
    let stack = Launch::default().template(&template.write()).start();
    submit(&stack.door("filer"));
    assert_eq!(fired(&stack, "2025-10-20T15:59:00Z"), 0);
    assert_eq!(fired(&stack, "2025-10-20T16:01:00Z"), 1);
    assert_eq!(stack.letters(1).len(), 1);
}

#[test]
fn an_address_that_bounces_shows_and_gets_no_more_mail() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("bounce.desk@example.org", &["complaint.sam@example.org"]);
    let (id, revision) = filer.completes(&forms::group(), &people);
    filer.submits(&id, revision, "submit").expect(200);
    let known = |letters: &[Value]| {
        let bounced = letters
            .iter()
            .filter(|letter| letter["bounced"].is_object());
        let complained = letters
            .iter()
            .filter(|letter| letter["complained"].is_object());
        bounced.count() == 1 && complained.count() >= 1
    };
    letters_of(&filer, &id, known);
    let review = filer.get(format!("/v1/reviews/{id}")).expect(200);
    let problems = review.body["mail_problems"].as_array().expect("a list");
    let problems: Vec<_> = problems.iter().filter_map(Value::as_str).collect();
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(
        problems[0].starts_with("Mail to b…@example.org bounced on "),
        "{problems:?}"
    );
    assert!(!review.text.contains("bounce.desk"), "{}", review.text);

    // Once it is known, nothing more is sent there; who changes the address is told again.
    let sent = stack.envelopes().len();
    filer.names_people(
        &id,
        &json!({ "contact": { "email": "new.desk@example.org" } }),
    );
    filer.withdraws(&id);
    let letters = letters_of(&filer, &id, |letters| {
        letters.iter().all(|letter| letter["outcome"] != "waiting")
    });
    let outcome = |address: &str, outcome: &str| {
        let mut all = letters.iter();
        all.any(|letter| letter["to"] == json!(address) && letter["outcome"] == json!(outcome))
    };
    assert!(
        outcome("complaint.sam@example.org", "suppressed"),
        "{letters:?}"
    );
    assert!(outcome("new.desk@example.org", "sent"), "{letters:?}");
    assert_eq!(stack.envelopes().len(), sent + 2, "owner and new contact");
}

#[test]
fn what_was_given_up_goes_on_its_way_by_the_redrive_command() {
    let template = without_a_fast_path().with("maxReceiveCount: 100", "maxReceiveCount: 2");
    let stack = Launch::default().template(&template.write()).start();
    submit(&stack.door("filer"));
    let tick = json!({ "type": "SweepOutboxV1", "as_of": "2025-10-20T16:00:00Z" });
    stack.put("TicksDeadLetters", &tick.to_string());
    let ran = stack.redrive("ticks");
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "1 of 1 messages are on their way again\n"),
        "{}",
        ran.err
    );
    assert_eq!(stack.letters(1).len(), 1);
    let again = stack.redrive("ticks");
    assert_eq!(
        (again.code, again.out.as_str()),
        (0, "0 of 0 messages are on their way again\n")
    );

    // Poison is no better for it: it comes back, and the command came to its end all the same.
    stack.put("NoticesDeadLetters", "poison");
    let ran = stack.redrive("notices");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(stack.take("NoticesDeadLetters").0, "poison");
    let unknown = stack.redrive("letters");
    assert_eq!(unknown.code, 2, "{}", unknown.err);
    assert!(unknown.err.contains("notices"), "{}", unknown.err);
}
