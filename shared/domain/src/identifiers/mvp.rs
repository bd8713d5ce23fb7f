//! Identifiers of MIPS Value Pathways (domain.md #13, #61).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// `G` and four digits, such as `G0053`; the letter is upper-cased.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MvpId(String);

/// The text is not an MVP's identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an MVP ID is G and 4 digits, such as G0053")]
pub struct MvpIdError;

impl MvpId {
    /// The first identifier that stands as a word of its own in `text`.
    #[must_use]
    pub fn within(text: &str) -> Option<Self> {
        text.split(|c: char| !c.is_alphanumeric())
            .find_map(|word| word.parse().ok())
    }
}

impl FromStr for MvpId {
    type Err = MvpIdError;

    fn from_str(text: &str) -> Result<Self, MvpIdError> {
        let text = text.trim().to_ascii_uppercase();
        text.strip_prefix('G')
            .is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| Self(text.clone()))
            .ok_or(MvpIdError)
    }
}

super::string_value!(MvpId, MvpIdError);

impl fmt::Display for MvpId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn found_where_people_write_it() {
        let id: MvpId = "g0053".parse().expect("an identifier");
        assert_eq!(id.to_string(), "G0053");
        for text in ["G0053", "g0053: Rheumatology", "Rheumatology (G0053)"] {
            assert_eq!(MvpId::within(text).as_ref(), Some(&id), "{text}");
        }
        for text in ["", "Rheumatology", "G00531", "XG0053", "M0005"] {
            assert_eq!(MvpId::within(text), None, "{text}");
        }
    }
}
