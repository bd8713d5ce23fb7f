//! Letters about requests for documents and about files (domain.md #18, #19, #21, #24, #38).

use domain::{
    DocumentItem, DocumentsDueMovedV1, DocumentsReceivedV1, DocumentsReminderV1,
    DocumentsRequestedV1, DueCause, FileRefusedV1, MAX_FILE_SIZE, MAX_FILES, MoreTimeAnsweredV1,
    ReturnCause, RuleSet, SilentCase, WrongPatientDecidedV1, last_minute,
};
use jiff::Timestamp;

use crate::facts::Fact;
use crate::quoted::quoted;

use super::{NOTHING_TO_DO, Told};

const HOW_TO_SEND: &str =
    "Sign in, open the request and add each file there. Please send no documents by email.";
const SAY_THAT_IS_ALL: &str =
    "When everything is there, say \"that is all\" in the request, and the review goes on at once.";
const ASK_FOR_MORE_TIME: &str =
    "If you need more time, ask for it in the request by then; it can be asked for once.";

/// Documents are asked for, or otherwise than before.
pub(super) fn requested(asked: &DocumentsRequestedV1, at: Timestamp, rules: &RuleSet) -> Told {
    let many = count(asked.items.len(), "document");
    let opening = if asked.amended {
        format!(
            "The review team has changed what it asks for. It now asks for {many}, listed below."
        )
    } else {
        format!("The review team asks for {many} to decide on your request, listed below.")
    };
    let files = format!(
        "Up to {MAX_FILES} files can be sent, each of at most {} MB. None may be locked with a password.",
        MAX_FILE_SIZE / 1_000_000
    );
    Told {
        headline: format!("Send documents by {}", last_minute(asked.due)),
        opening: vec![opening],
        steps: vec![
            HOW_TO_SEND.to_owned(),
            files,
            SAY_THAT_IS_ALL.to_owned(),
            ASK_FOR_MORE_TIME.to_owned(),
            silence(rules).to_owned(),
        ],
        facts: due_and_documents(asked.due, &asked.items, Some(("Asked", at))),
    }
}

/// Documents are due soon.
pub(super) fn reminder(reminder: &DocumentsReminderV1, rules: &RuleSet) -> Told {
    let opening = match reminder.items.len() {
        0 => {
            "Every document has been marked as received, but nobody has said yet that this is all."
                .to_owned()
        }
        open => format!(
            "The review team has not marked {} as received yet. If you have sent everything, say \"that is all\" in the request.",
            count(open, "document")
        ),
    };
    Told {
        headline: format!(
            "Reminder: documents are due by {}",
            last_minute(reminder.due)
        ),
        opening: vec![opening],
        steps: vec![
            HOW_TO_SEND.to_owned(),
            SAY_THAT_IS_ALL.to_owned(),
            ASK_FOR_MORE_TIME.to_owned(),
            silence(rules).to_owned(),
        ],
        facts: due_and_documents(reminder.due, &reminder.items, None),
    }
}

/// There is more time for documents.
pub(super) fn moved(moved: &DocumentsDueMovedV1, at: Timestamp) -> Told {
    let why = match moved.cause {
        DueCause::Extended => {
            "The last day to send documents has been moved. What is asked for stays the same."
        }
        DueCause::Paused => {
            "The time to send documents stood still for some days, and these have been added. What is asked for stays the same."
        }
    };
    Told {
        headline: format!("More time: documents are due by {}", last_minute(moved.due)),
        opening: vec![why.to_owned()],
        steps: vec![HOW_TO_SEND.to_owned(), SAY_THAT_IS_ALL.to_owned()],
        facts: due_and_documents(moved.due, &[], Some(("Moved", at))),
    }
}

/// More time was granted or refused.
pub(super) fn answered(answer: &MoreTimeAnsweredV1, at: Timestamp) -> Told {
    let due = last_minute(answer.due);
    let (headline, opening, label) = if answer.granted {
        (
            format!("More time granted: documents are due by {due}"),
            "Your side asked for more time, and a reviewer has granted it. What is asked for stays the same.",
            "Granted",
        )
    } else {
        (
            format!("No more time: documents are still due by {due}"),
            "Your side asked for more time, and a reviewer could not grant it. The last day stays as it was.",
            "Answered",
        )
    };
    Told {
        headline,
        opening: vec![opening.to_owned()],
        steps: vec![
            HOW_TO_SEND.to_owned(),
            SAY_THAT_IS_ALL.to_owned(),
            "If a document cannot be had in time, say so in a comment and send what there is."
                .to_owned(),
        ],
        facts: due_and_documents(answer.due, &[], Some((label, at))),
    }
}

/// The request for documents has ended, and a person goes on.
pub(super) fn ended(ended: &DocumentsReceivedV1, at: Timestamp) -> Told {
    let (headline, why) = match ended.cause {
        ReturnCause::ThatIsAll => (
            "Your documents are with the review team",
            "Your side has said that everything has been sent, and the review goes on.",
        ),
        ReturnCause::AllAnswered => (
            "Your documents are with the review team",
            "Everything that was asked for has come, and the review goes on.",
        ),
        ReturnCause::ByReviewer => (
            "The request for documents has ended",
            "A reviewer has ended it, and the review goes on with what there is.",
        ),
        ReturnCause::IncompleteAnswer => (
            "The time for documents is over",
            "Something has come from your side, though nobody has said that it was all. A reviewer looks at what there is.",
        ),
        ReturnCause::CheckUnfinished => (
            "The time for documents is over",
            "The check of a file is not finished, so a reviewer looks into it.",
        ),
        ReturnCause::Unreachable | ReturnCause::Silent | ReturnCause::Reinstated => (
            "The time for documents is over",
            "A reviewer goes on with what there is.",
        ),
    };
    let files = match ended.files {
        0 => "No file has come since the documents were asked for.".to_owned(),
        files => format!("Files that have come since the documents were asked for: {files}."),
    };
    Told {
        headline: headline.to_owned(),
        opening: vec![why.to_owned(), files],
        steps: vec![
            NOTHING_TO_DO.to_owned(),
            "If something is missing, you can add it with a comment for as long as the request is not decided.".to_owned(),
            "We will email you when the request has been decided.".to_owned(),
        ],
        facts: [Fact::moment("Ended", at)]
            .into_iter()
            .chain(ended.open.iter().map(|item| {
                Fact::document(item).explained("Not marked as received.")
            }))
            .collect(),
    }
}

/// A file could not be taken.
pub(super) fn file_refused(refused: &FileRefusedV1, at: Timestamp) -> Told {
    let headline = match refused.replace_by {
        Some(end) => format!("Replace a file by {}", last_minute(end)),
        None => "A file could not be taken".to_owned(),
    };
    let opening = format!(
        "The file \"{}\" could not be taken. {}",
        quoted(refused.name.reveal()),
        refused.why.sentence()
    );
    let step = match refused.replace_by {
        Some(_) => {
            "It arrived in time. If a sound file takes its place by that date, it counts as an answer to the request for documents."
        }
        None => "Without a sound file in its place, the review team has nothing of it.",
    };
    let until = refused.replace_by;
    Told {
        headline,
        opening: vec![opening],
        steps: vec![HOW_TO_SEND.to_owned(), step.to_owned()],
        facts: until
            .map(|end| Fact::deadline("Replace it by", end))
            .into_iter()
            .chain([
                Fact::moment("Refused", at),
                Fact::new("File", quoted(refused.name.reveal())),
            ])
            .collect(),
    }
}

/// What follows if nothing at all comes (domain.md #19).
fn silence(rules: &RuleSet) -> &'static str {
    match rules.silent_case {
        SilentCase::Deny => {
            "If nothing at all comes from your side by that date, the request is denied. Anything counts: a file, a comment, or a wish for more time."
        }
        SilentCase::DecideOnRecord => {
            "If nothing comes from your side by that date, the review team decides on what it has."
        }
    }
}

fn due_and_documents(
    due: Timestamp,
    items: &[DocumentItem],
    act: Option<(&'static str, Timestamp)>,
) -> Vec<Fact> {
    [Fact::deadline("Documents due", due)]
        .into_iter()
        .chain(items.iter().map(Fact::document))
        .chain(act.map(|(label, at)| Fact::moment(label, at)))
        .collect()
}

/// `1 document`, `2 documents`.
fn count(many: usize, what: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {what}{plural}")
}

/// A file that was reported to tell of somebody else was looked at. It is not named: its name may do so, too.
pub(super) fn wrong_patient(decided: &WrongPatientDecidedV1, at: Timestamp) -> Told {
    let (headline, what, step) = if decided.erased {
        (
            "A file was erased, because it was about somebody else",
            "It had been reported to tell of a person who has nothing to do with this request, and so it does. Its content and its name are erased; that it was sent stays on record and counts.",
            "If it was to be about this request, send the right document with a comment, or where documents are asked for.",
        )
    } else {
        (
            "A file that was locked away can be used again",
            "It had been reported to tell of a person who has nothing to do with this request. The review team looked into that and found that it does not; it is part of the request as before.",
            NOTHING_TO_DO,
        )
    };
    Told {
        headline: headline.to_owned(),
        opening: vec![what.to_owned()],
        steps: vec![step.to_owned()],
        facts: vec![
            Fact::moment("Decided", at),
            Fact::moment("The file was sent", decided.granted_at),
        ],
    }
}
