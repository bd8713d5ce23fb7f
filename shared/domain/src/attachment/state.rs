//! How far a file has come, and which step leads where.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::NewFile;
use crate::{GRANT_LIFE, Why};

/// How far a file has come: in each state exactly what has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum FileState {
    /// It may be uploaded.
    Granted,
    /// It is in the store and being checked.
    Received {
        /// When it arrived in the store.
        arrived_at: Timestamp,
    },
    /// It was checked, and people may open it.
    Clean {
        /// When it arrived in the store.
        arrived_at: Timestamp,
    },
    /// It is not what it should be.
    Rejected {
        /// When it arrived in the store.
        arrived_at: Timestamp,
        /// Why.
        why: FileFault,
    },
    /// It holds malware. Nobody opens it.
    Infected {
        /// When it arrived in the store.
        arrived_at: Timestamp,
    },
    /// It could not be checked: locked away until a person has looked at the case, or a verdict comes late.
    Unscannable {
        /// When it arrived in the store.
        arrived_at: Timestamp,
    },
    /// Its grant ended without an upload.
    Expired,
    /// Its sender took it away from a draft.
    Removed {
        /// When.
        at: Timestamp,
        /// When its bytes were taken out of the store; until then a job has to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        erased_at: Option<Timestamp>,
    },
    /// It tells of a patient who has nothing to do with the review. Nobody opens it any more; an administrator
    /// decides what becomes of its bytes.
    WrongPatient {
        /// When it was reported.
        at: Timestamp,
        /// When it arrived in the store: it was an answer all the same.
        arrived_at: Timestamp,
        /// Whether it had passed its checks by then.
        passed: bool,
    },
    /// An administrator found that it does, and had its bytes erased. Its hash stays in the history.
    Erased {
        /// When that was decided.
        at: Timestamp,
        /// When it arrived in the store: it was an answer all the same.
        arrived_at: Timestamp,
        /// When its bytes were taken out of the store; until then a job has to.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        erased_at: Option<Timestamp>,
    },
}

/// Why a file was refused (domain.md #38). Stored and told by these names: a new one is added, none is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFault {
    /// It is not what its sender announced: another length, or another hash.
    NotAsAnnounced,
    /// It has no bytes.
    Empty,
    /// The content does not match the extension.
    NotWhatItIsNamed,
    /// It is a program, or holds one.
    Program,
    /// It is encrypted: it asks for a password, or restricts what may be done with it.
    PasswordLocked,
    /// It holds macros.
    Macros,
    /// It is an archive in disguise.
    ArchiveInDisguise,
    /// It is an archive in disguise, and encrypted.
    LockedArchive,
    /// It unpacks to far more than a document holds.
    UnpacksTooLarge,
    /// A document holds a file of another kind as an object.
    FileInside,
    /// A message holds an attachment of another kind.
    AttachmentInside,
    /// A message holds an attachment that is refused for itself: locked, with macros, damaged.
    AttachmentFaulty,
    /// A message holds messages that hold messages, deeper than anybody follows.
    NestedTooDeep,
    /// It is damaged or cut off.
    Damaged,
    /// It holds malware.
    Malware,
}

impl FileFault {
    /// What its sender is told.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotAsAnnounced => {
                "What arrived is not what was announced: its length or its checksum differs. Send it again."
            }
            Self::Empty => {
                "It is empty. Open it on your side to see whether it holds what you mean to send, and send it again."
            }
            Self::NotWhatItIsNamed => {
                "Its content is not what its name says. Save it anew in the format of its name, and send it again."
            }
            Self::Program => {
                "It is a program or holds one, whatever its name says, and programs are not taken. Check where it comes from, and send the document alone."
            }
            Self::PasswordLocked => {
                "It is locked with a password, if only against copying or printing. Save it without one, and send it again; it is encrypted on its way and at rest."
            }
            Self::Macros => {
                "It holds macros. Save it without them, or as a PDF, and send it again."
            }
            Self::ArchiveInDisguise => {
                "It is an archive of other files. Send the files one by one."
            }
            Self::LockedArchive => {
                "It is an archive that is locked with a password. Take the files out, and send them one by one without a password."
            }
            Self::UnpacksTooLarge => {
                "It unpacks to far more than a document holds. Save what matters as a new document or as a PDF, and send that."
            }
            Self::FileInside => {
                "It holds another file as an object, which nobody could check. Take that out and send it on its own, or save the whole as a PDF."
            }
            Self::AttachmentInside => {
                "The message holds an attachment of a kind that is not taken. Send the message without it."
            }
            Self::AttachmentFaulty => {
                "The message holds an attachment that is locked with a password, holds macros, or is damaged. Send the message without it, and a sound copy of that file on its own."
            }
            Self::NestedTooDeep => {
                "The message holds messages within messages, more than three deep. Send the inner ones on their own."
            }
            Self::Damaged => {
                "It is damaged or incomplete. Open it on your side, save it anew, and send it again."
            }
            Self::Malware => {
                "The malware check found something in it, and nobody has opened it. Check the computer that it comes from, and send a clean copy."
            }
        }
    }
}

/// Something that happens to a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileStep {
    /// Someone wants to upload it.
    Grant(NewFile),
    /// It arrived in the store, and its content is what its name says.
    Receive {
        /// The store's own time of arrival, in whole seconds.
        arrived_at: Timestamp,
    },
    /// It arrived in the store, and is not what it should be. One step, so that nothing can take an arrival for a
    /// sound file.
    Reject {
        /// The store's own time of arrival, in whole seconds.
        arrived_at: Timestamp,
        /// Why it is refused.
        why: FileFault,
    },
    /// Its grant ended without an upload.
    Expire,
    /// The malware check found nothing.
    Pass,
    /// Malware was found.
    Infect,
    /// There is no verdict about malware.
    GiveUp,
    /// Its sender takes it away.
    Remove,
    /// Its bytes were taken out of the store after it was removed, or found to tell of somebody else.
    Erase,
    /// Somebody found that it tells of somebody else.
    WrongPatient,
    /// An administrator finds that it does, and has its bytes erased.
    EraseWrongPatient(Why),
    /// An administrator finds that it does not: it is what it was.
    Unlock(Why),
    /// A reviewer finds that it says nothing about the review. It stays where it is.
    NotRelevant,
}

impl FileState {
    /// The state after `step` at `at`; `None` if the step is not one from here. A store that reports twice
    /// is told so by `None` as well.
    ///
    /// Reports come in any order, so the graver verdict stands, whenever it comes: malware over "nothing found",
    /// and that over no verdict at all. An arrival counts though the grant was written off: the store knows.
    #[must_use]
    pub fn after(&self, step: &FileStep, granted_at: Timestamp, at: Timestamp) -> Option<Self> {
        use FileStep as S;
        match (self, step) {
            (Self::Granted | Self::Expired, &S::Receive { arrived_at }) => {
                Some(Self::Received { arrived_at })
            }
            (Self::Granted | Self::Expired, &S::Reject { arrived_at, why }) => {
                Some(Self::Rejected { arrived_at, why })
            }
            (Self::Granted, S::Expire) => (granted_at + GRANT_LIFE < at).then_some(Self::Expired),
            (&Self::Received { arrived_at } | &Self::Unscannable { arrived_at }, S::Pass) => {
                Some(Self::Clean { arrived_at })
            }
            (
                &Self::Received { arrived_at }
                | &Self::Clean { arrived_at }
                | &Self::Unscannable { arrived_at },
                S::Infect,
            ) => Some(Self::Infected { arrived_at }),
            (&Self::Received { arrived_at }, S::GiveUp) => Some(Self::Unscannable { arrived_at }),
            (
                Self::Granted
                | Self::Received { .. }
                | Self::Clean { .. }
                | Self::Unscannable { .. },
                S::Remove,
            ) => Some(Self::Removed {
                at,
                erased_at: None,
            }),
            (
                &Self::Removed {
                    at: removed_at,
                    erased_at: None,
                },
                S::Erase,
            ) => Some(Self::Removed {
                at: removed_at,
                erased_at: Some(at),
            }),
            (
                &Self::Received { arrived_at }
                | &Self::Clean { arrived_at }
                | &Self::Unscannable { arrived_at },
                S::WrongPatient,
            ) => Some(Self::WrongPatient {
                at,
                arrived_at,
                passed: matches!(self, Self::Clean { .. }),
            }),
            (&Self::WrongPatient { arrived_at, .. }, S::EraseWrongPatient(_)) => {
                Some(Self::Erased {
                    at,
                    arrived_at,
                    erased_at: None,
                })
            }
            (
                &Self::Erased {
                    at: decided_at,
                    arrived_at,
                    erased_at: None,
                },
                S::Erase,
            ) => Some(Self::Erased {
                at: decided_at,
                arrived_at,
                erased_at: Some(at),
            }),
            // What had not passed its checks waits for a verdict that may come late, as any such file.
            (
                &Self::WrongPatient {
                    arrived_at, passed, ..
                },
                S::Unlock(_),
            ) => Some(if passed {
                Self::Clean { arrived_at }
            } else {
                Self::Unscannable { arrived_at }
            }),
            (
                Self::Granted,
                S::Grant(_)
                | S::Pass
                | S::Infect
                | S::GiveUp
                | S::Erase
                | S::WrongPatient
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            )
            | (
                Self::Expired,
                S::Grant(_)
                | S::Expire
                | S::Pass
                | S::Infect
                | S::GiveUp
                | S::Remove
                | S::Erase
                | S::WrongPatient
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            )
            | (
                Self::Received { .. },
                S::Grant(_)
                | S::Receive { .. }
                | S::Reject { .. }
                | S::Expire
                | S::Erase
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            )
            | (
                Self::Clean { .. },
                S::Grant(_)
                | S::Receive { .. }
                | S::Reject { .. }
                | S::Expire
                | S::Pass
                | S::GiveUp
                | S::Erase
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            )
            | (
                Self::Unscannable { .. },
                S::Grant(_)
                | S::Receive { .. }
                | S::Reject { .. }
                | S::Expire
                | S::GiveUp
                | S::Erase
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            )
            | (
                Self::Rejected { .. }
                | Self::Infected { .. }
                | Self::Removed { .. }
                | Self::Erased { .. }
                | Self::WrongPatient { .. },
                S::Grant(_)
                | S::Receive { .. }
                | S::Reject { .. }
                | S::Expire
                | S::Pass
                | S::Infect
                | S::GiveUp
                | S::Remove
                | S::Erase
                | S::WrongPatient
                | S::EraseWrongPatient(_)
                | S::Unlock(_)
                | S::NotRelevant,
            ) => None,
        }
    }

    /// When it arrived in the store, if it did.
    #[must_use]
    pub fn arrived_at(&self) -> Option<Timestamp> {
        match *self {
            Self::Received { arrived_at }
            | Self::Clean { arrived_at }
            | Self::Rejected { arrived_at, .. }
            | Self::Infected { arrived_at }
            | Self::Unscannable { arrived_at }
            | Self::WrongPatient { arrived_at, .. }
            | Self::Erased { arrived_at, .. } => Some(arrived_at),
            Self::Granted | Self::Expired | Self::Removed { .. } => None,
        }
    }
}
