//! The check before submission: faults block, advice never does.

use serde::Serialize;

use super::{Application, Form, Practice, RelationshipKind};
use crate::{Advice, Fault, People, RuleSet};

/// What stands between a draft and its submission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Preflight {
    /// What must be mended. Pointers begin with `/form` or `/people`.
    pub faults: Vec<Fault>,
    /// What is worth a second look.
    pub advice: Vec<Advice>,
}

impl Preflight {
    /// Whether nothing blocks the submission.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.faults.is_empty()
    }

    fn need(&mut self, pointer: &str, there: bool, message: &str) {
        if !there {
            self.faults.push(Fault::new(pointer, "missing", message));
        }
    }

    fn advise(&mut self, pointer: impl Into<String>, code: &'static str, message: &str) {
        self.advice.push(Advice {
            pointer: pointer.into(),
            code,
            message: message.to_owned(),
        });
    }
}

/// Checks a draft by the rules of its year.
#[must_use]
pub fn preflight(form: &Form, people: &People, rules: &RuleSet) -> Preflight {
    let mut found = Preflight::default();
    reasons(&mut found, form, rules);
    party(&mut found, form);
    claim(&mut found, form);
    let of_people = people.missing().into_iter();
    found
        .faults
        .extend(of_people.map(|fault| fault.under("/people")));
    found
}

fn reasons(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    let Some(current) = rules.text("reasons").map(|text| &text.reference) else {
        return;
    };
    match &form.reasons_acknowledged {
        Some(acknowledged) if acknowledged == current => {}
        Some(_) => found.faults.push(Fault::new(
            "/form/reasons_acknowledged",
            "invalid",
            format!("read the present text and acknowledge it as \"{current}\""),
        )),
        None => found.faults.push(Fault::new(
            "/form/reasons_acknowledged",
            "missing",
            format!("read the text on good reasons and acknowledge it as \"{current}\""),
        )),
    }
}

fn party(found: &mut Preflight, form: &Form) {
    match &form.application {
        None => found.need(
            "/form/application",
            false,
            "say who applies: an individual clinician or a group",
        ),
        Some(Application::Individual { npi }) => {
            found.need(
                "/form/application/npi",
                npi.is_some(),
                "give the clinician's NPI",
            );
            if npi.as_ref().is_some_and(|npi| !npi.check_digit_holds()) {
                found.advise("/form/application/npi", "npi_check_digit", "The check digit of this NPI does not fit; please compare it with your records. You can go on if it is what you mean.");
            }
            found.need(
                "/form/practice",
                form.practice.is_some(),
                "choose the clinician's practice, or \"not_listed\" with its TIN",
            );
        }
        Some(Application::Group { tin }) => {
            found.need(
                "/form/application/tin",
                tin.is_some(),
                "give the group's TIN",
            );
            if matches!(
                form.practice,
                Some(Practice::NotListed { .. } | Practice::Listed { .. })
            ) {
                found.advise(
                    "/form/practice",
                    "practice_of_group",
                    "A group is identified by its own TIN; the practice is not looked at.",
                );
            }
        }
    }
    for (place, ticket) in form.tickets.iter().enumerate() {
        if !ticket.has_known_shape() {
            found.advise(
                format!("/form/tickets/{place}"),
                "ticket_shape",
                "Service Center tickets look like CS0606124; please check this one.",
            );
        }
    }
}

fn claim(found: &mut Preflight, form: &Form) {
    found.need(
        "/form/reporting",
        form.reporting.is_some(),
        "say how the data was reported",
    );
    match &form.relationship {
        None => found.need(
            "/form/relationship",
            false,
            "say how you are related to the party",
        ),
        Some(relationship) => {
            let told =
                relationship.kind != RelationshipKind::Other || relationship.description.is_some();
            found.need(
                "/form/relationship/description",
                told,
                "describe your relationship to the party",
            );
        }
    }
    found.need(
        "/form/categories",
        !form.categories.is_empty(),
        "choose at least one performance category that is affected",
    );
    found.need(
        "/form/issues",
        !form.issues.is_empty(),
        "choose at least one issue",
    );
    found.need(
        "/form/description",
        form.description.is_some(),
        "describe what went wrong",
    );
}
