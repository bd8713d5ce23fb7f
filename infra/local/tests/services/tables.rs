//! DynamoDB as `shared/aws` uses it: conditional transactions, and the stream as the relay gets it.

use std::collections::HashMap;

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{
    AttributeValue, Put, ReturnValuesOnConditionCheckFailure, TransactWriteItem,
};
use local::services::Services;

use crate::place::{Place, TABLE, plan};

fn item(pk: &str, sk: &str, note: &str) -> HashMap<String, AttributeValue> {
    [("pk", pk), ("sk", sk), ("note", note)]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned())))
        .collect()
}

fn put_new(item: HashMap<String, AttributeValue>) -> TransactWriteItem {
    let put = Put::builder()
        .table_name(TABLE)
        .set_item(Some(item))
        .condition_expression("attribute_not_exists(pk)")
        .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
        .build()
        .expect("complete");
    TransactWriteItem::builder().put(put).build()
}

async fn commit(
    place: &Place,
    token: &str,
    items: Vec<TransactWriteItem>,
) -> Result<(), TransactWriteItemsError> {
    let call = place
        .dynamodb()
        .transact_write_items()
        .client_request_token(token)
        .set_transact_items(Some(items));
    call.send()
        .await
        .map(drop)
        .map_err(aws_sdk_dynamodb::error::SdkError::into_service_error)
}

#[tokio::test]
async fn a_transaction_that_fails_shows_the_old_item_and_writes_nothing() {
    let place = Place::new().await;
    commit(
        &place,
        "first",
        vec![put_new(item("REVIEW#1", "REVIEW", "old"))],
    )
    .await
    .expect("commits");

    let second = vec![
        put_new(item("REVIEW#1", "HISTORY#1", "x")),
        put_new(item("REVIEW#1", "REVIEW", "new")),
    ];
    let TransactWriteItemsError::TransactionCanceledException(canceled) =
        commit(&place, "second", second)
            .await
            .expect_err("the item is there")
    else {
        panic!("another error")
    };
    let reasons = canceled.cancellation_reasons();
    assert_eq!(reasons[0].code(), Some("None"));
    assert_eq!(reasons[1].code(), Some("ConditionalCheckFailed"));
    assert_eq!(
        reasons[1].item().expect("the old item")["note"],
        AttributeValue::S("old".to_owned())
    );

    let all = place
        .dynamodb()
        .scan()
        .table_name(TABLE)
        .consistent_read(true)
        .send()
        .await
        .expect("scans");
    assert_eq!(all.count(), 1);
}

#[tokio::test]
async fn a_transaction_repeated_with_its_token_is_answered_and_not_done_again() {
    let place = Place::new().await;
    let items = || {
        vec![
            put_new(item("REVIEW#1", "REVIEW", "x")),
            put_new(item("REVIEW#1", "OUTBOX#1", "x")),
        ]
    };
    commit(&place, "token", items()).await.expect("commits");
    commit(&place, "token", items())
        .await
        .expect("the repetition is answered");
    let other = commit(
        &place,
        "token",
        vec![put_new(item("REVIEW#2", "REVIEW", "x"))],
    )
    .await;
    assert!(
        matches!(
            other,
            Err(TransactWriteItemsError::IdempotentParameterMismatchException(_))
        ),
        "{other:?}"
    );
    let records = place
        .services
        .tables
        .stream_records(TABLE, None, 10)
        .await
        .expect("reads");
    assert_eq!(records.len(), 2);
}

#[tokio::test]
async fn stream_records_look_as_lambda_shows_them() {
    let place = Place::new().await;
    let tables = place.services.tables.clone();
    tables.changed().await; // the first call resolves at once
    let items = vec![
        put_new(item("REVIEW#1", "REVIEW", "é")),
        put_new(item("REVIEW#1", "OUTBOX#1", "x")),
    ];
    commit(&place, "token", items).await.expect("commits");
    tables.changed().await;

    let records = tables
        .stream_records(TABLE, None, 100)
        .await
        .expect("reads");
    assert_eq!(records.len(), 2);
    let event = &records[0].event;
    assert_eq!(event["eventName"], "INSERT");
    assert_eq!(event["eventSource"], "aws:dynamodb");
    assert_eq!(event["eventVersion"], "1.1");
    assert_eq!(event["awsRegion"], "us-east-1");
    assert_eq!(event["eventID"].as_str().map(str::len), Some(32));
    let source = event["eventSourceARN"].as_str().expect("text");
    assert!(
        source.starts_with(&format!(
            "arn:aws:dynamodb:us-east-1:000000000000:table/{TABLE}/stream/"
        )),
        "{source}"
    );
    let change = &event["dynamodb"];
    assert_eq!(change["StreamViewType"], "NEW_IMAGE");
    assert_eq!(change["Keys"]["sk"]["S"], "REVIEW");
    assert_eq!(change["NewImage"]["note"]["S"], "é");
    assert!(change.get("OldImage").is_none());
    assert!(change["SizeBytes"].as_i64() > Some(0));
    assert_eq!(
        change["SequenceNumber"],
        records[0].sequence_number.as_str()
    );
    let told = change["ApproximateCreationDateTime"]
        .as_i64()
        .expect("seconds");
    let off = place.clock.now().as_second() - told;
    assert!(
        (0..3600).contains(&off),
        "the time of a record is the set clock's, {off} s off"
    );

    let rest = tables
        .stream_records(TABLE, Some(&records[0].sequence_number), 100)
        .await
        .expect("reads");
    assert_eq!(rest.len(), 1);
    assert_eq!(rest[0].sequence_number, records[1].sequence_number);
    assert!(records[0].sequence_number < rest[0].sequence_number);
    assert!(
        tables
            .stream_records(TABLE, Some(&rest[0].sequence_number), 100)
            .await
            .expect("reads")
            .is_empty()
    );
}

#[tokio::test]
async fn records_of_today_are_not_forgotten_and_faults_are_named() {
    let place = Place::new().await;
    let tables = &place.services.tables;
    let two = vec![put_new(item("a", "1", "c")), put_new(item("a", "2", "c"))];
    commit(&place, "token", two).await.expect("commits");
    let last = tables
        .stream_records(TABLE, None, 10)
        .await
        .expect("reads")
        .remove(1);
    assert_eq!(
        tables
            .forget_before(TABLE, &last.sequence_number)
            .await
            .expect("asks"),
        0
    );
    assert!(tables.forget_before(TABLE, "5").await.is_err());
    let refused = tables
        .stream_records("nowhere", None, 1)
        .await
        .expect_err("no table")
        .to_string();
    assert!(refused.contains("no such table"), "{refused}");
}

#[tokio::test]
async fn a_changed_template_asks_for_a_fresh_start_and_the_same_one_does_not() {
    let place = Place::new().await;
    let same = Services::start(&place.data, &place.clock, plan()).await;
    same.expect("the same plan finds its tables").stop().await;
    let mut changed = plan();
    changed.tables[0].create["KeySchema"][1]["AttributeName"] = "other".into();
    let refused = Services::start(&place.data, &place.clock, changed)
        .await
        .expect_err("changed")
        .to_string();
    assert!(
        refused.contains("KeySchema") && refused.contains("--fresh"),
        "{refused}"
    );
}
