//! What is told of a file: by its name, if the request still has it.

use super::Narrator;
use crate::{AttachmentId, AttachmentKind, FileFault};

impl Narrator<'_> {
    /// The file in the middle of a sentence.
    pub(super) fn a_file(&self, id: &AttachmentId) -> String {
        self.file("a file", "the file", id)
    }

    /// The file at the beginning of a sentence.
    pub(super) fn the_file(&self, id: &AttachmentId) -> String {
        self.file("A file", "The file", id)
    }

    fn file(&self, unknown: &str, known: &str, id: &AttachmentId) -> String {
        let mut files = self.files.iter();
        match files.find(|attached| attached.id == *id) {
            Some(attached) => format!("{known} “{}”", attached.file.name.reveal()),
            None => unknown.to_owned(),
        }
    }
}

pub(super) fn kind(kind: AttachmentKind) -> &'static str {
    match kind {
        AttachmentKind::EhrExtract => "an EHR extract",
        AttachmentKind::DataGivenToIntermediary => "data given to an intermediary",
        AttachmentKind::DataSubmitted => "data submitted to CMS",
        AttachmentKind::ServiceCenterCase => "a Service Center case",
        AttachmentKind::Contract => "a contract",
        AttachmentKind::ApmParticipation => "proof of participation in an APM",
        AttachmentKind::MvpRegistration => "an MVP registration",
        AttachmentKind::PartialQpElection => "a partial QP election",
        AttachmentKind::Other => "another document",
    }
}

pub(super) fn fault(why: FileFault) -> &'static str {
    match why {
        FileFault::NotAsAnnounced => "its length or checksum was not what was announced",
        FileFault::Empty => "it was empty",
        FileFault::NotWhatItIsNamed => "its content was not what its name says",
        FileFault::Program => "it was a program or held one",
        FileFault::PasswordLocked => "it was locked with a password",
        FileFault::Macros => "it held macros",
        FileFault::ArchiveInDisguise => "it was an archive of other files",
        FileFault::LockedArchive => "it was an archive that was locked with a password",
        FileFault::UnpacksTooLarge => "it unpacked to far more than a document holds",
        FileFault::FileInside => "it held another file as an object",
        FileFault::AttachmentInside => "the message held an attachment of a kind that is not taken",
        FileFault::AttachmentFaulty => {
            "the message held an attachment that was locked, held macros or was damaged"
        }
        FileFault::NestedTooDeep => "the message held messages within messages, too deep to follow",
        FileFault::Damaged => "it was damaged or incomplete",
        FileFault::Malware => "the malware check found something in it",
    }
}
