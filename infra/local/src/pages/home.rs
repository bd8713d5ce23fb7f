//! `GET /`: all of the stack on one page, or as JSON.

use askama::Template;
use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use super::mailbox::Row;
use super::view::{FunctionView, PagesState, QueueView, RouteView};
use super::{rendered, wants_json};
use crate::clock::in_new_york;
use crate::identity::SamplePerson;
use crate::schedules::ScheduleView;
use crate::services::{Mood, ObjectSummary};

/// How much of each long list the page shows.
const MAILS: usize = 8;
const OBJECTS: usize = 12;
const LOG_LINES: usize = 12;

#[derive(Template)]
#[template(path = "home.html")]
struct Home<'a> {
    now: String,
    now_ms: i64,
    reason: &'a str,
    people: &'a [SamplePerson],
    mails: Vec<Row>,
    mail_count: usize,
    functions: Vec<WithLog>,
    queues: Vec<QueueView>,
    objects: Vec<Object>,
    object_count: usize,
    scanner: Mood,
    schedules: Vec<Due>,
    routes: Vec<RouteView>,
}

struct Due {
    schedule: ScheduleView,
    next: String,
}

struct Object {
    summary: ObjectSummary,
    at: String,
}

struct WithLog {
    function: FunctionView,
    log: Vec<String>,
}

pub(super) async fn page(State(state): State<PagesState>, headers: HeaderMap) -> Response {
    let now = state.clock.now();
    if wants_json(&headers) {
        return Json(json!({
            "clock": {"now": now, "new_york": state.clock.new_york(), "reason": state.clock.reason()},
            "people": state.issuer.people(),
            "mail": state.mail.list(),
            "functions": state.view.functions(),
            "queues": state.view.queues(),
            "objects": state.buckets.list(),
            "scanner": state.buckets.scanner().mood(),
            "schedules": state.schedules.list(),
            "routes": state.view.routes(),
        }))
        .into_response();
    }
    let mails = state.mail.list();
    let functions = state.view.functions().into_iter().map(|function| {
        let log = state.view.logs(&function.name, LOG_LINES);
        WithLog { function, log }
    });
    let schedules = state.schedules.list().into_iter().map(|schedule| {
        let next = schedule
            .next
            .map_or_else(|| "never".to_owned(), in_new_york);
        Due { schedule, next }
    });
    let objects = state.buckets.list();
    let object_count = objects.len();
    let objects = objects.into_iter().take(OBJECTS).map(|summary| {
        let at = in_new_york(summary.at);
        Object { summary, at }
    });
    rendered(&Home {
        now: state.clock.new_york(),
        now_ms: now.as_millisecond(),
        reason: state.clock.reason(),
        people: state.issuer.people(),
        mail_count: mails.len(),
        mails: mails.into_iter().take(MAILS).map(Row::from).collect(),
        functions: functions.collect(),
        queues: state.view.queues(),
        objects: objects.collect(),
        object_count,
        scanner: state.buckets.scanner().mood(),
        schedules: schedules.collect(),
        routes: state.view.routes(),
    })
}
