//! The way of a denial by the clock: a kill at each step of the sweep and of its commands, and messages that come twice
//! and in reverse. Each silent request is denied once, and its people get one letter (promises P2 and P3).

use scenarios::{CrashPoints, Launch, Stack, TemplateCopy, forms, until};
use serde_json::{Value, json};

use crate::books::{start, template};

const SWEEP: &str = "DeadlinesFunction";
const COMMANDS: &str = "CommandsFunction";

/// Steps of a night's sweep.
const OF_SWEEP: [&str; 9] = [
    "before-window-changes",
    "after-window-changes",
    "before-placed",
    "after-placed",
    "before-hand-out",
    "after-hand-out",
    "after-enqueue-looks",
    "before-tally",
    "after-tally",
];
/// Steps of its commands.
const OF_COMMANDS: [&str; 10] = [
    "before-load",
    "after-load",
    "before-entries-of",
    "after-entries-of",
    "after-notices-of",
    "after-window-changes",
    "before-commit",
    "after-commit",
    "before-tally",
    "after-tally",
];

/// More than a queue hands on together.
const REQUESTS: usize = 12;
/// The evening of the last day, and ten minutes after the night's sweep.
const EVENING: &str = "2025-11-05T03:00:00Z";
const NIGHT: &str = "2025-11-05T05:30:00Z";
/// The instant of that sweep.
const RUN: &str = "2025-11-05T05:20:00Z";

/// Nights and mornings alone, so that weeks pass in a moment; what dies often does not count as poison.
fn nightly(template: TemplateCopy) -> TemplateCopy {
    let patient = |template: TemplateCopy, queue: &str, tries: u32| {
        let letters = format!("{queue}DeadLetters.Arn\n        maxReceiveCount: ");
        template.with(&format!("{letters}{tries}\n"), &format!("{letters}200\n"))
    };
    let template = patient(patient(template, "Ticks", 5), "Commands", 10);
    template.without_clock_tick().outbox_tick("rate(1 hour)")
}

/// Requests for documents, all of the same day, that nobody answers.
fn silent(stack: &Stack) -> Vec<String> {
    let filer = stack.door("filer");
    filer.accepts();
    let reviewer = stack.door("reviewer");
    let ids = (0..REQUESTS).map(|_| {
        let people = forms::people("filer@example.org", &[]);
        let (id, revision) = filer.completes(&forms::individual(), &people);
        filer.submits(&id, revision, &id).expect(200);
        let path = format!("/v1/team/reviews/{id}/documents");
        let ask = json!({"items": [{"what": "The EHR extract of 2024"}]});
        let asked = reviewer.ask("POST", path).new_key().json(&ask).send();
        asked.expect(200);
        id
    });
    ids.collect()
}

/// A receipt, the request, three reminders and the denial.
const LETTERS: usize = 6;

/// Waits until every queue is empty.
fn rests(stack: &Stack) {
    until(|| match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait\n{}", stack.complaints())),
    });
}

/// Holds what holds after the night: one denial each, one letter each.
fn denied_once(stack: &Stack, ids: &[String]) {
    for id in ids {
        until(|| {
            let seen = stack.door("filer").get(format!("/v1/reviews/{id}"));
            match seen.expect(200).text_at("/status") {
                "denied" => Ok(()),
                other => Err(format!("{id} is {other}\n{}", stack.complaints())),
            }
        });
    }
    assert_eq!(
        stack.letters(LETTERS * ids.len()).len(),
        LETTERS * ids.len()
    );
    rests(stack);
    let letters = stack.all_letters();
    for id in ids {
        let told = letters
            .iter()
            .filter(|letter| letter.subject.starts_with("Denied:") && letter.subject.contains(id));
        assert_eq!(told.count(), 1, "{id}");
        let history = stack.door("filer").get(format!("/v1/reviews/{id}/history"));
        let history = history.expect(200).body;
        let acts = history["entries"].as_array().into_iter().flatten();
        let denials = acts.filter(|entry| entry["act"] == "DeniedByClockV1");
        assert_eq!(denials.count(), 1, "{history}");
        let verified: Value = stack.door("filer").verifies(id);
        assert_eq!(verified["verified"], true, "{id}");
    }
}

/// One order takes the denials of the run back, each once.
fn taken_back_once(stack: &Stack, ids: &[String]) {
    let orders = |name: &str, value: Value| {
        let mut wish = json!({
            "what": "reinstate", "year": "2024", "run": RUN, "why": "Mail was down.",
        });
        wish[name] = value;
        let admin = stack.door("admin");
        let order = admin.ask("POST", "/v1/orders").new_key().json(&wish);
        order.send().expect(200)
    };
    let dry = orders("dry_run", true.into());
    assert_eq!(dry.body["count"], ids.len(), "{}", dry.text);
    let real = orders("token", dry.text_at("/token").into());
    assert_eq!(real.body["reviews"], dry.body["reviews"], "{}", real.text);
    let letters = (LETTERS + 1) * ids.len();
    assert_eq!(stack.letters(letters).len(), letters);
    rests(stack);
    for id in ids {
        let seen = stack.door("filer").get(format!("/v1/reviews/{id}"));
        assert_eq!(seen.expect(200).text_at("/status"), "in_review", "{id}");
        assert_eq!(stack.door("filer").verifies(id)["verified"], true, "{id}");
    }
}

fn advance(stack: &Stack, to: &str) {
    stack.advance_clock(to).expect(200);
}

#[test]
fn a_kill_at_every_step_of_a_sweep_and_its_commands_leaves_one_denial_each() {
    let points = CrashPoints::default();
    let stack = start(&nightly(template()), &points);
    let ids = silent(&stack);
    advance(&stack, EVENING);
    assert_eq!(stack.letters(5 * ids.len()).len(), 5 * ids.len());
    rests(&stack);
    for point in OF_SWEEP {
        points.plan(SWEEP, point);
    }
    for point in OF_COMMANDS {
        points.plan(COMMANDS, point);
    }
    advance(&stack, NIGHT);
    until(|| match points.left() {
        left if left.is_empty() => Ok(()),
        left => Err(format!("nobody died at {left:?}\n{}", stack.complaints())),
    });
    denied_once(&stack, &ids);
}

#[test]
fn what_comes_twice_and_in_reverse_leaves_one_denial_each() {
    let template = nightly(TemplateCopy::default());
    let launch = Launch::default().template(&template.write());
    let stack = launch.disturb("duplicate").disturb("reverse").start();
    let ids = silent(&stack);
    advance(&stack, EVENING);
    rests(&stack);
    advance(&stack, NIGHT);
    denied_once(&stack, &ids);
    taken_back_once(&stack, &ids);
}
