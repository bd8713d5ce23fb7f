//! The exact letters that a command of the review team would cause, before it is given (domain.md #53).
//!
//! It decides the command as its own door would, on the review as it is now and at the instant of asking, and
//! packs the outbox entries as a commit would; then it throws all of that away. Nothing is written, queued or
//! claimed. The letters are rendered by whoever renders them for the mail, so a preview cannot say anything else
//! than the mail. What it cannot know is the future: whoever is faster, and a due day that counts from the day of
//! asking, may still change between a preview and the command.

use domain::{Detail, EventKind, OutboxEntry, Recipient, ReviewId, Side};

use crate::change::decide_on;
use crate::ports::{Programs, Reviews};
use crate::team::of_team;
use crate::{Failure, Inbound, Wish};

/// What looking ahead needs of the world: nothing that writes.
pub trait PreviewPorts: Programs + Reviews {}

impl<P: Programs + Reviews + ?Sized> PreviewPorts for P {}

/// A letter that would be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Previewed<L> {
    /// What it would tell of.
    pub event: EventKind,
    /// Whom it would go to, masked.
    pub to: String,
    /// On which side the reader stands.
    pub side: Side,
    /// How much it would say.
    pub detail: Detail,
    /// The letter.
    pub letter: L,
}

/// The letters that `wish` would cause if the actor gave it now, each with its reader, in the order of events.
/// `render` writes a letter as it is written for the mail.
///
/// # Errors
/// As the command itself: [`Failure::NotFound`] for who is not of the review team to it, and a refusal.
pub async fn preview<L>(
    ports: &(impl PreviewPorts + ?Sized),
    inbound: &Inbound<'_>,
    id: &ReviewId,
    wish: impl Into<Wish>,
    render: impl Fn(&OutboxEntry, &Recipient) -> L,
) -> Result<Vec<Previewed<L>>, Failure> {
    let wish = wish.into();
    let (review, relation) = of_team(ports, inbound.actor, id).await?;
    let commit = decide_on(ports, inbound, &review, relation, &wish).await?;
    let letters = |entry: &OutboxEntry| {
        let letter = |recipient: &Recipient| Previewed {
            event: entry.event.kind(),
            to: recipient.address.masked(),
            side: recipient.side,
            detail: recipient.detail,
            letter: render(entry, recipient),
        };
        entry.recipients.iter().map(letter).collect::<Vec<_>>()
    };
    Ok(commit.outbox.iter().flat_map(letters).collect())
}
