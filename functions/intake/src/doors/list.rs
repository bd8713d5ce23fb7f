//! "My requests" (domain.md #47).

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use domain::{ApplicationType, PerformanceYear, StatusName};
use edge::{Caller, Problem, ProblemDocument};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::IntoParams;
use workflow::{Sort, Wanted};

use crate::Desk;
use crate::wire::ReviewList;

/// The most reviews in one reply, and how many there are unless `limit` says otherwise.
const PAGE: usize = 50;

/// Which of your requests, in which order, and which page of them.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Of this performance year only.
    #[param(value_type = Option<u16>, example = 2024)]
    year: Option<String>,
    /// Of this application type only: `individual`, `group`, `virtual_group`, `apm_entity`, `subgroup` or `unknown`.
    r#type: Option<String>,
    /// Of these statuses only, parted by commas.
    #[param(example = "draft,in_review")]
    status: Option<String>,
    /// `true` leaves out the withdrawn ones; they are counted all the same.
    #[param(value_type = Option<bool>)]
    hide_withdrawn: Option<String>,
    /// `created`, `updated` (unless you say otherwise) or `due`.
    sort: Option<String>,
    /// `asc` or `desc`: the latest first, or the soonest due, unless you say otherwise. What is not due comes last.
    order: Option<String>,
    /// The `next` of the page before, with the same other parameters.
    cursor: Option<String>,
    /// At most that many, up to 50.
    limit: Option<usize>,
}

/// List your requests: those that you own, and those that you were added to.
#[utoipa::path(get, path = "/v1/reviews", params(Part), responses(
    (status = 200, body = ReviewList),
    (status = 400, description = "A parameter that is none, or has no such value", body = ProblemDocument)))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    caller: Caller,
    part: Result<Query<Part>, QueryRejection>,
) -> Result<Json<ReviewList>, Problem> {
    let Query(part) = part.map_err(|_| {
        Problem::bad_request("The query parameters here are year, type, status, hide_withdrawn, sort, order, cursor and limit (a number), each once.")
    })?;
    let wanted = part.wanted()?;
    let mine = workflow::mine(&*desk.store, &desk.inbound(&caller), &wanted).await?;
    Ok(Json(ReviewList::of(mine, &caller.actor)))
}

impl Part {
    fn wanted(&self) -> Result<Wanted, Problem> {
        let sort = match self.sort.as_deref() {
            None | Some("updated") => Sort::Updated,
            Some("created") => Sort::Created,
            Some("due") => Sort::Due,
            Some(_) => return Err(wrong("sort", "created, updated or due")),
        };
        let statuses = self.status.as_deref().into_iter();
        let statuses = statuses.flat_map(|list| list.split(','));
        let statuses = statuses.map(|word| coded("status", word, "such as draft or in_review"));
        let kind = self.r#type.as_deref();
        let kind = kind.map(|word| coded::<ApplicationType>("type", word, "such as individual"));
        let year = self.year.as_deref();
        let year = year.map(|year| year.parse::<PerformanceYear>());
        let cursor = self.cursor.as_deref().map(str::parse);
        Ok(Wanted {
            year: year
                .transpose()
                .map_err(|_| wrong("year", "a performance year, such as 2024"))?,
            kind: kind.transpose()?,
            statuses: statuses.collect::<Result<Vec<StatusName>, _>>()?,
            hide_withdrawn: match self.hide_withdrawn.as_deref() {
                None | Some("false") => false,
                Some("true") => true,
                Some(_) => return Err(wrong("hide_withdrawn", "true or false")),
            },
            descending: match self.order.as_deref() {
                None => sort != Sort::Due,
                Some("asc") => false,
                Some("desc") => true,
                Some(_) => return Err(wrong("order", "asc or desc")),
            },
            sort,
            after: cursor
                .transpose()
                .map_err(|error| Problem::bad_request(format!("cursor: {error}.")))?,
            limit: self.limit.unwrap_or(PAGE).clamp(1, PAGE),
        })
    }
}

/// A word of the API, as its type is written everywhere else.
fn coded<C: DeserializeOwned>(name: &str, word: &str, among: &str) -> Result<C, Problem> {
    serde_json::from_value(Value::from(word)).map_err(|_| wrong(name, among))
}

fn wrong(name: &str, among: &str) -> Problem {
    Problem::bad_request(format!("The query parameter {name} must be {among}."))
}
