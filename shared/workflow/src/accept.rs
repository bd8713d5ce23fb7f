//! Accepting the statement of truth (domain.md #26).

use domain::{
    Acceptance, Acceptor, Actor, Digest, Fault, OrganizationKey, Refused, TextRef,
    statement_of_truth,
};
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

/// In whose name a person accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InNameOf {
    /// The person's own.
    Oneself,
    /// Of the person's organisation, for its machine clients.
    Organization,
}

/// Records that the actor accepts the present statement of truth. Accepting it again changes nothing.
///
/// # Errors
/// [`Failure::NotThePresentStatement`] when `text` is another version; a fault when the actor has no
/// organisation to accept for, or is a machine client itself.
pub async fn accept_statement(
    ports: &(impl Acceptances + Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    text: &TextRef,
    name: InNameOf,
) -> Result<AcceptanceAnswer, Failure> {
    let present = statement_of_truth();
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        if *text != present.reference {
            return Err(Failure::NotThePresentStatement(present.reference.clone()));
        }
        let acceptance = Acceptance {
            account: inbound.actor.account.key(),
            organization: spoken_for(inbound.actor, name)?,
            at: inbound.received_at,
            text: text.clone(),
            sha256: present.sha256,
        };
        let on_record = ports.acceptance(&acceptance.acceptor(), text).await?;
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

/// The organisation, if it is accepted for one. Only a person whom the issuer names can speak for others.
fn spoken_for(actor: &Actor, name: InNameOf) -> Result<Option<OrganizationKey>, Failure> {
    match name {
        InNameOf::Oneself => Ok(None),
        InNameOf::Organization => {
            let named = actor.organization_key().filter(|_| actor.email.is_some());
            let fault = || {
                let message = "your sign-in names no organization, or no verified address of yours; a named person of the organization accepts for it";
                let fault = Fault::new("/for_organization", "not_allowed", message);
                Failure::Refused(Refused::Faulty(vec![fault]), None)
            };
            named.map(Some).ok_or_else(fault)
        }
    }
}

/// The first write needs the present statement's acceptance on record.
pub(crate) async fn require_acceptance(
    ports: &(impl Acceptances + ?Sized),
    inbound: &Inbound<'_>,
) -> Result<(), Failure> {
    let present = &statement_of_truth().reference;
    match ports
        .acceptance(&Acceptor::of(inbound.actor), present)
        .await?
    {
        Some(_) => Ok(()),
        None => Err(Failure::StatementNotAccepted(present.clone())),
    }
}
