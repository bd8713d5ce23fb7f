//! Where nothing may stand, and how it is looked at.

use scenarios::{Stack, telemetry, until};
use serde_json::Value;

use crate::markers::{MARKERS, Marker};

/// The queue of what SES reports, and its dead letters: addresses are there by nature (promise P6).
const REPORTS: [&str; 2] = ["FeedbackQueue", "FeedbackDeadLetters"];
/// Lines from which on the journal of the queues forgets what is gone.
const JOURNAL: usize = 10_000;

/// What must not be found, besides the markers.
pub(crate) struct Secrets(Vec<String>);

impl Secrets {
    /// Of tokens their bodies and signatures; the head is the same for all, and no secret.
    pub(crate) fn of(tokens: &[String]) -> Self {
        let parts = tokens.iter().flat_map(|token| token.split('.').skip(1));
        Self(parts.map(|part| part[..40].to_owned()).collect())
    }

    /// Fails with the line in which a marker or a secret stands.
    pub(crate) fn assert_silent(&self, place: &str, text: &str) {
        self.assert_none_but(place, text, |_| false);
    }

    fn assert_none_but(&self, place: &str, text: &str, but: impl Fn(&Marker) -> bool) {
        let markers = MARKERS.iter().filter(|marker| !but(marker));
        let markers = markers.map(|marker| (marker.of, marker.text));
        let secrets = self.0.iter().map(|part| ("a token", part.as_str()));
        for (what, marker) in markers.chain(secrets) {
            if let Some(line) = text.lines().find(|line| line.contains(marker)) {
                let begin: String = line.chars().take(2_000).collect();
                panic!("{what} ({marker}) stands in {place}: {begin}");
            }
        }
    }

    /// Every body that was ever sent to any queue since the start.
    pub(crate) fn assert_silent_queues(&self, stack: &Stack) {
        let journal = std::fs::read_to_string(stack.data().join("queues.journal"));
        let journal = journal.expect("the queues keep a journal");
        assert!(
            journal.lines().count() < JOURNAL,
            "the journal may have forgotten some"
        );
        let mut sent = 0;
        for line in journal.lines() {
            let line: Value = serde_json::from_str(line).expect("each line is JSON");
            let Some(message) = line.get("sent") else {
                continue;
            };
            let queue = message["queue"].as_str().expect("each is in a queue");
            let reports = REPORTS.contains(&queue);
            let place = format!("a message of {queue}");
            let body = message["request"].to_string();
            self.assert_none_but(&place, &body, |marker| reports && marker.in_reports);
            sent += 1;
        }
        assert!(sent > 50, "only {sent} messages were sent");
    }

    /// Every file that is kept, but for those that hold people by nature: the mailbox, the table, and the queue of reports,
    /// at which [`Self::assert_silent_queues`] looks.
    pub(crate) fn assert_silent_files(&self, stack: &Stack) {
        let mut looked_at = 0;
        for (path, bytes) in stack.files() {
            let name = path.strip_prefix(stack.data()).expect("it is in there");
            let name = name.to_string_lossy();
            let people = ["mail/", "tables.sqlite", "queues.journal"];
            if !people.iter().any(|begin| name.starts_with(begin)) {
                self.assert_silent(&name, &String::from_utf8_lossy(&bytes));
                looked_at += 1;
            }
        }
        assert!(looked_at > 5, "where are the files?");
    }
}

/// The whole log of a function, once it has so many lines.
pub(crate) fn log_of(stack: &Stack, function: &str, least: usize) -> String {
    until(|| {
        let log = stack.log(function);
        let lines = log.lines().count();
        if lines >= least {
            Ok(log)
        } else {
            Err(format!("{function} wrote {lines} lines"))
        }
    })
}

/// Fails unless each line of an invocation holds what it may hold and nothing else (docs/telemetry.md), and each metric is a
/// number under a name of our own; returns how many lines carried metrics.
pub(crate) fn assert_plain_metrics(stack: &Stack, function: &str) -> usize {
    let lines = stack.invoked(function);
    for line in &lines {
        let faults = telemetry::line_faults(line);
        assert!(faults.is_empty(), "{faults:?} in {line}");
    }
    lines.iter().filter(|line| line["_aws"].is_object()).count()
}
