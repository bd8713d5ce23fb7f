//! What someone wants to be done to a review.
//!
//! Commands that are moves in the same statuses stand together as steps of one kind, so that the table
//! in [`transition()`](crate::transition()) can be read at a glance; [`CommandName`] tells each apart.

mod name;
mod steps;

use serde::{Deserialize, Serialize};

pub use name::CommandName;
pub use steps::{
    AccessStep, ClericalStep, DecisionStep, DocumentStep, HoldStep, Missed, NewContact,
    ReinstateCause, Remark, TimeStep, Why,
};

use crate::{
    AttachmentId, CaseStep, CommentId, CorrectionRequest, Digest, FileStep, FormPatch, Line,
    RevisedScores, TextRef, Version,
};

/// A wish, decided by [`transition()`](crate::transition()).
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Merge changes into the form.
    EditForm {
        /// The revision that the person saw.
        revision: u64,
        /// What to change.
        patch: FormPatch,
    },
    /// Merge changes into contact and staff.
    EditPeople {
        /// The version that the person saw.
        version: Version,
        /// What to change.
        patch: FormPatch,
    },
    /// Give the review another name.
    Rename {
        /// The version that the person saw.
        version: Version,
        /// The new name.
        name: Line<100>,
    },
    /// Certify and submit.
    Submit {
        /// The form's revision that the person certifies.
        form_revision: u64,
        /// What the person signed.
        certification: Certification,
    },
    /// Take the review back, for good.
    Withdraw,
    /// The same, knowing that the window has closed and nothing can be filed again (domain.md #45).
    WithdrawForGood,
    /// Correct a submitted request.
    Correct(CorrectionRequest),
    /// Open the review as staff, which binds the address to the account (domain.md #25).
    Open,
    /// Hand the review over, or answer to that.
    Access(AccessStep),
    /// Give the request another contact address, in place of one whose mail comes back.
    ReplaceContact(NewContact),
    /// Write a comment, kept beside under its id.
    Comment {
        /// Its id.
        id: CommentId,
        /// The hash of its words.
        sha256: Digest,
    },
    /// Something happens to a file.
    File {
        /// The file.
        id: AttachmentId,
        /// What happens.
        step: FileStep,
    },
    /// The review team works on it.
    Case(CaseStep),
    /// Something about a request for documents.
    Documents(DocumentStep),
    /// Decide, or answer to what another decided.
    Decide(DecisionStep),
    /// The scores of an approval are known, or known better (domain.md #57).
    ReviseScores(RevisedScores),
    /// Correct a clerical error in a decision (domain.md #6).
    Clerical(ClericalStep),
    /// Take a denial by the clock back (domain.md #46).
    Reinstate(ReinstateCause),
    /// The year's window does something to a draft.
    Time(TimeStep),
    /// Remind of what is due, if something is (domain.md #21).
    Remind,
    /// Put a legal hold on the review, or lift it (domain.md #8).
    Hold(HoldStep),
}

/// What a person signs when submitting (domain.md #42).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certification {
    /// The certification: the clinician's, or the one on behalf of a party.
    pub text: TextRef,
    /// The disclosures that were read.
    pub disclosures: TextRef,
}
