//! Clocks on the local stack: the set clock goes forward, and what is due in between is done, once, and told.

use scenarios::{Door, Grant, Launch, Reply, Stack, TemplateCopy, forms, until};
use serde_json::{Value, json};
use testkit::files;

/// Half an hour before the close of PY2024.
const BEFORE_THE_CLOSE: &str = "2025-11-15T00:30:00Z";
/// A tick after the quarter of an hour in which a request can still be on its way.
const AFTER_THE_CLOSE: &str = "2025-11-15T01:21:00Z";

/// Ticks every hour instead of every five minutes, for days that pass in a moment.
fn hourly() -> TemplateCopy {
    let tick = |description: &str, rate: &str| {
        format!("      Description: {description}\n      ScheduleExpression: {rate}\n")
    };
    let mut copy = TemplateCopy::default();
    for description in [
        "Outbox entries that nobody has answered for are taken up.",
        "What is due is settled, and windows close a quarter of an hour after their time.",
    ] {
        let (old, new) = (
            tick(description, "rate(5 minutes)"),
            tick(description, "rate(1 hour)"),
        );
        copy = copy.with(&old, &new);
    }
    copy
}

fn status(stack: &Stack, person: &str, id: &str) -> String {
    let reply = stack.door(person).get(format!("/v1/reviews/{id}"));
    reply.expect(200).text_at("/status").to_owned()
}

fn awaits_status(stack: &Stack, id: &str, wanted: &str) {
    until(|| {
        let found = status(stack, "filer", id);
        if found == wanted {
            Ok(())
        } else {
            Err(format!("{wanted}; it is {found}\n{}", stack.complaints()))
        }
    });
}

/// Waits until so many letters are sent.
fn sent(stack: &Stack, count: usize) {
    assert_eq!(stack.letters(count).len(), count);
}

/// How many letters say that.
fn letters_about(stack: &Stack, what: &str) -> usize {
    let letters = stack.all_letters();
    let about = letters.iter().filter(|letter| letter.text.contains(what));
    about.count()
}

/// What the reviewer is at.
fn assigned(stack: &Stack) -> String {
    let reviewer = stack.door("reviewer");
    reviewer.get("/v1/team/assigned").expect(200).text
}

fn posts(stack: &Stack, path: &str, body: &Value) -> Reply {
    let admin = stack.door("admin");
    admin.ask("POST", path).new_key().json(body).send()
}

/// Dry first, then for real.
fn orders(stack: &Stack, path: &str, wish: &Value) -> Reply {
    let mut dry = wish.clone();
    dry["dry_run"] = true.into();
    let shown = posts(stack, path, &dry).expect(200);
    let mut real = wish.clone();
    real["token"] = shown.text_at("/token").into();
    posts(stack, path, &real).expect(200)
}

#[test]
fn a_draft_is_closed_with_its_window_and_opened_with_it_again() {
    let stack = Launch::default().clock(BEFORE_THE_CLOSE).start();
    let filer = stack.door("filer");
    filer.accepts();
    let draft = filer.begins("A draft");
    let people = forms::people("filer@example.org", &[]);
    let (submitted, revision) = filer.completes(&forms::individual(), &people);
    filer.submits(&submitted, revision, "in-time").expect(200);
    // Both were begun on the last day, and told at once; one is a receipt.
    sent(&stack, 3);
    let refused = posts(&stack, "/v1/orders", &json!({"what": "toll"}));
    assert_eq!(refused.status, 422, "{}", refused.text);
    let forbidden = filer.get("/v1/sweeps");
    assert_eq!(forbidden.status, 403, "{}", forbidden.text);

    assert_eq!(stack.advance_clock(AFTER_THE_CLOSE).status, 200);
    awaits_status(&stack, &draft, "not_submitted");
    assert_eq!(status(&stack, "filer", &submitted), "in_review");
    sent(&stack, 4);
    assert_eq!(letters_about(&stack, "Your draft was not submitted"), 1);
    until(|| {
        let sweeps = stack.door("admin").get("/v1/sweeps").expect(200).body;
        let mut runs = sweeps["sweeps"].as_array().into_iter().flatten();
        let closed = runs.any(|run| run["closed"] == 1);
        if closed {
            Ok(())
        } else {
            Err(format!("a run that closed: {sweeps}"))
        }
    });

    let wish = json!({"closes": "2025-11-21T20:00:00-05:00", "reason": "A storm."});
    let effect = orders(&stack, "/v1/program/2024/window", &wish);
    assert_eq!(effect.body["reopened"], 1, "{}", effect.text);
    assert_eq!(stack.advance_clock("2025-11-15T01:27:00Z").status, 200);
    awaits_status(&stack, &draft, "draft");
    sent(&stack, 5);
    assert_eq!(stack.door("filer").verifies(&draft)["verified"], true);
}

#[test]
fn the_silent_are_denied_and_taken_back_by_an_order_that_names_the_run() {
    let template = hourly();
    let path = template.write();
    let stack = Launch::default().template(&path).start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, revision) = filer.completes(&forms::individual(), &people);
    filer.submits(&id, revision, "in-time").expect(200);
    let reviewer = stack.door("reviewer");
    reviewer.team_does(&id, "/take", &json!({})).expect(200);
    assert!(assigned(&stack).contains(&id));
    let ask = json!({"items": [{"what": "The EHR extract of 2024"}]});
    let ask = reviewer
        .ask("POST", format!("/v1/team/reviews/{id}/documents"))
        .new_key()
        .json(&ask)
        .send();
    ask.expect(200);
    sent(&stack, 2);

    // Asked on October 20, due at the end of November 4, with three reminders.
    for (morning, letters) in [
        ("2025-10-28T14:30:00Z", 3),
        ("2025-11-01T14:30:00Z", 4),
        ("2025-11-03T15:30:00Z", 5),
    ] {
        assert_eq!(stack.advance_clock(morning).status, 200);
        sent(&stack, letters);
    }
    assert_eq!(stack.advance_clock("2025-11-05T05:25:00Z").status, 200);
    awaits_status(&stack, &id, "denied");
    sent(&stack, 6);
    assert!(!assigned(&stack).contains(&id), "nobody is at it now");
    let sweeps = stack.door("admin").get("/v1/sweeps").expect(200).body;
    let run = sweeps["sweeps"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|run| run["expired"] == 1)
        .unwrap_or_else(|| panic!("a run that denied: {sweeps}"));
    assert_eq!(run["sweep"], "nightly", "days end at midnight: {run}");
    let wish = json!({
        "what": "reinstate", "year": "2024", "run": run["as_of"]["at"], "why": "Mail was down.",
    });
    let order = orders(&stack, "/v1/orders", &wish);
    assert_eq!(order.body["count"], 1, "{}", order.text);
    awaits_status(&stack, &id, "in_review");
    sent(&stack, 7);
    assert_eq!(stack.door("filer").verifies(&id)["verified"], true);
}

#[test]
fn what_an_absent_reviewer_works_on_goes_to_another_by_an_order() {
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, revision) = filer.completes(&forms::individual(), &people);
    filer.submits(&id, revision, "in-time").expect(200);
    let does = |person: &str, what: &str| {
        let path = format!("/v1/team/reviews/{id}/{what}");
        let door = stack.door(person);
        door.ask("POST", path).new_key().json(&json!({})).send()
    };
    does("reviewer", "take").expect(200);
    does("second-reviewer", "take").expect(409);
    let wish = json!({
        "what": "reassign", "reviewer": "sample-reviewer", "why": "She is away until January.",
    });
    let with = |mut wish: Value, name: &str, value: &str| {
        wish[name] = value.into();
        wish
    };
    for (name, value, pointer) in [
        ("successor", "sample-reviewer", "/successor"),
        ("successor_email", "ravi@example.org", "/successor"),
        ("reviewer", "", "/reviewer"),
    ] {
        let mut faulty = with(wish.clone(), name, value);
        faulty["dry_run"] = true.into();
        let refused = posts(&stack, "/v1/orders", &faulty).expect(422);
        assert_eq!(refused.fault_pointers(), [pointer], "{}", refused.text);
    }
    let wish = with(wish, "successor", "sample-second-reviewer");
    let order = orders(&stack, "/v1/orders", &wish);
    assert_eq!(order.body["reviews"], json!([id]), "{}", order.text);
    until(|| match does("second-reviewer", "release") {
        reply if reply.status == 200 => Ok(()),
        reply => Err(format!("{}\n{}", reply.text, stack.complaints())),
    });
    // It is in the queue again, for whoever is there.
    does("reviewer", "take").expect(200);
    assert_eq!(stack.door("filer").verifies(&id)["verified"], true);
}

/// The store said late what it had had in time. Here the clock's own messages come early instead: to the functions it is
/// the same.
#[test]
fn a_document_that_came_in_time_takes_a_denial_back_by_itself() {
    const RIPE: &str = "2025-11-05T05:15:00Z";
    let stack = Launch::default().start();
    let filer = stack.door("filer");
    filer.accepts();
    let people = forms::people("filer@example.org", &[]);
    let (id, revision) = filer.completes(&forms::individual(), &people);
    filer.submits(&id, revision, "in-time").expect(200);
    let ask = json!({"items": [{"what": "The EHR extract of 2024"}]});
    let reviewer = stack.door("reviewer");
    reviewer.team_does(&id, "/documents", &ask).expect(200);
    sent(&stack, 2);
    // Whom no letter reached is not denied.
    until(|| match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait")),
    });
    let mut scan = Door::announcement("scan.png", files::SCAN_PNG);
    scan["place"] = json!({"with": "request", "item": 1});
    let grant = Grant::of(&filer.announces(&id, &scan).expect(201));
    let look = json!({"type": "LookAtFilesV1", "review": id, "as_of": RIPE});
    stack.put("ObjectsQueue", &look.to_string());
    filer.sees_file(&stack, &id, &grant.file, "expired");
    let command = json!({"type": "MoveOnV1", "review": id, "sweep": "tick", "as_of": RIPE});
    stack.put("CommandsQueue", &command.to_string());
    awaits_status(&stack, &id, "denied");
    sent(&stack, 3);

    grant.put(files::SCAN_PNG).expect(200);
    awaits_status(&stack, &id, "in_review");
    sent(&stack, 4);
    let letters = stack.all_letters();
    let again = format!("In review again: targeted review request {id}");
    let told = letters.iter().filter(|letter| letter.subject == again);
    assert_eq!(told.count(), 1);
    filer.sees_file(&stack, &id, &grant.file, "clean");
    assert_eq!(filer.verifies(&id)["verified"], true);
}
