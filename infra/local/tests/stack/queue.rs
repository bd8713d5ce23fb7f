//! Queues as sources.

use serde_json::Value;

use crate::{
    harness::{Folder, Stack},
    services::{receive, send},
};

const TEMPLATE: &str = r"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String}
Resources:
  Work:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 1
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}
  Dead:
    Type: AWS::SQS::Queue
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: .
      Handler: worker
      Timeout: 1
      Environment: {Variables: {RECORD_TO: !Ref RecordTo}}
      Events:
        Work:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            BatchSize: 3
            MaximumBatchingWindowInSeconds: 60
            FunctionResponseTypes: [ReportBatchItemFailures]
";

/// One message a batch, as soon as it is there.
fn one_by_one() -> String {
    TEMPLATE
        .replace("BatchSize: 3", "BatchSize: 1")
        .replace("            MaximumBatchingWindowInSeconds: 60\n", "")
}

fn start(template: &str) -> Stack {
    Folder::new(template, &["worker"]).start()
}

/// Bodies and receive counts of one call.
fn records(call: &Value) -> Vec<(&str, &str)> {
    let records = call["event"]["Records"].as_array().expect("a batch");
    records
        .iter()
        .map(|record| {
            let body = record["body"].as_str().expect("a body");
            (
                body,
                record["attributes"]["ApproximateReceiveCount"]
                    .as_str()
                    .expect("a count"),
            )
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_gathers_within_its_window_until_it_is_full() {
    let stack = start(TEMPLATE);
    send(&stack, "Work", &["a", "b", "c"]).await;
    let call = stack.called();
    let mut bodies: Vec<_> = records(&call).into_iter().map(|(body, _)| body).collect();
    bodies.sort_unstable();
    assert_eq!(bodies, ["a", "b", "c"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_batch_size_changes_the_batches() {
    let stack = start(&one_by_one());
    send(&stack, "Work", &["a", "b", "c"]).await;
    for _ in 0..3 {
        assert_eq!(records(&stack.called()).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_failed_item_comes_again_and_ends_in_the_dead_letters() {
    let stack = start(TEMPLATE);
    send(&stack, "Work", &["good", "poison", "better"]).await;
    assert_eq!(records(&stack.called()).len(), 3);
    // The rest of the story needs no full batches.
    send(&stack, "Work", &["c", "d"]).await;
    let call = stack.called();
    let again: Vec<_> = records(&call)
        .into_iter()
        .filter(|(body, _)| *body == "poison")
        .collect();
    assert_eq!(again, [("poison", "2")]);
    assert!(
        !records(&call)
            .iter()
            .any(|(body, _)| *body == "good" || *body == "better")
    );
    let dead = receive(&stack, "Dead").await;
    assert_eq!(dead, "poison");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_comes_again_as_often_as_the_template_says_however_it_failed() {
    for word in ["fail", "crash", "hang"] {
        for (most, tries) in [("maxReceiveCount: 2", 2), ("maxReceiveCount: 3", 3)] {
            let stack = start(&one_by_one().replace("maxReceiveCount: 2", most));
            send(&stack, "Work", &[word]).await;
            for count in 1..=tries {
                assert_eq!(
                    records(&stack.called()),
                    [(word, count.to_string().as_str())]
                );
            }
            assert_eq!(receive(&stack, "Dead").await, word);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_keeps_messages_from_the_function() {
    let filter = "            BatchSize: 1\n            FilterCriteria: {Filters: [{Pattern: '{\"body\": {\"kind\": [\"wanted\"]}}'}]}";
    let stack = start(&one_by_one().replace("            BatchSize: 1", filter));
    send(
        &stack,
        "Work",
        &[r#"{"kind": "other"}"#, "no json", r#"{"kind": "wanted"}"#],
    )
    .await;
    assert_eq!(records(&stack.called()), [(r#"{"kind": "wanted"}"#, "1")]);
}
