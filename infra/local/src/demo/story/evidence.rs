//! A scan is announced, sent to the store, checked, and can be opened (docs/domain.md #38).

use axum::http::StatusCode;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::json;

use crate::demo::step::{Ask, Send, Step};

/// The smallest picture that there is.
const SCAN: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJRU5ErkJggg==";
pub(super) const SHA256: &str = "064b66188821584121784c30ca28eadbc5f265e025c6dd9eeed64cf1ef8e1f46";

/// The scan's bytes.
pub(super) fn scan() -> Vec<u8> {
    STANDARD.decode(SCAN).unwrap_or_default()
}

pub(super) fn steps() -> Vec<Step> {
    let bytes = scan();
    vec![
        Ask::post(
            "Frankie has a scan that shows it, and announces it",
            "The answer is leave to upload exactly this: its length, its type and its hash are signed, and the store takes it once.",
            "/v1/reviews/{review}/attachments",
            "attach",
            json!({
                "name": "Medical staff roster.png",
                "kind": "other",
                "size": bytes.len(),
                "sha256": SHA256,
                "place": {"with": "form"},
            }),
        )
        .answers(StatusCode::CREATED)
        .holds("/upload/method", "PUT")
        .keeps("file", "/file")
        .keeps("upload", "/upload/url")
        .keeps("with", "/upload/headers")
        .into(),
        Step::Send(Send {
            title: "The scan goes to the store",
            told: "Not through the service: no function sees it on its way in.",
            url: "{upload}",
            headers: "{with}",
            bytes: bytes.clone(),
            status: StatusCode::OK,
        }),
        Step::Send(Send {
            title: "Sent again, it is refused by the store itself",
            told: "What arrived is never overwritten.",
            url: "{upload}",
            headers: "{with}",
            bytes,
            status: StatusCode::PRECONDITION_FAILED,
        }),
        Ask::get(
            "Its content is looked at, then it is scanned for malware",
            "Each file tells its state in a sentence. Refused ones say why, and their senders are told.",
            "/v1/reviews/{review}/attachments",
        )
        .in_time()
        .holds("/attachments/0/state", "clean")
        .says("/attachments/0/sentence", "passed its checks")
        .into(),
    ]
}
