//! The letter about a withdrawal, of a draft or of a submitted request (domain.md #45).

use domain::{CopyUntil, ReviewWithdrawnV1, StatusName, civil_text};

use crate::facts::{self, Fact};

use super::{OF_THE_FILER, SURPRISED, Words, ended, of_copy};

pub(super) fn words(withdrawn: &ReviewWithdrawnV1, status: Option<StatusName>) -> Words {
    let when = civil_text(withdrawn.at);
    let copy = withdrawn.copy_until;
    let (headline, opening, end) = match withdrawn.submitted_at {
        Some(_) => (
            "Your request has been withdrawn",
            format!("It was withdrawn on {when}. The review ends here: there will be no decision."),
            "A withdrawal is final: this request cannot be reopened.",
        ),
        None => (
            "Your draft has been withdrawn",
            format!(
                "It was withdrawn on {when}. It had not been submitted, so the review team never saw it."
            ),
            "A withdrawal is final: this draft cannot be edited or submitted any more.",
        ),
    };
    let submitted = withdrawn
        .submitted_at
        .map(|at| Fact::moment("Submitted", at));
    Words {
        headline: ended(headline, copy),
        opening: vec![opening],
        steps: vec![end.to_owned(), anew(copy).to_owned(), SURPRISED.to_owned()],
        facts: [
            Fact::status(status),
            Fact::moment("Withdrawn", withdrawn.at),
        ]
        .into_iter()
        .chain(submitted)
        .chain(of_copy(copy))
        .chain(facts::of_party(&withdrawn.party))
        .collect(),
        reason: OF_THE_FILER,
    }
}

/// How the filer can still get a review. Entries from before the window was frozen say nothing of it, so
/// these words hold whether or not it was open.
fn anew(copy: Option<CopyUntil>) -> &'static str {
    match copy {
        Some(CopyUntil { closes: Some(_) }) => {
            "If you still want a review, a new request is needed: copy this one as a new draft, and submit it before the filing window closes."
        }
        Some(CopyUntil { closes: None }) => {
            "If you still want a review, a new request is needed: copy this one as a new draft, and submit it while the filing window is open. Its close is to be announced."
        }
        None => {
            "If you still want a review, a new request is needed. It can be filed only while the filing window is open; the Service Center can tell you whether it is opened again."
        }
    }
}
