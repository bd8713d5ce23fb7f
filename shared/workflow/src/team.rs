//! The review team's side of a review: what it sees, and what it does.
//!
//! It is the filers' side in a mirror. [`of_team`] lets in whoever is reviewer or administrator *to this
//! review*, and answers everybody else as it answers an unknown id: people without a role, reviewers of a
//! draft, those with an interest in the request, and those who declared a conflict (domain.md #51). The
//! statement of truth is a filer's: it speaks of what the filer claims and signs (domain.md #26), so nobody
//! of the team is asked to accept it.

use domain::{
    Actor, CaseStep, Command, Comment, Note, Readers, Relation, Review, ReviewId, Side, TeamLine,
    Tin, relation, rule_set, team_log,
};

use crate::change::{Answer, decide_on, once};
use crate::correspondence::{Told, told};
use crate::ports::{Comments, Commits, Correspondence, Histories, Keys, Notes, Programs, Reviews};
use crate::{Failure, IdempotencyKey, Inbound, View, Wish};

/// What the team's changes need of the world.
pub trait TeamPorts: Commits + Keys + Programs + Reviews {}

impl<P: Commits + Keys + Programs + Reviews + ?Sized> TeamPorts for P {}

/// Does what somebody of the team wishes under an idempotency key and returns the answer that the key
/// stands for.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn team_change(
    ports: &(impl TeamPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    wish: impl Into<Wish>,
) -> Result<Answer, Failure> {
    let wish = wish.into();
    let attempt = async || {
        let (review, relation) = of_team(ports, inbound.actor, id).await?;
        decide_on(ports, inbound, &review, relation, &wish).await
    };
    once(ports, inbound, key, attempt).await
}

/// Shows a review to somebody of the team. Looking changes nothing.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that is not for the actor to see.
pub async fn team_view(
    reviews: &(impl Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<View, Failure> {
    let (review, relation) = of_team(reviews, inbound.actor, id).await?;
    Ok(View { review, relation })
}

/// The private notes about a review, the first first.
///
/// # Errors
/// [`Failure::NotFound`] as [`team_view`].
pub async fn notes(
    ports: &(impl Notes + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<Note>, Failure> {
    team_view(ports, inbound, id).await?;
    Ok(ports.notes(id).await?)
}

/// What both sides wrote to each other, the first first. What filers wrote on a draft is their own
/// (domain.md #49).
///
/// # Errors
/// [`Failure::NotFound`] as [`team_view`].
pub async fn team_comments(
    ports: &(impl Comments + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<Comment>, Failure> {
    team_view(ports, inbound, id).await?;
    let mut comments = ports.comments(id).await?;
    comments.retain(|comment| comment.readers == Readers::BothSides);
    Ok(comments)
}

/// The whole log of a review, internal acts included.
///
/// # Errors
/// [`Failure::NotFound`] as [`team_view`].
pub async fn team_history(
    ports: &(impl Histories + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<TeamLine>, Failure> {
    let View { review, .. } = team_view(ports, inbound, id).await?;
    let rules = rule_set(review.outline.year)?;
    let mut entries = ports.entries(id).await?;
    entries.retain(|entry| entry.seq <= review.outline.head.count);
    Ok(team_log(
        &review,
        rules,
        &inbound.actor.account.key(),
        &entries,
    ))
}

/// What both sides were told of a review by mail, and what became of each letter.
///
/// # Errors
/// [`Failure::NotFound`] as [`team_view`].
pub async fn team_correspondence(
    ports: &(impl Correspondence + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
) -> Result<Vec<Told>, Failure> {
    team_view(ports, inbound, id).await?;
    Ok(told(ports, id, &[Side::Filer, Side::Team]).await?)
}

/// The full TINs of a review, for one who was seen to look at them.
pub struct Revealed {
    /// What the log now says.
    pub answer: Answer,
    /// Each with its place in the form, by pointer.
    pub tins: Vec<(&'static str, Tin)>,
}

/// Reveals the full TINs, on the record (domain.md #51, #60).
///
/// The record of the key holds the answer to every command, and that has no TIN in it: it would lie in
/// clear for a day. The TINs are read from the review itself, each time the same request comes again; it is
/// then on record that they were shown, by whom and when, which is what the log is for. Who may not see the
/// review any more gets no TIN on the strength of an old key.
///
/// # Errors
/// [`Failure`] says why not; nothing is shown then.
pub async fn reveal_tin(
    ports: &(impl TeamPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
) -> Result<Revealed, Failure> {
    let reveal = Command::Case(CaseStep::RevealTin);
    let answer = team_change(ports, inbound, key, id, reveal).await?;
    let View { review, .. } = team_view(ports, inbound, id).await?;
    let rules = rule_set(review.outline.year)?;
    Ok(Revealed {
        answer,
        tins: review.claimed(rules).tins(),
    })
}

/// The review, and what the actor is to it, if the actor is of the review team to it.
async fn of_team(
    reviews: &(impl Reviews + ?Sized),
    actor: &Actor,
    id: &ReviewId,
) -> Result<(Review, Relation), Failure> {
    let review = reviews.load(id).await?.ok_or(Failure::NotFound)?;
    match relation(&review, actor) {
        Some(relation @ (Relation::Reviewer | Relation::Administrator)) => Ok((review, relation)),
        Some(Relation::Owner | Relation::Staff | Relation::System(_)) | None => {
            Err(Failure::NotFound)
        }
    }
}
