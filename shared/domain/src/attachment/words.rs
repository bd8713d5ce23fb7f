//! What people are told of a file's state: one sentence each, which says how to go on.

use super::{Attachment, FileState, Place};
use crate::{Advice, Dossier};

impl FileState {
    /// The state in a word, as programs know it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Received { .. } => "received",
            Self::Clean { .. } => "clean",
            Self::Rejected { .. } => "rejected",
            Self::Infected { .. } => "infected",
            Self::Unscannable { .. } => "unscannable",
            Self::Expired => "expired",
            Self::Removed { .. } => "removed",
            Self::WrongPatient { .. } => "wrong_patient",
            Self::Erased { .. } => "erased",
        }
    }

    /// The state in a sentence.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Granted => "Nothing has arrived yet. Upload it within ten minutes of its grant.",
            Self::Received { .. } => {
                "It arrived and is being checked for malware. That takes moments as a rule, and a day at most."
            }
            Self::Clean { .. } => "It arrived, passed its checks, and can be opened.",
            Self::Rejected { why, .. } => why.sentence(),
            Self::Infected { .. } => crate::FileFault::Malware.sentence(),
            Self::Unscannable { .. } => {
                "It arrived, but could not be checked for malware. It is locked away until a person has looked at it; it counts as sent."
            }
            Self::Expired => {
                "It was not uploaded in time. Nothing is lost but the grant: ask for a new one."
            }
            Self::Removed { .. } => "It was taken away while the request was a draft.",
            Self::Erased { .. } => {
                "It told of somebody else, and was erased. Its hash stays in the log; it counts as sent."
            }
            Self::WrongPatient { .. } => {
                "It was reported to tell of somebody else, and is locked away; nobody can open it. It counts as sent."
            }
        }
    }
}

/// What is worth knowing about the form's files before it is submitted. None of it stands in the way: a submission is never
/// held up by a check (domain.md #38, #43).
#[must_use]
pub fn file_advice(dossier: &Dossier) -> Vec<Advice> {
    let with_form = dossier.files.iter();
    let with_form = with_form.filter(|file| file.file.place == Place::Form);
    with_form.filter_map(advice).collect()
}

fn advice(file: &Attachment) -> Option<Advice> {
    let (code, what) = match file.state {
        FileState::Granted => (
            "file_not_arrived",
            "has not arrived. You can submit without it: one that arrives later is looked at all the same, but your receipt will not name it.",
        ),
        FileState::Received { .. } => (
            "file_in_check",
            "is still being checked. You can submit now; if it is refused, you are told and can send another.",
        ),
        FileState::Unscannable { .. } => (
            "file_not_checked",
            "could not be checked for malware. A person looks at it; you can submit now.",
        ),
        FileState::Rejected { .. } | FileState::Infected { .. } => (
            "file_refused",
            "was refused and will not be part of the request. If you have not sent another in its place, you can do so before you submit.",
        ),
        FileState::Clean { .. }
        | FileState::Expired
        | FileState::Removed { .. }
        | FileState::Erased { .. }
        | FileState::WrongPatient { .. } => return None,
    };
    Some(Advice {
        pointer: format!("/attachments/{}", file.id),
        code,
        message: format!("The file “{}” {what}", file.file.name.reveal()),
    })
}
