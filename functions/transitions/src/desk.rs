//! What stands behind the doors.

use std::sync::Arc;

use axum::Json;
use domain::{PersonHashKey, ReviewId, Role};
use edge::wire::AnswerDocument;
use edge::{Caller, Posted, Problem};
use notices::Links;
use workflow::ports::{
    CaseQueues, Cases, ClockIndex, CommandQueue, Comments, Commits, Correspondence, Entropy,
    Finder, Histories, Keys, Notes, Orders, Outlines, Programs, Reports, Reviews, ReviewsOfPerson,
    Suppressions, WindowChanges,
};
use workflow::{Inbound, View, Wish};

/// Everything that the team's doors ask of the store; the template's policy for `transitions` says the same.
pub trait Store:
    CaseQueues
    + Cases
    + ClockIndex
    + Comments
    + Commits
    + Correspondence
    + Finder
    + Histories
    + Keys
    + Notes
    + Orders
    + Outlines
    + Programs
    + Reports
    + Reviews
    + ReviewsOfPerson
    + Suppressions
    + WindowChanges
{
}

impl<S> Store for S where
    S: CaseQueues
        + Cases
        + ClockIndex
        + Comments
        + Commits
        + Correspondence
        + Finder
        + Histories
        + Keys
        + Notes
        + Orders
        + Outlines
        + Programs
        + Reports
        + Reviews
        + ReviewsOfPerson
        + Suppressions
        + WindowChanges
{
}

/// What stands behind the doors.
#[derive(Clone)]
pub struct Desk {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Where orders wait to be carried out.
    pub commands: Arc<dyn CommandQueue>,
    /// Random bits for ids.
    pub entropy: Arc<dyn Entropy>,
    /// The secret for people's keys.
    pub hash_key: PersonHashKey,
    /// Addresses that letters link to.
    pub links: Links,
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

    /// The review, for one of the team.
    pub(crate) async fn seen(&self, caller: &Caller, id: &ReviewId) -> Result<View, Problem> {
        let view = workflow::team_view(&*self.store, &self.inbound(caller), id).await;
        Ok(view?)
    }

    /// The caller, if one of the team at all. Which reviews are for them is another question.
    pub(crate) fn of_team(caller: &Caller) -> Result<(), Problem> {
        let of_team = caller.actor.roles.iter().any(|role| match role {
            Role::Reviewer | Role::Administrator => true,
        });
        if of_team {
            Ok(())
        } else {
            let detail = "There is nothing here for you. Queue and search are the review team's; your own requests are at /v1/reviews.";
            Err(Problem::not_found(detail))
        }
    }

    /// Does what was posted to `verb`, once under its key.
    pub(crate) async fn changed(
        &self,
        caller: &Caller,
        posted: &Posted,
        verb: &str,
        id: &ReviewId,
        wish: impl Into<Wish>,
    ) -> Result<Json<AnswerDocument>, Problem> {
        let key = posted.key(format!("team {verb} {id}"))?;
        let inbound = self.inbound(caller);
        let answer = workflow::team_change(&*self.store, &inbound, &key, id, wish).await?;
        Ok(Json(AnswerDocument::of(answer)))
    }
}
