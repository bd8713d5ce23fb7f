//! Notices: one email for one event to one person.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Email, Event, PersonHashKey, PersonKey, Review, ReviewId};

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

/// The people to tell about a review: the contact address, the owner's account address, the staff; each
/// person once whatever the letter case, in the role that is told most (domain.md #54).
#[must_use]
pub fn recipients(review: &Review, key: &PersonHashKey) -> Vec<Recipient> {
    let contact = review
        .people
        .contact
        .as_ref()
        .and_then(|contact| contact.email.as_ref());
    let informed = contact
        .into_iter()
        .chain(&review.outline.owner.email)
        .map(|email| (email, Detail::Full));
    let staff = review
        .people
        .staff
        .iter()
        .map(|email| (email, Detail::Brief));
    let mut seen = HashSet::new();
    informed
        .chain(staff)
        .map(|(email, detail)| Recipient {
            person: PersonKey::of(key, email),
            address: email.clone(),
            detail,
        })
        .filter(|recipient| seen.insert(recipient.person.clone()))
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
