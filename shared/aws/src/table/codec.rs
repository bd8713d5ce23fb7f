//! Items and the values in them.
//!
//! What is hashed (a form, an entry of the history) is stored as the exact text that was hashed; the
//! rest as native maps that a person can read in a console. The SDK's maps never leave this module's
//! siblings.

mod clock;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    Acceptance, Clinician, Dossier, Form, NoticeId, OutboxEntry, Outline, People, PersonKey,
    Review, SealedEntry, Suppression, Tombstone, queued,
};
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use workflow::ports::PortError;
use workflow::{KeyName, KeyRecord, LookUpKey, OUTBOX_DUE, Remembered};

use super::keys::{self, Key};
use clock::PlacesOfItem;
pub(super) use clock::{order_item, read_order, read_reminded, read_window_change, window_item};

/// An item as the SDK has it.
pub(super) type Item = HashMap<String, AttributeValue>;

/// The shape of items that this code writes.
pub(super) const SHAPE: u8 = 1;

/// An outbox entry leaves this long after its event.
const OUTBOX_LIFETIME: SignedDuration = SignedDuration::from_hours(90 * 24);
/// A second's turns leave this long after it: by then whoever came in it has been answered.
const TURN_LIFETIME: SignedDuration = SignedDuration::from_mins(5);

#[derive(Serialize, Deserialize)]
pub(super) struct ReviewItem {
    v: u8,
    pub(super) review: Outline,
    /// Where it stands in the review team's queue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue_shard: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    queue_place: Option<String>,
    #[serde(flatten)]
    places: PlacesOfItem,
}

#[derive(Serialize, Deserialize)]
struct TombstoneItem {
    v: u8,
    tombstone: Tombstone,
}

#[derive(Serialize, Deserialize)]
pub(super) struct FormItem {
    v: u8,
    body: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PeopleItem {
    v: u8,
    people: People,
}

#[derive(Serialize, Deserialize)]
struct DossierItem {
    v: u8,
    dossier: Dossier,
}

#[derive(Serialize, Deserialize)]
struct HistoryItem {
    v: u8,
    #[serde(flatten)]
    entry: SealedEntry,
}

#[derive(Serialize, Deserialize)]
struct OutboxItem {
    v: u8,
    entry: OutboxEntry,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_shard: Option<String>,
    /// Milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    /// Seconds since 1970, for the table's time to live.
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
struct KeyItem {
    v: u8,
    body_sha256: domain::Digest,
    answer: String,
    /// Milliseconds since 1970.
    until: i64,
    /// Seconds since 1970, for the table's time to live; never before `until`.
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
struct AcceptanceItem {
    v: u8,
    acceptance: Acceptance,
}

#[derive(Serialize, Deserialize)]
struct SuppressionItem {
    v: u8,
    why: Suppression,
}

#[derive(Serialize, Deserialize)]
struct LookUpItem {
    v: u8,
    /// Missing when the look-up knew nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    clinician: Option<Clinician>,
    /// Milliseconds since 1970.
    asked_at: i64,
    /// Milliseconds since 1970.
    until: i64,
    /// Seconds since 1970, for the table's time to live; never before `until`.
    expires_at: i64,
}

#[derive(Serialize, Deserialize)]
struct TurnItem {
    v: u8,
    /// Seconds since 1970, for the table's time to live.
    expires_at: i64,
}

/// Adds the key to a value's attributes.
pub(super) fn item(key: Key, value: &impl Serialize) -> Item {
    let mut item: Item =
        serde_dynamo::to_item(value).expect("items are made of texts, numbers, lists and maps");
    item.extend(key.attributes());
    item
}

/// Reads an item as `T`.
pub(super) fn read<T: DeserializeOwned>(what: &'static str, item: Item) -> Result<T, PortError> {
    // serde's words may quote a stored value: they stay here.
    serde_dynamo::from_item(item)
        .map_err(|_| unreadable(what, "its attributes are not as expected"))
}

pub(super) fn unreadable(what: &'static str, why: &'static str) -> PortError {
    PortError::Unreadable {
        what,
        source: why.into(),
    }
}

pub(super) fn review_item(review: &Review) -> Item {
    let outline = &review.outline;
    let queued = queued(outline);
    item(
        keys::review(&review.outline.id),
        &ReviewItem {
            v: SHAPE,
            review: outline.clone(),
            queue_shard: queued
                .as_ref()
                .map(|(queue, _)| keys::queue_shard(*queue, &outline.id)),
            queue_place: queued.map(|(_, place)| keys::queue_place(&place)),
            places: PlacesOfItem::of(review),
        },
    )
}

/// A review's outline.
pub(super) fn read_outline(found: Item) -> Result<Outline, PortError> {
    read::<ReviewItem>("review", found).map(|found| found.review)
}

/// A review's people.
pub(super) fn read_people(found: Item) -> Result<People, PortError> {
    read::<PeopleItem>("people", found).map(|found| found.people)
}

pub(super) fn tombstone_item(tombstone: &Tombstone) -> Item {
    item(
        keys::tombstone(&tombstone.review),
        &TombstoneItem {
            v: SHAPE,
            tombstone: tombstone.clone(),
        },
    )
}

pub(super) fn read_tombstone(found: Item) -> Result<Tombstone, PortError> {
    read::<TombstoneItem>("tombstone", found).map(|item| item.tombstone)
}

pub(super) fn form_item(review: &Review) -> Item {
    item(
        keys::form(&review.outline.id),
        &FormItem {
            v: SHAPE,
            body: review.form.to_bytes(),
        },
    )
}

pub(super) fn people_item(review: &Review) -> Item {
    item(
        keys::people(&review.outline.id),
        &PeopleItem {
            v: SHAPE,
            people: review.people.clone(),
        },
    )
}

pub(super) fn dossier_item(review: &Review) -> Item {
    item(
        keys::dossier(&review.outline.id),
        &DossierItem {
            v: SHAPE,
            dossier: review.dossier.clone(),
        },
    )
}

/// Puts a review together from its items; the dossier's is there once something is in it.
pub(super) fn read_review(
    review: Item,
    form: Item,
    people: Item,
    dossier: Option<Item>,
) -> Result<Review, PortError> {
    let ReviewItem {
        review: outline, ..
    } = read("review", review)?;
    let FormItem { body, .. } = read("form", form)?;
    let form: Form =
        serde_json::from_str(&body).map_err(|_| unreadable("form", "its text is not a form"))?;
    let PeopleItem { people, .. } = read("people", people)?;
    let dossier = match dossier {
        Some(dossier) => read::<DossierItem>("dossier", dossier)?.dossier,
        None => Dossier::default(),
    };
    Ok(Review {
        outline,
        form,
        people,
        dossier,
    })
}

pub(super) fn history_item(id: &domain::ReviewId, entry: &SealedEntry) -> Item {
    item(
        keys::history(id, entry.seq),
        &HistoryItem {
            v: SHAPE,
            entry: entry.clone(),
        },
    )
}

/// Whoever verifies a history must learn which entry it is that cannot be read.
pub(super) fn read_history(found: Item) -> Result<SealedEntry, PortError> {
    let place = found.get(keys::SK).and_then(|sk| sk.as_s().ok()).cloned();
    let read = serde_dynamo::from_item::<_, HistoryItem>(found).ok();
    let ours = read.filter(|found| found.v == SHAPE);
    ours.map(|found| found.entry)
        .ok_or_else(|| PortError::Unreadable {
            what: "history entry",
            source: format!(
                "the attributes of {} are not as expected",
                place.unwrap_or_default()
            )
            .into(),
        })
}

/// An entry that concerns nobody is never due.
pub(super) fn outbox_item(entry: &OutboxEntry) -> Item {
    let due = !entry.recipients.is_empty();
    let value = OutboxItem {
        v: SHAPE,
        due_shard: due.then(|| keys::due_shard(&entry.review)),
        due_at: due.then(|| (entry.at + OUTBOX_DUE).as_millisecond()),
        expires_at: (entry.at + OUTBOX_LIFETIME).as_second(),
        entry: entry.clone(),
    };
    item(keys::outbox(&entry.review, entry.seq), &value)
}

pub(super) fn read_outbox(found: Item) -> Result<OutboxEntry, PortError> {
    read::<OutboxItem>("outbox entry", found).map(|found| found.entry)
}

/// A notice's claim or outcome, by its attributes.
pub(super) fn notice_item<const N: usize>(
    notice: &NoticeId,
    attributes: [(&str, AttributeValue); N],
) -> Item {
    let mut item = keys::notice(notice).attributes();
    item.insert("v".to_owned(), AttributeValue::N(SHAPE.to_string()));
    item.extend(attributes.map(|(name, value)| (name.to_owned(), value)));
    item
}

pub(super) fn key_item(record: &KeyRecord) -> Item {
    let value = KeyItem {
        v: SHAPE,
        body_sha256: record.body_sha256,
        answer: record.answer.clone(),
        until: record.expires_at.as_millisecond(),
        expires_at: record.expires_at.as_second() + 1,
    };
    item(keys::key_record(&record.name), &value)
}

pub(super) fn read_key(name: &KeyName, found: Item) -> Result<KeyRecord, PortError> {
    let KeyItem {
        body_sha256,
        answer,
        until,
        ..
    } = read("idempotency record", found)?;
    let expires_at = Timestamp::from_millisecond(until)
        .map_err(|_| unreadable("idempotency record", "its expiry is no instant"))?;
    Ok(KeyRecord {
        name: name.clone(),
        body_sha256,
        answer,
        expires_at,
    })
}

pub(super) fn acceptance_item(acceptance: &Acceptance) -> Item {
    let key = keys::acceptance(&acceptance.acceptor(), &acceptance.text);
    item(
        key,
        &AcceptanceItem {
            v: SHAPE,
            acceptance: acceptance.clone(),
        },
    )
}

pub(super) fn read_acceptance(found: Item) -> Result<Acceptance, PortError> {
    read::<AcceptanceItem>("acceptance", found).map(|found| found.acceptance)
}

pub(super) fn suppression_item(person: &PersonKey, why: Suppression) -> Item {
    item(
        keys::suppression(person),
        &SuppressionItem { v: SHAPE, why },
    )
}

pub(super) fn read_suppression(found: Item) -> Result<Suppression, PortError> {
    read::<SuppressionItem>("suppression", found).map(|found| found.why)
}

pub(super) fn look_up_item(key: &LookUpKey, answer: &Remembered) -> Item {
    let value = LookUpItem {
        v: SHAPE,
        clinician: answer.clinician.clone(),
        asked_at: answer.asked_at.as_millisecond(),
        until: answer.expires_at.as_millisecond(),
        expires_at: answer.expires_at.as_second() + 1,
    };
    item(keys::look_up(key), &value)
}

pub(super) fn read_look_up(found: Item) -> Result<Remembered, PortError> {
    const WHAT: &str = "look-up";
    let LookUpItem {
        clinician,
        asked_at,
        until,
        ..
    } = read(WHAT, found)?;
    let instant = |ms| {
        Timestamp::from_millisecond(ms).map_err(|_| unreadable(WHAT, "its time is no instant"))
    };
    Ok(Remembered {
        clinician,
        asked_at: instant(asked_at)?,
        expires_at: instant(until)?,
    })
}

pub(super) fn turn_item(at: Timestamp, place: u8) -> Item {
    let value = TurnItem {
        v: SHAPE,
        expires_at: (at + TURN_LIFETIME).as_second(),
    };
    item(keys::turn(at, place), &value)
}
