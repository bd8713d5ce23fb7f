//! Whose turn it is, and until when: one plain line on every review, for its filers and for the review team.
//!
//! A pure function of the review's heart and of the window as it is known at the instant of asking. It says
//! nothing that a filer may not know to filers: an assignee, a proposed ruling, a note.

use jiff::Timestamp;

use crate::window::closing;
use crate::{
    Approved, AwaitingDocuments, CopyUntil, Denial, Denied, Draft, InReview, LateLeave, MoreTime,
    NotSubmitted, Outline, ReturnCause, RevisedScores, Side, Status, Window, WindowState,
    Withdrawn, civil_day, day_text, last_minute, time_left,
};

/// Whose turn it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// Who has something to do.
    pub whose: Whose,
    /// Until when; `None` where nothing ends by itself.
    pub until: Option<Timestamp>,
    /// The line, for whoever asked.
    pub sentence: String,
}

/// Who has something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The filer's side.
    Filer,
    /// The review team.
    Team,
    /// Nobody: it has ended, or the next step is the service's own.
    Nobody,
}

impl Turn {
    fn new(whose: Whose, until: Option<Timestamp>, sentence: String) -> Self {
        Self {
            whose,
            until,
            sentence,
        }
    }
}

/// Whose turn it is with `outline` at the instant of `window`'s fold, told to `reader`.
#[must_use]
pub fn turn(outline: &Outline, window: &Window, reader: Side) -> Turn {
    match &outline.status {
        Status::Draft(draft) => of_draft(draft, window, reader),
        Status::InReview(now) => match reader {
            Side::Filer => in_review(now),
            Side::Team => with_team(now, outline.casework.assignee.is_some()),
        },
        Status::AwaitingDocuments(now) => awaiting(now, window.asked_at(), reader),
        Status::Approved(now) => approved(now, reader),
        Status::Denied(now) => denied(now, window, reader),
        Status::Withdrawn(now) => withdrawn(now, window, reader),
        Status::NotSubmitted(now) => not_submitted(now, window, reader),
    }
}

fn of_draft(draft: &Draft, window: &Window, reader: Side) -> Turn {
    let at = window.asked_at();
    let start = match (reader, draft.complete) {
        (Side::Filer, false) => "Not submitted yet",
        (Side::Filer, true) => "Complete, but not submitted yet",
        (Side::Team, _) => "With the filer, not submitted yet",
    };
    let (whose, until, window) = match window.state() {
        WindowState::Unannounced => (
            Whose::Nobody,
            None,
            "the window has not been announced".to_owned(),
        ),
        WindowState::NotYetOpen(opens) => {
            let opens = format!("the window opens on {}", crate::civil_text(opens));
            (Whose::Nobody, None, opens)
        }
        WindowState::Open(None) => {
            let open = "the window is open, and its close is to be announced".to_owned();
            (Whose::Filer, None, open)
        }
        WindowState::Open(Some(closes)) => (
            Whose::Filer,
            Some(closes),
            format!("the window {}", closing(at, closes)),
        ),
        WindowState::Closed(closed) => match leave(draft.late.as_ref(), at) {
            Some(until) => {
                let late = format!("one late submission is allowed {}", by(at, until));
                (Whose::Filer, Some(until), late)
            }
            None => {
                let closed = last_minute(closed);
                let over =
                    format!("the window closed on {closed}, and it cannot be submitted any more");
                (Whose::Nobody, None, over)
            }
        },
    };
    Turn::new(whose, until, format!("{start}; {window}."))
}

fn in_review(now: &InReview) -> Turn {
    let since = day(since(now));
    let line = match now.returned.as_ref().map(|returned| returned.cause) {
        Some(ReturnCause::Reinstated) => {
            format!("In review again since {since}; nothing needed from you.")
        }
        Some(
            ReturnCause::ThatIsAll
            | ReturnCause::AllAnswered
            | ReturnCause::ByReviewer
            | ReturnCause::IncompleteAnswer
            | ReturnCause::Unreachable
            | ReturnCause::Silent
            | ReturnCause::CheckUnfinished,
        )
        | None => format!("With the review team since {since}; nothing needed from you."),
    };
    Turn::new(Whose::Team, None, line)
}

fn with_team(now: &InReview, assigned: bool) -> Turn {
    let line = if let Some(proposal) = &now.proposal {
        let since = day(proposal.at);
        format!("A ruling waits for its second person since {since}.")
    } else {
        let who = if assigned {
            "With its reviewer"
        } else {
            "With nobody yet; waiting"
        };
        let why = match now.returned.as_ref().map(|returned| returned.cause) {
            None => "",
            Some(ReturnCause::ThatIsAll) => "; the filer says that all documents are there",
            Some(ReturnCause::AllAnswered) => "; every document that was asked for has come",
            Some(ReturnCause::ByReviewer) => "; the request for documents was ended",
            Some(ReturnCause::IncompleteAnswer) => {
                "; the answer to the request for documents is incomplete"
            }
            Some(ReturnCause::Unreachable) => {
                "; no email about the documents reached anybody: call the contact's number"
            }
            Some(ReturnCause::Silent) => "; no documents came, so decide on what is there",
            Some(ReturnCause::CheckUnfinished) => "; the check of a file did not end",
            Some(ReturnCause::Reinstated) => "; a denial by the clock was taken back",
        };
        format!("{who} since {}{why}.", day(since(now)))
    };
    Turn::new(Whose::Team, None, line)
}

/// Since when it is with the review team.
fn since(now: &InReview) -> Timestamp {
    let returned = now.returned.as_ref().map(|returned| returned.at);
    returned.unwrap_or(now.submission.received_at)
}

fn awaiting(now: &AwaitingDocuments, at: Timestamp, reader: Side) -> Turn {
    let request = &now.request;
    let due = request.due;
    if due <= at {
        let over = format!("The time for documents ended on {}", last_minute(due));
        let line = match reader {
            Side::Filer => format!("{over}; what comes next will be told by email."),
            Side::Team => format!("{over}; the service settles the request."),
        };
        return Turn::new(Whose::Nobody, None, line);
    }
    let by = by(at, due);
    let owed = match (request.open_items().count(), reader) {
        (0, Side::Filer) => {
            format!("Every document is marked as received; say \"that is all\" {by}")
        }
        (0, Side::Team) => {
            format!("Every document is marked as received; the filer can say \"that is all\" {by}")
        }
        (open, Side::Filer) => format!("You owe {} {by}", count(open, "document")),
        (open, Side::Team) => format!("The filer owes {} {by}", count(open, "document")),
    };
    let come = match usize::from(request.answers.files) {
        0 => String::new(),
        1 => "; 1 file has come".to_owned(),
        files => format!("; {files} files have come"),
    };
    let (whose, wish) = match (&request.more_time, reader) {
        (MoreTime::NotAsked | MoreTime::Granted { .. } | MoreTime::Refused { .. }, _) => {
            (Whose::Filer, "")
        }
        (MoreTime::Asked { .. }, Side::Filer) => (
            Whose::Filer,
            "; your wish for more time is not answered yet",
        ),
        (MoreTime::Asked { .. }, Side::Team) => (Whose::Team, "; answer the wish for more time"),
    };
    Turn::new(whose, Some(due), format!("{owed}{come}{wish}."))
}

fn approved(now: &Approved, reader: Side) -> Turn {
    let start = format!("Approved on {}", day(now.decision.at));
    let (whose, rest) = match (&now.decision.ruling.scores, reader) {
        (_, Side::Team) if now.clerical.is_some() => (Whose::Team, CORRECTION),
        (RevisedScores::Pending, Side::Filer) => (
            Whose::Team,
            "; revised scores follow, and nothing is needed from you",
        ),
        (RevisedScores::Pending, Side::Team) => (Whose::Team, "; revised scores are still to come"),
        (RevisedScores::None | RevisedScores::Given { .. }, Side::Filer) => {
            (Whose::Nobody, "; nothing needed from you")
        }
        (RevisedScores::None | RevisedScores::Given { .. }, Side::Team) => (Whose::Nobody, ""),
    };
    Turn::new(whose, None, format!("{start}{rest}."))
}

const CORRECTION: &str = "; a clerical correction waits for its second person";

fn denied(now: &Denied, window: &Window, reader: Side) -> Turn {
    let (start, appeal) = match &now.denial {
        Denial::Person { decision } => (
            format!("Denied on {}", day(decision.at)),
            "; the decision is final",
        ),
        Denial::Clock { at, .. } => (
            format!("Denied on {} because no documents came", day(*at)),
            "; call the Service Center if you sent something in time",
        ),
    };
    match reader {
        Side::Filer => anew(format!("{start}{appeal}"), window),
        Side::Team if now.clerical.is_some() => {
            Turn::new(Whose::Team, None, format!("{start}{CORRECTION}."))
        }
        Side::Team => Turn::new(Whose::Nobody, None, format!("{start}.")),
    }
}

fn withdrawn(now: &Withdrawn, window: &Window, reader: Side) -> Turn {
    let start = format!("Withdrawn on {}", day(now.at));
    match reader {
        Side::Filer => anew(start, window),
        Side::Team => Turn::new(Whose::Nobody, None, format!("{start}.")),
    }
}

fn not_submitted(now: &NotSubmitted, window: &Window, reader: Side) -> Turn {
    let at = window.asked_at();
    let start = format!(
        "Not submitted; the window closed on {}",
        last_minute(now.closed)
    );
    match (leave(now.late.as_ref(), at), reader) {
        (Some(until), Side::Filer) => {
            let line = format!(
                "{start}, but you can still submit it once {}.",
                by(at, until)
            );
            Turn::new(Whose::Filer, Some(until), line)
        }
        (Some(until), Side::Team) => {
            let line = format!("{start}; the filer may submit it once {}.", by(at, until));
            Turn::new(Whose::Filer, Some(until), line)
        }
        (None, Side::Filer) => anew(start, window),
        (None, Side::Team) => Turn::new(Whose::Nobody, None, format!("{start}.")),
    }
}

/// What ended without success can be filed anew while the window is open (domain.md #45).
fn anew(ended: String, window: &Window) -> Turn {
    let rest = match CopyUntil::within(window) {
        None => ".".to_owned(),
        Some(CopyUntil { closes: None }) => {
            "; a new request can be filed while the window is open.".to_owned()
        }
        Some(CopyUntil {
            closes: Some(closes),
        }) => format!(
            "; a new request can be filed {}.",
            by(window.asked_at(), closes)
        ),
    };
    Turn::new(Whose::Nobody, None, format!("{ended}{rest}"))
}

/// Until when a late submission is let in, if it still is at `at`.
fn leave(late: Option<&LateLeave>, at: Timestamp) -> Option<Timestamp> {
    late.map(|leave| leave.until).filter(|&until| at < until)
}

fn by(at: Timestamp, end: Timestamp) -> String {
    time_left(at, end).by()
}

fn day(at: Timestamp) -> String {
    day_text(civil_day(at))
}

/// `1 document`, `2 documents`.
fn count(many: usize, what: &str) -> String {
    let plural = if many == 1 { "" } else { "s" };
    format!("{many} {what}{plural}")
}
