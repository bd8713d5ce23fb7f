//! Where the next page of a list begins that is read in the order of the history.

use axum::extract::rejection::QueryRejection;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::Problem;

/// The next page of a list that is read in the order of the history.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// The place after which the page begins; `None` for the first one.
pub struct AfterSeq(pub Option<u64>);

impl<S: Send + Sync> FromRequestParts<S> for AfterSeq {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read: Result<Query<After>, QueryRejection> =
            Query::from_request_parts(parts, state).await;
        let wrong = |_| Problem::bad_request("The query parameter here is cursor, once.");
        let Query(After { cursor }) = read.map_err(wrong)?;
        let seq = cursor.map(|cursor| cursor.parse::<u64>()).transpose();
        let seq = seq.map_err(|_| {
            Problem::bad_request("In the query, use the cursor exactly as \"next\" gave it.")
        })?;
        Ok(Self(seq))
    }
}
