//! The letter about a withdrawal, of a draft or of a submitted request (domain.md #45).

use domain::{ReviewWithdrawnV1, StatusName, civil_text};

use crate::facts::{self, Fact};

use super::{OF_THE_FILER, SURPRISED, Words};

pub(super) fn words(withdrawn: &ReviewWithdrawnV1) -> Words {
    let when = civil_text(withdrawn.at);
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
        headline: headline.to_owned(),
        opening: vec![opening],
        steps: vec![
            end.to_owned(),
            // No closing time: the event does not freeze the window, and a rule set's may have been extended.
            "If you still want a review, a new request is needed. You can file one while the filing window is open; the Service Center can tell you whether it is open.".to_owned(),
            SURPRISED.to_owned(),
        ],
        facts: [
            Fact::status(Some(StatusName::Withdrawn)),
            Fact::moment("Withdrawn", withdrawn.at),
        ]
        .into_iter()
        .chain(submitted)
        .chain(facts::of_party(&withdrawn.party))
        .collect(),
        reason: OF_THE_FILER,
    }
}
