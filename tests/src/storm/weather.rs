//! What goes wrong, how often, and in whose words.
//!
//! Of the rules of one proxy the first that throws its dice well wins, so each share is one of what the rules before it let
//! through. A lost reply is `abort_bytes: 0`: the request was carried out, and the connection breaks before the answer. (A
//! share of the length would do nothing where the length is not said.)

use serde_json::{Value, json};

/// A kind of fault, as a rule of microburst.
pub(super) struct Fault {
    /// What the books call it.
    pub(super) kind: &'static str,
    pub(super) rule: Value,
}

const THROTTLED: &str = "throttled";
const FAILED: &str = "failed (5xx)";
const CONFLICT: &str = "conflict";
const SLOW: &str = "slow";
const RESET: &str = "connection reset";
const SILENT: &str = "no answer in time";
const LOST: &str = "done, reply lost";

/// Longer than the SDK waits for one attempt.
const SILENCE_MS: u32 = 3_500;

fn fault(kind: &'static str, service: &str, share: f64, effect: Value) -> Fault {
    let mut rule = effect;
    rule["service"] = json!(service);
    rule["probability"] = json!(share);
    Fault { kind, rule }
}

fn error(code: &str, status: u16) -> Value {
    json!({ "error": { "code": code, "status": status, "message": "made by the storm" } })
}

fn of(operation: &str, mut effect: Value) -> Value {
    effect["operation"] = json!(operation);
    effect
}

fn lost() -> Value {
    json!({ "response": { "abort_bytes": 0 } })
}

/// Before the table.
pub(super) fn store() -> Vec<Fault> {
    let name = "dynamodb";
    let cancelled = json!({ "error": {
        "code": "TransactionCanceledException",
        "status": 400,
        "message": "Transaction cancelled, please refer cancellation reasons for specific reasons [TransactionConflict]",
        "fields": { "CancellationReasons": [{ "Code": "TransactionConflict", "Message": "Transaction is ongoing for the item" }] },
    }});
    let mut faults = vec![
        fault(
            CONFLICT,
            name,
            0.04,
            of("TransactWriteItems", cancelled.clone()),
        ),
        fault(CONFLICT, name, 0.02, of("TransactGetItems", cancelled)),
        fault(
            THROTTLED,
            name,
            0.02,
            error("ProvisionedThroughputExceededException", 400),
        ),
        fault(FAILED, name, 0.02, error("InternalServerError", 500)),
        fault(
            SLOW,
            name,
            0.04,
            json!({ "latency": { "min": 20, "max": 300 } }),
        ),
        fault(RESET, name, 0.02, json!({ "reset": true })),
        fault(SILENT, name, 0.001, json!({ "timeout_ms": SILENCE_MS })),
        fault(LOST, name, 0.04, of("TransactWriteItems", lost())),
    ];
    for operation in ["PutItem", "UpdateItem", "DeleteItem"] {
        let conflict = error("TransactionConflictException", 400);
        faults.push(fault(CONFLICT, name, 0.02, of(operation, conflict)));
        faults.push(fault(LOST, name, 0.04, of(operation, lost())));
    }
    faults
}

/// Before the queues. At first nothing can be sent, for longer than `relay` tries.
pub(super) fn queue(outage: u32) -> Vec<Fault> {
    let name = "sqs";
    let down = json!({ "error": { "code": "ServiceUnavailable", "status": 503 }, "times": outage });
    vec![
        fault(FAILED, name, 1.0, of("SendMessageBatch", down)),
        fault(THROTTLED, name, 0.04, error("RequestThrottled", 403)),
        fault(FAILED, name, 0.04, error("InternalFailure", 500)),
        fault(
            SLOW,
            name,
            0.05,
            json!({ "latency": { "min": 20, "max": 300 } }),
        ),
        fault(RESET, name, 0.03, json!({ "reset": true })),
        fault(SILENT, name, 0.005, json!({ "timeout_ms": SILENCE_MS })),
        fault(LOST, name, 0.08, of("SendMessageBatch", lost())),
    ]
}

/// Before the mail service.
pub(super) fn mail() -> Vec<Fault> {
    let name = "ses";
    vec![
        fault(THROTTLED, name, 0.04, error("Throttling", 400)),
        fault(FAILED, name, 0.02, error("ServiceUnavailable", 503)),
        fault(
            SLOW,
            name,
            0.05,
            json!({ "latency": { "min": 20, "max": 300 } }),
        ),
        fault(RESET, name, 0.02, json!({ "reset": true })),
        fault(SILENT, name, 0.005, json!({ "timeout_ms": SILENCE_MS })),
        fault(LOST, name, 0.05, lost()),
    ]
}

/// Between people and the API.
pub(super) fn door() -> Vec<Fault> {
    vec![
        fault(RESET, "*", 0.01, json!({ "reset": true })),
        fault(LOST, "*", 0.03, lost()),
    ]
}

/// The reply of so many calls of one kind is lost, and nothing else goes wrong.
pub(super) fn lost_replies(service: &str, operation: Option<&str>, times: u32) -> Vec<Fault> {
    let mut effect = lost();
    effect["times"] = json!(times);
    if let Some(operation) = operation {
        effect["operation"] = json!(operation);
    }
    vec![fault(LOST, service, 1.0, effect)]
}
