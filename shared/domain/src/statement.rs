//! The acceptance of the statement of truth (domain.md #26).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AccountKey, Digest, TextRef};

/// That a person accepted a version of the statement of truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// Who.
    pub account: AccountKey,
    /// When the acceptance was received.
    pub at: Timestamp,
    /// Which version.
    pub text: TextRef,
    /// The hash of what was accepted.
    pub sha256: Digest,
}
