//! What the review team does with a submitted review: take, assign, label, note (domain.md #48, #51).

use super::next::Next;
use super::{Change, Context};
use crate::{
    Act, Assignee, CaseStep, Digest, HoldStep, Label, LabelName, LegalHold, MAX_LABELS, MAX_NOTES,
    Outline, People, Refused, Relation, Review, Unfit, Why,
};

pub(super) fn step(
    mut next: Next<'_>,
    step: CaseStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let account = context.actor.account.key();
    match step {
        CaseStep::Take => {
            works_on(&next.review, context)?;
            let taker = Assignee::of(context.actor);
            let assignee = &mut next.review.outline.casework.assignee;
            if assignee.as_ref().is_some_and(|now| now.account == account) {
                return Err(Unfit::NothingToDo.into());
            }
            *assignee = Some(taker);
            Ok(next.act(Act::TakenV1).done(context))
        }
        CaseStep::Assign(to) => {
            if has_interest(&next.review.outline, &next.review.people, &to) {
                return Err(Unfit::Interested.into());
            }
            let casework = &mut next.review.outline.casework;
            let act = Act::AssignedV1 {
                to: to.account.clone(),
            };
            casework.assignee = Some(to);
            Ok(next.act(act).done(context))
        }
        CaseStep::Release => {
            works_on(&next.review, context)?;
            if next.review.outline.casework.assignee.take().is_none() {
                return Err(Unfit::NotAssigned.into());
            }
            Ok(next.act(Act::ReleasedV1).done(context))
        }
        CaseStep::DeclareConflict => {
            let casework = &mut next.review.outline.casework;
            casework.assignee.take_if(|now| now.account == account);
            casework.conflicts.push(account);
            Ok(next.act(Act::ConflictDeclaredV1).done(context))
        }
        CaseStep::AddLabel(label) => add_label(next, label, context),
        CaseStep::RemoveLabel(name) => remove_label(next, &name, context),
        CaseStep::Note { id, sha256 } => {
            let notes = &mut next.review.outline.casework.notes;
            if *notes >= MAX_NOTES {
                return Err(Unfit::NotesFull.into());
            }
            *notes += 1;
            Ok(next.act(Act::NotedV1 { note: id, sha256 }).done(context))
        }
        CaseStep::RevealTin => {
            if next.review.claimed(context.rules).tins().is_empty() {
                return Err(Unfit::NotThere.into());
            }
            Ok(next.act(Act::TinRevealedV1).done(context))
        }
    }
}

/// Whether the person must not work on the review: is its owner, staff or contact, as far as account and address tell, or
/// has declared a conflict (domain.md #51).
#[must_use]
pub fn has_interest(outline: &Outline, people: &People, person: &Assignee) -> bool {
    is_of_the_filers(outline, people, person)
        || outline.casework.conflicts.contains(&person.account)
}

pub(super) fn is_of_the_filers(outline: &Outline, people: &People, person: &Assignee) -> bool {
    let by_account = outline.owner.account == person.account
        || people
            .bound
            .iter()
            .any(|binding| binding.account == person.account);
    let by_address = person.email.as_ref().is_some_and(|email| {
        let contact = people.contact.as_ref();
        let contact = contact.and_then(|contact| contact.email.as_ref());
        let is_contact = contact.is_some_and(|its| its.normalised() == email.normalised());
        is_contact || people.lists(email)
    });
    by_account || by_address
}

/// Puts an administrator's reason on record. There is always room for one: the limit of notes is for what people write on
/// their own.
pub(super) fn with_reason<'a>(mut next: Next<'a>, why: &Why) -> Next<'a> {
    let notes = &mut next.review.outline.casework.notes;
    *notes = notes.saturating_add(1);
    next.act(Act::NotedV1 {
        note: why.note.clone(),
        sha256: why.sha256,
    })
}

/// Whether the actor may work on the review: nobody else does, or the actor is an administrator.
pub(super) fn works_on(review: &Review, context: &Context<'_>) -> Result<(), Refused> {
    let account = context.actor.account.key();
    let assignee = review.outline.casework.assignee.as_ref();
    let of_another = assignee.is_some_and(|assignee| assignee.account != account);
    if of_another && context.relation != Relation::Administrator {
        Err(Unfit::AssignedToAnother.into())
    } else {
        Ok(())
    }
}

fn hash(name: &LabelName) -> Digest {
    Digest::of(&[name.as_str().as_bytes()])
}

fn add_label(mut next: Next<'_>, label: Label, context: &Context<'_>) -> Result<Change, Refused> {
    let labels = &mut next.review.outline.casework.labels;
    if labels.contains(&label) {
        return Err(Unfit::NothingToDo.into());
    }
    labels.retain(|other| other.name != label.name);
    if labels.len() >= MAX_LABELS {
        return Err(Unfit::TooMany.into());
    }
    let act = Act::LabelledV1 {
        sha256: hash(&label.name),
        audience: label.audience,
    };
    labels.push(label);
    Ok(next.act(act).done(context))
}

fn remove_label(
    mut next: Next<'_>,
    name: &LabelName,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let labels = &mut next.review.outline.casework.labels;
    let before = labels.len();
    labels.retain(|label| label.name != *name);
    if labels.len() == before {
        return Err(Unfit::NotThere.into());
    }
    let act = Act::LabelRemovedV1 { sha256: hash(name) };
    Ok(next.act(act).done(context))
}

/// Puts a legal hold on the review or lifts it, whatever its status (domain.md #8).
pub(super) fn hold(
    mut next: Next<'_>,
    step: HoldStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let hold = &mut next.review.outline.casework.hold;
    match (hold.is_some(), step) {
        (false, HoldStep::Put(why)) => {
            let sha256 = Digest::of(&[why.reveal().as_bytes()]);
            *hold = Some(LegalHold {
                since: context.at,
                why,
            });
            Ok(next.act(Act::HoldPutV1 { sha256 }).done(context))
        }
        (true, HoldStep::Lift) => {
            *hold = None;
            Ok(next.act(Act::HoldLiftedV1).done(context))
        }
        (true, HoldStep::Put(_)) | (false, HoldStep::Lift) => Err(Unfit::HoldStands.into()),
    }
}
