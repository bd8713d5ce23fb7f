//! A request for documents while it is open (domain.md #18, #24).

use jiff::civil::Date;

use super::casework::works_on;
use super::next::Next;
use super::{Change, Context, settle};
use crate::deadline::{
    DOCUMENT_REMINDERS, end_of_day, later_by_days, reminder_due, reminder_missed, tolled,
};
use crate::documents::MAX_ITEMS;
use crate::{
    Act, Amendment, Answers, AwaitingDocuments, Digest, DocumentAsk, DocumentItem, DocumentRequest,
    DocumentStep, DocumentsDueMovedV1, DocumentsReminderV1, DocumentsRequestedV1, DueCause, Event,
    Explanation, Fault, InReview, MAX_COMMENTS, MoreTime, MoreTimeAnsweredV1, MoreTimeAskedV1,
    Refused, Remark, ReturnCause, Status, Toll, Unfit, due_after_days,
};

fn faulty(pointer: &str, code: &'static str, message: &str) -> Refused {
    Refused::Faulty(vec![Fault::new(pointer, code, message)])
}

/// Asks for documents. The filer has at least the year's days; where the year has none, the reviewer
/// sets the day. What the reviewer writes about it is a comment, told by the letter of the request.
pub(super) fn request(
    mut next: Next<'_>,
    now: &InReview,
    items: Vec<DocumentAsk>,
    message: Option<Remark>,
    last_day: Option<Date>,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    works_on(&next.review, context)?;
    if now.proposal.is_some() {
        return Err(Unfit::ProposalPending.into());
    }
    if items.is_empty() || items.len() > MAX_ITEMS {
        return Err(faulty("/items", "invalid", "ask for 1 to 20 documents"));
    }
    let earliest = context
        .rules
        .document_days
        .map(|days| due_after_days(context.at, days));
    let due = match (last_day.map(end_of_day), earliest) {
        (None, Some(earliest)) => earliest,
        (None, None) => {
            let message = "this year's rules name no number of days: set the last day";
            return Err(faulty("/last_day", "missing", message));
        }
        (Some(due), earliest) if due > context.at && earliest.is_none_or(|day| day <= due) => due,
        (Some(_), _) => {
            let message = "set a day to come, and not before the days that the year gives";
            return Err(faulty("/last_day", "invalid", message));
        }
    };
    let items: Vec<_> = (1..)
        .zip(items)
        .map(|(number, ask)| DocumentItem {
            number,
            ask,
            received_at: None,
        })
        .collect();
    let act = Act::DocumentsRequestedV1 {
        items: u16::try_from(items.len()).unwrap_or(u16::MAX),
        due,
    };
    let event = Event::DocumentsRequestedV1(DocumentsRequestedV1 {
        party: next.party(),
        items: items.clone(),
        due,
        amended: false,
    });
    let request = DocumentRequest {
        asked_at: context.at,
        asked_by: context.actor.account.key(),
        seq: next.review.outline.head.count + 1,
        items,
        due,
        more_time: MoreTime::NotAsked,
        answers: Answers::default(),
        tolls: Vec::new(),
        reminded: None,
        held_until: None,
    };
    let status = Status::AwaitingDocuments(AwaitingDocuments {
        submission: now.submission.clone(),
        request,
    });
    let casework = &mut next.review.outline.casework;
    if message.is_some() && casework.comments >= MAX_COMMENTS {
        return Err(Unfit::CommentsFull.into());
    }
    casework.comments += u32::from(message.is_some());
    let next = next.status(status).tell(act, event);
    let next = match message {
        Some(Remark { id, sha256 }) => next.act(Act::CommentedV1 {
            comment: id,
            sha256,
        }),
        None => next,
    };
    Ok(next.done(context))
}

pub(super) fn step(
    next: Next<'_>,
    now: &AwaitingDocuments,
    step: DocumentStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let request = now.request.clone();
    match step {
        DocumentStep::Request { .. } => Err(Refused::NotInStatus(
            crate::CommandName::RequestDocuments,
            crate::StatusName::AwaitingDocuments,
        )),
        DocumentStep::Amend(amendment) => {
            works_on(&next.review, context)?;
            amend(next, now, amendment, context)
        }
        DocumentStep::AskMoreTime(reason) => ask_more_time(next, now, reason, context),
        DocumentStep::GrantMoreTime { last_day } => {
            works_on(&next.review, context)?;
            answer_more_time(next, now, Some(last_day), context)
        }
        DocumentStep::RefuseMoreTime => {
            works_on(&next.review, context)?;
            answer_more_time(next, now, None, context)
        }
        DocumentStep::ItemReceived(number) => {
            works_on(&next.review, context)?;
            let mut request = request;
            let item = request.items.iter_mut().find(|item| item.number == number);
            let item = item.ok_or(Unfit::NotThere)?;
            if item.received_at.replace(context.at).is_some() {
                return Err(Unfit::NothingToDo.into());
            }
            request.answers.marked = request.answers.marked.saturating_add(1);
            let act = Act::ItemReceivedV1 { item: number };
            let next = next.status(waiting(now, request)).act(act);
            Ok(settle::back_if_answered(next, context))
        }
        DocumentStep::ThatIsAll => Ok(settle::back(next, now, ReturnCause::ThatIsAll, context)),
        DocumentStep::Return => {
            works_on(&next.review, context)?;
            Ok(settle::back(next, now, ReturnCause::ByReviewer, context))
        }
        DocumentStep::Extend { last_day, why } => {
            let due = end_of_day(last_day);
            let why = Digest::of(&[why.reveal().as_bytes()]);
            move_due(
                next,
                now,
                request,
                due,
                (DueCause::Extended, Some(why)),
                context,
            )
        }
        DocumentStep::Toll(toll) => pause(next, now, toll, context),
        DocumentStep::Settle { reached } => settle::settle(next, now, reached, context),
    }
}

/// The status with another request; a due instant that moved restarts reminders and ends a hold.
pub(super) fn waiting(now: &AwaitingDocuments, mut request: DocumentRequest) -> Status {
    if request.due != now.request.due {
        request.reminded = None;
        request.held_until = None;
    }
    Status::AwaitingDocuments(AwaitingDocuments {
        submission: now.submission.clone(),
        request,
    })
}

fn amend(
    next: Next<'_>,
    now: &AwaitingDocuments,
    amendment: Amendment,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let mut request = now.request.clone();
    let due = amendment.last_day.map_or(request.due, end_of_day);
    if due < request.due {
        return Err(Unfit::NeverEarlier.into());
    }
    let known = |number: &u16| request.items.iter().any(|item| item.number == *number);
    if !amendment.drop.iter().all(known) {
        return Err(Unfit::NotThere.into());
    }
    let first = request.next_number();
    request
        .items
        .retain(|item| !amendment.drop.contains(&item.number));
    let added = (first..)
        .zip(amendment.add)
        .map(|(number, ask)| DocumentItem {
            number,
            ask,
            received_at: None,
        });
    let added: Vec<_> = added.collect();
    let act = Act::RequestAmendedV1 {
        added: added.iter().map(|item| item.number).collect(),
        dropped: amendment.drop,
        due,
    };
    request.items.extend(added);
    if request.items.is_empty() || request.items.len() > MAX_ITEMS {
        return Err(faulty(
            "/add",
            "invalid",
            "ask for 1 to 20 documents; to ask for none, return the review",
        ));
    }
    request.due = due;
    if request == now.request {
        return Err(Unfit::NothingToDo.into());
    }
    let event = Event::DocumentsRequestedV1(DocumentsRequestedV1 {
        party: next.party(),
        items: request.items.clone(),
        due,
        amended: true,
    });
    let status = waiting(now, request);
    Ok(next.status(status).tell(act, event).done(context))
}

fn ask_more_time(
    next: Next<'_>,
    now: &AwaitingDocuments,
    reason: Explanation,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    if now.request.due <= context.at {
        return Err(Unfit::RequestEnded.into());
    }
    if now.request.more_time != MoreTime::NotAsked {
        return Err(Unfit::AskedBefore.into());
    }
    let act = Act::MoreTimeAskedV1 {
        sha256: Digest::of(&[reason.reveal().as_bytes()]),
    };
    let event = Event::MoreTimeAskedV1(MoreTimeAskedV1 {
        party: next.party(),
        due: now.request.due,
    });
    let mut request = now.request.clone();
    request.more_time = MoreTime::Asked {
        at: context.at,
        reason,
    };
    let status = waiting(now, request);
    Ok(next.status(status).tell(act, event).done(context))
}

/// Grants more time (until a day of the reviewer's choice, or by the year's days) or refuses it.
fn answer_more_time(
    next: Next<'_>,
    now: &AwaitingDocuments,
    granted: Option<Option<Date>>,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let mut request = now.request.clone();
    if !matches!(request.more_time, MoreTime::Asked { .. }) {
        return Err(Unfit::NotAsked.into());
    }
    let act = if let Some(last_day) = granted {
        let usual = later_by_days(request.due, context.rules.extension_days);
        let due = last_day.map_or(usual, end_of_day);
        if due <= request.due || due <= context.at {
            return Err(Unfit::NeverEarlier.into());
        }
        request.due = due;
        request.more_time = MoreTime::Granted { at: context.at };
        Act::MoreTimeGrantedV1 { due }
    } else {
        request.more_time = MoreTime::Refused { at: context.at };
        Act::MoreTimeRefusedV1
    };
    let event = Event::MoreTimeAnsweredV1(MoreTimeAnsweredV1 {
        party: next.party(),
        granted: granted.is_some(),
        due: request.due,
    });
    let status = waiting(now, request);
    Ok(next.status(status).tell(act, event).done(context))
}

fn pause(
    next: Next<'_>,
    now: &AwaitingDocuments,
    toll: Toll,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    if toll.through < toll.from {
        return Err(faulty(
            "/through",
            "invalid",
            "the last day of a pause is not before its first",
        ));
    }
    let mut request = now.request.clone();
    let due = tolled(request.due, request.asked_at, &toll, &request.tolls);
    if due == request.due {
        return Err(Unfit::NothingToDo.into());
    }
    request.tolls.push(toll);
    move_due(next, now, request, due, (DueCause::Paused, None), context)
}

fn move_due(
    next: Next<'_>,
    now: &AwaitingDocuments,
    mut request: DocumentRequest,
    due: jiff::Timestamp,
    (cause, why_sha256): (DueCause, Option<Digest>),
    context: &Context<'_>,
) -> Result<Change, Refused> {
    if due <= request.due || due <= context.at {
        return Err(Unfit::NeverEarlier.into());
    }
    request.due = due;
    let act = Act::DueMovedV1 {
        due,
        cause,
        why_sha256,
    };
    let party = next.party();
    let event = Event::DocumentsDueMovedV1(DocumentsDueMovedV1 { party, due, cause });
    let status = waiting(now, request);
    Ok(next.status(status).tell(act, event).done(context))
}

/// Sends the reminder that is due. One missed because of an outage is passed over, and replaced by the next:
/// nobody is told of it, but sweeps need not look for it again.
pub(super) fn remind(
    next: Next<'_>,
    now: &AwaitingDocuments,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let mut request = now.request.clone();
    let due = request.due;
    let sent = request.reminded;
    let Some(days) = reminder_due(due, &DOCUMENT_REMINDERS, sent, context.at) else {
        let missed = reminder_missed(due, &DOCUMENT_REMINDERS, sent, context.at);
        let days = missed.ok_or(Unfit::NothingToDo)?;
        request.reminded = Some(days);
        let act = Act::ReminderMissedV1 { of: due, days };
        return Ok(next.status(waiting(now, request)).act(act).done(context));
    };
    request.reminded = Some(days);
    let event = Event::DocumentsReminderV1(DocumentsReminderV1 {
        party: next.party(),
        items: request.owed(&next.review.dossier.files).cloned().collect(),
        due,
        days,
    });
    let act = Act::RemindedV1 { of: due, days };
    let status = waiting(now, request);
    Ok(next.status(status).tell(act, event).done(context))
}
