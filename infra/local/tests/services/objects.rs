//! What is told of objects: that they came, what was found in them, over a kill, and by a scanner of any mood.

use std::path::Path;
use std::time::Duration;

use aws_sdk_s3::primitives::ByteStream;
use local::services::{Mood, Queues};
use serde_json::Value;

use crate::place::{BUCKET, Place};

/// The longest that SQS lets a receiver wait; a message that is there comes at once.
const SOON: Duration = Duration::from_secs(20);
const CREATED: &str = "Object Created";
const SCANNED: &str = "GuardDuty Malware Protection Object Scan Result";

/// The next `count` events.
async fn next(queues: &Queues, count: usize) -> Vec<Value> {
    let mut bodies = Vec::new();
    while bodies.len() < count {
        for message in queues.receive("objects", 1, SOON).await.expect("receives") {
            bodies.push(serde_json::from_str(&message.body).expect("JSON"));
            let handle = &message.receipt_handle;
            queues.delete("objects", handle).await.expect("deletes");
        }
    }
    bodies
}

/// The next result of a scan; what else is told, perhaps again, is passed over.
async fn next_scanned(queues: &Queues) -> Value {
    loop {
        let event = next(queues, 1).await.remove(0);
        if event["detail-type"] == SCANNED {
            return event;
        }
    }
}

/// Kind and key of each.
fn told(events: &[Value]) -> Vec<(&str, &str)> {
    let told = events.iter().map(|event| {
        let detail = &event["detail"];
        let key = detail["object"]["key"].as_str();
        let key = key.or(detail["s3ObjectDetails"]["objectKey"].as_str());
        (
            event["detail-type"].as_str().expect("a kind"),
            key.expect("a key"),
        )
    });
    told.collect()
}

fn verdict(event: &Value) -> (&str, &str) {
    let status = event["detail"]["scanStatus"].as_str();
    let result = event["detail"]["scanResultDetails"]["scanResultStatus"].as_str();
    (status.expect("a status"), result.expect("a result"))
}

async fn put(place: &Place, key: &str, bytes: &[u8]) -> String {
    let put = place.s3().put_object().bucket(BUCKET).key(key);
    let kept = put
        .body(ByteStream::from(bytes.to_vec()))
        .send()
        .await
        .expect("kept");
    kept.version_id.expect("a version")
}

/// The harmless test file that every scanner takes for a virus; no file of ours holds it.
fn eicar() -> Vec<u8> {
    let parts = [
        "STANDARD-ANTIVIRUS-TEST-FILE!",
        "X5O!P%@AP[4\\PZX54(P^)7CC)7}",
        "H+H*",
    ];
    format!("{}$EICAR-{}${}", parts[1], parts[0], parts[2]).into_bytes()
}

#[tokio::test]
async fn an_object_is_told_of_in_the_words_of_s3_and_of_guardduty() {
    let place = Place::new().await;
    let version = put(&place, "reviews/a/1", b"harmless").await;
    let events = next(&place.services.queues, 2).await;
    assert_eq!(
        told(&events),
        [(CREATED, "reviews/a/1"), (SCANNED, "reviews/a/1")]
    );
    let head = place.s3().head_object().bucket(BUCKET).key("reviews/a/1");
    let head = head.send().await.expect("there");
    let created = &events[0];
    assert_eq!(created["source"], "aws.s3");
    assert_eq!(created["resources"][0], format!("arn:aws:s3:::{BUCKET}"));
    assert_eq!(created["detail"]["bucket"]["name"], BUCKET);
    assert_eq!(created["detail"]["reason"], "PutObject");
    let object = &created["detail"]["object"];
    assert_eq!(
        (&object["size"], &object["version-id"]),
        (&8.into(), &version.as_str().into())
    );
    let etag = head.e_tag().expect("a tag").trim_matches('"');
    assert_eq!(object["etag"], etag);
    let at: jiff::Timestamp = created["time"]
        .as_str()
        .expect("a time")
        .parse()
        .expect("RFC 3339");
    assert_eq!(at.as_second(), head.last_modified().expect("a time").secs());
    let scanned = &events[1];
    assert_eq!(scanned["source"], "aws.guardduty");
    assert_eq!(verdict(scanned), ("COMPLETED", "NO_THREATS_FOUND"));
    let details = &scanned["detail"]["s3ObjectDetails"];
    assert_eq!(
        (&details["bucketName"], &details["eTag"]),
        (&BUCKET.into(), &etag.into())
    );
    assert_eq!(details["versionId"], version);
    assert!(scanned["detail"]["scanResultDetails"]["threats"].is_null());
}

#[tokio::test]
async fn the_test_file_is_a_threat_and_what_is_not_to_be_scanned_is_not() {
    let place = Place::new().await;
    put(&place, "elsewhere/1", &eicar()).await;
    put(&place, "reviews/a/1", &eicar()).await;
    put(
        &place,
        "reviews/a/2",
        &[&[b'x'; 300_000][..], &eicar()].concat(),
    )
    .await;
    let mut events = next(&place.services.queues, 5).await;
    events.retain(|event| event["detail-type"] == SCANNED);
    assert_eq!(
        told(&events),
        [(SCANNED, "reviews/a/1"), (SCANNED, "reviews/a/2")]
    );
    for event in &events {
        assert_eq!(verdict(event), ("COMPLETED", "THREATS_FOUND"));
        let threats = &event["detail"]["scanResultDetails"]["threats"];
        assert!(
            threats[0]["name"]
                .as_str()
                .is_some_and(|name| name.contains("EICAR"))
        );
    }
}

#[tokio::test]
async fn the_scanner_has_moods() {
    let place = Place::with(|plan| plan.buckets.mood = Mood::Failing).await;
    let (queues, scanner) = (&place.services.queues, place.services.buckets.scanner());
    for (mood, expected) in [
        (Mood::Failing, ("FAILED", "FAILED")),
        (Mood::Unsupported, ("SKIPPED", "UNSUPPORTED")),
        (Mood::Denied, ("FAILED", "ACCESS_DENIED")),
        (Mood::Well, ("COMPLETED", "NO_THREATS_FOUND")),
    ] {
        scanner.turn(mood);
        assert_eq!(scanner.mood(), mood);
        put(&place, "reviews/a/1", b"x").await;
        assert_eq!(verdict(&next(queues, 2).await[1]), expected);
    }
    // Late: objects come, and nothing is said of them until it goes on.
    scanner.turn(Mood::Late);
    put(&place, "reviews/late/1", b"x").await;
    put(&place, "reviews/late/2", &eicar()).await;
    let came = next(queues, 2).await;
    assert_eq!(
        told(&came),
        [(CREATED, "reviews/late/1"), (CREATED, "reviews/late/2")]
    );
    scanner.turn(Mood::Well);
    let late = next(queues, 2).await;
    assert_eq!(
        told(&late),
        [(SCANNED, "reviews/late/1"), (SCANNED, "reviews/late/2")]
    );
    assert_eq!(verdict(&late[1]), ("COMPLETED", "THREATS_FOUND"));
}

/// Takes the lines away that say that this and that was done, as if it had not been by the time of the kill.
fn undone(data: &Path, facts: &[&str]) {
    let journal = data.join("buckets/journal.jsonl");
    let text = std::fs::read_to_string(&journal).expect("there");
    let left = text
        .lines()
        .filter(|line| !facts.iter().any(|fact| line.starts_with(fact)));
    let left: String = left.map(|line| format!("{line}\n")).collect();
    std::fs::write(&journal, left).expect("written");
}

#[tokio::test]
async fn what_was_kept_is_told_and_scanned_after_a_kill() {
    let place = Place::new().await;
    put(&place, "reviews/a/1", b"x").await;
    next(&place.services.queues, 2).await;
    let untold = |data: &Path| undone(data, &["{\"told\"", "{\"scanned\""]);
    let again = place.killed_after(untold).await;
    let events = next(&again.services.queues, 2).await;
    assert_eq!(
        told(&events),
        [(CREATED, "reviews/a/1"), (SCANNED, "reviews/a/1")]
    );
    let unscanned = |data: &Path| undone(data, &["{\"scanned\""]);
    let again = again.killed_after(unscanned).await;
    let events = next(&again.services.queues, 1).await;
    assert_eq!(told(&events), [(SCANNED, "reviews/a/1")]);
    // One more shows that nothing else was left.
    put(&again, "reviews/a/2", b"x").await;
    assert_eq!(
        told(&next(&again.services.queues, 1).await),
        [(CREATED, "reviews/a/2")]
    );
}

#[tokio::test]
async fn a_late_scan_comes_after_a_restart_and_what_was_erased_is_not_scanned() {
    let place = Place::with(|plan| plan.buckets.mood = Mood::Late).await;
    let erased = put(&place, "reviews/a/1", b"x").await;
    put(&place, "reviews/a/2", b"x").await;
    next(&place.services.queues, 2).await;
    let erase = place.s3().delete_object().bucket(BUCKET).key("reviews/a/1");
    erase.version_id(erased).send().await.expect("erased");
    let well = place
        .killed_with(|plan| plan.buckets.mood = Mood::Well)
        .await;
    let scanned = next_scanned(&well.services.queues).await;
    assert_eq!(told(&[scanned]), [(SCANNED, "reviews/a/2")]);
}

#[tokio::test]
async fn what_a_silent_scanner_kept_to_itself_stays_unsaid() {
    let place = Place::with(|plan| plan.buckets.mood = Mood::Silent).await;
    put(&place, "reviews/a/1", b"x").await;
    let queues = &place.services.queues;
    assert_eq!(told(&next(queues, 1).await), [(CREATED, "reviews/a/1")]);
    // The next one is scanned behind it, once the scanner speaks again.
    let journal = place.data.path().join("buckets/journal.jsonl");
    while !std::fs::read_to_string(&journal)
        .expect("there")
        .contains("{\"scanned\"")
    {
        tokio::task::yield_now().await;
    }
    place.services.buckets.scanner().turn(Mood::Well);
    put(&place, "reviews/a/2", b"x").await;
    let events = next(queues, 2).await;
    assert_eq!(
        told(&events),
        [(CREATED, "reviews/a/2"), (SCANNED, "reviews/a/2")]
    );
}

#[tokio::test]
async fn a_bucket_that_tells_nobody_is_scanned_all_the_same() {
    let place = Place::with(|plan| plan.buckets.buckets[0].event_bridge = false).await;
    put(&place, "reviews/a/1", b"x").await;
    assert_eq!(
        told(&next(&place.services.queues, 1).await),
        [(SCANNED, "reviews/a/1")]
    );
}
