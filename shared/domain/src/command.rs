//! What someone wants to be done to a review.

use serde::{Deserialize, Serialize};

use crate::{FormPatch, TextRef, Version};

/// A wish, decided by [`transition()`](crate::transition()).
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Merge changes into the form.
    EditForm {
        /// The revision that the person saw.
        revision: u64,
        /// What to change.
        patch: FormPatch,
    },
    /// Merge changes into contact and staff.
    EditPeople {
        /// The version that the person saw.
        version: Version,
        /// What to change.
        patch: FormPatch,
    },
    /// Certify and submit.
    Submit {
        /// The form's revision that the person certifies.
        form_revision: u64,
        /// What the person signed.
        certification: Certification,
    },
    /// Take the review back, for good.
    Withdraw,
}

/// What a person signs when submitting (domain.md #42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    /// The certification: the clinician's, or the one on behalf of a party.
    pub text: TextRef,
    /// The disclosures that were read.
    pub disclosures: TextRef,
}

/// A command without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandName {
    /// [`Command::EditForm`]
    EditForm,
    /// [`Command::EditPeople`]
    EditPeople,
    /// [`Command::Submit`]
    Submit,
    /// [`Command::Withdraw`]
    Withdraw,
}

impl Command {
    /// The command without its facts.
    #[must_use]
    pub fn name(&self) -> CommandName {
        match self {
            Self::EditForm { .. } => CommandName::EditForm,
            Self::EditPeople { .. } => CommandName::EditPeople,
            Self::Submit { .. } => CommandName::Submit,
            Self::Withdraw => CommandName::Withdraw,
        }
    }
}

impl CommandName {
    /// The past participle for "a draft can(not) be …".
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::EditForm => "edited",
            Self::EditPeople => "given another contact or other staff",
            Self::Submit => "submitted",
            Self::Withdraw => "withdrawn",
        }
    }
}
