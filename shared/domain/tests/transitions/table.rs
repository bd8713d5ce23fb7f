//! Every status meets every command, and every role every command.

use domain::{
    Actor, Amendment, CaseStep, Change, ClericalStep, Command, CommandName as C, DecisionStep,
    Digest, DocumentStep, FileState, FileStep, FormPatch, HoldStep, Label, LabelAudience,
    NewContact, NoteId, Place, Refused, ReinstateCause, Review, RevisedScores, Status, StatusName,
    TimeStep, Toll, Why,
};
use jiff::Timestamp;
use serde_json::json;

use crate::cast::{
    administrator, ask_for_documents, assignee, comment_id, correction, file, give, grant, job,
    on_file, reviewer, ruling, second_reviewer, staff, then,
};
use crate::legal::{leads_to, who};
use crate::sample::{
    IN_WINDOW, at, certification, complete, edit_form, edit_people, in_review, individual, owner,
    submit, withdrawn,
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

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the table says it but for two"
)]
/// One who may give it.
fn giver(name: C) -> Actor {
    match name {
        C::ConfirmRuling | C::ConfirmClerical => second_reviewer(),
        _ => match who(name).as_bytes()[0] {
            b'o' => owner(),
            b's' => staff(),
            b'r' => reviewer(),
            b'a' => administrator(),
            _ => job(),
        },
    }
}

#[test]
fn every_legal_move_is_made_and_every_other_refused() {
    for status in StatusName::ALL {
        for name in C::ALL {
            let before = prepared(status, name);
            let unseen = before.clone();
            let wish = command(name, &before);
            let to = leads_to(status, name);
            let outcome = give(&before, &giver(name), moment(status, name), wish);
            match outcome {
                Ok(Change { review, .. }) => {
                    let reached = review.outline.status.name();
                    assert!(
                        to.contains(&reached),
                        "{status:?} {name:?} led to {reached:?}"
                    );
                    assert_eq!(review.outline.version, before.outline.version + 1);
                }
                Err(refused) => {
                    assert!(to.is_empty(), "{status:?} {name:?}: {refused:?}");
                    // A reviewer is a stranger to a draft; that comes before the status.
                    let never_submitted = before.outline.status.submission().is_none();
                    let as_expected = refused == Refused::NotInStatus(name, status)
                        || (never_submitted && refused == Refused::NotAllowed(name));
                    assert!(as_expected, "{status:?} {name:?}: {refused:?}");
                }
            }
            assert_eq!(before, unseen);
        }
    }
}

#[test]
fn every_role_meets_every_command() {
    let roles = [
        ('o', owner()),
        ('s', staff()),
        ('r', reviewer()),
        ('a', administrator()),
        ('j', job()),
    ];
    for name in C::ALL {
        for (role, actor) in &roles {
            // In a status where the command is a move, and which the role can see.
            let from = StatusName::ALL.into_iter().rev();
            let mut from = from.filter(|&from| !leads_to(from, name).is_empty());
            let submitted = |from: &StatusName| review(*from).outline.status.submission().is_some();
            let Some(status) = from.clone().find(submitted).or_else(|| from.next()) else {
                panic!("{name:?} is a move nowhere");
            };
            let before = prepared(status, name);
            let outcome = give(&before, actor, moment(status, name), command(name, &before));
            let refused = matches!(outcome, Err(Refused::NotAllowed(by)) if by == name);
            assert_eq!(
                !refused,
                who(name).contains(*role),
                "{name:?} by {role}: {outcome:?}"
            );
        }
    }
}

#[test]
fn a_refusal_names_the_status_as_people_know_it() {
    for status in StatusName::ALL {
        for name in C::ALL {
            let before = prepared(status, name);
            let wish = command(name, &before);
            if let Err(Refused::NotInStatus(by, from)) =
                give(&before, &giver(name), moment(status, name), wish)
            {
                let sentence = Refused::NotInStatus(by, from).to_string();
                assert!(sentence.contains(status.label()), "{sentence}");
                assert!(sentence.contains(name.done()), "{sentence}");
            }
        }
    }
}

#[test]
fn who_read_another_version_is_told_the_present_one() {
    let (review, another) = (complete(), 7);
    assert_ne!(review.outline.version, another);
    let refused = |command| {
        give(&review, &owner(), at(IN_WINDOW), command).expect_err("it was read at another version")
    };
    let edit_form = Command::EditForm {
        revision: another,
        patch: individual(),
    };
    let edit_people = Command::EditPeople {
        version: another,
        patch: FormPatch(json!({})),
    };
    let submit = Command::Submit {
        form_revision: another,
        certification: certification(),
    };
    let outline = &review.outline;
    let stale_form = Refused::StaleForm(outline.form_revision);
    assert_eq!(refused(edit_form), stale_form);
    assert_eq!(refused(submit), stale_form);
    let rename = Command::Rename {
        version: another,
        name: "Another name".parse().expect("a line"),
    };
    let stale = |command| Refused::StaleReview(command, outline.version);
    assert_eq!(refused(edit_people), stale(C::EditPeople));
    assert_eq!(refused(rename), stale(C::Rename));
}

#[test]
fn the_samples_are_what_they_say() {
    for status in StatusName::ALL {
        assert_eq!(review(status).outline.status.name(), status);
    }
    assert!(matches!(
        denied_by_clock().outline.status,
        Status::Denied(_)
    ));
    assert_ne!(file(1), file(2));
}
