//! What is kept: it stays when the stack goes, can be brought back, and is nobody else's.

use serde_json::json;

use super::fault;
use super::template::{Resource, Written};
use crate::house::Fault;

/// Where data lives, and the key without which it cannot be read.
const KEPT: [&str; 3] = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"];

pub(super) fn faults(template: &Written) -> Vec<Fault> {
    let mut faults = Vec::new();
    for kind in KEPT {
        for kept in template.of_type(kind) {
            if kept.whole["DeletionPolicy"] != "Retain"
                || kept.whole["UpdateReplacePolicy"] != "Retain"
            {
                faults.push(fault(
                    kept.id,
                    "it goes with the stack, or with a change of it",
                    "DeletionPolicy and UpdateReplacePolicy: Retain",
                ));
            }
        }
    }
    for table in template.of_type("AWS::DynamoDB::Table") {
        let sound = table.get("DeletionProtectionEnabled") == true
            && table.get("PointInTimeRecoverySpecification")["PointInTimeRecoveryEnabled"] == true
            && table.get("SSESpecification")["SSEEnabled"] == true;
        if !sound {
            faults.push(fault(
                table.id,
                "it can be lost by one call, or read by who has the disk",
                "deletion protection, point-in-time recovery, encryption",
            ));
        }
    }
    for bucket in template.of_type("AWS::S3::Bucket") {
        if !private(&bucket) {
            faults.push(fault(
                bucket.id,
                "a policy or a list could make it public",
                "all four of PublicAccessBlockConfiguration",
            ));
        }
        if bucket.get("VersioningConfiguration")["Status"] != "Enabled" {
            faults.push(fault(
                bucket.id,
                "what is overwritten is gone",
                "VersioningConfiguration: {Status: Enabled}",
            ));
        }
        if !tls_only(template, bucket.id) {
            faults.push(fault(
                bucket.id,
                "it can be read without TLS",
                "a bucket policy that denies what is not aws:SecureTransport",
            ));
        }
    }
    faults
}

fn private(bucket: &Resource<'_>) -> bool {
    let block = bucket.get("PublicAccessBlockConfiguration");
    [
        "BlockPublicAcls",
        "BlockPublicPolicy",
        "IgnorePublicAcls",
        "RestrictPublicBuckets",
    ]
    .iter()
    .all(|one| block[one] == true)
}

fn tls_only(template: &Written, bucket: &str) -> bool {
    template.of_type("AWS::S3::BucketPolicy").any(|policy| {
        let mut statements = policy.get("PolicyDocument")["Statement"]
            .as_array()
            .into_iter()
            .flatten();
        policy.get("Bucket") == &json!({ "Ref": bucket })
            && statements.any(|one| {
                one["Effect"] == "Deny"
                    && one["Condition"] == json!({ "Bool": { "aws:SecureTransport": "false" } })
            })
    })
}
