//! Reads a form from JSON by the rules of its year.

use serde_json::Value;

use super::{
    Application, ApplicationType, FollowUps, Form, Practice, Relationship, RelationshipKind,
    Reporting, ReportingOption,
};
use crate::{Fault, Fields, Line, RuleSet};

/// The most Service Center tickets a request names (domain.md #31).
const MAX_TICKETS: usize = 10;

/// The form in `document`, or every fault of it.
pub(super) fn form(document: &Value, rules: &RuleSet) -> Result<Form, Vec<Fault>> {
    let relationships: Vec<_> = rules
        .relationships
        .iter()
        .map(|choice| choice.code)
        .collect();
    let categories: Vec<_> = rules.categories.iter().map(|choice| choice.code).collect();
    let issues: Vec<_> = rules.issues.iter().map(|choice| choice.code).collect();
    let reasons: Vec<_> = rules.reasons.iter().map(|choice| choice.code).collect();
    Fields::read(document, |fields| Form {
        reasons_acknowledged: fields.text("reasons_acknowledged"),
        reasons: fields.choices("reasons", &reasons),
        application: fields.object("application", |fields| {
            application(fields, &rules.application_types)
        }),
        party_name: fields.text("party_name"),
        practice: fields.object("practice", practice),
        reporting: fields.object("reporting", |fields| {
            reporting(fields, &rules.reporting_options)
        }),
        tickets: fields.list("tickets", MAX_TICKETS),
        relationship: fields.object("relationship", |fields| {
            relationship(fields, &relationships)
        }),
        categories: fields.choices("categories", &categories),
        issues: fields.choices("issues", &issues),
        follow_ups: fields
            .object("follow_ups", |fields| Some(follow_ups(fields)))
            .unwrap_or_default(),
        description: fields.text("description"),
    })
}

fn follow_ups(fields: &mut Fields<'_>) -> FollowUps {
    FollowUps {
        exception_id: fields.text("exception_id"),
        measure_id: fields.text("measure_id"),
        right_tin: fields.text("right_tin"),
        wrong_tin: fields.text("wrong_tin"),
        right_npi: fields.text("right_npi"),
        wrong_npi: fields.text("wrong_npi"),
    }
}

fn application(fields: &mut Fields<'_>, allowed: &[ApplicationType]) -> Option<Application> {
    let kind = fields.choice("type", allowed);
    let kind = fields.require("type", kind, "say who applies, such as individual or group");
    let npi = fields.text("npi");
    let tin = fields.text("tin");
    let virtual_group_id = fields.text("virtual_group_id");
    let apm_entity_id = fields.text("apm_entity_id");
    let subgroup_id = fields.text("subgroup_id");
    let title = fields.text("title");
    let kind = kind?;
    // One request has one identifier (domain.md #28); after a change of type the other is taken away by null.
    let given = [
        ("npi", npi.is_some()),
        ("tin", tin.is_some()),
        ("virtual_group_id", virtual_group_id.is_some()),
        ("apm_entity_id", apm_entity_id.is_some()),
        ("subgroup_id", subgroup_id.is_some()),
        ("title", title.is_some()),
    ];
    for (name, there) in given {
        if there && !kind.identified_by().contains(&name) {
            let right = kind.identified_by()[0];
            fields.fault(name, "not_allowed", format!("an application of this type is identified by its {right} alone; set {name} to null"));
        }
    }
    Some(match kind {
        ApplicationType::Individual => Application::Individual { npi },
        ApplicationType::Group => Application::Group { tin },
        ApplicationType::VirtualGroup => Application::VirtualGroup { virtual_group_id },
        ApplicationType::ApmEntity => Application::ApmEntity { apm_entity_id },
        ApplicationType::Subgroup => Application::Subgroup { subgroup_id },
        ApplicationType::Unknown => Application::Unknown { title, npi },
    })
}

#[derive(Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
enum PracticeChoice {
    Listed,
    NotListed,
}

fn practice(fields: &mut Fields<'_>) -> Option<Practice> {
    let choice = fields.choice(
        "choice",
        &[PracticeChoice::Listed, PracticeChoice::NotListed],
    );
    let choice = fields.require("choice", choice, "say listed or not_listed");
    let name = fields.text("name");
    let tin = fields.text("tin");
    match choice? {
        PracticeChoice::Listed => {
            if tin.is_some() {
                fields.fault(
                    "tin",
                    "not_allowed",
                    "a listed practice is named, its TIN is not asked for; set tin to null",
                );
            }
            Some(Practice::Listed {
                name: fields.require(
                    "name",
                    name,
                    "give the practice's name as the look-up shows it",
                )?,
            })
        }
        PracticeChoice::NotListed => {
            let tin = fields.require(
                "tin",
                tin,
                "give the TIN of the practice that is not listed",
            );
            Some(Practice::NotListed { tin: tin?, name })
        }
    }
}

fn reporting(fields: &mut Fields<'_>, allowed: &[ReportingOption]) -> Option<Reporting> {
    if allowed.is_empty() {
        fields.fault(
            "option",
            "not_allowed",
            "this year's form does not ask for a reporting option; set reporting to null",
        );
        fields.text::<Line<200>>("option");
        fields.text::<Line<200>>("name");
        return None;
    }
    let option = fields.choice("option", allowed);
    let option = fields.require("option", option, "say how the data was reported");
    let name = fields.text("name");
    let refuse_name = |fields: &mut Fields<'_>| {
        if name.is_some() {
            fields.fault(
                "name",
                "not_allowed",
                "only an MVP has a name; set name to null",
            );
        }
    };
    match option? {
        ReportingOption::TraditionalMips => {
            refuse_name(fields);
            Some(Reporting::TraditionalMips)
        }
        ReportingOption::App => {
            refuse_name(fields);
            Some(Reporting::App)
        }
        ReportingOption::Mvp => Some(Reporting::Mvp {
            name: fields.require(
                "name",
                name,
                "name the MVP, by its title or its id such as G0053",
            )?,
        }),
    }
}

fn relationship(fields: &mut Fields<'_>, allowed: &[RelationshipKind]) -> Option<Relationship> {
    let kind = fields.choice("kind", allowed);
    let kind = fields.require("kind", kind, "say how you are related to the party");
    let description = fields.text("description");
    let kind = kind?;
    if kind != RelationshipKind::Other && description.is_some() {
        fields.fault(
            "description",
            "not_allowed",
            "only the kind other is described; set description to null",
        );
    }
    Some(Relationship { kind, description })
}
