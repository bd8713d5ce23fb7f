//! Schedules of a template, and the clock that moves them.

use serde_json::{Value, json};

use crate::{
    harness::{Folder, Stack, client},
    services::receive,
};

const TEMPLATE: &str = r#"
Transform: AWS::Serverless-2016-10-31
Parameters:
  RecordTo: {Type: String, Default: nobody}
Resources:
  Ticks:
    Type: AWS::SQS::Queue
  Others:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
  Sweep:
    Type: AWS::Scheduler::Schedule
    Properties:
      ScheduleExpression: rate(1 hour)
      FlexibleTimeWindow: {Mode: 'OFF'}
      Target:
        Arn: !GetAtt Ticks.Arn
        RoleArn: !GetAtt Role.Arn
        Input: '{"type": "SweepV1", "at": "<aws.scheduler.scheduled-time>"}'
  Night:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: night
      ScheduleExpression: cron(20 0 * * ? *)
      ScheduleExpressionTimezone: America/New_York
      FlexibleTimeWindow: {Mode: 'OFF'}
      Target:
        Arn: !GetAtt Others.Arn
        RoleArn: !GetAtt Role.Arn
        Input: '<aws.scheduler.schedule-arn> <aws.scheduler.scheduled-time>'
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: provided.al2023
      CodeUri: .
      Handler: worker
      Timeout: 5
      Environment: {Variables: {RECORD_TO: !Ref RecordTo}}
      Events:
        Ticks: {Type: SQS, Properties: {Queue: !GetAtt Ticks.Arn, BatchSize: 1}}
"#;

fn start(template: &str) -> Stack {
    Folder::new(template, &["worker"]).start()
}

/// Moves the clock and returns the answer.
fn advance(stack: &Stack, to: &str) -> Value {
    let url = format!("{}/_local/clock", stack.url);
    let request = client()
        .post(&url)
        .header("content-type", "application/json");
    let mut response = request
        .send(json!({ "to": to }).to_string())
        .expect("it answers");
    assert_eq!(response.status(), 200);
    serde_json::from_reader(response.body_mut().as_reader()).expect("it is JSON")
}

fn body(call: &Value) -> &str {
    call["event"]["Records"][0]["body"]
        .as_str()
        .expect("a body")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_jump_brings_the_ticks_in_between_to_their_functions() {
    let stack = start(TEMPLATE);
    assert_eq!(advance(&stack, "2025-10-21T04:30:00Z")["fired"], 15);
    let mut seen: Vec<_> = (0..14).map(|_| body(&stack.called()).to_owned()).collect();
    seen.sort_unstable(); // several are worked on at once
    assert_eq!(
        seen[0],
        r#"{"type": "SweepV1", "at": "2025-10-20T15:00:00Z"}"#
    );
    assert_eq!(
        seen[13],
        r#"{"type": "SweepV1", "at": "2025-10-21T04:00:00Z"}"#
    );
    assert_eq!(
        receive(&stack, "Others").await,
        "arn:aws:scheduler:us-east-1:000000000000:schedule/default/night 2025-10-21T04:20:00Z"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_template_changes_the_schedule() {
    let rate = "rate(1 hour)";
    let stack = start(&TEMPLATE.replace(rate, "rate(30 minutes)"));
    assert_eq!(advance(&stack, "2025-10-20T16:00:00Z")["fired"], 4);
    let off = format!("{rate}\n      State: DISABLED");
    let stack = start(&TEMPLATE.replace(rate, &off));
    assert_eq!(advance(&stack, "2025-10-20T16:00:00Z")["fired"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_stack_sends_no_tick_again_that_it_had_answered_for() {
    let stack = start(TEMPLATE);
    assert_eq!(advance(&stack, "2025-10-20T15:30:00Z")["fired"], 1);
    stack.called();
    let (folder, _) = stack.kill();
    let stack = folder.start();
    assert_eq!(advance(&stack, "2025-10-20T16:30:00Z")["fired"], 1);
}
