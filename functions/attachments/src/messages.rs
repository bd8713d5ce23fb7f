//! What is told of objects, to their reviews.
//!
//! A message says where to look and when it was said, nothing that is believed: see `workflow::Watch`. One that cannot be dealt
//! with now goes back to its queue; one that is no message of this queue ends among the dead letters after the template's
//! number of tries.

use aws::bucket::{ObjectMessage, ObjectMessageError, read_object_message};
use aws_lambda_events::event::sqs::{SqsBatchResponse, SqsEvent};
use domain::{Actor, Job, PersonHashKey};
use edge::batch::each_message;
use edge::invocation::concerns;
use jiff::Timestamp;
use workflow::ports::{Entropy, Objects};
use workflow::{Failure, Inbound, Inspect, Watch, WatchPorts};

/// What stands behind the worker.
pub struct Watcher<S, O, E> {
    /// The reviews.
    pub store: S,
    /// The bytes of files.
    pub objects: O,
    /// The look at a file's content.
    pub inspect: Inspect,
    /// Random bits for ids.
    pub entropy: E,
    /// The secret for people's keys: a refused file is told to people.
    pub hash_key: PersonHashKey,
}

/// Why a message goes back.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Message(#[from] ObjectMessageError),
    #[error(transparent)]
    Watch(#[from] Failure),
}

impl<S: WatchPorts, O: Objects, E: Entropy> Watcher<S, O, E> {
    /// Deals with a batch; the reply names the messages that go back.
    pub async fn handle(&self, event: SqsEvent) -> SqsBatchResponse {
        each_message(event, async |message| self.hear(message.body).await).await
    }

    async fn hear(&self, body: &str) -> Result<(), Error> {
        let watch = Watch {
            ports: &self.store,
            store: &self.objects,
            inspect: self.inspect,
        };
        let actor = Actor::job(Job::FileWatch);
        let inbound = |at: Timestamp| Inbound {
            actor: &actor,
            received_at: at,
            entropy: &self.entropy,
            hash_key: &self.hash_key,
        };
        match read_object_message(body)? {
            ObjectMessage::Created { place, at } => {
                concerns(&place.review);
                watch.look_at(&inbound(at), &place, None).await?;
            }
            ObjectMessage::Scanned { place, verdict, at } => {
                concerns(&place.review);
                watch.look_at(&inbound(at), &place, Some(&verdict)).await?;
            }
            ObjectMessage::Look { review, as_of } => {
                concerns(&review);
                watch.look_at_all(&inbound(as_of), &review).await?;
            }
        }
        Ok(())
    }
}
