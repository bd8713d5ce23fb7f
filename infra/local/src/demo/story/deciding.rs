//! The review team takes the request up, asks for a document, and decides by two people.

use axum::http::StatusCode;
use serde_json::json;

use crate::demo::step::{Ask, Letter, Letters, Step};

/// What no letter about it says, whoever reads it.
const SECRETS: [&str; 4] = ["998765100", "hospital-based", "mark the pages", "Rita"];

pub(super) fn steps() -> Vec<Step> {
    let mut steps = taken_up();
    steps.extend(asked());
    steps.extend(decided());
    steps
}

/// Letters of that subject to Frankie and both colleagues; Frankie's says these things.
fn told(
    title: &'static str,
    told: &'static str,
    subject: &'static str,
    says: &'static [&'static str],
) -> Step {
    let colleague = |to| Letter {
        to,
        says: &[],
        hides: &["1112223334", "5100", "Sample", SECRETS[1]],
    };
    Step::Letters(Letters {
        title,
        told,
        review: "{review}",
        subject,
        each: vec![
            Letter {
                to: "filer@example.org",
                says,
                hides: &SECRETS,
            },
            colleague("staff@example.org"),
            colleague("billing@example.org"),
        ],
    })
}

fn taken_up() -> Vec<Step> {
    vec![
        Ask::get(
            "Rita, a reviewer, opens the request",
            "She sees all that was entered; the practice's TIN is masked.",
            "/v1/team/reviews/{review}",
        )
        .by("reviewer")
        .holds("/form/practice/tin", "*****5100")
        .into(),
        Ask::get(
            "Frankie does not come in by that door",
            "To whoever is not of the review team there is no such review.",
            "/v1/team/reviews/{review}",
        )
        .answers(StatusCode::NOT_FOUND)
        .into(),
        Ask::post(
            "Rita takes it",
            "Who works on it is the team's own business: the log that Frankie reads does not tell.",
            "/v1/team/reviews/{review}/take",
            "take",
            json!({}),
        )
        .by("reviewer")
        .into(),
        Ask::post(
            "Rita writes a private note",
            "It is a type of its own, kept apart from comments: nothing that Frankie can read can hold one.",
            "/v1/team/reviews/{review}/notes",
            "note",
            json!({"text": "The registry confirmed the place of service by phone."}),
        )
        .by("reviewer")
        .into(),
    ]
}

fn asked() -> Vec<Step> {
    vec![
        Ask::post(
            "Rita asks for a document",
            "By the rules of performance year 2024 there are 15 days, up to the end of the last one in New York.",
            "/v1/team/reviews/{review}/documents",
            "documents",
            json!({
                "items": [{"what": "Place of service codes for 2024", "kind": "ehr_extract"}],
                "message": "Please mark the pages that show the hospital.",
            }),
        )
        .by("reviewer")
        .holds("/status", "awaiting_documents")
        .into(),
        told(
            "The request for documents arrives",
            "The last day is in the first two lines.",
            "Documents requested: targeted review {review}",
            &["Place of service codes for 2024", "11:59 pm ET", "TRS 711"],
        ),
        Ask::get(
            "Frankie looks at the request",
            "What is asked for, and until when.",
            "/v1/reviews/{review}",
        )
        .holds("/status", "awaiting_documents")
        .holds("/documents/items/0/what", "Place of service codes for 2024")
        .into(),
        Ask::post(
            "The codes have come with the Service Center's case, and Rita marks them as received",
            "",
            "/v1/team/reviews/{review}/documents/received",
            "received",
            json!({"item": 1}),
        )
        .by("reviewer")
        .into(),
        Ask::post(
            "Rita goes on with what there is",
            "The request has ended; no clock can deny it any more.",
            "/v1/team/reviews/{review}/documents/return",
            "return",
            json!({}),
        )
        .by("reviewer")
        .holds("/status", "in_review")
        .keeps("seen", "/version")
        .into(),
    ]
}

fn decided() -> Vec<Step> {
    let scores = |final_score, points, adjustment| {
        json!({
            "final_score": final_score,
            "categories": [{"category": "promoting_interoperability", "scored": points}],
            "adjustment": adjustment,
            "from": "2026-01-01",
        })
    };
    vec![
        Ask::post(
            "Rita decides, and asks for a second person",
            "A finding for each issue that is claimed. If-Match says what Rita saw: a document or a comment in between \
             would refuse it.",
            "/v1/team/reviews/{review}/decision",
            "decide",
            json!({
                "findings": [{
                    "issue": "eligibility_special_status",
                    "granted": true,
                    "sentence": "The special status holds for the whole performance period.",
                }],
                "explanation": "The place of service codes show a hospital-based clinician.",
                "scores": {
                    "state": "given",
                    "was": scores("65.00", json!({"points": "0", "of": "25"}), "-1.20"),
                    "now": scores("100.00", json!(null), "3.00"),
                },
                "second_person": true,
            }),
        )
        .seeing("\"{seen}\"")
        .by("reviewer")
        .holds("/status", "in_review")
        .keeps("proposed", "/version")
        .into(),
        Ask::post(
            "Rita cannot be the second person",
            "",
            "/v1/team/reviews/{review}/decision/confirm",
            "confirm-own",
            json!({}),
        )
        .seeing("\"{proposed}\"")
        .by("reviewer")
        .answers(StatusCode::CONFLICT)
        .says("/detail", "another than the first")
        .into(),
        Ask::post(
            "Ravi confirms",
            "It is decided, and final.",
            "/v1/team/reviews/{review}/decision/confirm",
            "confirm",
            json!({}),
        )
        .seeing("\"{proposed}\"")
        .by("second-reviewer")
        .holds("/status", "approved")
        .into(),
        told(
            "The decision arrives",
            "The old scores stand beside the new.",
            "Approved: targeted review request {review}",
            &[
                "65.00 before, 100.00 now",
                "-1.20 % before, +3.00 % now",
                "December 31, 2030",
            ],
        ),
        Ask::get(
            "Frankie reads why",
            "What waited for its second person was nowhere to be seen; what is decided is.",
            "/v1/reviews/{review}",
        )
        .holds("/decision/approved", true)
        .says("/decision/explanation", "hospital-based")
        .holds("/decision/scores/now/final_score", "100.00")
        .into(),
        Ask::get(
            "The log as Frankie reads it",
            "Nobody of the review team is named, and what the team does for itself is left out.",
            "/v1/reviews/{review}/history",
        )
        .holds("/entries/5/who/label", "the review team")
        .into(),
        Ask::get(
            "The log as Ravi reads it",
            "All of it, without gaps.",
            "/v1/team/reviews/{review}/history",
        )
        .by("second-reviewer")
        .counts("/entries", 13)
        .holds("/entries/12/who", "You")
        .into(),
        Ask::get(
            "The record still holds",
            "",
            "/v1/reviews/{review}/history/verification",
        )
        .holds("/verified", true)
        .into(),
    ]
}
