//! A table's stream as a source.

use serde_json::Value;

use crate::{
    harness::{Folder, Stack},
    services::{put, receive},
};

const TEMPLATE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String}
Resources:
  ManyThings:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Failures:
    Type: AWS::SQS::Queue
  Relay:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: .
      Handler: relay
      Timeout: 1
      Environment: {Variables: {RECORD_TO: !Ref RecordTo}}
      Events:
        Outbox:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt ManyThings.StreamArn
            StartingPosition: TRIM_HORIZON
            BatchSize: 10
            BisectBatchOnFunctionError: true
            MaximumRetryAttempts: 1
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria:
              Filters:
                - Pattern: '{"eventName": ["INSERT"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "OUTBOX#"}]}}}}'
            DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Failures.Arn}}
"#;

fn start(template: &str) -> Stack {
    Folder::new(template, &["relay"]).start()
}

fn keys(call: &Value) -> Vec<&str> {
    let records = call["event"]["Records"].as_array().expect("a batch");
    records
        .iter()
        .map(|record| {
            record["dynamodb"]["Keys"]["pk"]["S"]
                .as_str()
                .expect("a key")
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_filter_names_reaches_the_function_once_and_in_order() {
    let stack = start(TEMPLATE);
    put(
        &stack,
        &[("OUTBOX#1", ""), ("REVIEW#1", ""), ("OUTBOX#2", "")],
    )
    .await;
    put(&stack, &[("OUTBOX#1", "again")]).await; // MODIFY
    put(&stack, &[("OUTBOX#3", "")]).await;
    let mut seen = Vec::new();
    while seen.len() < 3 {
        seen.extend(keys(&stack.called()).into_iter().map(str::to_owned));
    }
    assert_eq!(seen, ["OUTBOX#1", "OUTBOX#2", "OUTBOX#3"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_filter_changes_what_comes() {
    let stack = start(&TEMPLATE.replace("OUTBOX#", "REVIEW#"));
    put(&stack, &[("OUTBOX#1", ""), ("REVIEW#1", "")]).await;
    assert_eq!(keys(&stack.called()), ["REVIEW#1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_item_is_retried_from_there_and_then_noted_and_passed() {
    let stack = start(TEMPLATE);
    put(&stack, &[("OUTBOX#1", ""), ("OUTBOX#2", "poison")]).await;
    assert_eq!(keys(&stack.called()), ["OUTBOX#1", "OUTBOX#2"]);
    assert_eq!(
        keys(&stack.called()),
        ["OUTBOX#2"],
        "what came before it is done"
    );
    let note: Value = serde_json::from_str(&receive(&stack, "Failures").await).expect("it is JSON");
    assert_eq!(note["DDBStreamBatchInfo"]["batchSize"], 1);
    assert_eq!(
        note["requestContext"]["condition"],
        "RetryAttemptsExhausted"
    );
    put(&stack, &[("OUTBOX#3", "")]).await;
    assert_eq!(
        keys(&stack.called()),
        ["OUTBOX#3"],
        "nothing waits behind it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_fails_as_a_whole_is_halved_until_the_culprit_is_alone() {
    let stack = start(TEMPLATE);
    put(
        &stack,
        &[
            ("OUTBOX#1", ""),
            ("OUTBOX#2", ""),
            ("OUTBOX#3", "crash"),
            ("OUTBOX#4", ""),
        ],
    )
    .await;
    let mut calls = Vec::new();
    while calls.last().map(String::as_str) != Some("OUTBOX#4") {
        calls.push(keys(&stack.called()).join(" "));
    }
    let expected = [
        "OUTBOX#1 OUTBOX#2 OUTBOX#3 OUTBOX#4",
        "OUTBOX#1 OUTBOX#2",
        "OUTBOX#3 OUTBOX#4",
        "OUTBOX#3",
        "OUTBOX#3",
        "OUTBOX#4",
    ];
    assert_eq!(calls, expected);
    let note = receive(&stack, "Failures").await;
    assert!(note.contains(r#""functionError":"Unhandled""#), "{note}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_stack_goes_on_behind_its_checkpoint() {
    let stack = start(TEMPLATE);
    put(&stack, &[("OUTBOX#1", "")]).await;
    assert_eq!(keys(&stack.called()), ["OUTBOX#1"]);
    // The second is only handed out once the first is behind the checkpoint.
    put(&stack, &[("OUTBOX#2", "")]).await;
    assert_eq!(keys(&stack.called()), ["OUTBOX#2"]);
    let (folder, _) = stack.kill();
    let stack = folder.start();
    put(&stack, &[("OUTBOX#3", "")]).await;
    let mut seen = Vec::new();
    while seen.last().map(String::as_str) != Some("OUTBOX#3") {
        seen.extend(keys(&stack.called()).into_iter().map(str::to_owned));
    }
    assert!(!seen.contains(&"OUTBOX#1".to_owned()), "{seen:?}");
}
