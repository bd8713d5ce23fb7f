//! A request as the gateway's event: one of `events/intake`, with the test's own method, path, body, caller and instant.

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use ureq::http::{HeaderMap, HeaderName, HeaderValue};

use crate::http::Reply;
use crate::program;

/// What the authoriser would say of a person.
#[derive(Clone)]
pub(super) struct Caller(Value);

impl Caller {
    /// A sample person of the stack's issuer; which one does not matter to the functions.
    pub(super) fn sample(name: &str) -> Self {
        Self(json!({
            "iss": "https://identity.example.org",
            "sub": format!("sample-{name}"),
            "aud": "targeted-review",
            "email": format!("{name}@example.org"),
            "email_verified": "true",
            "roles": "[]",
        }))
    }
}

/// The event of a request that was received at `received`.
pub(super) fn http(
    method: &str,
    path: &str,
    headers: &[(&'static str, String)],
    body: Option<&str>,
    received: Timestamp,
    caller: &Caller,
) -> Value {
    let mut event = mould();
    let route = format!("{method} {}", template_of(path));
    event["routeKey"] = json!(route);
    event["rawPath"] = json!(path);
    event["headers"] = headers
        .iter()
        .map(|(name, value)| ((*name).to_owned(), json!(value)))
        .collect::<Map<_, _>>()
        .into();
    event["body"] = json!(body);
    if let Some(id) = review_of(path) {
        event["pathParameters"] = json!({ "id": id });
    } else if let Some(event) = event.as_object_mut() {
        event.remove("pathParameters");
    }
    let context = &mut event["requestContext"];
    context["routeKey"] = json!(route);
    context["http"]["method"] = json!(method);
    context["http"]["path"] = json!(path);
    context["timeEpoch"] = json!(received.as_millisecond());
    context["time"] = json!(received.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string());
    context["authorizer"]["jwt"]["claims"] = caller.0.clone();
    event
}

fn mould() -> Value {
    let path = program::root().join("events/intake/submit.json");
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).expect("an event is JSON")
}

fn review_of(path: &str) -> Option<&str> {
    path.strip_prefix("/v1/reviews/")?.split('/').next()
}

fn template_of(path: &str) -> String {
    review_of(path).map_or_else(|| path.to_owned(), |id| path.replacen(id, "{id}", 1))
}

/// What the function answered, as the gateway would write it.
pub(super) fn answered(invoked: &Reply) -> Reply {
    assert_eq!(
        invoked.header("x-amz-function-error"),
        "",
        "the function failed: {}",
        invoked.text
    );
    let text = invoked.text_at("/body").to_owned();
    let mut headers = HeaderMap::new();
    for (name, value) in invoked.body["headers"].as_object().into_iter().flatten() {
        let name: HeaderName = name.parse().expect("a header's name");
        headers.insert(
            name,
            HeaderValue::from_str(value.as_str().unwrap_or_default()).expect("a header's value"),
        );
    }
    Reply {
        status: u16::try_from(invoked.number_at("/statusCode")).expect("a status"),
        headers,
        bytes: text.clone().into_bytes(),
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
        text,
    }
}
