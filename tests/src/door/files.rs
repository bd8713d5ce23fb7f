//! Files on their way in and out, as one person sends and fetches them.

use domain::Digest;
use serde_json::{Value, json};

use super::Door;
use crate::{Reply, Stack, http, until};

/// Leave to upload a file.
#[derive(Debug, Clone)]
pub struct Grant {
    /// The file.
    pub file: String,
    /// Where to.
    pub url: String,
    /// What must be sent along.
    pub headers: Vec<(String, String)>,
}

impl Door {
    /// What is said of a file to be uploaded with the form; a test changes what it is about.
    #[must_use]
    pub fn announcement(name: &str, bytes: &[u8]) -> Value {
        json!({
            "name": name,
            "kind": "ehr_extract",
            "size": bytes.len(),
            "sha256": Digest::of(&[bytes]).to_string(),
            "place": { "with": "form" },
        })
    }

    /// Asks for leave to upload what is announced.
    #[must_use]
    pub fn announces(&self, id: &str, announcement: &Value) -> Reply {
        let path = format!("/v1/reviews/{id}/attachments");
        self.ask("POST", path).new_key().json(announcement).send()
    }

    /// Is given leave to upload a file of the form.
    ///
    /// # Panics
    /// When it is refused.
    #[must_use]
    pub fn grants(&self, id: &str, name: &str, bytes: &[u8]) -> Grant {
        Grant::of(
            &self
                .announces(id, &Self::announcement(name, bytes))
                .expect(201),
        )
    }

    /// Uploads a file of the form, and returns its id.
    ///
    /// # Panics
    /// When the store does not take it.
    pub fn uploads(&self, id: &str, name: &str, bytes: &[u8]) -> String {
        let grant = self.grants(id, name, bytes);
        grant.put(bytes).expect(200);
        grant.file
    }

    /// What the list says of a file.
    ///
    /// # Panics
    /// When it is not there.
    #[must_use]
    pub fn file(&self, id: &str, file: &str) -> Value {
        let list = self
            .get(format!("/v1/reviews/{id}/attachments"))
            .expect(200);
        let files = list.body["attachments"].as_array().into_iter().flatten();
        let mut found = files.filter(|one| one["id"] == file);
        found.next().expect("it is listed").clone()
    }

    /// Waits until a file has come to `state`, and returns what the list says of it.
    pub fn sees_file(&self, stack: &Stack, id: &str, file: &str, state: &str) -> Value {
        until(|| {
            stack.scan();
            let found = self.file(id, file);
            if found["state"] == state {
                Ok(found)
            } else {
                Err(format!("{state}, not {found}\n{}", stack.complaints()))
            }
        })
    }

    /// Asks for a file's bytes.
    #[must_use]
    pub fn asks_for(&self, id: &str, file: &str) -> Reply {
        self.get(format!("/v1/reviews/{id}/attachments/{file}/content"))
    }

    /// Takes a step with a file, such as `remove`.
    #[must_use]
    pub fn steps(&self, id: &str, file: &str, step: &str) -> Reply {
        let path = format!("/v1/reviews/{id}/attachments/{file}/{step}");
        self.ask("POST", path).new_key().json(&json!({})).send()
    }
}

impl Grant {
    /// The leave that an answer gives.
    ///
    /// # Panics
    /// When it gives none.
    #[must_use]
    pub fn of(reply: &Reply) -> Self {
        let headers = reply.body["upload"]["headers"].as_object();
        let header =
            |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        Self {
            file: reply.text_at("/file").to_owned(),
            url: reply.text_at("/upload/url").to_owned(),
            headers: headers.into_iter().flatten().filter_map(header).collect(),
        }
    }

    /// The same leave with a header of another value.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.retain(|(its, _)| its != name);
        other.headers.push((name.to_owned(), value.to_owned()));
        other
    }

    /// Sends bytes to the store, with what must be sent along.
    ///
    /// # Panics
    /// When the store does not answer.
    pub fn put(&self, bytes: &[u8]) -> Reply {
        // The length is of what is sent, as in every client.
        let headers = self.headers.iter();
        let headers = headers.filter(|(name, _)| name != "content-length");
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_str()));
        // Who refuses an upload need not read it to its end: the next one takes a connection of its own.
        let headers: Vec<_> = headers.chain([("connection", "close")]).collect();
        http::send("PUT", &self.url, &headers, Some(bytes)).expect("the store answers")
    }
}
