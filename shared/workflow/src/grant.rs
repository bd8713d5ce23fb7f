//! Granting an upload (domain.md #38).
//!
//! The grant is what is committed and remembered; the leave to upload is signed from it, whenever it is asked for under
//! the same key, for the time that the grant still has. So a lost answer costs nothing, and no address that opens
//! something is ever stored.

use domain::{
    AttachmentId, Command, FileState, FileStep, GRANT_LIFE, NewFile, ReviewId, StatusName, Version,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::change::{ATTEMPTS, ChangePorts, committed, decide_on, raced};
use crate::comments::takes_files;
use crate::ports::{
    Comments, Commit, Committed, Counted, GrantCounts, ObjectPlace, Upload, Uploads,
};
use crate::sides::{of_either, require_acceptance_of};
use crate::{Answer, Failure, IdempotencyKey, Inbound, idempotency};

/// As long as a request may take to be answered. A signature counts from when it is made, a grant from the receipt:
/// leave to upload ends that much earlier, so that what the store still takes is within its grant.
const HANDLING: SignedDuration = SignedDuration::from_secs(10);

/// An hour, by whose clock grants are counted.
const HOUR: i64 = 60 * 60;

/// The answer to a grant: small, for it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantAnswer {
    /// The review.
    pub id: ReviewId,
    /// The file.
    pub file: AttachmentId,
    /// Where the review stands.
    pub status: StatusName,
    /// The review's version after it.
    pub version: Version,
    /// When it was granted.
    pub granted_at: Timestamp,
}

impl GrantAnswer {
    /// Until when an upload can begin.
    #[must_use]
    pub fn ends_at(&self) -> Timestamp {
        self.granted_at + GRANT_LIFE - HANDLING
    }
}

/// A grant, and what can be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// The answer that the key stands for.
    pub answer: GrantAnswer,
    /// Leave to upload; `None` once the grant's time is over or its file is there.
    pub upload: Option<Upload>,
}

/// Grants an upload under an idempotency key.
///
/// # Errors
/// [`Failure`] says why not. Nothing has changed then, unless the store's signer failed: the same key asks again.
pub async fn grant_upload(
    ports: &(impl ChangePorts + Comments + GrantCounts + ?Sized),
    store: &(impl Uploads + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    file: &NewFile,
) -> Result<Granted, Failure> {
    let answer = granted(ports, inbound, key, id, file).await?;
    let upload = leave(ports, store, inbound, &answer).await?;
    Ok(Granted { answer, upload })
}

async fn granted(
    ports: &(impl ChangePorts + Comments + GrantCounts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    file: &NewFile,
) -> Result<GrantAnswer, Failure> {
    let new = AttachmentId::from_random(inbound.entropy.bytes());
    let mut is_counted = false;
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        let (review, relation) = of_either(ports, inbound.actor, id).await?;
        require_acceptance_of(relation, ports, inbound).await?;
        takes_files(ports, &review, &file.place, relation.side()).await?;
        let grant = Command::File {
            id: new.clone(),
            step: FileStep::Grant(file.clone()),
        };
        let attempt = match decide_on(ports, inbound, &review, relation, &grant.into()).await {
            Err(Failure::Refused(refused, review)) => {
                return idempotency::replay_or_refuse(ports, inbound, key, refused, review).await;
            }
            decided => decided?,
        };
        // What is refused costs nobody a grant; what cannot be counted is not granted.
        if !is_counted {
            count(ports, inbound).await?;
            is_counted = true;
        }
        let of_review = Answer::of(&attempt.change, inbound);
        let answer = GrantAnswer {
            id: id.clone(),
            file: new.clone(),
            status: of_review.status,
            version: of_review.version,
            granted_at: inbound.received_at,
        };
        let commit = Commit {
            key: Some(idempotency::record(inbound, key, &answer)),
            ..attempt
        };
        match ports.commit(&commit).await? {
            Committed::Done => {
                committed("grant", of_review);
                return Ok(answer);
            }
            Committed::Raced => raced(),
        }
    }
    Err(Failure::Busy)
}

async fn count(ports: &(impl GrantCounts + ?Sized), inbound: &Inbound<'_>) -> Result<(), Failure> {
    let at = inbound.received_at;
    match ports.count_grant(&inbound.actor.account.key(), at).await? {
        Counted::Counted => Ok(()),
        Counted::NoneLeft => {
            let gone = at.as_second().rem_euclid(HOUR);
            Err(Failure::TooManyGrants(SignedDuration::from_secs(
                HOUR - gone,
            )))
        }
    }
}

/// Leave to upload what was granted, if there is time left and nothing has become of the file yet. Who asks again is
/// asked again: access may have ended since.
async fn leave(
    ports: &(impl ChangePorts + ?Sized),
    store: &(impl Uploads + ?Sized),
    inbound: &Inbound<'_>,
    answer: &GrantAnswer,
) -> Result<Option<Upload>, Failure> {
    let (review, _) = of_either(ports, inbound.actor, &answer.id).await?;
    let file = review.dossier.file(&answer.file);
    // Signatures last whole seconds.
    let left = answer.ends_at().duration_since(inbound.received_at);
    let left = left.min(GRANT_LIFE).as_secs();
    let Some(file) = file.filter(|file| file.state == FileState::Granted && 0 < left) else {
        return Ok(None);
    };
    let place = ObjectPlace {
        review: answer.id.clone(),
        file: answer.file.clone(),
    };
    let left = SignedDuration::from_secs(left);
    Ok(Some(store.upload(&place, &file.file, left).await?))
}
