//! How table and queues are reached: by the variables that every AWS tool takes, and their names.

use aws::{Bucket, Connection, NoConnection, SqsDeadLetters, SqsNoticeQueue, Table};
use domain::PersonHashKey;
use jiff::Timestamp;
use workflow::When;

use crate::cli::Queue;

const TABLE_NAME: &str = "TABLE_NAME";
const BUCKET_NAME: &str = "EVIDENCE_BUCKET_NAME";
const REGION: &str = "AWS_REGION";
const NOTICES: &str = "NOTICES_QUEUE_URL";
const PERSON_HASH_KEY: &str = "PERSON_HASH_KEY";
const DEFAULT_REGION: &str = "AWS_DEFAULT_REGION";

/// Something is missing that says where table or queue is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unreachable {
    #[error(
        "environment variable TABLE_NAME is missing; set it to the table's name: on AWS the output TableName of the \
         deployed stack, on one machine `cargo run -- verify-history` does it by itself"
    )]
    Table,
    #[error(
        "environment variable EVIDENCE_BUCKET_NAME is missing; set it to the bucket's name: on AWS the output \
         EvidenceBucketName of the deployed stack, on one machine `cargo run -- purge` does it by itself"
    )]
    Bucket,
    #[error(
        "environment variable {0} is missing; set it to the queue's URL: on AWS an output of the deployed stack, on one \
         machine `cargo run -- redrive` does it by itself"
    )]
    Queue(&'static str),
    #[error(
        "environment variable PERSON_HASH_KEY is missing or shorter than 32 characters; set it to the stack's parameter \
         PersonHashKey, on one machine `cargo run -- reconcile` does it by itself"
    )]
    Key,
    #[error(
        "environment variable {0} is missing; set it as for every AWS tool: \
         `eval \"$(aws configure export-credentials --format env)\"` sets the credentials of a profile, AWS_REGION the region"
    )]
    Connection(&'static str),
}

impl From<NoConnection> for Unreachable {
    fn from(missing: NoConnection) -> Self {
        Unreachable::Connection(missing.variable())
    }
}

/// A variable of this process; an empty one counts as none.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place where this program reads its environment"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The table that the variables name. Nothing is sent yet.
pub(crate) fn table(read: impl Fn(&str) -> Option<String>) -> Result<Table, Unreachable> {
    let name = read(TABLE_NAME).ok_or(Unreachable::Table)?;
    Ok(Table::new(&connection(read)?, name))
}

/// The bucket that the variables name. Nothing is sent yet.
pub(crate) fn bucket(read: impl Fn(&str) -> Option<String>) -> Result<Bucket, Unreachable> {
    let name = read(BUCKET_NAME).ok_or(Unreachable::Bucket)?;
    Ok(Bucket::new(&connection(read)?, name))
}

/// The queue in which letters wait to be sent. Nothing is sent yet.
pub(crate) fn notices(
    read: impl Fn(&str) -> Option<String>,
) -> Result<SqsNoticeQueue, Unreachable> {
    let url = read(NOTICES).ok_or(Unreachable::Queue(NOTICES))?;
    Ok(SqsNoticeQueue::new(&connection(read)?, url))
}

/// The secret for people's keys.
pub(crate) fn hash_key(
    read: impl Fn(&str) -> Option<String>,
) -> Result<PersonHashKey, Unreachable> {
    let key = read(PERSON_HASH_KEY).filter(|key| key.len() >= 32);
    key.map(PersonHashKey::new).ok_or(Unreachable::Key)
}

/// The present, for leases, and for events unless another is given.
#[expect(
    clippy::disallowed_methods,
    reason = "time enters this program here, as it enters a function at its door"
)]
pub(crate) fn when(as_of: Option<Timestamp>) -> When {
    let now = Timestamp::now();
    When {
        as_of: as_of.unwrap_or(now),
        leases: now,
    }
}

/// The dead letters that the variables name. Nothing is sent yet.
pub(crate) fn dead_letters(
    queue: Queue,
    read: impl Fn(&str) -> Option<String>,
) -> Result<SqsDeadLetters, Unreachable> {
    let (to, from) = match queue {
        Queue::Notices => (NOTICES, "NOTICES_DEAD_LETTERS_URL"),
        Queue::Feedback => ("FEEDBACK_QUEUE_URL", "FEEDBACK_DEAD_LETTERS_URL"),
        Queue::Ticks => ("TICKS_QUEUE_URL", "TICKS_DEAD_LETTERS_URL"),
        Queue::Commands => ("COMMANDS_QUEUE_URL", "COMMANDS_DEAD_LETTERS_URL"),
        Queue::Objects => ("OBJECTS_QUEUE_URL", "OBJECTS_DEAD_LETTERS_URL"),
        // Notes go nowhere: what they are about goes into the notices queue.
        Queue::Relay => (NOTICES, "RELAY_FAILURES_URL"),
    };
    let url = |name| read(name).ok_or(Unreachable::Queue(name));
    let (to, from) = (url(to)?, url(from)?);
    Ok(SqsDeadLetters::new(&connection(&read)?, from, to))
}

fn connection(read: impl Fn(&str) -> Option<String>) -> Result<Connection, NoConnection> {
    Connection::from_variables(|asked| {
        read(asked).or_else(|| (asked == REGION).then(|| read(DEFAULT_REGION)).flatten())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDED: [&str; 4] = [
        TABLE_NAME,
        REGION,
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
    ];

    #[test]
    fn what_is_missing_is_named() {
        for missing in NEEDED {
            let there = |name: &str| name != missing && NEEDED.contains(&name);
            let table = table(|name| there(name).then(|| "x".to_owned()));
            let told = table.err().expect("it is needed").to_string();
            assert!(told.contains(&format!("variable {missing} is")), "{told}");
        }
        assert!(table(|name| NEEDED.contains(&name).then(|| "x".to_owned())).is_ok());
    }

    #[test]
    fn a_secret_that_is_too_short_is_none() {
        assert!(hash_key(|_| Some("short".to_owned())).is_err());
        assert!(hash_key(|_| Some("x".repeat(32))).is_ok());
    }

    #[test]
    fn the_region_may_be_the_default_one() {
        let read = |name: &str| (name != REGION).then(|| "x".to_owned());
        assert!(table(read).is_ok());
    }
}
