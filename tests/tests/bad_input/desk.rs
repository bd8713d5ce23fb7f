//! A complete draft on a stack of its own, and the look of a refusal.

use scenarios::forms;
use scenarios::{Ask, Door, Reply};
use serde_json::Value;

/// What the service itself says no with.
pub(crate) fn assert_problem(what: &str, reply: &Reply, status: u16, pointers: &[&str]) {
    assert_eq!(reply.status, status, "{what}: {}", reply.text);
    assert_eq!(
        reply.header("content-type"),
        "application/problem+json",
        "{what}"
    );
    assert_eq!(reply.number_at("/status"), u64::from(status), "{what}");
    assert!(
        reply
            .text_at("/type")
            .starts_with("urn:targeted-review:problem:"),
        "{what}: {}",
        reply.text
    );
    let detail = reply.text_at("/detail");
    assert!(
        detail.contains(' ') && detail.ends_with('.'),
        "{what}: \"{detail}\" is no sentence"
    );
    assert_eq!(reply.fault_pointers(), pointers, "{what}: {}", reply.text);
    for error in reply.body["errors"].as_array().into_iter().flatten() {
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains(' '), "{what}: \"{message}\" says nothing");
    }
}

/// A filer and their complete draft.
pub(crate) struct Desk {
    pub(crate) filer: Door,
    pub(crate) id: String,
    pub(crate) revision: u64,
}

impl Desk {
    pub(crate) fn new(filer: Door) -> Self {
        filer.accepts();
        let (id, revision) = filer.completes(
            &forms::individual(),
            &forms::people("filer@example.org", &[]),
        );
        Self {
            filer,
            id,
            revision,
        }
    }

    pub(crate) fn patch(&self, part: &str) -> Ask<'_> {
        self.filer
            .ask("PATCH", format!("/v1/reviews/{}/{part}", self.id))
    }

    pub(crate) fn form(&self, patch: &Value) -> Reply {
        self.patch("form")
            .if_match(self.revision)
            .json(patch)
            .send()
    }

    pub(crate) fn people(&self, patch: &Value) -> Reply {
        let version = self
            .filer
            .get(format!("/v1/reviews/{}", self.id))
            .expect(200)
            .number_at("/version");
        self.patch("people").if_match(version).json(patch).send()
    }

    pub(crate) fn submit(&self) -> Ask<'_> {
        self.filer
            .ask("POST", format!("/v1/reviews/{}/submit", self.id))
    }

    /// All that can be seen of it and of the list.
    pub(crate) fn seen(&self) -> (Value, Value) {
        (
            self.filer.sees(&self.id),
            self.filer.get("/v1/reviews").expect(200).body,
        )
    }
}
