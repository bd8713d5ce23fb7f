//! What a window does to a draft: its close, its reopening, reminders, and the one late submission that
//! an administrator may let in (domain.md #17, #21–#23).

use jiff::Timestamp;

use super::next::Next;
use super::{Change, Context};
use crate::deadline::{DRAFT_REMINDERS, LAST_HOUR, REPLACEMENT_DAYS, SWEEP_AFTER, reminder_due};
use crate::{
    Act, CommandName, Draft, DraftReminderV1, Event, Fault, LateAllowedV1, LateLeave, Line,
    NotSubmitted, NotSubmittedV1, Refused, Reminded, Status, Unfit, WindowChangedV1, WindowState,
    due_after_days,
};

/// The close overtakes a draft, once no request that arrived in time can still be on its way.
pub(super) fn close(
    next: Next<'_>,
    draft: &Draft,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let closed = match context.window.state() {
        WindowState::Closed(closed) => closed,
        WindowState::Open(Some(closes)) => {
            return Err(Refused::TooEarly(
                CommandName::CloseDraft,
                closes + SWEEP_AFTER,
            ));
        }
        WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Open(None) => {
            return Err(Unfit::NotClosed.into());
        }
    };
    let leave_ends = draft.late.as_ref().map(|leave| leave.until);
    let from = (closed + SWEEP_AFTER).max(leave_ends.unwrap_or(closed));
    if context.at < from {
        return Err(Refused::TooEarly(CommandName::CloseDraft, from));
    }
    let party = next.party();
    let event = Event::NotSubmittedV1(NotSubmittedV1 { party, closed });
    let status = Status::NotSubmitted(NotSubmitted {
        closed,
        late: draft.late.clone(),
    });
    let act = Act::NotSubmittedV1 { closed };
    Ok(next.status(status).tell(act, event).done(context))
}

/// A reopened window returns its unsubmitted drafts, with reminders from the start.
pub(super) fn reopen(next: Next<'_>, context: &Context<'_>) -> Result<Change, Refused> {
    context.within_window()?;
    let event = window_changed(&next, context, true);
    let status = Status::Draft(Draft {
        told: context.window.known_since(),
        ..Draft::default()
    });
    Ok(next
        .status(status)
        .tell(Act::ReopenedV1, event)
        .done(context))
}

/// Tells a draft's people of a change of the window that they have not been told of.
pub(super) fn tell(
    next: Next<'_>,
    draft: &Draft,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let known = context.window.known_since();
    if known <= draft.told {
        return Err(Unfit::NothingToDo.into());
    }
    let event = window_changed(&next, context, false);
    let act = Act::WindowToldV1 {
        closes: context.window.closes(),
    };
    let status = Status::Draft(Draft {
        told: known,
        ..draft.clone()
    });
    Ok(next.status(status).tell(act, event).done(context))
}

fn window_changed(next: &Next<'_>, context: &Context<'_>, reopened: bool) -> Event {
    Event::WindowChangedV1(WindowChangedV1 {
        party: next.party(),
        closes: context.window.closes(),
        reason: context.window.reason().unwrap_or_default().to_owned(),
        reopened,
    })
}

/// Lets one late submission in, for an attempt that failed in the last hour before the close.
pub(super) fn allow_late(
    next: Next<'_>,
    failed_request: Line<64>,
    attempted_at: Timestamp,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let WindowState::Closed(closed) = context.window.state() else {
        return Err(Unfit::NotClosed.into());
    };
    if attempted_at < closed - LAST_HOUR || closed <= attempted_at {
        let message = "name an attempt that failed in the last hour before the close";
        let fault = Fault::new("/attempted_at", "not_allowed", message);
        return Err(Refused::Faulty(vec![fault]));
    }
    let until = due_after_days(context.at, REPLACEMENT_DAYS);
    let leave = LateLeave {
        failed_request: failed_request.clone(),
        attempted_at,
        until,
    };
    let give = |late: &mut Option<LateLeave>| match late.replace(leave) {
        None => Ok(()),
        Some(_) => Err(Unfit::LeaveGiven),
    };
    let mut status = next.review.outline.status.clone();
    match &mut status {
        Status::Draft(draft) => give(&mut draft.late)?,
        Status::NotSubmitted(closed) => give(&mut closed.late)?,
        Status::InReview(_)
        | Status::AwaitingDocuments(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_) => {
            return Err(Refused::NotInStatus(CommandName::AllowLate, status.name()));
        }
    }
    let event = Event::LateAllowedV1(LateAllowedV1 {
        party: next.party(),
        failed_request,
        until,
    });
    let act = Act::LateAllowedV1 {
        attempted_at,
        until,
    };
    Ok(next.status(status).tell(act, event).done(context))
}

/// Sends the reminder that is due; one missed because of an outage is replaced by the next.
pub(super) fn remind_draft(
    next: Next<'_>,
    draft: &Draft,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let WindowState::Open(Some(closes)) = context.window.state() else {
        return Err(Unfit::NothingToDo.into());
    };
    let of_this_close = draft.reminded.filter(|reminded| reminded.closes == closes);
    let sent = of_this_close.map(|reminded| reminded.days);
    let days =
        reminder_due(closes, &DRAFT_REMINDERS, sent, context.at).ok_or(Unfit::NothingToDo)?;
    let event = Event::DraftReminderV1(DraftReminderV1 {
        party: next.party(),
        closes,
        days,
    });
    let status = Status::Draft(Draft {
        reminded: Some(Reminded { closes, days }),
        ..draft.clone()
    });
    let act = Act::RemindedV1 { of: closes, days };
    Ok(next.status(status).tell(act, event).done(context))
}
