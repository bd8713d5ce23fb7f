//! The SES API over HTTP: form parameters in, XML out. `SendRawEmail` and `GetSendQuota`, which is what the
//! service uses; any other action is refused by name.

use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use uuid::Uuid;

use super::MailSummary;
use super::rate::Rate;
use super::reporter::Reporter;
use super::request::{Parameters, RawMail, Refused};
use super::store::Store;
use crate::clock::SetClock;
use crate::permissions::{Denied, Roles, needs, signer};
use crate::services::{MailPlan, ServiceError};

const NAMESPACE: &str = "http://ses.amazonaws.com/doc/2010-12-01/";
/// The largest mail, in base64 and with every `+` and `/` of it escaped.
const LARGEST: usize = 40 * 1024 * 1024;

struct Door {
    store: Arc<Store>,
    reporter: Reporter,
    clock: SetClock,
    plan: MailPlan,
    rate: Option<Rate>,
    roles: Roles,
}

pub(super) fn router(
    store: Arc<Store>,
    reporter: Reporter,
    clock: SetClock,
    plan: MailPlan,
    roles: Roles,
) -> Router {
    let rate = plan.most_per_second.map(Rate::new);
    let door = Arc::new(Door {
        store,
        reporter,
        clock,
        plan,
        rate,
        roles,
    });
    Router::new()
        .fallback(answer)
        .layer(DefaultBodyLimit::max(LARGEST))
        .with_state(door)
}

async fn answer(State(door): State<Arc<Door>>, headers: HeaderMap, body: Bytes) -> Response {
    let parameters: Parameters = form_urlencoded::parse(&body).into_owned().collect();
    let action = parameters
        .iter()
        .find(|(key, _)| key == "Action")
        .map_or("", |(_, value)| value.as_str());
    let sender = signer(&headers).unwrap_or_default();
    let result = match action {
        "SendRawEmail" => door.send(sender, &parameters),
        "GetSendQuota" => door.quota(sender),
        other => Err(Refused {
            code: "InvalidAction",
            message: format!(
                "On one machine mail knows SendRawEmail and GetSendQuota, not '{other}'"
            ),
        }),
    };
    let request_id = Uuid::new_v4();
    match result {
        Ok(result) => xml(
            StatusCode::OK,
            format!(
                "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result>\
                 <ResponseMetadata><RequestId>{request_id}</RequestId></ResponseMetadata></{action}Response>"
            ),
        ),
        Err(Refused { code, message }) => {
            let (status, fault) = match code {
                "AccessDenied" => (StatusCode::FORBIDDEN, "Sender"),
                "InternalFailure" => (StatusCode::INTERNAL_SERVER_ERROR, "Receiver"),
                _ => (StatusCode::BAD_REQUEST, "Sender"),
            };
            let message = escaped(&message);
            xml(
                status,
                format!(
                    "<ErrorResponse xmlns=\"{NAMESPACE}\"><Error><Type>{fault}</Type><Code>{code}</Code>\
                     <Message>{message}</Message></Error><RequestId>{request_id}</RequestId></ErrorResponse>"
                ),
            )
        }
    }
}

impl Door {
    fn send(&self, sender: &str, parameters: &Parameters) -> Result<String, Refused> {
        if self
            .rate
            .as_ref()
            .is_some_and(|rate| !rate.lets(Instant::now()))
        {
            return Err(Refused {
                code: "Throttling",
                message: "Maximum sending rate exceeded.".to_owned(),
            });
        }
        let mail = RawMail::read(parameters, &self.plan)?;
        let identity = self.plan.identity_of(&mail.source);
        let needs = needs::mail::send(identity, mail.configuration_set.as_deref());
        self.roles
            .may(sender, "SendRawEmail", &needs)
            .map_err(denied)?;
        let at = self.clock.now();
        let id = format!("{:016x}-{}-000000", at.as_millisecond(), Uuid::new_v4());
        let summary = MailSummary {
            id: id.clone(),
            at,
            source: mail.source,
            destinations: mail.destinations,
            subject: mail.subject,
            tags: mail.tags,
            configuration_set: mail.configuration_set,
        };
        let failed = |error: ServiceError| Refused {
            code: "InternalFailure",
            message: error.to_string(),
        };
        self.reporter
            .prepare(&summary, &mail.raw, &self.plan.event_destinations)
            .map_err(failed)?;
        self.store.keep(summary, &mail.raw).map_err(failed)?;
        self.reporter.tell(id.clone());
        Ok(format!("<MessageId>{id}</MessageId>"))
    }

    /// An account out of the sandbox, as the real one starts.
    fn quota(&self, sender: &str) -> Result<String, Refused> {
        let need = needs::mail::quota();
        self.roles
            .may(sender, "GetSendQuota", &[need])
            .map_err(denied)?;
        Ok(format!(
            "<Max24HourSend>50000.0</Max24HourSend><MaxSendRate>14.0</MaxSendRate>\
             <SentLast24Hours>{}.0</SentLast24Hours>",
            self.store.count()
        ))
    }
}

fn denied(denied: Denied) -> Refused {
    Refused {
        code: "AccessDenied",
        message: denied.to_string(),
    }
}

fn xml(status: StatusCode, body: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/xml")], body).into_response()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
