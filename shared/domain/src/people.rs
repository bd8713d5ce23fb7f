//! The people of a review besides its owner: the contact and the additional staff.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::form::changed_fields;
use crate::{AccountKey, Actor, Email, Fault, Fields, FormPatch, Line, Phone, Pointer};

/// The most staff addresses of a review (domain.md #34).
pub const MAX_STAFF: usize = 20;

/// A phone's extension.
pub type Extension = Line<10>;

/// Who can be reached about a review (domain.md #32, #34).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Whom the reviewers call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Contact>,
    /// Additional staff, by address; each person once whatever the letter case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub staff: Vec<Email>,
    /// Staff who have opened the review, with the account that did; no patch reaches these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bound: Vec<Binding>,
}

/// A staff address and the account that first used it (domain.md #25). From then on the account counts,
/// whatever becomes of its address, and no other account with that address is staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The address, as it stands in the list of staff.
    pub address: Email,
    /// The account.
    pub account: AccountKey,
}

/// Whom the reviewers call (domain.md #32).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The phone number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Its extension.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
    /// The email address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
}

impl People {
    /// These people with a merge-patch (RFC 7396) applied, read anew.
    ///
    /// # Errors
    /// Every fault of the result, by JSON pointer.
    pub fn patched(&self, patch: &FormPatch) -> Result<Self, Vec<Fault>> {
        if !patch.0.is_object() {
            return Err(vec![Fault::new(
                "",
                "wrong_type",
                "send a JSON object with the fields to change; null takes one away",
            )]);
        }
        let mut document = self.as_entered().to_value();
        json_patch::merge(&mut document, &patch.0);
        let read = Fields::read(&document, |fields| Self {
            contact: fields.object("contact", |fields| {
                Some(Contact {
                    phone: fields.text("phone"),
                    extension: fields.text("extension"),
                    email: fields.text("email"),
                })
            }),
            staff: each_once(fields.list("staff", MAX_STAFF)),
            bound: Vec::new(),
        })?;
        let stays = |binding: &&Binding| read.lists(&binding.address);
        let bound = self.bound.iter().filter(stays).cloned().collect();
        Ok(Self { bound, ..read })
    }

    /// What people entered and can change: all but the bindings.
    #[must_use]
    pub fn as_entered(&self) -> Self {
        Self {
            bound: Vec::new(),
            ..self.clone()
        }
    }

    /// Whether the address is one of the staff's, whatever its letter case.
    #[must_use]
    pub fn lists(&self, address: &Email) -> bool {
        let address = address.normalised();
        self.staff.iter().any(|staff| staff.normalised() == address)
    }

    /// The account that the address is bound to.
    #[must_use]
    pub fn bound_to(&self, address: &Email) -> Option<&AccountKey> {
        let address = address.normalised();
        self.bound
            .iter()
            .find(|binding| binding.address.normalised() == address)
            .map(|binding| &binding.account)
    }

    /// The address by which the actor is staff: the one that its account is bound to, else its verified
    /// address if that is listed and not bound to another account.
    #[must_use]
    pub fn staff_address(&self, actor: &Actor) -> Option<&Email> {
        let account = actor.account.key();
        let own = self.bound.iter().find(|binding| binding.account == account);
        if let Some(binding) = own {
            return Some(&binding.address);
        }
        let verified = actor.email.as_ref()?.normalised();
        self.staff
            .iter()
            .find(|staff| staff.normalised() == verified)
            .filter(|staff| self.bound_to(staff).is_none())
    }

    /// Whether the actor's account is bound to a staff address.
    #[must_use]
    pub fn knows(&self, actor: &Actor) -> bool {
        let account = actor.account.key();
        self.bound.iter().any(|binding| binding.account == account)
    }

    /// Whether the actor is of the staff.
    #[must_use]
    pub fn is_staff(&self, actor: &Actor) -> bool {
        self.staff_address(actor).is_some()
    }

    /// Addresses of `self` that `other` does not have.
    #[must_use]
    pub fn staff_not_in(&self, other: &Self) -> Vec<Email> {
        let missing = |staff: &&Email| !other.lists(staff);
        self.staff.iter().filter(missing).cloned().collect()
    }

    /// What a request needs of its people and does not have (domain.md #32).
    #[must_use]
    pub fn missing(&self) -> Vec<Fault> {
        let contact = self.contact.clone().unwrap_or_default();
        let phone = contact.phone.is_none().then(|| {
            let message = "give a phone number for questions about this request";
            Fault::new("/contact/phone", "missing", message)
        });
        let email = contact.email.is_none().then(|| {
            let message = "give the email address for questions about this request";
            Fault::new("/contact/email", "missing", message)
        });
        phone.into_iter().chain(email).collect()
    }

    /// Pointers of the top-level fields in which these people and `other` differ, bindings apart.
    #[must_use]
    pub fn difference(&self, other: &Self) -> Vec<Pointer> {
        let mut fields = changed_fields(&self.to_value(), &other.to_value());
        fields.retain(|field| field != "/bound");
        fields
    }

    fn to_value(&self) -> Value {
        serde_json::to_value(self).expect("people are made of texts and lists")
    }
}

/// One address a person: the first spelling stays.
fn each_once(addresses: Vec<Email>) -> Vec<Email> {
    let mut seen = std::collections::HashSet::new();
    addresses
        .into_iter()
        .filter(|address| seen.insert(address.normalised()))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn staff_are_persons_not_spellings() {
        let patch =
            FormPatch(json!({"staff": ["A@example.org", "a@EXAMPLE.org", "b@example.org"]}));
        let people = People::default().patched(&patch).expect("people");
        assert_eq!(
            people.staff.iter().map(Email::reveal).collect::<Vec<_>>(),
            ["A@example.org", "b@example.org"]
        );
    }

    #[test]
    fn faults_name_the_place() {
        let many: Vec<_> = (0..21).map(|n| format!("p{n}@example.org")).collect();
        let patch = FormPatch(
            json!({"contact": {"phone": "911", "email": "x", "fax": "1"}, "staff": many}),
        );
        let faults = People::default().patched(&patch).expect_err("faults");
        let pointers: Vec<_> = faults.iter().map(|fault| fault.pointer.as_str()).collect();
        assert_eq!(
            pointers,
            ["/contact/phone", "/contact/email", "/contact/fax", "/staff"]
        );
    }
}
