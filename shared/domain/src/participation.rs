//! What the public participation look-up tells of a clinician, and whom a form lets us look up
//! (domain.md #29, #30, #65).
//!
//! It helps to fill in a form and nothing else: no rule looks at it, and a form that never met it is as
//! good. So whatever the look-up leaves out is missing here, and never a fault.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Application, ApplicationType, Form, Line, Npi};

/// A clinician as the look-up lists them for one performance year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clinician {
    /// The first name; organisations have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<Line<200>>,
    /// The last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<Line<200>>,
    /// The type of clinician, such as "Doctor of Medicine".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clinician_type: Option<Line<200>>,
    /// The program's own code for the status as a qualifying APM participant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub qp_status: Option<Line<20>>,
    /// Where the clinician practised, in the look-up's order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub practices: Vec<ListedPractice>,
}

/// A practice of a clinician. What holds for the clinician there need not hold at the next one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedPractice {
    /// The name by which the form chooses it (domain.md #30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Line<200>>,
    /// The end of its TIN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tin: Option<TinEnding>,
    /// The clinician's specialty there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub specialty: Option<Line<200>>,
    /// The type of clinician there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clinician_type: Option<Line<200>>,
    /// Whether the clinician is eligible for MIPS there, by each way of reporting.
    #[serde(default)]
    pub eligible: Eligibility,
    /// Whether extreme and uncontrollable circumstances are on record there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extreme_hardship: Option<bool>,
    /// APMs in which the clinician took part there.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apms: Vec<ListedApm>,
    /// Identifiers of virtual groups to which the practice belonged.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub virtual_groups: Vec<Line<40>>,
}

/// Whether a clinician is eligible for MIPS; `None` where the look-up says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Eligibility {
    /// As an individual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub individual: Option<bool>,
    /// With the group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<bool>,
    /// In a MIPS APM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mips_apm: Option<bool>,
    /// In a virtual group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub virtual_group: Option<bool>,
}

/// An APM in which a clinician took part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedApm {
    /// The APM Entity's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity_name: Option<Line<200>>,
    /// The APM's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apm_id: Option<Line<40>>,
    /// The APM's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apm_name: Option<Line<200>>,
}

/// The last four digits of a TIN, which is all that the look-up shows: it cannot fill in a TIN
/// (domain.md #65).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TinEnding(String);

impl TinEnding {
    /// The ending of a TIN, however it is masked. Should it ever come in full, the rest is dropped here.
    /// `None` when the last four characters are no digits.
    #[must_use]
    pub fn of(tin: &str) -> Option<Self> {
        let tin = tin.trim();
        let ending = tin.get(tin.len().checked_sub(4)?..)?;
        ending
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| Self(ending.to_owned()))
    }

    /// `*****` and the four digits (domain.md #52).
    #[must_use]
    pub fn masked(&self) -> String {
        format!("*****{}", self.0)
    }
}

/// It belongs to a practice: `Debug`, which ends in logs, shows nothing of it.
impl fmt::Debug for TinEnding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TinEnding(****)")
    }
}

/// Why there is nobody to look up for a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoLookUp {
    /// Nobody has said yet who applies.
    #[error(
        "The application type is not chosen yet. Choose it in the form, with an NPI if it is a clinician; then names can be looked up."
    )]
    NoType,
    /// The type has an NPI, and it is not typed yet.
    #[error(
        "The clinician's NPI is not in the form yet. Enter it, and the name and practices can be looked up; or go on and type them."
    )]
    NoNpi,
    /// The look-up lists clinicians.
    #[error(
        "The public look-up lists clinicians by NPI; there is none for the type \"{}\". Go on and type the names.",
        .0.label()
    )]
    NotAClinician(ApplicationType),
}

/// The clinician whom `form` is about.
///
/// # Errors
/// [`NoLookUp`] says which answer is missing, or that the type has no NPI (domain.md #28).
pub fn clinician_of(form: &Form) -> Result<&Npi, NoLookUp> {
    match form.application.as_ref().ok_or(NoLookUp::NoType)? {
        Application::Individual { npi } | Application::Unknown { npi, .. } => {
            npi.as_ref().ok_or(NoLookUp::NoNpi)
        }
        other @ (Application::Group { .. }
        | Application::VirtualGroup { .. }
        | Application::ApmEntity { .. }
        | Application::Subgroup { .. }) => Err(NoLookUp::NotAClinician(other.kind())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{FormPatch, rule_set};

    #[test]
    fn of_a_tin_only_the_last_four_digits_are_ever_kept() {
        for (tin, masked) in [
            ("XXXXX5100", Some("*****5100")),
            ("*****5100", Some("*****5100")),
            (" 000045100 ", Some("*****5100")),
            ("XXXXXXXXX", None),
            ("510", None),
            ("", None),
            ("€€100", None),
        ] {
            let ending = TinEnding::of(tin);
            let shown = ending.as_ref().map(TinEnding::masked);
            assert_eq!(shown.as_deref(), masked, "{tin}");
            assert!(!format!("{ending:?}").contains("5100"));
        }
    }

    #[test]
    fn a_clinician_is_looked_up_by_the_npi_of_the_form_and_nobody_else_is() {
        let rules = rule_set("2019".parse().expect("a year")).expect("a rule set");
        let of = |application| {
            let patch = FormPatch(json!({ "application": application }));
            let form = Form::default().patched(&patch, rules).expect("a form");
            clinician_of(&form).map(|npi| npi.as_str().to_owned())
        };
        let npi = "1234567893";
        assert_eq!(
            of(json!({"type": "individual", "npi": npi})),
            Ok(npi.into())
        );
        assert_eq!(of(json!({"type": "unknown", "npi": npi})), Ok(npi.into()));
        assert_eq!(of(json!({"type": "individual"})), Err(NoLookUp::NoNpi));
        assert_eq!(of(json!({"type": "unknown"})), Err(NoLookUp::NoNpi));
        let group = of(json!({"type": "group", "tin": "000045100"}));
        assert_eq!(group, Err(NoLookUp::NotAClinician(ApplicationType::Group)));
        assert_eq!(clinician_of(&Form::default()), Err(NoLookUp::NoType));
    }
}
