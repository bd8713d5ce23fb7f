//! Who gets what: one table (domain.md #53, #54).
//!
//! [`Event::audience`] names for every event the people who are told, and [`Part`] says of each part that a
//! person plays in a review how much its letters say. Nothing else decides who is written to; the tests of
//! this crate write the whole table down a second time, event by event and part by part.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::{Email, Event, PersonHashKey, PersonKey, Review, Side};

/// Who is told of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Audience {
    /// Contact, owner and staff.
    Filers,
    /// The reviewer who works on it, if there is one.
    Team,
    /// Both.
    Everyone,
    /// The contact alone.
    Contact,
    /// These addresses only, who learn nothing but id, status and where to sign in.
    Addresses(Vec<Email>),
}

impl Event {
    /// Who is told (domain.md #53, #54).
    #[must_use]
    pub fn audience(&self) -> Audience {
        use Audience::{Addresses, Contact, Everyone, Filers, Team};
        match self {
            // A draft, and the window around it.
            Self::DraftReminderV1(_) => Filers,
            Self::WindowChangedV1(_) => Filers,
            Self::NotSubmittedV1(_) => Filers,
            Self::LateAllowedV1(_) => Filers,
            // A request that was filed.
            Self::ReviewSubmittedV1(_) => Filers,
            Self::ReviewWithdrawnV1(_) => Filers,
            Self::CorrectionFiledV1(_) => Everyone,
            Self::CommentedV1(written) if written.by == Side::Filer => Team,
            Self::CommentedV1(_) => Filers,
            // Documents that are asked for.
            Self::DocumentsRequestedV1(_) => Filers,
            Self::DocumentsReminderV1(_) => Filers,
            Self::DocumentsDueMovedV1(_) => Filers,
            Self::MoreTimeAskedV1(_) => Team,
            Self::MoreTimeAnsweredV1(_) => Filers,
            Self::DocumentsReceivedV1(_) => Everyone,
            Self::FileRefusedV1(_) => Filers,
            // The decision.
            Self::OutcomeV1(_) => Filers,
            Self::ScoresRevisedV1(_) => Filers,
            Self::DecisionCorrectedV1(_) => Filers,
            Self::ReinstatedV1(_) => Filers,
            // Access: each learns about their own only.
            Self::AccessChangedV1(to) => Addresses([&to.granted[..], &to.removed[..]].concat()),
            Self::HandOverOfferedV1(offer) => Addresses(vec![offer.to.clone()]),
            Self::HandedOverV1(_) => Filers,
            Self::EntrustedV1(_) => Filers,
            // Where letters went, and what became of a file.
            Self::ContactReplacedV1(_) => Filers,
            Self::SentAnewV1(_) => Contact,
            Self::WrongPatientDecidedV1(_) => Everyone,
        }
    }
}

/// The part in which a person is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The contact of the request.
    Contact,
    /// Its owner, at the address of the account.
    Owner,
    /// Staff who have opened it with their address.
    Staff,
    /// Staff who have not: the address may be mistyped, and its reader anyone.
    Unverified,
    /// An address that the event itself names.
    Named,
    /// The reviewer who works on it. Nothing that the filer typed goes out to the team by mail.
    Reviewer,
}

impl Part {
    /// How much the letters to it say.
    fn detail(self) -> Detail {
        match self {
            Self::Contact | Self::Owner | Self::Staff => Detail::Full,
            Self::Unverified | Self::Named | Self::Reviewer => Detail::Brief,
        }
    }

    fn side(self) -> Side {
        match self {
            Self::Contact | Self::Owner | Self::Staff | Self::Unverified | Self::Named => {
                Side::Filer
            }
            Self::Reviewer => Side::Team,
        }
    }
}

/// A person who is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The person.
    pub person: PersonKey,
    /// Where the letter goes.
    pub address: Email,
    /// How much it says.
    pub detail: Detail,
    /// On which side the person stands: filers are not shown the review team's addresses.
    #[serde(default = "filer")]
    pub side: Side,
}

/// Entries that were written before the side was, told filers alone.
fn filer() -> Side {
    Side::Filer
}

/// How much a letter says (domain.md #54).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Detail {
    /// Everything that a letter of its kind holds.
    Full,
    /// Id, status and a sign-in link: the address has not been verified by signing in.
    Brief,
}

/// The people to tell of `event`, each person once whatever the letter case, in the part that is told
/// most (domain.md #54). `review` is the review as the event left it.
#[must_use]
pub fn recipients(event: &Event, review: &Review, key: &PersonHashKey) -> Vec<Recipient> {
    let told = match event.audience() {
        Audience::Filers => filers(review),
        Audience::Team => team(review),
        Audience::Contact => contact(review).into_iter().collect(),
        Audience::Everyone => [filers(review), team(review)].concat(),
        Audience::Addresses(named) => named.into_iter().map(|to| (to, Part::Named)).collect(),
    };
    let mut seen = HashSet::new();
    told.into_iter()
        .map(|(address, part)| Recipient {
            person: PersonKey::of(key, &address),
            address,
            detail: part.detail(),
            side: part.side(),
        })
        .filter(|recipient| seen.insert(recipient.person.clone()))
        .collect()
}

/// The filer's side, those first who are told most.
fn filers(review: &Review) -> Vec<(Email, Part)> {
    let people = &review.people;
    let owner = review.outline.owner.email.clone();
    let (known, unknown): (Vec<&Email>, Vec<_>) = people
        .staff
        .iter()
        .partition(|staff| people.bound_to(staff).is_some());
    let staff = known.into_iter().map(|staff| (staff.clone(), Part::Staff));
    let unverified = unknown
        .into_iter()
        .map(|staff| (staff.clone(), Part::Unverified));
    let owner = owner.map(|address| (address, Part::Owner));
    let named = contact(review).into_iter().chain(owner);
    named.chain(staff).chain(unverified).collect()
}

fn contact(review: &Review) -> Option<(Email, Part)> {
    let contact = review.people.contact.as_ref()?;
    Some((contact.email.clone()?, Part::Contact))
}

fn team(review: &Review) -> Vec<(Email, Part)> {
    let assignee = review.outline.casework.assignee.as_ref();
    let address = assignee.and_then(|assignee| assignee.email.clone());
    let reviewer = address.map(|address| (address, Part::Reviewer));
    reviewer.into_iter().collect()
}
