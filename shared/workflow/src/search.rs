//! Finding submitted requests by what they are about (domain.md #51).
//!
//! Identifiers are looked for by keyed hashes, and stand in no key, address or log. Pointers are written beside the way to
//! people, by whoever relays the submission, and can lag or be lost: a search shows what it finds, and the nightly
//! reconciliation mends the rest. What is found is shown as it is now, and only to whom it may be shown.

use std::collections::BTreeSet;

use domain::{
    Event, OutboxEntry, Outline, PersonHashKey, ReviewId, SearchKey, Side, rule_set, search_keys,
    stands,
};

use crate::ports::{Cases, Findable, Finder, PortError, Reviews};
use crate::team::of_team;
use crate::{Failure, Inbound};

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// A review by its id.
    Review(ReviewId),
    /// Every request about it.
    About(SearchKey),
}

/// The submitted requests that are found, in the order of their ids; not those in which the actor has an interest.
///
/// # Errors
/// Only when a port fails.
pub async fn search(
    ports: &(impl Cases + Finder + ?Sized),
    inbound: &Inbound<'_>,
    sought: &Sought,
) -> Result<Vec<Outline>, Failure> {
    let ids = match sought {
        Sought::Review(id) => vec![id.clone()],
        Sought::About(key) => ports.found(key).await?,
    };
    shown(ports, inbound, &ids).await
}

/// Other requests about the same clinician, practice or entity, or with the same ticket.
///
/// # Errors
/// [`Failure::NotFound`] unless the review is there and the actor is of the team to it; or a port fails.
pub async fn same_party(
    ports: &(impl Cases + Finder + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<Outline>, Failure> {
    let (review, _) = of_team(ports, inbound.actor, id).await?;
    let rules = rule_set(review.outline.year)?;
    let mut ids = BTreeSet::new();
    for key in search_keys(&review.claimed(rules), inbound.hash_key) {
        ids.extend(ports.found(&key).await?);
    }
    ids.remove(id);
    shown(ports, inbound, &Vec::from_iter(ids)).await
}

async fn shown(
    ports: &(impl Cases + ?Sized),
    inbound: &Inbound<'_>,
    ids: &[ReviewId],
) -> Result<Vec<Outline>, Failure> {
    let mut cases = ports.cases(ids).await?;
    cases.retain(|case| {
        let submitted = case.outline.status.submission().is_some();
        let relation = stands(&case.outline, &case.people, inbound.actor);
        submitted && relation.is_some_and(|relation| relation.side() == Side::Team)
    });
    cases.sort_by(|one, other| one.outline.id.cmp(&other.outline.id));
    Ok(cases.into_iter().map(|case| case.outline).collect())
}

/// Makes the request of an outbox entry findable, if the entry says that it was submitted or corrected. Whatever it was once
/// found by, it stays found by. Returns by how many identifiers.
///
/// # Errors
/// Not all is written; do it again.
pub async fn make_findable(
    ports: &(impl Findable + Reviews + ?Sized),
    hash_key: &PersonHashKey,
    entry: &OutboxEntry,
) -> Result<usize, PortError> {
    match &entry.event {
        Event::ReviewSubmittedV1(_) | Event::CorrectionFiledV1(_) => {}
        Event::ReviewWithdrawnV1(_)
        | Event::CommentedV1(_)
        | Event::DocumentsRequestedV1(_)
        | Event::DocumentsReminderV1(_)
        | Event::DocumentsReceivedV1(_)
        | Event::DocumentsDueMovedV1(_)
        | Event::MoreTimeAskedV1(_)
        | Event::MoreTimeAnsweredV1(_)
        | Event::FileRefusedV1(_)
        | Event::OutcomeV1(_)
        | Event::DecisionCorrectedV1(_)
        | Event::ScoresRevisedV1(_)
        | Event::ReinstatedV1(_)
        | Event::WindowChangedV1(_)
        | Event::DraftReminderV1(_)
        | Event::NotSubmittedV1(_)
        | Event::LateAllowedV1(_)
        | Event::AccessChangedV1(_)
        | Event::HandOverOfferedV1(_)
        | Event::HandedOverV1(_)
        | Event::EntrustedV1(_)
        | Event::ContactReplacedV1(_)
        | Event::SentAnewV1(_)
        | Event::WrongPatientDecidedV1(_) => return Ok(0),
    }
    let Some(review) = ports.load(&entry.review).await? else {
        return Ok(0);
    };
    // A review is only begun in a year that has rules.
    let Ok(rules) = rule_set(review.outline.year) else {
        return Ok(0);
    };
    let keys = search_keys(&review.claimed(rules), hash_key);
    ports.make_findable(&review.outline.id, &keys).await?;
    tracing::debug!(review = %review.outline.id, identifiers = keys.len(), "made findable");
    Ok(keys.len())
}
