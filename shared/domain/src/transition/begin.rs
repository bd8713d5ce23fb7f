//! How a review begins: empty, or as a copy of one that ended without success.

use jiff::SignedDuration;

use super::next::Next;
use super::{Change, Context};
use crate::{
    AccessChangedV1, Act, ActorRef, Casework, Contact, DRAFT_REMINDERS, Dossier, Draft,
    DraftReminderV1, Event, Form, Head, Line, Outline, Owner, People, Refused, Relation, Reminded,
    Review, ReviewId, Status, StatusName, Unfit, WindowState, days_left, relation, reminder_come,
};

/// Begins a draft.
///
/// # Errors
/// [`Refused::OutsideWindow`] when the window of the year is not open at `context.at`.
pub fn create(id: ReviewId, name: Line<100>, context: &Context<'_>) -> Result<Change, Refused> {
    let people = People {
        contact: own_contact(context),
        ..People::default()
    };
    let act = Act::DraftCreatedV1 {
        year: context.rules.year,
    };
    begin(id, name, Form::default(), people, act, context)
}

/// Begins a draft as a copy of `source`: its answers as corrected, contact and staff, but neither its
/// files nor what was acknowledged (domain.md #45).
///
/// # Errors
/// [`Refused::OutsideWindow`] when the window is not open; [`Unfit::NotToBeCopied`] when the source is
/// another's, still alive or approved.
pub fn copy(
    source: &Review,
    id: ReviewId,
    name: Line<100>,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let filers = matches!(
        relation(source, context.actor),
        Some(Relation::Owner | Relation::Staff)
    );
    let ended = match source.outline.status.name() {
        StatusName::Withdrawn | StatusName::Denied | StatusName::NotSubmitted => true,
        StatusName::Draft
        | StatusName::InReview
        | StatusName::AwaitingDocuments
        | StatusName::Approved => false,
    };
    if !filers || !ended || source.outline.year != context.rules.year {
        return Err(Unfit::NotToBeCopied.into());
    }
    let form = Form {
        reasons_acknowledged: None,
        ..source.claimed(context.rules)
    };
    let own = source.people.staff_address(context.actor).cloned();
    let mut people = People {
        bound: Vec::new(),
        ..source.people.clone()
    };
    // Staff who copy a request own the copy, and are not their own staff.
    people.staff.retain(|staff| Some(staff) != own.as_ref());
    let act = Act::CopiedV1 {
        source: source.outline.id.clone(),
        sha256: form.sha256(),
    };
    begin(id, name, form, people, act, context)
}

/// Begins a draft; staff that come along are told of their access (domain.md #53).
fn begin(
    id: ReviewId,
    name: Line<100>,
    form: Form,
    people: People,
    act: Act,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    context.within_window()?;
    // Whoever begins a review owns it, whatever else they may be.
    let context = &Context {
        relation: Relation::Owner,
        ..*context
    };
    let outline = Outline {
        year: context.rules.year,
        name,
        owner: Owner {
            account: context.actor.account.key(),
            email: None,
            left: false,
        },
        status: Status::Draft(Draft {
            told: context.window.known_since(),
            ..Draft::default()
        }),
        application: form.application.clone(),
        handover: None,
        awaited: SignedDuration::ZERO,
        casework: Casework::default(),
        created_at: context.at,
        updated_at: context.at,
        updated_by: ActorRef::new(context.relation, context.actor),
        version: 0,
        form_revision: u64::from(form != Form::default()),
        form_sha256: form.sha256(),
        head: Head::empty(&id),
        id,
    };
    let review = Review {
        outline,
        form,
        people,
        dossier: Dossier::default(),
    };
    let granted = review.people.staff.clone();
    let next = Next::beginning(review);
    let next = if granted.is_empty() {
        next.act(act)
    } else {
        let event = AccessChangedV1 {
            party: next.party(),
            granted,
            removed: Vec::new(),
        };
        next.tell(act, Event::AccessChangedV1(event))
    };
    Ok(told_at_once(next, context).done(context))
}

/// Days before the close from which on a new draft's people are told of it at once.
const AT_ONCE: u16 = 3;

/// Tells the people of a draft that is begun shortly before the close when that is: the reminders whose
/// time has passed were not for them (domain.md #21).
fn told_at_once<'a>(next: Next<'a>, context: &Context<'_>) -> Next<'a> {
    let WindowState::Open(Some(closes)) = context.window.state() else {
        return next;
    };
    let come = reminder_come(closes, &DRAFT_REMINDERS, context.at);
    let left = days_left(context.at, closes).and_then(|days| u16::try_from(days).ok());
    let (Some(come), Some(days), Status::Draft(draft)) =
        (come, left, next.review.outline.status.clone())
    else {
        return next;
    };
    if come > AT_ONCE {
        return next;
    }
    let event = Event::DraftReminderV1(DraftReminderV1 {
        party: next.party(),
        closes,
        days,
    });
    let status = Status::Draft(Draft {
        reminded: Some(Reminded { closes, days }),
        ..draft
    });
    let act = Act::RemindedV1 { of: closes, days };
    next.status(status).tell(act, event)
}

/// The contact address begins as the account's (domain.md #32).
fn own_contact(context: &Context<'_>) -> Option<Contact> {
    context.actor.email.clone().map(|email| Contact {
        email: Some(email),
        ..Contact::default()
    })
}
