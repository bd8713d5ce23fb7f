//! Every message twice and in reverse, from every source there is: stream batches, the notices queue, reports of SES, ticks
//! of a schedule. One letter each, and one record of it (promises P2 and P9).
//!
//! Batches are gathered for as long as it takes until they are full, so that there is always an order to reverse.

use std::collections::{BTreeMap, BTreeSet};

use scenarios::{Launch, Stack, TemplateCopy, forms, until};
use serde_json::Value;

const REVIEWS: usize = 5;
/// The most messages that are handed on together.
const BATCH: usize = 10;

/// A template whose source of `queue` waits until a batch is full.
fn gathering(template: TemplateCopy, queue: &str, batch: usize) -> TemplateCopy {
    let source = format!("Queue: !GetAtt {queue}.Arn\n            BatchSize: {batch}\n");
    let window = "            MaximumBatchingWindowInSeconds: 300\n";
    template.with(&source, &format!("{source}{window}"))
}

fn disturbed(template: &TemplateCopy) -> Stack {
    let launch = Launch::default().template(&template.write());
    launch.disturb("duplicate").disturb("reverse").start()
}

/// Submissions, each told to its owner and its contact, and each sent twice.
fn submit(stack: &Stack) -> Vec<String> {
    let filer = stack.door("filer");
    filer.accepts();
    let submitted = (0..REVIEWS).map(|number| {
        let people = forms::people("front.desk@example.org", &[]);
        let (id, revision) = filer.completes(&forms::group(), &people);
        let key = format!("submit-{number}");
        let first = filer.submits(&id, revision, &key).expect(200);
        let again = filer.submits(&id, revision, &key).expect(200);
        assert_eq!(again.text, first.text);
        id
    });
    submitted.collect()
}

/// Lines of a function's log that have this message, once there are `count`.
fn lines(stack: &Stack, function: &str, message: &str, count: usize) -> Vec<Value> {
    until(|| {
        let log = stack.log(function);
        let lines = log
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        let lines: Vec<Value> = lines
            .filter(|line: &Value| line["message"] == message)
            .collect();
        if lines.len() >= count {
            Ok(lines)
        } else {
            Err(format!(
                "{count} lines \"{message}\" of {function}, not {}",
                lines.len()
            ))
        }
    })
}

/// How often each of these fields was told.
fn tally(lines: &[Value], fields: &[&str]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for line in lines {
        let told: Vec<_> = fields
            .iter()
            .map(|field| line[*field].to_string())
            .collect();
        *tally.entry(told.join(" ")).or_default() += 1;
    }
    tally
}

/// The letters, each for a notice of its own.
fn assert_one_letter_each(stack: &Stack, reviews: &[String]) {
    let letters = stack.letters(2 * reviews.len());
    let notices: BTreeSet<_> = letters.iter().map(|letter| &letter.notice).collect();
    assert_eq!(notices.len(), letters.len(), "each notice once");
    assert_eq!(stack.books().doubts(), 0, "and none in doubt");
}

#[test]
fn stream_batches_notices_and_reports_are_one_letter_and_one_record_each() {
    let template = gathering(TemplateCopy::default(), "NoticesQueue", BATCH);
    let stack = disturbed(&gathering(template, "FeedbackQueue", BATCH));
    let reviews = submit(&stack);
    let notices = 2 * reviews.len();

    // The stream: each entry is put into the queue twice.
    let relayed = tally(
        &lines(&stack, "RelayFunction", "relayed", 2 * REVIEWS),
        &["review", "seq"],
    );
    assert_eq!(relayed.len(), REVIEWS);
    assert!(relayed.values().all(|times| *times == 2), "{relayed:?}");

    // The notices queue: two messages a notice, each batch handed on twice; sent is each once.
    assert_one_letter_each(&stack, &reviews);
    let delivered = lines(&stack, "NotifyFunction", "delivered", notices);
    assert_eq!(
        tally(&delivered, &["notice"]).len(),
        notices,
        "{delivered:?}"
    );
    // Of the second message and the second delivery nothing is to be seen but that they came.
    until(|| {
        let invocations = stack.function("NotifyFunction")["invocations"].as_u64();
        match invocations {
            Some(4..) => Ok(()),
            fewer => Err(format!("two batches twice, not {fewer:?} invocations")),
        }
    });

    // Reports of SES: each twice, and the delivery before the sending that it follows.
    let reported = lines(&stack, "FeedbackFunction", "reported", 4 * notices);
    let reports = tally(&reported, &["notice", "reported"]);
    assert_eq!(reports.len(), 2 * notices);
    assert!(reports.values().all(|times| *times == 2), "{reports:?}");
    let mut first = BTreeMap::new();
    for line in &reported {
        let told = first.entry(line["notice"].to_string());
        told.or_insert_with(|| line["reported"].clone());
    }
    assert!(first.values().all(|told| told == "Delivered"), "{first:?}");

    for id in &reviews {
        let told = stack.door("filer").get(format!("/v1/reviews/{id}/notices"));
        let letters = told.body["events"][0]["notices"]
            .as_array()
            .expect("letters");
        assert_eq!(letters.len(), 2, "{}", told.text);
        for letter in letters {
            assert_eq!(letter["outcome"], "sent", "{}", told.text);
            assert!(letter["delivered"].is_object(), "{}", told.text);
        }
    }
}

#[test]
fn ticks_take_up_once_what_is_due() {
    // The fast path is lost, so that there is something to take up.
    let template = TemplateCopy::default()
        .with(r#"[{"prefix": "OUTBOX#"}]"#, r#"["NOTHING"]"#)
        .without_clock_tick();
    let stack = disturbed(&gathering(template, "TicksQueue", 1));
    let reviews = submit(&stack);
    // Twice ten ticks, from 14:05 on.
    let moved = stack.advance_clock("2025-10-20T15:42:00Z").expect(200);
    assert_eq!(moved.number_at("/fired"), 20);

    let swept = lines(&stack, "DeadlinesFunction", "swept", 40);
    let ticks = tally(&swept, &["as_of"]);
    assert_eq!(ticks.len(), 20);
    assert!(ticks.values().all(|times| *times == 2), "{ticks:?}");
    let place = |as_of: &str| {
        let found = swept.iter().position(|line| line["as_of"] == as_of);
        found.unwrap_or_else(|| panic!("no tick of {as_of}: {ticks:?}"))
    };
    assert!(place("2025-10-20T14:50:00Z") < place("2025-10-20T14:05:00Z"));
    assert!(place("2025-10-20T15:40:00Z") < place("2025-10-20T14:55:00Z"));

    assert_one_letter_each(&stack, &reviews);
}
