//! Orders of administrators over many reviews: dry first, capped, and each review once (domain.md #23).

use domain::{EventKind, StatusName};
use jiff::SignedDuration;
use testkit::{Filer, Mishap, Op, sample};
use workflow::clock::{Run, Sweep};
use workflow::orders::{Among, Carried, OrderWish, Placed, Wanted, carry_out, dry_run, place};
use workflow::{Failure, WindowWish, change_window, window_dry_run};

use super::stage::{Stage, at, closing, due, ripe};

pub(super) fn administrator() -> Filer {
    Filer::new(sample::administrator(), 41).at(ripe() + SignedDuration::from_hours(9))
}

fn reinstatement(run: Run) -> OrderWish {
    OrderWish {
        wanted: Wanted::Reinstate {
            run: run.as_of,
            year: sample::year(),
        },
        why: "Mail was down all week.".parse().expect("a text"),
    }
}

pub(super) async fn dry(stage: &Stage, wish: &OrderWish) -> Placed {
    let dry = dry_run(stage.store(), &administrator().inbound(), wish).await;
    dry.expect("an answer")
}

pub(super) async fn real(
    stage: &Stage,
    wish: &OrderWish,
    dry: &Placed,
    cap: u32,
) -> Result<Placed, Failure> {
    let filer = administrator();
    let key = filer.key("orders", "key", "body");
    let (store, queue) = (stage.store(), &stage.queue);
    place(
        store,
        queue,
        &filer.inbound(),
        &key,
        wish,
        dry.token,
        Some(cap),
    )
    .await
}

/// Carries out what waits, `times` times over and in reverse; how much was done.
pub(super) async fn carried(stage: &Stage, times: usize) -> usize {
    let orders = stage.queue.take_orders();
    let mut done = 0;
    for _ in 0..times {
        for (order, review) in orders.iter().rev() {
            let filer = administrator();
            let carried = carry_out(stage.store(), &filer.inbound(), order, review).await;
            done += usize::from(carried.expect("an answer") == Carried::Done);
        }
    }
    done
}

#[tokio::test]
async fn a_thousand_wrongly_expired_reviews_are_reinstated_by_their_run() {
    const MANY: usize = 1_000;
    let stage = Stage::new().await;
    let mut reviews = Vec::new();
    for number in 0..MANY {
        reviews.push(stage.waiting(&format!("waiting-{number}")).await);
    }
    let run = Run {
        sweep: Sweep::Nightly,
        as_of: ripe(),
    };
    stage.looks(&run).await;
    for command in stage.queue.take_commands() {
        stage.carries_out(&command).await.expect("an answer");
    }
    while let Some((run, parts)) = stage.queue.take_parts().pop() {
        let some = stage.sweeps(&run, Some(parts), super::stage::BOUNDS).await;
        some.expect("an answer");
        for command in stage.queue.take_commands() {
            stage.carries_out(&command).await.expect("an answer");
        }
    }
    // One of another run stays.
    let other = stage.waiting("other").await;
    stage.ticks(ripe() + SignedDuration::from_hours(1)).await;

    let wish = reinstatement(run);
    let shown = dry(&stage, &wish).await;
    assert_eq!(shown.reviews.len(), MANY);
    assert_eq!(
        stage.status(&reviews[0]).await,
        StatusName::Denied,
        "nothing is changed by it"
    );
    let refused = real(&stage, &wish, &shown, 999).await;
    assert!(
        matches!(
            refused,
            Err(Failure::OverCap {
                count: 1_000,
                cap: 999
            })
        ),
        "{refused:?}"
    );
    assert_eq!(stage.queue.take_orders(), []);
    real(&stage, &wish, &shown, 1_000)
        .await
        .expect("the cap was raised");
    assert_eq!(carried(&stage, 2).await, MANY);
    for review in &reviews {
        assert_eq!(stage.status(review).await, StatusName::InReview);
        assert_eq!(stage.told(review, EventKind::Reinstated).await, 1);
    }
    stage.is_sound(&reviews[7]).await;
    assert_eq!(stage.status(&other).await, StatusName::Denied);
    assert_eq!(dry(&stage, &wish).await.reviews, []);
}

#[tokio::test]
async fn an_order_whose_reviews_have_changed_since_its_dry_run_is_refused() {
    let stage = Stage::new().await;
    let first = stage.waiting("first").await;
    stage.waiting("second").await;
    let wish = OrderWish {
        wanted: Wanted::Extend {
            last_day: "2025-11-14".parse().expect("a day"),
            among: Among {
                due_through: "2025-11-04".parse().ok(),
                ..Among::default()
            },
        },
        why: "a storm".parse().expect("a text"),
    };
    let before = dry(&stage, &wish).await;
    assert_eq!(before.reviews.len(), 2);
    let answered = domain::Command::Documents(domain::DocumentStep::ThatIsAll);
    stage
        .does(
            &sample::owner(),
            due() - SignedDuration::from_secs(1),
            &first,
            answered,
        )
        .await;
    let refused = real(&stage, &wish, &before, 9).await;
    assert!(matches!(refused, Err(Failure::NotAsDry)), "{refused:?}");
    let now = dry(&stage, &wish).await;
    real(&stage, &wish, &now, 9).await.expect("as shown");
    assert_eq!(carried(&stage, 2).await, 1);
}

#[tokio::test]
async fn an_order_that_ended_half_way_is_handed_out_again_as_a_whole() {
    for op in [Op::Placed, Op::Outlines, Op::PutOrder, Op::HandOut] {
        let stage = Stage::new().await;
        for number in 0..3 {
            stage.waiting(&format!("waiting-{number}")).await;
        }
        let wish = OrderWish {
            wanted: Wanted::Toll {
                days: domain::Toll {
                    from: "2025-11-01".parse().expect("a day"),
                    through: "2025-11-03".parse().expect("a day"),
                },
                among: Among::default(),
            },
            why: "a shutdown".parse().expect("a text"),
        };
        let shown = dry(&stage, &wish).await;
        stage.store().plan.next(op, Mishap::Declined);
        assert!(real(&stage, &wish, &shown, 9).await.is_err(), "{op:?}");
        let mut done = carried(&stage, 1).await;
        // The same request again: what was carried out meanwhile does not make it another.
        let placed = real(&stage, &wish, &shown, 9).await.expect("again");
        assert_eq!(placed.reviews, shown.reviews, "{op:?}");
        done += carried(&stage, 1).await;
        assert_eq!(done, 3, "{op:?}");
    }
}

#[tokio::test]
async fn who_is_no_administrator_orders_nothing() {
    let stage = Stage::new().await;
    let wish = reinstatement(super::stage::tick(ripe()));
    for actor in [sample::owner(), sample::reviewer()] {
        let filer = Filer::new(actor, 42);
        let refused = dry_run(stage.store(), &filer.inbound(), &wish).await;
        assert!(matches!(refused, Err(Failure::NotAdministrator)));
        let wish = extension();
        let refused = window_dry_run(stage.store(), &filer.inbound(), sample::year(), &wish).await;
        assert!(matches!(refused, Err(Failure::NotAdministrator)));
    }
}

fn extension() -> WindowWish {
    WindowWish {
        opens: None,
        closes: at("2025-11-22T01:00:00Z"),
        reason: "a storm".to_owned(),
    }
}

#[tokio::test]
async fn a_window_is_extended_and_reopened_dry_first_and_once() {
    // Extended while it is open, and reopened after it has closed.
    for now in [
        sample::in_window(),
        closing() + SignedDuration::from_hours(1),
    ] {
        let stage = Stage::new().await;
        let draft = stage.story.complete("draft").await;
        stage.ticks(closing().min(now)).await;
        let filer = Filer::new(sample::administrator(), 43).at(now);
        let (year, wish) = (sample::year(), extension());
        let shown = window_dry_run(stage.store(), &filer.inbound(), year, &wish).await;
        let shown = shown.expect("an answer");
        assert_eq!(shown.drafts + shown.reopened, 1);
        let key = filer.key("window", "key", "body");
        for _ in 0..2 {
            let changed = change_window(
                stage.store(),
                &filer.inbound(),
                &key,
                year,
                &wish,
                shown.token,
            )
            .await;
            assert_eq!(changed.expect("as shown"), shown, "the same answer twice");
        }
        let other = filer.key("window", "other", "body");
        let again = change_window(
            stage.store(),
            &filer.inbound(),
            &other,
            year,
            &wish,
            shown.token,
        )
        .await;
        assert!(again.is_err(), "the window is another by now: {again:?}");
        stage.ticks(now + SignedDuration::from_mins(5)).await;
        assert_eq!(stage.status(&draft).await, StatusName::Draft);
        assert_eq!(stage.told(&draft, EventKind::WindowChanged).await, 1);
        let earlier = WindowWish {
            closes: at("2025-11-20T01:00:00Z"),
            ..wish
        };
        let refused = window_dry_run(stage.store(), &filer.inbound(), year, &earlier).await;
        assert!(matches!(refused, Err(Failure::Window(_))), "{refused:?}");
    }
}

#[tokio::test]
async fn an_administrator_with_an_interest_does_nothing_to_that_review() {
    let stage = Stage::new().await;
    let review = stage.waiting("waiting").await;
    // The administrator becomes staff of the request.
    let patch = domain::FormPatch(serde_json::json!({"staff": ["administrator@example.org"]}));
    let command = testkit::command::edit_people(&stage.review(&review.outline.id).await, patch);
    stage
        .does(&sample::owner(), sample::in_window(), &review, command)
        .await;
    let wish = OrderWish {
        wanted: Wanted::Extend {
            last_day: "2025-11-14".parse().expect("a day"),
            among: Among::default(),
        },
        why: "a storm".parse().expect("a text"),
    };
    let shown = dry(&stage, &wish).await;
    real(&stage, &wish, &shown, 9).await.expect("as shown");
    assert_eq!(carried(&stage, 1).await, 0);
}
