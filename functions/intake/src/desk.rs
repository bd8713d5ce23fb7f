//! What stands behind the doors.

use std::sync::Arc;

use axum::Json;
use domain::{Command, PersonHashKey, Review, ReviewId};
use edge::{Caller, Posted, Problem};
use workflow::ports::{
    Acceptances, Comments, Commits, Correspondence, Entropy, Heads, Histories, Keys, LookUps,
    Participation, Programs, Reviews, ReviewsOfPerson, Suppressions,
};
use workflow::{Inbound, View};

use crate::wire::AnswerDocument;

/// Everything that the filer's doors ask of the store; the template's policy for `intake` says the same.
pub trait Store:
    Acceptances
    + Comments
    + Commits
    + Correspondence
    + Heads
    + Histories
    + Keys
    + LookUps
    + Programs
    + Reviews
    + ReviewsOfPerson
    + Suppressions
{
}

impl<S> Store for S where
    S: Acceptances
        + Comments
        + Commits
        + Correspondence
        + Heads
        + Histories
        + Keys
        + LookUps
        + Programs
        + Reviews
        + ReviewsOfPerson
        + Suppressions
{
}

/// What stands behind the doors.
#[derive(Clone)]
pub struct Desk {
    /// The store.
    pub store: Arc<dyn Store>,
    /// The public participation look-up.
    pub directory: Arc<dyn Participation>,
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

    /// Opens a review for the caller.
    pub(crate) async fn opened(&self, caller: &Caller, id: &ReviewId) -> Result<View, Problem> {
        let view = workflow::view(&*self.store, &self.inbound(caller), id).await;
        Ok(view?)
    }

    /// Does a command that names the state it was based on.
    pub(crate) async fn edited(
        &self,
        caller: &Caller,
        id: &ReviewId,
        command: Command,
    ) -> Result<Review, Problem> {
        let inbound = self.inbound(caller);
        Ok(workflow::edit(&*self.store, &inbound, id, &command).await?)
    }

    /// Does a command that was posted to `verb`, once under its key.
    pub(crate) async fn changed(
        &self,
        caller: &Caller,
        posted: &Posted,
        verb: &str,
        id: &ReviewId,
        command: Command,
    ) -> Result<Json<AnswerDocument>, Problem> {
        let key = posted.key(format!("{verb} {id}"))?;
        let inbound = self.inbound(caller);
        let answer = workflow::change(&*self.store, &inbound, &key, id, &command).await?;
        Ok(Json(AnswerDocument::of(answer)))
    }
}
