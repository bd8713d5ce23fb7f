//! Mail by SES. Each mail carries its notice's id as a tag, so that what SES reports can be told apart.

use async_trait::async_trait;
use aws_sdk_ses::Client;
use aws_sdk_ses::config::http::HttpResponse;
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

    fn message(&self, mail: &Mail) -> Result<Vec<u8>, MailError> {
        MessageBuilder::new()
            .from(("Targeted Review", self.from.as_str()))
            .to(mail.to.reveal())
            .subject(mail.subject.as_str())
            // RFC 3834: out-of-office replies must not answer.
            .header("Auto-Submitted", Raw::new("auto-generated"))
            .text_body(mail.text.as_str())
            .html_body(mail.html.as_str())
            .write_to_vec()
            .map_err(|error| MailError::Refused {
                code: format!("message cannot be written: {}", error.kind()),
            })
    }
}

#[async_trait]
impl Mailer for SesMailer {
    async fn send(&self, mail: &Mail) -> Result<String, MailError> {
        let invalid = |_| MailError::NotSent {
            code: "InvalidRequest".to_owned(),
        };
        let raw = RawMessage::builder()
            .data(Blob::new(self.message(mail)?))
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
fn told<E>(error: &SdkError<E, HttpResponse>) -> MailError
where
    E: ProvideErrorMetadata + std::error::Error + 'static,
{
    match error {
        // A failure inside SES, or of somebody between, says nothing about whether the mail went out, whatever its code.
        SdkError::ServiceError(refusal) if refusal.raw().status().is_server_error() => {
            MailError::Unknown("SES failed".into())
        }
        SdkError::ServiceError(refusal) => match refusal.err().code() {
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
    use aws_sdk_ses::error::ErrorMetadata;
    use aws_sdk_ses::operation::send_raw_email::SendRawEmailError;
    use aws_smithy_types::body::SdkBody;

    use super::*;

    fn answered(status: u16, code: Option<&str>) -> MailError {
        let mut metadata = ErrorMetadata::builder();
        if let Some(code) = code {
            metadata = metadata.code(code);
        }
        let status = status.try_into().expect("a status");
        let reply = HttpResponse::new(status, SdkBody::empty());
        let error = SendRawEmailError::generic(metadata.build());
        told(&SdkError::service_error(error, reply))
    }

    #[test]
    fn only_a_refusal_of_the_request_says_that_nothing_was_sent() {
        let throttled = answered(400, Some("Throttling"));
        assert!(matches!(throttled, MailError::Throttled { .. }));
        let refused = answered(400, Some("MessageRejected"));
        assert!(matches!(refused, MailError::Refused { .. }));
        let paused = answered(400, Some("AccountSendingPausedException"));
        assert!(matches!(paused, MailError::NotSent { .. }));
        for (status, code) in [
            (500, Some("InternalFailure")),
            (503, Some("ServiceUnavailable")),
            (504, Some("RequestTimeout")),
            (503, Some("Throttling")),
            (502, None),
            (400, None),
        ] {
            let told = answered(status, code);
            assert!(
                matches!(told, MailError::Unknown(_)),
                "{status} {code:?}: {told:?}"
            );
        }
    }
}
