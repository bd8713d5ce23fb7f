//! National Provider Identifier (domain.md #59).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Ten digits. Its check digit may be wrong: that is advice, not a fault (domain.md #59).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Npi(String);

/// The text is not ten digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an NPI is 10 digits, without spaces or dashes")]
pub struct NpiError;

impl Npi {
    /// The ten digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the last digit is the Luhn check digit over `80840` and the number.
    #[must_use]
    pub fn check_digit_holds(&self) -> bool {
        // The prefix 80840 adds a constant 24 to the sum.
        const PREFIX_SUM: u32 = 24;
        let sum = self
            .0
            .bytes()
            .rev()
            .enumerate()
            .fold(PREFIX_SUM, |sum, (place, byte)| {
                let digit = u32::from(byte - b'0');
                let doubled = if place % 2 == 1 { digit * 2 } else { digit };
                sum + doubled / 10 + doubled % 10
            });
        sum % 10 == 0
    }
}

impl FromStr for Npi {
    type Err = NpiError;

    fn from_str(text: &str) -> Result<Self, NpiError> {
        let text = text.trim();
        if text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit()) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NpiError)
        }
    }
}

super::string_value!(Npi, NpiError);

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A person's identifier stays out of logs.
impl fmt::Debug for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Npi(**********)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_of_the_known_numbers() {
        let holds = |text: &str| text.parse::<Npi>().expect("ten digits").check_digit_holds();
        assert!(holds("1234567893"));
        assert!(holds("0162474486"));
        for wrong in ["1234567898", "1112223334", "0045100005"] {
            assert!(!holds(wrong), "{wrong}");
        }
    }

    #[test]
    fn only_ten_digits() {
        for wrong in ["", "123456789", "12345678931", "12345 7893", "123456789x"] {
            assert_eq!(wrong.parse::<Npi>(), Err(NpiError), "{wrong}");
        }
    }
}
