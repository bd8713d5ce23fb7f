//! Trouble on purpose: worse deliveries, crashes at a scripted point, throttled mail.

use aws_sdk_ses::{primitives::Blob, types::RawMessage};
use serde_json::Value;

use crate::{
    harness::{Folder, Stack},
    services::{put, receive, send, ses},
};

const TEMPLATE: &str = r"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String, Default: nobody}
Resources:
  ManyThings:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: pk, AttributeType: S}]
      KeySchema: [{AttributeName: pk, KeyType: HASH}]
      StreamSpecification: {StreamViewType: NEW_IMAGE}
  Work:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 2
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2}
  Dead:
    Type: AWS::SQS::Queue
  Set:
    Type: AWS::SES::ConfigurationSet
  Sender:
    Type: AWS::SES::EmailIdentity
    Properties: {EmailIdentity: example.org}
  Reports:
    Type: AWS::SNS::Topic
  Told:
    Type: AWS::SES::ConfigurationSetEventDestination
    Properties:
      ConfigurationSetName: !Ref Set
      EventDestination:
        Enabled: true
        MatchingEventTypes: [bounce]
        SnsDestination: {TopicARN: !Ref Reports}
  Heard:
    Type: AWS::SNS::Subscription
    Properties: {TopicArn: !Ref Reports, Protocol: sqs, Endpoint: !GetAtt Dead.Arn, RawMessageDelivery: true}
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
          Properties: {Queue: !GetAtt Work.Arn, BatchSize: 2}
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt ManyThings.StreamArn
            StartingPosition: TRIM_HORIZON
            BatchSize: 10
";

fn start(arguments: &[&str]) -> Stack {
    Folder::new(TEMPLATE, &["worker"]).start_as(|command| {
        command.args(arguments);
    })
}

/// A stack in whose queue the messages were before anybody polled it.
async fn start_with(bodies: &[&str], arguments: &[&str]) -> Stack {
    let (without_events, _) = TEMPLATE
        .split_once("      Events:")
        .expect("there are events");
    let stack = Folder::new(without_events, &["worker"]).start();
    send(&stack, "Work", bodies).await;
    let (folder, _) = stack.kill();
    folder.rewrite(TEMPLATE);
    folder.start_as(|command| {
        command.args(arguments);
    })
}

/// What one call was about: bodies of messages, or keys of items.
fn about(call: &Value) -> Vec<&str> {
    let records = call["event"]["Records"].as_array().expect("a batch");
    let about = records.iter().map(|record| {
        let body = record["body"].as_str();
        body.or(record["dynamodb"]["Keys"]["pk"]["S"].as_str())
            .expect("a body or a key")
    });
    about.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn duplicate_delivers_every_batch_twice() {
    let stack = start_with(&["a", "b"], &["--disturb", "duplicate"]).await;
    for _ in 0..2 {
        assert_eq!(about(&stack.called()), ["a", "b"]);
    }
    put(&stack, &[("OUTBOX#1", "")]).await;
    for _ in 0..2 {
        assert_eq!(about(&stack.called()), ["OUTBOX#1"]);
    }
    // And then it is done with.
    send(&stack, "Work", &["c"]).await;
    assert_eq!(about(&stack.called()), ["c"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn reverse_hands_on_the_newest_first_and_can_be_combined() {
    let bodies = ["a", "b", "c"];
    let stack = start_with(&bodies, &["--disturb", "reverse"]).await;
    assert_eq!(about(&stack.called()), ["c", "b"]);
    assert_eq!(about(&stack.called()), ["a"]);
    let both = ["--disturb", "reverse", "--disturb", "duplicate"];
    let stack = start_with(&bodies, &both).await;
    for expected in [["c", "b"].as_slice(), &["c", "b"], &["a"], &["a"]] {
        assert_eq!(about(&stack.called()), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_ends_at_a_scripted_point_gets_its_batch_again_in_a_new_process() {
    let stack = start(&["--fault", "Worker=CRASH_AT=here"]);
    send(&stack, "Work", &["here"]).await;
    let (first, second) = (stack.called(), stack.called());
    assert_eq!(
        (about(&first), about(&second)),
        (vec!["here"], vec!["here"])
    );
    assert_ne!(first["process"], second["process"]);
    assert_eq!(receive(&stack, "Dead").await, "here");

    put(&stack, &[("OUTBOX#1", "here")]).await;
    let (first, second) = (stack.called(), stack.called());
    assert_eq!(about(&first), ["OUTBOX#1"]);
    assert_eq!(about(&second), ["OUTBOX#1"], "a stream retries by itself");
    assert_ne!(first["process"], second["process"]);
    // Without the fault the next run goes on where this one was stuck.
    let (folder, _) = stack.kill();
    let stack = folder.start();
    assert_eq!(about(&stack.called()), ["OUTBOX#1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_for_an_unknown_function_stops_the_start() {
    let folder = Folder::new(TEMPLATE, &["worker"]);
    let mut command = folder.command();
    let output = command
        .args(["--fault", "Walker=CRASH_AT=here"])
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(!output.status.success());
    assert!(
        said.contains("Walker") && said.contains("there are Worker"),
        "{said}"
    );
}

/// Sends a letter to `to` and returns the code of a refusal.
async fn letter(stack: &Stack, to: &str) -> Option<String> {
    let text = format!("From: a@example.org\r\nTo: {to}\r\nSubject: x\r\n\r\nx\r\n");
    let raw = RawMessage::builder()
        .data(Blob::new(text))
        .build()
        .expect("complete");
    let request = ses(stack).send_raw_email().raw_message(raw);
    let sent = request.configuration_set_name("Set").send().await;
    let refused = sent.err()?.into_service_error();
    refused.meta().code().map(str::to_owned)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_template_wires_what_becomes_of_mail_and_the_rate_throttles_it() {
    let stack = start(&["--mail-rate", "1"]);
    assert_eq!(letter(&stack, "bounce@example.org").await, None);
    let event: Value = serde_json::from_str(&receive(&stack, "Dead").await).expect("JSON");
    assert_eq!(event["eventType"], "Bounce");
    assert_eq!(event["mail"]["tags"]["ses:configuration-set"][0], "Set");
    // However slow the machine is: two of these fall into one second, or each took longer than that.
    let refused = loop {
        if let Some(code) = letter(&stack, "filer@example.org").await {
            break code;
        }
    };
    assert_eq!(refused, "Throttling");
}
