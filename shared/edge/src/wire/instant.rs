//! An instant, for programs and for people.

use domain::civil_text;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// An instant: in UTC, and as a person in New York reads it.
#[derive(Serialize, ToSchema)]
#[schema(as = Instant)]
pub struct InstantDocument {
    #[schema(value_type = String, format = DateTime, example = "2025-11-15T01:00:00Z")]
    at: Timestamp,
    #[schema(example = "Friday, November 14, 2025, 8:00 pm ET")]
    new_york: String,
}

impl InstantDocument {
    /// The instant in both ways.
    #[must_use]
    pub fn of(at: Timestamp) -> Self {
        Self {
            at,
            new_york: civil_text(at),
        }
    }
}
