//! Who may give which command. Part of the decision: no door can forget it.

use crate::{CommandName, Relation};

/// Whether someone of this relation to the review may give the command at all.
pub(super) fn may(relation: Relation, command: CommandName) -> bool {
    use CommandName as C;
    use Relation::{Administrator, Owner, Reviewer, Staff, System};
    match command {
        C::Rename
        | C::Submit
        | C::Withdraw
        | C::WithdrawForGood
        | C::Correct
        | C::OfferHandOver
        | C::TakeHandOverBack => relation == Owner,
        C::Open | C::AcceptHandOver => relation == Staff,
        C::EditForm | C::EditPeople | C::AskMoreTime | C::ThatIsAll | C::RemoveFile => {
            matches!(relation, Owner | Staff)
        }
        C::Comment | C::GrantFile | C::WrongPatient => {
            matches!(relation, Owner | Staff | Reviewer | Administrator)
        }
        C::NotRelevant
        | C::Take
        | C::Release
        | C::DeclareConflict
        | C::AddLabel
        | C::RemoveLabel
        | C::Note
        | C::RevealTin
        | C::RequestDocuments
        | C::AmendRequest
        | C::GrantMoreTime
        | C::RefuseMoreTime
        | C::ItemReceived
        | C::ReturnToReview
        | C::Rule
        | C::ConfirmRuling
        | C::SendRulingBack
        | C::ConfirmClerical => matches!(relation, Reviewer | Administrator),
        C::Assign
        | C::ExtendRequest
        | C::ProposeClerical
        | C::DropClerical
        | C::AllowLate
        | C::Entrust
        | C::ReplaceContact
        | C::EraseWrongPatient
        | C::UnlockFile
        | C::PutHold
        | C::LiftHold => relation == Administrator,
        C::Toll | C::Reinstate | C::ReopenDraft | C::TellWindow => {
            matches!(relation, Administrator | System(_))
        }
        C::ReviseScores => matches!(relation, Reviewer | Administrator | System(_)),
        C::ReceiveFile
        | C::ExpireFile
        | C::PassFile
        | C::RejectFile
        | C::InfectFile
        | C::GiveFileUp
        | C::EraseFile
        | C::Settle
        | C::CloseDraft
        | C::Remind => matches!(relation, System(_)),
    }
}
