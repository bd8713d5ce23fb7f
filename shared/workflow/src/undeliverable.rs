//! Clocks that run while nobody can be told: requests for documents whose filers have no address that takes mail
//! (domain.md #19).
//!
//! When such a request ends, its review goes back to a person instead of being denied; but nobody has been asked for
//! anything. Whoever looks at this list calls them by the phone number that a request must have.
//!
//! It reads the queues of what waits for documents, and so as many reviews as wait. An address that is merely slow
//! or full counts as one that takes mail.

use domain::{
    CaseQueue, Extension, PersonHashKey, Phone, Review, ReviewId, Status, StatusName, rule_sets,
};
use jiff::Timestamp;

use crate::correspondence::addresses;
use crate::ports::{CaseQueues, Places, PortError, Reviews, Suppressions};

/// A review whose clock runs, and nobody hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeliverable {
    /// The review.
    pub review: ReviewId,
    /// When the request for documents ends.
    pub due: Timestamp,
    /// How many addresses there are, none of which takes mail.
    pub addresses: usize,
    /// Whom to call.
    pub phone: Option<(Phone, Option<Extension>)>,
}

/// What it needs of the store.
pub trait UndeliverablePorts: CaseQueues + Reviews + Suppressions {}

impl<P: CaseQueues + Reviews + Suppressions + ?Sized> UndeliverablePorts for P {}

/// How many places of a queue are read at a time.
const PAGE: u32 = 100;

/// Every one of them, the one that ends first of its year first; how many reviews wait for documents in all.
///
/// # Errors
/// When a port fails; what was found until then has been told to `found`.
pub async fn undeliverable(
    ports: &(impl UndeliverablePorts + ?Sized),
    key: &PersonHashKey,
    found: &mut impl FnMut(&Undeliverable),
) -> Result<usize, PortError> {
    let mut waiting = 0;
    for rules in rule_sets() {
        let mut of_the_year = Vec::new();
        for part in 0..ports.parts() {
            for id in ids(ports, rules.year, part).await? {
                if let Some(review) = ports.load(&id).await? {
                    waiting += usize::from(due(&review).is_some());
                    of_the_year.extend(unheard(ports, key, &review).await?);
                }
            }
        }
        of_the_year.sort_by_key(|one| one.due);
        of_the_year.iter().for_each(&mut *found);
    }
    Ok(waiting)
}

/// What one part of the year's queue names.
async fn ids(
    ports: &(impl UndeliverablePorts + ?Sized),
    year: domain::PerformanceYear,
    part: u32,
) -> Result<Vec<ReviewId>, PortError> {
    let queue = CaseQueue {
        year,
        status: StatusName::AwaitingDocuments,
    };
    let mut range = Places {
        after: None,
        before: None,
        descending: false,
        limit: PAGE,
    };
    let mut ids = Vec::new();
    loop {
        let places = ports.places(queue, part, &range).await?;
        range.after = places.last().cloned();
        ids.extend(places.into_iter().map(|place| place.id));
        if range.after.is_none() {
            return Ok(ids);
        }
    }
}

/// When its request for documents ends, if it waits for one.
fn due(review: &Review) -> Option<Timestamp> {
    match &review.outline.status {
        Status::AwaitingDocuments(now) => Some(now.request.due),
        Status::Draft(_)
        | Status::InReview(_)
        | Status::Approved(_)
        | Status::Denied(_)
        | Status::Withdrawn(_)
        | Status::NotSubmitted(_) => None,
    }
}

/// The review, if its clock runs and none of its addresses takes mail.
async fn unheard(
    ports: &(impl UndeliverablePorts + ?Sized),
    key: &PersonHashKey,
    review: &Review,
) -> Result<Option<Undeliverable>, PortError> {
    let Some(due) = due(review) else {
        return Ok(None);
    };
    let people: Vec<_> = addresses(key, review)
        .into_iter()
        .map(|(person, _)| person)
        .collect();
    if ports.suppressed(&people).await?.len() < people.len() {
        return Ok(None);
    }
    let contact = review.people.contact.as_ref();
    let phone = contact.and_then(|contact| {
        let phone = contact.phone.clone()?;
        Some((phone, contact.extension.clone()))
    });
    Ok(Some(Undeliverable {
        review: review.outline.id.clone(),
        due,
        addresses: people.len(),
        phone,
    }))
}
