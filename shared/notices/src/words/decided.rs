//! Letters about what may still happen to a decision (domain.md #6, #46, #55–#57).

use domain::{
    DecisionCorrectedV1, Exact, ReinstatedV1, RevisedScores, RuleSet, Scored, Scores,
    ScoresRevisedV1, civil_text, day_text,
};
use jiff::Timestamp;

use crate::facts::Fact;

use super::outcome::{EXPLAINED, FINAL, of_findings};
use super::{NOTHING_TO_DO, SURPRISED, Told};

/// The scores of an approval are known, or known better.
pub(super) fn scores_revised(revised: &ScoresRevisedV1, at: Timestamp, rules: &RuleSet) -> Told {
    let headline = match revised.scores {
        RevisedScores::None => "Your scores stay as they are",
        RevisedScores::Pending => "Your revised scores are on their way",
        RevisedScores::Given { .. } => "Your revised scores are known",
    };
    Told {
        headline: headline.to_owned(),
        opening: vec![what_of_scores(&revised.scores).to_owned()],
        steps: vec![
            NOTHING_TO_DO.to_owned(),
            "If a figure looks wrong, please call the Service Center.".to_owned(),
        ],
        facts: [Fact::moment("Recorded", at)]
            .into_iter()
            .chain(of_scores(&revised.scores, rules))
            .collect(),
    }
}

/// A clerical error was corrected. The outcome stays, so nobody is told that it was decided anew.
pub(super) fn corrected(corrected: &DecisionCorrectedV1, at: Timestamp, rules: &RuleSet) -> Told {
    let ruling = &corrected.ruling;
    Told {
        headline: "A clerical error in your decision has been corrected".to_owned(),
        opening: vec![format!(
            "It was corrected on {}. What was granted, and what was not, stays. Below stands the decision as it reads now.",
            civil_text(at)
        )],
        steps: vec![
            NOTHING_TO_DO.to_owned(),
            EXPLAINED.to_owned(),
            FINAL.to_owned(),
        ],
        facts: [Fact::moment("Corrected", at)]
            .into_iter()
            .chain(of_findings(ruling, rules))
            .chain(of_scores(&ruling.scores, rules))
            .collect(),
    }
}

/// A denial by the clock was taken back.
pub(super) fn reinstated(reinstated: &ReinstatedV1, at: Timestamp) -> Told {
    let why = if reinstated.in_time_document {
        "A document of yours had arrived in time, so the denial has been taken back."
    } else {
        "The denial for missing documents has been taken back."
    };
    Told {
        headline: "Your request is in review again".to_owned(),
        opening: vec![format!(
            "{why} This was done on {}. Please disregard the email that said that the request was denied.",
            civil_text(at)
        )],
        steps: vec![
            NOTHING_TO_DO.to_owned(),
            "A reviewer goes on with what there is. If something is missing, you can add it with a comment.".to_owned(),
            SURPRISED.to_owned(),
        ],
        facts: vec![Fact::moment("Taken back", at)],
    }
}

/// What becomes of the scores, in a sentence.
pub(super) fn what_of_scores(scores: &RevisedScores) -> &'static str {
    match scores {
        RevisedScores::None => "No score and no payment adjustment changes with it.",
        RevisedScores::Pending => {
            "Revised scores follow, and we will email you when they are known. The data that was submitted does not change."
        }
        RevisedScores::Given { .. } => {
            "Scores and payment adjustment before and after the review stand below. The data that was submitted does not change."
        }
    }
}

/// The old beside the new (domain.md #56), if they are known.
pub(super) fn of_scores(scores: &RevisedScores, rules: &RuleSet) -> Vec<Fact> {
    let (was, now) = match scores {
        RevisedScores::None | RevisedScores::Pending => return Vec::new(),
        RevisedScores::Given { was, now } => (was, now),
    };
    let mut facts = vec![beside("Final score", was.final_score, now.final_score)];
    for choice in &rules.categories {
        let (was, now) = (category(was, choice.code), category(now, choice.code));
        if was.is_some() || now.is_some() {
            let (was, now) = (points(was), points(now));
            facts.push(Fact::new(
                "Category score",
                format!("{} – {was} before, {now} now", choice.label),
            ));
        }
    }
    let bonus = (was.complex_patient_bonus, now.complex_patient_bonus);
    if bonus != (None, None) {
        let text =
            |bonus: Option<Exact>| bonus.map_or("none".to_owned(), |bonus| bonus.to_string());
        facts.push(beside(
            "Complex patient bonus",
            text(bonus.0),
            text(bonus.1),
        ));
    }
    facts.push(beside(
        "Payment adjustment",
        percent(was.adjustment),
        percent(now.adjustment),
    ));
    let additional = (was.additional_adjustment, now.additional_adjustment);
    if additional != (None, None) {
        let text = |share: Option<Exact>| share.map_or("none".to_owned(), percent);
        facts.push(beside(
            "Additional adjustment",
            text(additional.0),
            text(additional.1),
        ));
    }
    facts.push(Fact::new("It holds from", day_text(now.from)));
    facts
}

fn beside(label: &'static str, was: impl ToString, now: impl ToString) -> Fact {
    let (was, now) = (was.to_string(), now.to_string());
    Fact::new(label, format!("{was} before, {now} now"))
}

fn category(scores: &Scores, code: domain::Category) -> Option<Scored> {
    let mut categories = scores.categories.iter();
    categories.find(|score| score.category == code)?.scored
}

fn points(scored: Option<Scored>) -> String {
    scored.map_or("not scored".to_owned(), |scored| {
        format!("{} of {}", scored.points, scored.of)
    })
}

/// With its sign: an adjustment goes either way.
fn percent(share: Exact) -> String {
    let plus = if share > Exact::whole(0) { "+" } else { "" };
    format!("{plus}{share} %")
}
