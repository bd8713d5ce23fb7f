//! What SES publishes about a mail. It carries addresses by nature; nothing but the notice's id, the kind
//! and the instant leaves this module (promise P6).

use std::collections::HashMap;

use domain::{NoticeId, Report, Reported};
use jiff::Timestamp;
use serde::Deserialize;

/// An event that SES publishes, as much of it as is looked at.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Published {
    event_type: String,
    mail: Mail,
    bounce: Option<Bounce>,
    complaint: Option<Timed>,
    delivery: Option<Timed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Mail {
    timestamp: Timestamp,
    message_id: String,
    #[serde(default)]
    tags: HashMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Bounce {
    timestamp: Timestamp,
    bounce_type: String,
}

#[derive(Deserialize)]
struct Timed {
    timestamp: Timestamp,
}

/// The body is no report of a mail of ours.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// It is not what SES publishes.
    #[error("not an event that SES publishes: {0}")]
    Unreadable(String),
    /// The mail carries no notice's id.
    #[error("an event of a mail without the tag of a notice")]
    Untagged,
}

/// The report that the event holds; `None` for an event of a kind that tells nothing about the outcome,
/// such as a delay.
///
/// # Errors
/// [`ReportError`] when the body is no such event; it will never be one.
pub fn read_report(body: &str) -> Result<Option<Report>, ReportError> {
    // serde's words would quote the body; what kind of error it was says enough.
    let published: Published = serde_json::from_str(body)
        .map_err(|error| ReportError::Unreadable(format!("{:?}", error.classify())))?;
    let Published {
        mail,
        bounce,
        complaint,
        delivery,
        ..
    } = published;
    let timed = |timed: Option<Timed>| timed.map_or(mail.timestamp, |timed| timed.timestamp);
    let (what, at) = match published.event_type.as_str() {
        "Send" => (Reported::Sent, mail.timestamp),
        "Delivery" => (Reported::Delivered, timed(delivery)),
        "Complaint" => (Reported::Complained, timed(complaint)),
        "Reject" => (Reported::Rejected, mail.timestamp),
        "Bounce" => {
            let at = bounce
                .as_ref()
                .map_or(mail.timestamp, |bounce| bounce.timestamp);
            // Undetermined and transient ones may work another day.
            let hard = bounce.is_some_and(|bounce| bounce.bounce_type == "Permanent");
            (Reported::Bounced { hard }, at)
        }
        _ => return Ok(None),
    };
    let tag = mail.tags.get("notice").and_then(|values| values.first());
    let notice: Option<NoticeId> = tag.and_then(|tag| tag.parse().ok());
    Ok(Some(Report {
        notice: notice.ok_or(ReportError::Untagged)?,
        message_id: mail.message_id,
        at,
        what,
    }))
}

#[cfg(test)]
mod tests {
    use domain::{PersonKey, ReviewId};
    use serde_json::{Value, json};

    use super::*;

    fn notice() -> NoticeId {
        NoticeId {
            review: ReviewId::from_random("2024".parse().expect("a year"), 7),
            seq: 4,
            person: PersonKey::of(
                &domain::PersonHashKey::new(*b"key"),
                &"jo@example.org".parse().expect("an address"),
            ),
        }
    }

    fn event(kind: &str, more: Value) -> String {
        let mut event = json!({
            "eventType": kind,
            "mail": {
                "timestamp": "2025-10-20T14:00:00.000Z",
                "messageId": "id-1",
                "source": "no-reply@example.org",
                "destination": ["jo@example.org"],
                "tags": {"notice": [notice().to_string()], "ses:configuration-set": ["targeted-review"]},
            },
        });
        let fields = event.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        event.to_string()
    }

    #[test]
    fn what_ses_publishes_becomes_a_report_without_an_address() {
        let at = "2025-10-20T14:05:00.123Z";
        let bounce = |kind: &str| {
            let more = json!({"bounce": {"bounceType": kind, "timestamp": at, "bouncedRecipients": [{"emailAddress": "jo@example.org"}]}});
            event("Bounce", more)
        };
        for (body, what) in [
            (event("Send", json!({"send": {}})), Reported::Sent),
            (
                event("Delivery", json!({"delivery": {"timestamp": at}})),
                Reported::Delivered,
            ),
            (
                event("Complaint", json!({"complaint": {"timestamp": at}})),
                Reported::Complained,
            ),
            (
                event("Reject", json!({"reject": {"reason": "Bad content"}})),
                Reported::Rejected,
            ),
            (bounce("Permanent"), Reported::Bounced { hard: true }),
            (bounce("Transient"), Reported::Bounced { hard: false }),
            (bounce("Undetermined"), Reported::Bounced { hard: false }),
        ] {
            let report = read_report(&body)
                .expect("a report")
                .expect("of a known kind");
            assert_eq!((&report.what, &report.notice), (&what, &notice()));
            assert!(!format!("{report:?}").contains("jo@"), "{report:?}");
        }
        let delay = read_report(&event("DeliveryDelay", json!({})));
        assert_eq!(delay.expect("an event"), None);
    }

    #[test]
    fn anything_else_is_named_and_not_quoted() {
        let untagged = event("Send", json!({})).replace("notice", "other");
        for body in ["", "{\"jo@example.org\"}", "{\"eventType\": 7}", &untagged] {
            let error = read_report(body).expect_err("no report").to_string();
            assert!(!error.contains("jo@"), "{error}");
        }
    }
}
