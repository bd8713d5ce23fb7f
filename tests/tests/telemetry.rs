//! One line an invocation (docs/telemetry.md), of every function on the real stack: when all is well, when messages are poison,
//! and when a service is away. That no person is in them, `silence` sees to.

use std::net::TcpListener;

use scenarios::telemetry::{format_faults, line_faults};
use scenarios::{Door, Launch, Stack, forms, until};
use serde_json::{Value, json};
use testkit::files::LETTER_PDF;

const FUNCTIONS: [&str; 8] = [
    "IntakeFunction",
    "AttachmentsFunction",
    "ObjectsFunction",
    "TransitionsFunction",
    "DeadlinesFunction",
    "RelayFunction",
    "NotifyFunction",
    "FeedbackFunction",
];

/// The lines of a function, once there is one for each of its invocations, and one that is wanted.
fn lines(stack: &Stack, function: &str, wanted: impl Fn(&Value) -> bool) -> Vec<Value> {
    until(|| {
        let before = stack.function(function)["invocations"].as_u64();
        let lines = stack.invoked(function);
        let after = stack.function(function)["invocations"].as_u64();
        // While one runs, there is one more of them than lines.
        let count = u64::try_from(lines.len()).ok();
        if before == after && count == after && lines.iter().any(&wanted) {
            Ok(lines)
        } else {
            Err(format!(
                "{after:?} invocations of {function}, and {lines:?}"
            ))
        }
    })
}

fn sum(lines: &[Value], metric: &str) -> u64 {
    lines.iter().filter_map(|line| line[metric].as_u64()).sum()
}

fn assert_sound(function: &str, lines: &[Value]) {
    for line in lines {
        assert_eq!(line_faults(line), Vec::<String>::new(), "{line}");
        assert_eq!(line["function"], function);
    }
    assert_eq!(lines[0]["cold_start"], json!(true), "{}", lines[0]);
}

/// Submits a review, twice with the same key. Two are told of it: the owner, and a contact who has no such mailbox.
fn submits(filer: &Door) -> String {
    filer.accepts();
    let people = forms::people("bounce.one@example.org", &[]);
    let (id, revision) = filer.completes(&forms::group(), &people);
    filer.submits(&id, revision, "submit").expect(200);
    filer.submits(&id, revision, "submit").expect(200);
    id
}

#[test]
fn every_invocation_of_every_function_is_one_line_and_its_metrics_are_sound() {
    // The quietest log that there is: alarms must not fall silent with it.
    let stack = Launch::default().parameter("LogLevel=error").start();
    let filer = stack.door("filer");
    filer.accepts();
    let draft = filer.begins("With a letter");
    let file = filer.uploads(&draft, "letter.pdf", LETTER_PDF);
    filer.sees_file(&stack, &draft, &file, "clean");
    let id = submits(&filer);
    stack.door("reviewer").team_sees(&id, "").expect(200);
    filer.get("/v1/reviews/2024-NONE-NONE").expect(404);
    stack.advance_clock("2025-10-20T14:30:00Z").expect(200);
    for queue in [
        "TicksQueue",
        "ObjectsQueue",
        "FeedbackQueue",
        "NoticesQueue",
    ] {
        stack.put(queue, "poison");
    }

    let any = |_: &Value| true;
    let poisoned = |line: &Value| line["failed"].as_u64() > Some(0);
    for function in FUNCTIONS {
        let by_queue = [
            "DeadlinesFunction",
            "ObjectsFunction",
            "FeedbackFunction",
            "NotifyFunction",
        ];
        let lines = if by_queue.contains(&function) {
            lines(&stack, function, poisoned)
        } else {
            lines(&stack, function, any)
        };
        assert_sound(function, &lines);
        for line in lines.iter().filter(|line| poisoned(line)) {
            assert!(
                ["partial", "failed"]
                    .iter()
                    .any(|outcome| line["outcome"] == *outcome),
                "{line}"
            );
            assert_eq!(line["MessagesFailed"], line["failed"], "{line}");
            assert!(line["why"][0].is_string(), "{line}");
        }
    }

    let intake = lines(&stack, "IntakeFunction", any);
    assert_eq!(
        sum(&intake, "Submissions"),
        1,
        "the second time was a repetition"
    );
    let submissions = intake
        .iter()
        .filter(|line| line["route"] == "/v1/reviews/{id}/submit");
    for line in submissions {
        assert_eq!(
            (&line["outcome"], &line["reviews"]),
            (&json!("ok"), &json!([id])),
            "{line}"
        );
        assert!(line["api_request_id"].is_string(), "{line}");
    }
    let refused = intake
        .iter()
        .find(|line| line["outcome"] == "refused")
        .expect("a stranger's id");
    assert_eq!(
        (&refused["status"], &refused["problem"]),
        (&json!(404), &json!("not-found"))
    );
    let began = intake
        .iter()
        .find(|line| line["route"] == "/v1/reviews" && line["method"] == "POST");
    assert_eq!(began.expect("a draft was begun")["reviews"], json!([draft]));

    let relay = lines(&stack, "RelayFunction", any);
    assert_eq!(sum(&relay, "NoticesEnqueued"), 2);
    let notify = lines(&stack, "NotifyFunction", |line| {
        line["LettersSent"].is_u64()
    });
    let told = until(
        || match sum(&stack.invoked("NotifyFunction"), "LettersSent") {
            2 => Ok(2),
            sent => Err(format!("two letters, not {sent}")),
        },
    );
    assert_eq!(told, stack.letters(2).len());
    assert!(
        notify.iter().any(|line| line["reviews"] == json!([id])),
        "{notify:?}"
    );
    until(
        || match sum(&stack.invoked("FeedbackFunction"), "Bounces") {
            1.. => Ok(()),
            _ => Err("a letter that came back".to_owned()),
        },
    );
    let ticks = lines(&stack, "DeadlinesFunction", |line| {
        line["OutboxOverdue"].is_u64()
    });
    let told = ticks
        .iter()
        .find(|line| line["OutboxOverdue"].is_u64())
        .expect("a tick");
    assert_eq!(
        told["UnsentNotices"],
        json!(0),
        "told as nothing, so that a gap is one: {told}"
    );
}

/// A service at which every connection ends at once.
fn away() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    std::thread::spawn(move || listener.incoming().for_each(drop));
    format!("http://{address}")
}

#[test]
fn a_request_without_a_store_is_told_as_failed() {
    let stack = Launch::default().through("dynamodb", &away()).start();
    stack.door("filer").get("/v1/reviews").expect(503);
    let lines = lines(&stack, "IntakeFunction", |line| line["status"] == 503);
    assert_sound("IntakeFunction", &lines);
    let failed = &lines[0];
    assert_eq!(
        (&failed["outcome"], &failed["problem"]),
        (&json!("failed"), &json!("unavailable"))
    );
    assert_eq!(failed["ServerErrors"], json!(1));
}

#[test]
fn records_of_the_stream_that_go_back_are_told_with_their_review() {
    let stack = Launch::default().through("sqs", &away()).start();
    let id = submits(&stack.door("filer"));
    let lines = lines(&stack, "RelayFunction", |line| line["outcome"] == "failed");
    assert_sound("RelayFunction", &lines);
    assert_eq!(lines[0]["failed_reviews"], json!([id]), "{}", lines[0]);
    assert_eq!(lines[0]["failed"], json!(1));
    assert!(lines[0]["why"][0].is_string());
}

#[test]
fn a_broken_rule_of_the_format_is_found() {
    let sound = || {
        json!({ "function": "F", "Sent": 3, "_aws": { "Timestamp": 1_700_000_000_000_u64, "CloudWatchMetrics": [{
            "Namespace": "N", "Dimensions": [["function"]], "Metrics": [{ "Name": "Sent", "Unit": "Count" }],
        }]}})
    };
    assert_eq!(format_faults(&sound()), Vec::<String>::new());
    let directive = "/_aws/CloudWatchMetrics/0";
    for (place, wrong) in [
        ("/_aws/Timestamp", json!("today")),
        ("/_aws/Timestamp", json!(1_700_000_000)),
        ("/_aws/CloudWatchMetrics", json!({})),
        (&format!("{directive}/Namespace"), json!("AWS/SQS")),
        (&format!("{directive}/Dimensions"), json!([])),
        (&format!("{directive}/Dimensions/0/0"), json!("queue")),
        (&format!("{directive}/Metrics"), json!([])),
        (&format!("{directive}/Metrics/0/Name"), json!("Lost")),
        (&format!("{directive}/Metrics/0/Unit"), json!("Letters")),
        ("/Sent", json!("3")),
        ("/function", json!("")),
    ] {
        let mut broken = sound();
        *broken.pointer_mut(place).expect("a place") = wrong;
        assert_eq!(format_faults(&broken).len(), 1, "{broken}");
    }
}

#[test]
fn a_line_with_what_no_line_has_is_found() {
    let sound = json!({ "level": "INFO", "message": "invoked", "function": "F", "outcome": "ok", "duration_ms": 0.5,
        "cold_start": true, "request_id": "1", "reviews": ["2024-K7M2-QXW5"] });
    assert_eq!(line_faults(&sound), Vec::<String>::new());
    for (field, wrong) in [
        ("reviews", json!(["Marigold"])),
        ("route", json!("/v1/x y")),
        ("route", json!("https://example.org")),
        ("email", json!("someone@example.org")),
        ("Sent", json!(3)),
        ("outcome", json!("fine")),
        ("message", Value::Null),
    ] {
        let mut broken = sound.clone();
        broken[field] = wrong;
        assert_eq!(line_faults(&broken).len(), 1, "{broken}");
    }
}
