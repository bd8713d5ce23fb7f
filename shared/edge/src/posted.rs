//! A POST that changes something: a strict JSON body under an idempotency key.

use axum::extract::{FromRequest, Request};
use domain::Fields;
use workflow::IdempotencyKey;

use crate::{JsonBody, Problem};

const HEADER: &str = "idempotency-key";

/// The body of a POST, and the key that it came with.
pub struct Posted {
    body: JsonBody,
    key: String,
}

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let key = request
            .headers()
            .get(HEADER)
            .map(|key| String::from_utf8_lossy(key.as_bytes()).into_owned());
        let key = key.ok_or_else(Problem::key_missing)?;
        Ok(Self {
            body: JsonBody::from_request(request, state).await?,
            key,
        })
    }
}

impl Posted {
    /// The key, for a request to `route`: the template, and the review's id where it has one.
    ///
    /// # Errors
    /// A 400 when the header is no key.
    pub fn key(&self, route: String) -> Result<IdempotencyKey, Problem> {
        IdempotencyKey::new(route, &self.key, &self.body.bytes)
            .map_err(|error| Problem::key_invalid(&error))
    }

    /// Reads the body; `read` returns nothing only where it recorded a fault.
    ///
    /// # Errors
    /// A 422 with every fault.
    pub fn read<'a, T>(
        &'a self,
        read: impl FnOnce(&mut Fields<'a>) -> Option<T>,
    ) -> Result<T, Problem> {
        self.body.fields(read)
    }
}
