//! The AWS services on one machine: tables, queues and mail, each on a port of its own on 127.0.0.1, and
//! topics between mail and queues.
//!
//! They are embedded crates, wrapped just as far as the promises of the stack ask: what was acknowledged is
//! still there after `kill -9`, and times that the service sees come from the set clock. They take any
//! credentials: a signature is not checked here.

mod mail;
mod queues;
mod server;
mod tables;
mod topics;

use std::collections::BTreeMap;
use std::num::NonZeroU32;

pub use mail::{Happening, Mail, MailEvent, MailSummary, StoredMail};
pub use queues::{QueueDepth, Queues, Received};
pub use tables::{StreamRecord, Tables};

use self::topics::Topics;
use crate::clock::SetClock;
use crate::data::{DataError, DataFolder};

/// The region that every local ARN names.
pub const REGION: &str = "us-east-1";
/// The account that every local ARN names.
pub const ACCOUNT: &str = "000000000000";

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

/// All that the services are to hold, as read from the template.
#[derive(Clone, Debug, Default)]
pub struct ServicesPlan {
    /// The tables.
    pub tables: Vec<TablePlan>,
    /// The queues.
    pub queues: Vec<QueuePlan>,
    /// The topics.
    pub topics: Vec<TopicPlan>,
    /// The mail.
    pub mail: MailPlan,
}

/// The running services. Each is a handle that clones cheaply.
#[derive(Debug)]
pub struct Services {
    /// DynamoDB and its streams.
    pub tables: Tables,
    /// SQS.
    pub queues: Queues,
    /// SES.
    pub mail: Mail,
    servers: Vec<server::Server>,
}

/// Why a service could not be started or asked.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// The data folder refused.
    #[error(transparent)]
    Data(#[from] DataError),
    /// No port on 127.0.0.1.
    #[error("cannot listen on 127.0.0.1 for {service}: {source}")]
    Listen {
        /// Which service.
        service: &'static str,
        /// Why not.
        source: std::io::Error,
    },
    /// The table store refused or failed.
    #[error("the table store could not {what}: {reason}")]
    Table {
        /// What was tried.
        what: String,
        /// What it said.
        reason: String,
    },
    /// An existing table differs from the plan.
    #[error(
        "the kept table {table} was made from another template ({differs}): start once with --fresh to begin anew"
    )]
    TableChanged {
        /// The table.
        table: String,
        /// What differs.
        differs: &'static str,
    },
    /// The queue service refused or failed.
    #[error("the queue {queue} could not {what}: {reason}")]
    Queue {
        /// Which queue.
        queue: String,
        /// What was tried.
        what: &'static str,
        /// What it said.
        reason: String,
    },
    /// Something kept from an earlier run cannot be read.
    #[error(
        "{file} cannot be read at line {line} ({reason}): start once with --fresh to begin anew"
    )]
    Damaged {
        /// The file.
        file: std::path::PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

impl Services {
    /// Opens what the data folder keeps, makes what the plan names and is not there, and serves it.
    ///
    /// # Errors
    /// [`ServiceError`]; nothing is left running then.
    pub async fn start(
        data: &DataFolder,
        clock: &SetClock,
        plan: ServicesPlan,
    ) -> Result<Self, ServiceError> {
        let (tables, tables_server) = Tables::start(data, clock, plan.tables).await?;
        let (queues, queues_server) = Queues::start(data, plan.queues).await?;
        let topics = Topics::new(plan.topics, queues.clone(), clock.clone());
        let (mail, mail_server) = Mail::start(data, clock, topics, plan.mail).await?;
        Ok(Self {
            tables,
            queues,
            mail,
            servers: vec![tables_server, queues_server, mail_server],
        })
    }

    /// Stops serving, after the requests that are being answered.
    pub async fn stop(self) {
        for server in self.servers {
            server.stop().await;
        }
    }
}

/// The ARN of a queue, which a redrive policy names before the queue exists.
#[must_use]
pub fn queue_arn(name: &str) -> String {
    format!("arn:aws:sqs:{REGION}:{ACCOUNT}:{name}")
}

/// The ARN of a table.
#[must_use]
pub fn table_arn(name: &str) -> String {
    format!("arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/{name}")
}

/// The URL of a queue at the endpoint of one run.
fn queue_url(endpoint: &str, name: &str) -> String {
    format!("{endpoint}/{ACCOUNT}/{name}")
}
