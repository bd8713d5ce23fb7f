//! Who applies, and by which identifier.

use serde::{Deserialize, Serialize};

use crate::{ApmEntityId, Line, Npi, SubgroupId, Tin, VirtualGroupId};

/// Who applies (domain.md #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApplicationType {
    /// An individual clinician.
    Individual,
    /// A group.
    Group,
    /// A virtual group.
    VirtualGroup,
    /// An APM Entity.
    ApmEntity,
    /// A subgroup.
    Subgroup,
    /// The filer does not know which (PY2019).
    Unknown,
}

impl ApplicationType {
    /// The words that people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Individual => "Individual clinician",
            Self::Group => "Group",
            Self::VirtualGroup => "Virtual group",
            Self::ApmEntity => "APM Entity",
            Self::Subgroup => "Subgroup",
            Self::Unknown => "Not known",
        }
    }

    /// The fields that identify an application of this type, the needed one first.
    #[must_use]
    pub fn identified_by(self) -> &'static [&'static str] {
        match self {
            Self::Individual => &["npi"],
            Self::Group => &["tin"],
            Self::VirtualGroup => &["virtual_group_id"],
            Self::ApmEntity => &["apm_entity_id"],
            Self::Subgroup => &["subgroup_id"],
            Self::Unknown => &["title", "npi"],
        }
    }
}

/// Who applies, with the identifier of that type and no other (domain.md #28). Identifiers are `None`
/// until they are typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Application {
    /// An individual clinician, known by NPI.
    Individual {
        /// The clinician's NPI.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        npi: Option<Npi>,
    },
    /// A group, known by TIN.
    Group {
        /// The group's TIN.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tin: Option<Tin>,
    },
    /// A virtual group, known by its own identifier.
    VirtualGroup {
        /// The virtual group's identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        virtual_group_id: Option<VirtualGroupId>,
    },
    /// An APM Entity, Shared Savings ACOs included.
    ApmEntity {
        /// The entity's identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apm_entity_id: Option<ApmEntityId>,
    },
    /// A subgroup.
    Subgroup {
        /// The subgroup's identifier.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        subgroup_id: Option<SubgroupId>,
    },
    /// The filer does not know the type: a title says what it is about, an NPI may help.
    Unknown {
        /// What the application is about.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Line<200>>,
        /// The clinician's NPI, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        npi: Option<Npi>,
    },
}

impl Application {
    /// Its type.
    #[must_use]
    pub fn kind(&self) -> ApplicationType {
        match self {
            Self::Individual { .. } => ApplicationType::Individual,
            Self::Group { .. } => ApplicationType::Group,
            Self::VirtualGroup { .. } => ApplicationType::VirtualGroup,
            Self::ApmEntity { .. } => ApplicationType::ApmEntity,
            Self::Subgroup { .. } => ApplicationType::Subgroup,
            Self::Unknown { .. } => ApplicationType::Unknown,
        }
    }

    /// The clinician's NPI, where the type has one.
    #[must_use]
    pub fn npi(&self) -> Option<&Npi> {
        match self {
            Self::Individual { npi } | Self::Unknown { npi, .. } => npi.as_ref(),
            Self::Group { .. }
            | Self::VirtualGroup { .. }
            | Self::ApmEntity { .. }
            | Self::Subgroup { .. } => None,
        }
    }

    /// The group's TIN, where the type has one.
    #[must_use]
    pub fn tin(&self) -> Option<&Tin> {
        match self {
            Self::Group { tin } => tin.as_ref(),
            Self::Individual { .. }
            | Self::VirtualGroup { .. }
            | Self::ApmEntity { .. }
            | Self::Subgroup { .. }
            | Self::Unknown { .. } => None,
        }
    }

    /// The identifier as it may stand in a list or a letter: an NPI in full, a TIN masked (domain.md #52).
    #[must_use]
    pub fn identifier(&self) -> Option<String> {
        let named = |name: &str, id: Option<String>| id.map(|id| format!("{name} {id}"));
        match self {
            Self::Individual { npi } => named("NPI", npi.as_ref().map(ToString::to_string)),
            Self::Group { tin } => named("TIN", tin.as_ref().map(Tin::masked)),
            Self::VirtualGroup {
                virtual_group_id: id,
            } => named("Virtual group ID", id.as_ref().map(ToString::to_string)),
            Self::ApmEntity { apm_entity_id: id } => {
                named("APM Entity ID", id.as_ref().map(ToString::to_string))
            }
            Self::Subgroup { subgroup_id: id } => {
                named("Subgroup ID", id.as_ref().map(ToString::to_string))
            }
            Self::Unknown { title, npi } => named("NPI", npi.as_ref().map(ToString::to_string))
                .or_else(|| title.as_ref().map(ToString::to_string)),
        }
    }

    /// Whether both name the same party: same type, same identifier, and there is one.
    #[must_use]
    pub fn same_party(&self, other: &Self) -> bool {
        let identified = match self {
            Self::Unknown { npi, .. } => {
                return npi.is_some() && self.kind() == other.kind() && self.npi() == other.npi();
            }
            Self::Individual { npi } => npi.is_some(),
            Self::Group { tin } => tin.is_some(),
            Self::VirtualGroup { virtual_group_id } => virtual_group_id.is_some(),
            Self::ApmEntity { apm_entity_id } => apm_entity_id.is_some(),
            Self::Subgroup { subgroup_id } => subgroup_id.is_some(),
        };
        identified && self == other
    }
}
