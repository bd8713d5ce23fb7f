//! Rulings and scores of a sample decision.

use domain::{
    Category, CategoryScore, DenialReason, Exact, Finding, Issue, RevisedScores, Ruling, Scored,
    Scores, Verdict,
};

use super::frozen::EXPLANATION;

pub(crate) fn not(reason: DenialReason) -> Verdict {
    Verdict::NotGranted { reason }
}

pub(crate) fn ruling(verdicts: [Verdict; 2], scores: RevisedScores) -> Ruling {
    let issues = [Issue::EligibilitySpecialStatus, Issue::MeasureActivity];
    Ruling {
        findings: issues
            .into_iter()
            .zip(verdicts)
            .map(|(issue, verdict)| Finding {
                issue,
                verdict,
                sentence: None,
            })
            .collect(),
        explanation: EXPLANATION.parse().expect("an explanation"),
        scores,
    }
}

pub(crate) fn given() -> RevisedScores {
    let exact = |text: &str| -> Exact { text.parse().expect("a number") };
    let scores = |score, quality, adjustment| Scores {
        final_score: exact(score),
        categories: vec![
            CategoryScore {
                category: Category::Quality,
                scored: Some(Scored {
                    points: exact(quality),
                    of: exact("55"),
                }),
            },
            CategoryScore {
                category: Category::Cost,
                scored: None,
            },
        ],
        complex_patient_bonus: Some(exact("2.5")),
        adjustment: exact(adjustment),
        additional_adjustment: None,
        from: "2026-01-01".parse().expect("a day"),
    };
    RevisedScores::Given {
        was: Box::new(scores("65", "30", "-1.2")),
        now: Box::new(scores("100", "55", "3")),
    }
}
