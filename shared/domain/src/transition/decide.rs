//! Deciding a review, alone or by two people (domain.md #6, #7, #51).

use super::casework::works_on;
use super::next::Next;
use super::{Change, Context};
use crate::{
    AccountKey, Act, Approved, CommandName, CopyUntil, Decision, DecisionStep, Denial, Denied,
    Digest, Event, FileState, InReview, OutcomeBy, OutcomeV1, Proposal, Refused, Review, Ruling,
    Side, Status, Unfit, Verdict, WindowState,
};

pub(super) fn step(
    next: Next<'_>,
    now: &InReview,
    step: DecisionStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    match step {
        DecisionStep::Rule {
            version,
            ruling,
            second_person,
        } => {
            works_on(&next.review, context)?;
            if now.proposal.is_some() {
                return Err(Unfit::ProposalPending.into());
            }
            let claimed = next.review.claimed(context.rules);
            let faults = ruling.faults(&claimed.issues, context.rules);
            if !faults.is_empty() {
                return Err(Refused::Faulty(faults));
            }
            nothing_being_checked(&next.review)?;
            next.seen_at(version, CommandName::Rule)?;
            if second_person || context.rules.second_person {
                Ok(propose(next, now, ruling, context))
            } else {
                let first = context.actor.account.key();
                Ok(decide(next, now, ruling, first, None, context))
            }
        }
        DecisionStep::Confirm { version } => {
            let proposal = now.proposal.clone().ok_or(Unfit::NoProposal)?;
            let second = context.actor.account.key();
            if proposal.first == second {
                return Err(Unfit::SamePerson.into());
            }
            nothing_being_checked(&next.review)?;
            next.seen_at(version, CommandName::ConfirmRuling)?;
            let Proposal { first, ruling, .. } = proposal;
            Ok(decide(next, now, ruling, first, Some(second), context))
        }
        DecisionStep::SendBack => {
            if now.proposal.is_none() {
                return Err(Unfit::NoProposal.into());
            }
            let status = Status::InReview(InReview {
                proposal: None,
                ..now.clone()
            });
            Ok(next.status(status).act(Act::RulingSentBackV1).done(context))
        }
    }
}

/// The hash of a ruling as it is stored.
pub(super) fn ruling_sha256(ruling: &Ruling) -> Digest {
    let bytes = serde_json::to_vec(ruling).expect("a ruling is made of texts and lists");
    Digest::of(&[&bytes])
}

/// No decision on half a picture: a file of the filer's that has come is checked first.
fn nothing_being_checked(review: &Review) -> Result<(), Refused> {
    let being_checked =
        review.dossier.files.iter().any(|file| {
            file.side == Side::Filer && matches!(file.state, FileState::Received { .. })
        });
    if being_checked {
        Err(Unfit::FilesPending.into())
    } else {
        Ok(())
    }
}

fn propose(next: Next<'_>, now: &InReview, ruling: Ruling, context: &Context<'_>) -> Change {
    let sha256 = ruling_sha256(&ruling);
    let status = Status::InReview(InReview {
        proposal: Some(Proposal {
            at: context.at,
            first: context.actor.account.key(),
            ruling,
        }),
        ..now.clone()
    });
    let act = Act::RulingProposedV1 { sha256 };
    next.status(status).act(act).done(context)
}

fn decide(
    next: Next<'_>,
    now: &InReview,
    ruling: Ruling,
    first: AccountKey,
    second: Option<AccountKey>,
    context: &Context<'_>,
) -> Change {
    let approved = ruling.grants();
    let granted = ruling.findings.iter();
    let granted = granted.filter(|finding| finding.verdict == Verdict::Granted);
    let act = Act::DecidedV1 {
        approved,
        granted: granted.map(|finding| finding.issue).collect(),
        sha256: ruling_sha256(&ruling),
        first: second.is_some().then(|| first.clone()),
    };
    let by = OutcomeBy::Team {
        ruling: ruling.clone(),
    };
    let event = outcome(&next, approved, by, context);
    let submission = now.submission.clone();
    let decision = Decision {
        at: context.at,
        first,
        second,
        ruling,
        before: Vec::new(),
    };
    let status = if approved {
        Status::Approved(Approved {
            submission,
            decision,
            clerical: None,
        })
    } else {
        Status::Denied(Denied {
            submission,
            denial: Denial::Person { decision },
            clerical: None,
        })
    };
    let mut next = next.status(status).tell(act, event);
    next.review.outline.handover = None;
    next.done(context)
}

/// The outcome as its letter tells it, with what can still be done (domain.md #53).
pub(super) fn outcome(
    next: &Next<'_>,
    approved: bool,
    by: OutcomeBy,
    context: &Context<'_>,
) -> Event {
    let copy_until = match context.window.state() {
        WindowState::Open(closes) if !approved => Some(CopyUntil { closes }),
        WindowState::Open(_)
        | WindowState::Unannounced
        | WindowState::NotYetOpen(_)
        | WindowState::Closed(_) => None,
    };
    Event::OutcomeV1(OutcomeV1 {
        party: next.party(),
        approved,
        by,
        keep_until: context.rules.keep_until,
        copy_until,
    })
}
