//! The only place where a review changes.
//!
//! [`transition()`] is total: every status meets every command in one match without a wildcard, so a
//! new status or command does not compile until someone has said what it means. It consumes nothing and
//! writes nothing; what it returns is either the whole next review with the history that led to it, or
//! a refusal that says why. Commits are conditional on the version that was decided on.
//!
//! The match says only *where* a command is a move; who may give it stands in one table
//! (`authority`), and the facts that it needs and what it does stand beside each other by concern.

mod access;
mod authority;
mod begin;
mod casework;
mod clerical;
mod closing;
mod contact;
mod decide;
mod documents;
mod entrust;
mod files;
mod filing;
mod next;
mod settle;

use jiff::Timestamp;

pub use begin::{copy, create};
pub use casework::has_interest;

use crate::{
    Act, Actor, Command, CommitId, DocumentStep, Entry, Event, FileStep, Refused, Relation, Review,
    RuleSet, SealedEntry, Status, TimeStep, Window, relation,
};

/// What surrounds a decision. Time enters here and nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// When the request arrived at the API (domain.md #17), never when it is handled.
    pub at: Timestamp,
    /// Who asks.
    pub actor: &'a Actor,
    /// What the actor is to the review, as [`relation()`](crate::relation()) says; anything else is refused.
    pub relation: Relation,
    /// The rules of the review's year.
    pub rules: &'a RuleSet,
    /// The window of that year as it was known at `at`.
    pub window: &'a Window,
    /// The attempt that will commit the change.
    pub commit: &'a CommitId,
}

impl Context<'_> {
    fn within_window(&self) -> Result<(), Refused> {
        if self.window.is_open() {
            Ok(())
        } else {
            Err(Refused::OutsideWindow(self.window.clone()))
        }
    }
}

/// What a command does to a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The whole next review.
    pub review: Review,
    /// Whether the form has other content than before.
    pub form_changed: bool,
    /// Whether contact or staff are others than before.
    pub people_changed: bool,
    /// Whether files or corrections are others than before.
    pub dossier_changed: bool,
    /// The new entries of the history, at least one.
    pub entries: Vec<SealedEntry>,
    /// Events that people are told about, each with the place of its entry.
    pub events: Vec<(u64, Event)>,
}

impl Change {
    /// The entry that tells of `act`, if there is one.
    #[must_use]
    pub fn entry_of(&self, act: &Act) -> Option<Entry> {
        let entries = self.entries.iter();
        let read = |sealed: &SealedEntry| serde_json::from_str::<Entry>(&sealed.body).ok();
        entries.filter_map(read).find(|entry| entry.act == *act)
    }
}

/// Decides `command` on `review`.
///
/// # Errors
/// [`Refused`] names the reason; the review stays as it is.
pub fn transition(
    review: &Review,
    command: Command,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let name = command.name();
    let stands = relation(review, context.actor) == Some(context.relation);
    if !stands || !authority::may(context.relation, name) {
        return Err(Refused::NotAllowed(name));
    }
    let next = next::Next::of(review);
    let refused = Refused::NotInStatus(name, review.outline.status.name());
    match (&review.outline.status, command) {
        (Status::Draft(_), Command::EditForm { revision, patch }) => {
            filing::edit_form(next, revision, &patch, context)
        }
        (
            Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::EditForm { .. },
        ) => Err(refused),

        (
            Status::Draft(draft),
            Command::Submit {
                form_revision,
                certification,
            },
        ) => {
            let leave = draft.late.as_ref();
            filing::submit(next, form_revision, &certification, leave, context)
        }
        (
            Status::NotSubmitted(closed),
            Command::Submit {
                form_revision,
                certification,
            },
        ) => {
            let leave = closed.late.as_ref();
            filing::submit(next, form_revision, &certification, leave, context)
        }
        (
            Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_),
            Command::Submit { .. },
        ) => Err(refused),

        // While a review is alive, its people work on it.
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::EditPeople { version, patch },
        ) => access::edit_people(next, version, &patch, context),
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::Withdraw,
        ) => filing::withdraw(next, false, context),
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::WithdrawForGood,
        ) => filing::withdraw(next, true, context),
        (Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_), Command::Open) => {
            access::open(next, context)
        }
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::Access(step),
        ) => access::hand_over(next, step, context),
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::Comment { id, sha256 },
        ) => filing::comment(next, id, sha256, context),
        (
            Status::Draft(_) | Status::InReview(_) | Status::AwaitingDocuments(_),
            Command::File { id, step },
        ) => files::step(next, id, step, context),
        // What must be taken out of the store is taken out, whenever it is found.
        (
            Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::File {
                id,
                step: step @ (FileStep::Erase | FileStep::EraseWrongPatient(_)),
            },
        ) => files::step(next, id, step, context),
        (
            Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::EditPeople { .. }
            | Command::Withdraw
            | Command::WithdrawForGood
            | Command::Open
            | Command::Access(_)
            | Command::Comment { .. }
            | Command::File { .. },
        ) => Err(refused),

        // While it is with the review team.
        (Status::InReview(_) | Status::AwaitingDocuments(_), Command::Correct(correction)) => {
            filing::correct(next, correction, context)
        }
        (Status::InReview(_) | Status::AwaitingDocuments(_), Command::Case(step)) => {
            casework::step(next, step, context)
        }
        (
            Status::Draft(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Correct(_) | Command::Case(_),
        ) => Err(refused),

        (Status::InReview(now), Command::Decide(step)) => decide::step(next, now, step, context),
        (
            Status::InReview(now),
            Command::Documents(DocumentStep::Request {
                items,
                message,
                last_day,
            }),
        ) => documents::request(next, now, items, message, last_day, context),
        (Status::AwaitingDocuments(now), Command::Documents(step)) => {
            documents::step(next, now, step, context)
        }
        (
            Status::Draft(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Decide(_),
        )
        | (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Documents(_),
        ) => Err(refused),

        // After the end, only what domain.md #46 lists.
        (Status::Approved(now), Command::ReviseScores(scores)) => {
            clerical::revise_scores(next, now, scores, context)
        }
        (Status::Approved(now), Command::Clerical(step)) => {
            clerical::of_approval(next, now, step, context)
        }
        (Status::Denied(now), Command::Clerical(step)) => {
            clerical::of_denial(next, now, step, context)
        }
        (Status::Denied(now), Command::Reinstate(cause)) => {
            settle::reinstate(next, now, cause, context)
        }
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::ReviseScores(_) | Command::Clerical(_) | Command::Reinstate(_),
        )
        | (Status::Denied(_), Command::ReviseScores(_))
        | (Status::Approved(_), Command::Reinstate(_)) => Err(refused),

        // What a window does to a draft.
        (Status::Draft(draft), Command::Time(TimeStep::Close)) => {
            closing::close(next, draft, context)
        }
        (Status::Draft(draft), Command::Time(TimeStep::Tell)) => {
            closing::tell(next, draft, context)
        }
        (Status::NotSubmitted(_), Command::Time(TimeStep::Reopen)) => {
            closing::reopen(next, context)
        }
        (
            Status::Draft(_) | Status::NotSubmitted(_),
            Command::Time(TimeStep::AllowLate {
                failed_request,
                attempted_at,
            }),
        ) => closing::allow_late(next, failed_request, attempted_at, context),
        (Status::Draft(draft), Command::Remind) => closing::remind_draft(next, draft, context),
        (Status::AwaitingDocuments(now), Command::Remind) => documents::remind(next, now, context),
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Time(_),
        )
        | (
            Status::InReview(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Remind,
        ) => Err(refused),

        // The owner's label, where letters go and a legal hold stay open for ever.
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Rename { version, name },
        ) => filing::rename(next, version, name, context),
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::Hold(step),
        ) => casework::hold(next, step, context),
        (
            Status::Draft(_)
            | Status::InReview(_)
            | Status::AwaitingDocuments(_)
            | Status::Approved(_)
            | Status::Denied(_)
            | Status::Withdrawn(_)
            | Status::NotSubmitted(_),
            Command::ReplaceContact(new),
        ) => contact::replace(next, new, context),
    }
}
