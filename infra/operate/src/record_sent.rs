//! `operate record-sent`: after a restore, the letters that went out since then are taken from the sender's log.

use std::fmt;
use std::path::Path;

use domain::NoticeId;
use jiff::Timestamp;
use serde::Deserialize;
use workflow::ports::{Claims, Outbox};
use workflow::{SentNotice, Untold, record_sent};

use crate::Outcome;
use crate::cli::RecordSentArgs;
use crate::console::Console;

/// Records; prints a line for each letter that the table does not know, and one with the counts.
pub(crate) async fn run(
    ports: &(impl Claims + Outbox),
    args: &RecordSentArgs,
    console: &mut Console<'_>,
) -> Outcome {
    let sent = match read(&args.log) {
        Ok(sent) => sent,
        Err(error) => {
            console.error(error);
            return Outcome::NotDone;
        }
    };
    let mut tell = |notice: &NoticeId, untold: Untold| {
        let (review, seq) = (&notice.review, notice.seq);
        console.line(match untold {
            Untold::Gone => format!("{review}: a letter went out about event {seq}, which is not in the table"),
            Untold::Another => format!(
                "{review}: a letter went out about event {seq}, and another event has that number since the restore"
            ),
        });
    };
    match record_sent(ports, args.restored_to, &sent, &mut tell).await {
        Ok(done) => {
            let (recorded, untold) = (done.recorded, done.untold);
            console.line(format_args!(
                "{} letters in the log: {recorded} are on record as sent, {untold} tell of what the table does not know",
                sent.len()
            ));
            if untold == 0 {
                Outcome::Well
            } else {
                Outcome::Broken
            }
        }
        Err(error) => {
            console.error(error);
            Outcome::NotDone
        }
    }
}

/// What `aws logs filter-log-events` writes.
#[derive(Deserialize)]
struct Log {
    events: Vec<Event>,
}

#[derive(Deserialize)]
struct Event {
    /// Milliseconds of the Unix epoch.
    timestamp: i64,
    message: String,
}

/// A line of the sender.
#[derive(Deserialize)]
struct Line {
    message: String,
    outcome: String,
    notice: String,
}

/// Why a log cannot be read.
#[derive(Debug)]
struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}; it must be what `aws logs filter-log-events` writes (docs/operations.md)",
            self.0
        )
    }
}

fn read(path: &Path) -> Result<Vec<SentNotice>, Unreadable> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Unreadable(format!("{} cannot be read: {error}", path.display())))?;
    letters(&text)
}

/// The letters that a log says were sent. Lines of other kinds are left out; a letter that is not read right is not.
fn letters(text: &str) -> Result<Vec<SentNotice>, Unreadable> {
    let log: Log = serde_json::from_str(text).map_err(|error| Unreadable(error.to_string()))?;
    let mut sent = Vec::new();
    for event in log.events {
        let Ok(line) = serde_json::from_str::<Line>(&event.message) else {
            continue;
        };
        // In doubt: it may have been the second, but it was sent.
        if line.message != "delivered" || !["Sent", "SentInDoubt"].contains(&line.outcome.as_str())
        {
            continue;
        }
        let notice = line.notice.parse();
        let notice = notice.map_err(|error| Unreadable(format!("{}: {error}", line.notice)))?;
        let at = Timestamp::from_millisecond(event.timestamp);
        let at = at.map_err(|error| Unreadable(error.to_string()))?;
        sent.push(SentNotice { notice, at });
    }
    Ok(sent)
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use serde_json::json;
    use testkit::{MemoryQueue, MemoryStore, Story, sample};
    use workflow::ports::{Correspondence as _, Outbox as _};
    use workflow::{Mode, OUTBOX_DUE, When, reconcile_letters};

    use super::*;

    fn log(letters: &[(&str, &NoticeId)]) -> String {
        let line = |(outcome, notice): &(&str, &NoticeId)| {
            let line = json!({"level": "INFO", "message": "delivered", "notice": notice.to_string(), "outcome": outcome});
            json!({"timestamp": 1_760_000_000_000_i64, "message": line.to_string() + "\n", "logStreamName": "x"})
        };
        let mut events: Vec<_> = letters.iter().map(line).collect();
        events.push(json!({"timestamp": 1, "message": "REPORT RequestId: …"}));
        json!({"events": events, "searchedLogStreams": []}).to_string()
    }

    async fn told(
        store: &MemoryStore,
        restored_to: Timestamp,
        log: &str,
    ) -> (Outcome, String, String) {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), log).expect("it is written");
        let args = RecordSentArgs {
            restored_to,
            log: file.path().to_owned(),
        };
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let outcome = run(store, &args, &mut Console::new(&mut out, &mut err)).await;
        let text = |bytes| String::from_utf8(bytes).expect("text");
        (outcome, text(out), text(err))
    }

    /// How many letters a sweep would still send.
    async fn unsent(store: &MemoryStore) -> u32 {
        let queue = MemoryQueue::following(&store.plan);
        let as_of = sample::in_window() + OUTBOX_DUE;
        let when = When {
            as_of,
            leases: as_of,
        };
        let looked =
            reconcile_letters(store, &queue, when, u32::MAX, Mode::Report, &mut |_| {}).await;
        looked.expect("an answer").waiting
    }

    #[tokio::test]
    async fn what_the_log_knows_is_not_sent_again_and_the_rest_is() {
        let story = Story::accepted(MemoryStore::default()).await;
        let (review, _) = story.submitted("one").await;
        let before = unsent(&story.ports).await;
        let entries = story.ports.entries_of(&review.outline.id).await;
        let entry = entries.expect("an answer").pop().expect("the submission");
        let notices: Vec<_> = entry.notices().collect();
        let [first, second, third, ..] = notices.as_slice() else {
            panic!("{notices:?}");
        };
        // The last one was refused, and may be tried again.
        let text = log(&[("Sent", first), ("SentInDoubt", second), ("Failed", third)]);
        for _ in 0..2 {
            let (outcome, out, err) = told(&story.ports, sample::in_window(), &text).await;
            assert_eq!(outcome, Outcome::Well, "{out}{err}");
            assert!(
                out.starts_with("2 letters in the log: 2 are on record"),
                "{out}"
            );
            assert_eq!(unsent(&story.ports).await, before - 2);
        }
        let everybody: Vec<_> = notices.iter().map(|notice| ("Sent", notice)).collect();
        told(&story.ports, sample::in_window(), &log(&everybody)).await;
        let due = story.ports.settle(&entry).await.expect("an answer");
        assert_eq!(due, []);
    }

    #[tokio::test]
    async fn letters_about_what_the_table_does_not_know_are_named_and_leave_it_alone() {
        let story = Story::accepted(MemoryStore::default()).await;
        let (review, _) = story.submitted("one").await;
        let entries = story.ports.entries_of(&review.outline.id).await;
        let entry = entries.expect("an answer").pop().expect("the submission");
        let notice = entry.notices().next().expect("somebody is told");
        let before = unsent(&story.ports).await;
        let lost = NoticeId {
            seq: 99,
            ..notice.clone()
        };
        let earlier = entry.at - SignedDuration::from_secs(1);
        let cases = [
            (
                sample::in_window(),
                &lost,
                "event 99, which is not in the table",
            ),
            (earlier, &notice, "another event has that number"),
        ];
        for (restored_to, notice, words) in cases {
            let (outcome, out, _) =
                told(&story.ports, restored_to, &log(&[("Sent", notice)])).await;
            assert_eq!(outcome, Outcome::Broken);
            assert!(out.contains(words), "{out}");
            assert_eq!(unsent(&story.ports).await, before);
        }
    }

    #[tokio::test]
    async fn what_is_no_log_records_nothing() {
        let store = MemoryStore::default();
        let bad_letter = json!({"events": [{"timestamp": 1, "message":
            r#"{"message": "delivered", "outcome": "Sent", "notice": "nobody"}"#}]});
        for text in ["{\"message\":\"delivered\"}", &bad_letter.to_string()] {
            let (outcome, out, err) = told(&store, sample::in_window(), text).await;
            assert_eq!((outcome, out.as_str()), (Outcome::NotDone, ""));
            assert!(err.contains("filter-log-events"), "{err}");
        }
    }
}
