//! Texts that people read and accept: named, versioned, hashed.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::Digest;

/// One version of one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Its name and version.
    pub reference: TextRef,
    /// A heading.
    pub title: String,
    /// The words, paragraphs parted by an empty line.
    pub body: String,
    /// The SHA-256 of the body's UTF-8 bytes.
    pub sha256: Digest,
}

/// A text's name and version, written `disclosures/2024.1`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TextRef {
    name: String,
    version: String,
}

/// The value is not a text's name and version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a text is named by its name and version, such as disclosures/2024.1")]
pub struct TextRefError;

impl TextRef {
    /// The name, the same in every version.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl FromStr for TextRef {
    type Err = TextRefError;

    fn from_str(text: &str) -> Result<Self, TextRefError> {
        let part = |part: &str| {
            let known =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
            (1..=40).contains(&part.len()) && part.bytes().all(known)
        };
        match text.split_once('/') {
            Some((name, version)) if part(name) && part(version) => Ok(Self {
                name: name.to_owned(),
                version: version.to_owned(),
            }),
            Some(_) | None => Err(TextRefError),
        }
    }
}

impl TryFrom<String> for TextRef {
    type Error = TextRefError;

    fn try_from(text: String) -> Result<Self, TextRefError> {
        text.parse()
    }
}

impl From<TextRef> for String {
    fn from(reference: TextRef) -> Self {
        reference.to_string()
    }
}

impl fmt::Display for TextRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.name, self.version)
    }
}
