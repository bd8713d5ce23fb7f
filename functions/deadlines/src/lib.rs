//! Clocks: what a schedule's tick starts.
//!
//! A tick is a message that names a job and the instant for which it was scheduled, so that a tick that is
//! handled late does the work of its own time, and a repeated one finds nothing left to do. A job is
//! bounded; what it leaves is due still, and the next tick comes.

mod reconcile;
mod sweeps;

use aws::sweeps::SweepMessage;
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::PersonHashKey;
use edge::batch::each_message;
use jiff::Timestamp;
use serde::Deserialize;
use workflow::clock::{Queues, SweepPorts};
use workflow::ports::{
    Clock, CommandQueue, LookQueue, NoticeQueue, PortError, Reports, SweepQueue,
};
use workflow::{Failure, LetterPorts, PartPorts, ReconcileError, sweep_outbox};

/// The most outbox entries of a shard that one round takes up, and the most rounds of a tick: two thousand
/// entries over eight shards, within the function's timeout. After a long outage the next tick goes on.
const ENTRIES: u32 = 50;
const ROUNDS: u32 = 5;

/// A message of the queue of ticks.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", deny_unknown_fields)]
enum Tick {
    /// Take up outbox entries that nobody has answered for.
    SweepOutboxV1 {
        /// The instant for which it was scheduled.
        as_of: Timestamp,
    },
    /// Look for what has come apart, in the part of the night.
    ReconcileV1 {
        /// The instant for which it was scheduled.
        as_of: Timestamp,
    },
    /// Look for what the clock is to move on, and hand out commands.
    SweepV1(SweepMessage),
}

/// What stands behind the worker.
pub struct Desk<S, Q, C, T, L, K> {
    /// What is due.
    pub store: S,
    /// Where notices wait to be sent.
    pub notices: Q,
    /// Where commands wait to be carried out.
    pub commands: C,
    /// The queue of ticks itself, for a sweep that goes on.
    pub ticks: T,
    /// Where looks at files wait.
    pub looks: L,
    /// The clock of the leases, by which a claim is over.
    pub clock: K,
    /// The secret for people's keys, by which lists are judged.
    pub hash_key: PersonHashKey,
}

/// Why a message goes back.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("not a tick that this function knows: {0}")]
    Tick(String),
    #[error(transparent)]
    Port(#[from] PortError),
    #[error(transparent)]
    Reconcile(#[from] ReconcileError),
    #[error(transparent)]
    Failure(#[from] Failure),
}

impl<S, Q, C, T, L, K> Desk<S, Q, C, T, L, K>
where
    S: LetterPorts + PartPorts + SweepPorts + Reports,
    Q: NoticeQueue,
    C: CommandQueue,
    T: SweepQueue,
    L: LookQueue,
    K: Clock,
{
    /// Does the jobs of a batch of ticks; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        each_message(event, async |message| self.run(message.body).await).await
    }

    async fn run(&self, body: &str) -> Result<(), Error> {
        // serde's words would quote the body; what kind of error it was says enough.
        let tick = serde_json::from_str(body)
            .map_err(|error| Error::Tick(format!("{:?}", error.classify())))?;
        match tick {
            Tick::SweepOutboxV1 { as_of } => self.outbox(as_of).await,
            Tick::ReconcileV1 { as_of } => self.reconcile(as_of).await,
            Tick::SweepV1(message) => {
                let queues = Queues {
                    commands: &self.commands,
                    looks: &self.looks,
                    own: &self.ticks,
                };
                sweeps::run(&self.store, queues, message).await?;
                Ok(())
            }
        }
    }

    /// Rounds until nothing more is due: what one round moved on is not due in the next.
    async fn outbox(&self, as_of: Timestamp) -> Result<(), Error> {
        for round in 1..=ROUNDS {
            let swept = sweep_outbox(&self.store, &self.notices, as_of, ENTRIES).await?;
            tracing::info!(
                job = "sweep_outbox",
                %as_of,
                round,
                considered = swept.considered,
                settled = swept.settled,
                enqueued = swept.enqueued,
                raced = swept.raced,
                failed = swept.failed,
                unsent = swept.unsent,
                oldest_seconds = swept.oldest.map(|age| age.as_secs()),
                more = swept.more,
                "swept"
            );
            tracing::debug!(
                count.outbox_overdue = swept.considered,
                most.outbox_oldest_seconds = swept.oldest.map_or(0, |age| age.as_secs()),
                count.notices_enqueued = swept.enqueued,
                count.unsent_notices = swept.unsent,
                count.job_failures = swept.failed,
                "overdue entries"
            );
            if !swept.more {
                break;
            }
        }
        Ok(())
    }
}
