//! The window closes, the silent request is denied, one is saved in the last seconds, and the window opens again.

use axum::http::StatusCode;
use serde_json::json;

use super::super::evidence;
use super::{jump, told};
use crate::demo::step::{Ask, Jump, Send, Step, Tally};

pub(super) fn steps() -> Vec<Step> {
    let mut steps = closed();
    steps.extend(saved());
    steps.extend(denied());
    steps.extend(reopened());
    steps
}

fn closed() -> Vec<Step> {
    vec![
        jump(
            "A week before the end",
            "A week of ticks, nights and mornings.",
            "2025-11-07T14:02:00Z",
        ),
        told(
            "Whoever has not answered is reminded",
            "{silent}",
            "Documents due soon: targeted review {silent}",
            &["November 14, 2025"],
        ),
        jump(
            "Three days before the end",
            "The draft and the requests are reminded again.",
            "2025-11-11T14:02:00Z",
        ),
        jump(
            "And a day before it",
            "For the last time.",
            "2025-11-13T14:02:00Z",
        ),
        jump(
            "A quarter of an hour after the close",
            "Nothing that was sent in time can be on its way any more.",
            "2025-11-15T01:16:00Z",
        ),
        told(
            "The draft was not submitted, and Frankie is told",
            "{forgotten}",
            "Not submitted: draft of targeted review {forgotten}",
            &[],
        ),
        Ask::get("It stays readable", "", "/v1/reviews/{forgotten}")
            .in_time()
            .holds("/status", "not_submitted")
            .into(),
    ]
}

fn saved() -> Vec<Step> {
    let bytes = evidence::scan();
    vec![
        jump("Shortly before midnight", "", "2025-11-15T04:56:00Z"),
        Step::Clock(Jump {
            title: "Fifteen seconds before the day ends",
            told: "The clock goes on by itself now.",
            to: "2025-11-15T04:59:45Z",
            rests: false,
        }),
        Ask::post(
            "Frankie announces the codes",
            "Leave that was given before the end holds for ten minutes.",
            "/v1/reviews/{saved}/attachments",
            "codes",
            json!({
                "name": "Place of service codes.png",
                "kind": "ehr_extract",
                "size": bytes.len(),
                "sha256": evidence::SHA256,
                "place": {"with": "request", "item": 1},
            }),
        )
        .answers(StatusCode::CREATED)
        .keeps("upload", "/upload/url")
        .keeps("with", "/upload/headers")
        .into(),
        Step::Send(Send {
            title: "And sends them to the store",
            told: "What counts is when they arrive there.",
            url: "{upload}",
            headers: "{with}",
            bytes,
            status: StatusCode::OK,
        }),
    ]
}

fn denied() -> Vec<Step> {
    vec![
        jump(
            "Half an hour after midnight",
            "The night's sweep has settled what was due.",
            "2025-11-15T05:31:00Z",
        ),
        told(
            "Nobody answered: it is denied",
            "{silent}",
            "Denied: targeted review request {silent}",
            &["11:59 pm ET"],
        ),
        told(
            "The other one is back in review",
            "{saved}",
            "Back in review: targeted review request {saved}",
            &[],
        ),
        Ask::get("It was saved", "", "/v1/reviews/{saved}")
            .in_time()
            .holds("/status", "in_review")
            .into(),
        Ask::get("The silent one is over", "", "/v1/reviews/{silent}")
            .holds("/status", "denied")
            .into(),
        Ask::get("The extended one still waits", "", "/v1/reviews/{extended}")
            .holds("/status", "awaiting_documents")
            .into(),
        Ask::get(
            "So does the one whose clock stood still",
            "",
            "/v1/reviews/{tolled}",
        )
        .holds("/status", "awaiting_documents")
        .into(),
    ]
}

fn reopened() -> Vec<Step> {
    let wish = || json!({"closes": "2025-11-21T20:00:00-05:00", "reason": "A storm."});
    let mut dry = wish();
    dry["dry_run"] = true.into();
    let mut real = wish();
    real["token"] = "{token}".into();
    vec![
        Ask::post(
            "Ada reopens the window for a week: first dry",
            "",
            "/v1/program/2024/window",
            "reopen-dry",
            dry,
        )
        .by("admin")
        .holds("/reopened", 1)
        .keeps("token", "/token")
        .into(),
        Ask::post(
            "And for real",
            "",
            "/v1/program/2024/window",
            "reopen",
            real,
        )
        .by("admin")
        .holds("/reopened", 1)
        .into(),
        jump("One tick later", "", "2025-11-15T05:36:00Z"),
        told(
            "Frankie is told that the draft can be submitted after all",
            "{forgotten}",
            "Filing dates changed: draft of targeted review {forgotten}",
            &["November 21, 2025"],
        ),
        Ask::get("It is a draft again", "", "/v1/reviews/{forgotten}")
            .in_time()
            .holds("/status", "draft")
            .into(),
        Ask::get(
            "What the sweeps did",
            "Ada sees each run, and what came of it.",
            "/v1/sweeps",
        )
        .by("admin")
        .into(),
        Ask::get(
            "The record of the denial holds",
            "",
            "/v1/reviews/{silent}/history/verification",
        )
        .holds("/verified", true)
        .into(),
        Step::Tally(Tally {
            title: "The mailbox at the end",
            told: "Four receipts, four requests for documents, two about more time, three reminders of the draft and nine of what \
                   was due, and four about what became of them: each once.",
            reviews: &[
                "{forgotten}",
                "{silent}",
                "{saved}",
                "{extended}",
                "{tolled}",
            ],
            letters: 26,
        }),
    ]
}
