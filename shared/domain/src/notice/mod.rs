//! Notices: one email for one event to one person.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

mod outcome;

pub use outcome::{Bounce, NoticeRecord, Outcome, Report, Reported, Suppression, SuppressionCause};

use crate::{Audience, Email, Event, PersonHashKey, PersonKey, Review, ReviewId, Side};

/// An event on its way to the people concerned, with everything their letters need, frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutboxEntry {
    /// The review.
    pub review: ReviewId,
    /// The place in the history of the act behind the event.
    pub seq: u64,
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub event: Event,
    /// Who is told, each person once.
    pub recipients: Vec<Recipient>,
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

/// The people to tell of `event`, each person once whatever the letter case, in the role that is told
/// most (domain.md #54). `review` is the review as the event left it.
#[must_use]
pub fn recipients(event: &Event, review: &Review, key: &PersonHashKey) -> Vec<Recipient> {
    let told = match event.audience() {
        Audience::Filers => filers(review),
        Audience::Team => team(review),
        Audience::Everyone => [filers(review), team(review)].concat(),
        Audience::Addresses(addresses) => {
            let brief = |address| (address, Detail::Brief, Side::Filer);
            addresses.into_iter().map(brief).collect()
        }
    };
    let mut seen = HashSet::new();
    told.into_iter()
        .map(|(address, detail, side)| Recipient {
            person: PersonKey::of(key, &address),
            address,
            detail,
            side,
        })
        .filter(|recipient| seen.insert(recipient.person.clone()))
        .collect()
}

/// The contact address, the owner's account address and the staff; those who have never signed in with
/// their address get the brief letter.
fn filers(review: &Review) -> Vec<(Email, Detail, Side)> {
    let people = &review.people;
    let contact = people.contact.as_ref();
    let contact = contact.and_then(|contact| contact.email.clone());
    let known = |staff: &&Email| people.bound_to(staff).is_some();
    let owner = review.outline.owner.email.clone();
    let informed = contact.into_iter().chain(owner);
    let informed = informed.chain(people.staff.iter().filter(known).cloned());
    let brief = people.staff.iter().filter(|staff| !known(staff)).cloned();
    informed
        .map(|address| (address, Detail::Full, Side::Filer))
        .chain(brief.map(|address| (address, Detail::Brief, Side::Filer)))
        .collect()
}

/// The reviewer who works on it. Nothing that the filer typed goes out to the team by mail.
fn team(review: &Review) -> Vec<(Email, Detail, Side)> {
    let assignee = review.outline.casework.assignee.as_ref();
    let address = assignee.and_then(|assignee| assignee.email.clone());
    address
        .map(|address| (address, Detail::Brief, Side::Team))
        .into_iter()
        .collect()
}

/// The id of a notice: `<review>-<seq>-<person>`, which is also the tag that its email carries.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NoticeId {
    /// The review.
    pub review: ReviewId,
    /// The outbox entry.
    pub seq: u64,
    /// The person.
    pub person: PersonKey,
}

/// The text is not a notice's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a notice's id is a review id, a number and a person's key, joined by dashes")]
pub struct NoticeIdError;

impl FromStr for NoticeId {
    type Err = NoticeIdError;

    fn from_str(text: &str) -> Result<Self, NoticeIdError> {
        let mut parts = text.rsplitn(3, '-');
        let mut next = || parts.next().ok_or(NoticeIdError);
        let (person, seq, review) = (next()?, next()?, next()?);
        Ok(Self {
            person: person.parse().map_err(|_| NoticeIdError)?,
            seq: seq.parse().map_err(|_| NoticeIdError)?,
            review: review.parse().map_err(|_| NoticeIdError)?,
        })
    }
}

impl OutboxEntry {
    /// The notices of this entry, one a person.
    pub fn notices(&self) -> impl Iterator<Item = NoticeId> {
        self.recipients.iter().map(|recipient| NoticeId {
            review: self.review.clone(),
            seq: self.seq,
            person: recipient.person.clone(),
        })
    }

    /// The person whom `notice` tells of this.
    #[must_use]
    pub fn recipient(&self, notice: &NoticeId) -> Option<&Recipient> {
        let mut recipients = self.recipients.iter();
        recipients.find(|recipient| recipient.person == notice.person)
    }
}

impl fmt::Display for NoticeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.review, self.seq, self.person)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_id_prints_and_parses_back() {
        let key = PersonHashKey::new(*b"key");
        let id = NoticeId {
            review: ReviewId::from_random("2024".parse().expect("a year"), 7),
            seq: 12,
            person: PersonKey::of(&key, &"a@example.org".parse().expect("an address")),
        };
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("x-1-y".parse::<NoticeId>(), Err(NoticeIdError));
    }
}
