//! The form: what the filer says about the party and the error (domain.md E).
//!
//! A draft holds whatever has been answered so far; each answer that is there is well formed. What is
//! still missing is for [`preflight()`] to say. The form is read from JSON by one door, [`Form::patched`],
//! so that a stored form and a sent one obey the same rules.

mod advice;
mod answers;
mod application;
mod preflight;
mod read;
mod tins;

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use advice::possible_duplicate;
pub use answers::{
    FollowUp, FollowUps, Practice, Relationship, RelationshipKind, Reporting, ReportingOption,
};
pub use application::{Application, ApplicationType};
pub use preflight::{Preflight, preflight};
pub use tins::with_masked_tins;

use crate::{
    Category, Description, Digest, Fault, Issue, Line, Pointer, Reason, RuleSet, TextRef, Ticket,
};

/// The filer's answers. Every field is optional while the review is a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The version of the reasons screen that was acknowledged (domain.md #27).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasons_acknowledged: Option<TextRef>,
    /// What the filer asks for, from the year's reasons screen (domain.md #27).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
    /// Who asks, with the identifier of that type (domain.md #28).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application: Option<Application>,
    /// The clinician's or the group's name (domain.md #29).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party_name: Option<Line<200>>,
    /// The practice of an individual clinician (domain.md #30).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practice: Option<Practice>,
    /// How the data was reported (domain.md #31).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reporting: Option<Reporting>,
    /// Service Center tickets, up to 10 (domain.md #31).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tickets: Vec<Ticket>,
    /// Who submits, in relation to the party (domain.md #33).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relationship: Option<Relationship>,
    /// The performance categories affected (domain.md #35).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// The issues claimed (domain.md #36).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<Issue>,
    /// Answers to the follow-up questions of these issues (domain.md #36).
    #[serde(default, skip_serializing_if = "FollowUps::is_empty")]
    pub follow_ups: FollowUps,
    /// What went wrong, in the filer's words (domain.md #37).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Description>,
}

/// A merge-patch (RFC 7396) for a form, not yet looked at.
#[derive(Clone, PartialEq)]
pub struct FormPatch(pub Value);

/// It may hold anything that a person typed.
impl std::fmt::Debug for FormPatch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormPatch(…)")
    }
}

impl Form {
    /// The exact bytes that are stored, and hashed for the record of a submission.
    #[must_use]
    pub fn to_bytes(&self) -> String {
        serde_json::to_string(self).expect("a form is made of texts and lists")
    }

    /// The SHA-256 of [`Form::to_bytes`].
    #[must_use]
    pub fn sha256(&self) -> Digest {
        Digest::of(&[self.to_bytes().as_bytes()])
    }

    /// This form with `patch` merged in, read anew by the rules of its year.
    ///
    /// # Errors
    /// Every fault of the result, by JSON pointer.
    pub fn patched(&self, patch: &FormPatch, rules: &RuleSet) -> Result<Self, Vec<Fault>> {
        if !patch.0.is_object() {
            return Err(vec![Fault::new(
                "",
                "wrong_type",
                "send a JSON object with the fields to change; null takes one away",
            )]);
        }
        let mut document = self.to_value();
        json_patch::merge(&mut document, &patch.0);
        read::form(&document, rules)
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("a form is made of texts and lists")
    }

    /// Pointers of the top-level fields in which this form and `other` differ.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Vec<Pointer> {
        changed_fields(&self.to_value(), &other.to_value())
    }
}

/// Pointers of the top-level fields in which two JSON objects differ, in alphabetical order.
pub(crate) fn changed_fields(one: &Value, other: &Value) -> Vec<Pointer> {
    let names = |value: &Value| {
        value
            .as_object()
            .map(|object| object.keys().cloned().collect::<Vec<_>>())
            .unwrap_or_default()
    };
    let mut all = [names(one), names(other)].concat();
    all.sort();
    all.dedup();
    all.into_iter()
        .filter(|name| one.get(name) != other.get(name))
        .map(|name| format!("/{name}"))
        .collect()
}

#[cfg(test)]
mod tests;
