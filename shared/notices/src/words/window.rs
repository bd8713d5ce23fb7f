//! Letters about a draft and the filing window around it (domain.md #17, #21–#23).

use domain::{
    DraftReminderV1, LateAllowedV1, NotSubmittedV1, WindowChangedV1, civil_text, last_minute,
};
use jiff::Timestamp;

use crate::facts::Fact;
use crate::quoted::quoted;

use super::Told;

const ONLY_SUBMITTED: &str =
    "A draft is not a request: only what has been submitted by then is reviewed.";
const HOW_TO_SUBMIT: &str =
    "Sign in, complete the form, and submit it. The owner of the draft has to do the last step.";
const NOT_WANTED: &str =
    "If you no longer want a review, you can withdraw the draft, and the reminders end.";

/// The window closes soon.
pub(super) fn reminder(reminder: &DraftReminderV1) -> Told {
    Told {
        headline: format!("Submit your draft by {}", last_minute(reminder.closes)),
        opening: vec![format!("It has not been submitted yet. {ONLY_SUBMITTED}")],
        steps: vec![HOW_TO_SUBMIT.to_owned(), NOT_WANTED.to_owned()],
        facts: vec![Fact::deadline("Filing window closes", reminder.closes)],
    }
}

/// The window was announced, moved or reopened.
pub(super) fn changed(changed: &WindowChangedV1, at: Timestamp) -> Told {
    let headline = match (changed.closes, changed.reopened) {
        (Some(closes), true) => {
            format!("Your draft is open again until {}", last_minute(closes))
        }
        (Some(closes), false) => format!("You can submit until {}", last_minute(closes)),
        (None, true) => "Your draft is open again; the close is to be announced".to_owned(),
        (None, false) => "The close of the filing window is to be announced".to_owned(),
    };
    let what = if changed.reopened {
        "The filing window has been reopened, so your draft can be edited and submitted again."
    } else {
        "The dates of the filing window have changed."
    };
    let reason = quoted(&changed.reason);
    let why = (!reason.is_empty()).then(|| format!("The announcement says: {reason}"));
    let then = match changed.closes {
        Some(_) => ONLY_SUBMITTED.to_owned(),
        None => {
            "We will email you when the close is announced. You need not wait for it to submit."
                .to_owned()
        }
    };
    let close = match changed.closes {
        Some(closes) => Fact::deadline("Filing window closes", closes),
        None => Fact::new("Filing window closes", "To be announced"),
    };
    Told {
        headline,
        opening: [what.to_owned()].into_iter().chain(why).collect(),
        steps: vec![then, HOW_TO_SUBMIT.to_owned(), NOT_WANTED.to_owned()],
        facts: vec![close, Fact::moment("Recorded", at)],
    }
}

/// The window closed over the draft.
pub(super) fn closed(closed: &NotSubmittedV1) -> Told {
    Told {
        headline: "Your draft was not submitted".to_owned(),
        opening: vec![format!(
            "The filing window closed on {}, and the draft had not been submitted by then. So there is no request, and nobody reviews it.",
            civil_text(closed.closed)
        )],
        steps: vec![
            "You can still sign in and read the draft, but it cannot be edited or submitted.".to_owned(),
            "If you tried to submit in the last hour before the close and the service failed, call the Service Center with the request ID of the error message: one late submission can be allowed.".to_owned(),
            "If the window is opened again, we will email you.".to_owned(),
        ],
        facts: vec![Fact::moment("Filing window closed", closed.closed)],
    }
}

/// One late submission is let in.
pub(super) fn late(allowed: &LateAllowedV1, at: Timestamp) -> Told {
    Told {
        headline: format!("You can still submit until {}", last_minute(allowed.until)),
        opening: vec![
            "An attempt to submit this draft failed in the last hour before the close through no fault of yours. So one late submission is allowed.".to_owned(),
        ],
        steps: vec![
            HOW_TO_SUBMIT.to_owned(),
            "This holds once, for this draft only. After the date above nothing can be submitted.".to_owned(),
        ],
        facts: vec![
            Fact::deadline("Late submission until", allowed.until),
            Fact::moment("Allowed", at),
            Fact::new("Request that failed", quoted(allowed.failed_request.as_str())),
        ],
    }
}
