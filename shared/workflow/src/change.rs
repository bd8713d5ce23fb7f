//! Changing a review by a command.

use domain::{
    Actor, Change, Command, CommitId, Context, Digest, EventKind, Relation, Review, ReviewId, Side,
    StatusName, Version, relation, transition,
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::accept::require_acceptance;
use crate::ports::{Acceptances, Commit, Commits, Committed, Keys, Programs, Reviews};
use crate::{Failure, IdempotencyKey, Inbound, Program, Wish, idempotency, program};

/// How often a command is decided anew when others are faster. The store rests after each lost race: of twenty writers
/// of one review, as when a person sends all files of a review at once, about one in a thousand loses this often.
pub(crate) const ATTEMPTS: u32 = 30;

/// The answer to a command: small, for it is remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The review.
    pub id: ReviewId,
    /// Where it stands now.
    pub status: StatusName,
    /// Its version now.
    pub version: Version,
    /// Its form's revision now.
    pub form_revision: u64,
    /// The hash of its form's stored bytes.
    pub form_sha256: Digest,
    /// When the request was received.
    pub received_at: Timestamp,
}

impl Answer {
    pub(crate) fn of(change: &Change, inbound: &Inbound<'_>) -> Self {
        let outline = &change.review.outline;
        Self {
            id: outline.id.clone(),
            status: outline.status.name(),
            version: outline.version,
            form_revision: outline.form_revision,
            form_sha256: outline.form_sha256,
            received_at: inbound.received_at,
        }
    }
}

/// What changing a review needs of the world.
pub trait ChangePorts: Acceptances + Commits + Keys + Programs + Reviews {}

impl<P: Acceptances + Commits + Keys + Programs + Reviews + ?Sized> ChangePorts for P {}

/// Does what the filer wishes under an idempotency key and returns the answer that the key stands for.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn change(
    ports: &(impl ChangePorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    wish: impl Into<Wish>,
) -> Result<Answer, Failure> {
    let wish = wish.into();
    once(ports, inbound, key, || decide(ports, inbound, id, &wish)).await
}

/// Does a filer's command, which names the state it was based on, and returns the whole review after it.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn edit(
    ports: &(impl ChangePorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    command: &Command,
) -> Result<Review, Failure> {
    let wish = command.into();
    for _ in 0..ATTEMPTS {
        let commit = decide(ports, inbound, id, &wish).await?;
        match ports.commit(&commit).await? {
            Committed::Done => {
                committed("edit", Answer::of(&commit.change, inbound));
                return Ok(commit.change.review);
            }
            Committed::Raced => raced(),
        }
    }
    Err(Failure::Busy)
}

/// Commits what `attempt` decides, once under its key: an answer that was given is given again, and what
/// raced is decided anew.
pub(crate) async fn once<A: Future<Output = Result<Commit, Failure>>>(
    ports: &(impl Commits + Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    attempt: impl Fn() -> A,
) -> Result<Answer, Failure> {
    once_answering(ports, inbound, key, attempt, |answer| answer).await
}

/// As [`once`]; what is remembered and given is made of the answer.
pub(crate) async fn once_answering<T, A>(
    ports: &(impl Commits + Keys + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    attempt: impl Fn() -> A,
    given: impl Fn(Answer) -> T,
) -> Result<T, Failure>
where
    T: Serialize + DeserializeOwned,
    A: Future<Output = Result<Commit, Failure>>,
{
    for _ in 0..ATTEMPTS {
        if let Some(answer) = idempotency::replay(ports, inbound, key).await? {
            return Ok(answer);
        }
        let attempt = match attempt().await {
            Err(Failure::Refused(refused, review)) => {
                return idempotency::replay_or_refuse(ports, inbound, key, refused, review).await;
            }
            decided => decided?,
        };
        let answer = Answer::of(&attempt.change, inbound);
        let remembered = given(answer.clone());
        let commit = Commit {
            key: Some(idempotency::record(inbound, key, &remembered)),
            ..attempt
        };
        match ports.commit(&commit).await? {
            Committed::Done => {
                committed("change", answer);
                if has_submitted(&commit.change) {
                    tracing::debug!(count.submissions = 1, "submitted");
                }
                return Ok(remembered);
            }
            Committed::Raced => raced(),
        }
    }
    Err(Failure::Busy)
}

/// Loads what the decision looks at, decides, and packs the commit.
pub(crate) async fn decide(
    ports: &(impl ChangePorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    wish: &Wish,
) -> Result<Commit, Failure> {
    let (review, relation) = of_filer(ports, inbound.actor, id).await?;
    require_acceptance(ports, inbound).await?;
    decide_on(ports, inbound, &review, relation, wish).await
}

/// Decides the wish on the review as it was loaded.
pub(crate) async fn decide_on(
    ports: &(impl Programs + ?Sized),
    inbound: &Inbound<'_>,
    review: &Review,
    relation: Relation,
    wish: &Wish,
) -> Result<Commit, Failure> {
    let year = review.outline.year;
    let Program { rules, window, .. } = program(ports, year, inbound.received_at).await?;
    let commit = CommitId::from_random(inbound.entropy.bytes());
    let context = Context {
        at: inbound.received_at,
        actor: inbound.actor,
        relation,
        rules,
        window: &window,
        commit: &commit,
    };
    match transition(review, wish.command.clone(), &context) {
        Ok(change) => Ok(Commit {
            words: wish.words(&change),
            ..Commit::new(commit.clone(), Some(review), change, inbound)
        }),
        Err(refused) => Err(Failure::Refused(refused, Some(Box::new(review.clone())))),
    }
}

fn has_submitted(change: &Change) -> bool {
    let mut events = change.events.iter();
    events.any(|(_, event)| event.kind() == EventKind::ReviewSubmitted)
}

/// Tells that somebody else was faster, and that it is decided anew.
pub(crate) fn raced() {
    tracing::debug!(count.commands_raced = 1, "raced");
}

/// Tells what was committed.
pub(crate) fn committed(use_case: &'static str, answer: Answer) -> Answer {
    tracing::debug!(use_case, review = %answer.id, version = answer.version, status = ?answer.status, "committed");
    answer
}

/// The review, and what the actor is to it. The filer's doors are for the filer's side alone: the review
/// team has doors of its own.
pub(crate) async fn of_filer(
    reviews: &(impl Reviews + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<(Review, Relation), Failure> {
    let review = reviews.load(id).await?.ok_or(Failure::NotFound)?;
    match relation(&review, actor) {
        Some(relation) if relation.side() == Side::Filer => Ok((review, relation)),
        Some(_) | None => Err(Failure::NotFound),
    }
}
