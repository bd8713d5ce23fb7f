//! What SES reports of mail: from the letter to the queues of a topic, over a kill.

use std::time::Duration;

use local::services::Queues;
use serde_json::Value;

use crate::mail::{send, send_to};
use crate::place::Place;

/// The longest that SQS lets a receiver wait; a message that is there comes at once.
const SOON: Duration = Duration::from_secs(20);
const FROM: &str = "review@example.org";

/// The next `count` messages of a queue, in order.
async fn next(queues: &Queues, queue: &str, count: usize) -> Vec<Value> {
    let mut bodies = Vec::new();
    while bodies.len() < count {
        for message in queues.receive(queue, 1, SOON).await.expect("receives") {
            bodies.push(serde_json::from_str(&message.body).expect("JSON"));
            let handle = &message.receipt_handle;
            queues.delete(queue, handle).await.expect("deletes");
        }
    }
    bodies
}

fn types(events: &[Value]) -> Vec<&str> {
    let types = events.iter().map(|event| event["eventType"].as_str());
    types.map(|kind| kind.expect("a type")).collect()
}

#[tokio::test]
async fn each_letter_is_reported_in_order_with_its_tags() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    let id = send(&place, FROM, "notices")
        .await
        .expect("taken")
        .message_id;
    for to in [
        "bounce@example.org",
        "soft-bounce@example.org",
        "complaint@example.org",
    ] {
        send_to(&place, FROM, "notices", to).await.expect("taken");
    }
    let events = next(queues, "feedback", 9).await;
    let expected = [
        "Send",
        "Delivery",
        "Send",
        "Bounce",
        "Send",
        "Bounce",
        "Send",
        "Delivery",
        "Complaint",
    ];
    assert_eq!(types(&events), expected);
    let mail = &events[0]["mail"];
    assert_eq!(mail["messageId"], id.as_str());
    assert_eq!(mail["tags"]["notice"][0], "01J-3-abc");
    assert_eq!(mail["tags"]["ses:configuration-set"][0], "notices");
    assert_eq!(events[1]["delivery"]["recipients"][0], "filer@example.org");
    assert_eq!(events[3]["bounce"]["bounceType"], "Permanent");
    assert_eq!(events[5]["bounce"]["bounceType"], "Transient");
    let complained = &events[8]["complaint"]["complainedRecipients"][0];
    assert_eq!(complained["emailAddress"], "complaint@example.org");
}

#[tokio::test]
async fn a_queue_that_wants_no_raw_messages_gets_the_envelope() {
    let place = Place::new().await;
    send(&place, FROM, "notices").await.expect("taken");
    let [envelope] = &next(&place.services.queues, "wrapped", 1).await[..] else {
        panic!("one was asked for");
    };
    assert_eq!(envelope["Type"], "Notification");
    assert_eq!(
        envelope["TopicArn"],
        "arn:aws:sns:us-east-1:000000000000:reports"
    );
    let event: Value =
        serde_json::from_str(envelope["Message"].as_str().expect("text")).expect("JSON");
    assert_eq!(event["eventType"], "Send");
}

#[tokio::test]
async fn only_what_the_template_matches_is_reported() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    send(&place, FROM, "silent").await.expect("taken");
    send_to(&place, FROM, "notices", "reject@example.org")
        .await
        .expect("taken");
    send(&place, FROM, "notices").await.expect("taken");
    // Nothing of the silent set, and no Reject, which this plan does not match.
    let events = next(queues, "feedback", 3).await;
    assert_eq!(types(&events), ["Send", "Send", "Delivery"]);
}

#[tokio::test]
async fn what_was_still_to_be_reported_is_reported_after_a_kill() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    let id = send(&place, FROM, "notices")
        .await
        .expect("taken")
        .message_id;
    next(queues, "feedback", 2).await;
    next(queues, "wrapped", 2).await;
    // As it was when the mail had been taken and nothing yet told; and of one that never was.
    let left = r#"[{"topic":"arn:aws:sns:us-east-1:000000000000:reports","message":"{\"eventType\":\"Send\"}"}]"#;
    let next_place = place
        .killed_after(|data| {
            let mail = data.join("mail");
            std::fs::write(mail.join(format!("{id}.events")), left).expect("written");
            std::fs::write(mail.join("never.events"), left.replace("Send", "Bounce"))
                .expect("written");
        })
        .await;
    let queues = &next_place.services.queues;
    assert_eq!(types(&next(queues, "feedback", 1).await), ["Send"]);
    next(queues, "wrapped", 1).await;
    // One more mail shows that nothing else was left to be told.
    send(&next_place, FROM, "notices").await.expect("taken");
    assert_eq!(
        types(&next(queues, "feedback", 2).await),
        ["Send", "Delivery"]
    );
    let mail = next_place.data.path().join("mail");
    assert!(!mail.join("never.events").exists());
}
