//! The queue (domain.md #51).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{LabelName, PerformanceYear, QueuePlace, StatusName};
use edge::{Caller, Problem, ProblemDocument};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;
use workflow::{Assigned, Failure, QueueWanted};

use crate::Desk;
use crate::wire::{CaseList, QueueCounts, QueueDocument};

/// The most reviews in one reply, and how many there are unless `limit` says otherwise.
const PAGE: usize = 50;

/// Which of the team's reviews, in which order, and which page of them.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Of this performance year only.
    #[param(value_type = Option<u16>, example = 2024)]
    year: Option<String>,
    /// `in_review` unless you say otherwise, by age; `awaiting_documents`, by due instant; `approved`, `denied` or
    /// `withdrawn`, by their end.
    status: Option<String>,
    /// `before_payment_year`: only years whose payment year has not begun.
    lane: Option<String>,
    /// `me` or `nobody`.
    assigned: Option<String>,
    /// Only with this label, public or internal.
    label: Option<String>,
    /// Only what stands before this instant in its queue: submitted, due or ended by then.
    #[param(value_type = Option<String>, example = "2025-11-01T04:00:00Z")]
    before: Option<String>,
    /// `asc` unless you say otherwise, or `desc`.
    order: Option<String>,
    /// The `next` of the page before, with the same other parameters.
    cursor: Option<String>,
    /// At most that many, up to 50.
    limit: Option<usize>,
}

/// See what waits for the team, the oldest or the soonest due first.
#[utoipa::path(get, path = "/v1/team/queue", params(Part), responses(
    (status = 200, body = QueueDocument),
    (status = 400, description = "A parameter that is none, or has no such value", body = ProblemDocument),
    (status = 404, description = "Not for you", body = ProblemDocument)))]
pub(crate) async fn queue(
    State(desk): State<Desk>,
    caller: Caller,
    part: Result<Query<Part>, QueryRejection>,
) -> Result<Json<QueueDocument>, Problem> {
    Desk::of_team(&caller)?;
    let Query(part) = part.map_err(|_| {
        Problem::bad_request("The query parameters here are year, status, lane, assigned, label, before, order, cursor and limit (a number), each once.")
    })?;
    let wanted = part.wanted(&caller)?;
    let page = workflow::queue(&*desk.store, &desk.inbound(&caller), &wanted).await?;
    let next = page.next.as_ref().map(cursor);
    let document = QueueDocument::of(&page, next, &caller.actor, caller.received_at);
    Ok(Json(document))
}

/// See how many reviews stand in each queue, and how long there is until the payment year.
#[utoipa::path(get, path = "/v1/team/queue/counts", responses(
    (status = 200, body = QueueCounts),
    (status = 404, description = "Not for you", body = ProblemDocument)))]
pub(crate) async fn counts(
    State(desk): State<Desk>,
    caller: Caller,
) -> Result<Json<QueueCounts>, Problem> {
    Desk::of_team(&caller)?;
    let counts = workflow::queue_counts(&*desk.store).await?;
    Ok(Json(QueueCounts::of(counts, caller.received_at)))
}

/// See all that is assigned to you and has not ended.
#[utoipa::path(get, path = "/v1/team/assigned", responses(
    (status = 200, body = CaseList),
    (status = 404, description = "Not for you", body = ProblemDocument)))]
pub(crate) async fn assigned(
    State(desk): State<Desk>,
    caller: Caller,
) -> Result<Json<CaseList>, Problem> {
    Desk::of_team(&caller)?;
    let found = workflow::assigned(&*desk.store, &desk.inbound(&caller)).await;
    let found = found.map_err(Failure::from)?;
    Ok(Json(CaseList::of(
        &found,
        &caller.actor,
        caller.received_at,
    )))
}

impl Part {
    fn wanted(&self, caller: &Caller) -> Result<QueueWanted, Problem> {
        let year = self.year.as_deref().map(str::parse::<PerformanceYear>);
        let label = self.label.as_deref().map(str::parse::<LabelName>);
        let before = self.before.as_deref().map(str::parse::<Timestamp>);
        Ok(QueueWanted {
            year: year
                .transpose()
                .map_err(|_| wrong("year", "a performance year, such as 2024"))?,
            status: match self.status.as_deref() {
                None => StatusName::InReview,
                Some(word) => status(word)?,
            },
            before_payment_year: match self.lane.as_deref() {
                None => false,
                Some("before_payment_year") => true,
                Some(_) => return Err(wrong("lane", "before_payment_year")),
            },
            assigned: match self.assigned.as_deref() {
                None => None,
                Some("me") => Some(Assigned::To(caller.actor.account.key())),
                Some("nobody") => Some(Assigned::Nobody),
                Some(_) => return Err(wrong("assigned", "me or nobody")),
            },
            label: label
                .transpose()
                .map_err(|_| wrong("label", "a label, in one line"))?,
            before: before
                .transpose()
                .map_err(|_| wrong("before", "an instant, such as 2025-11-01T04:00:00Z"))?,
            descending: match self.order.as_deref() {
                None | Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err(wrong("order", "asc or desc")),
            },
            after: match self.cursor.as_deref() {
                None => None,
                Some(text) => Some(place(text).ok_or_else(|| {
                    Problem::bad_request("cursor: use the cursor exactly as \"next\" gave it.")
                })?),
            },
            limit: self.limit.unwrap_or(PAGE).clamp(1, PAGE),
        })
    }
}

/// A status that has a queue.
fn status(word: &str) -> Result<StatusName, Problem> {
    let among = "in_review, awaiting_documents, approved, denied or withdrawn";
    let status = serde_json::from_value(Value::from(word));
    match status.map_err(|_| wrong("status", among))? {
        // Drafts are their people's own.
        StatusName::Draft | StatusName::NotSubmitted => Err(wrong("status", among)),
        status @ (StatusName::InReview
        | StatusName::AwaitingDocuments
        | StatusName::Approved
        | StatusName::Denied
        | StatusName::Withdrawn) => Ok(status),
    }
}

fn cursor(place: &QueuePlace) -> String {
    format!("{}~{}", place.at.as_millisecond(), place.id)
}

fn place(cursor: &str) -> Option<QueuePlace> {
    let (at, id) = cursor.split_once('~')?;
    Some(QueuePlace {
        at: Timestamp::from_millisecond(at.parse().ok()?).ok()?,
        id: id.parse().ok()?,
    })
}

fn wrong(name: &str, among: &str) -> Problem {
    Problem::bad_request(format!("The query parameter {name} must be {among}."))
}
