//! Under whom a review is listed: what "my requests" is read by (domain.md #25, #34, #47), and what a reviewer works on (#51).
//!
//! The owner and the staff who have opened it are known by their accounts; staff who have not are known
//! by their address alone, as a keyed hash. So whoever signs in with that address finds the request
//! before having opened it, and once it is opened it stays with the account, wherever the address goes.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{AccountKey, Actor, PersonHashKey, PersonKey, Review};

/// What a list of requests is read by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKey {
    /// The requests that an account owns or has opened as staff.
    Account(AccountKey),
    /// The requests that a person was added to and has not opened.
    Person(PersonKey),
    /// The requests that a reviewer works on, until they end.
    Assigned(AccountKey),
}

impl ListKey {
    /// The lists that together are the actor's requests.
    #[must_use]
    pub fn of_actor(actor: &Actor, key: &PersonHashKey) -> Vec<Self> {
        let own = Self::Account(actor.account.key());
        let address = actor.email.as_ref();
        let added = address.map(|email| Self::Person(PersonKey::of(key, email)));
        [own].into_iter().chain(added).collect()
    }
}

/// Every list that `review` stands in.
#[must_use]
pub fn listed_under(review: &Review, key: &PersonHashKey) -> BTreeSet<ListKey> {
    let people = &review.people;
    let owner = &review.outline.owner;
    let owner = (!owner.left).then(|| owner.account.clone());
    let bound = people.bound.iter().map(|binding| binding.account.clone());
    let unopened = people
        .staff
        .iter()
        .filter(|address| people.bound_to(address).is_none())
        .map(|address| ListKey::Person(PersonKey::of(key, address)));
    let accounts = owner.into_iter().chain(bound).map(ListKey::Account);
    let assignee = review.outline.casework.assignee.as_ref();
    let assigned = assignee
        .filter(|_| !review.outline.status.name().is_terminal())
        .map(|assignee| ListKey::Assigned(assignee.account.clone()));
    accounts.chain(unopened).chain(assigned).collect()
}
