//! The log of a review in words, and whether its record holds.

use domain::{LogLine, Standing, Told, Who, civil_text};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Verification;

/// The log of a review.
#[derive(Serialize, ToSchema)]
#[schema(as = History)]
pub(crate) struct HistoryDocument {
    /// How many entries are shown.
    count: usize,
    /// What was done, from the first act to the last. Internal acts of the review team are not among it: they
    /// leave gaps in `seq`.
    entries: Vec<EntryDocument>,
}

/// One act.
#[derive(Serialize, ToSchema)]
#[schema(as = HistoryEntry)]
struct EntryDocument {
    /// Its place in the record, from 1.
    seq: u64,
    /// What was done, in one sentence.
    #[schema(example = "Changed the performance categories and the description.")]
    what: String,
    /// The rest; missing only if what is stored in this place is not an entry any more.
    #[serde(flatten)]
    #[schema(inline)]
    told: Option<ToldDocument>,
}

/// Who, when, and what programs read.
#[derive(Serialize, ToSchema)]
struct ToldDocument {
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    #[schema(example = "Monday, October 20, 2025, 10:00 am ET")]
    at_new_york: String,
    who: WhoDocument,
    /// The kind of act and its version.
    #[schema(example = "FormEditedV1")]
    act: String,
    /// The fields that changed, by JSON pointer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    fields: Vec<String>,
}

/// Who did it. Nobody of the review team is named.
#[derive(Serialize, ToSchema)]
#[schema(as = HistoryActor)]
pub(super) struct WhoDocument {
    /// `owner`, `staff`, `review_team` or `service`: in what standing it was done.
    #[schema(value_type = String)]
    r#as: Standing,
    /// Whether it was you.
    you: bool,
    /// In words.
    #[schema(example = "staff member billing@example.org")]
    label: String,
}

impl HistoryDocument {
    pub(crate) fn of(lines: Vec<LogLine>) -> Self {
        let entries: Vec<_> = lines.into_iter().map(EntryDocument::of).collect();
        Self {
            count: entries.len(),
            entries,
        }
    }
}

impl EntryDocument {
    fn of(line: LogLine) -> Self {
        let LogLine { seq, told } = line;
        match told {
            Some(Told {
                at,
                who,
                what,
                act,
                fields,
            }) => Self {
                seq,
                what,
                told: Some(ToldDocument {
                    at,
                    at_new_york: civil_text(at),
                    who: WhoDocument::of(&who),
                    act,
                    fields,
                }),
            },
            None => Self {
                seq,
                what: "What was written here cannot be read any more; the verification of this history says more.".to_owned(),
                told: None,
            },
        }
    }
}

impl WhoDocument {
    pub(super) fn of(who: &Who) -> Self {
        Self {
            r#as: who.standing(),
            you: who.is_you(),
            label: who.label(),
        }
    }
}

/// Whether the record of a review holds.
#[derive(Serialize, ToSchema)]
#[schema(as = Verification)]
pub(crate) struct VerificationDocument {
    /// Whether every entry is what was written, none is missing, and the end is the end.
    verified: bool,
    /// What does not hold and where, if something does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "The record does not hold: entry 3 is not what was written.")]
    broken: Option<String>,
    /// How many entries are stored, internal ones included.
    entries: u64,
    /// SHA-256 over the last entry and all before it, in hex, as the review carries it.
    #[serde(skip_serializing_if = "Option::is_none")]
    head_sha256: Option<String>,
    /// When it was asked for.
    #[schema(value_type = String, format = DateTime)]
    checked_at: Timestamp,
    checked_at_new_york: String,
}

impl VerificationDocument {
    pub(crate) fn of(found: Verification, checked_at: Timestamp) -> Self {
        let broken = found.verdict.err();
        Self {
            verified: broken.is_none(),
            broken: broken.map(|broken| format!("The record does not hold: {broken}.")),
            entries: found.entries,
            head_sha256: found.head.map(|head| head.hash.to_string()),
            checked_at,
            checked_at_new_york: civil_text(checked_at),
        }
    }
}
