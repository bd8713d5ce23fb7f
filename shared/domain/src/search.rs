//! Under which identifiers a submitted request can be found (domain.md #51).
//!
//! The facts lie in the form: nothing else copies them. What is stored for search is a keyed hash, so
//! that an index tells nobody a TIN.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::digest::hex;
use crate::{Application, Form, PersonHashKey, Practice};

/// What a request is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SearchKind {
    /// A clinician's NPI.
    Npi,
    /// A group's or practice's TIN.
    Tin,
    /// A virtual group, APM Entity or subgroup.
    Entity,
    /// A Service Center ticket.
    Ticket,
}

/// One of the keys under which a request is found.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SearchKey {
    /// What it is.
    pub kind: SearchKind,
    /// The first 128 bits, in hex, of the keyed hash of kind and value.
    pub hash: String,
}

impl SearchKey {
    /// The key of a value as it was parsed (upper-cased and without dashes where its type is so).
    #[must_use]
    pub fn of(key: &PersonHashKey, kind: SearchKind, value: &str) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(key.secret()).expect("HMAC takes a key of any length");
        let kind_name = match kind {
            SearchKind::Npi => "npi",
            SearchKind::Tin => "tin",
            SearchKind::Entity => "entity",
            SearchKind::Ticket => "ticket",
        };
        mac.update(kind_name.as_bytes());
        mac.update(b"|");
        mac.update(value.to_uppercase().as_bytes());
        Self {
            kind,
            hash: hex(&mac.finalize().into_bytes()[..16]),
        }
    }
}

/// Every key under which the request of this form is found, each once.
#[must_use]
pub fn search_keys(form: &Form, key: &PersonHashKey) -> Vec<SearchKey> {
    let of = |kind, value: &str| SearchKey::of(key, kind, value);
    let mut keys = Vec::new();
    if let Some(application) = &form.application {
        keys.extend(
            application
                .npi()
                .map(|npi| of(SearchKind::Npi, npi.as_str())),
        );
        keys.extend(
            application
                .tin()
                .map(|tin| of(SearchKind::Tin, tin.reveal())),
        );
        let entity = match application {
            Application::VirtualGroup {
                virtual_group_id: id,
            } => id.as_ref().map(|id| id.as_str()),
            Application::ApmEntity { apm_entity_id: id } => id.as_ref().map(|id| id.as_str()),
            Application::Subgroup { subgroup_id: id } => id.as_ref().map(|id| id.as_str()),
            Application::Individual { .. }
            | Application::Group { .. }
            | Application::Unknown { .. } => None,
        };
        keys.extend(entity.map(|id| of(SearchKind::Entity, id)));
    }
    if let Some(Practice::NotListed { tin, .. }) = &form.practice {
        keys.push(of(SearchKind::Tin, tin.reveal()));
    }
    let tickets = form.tickets.iter().map(ToString::to_string);
    keys.extend(tickets.map(|ticket| of(SearchKind::Ticket, &ticket)));
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{FormPatch, rule_set};

    #[test]
    fn found_by_every_identifier_and_told_by_none() {
        let rules = rule_set("2024".parse().expect("a year")).expect("a rule set");
        let patch = FormPatch(json!({
            "application": {"type": "individual", "npi": "1234567893"},
            "practice": {"choice": "not_listed", "tin": "00-0045100"},
            "tickets": ["cs0606124", "CS0606124"],
        }));
        let form = Form::default().patched(&patch, rules).expect("a form");
        let key = PersonHashKey::new(*b"key");
        let keys = search_keys(&form, &key);
        for (kind, value) in [
            (SearchKind::Npi, "1234567893"),
            (SearchKind::Tin, "000045100"),
            (SearchKind::Ticket, "CS0606124"),
        ] {
            assert!(keys.contains(&SearchKey::of(&key, kind, value)), "{kind:?}");
        }
        assert_eq!(keys.len(), 3);
        let other = search_keys(&form, &PersonHashKey::new(*b"other"));
        assert!(keys.iter().all(|key| !other.contains(key)));
        assert_ne!(
            SearchKey::of(&key, SearchKind::Tin, "1").hash,
            SearchKey::of(&key, SearchKind::Npi, "1").hash
        );
    }
}
