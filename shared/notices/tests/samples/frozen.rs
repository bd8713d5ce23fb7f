//! Events of a review, with invented facts: every kind but receipts and withdrawals, which are told
//! through the domain.

use domain::{
    AccessChangedV1, AttachmentId, CommentId, CommentedV1, CopyUntil, CorrectionFiledV1,
    DecisionCorrectedV1, DenialReason, DocumentAsk, DocumentItem, DocumentsDueMovedV1,
    DocumentsReceivedV1, DocumentsReminderV1, DocumentsRequestedV1, DraftReminderV1, DueCause,
    Event, FileFault, FileRefusedV1, HandOverOfferedV1, HandedOverV1, LateAllowedV1,
    MoreTimeAnsweredV1, MoreTimeAskedV1, NotSubmittedV1, OutcomeBy, OutcomeV1, Party, ReinstatedV1,
    ReturnCause, RevisedScores, ScoresRevisedV1, Side, StatusName, Verdict, WindowChangedV1,
};
use jiff::Timestamp;

use super::administration;
use super::rulings::{given, not, ruling};

/// Words of a reviewer that no letter may hold: they may tell of a patient.
pub(crate) const EXPLANATION: &str = "The chart of the patient settles it.";

/// Every kind of event about `party`, each with a name for files.
pub(crate) fn events(party: &Party) -> Vec<(&'static str, Event)> {
    [
        filing(party),
        waiting(party),
        outcomes(party),
        window(party),
        administration::events(party),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Where the review stands after the event, and the due instant of the request for documents that is open
/// then, or that it ended.
pub(crate) fn left(event: &Event) -> (StatusName, Option<(Timestamp, bool)>) {
    match event {
        Event::DocumentsRequestedV1(_)
        | Event::DocumentsReminderV1(_)
        | Event::DocumentsDueMovedV1(_)
        | Event::MoreTimeAskedV1(_)
        | Event::MoreTimeAnsweredV1(_)
        | Event::FileRefusedV1(FileRefusedV1 {
            replace_by: Some(_),
            ..
        }) => (StatusName::AwaitingDocuments, Some((due(), false))),
        Event::DocumentsReceivedV1(_) => (StatusName::InReview, Some((due(), true))),
        Event::OutcomeV1(outcome) if outcome.approved => (StatusName::Approved, None),
        Event::OutcomeV1(outcome) => match outcome.by {
            OutcomeBy::Clock { due, .. } => (StatusName::Denied, Some((due, true))),
            OutcomeBy::Team { .. } => (StatusName::Denied, None),
        },
        Event::ScoresRevisedV1(_) => (StatusName::Approved, None),
        Event::DecisionCorrectedV1(corrected) if corrected.ruling.grants() => {
            (StatusName::Approved, None)
        }
        Event::DecisionCorrectedV1(_) => (StatusName::Denied, None),
        Event::ReviewWithdrawnV1(_) => (StatusName::Withdrawn, None),
        Event::DraftReminderV1(_) | Event::WindowChangedV1(_) => (StatusName::Draft, None),
        Event::NotSubmittedV1(_) | Event::LateAllowedV1(_) => (StatusName::NotSubmitted, None),
        Event::ReviewSubmittedV1(_)
        | Event::ReinstatedV1(_)
        | Event::CorrectionFiledV1(_)
        | Event::CommentedV1(_)
        | Event::FileRefusedV1(_)
        | Event::AccessChangedV1(_)
        | Event::HandOverOfferedV1(_)
        | Event::HandedOverV1(_)
        | Event::EntrustedV1(_)
        | Event::ContactReplacedV1(_)
        | Event::WrongPatientDecidedV1(_) => (StatusName::InReview, None),
        Event::SentAnewV1(anew) => left(&anew.event),
    }
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// The end of Wednesday, December 3, 2025.
pub(super) fn due() -> Timestamp {
    at("2025-12-04T05:00:00Z")
}

/// Friday, November 21, 2025, 8:00 pm ET: the window was extended by a week.
fn close() -> Timestamp {
    at("2025-11-22T01:00:00Z")
}

/// The end of Monday, November 17, 2025, the day before all of this happens.
fn yesterday() -> Timestamp {
    at("2025-11-18T05:00:00Z")
}

fn filing(party: &Party) -> Vec<(&'static str, Event)> {
    let party = || party.clone();
    let address = |text: &str| text.parse().expect("an address");
    let comment = |by| {
        Event::CommentedV1(CommentedV1 {
            party: party(),
            comment: CommentId::from_random([1; 16]),
            by,
        })
    };
    vec![
        (
            "correction",
            Event::CorrectionFiledV1(CorrectionFiledV1 {
                party: party(),
                field: "/follow_ups".to_owned(),
            }),
        ),
        ("comment-of-team", comment(Side::Team)),
        ("comment-of-filer", comment(Side::Filer)),
        (
            "access",
            Event::AccessChangedV1(AccessChangedV1 {
                party: party(),
                granted: vec![address("New@example.org")],
                removed: vec![address("former@example.org")],
            }),
        ),
        (
            "hand-over-offered",
            Event::HandOverOfferedV1(HandOverOfferedV1 {
                party: party(),
                to: address("colleague@example.org"),
            }),
        ),
        (
            "handed-over",
            Event::HandedOverV1(HandedOverV1 { party: party() }),
        ),
    ]
}

pub(super) fn items() -> Vec<DocumentItem> {
    let item = |number, what: &str| DocumentItem {
        number,
        ask: DocumentAsk {
            what: what.parse().expect("a line"),
            kind: None,
        },
        received_at: None,
    };
    vec![
        item(1, "EHR extract for the performance period"),
        item(3, "Contract of Sample Clinic, TIN 00-0045100"),
    ]
}

fn waiting(party: &Party) -> Vec<(&'static str, Event)> {
    let party = || party.clone();
    let requested = |amended| {
        Event::DocumentsRequestedV1(DocumentsRequestedV1 {
            party: party(),
            items: items(),
            due: due(),
            amended,
        })
    };
    let reminder = |items| {
        Event::DocumentsReminderV1(DocumentsReminderV1 {
            party: party(),
            items,
            due: due(),
            days: 7,
        })
    };
    let moved = |cause| {
        Event::DocumentsDueMovedV1(DocumentsDueMovedV1 {
            party: party(),
            due: due(),
            cause,
        })
    };
    let answered = |granted| {
        Event::MoreTimeAnsweredV1(MoreTimeAnsweredV1 {
            party: party(),
            granted,
            due: due(),
        })
    };
    let ended = |cause, files, open| {
        Event::DocumentsReceivedV1(DocumentsReceivedV1 {
            party: party(),
            cause,
            open,
            files,
        })
    };
    let refused = |why, replace_by| {
        Event::FileRefusedV1(FileRefusedV1 {
            party: party(),
            file: AttachmentId::from_random([2; 16]),
            name: "extract.pdf".parse().expect("a name"),
            why,
            replace_by,
        })
    };
    let asked = MoreTimeAskedV1 {
        party: party(),
        due: due(),
    };
    vec![
        ("documents-requested", requested(false)),
        ("documents-amended", requested(true)),
        ("documents-reminder", reminder(items())),
        ("documents-reminder-all-marked", reminder(Vec::new())),
        ("documents-extended", moved(DueCause::Extended)),
        ("documents-paused", moved(DueCause::Paused)),
        ("more-time-asked", Event::MoreTimeAskedV1(asked)),
        ("more-time-granted", answered(true)),
        ("more-time-refused", answered(false)),
        ("that-is-all", ended(ReturnCause::ThatIsAll, 2, Vec::new())),
        (
            "all-answered",
            ended(ReturnCause::AllAnswered, 1, Vec::new()),
        ),
        (
            "ended-by-reviewer",
            ended(ReturnCause::ByReviewer, 0, items()),
        ),
        (
            "incomplete",
            ended(ReturnCause::IncompleteAnswer, 1, items()),
        ),
        (
            "file-locked",
            refused(FileFault::PasswordLocked, Some(due())),
        ),
        ("file-malware", refused(FileFault::Malware, None)),
    ]
}

fn outcomes(party: &Party) -> Vec<(&'static str, Event)> {
    let party = || party.clone();
    let outcome = |approved, by, copy_until| {
        Event::OutcomeV1(OutcomeV1 {
            party: party(),
            approved,
            by,
            keep_until: "2030-12-31".parse().expect("a day"),
            copy_until,
        })
    };
    let team = |verdicts, scores| OutcomeBy::Team {
        ruling: ruling(verdicts, scores),
    };
    let clock = || OutcomeBy::Clock {
        items: items(),
        due: yesterday(),
    };
    let open = |closes| Some(CopyUntil { closes });
    let revised = |scores| {
        Event::ScoresRevisedV1(ScoresRevisedV1 {
            party: party(),
            scores,
        })
    };
    let corrected = |verdicts, scores| {
        Event::DecisionCorrectedV1(DecisionCorrectedV1 {
            party: party(),
            ruling: ruling(verdicts, scores),
        })
    };
    let reinstated = |in_time_document| {
        Event::ReinstatedV1(ReinstatedV1 {
            party: party(),
            in_time_document,
        })
    };
    let (yes, no) = (Verdict::Granted, not(DenialReason::NotShown));
    let out_of_scope = not(DenialReason::ScoringMethodology);
    vec![
        (
            "approved",
            outcome(true, team([yes, yes], RevisedScores::Pending), None),
        ),
        (
            "approved-in-part",
            outcome(true, team([yes, no], given()), None),
        ),
        (
            "approved-without-scores",
            outcome(true, team([yes, yes], RevisedScores::None), None),
        ),
        (
            "denied",
            outcome(false, team([no, out_of_scope], RevisedScores::None), None),
        ),
        (
            "denied-copy",
            outcome(
                false,
                team([no, no], RevisedScores::None),
                open(Some(close())),
            ),
        ),
        ("denied-by-clock", outcome(false, clock(), None)),
        ("denied-by-clock-copy", outcome(false, clock(), open(None))),
        ("scores-given", revised(given())),
        ("scores-pending", revised(RevisedScores::Pending)),
        ("scores-none", revised(RevisedScores::None)),
        ("approval-corrected", corrected([yes, no], given())),
        ("denial-corrected", corrected([no, no], RevisedScores::None)),
        ("reinstated-document", reinstated(true)),
        ("reinstated", reinstated(false)),
    ]
}

fn window(party: &Party) -> Vec<(&'static str, Event)> {
    let party = || party.clone();
    let changed = |closes, reopened, reason: &str| {
        Event::WindowChangedV1(WindowChangedV1 {
            party: party(),
            closes,
            reason: reason.to_owned(),
            reopened,
        })
    };
    vec![
        (
            "draft-reminder",
            Event::DraftReminderV1(DraftReminderV1 {
                party: party(),
                closes: close(),
                days: 3,
            }),
        ),
        (
            "window-announced",
            changed(
                Some(close()),
                false,
                "The window stays open for another week.",
            ),
        ),
        ("window-open-end", changed(None, false, "")),
        (
            "window-reopened",
            changed(Some(close()), true, "A storm\nstopped filing."),
        ),
        (
            "window-reopened-open-end",
            changed(None, true, "A storm stopped filing."),
        ),
        (
            "not-submitted",
            Event::NotSubmittedV1(NotSubmittedV1 {
                party: party(),
                closed: at("2025-11-15T01:00:00Z"),
            }),
        ),
        (
            "late-allowed",
            Event::LateAllowedV1(LateAllowedV1 {
                party: party(),
                failed_request: "Root=1-67891233-abcdef012345678912345678"
                    .parse()
                    .expect("a line"),
                until: at("2025-11-22T05:00:00Z"),
            }),
        ),
    ]
}
