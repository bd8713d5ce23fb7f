//! Letters that would be sent.

use domain::{Detail, Side};
use edge::wire::event_code;
use notices::{Letter, RenderError};
use serde::Serialize;
use utoipa::ToSchema;
use workflow::Previewed;
use workflow::ports::PortError;

/// The letters that a command would cause, each as it would be sent.
#[derive(Serialize, ToSchema)]
#[schema(as = Preview)]
pub(crate) struct PreviewDocument {
    letters: Vec<PreviewedDocument>,
}

/// A letter that would be sent.
#[derive(Serialize, ToSchema)]
#[schema(as = PreviewedLetter)]
struct PreviewedDocument {
    /// What it tells of, such as `documents_requested`.
    event: String,
    /// Whom it goes to, masked.
    #[schema(example = "s…@example.org")]
    to: String,
    /// `filer` or `team`.
    #[schema(value_type = String)]
    side: Side,
    /// `full`, or `brief` for an address that nobody has verified.
    detail: &'static str,
    subject: String,
    text: String,
    html: String,
    /// The calendar file that goes along.
    #[serde(skip_serializing_if = "Option::is_none")]
    calendar: Option<String>,
}

impl PreviewDocument {
    /// The letters, unless one cannot be written.
    pub(crate) fn of(
        previewed: Vec<Previewed<Result<Letter, RenderError>>>,
    ) -> Result<Self, PortError> {
        let letter = |one: Previewed<Result<Letter, RenderError>>| {
            let letter = one.letter.map_err(|error| PortError::Unreadable {
                what: "letter",
                source: Box::new(error),
            })?;
            Ok(PreviewedDocument {
                event: event_code(one.event),
                to: one.to,
                side: one.side,
                detail: match one.detail {
                    Detail::Full => "full",
                    Detail::Brief => "brief",
                },
                subject: letter.subject,
                text: letter.text,
                html: letter.html,
                calendar: letter.calendar.map(|calendar| calendar.text),
            })
        };
        let letters = previewed
            .into_iter()
            .map(letter)
            .collect::<Result<_, _>>()?;
        Ok(Self { letters })
    }
}
