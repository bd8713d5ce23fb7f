//! The names that resources go by: what Ref and GetAtt of them yield.
//!
//! A resource without a name of its own is called by its logical id, where CloudFormation would make one up.

use std::collections::BTreeMap;

use super::{Fault, intrinsics::Scope, plan::World, yaml::Node};
use crate::services::{ACCOUNT, REGION, queue_arn, table_arn};

/// The types of resources that a template may hold here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResourceType {
    Function,
    HttpApi,
    Table,
    Queue,
    MailIdentity,
    ConfigurationSet,
    EventDestination,
    Topic,
    Subscription,
    Schedule,
    Bucket,
    MalwareScan,
    Rule,
    /// Nothing of it happens on one machine: see [`ELSEWHERE`].
    Elsewhere,
}

/// Types that are deployed but have nothing to do on one machine, and why.
const ELSEWHERE: &[(&str, &str)] = &[
    (
        "AWS::CloudWatch::Alarm",
        "nobody is paged from one machine; the page at / shows what failed",
    ),
    (
        "AWS::CloudWatch::Dashboard",
        "it draws metrics, which only AWS gathers",
    ),
    ("AWS::Logs::LogGroup", "logs are files in the data folder"),
    (
        "AWS::Logs::MetricFilter",
        "it counts lines for alarms; the lines themselves are in the functions' logs",
    ),
    (
        "AWS::KMS::Key",
        "the data folder is as safe as the disk it is on",
    ),
    (
        "AWS::SQS::QueuePolicy",
        "nothing here checks permissions between services",
    ),
    (
        "AWS::S3::BucketPolicy",
        "nothing here checks permissions between services",
    ),
    (
        "AWS::SNS::TopicPolicy",
        "nothing here checks permissions between services",
    ),
    (
        "AWS::IAM::Role",
        "nothing here checks permissions between services",
    ),
];

impl ResourceType {
    /// Reads a `Type` entry.
    pub(crate) fn read(node: &Node) -> Result<Self, Fault> {
        match node.text()? {
            "AWS::Serverless::Function" => Ok(Self::Function),
            "AWS::Serverless::HttpApi" => Ok(Self::HttpApi),
            "AWS::DynamoDB::Table" => Ok(Self::Table),
            "AWS::SQS::Queue" => Ok(Self::Queue),
            "AWS::SES::EmailIdentity" => Ok(Self::MailIdentity),
            "AWS::SES::ConfigurationSet" => Ok(Self::ConfigurationSet),
            "AWS::SES::ConfigurationSetEventDestination" => Ok(Self::EventDestination),
            "AWS::SNS::Topic" => Ok(Self::Topic),
            "AWS::SNS::Subscription" => Ok(Self::Subscription),
            "AWS::Scheduler::Schedule" => Ok(Self::Schedule),
            "AWS::S3::Bucket" => Ok(Self::Bucket),
            "AWS::GuardDuty::MalwareProtectionPlan" => Ok(Self::MalwareScan),
            "AWS::Events::Rule" => Ok(Self::Rule),
            other if ELSEWHERE.iter().any(|(name, _)| *name == other) => Ok(Self::Elsewhere),
            other => Err(node.fault(format!(
                "the local stack does not know the resource type {other}: it neither runs it nor lists it as without \
                 effect here (infra/local/src/template/names.rs)"
            ))),
        }
    }

    /// The property that names a resource of this type.
    fn name_property(self) -> Option<&'static str> {
        match self {
            Self::Function => Some("FunctionName"),
            Self::Table => Some("TableName"),
            Self::Queue => Some("QueueName"),
            Self::MailIdentity => Some("EmailIdentity"),
            Self::ConfigurationSet | Self::Schedule | Self::Rule => Some("Name"),
            Self::Topic => Some("TopicName"),
            Self::Bucket => Some("BucketName"),
            Self::HttpApi
            | Self::EventDestination
            | Self::Subscription
            | Self::MalwareScan
            | Self::Elsewhere => None,
        }
    }
}

/// What is to stand in the DNS for an identity that is a domain. Nobody looks it up from one machine, so each is its own name.
const DKIM: [&str; 6] = [
    "DkimDNSTokenName1",
    "DkimDNSTokenName2",
    "DkimDNSTokenName3",
    "DkimDNSTokenValue1",
    "DkimDNSTokenValue2",
    "DkimDNSTokenValue3",
];

/// What Ref and GetAtt of one resource yield.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) reference: String,
    pub(crate) attributes: BTreeMap<&'static str, String>,
}

/// Names one resource; `properties` may use parameters, but no other resource, in the property that names it.
pub(crate) fn name(
    id: &str,
    resource: ResourceType,
    properties: Option<&Node>,
    scope: &Scope<'_>,
    world: &World<'_>,
) -> Result<Named, Fault> {
    let own = match (properties, resource.name_property()) {
        (Some(properties), Some(property)) => properties
            .get(property)
            .map(|node| scope.value(node))
            .transpose()?,
        (None, _) | (_, None) => None,
    };
    let name = own
        .as_ref()
        .map(Node::text)
        .transpose()?
        .unwrap_or(id)
        .to_owned();
    Ok(match resource {
        ResourceType::Function => named(&name, [("Arn", arn("lambda", &format!("function:{id}")))]),
        ResourceType::Table => {
            let arn = table_arn(&name);
            named(
                &name,
                [("StreamArn", format!("{arn}/stream/local")), ("Arn", arn)],
            )
        }
        ResourceType::Queue => {
            let url = (world.queue_url)(&name);
            let arn = queue_arn(&name);
            let attributes = [("Arn", arn), ("QueueName", name), ("QueueUrl", url.clone())];
            named(&url, attributes)
        }
        ResourceType::Bucket => {
            // CloudFormation would make a name up; no bucket's name has capitals.
            let name = if own.is_some() {
                name
            } else {
                name.to_ascii_lowercase()
            };
            named(&name, [("Arn", format!("arn:aws:s3:::{name}"))])
        }
        ResourceType::Rule => named(&name, [("Arn", arn("events", &format!("rule/{name}")))]),
        ResourceType::MalwareScan => {
            let arn = scan_arn(id);
            named(id, [("Arn", arn), ("MalwareProtectionPlanId", name)])
        }
        ResourceType::Schedule => named(&name, [("Arn", schedule_arn(&name))]),
        ResourceType::Topic => {
            let arn = topic_arn(&name);
            let attributes = [("TopicArn", arn.clone()), ("TopicName", name)];
            named(&arn, attributes)
        }
        ResourceType::MailIdentity => named(&name, DKIM.map(|record| (record, record.to_owned()))),
        ResourceType::HttpApi | ResourceType::ConfigurationSet | ResourceType::EventDestination => {
            named(&name, [])
        }
        ResourceType::Subscription | ResourceType::Elsewhere => {
            let arn = arn("local", id);
            named(&arn, [("Arn", arn.clone())])
        }
    })
}

fn named<const N: usize>(reference: &str, attributes: [(&'static str, String); N]) -> Named {
    Named {
        reference: reference.to_owned(),
        attributes: BTreeMap::from(attributes),
    }
}

/// The name at the end of an ARN of `service`, as `name` above made it.
pub(crate) fn name_in_arn<'a>(node: &'a Node, service: &str) -> Result<&'a str, Fault> {
    let text = node.text()?;
    text.strip_prefix(&arn(service, "")).ok_or_else(|| {
        node.fault(format!(
            "the ARN of a resource of this template belongs here, with !GetAtt; found {text}"
        ))
    })
}

/// The ARN of a schedule, which is in the default group.
pub(crate) fn schedule_arn(name: &str) -> String {
    arn("scheduler", &format!("schedule/default/{name}"))
}

/// The ARN of a malware protection plan.
pub(crate) fn scan_arn(id: &str) -> String {
    arn("guardduty", &format!("malware-protection-plan/{id}"))
}

/// The ARN of a topic.
pub(crate) fn topic_arn(name: &str) -> String {
    arn("sns", name)
}

/// `arn:aws:<service>:<region>:<account>:<rest>`.
fn arn(service: &str, rest: &str) -> String {
    format!("arn:aws:{service}:{REGION}:{ACCOUNT}:{rest}")
}
