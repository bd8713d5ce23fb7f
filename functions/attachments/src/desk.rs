//! What stands behind the doors.

use std::sync::Arc;

use axum::Json;
use domain::{AttachmentId, Command, FileStep, PersonHashKey};
use edge::wire::AnswerDocument;
use edge::{Caller, FilePath, Posted, Problem};
use workflow::Inbound;
use workflow::ports::{
    Acceptances, Commits, Downloads, Entropy, GrantCounts, Keys, Programs, Reviews, Uploads,
};

/// Everything that these doors ask of the store; the template's policy for `attachments` says the same.
pub trait Store: Acceptances + Commits + GrantCounts + Keys + Programs + Reviews {}

impl<S: Acceptances + Commits + GrantCounts + Keys + Programs + Reviews> Store for S {}

/// What gives leave to send and to fetch, and can do nothing else.
pub trait Signer: Downloads + Uploads {}

impl<S: Downloads + Uploads> Signer for S {}

/// What stands behind the doors.
#[derive(Clone)]
pub struct Desk {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Who signs for the bucket.
    pub signer: Arc<dyn Signer>,
    /// Random bits for ids.
    pub entropy: Arc<dyn Entropy>,
    /// The secret for people's keys.
    pub hash_key: PersonHashKey,
}

impl Desk {
    /// The caller's request, as use cases take it.
    pub(crate) fn inbound<'a>(&'a self, caller: &'a Caller) -> Inbound<'a> {
        Inbound {
            actor: &caller.actor,
            received_at: caller.received_at,
            entropy: &*self.entropy,
            hash_key: &self.hash_key,
        }
    }

    /// Takes a step with a file that was posted to `verb`, once under its key.
    pub(crate) async fn stepped(
        &self,
        caller: &Caller,
        posted: &Posted,
        verb: &str,
        FilePath(review, file): &FilePath,
        step: FileStep,
    ) -> Result<Json<AnswerDocument>, Problem> {
        posted.read(|_| Some(()))?;
        let key = posted.key(format!("{verb} {review} {file}"))?;
        let command = Command::File {
            id: AttachmentId::clone(file),
            step,
        };
        let inbound = self.inbound(caller);
        let store = &*self.store;
        let answer = workflow::change_by_either_side(store, &inbound, &key, review, &command).await;
        Ok(Json(AnswerDocument::of(answer?)))
    }
}
