//! One review after the other is submitted while processes end, and what must hold of it then.

use std::collections::BTreeMap;

use scenarios::{CrashPoints, Door, Launch, Stack, TemplateCopy, forms, until};
use serde_json::Value;

/// A point of a function.
pub(crate) type Point = (&'static str, &'static str);

pub(crate) const BEFORE_COMMIT: Point = ("IntakeFunction", "before-commit");
pub(crate) const AFTER_COMMIT: Point = ("IntakeFunction", "after-commit");
pub(crate) const BEFORE_ENQUEUE: Point = ("RelayFunction", "before-enqueue");
pub(crate) const AMID_ENQUEUE: Point = ("RelayFunction", "amid-enqueue");
pub(crate) const AFTER_ENQUEUE: Point = ("RelayFunction", "after-enqueue");
pub(crate) const BEFORE_CLAIM: Point = ("NotifyFunction", "before-claim");
pub(crate) const AFTER_CLAIM: Point = ("NotifyFunction", "after-claim");
pub(crate) const BEFORE_SEND: Point = ("NotifyFunction", "before-send");
pub(crate) const AFTER_SEND: Point = ("NotifyFunction", "after-send");
pub(crate) const AFTER_RECORD: Point = ("NotifyFunction", "after-record");
pub(crate) const AFTER_SETTLE: Point = ("NotifyFunction", "after-settle");
pub(crate) const BEFORE_REPORT: Point = ("FeedbackFunction", "before-report");
pub(crate) const AFTER_REPORT: Point = ("FeedbackFunction", "after-report");
pub(crate) const AFTER_END: Point = ("FeedbackFunction", "after-settle");

/// Contact and owner are told of a submission.
const PEOPLE: usize = 2;

/// The template, with queues whose messages come again soon after a kill, and functions that have no longer than that.
pub(crate) fn template() -> TemplateCopy {
    let quick = |template: TemplateCopy, handler: &str, seconds: u32| {
        let timeout = format!("Handler: {handler}\n      Timeout: ");
        template.with(&format!("{timeout}{seconds}\n"), &format!("{timeout}4\n"))
    };
    let template = quick(TemplateCopy::default(), "notify", 30);
    let template = quick(quick(template, "feedback", 30), "deadlines", 60);
    let again_soon = |template: TemplateCopy, seconds: u32, function: &str| {
        let told = format!("# six times the timeout of {function}");
        template.with(
            &format!("VisibilityTimeout: {seconds} {told}"),
            &format!("VisibilityTimeout: 4 {told}"),
        )
    };
    let template = again_soon(quick(template, "commands", 30), 180, "CommandsFunction");
    let template = again_soon(template, 180, "FeedbackFunction");
    again_soon(template, 360, "DeadlinesFunction")
        .with("MinValue: 30", "MinValue: 4")
        .with("maxReceiveCount: 20", "maxReceiveCount: 200")
}

/// A stack whose processes end as `points` say.
pub(crate) fn start(template: &TemplateCopy, points: &CrashPoints) -> Stack {
    Launch::default()
        .template(&template.write())
        .parameter("NoticeLeaseSeconds=5")
        .parameter("NoticeDoubtSeconds=6")
        .parameter("NoticeVisibilitySeconds=4")
        .crashing(points)
        .start()
}

/// What is known of one submission.
#[derive(Debug)]
pub(crate) struct Books {
    /// Letters by notice.
    pub(crate) letters: BTreeMap<String, usize>,
    /// How many letters were sent in doubt.
    pub(crate) in_doubt: usize,
}

impl Books {
    /// Letters beyond the first of each notice.
    pub(crate) fn second_letters(&self) -> usize {
        self.letters.values().map(|count| count - 1).sum()
    }
}

/// Submits a review while `kills` are died, and waits until all is quiet; `reported` says whether the mail service
/// reports. Holds what holds after any kill.
pub(crate) fn submitted(
    (stack, points, filer): (&Stack, &CrashPoints, &Door),
    kills: &[Point],
    reported: bool,
) -> Books {
    let people = forms::people("front.desk@example.org", &[]);
    let (id, revision) = filer.completes(&forms::group(), &people);
    for (function, point) in kills {
        points.plan(function, point);
    }
    let answer = acknowledged(filer, &id, revision);
    // A batch of the stream comes again in its own time, when all letters may long be out: each death is waited for.
    until(|| match points.left() {
        left if left.is_empty() => Ok(()),
        left => Err(format!("{kills:?}: nobody died at {left:?}")),
    });
    told(stack, filer, &id, reported);
    quiet(stack, &id);

    // One review, one answer, whatever was lost on the way; and what was acknowledged is stored.
    let again = filer.submits(&id, revision, &id).expect(200);
    assert_eq!(again.text, answer, "{kills:?}");
    let seen = filer.sees(&id);
    assert_eq!(seen["review"]["status"], "in_review", "{kills:?}");
    let entries = seen["history"]["entries"].as_array().expect("a list");
    let submissions = entries.iter().filter(|entry| entry["act"] == "SubmittedV1");
    assert_eq!(submissions.count(), 1, "{kills:?}");
    assert_eq!(filer.verifies(&id)["verified"], true, "{kills:?}");
    balanced(stack, &id, kills)
}

/// The answer, once there is one: who hears nothing sends again under the same key.
fn acknowledged(filer: &Door, id: &str, revision: u64) -> String {
    until(|| {
        let reply = filer.submits(id, revision, id);
        match reply.status {
            200 => Ok(reply.text),
            500.. => Err(reply.text),
            _ => panic!("{}: {}", reply.status, reply.text),
        }
    })
}

/// Waits until each notice has its outcome, and its report if one comes.
fn told(stack: &Stack, filer: &Door, id: &str, reported: bool) {
    until(|| {
        let notices = filer.get(format!("/v1/reviews/{id}/notices")).expect(200);
        let events = notices.body["events"].as_array().expect("a list").iter();
        let letters = events.flat_map(|event| event["notices"].as_array().expect("a list"));
        let known = letters.filter(|letter| {
            letter["outcome"] == "sent" && (!reported || letter["delivered"].is_object())
        });
        if known.count() == PEOPLE {
            Ok(())
        } else {
            Err(format!("{}\n{}", notices.text, stack.complaints()))
        }
    });
}

/// Waits until no message is left, and nothing of the review is due.
fn quiet(stack: &Stack, id: &str) {
    let partition = Value::from(format!("REVIEW#{id}"));
    until(|| {
        let waiting = stack.waiting();
        let items = stack.items();
        let mut of_review = items.iter().filter(|item| item["pk"]["S"] == partition);
        match of_review.find(|item| item["due_at"].is_object()) {
            Some(due) => Err(format!("due still: {}", due["sk"])),
            None if waiting > 0 => Err(format!("{waiting} messages wait")),
            None => Ok(()),
        }
    });
}

/// Letters = notices + those that were sent twice; each of these is counted in doubt, and only where the kill fell
/// between claim and record; twice only where it fell behind the sending.
fn balanced(stack: &Stack, id: &str, kills: &[Point]) -> Books {
    let mut letters = BTreeMap::new();
    for (_, notice) in stack.envelopes() {
        if notice.starts_with(id) {
            *letters.entry(notice).or_insert(0) += 1;
        }
    }
    assert_eq!(letters.len(), PEOPLE, "{kills:?}: {letters:?}");
    let log = stack.log("NotifyFunction");
    let in_doubt = log
        .lines()
        .filter(|line| line.contains("\"notice_in_doubt\":1") && line.contains(id));
    let books = Books {
        in_doubt: in_doubt.count(),
        letters,
    };
    let between = |points: &[Point]| kills.iter().filter(|kill| points.contains(kill)).count();
    let claimed = between(&[AFTER_CLAIM, BEFORE_SEND, AFTER_SEND]);
    let twice = books.second_letters();
    assert!(books.in_doubt <= claimed, "{kills:?}: {books:?}");
    assert!(twice <= books.in_doubt, "{kills:?}: {books:?}");
    assert!(twice <= between(&[AFTER_SEND]), "{kills:?}: {books:?}");
    books
}
