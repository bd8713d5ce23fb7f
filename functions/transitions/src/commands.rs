//! The queue of commands: what the clock does, and what administrators ordered for many, one review a message.
//!
//! A message says which review, and for which instant; what is done is decided here, on what is stored. So
//! a message that comes twice, late or in another order finds nothing to do the second time, and one that
//! somebody overtook does what is right then. A message that is no command of ours goes back, and ends in
//! the dead-letter queue.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use aws::sweeps::{CommandError, Errand, read_command};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::{Actor, Job, PersonHashKey, ReviewId};
use edge::batch::each_message;
use jiff::Timestamp;
use workflow::clock::{ActPorts, Acted, ClockCommand, Counts, Run, Sweep, move_on};
use workflow::orders::{CarryPorts, OrderId, carry_out};
use workflow::ports::{Entropy, Reports};
use workflow::{Failure, Inbound};

/// What stands behind the worker.
pub struct Clerk<S> {
    /// Reviews, their years, orders, and what people were told.
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

impl<S: ActPorts + CarryPorts + Reports> Clerk<S> {
    /// Carries out every command of a batch; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        let tally = Tally::default();
        let reply = each_message(event, async |message| match read_command(message.body)? {
            Errand::MoveOn(command) => {
                let acted = self.move_on(&command).await;
                count(&tally, &command.run, acted.as_ref().ok().copied());
                acted.map(|_| ()).map_err(Error::from)
            }
            Errand::CarryOut(order, review) => {
                self.carry_out(&order, &review).await.map_err(Error::from)
            }
        })
        .await;
        let tally = tally
            .into_inner()
            .expect("nothing panics while it is locked");
        for ((as_of, sweep), counts) in tally {
            let run = Run { sweep, as_of };
            edge::sweep::tell(&run, &counts);
            self.report(&run, &counts).await;
        }
        reply
    }

    async fn carry_out(&self, order: &OrderId, review: &ReviewId) -> Result<(), Failure> {
        // Who acts, and when, the order says.
        let actor = Actor::job(Job::DocumentClock);
        let inbound = self.inbound(&actor, Timestamp::UNIX_EPOCH);
        let carried = carry_out(&self.store, &inbound, order, review).await?;
        tracing::info!(job = "carry_out", %review, %order, ?carried, "carried out");
        Ok(())
    }

    fn inbound<'a>(&'a self, actor: &'a Actor, received_at: Timestamp) -> Inbound<'a> {
        Inbound {
            actor,
            received_at,
            entropy: &*self.entropy,
            hash_key: &self.hash_key,
        }
    }

    async fn move_on(&self, command: &ClockCommand) -> Result<Acted, Failure> {
        let actor = Actor::job(Job::DocumentClock);
        let inbound = self.inbound(&actor, command.run.as_of);
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
        if let Err(error) = self.store.tally(run, counts).await {
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
