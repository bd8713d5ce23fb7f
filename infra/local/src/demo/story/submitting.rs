//! The request is read once more, certified and submitted; receipts go out; the log is verified.

use axum::http::StatusCode;
use serde_json::json;

use crate::demo::step::{Ask, Letter, Letters, Step};

/// What no letter says, whoever reads it.
const SECRETS: [&str; 3] = ["998765100", "hospital-based", "866-288-2892"];

pub(super) fn steps() -> Vec<Step> {
    let submission = || {
        json!({
            "form_revision": "{revision}",
            "certification": {"text": "{certification}", "disclosures": "{disclosures}"},
        })
    };
    vec![
        Ask::get(
            "Frankie reads the summary",
            "The form as it will be certified.",
            "/v1/reviews/{review}/form",
        )
        .holds("/tickets", json!(["CS0606124"]))
        .into(),
        Ask::get(
            "The draft's own page",
            "Its hash stands for the exact bytes of the form. The identifier is shown; a TIN would be masked.",
            "/v1/reviews/{review}",
        )
        .holds("/identifier", "NPI 1112223334")
        .keeps("revision", "/form_revision")
        .keeps("form_sha256", "/form_sha256")
        .into(),
        Ask::get("The disclosures", "", "/v1/texts/disclosures?year=2024")
            .keeps("disclosures", "/reference")
            .into(),
        Ask::get(
            "What Frankie signs",
            "Someone who acts for a clinician signs other words than the clinician.",
            "/v1/texts/certification-on-behalf?year=2024",
        )
        .keeps("certification", "/reference")
        .into(),
        Ask::post(
            "Frankie certifies and submits",
            "It counts from the moment the gateway received it, however long the work behind it takes.",
            "/v1/reviews/{review}/submit",
            "submit",
            submission(),
        )
        .holds("/status", "in_review")
        .holds("/form_sha256", "{form_sha256}")
        .keeps("submitted", "")
        .into(),
        Ask::post(
            "The connection broke, and Frankie sends the same again",
            "The same key and the same body: the same answer, and nothing is done twice.",
            "/v1/reviews/{review}/submit",
            "submit",
            submission(),
        )
        .holds("", "{submitted}")
        .into(),
        Ask::patch(
            "What was certified cannot be changed",
            "The refusal names the status that it is in, and whom to call.",
            "/v1/reviews/{review}/form",
            "\"{revision}\"",
            json!({"description": "Something else."}),
        )
        .answers(StatusCode::CONFLICT)
        .holds("/review_status", "in_review")
        .into(),
        Ask::get(
            "Olive, who files reviews of her own, sees nothing of it",
            "Forbidden and unknown look the same.",
            "/v1/reviews/{review}",
        )
        .by("other")
        .answers(StatusCode::NOT_FOUND)
        .into(),
        Step::Letters(Letters {
            title: "The receipts arrive",
            told: "One for each person. The owner's has every fact, with the TIN masked to its last four digits; colleagues, \
                   whose addresses nobody has verified yet, get the id, the status and a link.",
            review: "{review}",
            subject: "Received: targeted review request {review}",
            each: vec![
                Letter {
                    to: "filer@example.org",
                    says: &["NPI 1112223334", "*****5100", "Not listed", "TRS 711"],
                    hides: &SECRETS,
                },
                Letter {
                    to: "staff@example.org",
                    says: &["Submitted – In Review"],
                    hides: &["1112223334", "5100", "Sample", SECRETS[1]],
                },
                Letter {
                    to: "billing@example.org",
                    says: &["Submitted – In Review"],
                    hides: &["1112223334", "5100", "Sample", SECRETS[1]],
                },
            ],
        }),
        Ask::get(
            "The log of the review",
            "Who did what and when, in sentences: what changed, never what was typed.",
            "/v1/reviews/{review}/history",
        )
        .counts("/entries", 8)
        .holds("/entries/7/who/label", "You")
        .says("/entries/7/what", "Certified and submitted the request")
        .into(),
        Ask::get(
            "Does the record hold?",
            "Each entry is hashed together with the hash before it, and the review carries the last hash and the count: a \
             changed byte, a missing entry or a cut end would show. `cargo run -- verify-history --all` asks the same for \
             every review there is.",
            "/v1/reviews/{review}/history/verification",
        )
        .holds("/verified", true)
        .holds("/entries", 8)
        .into(),
    ]
}
