//! What a request is about: a review, a file and a comment of it.

use scenarios::Door;
use serde_json::json;

/// Which review a request is about, and where that stands.
pub(crate) struct At<'a> {
    pub(crate) id: &'a str,
    pub(crate) file: &'a str,
    /// A comment of whoever asks.
    pub(crate) comment: &'a str,
    pub(crate) version: u64,
    pub(crate) revision: u64,
}

impl At<'_> {
    /// A review and a file that are nobody's.
    pub(crate) fn unknown(id: &str) -> At<'_> {
        At {
            id,
            file: "00000000000000000000000000000000",
            comment: "00000000000000000000000000000000",
            version: 1,
            revision: 1,
        }
    }
}

/// Writes a comment as whoever asks, by the door of their side; an id of nobody's for those who have none.
pub(crate) fn commented(door: &Door, id: &str) -> String {
    let words = json!({ "text": "What comes with this." });
    let doors = ["/v1/reviews", "/v1/team/reviews"].map(|side| format!("{side}/{id}/comments"));
    let mut replies = doors
        .into_iter()
        .map(|path| door.ask("POST", path).new_key().json(&words).send());
    let written = replies.find(|reply| reply.status == 201);
    written.map_or_else(
        || At::unknown(id).comment.to_owned(),
        |reply| reply.text_at("/comment").to_owned(),
    )
}
