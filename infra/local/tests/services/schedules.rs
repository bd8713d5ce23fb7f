//! Schedules over real queues and the set clock: in order, over a kill, and as the clock ticks.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use local::schedules::{Expression, Input, SchedulePlan, Schedules};
use local::services::Queues;

use crate::place::Place;

const SOON: Duration = Duration::from_secs(20);
const NEW_YORK: &str = "America/New_York";

fn schedule(name: &str, expression: &str) -> SchedulePlan {
    let text = format!("{name} <aws.scheduler.scheduled-time>");
    SchedulePlan {
        name: name.to_owned(),
        arn: format!("arn:local/{name}"),
        expression: Expression::parse(expression, NEW_YORK).expect("an expression"),
        queue: "feedback".to_owned(),
        input: Input::parse(&text).expect("known places"),
        enabled: true,
    }
}

fn open(place: &Place, plans: &[SchedulePlan]) -> Schedules {
    let queues = &place.services.queues;
    Schedules::open(&place.data, &place.clock, queues, plans.to_vec()).expect("opens")
}

fn instant(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

/// Whatever lies in the queue, in order.
async fn drain(queues: &Queues) -> Vec<String> {
    let mut bodies = Vec::new();
    loop {
        let received = queues.receive("feedback", 1, Duration::ZERO).await;
        let Some(message) = received.expect("receives").pop() else {
            return bodies;
        };
        let handle = &message.receipt_handle;
        queues.delete("feedback", handle).await.expect("deletes");
        bodies.push(message.body);
    }
}

#[tokio::test]
async fn a_jump_sends_all_in_between_in_order_before_it_returns() {
    let place = Place::new().await;
    let mut disabled = schedule("off", "rate(1 minute)");
    disabled.enabled = false;
    let plans = [
        schedule("often", "rate(30 minutes)"),
        schedule("close", "cron(20 11 * * ? *)"),
        schedule("once", "at(2025-10-20T11:00:00)"),
        disabled,
    ];
    let schedules = open(&place, &plans);
    let sent = schedules.advance_to(instant("2025-10-20T15:45:00Z")).await;
    assert_eq!(sent.expect("moves"), 5);
    let expected = [
        "often 2025-10-20T14:30:00Z",
        "often 2025-10-20T15:00:00Z",
        "once 2025-10-20T15:00:00Z",
        "close 2025-10-20T15:20:00Z",
        "often 2025-10-20T15:30:00Z",
    ];
    assert_eq!(drain(&place.services.queues).await, expected);
    let next: Vec<_> = schedules.list().into_iter().map(|one| one.next).collect();
    let expected = [
        Some(instant("2025-10-20T16:00:00Z")),
        Some(instant("2025-10-21T15:20:00Z")),
        None,
        None,
    ];
    assert_eq!(next, expected);
    let back = schedules.advance_to(instant("2025-10-20T15:00:00Z")).await;
    assert!(back.expect_err("backward").to_string().contains("forward"));
}

#[tokio::test]
async fn a_restart_sends_nothing_twice_and_what_a_killed_jump_left() {
    let place = Place::new().await;
    let plans = [schedule("often", "rate(1 hour)")];
    let schedules = open(&place, &plans);
    let sent = schedules.advance_to(instant("2025-10-20T16:30:00Z")).await;
    assert_eq!(sent.expect("moves"), 2);
    assert_eq!(drain(&place.services.queues).await.len(), 2);

    // Killed, and while it was being killed the clock had moved on, but nothing was sent for that.
    let next = place.killed().await;
    next.clock
        .advance_to(instant("2025-10-20T18:10:00Z"))
        .expect("forward");
    let again = next.killed().await;
    let ticking = open(&again, &plans).tick();
    let mut bodies = Vec::new();
    while bodies.len() < 2 {
        let queues = &again.services.queues;
        let received = queues.receive("feedback", 1, SOON).await.expect("receives");
        bodies.extend(received.into_iter().map(|message| message.body));
    }
    ticking.stop().await;
    let expected = ["often 2025-10-20T17:00:00Z", "often 2025-10-20T18:00:00Z"];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn what_becomes_due_as_the_clock_ticks_is_sent_by_itself() {
    let place = Place::new().await;
    let schedules = open(&place, &[schedule("often", "rate(1 hour)")]);
    let ticking = schedules.tick();
    let due = instant("2025-10-20T15:00:00Z");
    let moved = schedules.advance_to(due - SignedDuration::from_millis(300));
    assert_eq!(moved.await.expect("moves"), 0);
    let queues = &place.services.queues;
    let received = queues.receive("feedback", 1, SOON).await.expect("receives");
    assert_eq!(received[0].body, "often 2025-10-20T15:00:00Z");
    assert!(place.clock.now() >= due);
    ticking.stop().await;
}

#[tokio::test]
async fn a_new_or_changed_schedule_of_a_kept_folder_has_missed_nothing() {
    let place = Place::new().await;
    let schedules = open(&place, &[schedule("a", "rate(1 hour)")]);
    let day = instant("2025-10-21T14:00:00Z");
    assert_eq!(schedules.advance_to(day).await.expect("moves"), 24);
    drain(&place.services.queues).await;
    let plans = [
        schedule("a", "rate(1 minute)"),
        schedule("b", "rate(10 minutes)"),
    ];
    let changed = open(&place, &plans);
    let to = instant("2025-10-21T14:10:30Z");
    assert_eq!(changed.advance_to(to).await.expect("moves"), 11);
}

#[tokio::test]
async fn a_month_of_minutes_passes_in_bounded_steps() {
    let place = Place::new().await;
    let schedules = open(&place, &[schedule("often", "rate(10 minutes)")]);
    let sent = schedules.advance_to(instant("2025-11-19T14:00:00Z")).await;
    assert_eq!(sent.expect("moves"), 30 * 24 * 6);
}
