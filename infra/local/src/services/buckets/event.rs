//! What is told of an object, in the words of S3 and of GuardDuty, in EventBridge's envelope.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::scanner::Verdict;
use super::version::Version;
use crate::services::{ACCOUNT, REGION};

/// `Object Created`, at the second that the object itself says.
pub(super) fn created(version: &Version) -> Value {
    let (size, etag) = facts(version);
    let detail = json!({
        "version": "0",
        "bucket": {"name": version.bucket},
        "object": {
            "key": version.key,
            "size": size,
            "etag": etag,
            "version-id": version.id,
            "sequencer": format!("{:016X}", version.sequence),
        },
        "request-id": Uuid::new_v4().simple().to_string()[..16].to_ascii_uppercase(),
        "requester": ACCOUNT,
        "source-ip-address": "127.0.0.1",
        "reason": "PutObject",
    });
    let bucket = format!("arn:aws:s3:::{}", version.bucket);
    envelope("aws.s3", "Object Created", version.at, &bucket, detail)
}

/// `GuardDuty Malware Protection Object Scan Result`.
pub(super) fn scanned(version: &Version, verdict: Verdict, plan: &str, at: Timestamp) -> Value {
    let (_, etag) = facts(version);
    let threats = verdict.threat.map(|name| json!([{ "name": name }]));
    let detail = json!({
        "schemaVersion": "1.0",
        "scanStatus": verdict.scan_status,
        "resourceType": "S3_OBJECT",
        "s3ObjectDetails": {
            "bucketName": version.bucket,
            "objectKey": version.key,
            "eTag": etag,
            "versionId": version.id,
            "s3Throttled": false,
        },
        "scanResultDetails": {
            "scanResultStatus": verdict.result_status,
            "threats": threats,
        },
    });
    let kind = "GuardDuty Malware Protection Object Scan Result";
    envelope("aws.guardduty", kind, at, plan, detail)
}

fn facts(version: &Version) -> (u64, &str) {
    let content = version.content.as_ref();
    content.map_or((0, ""), |content| (content.size, &content.etag))
}

/// EventBridge tells times in whole seconds.
fn envelope(source: &str, kind: &str, at: Timestamp, resource: &str, detail: Value) -> Value {
    json!({
        "version": "0",
        "id": Uuid::new_v4().to_string(),
        "detail-type": kind,
        "source": source,
        "account": ACCOUNT,
        "time": at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "region": REGION,
        "resources": [resource],
        "detail": detail,
    })
}
