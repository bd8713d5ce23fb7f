//! The headers of a change, as the OpenAPI document shows them.
#![expect(dead_code, reason = "shapes for the OpenAPI document, never built")]

use utoipa::IntoParams;

/// Every POST that changes something.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IdempotencyHeader {
    /// 1 to 255 visible ASCII characters: new for each request, the same when you repeat one. The answer is remembered for 24 hours.
    #[param(rename = "Idempotency-Key", example = "7f0c1d6e-submit")]
    idempotency_key: String,
}

/// Every change of a document.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchHeader {
    /// The ETag that you read last.
    #[param(rename = "If-Match", example = "\"3\"")]
    if_match: String,
}
