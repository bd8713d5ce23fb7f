//! The AWS services on one machine: tables, queues, buckets and mail, each on a port of its own on 127.0.0.1, and
//! topics and an event bus from mail and buckets to queues.
//!
//! They are embedded crates, wrapped just as far as the promises of the stack ask: what was acknowledged is
//! still there after `kill -9`, and times that the service sees come from the set clock. They take any
//! credentials and check no signature, but for the buckets: what a presigned URL promises hangs on its signature. Who
//! signs with a function's key may do what that function's policies allow, and nothing else.

mod buckets;
mod bus;
mod lines;
mod mail;
mod plan;
mod queues;
mod server;
mod tables;
mod topics;

pub use buckets::{Buckets, Mood, ObjectSummary, Scanner};
pub use mail::{Happening, Mail, MailEvent, MailSummary, StoredMail};
pub use plan::{
    BucketPlan, BucketsPlan, CorsRulePlan, EventDestinationPlan, MailPlan, QueuePlan, RulePlan,
    ScanPlan, ServicesPlan, SubscriptionPlan, TablePlan, TopicPlan,
};
pub use queues::{QueueDepth, Queues, Received};
pub use tables::{StreamRecord, Tables};

use self::bus::Bus;
use self::topics::Topics;
use crate::clock::SetClock;
use crate::data::{DataError, DataFolder};
use crate::permissions::Roles;

/// The region that every local ARN names.
pub const REGION: &str = "us-east-1";
/// The account that every local ARN names.
pub const ACCOUNT: &str = "000000000000";
/// The key under which people sign what they send; a function's key is its logical id.
pub const ACCESS_KEY: &str = "local";
/// What all of them sign with.
pub const SECRET_KEY: &str = "local";

/// The running services. Each is a handle that clones cheaply.
#[derive(Debug)]
pub struct Services {
    /// DynamoDB and its streams.
    pub tables: Tables,
    /// SQS.
    pub queues: Queues,
    /// S3, and what looks at its objects.
    pub buckets: Buckets,
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
    /// A rule's pattern cannot be read.
    #[error("the pattern of the rule {rule} cannot be read: {reason}")]
    Rule {
        /// The rule.
        rule: String,
        /// What is wrong with it.
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
        let roles = Roles::open(plan.roles)?;
        let (tables, [tables_door, tables_server]) =
            Tables::start(data, clock, &roles, plan.tables).await?;
        let (queues, queues_server) = Queues::start(data, &roles, plan.queues).await?;
        let bus = Bus::new(plan.rules, queues.clone())?;
        let (buckets, buckets_server) =
            Buckets::start(data, clock, &roles, bus, plan.buckets).await?;
        let topics = Topics::new(plan.topics, queues.clone(), clock.clone());
        let (mail, mail_server) = Mail::start(data, clock, &roles, topics, plan.mail).await?;
        Ok(Self {
            tables,
            queues,
            buckets,
            mail,
            servers: vec![
                tables_door,
                tables_server,
                queues_server,
                buckets_server,
                mail_server,
            ],
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
