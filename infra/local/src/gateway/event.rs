//! A request as the event that a function gets, payload 2.0.

use std::net::SocketAddr;

use axum::http::{HeaderMap, request};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::Parameters;
use crate::{identity::Claims, services::ACCOUNT};

/// What is known of one request.
pub(super) struct Received<'a> {
    pub(super) head: &'a request::Parts,
    /// Percent-decoded.
    pub(super) path: &'a str,
    pub(super) body: &'a [u8],
    pub(super) parameters: Parameters,
    /// None where the route asks for no token.
    pub(super) claims: Option<Claims>,
    pub(super) route_key: &'a str,
    pub(super) id: &'a str,
    pub(super) at: jiff::Timestamp,
    pub(super) peer: SocketAddr,
}

impl Received<'_> {
    /// The event; fields that have nothing to say are absent, as the gateway leaves them out.
    pub(super) fn event(self) -> Value {
        let query = self.head.uri.query().unwrap_or_default();
        let host = header(&self.head.headers, "host").unwrap_or_default();
        let mut context = json!({
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": host,
            "domainPrefix": host.split('.').next(),
            "http": {
                "method": self.head.method.as_str(),
                "path": self.path,
                "protocol": format!("{:?}", self.head.version),
                "sourceIp": self.peer.ip().to_string(),
                "userAgent": header(&self.head.headers, "user-agent").unwrap_or_default(),
            },
            "requestId": self.id,
            "routeKey": self.route_key,
            "stage": "$default",
            "time": self.at.strftime("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": self.at.as_millisecond(),
        });
        if let Some(claims) = self.claims {
            context["authorizer"] = json!({ "jwt": { "claims": claims, "scopes": null } });
        }
        let mut event = json!({
            "version": "2.0",
            "routeKey": self.route_key,
            "rawPath": self.path,
            "rawQueryString": query,
            "headers": headers(&self.head.headers, self.peer),
            "requestContext": context,
            "isBase64Encoded": false,
        });
        let cookies: Vec<_> = cookies(&self.head.headers);
        if !cookies.is_empty() {
            event["cookies"] = Value::from(cookies);
        }
        let query = query_parameters(query);
        if !query.is_empty() {
            event["queryStringParameters"] = Value::Object(query);
        }
        if !self.parameters.is_empty() {
            event["pathParameters"] = json!(self.parameters);
        }
        if !self.body.is_empty() {
            let text = is_text(&self.head.headers)
                .then(|| std::str::from_utf8(self.body).ok())
                .flatten();
            event["isBase64Encoded"] = Value::from(text.is_none());
            event["body"] =
                text.map_or_else(|| Value::from(STANDARD.encode(self.body)), Value::from);
        }
        event
    }
}

/// A path or a parameter with its percent signs read.
pub(super) fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Names in lower case, several values of one joined by commas, cookies apart.
fn headers(all: &HeaderMap, peer: SocketAddr) -> Map<String, Value> {
    let mut headers = Map::new();
    for name in all.keys().filter(|name| *name != "cookie") {
        let values = all
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()));
        let joined = values.collect::<Vec<_>>().join(",");
        headers.insert(name.as_str().to_owned(), Value::from(joined));
    }
    let own = [
        ("x-forwarded-for", peer.ip().to_string()),
        ("x-forwarded-proto", "http".to_owned()),
    ];
    for (name, value) in own {
        headers.entry(name).or_insert_with(|| Value::from(value));
    }
    headers
}

fn cookies(all: &HeaderMap) -> Vec<String> {
    let values = all
        .get_all("cookie")
        .iter()
        .filter_map(|value| value.to_str().ok());
    values
        .flat_map(|value| value.split("; "))
        .map(str::to_owned)
        .collect()
}

/// Several values of one name are joined by commas.
fn query_parameters(query: &str) -> Map<String, Value> {
    let mut parameters = Map::new();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let joined = match parameters.get(name.as_ref()).and_then(Value::as_str) {
            Some(before) => format!("{before},{value}"),
            None => value.into_owned(),
        };
        parameters.insert(name.into_owned(), Value::from(joined));
    }
    parameters
}

/// Whether the gateway hands a body of this type on as text; forms, for one, it does not.
fn is_text(headers: &HeaderMap) -> bool {
    let media = header(headers, "content-type").unwrap_or_default();
    let media = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let known = [
        "application/json",
        "application/javascript",
        "application/xml",
    ];
    media.starts_with("text/")
        || known.contains(&media.as_str())
        || media.ends_with("+json")
        || media.ends_with("+xml")
}

#[cfg(test)]
mod tests;
