//! The texts that people read and accept, and the description of this API.

use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use domain::{PerformanceYear, RuleSet, Text, rule_set, rule_sets, statement_of_truth};
use edge::{Problem, ProblemDocument};
use serde::Deserialize;
use utoipa::IntoParams;
use workflow::Failure;

use crate::wire::{TextDocument, TextList};

/// Which year's texts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub(crate) struct OfYear {
    /// The performance year; the newest if it is left out.
    #[param(value_type = Option<u16>, example = 2024)]
    year: Option<String>,
}

/// What all HTTP functions say of their doors, put together: functions do not know each other, so the whole is a file, which
/// `cargo run -p scenarios --bin openapi` writes and a test holds to the code.
const DESCRIPTION: &str = include_str!("../../../../docs/openapi.json");

/// The description of this API.
#[utoipa::path(get, path = "/v1/openapi.json", security(()), responses((status = 200, description = "OpenAPI 3.1")))]
pub(crate) async fn document() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json")], DESCRIPTION)
}

/// The present texts of a year, without their words.
#[utoipa::path(get, path = "/v1/texts", params(OfYear), responses(
    (status = 200, body = TextList),
    (status = 422, description = "No such year", body = ProblemDocument)))]
pub(crate) async fn list(
    year: Result<Query<OfYear>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<TextList>, Problem> {
    let rules = rules(year)?;
    Ok(Json(TextList::of(
        [statement_of_truth()].into_iter().chain(&rules.texts),
    )))
}

/// One present text of a year.
#[utoipa::path(get, path = "/v1/texts/{name}", params(OfYear, ("name", description = "The text's name", example = "disclosures")), responses(
    (status = 200, body = TextDocument),
    (status = 404, description = "No such text", body = ProblemDocument)))]
pub(crate) async fn one(
    Path(name): Path<String>,
    year: Result<Query<OfYear>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<TextDocument>, Problem> {
    let rules = rules(year)?;
    text(rules, &name)
        .map(|text| Json(TextDocument::of(text)))
        .ok_or_else(|| {
            Problem::not_found("There is no text of this name. /v1/texts lists what there is.")
        })
}

fn text(rules: &'static RuleSet, name: &str) -> Option<&'static Text> {
    let every_year = statement_of_truth();
    if every_year.reference.name() == name {
        Some(every_year)
    } else {
        rules.text(name)
    }
}

fn rules(
    year: Result<Query<OfYear>, axum::extract::rejection::QueryRejection>,
) -> Result<&'static RuleSet, Problem> {
    let Query(OfYear { year }) =
        year.map_err(|_| Problem::bad_request("The only query parameter here is year."))?;
    match year {
        Some(year) => {
            let year: PerformanceYear = year
                .parse()
                .map_err(|error| Problem::bad_request(format!("year: {error}.")))?;
            rule_set(year).map_err(|error| Failure::from(error).into())
        }
        None => rule_sets()
            .next()
            .ok_or_else(|| Problem::not_found("There are no rules for any year.")),
    }
}
