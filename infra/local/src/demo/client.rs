//! A small HTTP client: one request, one answer; every status is an answer.

use axum::http::{self, HeaderMap, Method, StatusCode};
use serde_json::Value;

use super::PATIENCE;

/// A request as it is sent and shown.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
}

/// What came back.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// Sends requests to one address.
#[derive(Debug, Clone)]
pub(super) struct Client {
    base: String,
    agent: ureq::Agent,
}

impl Request {
    /// A GET without a token.
    pub(super) fn get(path: impl Into<String>) -> Self {
        Self {
            method: Method::GET,
            path: path.into(),
            headers: Vec::new(),
            body: None,
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl Answer {
    /// A header as text, if it is there and is one.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The body as JSON, if it is.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.body).ok()
    }
}

impl Client {
    pub(super) fn new(base: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE));
        Self {
            base: base.to_owned(),
            agent: config.build().into(),
        }
    }

    /// Sends bytes to an address outside this base.
    pub(super) async fn put(
        &self,
        url: &str,
        headers: &[(String, String)],
        bytes: Vec<u8>,
    ) -> Result<Answer, ureq::Error> {
        let mut builder = http::Request::builder().method(Method::PUT).uri(url);
        for (name, value) in headers {
            builder = builder.header(name, value);
        }
        let agent = self.agent.clone();
        answered(move || agent.run(builder.body(bytes)?)).await
    }

    /// Sends it and waits for the answer.
    pub(super) async fn send(&self, request: &Request) -> Result<Answer, ureq::Error> {
        let mut builder = http::Request::builder()
            .method(request.method.clone())
            .uri(format!("{}{}", self.base, request.path));
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let (agent, body) = (self.agent.clone(), request.body.clone());
        answered(move || match body {
            Some(body) => agent.run(builder.body(body.to_string())?),
            None => agent.run(builder.body(())?),
        })
        .await
    }
}

/// The whole answer to what `exchange` sends.
async fn answered(
    exchange: impl FnOnce() -> Result<http::Response<ureq::Body>, ureq::Error> + Send + 'static,
) -> Result<Answer, ureq::Error> {
    let whole = move || {
        let mut reply = exchange()?;
        Ok(Answer {
            status: reply.status(),
            headers: reply.headers().clone(),
            body: reply.body_mut().read_to_string()?,
        })
    };
    match tokio::task::spawn_blocking(whole).await {
        Ok(answer) => answer,
        Err(ended) => Err(ureq::Error::Io(std::io::Error::other(ended))),
    }
}
