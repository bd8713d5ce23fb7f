//! Every command on a review in every status, prepared so that nothing but the status can refuse it.

use domain::{
    Actor, Amendment, CaseStep, ClericalStep, Command, CommandName as C, DecisionStep, Digest,
    DocumentStep, FileState, FileStep, FormPatch, HoldStep, Label, LabelAudience, NewContact,
    NoteId, Place, ReinstateCause, Review, RevisedScores, StatusName, TimeStep, Toll, Why,
};
use jiff::Timestamp;
use serde_json::json;

use crate::cast::{
    administrator, ask_for_documents, assignee, comment_id, correction, give, grant, job, on_file,
    reviewer, ruling, then,
};
use crate::sample::{
    IN_WINDOW, at, complete, edit_form, edit_people, in_review, individual, owner, submit,
    withdrawn,
};

pub(crate) const AFTER_DUE: &str = "2025-11-05T05:15:00Z";
const AFTER_CLOSE: &str = "2025-11-15T01:15:00Z";

/// A review in that status, which lacks nothing.
pub(crate) fn review(status: StatusName) -> Review {
    let now = at(IN_WINDOW);
    let decided = |granted| {
        let step = DecisionStep::Rule {
            version: in_review().outline.version,
            ruling: ruling(granted),
            second_person: false,
        };
        then(&in_review(), &reviewer(), now, Command::Decide(step))
    };
    match status {
        StatusName::Draft => complete(),
        StatusName::InReview => in_review(),
        StatusName::AwaitingDocuments => then(&in_review(), &reviewer(), now, ask_for_documents()),
        StatusName::Approved => decided(true),
        StatusName::Denied => decided(false),
        StatusName::Withdrawn => withdrawn(),
        StatusName::NotSubmitted => then(
            &complete(),
            &job(),
            at(AFTER_CLOSE),
            Command::Time(TimeStep::Close),
        ),
    }
}

/// Denied because nobody answered.
pub(crate) fn denied_by_clock() -> Review {
    let settle = Command::Documents(DocumentStep::Settle { reached: true });
    then(
        &review(StatusName::AwaitingDocuments),
        &job(),
        at(AFTER_DUE),
        settle,
    )
}

fn label() -> Label {
    Label {
        name: "urgent".parse().expect("a line"),
        audience: LabelAudience::Internal,
    }
}

/// An administrator's reason.
pub(crate) fn noted() -> Why {
    Why {
        note: NoteId::from_random([4; 16]),
        sha256: Digest::of(&[b"a reason"]),
    }
}

/// A command that only the status can refuse, once [`prepared`].
pub(crate) fn command(name: C, review: &Review) -> Command {
    let version = review.outline.version;
    let text = || "A reason.".parse().expect("a text");
    let why = || "A reason.".parse().expect("a text");
    let documents = Command::Documents;
    let day = |text: &str| text.parse().expect("a day");
    match name {
        C::EditForm => edit_form(review, individual()),
        C::EditPeople => edit_people(review, FormPatch(json!({"contact": {"extension": "12"}}))),
        C::Rename => Command::Rename {
            version,
            name: "Another name".parse().expect("a line"),
        },
        C::Submit => submit(review),
        C::Withdraw => Command::Withdraw,
        C::WithdrawForGood => Command::WithdrawForGood,
        C::Correct => Command::Correct(correction()),
        C::Open => Command::Open,
        C::OfferHandOver => Command::Access(domain::AccessStep::Offer(
            "billing@example.org".parse().expect("an address"),
        )),
        C::TakeHandOverBack => Command::Access(domain::AccessStep::TakeBack),
        C::AcceptHandOver => Command::Access(domain::AccessStep::Accept),
        C::Entrust => Command::Access(domain::AccessStep::Entrust {
            to: "successor@example.org".parse().expect("an address"),
            why: noted(),
        }),
        C::ReplaceContact => Command::ReplaceContact(NewContact {
            email: "reachable@example.org".parse().expect("an address"),
            why: noted(),
            bounced: true,
            missed: crate::contact::missed(review),
        }),
        C::Comment => Command::Comment {
            id: comment_id(),
            sha256: Digest::of(&[b"words"]),
        },
        C::GrantFile => grant(
            1,
            Place::Comment {
                comment: comment_id(),
            },
        ),
        C::ReceiveFile => crate::files::received(1, at(IN_WINDOW)),
        C::ExpireFile => on_file(1, FileStep::Expire),
        C::PassFile => on_file(1, FileStep::Pass),
        C::RejectFile => crate::files::rejected(1, at(IN_WINDOW)),
        C::InfectFile => on_file(1, FileStep::Infect),
        C::GiveFileUp => on_file(1, FileStep::GiveUp),
        C::RemoveFile => on_file(1, FileStep::Remove),
        C::EraseFile => on_file(1, FileStep::Erase),
        C::WrongPatient => on_file(1, FileStep::WrongPatient),
        C::EraseWrongPatient => on_file(1, FileStep::EraseWrongPatient(noted())),
        C::UnlockFile => on_file(1, FileStep::Unlock(noted())),
        C::NotRelevant => on_file(1, FileStep::NotRelevant),
        C::Take => Command::Case(CaseStep::Take),
        C::Assign => Command::Case(CaseStep::Assign(assignee())),
        C::Release => Command::Case(CaseStep::Release),
        C::DeclareConflict => Command::Case(CaseStep::DeclareConflict),
        C::AddLabel => Command::Case(CaseStep::AddLabel(label())),
        C::RemoveLabel => Command::Case(CaseStep::RemoveLabel(label().name)),
        C::Note => Command::Case(CaseStep::Note {
            id: NoteId::from_random([3; 16]),
            sha256: Digest::of(&[b"words"]),
        }),
        C::RevealTin => Command::Case(CaseStep::RevealTin),
        C::RequestDocuments => ask_for_documents(),
        C::AmendRequest => documents(DocumentStep::Amend(Amendment {
            last_day: Some(day("2025-11-30")),
            ..Amendment::default()
        })),
        C::AskMoreTime => documents(DocumentStep::AskMoreTime(text())),
        C::GrantMoreTime => documents(DocumentStep::GrantMoreTime { last_day: None }),
        C::RefuseMoreTime => documents(DocumentStep::RefuseMoreTime),
        C::ItemReceived => documents(DocumentStep::ItemReceived(1)),
        C::ThatIsAll => documents(DocumentStep::ThatIsAll),
        C::ReturnToReview => documents(DocumentStep::Return),
        C::ExtendRequest => documents(DocumentStep::Extend {
            last_day: day("2025-12-01"),
            why: why(),
        }),
        C::Toll => documents(DocumentStep::Toll(Toll {
            from: day("2025-10-25"),
            through: day("2025-10-27"),
        })),
        C::Settle => documents(DocumentStep::Settle { reached: true }),
        C::Rule => Command::Decide(DecisionStep::Rule {
            version,
            ruling: ruling(true),
            second_person: false,
        }),
        C::ConfirmRuling => Command::Decide(DecisionStep::Confirm { version }),
        C::SendRulingBack => Command::Decide(DecisionStep::SendBack),
        C::ReviseScores => Command::ReviseScores(RevisedScores::None),
        C::ProposeClerical => {
            let granted = review.outline.status.name() == StatusName::Approved;
            let mut ruling = ruling(granted);
            ruling.explanation = "What was found, without the typing error."
                .parse()
                .expect("a text");
            Command::Clerical(ClericalStep::Propose { ruling, why: why() })
        }
        C::ConfirmClerical => Command::Clerical(ClericalStep::Confirm { version }),
        C::DropClerical => Command::Clerical(ClericalStep::Drop),
        C::Reinstate => Command::Reinstate(ReinstateCause::ByAdministrator(why())),
        C::CloseDraft => Command::Time(TimeStep::Close),
        C::ReopenDraft => Command::Time(TimeStep::Reopen),
        C::TellWindow => Command::Time(TimeStep::Tell),
        C::AllowLate => Command::Time(TimeStep::AllowLate {
            failed_request: "request-1".parse().expect("a line"),
            attempted_at: at("2025-11-15T00:30:00Z"),
        }),
        C::Remind => Command::Remind,
        C::PutHold => Command::Hold(HoldStep::Put(why())),
        C::LiftHold => Command::Hold(HoldStep::Lift),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "most commands need nothing")]
/// What must have been done before the command makes sense, where the status allows it.
pub(crate) fn prepared(status: StatusName, name: C) -> Review {
    if name == C::Reinstate && status == StatusName::Denied {
        return denied_by_clock();
    }
    let now = at(IN_WINDOW);
    let mut review = review(status);
    let mut first = |actor: Actor, command: Command| {
        if let Ok(change) = give(&review, &actor, now, command) {
            review = change.review;
        }
    };
    let granted = || {
        grant(
            1,
            Place::Comment {
                comment: comment_id(),
            },
        )
    };
    let on_draft = |state: FileState| {
        let draft = then(&complete(), &owner(), now, granted());
        let mut files = draft.dossier.files;
        files[0].state = state;
        files
    };
    let received = || crate::files::received(1, now);
    match name {
        C::TakeHandOverBack | C::AcceptHandOver => {
            first(owner(), command(C::OfferHandOver, &complete()));
        }
        C::ReceiveFile | C::RejectFile | C::ExpireFile | C::RemoveFile => {
            first(owner(), granted());
        }
        C::PassFile | C::InfectFile | C::GiveFileUp => {
            first(owner(), granted());
            first(job(), received());
        }
        // Removed from a draft, and not yet erased when that was submitted.
        C::EraseFile => {
            review.dossier.files = on_draft(FileState::Removed {
                at: now,
                erased_at: None,
            });
        }
        // Reported, and not yet decided when the review ended.
        C::EraseWrongPatient | C::UnlockFile => {
            review.dossier.files = on_draft(FileState::WrongPatient {
                at: now,
                arrived_at: now,
                passed: true,
            });
        }
        C::WrongPatient | C::NotRelevant => {
            first(owner(), granted());
            first(job(), received());
            first(job(), on_file(1, FileStep::Pass));
        }
        C::Release => first(reviewer(), Command::Case(CaseStep::Take)),
        C::RemoveLabel => first(reviewer(), Command::Case(CaseStep::AddLabel(label()))),
        C::GrantMoreTime | C::RefuseMoreTime => {
            first(owner(), command(C::AskMoreTime, &complete()));
        }
        C::ConfirmRuling | C::SendRulingBack => {
            let step = DecisionStep::Rule {
                version: in_review().outline.version,
                ruling: ruling(true),
                second_person: true,
            };
            first(reviewer(), Command::Decide(step));
        }
        C::ConfirmClerical | C::DropClerical => {
            let propose = command(C::ProposeClerical, &self::review(status));
            first(administrator(), propose);
        }
        C::LiftHold => first(administrator(), command(C::PutHold, &complete())),
        _ => {}
    }
    review
}

/// When the command makes sense.
pub(crate) fn moment(status: StatusName, name: C) -> Timestamp {
    at(match (name, status) {
        (C::ExpireFile, _) => "2025-10-20T14:10:01Z",
        (C::Settle, _) => AFTER_DUE,
        (C::CloseDraft | C::AllowLate, _) => AFTER_CLOSE,
        (C::ReopenDraft | C::TellWindow, _) => "2025-11-17T12:00:00Z",
        (C::Remind, StatusName::Draft) => "2025-11-14T12:00:00Z",
        (C::Remind, _) => "2025-11-03T15:00:00Z",
        (_, _) => IN_WINDOW,
    })
}
