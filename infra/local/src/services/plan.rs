//! What the services are to hold: plain values, read from the template or written down by a test.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::{MailEvent, Mood};
use crate::permissions::RolesPlan;

/// A table to have.
#[derive(Clone, Debug)]
pub struct TablePlan {
    /// Its name, as in the request.
    pub name: String,
    /// A DynamoDB CreateTable request body.
    pub create: serde_json::Value,
    /// The attribute by which items leave, in seconds since 1970 of the set clock.
    pub ttl_attribute: Option<String>,
}

/// A queue to have.
#[derive(Clone, Debug)]
pub struct QueuePlan {
    /// Its name.
    pub name: String,
    /// SQS attributes by their API names: `VisibilityTimeout`, `RedrivePolicy`, …
    pub attributes: BTreeMap<String, String>,
}

/// What mail may be sent as.
#[derive(Clone, Debug, Default)]
pub struct MailPlan {
    /// Verified sender domains or addresses.
    pub identities: Vec<String>,
    /// Configuration sets that a send may name.
    pub configuration_sets: Vec<String>,
    /// Who is told what becomes of mail.
    pub event_destinations: Vec<EventDestinationPlan>,
    /// Mails that are taken in one second of the machine's clock; None: any number. No template says it.
    pub most_per_second: Option<NonZeroU32>,
}

impl MailPlan {
    /// The identity that a sender stands under: the address itself, or its domain.
    pub(crate) fn identity_of<'a>(&self, sender: &'a str) -> &'a str {
        if self.identities.iter().any(|identity| identity == sender) {
            return sender;
        }
        sender.rsplit_once('@').map_or(sender, |(_, domain)| domain)
    }
}

/// Which events of a configuration set go to which topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDestinationPlan {
    /// The set.
    pub configuration_set: String,
    /// What is told.
    pub events: Vec<MailEvent>,
    /// The ARN of the topic.
    pub topic: String,
}

/// A topic to have.
#[derive(Clone, Debug)]
pub struct TopicPlan {
    /// Its ARN.
    pub arn: String,
    /// Who hears of it.
    pub subscriptions: Vec<SubscriptionPlan>,
}

/// A queue that hears what a topic is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionPlan {
    /// The queue, by name.
    pub queue: String,
    /// Whether it gets the message as it is, and not in an envelope.
    pub raw: bool,
}

/// The buckets to have, and what looks at their objects.
#[derive(Clone, Debug, Default)]
pub struct BucketsPlan {
    /// The buckets.
    pub buckets: Vec<BucketPlan>,
    /// Where malware is looked for.
    pub scans: Vec<ScanPlan>,
    /// How the scanner is at the start. No template says it.
    pub mood: Mood,
}

/// A bucket to have. Every one is versioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BucketPlan {
    /// Its name.
    pub name: String,
    /// Whether the event bus is told of its objects.
    pub event_bridge: bool,
    /// Which pages of other origins may use it.
    pub cors: Vec<CorsRulePlan>,
}

/// What web pages of some origins may do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorsRulePlan {
    /// The origins; one `*` in each stands for anything.
    pub origins: Vec<String>,
    /// `PUT`, …
    pub methods: Vec<String>,
    /// Headers that may be sent; one `*` in each stands for anything.
    pub headers: Vec<String>,
    /// Headers of the answer that the page may read.
    pub exposed: Vec<String>,
    /// For how many seconds a browser may remember it.
    pub max_age: Option<u32>,
}

/// A bucket whose objects are scanned for malware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanPlan {
    /// The ARN of the plan.
    pub arn: String,
    /// The bucket, by name.
    pub bucket: String,
    /// What keys begin with; none: all are scanned.
    pub prefixes: Vec<String>,
}

/// What of the event bus goes to which queues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulePlan {
    /// Its name.
    pub name: String,
    /// The pattern that an event must match, in JSON.
    pub pattern: String,
    /// The queues, by name.
    pub queues: Vec<String>,
}

/// All that the services are to hold, as read from the template.
#[derive(Clone, Debug, Default)]
pub struct ServicesPlan {
    /// The tables.
    pub tables: Vec<TablePlan>,
    /// The queues.
    pub queues: Vec<QueuePlan>,
    /// The topics.
    pub topics: Vec<TopicPlan>,
    /// The buckets.
    pub buckets: BucketsPlan,
    /// What goes from the event bus to queues.
    pub rules: Vec<RulePlan>,
    /// The mail.
    pub mail: MailPlan,
    /// Whose calls are looked at, and what they may do.
    pub roles: RolesPlan,
}
