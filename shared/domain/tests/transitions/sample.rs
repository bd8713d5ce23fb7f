//! A PY2024 request of one owner, and the decisions on it.

use domain::{
    Account, Actor, Certification, Change, Command, CommitId, Context, FormPatch, Refused,
    Relation, Review, ReviewId, RuleSet, Window, WindowChange, create, rule_set, transition,
};
use jiff::Timestamp;
use serde_json::json;

/// 10:00 in New York on a day within the window, its close announced.
pub(crate) const IN_WINDOW: &str = "2025-10-20T14:00:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(crate) fn rules() -> &'static RuleSet {
    rule_set("2024".parse().expect("a year")).expect("PY2024 has a rule set")
}

pub(crate) fn owner() -> Actor {
    Actor {
        account: Account {
            issuer: "https://identity.example.org".to_owned(),
            subject: "owner".to_owned(),
        },
        email: "Owner@example.org".parse().ok(),
        roles: Vec::new(),
        organization: None,
    }
}

/// Decides in a commit of its own: the same `number` is the same commit.
pub(crate) fn decide<T>(
    at: Timestamp,
    later_changes: &[WindowChange],
    number: u8,
    decision: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let window = Window::at(at, rules().window.iter().chain(later_changes));
    decision(&Context {
        at,
        actor: &owner(),
        relation: Relation::Owner,
        rules: rules(),
        window: &window,
        commit: &CommitId::from_random([number; 16]),
    })
}

pub(crate) fn begin(at: Timestamp) -> Result<Change, Refused> {
    let id = ReviewId::from_random(rules().year, 64);
    let name = "Untitled".parse().expect("a line");
    decide(at, &[], 0, |context| create(id, name, context))
}

/// The review after `command`, received within the window.
pub(crate) fn after(review: &Review, command: Command) -> Review {
    decide(at(IN_WINDOW), &[], 1, |context| {
        transition(review, command, context)
    })
    .expect("the sample is sound")
    .review
}

pub(crate) fn draft() -> Review {
    begin(at(IN_WINDOW)).expect("the window is open").review
}

pub(crate) fn complete() -> Review {
    let draft = after(&draft(), edit_form(&draft(), individual()));
    after(&draft, edit_people(&draft, contact_and_staff()))
}

pub(crate) fn in_review() -> Review {
    after(&complete(), submit(&complete()))
}

pub(crate) fn withdrawn() -> Review {
    after(&in_review(), Command::Withdraw)
}

pub(crate) fn individual() -> FormPatch {
    FormPatch(json!({
        "reasons_acknowledged": "reasons/2024.1",
        "application": {"type": "individual", "npi": "1234567893", "tin": null},
        "party_name": "Zoë Sample",
        "practice": {"choice": "not_listed", "tin": "00-0045100", "name": "Sample Family Practice"},
        "reporting": {"option": "traditional_mips"},
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "The clinician is hospital-based, but was scored.",
    }))
}

pub(crate) fn contact_and_staff() -> FormPatch {
    FormPatch(json!({
        "contact": {"phone": "866-288-8292", "email": "front.desk@example.org"},
        "staff": ["billing@example.org"],
    }))
}

pub(crate) fn certification() -> Certification {
    Certification {
        text: "certification-on-behalf/2024.1".parse().expect("a text"),
        disclosures: "disclosures/2024.1".parse().expect("a text"),
    }
}

pub(crate) fn edit_form(review: &Review, patch: FormPatch) -> Command {
    Command::EditForm {
        revision: review.outline.form_revision,
        patch,
    }
}

pub(crate) fn edit_people(review: &Review, patch: FormPatch) -> Command {
    Command::EditPeople {
        version: review.outline.version,
        patch,
    }
}

pub(crate) fn submit(review: &Review) -> Command {
    Command::Submit {
        form_revision: review.outline.form_revision,
        certification: certification(),
    }
}
