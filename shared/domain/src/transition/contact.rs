//! Another address for a contact whose mail comes back (domain.md #54).
//!
//! What was told to the address before did not reach the person. Each letter that still says what holds is sent anew to the
//! new address, as it was written: under a place of its own in the history, so that nothing that was frozen is changed. Of
//! several of one kind the last says all. What holds no more is counted, and read after signing in.

use std::collections::HashSet;

use super::casework::with_reason;
use super::entrust::judged_anew;
use super::next::Next;
use super::{Change, Context};
use crate::{
    Act, ContactReplacedV1, Email, Event, Missed, NewContact, Refused, Review, SentAnewV1, Status,
    StatusName, Unfit,
};

pub(super) fn replace(
    mut next: Next<'_>,
    new: NewContact,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let NewContact {
        email,
        why,
        bounced,
        missed,
    } = new;
    let own = context.actor.email.as_ref().map(Email::normalised);
    if own == Some(email.normalised()) {
        return Err(Unfit::OwnHands.into());
    }
    let contact = next.review.people.contact.as_mut();
    let contact = contact.and_then(|contact| contact.email.as_mut());
    let Some(address) = contact.filter(|_| bounced) else {
        return Err(Unfit::NothingBounced.into());
    };
    if address.normalised() == email.normalised() {
        return Err(Unfit::NothingToDo.into());
    }
    *address = email;
    let count = |letters: usize| u16::try_from(letters).unwrap_or(u16::MAX);
    let (all, anew) = (missed.len(), still_true(missed, &next.review));
    let event = Event::ContactReplacedV1(ContactReplacedV1 {
        party: next.party(),
        missed: count(all),
        sent_anew: count(anew.len()),
    });
    let act = Act::ContactReplacedV1 {
        why_sha256: why.sha256,
    };
    next = next.tell(act, event);
    for letter in anew {
        let act = Act::LetterSentAnewV1 { of: letter.seq };
        let event = Event::SentAnewV1(SentAnewV1 {
            at: letter.at,
            status: letter.status,
            event: Box::new(letter.event),
        });
        next = next.tell(act, event);
    }
    Ok(judged_anew(with_reason(next, &why)).done(context))
}

/// The last letter of each kind that says what holds, the first first.
fn still_true(missed: Vec<Missed>, review: &Review) -> Vec<Missed> {
    let mut seen = HashSet::new();
    let unwrapped = missed.into_iter().map(|letter| {
        let Event::SentAnewV1(anew) = letter.event else {
            return letter;
        };
        // What came back a second time is the letter that came back the first time.
        Missed {
            at: anew.at,
            status: anew.status,
            event: *anew.event,
            ..letter
        }
    });
    let mut last: Vec<_> = unwrapped
        .rev()
        .filter(|letter| holds(letter, review) && seen.insert(letter.event.kind()))
        .collect();
    last.reverse();
    last
}

fn holds(letter: &Missed, review: &Review) -> bool {
    let status = review.outline.status.name();
    let open = match &review.outline.status {
        Status::AwaitingDocuments(now) => Some(now.request.seq),
        Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    };
    match &letter.event {
        // A reminder speaks of a day that has passed; the rest was never the contact's, or is told by this very change.
        Event::DraftReminderV1(_)
        | Event::DocumentsReminderV1(_)
        | Event::MoreTimeAskedV1(_)
        | Event::AccessChangedV1(_)
        | Event::HandOverOfferedV1(_)
        | Event::ContactReplacedV1(_)
        | Event::SentAnewV1(_) => false,
        Event::WindowChangedV1(_) => status == StatusName::Draft,
        Event::LateAllowedV1(_) => matches!(status, StatusName::Draft | StatusName::NotSubmitted),
        Event::NotSubmittedV1(_) => status == StatusName::NotSubmitted,
        Event::DocumentsRequestedV1(_)
        | Event::DocumentsDueMovedV1(_)
        | Event::MoreTimeAnsweredV1(_) => open.is_some() && letter.request == open,
        Event::DocumentsReceivedV1(_) | Event::ReinstatedV1(_) => status == StatusName::InReview,
        Event::FileRefusedV1(_) | Event::CommentedV1(_) => !status.is_terminal(),
        // A denial that was taken back is none.
        Event::OutcomeV1(_) | Event::ScoresRevisedV1(_) | Event::DecisionCorrectedV1(_) => {
            matches!(status, StatusName::Approved | StatusName::Denied)
        }
        Event::ReviewSubmittedV1(_)
        | Event::ReviewWithdrawnV1(_)
        | Event::CorrectionFiledV1(_)
        | Event::WrongPatientDecidedV1(_)
        | Event::EntrustedV1(_)
        | Event::HandedOverV1(_) => true,
    }
}
