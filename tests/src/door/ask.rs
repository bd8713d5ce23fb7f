//! A request in the making.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use super::{Way, event};
use crate::http::{self, Reply};

/// A request, not yet sent.
#[must_use]
pub struct Ask<'a> {
    way: &'a Way,
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
}

impl<'a> Ask<'a> {
    pub(super) fn new(way: &'a Way, method: &'static str, path: String) -> Self {
        Self {
            way,
            method,
            path,
            headers: Vec::new(),
            body: None,
        }
    }

    /// Adds a header.
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Names the idempotency key.
    pub fn key(self, key: impl Into<String>) -> Self {
        self.header("idempotency-key", key)
    }

    /// Takes an idempotency key that nobody has used.
    pub fn new_key(self) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        self.key(format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
    }

    /// Names the version or revision that was read.
    pub fn if_match(self, number: u64) -> Self {
        self.header("if-match", format!("\"{number}\""))
    }

    /// Sends JSON.
    pub fn json(self, body: &Value) -> Self {
        self.text(body.to_string())
    }

    /// Sends a text that says it is JSON.
    pub fn text(mut self, body: impl Into<String>) -> Self {
        self.body = Some(body.into());
        self.header("content-type", "application/json")
    }

    /// Sends it.
    ///
    /// # Panics
    /// When no answer comes.
    #[must_use]
    pub fn send(self) -> Reply {
        let what = format!("{} {}", self.method, self.path);
        self.try_send()
            .unwrap_or_else(|error| panic!("{what} was not answered: {error}"))
    }

    /// Sends it to a stack that may be killed meanwhile.
    ///
    /// # Errors
    /// No answer came: it may have been done all the same.
    pub fn try_send(mut self) -> Result<Reply, ureq::Error> {
        match self.way {
            Way::Gateway { url, token } => {
                if let Some(token) = token {
                    self.headers
                        .push(("authorization", format!("Bearer {token}")));
                }
                let headers: Vec<_> = self
                    .headers
                    .iter()
                    .map(|(name, value)| (*name, value.as_str()))
                    .collect();
                http::send(
                    self.method,
                    &format!("{url}{}", self.path),
                    &headers,
                    self.body,
                )
            }
            Way::Invoke {
                url,
                received,
                caller,
            } => {
                let event = event::http(
                    self.method,
                    &self.path,
                    &self.headers,
                    self.body.as_deref(),
                    *received,
                    caller,
                );
                let reply = http::send(
                    "POST",
                    url,
                    &[("content-type", "application/json")],
                    Some(event.to_string()),
                )?;
                Ok(event::answered(&reply))
            }
        }
    }
}
