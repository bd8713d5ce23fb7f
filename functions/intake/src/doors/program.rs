//! What holds for a performance year: its window, its form, its texts, whom to ask (domain.md #15, #20).

use axum::Json;
use axum::extract::{Path, State};
use domain::{PerformanceYear, rule_sets};
use edge::{Caller, Problem, ProblemDocument};
use workflow::{Failure, program};

use crate::Desk;
use crate::wire::{ProgramDocument, YearList};

/// The performance years, each with where its window stands.
#[utoipa::path(get, path = "/v1/program", responses((status = 200, body = YearList)))]
pub(crate) async fn years(
    State(desk): State<Desk>,
    caller: Caller,
) -> Result<Json<YearList>, Problem> {
    let mut years = Vec::new();
    for rules in rule_sets() {
        years.push(program(&*desk.store, rules.year, caller.received_at).await?);
    }
    Ok(Json(YearList::of(&years)))
}

/// One performance year: window, form, texts, contacts, announcements.
#[utoipa::path(get, path = "/v1/program/{year}", params(("year", description = "The performance year", example = 2024)), responses(
    (status = 200, body = ProgramDocument),
    (status = 404, description = "No such year", body = ProblemDocument)))]
pub(crate) async fn year(
    State(desk): State<Desk>,
    caller: Caller,
    Path(year): Path<String>,
) -> Result<Json<ProgramDocument>, Problem> {
    let known = year.parse::<PerformanceYear>();
    let year =
        known.map_err(|error| Problem::not_found(format!("There is no such year: {error}.")))?;
    match program(&*desk.store, year, caller.received_at).await {
        Ok(program) => Ok(Json(ProgramDocument::of(&program))),
        Err(Failure::UnknownYear(error)) => Err(Problem::not_found(format!(
            "There is no such year: {error}."
        ))),
        Err(failure) => Err(failure.into()),
    }
}
