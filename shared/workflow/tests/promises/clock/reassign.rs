//! What an absent reviewer works on is given on, all at once (domain.md #51), and never to one who has an interest
//! (promise P5).

use domain::{Actor, Assignee, CaseStep, Command, FormPatch, Review};
use testkit::sample;
use workflow::Failure;
use workflow::orders::{OrderWish, Wanted};

use super::orders::{carried, dry, real};
use super::stage::{Stage, reviewer};

fn wish(to: Option<Assignee>) -> OrderWish {
    OrderWish {
        wanted: Wanted::Reassign {
            from: reviewer().account.key(),
            to,
        },
        why: "She is away until January.".parse().expect("a text"),
    }
}

fn successor() -> Assignee {
    Assignee::of(&sample::second_reviewer())
}

async fn case(stage: &Stage, actor: &Actor, review: &Review, step: CaseStep) {
    let step = Command::Case(step);
    stage.does(actor, sample::in_window(), review, step).await;
}

/// A review that the absent reviewer works on.
async fn taken(stage: &Stage, name: &str) -> Review {
    let (review, _) = stage.story.submitted(name).await;
    case(stage, &reviewer(), &review, CaseStep::Take).await;
    review
}

async fn assignee(stage: &Stage, review: &Review) -> Option<Assignee> {
    let review = stage.review(&review.outline.id).await;
    review.outline.casework.assignee
}

#[tokio::test]
async fn what_the_absent_worked_on_goes_to_another_who_has_no_interest_in_it() {
    let stage = Stage::new().await;
    let first = taken(&stage, "first").await;
    // What waits for documents is work as well.
    let waiting = stage.waiting("waiting").await;
    case(&stage, &reviewer(), &waiting, CaseStep::Take).await;
    let conflicting = taken(&stage, "conflicting").await;
    let declares = CaseStep::DeclareConflict;
    case(&stage, &sample::second_reviewer(), &conflicting, declares).await;
    let own = taken(&stage, "own").await;
    let patch = FormPatch(serde_json::json!({"staff": ["second-reviewer@example.org"]}));
    let command = testkit::command::edit_people(&stage.review(&own.outline.id).await, patch);
    let owner = sample::owner();
    stage.does(&owner, sample::in_window(), &own, command).await;
    let (free, _) = stage.story.submitted("free").await;

    let wish = wish(Some(successor()));
    let shown = dry(&stage, &wish).await;
    let mut ids = [&first, &waiting].map(|review| review.outline.id.clone());
    ids.sort();
    assert_eq!(shown.reviews, ids);
    assert_eq!(
        assignee(&stage, &first).await,
        Some(Assignee::of(&reviewer())),
        "nothing is changed by it"
    );
    let refused = real(&stage, &wish, &shown, 1).await;
    assert!(matches!(refused, Err(Failure::OverCap { .. })));
    real(&stage, &wish, &shown, 2).await.expect("as shown");
    assert_eq!(carried(&stage, 2).await, 2, "each once");
    for review in [&first, &waiting] {
        assert_eq!(assignee(&stage, review).await, Some(successor()));
        stage.is_sound(review).await;
    }
    for review in [&conflicting, &own] {
        assert_eq!(
            assignee(&stage, review).await,
            Some(Assignee::of(&reviewer()))
        );
    }
    assert_eq!(assignee(&stage, &free).await, None);
    assert_eq!(dry(&stage, &wish).await.reviews, []);
}

#[tokio::test]
async fn what_changed_before_its_command_was_carried_out_is_left_as_it_is() {
    let stage = Stage::new().await;
    let moved = taken(&stage, "moved").await;
    let interested = taken(&stage, "interested").await;
    let withdrawn = taken(&stage, "withdrawn").await;
    let wish = wish(Some(successor()));
    let shown = dry(&stage, &wish).await;
    assert_eq!(shown.reviews.len(), 3);
    real(&stage, &wish, &shown, 9).await.expect("as shown");
    // In the queue, and meanwhile:
    let third = Assignee {
        account: sample::second_administrator().account.key(),
        email: None,
    };
    let administrator = sample::administrator();
    let assign = CaseStep::Assign(third.clone());
    case(&stage, &administrator, &moved, assign).await;
    let declares = CaseStep::DeclareConflict;
    case(&stage, &sample::second_reviewer(), &interested, declares).await;
    let owner = sample::owner();
    stage
        .does(&owner, sample::in_window(), &withdrawn, Command::Withdraw)
        .await;
    assert_eq!(carried(&stage, 2).await, 0);
    assert_eq!(assignee(&stage, &moved).await, Some(third));
    assert_eq!(
        assignee(&stage, &interested).await,
        Some(Assignee::of(&reviewer()))
    );
}

#[tokio::test]
async fn without_a_successor_it_goes_back_to_the_queue() {
    let stage = Stage::new().await;
    let review = taken(&stage, "first").await;
    let wish = wish(None);
    let shown = dry(&stage, &wish).await;
    real(&stage, &wish, &shown, 9).await.expect("as shown");
    assert_eq!(carried(&stage, 2).await, 1);
    assert_eq!(assignee(&stage, &review).await, None);
    stage.is_sound(&review).await;
}
