//! Whose turn it is.

use domain::{Side, Turn, Whose};
use serde::Serialize;
use utoipa::ToSchema;

use super::InstantDocument;

/// Whose turn it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Turn)]
pub struct TurnDocument {
    /// `you`, meaning anyone of your side; the other side, as `filer` or `review_team`; or `nobody`.
    whose: &'static str,
    /// The same in a sentence, with the deadline.
    #[schema(
        example = "You owe 2 documents by Wednesday, December 3, 2025, 11:59 pm ET (8 days left)."
    )]
    sentence: String,
    /// The instant before which it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<InstantDocument>,
}

impl TurnDocument {
    /// The turn as somebody of the side `reader` is told of it.
    #[must_use]
    pub fn of(turn: &Turn, reader: Side) -> Self {
        Self {
            whose: match (turn.whose, reader) {
                (Whose::Filer, Side::Filer) | (Whose::Team, Side::Team) => "you",
                (Whose::Filer, Side::Team) => "filer",
                (Whose::Team, Side::Filer) => "review_team",
                (Whose::Nobody, _) => "nobody",
            },
            sentence: turn.sentence.clone(),
            until: turn.until.map(InstantDocument::of),
        }
    }
}
