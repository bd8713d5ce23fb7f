//! The receipt of a submission (domain.md #43, #52).

use domain::{ReviewSubmittedV1, RuleSet, StatusName, civil_text};

use crate::facts::{self, Fact};

use super::{OF_THE_FILER, Words};

pub(super) fn words(submitted: &ReviewSubmittedV1, rules: &RuleSet) -> Words {
    let days = rules.document_days;
    let fingerprint = Fact::new("Form fingerprint (SHA-256)", submitted.form_sha256.to_string())
        .explained("It stands for the exact answers that were certified. Keep it: it can show later that the form on record is the one that was sent.");
    Words {
        headline: "We have received your request",
        opening: vec![format!(
            "It arrived on {} and is now with the review team.",
            civil_text(submitted.received_at)
        )],
        steps: vec![
            "You need not do anything now.".to_owned(),
            format!(
                "A reviewer may ask you for documents. We would email you, and you would have {days} calendar days to answer."
            ),
            "We will email you when the request has been decided. How long that takes depends on the case, so we cannot name a day.".to_owned(),
        ],
        facts: [
            Fact::status(StatusName::InReview),
            Fact::moment("Received", submitted.received_at),
        ]
        .into_iter()
        .chain(facts::of_party(&submitted.party))
        .chain([fingerprint])
        .collect(),
        reason: OF_THE_FILER,
    }
}
