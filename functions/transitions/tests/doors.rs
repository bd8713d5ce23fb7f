//! The gateway's events in, the function's replies out: one review through every door of the team, with what goes wrong on
//! the way. Each case is a file in `events/transitions`, in the order in which the story needs it; the store is in memory.

use std::sync::Arc;

use domain::{
    Attachment, AttachmentId, AttachmentKind, Digest, FileState, NewFile, PersonKey, Place,
    Readers, Side, Suppression, SuppressionCause,
};
use edge::http::doors;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde_json::Value;
use testkit::{CountingEntropy, MemoryStore, MemorySweeps, Story, sample};
use transitions::{Desk, router};
use workflow::ports::Suppressions as _;

const STORY: [&str; 66] = [
    "view-by-filer",
    "view",
    "take",
    "take-again",
    "take-by-another",
    "assign-by-reviewer",
    "assign",
    "assign-faulty",
    "release",
    "label-faulty",
    "label",
    "label-internal",
    "unlabel",
    "note",
    "note-again",
    "notes",
    "comment",
    "comment-faulty",
    "reveal-tin",
    "queue",
    "queue-faulty",
    "counts",
    "assigned",
    "search",
    "search-faulty",
    "same-party",
    "preview-request",
    "request-faulty",
    "request-too-early",
    "request",
    "comments",
    "amend-earlier",
    "amend",
    "received",
    "received-again",
    "grant-unasked",
    "refuse-unasked",
    "extend-by-reviewer",
    "extend",
    "view-waiting",
    "return",
    "decide-faulty",
    "decide-unclaimed",
    "decide-unseen",
    "decide-stale",
    "decide",
    "view-proposed",
    "confirm-by-first",
    "send-back",
    "decide-again",
    "confirm",
    "decide-late",
    "scores-faulty",
    "scores",
    "correct-by-reviewer",
    "correct",
    "correct-confirm-by-first",
    "correct-confirm",
    "correct-drop-nothing",
    "hold",
    "hold-lift",
    "note-late",
    "view-decided",
    "history",
    "notices",
    "conflict-late",
];

/// What administrators alone decide about a request whose owner has left, whose contact's mail comes back, and of which two
/// files are locked away.
const ADMINISTRATION: [&str; 18] = [
    "entrust-by-reviewer",
    "entrust-faulty",
    "entrust-to-oneself",
    "entrust",
    "contact-by-reviewer",
    "contact-faulty",
    "contact-unreachable",
    "contact",
    "contact-reachable",
    "erase-by-reviewer",
    "erase-faulty",
    "erase",
    "erase-again",
    "unlock-by-reviewer",
    "unlock",
    "unlock-erased",
    "unlock-unknown",
    "history-of-administrators",
];

#[tokio::test]
async fn every_door_answers_as_it_did() {
    let store = MemoryStore::default();
    let filer = Story::accepted(store.clone()).await;
    let (review, _) = filer.submitted("story").await;
    answers(store, review.outline.id.as_str(), &STORY).await;
}

#[tokio::test]
async fn every_door_of_administrators_answers_as_it_did() {
    let store = MemoryStore::default();
    let filer = Story::accepted(store.clone()).await;
    let (mut review, _) = filer.submitted("story").await;
    review.dossier.files = vec![locked([7; 16]), locked([9; 16])];
    store.put(review.clone());
    for address in ["front.desk@example.org", "unreachable@example.org"] {
        let address = address.parse().expect("an address");
        let person = PersonKey::of(&sample::hash_key(), &address);
        let why = Suppression {
            since: sample::in_window(),
            cause: SuppressionCause::Bounced,
        };
        let suppressed = store.suppress(&person, why).await;
        suppressed.expect("it is noted");
    }
    answers(store, review.outline.id.as_str(), &ADMINISTRATION).await;
}

/// A file that was reported to tell of somebody else.
fn locked(id: [u8; 16]) -> Attachment {
    let at = sample::in_window();
    Attachment {
        id: AttachmentId::from_random(id),
        side: Side::Filer,
        granted_at: at,
        request: None,
        readers: Readers::BothSides,
        not_relevant_at: None,
        state: FileState::WrongPatient {
            at,
            arrived_at: at,
            passed: true,
        },
        file: NewFile {
            kind: AttachmentKind::EhrExtract,
            name: "Jane Sample.pdf".parse().expect("a name"),
            size: 5,
            sha256: Digest::of(&[b"bytes"]),
            place: Place::Form,
        },
    }
}

async fn answers(store: MemoryStore, review: &str, cases: &[&str]) {
    let desk = Desk {
        store: Arc::new(store),
        commands: Arc::new(MemorySweeps::default()),
        entropy: Arc::new(CountingEntropy::new(9)),
        hash_key: sample::hash_key(),
        links: notices::Links {
            sign_in: "https://reviews.example.org".to_owned(),
        },
    };
    let mut function = Adapter::from(doors(router(desk)));
    for case in cases {
        let event = event(case);
        assert!(
            event.contains(review) || !event.contains("/v1/team/reviews/"),
            "the events are about {review}"
        );
        let event: LambdaRequest = serde_json::from_str(&event).expect("an event");
        let event = LambdaEvent::new(event, Context::default());
        let reply = function
            .call(event)
            .await
            .expect("a router answers everything");
        let reply = serde_json::to_value(reply).expect("a reply is JSON");
        insta::assert_json_snapshot!(*case, readable(reply));
    }
}

fn event(case: &str) -> String {
    let path = format!(
        "{}/../../events/transitions/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The reply with its body read.
fn readable(mut reply: Value) -> Value {
    let body = reply["body"].as_str();
    let body = body.and_then(|body| serde_json::from_str(body).ok());
    reply["body"] = body.unwrap_or(Value::Null);
    reply
}

#[test]
fn every_event_has_its_case() {
    let folder = format!("{}/../../events/transitions", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("the events are there") {
        let name = entry.expect("a readable entry").file_name();
        let name = name.to_str().and_then(|name| name.strip_suffix(".json"));
        let case = name.expect("an event is a .json file");
        assert!(
            STORY.contains(&case) || ADMINISTRATION.contains(&case),
            "{case} is an event that no case uses"
        );
    }
}
