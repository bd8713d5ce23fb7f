//! What both sides write to each other (domain.md #49).
//!
//! A comment is answered with the id that it was given: files that go with it come after it and name it, so
//! that nobody has to invent ids, and a comment is never kept waiting for an upload. Who writes comes in by
//! the door of their own side; what they may then read is one rule, [`Readers`].

use domain::{
    Attachment, Comment, CommentId, CommentText, Fault, Place, Readers, Refused, Review, ReviewId,
    Side, StatusName,
};
use serde::{Deserialize, Serialize};

use crate::change::{Answer, ChangePorts, decide, once_answering};
use crate::ports::{Comments, Reviews};
use crate::read::OpenPorts;
use crate::team::{TeamPorts, team_decision};
use crate::{Failure, IdempotencyKey, Inbound, View, Wish, team_view, view};

/// The most comments of one page.
const PAGE: usize = 50;
/// The most HTML of one page, in bytes, but for a single comment: a reply ends at 6 MB, and holds each text twice.
const PAGE_BYTES: usize = 1024 * 1024;

/// The answer to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentAnswer {
    /// What the review is now.
    pub answer: Answer,
    /// The comment's id.
    pub comment: CommentId,
}

/// Puts a filer's comment on record, once under an idempotency key.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn comment(
    ports: &(impl ChangePorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    text: CommentText,
) -> Result<CommentAnswer, Failure> {
    let (wish, comment) = Wish::comment(inbound, text);
    let attempt = async || decide(ports, inbound, id, &wish).await;
    let given = |answer| CommentAnswer {
        answer,
        comment: comment.clone(),
    };
    once_answering(ports, inbound, key, attempt, given).await
}

/// Puts a comment of somebody of the team on record, once under an idempotency key.
///
/// # Errors
/// [`Failure`] says why not; nothing has changed then.
pub async fn team_comment(
    ports: &(impl TeamPorts + ?Sized),
    inbound: &Inbound<'_>,
    key: &IdempotencyKey,
    id: &ReviewId,
    text: CommentText,
) -> Result<CommentAnswer, Failure> {
    let (wish, comment) = Wish::comment(inbound, text);
    let attempt = async || team_decision(ports, inbound, id, &wish).await;
    let given = |answer| CommentAnswer {
        answer,
        comment: comment.clone(),
    };
    once_answering(ports, inbound, key, attempt, given).await
}

/// Part of the comments that somebody may read, the first first.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentsPage {
    /// The comments.
    pub comments: Vec<Comment>,
    /// The place of the last one, after which the next page begins; `None` at the end.
    pub next: Option<u64>,
    /// The review, with the people who wrote and the files that hang on the comments.
    pub review: Review,
}

impl CommentsPage {
    /// The files of one of the comments.
    pub fn files(&self, comment: &Comment) -> impl Iterator<Item = &Attachment> {
        let files = self.review.dossier.files.iter();
        files.filter(|file| file.hangs_on(&comment.id))
    }

    fn of(review: Review, all: Vec<Comment>, side: Side, after: Option<u64>) -> Self {
        let wanted = |comment: &Comment| {
            comment.readers.include(side) && after.is_none_or(|after| after < comment.seq)
        };
        let mut bytes = 0;
        let mut rest = all.into_iter().filter(wanted).peekable();
        let mut comments = Vec::new();
        while let Some(comment) = rest.next_if(|next| {
            let length = next.text.html().len();
            comments.is_empty() || (comments.len() < PAGE && bytes + length <= PAGE_BYTES)
        }) {
            bytes += comment.text.html().len();
            comments.push(comment);
        }
        let last = comments.last().map(|last| last.seq);
        Self {
            next: last.filter(|_| rest.peek().is_some()),
            comments,
            review,
        }
    }
}

/// What a filer may read: everything. `after` is the place of the last one that was seen.
///
/// # Errors
/// [`Failure::NotFound`] for a review that is not there and for one that is not the actor's.
pub async fn comments(
    ports: &(impl OpenPorts + Comments + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    after: Option<u64>,
) -> Result<CommentsPage, Failure> {
    let View { review, .. } = view(ports, inbound, id).await?;
    let all = on_record(ports, &review).await?;
    Ok(CommentsPage::of(review, all, Side::Filer, after))
}

/// What the team may read: what was written since the submission. What filers wrote on a draft is their own.
///
/// # Errors
/// [`Failure::NotFound`] as [`team_view`].
pub async fn team_comments(
    ports: &(impl Comments + Reviews + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    after: Option<u64>,
) -> Result<CommentsPage, Failure> {
    let View { review, .. } = team_view(ports, inbound, id).await?;
    let all = on_record(ports, &review).await?;
    Ok(CommentsPage::of(review, all, Side::Team, after))
}

/// The comments that this state of the review counts: one that came a moment later has people and files that
/// are not in it.
async fn on_record(
    comments: &(impl Comments + ?Sized),
    review: &Review,
) -> Result<Vec<Comment>, Failure> {
    let mut all = comments.comments(&review.outline.id).await?;
    all.retain(|comment| comment.seq <= review.outline.head.count);
    Ok(all)
}

/// Refuses a file that would hang on a comment which is not there for its sender, or is not of their side, or
/// stayed behind with the draft.
pub(crate) async fn takes_files(
    comments: &(impl Comments + ?Sized),
    review: &Review,
    place: &Place,
    side: Side,
) -> Result<(), Failure> {
    let Place::Comment { comment } = place else {
        return Ok(());
    };
    let all = comments.comments(&review.outline.id).await?;
    let found = all
        .iter()
        .find(|one| one.id == *comment && one.readers.include(side));
    let is_draft = review.outline.status.name() == StatusName::Draft;
    let (code, message) = match found {
        None => (
            "unknown",
            "is no comment of this review: write the comment first, then name the id that it was given",
        ),
        Some(found) if found.side() != side => (
            "not_allowed",
            "is a comment of the other side: write one of your own, and add the file to that",
        ),
        Some(found) if found.readers != Readers::BothSides && !is_draft => (
            "not_allowed",
            "was written on the draft and stays with the filers: write a new comment, and add the file to that",
        ),
        Some(_) => return Ok(()),
    };
    let fault = Fault::new("/place/comment", code, message);
    Err(Failure::Refused(
        Refused::Faulty(vec![fault]),
        Some(Box::new(review.clone())),
    ))
}
