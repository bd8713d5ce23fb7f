//! The mailbox: what was sent, to whom, how it looks, and what became of it.
//!
//! The HTML part of a mail is shown as a foreign document: in a frame without scripts and without this origin's
//! rights, under a policy that loads nothing.

use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::view::PagesState;
use super::{not_found, rendered, wants_json};
use crate::clock::in_new_york;
use crate::services::{Happening, MailEvent, MailSummary, StoredMail};

const FOREIGN: &str = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; \
    style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

/// A mail as a line of a list.
pub(super) struct Row {
    pub id: String,
    pub at: String,
    pub to: String,
    pub subject: String,
    /// The last that happened to it.
    pub became: String,
    /// Whether that is not what its sender hoped for.
    pub failed: bool,
}

impl From<MailSummary> for Row {
    fn from(mail: MailSummary) -> Self {
        let at = in_new_york(mail.at);
        let last = mail.became().pop();
        let hoped = [MailEvent::Send, MailEvent::Delivery];
        Self {
            failed: last
                .as_ref()
                .is_some_and(|last| !hoped.contains(&last.event)),
            became: last.map(|last| last.in_words()).unwrap_or_default(),
            id: mail.id,
            at,
            to: mail.destinations.join(", "),
            subject: mail.subject,
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Filter {
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "mailbox.html")]
struct Mailbox {
    to: String,
    mails: Vec<Row>,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Letter {
    id: String,
    at: String,
    subject: String,
    tags: Vec<(String, String)>,
    configuration_set: Option<String>,
    became: Vec<(String, String)>,
    source: String,
    to: String,
    headers: Vec<(String, String)>,
    text: Option<String>,
    has_html: bool,
    attachments: Vec<String>,
}

/// `GET /_local/mail?to=address`
pub(super) async fn list(
    State(state): State<PagesState>,
    Query(filter): Query<Filter>,
    headers: HeaderMap,
) -> Response {
    let to = filter.to.map(|to| to.trim().to_owned()).unwrap_or_default();
    let mut mails = state.mail.list();
    mails.retain(|mail| {
        to.is_empty()
            || mail
                .destinations
                .iter()
                .any(|one| one.eq_ignore_ascii_case(&to))
    });
    if wants_json(&headers) {
        let mails: Vec<_> = mails.iter().map(with_fate).collect();
        return Json(mails).into_response();
    }
    rendered(&Mailbox {
        to,
        mails: mails.into_iter().map(Row::from).collect(),
    })
}

/// A summary for programs: its own fields first and as they are, for there are scripts that look for them.
#[derive(Serialize)]
struct WithFate<'a> {
    #[serde(flatten)]
    summary: &'a MailSummary,
    became: Vec<Happening>,
}

fn with_fate(summary: &MailSummary) -> WithFate<'_> {
    WithFate {
        summary,
        became: summary.became(),
    }
}

/// `GET /_local/mail/{id}`
pub(super) async fn mail(
    State(state): State<PagesState>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(StoredMail {
        summary,
        headers: lines,
        text,
        html,
        attachments,
        ..
    }) = state.mail.get(&id)
    else {
        return unknown(&id);
    };
    if wants_json(&headers) {
        return Json(json!({
            "summary": with_fate(&summary), "headers": lines, "text": text, "html": html, "attachments": attachments,
        }))
        .into_response();
    }
    rendered(&Letter {
        at: in_new_york(summary.at),
        became: summary
            .became()
            .into_iter()
            .map(|one| (one.in_words(), one.recipients.join(", ")))
            .collect(),
        to: summary.destinations.join(", "),
        id: summary.id,
        subject: summary.subject,
        tags: summary.tags.into_iter().collect(),
        configuration_set: summary.configuration_set,
        source: summary.source,
        headers: lines,
        text,
        has_html: html.is_some(),
        attachments,
    })
}

/// `GET /_local/mail/{id}/html`: the HTML part as sent, but that its links open beside the page.
pub(super) async fn html_part(State(state): State<PagesState>, Path(id): Path<String>) -> Response {
    match state.mail.get(&id).and_then(|mail| mail.html) {
        Some(html) => (
            [
                (header::CONTENT_TYPE, "text/html; charset=utf-8"),
                (header::CONTENT_SECURITY_POLICY, FOREIGN),
            ],
            format!("<base target=\"_blank\">{html}"),
        )
            .into_response(),
        None => unknown(&id),
    }
}

/// `GET /_local/mail/{id}/raw`: the `.eml`.
pub(super) async fn raw(State(state): State<PagesState>, Path(id): Path<String>) -> Response {
    match state.mail.get(&id) {
        Some(mail) => (
            [
                (header::CONTENT_TYPE, "message/rfc822".to_owned()),
                (
                    header::CONTENT_DISPOSITION,
                    format!("attachment; filename=\"{}.eml\"", mail.summary.id),
                ),
            ],
            mail.raw,
        )
            .into_response(),
        None => unknown(&id),
    }
}

fn unknown(id: &str) -> Response {
    not_found(format!(
        "There is no mail {id}, or it has no such part. The list is at /_local/mail"
    ))
}
