//! What people were told of a review, and what became of each letter (domain.md #54).

use std::collections::{HashMap, HashSet};

use domain::{
    Email, EventKind, NoticeRecord, PersonHashKey, PersonKey, Review, ReviewId, Side, Suppression,
};
use jiff::Timestamp;

use crate::ports::{Correspondence, PortError, Suppressions};
use crate::read::OpenPorts;
use crate::{Failure, Inbound, view};

/// An event that people were told of.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The place of its act in the history.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: EventKind,
    /// Whom it was told.
    pub letters: Vec<Letter>,
}

/// A letter to one person.
#[derive(Debug, Clone, PartialEq)]
pub struct Letter {
    /// Where it went, or goes.
    pub address: Email,
    /// What became of it; `None` while nobody has begun.
    pub record: Option<NoticeRecord>,
}

/// What the filer's side was told of one review, the first first. Letters to the review team are not
/// among them. Events leave after 90 days.
///
/// # Errors
/// [`Failure::NotFound`] as [`view`].
pub async fn correspondence(
    ports: &(impl OpenPorts + Correspondence + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<Told>, Failure> {
    view(ports, inbound, id).await?;
    Ok(told(ports, id, &[Side::Filer]).await?)
}

/// What these sides were told of one review, the first first.
pub(crate) async fn told(
    ports: &(impl Correspondence + ?Sized),
    id: &ReviewId,
    sides: &[Side],
) -> Result<Vec<Told>, PortError> {
    let records = ports.notices_of(id).await?;
    let mut told = Vec::new();
    for entry in ports.entries_of(id).await? {
        let letter = |(notice, recipient): (domain::NoticeId, &domain::Recipient)| Letter {
            address: recipient.address.clone(),
            record: records
                .iter()
                .find(|record| record.notice == notice)
                .cloned(),
        };
        let people = entry.notices().zip(&entry.recipients);
        let theirs = people.filter(|(_, recipient)| sides.contains(&recipient.side));
        let letters: Vec<_> = theirs.map(letter).collect();
        if !letters.is_empty() {
            told.push(Told {
                seq: entry.seq,
                at: entry.at,
                event: entry.event.kind(),
                letters,
            });
        }
    }
    Ok(told)
}

/// The addresses of the review's filers that get no more mail, and why: contact, owner, staff, each person
/// once.
///
/// # Errors
/// Only when the port fails.
pub async fn unreachable(
    ports: &(impl Suppressions + ?Sized),
    inbound: &Inbound<'_>,
    review: &Review,
) -> Result<Vec<(Email, Suppression)>, PortError> {
    let people = addresses(inbound.hash_key, review);
    let keys: Vec<_> = people.iter().map(|(person, _)| person.clone()).collect();
    let suppressed: HashMap<_, _> = ports.suppressed(&keys).await?.into_iter().collect();
    let why =
        |(person, address): (PersonKey, Email)| suppressed.get(&person).map(|why| (address, *why));
    Ok(people.into_iter().filter_map(why).collect())
}

/// The addresses of the review's filers: contact, owner, staff, each person once.
pub(crate) fn addresses(key: &PersonHashKey, review: &Review) -> Vec<(PersonKey, Email)> {
    let contact = review.people.contact.as_ref();
    let contact = contact.and_then(|contact| contact.email.clone());
    let owner = review.outline.owner.email.clone();
    let staff = review.people.staff.iter().cloned();
    let mut seen = HashSet::new();
    let addresses = contact.into_iter().chain(owner).chain(staff);
    addresses
        .map(|address| (PersonKey::of(key, &address), address))
        .filter(|(person, _)| seen.insert(person.clone()))
        .collect()
}
