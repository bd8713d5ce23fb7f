//! Doors that both sides of a review use: evidence is sent and read by filers and the review team alike.
//!
//! Each comes in as what they are to the review, and whoever is nothing to it is told that there is none (promise P5): a
//! stranger, a reviewer of a draft, somebody with an interest in the request.

use domain::{Actor, Command, Relation, Review, ReviewId, Side, relation};

use crate::accept::require_acceptance;
use crate::change::{Answer, ChangePorts, decide_on, once};
use crate::ports::{Acceptances, Reviews};
use crate::{Failure, IdempotencyKey, Inbound, OpenPorts, View, view};

/// The review, and what the actor is to it.
pub(crate) async fn of_either(
    reviews: &(impl Reviews + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<(Review, Relation), Failure> {
    let review = reviews.load(id).await?.ok_or(Failure::NotFound)?;
    let relation = relation(&review, actor).ok_or(Failure::NotFound)?;
    Ok((review, relation))
}

/// Filers state the truth before their first change (domain.md #26); the review team files nothing.
pub(crate) async fn require_acceptance_of(
    relation: Relation,
    ports: &(impl Acceptances + ?Sized),
    inbound: &Inbound<'_>,
) -> Result<(), Failure> {
    match relation.side() {
        Side::Filer => require_acceptance(ports, inbound).await,
        Side::Team => Ok(()),
    }
}

/// Does `command` under an idempotency key, for whichever side the actor is on.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn change_by_either_side(
    ports: &(impl ChangePorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    command: &Command,
) -> Result<Answer, Failure> {
    let attempt = async || {
        let (review, relation) = of_either(ports, inbound.actor, id).await?;
        require_acceptance_of(relation, ports, inbound).await?;
        decide_on(ports, inbound, &review, relation, &command.into()).await
    };
    once(ports, inbound, key, attempt).await
}

/// Shows a review to whichever side the actor is on. A filer opens it, as by [`view`]; for the team, looking changes nothing.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that the actor may not see.
pub async fn view_by_either_side(
    ports: &(impl OpenPorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<View, Failure> {
    let (review, relation) = of_either(ports, inbound.actor, id).await?;
    match relation.side() {
        Side::Team => Ok(View { review, relation }),
        Side::Filer => view(ports, inbound, id).await,
    }
}
