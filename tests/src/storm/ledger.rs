//! The books of the storm.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use super::field::Field;
use super::{CLIENTS, Submission};
use crate::{Door, Letters, Stack};

/// What is counted, and against what.
pub(super) struct Ledger {
    /// Letters that were there before.
    opening: usize,
    pub(super) acknowledged: usize,
    /// Answers that never came, and answers that were failures of ours.
    pub(super) broken: u64,
    pub(super) failed: u64,
    /// One for each event and person.
    pub(super) notices: usize,
    /// Entries of the outbox that relay gave up, by the notes in its failure queue.
    given_up: u64,
    notes: u64,
    /// Messages that went on their way again, by queue.
    redriven: BTreeMap<&'static str, u64>,
    letters: Letters,
    entries: String,
}

/// The queues whose dead letters can be redriven, and where those are.
const DEAD_LETTERS: [(&str, &str); 3] = [
    ("notices", "NoticesDeadLetters"),
    ("feedback", "FeedbackDeadLetters"),
    ("ticks", "TicksDeadLetters"),
];

impl Ledger {
    pub(super) fn open(stack: &Stack) -> Self {
        Self {
            opening: stack.books().sent.len(),
            acknowledged: 0,
            broken: 0,
            failed: 0,
            notices: 0,
            given_up: 0,
            notes: 0,
            redriven: BTreeMap::new(),
            letters: Letters::default(),
            entries: String::new(),
        }
    }

    /// Whether every notice has its letter, or lies where somebody can take it up; and nothing is on its way.
    pub(super) fn has_settled(&mut self, stack: &Stack) -> Result<(), String> {
        quiet(stack)?;
        self.read_notes(stack);
        let told = stack.books().sent.len() - self.opening;
        let dead = stack.depth("NoticesDeadLetters");
        // Each entry has two people.
        let known = told as u64 + dead + 2 * self.given_up;
        if known >= self.notices as u64 {
            Ok(())
        } else {
            let given_up = self.given_up;
            Err(format!(
                "{told} letters and {dead} dead ones, {given_up} entries given up"
            ))
        }
    }

    /// Whether every notice has its letter, and nothing is on its way.
    pub(super) fn is_complete(&self, stack: &Stack) -> Result<(), String> {
        quiet(stack)?;
        let told = stack.books().sent.len() - self.opening;
        if told >= self.notices {
            Ok(())
        } else {
            let complaints = stack.complaints();
            Err(format!("{told} letters of {}\n{complaints}", self.notices))
        }
    }

    /// Notes that came since the last look.
    fn read_notes(&mut self, stack: &Stack) {
        while self.notes < stack.depth("RelayFailures") {
            let (note, _) = stack.take("RelayFailures");
            let note: Value = serde_json::from_str(&note).expect("a note is JSON");
            let entries = note["DDBStreamBatchInfo"]["batchSize"].as_u64();
            self.given_up += entries.expect("a note counts its records");
            self.notes += 1;
        }
    }

    /// Sends what is in the dead-letter queues on its way again, by the operators' command; whether there was anything.
    pub(super) fn redrives(&mut self, stack: &Stack) -> bool {
        let mut any = false;
        for (queue, dead_letters) in DEAD_LETTERS {
            let found = stack.depth(dead_letters);
            if found > 0 {
                let ran = stack.redrive(queue);
                let expected = format!("{found} of {found} messages are on their way again\n");
                assert_eq!((ran.code, &ran.out), (0, &expected), "{}", ran.err);
                *self.redriven.entry(queue).or_default() += found;
                any = true;
            }
        }
        any
    }

    /// Compares all that is kept with all that was told.
    pub(super) fn check(&mut self, stack: &Stack, submissions: &[Submission]) {
        let door = stack.door("filer");
        let looked_at = submissions.chunks(submissions.len().div_ceil(CLIENTS));
        let notices: usize = std::thread::scope(|scope| {
            let looks = looked_at.map(|some| scope.spawn(|| check_all(&door, some)));
            let looks: Vec<_> = looks.collect();
            let counts = looks
                .into_iter()
                .map(|look| look.join().expect("all is well"));
            counts.sum()
        });
        assert_eq!(notices, self.notices, "events × people");
        let verified = stack.operate(&["verify-history", "--all"]);
        assert_eq!(verified.code, 0, "{verified:?}");
        self.entries = verified.out.trim_end().to_owned();
        self.letters = stack.books();
        self.letters.assert_once_or_in_doubt();
        assert_eq!(self.letters.sent.len(), self.opening + self.notices);
        for (_, dead_letters) in DEAD_LETTERS {
            assert_eq!(
                stack.depth(dead_letters),
                0,
                "{dead_letters} is empty again"
            );
        }
    }

    /// What a person should know of it.
    pub(super) fn tell(&self, field: &Field) -> String {
        let mut text = String::new();
        let mut line = |what: &str, told: String| {
            writeln!(text, "  {what:<14} {told}").expect("writing to a String does not fail");
        };
        let (broken, failed) = (self.broken, self.failed);
        let redriven: u64 = self.redriven.values().sum();
        line(
            "acknowledged",
            format!(
                "{}; clients asked again {broken} times after no answer, {failed} times after a 5xx or 429",
                self.acknowledged
            ),
        );
        line(
            "stored",
            format!("{}, each once; {}", self.acknowledged, self.entries),
        );
        line("notices", format!("{}, all sent", self.notices));
        line(
            "letters",
            format!(
                "{}, of which {} came a second time",
                self.letters.count() - self.opening,
                self.letters.duplicates()
            ),
        );
        line("in doubt", self.letters.doubts().to_string());
        line(
            "dead-lettered",
            format!("{redriven}, all redriven {:?}", self.redriven),
        );
        line(
            "given up",
            format!("{} entries by relay, found by the tick", self.given_up),
        );
        for (place, proxy) in [
            ("store", &field.store),
            ("queue", &field.queue),
            ("mail", &field.mail),
            ("doors", &field.front),
        ] {
            let (requests, made) = proxy.tally();
            let kinds: Vec<_> = made
                .iter()
                .map(|(kind, count)| format!("{count} {kind}"))
                .collect();
            line(
                place,
                format!(
                    "{} faults in {requests} requests: {}",
                    made.values().sum::<u64>(),
                    kinds.join(", ")
                ),
            );
        }
        text.trim_end().to_owned()
    }
}

/// Whether nothing is on its way in the queues.
fn quiet(stack: &Stack) -> Result<(), String> {
    match stack.waiting() {
        0 => Ok(()),
        waiting => Err(format!("{waiting} messages wait")),
    }
}

/// Looks at each submission and at what became of its letters; how many there are.
fn check_all(door: &Door, submissions: &[Submission]) -> usize {
    let mut notices = 0;
    for Submission { id, answer } in submissions {
        door.assert_submitted_once(id, answer);
        let told = door.get(format!("/v1/reviews/{id}/notices")).expect(200);
        let events = told.body["events"].as_array().into_iter().flatten();
        let letters = events.flat_map(|event| event["notices"].as_array().into_iter().flatten());
        for letter in letters {
            assert_eq!(letter["outcome"], "sent", "{id}: {}", told.text);
            notices += 1;
        }
    }
    notices
}
