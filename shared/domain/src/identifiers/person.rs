//! Who an address belongs to, without saying the address.

use std::fmt;
use std::str::FromStr;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::Email;
use crate::digest::hex;

/// The secret under which addresses are hashed: a template parameter on AWS, generated on one machine.
#[derive(Clone)]
pub struct PersonHashKey(Vec<u8>);

impl PersonHashKey {
    /// Takes the secret's bytes.
    #[must_use]
    pub fn new(secret: impl Into<Vec<u8>>) -> Self {
        Self(secret.into())
    }

    pub(crate) fn secret(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for PersonHashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonHashKey(…)")
    }
}

/// The first 128 bits, in hex, of a keyed hash of the normalised address: one person whatever letter
/// case the address was typed in, and safe in keys, queues and mail tags.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonKey(String);

/// The text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a person's key is 32 lower-case hexadecimal digits")]
pub struct PersonKeyError;

impl PersonKey {
    /// The person behind `email`.
    #[must_use]
    pub fn of(key: &PersonHashKey, email: &Email) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&key.0).expect("HMAC takes a key of any length");
        mac.update(email.normalised().as_bytes());
        Self(hex(&mac.finalize().into_bytes()[..16]))
    }

    /// The 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PersonKey {
    type Err = PersonKeyError;

    fn from_str(text: &str) -> Result<Self, PersonKeyError> {
        let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() == 32 && text.bytes().all(lower_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(PersonKeyError)
        }
    }
}

super::string_value!(PersonKey, PersonKeyError);

impl fmt::Display for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for PersonKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonKey({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letter_case_is_the_same_person_and_the_key_matters() {
        let key = PersonHashKey::new(*b"one");
        let of = |key: &PersonHashKey, text: &str| {
            PersonKey::of(key, &text.parse().expect("an address"))
        };
        assert_eq!(of(&key, "Jo@Example.org"), of(&key, " jo@example.org"));
        assert_ne!(of(&key, "jo@example.org"), of(&key, "jon@example.org"));
        assert_ne!(
            of(&key, "jo@example.org"),
            of(&PersonHashKey::new(*b"two"), "jo@example.org")
        );
        assert_eq!(
            of(&key, "jo@example.org").to_string().parse(),
            Ok(of(&key, "jo@example.org"))
        );
    }
}
