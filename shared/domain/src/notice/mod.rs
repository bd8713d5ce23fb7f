//! Notices: one email for one event to one person.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

mod audience;
mod clock;
mod outcome;

pub use audience::{Audience, Detail, Recipient, recipients};
pub use clock::DocumentsClock;
pub use outcome::{Bounce, NoticeRecord, Outcome, Report, Reported, Suppression, SuppressionCause};

use crate::{Change, Event, PersonHashKey, PersonKey, Review, ReviewId, StatusName};

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
    /// Where the review stood after it; `None` in entries that were written before this was, whose letters
    /// say that it is shown after signing in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<StatusName>,
    /// The request for documents that was open, or that it ended, for people's calendars.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<DocumentsClock>,
    /// Who is told, each person once.
    pub recipients: Vec<Recipient>,
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
    /// The entries that tell of `change`, which was decided on `before` at `at`.
    #[must_use]
    pub fn of(
        before: Option<&Review>,
        change: &Change,
        at: Timestamp,
        key: &PersonHashKey,
    ) -> Vec<Self> {
        let review = &change.review;
        let entry = |(seq, event): &(u64, Event)| Self {
            review: review.outline.id.clone(),
            seq: *seq,
            at,
            event: event.clone(),
            status: Some(review.outline.status.name()),
            documents: DocumentsClock::of(before, review),
            recipients: recipients(event, review, key),
        };
        change.events.iter().map(entry).collect()
    }

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
