//! What may still happen to a decision: scores that come later, and a clerical correction by two people
//! (domain.md #6, #46, #57).

use super::decide::ruling_sha256;
use super::next::Next;
use super::{Change, Context};
use crate::{
    Act, Approved, ClericalProposal, ClericalStep, CommandName, Decision, DecisionCorrectedV1,
    Denial, Denied, Digest, Event, Finding, Issue, MAX_CLERICAL, Proposal, Refused, RevisedScores,
    Ruling, ScoresRevisedV1, Status, Superseded, Unfit,
};

/// Takes the scores of an approval, now or again.
pub(super) fn revise_scores(
    next: Next<'_>,
    now: &Approved,
    scores: RevisedScores,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let faults = scores.faults(context.rules);
    if !faults.is_empty() {
        return Err(Refused::Faulty(faults));
    }
    if scores == now.decision.ruling.scores {
        return Err(Unfit::NothingToDo.into());
    }
    let bytes = serde_json::to_vec(&scores).expect("scores are made of texts and lists");
    let act = Act::ScoresRevisedV1 {
        sha256: Digest::of(&[&bytes]),
    };
    let event = Event::ScoresRevisedV1(ScoresRevisedV1 {
        party: next.party(),
        scores: scores.clone(),
    });
    let mut approved = now.clone();
    approved.decision.ruling.scores = scores;
    let status = Status::Approved(approved);
    Ok(next.status(status).tell(act, event).done(context))
}

pub(super) fn of_approval(
    next: Next<'_>,
    now: &Approved,
    step: ClericalStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let with = |decision, clerical| {
        Status::Approved(Approved {
            decision,
            clerical,
            ..now.clone()
        })
    };
    correct(
        next,
        &now.decision,
        now.clerical.as_ref(),
        step,
        with,
        context,
    )
}

/// A denial by the clock holds no ruling in which something could be mistyped.
pub(super) fn of_denial(
    next: Next<'_>,
    now: &Denied,
    step: ClericalStep,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let Denial::Person { decision } = &now.denial else {
        return Err(Unfit::NotThere.into());
    };
    let with = |decision, clerical| {
        Status::Denied(Denied {
            denial: Denial::Person { decision },
            clerical,
            ..now.clone()
        })
    };
    correct(next, decision, now.clerical.as_ref(), step, with, context)
}

fn correct(
    next: Next<'_>,
    decision: &Decision,
    open: Option<&ClericalProposal>,
    step: ClericalStep,
    with: impl FnOnce(Decision, Option<ClericalProposal>) -> Status,
    context: &Context<'_>,
) -> Result<Change, Refused> {
    let account = context.actor.account.key();
    match step {
        ClericalStep::Propose { ruling, why } => {
            if open.is_some() {
                return Err(Unfit::ProposalPending.into());
            }
            if decision.before.len() >= MAX_CLERICAL {
                return Err(Unfit::ClericalFull.into());
            }
            may_stand_for(&ruling, &decision.ruling, context)?;
            let act = Act::ClericalProposedV1 {
                sha256: ruling_sha256(&ruling),
                why_sha256: Digest::of(&[why.reveal().as_bytes()]),
            };
            let proposal = Proposal {
                at: context.at,
                first: account,
                ruling,
            };
            let status = with(decision.clone(), Some(ClericalProposal { why, proposal }));
            Ok(next.status(status).act(act).done(context))
        }
        ClericalStep::Confirm { version } => {
            let ClericalProposal { why, proposal } = open.ok_or(Unfit::NoProposal)?;
            if proposal.first == account {
                return Err(Unfit::SamePerson.into());
            }
            next.seen_at(version, CommandName::ConfirmClerical)?;
            let act = Act::ClericallyCorrectedV1 {
                first: proposal.first.clone(),
                old_sha256: ruling_sha256(&decision.ruling),
                new_sha256: ruling_sha256(&proposal.ruling),
            };
            let event = Event::DecisionCorrectedV1(DecisionCorrectedV1 {
                party: next.party(),
                ruling: proposal.ruling.clone(),
            });
            let mut corrected = decision.clone();
            let old = std::mem::replace(&mut corrected.ruling, proposal.ruling.clone());
            corrected.before.push(Superseded {
                at: context.at,
                first: proposal.first.clone(),
                second: account,
                why: why.clone(),
                ruling: old,
            });
            let status = with(corrected, None);
            Ok(next.status(status).tell(act, event).done(context))
        }
        ClericalStep::Drop => {
            open.ok_or(Unfit::NoProposal)?;
            let status = with(decision.clone(), None);
            Ok(next
                .status(status)
                .act(Act::ClericalDroppedV1)
                .done(context))
        }
    }
}

/// A correction mends codes, words and figures: what was granted, and so the outcome, stays.
fn may_stand_for(new: &Ruling, old: &Ruling, context: &Context<'_>) -> Result<(), Refused> {
    let issues: Vec<Issue> = old.findings.iter().map(|finding| finding.issue).collect();
    let faults = new.faults(&issues, context.rules);
    if !faults.is_empty() {
        return Err(Refused::Faulty(faults));
    }
    if new == old {
        return Err(Unfit::NothingToDo.into());
    }
    let verdict = |ruling: &Ruling, issue: Issue| {
        let mut findings = ruling.findings.iter();
        let finding: Option<&Finding> = findings.find(|finding| finding.issue == issue);
        finding.map(|finding| finding.verdict == crate::Verdict::Granted)
    };
    if issues
        .iter()
        .all(|&issue| verdict(new, issue) == verdict(old, issue))
    {
        Ok(())
    } else {
        Err(Unfit::OutcomeStays.into())
    }
}
