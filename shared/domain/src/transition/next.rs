//! A change in the making: the next review, and the acts that will be sealed into its history.

use super::{Change, Context};
use crate::people::Binding;
use crate::waits::took;
use crate::{
    Act, ActorRef, CommandName, Dossier, Entry, Event, Party, Refused, Relation, Review, Status,
    StatusName, Version, preflight, seal,
};

/// The next review, and what will be said of how it came about.
pub(super) struct Next<'a> {
    /// `None` for a review that begins.
    before: Option<&'a Review>,
    pub(super) review: Review,
    acts: Vec<(Act, Option<Event>)>,
}

impl<'a> Next<'a> {
    pub(super) fn of(before: &'a Review) -> Self {
        Self {
            before: Some(before),
            review: before.clone(),
            acts: Vec::new(),
        }
    }

    pub(super) fn beginning(review: Review) -> Self {
        Self {
            before: None,
            review,
            acts: Vec::new(),
        }
    }

    /// Refuses `command` by somebody who saw the review at another version than it is at.
    pub(super) fn seen_at(&self, version: Version, command: CommandName) -> Result<(), Refused> {
        let now = self.review.outline.version;
        if version == now {
            Ok(())
        } else {
            Err(Refused::StaleReview(command, now))
        }
    }

    pub(super) fn status(mut self, status: Status) -> Self {
        self.review.outline.status = status;
        self
    }

    pub(super) fn act(mut self, act: Act) -> Self {
        self.acts.push((act, None));
        self
    }

    /// An act of which people are told.
    pub(super) fn tell(mut self, act: Act, event: Event) -> Self {
        self.acts.push((act, Some(event)));
        self
    }

    /// The party as letters name it.
    pub(super) fn party(&self) -> Party {
        Party::of(&self.review.outline, &self.review.form)
    }

    /// Moves the version, stamps the clocks and writes the acts into the history.
    pub(super) fn done(mut self, context: &Context<'_>) -> Change {
        self.remember(context);
        self.look_over(context);
        self.count_awaited(context);
        let outline = &mut self.review.outline;
        let actor = ActorRef::new(context.relation, context.actor);
        outline.version += 1;
        // Requests can be handled in another order than they arrived: the last change is the latest of them.
        outline.updated_at = outline.updated_at.max(context.at);
        outline.updated_by = actor.clone();
        let mut entries = Vec::new();
        let mut events = Vec::new();
        for (act, event) in self.acts {
            let entry = Entry {
                review: outline.id.clone(),
                seq: outline.head.count + 1,
                at: context.at,
                commit: context.commit.clone(),
                actor: actor.clone(),
                act,
            };
            let (sealed, head) = seal(outline.head, &entry);
            outline.head = head;
            events.extend(event.map(|event| (sealed.seq, event)));
            entries.push(sealed);
        }
        let before = self.before;
        let review = self.review;
        Change {
            form_changed: before.is_none_or(|before| before.form != review.form),
            people_changed: before.is_none_or(|before| before.people != review.people),
            dossier_changed: before.map_or_else(
                || review.dossier != Dossier::default(),
                |before| before.dossier != review.dossier,
            ),
            entries,
            events,
            review,
        }
    }

    /// Keeps whether a draft has all that it needs, in the years that tell it apart: lists have no form to
    /// look at (domain.md #44).
    fn look_over(&mut self, context: &Context<'_>) {
        let Review {
            outline,
            form,
            people,
            ..
        } = &mut self.review;
        if let Status::Draft(draft) = &mut outline.status {
            draft.complete =
                context.rules.draft_complete && preflight(form, people, context.rules).is_ready();
        }
    }

    /// Adds the time that a request for documents took, once it has ended.
    fn count_awaited(&mut self, context: &Context<'_>) {
        let outline = &mut self.review.outline;
        if let Some(Status::AwaitingDocuments(before)) = self.before.map(|it| &it.outline.status)
            && outline.status.name() != StatusName::AwaitingDocuments
        {
            let ended = took(&before.request, context.at);
            outline.awaited = outline.awaited.saturating_add(ended);
        }
    }

    /// Keeps what an acting person's token says now: where letters go, and whose address it is.
    fn remember(&mut self, context: &Context<'_>) {
        let actor = context.actor;
        let account = actor.account.key();
        match context.relation {
            Relation::Owner => {
                self.review.outline.owner.email.clone_from(&actor.email);
            }
            Relation::Staff => {
                let people = &mut self.review.people;
                let known = people.knows(actor);
                let address = people.staff_address(actor).cloned();
                if let Some(address) = address.filter(|_| !known) {
                    people.bound.push(Binding { address, account });
                    self.acts.push((Act::OpenedV1, None));
                }
            }
            Relation::Reviewer | Relation::Administrator => {
                if let Some(assignee) = &mut self.review.outline.casework.assignee
                    && assignee.account == account
                {
                    assignee.email.clone_from(&actor.email);
                }
            }
            Relation::System(_) => {}
        }
    }
}
