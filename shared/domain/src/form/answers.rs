//! The types of single answers.

use serde::{Deserialize, Serialize};

use crate::{Line, MvpId, Npi, RuleSet, Tin};

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

impl ReportingOption {
    /// The words that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::TraditionalMips => "Traditional MIPS",
            Self::Mvp => "MIPS Value Pathway (MVP)",
            Self::App => "APM Performance Pathway (APP)",
        }
    }
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

impl Reporting {
    /// Its code.
    #[must_use]
    pub fn option(&self) -> ReportingOption {
        match self {
            Self::TraditionalMips => ReportingOption::TraditionalMips,
            Self::Mvp { .. } => ReportingOption::Mvp,
            Self::App => ReportingOption::App,
        }
    }

    /// The id of the MVP: the one that the name holds, else the one of the year's MVP of that title.
    /// `None` when neither is known, which never blocks (domain.md #13).
    #[must_use]
    pub fn mvp_id(&self, rules: &RuleSet) -> Option<MvpId> {
        match self {
            Self::Mvp { name } => MvpId::within(name.as_str()).or_else(|| {
                let titled = |title: &str| title.eq_ignore_ascii_case(name.as_str());
                let mvp = rules.mvps.iter().find(|mvp| titled(&mvp.title))?;
                mvp.id.clone()
            }),
            Self::TraditionalMips | Self::App => None,
        }
    }
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

/// A question that a year's rules may attach to an issue (domain.md #36).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUp {
    /// The id of an exception application.
    ExceptionId,
    /// The id of a measure or activity.
    MeasureId,
    /// The TIN under which the data should have been.
    RightTin,
    /// The TIN under which the data was.
    WrongTin,
    /// The NPI under which the data should have been.
    RightNpi,
    /// The NPI under which the data was.
    WrongNpi,
}

impl FollowUp {
    /// Every question that a year may ask.
    pub const ALL: [Self; 6] = [
        Self::ExceptionId,
        Self::MeasureId,
        Self::RightTin,
        Self::WrongTin,
        Self::RightNpi,
        Self::WrongNpi,
    ];

    /// The field of [`FollowUps`] that answers it.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::ExceptionId => "exception_id",
            Self::MeasureId => "measure_id",
            Self::RightTin => "right_tin",
            Self::WrongTin => "wrong_tin",
            Self::RightNpi => "right_npi",
            Self::WrongNpi => "wrong_npi",
        }
    }
}

/// Answers to the follow-up questions of issues (domain.md #36).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUps {
    /// The exception application's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exception_id: Option<Line<40>>,
    /// The measure's or activity's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure_id: Option<Line<40>>,
    /// The TIN under which the data should have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_tin: Option<Tin>,
    /// The TIN under which the data was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_tin: Option<Tin>,
    /// The NPI under which the data should have been.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub right_npi: Option<Npi>,
    /// The NPI under which the data was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wrong_npi: Option<Npi>,
}

impl FollowUps {
    /// Whether nothing has been answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `question` has been answered.
    #[must_use]
    pub fn answers(&self, question: FollowUp) -> bool {
        match question {
            FollowUp::ExceptionId => self.exception_id.is_some(),
            FollowUp::MeasureId => self.measure_id.is_some(),
            FollowUp::RightTin => self.right_tin.is_some(),
            FollowUp::WrongTin => self.wrong_tin.is_some(),
            FollowUp::RightNpi => self.right_npi.is_some(),
            FollowUp::WrongNpi => self.wrong_npi.is_some(),
        }
    }
}
