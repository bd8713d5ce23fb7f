//! Text of several lines that people type: descriptions, explanations, reasons.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// 1 to `MAX` characters, line breaks and tabs included. It may tell of a patient, so it prints as its
/// length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prose<const MAX: usize>(String);

/// What went wrong, in the filer's words (domain.md #37).
pub type Description = Prose<10_000>;

/// What a decision, a request or a change is explained with.
pub type Explanation = Prose<2_000>;

/// Why a text is not a [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProseError {
    /// Nothing but white space.
    #[error("is empty; write what you mean, or leave it out with null")]
    Empty,
    /// Over the limit, in characters.
    #[error(
        "is {0} characters long; at most {1} are allowed: shorten it, or put the details into a document"
    )]
    TooLong(usize, usize),
    /// Characters that no keyboard types.
    #[error("holds an invisible control character; type the text anew")]
    Control,
}

impl<const MAX: usize> Prose<MAX> {
    /// The longest text, in characters.
    pub const MAX: usize = MAX;

    /// The text, for those whom it is written for. Never for a log or a queue.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> FromStr for Prose<MAX> {
    type Err = ProseError;

    fn from_str(text: &str) -> Result<Self, ProseError> {
        let length = text.chars().count();
        let stray = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        if text.trim().is_empty() {
            Err(ProseError::Empty)
        } else if length > MAX {
            Err(ProseError::TooLong(length, MAX))
        } else if text.chars().any(stray) {
            Err(ProseError::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl<const MAX: usize> TryFrom<String> for Prose<MAX> {
    type Error = ProseError;

    fn try_from(text: String) -> Result<Self, ProseError> {
        text.parse()
    }
}

impl<const MAX: usize> From<Prose<MAX>> for String {
    fn from(prose: Prose<MAX>) -> Self {
        prose.0
    }
}

impl<const MAX: usize> fmt::Debug for Prose<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prose({} characters)", self.0.chars().count())
    }
}
