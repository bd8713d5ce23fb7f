//! Letters to the filer's side about a submitted request and its people (domain.md #34, #45, #49).

use domain::{CorrectionFiledV1, civil_text};
use jiff::Timestamp;

use crate::facts::Fact;
use crate::quoted::quoted;

use super::{NOTHING_TO_DO, SURPRISED, Told};

/// A correction is on record: which field, never what it says.
pub(super) fn correction(filed: &CorrectionFiledV1, at: Timestamp) -> Told {
    let field = filed.field.trim_start_matches('/').replace(['/', '_'], " ");
    Told {
        headline: "Your correction is on record".to_owned(),
        opening: vec![format!(
            "It was filed on {}. What was first submitted stays on record beside it, and the review team sees both.",
            civil_text(at)
        )],
        steps: vec![NOTHING_TO_DO.to_owned(), SURPRISED.to_owned()],
        facts: vec![
            Fact::moment("Filed", at),
            Fact::new("Corrected part of the form", quoted(&field)),
        ],
    }
}

/// The review team wrote: the words are read after signing in.
pub(super) fn comment(at: Timestamp) -> Told {
    Told {
        headline: "The review team has written to you".to_owned(),
        opening: vec![format!(
            "A comment was added on {}. To keep what it says private, it is shown only after you sign in.",
            civil_text(at)
        )],
        steps: vec![
            "Sign in to read the comment, and to answer it with a comment or a file.".to_owned(),
            "Please do not answer this email: an answer to it does not reach the review team."
                .to_owned(),
        ],
        facts: vec![Fact::moment("Written", at)],
    }
}

/// Another account owns the review from now on.
pub(super) fn handed_over(at: Timestamp) -> Told {
    Told {
        headline: "The request has a new owner".to_owned(),
        opening: vec![format!(
            "It was handed over on {} to a member of its staff, who accepted it.",
            civil_text(at)
        )],
        steps: vec![
            "From now on only the new owner can submit, correct or withdraw the request, and change who works on it.".to_owned(),
            SURPRISED.to_owned(),
        ],
        facts: vec![Fact::moment("Handed over", at)],
    }
}
