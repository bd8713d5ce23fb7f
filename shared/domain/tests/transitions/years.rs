//! Every type of every year, from the empty draft to the submission; and what only old years have.

use domain::{
    ApplicationType, Certification, Command, CommitId, Context, DocumentAsk, DocumentStep,
    FormPatch, Relation, Review, ReviewId, RuleSet, StatusName, Window, create, relation, rule_set,
    rule_sets, transition,
};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::cast::reviewer;
use crate::sample::{contact_and_staff, owner};

fn within<T>(
    rules: &RuleSet,
    at: Timestamp,
    actor: &domain::Actor,
    relation: Relation,
    decision: impl FnOnce(&Context<'_>) -> T,
) -> T {
    let window = Window::at(at, &rules.window);
    decision(&Context {
        at,
        actor,
        relation,
        rules,
        window: &window,
        commit: &CommitId::from_random([2; 16]),
    })
}

/// An hour before the year's last close.
fn late(rules: &RuleSet) -> Timestamp {
    let last = rules.window.last().and_then(|change| change.closes);
    last.expect("every year closed") - jiff::SignedDuration::from_hours(1)
}

fn identified(kind: ApplicationType) -> Value {
    match kind {
        ApplicationType::Individual => json!({"type": "individual", "npi": "1234567893"}),
        ApplicationType::Group => json!({"type": "group", "tin": "000045100"}),
        ApplicationType::VirtualGroup => {
            json!({"type": "virtual_group", "virtual_group_id": "x12345"})
        }
        ApplicationType::ApmEntity => json!({"type": "apm_entity", "apm_entity_id": "A1234"}),
        ApplicationType::Subgroup => json!({"type": "subgroup", "subgroup_id": "SG-00000001"}),
        ApplicationType::Unknown => json!({"type": "unknown", "title": "Sample Clinic"}),
    }
}

fn answers(rules: &RuleSet, kind: ApplicationType) -> FormPatch {
    let mut form = json!({
        "application": identified(kind),
        "practice": {"choice": "listed", "name": "Sample Family Practice"},
        "relationship": {"kind": "practice_staff"},
        "categories": ["quality"],
        "issues": ["general"],
        "description": "It is not what it should be.",
    });
    if let Some(reasons) = rules.text("reasons") {
        form["reasons_acknowledged"] = json!(reasons.reference);
    }
    if !rules.reporting_options.is_empty() {
        form["reporting"] = json!({"option": "app"});
    }
    FormPatch(form)
}

fn give(rules: &RuleSet, review: &Review, command: Command) -> Review {
    let outcome = within(rules, late(rules), &owner(), Relation::Owner, |context| {
        transition(review, command, context)
    });
    outcome.expect("it lacks nothing").review
}

fn complete(rules: &RuleSet, kind: ApplicationType) -> Review {
    let id = ReviewId::from_random(rules.year, 1);
    let name = "Untitled".parse().expect("a line");
    let begun = within(rules, late(rules), &owner(), Relation::Owner, |context| {
        create(id, name, context)
    });
    let draft = begun.expect("the window is open").review;
    let form = Command::EditForm {
        revision: 0,
        patch: answers(rules, kind),
    };
    let draft = give(rules, &draft, form);
    let people = Command::EditPeople {
        version: draft.outline.version,
        patch: FormPatch(contact_and_staff().0),
    };
    give(rules, &draft, people)
}

fn submitted(rules: &RuleSet, kind: ApplicationType) -> Review {
    let draft = complete(rules, kind);
    let text = |name: &str| {
        rules
            .text(name)
            .expect("every year has it")
            .reference
            .clone()
    };
    let submit = Command::Submit {
        form_revision: draft.outline.form_revision,
        certification: Certification {
            text: text("certification-on-behalf"),
            disclosures: text("disclosures"),
        },
    };
    give(rules, &draft, submit)
}

#[test]
fn a_draft_of_each_type_for_each_year_can_be_submitted() {
    let mut submissions = 0;
    for rules in rule_sets() {
        for &kind in &rules.application_types {
            let review = submitted(rules, kind);
            assert_eq!(review.outline.status.name(), StatusName::InReview);
            assert!(
                review
                    .outline
                    .application
                    .is_some_and(|party| party.identifier().is_some())
            );
            submissions += 1;
        }
    }
    assert_eq!(submissions, 22);
}

#[test]
fn draft_complete_is_what_2019_and_2020_call_it() {
    for rules in rule_sets() {
        let label = complete(rules, ApplicationType::Individual)
            .outline
            .status
            .label();
        let expected = match i64::from(rules.year) {
            2019 | 2020 => "Draft Complete",
            _ => "Draft in Progress",
        };
        assert_eq!(label, expected, "{}", rules.year);
    }
    let rules = rule_set("2019".parse().expect("a year")).expect("a rule set");
    let open = give(
        rules,
        &complete(rules, ApplicationType::Individual),
        Command::EditForm {
            revision: 1,
            patch: FormPatch(json!({"description": null})),
        },
    );
    assert_eq!(open.outline.status.label(), "Draft in Progress");
}

#[test]
fn a_reviewer_of_2017_sets_the_day() {
    let rules = rule_set("2017".parse().expect("a year")).expect("a rule set");
    let review = submitted(rules, ApplicationType::Group);
    let ask = |last_day: Option<&str>| {
        let items = vec![DocumentAsk {
            what: "The registry's confirmation".parse().expect("a line"),
            kind: None,
        }];
        let last_day = last_day.map(|day| day.parse().expect("a day"));
        let step = DocumentStep::Request {
            items,
            message: None,
            last_day,
        };
        let relation = relation(&review, &reviewer()).expect("it was submitted");
        within(rules, late(rules), &reviewer(), relation, |context| {
            transition(&review, Command::Documents(step), context)
        })
    };
    assert!(ask(None).is_err());
    assert!(ask(Some("2018-10-14")).is_err());
    let waiting = ask(Some("2018-10-20")).expect("a day to come").review;
    assert_eq!(waiting.outline.status.name(), StatusName::AwaitingDocuments);
}
