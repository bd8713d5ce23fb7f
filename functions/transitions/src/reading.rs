//! What several bodies hold: a day, documents to ask for, a ruling, scores. Each fault is named by its place.

use std::str::FromStr;

use domain::{
    AttachmentKind, CategoryScore, Digest, DocumentAsk, Exact, Fields, Finding, MAX_ITEMS,
    ReviewId, RevisedScores, RuleSet, Ruling, Scored, Scores, Verdict, rule_set,
};
use edge::Problem;
use jiff::Timestamp;
use jiff::civil::Date;
use workflow::Failure;

/// More findings than there are issues, so that one too many is a fault of its own.
const MAX_FINDINGS: usize = 10;
/// More than there are categories.
const MAX_CATEGORIES: usize = 10;

/// The rules of the review's year, whose words its codes are.
pub(crate) fn rules_of(id: &ReviewId) -> Result<&'static RuleSet, Problem> {
    // An id of a year without rules is nobody's: it is told as one that is not there.
    Ok(rule_set(id.year()).map_err(|_| Failure::NotFound)?)
}

/// Whether something is to be done, or only to be shown.
pub(crate) enum Go {
    /// Only shown.
    Dry,
    /// Done, as the dry run of this token showed it.
    Real {
        /// The token.
        token: Digest,
    },
}

/// Reads `dry_run` and `token`, of which exactly one is wanted.
pub(crate) fn go(fields: &mut Fields<'_>) -> Option<Go> {
    let dry = fields.flag("dry_run");
    let token = fields.text::<Digest>("token");
    match (dry, token) {
        (true, None) => Some(Go::Dry),
        (false, Some(token)) => Some(Go::Real { token }),
        (true, Some(_)) => {
            let message = "a dry run names no token; leave one of them out";
            fields.fault("token", "not_allowed", message);
            None
        }
        (false, None) => {
            let message = "first set \"dry_run\": true; then name the token that it answers";
            fields.require::<Digest>("token", None, message);
            None
        }
    }
}

/// An instant.
pub(crate) struct Moment(Timestamp);

/// The text is no instant.
#[derive(Debug)]
pub(crate) struct MomentError;

impl std::fmt::Display for MomentError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("must be an instant with its offset, written such as 2025-11-14T20:00:00-05:00")
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        text.parse().map(Self).map_err(|_| MomentError)
    }
}

/// Reads an instant.
pub(crate) fn moment(fields: &mut Fields<'_>, name: &'static str) -> Option<Timestamp> {
    fields.text::<Moment>(name).map(|moment| moment.0)
}

/// A day of the calendar, in New York.
pub(crate) struct Day(pub(crate) Date);

/// The text is no day.
#[derive(Debug)]
pub(crate) struct DayError;

impl std::fmt::Display for DayError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("must be a day, written such as 2025-12-03")
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let plain = text.len() == "2025-12-03".len();
        let day = text.parse().ok().filter(|_| plain);
        day.map(Self).ok_or(DayError)
    }
}

/// The day in the field `name`, if it is there.
pub(crate) fn day(fields: &mut Fields<'_>, name: &'static str) -> Option<Date> {
    fields.text::<Day>(name).map(|day| day.0)
}

/// The documents in the field `name`.
pub(crate) fn asks(fields: &mut Fields<'_>, name: &'static str) -> Vec<DocumentAsk> {
    fields.objects(name, MAX_ITEMS, |fields| {
        let what = fields.text("what");
        let what = fields.require("what", what, "say which document you ask for");
        let kind = fields.choice("kind", &AttachmentKind::ALL);
        Some(DocumentAsk { what: what?, kind })
    })
}

/// A ruling: `findings`, `explanation` and `scores`.
pub(crate) fn ruling(fields: &mut Fields<'_>, rules: &RuleSet) -> Option<Ruling> {
    let findings = fields.objects("findings", MAX_FINDINGS, |fields| finding(fields, rules));
    let explanation = fields.text("explanation");
    let message = "say what was found, in a sentence for the filer";
    let explanation = fields.require("explanation", explanation, message);
    let scores = scores(fields, rules);
    Some(Ruling {
        findings,
        explanation: explanation?,
        scores: scores?,
    })
}

fn finding(fields: &mut Fields<'_>, rules: &RuleSet) -> Option<Finding> {
    let issues: Vec<_> = rules.issues.iter().map(|choice| choice.code).collect();
    let issue = fields.choice("issue", &issues);
    let issue = fields.require("issue", issue, "name the issue as it was claimed");
    let granted = fields.anything("granted").is_some();
    if !granted {
        fields.fault("granted", "missing", "say whether it is granted");
    }
    let granted = fields.flag("granted");
    let reasons = rules.denial_reasons.iter();
    let reasons: Vec<_> = reasons.map(|choice| choice.code).collect();
    let reason = fields.choice("reason", &reasons);
    let sentence = fields.text("sentence");
    let verdict = match (granted, reason) {
        (true, None) => Verdict::Granted,
        (true, Some(_)) => {
            fields.fault("reason", "not_allowed", "what is granted needs no reason");
            return None;
        }
        (false, reason) => {
            let message = "say why not, by one of the year's reasons";
            let reason = fields.require("reason", reason, message);
            Verdict::NotGranted { reason: reason? }
        }
    };
    Some(Finding {
        issue: issue?,
        verdict,
        sentence,
    })
}

/// The state of revised scores, in the field `scores`.
pub(crate) fn scores(fields: &mut Fields<'_>, rules: &RuleSet) -> Option<RevisedScores> {
    let scores = fields.object("scores", |fields| {
        let states = ["none", "pending", "given"].map(str::to_owned);
        let state = fields.choice::<String>("state", &states);
        let state = fields.require("state", state, "say none, pending or given");
        let was = fields.object("was", |fields| one(fields, rules));
        let now = fields.object("now", |fields| one(fields, rules));
        let state = state?;
        if state == "given" {
            let was = fields.require("was", was, "give the scores before the review");
            let now = fields.require("now", now, "give the scores after it");
            return Some(RevisedScores::Given {
                was: Box::new(was?),
                now: Box::new(now?),
            });
        }
        if was.is_some() || now.is_some() {
            let message = "only scores that are given have figures";
            fields.fault("state", "not_allowed", message);
        }
        Some(if state == "none" {
            RevisedScores::None
        } else {
            RevisedScores::Pending
        })
    });
    fields.require("scores", scores, "say what becomes of the scores")
}

/// The scores of one participation option (domain.md #55).
fn one(fields: &mut Fields<'_>, rules: &RuleSet) -> Option<Scores> {
    let final_score = fields.text::<Exact>("final_score");
    let final_score = fields.require("final_score", final_score, "give the final score");
    let known: Vec<_> = rules.categories.iter().map(|choice| choice.code).collect();
    let categories = fields.objects("categories", MAX_CATEGORIES, |fields| {
        let category = fields.choice("category", &known);
        let category = fields.require("category", category, "name the category");
        let scored = fields.object("scored", |fields| {
            let points = fields.text::<Exact>("points");
            let points = fields.require("points", points, "give the points");
            let of = fields.text::<Exact>("of");
            let of = fields.require("of", of, "give the most that could be reached");
            Some(Scored {
                points: points?,
                of: of?,
            })
        });
        Some(CategoryScore {
            category: category?,
            scored,
        })
    });
    let complex_patient_bonus = fields.text("complex_patient_bonus");
    let adjustment = fields.text::<Exact>("adjustment");
    let message = "give the payment adjustment in percent, such as \"-1.20\"";
    let adjustment = fields.require("adjustment", adjustment, message);
    let additional_adjustment = fields.text("additional_adjustment");
    let from = day(fields, "from");
    let from = fields.require("from", from, "give the day from which it holds");
    Some(Scores {
        final_score: final_score?,
        categories,
        complex_patient_bonus,
        adjustment: adjustment?,
        additional_adjustment,
        from: from?,
    })
}
