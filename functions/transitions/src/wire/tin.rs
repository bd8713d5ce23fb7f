//! Full TINs, for one who was seen to look at them.

use edge::wire::AnswerDocument;
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Revealed;

/// The full TINs of a review.
#[derive(Serialize, ToSchema)]
#[schema(as = Revealed)]
pub(crate) struct RevealedDocument {
    #[serde(flatten)]
    answer: AnswerDocument,
    tins: Vec<TinDocument>,
}

/// A TIN.
#[derive(Serialize, ToSchema)]
#[schema(as = RevealedTin)]
struct TinDocument {
    /// Its place in the form, corrections included, by JSON pointer.
    #[schema(example = "/application/tin")]
    place: &'static str,
    /// Nine digits.
    tin: String,
}

impl RevealedDocument {
    pub(crate) fn of(revealed: Revealed) -> Self {
        let tins = revealed.tins.into_iter();
        Self {
            answer: AnswerDocument::of(revealed.answer),
            tins: tins
                .map(|(place, tin)| TinDocument {
                    place,
                    tin: tin.reveal().to_owned(),
                })
                .collect(),
        }
    }
}
