//! The receipt of a submission (domain.md #43, #52).

use domain::{ReviewSubmittedV1, RuleSet, StatusName, civil_text};

use crate::facts::{self, Fact};

use super::{OF_THE_FILER, Words};

pub(super) fn words(
    submitted: &ReviewSubmittedV1,
    status: Option<StatusName>,
    rules: &RuleSet,
) -> Words {
    let answer = match rules.document_days {
        Some(days) => format!("you would have {days} calendar days to answer"),
        None => "the email would say until when to answer".to_owned(),
    };
    let fingerprint = Fact::new("Form fingerprint (SHA-256)", submitted.form_sha256.to_string())
        .explained("It stands for the exact answers that were certified. Keep it: it can show later that the form on record is the one that was sent.");
    let files = submitted.files.iter().map(|file| {
        Fact::new(
            "File, with its fingerprint (SHA-256)",
            format!("{} {}", file.id, file.sha256),
        )
    });
    Words {
        headline: "We have received your request".to_owned(),
        opening: [format!(
            "It arrived on {} and is now with the review team.",
            civil_text(submitted.received_at)
        )]
        .into_iter()
        .chain(submitted.corrects_closing.then(|| {
            "An earlier email said that nothing had been submitted. Please disregard it: the request arrived in time.".to_owned()
        }))
        .collect(),
        steps: vec![
            "You need not do anything now.".to_owned(),
            format!(
                "A reviewer may ask you for documents. We would email you, and {answer}."
            ),
            "We will email you when the request has been decided. How long that takes depends on the case, so we cannot name a day.".to_owned(),
        ],
        facts: [
            Fact::status(status),
            Fact::moment("Received", submitted.received_at),
        ]
        .into_iter()
        .chain(facts::of_party(&submitted.party))
        .chain([fingerprint])
        .chain(files)
        .collect(),
        reason: OF_THE_FILER,
    }
}
