//! The gateway's events in, the function's replies out: one story through every door, with what goes wrong on the way. Each
//! case is a file in `events/intake`, in the order in which the story needs it; the store is in memory.

use std::sync::Arc;

use edge::http::doors;
use intake::{Desk, router};
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde_json::{Value, json};
use testkit::{CountingEntropy, MemoryStore, sample};

const STORY: [&str; 53] = [
    "list-texts",
    "read-text",
    "read-description",
    "years",
    "program",
    "program-unknown",
    "begin-unaccepted",
    "accept",
    "begin",
    "begin-faulty",
    "view",
    "view-of-another",
    "read-form",
    "submit-incomplete",
    "edit-form-faulty",
    "edit-form",
    "participation",
    "participation-of-another",
    "edit-form-stale",
    "read-people",
    "edit-people",
    "preflight",
    "submit",
    "submit-again",
    "list",
    "list-chosen",
    "list-wrong",
    "list-of-staff",
    "view-of-staff",
    "hand-over",
    "take-back",
    "accept-nothing",
    "rename",
    "rename-stale",
    "correct-faulty",
    "correct",
    "corrections",
    "comment",
    "comment-again",
    "comment-plain",
    "comment-faulty",
    "comment-empty",
    "comments",
    "comments-wrong",
    "documents-none",
    "that-is-all-nothing",
    "more-time-faulty",
    "withdraw",
    "withdraw-again",
    "comment-late",
    "copy",
    "read-history",
    "verify-history",
];

#[tokio::test]
async fn every_door_answers_as_it_did() {
    let desk = Desk {
        store: Arc::new(MemoryStore::default()),
        directory: participation::named("fixture").expect("the samples"),
        entropy: Arc::new(CountingEntropy::new(1)),
        hash_key: sample::hash_key(),
    };
    let mut function = Adapter::from(doors(router(desk)));
    for case in STORY {
        let event = LambdaEvent::new(event(case), Context::default());
        let reply = function
            .call(event)
            .await
            .expect("a router answers everything");
        let reply = serde_json::to_value(reply).expect("a reply is JSON");
        insta::assert_json_snapshot!(case, readable(case, reply));
    }
}

fn event(case: &str) -> LambdaRequest {
    let path = format!(
        "{}/../../events/intake/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The reply with its body read. The description of the API is held against the template elsewhere: here its size would
/// bury the rest.
fn readable(case: &str, mut reply: Value) -> Value {
    let body = reply["body"]
        .as_str()
        .and_then(|body| serde_json::from_str(body).ok())
        .unwrap_or(Value::Null);
    reply["body"] = if case == "read-description" {
        if let Some(headers) = reply["headers"].as_object_mut() {
            headers.remove("content-length");
        }
        json!({ "openapi": body["openapi"] })
    } else {
        body
    };
    reply
}

#[test]
fn every_event_has_its_case() {
    let folder = format!("{}/../../events/intake", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("the events are there") {
        let name = entry.expect("a readable entry").file_name();
        let case = name
            .to_str()
            .and_then(|name| name.strip_suffix(".json"))
            .expect("an event is a .json file");
        assert!(
            STORY.contains(&case),
            "{case} is an event that no case uses"
        );
    }
}
