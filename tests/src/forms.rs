//! What people send. Every identifier is one of the guides' samples (domain.md #59, #60), every address is at example.org.

use serde_json::{Value, json};

/// The statement of truth, accepted.
#[must_use]
pub fn acceptance() -> Value {
    json!({ "text": "statement-of-truth/1" })
}

/// A complete form of a group.
#[must_use]
pub fn group() -> Value {
    json!({
        "reasons_acknowledged": "reasons/2024.1",
        "application": { "type": "group", "tin": "000045100" },
        "party_name": "Sample Family Practice",
        "reporting": { "option": "traditional_mips" },
        "relationship": { "kind": "practice_staff" },
        "categories": ["quality"],
        "issues": ["submission"],
        "description": "A measure was filed under another TIN.",
    })
}

/// A complete form of an individual clinician.
#[must_use]
pub fn individual() -> Value {
    json!({
        "reasons_acknowledged": "reasons/2024.1",
        "application": { "type": "individual", "npi": "1234567893" },
        "party_name": "Dr. Sample",
        "practice": { "choice": "not_listed", "tin": "000045100", "name": "Sample Family Practice" },
        "reporting": { "option": "mvp", "name": "G0053" },
        "relationship": { "kind": "practice_staff" },
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "The clinician is hospital-based.",
    })
}

/// A contact with that address, and staff.
#[must_use]
pub fn people(contact: &str, staff: &[&str]) -> Value {
    json!({ "contact": { "phone": "866-288-8292", "email": contact }, "staff": staff })
}

/// The certification of someone who acts for the party, of the form's `revision`.
#[must_use]
pub fn submission(revision: u64) -> Value {
    json!({
        "form_revision": revision,
        "certification": { "text": "certification-on-behalf/2024.1", "disclosures": "disclosures/2024.1" },
    })
}
