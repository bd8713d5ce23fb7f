//! What was acknowledged is there after `kill -9`.

use std::time::Duration;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::mail::send;
use crate::place::{Place, TABLE};

/// The longest that SQS lets a receiver wait; a message that is there comes at once.
const SOON: Duration = Duration::from_secs(20);

#[tokio::test]
async fn everything_acknowledged_survives_a_kill() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    for body in ["deleted", "in flight", "waiting"] {
        queues
            .send("notices", body.to_owned())
            .await
            .expect("sends");
    }
    let first = queues
        .receive("notices", 1, SOON)
        .await
        .expect("receives")
        .remove(0);
    queues
        .delete("notices", &first.receipt_handle)
        .await
        .expect("deletes");
    queues.receive("notices", 1, SOON).await.expect("receives");
    let mail = send(&place, "review@example.org", "notices")
        .await
        .expect("taken")
        .message_id;
    let put = place.dynamodb().put_item().table_name(TABLE);
    put.item("pk", AttributeValue::S("a".into()))
        .item("sk", AttributeValue::S("b".into()))
        .send()
        .await
        .expect("puts");
    let seen = place
        .services
        .tables
        .stream_records(TABLE, None, 10)
        .await
        .expect("reads")
        .remove(0);
    let told = place.clock.now();

    let next = place.killed().await;
    assert!(next.clock.now() >= told);
    let mut bodies = Vec::new();
    while bodies.len() < 2 {
        bodies.extend(
            next.services
                .queues
                .receive("notices", 10, SOON)
                .await
                .expect("receives"),
        );
    }
    let mut bodies: Vec<String> = bodies.into_iter().map(|message| message.body).collect();
    bodies.sort_unstable();
    assert_eq!(bodies, ["in flight", "waiting"]);
    assert_eq!(
        next.services
            .queues
            .depth("notices")
            .await
            .expect("counted")
            .visible,
        0
    );
    assert_eq!(
        next.services.mail.get(&mail).expect("kept").summary.tags["notice"],
        "01J-3-abc"
    );
    assert_eq!(
        next.dynamodb()
            .scan()
            .table_name(TABLE)
            .send()
            .await
            .expect("scans")
            .count(),
        1
    );
    let again = next
        .services
        .tables
        .stream_records(TABLE, None, 10)
        .await
        .expect("reads")
        .remove(0);
    assert_eq!(again.sequence_number, seen.sequence_number);
    // A poller looks at once at what an earlier run left.
    next.services.tables.changed().await;
}

#[tokio::test]
async fn a_dead_letter_is_still_one_after_a_kill_and_attempts_count_on() {
    let place = Place::new().await;
    let queues = &place.services.queues;
    queues
        .send("notices", "poison".to_owned())
        .await
        .expect("sends");
    queues
        .receive("notices", 1, SOON)
        .await
        .expect("receives")
        .remove(0);
    let next = place.killed().await;
    next.services
        .queues
        .receive("notices", 1, SOON)
        .await
        .expect("receives")
        .remove(0);
    // Twice in all, which is the limit: whoever starts now finds it among the dead letters.
    let last = next.killed().await;
    assert_eq!(
        last.services
            .queues
            .depth("notices")
            .await
            .expect("counted")
            .visible,
        0
    );
    let dead = last
        .services
        .queues
        .receive("notices-dead", 1, SOON)
        .await
        .expect("receives")
        .remove(0);
    assert_eq!(dead.body, "poison");
}
