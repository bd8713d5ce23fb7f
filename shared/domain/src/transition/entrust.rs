//! An owner has left: an administrator gives the review to somebody else (domain.md #34).
//!
//! Whoever is named and has opened the review is its owner at once: that address was proven by signing in. An address that
//! nobody has opened it with is put among the staff and named in an offer, and until it opens the review that has no owner:
//! a mistyped address must not own anything. Either way the former owner has no access from this moment on.

use super::casework::{is_of_the_filers, with_reason};
use super::next::Next;
use super::{Change, Context};
use crate::{
    AccessChangedV1, Act, Assignee, Email, EntrustedV1, Event, HandOver, MAX_STAFF, Owner, Refused,
    Review, Status, Unfit, Why,
};

pub(super) fn entrust(
    mut next: Next<'_>,
    to: Email,
    why: &Why,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let same = |one: &Email, other: &Email| one.normalised() == other.normalised();
    if context
        .actor
        .email
        .as_ref()
        .is_some_and(|own| same(own, &to))
    {
        return Err(Unfit::OwnHands.into());
    }
    let before = next.review.people.clone();
    let outline = &mut next.review.outline;
    let people = &mut next.review.people;
    let owner = outline.owner.clone();
    // Who was named before and has not opened it leaves again: the address may have been mistyped.
    let named = outline.handover.take().filter(|_| owner.left);
    let has_it = if owner.left {
        named.as_ref().map(|offer| &offer.to)
    } else {
        owner.email.as_ref()
    };
    if has_it.is_some_and(|address| same(address, &to)) {
        return Err(Unfit::NothingToDo.into());
    }
    let named = named.map(|offer| offer.to);
    let leaves = |address: &Email| {
        let former = owner.email.iter().chain(&named);
        former.into_iter().any(|former| same(former, address))
    };
    people.staff.retain(|staff| !leaves(staff));
    let bindings = &mut people.bound;
    bindings.retain(|binding| binding.account != owner.account && !leaves(&binding.address));
    let account = people.bound_to(&to).cloned();
    if let Some(account) = &account {
        people.staff.retain(|staff| !same(staff, &to));
        people.bound.retain(|binding| binding.account != *account);
        outline.owner = Owner {
            account: account.clone(),
            email: Some(to.clone()),
            left: false,
        };
    } else {
        if !people.lists(&to) {
            if people.staff.len() >= MAX_STAFF {
                return Err(Unfit::TooMany.into());
            }
            people.staff.push(to.clone());
        }
        outline.handover = Some(HandOver { to: to.clone() });
        outline.owner.email = None;
        outline.owner.left = true;
    }
    // Where letters to the contact went to the former owner, they go to the next one.
    if let Some(contact) = &mut people.contact
        && contact.email.as_ref().is_some_and(leaves)
    {
        contact.email = Some(to.clone());
    }
    // Whoever filed a request never reviews it, though it is theirs no more.
    let conflicts = &mut outline.casework.conflicts;
    if !conflicts.contains(&owner.account) {
        conflicts.push(owner.account.clone());
    }
    let act = Act::EntrustedV1 {
        from: owner.account,
        to: account,
        why_sha256: why.sha256,
    };
    let party = next.party();
    let entrusted = Event::EntrustedV1(EntrustedV1 {
        party: party.clone(),
        to,
        opened: !next.review.outline.owner.left,
    });
    let fields = before.difference(&next.review.people);
    let mut next = next.tell(act, entrusted);
    let removed: Vec<Email> = owner.email.into_iter().chain(named).collect();
    if !removed.is_empty() {
        let left = AccessChangedV1 {
            party,
            granted: Vec::new(),
            removed,
        };
        next = next.tell(Act::PeopleEditedV1 { fields }, Event::AccessChangedV1(left));
    } else if !fields.is_empty() {
        next = next.act(Act::PeopleEditedV1 { fields });
    }
    Ok(judged_anew(with_reason(next, why)).done(context))
}

/// Nobody reviews their own: whoever has come to the filers' side works on the review no more, and a ruling of theirs
/// waits for nobody.
pub(super) fn judged_anew(mut next: Next<'_>) -> Next<'_> {
    let assignee = next.review.outline.casework.assignee.clone();
    let Review {
        outline, people, ..
    } = &next.review;
    if assignee.is_some_and(|assignee| is_of_the_filers(outline, people, &assignee)) {
        next.review.outline.casework.assignee = None;
        next = next.act(Act::ReleasedV1);
    }
    if proposal_of_a_filer(&next.review)
        && let Status::InReview(now) = &mut next.review.outline.status
    {
        now.proposal = None;
        next = next.act(Act::RulingSentBackV1);
    }
    next
}

fn proposal_of_a_filer(review: &Review) -> bool {
    let Status::InReview(now) = &review.outline.status else {
        return false;
    };
    now.proposal.as_ref().is_some_and(|proposal| {
        let first = Assignee {
            account: proposal.first.clone(),
            email: None,
        };
        is_of_the_filers(&review.outline, &review.people, &first)
    })
}
