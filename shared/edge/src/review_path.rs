//! The review that a path names.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::ReviewId;

use crate::{Problem, invocation};

/// The `{id}` of a path.
pub struct ReviewPath(pub ReviewId);

impl<S: Send + Sync> FromRequestParts<S> for ReviewPath {
    type Rejection = Problem;

    /// An id with a typing error is told as one: it cannot be anybody's review.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<String>::from_request_parts(parts, state).await;
        let Path(id) = path.map_err(|_| Problem::not_found("The path names no review."))?;
        let id = id
            .parse()
            .map_err(|error| Problem::not_found(format!("There is no such review: {error}.")))?;
        invocation::concerns(&id);
        Ok(Self(id))
    }
}
