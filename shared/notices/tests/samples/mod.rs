//! Letters' samples: short stories told through the domain itself, so that their events are real ones.
//! The people and parties are invented.

mod administration;
pub(crate) mod frozen;
mod rulings;

use domain::{
    Account, Actor, Assignee, AttachmentId, Certification, Change, Command, CommitId, Context,
    Detail, Digest, DocumentsClock, Event, FileRef, FormPatch, OutboxEntry, Party, PersonHashKey,
    Recipient, Relation, Review, ReviewId, Window, create, recipients, rule_set, transition,
};
use notices::{Letter, Links, render};
use serde_json::{Value, json};

/// What happened to whom, for every kind of news and party, each with a name for files.
pub(crate) fn samples() -> Vec<(&'static str, OutboxEntry)> {
    let (draft, empty) = (|form| story([form]), story([]));
    let (individual, individual_receipt) = submitted(&draft(individual()));
    let (group, group_receipt) = submitted(&draft(group()));
    let after_close = corrects_closing(individual_receipt.clone());
    let told = [
        ("receipt-individual", individual_receipt),
        ("receipt-after-close", after_close),
        ("receipt-group", group_receipt),
        ("withdrawal-individual", withdrawn(&individual)),
        ("withdrawal-group", withdrawn(&group)),
        ("withdrawal-of-old", as_of_old(&withdrawn(&individual))),
        (
            "withdrawal-before-the-close-is-known",
            withdrawn_early(&draft(self::individual())),
        ),
        ("withdrawal-while-asked", withdrawn_while_asked(&individual)),
        (
            "withdrawal-draft-individual",
            withdrawn(&draft(self::individual())),
        ),
        ("withdrawal-draft-group", withdrawn(&draft(self::group()))),
        ("withdrawal-draft-empty", withdrawn(&empty)),
    ];
    let frozen = frozen::events(&Party::of(&individual.outline, &individual.form));
    told.into_iter()
        .chain(frozen.into_iter().map(|(name, event)| {
            let entry = frozen_entry(&individual, event);
            (name, entry)
        }))
        .collect()
}

/// The same receipt, with a file, of a submission that was first taken for missing.
fn corrects_closing(mut receipt: OutboxEntry) -> OutboxEntry {
    if let Event::ReviewSubmittedV1(submitted) = &mut receipt.event {
        submitted.corrects_closing = true;
        submitted.files = vec![FileRef {
            id: AttachmentId::from_random([3; 16]),
            sha256: Digest::of(&[b"a file"]),
        }];
    }
    receipt
}

/// The letters about `entry`, one for each of its recipients.
pub(crate) fn letters(entry: &OutboxEntry) -> Vec<(Detail, Letter)> {
    let links = Links {
        sign_in: "https://reviews.example.org".to_owned(),
    };
    let letter = |told: &Recipient| render(entry, told, &links).expect("a letter");
    entry
        .recipients
        .iter()
        .map(|told| (told.detail, letter(told)))
        .collect()
}

/// A complete form of an individual clinician whose practice is not listed.
pub(crate) fn individual() -> Value {
    json!({
        "reasons_acknowledged": "reasons/2024.1",
        "application": {"type": "individual", "npi": "1112223334"},
        "party_name": "Dr. Ana O'Neil-Müller",
        "practice": {"choice": "not_listed", "tin": "00-0045100"},
        "reporting": {"option": "traditional_mips"},
        "relationship": {"kind": "practice_staff"},
        "categories": ["promoting_interoperability"],
        "issues": ["eligibility_special_status"],
        "description": "The special status is not reflected.",
    })
}

fn group() -> Value {
    let mut form = individual();
    form["application"] = json!({"type": "group", "tin": "000045100"});
    form["party_name"] = json!("Sample & Daughters Family Medicine");
    form["practice"] = Value::Null;
    form
}

/// A draft with `forms` merged in one after the other.
pub(crate) fn story(forms: impl IntoIterator<Item = Value>) -> Review {
    let id = ReviewId::from_random("2024".parse().expect("a year"), 20_241_114);
    let name = "Untitled".parse().expect("a line");
    let mut review = at("2025-10-20T13:30:00Z", |context| {
        create(id, name, context).map(|change| change.review)
    });
    let people = json!({
        "contact": {"phone": "866-288-2892", "email": "filer@example.org"},
        "staff": ["colleague@example.org"],
    });
    let people = Command::EditPeople {
        version: review.outline.version,
        patch: FormPatch(people),
    };
    review = decide(&review, "2025-10-20T13:40:00Z", people).review;
    for form in forms {
        let edit = Command::EditForm {
            revision: review.outline.form_revision,
            patch: FormPatch(form),
        };
        review = decide(&review, "2025-10-20T13:45:00Z", edit).review;
    }
    review
}

/// The review submitted, and the entry that tells of it.
pub(crate) fn submitted(review: &Review) -> (Review, OutboxEntry) {
    let submit = Command::Submit {
        form_revision: review.outline.form_revision,
        certification: Certification {
            text: "certification-on-behalf/2024.1"
                .parse()
                .expect("a reference"),
            disclosures: "disclosures/2024.1".parse().expect("a reference"),
        },
    };
    let change = decide(review, "2025-10-20T14:00:00.25Z", submit);
    let entry = entry(review, &change);
    (change.review, entry)
}

/// The entry that tells of the review's withdrawal, after the clocks have changed.
pub(crate) fn withdrawn(review: &Review) -> OutboxEntry {
    withdrawn_at(review, "2025-11-03T22:05:00Z")
}

fn withdrawn_at(review: &Review, instant: &str) -> OutboxEntry {
    let withdraw = Command::WithdrawForGood;
    entry(review, &decide(review, instant, withdraw))
}

/// The withdrawal of a draft while the close is to be announced.
fn withdrawn_early(draft: &Review) -> OutboxEntry {
    withdrawn_at(draft, "2025-10-14T12:00:00Z")
}

/// The withdrawal of a request for which documents are asked: it ends an entry in people's calendars.
fn withdrawn_while_asked(review: &Review) -> OutboxEntry {
    let clock = DocumentsClock {
        request: REQUEST,
        due: "2025-12-04T05:00:00Z".parse().expect("an instant"),
        ended: true,
    };
    OutboxEntry {
        documents: Some(clock),
        ..withdrawn_at(review, "2025-11-18T15:30:00Z")
    }
}

fn decide(review: &Review, instant: &str, command: Command) -> Change {
    at(instant, |context| transition(review, command, context))
}

fn at<T>(instant: &str, decision: impl FnOnce(&Context<'_>) -> Result<T, domain::Refused>) -> T {
    let rules = rule_set("2024".parse().expect("a year")).expect("a rule set");
    let at = instant.parse().expect("an instant");
    let actor = Actor {
        account: Account {
            issuer: "https://issuer.example.org".to_owned(),
            subject: "sample".to_owned(),
        },
        email: "filer@example.org".parse().ok(),
        roles: Vec::new(),
        organization: None,
    };
    decision(&Context {
        at,
        actor: &actor,
        relation: Relation::Owner,
        rules,
        window: &Window::at(at, &rules.window),
        commit: &CommitId::from_random([7; 16]),
    })
    .expect("the story is a legal one")
}

fn entry(before: &Review, change: &Change) -> OutboxEntry {
    let key = PersonHashKey::new(*b"sample");
    let at = change.review.outline.updated_at;
    let told = OutboxEntry::of(Some(before), change, at, &key);
    told.into_iter()
        .next()
        .expect("an act that people are told of")
}

/// The place in the history of the request for documents that the frozen events are about.
const REQUEST: u64 = 9;

/// The entry of an event told of `review`, on which a reviewer works.
pub(crate) fn frozen_entry(review: &Review, event: Event) -> OutboxEntry {
    let reviewer = Account {
        issuer: "https://issuer.example.org".to_owned(),
        subject: "reviewer".to_owned(),
    };
    let mut review = review.clone();
    review.outline.casework.assignee = Some(Assignee {
        account: reviewer.key(),
        email: "reviewer@example.org".parse().ok(),
    });
    let (status, documents) = frozen::left(&event);
    OutboxEntry {
        review: review.outline.id.clone(),
        seq: 12,
        at: "2025-11-18T15:30:00Z".parse().expect("an instant"),
        status: Some(status),
        documents: documents.map(|(due, ended)| DocumentsClock {
            request: REQUEST,
            due,
            ended,
        }),
        recipients: recipients(&event, &review, &PersonHashKey::new(*b"sample")),
        event,
    }
}

/// The same entry as it was written before status, window and calendar were frozen with it.
pub(crate) fn as_of_old(entry: &OutboxEntry) -> OutboxEntry {
    let mut stored = serde_json::to_value(entry).expect("an entry is stored as JSON");
    for later in ["/status", "/documents", "/event/copy_until"] {
        let (place, name) = later.rsplit_once('/').expect("a pointer");
        let object = stored.pointer_mut(place).and_then(Value::as_object_mut);
        object.expect("an object").remove(name);
    }
    serde_json::from_value(stored).expect("an entry of old is still read")
}
