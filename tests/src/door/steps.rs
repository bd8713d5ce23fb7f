//! The steps of a review's story. Each expects to succeed; what may fail is asked for with [`Door::ask`].

use serde_json::{Value, json};

use super::Door;
use crate::{Reply, forms};

impl Door {
    /// Accepts the statement of truth.
    pub fn accepts(&self) -> Reply {
        self.ask("POST", "/v1/statement/acceptances")
            .new_key()
            .json(&forms::acceptance())
            .send()
            .expect(200)
    }

    /// Begins a draft, and returns its id.
    ///
    /// # Panics
    /// When that is refused.
    pub fn begins(&self, name: &str) -> String {
        self.begins_in(2024, name)
    }

    /// Begins a draft of that year, and returns its id.
    ///
    /// # Panics
    /// When that is refused.
    pub fn begins_in(&self, year: u16, name: &str) -> String {
        let body = json!({ "year": year, "name": name });
        self.ask("POST", "/v1/reviews")
            .new_key()
            .json(&body)
            .send()
            .expect(201)
            .text_at("/id")
            .to_owned()
    }

    /// Sets fields of the form, and returns its revision then.
    pub fn fills(&self, id: &str, patch: &Value) -> u64 {
        self.patches(&format!("/v1/reviews/{id}/form"), patch)
    }

    /// Sets contact and staff, and returns the review's version then.
    pub fn names_people(&self, id: &str, patch: &Value) -> u64 {
        self.patches(&format!("/v1/reviews/{id}/people"), patch)
    }

    fn patches(&self, path: &str, patch: &Value) -> u64 {
        let etag = self.get(path).expect(200).header("etag").to_owned();
        let changed = self
            .ask("PATCH", path)
            .header("if-match", etag)
            .json(patch)
            .send()
            .expect(200);
        let etag = changed.header("etag").trim_matches('"');
        etag.parse()
            .unwrap_or_else(|_| panic!("{etag} is no number"))
    }

    /// Begins a draft and completes it, so that nothing is left but to submit it; returns its id and its form's revision.
    #[must_use]
    pub fn completes(&self, form: &Value, people: &Value) -> (String, u64) {
        let id = self.begins("A sample");
        let revision = self.fills(&id, form);
        self.names_people(&id, people);
        (id, revision)
    }

    /// Submits under `key`, signed by someone who acts for the party.
    ///
    /// # Panics
    /// When no answer comes.
    #[must_use]
    pub fn submits(&self, id: &str, revision: u64, key: &str) -> Reply {
        self.ask("POST", format!("/v1/reviews/{id}/submit"))
            .key(key)
            .json(&forms::submission(revision))
            .send()
    }

    /// Withdraws.
    pub fn withdraws(&self, id: &str) -> Reply {
        self.ask("POST", format!("/v1/reviews/{id}/withdraw"))
            .new_key()
            .json(&json!({}))
            .send()
            .expect(200)
    }

    /// What a review looks like from outside: itself, its form, its people and its history; not what is due of its people,
    /// which the clock changes.
    ///
    /// # Panics
    /// When one of them cannot be seen.
    pub fn sees(&self, id: &str) -> Value {
        let part = |part: &str| self.get(format!("/v1/reviews/{id}{part}")).expect(200).body;
        let mut review = part("");
        if let Some(review) = review.as_object_mut() {
            review.remove("due");
        }
        json!({ "review": review, "form": part("/form"), "people": part("/people"), "history": part("/history") })
    }

    /// Whether the record of a review holds, as its door says.
    ///
    /// # Panics
    /// When it does not answer.
    #[must_use]
    pub fn verifies(&self, id: &str) -> Value {
        let path = format!("/v1/reviews/{id}/history/verification");
        self.get(path).expect(200).body
    }
}
