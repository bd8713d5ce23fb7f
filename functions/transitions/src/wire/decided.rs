//! A decision as the team sees it: with the people who gave it, and what waits for a second one.

use domain::{ClericalProposal, Decision, Proposal, RuleSet, Superseded};
use edge::wire::{InstantDocument, RulingDocument};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::waiting::TeamRequestDocument;

/// A decision.
#[derive(Serialize, ToSchema)]
#[schema(as = TeamDecision)]
pub(crate) struct DecisionDocument {
    at: InstantDocument,
    /// Who gave it, by the key that stands for the account.
    first: String,
    /// Who confirmed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    second: Option<String>,
    ruling: RulingDocument,
    /// How it read before clerical corrections, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    before: Vec<SupersededDocument>,
}

/// How a decision read before a clerical correction.
#[derive(Serialize, ToSchema)]
#[schema(as = SupersededRuling)]
struct SupersededDocument {
    /// When it was corrected.
    at: InstantDocument,
    first: String,
    second: String,
    /// What was wrong.
    why: String,
    ruling: RulingDocument,
}

/// What waits for a second person.
#[derive(Serialize, ToSchema)]
#[schema(as = Proposal)]
pub(crate) struct ProposalDocument {
    at: InstantDocument,
    /// Who gave it, and so cannot confirm it.
    first: String,
    ruling: RulingDocument,
    /// What was wrong, for a clerical correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// A denial by the clock: nothing came in time.
#[derive(Serialize, ToSchema)]
#[schema(as = ClockDenial)]
pub(crate) struct ClockDocument {
    at: InstantDocument,
    request: TeamRequestDocument,
}

impl DecisionDocument {
    pub(super) fn of(decision: &Decision, rules: &RuleSet) -> Self {
        let superseded = |old: &Superseded| SupersededDocument {
            at: InstantDocument::of(old.at),
            first: old.first.to_string(),
            second: old.second.to_string(),
            why: old.why.reveal().to_owned(),
            ruling: RulingDocument::of(&old.ruling, rules),
        };
        Self {
            at: InstantDocument::of(decision.at),
            first: decision.first.to_string(),
            second: decision.second.as_ref().map(ToString::to_string),
            ruling: RulingDocument::of(&decision.ruling, rules),
            before: decision.before.iter().map(superseded).collect(),
        }
    }
}

impl ProposalDocument {
    pub(super) fn of(proposal: &Proposal, rules: &RuleSet) -> Self {
        Self {
            at: InstantDocument::of(proposal.at),
            first: proposal.first.to_string(),
            ruling: RulingDocument::of(&proposal.ruling, rules),
            why: None,
        }
    }

    pub(super) fn clerical(open: &ClericalProposal, rules: &RuleSet) -> Self {
        Self {
            why: Some(open.why.reveal().to_owned()),
            ..Self::of(&open.proposal, rules)
        }
    }
}

impl ClockDocument {
    pub(super) fn of(at: Timestamp, request: TeamRequestDocument) -> Self {
        Self {
            at: InstantDocument::of(at),
            request,
        }
    }
}
