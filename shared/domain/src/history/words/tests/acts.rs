//! Every act, some of them in several shapes.

use jiff::Timestamp;

use crate::{
    Account, AccountKey, Act, Attachment, AttachmentId, AttachmentKind, CommentId, Digest,
    DueCause, FileFault, FileState, Issue, LabelAudience, NewFile, NoteId, Place, Pointer, Readers,
    ReturnCause, ReviewId, RuleSet, Side, StatusName, TextRef, rule_set,
};

/// Ids, accounts and hashes of one world.
pub(super) struct World {
    pub(super) seed: [u8; 16],
}

impl World {
    pub(super) fn account(&self) -> AccountKey {
        let account = Account {
            issuer: "https://identity.example.org".to_owned(),
            subject: format!("{:?}", self.seed),
        };
        account.key()
    }

    pub(super) fn hash(&self) -> Digest {
        Digest::of(&[&self.seed])
    }

    pub(super) fn file(&self) -> AttachmentId {
        AttachmentId::from_random(self.seed)
    }

    pub(super) fn attached(&self) -> Attachment {
        Attachment {
            id: self.file(),
            file: NewFile {
                kind: AttachmentKind::EhrExtract,
                name: "extract.pdf".parse().expect("a name"),
                size: 1_000,
                sha256: self.hash(),
                place: Place::Form,
            },
            side: Side::Filer,
            granted_at: at("2025-10-20T14:00:00Z"),
            request: None,
            readers: Readers::BothSides,
            not_relevant_at: None,
            state: FileState::Granted,
        }
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

pub(super) fn rules() -> &'static RuleSet {
    rule_set("2024".parse().expect("a year")).expect("a rule set")
}

fn pointers(fields: &[&str]) -> Vec<Pointer> {
    fields.iter().map(|field| (*field).to_owned()).collect()
}

/// The acts, in the order of their sentences in `sentences.txt`.
pub(super) fn acts(world: &World) -> Vec<Act> {
    let (account, sha256, file) = (world.account(), world.hash(), world.file());
    let due = at("2025-11-08T05:00:00Z"); // the end of November 7 in New York
    let closes = at("2025-11-15T01:00:00Z");
    let certification: TextRef = "certification-on-behalf/2024.1".parse().expect("a text");
    let edited = |fields: &[&str]| Act::FormEditedV1 {
        revision: 2,
        fields: pointers(fields),
        sha256,
    };
    let decided = |approved: bool, granted: Vec<Issue>| Act::DecidedV1 {
        approved,
        granted,
        sha256,
        first: Some(account.clone()),
    };
    let refused = |why: FileFault| Act::FileRefusedV1 {
        file: file.clone(),
        why,
    };
    let amended = |added: &[u16], dropped: &[u16]| Act::RequestAmendedV1 {
        added: added.to_vec(),
        dropped: dropped.to_vec(),
        due,
    };
    let moved = |cause| Act::DueMovedV1 {
        due,
        cause,
        why_sha256: Some(sha256),
    };
    let returned = |cause| Act::ReturnedV1 { cause };
    let reinstated = |document| Act::ReinstatedV1 {
        document,
        why_sha256: Some(sha256),
    };
    vec![
        Act::DraftCreatedV1 { year: rules().year },
        Act::CopiedV1 {
            source: ReviewId::from_random(rules().year, 64),
            sha256,
        },
        edited(&["/description"]),
        edited(&["/categories", "/description"]),
        edited(&["/application", "/party_name", "/issues"]),
        edited(&["/of_next_year"]),
        edited(&[]),
        Act::PeopleEditedV1 {
            fields: pointers(&["/contact", "/staff"]),
        },
        Act::PeopleEditedV1 { fields: Vec::new() },
        Act::RenamedV1,
        Act::SubmittedV1 {
            form_revision: 2,
            form_sha256: sha256,
            certification: certification.clone(),
            certification_sha256: sha256,
            disclosures: "disclosures/2024.1".parse().expect("a text"),
            disclosures_sha256: sha256,
        },
        Act::WithdrawnV1 {
            from: StatusName::Draft,
        },
        Act::WithdrawnV1 {
            from: StatusName::InReview,
        },
        Act::CorrectedV1 {
            field: "/description".to_owned(),
            old_sha256: sha256,
            new_sha256: sha256,
            certification,
            certification_sha256: sha256,
        },
        Act::OpenedV1,
        Act::HandOverOfferedV1,
        Act::HandOverTakenBackV1,
        Act::HandedOverV1 {
            from: account.clone(),
        },
        Act::EntrustedV1 {
            from: account.clone(),
            to: Some(account.clone()),
            why_sha256: sha256,
        },
        Act::EntrustedV1 {
            from: account.clone(),
            to: None,
            why_sha256: sha256,
        },
        Act::ContactReplacedV1 { why_sha256: sha256 },
        Act::LetterSentAnewV1 { of: 7 },
        Act::CommentedV1 {
            comment: CommentId::from_random(world.seed),
            sha256,
        },
        Act::FileGrantedV1 {
            file: file.clone(),
            kind: AttachmentKind::EhrExtract,
            sha256,
        },
        Act::FileReceivedV1 {
            file: file.clone(),
            arrived_at: at("2025-10-20T14:00:05Z"),
        },
        Act::FileExpiredV1 { file: file.clone() },
        Act::FilePassedV1 { file: file.clone() },
        refused(FileFault::NotAsAnnounced),
        refused(FileFault::Empty),
        refused(FileFault::NotWhatItIsNamed),
        refused(FileFault::Program),
        refused(FileFault::PasswordLocked),
        refused(FileFault::Macros),
        refused(FileFault::ArchiveInDisguise),
        refused(FileFault::LockedArchive),
        refused(FileFault::UnpacksTooLarge),
        refused(FileFault::FileInside),
        refused(FileFault::AttachmentInside),
        refused(FileFault::AttachmentFaulty),
        refused(FileFault::NestedTooDeep),
        refused(FileFault::Damaged),
        refused(FileFault::Malware),
        Act::FileLockedAwayV1 { file: file.clone() },
        Act::FileRemovedV1 { file: file.clone() },
        Act::FileErasedV1 { file: file.clone() },
        Act::FileOfWrongPatientV1 {
            file: file.clone(),
            sha256,
        },
        Act::WrongPatientErasedV1 {
            file: file.clone(),
            sha256,
            why_sha256: sha256,
        },
        Act::FileUnlockedV1 {
            file: file.clone(),
            why_sha256: sha256,
        },
        Act::FileNotRelevantV1 { file: file.clone() },
        Act::FilePassedV1 {
            file: AttachmentId::from_random([0; 16]),
        },
        Act::FileRemovedV1 {
            file: AttachmentId::from_random([0; 16]),
        },
        Act::TakenV1,
        Act::AssignedV1 {
            to: account.clone(),
        },
        Act::ReleasedV1,
        Act::ConflictDeclaredV1,
        Act::LabelledV1 {
            sha256,
            audience: LabelAudience::Public,
        },
        Act::LabelledV1 {
            sha256,
            audience: LabelAudience::Internal,
        },
        Act::LabelRemovedV1 { sha256 },
        Act::NotedV1 {
            note: NoteId::from_random(world.seed),
            sha256,
        },
        Act::TinRevealedV1,
        Act::DocumentsRequestedV1 { items: 1, due },
        Act::DocumentsRequestedV1 { items: 3, due },
        amended(&[4], &[1, 2]),
        amended(&[2, 3, 4], &[]),
        amended(&[], &[]),
        Act::MoreTimeAskedV1 { sha256 },
        Act::MoreTimeGrantedV1 { due },
        Act::MoreTimeRefusedV1,
        Act::ItemReceivedV1 { item: 2 },
        moved(DueCause::Extended),
        moved(DueCause::Paused),
        Act::SettlementHeldV1 { until: closes },
        returned(ReturnCause::ThatIsAll),
        returned(ReturnCause::AllAnswered),
        returned(ReturnCause::ByReviewer),
        returned(ReturnCause::IncompleteAnswer),
        returned(ReturnCause::Unreachable),
        returned(ReturnCause::Silent),
        returned(ReturnCause::CheckUnfinished),
        returned(ReturnCause::Reinstated),
        Act::DeniedByClockV1 { due },
        Act::RulingProposedV1 { sha256 },
        Act::RulingSentBackV1,
        decided(true, vec![Issue::EligibilitySpecialStatus]),
        decided(true, vec![Issue::Submission, Issue::MeasureActivity]),
        decided(false, Vec::new()),
        Act::ScoresRevisedV1 { sha256 },
        Act::ClericalProposedV1 {
            sha256,
            why_sha256: sha256,
        },
        Act::ClericalDroppedV1,
        Act::ClericallyCorrectedV1 {
            first: account.clone(),
            old_sha256: sha256,
            new_sha256: sha256,
        },
        reinstated(Some(file.clone())),
        reinstated(None),
        Act::NotSubmittedV1 { closed: closes },
        Act::ReopenedV1,
        Act::WindowToldV1 {
            closes: Some(closes),
        },
        Act::WindowToldV1 { closes: None },
        Act::LateAllowedV1 {
            attempted_at: at("2025-11-15T00:59:00Z"),
            until: at("2025-11-18T01:00:00Z"),
        },
        Act::RemindedV1 {
            of: closes,
            days: 3,
        },
        Act::RemindedV1 { of: due, days: 1 },
        Act::ReminderMissedV1 { of: due, days: 7 },
        Act::HoldPutV1 { sha256 },
        Act::HoldLiftedV1,
    ]
}
