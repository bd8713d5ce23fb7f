//! `ETag` and `If-Match`: nobody changes what they have not seen.

use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::IF_MATCH;
use axum::http::request::Parts;

use crate::Problem;

/// The number in `If-Match`: a version or a revision that the person saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMatch(pub u64);

/// Stands for every ETag that this service never gave: it matches nothing.
const NEVER_GIVEN: u64 = u64::MAX;

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let header = parts
            .headers
            .get(IF_MATCH)
            .ok_or_else(Problem::if_match_missing)?;
        let quoted = header
            .to_str()
            .ok()
            .and_then(|text| text.trim().strip_prefix('"')?.strip_suffix('"'));
        Ok(Self(
            quoted
                .and_then(|number| number.parse().ok())
                .unwrap_or(NEVER_GIVEN),
        ))
    }
}

/// The ETag of a version or a revision.
#[must_use]
pub fn etag(number: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{number}\"")).expect("a number in quotes is a header's value")
}
