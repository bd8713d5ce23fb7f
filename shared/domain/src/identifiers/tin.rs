//! Taxpayer Identification Number (domain.md #60).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Nine digits, kept as text because leading zeros count. It may be a solo practitioner's social
/// security number: `Debug` and `Display` show the last four digits only.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tin(String);

/// The text is not nine digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a TIN is 9 digits; keep leading zeros (a dash after the second digit is allowed)")]
pub struct TinError;

impl Tin {
    /// The nine digits, for the filer's own form and for storage. Never for a log, a queue or a letter.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `*****` and the last four digits (domain.md #52).
    #[must_use]
    pub fn masked(&self) -> String {
        format!("*****{}", &self.0[5..])
    }
}

impl FromStr for Tin {
    type Err = TinError;

    fn from_str(text: &str) -> Result<Self, TinError> {
        let text = text.trim();
        let digits = match text.split_once('-') {
            Some((head, tail)) if head.len() == 2 => format!("{head}{tail}"),
            Some(_) => return Err(TinError),
            None => text.to_owned(),
        };
        if digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(digits))
        } else {
            Err(TinError)
        }
    }
}

super::string_value!(Tin, TinError);

impl fmt::Display for Tin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Tin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tin({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_leading_zeros_and_prints_masked() {
        let tin: Tin = "00-0045100".parse().expect("nine digits");
        assert_eq!(tin.reveal(), "000045100");
        assert_eq!(tin.to_string(), "*****5100");
        assert_eq!(format!("{tin:?}"), "Tin(*****5100)");
    }

    #[test]
    fn only_nine_digits() {
        for wrong in [
            "",
            "12345678",
            "1234567890",
            "123-45-6789",
            "12345678x",
            "1-23456789",
        ] {
            assert_eq!(wrong.parse::<Tin>(), Err(TinError), "{wrong}");
        }
    }
}
