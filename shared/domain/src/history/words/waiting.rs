//! What is told of a request for documents and its clock (domain.md #18, #19, #23, #24).

use jiff::Timestamp;

use super::series::{counted, series};
use crate::{DueCause, ReturnCause, last_minute};

pub(super) fn requested(items: u16, due: Timestamp) -> String {
    let documents = counted(items.into(), "document", "documents");
    format!("Asked for {documents}, due by {}.", last_minute(due))
}

pub(super) fn amended(added: &[u16], dropped: &[u16], due: Timestamp) -> String {
    let done = |what: &str, numbers: &[u16]| {
        (!numbers.is_empty()).then(|| format!("{what} {}", numbered(numbers)))
    };
    let parts: Vec<String> = done("added", added)
        .into_iter()
        .chain(done("dropped", dropped))
        .collect();
    let what = if parts.is_empty() {
        String::new()
    } else {
        format!(" ({})", series(&parts))
    };
    format!(
        "Changed the request for documents{what}; they were then due by {}.",
        last_minute(due)
    )
}

/// `item 2`, `items 2 and 3`.
fn numbered(numbers: &[u16]) -> String {
    let texts: Vec<String> = numbers.iter().map(u16::to_string).collect();
    let noun = if texts.len() == 1 { "item" } else { "items" };
    format!("{noun} {}", series(&texts))
}

pub(super) fn moved(due: Timestamp, cause: DueCause) -> String {
    let due = last_minute(due);
    match cause {
        DueCause::Extended => {
            format!("Gave more time for the documents: they were then due by {due}.")
        }
        DueCause::Paused => {
            format!(
                "Stopped the clock of the documents for some days: they were then due by {due}."
            )
        }
    }
}

pub(super) fn returned(cause: ReturnCause) -> &'static str {
    match cause {
        ReturnCause::ThatIsAll => "Said that everything had been sent, and the review went on.",
        ReturnCause::AllAnswered => {
            "Everything that was asked for had come, and the review went on."
        }
        ReturnCause::ByReviewer => "Ended the request for documents, and the review went on.",
        ReturnCause::IncompleteAnswer => {
            "The time for the documents ended with an answer on record, and a reviewer went on with it."
        }
        ReturnCause::Unreachable => {
            "The time for the documents ended, but no email about them had reached anybody, so a reviewer went on with the review."
        }
        ReturnCause::Silent => {
            "The time for the documents ended without an answer, and a reviewer went on with what was there."
        }
        ReturnCause::CheckUnfinished => {
            "The time for the documents ended before every file could be checked, and a reviewer went on with them."
        }
        ReturnCause::Reinstated => {
            "The denial for missing documents was taken back, and the review went on."
        }
    }
}

pub(super) fn passed_over(of: Timestamp, days: u16) -> String {
    let of = last_minute(of);
    let days = counted(days.into(), "day", "days");
    format!(
        "Passed over the reminder {days} before the deadline, {of}: it would have come too late."
    )
}

pub(super) fn reminded(of: Timestamp, days: u16) -> String {
    let of = last_minute(of);
    match days {
        0 => format!("Sent a reminder of the deadline, {of}."),
        days => {
            let days = counted(days.into(), "day", "days");
            format!("Sent a reminder {days} before the deadline, {of}.")
        }
    }
}
