//! The types of single answers.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{Line, Npi, Tin};

/// Who applies (domain.md #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationType {
    /// An individual clinician.
    Individual,
    /// A group.
    Group,
}

impl ApplicationType {
    /// The words that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Individual => "Individual clinician",
            Self::Group => "Group",
        }
    }
}

/// Who applies, with the identifier of that type (domain.md #28).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Application {
    /// An individual clinician, known by NPI; `None` until it is typed.
    Individual {
        /// The clinician's NPI.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        npi: Option<Npi>,
    },
    /// A group, known by TIN; `None` until it is typed.
    Group {
        /// The group's TIN.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tin: Option<Tin>,
    },
}

impl Application {
    /// Its type.
    #[must_use]
    pub fn kind(&self) -> ApplicationType {
        match self {
            Self::Individual { .. } => ApplicationType::Individual,
            Self::Group { .. } => ApplicationType::Group,
        }
    }

    /// The identifier as it may stand in a list or a letter: an NPI in full, a TIN masked (domain.md #52).
    #[must_use]
    pub fn identifier(&self) -> Option<String> {
        match self {
            Self::Individual { npi } => npi.as_ref().map(|npi| format!("NPI {npi}")),
            Self::Group { tin } => tin.as_ref().map(|tin| format!("TIN {}", tin.masked())),
        }
    }
}

/// The practice of an individual clinician (domain.md #30).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Practice {
    /// Chosen from the participation look-up.
    Listed {
        /// Its name there.
        name: Line<200>,
    },
    /// Not in the look-up: the practice's TIN says which one it is.
    NotListed {
        /// The practice's TIN.
        tin: Tin,
        /// Its name, if the filer gives one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Line<200>>,
    },
}

/// The code of a reporting option (domain.md #13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportingOption {
    /// Traditional MIPS.
    TraditionalMips,
    /// A MIPS Value Pathway.
    Mvp,
    /// The APM Performance Pathway.
    App,
}

/// How the data was reported (domain.md #13).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "option", rename_all = "snake_case")]
pub enum Reporting {
    /// Traditional MIPS.
    TraditionalMips,
    /// A MIPS Value Pathway, by its name or id.
    Mvp {
        /// The name or id as the filer knows it.
        name: Line<200>,
    },
    /// The APM Performance Pathway.
    App,
}

/// The code of a relationship (domain.md #33).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RelationshipKind {
    /// The clinician in person.
    Clinician,
    /// Staff of the practice.
    PracticeStaff,
    /// A representative of the group or ACO.
    GroupOrAcoRepresentative,
    /// Designated support staff.
    SupportStaff,
    /// A registry or QCDR.
    RegistryQcdr,
    /// A health IT vendor.
    HealthItVendor,
    /// A consultant or billing company.
    ConsultantOrBillingCompany,
    /// Something else, described.
    Other,
}

/// Who submits, in relation to the party (domain.md #33).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relationship {
    /// The kind of relationship.
    pub kind: RelationshipKind,
    /// What it is, if the kind is `other`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Line<200>>,
}

/// What went wrong, in the filer's words: 1 to 10,000 characters (domain.md #37). It may tell of a
/// patient, so it prints as its length only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Description(String);

/// Why a text is not a description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescriptionError {
    /// Nothing but white space.
    #[error("is empty; say what went wrong, or leave it out with null")]
    Empty,
    /// Over the limit, in characters.
    #[error("is {0} characters long; at most {max} are allowed: shorten it, or put the details into a document", max = Description::MAX)]
    TooLong(usize),
    /// Characters that no keyboard types.
    #[error("holds an invisible control character; type the text anew")]
    Control,
}

impl Description {
    /// The longest description, in characters.
    pub const MAX: usize = 10_000;

    /// The text, for the filer and the reviewer. Never for a log, a queue or a letter.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Description {
    type Err = DescriptionError;

    fn from_str(text: &str) -> Result<Self, DescriptionError> {
        let length = text.chars().count();
        if text.trim().is_empty() {
            Err(DescriptionError::Empty)
        } else if length > Self::MAX {
            Err(DescriptionError::TooLong(length))
        } else if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        {
            Err(DescriptionError::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }
}

impl TryFrom<String> for Description {
    type Error = DescriptionError;

    fn try_from(text: String) -> Result<Self, DescriptionError> {
        text.parse()
    }
}

impl From<Description> for String {
    fn from(description: Description) -> Self {
        description.0
    }
}

impl fmt::Debug for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Description({} characters)", self.0.chars().count())
    }
}
