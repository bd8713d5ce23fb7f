//! Email addresses.

use std::fmt;
use std::str::FromStr;

use email_address::{EmailAddress, Options};
use serde::{Deserialize, Serialize};

/// An address that mail can be sent to, kept as it was typed (trimmed). Two spellings that differ in
/// letter case are one person: see [`PersonKey`](crate::PersonKey).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not an address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is not an email address; write one address such as name@example.org")]
pub struct EmailError;

impl Email {
    /// The address, for sending and for the people of the review. Never for a log or a queue.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Trimmed and lower-cased: what tells one person from another.
    #[must_use]
    pub fn normalised(&self) -> String {
        self.0.to_lowercase()
    }

    /// The first letter and the domain, for a sentence that must remind without telling: `j…@example.org`.
    #[must_use]
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.rsplit_once('@').unwrap_or((&self.0, ""));
        let first: String = local.chars().take(1).collect();
        format!("{first}…@{domain}")
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        let options = Options::default()
            .with_required_tld()
            .without_display_text()
            .without_domain_literal();
        // Quoted local parts and non-ASCII are legal but reach nobody here; SES takes ASCII only.
        let plain = text.is_ascii() && !text.contains(['"', ' ', ',', ';']);
        match EmailAddress::parse_with_options(text, options) {
            Ok(_) if plain => Ok(Self(text.to_owned())),
            Ok(_) | Err(_) => Err(EmailError),
        }
    }
}

super::string_value!(Email, EmailError);

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_plain_address() {
        let email: Email = " Jo.Doe@Example.org ".parse().expect("an address");
        assert_eq!(email.reveal(), "Jo.Doe@Example.org");
        assert_eq!(email.normalised(), "jo.doe@example.org");
        assert_eq!(email.to_string(), "J…@Example.org");
        for wrong in [
            "",
            "jo",
            "jo@",
            "@example.org",
            "jo@example",
            "Jo <jo@example.org>",
            "a@example.org,b@example.org",
            "jo@example.org\r\nBcc: x@example.org",
            "jo@[127.0.0.1]",
        ] {
            assert_eq!(wrong.parse::<Email>(), Err(EmailError), "{wrong}");
        }
    }
}
