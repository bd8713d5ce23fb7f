//! Doubts about a form: worth a second look, never in the way (domain.md #14, #59, #61, #62).

use super::{
    Application, ApplicationType, FollowUp, Form, Preflight, RelationshipKind, ReportingOption,
};
use crate::{Advice, ApmEntityTakes, Issue, Outline, RuleSet, StatusName};

/// Adds every doubt about `form` to what was found.
pub(super) fn doubts(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    scope(found, form, rules);
    if let Some(application) = &form.application {
        shapes(found, application);
        level(found, form, application, rules);
    }
    answers(found, form, rules);
}

/// A reason chosen from the reasons screen that the year's rules do not take (domain.md #4, #27).
fn scope(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    for (place, chosen) in form.reasons.iter().enumerate() {
        let known = rules.reasons.iter().find(|reason| reason.code == *chosen);
        if let Some(reason) = known.filter(|reason| !reason.in_scope) {
            let message = format!(
                "\"{}\" is most likely not something a targeted review can change. You can go on; the Service Center may help sooner: {} ({}).",
                reason.label, rules.contacts.phone, rules.contacts.relay
            );
            found.advise(
                format!("/form/reasons/{place}"),
                "likely_out_of_scope",
                message,
            );
        }
    }
}

fn shapes(found: &mut Preflight, application: &Application) {
    if application
        .npi()
        .is_some_and(|npi| !npi.check_digit_holds())
    {
        found.advise("/form/application/npi", "npi_check_digit", "The check digit of this NPI does not fit; please compare it with your records. You can go on if it is what you mean.");
    }
    if let Application::Subgroup {
        subgroup_id: Some(id),
    } = application
        && !id.has_known_shape()
    {
        found.advise(
            "/form/application/subgroup_id",
            "subgroup_shape",
            "Subgroup IDs look like SG-00000001; please check this one.",
        );
    }
}

/// Whether the request is filed at the level at which the data was reported (domain.md #14).
fn level(found: &mut Preflight, form: &Form, application: &Application, rules: &RuleSet) {
    let kind = application.kind();
    let place = "/form/application/type";
    let about_eligibility = form.issues.contains(&Issue::EligibilitySpecialStatus);
    if about_eligibility && kind != ApplicationType::Individual && kind != ApplicationType::Unknown
    {
        let message = match &rules.apm_scoring {
            Some(scoring) => format!(
                "A clinician's MIPS eligibility, and eligibility to be scored under the {scoring}, are asked for as an individual clinician. Other eligibility questions stay at the level at which the data was reported."
            ),
            None => "A clinician's MIPS eligibility is asked for as an individual clinician. Other eligibility questions stay at the level at which the data was reported.".to_owned(),
        };
        found.advise(place, "level_eligibility", message);
    }
    let by_clinician = form
        .relationship
        .as_ref()
        .is_some_and(|relationship| relationship.kind == RelationshipKind::Clinician);
    if kind == ApplicationType::Group && by_clinician {
        found.advise(place, "level_group", "One group request covers every clinician of the group. Clinicians whose data was reported individually each need a request of their own.");
    }
    if kind == ApplicationType::ApmEntity && rules.apm_entity_takes == ApmEntityTakes::EntityOnly {
        let traditional = form
            .reporting
            .as_ref()
            .is_some_and(|reporting| reporting.option() == ReportingOption::TraditionalMips);
        if by_clinician || traditional {
            found.advise(place, "level_entity", "This type is for participation of the APM Entity as a whole. A clinician or practice in the entity that reported for itself files as an individual or a group.");
        }
    }
}

fn answers(found: &mut Preflight, form: &Form, rules: &RuleSet) {
    let party_is_its_own_practice = form
        .application
        .as_ref()
        .is_some_and(|application| application.kind() == ApplicationType::Group);
    if party_is_its_own_practice && form.practice.is_some() {
        found.advise(
            "/form/practice",
            "practice_of_group",
            "A group is identified by its own TIN; the practice is not looked at.",
        );
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
    let npis = [
        (FollowUp::RightNpi, &form.follow_ups.right_npi),
        (FollowUp::WrongNpi, &form.follow_ups.wrong_npi),
    ];
    for (question, npi) in npis {
        if npi.as_ref().is_some_and(|npi| !npi.check_digit_holds()) {
            found.advise(
                format!("/form/follow_ups/{}", question.field()),
                "npi_check_digit",
                "The check digit of this NPI does not fit; please compare it with your records.",
            );
        }
    }
    let asked: Vec<_> = rules
        .questions(&form.issues)
        .map(|question| question.code)
        .collect();
    for question in FollowUp::ALL {
        if form.follow_ups.answers(question) && !asked.contains(&question) {
            found.advise(
                format!("/form/follow_ups/{}", question.field()),
                "follow_up_not_asked",
                "None of the chosen issues asks for this; it is kept, and the reviewers see it.",
            );
        }
    }
}

/// That another request of the same filer, not withdrawn, names the same party in the same year.
#[must_use]
pub fn possible_duplicate<'a>(
    mine: &Outline,
    others: impl IntoIterator<Item = &'a Outline>,
) -> Option<Advice> {
    let application = mine.application.as_ref()?;
    let twin = others.into_iter().find(|other| {
        let alive = match other.status.name() {
            StatusName::Withdrawn | StatusName::NotSubmitted => false,
            StatusName::Draft
            | StatusName::InReview
            | StatusName::AwaitingDocuments
            | StatusName::Approved
            | StatusName::Denied => true,
        };
        alive
            && other.id != mine.id
            && other.year == mine.year
            && other
                .application
                .as_ref()
                .is_some_and(|its| its.same_party(application))
    })?;
    Some(Advice {
        pointer: "/form/application".to_owned(),
        code: "possible_duplicate",
        message: format!(
            "Your request {} names the same party in the same year. A second one is only looked at if it is about something else.",
            twin.id
        ),
    })
}
