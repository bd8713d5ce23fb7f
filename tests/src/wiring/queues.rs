//! Queues and the stream: everything that fails has an end, and nothing comes again while somebody is at it.

use std::collections::BTreeSet;

use super::fault;
use super::template::{Resource, Written, attribute_of};
use crate::house::Fault;

const QUEUE: &str = "AWS::SQS::Queue";

/// The longest that SQS keeps a message: somebody has two weeks to look.
const FOURTEEN_DAYS: i64 = 14 * 24 * 60 * 60;
/// A throttled mail rests ever longer, and is tried for days before it counts as given up.
const TRIES_OF_A_LETTER: i64 = 100;
/// What Lambda's guide asks for: a batch that failed is tried some times before its messages are seen by others.
const TIMEOUTS_OF_A_MESSAGE: i64 = 6;

/// The queues that messages end in when nothing else can be done with them.
pub(super) fn dead_letters(template: &Written) -> BTreeSet<&str> {
    let redriven = template.of_type(QUEUE).filter_map(|queue| {
        attribute_of(&queue.get("RedrivePolicy")["deadLetterTargetArn"], "Arn")
    });
    let streams = template
        .functions()
        .flat_map(|function| function.events("DynamoDB"));
    let given_up = streams.filter_map(|event| {
        attribute_of(
            &event["DestinationConfig"]["OnFailure"]["Destination"],
            "Arn",
        )
    });
    redriven.chain(given_up).collect()
}

pub(super) fn faults(template: &Written) -> Vec<Fault> {
    let mut faults = Vec::new();
    for function in template.functions() {
        for event in function.events("SQS") {
            let queue = attribute_of(&event["Queue"], "Arn");
            match queue.and_then(|id| template.find(QUEUE, id)) {
                Some(queue) => source(template, &function, event, &queue, &mut faults),
                None => faults.push(fault(
                    function.id,
                    "an event names no queue of the template",
                    "name it with !GetAtt <queue>.Arn",
                )),
            }
        }
        for event in function.events("DynamoDB") {
            stream(&function, event, &mut faults);
        }
    }
    let ends = dead_letters(template);
    for queue in template.of_type(QUEUE) {
        if ends.contains(queue.id) && queue.get("MessageRetentionPeriod") != FOURTEEN_DAYS {
            faults.push(fault(
                queue.id,
                "what was given up is not kept for 14 days",
                "MessageRetentionPeriod: 1209600",
            ));
        }
        if queue.get("SqsManagedSseEnabled").is_null() || queue.get("KmsMasterKeyId").is_null() {
            faults.push(fault(
                queue.id,
                "it is not encrypted as its neighbours are",
                "take over SqsManagedSseEnabled and KmsMasterKeyId from another queue",
            ));
        }
    }
    faults.extend(letters(template));
    faults
}

fn source(
    template: &Written,
    function: &Resource<'_>,
    event: &serde_json::Value,
    queue: &Resource<'_>,
    faults: &mut Vec<Fault>,
) {
    let visible = template.number(queue.get("VisibilityTimeout"));
    let timeout = template.number(function.get("Timeout"));
    let window = template.number(&event["MaximumBatchingWindowInSeconds"]);
    let needed = timeout.map(|timeout| timeout * TIMEOUTS_OF_A_MESSAGE + window.unwrap_or(0));
    if visible < needed {
        faults.push(fault(
            queue.id,
            format!("its messages come again after {visible:?} s, {} may take up to {timeout:?} s", function.id),
            "VisibilityTimeout is at least six times the function's Timeout, and the window of its batches",
        ));
    }
    if attribute_of(&queue.get("RedrivePolicy")["deadLetterTargetArn"], "Arn").is_none() {
        faults.push(fault(
            queue.id,
            "a message that always fails has no end",
            "a RedrivePolicy to a queue of dead letters, which has an alarm",
        ));
    }
    if event["FunctionResponseTypes"] != serde_json::json!(["ReportBatchItemFailures"]) {
        faults.push(fault(
            function.id,
            format!("one bad message of {} stops its batch", queue.id),
            "FunctionResponseTypes: [ReportBatchItemFailures]",
        ));
    }
    if event["ScalingConfig"]["MaximumConcurrency"]
        .as_i64()
        .is_none()
    {
        faults.push(fault(
            function.id,
            format!("nothing holds back what {} starts at once", queue.id),
            "ScalingConfig: {MaximumConcurrency: …}; reserved concurrency would refuse messages that were handed out already",
        ));
    }
}

fn stream(function: &Resource<'_>, event: &serde_json::Value, faults: &mut Vec<Fault>) {
    let sound = event["BisectBatchOnFunctionError"] == true
        && event["MaximumRetryAttempts"]
            .as_i64()
            .is_some_and(|tries| tries >= 0)
        && event["FunctionResponseTypes"] == serde_json::json!(["ReportBatchItemFailures"])
        && attribute_of(
            &event["DestinationConfig"]["OnFailure"]["Destination"],
            "Arn",
        )
        .is_some();
    if !sound {
        faults.push(fault(
            function.id,
            "one bad record holds up the stream, or is lost",
            "bisect, a limit of retries, ReportBatchItemFailures and a destination for what fails",
        ));
    }
}

/// The queue of letters is patient: SES may take none for a day.
fn letters(template: &Written) -> Option<Fault> {
    let queue = template.find(QUEUE, "NoticesQueue")?;
    let tries = queue.get("RedrivePolicy")["maxReceiveCount"].as_i64();
    let patient =
        tries == Some(TRIES_OF_A_LETTER) && queue.get("MessageRetentionPeriod") == FOURTEEN_DAYS;
    (!patient).then(|| {
        fault(
            queue.id,
            "letters are given up before the mail service could have come back",
            "maxReceiveCount: 100 and MessageRetentionPeriod: 1209600",
        )
    })
}
