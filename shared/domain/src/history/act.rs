//! What was done, as the history tells it: ids, codes, hashes and field pointers, nothing that was typed.

mod readers;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    AccountKey, AttachmentId, AttachmentKind, CommentId, Digest, DueCause, FileFault, Issue,
    LabelAudience, NoteId, PerformanceYear, Pointer, ReturnCause, ReviewId, StatusName, TextRef,
};

/// What was done.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Act {
    /// A draft was begun.
    DraftCreatedV1 {
        /// For this performance year.
        year: PerformanceYear,
    },
    /// A draft was begun as a copy.
    CopiedV1 {
        /// Of this review.
        source: ReviewId,
        /// The hash of the form's stored bytes.
        sha256: Digest,
    },
    /// The form was changed.
    FormEditedV1 {
        /// The form's revision after it.
        revision: u64,
        /// The fields that changed, by pointer.
        fields: Vec<Pointer>,
        /// The hash of the form's stored bytes after it.
        sha256: Digest,
    },
    /// Contact or staff were changed.
    PeopleEditedV1 {
        /// The fields that changed, by pointer.
        fields: Vec<Pointer>,
    },
    /// The review was given another name.
    RenamedV1,
    /// The request was certified and submitted.
    SubmittedV1 {
        /// The form's revision that was certified.
        form_revision: u64,
        /// The hash of its stored bytes.
        form_sha256: Digest,
        /// The certification.
        certification: TextRef,
        /// The hash of the certification's words.
        certification_sha256: Digest,
        /// The disclosures that were read.
        disclosures: TextRef,
        /// The hash of the disclosures' words.
        disclosures_sha256: Digest,
    },
    /// The request was withdrawn.
    WithdrawnV1 {
        /// Where it stood before.
        from: StatusName,
    },
    /// The submitted request was corrected.
    CorrectedV1 {
        /// The field, by pointer.
        field: Pointer,
        /// The hash of what stood there.
        old_sha256: Digest,
        /// The hash of what stands there now.
        new_sha256: Digest,
        /// The certification.
        certification: TextRef,
        /// The hash of the certification's words.
        certification_sha256: Digest,
    },
    /// One of the staff opened the review for the first time, and is known by account from now on.
    OpenedV1,
    /// The owner offered the review to one of the staff.
    HandOverOfferedV1,
    /// The offer was taken back.
    HandOverTakenBackV1,
    /// The review has another owner.
    HandedOverV1 {
        /// The owner before.
        from: AccountKey,
    },
    /// An administrator took the review from an owner who had left.
    EntrustedV1 {
        /// The owner before.
        from: AccountKey,
        /// The owner from then on; `None` until the one who was named opens it.
        to: Option<AccountKey>,
        /// The hash of the reason.
        why_sha256: Digest,
    },
    /// An administrator gave the contact another address.
    ContactReplacedV1 {
        /// The hash of the reason.
        why_sha256: Digest,
    },
    /// A letter that had not reached the contact was sent anew.
    LetterSentAnewV1 {
        /// The place of the act that it tells of.
        of: u64,
    },
    /// A comment was written.
    CommentedV1 {
        /// The comment.
        comment: CommentId,
        /// The hash of its words.
        sha256: Digest,
    },
    /// An upload was granted.
    FileGrantedV1 {
        /// The file.
        file: AttachmentId,
        /// What it is.
        kind: AttachmentKind,
        /// The hash of its bytes.
        sha256: Digest,
    },
    /// A file arrived in the store.
    FileReceivedV1 {
        /// The file.
        file: AttachmentId,
        /// The store's own time of arrival.
        arrived_at: Timestamp,
    },
    /// A grant ended without an upload.
    FileExpiredV1 {
        /// The file.
        file: AttachmentId,
    },
    /// A file was checked.
    FilePassedV1 {
        /// The file.
        file: AttachmentId,
    },
    /// A file was refused.
    FileRefusedV1 {
        /// The file.
        file: AttachmentId,
        /// Why.
        why: FileFault,
    },
    /// A file could not be checked.
    FileLockedAwayV1 {
        /// The file.
        file: AttachmentId,
    },
    /// A file was taken away from a draft.
    FileRemovedV1 {
        /// The file.
        file: AttachmentId,
    },
    /// The bytes of a removed file were taken out of the store.
    FileErasedV1 {
        /// The file.
        file: AttachmentId,
    },
    /// A file tells of somebody who has nothing to do with the review.
    FileOfWrongPatientV1 {
        /// The file.
        file: AttachmentId,
        /// The hash of its bytes, should they be erased one day.
        sha256: Digest,
    },
    /// An administrator found that it does, and had its bytes erased.
    WrongPatientErasedV1 {
        /// The file.
        file: AttachmentId,
        /// The hash of its bytes.
        sha256: Digest,
        /// The hash of the reason.
        why_sha256: Digest,
    },
    /// An administrator found that it does not, and unlocked it.
    FileUnlockedV1 {
        /// The file.
        file: AttachmentId,
        /// The hash of the reason.
        why_sha256: Digest,
    },
    /// A file says nothing about the review.
    FileNotRelevantV1 {
        /// The file.
        file: AttachmentId,
    },
    /// A reviewer took the review.
    TakenV1,
    /// The review was given to a reviewer.
    AssignedV1 {
        /// The reviewer.
        to: AccountKey,
    },
    /// The reviewer stopped working on it.
    ReleasedV1,
    /// A reviewer declared a conflict.
    ConflictDeclaredV1,
    /// A label was added or changed.
    LabelledV1 {
        /// The hash of its words.
        sha256: Digest,
        /// Who sees it.
        audience: LabelAudience,
    },
    /// A label was taken away.
    LabelRemovedV1 {
        /// The hash of its words.
        sha256: Digest,
    },
    /// A private note was written.
    NotedV1 {
        /// The note.
        note: NoteId,
        /// The hash of its words.
        sha256: Digest,
    },
    /// The full TIN was shown to a reviewer.
    TinRevealedV1,
    /// Documents were asked for.
    DocumentsRequestedV1 {
        /// How many.
        items: u16,
        /// The end of the last day.
        due: Timestamp,
    },
    /// The request for documents was changed.
    RequestAmendedV1 {
        /// Numbers of the items added.
        added: Vec<u16>,
        /// Numbers of the items dropped.
        dropped: Vec<u16>,
        /// The end of the last day.
        due: Timestamp,
    },
    /// More time was asked for.
    MoreTimeAskedV1 {
        /// The hash of the reason.
        sha256: Digest,
    },
    /// More time was granted.
    MoreTimeGrantedV1 {
        /// The end of the last day.
        due: Timestamp,
    },
    /// More time was refused.
    MoreTimeRefusedV1,
    /// An item was marked as received.
    ItemReceivedV1 {
        /// Its number.
        item: u16,
    },
    /// The last day for documents was moved.
    DueMovedV1 {
        /// The end of the last day.
        due: Timestamp,
        /// Why.
        cause: DueCause,
        /// The hash of an administrator's reason, if one was given.
        why_sha256: Option<Digest>,
    },
    /// Settling waits for a grant or a check to end.
    SettlementHeldV1 {
        /// Until then.
        until: Timestamp,
    },
    /// The request for documents ended, and a person goes on.
    ReturnedV1 {
        /// Why.
        cause: ReturnCause,
    },
    /// Nobody answered the request for documents in time.
    DeniedByClockV1 {
        /// The end of the last day.
        due: Timestamp,
    },
    /// A ruling waits for its second person.
    RulingProposedV1 {
        /// The hash of the ruling.
        sha256: Digest,
    },
    /// A ruling was sent or taken back.
    RulingSentBackV1,
    /// The review was decided.
    DecidedV1 {
        /// Whether anything was granted.
        approved: bool,
        /// The issues granted.
        granted: Vec<Issue>,
        /// The hash of the ruling.
        sha256: Digest,
        /// The first of two people, if there were two.
        first: Option<AccountKey>,
    },
    /// The scores of the approval are known, or known better.
    ScoresRevisedV1 {
        /// The hash of the scores.
        sha256: Digest,
    },
    /// A clerical correction waits for its second person.
    ClericalProposedV1 {
        /// The hash of the ruling as it should have read.
        sha256: Digest,
        /// The hash of the reason.
        why_sha256: Digest,
    },
    /// A clerical correction was dropped.
    ClericalDroppedV1,
    /// A clerical error in the decision was corrected.
    ClericallyCorrectedV1 {
        /// Who proposed it.
        first: AccountKey,
        /// The hash of the ruling before.
        old_sha256: Digest,
        /// The hash of the ruling now.
        new_sha256: Digest,
    },
    /// A denial by the clock was taken back.
    ReinstatedV1 {
        /// The document that was found in time, if it was that.
        document: Option<AttachmentId>,
        /// The hash of an administrator's reason, if it was that.
        why_sha256: Option<Digest>,
    },
    /// The window closed over the draft.
    NotSubmittedV1 {
        /// The close.
        closed: Timestamp,
    },
    /// The window is open again, and the review is a draft again.
    ReopenedV1,
    /// People were told of a change of the window.
    WindowToldV1 {
        /// The close, if it is known.
        closes: Option<Timestamp>,
    },
    /// One late submission was let in.
    LateAllowedV1 {
        /// When the failed request arrived.
        attempted_at: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// A reminder was sent.
    RemindedV1 {
        /// Of this instant.
        of: Timestamp,
        /// So many days before.
        days: u16,
    },
    /// A reminder was passed over: nobody sent it in time, and it would have come too late.
    ReminderMissedV1 {
        /// Of this instant.
        of: Timestamp,
        /// So many days before.
        days: u16,
    },
    /// A legal hold was put on the review.
    HoldPutV1 {
        /// The hash of the reason.
        sha256: Digest,
    },
    /// The legal hold was lifted.
    HoldLiftedV1,
}

impl Act {
    /// Its versioned name, as it is stored: `FormEditedV1`.
    #[must_use]
    pub fn name(&self) -> String {
        let stored = serde_json::to_value(self).expect("an act is made of texts and numbers");
        stored["type"].as_str().unwrap_or_default().to_owned()
    }
}
