//! The letter about a decision: what it is, why, and what can still be done (domain.md #6–#8, #53).
//!
//! The reviewer's own explanation may tell of a patient, so it is read after signing in; the letter says
//! why in the year's words for the coded reasons.

use domain::{
    CopyUntil, DocumentItem, Finding, OutcomeBy, OutcomeV1, RuleSet, Ruling, Verdict, civil_text,
    day_text, last_minute,
};
use jiff::Timestamp;

use crate::facts::Fact;

use super::decided::{of_scores, what_of_scores};
use super::{NOTHING_TO_DO, Told, ended, of_copy};

const DENIED: &str = "Your request has been denied";
pub(super) const FINAL: &str = "The decision is final: there is no further review of it.";
pub(super) const EXPLAINED: &str = "The reviewer's explanation is shown after you sign in; to protect people it is not in this email.";

pub(super) fn words(outcome: &OutcomeV1, at: Timestamp, rules: &RuleSet) -> Told {
    let keep = format!(
        "Keep all documents of this request until {}: you may be asked for them.",
        day_text(outcome.keep_until)
    );
    let keep_fact = Fact::new("Keep documents until", day_text(outcome.keep_until));
    let mut told = match &outcome.by {
        OutcomeBy::Team { ruling } if outcome.approved => approved(ruling, at, rules),
        OutcomeBy::Team { ruling } => denied(ruling, outcome.copy_until, at, rules),
        OutcomeBy::Clock { items, due } => denied_by_clock(items, *due, outcome.copy_until, at),
    };
    told.steps.push(keep);
    told.facts.push(keep_fact);
    told
}

fn approved(ruling: &Ruling, at: Timestamp, rules: &RuleSet) -> Told {
    let granted = |finding: &Finding| finding.verdict == Verdict::Granted;
    let how_far = if ruling.findings.iter().all(granted) {
        "The review team has granted what was asked for."
    } else {
        "The review team has granted a part of what was asked for; below stands which, and why not the rest."
    };
    Told {
        headline: "Your request has been approved".to_owned(),
        opening: vec![
            format!("It was decided on {}. {how_far}", civil_text(at)),
            what_of_scores(&ruling.scores).to_owned(),
        ],
        steps: vec![
            NOTHING_TO_DO.to_owned(),
            EXPLAINED.to_owned(),
            FINAL.to_owned(),
        ],
        facts: [Fact::moment("Decided", at)]
            .into_iter()
            .chain(of_findings(ruling, rules))
            .chain(of_scores(&ruling.scores, rules))
            .collect(),
    }
}

fn denied(ruling: &Ruling, copy: Option<CopyUntil>, at: Timestamp, rules: &RuleSet) -> Told {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in ruling.findings.iter().filter_map(|one| why_not(one, rules)) {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    Told {
        headline: ended(DENIED, copy),
        opening: vec![
            format!(
                "It was decided on {}. Scores and payment adjustment stay as they are.",
                civil_text(at)
            ),
            format!("Why: {}.", reasons.join(". ")),
        ],
        steps: vec![
            EXPLAINED.to_owned(),
            FINAL.to_owned(),
            new_request(copy),
            "The Service Center can explain the decision.".to_owned(),
        ],
        facts: [Fact::moment("Decided", at)]
            .into_iter()
            .chain(of_findings(ruling, rules))
            .chain(of_copy(copy))
            .collect(),
    }
}

fn denied_by_clock(
    items: &[DocumentItem],
    due: Timestamp,
    copy: Option<CopyUntil>,
    at: Timestamp,
) -> Told {
    Told {
        headline: ended(DENIED, copy),
        opening: vec![
            "Scores and payment adjustment stay as they are.".to_owned(),
            format!(
                "Why: documents were asked for until {}, and nothing came from your side by then: no file, no comment and no wish for more time.",
                last_minute(due)
            ),
        ],
        steps: vec![
            "If you did send something in time, or the request for documents never reached you, call the Service Center: a denial for this reason can be taken back.".to_owned(),
            "Otherwise the decision is final: there is no further review of it.".to_owned(),
            new_request(copy),
        ],
        facts: [
            Fact::moment("Denied", at),
            Fact::deadline("Documents were due", due),
        ]
        .into_iter()
        .chain(items.iter().map(Fact::document))
        .chain(of_copy(copy))
        .collect(),
    }
}

fn new_request(copy: Option<CopyUntil>) -> String {
    match copy {
        Some(CopyUntil { closes: Some(_) }) => {
            "You can file a new request until the filing window closes: copy this one as a new draft, mend what was missing, and submit it.".to_owned()
        }
        Some(CopyUntil { closes: None }) => {
            "You can file a new request while the filing window is open; its close is to be announced. Copy this one as a new draft, mend what was missing, and submit it.".to_owned()
        }
        None => "The filing window was not open when this was decided, so no new request can be filed unless it is opened again.".to_owned(),
    }
}

/// What was found about each issue.
pub(super) fn of_findings(ruling: &Ruling, rules: &RuleSet) -> Vec<Fact> {
    let finding = |finding: &Finding| {
        let mut issues = rules.issues.iter();
        let issue = issues.find(|choice| choice.code == finding.issue);
        let issue = issue.map_or("Issue", |choice| choice.label.as_str());
        let verdict = match why_not(finding, rules) {
            None => "granted.".to_owned(),
            Some(reason) => format!("not granted. {reason}."),
        };
        Fact::new("Decision on an issue", format!("{issue} – {verdict}"))
    };
    ruling.findings.iter().map(finding).collect()
}

/// The year's words for why an issue was not granted, without a full stop; `None` if it was.
fn why_not<'a>(finding: &Finding, rules: &'a RuleSet) -> Option<&'a str> {
    match finding.verdict {
        Verdict::Granted => None,
        Verdict::NotGranted { reason } => {
            let mut reasons = rules.denial_reasons.iter();
            let choice = reasons.find(|choice| choice.code == reason);
            Some(
                choice.map_or("The reason is shown after you sign in", |choice| {
                    choice.label.as_str()
                }),
            )
        }
    }
}
