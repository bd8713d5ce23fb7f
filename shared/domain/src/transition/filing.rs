//! What a filer does with a request: edit, certify and submit, withdraw, correct, comment, rename.

use super::next::Next;
use super::{Change, Context};
use crate::{
    Act, Actor, Certification, CommandName, CommentId, CommentedV1, CorrectionFiledV1,
    CorrectionRequest, Digest, Event, Fault, FileRef, Form, FormPatch, InReview, LateLeave, Line,
    MAX_COMMENTS, Place, Refused, RelationshipKind, ReviewSubmittedV1, ReviewWithdrawnV1, RuleSet,
    Side, Status, StatusName, Submission, Text, TextRef, Unfit, Version, WindowState, Withdrawn,
    correction::fits, preflight,
};

pub(super) fn edit_form(
    mut next: Next<'_>,
    revision: u64,
    patch: &FormPatch,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    context.within_window()?;
    let review = &mut next.review;
    if revision != review.outline.form_revision {
        return Err(Refused::StaleForm(review.outline.form_revision));
    }
    let form = review
        .form
        .patched(patch, context.rules)
        .map_err(Refused::Faulty)?;
    let fields = review.form.difference(&form);
    let outline = &mut review.outline;
    outline.form_revision += u64::from(form != review.form);
    outline.form_sha256 = form.sha256();
    outline.application = form.application.clone();
    let act = Act::FormEditedV1 {
        revision: outline.form_revision,
        fields,
        sha256: outline.form_sha256,
    };
    review.form = form;
    Ok(next.act(act).done(context))
}

pub(super) fn rename(
    mut next: Next<'_>,
    version: Version,
    name: Line<100>,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    next.seen_at(version, CommandName::Rename)?;
    next.review.outline.name = name;
    Ok(next.act(Act::RenamedV1).done(context))
}

/// Submits a draft, or a request that the closing overtook: judged by its arrival against the window, or
/// by the leave that an administrator gave (domain.md #17).
pub(super) fn submit(
    next: Next<'_>,
    form_revision: u64,
    certification: &Certification,
    leave: Option<&LateLeave>,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    if leave.is_none_or(|leave| leave.until <= context.at) {
        context.within_window()?;
    }
    let review = &next.review;
    let outline = &review.outline;
    if form_revision != outline.form_revision {
        return Err(Refused::StaleForm(outline.form_revision));
    }
    let mut faults = preflight(&review.form, &review.people, context.rules).faults;
    let signed = signed_texts(&review.form, certification, context.rules, &mut faults);
    let Some((certified, disclosed)) = signed.filter(|_| faults.is_empty()) else {
        return Err(Refused::Faulty(faults));
    };
    let with_form = review
        .dossier
        .files
        .iter()
        .filter(|file| file.file.place == Place::Form && file.is_evidence());
    let files: Vec<_> = with_form
        .map(|file| FileRef {
            id: file.id.clone(),
            sha256: file.file.sha256,
        })
        .collect();
    let form_sha256 = outline.form_sha256;
    let act = Act::SubmittedV1 {
        form_revision,
        form_sha256,
        certification: certification.text.clone(),
        certification_sha256: certified.sha256,
        disclosures: certification.disclosures.clone(),
        disclosures_sha256: disclosed.sha256,
    };
    let event = Event::ReviewSubmittedV1(ReviewSubmittedV1 {
        received_at: context.at,
        party: next.party(),
        form_revision,
        form_sha256,
        files: files.clone(),
        corrects_closing: outline.status.name() == StatusName::NotSubmitted,
    });
    let submission = Submission {
        received_at: context.at,
        by: context.actor.account.key(),
        form_revision,
        form_sha256,
        certification: certification.text.clone(),
        organization: filing_organization(&next.review.form, context.actor),
        files,
    };
    let status = Status::InReview(InReview {
        submission,
        returned: None,
        proposal: None,
    });
    Ok(next.status(status).tell(act, event).done(context))
}

/// The registry or QCDR that files: its name comes from the token, never from the form (domain.md #33).
fn filing_organization(form: &Form, actor: &Actor) -> Option<Line<200>> {
    let relationship = form.relationship.as_ref()?;
    let name = actor.organization.as_ref()?;
    (relationship.kind == RelationshipKind::RegistryQcdr)
        .then(|| name.parse().ok())
        .flatten()
}

/// The texts that the certification names, if they are the year's present ones and fit the relationship.
fn signed_texts<'a>(
    form: &Form,
    given: &Certification,
    rules: &'a RuleSet,
    faults: &mut Vec<Fault>,
) -> Option<(&'a Text, &'a Text)> {
    let relationship = form.relationship.as_ref();
    let name = match relationship.map(|relationship| relationship.kind) {
        Some(RelationshipKind::Clinician) => "certification-clinician",
        Some(_) | None => "certification-on-behalf",
    };
    let mut present = |pointer: &str, given: &TextRef, name: &str| {
        let text = rules.text(name)?;
        if text.reference == *given {
            return Some(text);
        }
        let message = format!(
            "read the present text and sign it as \"{}\"",
            text.reference
        );
        faults.push(Fault::new(pointer, "not_allowed", message));
        None
    };
    let certified = present("/certification/text", &given.text, name);
    let disclosed = present(
        "/certification/disclosures",
        &given.disclosures,
        "disclosures",
    );
    certified.zip(disclosed)
}

/// Withdraws. After the close nothing can be filed again, which has to be acknowledged (domain.md #45).
pub(super) fn withdraw(
    mut next: Next<'_>,
    acknowledged: bool,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    if !acknowledged && matches!(context.window.state(), WindowState::Closed(_)) {
        return Err(Refused::Unacknowledged(context.window.clone()));
    }
    let from = next.review.outline.status.name();
    let submission = next.review.outline.status.submission().cloned();
    let event = Event::ReviewWithdrawnV1(ReviewWithdrawnV1 {
        at: context.at,
        party: next.party(),
        submitted_at: submission.as_ref().map(|submission| submission.received_at),
    });
    next.review.outline.handover = None;
    let status = Status::Withdrawn(Withdrawn {
        at: context.at,
        submission,
    });
    let act = Act::WithdrawnV1 { from };
    Ok(next.status(status).tell(act, event).done(context))
}

/// Files a correction beside the frozen form. A ruling that waits for its second person falls: it was
/// made on another claim.
pub(super) fn correct(
    mut next: Next<'_>,
    correction: CorrectionRequest,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let rules = context.rules;
    let claimed = next.review.claimed(rules);
    let (correction, corrected) = correction
        .apply(&claimed, rules, context.at)
        .map_err(Refused::Faulty)?;
    if !fits(&next.review.dossier.corrections, &correction) {
        return Err(Unfit::CorrectionsFull.into());
    }
    let mut faults = preflight(&corrected, &next.review.people, rules).faults;
    let certification = &correction.certification;
    let signed = signed_texts(&corrected, certification, rules, &mut faults);
    let Some((certified, _)) = signed.filter(|_| faults.is_empty()) else {
        return Err(Refused::Faulty(faults));
    };
    let hash = |value: &serde_json::Value| Digest::of(&[value.to_string().as_bytes()]);
    let act = Act::CorrectedV1 {
        field: correction.field.clone(),
        old_sha256: hash(&correction.old),
        new_sha256: hash(&correction.new),
        certification: certification.text.clone(),
        certification_sha256: certified.sha256,
    };
    let event = Event::CorrectionFiledV1(CorrectionFiledV1 {
        party: next.party(),
        field: correction.field.clone(),
    });
    next.review.dossier.corrections.push(correction);
    let mut next = next.tell(act, event);
    if let Status::InReview(now) = &mut next.review.outline.status
        && now.proposal.take().is_some()
    {
        next = next.act(Act::RulingSentBackV1);
    }
    Ok(next.done(context))
}

/// Puts a comment on record. On a draft it is the filers' own, and nobody is told (domain.md #49).
pub(super) fn comment(
    mut next: Next<'_>,
    id: CommentId,
    sha256: Digest,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let side = context.relation.side();
    let outline = &mut next.review.outline;
    let status = outline.status.name();
    if status == StatusName::Draft && side == Side::Team {
        return Err(Refused::NotInStatus(CommandName::Comment, status));
    }
    if outline.casework.comments >= MAX_COMMENTS {
        return Err(Unfit::CommentsFull.into());
    }
    outline.casework.comments += 1;
    if let Status::AwaitingDocuments(now) = &mut outline.status
        && side == Side::Filer
    {
        now.request.answers.comments = now.request.answers.comments.saturating_add(1);
    }
    let submitted = outline.status.submission().is_some();
    let act = Act::CommentedV1 {
        comment: id.clone(),
        sha256,
    };
    let event = Event::CommentedV1(CommentedV1 {
        party: next.party(),
        comment: id,
        by: side,
    });
    let next = if submitted {
        next.tell(act, event)
    } else {
        next.act(act)
    };
    Ok(next.done(context))
}
