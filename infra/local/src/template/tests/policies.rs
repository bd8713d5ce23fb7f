//! What a function may do: what is written, and what SAM adds for that which calls it.

use super::{BASE, plan};
use crate::permissions::Statement;

#[test]
fn policies_are_resolved_and_events_bring_their_own() {
    let plan = plan(BASE, "dev").expect("the base template is right");
    let policy = &plan.functions[0].policy;
    let written = policy.own.iter().map(shown).collect::<Vec<_>>();
    assert_eq!(
        written,
        [
            "dynamodb:Query on arn:aws:dynamodb:us-east-1:000000000000:table/Things, \
             arn:aws:dynamodb:us-east-1:000000000000:table/Things/index/due",
            "s3:GetObject, s3:PutObject on arn:aws:s3:::files/reviews/*",
        ]
    );
    let implied = policy.implied.iter().map(shown).collect::<Vec<_>>();
    assert_eq!(
        implied,
        [
            "sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on *",
            "dynamodb:DescribeStream, dynamodb:GetRecords, dynamodb:GetShardIterator, dynamodb:ListStreams on *",
            "sqs:SendMessage on arn:aws:sqs:us-east-1:000000000000:Dead",
        ]
    );
}

#[test]
fn a_statement_knows_its_line() {
    let plan = plan(BASE, "dev").expect("the base template is right");
    let lines: Vec<_> = BASE.lines().collect();
    for statement in &plan.functions[0].policy.own {
        assert_eq!(lines[statement.line - 1].trim(), "- Effect: Allow");
    }
}

#[test]
fn what_could_not_be_evaluated_is_refused() {
    let query = "Action: dynamodb:Query";
    let table = [
        (
            query,
            "Action: dynamodb:*",
            "[0].Statement[0]",
            "names no single action",
        ),
        (
            query,
            "NotAction: dynamodb:Query",
            "[0].Statement[0]",
            "Action is missing",
        ),
        (
            query,
            "Action: dynamodb:Query\n              Condition: {Bool: {a: 'true'}}",
            "[0].Statement[0].Condition",
            "Condition",
        ),
        (
            query,
            "Action: dynamodb:Query\n              Principal: '*'",
            "[0].Statement[0].Principal",
            "Principal",
        ),
        (
            "- Effect: Allow\n              Action: dynamodb",
            "- Effect: Deny\n              Action: dynamodb",
            "[0].Statement[0].Effect",
            "only Allow",
        ),
        (
            "Policies:\n",
            "Policies:\n        - AmazonSQSFullAccess\n",
            "[0]",
            "managed policies",
        ),
        (
            "Policies:\n",
            "Policies:\n        - SQSPollerPolicy: {QueueName: work}\n",
            "[0]",
            "Statement is missing",
        ),
    ];
    for (before, after, place, reason) in table {
        assert!(BASE.contains(before), "the base template has no {before}");
        let fault = plan(&BASE.replacen(before, after, 1), "dev").expect_err(after);
        let place = format!("Resources.Worker.Properties.Policies{place}");
        assert_eq!(fault.place, place, "{after}: {}", fault.reason);
        assert!(fault.reason.contains(reason), "{after}: {}", fault.reason);
    }
}

fn shown(statement: &Statement) -> String {
    format!(
        "{} on {}",
        statement.actions.join(", "),
        statement.resources.join(", ")
    )
}
