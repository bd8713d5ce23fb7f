//! What SAM adds to a function's role for that which calls it, so that no `Policies` say it.
//!
//! | event | what the Lambda service does in the function's name | what SAM adds |
//! |---|---|---|
//! | every function | writes its log; with `Tracing`, traces | AWSLambdaBasicExecutionRole, AWSXRayDaemonWriteAccess |
//! | `HttpApi` | nothing: the API may call the function | a permission of the function |
//! | `SQS` | receives, deletes, looks at the queue; failed items come back by themselves | AWSLambdaSQSQueueExecutionRole |
//! | `DynamoDB` | describes and reads the stream | AWSLambdaDynamoDBExecutionRole |
//! | `OnFailure` with `Type: SQS` | sends what was given up | `sqs:SendMessage` on that queue |
//!
//! The managed policies are for any resource. Logs and traces reach no service of this machine, so that the first row is
//! not evaluated here.

use super::Statement;

/// AWSLambdaSQSQueueExecutionRole.
const QUEUE: &[&str] = &[
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
];
/// AWSLambdaDynamoDBExecutionRole.
const STREAM: &[&str] = &[
    "dynamodb:DescribeStream",
    "dynamodb:GetRecords",
    "dynamodb:GetShardIterator",
    "dynamodb:ListStreams",
];

/// What an event of type `SQS` brings.
pub(crate) fn of_queue_source() -> Statement {
    statement(QUEUE, "*")
}

/// What an event of type `DynamoDB` brings, with the ARN of the queue for what is given up.
pub(crate) fn of_stream_source(on_failure: Option<&str>) -> Vec<Statement> {
    let failures = on_failure.map(|queue| statement(&["sqs:SendMessage"], queue));
    std::iter::once(statement(STREAM, "*"))
        .chain(failures)
        .collect()
}

fn statement(actions: &[&str], resource: &str) -> Statement {
    Statement {
        actions: actions.iter().map(|&action| action.to_owned()).collect(),
        resources: vec![resource.to_owned()],
        line: 0,
    }
}
