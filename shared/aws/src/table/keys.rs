//! Keys of items. Numbers are padded, so that they sort as numbers.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Acceptor, AccountKey, ListKey, NoticeId, PerformanceYear, PersonKey, ReviewId, TextRef,
};
use jiff::Timestamp;
use workflow::clock::Run;
use workflow::orders::OrderId;
use workflow::ports::Place;
use workflow::{KeyName, LookUpKey};

pub(super) const PK: &str = "pk";
pub(super) const SK: &str = "sk";

/// How many parts the due index has, so that one busy night does not end in one partition (promise P8).
pub(super) const DUE_SHARDS: u32 = 8;

/// The index of what is due.
pub(super) const DUE_INDEX: &str = "due";

/// The index of what the clock may move on by the window of a year.
pub(super) const CLOCK_INDEX: &str = "clock";

/// The primary key of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) pk: String,
    pub(super) sk: String,
}

impl Key {
    fn new(pk: String, sk: impl Into<String>) -> Self {
        Self { pk, sk: sk.into() }
    }

    /// The partition, as an attribute.
    pub(super) fn pk(&self) -> AttributeValue {
        AttributeValue::S(self.pk.clone())
    }

    pub(super) fn attributes(self) -> HashMap<String, AttributeValue> {
        HashMap::from([
            (PK.to_owned(), AttributeValue::S(self.pk)),
            (SK.to_owned(), AttributeValue::S(self.sk)),
        ])
    }
}

/// What the partition of a review begins with.
const OF_REVIEW: &str = "REVIEW#";

/// The partition of a review.
pub(super) fn partition(id: &ReviewId) -> String {
    format!("{OF_REVIEW}{id}")
}

/// The review whose partition it is.
pub(super) fn id_of(partition: &str) -> Option<ReviewId> {
    partition.strip_prefix(OF_REVIEW)?.parse().ok()
}

pub(super) const REVIEW: &str = "REVIEW";

pub(super) fn review(id: &ReviewId) -> Key {
    Key::new(partition(id), REVIEW)
}

pub(super) fn form(id: &ReviewId) -> Key {
    Key::new(partition(id), "FORM")
}

pub(super) fn people(id: &ReviewId) -> Key {
    Key::new(partition(id), "PEOPLE")
}

pub(super) fn dossier(id: &ReviewId) -> Key {
    Key::new(partition(id), "DOSSIER")
}

pub(super) const HISTORY: &str = "HISTORY#";

pub(super) fn history(id: &ReviewId, seq: u64) -> Key {
    Key::new(partition(id), format!("{HISTORY}{seq:012}"))
}

pub(super) const COMMENT: &str = "COMMENT#";

/// A comment, by the place of its entry in the history.
pub(super) fn comment(id: &ReviewId, seq: u64) -> Key {
    Key::new(partition(id), format!("{COMMENT}{seq:012}"))
}

pub(super) const NOTE: &str = "NOTE#";

/// A private note, by the place of its entry in the history.
pub(super) fn note(id: &ReviewId, seq: u64) -> Key {
    Key::new(partition(id), format!("{NOTE}{seq:012}"))
}

pub(super) const OUTBOX: &str = "OUTBOX#";

pub(super) fn outbox(id: &ReviewId, seq: u64) -> Key {
    Key::new(partition(id), format!("{OUTBOX}{seq:012}"))
}

pub(super) const NOTICE: &str = "NOTICE#";

/// What the notices of one outbox entry begin with.
pub(super) fn notices(seq: u64) -> String {
    format!("{NOTICE}{seq:012}#")
}

pub(super) fn notice(id: &NoticeId) -> Key {
    Key::new(
        partition(&id.review),
        format!("{}{}", notices(id.seq), id.person),
    )
}

/// The partition of a person's list: by account, which also holds what else belongs to it, or by address.
pub(super) fn list(list: &ListKey) -> String {
    match list {
        ListKey::Account(account) => format!("PERSON#{account}"),
        ListKey::Person(person) => format!("MAIL#{person}"),
    }
}

pub(super) const LISTED: &str = "REVIEW#";

pub(super) fn listed(under: &ListKey, id: &ReviewId) -> Key {
    Key::new(list(under), format!("{LISTED}{id}"))
}

pub(super) fn acceptance(acceptor: &Acceptor, text: &TextRef) -> Key {
    let partition = match acceptor {
        Acceptor::Account(account) => format!("PERSON#{account}"),
        Acceptor::Organization(organization) => format!("ORGANIZATION#{organization}"),
    };
    Key::new(partition, format!("STATEMENT#{text}"))
}

/// That a person gets no more mail.
pub(super) fn suppression(person: &PersonKey) -> Key {
    Key::new(format!("MAIL#{person}"), "SUPPRESSED")
}

pub(super) fn key_record(name: &KeyName) -> Key {
    Key::new(
        format!("KEY#{}#{}#{}", name.account, name.route, name.key),
        "KEY",
    )
}

/// An answer of the participation look-up, by a hash that tells nobody the NPI.
pub(super) fn look_up(key: &LookUpKey) -> Key {
    Key::new(format!("LOOKUP#{}#{}", key.year, key.npi.hash), "LOOKUP")
}

/// One of the turns of the second in which `at` lies.
pub(super) fn turn(at: Timestamp, place: u8) -> Key {
    Key::new(format!("TURN#{}", at.as_second()), place.to_string())
}

/// The partition of what administrators changed about a year.
pub(super) fn program(year: PerformanceYear) -> String {
    format!("PROGRAM#{year}")
}

pub(super) const WINDOW: &str = "WINDOW#";

/// A change of the year's window, in its place.
pub(super) fn window(year: PerformanceYear, place: u64) -> Key {
    Key::new(program(year), format!("{WINDOW}{place:012}"))
}

/// What an administrator ordered.
pub(super) fn order(id: &OrderId) -> Key {
    Key::new(format!("ORDER#{id}"), "ORDER")
}

/// How many uploads a person was granted in the hour in which `at` lies.
pub(super) fn grants(account: &AccountKey, at: Timestamp) -> Key {
    let hour = at.as_second().div_euclid(60 * 60);
    Key::new(format!("GRANTS#{account}#{hour}"), "COUNT")
}

/// The number of the shard in which a review and all that belongs to it stand, in every index.
pub(super) fn shard_of(id: &ReviewId) -> u32 {
    let sum = id.as_str().bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    });
    sum % DUE_SHARDS
}

/// The part of the due index that an outbox entry belongs to.
pub(super) fn due_shard(id: &ReviewId) -> String {
    shard(shard_of(id))
}

/// The partition of a shard of a place: reviews that are due stand apart from outbox entries, so that neither
/// keeps a sweep of the other from what it looks for.
pub(super) fn clock_shard(place: Place, shard: u32) -> String {
    match place {
        Place::Due => format!("LOOK#{shard}"),
        Place::Drafts(year) => format!("DRAFT#{year}#{shard}"),
        Place::NotSubmitted(year) => format!("NOTSUBMITTED#{year}#{shard}"),
        Place::Expired(year) => format!("EXPIRED#{year}#{shard}"),
    }
}

/// The partition of what became of sweeps.
pub(super) const SWEEPS: &str = "SWEEPS";

/// What is on record of a run.
pub(super) fn sweep(run: &Run) -> Key {
    let at = run.as_of.as_millisecond();
    Key::new(SWEEPS.to_owned(), format!("{at:015}#{}", run.sweep.name()))
}

/// The partition of a shard of the due index.
pub(super) fn shard(number: u32) -> String {
    format!("DUE#{number}")
}
