//! Mail by SES. Each mail carries its notice's id as a tag, so that what SES reports can be told apart.

use async_trait::async_trait;
use aws_sdk_ses::Client;
use aws_sdk_ses::error::{DisplayErrorContext, ProvideErrorMetadata, SdkError};
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::{MessageTag, RawMessage};
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use workflow::ports::{Mail, MailError, Mailer};

use crate::Connection;

/// The mail service.
pub struct SesMailer {
    client: Client,
    from: String,
    configuration_set: String,
}

impl SesMailer {
    /// Sends as `from` through `configuration_set`.
    #[must_use]
    pub fn new(connection: &Connection, from: String, configuration_set: String) -> Self {
        Self {
            client: connection.ses(),
            from,
            configuration_set,
        }
    }
}

/// The mail as SES takes it (RFC 5322): text and HTML, and what goes along with them.
fn message(from: &str, mail: &Mail) -> Result<Vec<u8>, MailError> {
    let message = MessageBuilder::new()
        .from(("Targeted Review", from))
        .to(mail.to.reveal())
        .subject(mail.subject.as_str())
        // RFC 3834: out-of-office replies must not answer.
        .header("Auto-Submitted", Raw::new("auto-generated"))
        .text_body(mail.text.as_str())
        .html_body(mail.html.as_str());
    let message = match &mail.enclosed {
        None => message,
        // As bytes, so that an encoding for texts does not touch its line ends.
        Some(file) => message.attachment(file.media_type, file.name, file.text.as_bytes()),
    };
    message.write_to_vec().map_err(|error| MailError::Refused {
        code: format!("message cannot be written: {}", error.kind()),
    })
}

#[async_trait]
impl Mailer for SesMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailError> {
        let invalid = |_| MailError::NotSent {
            code: "InvalidRequest".to_owned(),
        };
        let raw = RawMessage::builder()
            .data(Blob::new(message(&self.from, mail)?))
            .build()
            .map_err(invalid)?;
        let tag = MessageTag::builder()
            .name("notice")
            .value(mail.notice.to_string())
            .build()
            .map_err(invalid)?;
        let call = self.client.send_raw_email();
        let call = call
            .source(&self.from)
            .destinations(mail.to.reveal())
            .raw_message(raw);
        let reply = call
            .configuration_set_name(&self.configuration_set)
            .tags(tag)
            .send()
            .await;
        reply
            .map(|reply| reply.message_id().to_owned())
            .map_err(|error| told(&error))
    }
}

/// What SES's refusal means for this mail: nothing of it was sent.
fn refused(code: String) -> MailError {
    match code.as_str() {
        // The quota of a second or of a day.
        "Throttling" | "ThrottlingException" | "TooManyRequestsException" => {
            MailError::Throttled { code }
        }
        // The mail itself, or its address, is not to SES's liking, and never will be.
        "MessageRejected" | "InvalidParameterValue" => MailError::Refused { code },
        // Something about the account or the configuration, which somebody can mend.
        _ => MailError::NotSent { code },
    }
}

/// Whether it is certain that nothing was sent. SES's own words may quote an address: only codes leave.
fn told<E, R>(error: &SdkError<E, R>) -> MailError
where
    R: std::fmt::Debug,
    E: ProvideErrorMetadata + std::error::Error + 'static,
    SdkError<E, R>: std::error::Error,
{
    match error {
        SdkError::ServiceError(refusal) => match refusal.err().code() {
            // A failure inside SES says nothing about whether the mail went out.
            Some("InternalFailure" | "ServiceUnavailable") | None => {
                MailError::Unknown("SES failed".into())
            }
            Some(code) => refused(code.to_owned()),
        },
        SdkError::ConstructionFailure(_) => MailError::NotSent {
            code: "ConstructionFailure".to_owned(),
        },
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) => {
            MailError::Unknown(format!("{}", DisplayErrorContext(error)).into())
        }
        SdkError::ResponseError(_) | _ => {
            MailError::Unknown("the reply of SES cannot be read".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::{NoticeId, PersonHashKey, PersonKey, ReviewId};
    use mail_parser::{MessageParser, MimeHeaders as _, PartType};
    use proptest::collection::vec;
    use proptest::prelude::*;
    use workflow::ports::Enclosure;

    use super::*;

    const FILE: &str = "BEGIN:VCALENDAR\r\nSUMMARY:Documents due\r\n  folded\r\nEND:VCALENDAR\r\n";

    fn mail(subject: &str, text: &str, enclosed: bool) -> Mail {
        let to: domain::Email = "front.desk@example.org".parse().expect("an address");
        Mail {
            subject: subject.to_owned(),
            text: text.to_owned(),
            html: format!("<p>{text}</p>"),
            enclosed: enclosed.then(|| Enclosure {
                name: "documents-due.ics",
                media_type: "text/calendar; charset=utf-8; method=PUBLISH",
                text: FILE.to_owned(),
            }),
            notice: NoticeId {
                review: ReviewId::from_random("2024".parse().expect("a year"), 7),
                seq: 4,
                person: PersonKey::of(&PersonHashKey::new(*b"key"), &to),
            },
            to,
        }
    }

    /// Text that wants to be a header, a boundary or the end of a part.
    fn hostile() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            any::<char>().prop_map(String::from),
            prop::sample::select(vec![
                "\r\n",
                "\r\nBcc: x@example.org",
                "\n.\r\n",
                "\r\n\r\n",
                "\r\n--",
                "Content-Type: text/html",
                "=?utf-8?q?=0D=0ABcc:?=",
                "\u{2028}",
                "\u{85}",
                "\0",
            ])
            .prop_map(str::to_owned),
        ];
        vec(part, 0..12).prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn no_text_becomes_a_header_or_a_part(subject in hostile(), text in hostile(), enclosed: bool) {
            let raw = message("no-reply@example.org", &mail(&subject, &text, enclosed)).expect("a message");
            let read = MessageParser::default().parse(&raw).expect("a mail");
            let mut names: Vec<_> = read.headers_raw().map(|(name, _)| name.to_owned()).collect();
            names.sort_unstable();
            let expected = ["Auto-Submitted", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];
            let mut expected = expected.map(str::to_owned).to_vec();
            expected.sort_unstable();
            prop_assert_eq!(names, expected);
            let to = read.to().and_then(|to| to.first()).and_then(|to| to.address());
            prop_assert_eq!(to, Some("front.desk@example.org"));
            prop_assert!(read.bcc().is_none() && read.cc().is_none());
            prop_assert_eq!((read.text_body_count(), read.html_body_count()), (1, 1));
            prop_assert_eq!(read.attachment_count(), usize::from(enclosed));
        }
    }

    #[test]
    fn a_calendar_goes_along_whole_beside_text_and_html() {
        let raw =
            message("no-reply@example.org", &mail("Documents", "Words", true)).expect("a message");
        let read = MessageParser::default().parse(&raw).expect("a mail");
        let file = read.attachment(0).expect("an attachment");
        let kind = file.content_type().expect("a type");
        assert_eq!((kind.ctype(), kind.subtype()), ("text", Some("calendar")));
        assert_eq!(kind.attribute("method"), Some("PUBLISH"));
        assert_eq!(kind.attribute("charset"), Some("utf-8"));
        assert_eq!(file.attachment_name(), Some("documents-due.ics"));
        let PartType::Text(text) = &file.body else {
            panic!("not a text: {:?}", file.body);
        };
        assert_eq!(text, FILE);
        let first = read.part(0).and_then(|root| root.content_type());
        assert_eq!(
            first.and_then(|kind| kind.subtype()),
            Some("mixed"),
            "beside them, not one of them"
        );
    }
}
