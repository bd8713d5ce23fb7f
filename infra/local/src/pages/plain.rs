//! Plain answers for `curl` and scripts: tokens, the clock, the scanner, logs, the issuer's documents, the page's two files.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::not_found;
use super::view::PagesState;
use crate::schedules::ScheduleError;
use crate::services::Mood;

const LOG_LINES: usize = 1_000;

#[derive(Deserialize)]
pub(super) struct As {
    #[serde(rename = "as")]
    person: Option<String>,
}

/// `GET /_local/token?as=<name>`: nothing but the token, so that `$(curl …)` is enough.
pub(super) async fn token(
    State(state): State<PagesState>,
    Query(As { person }): Query<As>,
) -> Response {
    let person = person.unwrap_or_default();
    match state.issuer.token_for(&person, state.clock.now()) {
        Some(token) => ([(header::CONTENT_TYPE, "text/plain")], token).into_response(),
        None => {
            let names: Vec<&str> = state
                .issuer
                .people()
                .iter()
                .map(|person| person.name)
                .collect();
            not_found(format!(
                "Nobody here is called '{person}'. Try ?as= with one of: {}",
                names.join(", ")
            ))
        }
    }
}

/// `GET /_local/clock`
pub(super) async fn clock(State(state): State<PagesState>) -> Json<Value> {
    Json(json!({
        "now": state.clock.now(), "new_york": state.clock.new_york(), "reason": state.clock.reason(),
    }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    to: Timestamp,
}

/// `POST /_local/clock` `{"to": "2025-11-15T01:00:00Z"}`: forward only. Being JSON, no foreign form can send it. The
/// answer says how many messages the schedules sent because of it; they are in their queues then.
pub(super) async fn advance(
    State(state): State<PagesState>,
    Json(Advance { to }): Json<Advance>,
) -> Response {
    match state.schedules.advance_to(to).await {
        Ok(fired) => {
            let Json(mut answer) = clock(State(state)).await;
            answer["fired"] = Value::from(fired);
            Json(answer).into_response()
        }
        Err(ScheduleError::Clock(error)) => {
            (StatusCode::CONFLICT, format!("{error}\n")).into_response()
        }
        Err(error) => {
            let sentence =
                format!("The clock was moved, but not all schedules could send yet: {error}\n");
            (StatusCode::INTERNAL_SERVER_ERROR, sentence).into_response()
        }
    }
}

/// `GET /_local/scanner`
pub(super) async fn scanner(State(state): State<PagesState>) -> Json<Scanner> {
    let mood = state.buckets.scanner().mood();
    Json(Scanner { mood })
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scanner {
    mood: Mood,
}

/// `POST /_local/scanner` `{"mood": "silent"}`: how objects are scanned from now on. Being JSON, no foreign form can send
/// it.
pub(super) async fn change_scanner(
    State(state): State<PagesState>,
    Json(Scanner { mood }): Json<Scanner>,
) -> Json<Scanner> {
    state.buckets.scanner().turn(mood);
    scanner(State(state)).await
}

/// `GET /_local/logs/{function}`
pub(super) async fn logs(
    State(state): State<PagesState>,
    Path(function): Path<String>,
) -> Response {
    let names: Vec<String> = state
        .view
        .functions()
        .into_iter()
        .map(|function| function.name)
        .collect();
    if !names.contains(&function) {
        return not_found(format!(
            "There is no function {function}. There are: {}",
            names.join(", ")
        ));
    }
    let lines = state.view.logs(&function, LOG_LINES);
    let text: String = lines
        .into_iter()
        .flat_map(|line| [line, "\n".to_owned()])
        .collect();
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `GET /_local/oidc/.well-known/openid-configuration`
pub(super) async fn discovery(State(state): State<PagesState>) -> Json<Value> {
    Json(state.issuer.discovery())
}

/// `GET /_local/oidc/jwks.json`
pub(super) async fn key_set(State(state): State<PagesState>) -> Json<Value> {
    Json(state.issuer.key_set())
}

/// `GET /_local/assets/{file}`
pub(super) async fn asset(Path(file): Path<String>) -> Response {
    let (kind, text) = match file.as_str() {
        "page.css" => (
            "text/css; charset=utf-8",
            include_str!("../../assets/page.css"),
        ),
        "page.js" => (
            "text/javascript; charset=utf-8",
            include_str!("../../assets/page.js"),
        ),
        _ => return not_found(format!("There is no file {file}.")),
    };
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
