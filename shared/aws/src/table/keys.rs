//! Keys of items. Numbers are padded, so that they sort as numbers.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Acceptor, AccountKey, CaseQueue, ListKey, NoticeId, PerformanceYear, PersonKey, QueuePlace,
    ReviewId, SearchKey, SearchKind, StatusName, TextRef,
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

/// What the tombstone of a purged review lies under: before `REVIEW`, so that a walk that has come to there has seen it.
pub(super) const TOMBSTONE: &str = "PURGED";

pub(super) fn tombstone(id: &ReviewId) -> Key {
    Key::new(partition(id), TOMBSTONE)
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

/// What the partition of an account begins with.
pub(super) const OF_ACCOUNT: &str = "PERSON#";

/// What the partition of an address begins with.
pub(super) const OF_PERSON: &str = "MAIL#";

/// What the partition of what a reviewer works on begins with.
pub(super) const OF_TEAM: &str = "ASSIGNED#";

/// The partition of a person's list: by account, which also holds what else belongs to it, or by address.
pub(super) fn list(list: &ListKey) -> String {
    match list {
        ListKey::Account(account) => format!("{OF_ACCOUNT}{account}"),
        ListKey::Person(person) => format!("{OF_PERSON}{person}"),
        ListKey::Assigned(account) => format!("{OF_TEAM}{account}"),
    }
}

/// The list whose partition it is.
pub(super) fn list_of(partition: &str) -> Option<ListKey> {
    if let Some(account) = partition.strip_prefix(OF_ACCOUNT) {
        return account.parse().ok().map(ListKey::Account);
    }
    if let Some(account) = partition.strip_prefix(OF_TEAM) {
        return account.parse().ok().map(ListKey::Assigned);
    }
    let person = partition.strip_prefix(OF_PERSON)?;
    person.parse().ok().map(ListKey::Person)
}

pub(super) const LISTED: &str = "REVIEW#";

pub(super) fn listed(under: &ListKey, id: &ReviewId) -> Key {
    Key::new(list(under), format!("{LISTED}{id}"))
}

/// That a review is found by an identifier, which the hash tells nobody.
pub(super) fn found(by: &SearchKey, id: &ReviewId) -> Key {
    Key::new(find(by), format!("{LISTED}{id}"))
}

/// The partition of what is found by an identifier.
pub(super) fn find(by: &SearchKey) -> String {
    let kind = match by.kind {
        SearchKind::Npi => "NPI",
        SearchKind::Tin => "TIN",
        SearchKind::Entity => "ENTITY",
        SearchKind::Ticket => "TICKET",
    };
    format!("FIND#{kind}#{}", by.hash)
}

/// The index of the review team's queues.
pub(super) const QUEUE_INDEX: &str = "queue";

/// How many parts a queue has (promise P8).
pub(super) const QUEUE_SHARDS: u32 = 4;

/// The part of its queue that a review belongs to.
pub(super) fn queue_shard(queue: CaseQueue, id: &ReviewId) -> String {
    queue_part(queue, sum(id) % QUEUE_SHARDS)
}

/// One part of a queue.
pub(super) fn queue_part(queue: CaseQueue, number: u32) -> String {
    let status = match queue.status {
        StatusName::Draft => "draft",
        StatusName::InReview => "in_review",
        StatusName::AwaitingDocuments => "awaiting_documents",
        StatusName::Approved => "approved",
        StatusName::Denied => "denied",
        StatusName::Withdrawn => "withdrawn",
        StatusName::NotSubmitted => "not_submitted",
    };
    format!("QUEUE#{}#{status}#{number}", queue.year)
}

/// A place in a queue, as a text that sorts as the place does. Years up to 2286 have 13 digits.
pub(super) fn queue_place(place: &QueuePlace) -> String {
    format!("{:013}#{}", place.at.as_millisecond(), place.id)
}

/// The place that such a text names.
pub(super) fn place_of(text: &str) -> Option<QueuePlace> {
    let (at, id) = text.split_once('#')?;
    Some(QueuePlace {
        at: Timestamp::from_millisecond(at.parse().ok()?).ok()?,
        id: id.parse().ok()?,
    })
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

/// The number of the shard in which a review and all that belongs to it stand, in the indexes that sweeps read.
pub(super) fn shard_of(id: &ReviewId) -> u32 {
    sum(id) % DUE_SHARDS
}

/// Spreads ids over shards.
fn sum(id: &ReviewId) -> u32 {
    id.as_str().bytes().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    })
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
