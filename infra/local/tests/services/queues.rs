//! SQS through its API and through the pollers' door, which are one.

use std::time::Duration;

use aws_sdk_sqs::types::{
    DeleteMessageBatchRequestEntry, MessageAttributeValue, SendMessageBatchRequestEntry,
};
use local::services::{QueueDepth, Queues};

use crate::place::Place;

/// The longest that SQS lets a receiver wait; a message that is there comes at once.
const SOON: Duration = Duration::from_secs(20);

async fn depth(queues: &Queues, name: &str) -> (u64, u64) {
    let QueueDepth { visible, in_flight } = queues.depth(name).await.expect("counted");
    (visible, in_flight)
}

#[tokio::test]
async fn a_message_goes_from_the_sdk_to_a_poller_with_all_that_lambda_shows() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    let text = MessageAttributeValue::builder()
        .data_type("String")
        .string_value("v1")
        .build()
        .expect("complete");
    let sent = place
        .sqs()
        .send_message()
        .queue_url(queues.url("notices"))
        .message_body("{\"notice\":1}")
        .message_attributes("version", text)
        .send()
        .await
        .expect("sends");

    let got = queues
        .receive("notices", 10, SOON)
        .await
        .expect("receives")
        .remove(0);
    assert_eq!(Some(got.message_id.as_str()), sent.message_id());
    assert_eq!(Some(got.md5_of_body.as_str()), sent.md5_of_message_body());
    assert_eq!(got.body, "{\"notice\":1}");
    assert_eq!(got.attributes["ApproximateReceiveCount"], "1");
    assert_eq!(got.attributes["SentTimestamp"].len(), 13);
    assert_eq!(got.message_attributes["version"]["StringValue"], "v1");
    assert_eq!(depth(queues, "notices").await, (0, 1));
    queues
        .delete("notices", &got.receipt_handle)
        .await
        .expect("deletes");
    assert_eq!(depth(queues, "notices").await, (0, 0));
}

#[tokio::test]
async fn batches_are_sent_received_and_deleted_through_the_sdk() {
    let place = Place::new().await;
    let (sqs, url) = (place.sqs(), place.services.queues.url("notices"));
    let entries = (0..10).map(|n| {
        let entry = SendMessageBatchRequestEntry::builder()
            .id(format!("e{n}"))
            .message_body(format!("body {n}"));
        entry.build().expect("complete")
    });
    let sent = sqs
        .send_message_batch()
        .queue_url(&url)
        .set_entries(Some(entries.collect()))
        .send()
        .await;
    assert_eq!(sent.expect("sends").successful().len(), 10);
    let received = sqs
        .receive_message()
        .queue_url(&url)
        .max_number_of_messages(10)
        .send()
        .await
        .expect("receives");
    let handles = received.messages().iter().zip(0..).map(|(message, n)| {
        let entry = DeleteMessageBatchRequestEntry::builder().id(format!("e{n}"));
        entry
            .set_receipt_handle(message.receipt_handle.clone())
            .build()
            .expect("complete")
    });
    let deleted = sqs
        .delete_message_batch()
        .queue_url(&url)
        .set_entries(Some(handles.collect()))
        .send()
        .await;
    assert_eq!(deleted.expect("deletes").successful().len(), 10);
    assert_eq!(depth(&place.services.queues, "notices").await, (0, 0));
}

#[tokio::test]
async fn a_message_that_is_received_too_often_ends_among_the_dead_letters() {
    let place = Place::new().await;
    let (sqs, queues) = (place.sqs(), &place.services.queues);
    queues
        .send("notices", "poison".to_owned())
        .await
        .expect("sends");
    for count in ["1", "2"] {
        let got = queues
            .receive("notices", 1, SOON)
            .await
            .expect("receives")
            .remove(0);
        assert_eq!(got.attributes["ApproximateReceiveCount"], count);
        let back = sqs
            .change_message_visibility()
            .queue_url(queues.url("notices"));
        back.receipt_handle(got.receipt_handle)
            .visibility_timeout(0)
            .send()
            .await
            .expect("gives back");
    }
    assert!(
        queues
            .receive("notices", 1, Duration::ZERO)
            .await
            .expect("asks")
            .is_empty()
    );
    let dead = queues
        .receive("notices-dead", 1, SOON)
        .await
        .expect("receives")
        .remove(0);
    assert_eq!(dead.body, "poison");
}

#[tokio::test]
async fn what_sqs_refuses_is_refused() {
    let place = Place::new().await;
    let (sqs, queues) = (place.sqs(), &place.services.queues);
    assert!(
        queues
            .send("nowhere", "x".to_owned())
            .await
            .expect_err("no queue")
            .to_string()
            .contains("nowhere")
    );
    assert!(queues.send("notices", String::new()).await.is_err());
    let bogus = sqs
        .delete_message()
        .queue_url(queues.url("notices"))
        .receipt_handle("made up")
        .send()
        .await;
    assert!(
        bogus
            .expect_err("made up")
            .into_service_error()
            .is_receipt_handle_is_invalid()
    );
    let unknown = sqs.get_queue_url().queue_name("nowhere").send().await;
    assert!(
        unknown
            .expect_err("unknown")
            .into_service_error()
            .is_queue_does_not_exist()
    );
}
