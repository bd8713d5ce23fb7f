//! Who acts. An actor comes from the authoriser's claims alone; no body can carry one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Digest, Email};

/// An account at an OpenID Connect issuer (domain.md #25): people change their email, so an account is
/// issuer and subject.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Account {
    /// The token's `iss`.
    pub issuer: String,
    /// The token's `sub`.
    pub subject: String,
}

impl Account {
    /// What stands for this account in keys and in the history.
    #[must_use]
    pub fn key(&self) -> AccountKey {
        let digest = Digest::of(&[self.issuer.as_bytes(), b"|", self.subject.as_bytes()]);
        AccountKey(digest.to_string()[..32].to_owned())
    }
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({})", self.key().0)
    }
}

/// The first 128 bits, in hex, of the hash of `issuer|subject`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountKey(String);

impl AccountKey {
    /// The 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an account's key is 32 lower-case hexadecimal digits")]
pub struct AccountKeyError;

impl FromStr for AccountKey {
    type Err = AccountKeyError;

    fn from_str(text: &str) -> Result<Self, AccountKeyError> {
        let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if text.len() == 32 && text.bytes().all(lower_hex) {
            Ok(Self(text.to_owned()))
        } else {
            Err(AccountKeyError)
        }
    }
}

impl fmt::Display for AccountKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A role that the issuer vouches for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Works on submitted reviews.
    Reviewer,
    /// Runs the program.
    Administrator,
}

/// The word names no role of this service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a role of this service")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        match word {
            "reviewer" => Ok(Self::Reviewer),
            "administrator" => Ok(Self::Administrator),
            _ => Err(UnknownRole),
        }
    }
}

/// A person, or a machine client, as the authoriser knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account.
    pub account: Account,
    /// The verified address; without one a person is owner only.
    pub email: Option<Email>,
    /// Roles from the token's claims.
    pub roles: Vec<Role>,
    /// The organisation that the account belongs to, such as a registry (domain.md #33).
    pub organization: Option<String>,
}

/// A job of our own that acts on reviews.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Job {
    /// Closes drafts after the close, reopens them when a window reopens, tells of changes.
    WindowSweep,
    /// Settles requests for documents and reminds of them.
    DocumentClock,
    /// Reports what the store and its checks did with files.
    FileWatch,
    /// Brings scores from the scoring system.
    ScoreImport,
}

/// No token can name this issuer: the authoriser takes its own only, and it is not a URL of the web.
const JOBS: &str = "urn:targeted-review:jobs";

impl Job {
    /// Every job.
    pub const ALL: [Self; 4] = [
        Self::WindowSweep,
        Self::DocumentClock,
        Self::FileWatch,
        Self::ScoreImport,
    ];

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WindowSweep => "window-sweep",
            Self::DocumentClock => "document-clock",
            Self::FileWatch => "file-watch",
            Self::ScoreImport => "score-import",
        }
    }
}

impl Actor {
    /// The job as an actor: an account of our own, without address or roles.
    #[must_use]
    pub fn job(job: Job) -> Self {
        Self {
            account: Account {
                issuer: JOBS.to_owned(),
                subject: job.name().to_owned(),
            },
            email: None,
            roles: Vec::new(),
            organization: None,
        }
    }

    /// Which job it is, if it is one.
    #[must_use]
    pub fn as_job(&self) -> Option<Job> {
        let mut jobs = Job::ALL.into_iter();
        (self.account.issuer == JOBS)
            .then(|| jobs.find(|job| job.name() == self.account.subject))
            .flatten()
    }
}
