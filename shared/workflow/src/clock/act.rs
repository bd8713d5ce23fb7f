//! One command of a sweep: what the clock does to one review.

use domain::{
    Actor, Command, DocumentStep, Job, Refused, Relation, Review, ReviewId, Status, StatusName,
    TimeStep, Unfit, WindowState,
};
use jiff::Timestamp;

use super::reached::reached;
use crate::change::{ATTEMPTS, Answer, committed, decide_on};
use crate::ports::{Commit, Commits, Committed, Correspondence, Programs, Reviews};
use crate::program::program_known;
use crate::{Failure, Inbound};

/// What acting needs of the world.
pub trait ActPorts: Commits + Correspondence + Programs + Reviews {}

impl<P: Commits + Correspondence + Programs + Reviews + ?Sized> ActPorts for P {}

/// What came of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acted {
    /// The draft was not submitted.
    Closed,
    /// Nobody answered, and the review is denied.
    Expired,
    /// The request for documents has ended, and a person goes on.
    Returned,
    /// The request waits for an upload or a check.
    Held,
    /// A reminder went out, or was passed over because it would have come too late.
    Reminded,
    /// The draft's people are told of a change of the window.
    Told,
    /// The draft is a draft again.
    Reopened,
    /// Nothing is due: it was done before, somebody was faster, or its time has not come.
    Nothing,
}

/// Lets the clock do to the review what is due at the instant of `inbound`, which is its sweep's. A second
/// run does nothing.
///
/// The instant decides what is due; what is *known* is what is stored now: a window that was extended, or
/// a request that was given more time, after the sweep had looked and before this came to be carried out,
/// counts as it is.
///
/// # Errors
/// [`Failure::Port`], [`Failure::UnknownYear`], or [`Failure::Busy`] when others are faster again and
/// again; the command comes again.
pub async fn move_on(
    ports: &(impl ActPorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Acted, Failure> {
    for _ in 0..ATTEMPTS {
        let Some(review) = ports.load(id).await? else {
            return Ok(Acted::Nothing);
        };
        let Some((job, command, at)) = due(ports, &review, inbound.received_at).await? else {
            return Ok(Acted::Nothing);
        };
        let actor = Actor::job(job);
        let inbound = Inbound {
            actor: &actor,
            received_at: at,
            ..*inbound
        };
        let relation = Relation::System(job);
        let wish = command.into();
        let commit = match decide_on(ports, &inbound, &review, relation, &wish).await {
            Ok(commit) => commit,
            Err(Failure::Refused(refused, _)) if is_moot(&refused) => return Ok(Acted::Nothing),
            Err(failure) => return Err(failure),
        };
        match ports.commit(&commit).await? {
            Committed::Done => {
                committed("move_on", Answer::of(&commit.change, &inbound));
                return Ok(acted(&review, &commit));
            }
            Committed::Raced => {}
        }
    }
    Err(Failure::Busy)
}

/// The refusals that only say that nothing is due.
fn is_moot(refused: &Refused) -> bool {
    match refused {
        Refused::TooEarly(..)
        | Refused::NotInStatus(..)
        | Refused::OutsideWindow(_)
        | Refused::Unfit(Unfit::NothingToDo | Unfit::NotClosed) => true,
        Refused::NotAllowed(_)
        | Refused::Unacknowledged(_)
        | Refused::StaleForm(_)
        | Refused::StaleReview(..)
        | Refused::Faulty(_)
        | Refused::Unfit(_) => false,
    }
}

/// What the clock wants of the review, in whose name, and at which instant: that of the sweep, or that of
/// the last change of the window if it is later.
async fn due(
    ports: &(impl ActPorts + ?Sized),
    review: &Review,
    as_of: Timestamp,
) -> Result<Option<(Job, Command, Timestamp)>, Failure> {
    let year = review.outline.year;
    Ok(match &review.outline.status {
        Status::AwaitingDocuments(now) => {
            let command = if as_of < now.request.settle_from() {
                Command::Remind
            } else {
                // Only a silent request asks whether anybody was reached.
                let silent = now.request.is_silent();
                let reached = !silent || reached(ports, &review.outline.id, &now.request).await?;
                Command::Documents(DocumentStep::Settle { reached })
            };
            Some((Job::DocumentClock, command, as_of))
        }
        Status::Draft(draft) => {
            let window = program_known(ports, year, as_of).await?.window;
            let command = match window.state() {
                WindowState::Closed(_) => Command::Time(TimeStep::Close),
                WindowState::Open(_) if draft.told < window.known_since() => {
                    Command::Time(TimeStep::Tell)
                }
                WindowState::Open(_) => Command::Remind,
                WindowState::Unannounced | WindowState::NotYetOpen(_) => return Ok(None),
            };
            Some((Job::WindowSweep, command, window.asked_at()))
        }
        Status::NotSubmitted(_) => {
            let window = program_known(ports, year, as_of).await?.window;
            let reopen = Command::Time(TimeStep::Reopen);
            let open = window.is_open();
            open.then(|| (Job::WindowSweep, reopen, window.asked_at()))
        }
        Status::InReview(_) | Status::Approved(_) | Status::Denied(_) | Status::Withdrawn(_) => {
            None
        }
    })
}

fn acted(before: &Review, commit: &Commit) -> Acted {
    let (then, now) = (&before.outline.status, &commit.change.review.outline.status);
    match (then.name(), now) {
        (StatusName::NotSubmitted, _) => Acted::Reopened,
        (_, Status::NotSubmitted(_)) => Acted::Closed,
        (_, Status::Denied(_)) => Acted::Expired,
        (_, Status::InReview(_)) => Acted::Returned,
        (_, Status::AwaitingDocuments(next)) => {
            let held = |status: &Status| match status {
                Status::AwaitingDocuments(now) => now.request.held_until,
                Status::Draft(_)
                | Status::InReview(_)
                | Status::Approved(_)
                | Status::Denied(_)
                | Status::Withdrawn(_)
                | Status::NotSubmitted(_) => None,
            };
            if held(then) == next.request.held_until {
                Acted::Reminded
            } else {
                Acted::Held
            }
        }
        (_, Status::Draft(next)) => match then {
            Status::Draft(draft) if draft.told == next.told => Acted::Reminded,
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_) => Acted::Told,
        },
        (_, Status::Approved(_) | Status::Withdrawn(_)) => Acted::Nothing,
    }
}
