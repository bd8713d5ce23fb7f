//! A draft is begun, filled in over two sittings, and checked.

use axum::http::StatusCode;
use serde_json::json;

use crate::demo::step::{Ask, Letter, Letters, Step};

pub(super) fn steps() -> Vec<Step> {
    vec![
        Ask::get(
            "Frankie reads the statement of truth",
            "It is a text with a version, and everyone accepts it once before the first change.",
            "/v1/texts/statement-of-truth",
        )
        .keeps("statement", "/reference")
        .keeps("statement_sha256", "/sha256")
        .into(),
        Ask::post(
            "Frankie accepts it",
            "Who, when, which version and the hash of its words go on record.",
            "/v1/statement/acceptances",
            "statement",
            json!({"text": "{statement}"}),
        )
        .holds("/sha256", "{statement_sha256}")
        .into(),
        Ask::get(
            "Frankie reads what a targeted review can do, and what it cannot",
            "The reasons screen of performance year 2024. The form will say that it has been read.",
            "/v1/texts/reasons?year=2024",
        )
        .keeps("reasons", "/reference")
        .into(),
        Ask::post(
            "Frankie begins a draft",
            "A request that changes something carries an idempotency key: it can be repeated, and is done once.",
            "/v1/reviews",
            "begin",
            json!({"year": 2024, "name": "Dr. Sample, special status"}),
        )
        .answers(StatusCode::CREATED)
        .holds("/status", "draft")
        .holds("/version", 1)
        .keeps("review", "/id")
        .into(),
        Ask::get(
            "The form is a document of its own",
            "Its ETag is its revision. It moves only with what the form says.",
            "/v1/reviews/{review}/form",
        )
        .keeps_etag("form")
        .into(),
        Ask::patch(
            "Frankie says who it is about",
            "An individual clinician; the practice is not listed, so its TIN is given. If-Match says what was read.",
            "/v1/reviews/{review}/form",
            "{form}",
            json!({
                "reasons_acknowledged": "{reasons}",
                "application": {"type": "individual", "npi": "1112223334"},
                "party_name": "Dr. Alex Sample",
                "practice": {"choice": "not_listed", "tin": "998765100"},
                "reporting": {"option": "traditional_mips"},
                "tickets": ["CS0606124"],
                "relationship": {"kind": "practice_staff"},
            }),
        )
        .holds("/application/npi", "1112223334")
        .keeps_etag("after_who")
        .into(),
        Ask::get(
            "What is still missing?",
            "Every fault by its place and with a sentence. The NPI's check digit is wrong: that is said, and never blocks.",
            "/v1/reviews/{review}/preflight",
        )
        .holds("/ready", false)
        .counts("/faults", 4)
        .holds("/faults/0/pointer", "/form/categories")
        .holds("/advice/0/code", "npi_check_digit")
        .into(),
        Ask::patch(
            "A second window, opened before, would overwrite the answers",
            "It still has the ETag from before them. It is refused, and shown what the form says now.",
            "/v1/reviews/{review}/form",
            "{form}",
            json!({"party_name": "Dr. Sample"}),
        )
        .answers(StatusCode::PRECONDITION_FAILED)
        .holds("/current/party_name", "Dr. Alex Sample")
        .into(),
        Ask::patch(
            "Frankie comes back and says what went wrong",
            "Promoting Interoperability was scored, although the clinician is hospital-based.",
            "/v1/reviews/{review}/form",
            "{after_who}",
            json!({
                "categories": ["promoting_interoperability"],
                "issues": ["eligibility_special_status"],
                "description": "Dr. Sample is hospital-based for 2024: more than 75 % of the services were in a \
                    hospital. Promoting Interoperability should have been reweighted, but was scored with zero.",
            }),
        )
        .into(),
        Ask::get(
            "Who can be reached?",
            "The contact begins as the account's own address. This document's ETag is the version of the whole review.",
            "/v1/reviews/{review}/people",
        )
        .holds("/contact/email", "filer@example.org")
        .keeps_etag("people")
        .into(),
        Ask::patch(
            "Frankie adds a phone number and two colleagues",
            "And, by mistake, the own address once more in other letters. People are told once, however they are spelled.",
            "/v1/reviews/{review}/people",
            "{people}",
            json!({
                "contact": {"phone": "(866) 288-2892"},
                "staff": ["staff@example.org", "billing@example.org", "FILER@Example.org"],
            }),
        )
        .holds("/contact/phone", "8662882892")
        .into(),
        Step::Letters(Letters {
            title: "The colleagues are told that they may work on it",
            told: "Once each, and nothing of what it is about: nobody has verified their addresses yet.",
            review: "{review}",
            subject: "Access given: targeted review request {review}",
            each: ["staff@example.org", "billing@example.org"]
                .map(|to| Letter {
                    to,
                    says: &["You have been given access"],
                    hides: &["1112223334", "Sample"],
                })
                .into(),
        }),
        Ask::get(
            "The draft is checked again",
            "Nothing is missing. The advice about the NPI stays.",
            "/v1/reviews/{review}/preflight",
        )
        .holds("/ready", true)
        .counts("/faults", 0)
        .counts("/advice", 1)
        .into(),
    ]
}
