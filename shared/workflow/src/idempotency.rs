//! Records of answers that were given.

use domain::{AccountKey, Digest, Refused, Review};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::ports::{Keys, PortError};
use crate::{Failure, IdempotencyKey, Inbound};

/// How long an answer is remembered, from the receipt of the request.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24);

/// What a record is found by: a key never crosses actors or routes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyName {
    /// Who sent the key.
    pub account: AccountKey,
    /// The route's template, and the review's id where it has one.
    pub route: String,
    /// The hash of the key.
    pub key: Digest,
}

/// An answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRecord {
    /// What it is found by.
    pub name: KeyName,
    /// The hash of the request's body.
    pub body_sha256: Digest,
    /// The answer, as JSON.
    pub answer: String,
    /// From then on the record does not count, though it may still be there.
    pub expires_at: Timestamp,
}

impl KeyRecord {
    /// The record of `answer`, which is JSON.
    #[must_use]
    pub fn new(inbound: &Inbound<'_>, key: &IdempotencyKey, answer: String) -> Self {
        Self {
            name: KeyName::of(inbound, key),
            body_sha256: key.body_sha256,
            answer,
            expires_at: inbound.received_at + LIFETIME,
        }
    }

    /// When its request was received: a record that had expired by then makes room for this one.
    #[must_use]
    pub fn received_at(&self) -> Timestamp {
        self.expires_at - LIFETIME
    }
}

impl KeyName {
    pub(crate) fn of(inbound: &Inbound<'_>, key: &IdempotencyKey) -> Self {
        Self {
            account: inbound.actor.account.key(),
            route: key.route.clone(),
            key: Digest::of(&[key.key.as_bytes()]),
        }
    }
}

/// The answer given before to the same request, if there was one.
pub(crate) async fn replay<A: DeserializeOwned>(
    keys: &(impl Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
) -> Result<Option<A>, Failure> {
    let Some(record) = keys.key(&KeyName::of(inbound, key)).await? else {
        return Ok(None);
    };
    if record.expires_at <= inbound.received_at {
        return Ok(None);
    }
    if record.body_sha256 != key.body_sha256 {
        return Err(Failure::KeyReused);
    }
    let answer = serde_json::from_str(&record.answer).map_err(|source| PortError::Unreadable {
        what: "idempotency record",
        source: source.into(),
    })?;
    Ok(Some(answer))
}

/// The answer to a request that was refused. A twin of it may have been committed after its record was
/// looked up, and then the twin is the very reason for the refusal: its answer is the answer.
pub(crate) async fn replay_or_refuse<A: DeserializeOwned>(
    keys: &(impl Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    refused: Refused,
    review: Option<Box<Review>>,
) -> Result<A, Failure> {
    match replay(keys, inbound, key).await? {
        Some(answer) => Ok(answer),
        None => Err(Failure::Refused(refused, review)),
    }
}

/// The record of `answer`.
pub(crate) fn record(
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    answer: &impl Serialize,
) -> KeyRecord {
    let answer = serde_json::to_string(answer).expect("answers are made of texts and numbers");
    KeyRecord::new(inbound, key, answer)
}
