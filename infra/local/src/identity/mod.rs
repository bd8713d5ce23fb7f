//! Identity (being built).
use std::collections::BTreeMap;

use crate::data::{DataError, DataFolder};

/// The local OIDC issuer.
#[derive(Clone, Debug)]
pub struct Issuer;

/// A made-up person to try things with.
#[derive(Clone, Debug)]
pub struct SamplePerson {
    /// The word after `as=`.
    pub name: &'static str,
}

/// Why the issuer could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// The data folder refused.
    #[error(transparent)]
    Data(#[from] DataError),
}

/// Why a token was refused: for logs, the caller only sees 401.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Unauthorized {
    /// No header.
    #[error("no Authorization header")]
    Missing,
}

/// What the gateway hands to a function: strings as they are, numbers in decimal, arrays `[a b]`, booleans `true`.
pub type Claims = BTreeMap<String, String>;

impl Issuer {
    /// Opens it; `base_url` is where the front answers.
    pub fn open(_: &DataFolder, base_url: &str) -> Result<Self, IdentityError> {
        unimplemented!("{base_url}")
    }
    /// `{base}/_local/oidc`.
    pub fn issuer_url(&self) -> String {
        unimplemented!()
    }
    /// The audience of its tokens.
    pub fn audience(&self) -> &str {
        unimplemented!()
    }
    /// A token of one hour for a sample person.
    pub fn token_for(&self, person: &str, now: jiff::Timestamp) -> Option<String> {
        unimplemented!("{person} {now}")
    }
    /// The sample people.
    pub fn people(&self) -> &[SamplePerson] {
        unimplemented!()
    }
    /// What the gateway's JWT authoriser does.
    pub fn verify(
        &self,
        authorization: Option<&str>,
        issuer: &str,
        audiences: &[String],
        now: jiff::Timestamp,
    ) -> Result<Claims, Unauthorized> {
        unimplemented!("{authorization:?} {issuer} {audiences:?} {now}")
    }
}
