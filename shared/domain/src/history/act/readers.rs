//! Who reads an act in the log.

use super::Act;

impl Act {
    /// Whether filers never see it (domain.md #50).
    #[must_use]
    pub fn is_internal(&self) -> bool {
        match self {
            Self::TakenV1
            | Self::AssignedV1 { .. }
            | Self::ReleasedV1
            | Self::ConflictDeclaredV1
            | Self::LabelledV1 { .. }
            | Self::LabelRemovedV1 { .. }
            | Self::NotedV1 { .. }
            | Self::TinRevealedV1
            | Self::SettlementHeldV1 { .. }
            | Self::RulingProposedV1 { .. }
            | Self::RulingSentBackV1
            | Self::ClericalProposedV1 { .. }
            | Self::ClericalDroppedV1
            | Self::ReminderMissedV1 { .. }
            | Self::HoldPutV1 { .. }
            | Self::HoldLiftedV1 => true,
            Self::DraftCreatedV1 { .. }
            | Self::CopiedV1 { .. }
            | Self::FormEditedV1 { .. }
            | Self::PeopleEditedV1 { .. }
            | Self::RenamedV1
            | Self::SubmittedV1 { .. }
            | Self::WithdrawnV1 { .. }
            | Self::CorrectedV1 { .. }
            | Self::OpenedV1
            | Self::HandOverOfferedV1
            | Self::HandOverTakenBackV1
            | Self::HandedOverV1 { .. }
            | Self::EntrustedV1 { .. }
            | Self::ContactReplacedV1 { .. }
            | Self::LetterSentAnewV1 { .. }
            | Self::CommentedV1 { .. }
            | Self::FileGrantedV1 { .. }
            | Self::FileReceivedV1 { .. }
            | Self::FileExpiredV1 { .. }
            | Self::FilePassedV1 { .. }
            | Self::FileRefusedV1 { .. }
            | Self::FileLockedAwayV1 { .. }
            | Self::FileRemovedV1 { .. }
            | Self::FileErasedV1 { .. }
            | Self::FileOfWrongPatientV1 { .. }
            | Self::WrongPatientErasedV1 { .. }
            | Self::FileUnlockedV1 { .. }
            | Self::FileNotRelevantV1 { .. }
            | Self::DocumentsRequestedV1 { .. }
            | Self::RequestAmendedV1 { .. }
            | Self::MoreTimeAskedV1 { .. }
            | Self::MoreTimeGrantedV1 { .. }
            | Self::MoreTimeRefusedV1
            | Self::ItemReceivedV1 { .. }
            | Self::DueMovedV1 { .. }
            | Self::ReturnedV1 { .. }
            | Self::DeniedByClockV1 { .. }
            | Self::DecidedV1 { .. }
            | Self::ScoresRevisedV1 { .. }
            | Self::ClericallyCorrectedV1 { .. }
            | Self::ReinstatedV1 { .. }
            | Self::NotSubmittedV1 { .. }
            | Self::ReopenedV1
            | Self::WindowToldV1 { .. }
            | Self::LateAllowedV1 { .. }
            | Self::RemindedV1 { .. } => false,
        }
    }
}
