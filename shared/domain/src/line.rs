//! Single-line text that people type: names, labels, a phone's extension.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// One line of 1 to `MAX` characters, trimmed, without control or direction-changing characters, so
/// that it can stand in a mail header, a log of changes or a file name without changing its meaning.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Line<const MAX: usize>(String);

impl<const MAX: usize> Line<MAX> {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not a [`Line`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Nothing but white space.
    #[error("is empty; write at least one character, or leave it out with null")]
    Empty,
    /// More than the limit, in characters.
    #[error("is {0} characters long; at most {1} are allowed")]
    TooLong(usize, usize),
    /// A line break, a tab or the like.
    #[error("holds a line break or another invisible control character; write it on one line")]
    Control,
    /// A character that changes the direction of writing.
    #[error(
        "holds an invisible character that turns the direction of writing, so that it reads as something else; type it anew"
    )]
    Direction,
}

/// Characters that turn the direction of the text around them (a spoofing tool, never a name).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

impl<const MAX: usize> FromStr for Line<MAX> {
    type Err = LineError;

    fn from_str(text: &str) -> Result<Self, LineError> {
        let text = text.trim();
        let length = text.chars().count();
        if length == 0 {
            Err(LineError::Empty)
        } else if length > MAX {
            Err(LineError::TooLong(length, MAX))
        } else if text.chars().any(char::is_control) {
            Err(LineError::Control)
        } else if text.chars().any(turns_direction) {
            Err(LineError::Direction)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl<const MAX: usize> TryFrom<String> for Line<MAX> {
    type Error = LineError;

    fn try_from(text: String) -> Result<Self, LineError> {
        text.parse()
    }
}

impl<const MAX: usize> From<Line<MAX>> for String {
    fn from(line: Line<MAX>) -> Self {
        line.0
    }
}

impl<const MAX: usize> fmt::Display for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Names are personal: `Debug`, which ends in logs, shows the length only.
impl<const MAX: usize> fmt::Debug for Line<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Line({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_keeps_to_its_limit() {
        assert_eq!(
            "  Sample Clinic ".parse::<Line<20>>().map(String::from),
            Ok("Sample Clinic".into())
        );
        assert_eq!("".parse::<Line<3>>(), Err(LineError::Empty));
        assert_eq!("abcd".parse::<Line<3>>(), Err(LineError::TooLong(4, 3)));
        assert_eq!("ab\r\nBcc: x".parse::<Line<20>>(), Err(LineError::Control));
        assert_eq!(
            "evil\u{202e}fdp.exe".parse::<Line<20>>(),
            Err(LineError::Direction)
        );
    }
}
