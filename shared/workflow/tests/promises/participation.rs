//! The participation look-up helps, and is never in the way (domain.md #29, #65).

use domain::{Command, FormPatch, Npi, Review, preflight, rule_set};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use testkit::{MemoryDirectory, MemoryStore, Mishap, Op, Story, command, sample};
use workflow::{Failure, LookUp, LookedUp, change, edit, participation, view};

use crate::stories::owner;

const SECOND: SignedDuration = SignedDuration::from_secs(1);
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

fn npi(text: &str) -> Npi {
    text.parse().expect("ten digits")
}

/// A directory that lists the sample clinician in 2024.
fn directory() -> MemoryDirectory {
    let directory = MemoryDirectory::default();
    directory.list(&npi("1234567893"), sample::year(), sample::clinician());
    directory
}

async fn look_up_at(
    story: &Story<MemoryStore>,
    directory: &MemoryDirectory,
    review: &Review,
    at: Timestamp,
) -> LookUp {
    let story = story.at(at);
    participation(
        &story.ports,
        directory,
        &story.filer.inbound(),
        &review.outline.id,
    )
    .await
    .expect("a look-up is never in the way")
}

/// Another draft of the owner, with that application.
async fn draft_of(story: &Story<MemoryStore>, application: serde_json::Value) -> Review {
    let draft = story.draft(&application.to_string()).await;
    let patch = FormPatch(json!({ "application": application }));
    let form = command::edit_form(&draft, patch);
    edit(
        &story.ports,
        &story.filer.inbound(),
        &draft.outline.id,
        &form,
    )
    .await
    .expect("the form is changed")
}

fn found() -> LookedUp {
    LookedUp::Found(npi("1234567893"), sample::clinician())
}

#[tokio::test]
async fn the_clinician_of_the_form_is_found_and_remembered_for_a_day() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    let begin = sample::in_window();
    let end = begin + SignedDuration::from_hours(24);
    for at in [begin, begin + SECOND, end - MILLISECOND] {
        let looked_up = look_up_at(&story, &directory, &review, at).await;
        assert_eq!(looked_up.looked_up, found(), "at {at}");
        assert_eq!(looked_up.as_of, begin, "it says how old it is");
    }
    assert_eq!(directory.asked(), [(npi("1234567893"), sample::year())]);
    let looked_up = look_up_at(&story, &directory, &review, end).await;
    assert_eq!((looked_up.looked_up, looked_up.as_of), (found(), end));
    assert_eq!(directory.asked().len(), 2);
}

#[tokio::test]
async fn that_there_is_nobody_is_remembered_for_an_hour() {
    let (story, directory) = (owner().await, MemoryDirectory::default());
    let review = story.complete("draft").await;
    let begin = sample::in_window();
    let end = begin + SignedDuration::from_hours(1);
    for at in [begin, end - MILLISECOND] {
        let looked_up = look_up_at(&story, &directory, &review, at).await;
        assert_eq!(looked_up.looked_up, LookedUp::NotFound, "at {at}");
        assert_eq!(looked_up.as_of, begin);
    }
    assert_eq!(directory.asked().len(), 1);
    directory.list(&npi("1234567893"), sample::year(), sample::clinician());
    let looked_up = look_up_at(&story, &directory, &review, end).await;
    assert_eq!(looked_up.looked_up, found());
}

#[tokio::test]
async fn the_fifth_in_a_second_asks_nobody_and_the_next_second_goes_on() {
    let (story, directory) = (owner().await, MemoryDirectory::default());
    let mut drafts = Vec::new();
    for last in 0..6 {
        let npi = format!("123456789{last}");
        drafts.push(draft_of(&story, json!({"type": "individual", "npi": npi})).await);
    }
    let (begin, late) = (sample::in_window(), SignedDuration::from_millis(999));
    for draft in &drafts[..4] {
        let looked_up = look_up_at(&story, &directory, draft, begin).await;
        assert_eq!(looked_up.looked_up, LookedUp::NotFound);
    }
    for draft in &drafts[4..] {
        let looked_up = look_up_at(&story, &directory, draft, begin + late).await;
        assert_eq!(looked_up.looked_up, LookedUp::Unavailable);
    }
    assert_eq!(directory.asked().len(), 4);
    // What is remembered needs no turn.
    let looked_up = look_up_at(&story, &directory, &drafts[0], begin + late).await;
    assert_eq!(looked_up.looked_up, LookedUp::NotFound);
    for draft in &drafts[4..] {
        let looked_up = look_up_at(&story, &directory, draft, begin + SECOND).await;
        assert_eq!(looked_up.looked_up, LookedUp::NotFound);
    }
    assert_eq!(directory.asked().len(), 6);
}

#[tokio::test]
async fn an_outage_is_said_is_not_remembered_and_does_not_block() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    let mishaps = [Mishap::Unavailable, Mishap::ReplyLost, Mishap::Declined];
    for (second, mishap) in (0..).zip(mishaps) {
        directory.plan.next(Op::LookUp, mishap);
        let at = sample::in_window() + SignedDuration::from_secs(second);
        let looked_up = look_up_at(&story, &directory, &review, at).await;
        let expected = (LookedUp::Unavailable, at);
        assert_eq!((looked_up.looked_up, looked_up.as_of), expected);
    }
    assert!(directory.plan.is_over());
    let rules = rule_set(sample::year()).expect("PY2024 has a rule set");
    assert!(preflight(&review.form, &review.people, rules).is_ready());
    let submit = command::submit(&review, sample::certification());
    let id = &review.outline.id;
    let key = story.key(&format!("submit {id}"), "submit");
    change(&story.ports, &story.filer.inbound(), &key, id, &submit)
        .await
        .expect("nothing depends on the look-up");
}

#[tokio::test]
async fn a_store_that_fails_is_not_in_the_way_either() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    for op in [Op::Remembered, Op::TakeTurn] {
        story.ports.plan.fail(op, 1);
        let looked_up = look_up_at(&story, &directory, &review, sample::in_window()).await;
        assert_eq!(looked_up.looked_up, LookedUp::Unavailable, "{op:?}");
    }
    assert_eq!(directory.asked(), [], "without a turn nobody is asked");
    story.ports.plan.fail(Op::Remember, 1);
    for asked in 1..=2 {
        let looked_up = look_up_at(&story, &directory, &review, sample::in_window()).await;
        assert_eq!(looked_up.looked_up, found());
        assert_eq!(directory.asked().len(), asked);
    }
    assert!(story.ports.plan.is_over());
    // Only the review itself can be missing.
    story.ports.plan.fail(Op::Load, 1);
    let (inbound, id) = (story.filer.inbound(), &review.outline.id);
    let failure = participation(&story.ports, &directory, &inbound, id).await;
    assert!(matches!(failure, Err(Failure::Port(_))), "{failure:?}");
}

#[tokio::test]
async fn without_an_npi_nobody_is_asked_and_the_answer_says_what_is_missing() {
    let (story, directory) = (owner().await, directory());
    let cases = [
        (json!(null), "application type is not chosen"),
        (json!({"type": "individual"}), "NPI is not in the form"),
        (json!({"type": "group", "tin": "000045100"}), "\"Group\""),
        (json!({"type": "apm_entity"}), "\"APM Entity\""),
    ];
    for (application, words) in cases {
        let draft = draft_of(&story, application).await;
        let at = sample::in_window();
        let looked_up = look_up_at(&story, &directory, &draft, at).await.looked_up;
        assert!(matches!(looked_up, LookedUp::NotApplicable(_)));
        assert!(looked_up.to_string().contains(words), "{looked_up}");
    }
    assert_eq!(directory.asked(), []);
}

#[tokio::test]
async fn whoever_may_see_the_review_may_look_up_and_nobody_else() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    let id = &review.outline.id;
    let of = |actor| Story {
        ports: story.ports.clone(),
        filer: testkit::Filer::new(actor, 7),
    };
    for actor in [sample::owner(), sample::staff()] {
        let reader = of(actor);
        let looked_up = look_up_at(&reader, &directory, &review, sample::in_window()).await;
        assert_eq!(looked_up.looked_up, found());
    }
    let stranger = of(sample::other());
    let inbound = stranger.filer.inbound();
    let failure = participation(&story.ports, &directory, &inbound, id).await;
    assert!(matches!(failure, Err(Failure::NotFound)), "{failure:?}");
}

#[tokio::test]
async fn a_look_up_changes_nothing_of_the_review() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    look_up_at(&story, &directory, &review, sample::in_window()).await;
    let seen = view(&story.ports, &story.filer.inbound(), &review.outline.id).await;
    assert_eq!(seen.expect("an answer").review, review);
    // Nor does it stop at the end of the draft.
    let id = &review.outline.id;
    let key = story.key(&format!("withdraw {id}"), "withdraw");
    let inbound = story.filer.inbound();
    change(&story.ports, &inbound, &key, id, &Command::Withdraw)
        .await
        .expect("it is withdrawn");
    let looked_up = look_up_at(&story, &directory, &review, sample::in_window()).await;
    assert_eq!(looked_up.looked_up, found());
}

#[tokio::test]
async fn what_is_printed_of_a_look_up_names_nobody() {
    let (story, directory) = (owner().await, directory());
    let review = story.complete("draft").await;
    let looked_up = look_up_at(&story, &directory, &review, sample::in_window()).await;
    let printed = format!("{looked_up:?} {}", looked_up.looked_up);
    for secret in sample::SECRETS.into_iter().chain(["Zoë", "5100"]) {
        assert!(!printed.contains(secret), "{secret}: {printed}");
    }
}
