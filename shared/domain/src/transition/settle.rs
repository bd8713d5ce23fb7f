//! The end of a request for documents: answered, settled by the clock, or taken up again
//! (domain.md #18, #19, #46).
//!
//! A document that came in time is never followed by a denial: whatever may still be on its way or in a
//! check holds the settlement, and anything at all from the filer's side brings the review back to a
//! person. Only complete silence after a notice that reached somebody is answered by the clock.

use jiff::Timestamp;

use super::decide::outcome;
use super::documents::waiting;
use super::next::Next;
use super::{Change, Context};
use crate::deadline::{CHECK_LIMIT, GRANT_LIFE, SETTLE_AFTER, arrived_in_time};
use crate::{
    Act, AwaitingDocuments, CommandName, Denial, Denied, Digest, DocumentsReceivedV1, Event,
    FileState, InReview, OutcomeBy, Refused, ReinstateCause, ReinstatedV1, ReturnCause, Returned,
    Review, Side, SilentCase, Status, Unfit,
};

/// Brings the review back to a person.
pub(super) fn back(
    next: Next<'_>,
    now: &AwaitingDocuments,
    cause: ReturnCause,
    context: &Context<'_>,
) -> Change {
    let event = Event::DocumentsReceivedV1(DocumentsReceivedV1 {
        party: next.party(),
        cause,
        open: now
            .request
            .owed(&next.review.dossier.files)
            .cloned()
            .collect(),
        files: now.request.answers.files,
    });
    let act = Act::ReturnedV1 { cause };
    let status = Status::InReview(InReview {
        submission: now.submission.clone(),
        returned: Some(Returned {
            at: context.at,
            cause,
            request: now.request.clone(),
        }),
        proposal: None,
    });
    let next = next.status(status);
    let next = match cause {
        ReturnCause::ThatIsAll
        | ReturnCause::AllAnswered
        | ReturnCause::ByReviewer
        | ReturnCause::IncompleteAnswer => next.tell(act, event),
        // Nobody sent anything that could be acknowledged, or another letter tells of it.
        ReturnCause::Unreachable
        | ReturnCause::Silent
        | ReturnCause::CheckUnfinished
        | ReturnCause::Reinstated => next.act(act),
    };
    next.done(context)
}

/// Ends the change in the making: by bringing the review back to a person, if it waits for documents of which
/// nothing is owed any more and nothing is on its way (domain.md #19).
pub(super) fn back_if_answered(next: Next<'_>, context: &Context<'_>) -> Change {
    let files = &next.review.dossier.files;
    match &next.review.outline.status {
        Status::AwaitingDocuments(now)
            if now.request.is_answered(files)
                && unfinished(&next.review, now.request.asked_at).is_none() =>
        {
            let now = now.clone();
            back(next, &now, ReturnCause::AllAnswered, context)
        }
        Status::AwaitingDocuments(_)
        | Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => next.done(context),
    }
}

/// Settles a request whose time has ended. `reached` says whether any notice of it reached somebody.
pub(super) fn settle(
    next: Next<'_>,
    now: &AwaitingDocuments,
    reached: bool,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let request = &now.request;
    if context.at < request.settle_from() {
        return Err(Refused::TooEarly(
            CommandName::Settle,
            request.settle_from(),
        ));
    }
    match unfinished(&next.review, request.asked_at) {
        Some(end) if context.at < end => {
            // Looked at again soon: a verdict may come at any time, and at the end at the latest.
            let until = end.min(context.at + SETTLE_AFTER);
            let mut held = request.clone();
            held.held_until = Some(until);
            // The time for reminders is over; one that an outage left unsent must not be looked for.
            held.reminded = Some(0);
            let act = Act::SettlementHeldV1 { until };
            return Ok(next.status(waiting(now, held)).act(act).done(context));
        }
        Some(_) => return Ok(back(next, now, ReturnCause::CheckUnfinished, context)),
        None => {}
    }
    let cause = if !request.is_silent() {
        ReturnCause::IncompleteAnswer
    } else if !reached {
        ReturnCause::Unreachable
    } else {
        match context.rules.silent_case {
            SilentCase::Deny => return Ok(deny(next, now, context)),
            SilentCase::DecideOnRecord => ReturnCause::Silent,
        }
    };
    Ok(back(next, now, cause, context))
}

/// Until when a settlement waits: the latest end of what is unfinished on the filer's side, be it an
/// upload that was granted and not yet answered for, or the check of a file. An upload that ended before
/// the request was made answers nothing.
fn unfinished(review: &Review, asked_at: Timestamp) -> Option<Timestamp> {
    let of_filer = review
        .dossier
        .files
        .iter()
        .filter(|file| file.side == Side::Filer && asked_at <= file.granted_at + GRANT_LIFE);
    of_filer
        .filter_map(|file| match file.state {
            FileState::Granted => Some(file.granted_at + CHECK_LIMIT),
            FileState::Received { arrived_at } => Some(arrived_at + CHECK_LIMIT),
            FileState::Clean { .. }
            | FileState::Rejected { .. }
            | FileState::Infected { .. }
            | FileState::Unscannable { .. }
            | FileState::Expired
            | FileState::Removed { .. }
            | FileState::Erased { .. }
            | FileState::WrongPatient { .. } => None,
        })
        .max()
}

fn deny(next: Next<'_>, now: &AwaitingDocuments, context: &Context<'_>) -> Change {
    let due = now.request.due;
    let by = OutcomeBy::Clock {
        items: now.request.items.clone(),
        due,
    };
    let event = outcome(&next, false, by, context);
    let status = Status::Denied(Denied {
        submission: now.submission.clone(),
        denial: Denial::Clock {
            at: context.at,
            request: now.request.clone(),
        },
        clerical: None,
    });
    let mut next = next
        .status(status)
        .tell(Act::DeniedByClockV1 { due }, event);
    next.review.outline.handover = None;
    next.done(context)
}

/// Takes a denial by the clock back: because an administrator says so, or because a document is found
/// that arrived in time.
pub(super) fn reinstate(
    next: Next<'_>,
    now: &Denied,
    cause: ReinstateCause,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let Denial::Clock { request, .. } = &now.denial else {
        return Err(Unfit::NotByClock.into());
    };
    let mut request = request.clone();
    let (document, why_sha256) = match cause {
        ReinstateCause::ByAdministrator(why) => {
            (None, Some(Digest::of(&[why.reveal().as_bytes()])))
        }
        ReinstateCause::InTimeDocument {
            file: id,
            arrived_at,
        } => {
            // What is in it has still to be looked at: that it is there brings the review back, as any answer would.
            let file = next.review.dossier.file(&id).ok_or(Unfit::NotThere)?;
            match file.state {
                FileState::Granted | FileState::Expired => {}
                FileState::Received { .. }
                | FileState::Clean { .. }
                | FileState::Rejected { .. }
                | FileState::Infected { .. }
                | FileState::Unscannable { .. }
                | FileState::Removed { .. }
                | FileState::Erased { .. }
                | FileState::WrongPatient { .. } => return Err(Unfit::FileElsewhere.into()),
            }
            if !arrived_in_time(arrived_at, file.granted_at, request.due) {
                return Err(Unfit::NotInTime.into());
            }
            request.answers.files = request.answers.files.saturating_add(1);
            (Some(id), None)
        }
    };
    let event = Event::ReinstatedV1(ReinstatedV1 {
        party: next.party(),
        in_time_document: document.is_some(),
    });
    let act = Act::ReinstatedV1 {
        document,
        why_sha256,
    };
    let status = Status::InReview(InReview {
        submission: now.submission.clone(),
        returned: Some(Returned {
            at: context.at,
            cause: ReturnCause::Reinstated,
            request,
        }),
        proposal: None,
    });
    Ok(next.status(status).tell(act, event).done(context))
}
