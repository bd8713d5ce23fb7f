//! The gateway's events in, the function's replies out: one story of two files through every door, with what goes wrong on the
//! way. Each case is a file in `events/attachments`, in the order in which the story needs it; store and bucket are in memory.

use std::sync::Arc;

use attachments::{Desk, router};
use domain::{Actor, AttachmentId, Job, ReviewId};
use edge::http::doors;
use lambda_http::request::LambdaRequest;
use lambda_http::{Adapter, Context, LambdaEvent, Service};
use serde_json::Value;
use testkit::{CountingEntropy, Filer, MemoryBucket, MemoryStore, Story, command, sample};
use workflow::ports::{Commits as _, Committed, ObjectPlace};
use workflow::{Scan, ScanVerdict, Watch};

const BYTES: &[u8] = b"bytes";

/// While the review is a draft.
const DRAFT: [&str; 7] = [
    "grant",
    "grant-again",
    "grant-faulty",
    "grant-in-another",
    "grant-second",
    "list-granted",
    "download-early",
];

/// Once both files have arrived and are clean.
const CLEAN: [&str; 5] = [
    "download",
    "download-of-another",
    "download-unknown",
    "remove",
    "remove-again",
];

/// Once the review was submitted.
const SUBMITTED: [&str; 11] = [
    "list-of-reviewer",
    "download-of-reviewer",
    "grant-of-reviewer",
    "grant-of-no-comment",
    "grant-late",
    "not-relevant-of-filer",
    "not-relevant",
    "remove-submitted",
    "wrong-patient",
    "wrong-patient-again",
    "download-locked",
];

/// Plays the cases, and holds each reply against what it was.
async fn play(desk: &Desk, cases: &[&str]) {
    let mut function = Adapter::from(doors(router(desk.clone())));
    for case in cases {
        let event = LambdaEvent::new(event(case), Context::default());
        let reply = function
            .call(event)
            .await
            .expect("a router answers everything");
        let reply = serde_json::to_value(reply).expect("a reply is JSON");
        insta::assert_json_snapshot!(*case, readable(reply));
    }
}

#[tokio::test]
async fn every_door_answers_as_it_did() {
    let (store, bucket) = (MemoryStore::default(), MemoryBucket::default());
    let story = Story::accepted(store.clone()).await;
    let draft = story.complete("draft").await;
    let desk = Desk {
        store: Arc::new(store.clone()),
        signer: Arc::new(bucket.clone()),
        entropy: Arc::new(CountingEntropy::new(21)),
        hash_key: sample::hash_key(),
    };
    play(&desk, &DRAFT).await;
    let id = &draft.outline.id;
    for file in story.review(id).await.dossier.files {
        arrive(&store, &bucket, id, &file.id).await;
    }
    play(&desk, &CLEAN).await;
    let key = story.key("submit", "submit");
    let submit = command::submit(&story.review(id).await, sample::certification());
    let inbound = story.filer.inbound();
    let submitted = workflow::change(&store, &inbound, &key, id, &submit).await;
    submitted.expect("it is complete");
    let reviewer = Filer::new(sample::reviewer(), 9);
    let comment = reviewer.comments(&story.review(id).await, "What comes with this.");
    assert_eq!(
        store.commit(&comment).await.expect("an answer"),
        Committed::Done
    );
    play(&desk, &SUBMITTED).await;
}

/// Lets a file arrive and be found clean.
async fn arrive(store: &MemoryStore, bucket: &MemoryBucket, id: &ReviewId, file: &AttachmentId) {
    let place = ObjectPlace {
        review: id.clone(),
        file: file.clone(),
    };
    bucket.place(&place, BYTES, sample::in_window());
    let job = Filer::new(Actor::job(Job::FileWatch), 5);
    let watch = Watch {
        ports: store,
        store: bucket,
        inspect: |_, _| Ok(()),
    };
    let verdict = ScanVerdict {
        scan: Scan::Clean,
        version: None,
    };
    let looked = watch.look_at(&job.inbound(), &place, Some(&verdict)).await;
    looked.expect("nothing fails");
}

fn event(case: &str) -> LambdaRequest {
    let path = format!(
        "{}/../../events/attachments/{case}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The reply with its body read.
fn readable(mut reply: Value) -> Value {
    let body = reply["body"]
        .as_str()
        .and_then(|body| serde_json::from_str(body).ok());
    reply["body"] = body.unwrap_or(Value::Null);
    reply
}

#[test]
fn every_event_has_its_case() {
    let folder = format!("{}/../../events/attachments", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("the events are there") {
        let name = entry.expect("a readable entry").file_name();
        let name = name.to_string_lossy();
        let case = name.trim_end_matches(".json");
        let known = [&DRAFT[..], &CLEAN, &SUBMITTED].concat();
        assert!(
            known.contains(&case),
            "{case} is an event that no case uses"
        );
    }
}
