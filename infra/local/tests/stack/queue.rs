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
      VisibilityTimeout: 5
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
      ReservedConcurrentExecutions: 1
      Environment: {Variables: {RECORD_TO: !Ref RecordTo}}
      Events:
        Work:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            BatchSize: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
";

fn start(template: &str) -> Stack {
    Folder::new(template, &["worker"]).start()
}

/// A stack in whose queue the messages were before anybody polled it.
async fn start_with(template: &str, bodies: &[&str]) -> Stack {
    let (without_events, _) = template
        .split_once("      Events:")
        .expect("there are events");
    let stack = start(without_events);
    send(&stack, "Work", bodies).await;
    let (folder, _) = stack.kill();
    folder.rewrite(template);
    folder.start()
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
    let window = "BatchSize: 3\n            MaximumBatchingWindowInSeconds: 300";
    let template = TEMPLATE
        .replace("BatchSize: 10", window)
        .replace("VisibilityTimeout: 5", "VisibilityTimeout: 600");
    let stack = start(&template);
    send(&stack, "Work", &["a", "b", "c"]).await;
    let call = stack.called();
    let mut bodies: Vec<_> = records(&call).into_iter().map(|(body, _)| body).collect();
    bodies.sort_unstable();
    assert_eq!(bodies, ["a", "b", "c"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_batch_size_changes_the_batches() {
    let bodies = ["a", "b", "c"];
    let stack = start_with(TEMPLATE, &bodies).await;
    assert_eq!(records(&stack.called()).len(), 3);
    let stack = start_with(&TEMPLATE.replace("BatchSize: 10", "BatchSize: 1"), &bodies).await;
    for _ in bodies {
        assert_eq!(records(&stack.called()).len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_failed_item_comes_again_and_ends_in_the_dead_letters() {
    let stack = start_with(TEMPLATE, &["good", "poison", "better"]).await;
    assert_eq!(records(&stack.called()).len(), 3);
    assert_eq!(records(&stack.called()), [("poison", "2")]);
    assert_eq!(receive(&stack, "Dead").await, "poison");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_comes_again_as_often_as_the_template_says_however_it_failed() {
    for (word, tries) in [("fail", 2), ("fail", 3), ("crash", 2), ("hang", 2)] {
        let most = format!("maxReceiveCount: {tries}");
        let template = TEMPLATE.replace("maxReceiveCount: 2", &most);
        let stack = start(&template.replace("VisibilityTimeout: 5", "VisibilityTimeout: 1"));
        send(&stack, "Work", &[word]).await;
        for count in 1..=tries {
            let count = count.to_string();
            assert_eq!(records(&stack.called()), [(word, count.as_str())]);
        }
        assert_eq!(receive(&stack, "Dead").await, word);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_keeps_messages_from_the_function() {
    let filter = "            BatchSize: 10\n            FilterCriteria: {Filters: [{Pattern: '{\"body\": {\"kind\": [\"wanted\"]}}'}]}";
    let stack = start(&TEMPLATE.replace("            BatchSize: 10", filter));
    send(
        &stack,
        "Work",
        &[r#"{"kind": "other"}"#, "no json", r#"{"kind": "wanted"}"#],
    )
    .await;
    assert_eq!(records(&stack.called()), [(r#"{"kind": "wanted"}"#, "1")]);
}
