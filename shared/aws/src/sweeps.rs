//! The queues between a sweep and what it starts. Bodies carry ids only (promise P6).

use async_trait::async_trait;
use aws_sdk_sqs::Client;
use domain::ReviewId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use workflow::clock::{ClockCommand, Part, Run, Sweep};
use workflow::orders::OrderId;
use workflow::ports::{CommandQueue, PortError, SweepQueue};

use crate::Connection;
use crate::queue::send;

/// A message that starts a sweep, or goes on with one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SweepMessage {
    /// Which.
    pub sweep: Sweep,
    /// The instant for which it was scheduled.
    pub as_of: Timestamp,
    /// What is left to look through; missing at the beginning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<Part>>,
}

/// A message of the queue of ticks that this crate writes.
#[derive(Serialize)]
#[serde(tag = "type")]
enum OwnTick {
    SweepV1(SweepMessage),
}

/// A message of the queue of commands.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Message {
    /// Let the clock do what is due.
    MoveOnV1 {
        review: ReviewId,
        sweep: Sweep,
        as_of: Timestamp,
    },
    /// Carry out an order.
    CarryOutV1 { order: OrderId, review: ReviewId },
}

/// What the queue of commands asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// What the clock does.
    MoveOn(ClockCommand),
    /// What an administrator ordered, on one review.
    CarryOut(OrderId, ReviewId),
}

/// A message of the queue of commands cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("not a message of the queue of commands: {0}")]
pub struct CommandError(String);

/// The command in a message of the queue.
///
/// # Errors
/// [`CommandError`] when the body is no such message; it will never be one.
pub fn read_command(body: &str) -> Result<Errand, CommandError> {
    // serde's words would quote the body; what kind of error it was says enough.
    let message = serde_json::from_str(body)
        .map_err(|error| CommandError(format!("{:?}", error.classify())))?;
    Ok(match message {
        Message::MoveOnV1 {
            review,
            sweep,
            as_of,
        } => Errand::MoveOn(ClockCommand {
            review,
            run: Run { sweep, as_of },
        }),
        Message::CarryOutV1 { order, review } => Errand::CarryOut(order, review),
    })
}

/// The message of a command.
#[must_use]
pub fn write_command(errand: &Errand) -> String {
    let message = match errand {
        Errand::MoveOn(command) => Message::MoveOnV1 {
            review: command.review.clone(),
            sweep: command.run.sweep,
            as_of: command.run.as_of,
        },
        Errand::CarryOut(order, review) => Message::CarryOutV1 {
            order: order.clone(),
            review: review.clone(),
        },
    };
    serde_json::to_string(&message).expect("a message is made of texts")
}

/// The queue of commands in SQS.
pub struct SqsCommandQueue {
    client: Client,
    url: String,
}

impl SqsCommandQueue {
    /// The queue at `url`.
    #[must_use]
    pub fn new(connection: &Connection, url: String) -> Self {
        let client = connection.sqs();
        Self { client, url }
    }
}

#[async_trait]
impl CommandQueue for SqsCommandQueue {
    async fn hand_out(&self, commands: &[ClockCommand]) -> Result<(), PortError> {
        let errands = commands.iter().cloned().map(Errand::MoveOn);
        let bodies: Vec<_> = errands.map(|errand| write_command(&errand)).collect();
        send(&self.client, &self.url, &bodies).await
    }

    async fn hand_out_order(&self, order: &OrderId, reviews: &[ReviewId]) -> Result<(), PortError> {
        let errand = |review: &ReviewId| Errand::CarryOut(order.clone(), review.clone());
        let bodies = reviews.iter().map(|review| write_command(&errand(review)));
        let bodies: Vec<_> = bodies.collect();
        send(&self.client, &self.url, &bodies).await
    }
}

/// The queue of ticks in SQS, for a sweep that goes on.
pub struct SqsSweepQueue {
    client: Client,
    url: String,
}

impl SqsSweepQueue {
    /// The queue at `url`.
    #[must_use]
    pub fn new(connection: &Connection, url: String) -> Self {
        let client = connection.sqs();
        Self { client, url }
    }
}

#[async_trait]
impl SweepQueue for SqsSweepQueue {
    async fn go_on(&self, run: &Run, parts: &[Part]) -> Result<(), PortError> {
        let tick = OwnTick::SweepV1(SweepMessage {
            sweep: run.sweep,
            as_of: run.as_of,
            parts: Some(parts.to_vec()),
        });
        let body = serde_json::to_string(&tick).expect("a tick is made of texts and numbers");
        send(&self.client, &self.url, &[body]).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_reads_back_and_poison_is_named_without_being_quoted() {
        let command = ClockCommand {
            review: ReviewId::from_random("2024".parse().expect("a year"), 7),
            run: Run {
                sweep: Sweep::Nightly,
                as_of: Timestamp::UNIX_EPOCH,
            },
        };
        let errand = Errand::MoveOn(command);
        let body = write_command(&errand);
        assert_eq!(read_command(&body).expect("it reads"), errand);
        let error = read_command(r#"{"secret-value"}"#).expect_err("not a message");
        assert!(!error.to_string().contains("secret-value"), "{error}");
    }
}
