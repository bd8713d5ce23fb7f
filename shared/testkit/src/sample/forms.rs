//! What a filer types, and what the look-up knows of it.

use domain::{
    Certification, Clinician, Eligibility, FormPatch, ListedApm, ListedPractice, TextRef,
    TinEnding, rule_set,
};
use serde_json::json;

/// Pieces of what the samples hold that must stay out of logs, queues and metrics (promise P6).
pub const SECRETS: [&str; 9] = [
    "1234567893",
    "0162474486",
    "000045100",
    "00-0045100",
    "hospital-based",
    "front.desk",
    "billing@",
    "Owner@",
    "Sample Family Practice",
];

fn present(name: &str) -> TextRef {
    let rules = rule_set(super::year()).expect("PY2024 has a rule set");
    let text = rules.text(name).expect("the year has this text");
    text.reference.clone()
}

/// A complete PY2024 form of an individual clinician.
#[must_use]
pub fn individual() -> FormPatch {
    FormPatch(json!({
        "reasons_acknowledged": present("reasons"),
        "application": {"type": "individual", "npi": "1234567893"},
        "practice": {"choice": "not_listed", "tin": "00-0045100"},
        "reporting": {"option": "traditional_mips"},
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "The clinician is hospital-based, but was scored.",
    }))
}

/// A complete PY2024 form of a group.
#[must_use]
pub fn group() -> FormPatch {
    FormPatch(json!({
        "reasons_acknowledged": present("reasons"),
        "application": {"type": "group", "tin": "000045100"},
        "party_name": "Sample Family Practice",
        "reporting": {"option": "app"},
        "relationship": {"kind": "group_or_aco_representative"},
        "categories": ["quality", "cost"],
        "issues": ["submission", "general"],
        "description": "The hospital-based clinicians were counted.",
    }))
}

/// A form in which every optional field is there, with characters from outside ASCII.
#[must_use]
pub fn every_answer() -> FormPatch {
    FormPatch(json!({
        "reasons_acknowledged": present("reasons"),
        "application": {"type": "individual", "npi": "0162474486"},
        "party_name": "Zoë Sample-O'Neill",
        "practice": {"choice": "not_listed", "tin": "000045100", "name": "Sample Family Practice"},
        "reporting": {"option": "mvp", "name": "G0053"},
        "tickets": ["CS0606124", "INC-9"],
        "relationship": {"kind": "other", "description": "the clinician's daughter"},
        "categories": ["quality", "improvement_activities", "promoting_interoperability", "cost", "additional_bonus_points"],
        "issues": ["submission", "eligibility_special_status", "extreme_circumstances", "measure_activity", "general"],
        "description": "Flood — 洪水 🌊.\r\n\tThe clinician is \"hospital-based\"\\.",
    }))
}

/// A contact with an extension and two staff; the contact is the owner's colleague.
#[must_use]
pub fn contact_and_staff() -> FormPatch {
    FormPatch(json!({
        "contact": {"phone": "866-288-8292", "extension": "12", "email": "front.desk@example.org"},
        "staff": ["billing@example.org", "second.billing@example.org"],
    }))
}

/// What someone signs who acts for a party.
#[must_use]
pub fn certification() -> Certification {
    Certification {
        text: present("certification-on-behalf"),
        disclosures: present("disclosures"),
    }
}

/// What a clinician signs in person.
#[must_use]
pub fn clinician_certification() -> Certification {
    Certification {
        text: present("certification-clinician"),
        ..certification()
    }
}

/// What the participation look-up lists under the NPI of [`individual`].
#[must_use]
pub fn clinician() -> Clinician {
    Clinician {
        first_name: "Zoë".parse().ok(),
        last_name: "Sample-O'Neill".parse().ok(),
        clinician_type: "Doctor of Medicine".parse().ok(),
        qp_status: "N".parse().ok(),
        practices: vec![
            ListedPractice {
                name: "Sample Family Practice".parse().ok(),
                tin: TinEnding::of("XXXXX5100"),
                specialty: "Family Practice".parse().ok(),
                clinician_type: "Doctor of Medicine".parse().ok(),
                eligible: Eligibility {
                    individual: Some(true),
                    mips_apm: Some(false),
                    ..Eligibility::default()
                },
                extreme_hardship: Some(false),
                apms: vec![ListedApm {
                    entity_name: "Sample Accountable Care".parse().ok(),
                    apm_id: "08".parse().ok(),
                    apm_name: None,
                }],
                virtual_groups: "x12345".parse().into_iter().collect(),
            },
            ListedPractice::default(),
        ],
    }
}
