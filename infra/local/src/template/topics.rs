//! `AWS::SNS::Topic` and `AWS::SNS::Subscription`: which queues hear what a topic is told.

use super::{
    Fault,
    events::queue_of,
    names::topic_arn,
    plan::Plan,
    properties::{NoEffect, Properties},
    yaml::Node,
};
use crate::services::{SubscriptionPlan, TopicPlan};

const TOPIC_WITHOUT_EFFECT: &[NoEffect] = &[
    ("DisplayName", "for readers of mail and text messages"),
    (
        "KmsMasterKeyId",
        "the data folder is as safe as the disk it is on",
    ),
    ("Tags", "for bills"),
];

/// Protocols that lead away from this machine.
const ELSEWHERE: [&str; 6] = ["email", "email-json", "http", "https", "sms", "application"];

/// Reads the properties of the topic `id`.
pub(super) fn read(id: &str, node: &Node) -> Result<TopicPlan, Fault> {
    let mut properties = Properties::of(node)?;
    properties.no_effect(TOPIC_WITHOUT_EFFECT);
    let name = properties.take("TopicName").map_or(Ok(id), Node::text)?;
    let arn = topic_arn(name);
    properties.finish()?;
    Ok(TopicPlan {
        arn,
        subscriptions: Vec::new(),
    })
}

/// Reads the properties of a subscription into the topic that it names; topics, queues and event destinations of
/// `plan` are known.
pub(super) fn subscribe(node: &Node, plan: &mut Plan) -> Result<(), Fault> {
    let mut properties = Properties::of(node)?;
    let topic = topic_of(properties.need("TopicArn")?, plan)?;
    let protocol = properties.need("Protocol")?;
    let endpoint = properties.need("Endpoint")?;
    let raw = properties.truth("RawMessageDelivery", false)?;
    properties.finish()?;
    match protocol.text()? {
        "sqs" => {
            let queue = queue_of(endpoint, plan)?;
            let topics = plan.services.topics.iter_mut();
            for found in topics.filter(|one| one.arn == topic) {
                let queue = queue.clone();
                found.subscriptions.push(SubscriptionPlan { queue, raw });
            }
            Ok(())
        }
        other if !ELSEWHERE.contains(&other) => {
            Err(protocol.fault(format!("{other} takes no messages here; sqs does")))
        }
        other => {
            let mut destinations = plan.services.mail.event_destinations.iter();
            if destinations.any(|destination| destination.topic == topic) {
                return Err(protocol.fault(format!(
                    "what SES reports to this topic would not reach {other} here; sqs takes it"
                )));
            }
            Ok(()) // only alarms send to this topic, and alarms don't go off here
        }
    }
}

/// The ARN of a topic of this template, which `node` holds.
pub(super) fn topic_of(node: &Node, plan: &Plan) -> Result<String, Fault> {
    let arn = node.text()?;
    if plan.services.topics.iter().any(|topic| topic.arn == arn) {
        return Ok(arn.to_owned());
    }
    Err(node.fault(format!(
        "a topic of this template belongs here, with !Ref; found {arn}"
    )))
}
