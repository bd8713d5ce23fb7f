//! Why a command was refused: the state, the command and the reason, as sentences for people.

use std::fmt;

use jiff::Timestamp;

use crate::{CommandName, Fault, StatusName, Window, WindowState, civil_text};

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// Someone of this relation to the review may not do it.
    NotAllowed(CommandName),
    /// The status does not allow it.
    NotInStatus(CommandName, StatusName),
    /// The window is not open at the instant of receipt.
    OutsideWindow(Window),
    /// The window has closed, so nothing can be filed again: withdrawing asks to acknowledge that.
    Unacknowledged(Window),
    /// Its time comes at this instant.
    TooEarly(CommandName, Timestamp),
    /// The form has been changed since the person read it; this is its revision now.
    StaleForm(u64),
    /// The review has been changed since the person read it; this is its version now.
    StaleReview(CommandName, u64),
    /// What was sent, or what is still missing, by pointer.
    Faulty(Vec<Fault>),
    /// The facts of the review stand against it.
    Unfit(Unfit),
}

/// Which fact of the review stands against a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// Nothing is to be reminded of, told or changed.
    #[error("There is nothing to do: it has been done, or its time has not come.")]
    NothingToDo,
    /// The address is not one of the staff's.
    #[error("Only staff of this review can take it over; add the address to the staff first.")]
    NotStaff,
    /// No offer, or one to somebody else.
    #[error("This review is not offered to you. Ask its owner to offer it to your address.")]
    NotOffered,
    /// Another reviewer works on it.
    #[error("Another reviewer works on this review. Ask an administrator to assign it to you.")]
    AssignedToAnother,
    /// Nobody works on it.
    #[error("Nobody is assigned to this review.")]
    NotAssigned,
    /// The person has an interest in the review.
    #[error("This person has an interest in the review, and cannot be assigned to it.")]
    Interested,
    /// As many as there can be.
    #[error("There are as many of these as a review can hold; take one away first.")]
    TooMany,
    /// No further correction fits beside the ones on record.
    #[error(
        "This request holds as many corrections as it can. Say the rest in a comment, or ask the Service Center."
    )]
    CorrectionsFull,
    /// No further comment fits beside the ones on record.
    #[error(
        "This review holds as many comments as it can. Call the Service Center about the rest."
    )]
    CommentsFull,
    /// No further private note fits beside the ones on record.
    #[error("This review holds as many private notes as it can.")]
    NotesFull,
    /// No further file fits beside the ones on record.
    #[error(
        "This request holds as many files as it can, refused and removed ones included. Ask the Service Center how to send the rest."
    )]
    FilesFull,
    /// No such label, item, file or TIN.
    #[error("There is no such thing in this review. Read it again, and name what is there.")]
    NotThere,
    /// The id was used before.
    #[error("This id is in use already; take a new one.")]
    IdInUse,
    /// The file has come to another point.
    #[error("The file has come to another point in the meantime. Read its state again.")]
    FileElsewhere,
    /// The time of the request for documents has ended.
    #[error("The time for documents has ended; what came is being looked at.")]
    RequestEnded,
    /// A due instant never moves earlier.
    #[error("The last day for documents can only be moved to a later one.")]
    NeverEarlier,
    /// More time was asked for before.
    #[error("More time can be asked for once, and it has been.")]
    AskedBefore,
    /// Nobody waits for an answer about more time.
    #[error("Nobody waits for an answer about more time.")]
    NotAsked,
    /// A file is still being checked.
    #[error(
        "A file is still being checked. Decide once its check has ended, at most a day after it came."
    )]
    FilesPending,
    /// A ruling waits for its second person.
    #[error("A decision waits for its second person; it must be confirmed or sent back first.")]
    ProposalPending,
    /// Nothing waits for a second person.
    #[error("No decision waits for a second person.")]
    NoProposal,
    /// The second person is the first.
    #[error("The second person must be another than the first.")]
    SamePerson,
    /// A clerical correction would turn the outcome.
    #[error(
        "A decision is final: a clerical correction changes what was mistyped, not the outcome."
    )]
    OutcomeStays,
    /// No further correction fits beside the ones on record.
    #[error("This decision was corrected as often as it can be.")]
    ClericalFull,
    /// A person decided.
    #[error("Only a denial by the clock can be taken back; a decision by a person is final.")]
    NotByClock,
    /// The document did not arrive in time.
    #[error("The document did not arrive in time.")]
    NotInTime,
    /// The window is not known to have closed.
    #[error("The window has not closed.")]
    NotClosed,
    /// Late leave was given before.
    #[error("One late submission is let in, and leave for it was given before.")]
    LeaveGiven,
    /// Under a hold already, or under none.
    #[error("The legal hold is as asked for already.")]
    HoldStands,
    /// Nothing of a review is erased while a legal hold stands.
    #[error(
        "A legal hold stands on this review: nothing of it is erased until the hold is lifted."
    )]
    UnderHold,
    /// No mail to the contact's address came back.
    #[error(
        "No mail to the contact's address has come back, so it stays as it is. The review's own people can change it until the end."
    )]
    NothingBounced,
    /// An administrator named their own address.
    #[error(
        "This is your own address. Nobody can be made owner or contact of a review by their own hand."
    )]
    OwnHands,
    /// In review, approved, or another's.
    #[error(
        "Only a filer's own withdrawn, denied or not submitted request can be copied as a new one."
    )]
    NotToBeCopied,
}

impl std::error::Error for Refused {}

impl From<Unfit> for Refused {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed(command) => write!(
                f,
                "You can see this review, but it cannot be {} by you.",
                command.done()
            ),
            Self::NotInStatus(command, status) => write!(
                f,
                "A review with the status \"{}\" cannot be {}.",
                status.label(),
                command.done()
            ),
            Self::OutsideWindow(window) => outside(f, window),
            Self::Unacknowledged(window) => write!(
                f,
                "{} Once withdrawn, nothing can be filed again for this year; withdraw with \"acknowledge_final\": true if you mean it.",
                window.sentence()
            ),
            Self::TooEarly(command, from) => write!(
                f,
                "This review cannot be {} before {}.",
                command.done(),
                civil_text(*from)
            ),
            Self::StaleForm(now) => write!(
                f,
                "The form has been changed since you read it; it is now at revision {now}. Read it again, then repeat your change."
            ),
            Self::StaleReview(_, now) => write!(
                f,
                "The review has been changed since you read it; it is now at version {now}. Read it again, then repeat your change."
            ),
            Self::Faulty(faults) => write!(
                f,
                "There is something to mend: {} fault(s), each named by its place.",
                faults.len()
            ),
            Self::Unfit(unfit) => unfit.fmt(f),
        }
    }
}

fn outside(f: &mut fmt::Formatter<'_>, window: &Window) -> fmt::Result {
    let rule = match window.state() {
        WindowState::Closed(_) => "A request cannot be begun, changed or submitted after that.",
        WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Open(_) => {
            "A request can be begun, changed and submitted while it is open."
        }
    };
    write!(f, "{} {rule}", window.sentence())
}
