//! Decisions: whole, by whom they must be, and final but for what is written (domain.md #6, #46, #51).

use domain::{
    CategoryScore, ClericalStep, Command, CommandName as C, DecisionStep, Denial, Event, FileStep,
    Place, Refused, Review, RevisedScores, Ruling, Scored, Scores, Status, StatusName, Unfit,
};

use serde_json::json;

use crate::cast::{
    administrator, comment_id, correction, give, grant, job, on_file, reviewer, ruling,
    second_reviewer, then,
};
use crate::moves::{command, prepared, review};
use crate::sample::{IN_WINDOW, at, in_review, owner};

fn rule(review: &Review, ruling: Ruling, second_person: bool) -> Result<Review, Refused> {
    let step = DecisionStep::Rule {
        version: review.outline.version,
        ruling,
        second_person,
    };
    give(review, &reviewer(), at(IN_WINDOW), Command::Decide(step)).map(|change| change.review)
}

fn pointers(refused: Option<Refused>) -> Vec<String> {
    match refused {
        Some(Refused::Faulty(faults)) => faults.into_iter().map(|fault| fault.pointer).collect(),
        outcome => panic!("{outcome:?}"),
    }
}

fn scores(final_score: &str, adjustment: &str) -> Box<Scores> {
    let number = |text: &str| text.parse().expect("a number");
    Box::new(Scores {
        final_score: number(final_score),
        categories: vec![CategoryScore {
            category: domain::Category::Quality,
            scored: Some(Scored {
                points: number("20"),
                of: number("30"),
            }),
        }],
        complex_patient_bonus: None,
        adjustment: number(adjustment),
        additional_adjustment: None,
        from: "2026-01-01".parse().expect("a day"),
    })
}

#[test]
fn every_claimed_issue_is_decided_once_and_no_other() {
    let nothing = Ruling {
        findings: Vec::new(),
        ..ruling(false)
    };
    assert_eq!(
        pointers(rule(&in_review(), nothing, false).err()),
        ["/findings"]
    );
    let mut twice = ruling(true);
    twice.findings.push(twice.findings[0].clone());
    assert_eq!(
        pointers(rule(&in_review(), twice, false).err()),
        ["/findings/1/issue"]
    );
    let mut another = ruling(true);
    another.findings[0].issue = domain::Issue::Submission;
    assert_eq!(
        pointers(rule(&in_review(), another, false).err()),
        ["/findings/0/issue", "/findings"]
    );
    let denied_with_scores = Ruling {
        scores: RevisedScores::Pending,
        ..ruling(false)
    };
    assert_eq!(
        pointers(rule(&in_review(), denied_with_scores, false).err()),
        ["/scores"]
    );
}

#[test]
fn scores_obey_their_year() {
    let mut wrong = scores("100.01", "3.00");
    wrong.additional_adjustment = "1".parse().ok();
    wrong.categories.push(wrong.categories[0].clone());
    let given = Ruling {
        scores: RevisedScores::Given {
            was: scores("65.00", "-1.20"),
            now: wrong,
        },
        ..ruling(true)
    };
    assert_eq!(
        pointers(rule(&in_review(), given, false).err()),
        [
            "/scores/now/final_score",
            "/scores/now/additional_adjustment",
            "/scores/now/categories/1/category"
        ]
    );
}

#[test]
fn the_second_person_is_never_the_first() {
    let proposed = rule(&in_review(), ruling(true), true).expect("it waits");
    assert_eq!(proposed.outline.status.name(), StatusName::InReview);
    let confirm = |actor| {
        give(
            &proposed,
            &actor,
            at(IN_WINDOW),
            Command::Decide(DecisionStep::Confirm {
                version: proposed.outline.version,
            }),
        )
    };
    assert_eq!(confirm(reviewer()).err(), Some(Unfit::SamePerson.into()));
    let approved = confirm(second_reviewer()).expect("it is another").review;
    let Status::Approved(now) = &approved.outline.status else {
        panic!("{approved:?}");
    };
    assert_eq!(now.decision.first, reviewer().account.key());
    assert_eq!(now.decision.second, Some(second_reviewer().account.key()));
    // A second ruling, or a request for documents, waits until the first is answered.
    let again = rule(&proposed, ruling(false), false);
    assert_eq!(again.err(), Some(Unfit::ProposalPending.into()));
    let documents = crate::cast::ask_for_documents();
    let documents = give(&proposed, &reviewer(), at(IN_WINDOW), documents);
    assert_eq!(documents.err(), Some(Unfit::ProposalPending.into()));
}

#[test]
fn a_correction_is_laid_over_the_form_and_ends_a_waiting_ruling() {
    let proposed = rule(&in_review(), ruling(true), true).expect("it waits");
    let before = proposed.form.clone();
    let corrected = then(
        &proposed,
        &owner(),
        at(IN_WINDOW),
        Command::Correct(correction()),
    );
    assert_eq!(corrected.form, before);
    let claimed = corrected.claimed(crate::sample::rules());
    let described = claimed
        .description
        .as_ref()
        .map(domain::Description::reveal);
    assert_eq!(
        described,
        Some("The clinician was hospital-based until June.")
    );
    let confirm = Command::Decide(DecisionStep::Confirm {
        version: corrected.outline.version,
    });
    let refused = give(&corrected, &second_reviewer(), at(IN_WINDOW), confirm);
    assert_eq!(refused.err(), Some(Unfit::NoProposal.into()));
    for field in ["application", "practice", "reporting", "year"] {
        let mut wrong = correction();
        wrong.field = field.to_owned();
        let refused = give(&corrected, &owner(), at(IN_WINDOW), Command::Correct(wrong));
        assert!(matches!(refused, Err(Refused::Faulty(_))), "{field}");
    }
    let again = give(
        &corrected,
        &owner(),
        at(IN_WINDOW),
        Command::Correct(correction()),
    );
    assert_eq!(pointers(again.err()), ["/field"]);
}

#[test]
fn nothing_is_decided_while_a_file_is_being_checked() {
    let now = at(IN_WINDOW);
    let place = Place::Comment {
        comment: comment_id(),
    };
    let review = then(&in_review(), &owner(), now, grant(1, place));
    let review = then(
        &review,
        &job(),
        now,
        on_file(1, FileStep::Receive { arrived_at: now }),
    );
    let refused = rule(&review, ruling(true), false);
    assert_eq!(refused.err(), Some(Unfit::FilesPending.into()));
    let passed = then(&review, &job(), now, on_file(1, FileStep::Pass));
    assert!(rule(&passed, ruling(true), false).is_ok());
}

#[test]
fn scores_may_come_later_and_again() {
    let later = RevisedScores::Given {
        was: scores("65.00", "-1.20"),
        now: scores("100.00", "3.00"),
    };
    let approved = review(StatusName::Approved);
    let revise = |review: &Review| {
        let command = Command::ReviseScores(later.clone());
        give(review, &job(), at("2026-03-01T12:00:00Z"), command)
    };
    let change = revise(&approved).expect("they were pending");
    assert!(matches!(change.events[0].1, Event::ScoresRevisedV1(_)));
    assert_eq!(change.review.outline.status.scores(), Some(&later));
    assert_eq!(
        revise(&change.review).err(),
        Some(Unfit::NothingToDo.into())
    );
}

#[test]
fn a_correction_names_its_faults_where_they_were_sent() {
    for (field, new, place) in [
        ("colour", json!("red"), "/field"),
        ("a/b", json!("red"), "/field"),
        ("description", json!(7), "/new"),
        ("issues", json!(["submission", "weather"]), "/new/1"),
        ("follow_ups", json!({"wrong_tin": "1"}), "/new/wrong_tin"),
        ("application", json!({"type": "group"}), "/field"),
        ("description", json!(null), "/form/description"),
    ] {
        let mut wrong = correction();
        wrong.field = field.to_owned();
        wrong.new = new;
        let refused = give(
            &in_review(),
            &owner(),
            at(IN_WINDOW),
            Command::Correct(wrong),
        );
        assert_eq!(pointers(refused.err()), [place], "{field}");
    }
}

#[test]
fn corrections_end_before_they_fill_their_item() {
    for (length, most) in [(10, 20), (9_000, 20)] {
        let mut review = in_review();
        let mut filed = 0;
        let refused = loop {
            let mut next = correction();
            next.field = "description".to_owned();
            // Letters of four bytes each, and another text each time.
            next.new = json!(format!("{filed} {}", "𝒜".repeat(length)));
            match give(&review, &owner(), at(IN_WINDOW), Command::Correct(next)) {
                Ok(change) => review = change.review,
                Err(refused) => break refused,
            }
            filed += 1;
            assert!(filed <= most);
        };
        assert_eq!(refused, Unfit::CorrectionsFull.into());
        let stored = serde_json::to_vec(&review.dossier).expect("JSON").len();
        assert!(
            filed > 0 && stored < 300 * 1024,
            "{filed} corrections, {stored} bytes"
        );
    }
}

#[test]
fn a_clerical_correction_mends_words_and_never_the_outcome() {
    let approved = review(StatusName::Approved);
    let flip = ClericalStep::Propose {
        ruling: ruling(false),
        why: "A wrong click.".parse().expect("a text"),
    };
    let refused = give(
        &approved,
        &administrator(),
        at(IN_WINDOW),
        Command::Clerical(flip),
    );
    assert_eq!(refused.err(), Some(Unfit::OutcomeStays.into()));
    for status in [StatusName::Approved, StatusName::Denied] {
        let proposed = prepared(status, C::ConfirmClerical);
        let confirm = || command(C::ConfirmClerical, &proposed);
        let same = give(&proposed, &administrator(), at(IN_WINDOW), confirm());
        assert_eq!(same.err(), Some(Unfit::SamePerson.into()));
        let change = give(&proposed, &reviewer(), at(IN_WINDOW), confirm()).expect("another");
        assert_eq!(change.review.outline.status.name(), status);
        assert!(matches!(change.events[0].1, Event::DecisionCorrectedV1(_)));
        // How it read, and why it was corrected, stays beside it.
        let decision = |review: &Review| {
            if let Status::Approved(now) = &review.outline.status {
                now.decision.clone()
            } else if let Status::Denied(now) = &review.outline.status
                && let Denial::Person { decision } = &now.denial
            {
                decision.clone()
            } else {
                panic!("{review:?}")
            }
        };
        let before = |review: &Review| (decision(review).before, decision(review).ruling);
        let ([], old) = (&before(&proposed).0[..], before(&proposed).1) else {
            panic!("corrected before it was confirmed");
        };
        let (superseded, new) = before(&change.review);
        assert_ne!(old, new);
        let [one] = &superseded[..] else {
            panic!("{superseded:?}");
        };
        assert_eq!(one.ruling, old);
        assert_eq!(one.first, administrator().account.key());
        assert_eq!(one.second, reviewer().account.key());
    }
}

#[test]
fn a_ruling_can_say_a_sentence_an_issue() {
    let mut ruling = ruling(false);
    ruling.findings[0].sentence = Some(
        "The status was reflected from July on."
            .parse()
            .expect("a text"),
    );
    let stored = serde_json::to_string(&ruling).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Ruling>(&stored).expect("a ruling"),
        ruling
    );
    let rule = DecisionStep::Rule {
        version: in_review().outline.version,
        ruling,
        second_person: false,
    };
    let change = give(
        &in_review(),
        &reviewer(),
        at(IN_WINDOW),
        Command::Decide(rule),
    );
    let change = change.expect("it was decided");
    // The history holds its hash alone.
    assert!(!change.entries[0].body.contains("July"));
}

#[test]
fn nobody_decides_on_a_picture_that_has_changed() {
    let seen = in_review().outline.version;
    let label = command(C::AddLabel, &in_review());
    let moved = then(&in_review(), &second_reviewer(), at(IN_WINDOW), label);
    let rule = |version| {
        let step = DecisionStep::Rule {
            version,
            ruling: ruling(true),
            second_person: true,
        };
        give(&moved, &reviewer(), at(IN_WINDOW), Command::Decide(step))
    };
    assert_eq!(
        rule(seen).err(),
        Some(Refused::StaleReview(C::Rule, seen + 1))
    );
    let proposed = rule(seen + 1).expect("it was seen").review;
    let confirm = |version| {
        let step = DecisionStep::Confirm { version };
        give(
            &proposed,
            &second_reviewer(),
            at(IN_WINDOW),
            Command::Decide(step),
        )
    };
    assert_eq!(
        confirm(seen + 1).err(),
        Some(Refused::StaleReview(C::ConfirmRuling, seen + 2))
    );
    assert!(confirm(seen + 2).is_ok());
}
