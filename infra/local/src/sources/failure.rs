//! The note that a stream source leaves in its failure queue: where in the stream the records are, not the records.

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::services::StreamRecord;

/// What is told of a batch that was given up.
pub(super) struct GivenUp<'a> {
    pub(super) records: &'a [StreamRecord],
    pub(super) function_arn: &'a str,
    pub(super) invocations: u32,
    /// Whether the function failed as a whole, other than reporting items.
    pub(super) function_error: bool,
    pub(super) at: Timestamp,
}

impl GivenUp<'_> {
    /// The message, in the shape that Lambda sends.
    pub(super) fn note(&self) -> Value {
        let first = self.records.first().map(|record| &record.event);
        let last = self.records.last().map(|record| &record.event);
        let arn = first.and_then(|event| event["eventSourceARN"].as_str());
        let mut response = json!({ "statusCode": 200, "executedVersion": "$LATEST" });
        if self.function_error {
            response["functionError"] = Value::from("Unhandled");
        }
        json!({
            "requestContext": {
                "requestId": uuid::Uuid::new_v4().to_string(),
                "functionArn": format!("{}:$LATEST", self.function_arn),
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": self.invocations,
            },
            "responseContext": response,
            "version": "1.0",
            "timestamp": self.at.to_string(),
            "DDBStreamBatchInfo": {
                "shardId": "shardId-local",
                "startSequenceNumber": self.records.first().map(|record| &record.sequence_number),
                "endSequenceNumber": self.records.last().map(|record| &record.sequence_number),
                "approximateArrivalOfFirstRecord": arrival(first),
                "approximateArrivalOfLastRecord": arrival(last),
                "batchSize": self.records.len(),
                "streamArn": arn,
            },
        })
    }
}

/// Streams write seconds since 1970.
fn arrival(event: Option<&Value>) -> Option<String> {
    let seconds = &event?["dynamodb"]["ApproximateCreationDateTime"];
    let whole = seconds.as_i64().or_else(|| {
        seconds
            .as_f64()
            .and_then(|seconds| format!("{seconds:.0}").parse().ok())
    })?;
    Timestamp::from_second(whole)
        .ok()
        .map(|time| time.to_string())
}
