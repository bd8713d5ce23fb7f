//! Beginning a draft.

use domain::{
    CommitId, Context, Line, PerformanceYear, Relation, ReviewId, Window, create, rule_set,
};

use crate::accept::require_acceptance;
use crate::change::{ATTEMPTS, Answer, committed};
use crate::ports::{Acceptances, Commit, Commits, Committed, Keys, Programs};
use crate::{Failure, IdempotencyKey, Inbound, idempotency};

/// Begins a draft for `year`, owned by the actor.
///
/// # Errors
/// [`Failure::UnknownYear`], [`Failure::StatementNotAccepted`], or a refusal outside the year's window.
pub async fn begin(
    ports: &(impl Acceptances + Commits + Keys + Programs + ?Sized),
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
        require_acceptance(ports, inbound).await?;
        let rules = rule_set(year)?;
        let changes = ports.window_changes(year).await?;
        let window = Window::at(inbound.received_at, rules.window.iter().chain(&changes));
        let commit = CommitId::from_random(inbound.entropy.bytes());
        let [random, _] = halves(inbound.entropy.bytes());
        let context = Context {
            at: inbound.received_at,
            actor: inbound.actor,
            relation: Relation::Owner,
            rules,
            window: &window,
            commit: &commit,
        };
        let change = match create(ReviewId::from_random(year, random), name.clone(), &context) {
            Ok(change) => change,
            Err(refused) => {
                return idempotency::replay_or_refuse(ports, inbound, key, refused, None).await;
            }
        };
        let answer = Answer::of(&change, inbound);
        let commit = Commit {
            id: commit,
            loaded: None,
            outbox: Vec::new(),
            key: Some(idempotency::record(inbound, key, &answer)),
            change,
        };
        match ports.commit(&commit).await? {
            Committed::Done => return Ok(committed("begin", answer)),
            // The key is taken by now, or the id was: both are looked at anew.
            Committed::Raced => {}
        }
    }
    Err(Failure::Busy)
}

fn halves(bytes: [u8; 16]) -> [u64; 2] {
    let whole = u128::from_be_bytes(bytes);
    [(whole >> 64) as u64, whole as u64]
}
