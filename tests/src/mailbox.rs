//! The mailbox of a stack.

use serde_json::Value;

use crate::{Stack, get_json, until};

/// One letter.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Whom it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// The notice that it delivers: its tag.
    pub notice: String,
    /// Its text part.
    pub text: String,
    /// Its HTML part.
    pub html: String,
    /// The whole message as it was sent.
    pub raw: String,
}

impl Stack {
    /// How many letters went to whom, as `(address, notice)` in the order of sending. Addresses are as they were written.
    ///
    /// # Panics
    /// When the mailbox does not answer.
    #[must_use]
    pub fn envelopes(&self) -> Vec<(String, String)> {
        if let Some(deployment) = self.in_second_home() {
            let letters = deployment.letters(&self.items()).into_iter();
            return letters.map(|letter| (letter.to, letter.notice)).collect();
        }
        let list = get_json(&format!("{}/_local/mail", self.url()));
        let envelope = |mail: &Value| {
            (
                text(&mail["destinations"][0]),
                text(&mail["tags"]["notice"]),
            )
        };
        list.as_array()
            .into_iter()
            .flatten()
            .rev()
            .map(envelope)
            .collect()
    }

    /// Waits until there are `count` letters altogether, and returns them in the order of sending.
    ///
    /// # Panics
    /// When there are more, or after two minutes fewer.
    #[must_use]
    pub fn letters(&self, count: usize) -> Vec<Mail> {
        let letters = until(|| {
            let envelopes = self.envelopes();
            let missing = || {
                format!(
                    "{count} letters; there are {envelopes:?}\n{}",
                    self.complaints()
                )
            };
            // A second home knows a letter's notice once its sending is recorded.
            let unknown = envelopes.iter().any(|(_, notice)| notice.is_empty());
            if envelopes.len() < count || unknown {
                Err(missing())
            } else {
                Ok(envelopes)
            }
        });
        assert_eq!(letters.len(), count, "too many letters: {letters:?}");
        self.all_letters()
    }

    /// The letters that are there, in the order of sending.
    ///
    /// # Panics
    /// When the mailbox does not answer.
    #[must_use]
    pub fn all_letters(&self) -> Vec<Mail> {
        if let Some(deployment) = self.in_second_home() {
            return deployment.letters(&self.items());
        }
        let list = get_json(&format!("{}/_local/mail", self.url()));
        list.as_array()
            .into_iter()
            .flatten()
            .rev()
            .map(|mail| self.letter(&text(&mail["id"])))
            .collect()
    }

    fn letter(&self, id: &str) -> Mail {
        let letter = get_json(&format!("{}/_local/mail/{id}", self.url()));
        let raw = crate::http::get(
            &format!("{}/_local/mail/{id}/raw", self.url()),
            "message/rfc822",
        );
        Mail {
            to: text(&letter["summary"]["destinations"][0]),
            subject: text(&letter["summary"]["subject"]),
            notice: text(&letter["summary"]["tags"]["notice"]),
            text: text(&letter["text"]),
            html: text(&letter["html"]),
            raw: raw.text,
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
