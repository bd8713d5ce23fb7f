//! Four requests are submitted, and Rita asks for a document of each.

use axum::http::StatusCode;
use serde_json::json;

use crate::demo::step::{Ask, Step};

/// A request from its first page to the document that Rita asks for. `$name` is what it is kept under.
macro_rules! filed {
    ($name:literal, $title:literal) => {
        [
            Ask::post(
                concat!("Frankie begins a request: ", $title),
                "",
                "/v1/reviews",
                $name,
                json!({"year": 2024, "name": $title}),
            )
            .answers(StatusCode::CREATED)
            .keeps($name, "/id")
            .into(),
            Ask::get("Its form", "", concat!("/v1/reviews/{", $name, "}/form"))
                .keeps_etag("form")
                .into(),
            Ask::patch(
                "It is filled in",
                "",
                concat!("/v1/reviews/{", $name, "}/form"),
                "{form}",
                form(),
            )
            .into(),
            Ask::get("Its people", "", concat!("/v1/reviews/{", $name, "}/people"))
                .keeps_etag("people")
                .into(),
            Ask::patch(
                "A phone number is added",
                "",
                concat!("/v1/reviews/{", $name, "}/people"),
                "{people}",
                json!({"contact": {"phone": "(866) 288-2892"}}),
            )
            .into(),
            Ask::get("It is read once more", "", concat!("/v1/reviews/{", $name, "}"))
                .keeps("revision", "/form_revision")
                .into(),
            Ask::post(
                "Frankie submits it",
                "",
                concat!("/v1/reviews/{", $name, "}/submit"),
                concat!("submit-", $name),
                json!({
                    "form_revision": "{revision}",
                    "certification": {"text": "{certification}", "disclosures": "{disclosures}"},
                }),
            )
            .holds("/status", "in_review")
            .into(),
            Ask::post(
                "Rita asks for a document",
                "There are 15 days: up to the end of November 14 in New York.",
                concat!("/v1/team/reviews/{", $name, "}/documents"),
                concat!("ask-", $name),
                json!({"items": [{"what": "Place of service codes for 2024", "kind": "ehr_extract"}]}),
            )
            .by("reviewer")
            .holds("/status", "awaiting_documents")
            .into(),
        ]
    };
}

fn form() -> serde_json::Value {
    json!({
        "reasons_acknowledged": "{reasons}",
        "application": {"type": "individual", "npi": "1112223334"},
        "party_name": "Dr. Alex Sample",
        "practice": {"choice": "not_listed", "tin": "998765100"},
        "reporting": {"option": "traditional_mips"},
        "tickets": ["CS0606124"],
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "Dr. Sample is hospital-based for 2024, but Promoting Interoperability was scored.",
    })
}

pub(super) fn steps() -> Vec<Step> {
    let silent: [Step; 8] = filed!("silent", "Nobody will answer");
    let saved: [Step; 8] = filed!("saved", "Saved in the last seconds");
    let extended: [Step; 8] = filed!("extended", "Given more time");
    let tolled: [Step; 8] = filed!("tolled", "Its clock stands still");
    [silent, saved, extended, tolled]
        .into_iter()
        .flatten()
        .collect()
}
