//! Looking at reviews.

use domain::{
    Command, ListKey, Preflight, Relation, Review, ReviewId, file_advice, possible_duplicate,
    rule_set,
};

use crate::change::{ATTEMPTS, decide_on, of_filer, raced};
use crate::ports::{Commits, Committed, Programs, Reviews, ReviewsOfPerson};
use crate::{Failure, Inbound};

/// A review as its reader may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// The review.
    pub review: Review,
    /// What the reader is to it.
    pub relation: Relation,
}

/// What opening a review needs of the world.
pub trait OpenPorts: Commits + Programs + Reviews {}

impl<P: Commits + Programs + Reviews + ?Sized> OpenPorts for P {}

/// Opens one review. The first opening by staff binds their address to their account, and that is on record
/// like any act (domain.md #25): from then on no other account with that address is staff.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that is not the actor's.
pub async fn view(
    ports: &(impl OpenPorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<View, Failure> {
    let open = Command::Open.into();
    for _ in 0..ATTEMPTS {
        let (review, relation) = of_filer(ports, inbound.actor, id).await?;
        let known = relation == Relation::Owner
            || (review.people.knows(inbound.actor) && !review.is_entrusted_to(inbound.actor));
        // What has ended is bound no more: it stays as it is (domain.md #46).
        if known || review.outline.status.name().is_terminal() {
            return Ok(View { review, relation });
        }
        let commit = decide_on(ports, inbound, &review, relation, &open).await?;
        match ports.commit(&commit).await? {
            Committed::Done => {
                let review = commit.change.review;
                let relation = domain::relation(&review, inbound.actor).unwrap_or(relation);
                tracing::debug!(use_case = "open", review = %review.outline.id, version = review.outline.version, "committed");
                return Ok(View { review, relation });
            }
            Committed::Raced => raced(),
        }
    }
    Err(Failure::Busy)
}

/// Everything that stands between a draft and its submission, and what is worth a second look: what the form
/// itself tells, and whether another request of the actor names the same party (domain.md #14).
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn preflight(
    ports: &(impl OpenPorts + ReviewsOfPerson + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<(View, Preflight), Failure> {
    let view = view(ports, inbound, id).await?;
    let Review {
        outline,
        form,
        people,
        dossier,
    } = &view.review;
    let mut found = domain::preflight(form, people, rule_set(outline.year)?);
    let lists = ListKey::of_actor(inbound.actor, inbound.hash_key);
    let mine = ports.listed(&lists).await?;
    found.advice.extend(possible_duplicate(outline, &mine));
    found.advice.extend(file_advice(dossier));
    Ok((view, found))
}
