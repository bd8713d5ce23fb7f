//! Identifiers of virtual groups, APM Entities and subgroups (domain.md #61).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The longest of these identifiers, in characters.
const LONGEST: usize = 20;

fn within(text: &str, allowed: impl Fn(u8) -> bool) -> bool {
    (1..=LONGEST).contains(&text.len()) && text.bytes().all(allowed)
}

/// A virtual group's identifier, such as `x12345`, as it was typed.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct VirtualGroupId(String);

/// The text is not a virtual group's identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a virtual group ID has 1 to 20 letters, digits and dashes, such as x12345")]
pub struct VirtualGroupIdError;

impl FromStr for VirtualGroupId {
    type Err = VirtualGroupIdError;

    fn from_str(text: &str) -> Result<Self, VirtualGroupIdError> {
        let text = text.trim();
        within(text, |b| b.is_ascii_alphanumeric() || b == b'-')
            .then(|| Self(text.to_owned()))
            .ok_or(VirtualGroupIdError)
    }
}

/// An APM Entity's identifier, such as `A1234`, upper-cased.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ApmEntityId(String);

/// The text is not an APM Entity's identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an APM Entity ID has 1 to 20 letters, digits, dashes and underscores, such as A1234")]
pub struct ApmEntityIdError;

impl FromStr for ApmEntityId {
    type Err = ApmEntityIdError;

    fn from_str(text: &str) -> Result<Self, ApmEntityIdError> {
        let text = text.trim().to_ascii_uppercase();
        let allowed =
            |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
        within(&text, allowed)
            .then_some(Self(text))
            .ok_or(ApmEntityIdError)
    }
}

/// A subgroup's identifier, upper-cased. Another shape than `SG-` and eight digits is advice, not a fault.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SubgroupId(String);

/// The text cannot be a subgroup's identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a subgroup ID has up to 20 letters, digits and dashes, such as SG-00000001")]
pub struct SubgroupIdError;

impl SubgroupId {
    /// Whether it is `SG-` and eight digits.
    #[must_use]
    pub fn has_known_shape(&self) -> bool {
        self.0
            .strip_prefix("SG-")
            .is_some_and(|digits| digits.len() == 8 && digits.bytes().all(|b| b.is_ascii_digit()))
    }
}

impl FromStr for SubgroupId {
    type Err = SubgroupIdError;

    fn from_str(text: &str) -> Result<Self, SubgroupIdError> {
        let text = text.trim().to_ascii_uppercase();
        within(&text, |b| b.is_ascii_alphanumeric() || b == b'-')
            .then_some(Self(text))
            .ok_or(SubgroupIdError)
    }
}

macro_rules! entity_id {
    ($type:ident, $error:ident) => {
        super::string_value!($type, $error);

        impl $type {
            /// The identifier as it is stored.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// A party's identifier stays out of logs.
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    };
}
entity_id!(VirtualGroupId, VirtualGroupIdError);
entity_id!(ApmEntityId, ApmEntityIdError);
entity_id!(SubgroupId, SubgroupIdError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_guides_show_is_accepted() {
        let virtual_group: VirtualGroupId = " x12345 ".parse().expect("an identifier");
        assert_eq!(virtual_group.as_str(), "x12345");
        for (typed, kept) in [
            ("AR0437", "AR0437"),
            (" t1ab1234", "T1AB1234"),
            ("A1234", "A1234"),
            ("mips1001", "MIPS1001"),
            ("a_b-1", "A_B-1"),
        ] {
            let entity: ApmEntityId = typed.parse().expect(typed);
            assert_eq!(entity.as_str(), kept);
        }
    }

    #[test]
    fn one_to_twenty_of_the_allowed_characters() {
        for wrong in ["", " ", "a b", "x_1", "äb", "123456789012345678901"] {
            assert!(wrong.parse::<VirtualGroupId>().is_err(), "{wrong}");
        }
        for wrong in ["", "A/1", "Ä1", "123456789012345678901"] {
            assert!(wrong.parse::<ApmEntityId>().is_err(), "{wrong}");
            assert!(wrong.parse::<SubgroupId>().is_err(), "{wrong}");
        }
        assert!("12345678901234567890".parse::<ApmEntityId>().is_ok());
    }

    #[test]
    fn another_shape_of_a_subgroup_is_kept_and_told() {
        let known: SubgroupId = "sg-00000001".parse().expect("an identifier");
        assert!(known.has_known_shape());
        for odd in ["SG-1", "SG00000001", "SG-0000000A", "SG-000000011"] {
            let odd: SubgroupId = odd.parse().expect("kept");
            assert!(!odd.has_known_shape(), "{odd}");
        }
        assert_eq!(format!("{known:?}"), "SubgroupId(…)");
    }
}
