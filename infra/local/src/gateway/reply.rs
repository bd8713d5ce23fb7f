//! A function's reply as a response, and the gateway's own responses.

use axum::{
    Json,
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What the gateway says by itself.
pub(super) fn own(status: StatusCode, message: &str) -> Response {
    (status, Json(json!({ "message": message }))).into_response()
}

/// No token, or none that holds.
pub(super) fn unauthorized() -> Response {
    let mut response = own(StatusCode::UNAUTHORIZED, "Unauthorized");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// The function failed, or said nothing that is a response.
pub(super) fn failed() -> Response {
    own(StatusCode::INTERNAL_SERVER_ERROR, "Internal Server Error")
}

/// Names the request, as every response of an HTTP API does.
pub(super) fn with_id(mut response: Response, id: &str) -> Response {
    if let Ok(value) = HeaderValue::from_str(id) {
        response.headers_mut().insert("apigw-requestid", value);
    }
    response
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Reply {
    status_code: u16,
    #[serde(default)]
    headers: Map<String, Value>,
    #[serde(default)]
    multi_value_headers: Map<String, Value>,
    #[serde(default)]
    cookies: Vec<String>,
    body: Option<String>,
    #[serde(default)]
    is_base64_encoded: bool,
}

/// What the function answered; a reply that is no response is a failure, and one without a status is a JSON body.
pub(super) fn from_function(answer: &[u8], head_only: bool) -> Response {
    let Ok(value) = serde_json::from_slice::<Value>(answer) else {
        return failed();
    };
    if value.get("statusCode").is_none() {
        return (
            [(header::CONTENT_TYPE, "application/json")],
            value.to_string(),
        )
            .into_response();
    }
    serde_json::from_value(value)
        .ok()
        .and_then(|reply| response(reply, head_only))
        .unwrap_or_else(failed)
}

fn response(reply: Reply, head_only: bool) -> Option<Response> {
    let body = match reply.body {
        Some(text) if reply.is_base64_encoded => STANDARD.decode(text).ok()?,
        Some(text) => text.into_bytes(),
        None => Vec::new(),
    };
    let mut response = Response::new(if head_only {
        Body::empty()
    } else {
        Body::from(body)
    });
    *response.status_mut() = StatusCode::from_u16(reply.status_code).ok()?;
    let headers = response.headers_mut();
    for (name, value) in &reply.headers {
        headers.insert(HeaderName::try_from(name).ok()?, field(value)?);
    }
    for (name, values) in &reply.multi_value_headers {
        let name = HeaderName::try_from(name).ok()?;
        headers.remove(&name);
        for value in values.as_array()? {
            headers.append(&name, field(value)?);
        }
    }
    for cookie in &reply.cookies {
        headers.append(header::SET_COOKIE, HeaderValue::from_str(cookie).ok()?);
    }
    // The length is that of the body that is sent; a function's own note of it may be of another one.
    headers.remove(header::CONTENT_LENGTH);
    headers
        .entry(header::CONTENT_TYPE)
        .or_insert(HeaderValue::from_static("text/plain;charset=UTF-8"));
    Some(response)
}

/// Header values are texts, but numbers and truths are let pass.
fn field(value: &Value) -> Option<HeaderValue> {
    match value {
        Value::String(text) => HeaderValue::from_str(text).ok(),
        Value::Number(_) | Value::Bool(_) => HeaderValue::from_str(&value.to_string()).ok(),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_response_is_a_failure_of_the_function() {
        let table = [
            "",
            "not json",
            r#"{"statusCode": "ok"}"#,
            r#"{"statusCode": 99}"#,
            r#"{"statusCode": 200, "headers": {"a b": "c"}}"#,
            r#"{"statusCode": 200, "body": {"not": "text"}}"#,
            r#"{"statusCode": 200, "body": "%%", "isBase64Encoded": true}"#,
        ];
        for answer in table {
            assert_eq!(
                from_function(answer.as_bytes(), false).status(),
                500,
                "{answer}"
            );
        }
    }

    #[test]
    fn a_reply_keeps_its_status_headers_and_cookies() {
        let answer = json!({
            "statusCode": 201,
            "headers": { "ETag": "\"1\"", "x-count": 2 },
            "multiValueHeaders": { "vary": ["a", "b"] },
            "cookies": ["a=1", "b=2"],
            "body": "e30=",
            "isBase64Encoded": true,
        });
        let response = from_function(answer.to_string().as_bytes(), false);
        assert_eq!(response.status(), 201);
        assert_eq!(response.headers()["etag"], "\"1\"");
        assert_eq!(response.headers()["x-count"], "2");
        assert_eq!(response.headers().get_all("vary").iter().count(), 2);
        assert_eq!(response.headers().get_all("set-cookie").iter().count(), 2);
    }

    #[test]
    fn a_reply_without_status_is_a_json_body() {
        let response = from_function(br#"{"a": 1}"#, false);
        assert_eq!(
            (response.status(), &response.headers()["content-type"]),
            (
                StatusCode::OK,
                &HeaderValue::from_static("application/json")
            )
        );
    }
}
