//! The acceptance of the statement of truth (domain.md #26).

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountKey, Actor, Digest, TextRef};

/// That a person accepted a version of the statement of truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Who.
    pub account: AccountKey,
    /// The organisation that it is accepted for, if it is not for the person's own account.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationKey>,
    /// When the acceptance was received.
    pub at: Timestamp,
    /// Which version.
    pub text: TextRef,
    /// The hash of what was accepted.
    pub sha256: Digest,
}

impl Acceptance {
    /// Who is bound by it.
    #[must_use]
    pub fn acceptor(&self) -> Acceptor {
        match &self.organization {
            Some(organization) => Acceptor::Organization(organization.clone()),
            None => Acceptor::Account(self.account.clone()),
        }
    }
}

/// Who is bound by an acceptance.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Acceptor {
    /// A person.
    Account(AccountKey),
    /// The machine clients of an organisation.
    Organization(OrganizationKey),
}

impl Acceptor {
    /// The one whose acceptance the actor's first write needs. A machine client, which has no address, goes
    /// by its organisation: a named person accepts for it, once.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match actor.organization_key() {
            Some(organization) if actor.email.is_none() => Self::Organization(organization),
            Some(_) | None => Self::Account(actor.account.key()),
        }
    }
}

/// The first 128 bits, in hex, of the hash of `issuer|organization|name`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrganizationKey(String);

impl fmt::Display for OrganizationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Actor {
    /// The organisation that the issuer vouches for, if there is one.
    #[must_use]
    pub fn organization_key(&self) -> Option<OrganizationKey> {
        let name = self.organization.as_ref()?;
        let issuer = self.account.issuer.as_bytes();
        let digest = Digest::of(&[issuer, b"|organization|", name.as_bytes()]);
        Some(OrganizationKey(digest.to_string()[..32].to_owned()))
    }
}
