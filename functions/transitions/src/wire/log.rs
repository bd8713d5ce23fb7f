//! The whole log of a review, as the team reads it.

use domain::{Standing, TeamLine};
use edge::wire::InstantDocument;
use serde::Serialize;
use utoipa::ToSchema;

/// The whole log of a review.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamHistory)]
pub(crate) struct TeamHistoryDocument {
    count: usize,
    /// From the first act to the last.
    entries: Vec<TeamEntryDocument>,
}

/// One act.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamHistoryEntry)]
struct TeamEntryDocument {
    /// Its place in the record, from 1.
    seq: u64,
    /// What was done, in one sentence.
    #[schema(example = "Took the review to work on it.")]
    what: String,
    /// The rest; missing only if what is stored in this place is not an entry any more.
    #[serde(flatten)]
    #[schema(inline)]
    told: Option<TeamToldDocument>,
}

/// Who, when, and what programs read.
#[derive(Serialize, ToSchema)]
struct TeamToldDocument {
    at: InstantDocument,
    /// `owner`, `staff`, `review_team` or `service`.
    #[schema(value_type = String)]
    r#as: Standing,
    you: bool,
    /// In words.
    #[schema(example = "reviewer 0f3a91bc")]
    who: String,
    /// The kind of act and its version.
    #[schema(example = "TakenV1")]
    act: String,
    /// Whether filers are not told of it.
    internal: bool,
    /// The fields that changed, by JSON pointer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<String>,
}

impl TeamHistoryDocument {
    pub(crate) fn of(lines: Vec<TeamLine>) -> Self {
        let entries: Vec<_> = lines.into_iter().map(TeamEntryDocument::of).collect();
        Self {
            count: entries.len(),
            entries,
        }
    }
}

impl TeamEntryDocument {
    fn of(line: TeamLine) -> Self {
        let seq = line.seq;
        let Some(told) = line.told else {
            let what = "What was written here cannot be read any more; verify the history.";
            return Self {
                seq,
                what: what.to_owned(),
                told: None,
            };
        };
        Self {
            seq,
            what: told.what,
            told: Some(TeamToldDocument {
                at: InstantDocument::of(told.at),
                r#as: told.standing,
                you: told.you,
                who: told.who,
                act: told.act,
                internal: told.internal,
                fields: told.fields,
            }),
        }
    }
}
