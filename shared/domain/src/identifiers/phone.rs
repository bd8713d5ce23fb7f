//! North American phone numbers (domain.md #63).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Ten digits: area code `[2-9]XX` but not `N11`, exchange `[2-9]XX`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(String);

/// Why a text is not a phone number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// Not ten digits, or characters other than digits, spaces, dots, dashes and brackets.
    #[error(
        "a phone number has 10 digits, with or without dashes, such as 866-288-8292; an extension goes in its own field"
    )]
    Shape,
    /// The area code does not exist.
    #[error("{0} is not a valid area code: it starts with 2 to 9 and does not end in 11")]
    AreaCode(String),
    /// The exchange does not exist.
    #[error("{0}, the three digits after the area code, must start with 2 to 9")]
    Exchange(String),
}

impl FromStr for Phone {
    type Err = PhoneError;

    fn from_str(text: &str) -> Result<Self, PhoneError> {
        if !text
            .chars()
            .all(|c| c.is_ascii_digit() || " .-()+".contains(c))
        {
            return Err(PhoneError::Shape);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let digits = match digits.len() {
            11 => digits
                .strip_prefix('1')
                .ok_or(PhoneError::Shape)?
                .to_owned(),
            10 if !text.contains('+') => digits,
            _ => return Err(PhoneError::Shape),
        };
        let (area, exchange) = (&digits[..3], &digits[3..6]);
        if area < "200" || area.ends_with("11") {
            return Err(PhoneError::AreaCode(area.to_owned()));
        }
        if exchange < "200" {
            return Err(PhoneError::Exchange(exchange.to_owned()));
        }
        Ok(Self(digits))
    }
}

super::string_value!(Phone, PhoneError);

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({}) {}-{}", &self.0[..3], &self.0[3..6], &self.0[6..])
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Phone(**********)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_brackets_and_the_country_code_do_not_matter() {
        for text in [
            "(866) 288-2892",
            "866-288-2892",
            "8662882892",
            "+1 866 288 2892",
            "1.866.288.2892",
        ] {
            assert_eq!(
                text.parse::<Phone>().expect(text).to_string(),
                "(866) 288-2892"
            );
        }
    }

    #[test]
    fn numbers_that_cannot_exist_are_refused() {
        let refused = |text: &str| text.parse::<Phone>().expect_err(text);
        for text in [
            "",
            "866288289",
            "86628828922",
            "866-288-28x2",
            "+86 6288 2892",
        ] {
            assert_eq!(refused(text), PhoneError::Shape, "{text}");
        }
        for text in ["1662882892", "0662882892", "9112882892", "8112882892"] {
            assert!(matches!(refused(text), PhoneError::AreaCode(_)), "{text}");
        }
        assert_eq!(refused("8661882892"), PhoneError::Exchange("188".into()));
    }
}
