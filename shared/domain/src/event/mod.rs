//! What happened, past tense and versioned, with every fact that a letter about it needs.
//!
//! An event is frozen when it happens: a letter sent hours later, or again, says the same. There is an
//! event for every letter of domain.md #53; who gets it is for [`Event::audience`] to say, in one table beside the recipients.

mod filing;
mod outcome;
mod party;
mod waiting;

use serde::{Deserialize, Serialize};

pub use filing::{
    AccessChangedV1, CommentedV1, ContactReplacedV1, CorrectionFiledV1, DraftReminderV1,
    EntrustedV1, HandOverOfferedV1, HandedOverV1, LateAllowedV1, NotSubmittedV1, ReviewSubmittedV1,
    ReviewWithdrawnV1, SentAnewV1, WindowChangedV1,
};
pub use outcome::{
    CopyUntil, DecisionCorrectedV1, OutcomeBy, OutcomeV1, ReinstatedV1, ScoresRevisedV1,
};
pub use party::Party;
pub use waiting::{
    DocumentsDueMovedV1, DocumentsReceivedV1, DocumentsReminderV1, DocumentsRequestedV1, DueCause,
    FileRefusedV1, MoreTimeAnsweredV1, MoreTimeAskedV1, WrongPatientDecidedV1,
};

/// An event that people are told about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Event {
    /// A request was submitted (domain.md #43, #52).
    ReviewSubmittedV1(ReviewSubmittedV1),
    /// A request was withdrawn (domain.md #45).
    ReviewWithdrawnV1(ReviewWithdrawnV1),
    /// A submitted request was corrected (domain.md #45).
    CorrectionFiledV1(CorrectionFiledV1),
    /// One side wrote to the other (domain.md #49).
    CommentedV1(CommentedV1),
    /// The review team asks for documents (domain.md #18).
    DocumentsRequestedV1(DocumentsRequestedV1),
    /// Documents are due soon (domain.md #21).
    DocumentsReminderV1(DocumentsReminderV1),
    /// There is more time for documents (domain.md #18, #23).
    DocumentsDueMovedV1(DocumentsDueMovedV1),
    /// The filer asks for more time (domain.md #24).
    MoreTimeAskedV1(MoreTimeAskedV1),
    /// More time was granted or refused (domain.md #24).
    MoreTimeAnsweredV1(MoreTimeAnsweredV1),
    /// The request for documents has ended, and a person goes on (domain.md #19).
    DocumentsReceivedV1(DocumentsReceivedV1),
    /// A file could not be taken (domain.md #18, #38).
    FileRefusedV1(FileRefusedV1),
    /// The review was approved or denied (domain.md #53).
    OutcomeV1(OutcomeV1),
    /// The scores of an approval are known (domain.md #57).
    ScoresRevisedV1(ScoresRevisedV1),
    /// A clerical error in the decision was corrected (domain.md #6).
    DecisionCorrectedV1(DecisionCorrectedV1),
    /// A denial by the clock was taken back (domain.md #46).
    ReinstatedV1(ReinstatedV1),
    /// The window closes soon, and the draft is not submitted (domain.md #21).
    DraftReminderV1(DraftReminderV1),
    /// The window was announced, moved or reopened (domain.md #23).
    WindowChangedV1(WindowChangedV1),
    /// The window closed over the draft (domain.md #22).
    NotSubmittedV1(NotSubmittedV1),
    /// One late submission is let in (domain.md #17).
    LateAllowedV1(LateAllowedV1),
    /// Staff were added or removed (domain.md #34).
    AccessChangedV1(AccessChangedV1),
    /// The owner offers the review to one of the staff (domain.md #34).
    HandOverOfferedV1(HandOverOfferedV1),
    /// The review has another owner (domain.md #34).
    HandedOverV1(HandedOverV1),
    /// An administrator gave the review to another owner (domain.md #34).
    EntrustedV1(EntrustedV1),
    /// The contact has another address (domain.md #54).
    ContactReplacedV1(ContactReplacedV1),
    /// A letter that did not reach the contact (domain.md #54).
    SentAnewV1(SentAnewV1),
    /// A report that a file tells of somebody else was decided (domain.md #38).
    WrongPatientDecidedV1(WrongPatientDecidedV1),
}

/// The name of an event, for logs and metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// [`ReviewSubmittedV1`]
    ReviewSubmitted,
    /// [`ReviewWithdrawnV1`]
    ReviewWithdrawn,
    /// [`CorrectionFiledV1`]
    CorrectionFiled,
    /// [`CommentedV1`]
    Commented,
    /// [`DocumentsRequestedV1`]
    DocumentsRequested,
    /// [`DocumentsReminderV1`]
    DocumentsReminder,
    /// [`DocumentsDueMovedV1`]
    DocumentsDueMoved,
    /// [`MoreTimeAskedV1`]
    MoreTimeAsked,
    /// [`MoreTimeAnsweredV1`]
    MoreTimeAnswered,
    /// [`DocumentsReceivedV1`]
    DocumentsReceived,
    /// [`FileRefusedV1`]
    FileRefused,
    /// [`OutcomeV1`]
    Outcome,
    /// [`ScoresRevisedV1`]
    ScoresRevised,
    /// [`DecisionCorrectedV1`]
    DecisionCorrected,
    /// [`ReinstatedV1`]
    Reinstated,
    /// [`DraftReminderV1`]
    DraftReminder,
    /// [`WindowChangedV1`]
    WindowChanged,
    /// [`NotSubmittedV1`]
    NotSubmitted,
    /// [`LateAllowedV1`]
    LateAllowed,
    /// [`AccessChangedV1`]
    AccessChanged,
    /// [`HandOverOfferedV1`]
    HandOverOffered,
    /// [`HandedOverV1`]
    HandedOver,
    /// [`EntrustedV1`]
    Entrusted,
    /// [`ContactReplacedV1`]
    ContactReplaced,
    /// [`WrongPatientDecidedV1`]
    WrongPatientDecided,
}

impl Event {
    /// Its name; of a letter that is sent anew, that of what it tells.
    #[must_use]
    pub fn kind(&self) -> EventKind {
        match self {
            Self::ReviewSubmittedV1(_) => EventKind::ReviewSubmitted,
            Self::ReviewWithdrawnV1(_) => EventKind::ReviewWithdrawn,
            Self::CorrectionFiledV1(_) => EventKind::CorrectionFiled,
            Self::CommentedV1(_) => EventKind::Commented,
            Self::DocumentsRequestedV1(_) => EventKind::DocumentsRequested,
            Self::DocumentsReminderV1(_) => EventKind::DocumentsReminder,
            Self::DocumentsDueMovedV1(_) => EventKind::DocumentsDueMoved,
            Self::MoreTimeAskedV1(_) => EventKind::MoreTimeAsked,
            Self::MoreTimeAnsweredV1(_) => EventKind::MoreTimeAnswered,
            Self::DocumentsReceivedV1(_) => EventKind::DocumentsReceived,
            Self::FileRefusedV1(_) => EventKind::FileRefused,
            Self::OutcomeV1(_) => EventKind::Outcome,
            Self::ScoresRevisedV1(_) => EventKind::ScoresRevised,
            Self::DecisionCorrectedV1(_) => EventKind::DecisionCorrected,
            Self::ReinstatedV1(_) => EventKind::Reinstated,
            Self::DraftReminderV1(_) => EventKind::DraftReminder,
            Self::WindowChangedV1(_) => EventKind::WindowChanged,
            Self::NotSubmittedV1(_) => EventKind::NotSubmitted,
            Self::LateAllowedV1(_) => EventKind::LateAllowed,
            Self::AccessChangedV1(_) => EventKind::AccessChanged,
            Self::HandOverOfferedV1(_) => EventKind::HandOverOffered,
            Self::HandedOverV1(_) => EventKind::HandedOver,
            Self::EntrustedV1(_) => EventKind::Entrusted,
            Self::ContactReplacedV1(_) => EventKind::ContactReplaced,
            Self::SentAnewV1(anew) => anew.event.kind(),
            Self::WrongPatientDecidedV1(_) => EventKind::WrongPatientDecided,
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn party(&self) -> &Party {
        match self {
            Self::ReviewSubmittedV1(event) => &event.party,
            Self::ReviewWithdrawnV1(event) => &event.party,
            Self::CorrectionFiledV1(event) => &event.party,
            Self::CommentedV1(event) => &event.party,
            Self::DocumentsRequestedV1(event) => &event.party,
            Self::DocumentsReminderV1(event) => &event.party,
            Self::DocumentsDueMovedV1(event) => &event.party,
            Self::MoreTimeAskedV1(event) => &event.party,
            Self::MoreTimeAnsweredV1(event) => &event.party,
            Self::DocumentsReceivedV1(event) => &event.party,
            Self::FileRefusedV1(event) => &event.party,
            Self::OutcomeV1(event) => &event.party,
            Self::ScoresRevisedV1(event) => &event.party,
            Self::DecisionCorrectedV1(event) => &event.party,
            Self::ReinstatedV1(event) => &event.party,
            Self::DraftReminderV1(event) => &event.party,
            Self::WindowChangedV1(event) => &event.party,
            Self::NotSubmittedV1(event) => &event.party,
            Self::LateAllowedV1(event) => &event.party,
            Self::AccessChangedV1(event) => &event.party,
            Self::HandOverOfferedV1(event) => &event.party,
            Self::HandedOverV1(event) => &event.party,
            Self::EntrustedV1(event) => &event.party,
            Self::ContactReplacedV1(event) => &event.party,
            Self::SentAnewV1(anew) => anew.event.party(),
            Self::WrongPatientDecidedV1(event) => &event.party,
        }
    }
}
