//! Who works on a request: contact and staff, the first opening, handing over (domain.md #25, #34).

use super::entrust::{entrust, judged_anew};
use super::next::Next;
use super::{Change, Context};
use crate::{
    AccessChangedV1, AccessStep, Act, CommandName, Email, Event, FormPatch, HandOver,
    HandOverOfferedV1, HandedOverV1, Owner, Refused, Relation, Unfit, Version,
};

/// Changes contact and staff; the list of staff is the owner's alone.
pub(super) fn edit_people(
    mut next: Next<'_>,
    version: Version,
    patch: &FormPatch,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    next.seen_at(version, CommandName::EditPeople)?;
    let before = &next.review.people;
    let after = next.review.patched_people(patch).map_err(Refused::Faulty)?;
    let fields = before.difference(&after);
    let list_changed = fields.iter().any(|field| field == "/staff");
    if list_changed && context.relation != Relation::Owner {
        return Err(Refused::NotAllowed(CommandName::EditPeople));
    }
    // The owner's own address, listed by mistake, gives nobody anything.
    let own = context.actor.email.as_ref().map(Email::normalised);
    let others = |list: Vec<Email>| -> Vec<Email> {
        let others = list.into_iter();
        others
            .filter(|address| Some(address.normalised()) != own)
            .collect()
    };
    let granted = others(after.staff_not_in(before));
    let removed = others(before.staff_not_in(&after));
    let offer = next.review.outline.handover.as_ref();
    let offer_falls = offer.is_some_and(|offer| !after.lists(&offer.to));
    next.review.people = after;
    let act = Act::PeopleEditedV1 { fields };
    let mut next = if granted.is_empty() && removed.is_empty() {
        next.act(act)
    } else {
        let party = next.party();
        let event = AccessChangedV1 {
            party,
            granted,
            removed,
        };
        next.tell(act, Event::AccessChangedV1(event))
    };
    if offer_falls {
        next.review.outline.handover = None;
        next = next.act(Act::HandOverTakenBackV1);
    }
    Ok(next.done(context))
}

/// The first opening by one of the staff binds the address to the account; later ones change nothing. The one to whom an
/// administrator gave the review takes it over by opening it.
pub(super) fn open(next: Next<'_>, context: &Context<'_>) -> Result<Change, Refused> {
    if next.review.is_entrusted_to(context.actor) {
        return accept(next, context);
    }
    if next.review.people.knows(context.actor) {
        return Err(Unfit::NothingToDo.into());
    }
    // The binding itself is remembered with every first act of a staff member.
    Ok(next.done(context))
}

pub(super) fn hand_over(
    mut next: Next<'_>,
    step: AccessStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    match step {
        AccessStep::Offer(to) => {
            if !next.review.people.lists(&to) {
                return Err(Unfit::NotStaff.into());
            }
            next.review.outline.handover = Some(HandOver { to: to.clone() });
            let party = next.party();
            let event = Event::HandOverOfferedV1(HandOverOfferedV1 { party, to });
            Ok(next.tell(Act::HandOverOfferedV1, event).done(context))
        }
        AccessStep::TakeBack => {
            if next.review.outline.handover.take().is_none() {
                return Err(Unfit::NothingToDo.into());
            }
            Ok(next.act(Act::HandOverTakenBackV1).done(context))
        }
        AccessStep::Accept => accept(next, context),
        AccessStep::Entrust { to, why } => entrust(next, to, &why, context),
    }
}

/// The one to whom the review is offered becomes its owner and leaves the list of staff.
fn accept(mut next: Next<'_>, context: &Context<'_>) -> Result<Change, Refused> {
    let people = &mut next.review.people;
    let own = people.staff_address(context.actor).cloned();
    let outline = &mut next.review.outline;
    let offered = outline.handover.as_ref().map(|offer| offer.to.normalised());
    let Some(own) = own.filter(|own| Some(own.normalised()) == offered) else {
        return Err(Unfit::NotOffered.into());
    };
    people
        .staff
        .retain(|staff| staff.normalised() != own.normalised());
    people
        .bound
        .retain(|binding| binding.address.normalised() != own.normalised());
    outline.handover = None;
    let from = outline.owner.account.clone();
    let former = outline.owner.email.clone();
    outline.owner = Owner {
        account: context.actor.account.key(),
        email: context.actor.email.clone(),
        left: false,
    };
    let party = next.party();
    let handed = Event::HandedOverV1(HandedOverV1 {
        party: party.clone(),
    });
    // Who owned it until now is no longer told of anything, and so must be told that.
    let left = Event::AccessChangedV1(AccessChangedV1 {
        party,
        granted: Vec::new(),
        removed: former.into_iter().collect(),
    });
    let fields = vec!["/staff".to_owned()];
    let next = next
        .tell(Act::HandedOverV1 { from }, handed)
        .tell(Act::PeopleEditedV1 { fields }, left);
    Ok(judged_anew(next).done(context))
}
