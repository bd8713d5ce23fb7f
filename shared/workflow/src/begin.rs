//! Beginning a draft: empty, or as a copy of a request that ended without success.

use domain::{
    Change, CommitId, Context, Line, PerformanceYear, Refused, Relation, Review, ReviewId, copy,
    create,
};

use crate::accept::require_acceptance;
use crate::change::{ATTEMPTS, Answer, committed, of_filer};
use crate::ports::{Acceptances, Commit, Commits, Committed, Keys, Programs, Reviews};
use crate::{Failure, IdempotencyKey, Inbound, Program, idempotency, program};

/// What beginning needs of the world.
pub trait BeginPorts: Acceptances + Commits + Keys + Programs {}

impl<P: Acceptances + Commits + Keys + Programs + ?Sized> BeginPorts for P {}

/// Begins a draft for `year`, owned by the actor.
///
/// # Errors
/// [`Failure::UnknownYear`], [`Failure::StatementNotAccepted`], or a refusal outside the year's window.
pub async fn begin(
    ports: &(impl BeginPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    year: PerformanceYear,
    name: Option<Line<100>>,
) -> Result<Answer, Failure> {
    // domain.md #41
    let name = name.unwrap_or_else(|| "Untitled".parse().expect("a line"));
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        let decide = |id, context: &Context<'_>| create(id, name.clone(), context);
        if let Some(answer) = attempt(ports, inbound, key, year, decide).await? {
            return Ok(answer);
        }
    }
    Err(Failure::Busy)
}

/// Begins a draft as a copy of the review `source`, owned by the actor and named as the source unless
/// `name` says otherwise (domain.md #45).
///
/// # Errors
/// [`Failure::NotFound`] as [`view`](crate::view), [`Failure::StatementNotAccepted`], or a refusal: outside
/// the year's window, or a source that has not ended, or was approved.
pub async fn copy_as_new(
    ports: &(impl BeginPorts + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    source: &ReviewId,
    name: Option<Line<100>>,
) -> Result<Answer, Failure> {
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        let (source, _) = of_filer(ports, inbound.actor, source).await?;
        let Review { outline, .. } = &source;
        let name = name.as_ref().unwrap_or(&outline.name);
        let decide = |id, context: &Context<'_>| copy(&source, id, name.clone(), context);
        if let Some(answer) = attempt(ports, inbound, key, outline.year, decide).await? {
            return Ok(answer);
        }
    }
    Err(Failure::Busy)
}

/// One attempt to begin a review under a new id. `None` when somebody else took the key or the id
/// meanwhile: both are looked at anew.
async fn attempt(
    ports: &(impl BeginPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    year: PerformanceYear,
    decide: impl FnOnce(ReviewId, &Context<'_>) -> Result<Change, Refused>,
) -> Result<Option<Answer>, Failure> {
    require_acceptance(ports, inbound).await?;
    let Program { rules, window, .. } = program(ports, year, inbound.received_at).await?;
    let commit = CommitId::from_random(inbound.entropy.bytes());
    let context = Context {
        at: inbound.received_at,
        actor: inbound.actor,
        relation: Relation::Owner,
        rules,
        window: &window,
        commit: &commit,
    };
    let random = (u128::from_be_bytes(inbound.entropy.bytes()) >> 64) as u64;
    let change = match decide(ReviewId::from_random(year, random), &context) {
        Ok(change) => change,
        Err(refused) => {
            let answer = idempotency::replay_or_refuse(ports, inbound, key, refused, None).await?;
            return Ok(Some(answer));
        }
    };
    let answer = Answer::of(&change, inbound);
    let commit = Commit {
        key: Some(idempotency::record(inbound, key, &answer)),
        ..Commit::new(commit.clone(), None, change, inbound)
    };
    Ok(match ports.commit(&commit).await? {
        Committed::Done => Some(committed("begin", answer)),
        Committed::Raced => None,
    })
}
