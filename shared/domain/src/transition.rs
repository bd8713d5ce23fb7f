//! The only place where a review changes.
//!
//! [`transition()`] is total: every status meets every command in one match without a wildcard, so a
//! new status or command does not compile until someone has said what it means. It consumes nothing and
//! writes nothing; what it returns is either the whole next review with the history that led to it, or
//! a refusal that says why. Commits are conditional on the version that was decided on.

use std::fmt;

use jiff::Timestamp;

use crate::event::Party;
use crate::{
    Act, Actor, ActorRef, Certification, Command, CommandName, CommitId, Draft, Entry, Event,
    Fault, Form, Head, InReview, Line, Outline, Owner, People, Relation, RelationshipKind, Review,
    ReviewId, ReviewSubmittedV1, ReviewWithdrawnV1, RuleSet, SealedEntry, Status, StatusName,
    Window, WindowState, Withdrawn, preflight, seal,
};

/// What surrounds a decision. Time enters here and nowhere else.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// When the request arrived at the API (domain.md #17), never when it is handled.
    pub at: Timestamp,
    /// Who asks.
    pub actor: &'a Actor,
    /// What the actor is to the review.
    pub relation: Relation,
    /// The rules of the review's year.
    pub rules: &'a RuleSet,
    /// The window of that year as it was known at `at`.
    pub window: &'a Window,
    /// The attempt that will commit the change.
    pub commit: &'a CommitId,
}

/// What a command does to a review.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The whole next review.
    pub review: Review,
    /// Whether the form has other content than before.
    pub form_changed: bool,
    /// Whether contact or staff are others than before.
    pub people_changed: bool,
    /// The new entries of the history, at least one.
    pub entries: Vec<SealedEntry>,
    /// Events that people are told about, each with the place of its entry.
    pub events: Vec<(u64, Event)>,
}

/// Why a command was refused. Nothing has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Refused {
    /// The status does not allow it.
    NotInStatus(CommandName, StatusName),
    /// The window is not open at the instant of receipt.
    OutsideWindow(Window),
    /// The form has been changed since the person read it; this is its revision now.
    StaleForm(u64),
    /// The review has been changed since the person read it; this is its version now.
    StaleReview(u64),
    /// What was sent, or what is still missing, by pointer.
    Faulty(Vec<Fault>),
}

impl std::error::Error for Refused {}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInStatus(command, status) => {
                write!(
                    f,
                    "A review with the status \"{}\" cannot be {}.",
                    status.label(),
                    command.done()
                )
            }
            Self::OutsideWindow(window) => match window.state() {
                WindowState::Closed(_) => write!(
                    f,
                    "{} A request cannot be begun, changed or submitted after that.",
                    window.sentence()
                ),
                WindowState::Unannounced | WindowState::NotYetOpen(_) | WindowState::Open(_) => {
                    write!(
                        f,
                        "{} A request can be begun, changed and submitted while it is open.",
                        window.sentence()
                    )
                }
            },
            Self::StaleForm(now) => write!(
                f,
                "The form has been changed since you read it; it is now at revision {now}. Read it again, then repeat your change."
            ),
            Self::StaleReview(now) => write!(
                f,
                "The review has been changed since you read it; it is now at version {now}. Read it again, then repeat your change."
            ),
            Self::Faulty(faults) => write!(
                f,
                "There is something to mend: {} fault(s), each named by its place.",
                faults.len()
            ),
        }
    }
}

/// Begins a draft.
///
/// # Errors
/// [`Refused::OutsideWindow`] when the window of the year is not open at `context.at`.
pub fn create(id: ReviewId, name: Line<100>, context: &Context<'_>) -> Result<Change, Refused> {
    within_window(context)?;
    let form = Form::default();
    let outline = Outline {
        year: context.rules.year,
        name,
        owner: Owner {
            account: context.actor.account.key(),
            email: None,
        },
        status: Status::Draft(Draft {}),
        application: None,
        created_at: context.at,
        updated_at: context.at,
        version: 0,
        form_revision: 0,
        form_sha256: form.sha256(),
        head: Head::empty(&id),
        id,
    };
    let people = People {
        contact: own_contact(context.actor),
        staff: Vec::new(),
    };
    let next = Next {
        before: None,
        review: Review {
            outline,
            form,
            people,
        },
        event: None,
    };
    Ok(next.done(
        context,
        Act::DraftCreatedV1 {
            year: context.rules.year,
        },
    ))
}

/// The contact address begins as the account's (domain.md #32).
fn own_contact(actor: &Actor) -> Option<crate::Contact> {
    actor.email.clone().map(|email| crate::Contact {
        email: Some(email),
        ..crate::Contact::default()
    })
}

/// Decides `command` on `review`.
///
/// # Errors
/// [`Refused`] names the reason; the review stays as it is.
pub fn transition(
    review: &Review,
    command: Command,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let refused = Err(Refused::NotInStatus(
        command.name(),
        review.outline.status.name(),
    ));
    match (&review.outline.status, command) {
        (Status::Draft(_), Command::EditForm { revision, patch }) => {
            within_window(context)?;
            if revision != review.outline.form_revision {
                return Err(Refused::StaleForm(review.outline.form_revision));
            }
            let form = review
                .form
                .patched(&patch, context.rules)
                .map_err(Refused::Faulty)?;
            Ok(edit_form(review, form, context))
        }
        (Status::Draft(_) | Status::InReview(_), Command::EditPeople { version, patch }) => {
            if version != review.outline.version {
                return Err(Refused::StaleReview(review.outline.version));
            }
            let people = review.patched_people(&patch).map_err(Refused::Faulty)?;
            let fields = review.people.difference(&people);
            let mut next = Next::of(review);
            next.review.people = people;
            Ok(next.done(context, Act::PeopleEditedV1 { fields }))
        }
        (
            Status::Draft(_),
            Command::Submit {
                form_revision,
                certification,
            },
        ) => submit(review, form_revision, &certification, context),
        (Status::Draft(_), Command::Withdraw) => Ok(withdraw(review, None, context)),
        (Status::InReview(submission), Command::Withdraw) => {
            Ok(withdraw(review, Some(submission), context))
        }
        (Status::InReview(_), Command::EditForm { .. } | Command::Submit { .. })
        | (
            Status::Withdrawn(_),
            Command::EditForm { .. }
            | Command::EditPeople { .. }
            | Command::Submit { .. }
            | Command::Withdraw,
        ) => refused,
    }
}

fn within_window(context: &Context<'_>) -> Result<(), Refused> {
    if context.window.is_open() {
        Ok(())
    } else {
        Err(Refused::OutsideWindow(context.window.clone()))
    }
}

fn edit_form(review: &Review, form: Form, context: &Context<'_>) -> Change {
    let fields = review.form.difference(&form);
    let mut next = Next::of(review);
    next.review.outline.form_revision += u64::from(form != review.form);
    next.review.outline.form_sha256 = form.sha256();
    next.review.outline.application = form.application.clone();
    next.review.form = form;
    let outline = &next.review.outline;
    let act = Act::FormEditedV1 {
        revision: outline.form_revision,
        fields,
        sha256: outline.form_sha256,
    };
    next.done(context, act)
}

fn submit(
    review: &Review,
    form_revision: u64,
    certification: &Certification,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    within_window(context)?;
    let outline = &review.outline;
    if form_revision != outline.form_revision {
        return Err(Refused::StaleForm(outline.form_revision));
    }
    let mut faults = preflight(&review.form, &review.people, context.rules).faults;
    let signed = signed_texts(&review.form, certification, context.rules, &mut faults);
    let Some((certified, disclosed)) = signed.filter(|_| faults.is_empty()) else {
        return Err(Refused::Faulty(faults));
    };
    let act = Act::SubmittedV1 {
        form_revision,
        form_sha256: outline.form_sha256,
        certification: certification.text.clone(),
        certification_sha256: certified.sha256,
        disclosures: certification.disclosures.clone(),
        disclosures_sha256: disclosed.sha256,
    };
    let event = Event::ReviewSubmittedV1(ReviewSubmittedV1 {
        received_at: context.at,
        party: Party::of(outline, &review.form),
        form_sha256: outline.form_sha256,
    });
    let mut next = Next::of(review);
    next.review.outline.status = Status::InReview(InReview {
        received_at: context.at,
        form_revision,
        form_sha256: outline.form_sha256,
        certification: certification.text.clone(),
    });
    Ok(next.telling(event).done(context, act))
}

/// The texts that the certification names, if they are the year's present ones and fit the relationship.
fn signed_texts<'a>(
    form: &Form,
    given: &Certification,
    rules: &'a RuleSet,
    faults: &mut Vec<Fault>,
) -> Option<(&'a crate::Text, &'a crate::Text)> {
    let name = match form
        .relationship
        .as_ref()
        .map(|relationship| relationship.kind)
    {
        Some(RelationshipKind::Clinician) => "certification-clinician",
        Some(_) | None => "certification-on-behalf",
    };
    let mut present = |pointer: &str, given: &crate::TextRef, name: &str| {
        let text = rules.text(name)?;
        if text.reference == *given {
            return Some(text);
        }
        let message = format!(
            "read the present text and sign it as \"{}\"",
            text.reference
        );
        faults.push(Fault::new(pointer, "not_allowed", message));
        None
    };
    let certified = present("/certification/text", &given.text, name);
    let disclosed = present(
        "/certification/disclosures",
        &given.disclosures,
        "disclosures",
    );
    certified.zip(disclosed)
}

fn withdraw(review: &Review, submission: Option<&InReview>, context: &Context<'_>) -> Change {
    let outline = &review.outline;
    let event = Event::ReviewWithdrawnV1(ReviewWithdrawnV1 {
        at: context.at,
        party: Party::of(outline, &review.form),
        submitted_at: submission.map(|submission| submission.received_at),
    });
    let act = Act::WithdrawnV1 {
        from: outline.status.name(),
    };
    let mut next = Next::of(review);
    next.review.outline.status = Status::Withdrawn(Withdrawn {
        at: context.at,
        submission: submission.cloned(),
    });
    next.telling(event).done(context, act)
}

/// A change in the making: the next review, and who changed what when it is sealed.
struct Next<'a> {
    /// `None` for a review that begins.
    before: Option<&'a Review>,
    review: Review,
    event: Option<Event>,
}

impl<'a> Next<'a> {
    fn of(before: &'a Review) -> Self {
        Self {
            before: Some(before),
            review: before.clone(),
            event: None,
        }
    }

    fn telling(self, event: Event) -> Self {
        Self {
            event: Some(event),
            ..self
        }
    }

    /// Moves the version, stamps the clocks and writes the act into the history.
    fn done(mut self, context: &Context<'_>, act: Act) -> Change {
        let outline = &mut self.review.outline;
        outline.version += 1;
        // Requests can be handled in another order than they arrived: the last change is the latest of them.
        outline.updated_at = outline.updated_at.max(context.at);
        match context.relation {
            Relation::Owner => outline.owner.email.clone_from(&context.actor.email),
        }
        let entry = Entry {
            review: outline.id.clone(),
            seq: outline.head.count + 1,
            at: context.at,
            commit: context.commit.clone(),
            actor: ActorRef::new(context.relation, context.actor.account.key()),
            act,
        };
        let (sealed, head) = seal(outline.head, &entry);
        outline.head = head;
        Change {
            form_changed: self
                .before
                .is_none_or(|before| before.form != self.review.form),
            people_changed: self
                .before
                .is_none_or(|before| before.people != self.review.people),
            events: self
                .event
                .into_iter()
                .map(|event| (sealed.seq, event))
                .collect(),
            entries: vec![sealed],
            review: self.review,
        }
    }
}
