//! The names of commands: what a refusal, a log line and the table of moves speak of.

use super::{AccessStep, ClericalStep, Command, DecisionStep, DocumentStep, HoldStep, TimeStep};
use crate::{CaseStep, FileStep};

/// A command without its facts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CommandName {
    /// [`Command::EditForm`]
    EditForm,
    /// [`Command::EditPeople`]
    EditPeople,
    /// [`Command::Rename`]
    Rename,
    /// [`Command::Submit`]
    Submit,
    /// [`Command::Withdraw`]
    Withdraw,
    /// [`Command::WithdrawForGood`]
    WithdrawForGood,
    /// [`Command::Correct`]
    Correct,
    /// [`Command::Open`]
    Open,
    /// [`AccessStep::Offer`]
    OfferHandOver,
    /// [`AccessStep::TakeBack`]
    TakeHandOverBack,
    /// [`AccessStep::Accept`]
    AcceptHandOver,
    /// [`AccessStep::Entrust`]
    Entrust,
    /// [`Command::ReplaceContact`]
    ReplaceContact,
    /// [`Command::Comment`]
    Comment,
    /// [`FileStep::Grant`]
    GrantFile,
    /// [`FileStep::Receive`]
    ReceiveFile,
    /// [`FileStep::Expire`]
    ExpireFile,
    /// [`FileStep::Pass`]
    PassFile,
    /// [`FileStep::Reject`]
    RejectFile,
    /// [`FileStep::Infect`]
    InfectFile,
    /// [`FileStep::GiveUp`]
    GiveFileUp,
    /// [`FileStep::Remove`]
    RemoveFile,
    /// [`FileStep::Erase`]
    EraseFile,
    /// [`FileStep::WrongPatient`]
    WrongPatient,
    /// [`FileStep::EraseWrongPatient`]
    EraseWrongPatient,
    /// [`FileStep::Unlock`]
    UnlockFile,
    /// [`FileStep::NotRelevant`]
    NotRelevant,
    /// [`CaseStep::Take`]
    Take,
    /// [`CaseStep::Assign`]
    Assign,
    /// [`CaseStep::Release`]
    Release,
    /// [`CaseStep::DeclareConflict`]
    DeclareConflict,
    /// [`CaseStep::AddLabel`]
    AddLabel,
    /// [`CaseStep::RemoveLabel`]
    RemoveLabel,
    /// [`CaseStep::Note`]
    Note,
    /// [`CaseStep::RevealTin`]
    RevealTin,
    /// [`DocumentStep::Request`]
    RequestDocuments,
    /// [`DocumentStep::Amend`]
    AmendRequest,
    /// [`DocumentStep::AskMoreTime`]
    AskMoreTime,
    /// [`DocumentStep::GrantMoreTime`]
    GrantMoreTime,
    /// [`DocumentStep::RefuseMoreTime`]
    RefuseMoreTime,
    /// [`DocumentStep::ItemReceived`]
    ItemReceived,
    /// [`DocumentStep::ThatIsAll`]
    ThatIsAll,
    /// [`DocumentStep::Return`]
    ReturnToReview,
    /// [`DocumentStep::Extend`]
    ExtendRequest,
    /// [`DocumentStep::Toll`]
    Toll,
    /// [`DocumentStep::Settle`]
    Settle,
    /// [`DecisionStep::Rule`]
    Rule,
    /// [`DecisionStep::Confirm`]
    ConfirmRuling,
    /// [`DecisionStep::SendBack`]
    SendRulingBack,
    /// [`Command::ReviseScores`]
    ReviseScores,
    /// [`ClericalStep::Propose`]
    ProposeClerical,
    /// [`ClericalStep::Confirm`]
    ConfirmClerical,
    /// [`ClericalStep::Drop`]
    DropClerical,
    /// [`Command::Reinstate`]
    Reinstate,
    /// [`TimeStep::Close`]
    CloseDraft,
    /// [`TimeStep::Reopen`]
    ReopenDraft,
    /// [`TimeStep::Tell`]
    TellWindow,
    /// [`TimeStep::AllowLate`]
    AllowLate,
    /// [`Command::Remind`]
    Remind,
    /// [`HoldStep::Put`]
    PutHold,
    /// [`HoldStep::Lift`]
    LiftHold,
}

impl Command {
    /// The command without its facts.
    #[must_use]
    pub fn name(&self) -> CommandName {
        match self {
            Self::EditForm { .. } => CommandName::EditForm,
            Self::EditPeople { .. } => CommandName::EditPeople,
            Self::Rename { .. } => CommandName::Rename,
            Self::Submit { .. } => CommandName::Submit,
            Self::Withdraw => CommandName::Withdraw,
            Self::WithdrawForGood => CommandName::WithdrawForGood,
            Self::Correct(_) => CommandName::Correct,
            Self::Open => CommandName::Open,
            Self::Access(AccessStep::Offer(_)) => CommandName::OfferHandOver,
            Self::Access(AccessStep::TakeBack) => CommandName::TakeHandOverBack,
            Self::Access(AccessStep::Accept) => CommandName::AcceptHandOver,
            Self::Access(AccessStep::Entrust { .. }) => CommandName::Entrust,
            Self::ReplaceContact(_) => CommandName::ReplaceContact,
            Self::Comment { .. } => CommandName::Comment,
            Self::File {
                step: FileStep::Grant(_),
                ..
            } => CommandName::GrantFile,
            Self::File {
                step: FileStep::Receive { .. },
                ..
            } => CommandName::ReceiveFile,
            Self::File {
                step: FileStep::Expire,
                ..
            } => CommandName::ExpireFile,
            Self::File {
                step: FileStep::Pass,
                ..
            } => CommandName::PassFile,
            Self::File {
                step: FileStep::Reject { .. },
                ..
            } => CommandName::RejectFile,
            Self::File {
                step: FileStep::Infect,
                ..
            } => CommandName::InfectFile,
            Self::File {
                step: FileStep::GiveUp,
                ..
            } => CommandName::GiveFileUp,
            Self::File {
                step: FileStep::Remove,
                ..
            } => CommandName::RemoveFile,
            Self::File {
                step: FileStep::Erase,
                ..
            } => CommandName::EraseFile,
            Self::File {
                step: FileStep::WrongPatient,
                ..
            } => CommandName::WrongPatient,
            Self::File {
                step: FileStep::EraseWrongPatient(_),
                ..
            } => CommandName::EraseWrongPatient,
            Self::File {
                step: FileStep::Unlock(_),
                ..
            } => CommandName::UnlockFile,
            Self::File {
                step: FileStep::NotRelevant,
                ..
            } => CommandName::NotRelevant,
            Self::Case(CaseStep::Take) => CommandName::Take,
            Self::Case(CaseStep::Assign(_)) => CommandName::Assign,
            Self::Case(CaseStep::Release) => CommandName::Release,
            Self::Case(CaseStep::DeclareConflict) => CommandName::DeclareConflict,
            Self::Case(CaseStep::AddLabel(_)) => CommandName::AddLabel,
            Self::Case(CaseStep::RemoveLabel(_)) => CommandName::RemoveLabel,
            Self::Case(CaseStep::Note { .. }) => CommandName::Note,
            Self::Case(CaseStep::RevealTin) => CommandName::RevealTin,
            Self::Documents(DocumentStep::Request { .. }) => CommandName::RequestDocuments,
            Self::Documents(DocumentStep::Amend(_)) => CommandName::AmendRequest,
            Self::Documents(DocumentStep::AskMoreTime(_)) => CommandName::AskMoreTime,
            Self::Documents(DocumentStep::GrantMoreTime { .. }) => CommandName::GrantMoreTime,
            Self::Documents(DocumentStep::RefuseMoreTime) => CommandName::RefuseMoreTime,
            Self::Documents(DocumentStep::ItemReceived(_)) => CommandName::ItemReceived,
            Self::Documents(DocumentStep::ThatIsAll) => CommandName::ThatIsAll,
            Self::Documents(DocumentStep::Return) => CommandName::ReturnToReview,
            Self::Documents(DocumentStep::Extend { .. }) => CommandName::ExtendRequest,
            Self::Documents(DocumentStep::Toll(_)) => CommandName::Toll,
            Self::Documents(DocumentStep::Settle { .. }) => CommandName::Settle,
            Self::Decide(DecisionStep::Rule { .. }) => CommandName::Rule,
            Self::Decide(DecisionStep::Confirm { .. }) => CommandName::ConfirmRuling,
            Self::Decide(DecisionStep::SendBack) => CommandName::SendRulingBack,
            Self::ReviseScores(_) => CommandName::ReviseScores,
            Self::Clerical(ClericalStep::Propose { .. }) => CommandName::ProposeClerical,
            Self::Clerical(ClericalStep::Confirm { .. }) => CommandName::ConfirmClerical,
            Self::Clerical(ClericalStep::Drop) => CommandName::DropClerical,
            Self::Reinstate(_) => CommandName::Reinstate,
            Self::Time(TimeStep::Close) => CommandName::CloseDraft,
            Self::Time(TimeStep::Reopen) => CommandName::ReopenDraft,
            Self::Time(TimeStep::Tell) => CommandName::TellWindow,
            Self::Time(TimeStep::AllowLate { .. }) => CommandName::AllowLate,
            Self::Remind => CommandName::Remind,
            Self::Hold(HoldStep::Put(_)) => CommandName::PutHold,
            Self::Hold(HoldStep::Lift) => CommandName::LiftHold,
        }
    }
}

impl CommandName {
    /// Every command.
    pub const ALL: [Self; 61] = [
        Self::EditForm,
        Self::EditPeople,
        Self::Rename,
        Self::Submit,
        Self::Withdraw,
        Self::WithdrawForGood,
        Self::Correct,
        Self::Open,
        Self::OfferHandOver,
        Self::TakeHandOverBack,
        Self::AcceptHandOver,
        Self::Entrust,
        Self::ReplaceContact,
        Self::Comment,
        Self::GrantFile,
        Self::ReceiveFile,
        Self::ExpireFile,
        Self::PassFile,
        Self::RejectFile,
        Self::InfectFile,
        Self::GiveFileUp,
        Self::RemoveFile,
        Self::EraseFile,
        Self::WrongPatient,
        Self::EraseWrongPatient,
        Self::UnlockFile,
        Self::NotRelevant,
        Self::Take,
        Self::Assign,
        Self::Release,
        Self::DeclareConflict,
        Self::AddLabel,
        Self::RemoveLabel,
        Self::Note,
        Self::RevealTin,
        Self::RequestDocuments,
        Self::AmendRequest,
        Self::AskMoreTime,
        Self::GrantMoreTime,
        Self::RefuseMoreTime,
        Self::ItemReceived,
        Self::ThatIsAll,
        Self::ReturnToReview,
        Self::ExtendRequest,
        Self::Toll,
        Self::Settle,
        Self::Rule,
        Self::ConfirmRuling,
        Self::SendRulingBack,
        Self::ReviseScores,
        Self::ProposeClerical,
        Self::ConfirmClerical,
        Self::DropClerical,
        Self::Reinstate,
        Self::CloseDraft,
        Self::ReopenDraft,
        Self::TellWindow,
        Self::AllowLate,
        Self::Remind,
        Self::PutHold,
        Self::LiftHold,
    ];

    /// The past participle for "a draft can(not) be …".
    #[must_use]
    pub fn done(self) -> &'static str {
        match self {
            Self::EditForm => "edited",
            Self::EditPeople => "given another contact or other staff",
            Self::Rename => "renamed",
            Self::Submit => "submitted",
            Self::Withdraw => "withdrawn",
            Self::WithdrawForGood => "withdrawn for good",
            Self::Correct => "corrected",
            Self::Open => "opened",
            Self::OfferHandOver => "offered to another owner",
            Self::TakeHandOverBack => "kept by its owner",
            Self::AcceptHandOver => "taken over",
            Self::Entrust => "given to another owner",
            Self::ReplaceContact => "given another contact address",
            Self::Comment => "commented on",
            Self::GrantFile => "given another file",
            Self::ReceiveFile => "given a file from the store",
            Self::ExpireFile => "relieved of a grant",
            Self::PassFile => "given a checked file",
            Self::RejectFile => "relieved of a file that is not what it should be",
            Self::InfectFile => "relieved of an infected file",
            Self::GiveFileUp => "given a file that cannot be checked",
            Self::RemoveFile => "relieved of a file",
            Self::EraseFile => "relieved of a removed file's bytes",
            Self::WrongPatient => "relieved of a file about another patient",
            Self::EraseWrongPatient => "relieved of the bytes of a file about another patient",
            Self::UnlockFile => "given back a file that was locked away",
            Self::NotRelevant => "marked as having a file that is not relevant",
            Self::Take => "taken by a reviewer",
            Self::Assign => "assigned to a reviewer",
            Self::Release => "released by its reviewer",
            Self::DeclareConflict => "left because of a conflict",
            Self::AddLabel => "labelled",
            Self::RemoveLabel => "relieved of a label",
            Self::Note => "noted on",
            Self::RevealTin => "shown with its full TIN",
            Self::RequestDocuments => "sent back for documents",
            Self::AmendRequest => "given another request for documents",
            Self::AskMoreTime => "held for more time",
            Self::GrantMoreTime => "given more time",
            Self::RefuseMoreTime => "refused more time",
            Self::ItemReceived => "marked as having an item",
            Self::ThatIsAll => "answered with \"that is all\"",
            Self::ReturnToReview => "returned to review",
            Self::ExtendRequest => "given a later day for documents",
            Self::Toll => "paused",
            Self::Settle => "settled",
            Self::Rule => "decided",
            Self::ConfirmRuling => "decided by a second person",
            Self::SendRulingBack => "sent back by a second person",
            Self::ReviseScores => "given revised scores",
            Self::ProposeClerical => "proposed for a clerical correction",
            Self::ConfirmClerical => "corrected by a second person",
            Self::DropClerical => "left uncorrected",
            Self::Reinstate => "reinstated",
            Self::CloseDraft => "closed as not submitted",
            Self::ReopenDraft => "reopened as a draft",
            Self::TellWindow => "told of a change of the window",
            Self::AllowLate => "let in late",
            Self::Remind => "reminded of",
            Self::PutHold => "put under a legal hold",
            Self::LiftHold => "freed of a legal hold",
        }
    }
}
