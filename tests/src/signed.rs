//! Requests to the services behind the API, signed as AWS asks for it (Signature Version 4): the stack on this machine does
//! not look at it, a second home does.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::http::{self, Reply};

const REGION: &str = "us-east-1";
/// Whoever holds these may do everything, in every home.
pub(crate) const KEY: &str = "test";
pub(crate) const SECRET: &str = "test";

/// Calls an action of a service that speaks JSON, such as `DynamoDB_20120810.GetItem`.
///
/// # Panics
/// When the service does not answer.
pub(crate) fn call(service: &str, endpoint: &str, target: &str, request: &Value) -> Reply {
    let headers = [
        ("content-type", "application/x-amz-json-1.0"),
        ("x-amz-target", target),
    ];
    send("POST", service, endpoint, &headers, &request.to_string())
}

/// Calls an action of a service that takes forms, by its parameters.
///
/// # Panics
/// When the service does not answer.
pub(crate) fn form(service: &str, endpoint: &str, parameters: &[(&str, &str)]) -> Reply {
    let pairs = parameters
        .iter()
        .map(|(name, value)| format!("{name}={}", encoded(value)));
    let body = pairs.collect::<Vec<_>>().join("&");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    send("POST", service, endpoint, &headers, &body)
}

/// Sends a request to `url`, whose query is sorted and encoded already.
///
/// # Panics
/// When nobody answers.
pub(crate) fn send(
    method: &str,
    service: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Reply {
    let now = now().strftime("%Y%m%dT%H%M%SZ").to_string();
    let hash = hex(&Sha256::digest(body));
    let authorization = authorization(method, service, url, &now, &hash);
    let mut headers = headers.to_vec();
    headers.extend([
        ("x-amz-date", now.as_str()),
        ("x-amz-content-sha256", hash.as_str()),
        ("authorization", authorization.as_str()),
    ]);
    let body = (method != "GET").then(|| body.to_owned());
    http::send(method, url, &headers, body).expect("the service answers")
}

fn authorization(method: &str, service: &str, url: &str, now: &str, hash: &str) -> String {
    let (host, path, query) = parts(url);
    let canonical = format!(
        "{method}\n{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{hash}\nx-amz-date:{now}\n\n\
         host;x-amz-content-sha256;x-amz-date\n{hash}"
    );
    let day = &now[..8];
    let scope = format!("{day}/{REGION}/{service}/aws4_request");
    let said = hex(&Sha256::digest(canonical));
    let to_sign = format!("AWS4-HMAC-SHA256\n{now}\n{scope}\n{said}");
    let mut key = format!("AWS4{SECRET}").into_bytes();
    for part in [day, REGION, service, "aws4_request"] {
        key = keyed(&key, part);
    }
    let signature = hex(&keyed(&key, &to_sign));
    format!(
        "AWS4-HMAC-SHA256 Credential={KEY}/{scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, \
         Signature={signature}"
    )
}

/// Host, path and query of an address.
fn parts(url: &str) -> (&str, &str, &str) {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    match rest.find('/') {
        Some(at) => (&rest[..at], &rest[at..], query),
        None => (rest, "/", query),
    }
}

fn keyed(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The machine's time.
#[expect(
    clippy::disallowed_methods,
    reason = "services compare a signature's time with their own clock, and a second home has no other"
)]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// A value as a query or a form holds it (RFC 3986: only unreserved characters stay).
pub(crate) fn encoded(value: &str) -> String {
    let one = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    value.bytes().map(one).collect()
}
