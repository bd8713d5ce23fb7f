//! Accepting the statement of truth (domain.md #26).

use domain::{Acceptance, Digest, TextRef, statement_of_truth};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::change::ATTEMPTS;
use crate::ports::{Acceptances, Committed, Keys};
use crate::{Failure, IdempotencyKey, Inbound, idempotency};

/// What is on record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptanceAnswer {
    /// Which version.
    pub text: TextRef,
    /// The hash of what was accepted.
    pub sha256: Digest,
    /// When it was first accepted.
    pub accepted_at: Timestamp,
}

/// Records that the actor accepts the present statement of truth. Accepting it again changes nothing.
///
/// # Errors
/// [`Failure::NotThePresentStatement`] when `text` is another version.
pub async fn accept_statement(
    ports: &(impl Acceptances + Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    text: &TextRef,
) -> Result<AcceptanceAnswer, Failure> {
    let account = inbound.actor.account.key();
    let present = statement_of_truth();
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        if *text != present.reference {
            return Err(Failure::NotThePresentStatement(present.reference.clone()));
        }
        let on_record = ports.acceptance(&account, text).await?;
        if let Some(Acceptance {
            text, sha256, at, ..
        }) = on_record
        {
            return Ok(AcceptanceAnswer {
                text,
                sha256,
                accepted_at: at,
            });
        }
        let acceptance = Acceptance {
            account: account.clone(),
            at: inbound.received_at,
            text: text.clone(),
            sha256: present.sha256,
        };
        let answer = AcceptanceAnswer {
            text: text.clone(),
            sha256: present.sha256,
            accepted_at: acceptance.at,
        };
        match ports
            .accept(&acceptance, &idempotency::record(inbound, key, &answer))
            .await?
        {
            Committed::Done => return Ok(answer),
            Committed::Raced => {}
        }
    }
    Err(Failure::Busy)
}

/// The first write needs the present statement's acceptance on record.
pub(crate) async fn require_acceptance(
    ports: &(impl Acceptances + ?Sized),
    inbound: &Inbound<'_>,
) -> Result<(), Failure> {
    let present = &statement_of_truth().reference;
    match ports
        .acceptance(&inbound.actor.account.key(), present)
        .await?
    {
        Some(_) => Ok(()),
        None => Err(Failure::StatementNotAccepted(present.clone())),
    }
}
