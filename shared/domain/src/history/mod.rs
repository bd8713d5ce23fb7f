//! The activity log: append-only, hash-chained, verifiable (domain.md #50).
//!
//! What is hashed is the exact stored text of an entry, together with the hash before it; the chain
//! starts from the review's id, and the review carries the last hash and the count, so that a changed
//! byte, a missing entry and a cut tail all show. Entries hold ids, codes, hashes and field pointers,
//! never what a person typed: those values live in items of their own, which can be erased while the
//! chain still verifies.

mod act;
mod actor_ref;
mod log;
mod team_log;
mod who;
mod words;

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use act::Act;
pub use actor_ref::ActorRef;
pub use log::{LogLine, Told, log};
pub use team_log::{TeamLine, TeamTold, team_log};
pub use who::{Standing, Who};
pub use words::Narrator;

use crate::{Digest, ReviewId};

/// Tells one attempt to commit from every other: 128 random bits, in hex.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommitId(String);

impl CommitId {
    /// Takes 16 random bytes.
    #[must_use]
    pub fn from_random(random: [u8; 16]) -> Self {
        Self(crate::digest::hex(&random))
    }

    /// The 32 hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The review.
    pub review: ReviewId,
    /// Its place, from 1.
    pub seq: u64,
    /// When what it tells of was received.
    pub at: Timestamp,
    /// The commit that wrote it.
    pub commit: CommitId,
    /// Who did it.
    pub actor: ActorRef,
    /// What was done.
    pub act: Act,
}

/// An entry as it is stored: its exact text and the hash that chains it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedEntry {
    /// Its place, from 1.
    pub seq: u64,
    /// The commit that wrote it.
    pub commit: CommitId,
    /// The entry's JSON, byte for byte as hashed.
    pub body: String,
    /// The hash over the one before and `body`.
    pub hash: Digest,
}

/// The end of a history, as the review carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many entries there are.
    pub count: u64,
    /// The hash of the last one.
    pub hash: Digest,
}

impl Head {
    /// The head of a history without entries.
    #[must_use]
    pub fn empty(review: &ReviewId) -> Self {
        Self {
            count: 0,
            hash: Digest::of(&[b"targeted-review history 1\n", review.as_str().as_bytes()]),
        }
    }

    fn link(self, body: &str) -> Digest {
        Digest::of(&[self.hash.as_bytes(), body.as_bytes()])
    }
}

/// Seals `entry`, which must come right after `head`, and returns it with the new head.
#[must_use]
pub fn seal(head: Head, entry: &Entry) -> (SealedEntry, Head) {
    let body = serde_json::to_string(entry).expect("an entry is made of texts and numbers");
    let hash = head.link(&body);
    let sealed = SealedEntry {
        seq: entry.seq,
        commit: entry.commit.clone(),
        body,
        hash,
    };
    (
        sealed,
        Head {
            count: head.count + 1,
            hash,
        },
    )
}

/// Where a history does not hold together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// At this place another entry stands, or none.
    Missing(u64),
    /// The bytes at this place are not those that were hashed, or an earlier hash was changed.
    Changed(u64),
    /// The chain holds, but the review counts or hashes another end.
    Tail {
        /// Entries found.
        found: u64,
        /// Entries that the review counts.
        expected: u64,
    },
}

impl std::error::Error for Broken {}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(seq) => write!(f, "entry {seq} is missing or out of place"),
            Self::Changed(seq) => write!(f, "entry {seq} is not what was written"),
            Self::Tail { found, expected } => {
                write!(
                    f,
                    "the history ends with entry {found}, but the review was left with {expected}"
                )
            }
        }
    }
}

/// Verifies a whole history against the head that its review carries.
///
/// # Errors
/// [`Broken`] names the first place that does not hold.
pub fn verify(review: &ReviewId, entries: &[SealedEntry], head: Head) -> Result<(), Broken> {
    let mut end = Head::empty(review);
    for sealed in entries {
        let seq = end.count + 1;
        if sealed.seq != seq {
            return Err(Broken::Missing(seq));
        }
        let placed = serde_json::from_str::<Entry>(&sealed.body).is_ok_and(|entry| {
            entry.seq == seq && entry.review == *review && entry.commit == sealed.commit
        });
        if !placed || end.link(&sealed.body) != sealed.hash {
            return Err(Broken::Changed(seq));
        }
        end = Head {
            count: seq,
            hash: sealed.hash,
        };
    }
    if end == head {
        Ok(())
    } else {
        Err(Broken::Tail {
            found: end.count,
            expected: head.count,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn review() -> ReviewId {
        ReviewId::from_random("2024".parse().expect("a year"), 42)
    }

    fn history(length: u64) -> (Vec<SealedEntry>, Head) {
        let mut head = Head::empty(&review());
        let mut entries = Vec::new();
        for seq in 1..=length {
            let act = Act::PeopleEditedV1 {
                fields: vec!["/staff".into()],
            };
            let entry = Entry {
                review: review(),
                seq,
                at: Timestamp::UNIX_EPOCH,
                commit: CommitId::from_random([seq as u8; 16]),
                actor: ActorRef::Owner {
                    account: crate::Account {
                        issuer: "i".into(),
                        subject: "s".into(),
                    }
                    .key(),
                },
                act,
            };
            let (sealed, next) = seal(head, &entry);
            entries.push(sealed);
            head = next;
        }
        (entries, head)
    }

    #[test]
    fn a_cut_tail_and_a_missing_entry_are_named() {
        let (entries, head) = history(4);
        assert_eq!(verify(&review(), &entries, head), Ok(()));
        assert_eq!(
            verify(&review(), &entries[..3], head),
            Err(Broken::Tail {
                found: 3,
                expected: 4
            })
        );
        let without_second: Vec<_> = entries
            .iter()
            .filter(|entry| entry.seq != 2)
            .cloned()
            .collect();
        assert_eq!(
            verify(&review(), &without_second, head),
            Err(Broken::Missing(2))
        );
        let other = ReviewId::from_random("2024".parse().expect("a year"), 43);
        assert_eq!(verify(&other, &entries, head), Err(Broken::Changed(1)));
    }

    proptest! {
        #[test]
        fn any_changed_byte_of_any_entry_is_found(place in 0usize..5, byte in 0usize..400, flip in 1u8..128) {
            let (mut entries, head) = history(5);
            let mut body = entries[place].body.clone().into_bytes();
            let byte = byte % body.len();
            body[byte] ^= flip;
            prop_assume!(String::from_utf8(body.clone()).is_ok());
            entries[place].body = String::from_utf8(body).expect("checked");
            prop_assert_eq!(verify(&review(), &entries, head), Err(Broken::Changed(place as u64 + 1)));
        }
    }
}
