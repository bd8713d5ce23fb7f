//! The check before submission: faults block, advice never does.

use serde::Serialize;

use super::{Application, Form, RelationshipKind, advice};
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

    pub(super) fn advise(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.advice.push(Advice {
            pointer: pointer.into(),
            code,
            message: message.into(),
        });
    }
}

/// Checks a draft by the rules of its year.
#[must_use]
pub fn preflight(form: &Form, people: &People, rules: &RuleSet) -> Preflight {
    let mut found = Preflight::default();
    reasons(&mut found, form, rules);
    party(&mut found, form);
    claim(&mut found, form, rules);
    follow_ups(&mut found, form, rules);
    advice::doubts(&mut found, form, rules);
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
    let Some(application) = &form.application else {
        return found.need(
            "/form/application",
            false,
            "say who applies, such as an individual clinician or a group",
        );
    };
    let (pointer, there, message) = match application {
        Application::Individual { npi } => ("npi", npi.is_some(), "give the clinician's NPI"),
        Application::Group { tin } => ("tin", tin.is_some(), "give the group's TIN"),
        Application::VirtualGroup {
            virtual_group_id: id,
        } => (
            "virtual_group_id",
            id.is_some(),
            "give the virtual group's ID",
        ),
        Application::ApmEntity { apm_entity_id: id } => {
            ("apm_entity_id", id.is_some(), "give the APM Entity's ID")
        }
        Application::Subgroup { subgroup_id: id } => {
            ("subgroup_id", id.is_some(), "give the subgroup's ID")
        }
        Application::Unknown { title, .. } => (
            "title",
            title.is_some(),
            "give the application a title that says whom it is about",
        ),
    };
    found.need(&format!("/form/application/{pointer}"), there, message);
    if matches!(application, Application::Individual { .. }) {
        found.need(
            "/form/practice",
            form.practice.is_some(),
            "choose the clinician's practice, or \"not_listed\" with its TIN",
        );
    }
}

fn claim(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    found.need(
        "/form/reporting",
        form.reporting.is_some() || rules.reporting_options.is_empty(),
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

fn follow_ups(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    let open = rules
        .questions(&form.issues)
        .filter(|question| question.required && !form.follow_ups.answers(question.code));
    for question in open {
        found.faults.push(Fault::new(
            format!("/form/follow_ups/{}", question.code.field()),
            "missing",
            question.label.clone(),
        ));
    }
}
