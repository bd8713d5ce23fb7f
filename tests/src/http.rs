//! Requests and replies, whatever their status.

use std::sync::OnceLock;

use serde_json::Value;
use ureq::http::{HeaderMap, Request};

use crate::patience::PATIENCE;

/// An answer.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body as it came.
    pub bytes: Vec<u8>,
    /// The body as text; what is none is left out.
    pub text: String,
    /// The body as JSON, null if it is none.
    pub body: Value,
}

impl Reply {
    /// A header's value; empty when there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// This reply, known to have `status`.
    ///
    /// # Panics
    /// When it has another.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A text of the body, by JSON pointer.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn text_at(&self, pointer: &str) -> &str {
        let found = self.body.pointer(pointer).and_then(Value::as_str);
        found.unwrap_or_else(|| panic!("no text at {pointer}: {}", self.text))
    }

    /// A number of the body, by JSON pointer.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn number_at(&self, pointer: &str) -> u64 {
        let found = self.body.pointer(pointer).and_then(Value::as_u64);
        found.unwrap_or_else(|| panic!("no number at {pointer}: {}", self.text))
    }

    /// Pointers of the faults that a problem names.
    #[must_use]
    pub fn fault_pointers(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().into_iter().flatten();
        errors
            .filter_map(|error| error["pointer"].as_str())
            .collect()
    }
}

/// The largest answer that is read: more than any file.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Sends a request. Where an answer leads is for the test to follow.
///
/// # Errors
/// No answer came, or half of one.
pub(crate) fn send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<impl Into<Vec<u8>>>,
) -> Result<Reply, ureq::Error> {
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = match body {
        Some(body) => agent().run(request.body(body.into())?),
        None => agent().run(request.body(())?),
    };
    let mut response = response?;
    let body = response.body_mut().with_config().limit(LARGEST);
    let bytes = body.read_to_vec()?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(Reply {
        bytes,
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        body: serde_json::from_str(&text).unwrap_or(Value::Null),
        text,
    })
}

pub(crate) fn get(url: &str, accept: &str) -> Reply {
    send("GET", url, &[("accept", accept)], None::<String>).expect("it answers")
}

/// What an address answers, whatever it is; without a token.
///
/// # Panics
/// When it does not answer.
#[must_use]
pub fn fetch(url: &str) -> Reply {
    get(url, "*/*")
}

/// What an address answers, as JSON.
///
/// # Panics
/// When it does not answer, or with something else than 200.
#[must_use]
pub fn get_json(url: &str) -> Value {
    get(url, "application/json").expect(200).body
}

fn agent() -> &'static ureq::Agent {
    static AGENT: OnceLock<ureq::Agent> = OnceLock::new();
    AGENT.get_or_init(|| {
        let config = ureq::Agent::config_builder();
        config
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .build()
            .into()
    })
}
