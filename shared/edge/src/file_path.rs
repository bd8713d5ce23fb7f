//! The review and the file that a path names.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use domain::{AttachmentId, ReviewId};

use crate::{Problem, invocation};

/// The `{id}` and the `{file}` of a path.
pub struct FilePath(pub ReviewId, pub AttachmentId);

impl<S: Send + Sync> FromRequestParts<S> for FilePath {
    type Rejection = Problem;

    /// An id with a typing error is told as one, as for a review alone.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let path = Path::<(String, String)>::from_request_parts(parts, state).await;
        let Path((id, file)) = path.map_err(|_| Problem::not_found("The path names no file."))?;
        let id = id
            .parse()
            .map_err(|error| Problem::not_found(format!("There is no such review: {error}.")))?;
        invocation::concerns(&id);
        let file = file
            .parse()
            .map_err(|error| Problem::not_found(format!("There is no such file: {error}.")))?;
        Ok(Self(id, file))
    }
}
