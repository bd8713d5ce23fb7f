//! What happened, told so shortly that it may stand in a subject line and reach anyone.

use domain::{Email, Event, ReviewId, Side};

/// The kind of news, without a fact about the party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    /// A request was submitted.
    Received,
    /// A submitted request was withdrawn.
    RequestWithdrawn,
    /// A draft was withdrawn.
    DraftWithdrawn,
    /// A submitted request was corrected.
    Corrected,
    /// The filer's side wrote.
    FilerWrote,
    /// The review team wrote.
    TeamWrote,
    /// Documents are asked for, or otherwise than before.
    DocumentsRequested,
    /// Documents are due soon.
    DocumentsDueSoon,
    /// There is more time for documents.
    DueMoved,
    /// The filer's side asks for more time.
    MoreTimeAsked,
    /// More time was granted.
    MoreTimeGranted,
    /// More time was refused.
    MoreTimeRefused,
    /// The request for documents has ended.
    DocumentsEnded,
    /// A file could not be taken.
    FileRefused,
    /// Something was granted.
    Approved,
    /// Nothing was granted.
    Denied,
    /// The scores of an approval are known, or known better.
    ScoresRevised,
    /// A clerical error in an approval was corrected.
    ApprovalCorrected,
    /// A clerical error in a denial was corrected.
    DenialCorrected,
    /// A denial by the clock was taken back.
    Reinstated,
    /// The window closes soon over a draft.
    DraftDueSoon,
    /// The window of a draft changed.
    WindowChanged,
    /// The window closed over a draft.
    NotSubmitted,
    /// One late submission is let in.
    LateAllowed,
    /// The reader was given access.
    AccessGranted,
    /// The reader's access has ended.
    AccessEnded,
    /// The review is offered to the reader.
    HandOverOffered,
    /// The review has another owner.
    HandedOver,
    /// An administrator gave the review to the reader.
    EntrustedToYou,
    /// An administrator gave the review to somebody else.
    Entrusted,
    /// The contact has another address.
    ContactReplaced,
    /// A file that was reported to tell of somebody else was erased.
    WrongPatientErased,
    /// Such a file can be opened again.
    WrongPatientUnlocked,
}

impl News {
    /// The news in `event` for the reader at `address`: of access, each learns about their own only.
    pub(crate) fn of(event: &Event, address: &Email) -> Self {
        match event {
            Event::ReviewSubmittedV1(_) => Self::Received,
            Event::ReviewWithdrawnV1(withdrawn) if withdrawn.submitted_at.is_some() => {
                Self::RequestWithdrawn
            }
            Event::ReviewWithdrawnV1(_) => Self::DraftWithdrawn,
            Event::CorrectionFiledV1(_) => Self::Corrected,
            Event::CommentedV1(commented) => match commented.by {
                Side::Filer => Self::FilerWrote,
                Side::Team => Self::TeamWrote,
            },
            Event::DocumentsRequestedV1(_) => Self::DocumentsRequested,
            Event::DocumentsReminderV1(_) => Self::DocumentsDueSoon,
            Event::DocumentsDueMovedV1(_) => Self::DueMoved,
            Event::MoreTimeAskedV1(_) => Self::MoreTimeAsked,
            Event::MoreTimeAnsweredV1(answer) if answer.granted => Self::MoreTimeGranted,
            Event::MoreTimeAnsweredV1(_) => Self::MoreTimeRefused,
            Event::DocumentsReceivedV1(_) => Self::DocumentsEnded,
            Event::FileRefusedV1(_) => Self::FileRefused,
            Event::OutcomeV1(outcome) if outcome.approved => Self::Approved,
            Event::OutcomeV1(_) => Self::Denied,
            Event::ScoresRevisedV1(_) => Self::ScoresRevised,
            Event::DecisionCorrectedV1(corrected) if corrected.ruling.grants() => {
                Self::ApprovalCorrected
            }
            Event::DecisionCorrectedV1(_) => Self::DenialCorrected,
            Event::ReinstatedV1(_) => Self::Reinstated,
            Event::DraftReminderV1(_) => Self::DraftDueSoon,
            Event::WindowChangedV1(_) => Self::WindowChanged,
            Event::NotSubmittedV1(_) => Self::NotSubmitted,
            Event::LateAllowedV1(_) => Self::LateAllowed,
            Event::AccessChangedV1(changed) => {
                let own = |other: &Email| other.normalised() == address.normalised();
                if changed.granted.iter().any(own) {
                    Self::AccessGranted
                } else {
                    Self::AccessEnded
                }
            }
            Event::HandOverOfferedV1(_) => Self::HandOverOffered,
            Event::HandedOverV1(_) => Self::HandedOver,
            Event::EntrustedV1(given) if given.to.normalised() == address.normalised() => {
                Self::EntrustedToYou
            }
            Event::EntrustedV1(_) => Self::Entrusted,
            Event::ContactReplacedV1(_) => Self::ContactReplaced,
            Event::SentAnewV1(anew) => Self::of(&anew.event, address),
            Event::WrongPatientDecidedV1(decided) if decided.erased => Self::WrongPatientErased,
            Event::WrongPatientDecidedV1(_) => Self::WrongPatientUnlocked,
        }
    }

    /// Whether the reader can open the review after it.
    pub(crate) fn leaves_access(self) -> bool {
        self != Self::AccessEnded
    }

    /// The subject: one line under 80 characters, our words and the id only, because subjects show on
    /// locked screens and in shared inboxes.
    pub(crate) fn subject(self, id: &ReviewId) -> String {
        let what = match self {
            Self::Received => "Received: targeted review request",
            Self::RequestWithdrawn => "Withdrawn: targeted review request",
            Self::DraftWithdrawn => "Withdrawn: draft of targeted review",
            Self::Corrected => "Correction filed: targeted review request",
            Self::FilerWrote => "New comment from the filer: targeted review",
            Self::TeamWrote => "Comment from the review team: targeted review",
            Self::DocumentsRequested => "Documents requested: targeted review",
            Self::DocumentsDueSoon => "Documents due soon: targeted review",
            Self::DueMoved => "More time for documents: targeted review",
            Self::MoreTimeAsked => "More time asked for: targeted review",
            Self::MoreTimeGranted => "More time granted: targeted review",
            Self::MoreTimeRefused => "More time not granted: targeted review",
            Self::DocumentsEnded => "Back in review: targeted review request",
            Self::FileRefused => "A file could not be taken: targeted review",
            Self::Approved => "Approved: targeted review request",
            Self::Denied => "Denied: targeted review request",
            Self::ScoresRevised => "Scores: approved targeted review request",
            Self::ApprovalCorrected => "Approval corrected: targeted review request",
            Self::DenialCorrected => "Denial corrected: targeted review request",
            Self::Reinstated => "In review again: targeted review request",
            Self::DraftDueSoon => "Not submitted yet: draft of targeted review",
            Self::WindowChanged => "Filing dates changed: draft of targeted review",
            Self::NotSubmitted => "Not submitted: draft of targeted review",
            Self::LateAllowed => "You can still submit: draft of targeted review",
            Self::AccessGranted => "Access given: targeted review request",
            Self::AccessEnded => "Access ended: targeted review request",
            Self::HandOverOffered => "Offered to you: targeted review request",
            Self::HandedOver => "New owner: targeted review request",
            Self::EntrustedToYou => "Given to you: targeted review request",
            Self::Entrusted => "Given to another owner: targeted review request",
            Self::ContactReplaced => "New contact address: targeted review request",
            Self::WrongPatientErased => "A file was erased: targeted review",
            Self::WrongPatientUnlocked => "A file can be opened again: targeted review",
        };
        format!("{what} {id}")
    }
}
