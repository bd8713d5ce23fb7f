//! The queue of commands: what the clock does, one review a message.
//!
//! A message says which review, and for which instant; what is done is decided here, on what is stored. So
//! a message that comes twice, late or in another order finds nothing to do the second time, and one that
//! somebody overtook does what is right then. A message that is no command of ours goes back, and ends in
//! the dead-letter queue.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws::sweeps::{CommandError, read_command};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::{Actor, Job, PersonHashKey};
use edge::batch::each_message;
use jiff::Timestamp;
use workflow::clock::{ActPorts, Acted, ClockCommand, Counts, Run, Sweep, move_on};
use workflow::ports::{Entropy, Reports};
use workflow::{Failure, Inbound};

/// What stands behind the worker.
pub struct Clerk<S> {
    /// Reviews, their years, and what people were told.
    pub store: S,
    /// Random bits for ids.
    pub entropy: Arc<dyn Entropy>,
    /// The secret for people's keys.
    pub hash_key: PersonHashKey,
}

/// Why a message goes back.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Message(#[from] CommandError),
    #[error(transparent)]
    Failure(#[from] Failure),
}

/// What came of a batch, by run.
type Tally = Mutex<BTreeMap<(Timestamp, Sweep), Counts>>;

impl<S: ActPorts + Reports> Clerk<S> {
    /// Carries out every command of a batch; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        let tally = Tally::default();
        let reply = each_message(event, async |message| {
            let command = read_command(message.body)?;
            let acted = self.carry_out(&command).await;
            count(&tally, &command.run, acted.as_ref().ok().copied());
            acted.map(|_| ()).map_err(Error::from)
        })
        .await;
        let tally = tally
            .into_inner()
            .expect("nothing panics while it is locked");
        for ((as_of, sweep), counts) in tally {
            self.report(&Run { sweep, as_of }, &counts).await;
        }
        reply
    }

    async fn carry_out(&self, command: &ClockCommand) -> Result<Acted, Failure> {
        let inbound = Inbound {
            actor: &Actor::job(Job::DocumentClock),
            received_at: command.run.as_of,
            entropy: &*self.entropy,
            hash_key: &self.hash_key,
        };
        let acted = move_on(&self.store, &inbound, &command.review).await?;
        tracing::info!(
            job = "move_on",
            review = %command.review,
            sweep = command.run.sweep.name(),
            as_of = %command.run.as_of,
            ?acted,
            "carried out"
        );
        Ok(acted)
    }

    /// Counts are for people to look at: a batch that is done does not come again for their sake.
    async fn report(&self, run: &Run, counts: &Counts) {
        if let Err(error) = self.store.count(run, counts).await {
            tracing::warn!(sweep = run.sweep.name(), as_of = %run.as_of, %error, "what came of a run is not on record");
        }
    }
}

fn count(tally: &Tally, run: &Run, acted: Option<Acted>) {
    let mut tally = tally.lock().expect("nothing panics while it is locked");
    let counts = tally.entry((run.as_of, run.sweep)).or_default();
    match acted {
        Some(acted) => counts.tell(acted),
        None => counts.failed += 1,
    }
}
