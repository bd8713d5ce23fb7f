//! A second draft was begun by mistake; it is withdrawn, and the mailbox is counted.

use axum::http::StatusCode;
use serde_json::json;

use crate::demo::step::{Ask, Letter, Letters, Step, Tally};

pub(super) fn steps() -> Vec<Step> {
    vec![
        Ask::post(
            "Frankie begins a second draft",
            "",
            "/v1/reviews",
            "begin-second",
            json!({"year": 2024, "name": "Begun by mistake"}),
        )
        .answers(StatusCode::CREATED)
        .keeps("second", "/id")
        .into(),
        Ask::get("Its people", "", "/v1/reviews/{second}/people")
            .keeps_etag("second_people")
            .into(),
        Ask::patch(
            "A colleague is added",
            "",
            "/v1/reviews/{second}/people",
            "{second_people}",
            json!({"staff": ["staff@example.org"]}),
        )
        .into(),
        Ask::post(
            "Frankie withdraws it",
            "For good: whoever still wants a review begins a new request.",
            "/v1/reviews/{second}/withdraw",
            "withdraw",
            json!({}),
        )
        .holds("/status", "withdrawn")
        .into(),
        Ask::post(
            "It cannot be withdrawn twice",
            "Another key, so another request. The refusal says why, and whom to call.",
            "/v1/reviews/{second}/withdraw",
            "withdraw-again",
            json!({}),
        )
        .answers(StatusCode::CONFLICT)
        .says("/detail", "Withdrawn")
        .holds("/help/phone", "1-866-288-8292")
        .into(),
        Step::Letters(Letters {
            title: "Both are told",
            told: "",
            review: "{second}",
            subject: "Withdrawn: draft of targeted review {second}",
            each: vec![
                Letter {
                    to: "filer@example.org",
                    says: &["the review team never saw it"],
                    hides: &[],
                },
                Letter {
                    to: "staff@example.org",
                    says: &["Withdrawn"],
                    hides: &["by mistake"],
                },
            ],
        }),
        Ask::get("What Frankie has", "", "/v1/reviews").into(),
        Step::Tally(Tally {
            title: "The mailbox at the end",
            told: "Three letters about access, three receipts, three about documents, four about their end, of which one went to \
                   Rita, three about the decision, and two about the withdrawal, although one request was sent twice.",
            reviews: &["{review}", "{second}"],
            letters: 18,
        }),
    ]
}
