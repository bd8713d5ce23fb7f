//! The people around a review, and what they do to it.

use domain::{
    Account, Actor, Assignee, AttachmentId, AttachmentKind, Certification, Change, Command,
    CommentId, CommitId, Context, CorrectionRequest, DenialReason, Digest, DocumentAsk,
    DocumentStep, FileStep, Finding, Issue, Job, NewFile, Place, Refused, Relation, Review,
    RevisedScores, Role, Ruling, Verdict, Window, WindowChange, relation, transition,
};
use jiff::Timestamp;
use serde_json::json;

use crate::sample::{certification, rules};

pub(crate) fn person(subject: &str, email: Option<&str>, roles: &[Role]) -> Actor {
    Actor {
        account: Account {
            issuer: "https://identity.example.org".to_owned(),
            subject: subject.to_owned(),
        },
        email: email.map(|email| email.parse().expect("an address")),
        roles: roles.to_vec(),
        organization: None,
    }
}

/// Listed as staff in the sample, with a verified address.
pub(crate) fn staff() -> Actor {
    person("staff", Some("Billing@example.org"), &[])
}

pub(crate) fn reviewer() -> Actor {
    person(
        "reviewer",
        Some("reviewer@cms.example.org"),
        &[Role::Reviewer],
    )
}

pub(crate) fn second_reviewer() -> Actor {
    person("second", None, &[Role::Reviewer])
}

pub(crate) fn administrator() -> Actor {
    person("administrator", None, &[Role::Administrator])
}

pub(crate) fn job() -> Actor {
    Actor::job(Job::DocumentClock)
}

/// After the close of the sample's year: it is open again for a week.
pub(crate) fn reopening() -> WindowChange {
    let at = |text: &str| text.parse().expect("an instant");
    WindowChange {
        known: at("2025-11-16T15:00:00Z"),
        opens: Some(at("2025-09-09T04:00:00Z")),
        closes: Some(at("2025-11-22T01:00:00Z")),
        reason: "a storm".to_owned(),
    }
}

/// Decides as a door does: what the actor is to the review is asked first. A stranger claims to be owner.
pub(crate) fn give(
    review: &Review,
    actor: &Actor,
    at: Timestamp,
    command: Command,
) -> Result<Change, Refused> {
    let changes = [reopening()];
    let window = Window::at(at, rules().window.iter().chain(&changes));
    transition(
        review,
        command,
        &Context {
            at,
            actor,
            relation: relation(review, actor).unwrap_or(Relation::Owner),
            rules: rules(),
            window: &window,
            commit: &CommitId::from_random([7; 16]),
        },
    )
}

/// The review after a command that must succeed.
pub(crate) fn then(review: &Review, actor: &Actor, at: Timestamp, command: Command) -> Review {
    match give(review, actor, at, command) {
        Ok(change) => change.review,
        Err(refused) => panic!("the sample is sound: {refused}"),
    }
}

pub(crate) fn file(number: u8) -> AttachmentId {
    AttachmentId::from_random([number; 16])
}

pub(crate) fn comment_id() -> CommentId {
    CommentId::from_random([9; 16])
}

pub(crate) fn grant(number: u8, place: Place) -> Command {
    let step = FileStep::Grant(NewFile {
        kind: AttachmentKind::EhrExtract,
        name: "Jane Sample.pdf".parse().expect("a name"),
        size: 1_000,
        sha256: Digest::of(&[b"bytes"]),
        place,
    });
    Command::File {
        id: file(number),
        step,
    }
}

pub(crate) fn on_file(number: u8, step: FileStep) -> Command {
    Command::File {
        id: file(number),
        step,
    }
}

pub(crate) fn ask_for_documents() -> Command {
    let what = "The EHR extract of 2024".parse().expect("a line");
    Command::Documents(DocumentStep::Request {
        items: vec![DocumentAsk { what, kind: None }],
        message: None,
        last_day: None,
    })
}

pub(crate) fn ruling(granted: bool) -> Ruling {
    let verdict = if granted {
        Verdict::Granted
    } else {
        Verdict::NotGranted {
            reason: DenialReason::NotShown,
        }
    };
    Ruling {
        findings: vec![Finding {
            issue: Issue::EligibilitySpecialStatus,
            verdict,
            sentence: None,
        }],
        explanation: "What was found.".parse().expect("a text"),
        scores: if granted {
            RevisedScores::Pending
        } else {
            RevisedScores::None
        },
    }
}

pub(crate) fn correction() -> CorrectionRequest {
    CorrectionRequest {
        field: "description".to_owned(),
        new: json!("The clinician was hospital-based until June."),
        why: "A date was missing.".parse().expect("a text"),
        certification: Certification { ..certification() },
    }
}

pub(crate) fn assignee() -> Assignee {
    Assignee::of(&second_reviewer())
}

/// The actor's own address.
pub(crate) fn address_of(actor: &Actor) -> String {
    actor
        .email
        .as_ref()
        .expect("an address")
        .reveal()
        .to_owned()
}
