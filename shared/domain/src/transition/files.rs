//! What happens to files, and what that means for the review (domain.md #18, #38, #39).

use super::casework::{with_reason, works_on};
use super::next::Next;
use super::{Change, Context, settle};
use crate::attachment::{MAX_FILE_SIZE, MAX_FILES};
use crate::deadline::{REPLACEMENT_DAYS, arrived_in_time};
use crate::{
    Act, Attachment, AttachmentId, CommandName, Event, Fault, FileFault, FileRefusedV1, FileState,
    FileStep, NewFile, Place, Readers, Refused, Relation, Review, Side, Status, StatusName, Unfit,
    Why, WrongPatientDecidedV1, due_after_days,
};

pub(super) fn step(
    next: Next<'_>,
    id: AttachmentId,
    step: FileStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    match step {
        FileStep::Grant(file) => grant(next, id, file, context),
        FileStep::NotRelevant => not_relevant(next, &id, context),
        FileStep::EraseWrongPatient(ref why) | FileStep::Unlock(ref why) => {
            decide_wrong_patient(next, id, &step, why, context)
        }
        FileStep::Receive { .. }
        | FileStep::Reject { .. }
        | FileStep::Expire
        | FileStep::Pass
        | FileStep::Infect
        | FileStep::GiveUp
        | FileStep::Remove
        | FileStep::Erase
        | FileStep::WrongPatient => move_on(next, id, &step, context),
    }
}

fn grant(
    mut next: Next<'_>,
    id: AttachmentId,
    file: NewFile,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let review = &next.review;
    let status = review.outline.status.name();
    if status == StatusName::Draft && context.relation.side() == Side::Team {
        return Err(Refused::NotInStatus(CommandName::GrantFile, status));
    }
    if review.dossier.file(&id).is_some() {
        return Err(Unfit::IdInUse.into());
    }
    if file.size == 0 || file.size > MAX_FILE_SIZE {
        let message =
            "a file has at least one byte and at most 25 MB; split or shrink a larger one";
        let fault = Fault::new("/size", "invalid", message);
        return Err(Refused::Faulty(vec![fault]));
    }
    has_its_place(review, &file.place, context)?;
    let beside = review.dossier.files.iter().filter(|other| {
        // A request for documents is one place, whatever its items.
        let same = std::mem::discriminant(&other.file.place) == std::mem::discriminant(&file.place)
            && (other.file.place == file.place || matches!(file.place, Place::Request { .. }));
        same && other.takes_place()
    });
    if beside.count() >= MAX_FILES {
        return Err(Unfit::TooMany.into());
    }
    let act = Act::FileGrantedV1 {
        file: id.clone(),
        kind: file.kind,
        sha256: file.sha256,
    };
    let side = context.relation.side();
    let granted = Attachment {
        id,
        side,
        granted_at: context.at,
        request: open_request(&review.outline.status).filter(|_| side == Side::Filer),
        readers: readers(review, &file.place),
        not_relevant_at: None,
        state: FileState::Granted,
        file,
    };
    if !review.dossier.takes(&granted) {
        return Err(Unfit::FilesFull.into());
    }
    next.review.dossier.files.push(granted);
    Ok(next.act(act).done(context))
}

/// What hangs on a comment is read by those who read the comment; evidence is for both sides.
fn readers(review: &Review, place: &Place) -> Readers {
    match place {
        Place::Comment { .. } => Readers::of_what_is_written_in(&review.outline.status),
        Place::Form | Place::Request { .. } => Readers::BothSides,
    }
}

/// The file, if the actor may know of it: what stays with the filers is not there for the review team.
fn known<'a>(
    review: &'a mut Review,
    id: &AttachmentId,
    context: &Context<'_>,
) -> Result<&'a mut Attachment, Refused> {
    let side = match context.relation {
        // Jobs look after every file.
        Relation::System(_) => Side::Filer,
        Relation::Owner | Relation::Staff | Relation::Reviewer | Relation::Administrator => {
            context.relation.side()
        }
    };
    let mut files = review.dossier.files.iter_mut();
    let file = files.find(|file| file.id == *id && file.readers.include(side));
    file.ok_or(Unfit::NotThere.into())
}

/// The request for documents that is open, by its place in the history.
fn open_request(status: &Status) -> Option<u64> {
    match status {
        Status::AwaitingDocuments(now) => Some(now.request.seq),
        Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    }
}

/// Whether a file can be added there now: to the form of an open draft, to an open request before it is
/// due, to a comment.
fn has_its_place(review: &Review, place: &Place, context: &Context<'_>) -> Result<(), Refused> {
    let status = &review.outline.status;
    let of_filer = context.relation.side() == Side::Filer;
    if let Status::AwaitingDocuments(now) = status
        && of_filer
        && now.request.due <= context.at
    {
        return Err(Unfit::RequestEnded.into());
    }
    match (status, place) {
        (Status::Draft(_), Place::Form) => context.within_window(),
        (Status::AwaitingDocuments(now), Place::Request { item }) if of_filer => {
            let mut items = now.request.items.iter();
            let known = item.is_none_or(|number| items.any(|item| item.number == number));
            known.then_some(()).ok_or(Unfit::NotThere.into())
        }
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Place::Comment { .. },
        ) => Ok(()),
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Place::Form | Place::Request { .. } | Place::Comment { .. },
        ) => {
            let message = "add files to the form of a draft, to an open request for documents, or to a comment";
            let fault = Fault::new("/place", "not_allowed", message);
            Err(Refused::Faulty(vec![fault]))
        }
    }
}

fn move_on(
    mut next: Next<'_>,
    id: AttachmentId,
    step: &FileStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    // A draft is the filers' own: they take files away from it. Later nobody does; one that tells of somebody else is
    // locked away.
    let status = next.review.outline.status.name();
    if *step == FileStep::Remove && status != StatusName::Draft {
        return Err(Refused::NotInStatus(CommandName::RemoveFile, status));
    }
    if *step == FileStep::Erase && next.review.outline.casework.hold.is_some() {
        return Err(Unfit::UnderHold.into());
    }
    let file = known(&mut next.review, &id, context)?;
    let arrived_before = file.state.arrived_at().is_some();
    let after = file.state.after(step, file.granted_at, context.at);
    file.state = after.ok_or(Unfit::FileElsewhere)?;
    let file = file.clone();
    if let Some(arrived_at) = file.state.arrived_at().filter(|_| !arrived_before) {
        next = arrived(next, &file, arrived_at);
    }
    let act = match file.state {
        FileState::Received { .. } => return Ok(next.done(context)),
        FileState::Granted => return Err(Unfit::FileElsewhere.into()),
        FileState::Clean { .. } => Act::FilePassedV1 { file: id },
        FileState::Unscannable { .. } => Act::FileLockedAwayV1 { file: id },
        FileState::Expired => Act::FileExpiredV1 { file: id },
        FileState::Removed {
            erased_at: None, ..
        } => Act::FileRemovedV1 { file: id },
        FileState::Erased {
            erased_at: None, ..
        } => return Err(Unfit::FileElsewhere.into()),
        FileState::Removed {
            erased_at: Some(_), ..
        }
        | FileState::Erased {
            erased_at: Some(_), ..
        } => Act::FileErasedV1 { file: id },
        FileState::WrongPatient { .. } => Act::FileOfWrongPatientV1 {
            file: id,
            sha256: file.file.sha256,
        },
        FileState::Rejected { arrived_at, why } => {
            return Ok(refuse(next, file, arrived_at, why, context));
        }
        FileState::Infected { arrived_at } => {
            return Ok(refuse(next, file, arrived_at, FileFault::Malware, context));
        }
    };
    // The last thing that was waited for may have come to its end.
    Ok(settle::back_if_answered(next.act(act), context))
}

/// Puts an arrival on record. Whatever is found in the file, it is an answer to an open request (domain.md #19).
fn arrived<'a>(mut next: Next<'a>, file: &Attachment, arrived_at: jiff::Timestamp) -> Next<'a> {
    if let Status::AwaitingDocuments(now) = &mut next.review.outline.status
        && file.side == Side::Filer
    {
        now.request.answers.files = now.request.answers.files.saturating_add(1);
    }
    next.act(Act::FileReceivedV1 {
        file: file.id.clone(),
        arrived_at,
    })
}

/// Decides a report that a file tells of somebody else: its bytes are erased, or it is what it was (domain.md #38).
///
/// What is erased loses its name, too, for that may tell of a person as well. Filers report files that the review team
/// cannot see; an administrator decides those all the same.
fn decide_wrong_patient(
    mut next: Next<'_>,
    id: AttachmentId,
    step: &FileStep,
    why: &Why,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let held = next.review.outline.casework.hold.is_some();
    let mut files = next.review.dossier.files.iter_mut();
    let file = files.find(|file| file.id == id).ok_or(Unfit::NotThere)?;
    let after = file.state.after(step, file.granted_at, context.at);
    let after = after.ok_or(Unfit::FileElsewhere)?;
    let erased = matches!(after, FileState::Erased { .. });
    if erased && held {
        return Err(Unfit::UnderHold.into());
    }
    file.state = after;
    if erased {
        file.file.name = file.file.name.effaced();
    }
    let (granted_at, sha256) = (file.granted_at, file.file.sha256);
    let act = if erased {
        Act::WrongPatientErasedV1 {
            file: id,
            sha256,
            why_sha256: why.sha256,
        }
    } else {
        Act::FileUnlockedV1 {
            file: id,
            why_sha256: why.sha256,
        }
    };
    let event = Event::WrongPatientDecidedV1(WrongPatientDecidedV1 {
        party: next.party(),
        granted_at,
        erased,
    });
    Ok(with_reason(next.tell(act, event), why).done(context))
}

/// Puts on record that a file says nothing about the review. It stays what it is, and where it is.
fn not_relevant(
    mut next: Next<'_>,
    id: &AttachmentId,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let status = next.review.outline.status.name();
    if status == StatusName::Draft {
        return Err(Refused::NotInStatus(CommandName::NotRelevant, status));
    }
    works_on(&next.review, context)?;
    let file = known(&mut next.review, id, context)?;
    if !file.is_evidence() {
        return Err(Unfit::FileElsewhere.into());
    }
    if file.not_relevant_at.replace(context.at).is_some() {
        return Err(Unfit::NothingToDo.into());
    }
    let act = Act::FileNotRelevantV1 { file: id.clone() };
    Ok(next.act(act).done(context))
}

/// Tells the sender that a file was refused. If it came in time for an open request, there are three
/// civil days to replace it.
fn refuse(
    mut next: Next<'_>,
    file: Attachment,
    arrived_at: jiff::Timestamp,
    why: FileFault,
    context: &Context<'_>,
) -> Change {
    let mut replace_by = None;
    if let Status::AwaitingDocuments(now) = &mut next.review.outline.status
        && file.side == Side::Filer
        && arrived_in_time(arrived_at, file.granted_at, now.request.due)
    {
        let request = &mut now.request;
        let due = request
            .due
            .max(due_after_days(context.at, REPLACEMENT_DAYS));
        if due != request.due {
            request.due = due;
            request.reminded = None;
            request.held_until = None;
        }
        replace_by = Some(due);
    }
    let act = Act::FileRefusedV1 {
        file: file.id.clone(),
        why,
    };
    let event = Event::FileRefusedV1(FileRefusedV1 {
        party: next.party(),
        file: file.id,
        name: file.file.name,
        why,
        replace_by,
    });
    let next = if file.side == Side::Filer {
        next.tell(act, event)
    } else {
        next.act(act)
    };
    next.done(context)
}
