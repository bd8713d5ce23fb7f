//! Who may see and change a review. Everyone else is told that there is none (domain.md #25, #34).

use serde::{Deserialize, Serialize};

use crate::{Actor, Email, Job, Outline, People, Review, Role, StatusName};

/// What an actor is to a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Created it, or took it over: may do everything a filer does.
    Owner,
    /// Added by the owner, and known by a verified address or the account that first used it.
    Staff,
    /// Of the review team, without an interest in it.
    Reviewer,
    /// Runs the program, without an interest in it.
    Administrator,
    /// One of our own jobs.
    System(Job),
}

/// On which side of a review someone stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Owner and staff.
    Filer,
    /// Reviewers, administrators and our own jobs: "the review team".
    Team,
}

impl Relation {
    /// The side on which it stands.
    #[must_use]
    pub fn side(self) -> Side {
        match self {
            Self::Owner | Self::Staff => Side::Filer,
            Self::Reviewer | Self::Administrator | Self::System(_) => Side::Team,
        }
    }
}

/// An offer to hand the review over, by its owner, or by an administrator once the owner has left (domain.md #34).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    /// The staff member to whom; who was named by an administrator takes it over by opening it.
    pub to: Email,
}

/// What `actor` is to the review; `None` for a stranger, who must not learn that it exists.
///
/// Whoever has an interest in a review, as owner, staff or contact, is never of the team to it, whatever
/// roles the token has; nor is one who declared a conflict (domain.md #51). Reviewers see what was
/// submitted, administrators everything.
#[must_use]
pub fn relation(review: &Review, actor: &Actor) -> Option<Relation> {
    stands(&review.outline, &review.people, actor)
}

/// The same, for who has only what it is told by: lists and queues.
#[must_use]
pub fn stands(outline: &Outline, people: &People, actor: &Actor) -> Option<Relation> {
    if let Some(job) = actor.as_job() {
        return Some(Relation::System(job));
    }
    let account = actor.account.key();
    if outline.owner.account == account && !outline.owner.left {
        return Some(Relation::Owner);
    }
    if people.is_staff(actor) {
        return Some(Relation::Staff);
    }
    let contact = people.contact.as_ref();
    let is_contact = contact
        .and_then(|contact| contact.email.as_ref())
        .zip(actor.email.as_ref())
        .is_some_and(|(contact, own)| contact.normalised() == own.normalised());
    if is_contact || outline.casework.conflicts.contains(&account) {
        return None;
    }
    let submitted = match outline.status.name() {
        StatusName::Draft | StatusName::NotSubmitted => false,
        StatusName::InReview
        | StatusName::AwaitingDocuments
        | StatusName::Approved
        | StatusName::Denied => true,
        StatusName::Withdrawn => outline.status.submission().is_some(),
    };
    if actor.roles.contains(&Role::Administrator) {
        Some(Relation::Administrator)
    } else if actor.roles.contains(&Role::Reviewer) && submitted {
        Some(Relation::Reviewer)
    } else {
        None
    }
}
