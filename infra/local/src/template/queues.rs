//! `AWS::SQS::Queue` as the attributes that the queue service takes.

use std::collections::BTreeMap;

use serde_json::json;

use super::{
    Fault,
    names::name_in_arn,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::services::{QueuePlan, queue_arn};

const WITHOUT_EFFECT: &[NoEffect] = &[
    (
        "SqsManagedSseEnabled",
        "the data folder is as safe as the disk it is on",
    ),
    (
        "KmsMasterKeyId",
        "the data folder is as safe as the disk it is on",
    ),
    (
        "KmsDataKeyReusePeriodSeconds",
        "the data folder is as safe as the disk it is on",
    ),
    ("Tags", "for bills"),
];

/// Attributes that are numbers, with the range that SQS allows.
const NUMBERS: &[(&str, u32, u32)] = &[
    ("VisibilityTimeout", 0, 43_200),
    ("MessageRetentionPeriod", 60, 1_209_600),
    ("DelaySeconds", 0, 900),
    ("ReceiveMessageWaitTimeSeconds", 0, 20),
    ("MaximumMessageSize", 1_024, 1_048_576),
];

/// Reads the properties of the queue `id`.
pub(super) fn read(id: &str, node: &Node) -> Result<QueuePlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(WITHOUT_EFFECT);
    let name = properties
        .take("QueueName")
        .map_or(Ok(id), Node::text)?
        .to_owned();
    let mut attributes = BTreeMap::new();
    for (attribute, low, high) in NUMBERS {
        if let Some(value) = properties.take(attribute) {
            let value = value.number(*low, *high)?;
            attributes.insert((*attribute).to_owned(), value.to_string());
        }
    }
    for attribute in ["FifoQueue", "ContentBasedDeduplication"] {
        if properties.truth(attribute, false)? {
            attributes.insert(attribute.to_owned(), "true".to_owned());
        }
    }
    if let Some(policy) = properties.take("RedrivePolicy") {
        attributes.insert("RedrivePolicy".to_owned(), redrive(policy)?);
    }
    properties.finish()?;
    Ok(QueuePlan { name, attributes })
}

fn redrive(node: &Node) -> Result<String, Fault> {
    let mut policy = Properties::of(node)?;
    let target = name_in_arn(policy.need("deadLetterTargetArn")?, "sqs")?;
    let times = policy.need("maxReceiveCount")?.number(1, 1_000)?;
    policy.finish()?;
    Ok(json!({ "deadLetterTargetArn": queue_arn(target), "maxReceiveCount": times }).to_string())
}
