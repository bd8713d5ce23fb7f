//! What is told of objects: by the store, by the malware check, and by the sweep that asks to look.
//!
//! The first two come as EventBridge writes them. Nothing leaves this module but ids, a verdict and an instant: a threat's
//! name and a sender's network address are nobody's business here (promise P6).

use domain::ReviewId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use workflow::ports::ObjectPlace;
use workflow::{Scan, ScanVerdict};

use super::place;

/// A message of the queue of objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ObjectMessage {
    /// An object came.
    Created {
        /// Where it lies.
        place: ObjectPlace,
        /// When the store said so.
        at: Timestamp,
    },
    /// An object was checked for malware, or could not be.
    Scanned {
        /// Where it lies.
        place: ObjectPlace,
        /// What was found.
        verdict: ScanVerdict,
        /// When that was said.
        at: Timestamp,
    },
    /// The files of a review are to be looked at.
    Look {
        /// The review.
        review: ReviewId,
        /// The instant of the tick that asks.
        as_of: Timestamp,
    },
}

/// The body is no message of the queue of objects.
#[derive(Debug, thiserror::Error)]
pub enum ObjectMessageError {
    /// It is neither an event of an object nor a look.
    #[error("not a message of the queue of objects: {0}")]
    Unreadable(String),
    /// It is about an object that no file of a review can be.
    #[error("a message about an object whose key is not one of ours")]
    Stranger,
}

/// What the sweep sends.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Ours {
    LookAtFilesV1 { review: ReviewId, as_of: Timestamp },
}

/// What EventBridge sends, as much of it as is looked at.
#[derive(Deserialize)]
struct Event {
    #[serde(rename = "detail-type")]
    kind: String,
    time: Timestamp,
    detail: Detail,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Detail {
    object: Option<Object>,
    scan_status: Option<String>,
    s3_object_details: Option<Scanned>,
    scan_result_details: Option<ScanResult>,
}

#[derive(Deserialize)]
struct Object {
    key: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scanned {
    object_key: String,
    version_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ScanResult {
    scan_result_status: Option<String>,
}

/// Reads a message of the queue of objects.
///
/// # Errors
/// [`ObjectMessageError`] when the body is no such message; it will never be one.
pub fn read_object_message(body: &str) -> Result<ObjectMessage, ObjectMessageError> {
    // serde's words would quote the body; what kind of error it was says enough.
    let unreadable = |error: serde_json::Error| {
        ObjectMessageError::Unreadable(format!("{:?}", error.classify()))
    };
    if let Ok(Ours::LookAtFilesV1 { review, as_of }) = serde_json::from_str(body) {
        return Ok(ObjectMessage::Look { review, as_of });
    }
    let event: Event = serde_json::from_str(body).map_err(unreadable)?;
    let missing = || ObjectMessageError::Unreadable(format!("{} without its object", event.kind));
    match event.kind.as_str() {
        "Object Created" => {
            let object = event.detail.object.as_ref().ok_or_else(missing)?;
            Ok(ObjectMessage::Created {
                place: place(&object.key).ok_or(ObjectMessageError::Stranger)?,
                at: event.time,
            })
        }
        "GuardDuty Malware Protection Object Scan Result" => {
            let scanned = event
                .detail
                .s3_object_details
                .as_ref()
                .ok_or_else(missing)?;
            let verdict = ScanVerdict {
                scan: scan(&event.detail),
                version: scanned.version_id.clone().filter(|id| id != "null"),
            };
            Ok(ObjectMessage::Scanned {
                place: place(&scanned.object_key).ok_or(ObjectMessageError::Stranger)?,
                verdict,
                at: event.time,
            })
        }
        _ => Err(ObjectMessageError::Unreadable("another event".to_owned())),
    }
}

/// Only a scan that was completed says anything; every other word means that nobody knows.
fn scan(detail: &Detail) -> Scan {
    let result = detail.scan_result_details.as_ref();
    let result = result.and_then(|result| result.scan_result_status.as_deref());
    match (detail.scan_status.as_deref(), result) {
        (Some("COMPLETED"), Some("NO_THREATS_FOUND")) => Scan::Clean,
        (_, Some("THREATS_FOUND")) => Scan::Infected,
        (_, _) => Scan::Unscannable,
    }
}

/// The message that asks to look at the files of a review.
#[must_use]
pub fn write_look(review: &ReviewId, as_of: Timestamp) -> String {
    serde_json::to_string(&Ours::LookAtFilesV1 {
        review: review.clone(),
        as_of,
    })
    .expect("a message is made of texts")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_completed_and_found_nothing_is_clean() {
        for (status, result, expected) in [
            ("COMPLETED", "NO_THREATS_FOUND", Scan::Clean),
            ("COMPLETED", "THREATS_FOUND", Scan::Infected),
            ("COMPLETED", "UNSUPPORTED", Scan::Unscannable),
            ("COMPLETED", "ACCESS_DENIED", Scan::Unscannable),
            ("FAILED", "FAILED", Scan::Unscannable),
            ("SKIPPED", "NO_THREATS_FOUND", Scan::Unscannable),
            ("COMPLETED", "SOMETHING_NEW", Scan::Unscannable),
        ] {
            let detail = serde_json::from_value(serde_json::json!({
                "scanStatus": status,
                "scanResultDetails": {"scanResultStatus": result},
            }));
            assert_eq!(
                scan(&detail.expect("a detail")),
                expected,
                "{status} {result}"
            );
        }
    }

    #[test]
    fn poison_is_named_without_being_quoted() {
        for body in [
            "",
            "{}",
            "secret-value",
            r#"{"detail-type":"secret-value","time":"2025-10-20T14:00:00Z","detail":{}}"#,
        ] {
            let error = read_object_message(body).expect_err("no such message");
            assert!(!error.to_string().contains("secret-value"), "{error}");
        }
    }
}
