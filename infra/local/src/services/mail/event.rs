//! What SES writes to a topic of one thing that happened to a mail, in the shape of its event publishing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use mail_parser::MessageParser;
use serde_json::{Value, json};

use super::MailSummary;
use super::fate::{Happening, MailEvent};
use crate::services::{ACCOUNT, REGION};

const REPORTING: &str = "dsn; mail.local";

/// The event, with the mail's own headers.
pub(super) fn json(happening: &Happening, summary: &MailSummary, raw: &[u8]) -> Value {
    let at = instant(summary.at);
    let recipients = &happening.recipients;
    let feedback = || format!("{}-feedback", summary.id);
    let (name, detail) = match happening.event {
        MailEvent::Send => ("send", json!({})),
        MailEvent::Reject => ("reject", json!({ "reason": "Bad content" })),
        MailEvent::Delivery => {
            let detail = json!({
                "timestamp": at,
                "processingTimeMillis": 0,
                "recipients": recipients,
                "smtpResponse": "250 2.0.0 kept in the mailbox of this machine",
                "reportingMTA": "mail.local",
            });
            ("delivery", detail)
        }
        MailEvent::Bounce => {
            let permanent = happening.permanent.unwrap_or(true);
            let (kind, sub, status, diagnostic) = if permanent {
                (
                    "Permanent",
                    "General",
                    "5.1.1",
                    "smtp; 550 5.1.1 user unknown",
                )
            } else {
                (
                    "Transient",
                    "MailboxFull",
                    "4.2.2",
                    "smtp; 452 4.2.2 mailbox full",
                )
            };
            let bounced = recipients.iter().map(|to| {
                json!({ "emailAddress": to, "action": "failed", "status": status, "diagnosticCode": diagnostic })
            });
            let detail = json!({
                "bounceType": kind,
                "bounceSubType": sub,
                "bouncedRecipients": bounced.collect::<Vec<_>>(),
                "timestamp": at,
                "feedbackId": feedback(),
                "reportingMTA": REPORTING,
            });
            ("bounce", detail)
        }
        MailEvent::Complaint => {
            let complained = recipients.iter().map(|to| json!({ "emailAddress": to }));
            let detail = json!({
                "complainedRecipients": complained.collect::<Vec<_>>(),
                "timestamp": at,
                "feedbackId": feedback(),
                "complaintSubType": null,
                "complaintFeedbackType": "abuse",
                "userAgent": "the mailbox of this machine",
                "arrivalDate": at,
            });
            ("complaint", detail)
        }
    };
    let mut event = json!({ "eventType": happening.event, "mail": mail(summary, raw) });
    event[name] = detail;
    event
}

fn mail(summary: &MailSummary, raw: &[u8]) -> Value {
    let parsed = MessageParser::default().parse(raw);
    let headers = parsed.iter().flat_map(|message| message.headers_raw());
    let headers: Vec<_> = headers
        .map(|(name, value)| json!({ "name": name, "value": value.trim() }))
        .collect();
    let of = |wanted: &str| {
        let found = headers.iter().find(|header| {
            let name = header["name"].as_str();
            name.is_some_and(|name| name.eq_ignore_ascii_case(wanted))
        });
        found.map(|header| header["value"].clone())
    };
    let mut common = json!({ "messageId": summary.id, "subject": summary.subject });
    for (name, header) in [("from", "From"), ("to", "To"), ("replyTo", "Reply-To")] {
        if let Some(value) = of(header) {
            common[name] = json!([value]);
        }
    }
    if let Some(date) = of("Date") {
        common["date"] = date;
    }
    let source = &summary.source;
    json!({
        "timestamp": instant(summary.at),
        "source": source,
        "sourceArn": format!("arn:aws:ses:{REGION}:{ACCOUNT}:identity/{source}"),
        "sendingAccountId": ACCOUNT,
        "messageId": summary.id,
        "destination": summary.destinations,
        "headersTruncated": false,
        "headers": headers,
        "commonHeaders": common,
        "tags": tags(summary),
    })
}

/// The sender's tags and those that SES adds; each has a list of values.
fn tags(summary: &MailSummary) -> BTreeMap<String, [String; 1]> {
    let domain = summary.source.rsplit('@').next().unwrap_or_default();
    let own = summary
        .tags
        .iter()
        .map(|(name, value)| (name.clone(), value.clone()));
    let set = summary.configuration_set.iter();
    let set = set.map(|set| ("ses:configuration-set".to_owned(), set.clone()));
    let added = [
        ("ses:source-ip", "127.0.0.1"),
        ("ses:from-domain", domain),
        ("ses:caller-identity", "local"),
    ];
    let added = added.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let all = own.chain(set).chain(added);
    all.map(|(name, value)| (name, [value])).collect()
}

/// Milliseconds, as SES writes them.
fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::super::fate;
    use super::*;

    const LETTER: &[u8] =
        b"From: Review <review@example.org>\r\nTo: bounce@example.org\r\nSubject: Hi\r\n\r\nx\r\n";

    #[test]
    fn an_event_has_what_ses_writes() {
        let summary = MailSummary {
            id: "0100-000000".to_owned(),
            at: "2025-10-20T14:05:00.25Z".parse().expect("an instant"),
            source: "review@example.org".to_owned(),
            destinations: vec!["bounce@example.org".to_owned()],
            subject: "Hi".to_owned(),
            tags: [("notice".to_owned(), "2024-K7M2-1-ab".to_owned())].into(),
            configuration_set: Some("reviews".to_owned()),
        };
        let events: Vec<_> = fate::of(&summary.destinations)
            .iter()
            .map(|one| json(one, &summary, LETTER))
            .collect();
        assert_eq!(events[0]["eventType"], "Send");
        assert_eq!(events[0]["send"], json!({}));
        let bounce = &events[1];
        assert_eq!(bounce["eventType"], "Bounce");
        assert_eq!(bounce["bounce"]["bounceType"], "Permanent");
        assert_eq!(
            bounce["bounce"]["bouncedRecipients"][0]["emailAddress"],
            "bounce@example.org"
        );
        let mail = &bounce["mail"];
        assert_eq!(mail["timestamp"], "2025-10-20T14:05:00.250Z");
        assert_eq!(mail["messageId"], "0100-000000");
        assert_eq!(mail["tags"]["notice"], json!(["2024-K7M2-1-ab"]));
        assert_eq!(mail["tags"]["ses:configuration-set"], json!(["reviews"]));
        assert_eq!(
            mail["headers"][2],
            json!({ "name": "Subject", "value": "Hi" })
        );
        assert_eq!(
            mail["commonHeaders"]["from"],
            json!(["Review <review@example.org>"])
        );
    }
}
