//! The filer's own account of what went wrong.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What went wrong, in the filer's words: 1 to 10,000 characters (domain.md #37). It may tell of a
/// patient, so it prints as its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// Why a text is not a description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescriptionError {
    /// Nothing but white space.
    #[error("is empty; say what went wrong, or leave it out with null")]
    Empty,
    /// Over the limit, in characters.
    #[error("is {0} characters long; at most {max} are allowed: shorten it, or put the details into a document", max = Description::MAX)]
    TooLong(usize),
    /// Characters that no keyboard types.
    #[error("holds an invisible control character; type the text anew")]
    Control,
}

impl Description {
    /// The longest description, in characters.
    pub const MAX: usize = 10_000;

    /// The text, for the filer and the reviewer. Never for a log, a queue or a letter.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Description {
    type Err = DescriptionError;

    fn from_str(text: &str) -> Result<Self, DescriptionError> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            Err(DescriptionError::Empty)
        } else if length > Self::MAX {
            Err(DescriptionError::TooLong(length))
        } else if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            Err(DescriptionError::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Description {
    type Error = DescriptionError;

    fn try_from(text: String) -> Result<Self, DescriptionError> {
        text.parse()
    }
}

impl From<Description> for String {
    fn from(description: Description) -> Self {
        description.0
    }
}

impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Description({} characters)", self.0.chars().count())
    }
}
