//! The clocks across clock changes, leap days and closes (domain.md #16, #18, #21, #23).

use domain::{
    Command, CommandName as C, DOCUMENT_REMINDERS, DRAFT_REMINDERS, Event, Refused, Review,
    StatusName, Toll, Unfit, days_left, due_after_days, last_day, next_look, reminder_at,
    reminder_due, rule_sets, start_of_day, tolled, transition,
};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::cast::{administrator, give, job, then};
use crate::moves::{command, review};
use crate::sample::{IN_WINDOW, at, complete, decide, owner, submit};

const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

#[test]
fn both_clock_change_nights_of_four_years() {
    // The night's length in hours, and a request of one day whose last day is that night's.
    for (spring, autumn) in [
        (date(2024, 3, 10), date(2024, 11, 3)),
        (date(2025, 3, 9), date(2025, 11, 2)),
        (date(2026, 3, 8), date(2026, 11, 1)),
        (date(2027, 3, 14), date(2027, 11, 7)),
    ] {
        for (day, hours) in [(spring, 23), (autumn, 25)] {
            let begins = start_of_day(day);
            let ends = start_of_day(day.tomorrow().expect("a day"));
            assert_eq!(
                ends.duration_since(begins),
                SignedDuration::from_hours(hours)
            );
            let yesterday = begins - MILLISECOND;
            assert_eq!(due_after_days(yesterday, 1), ends, "{day}");
            assert_eq!(due_after_days(begins, 0), ends, "{day}");
            assert_eq!(last_day(ends), day);
            assert_eq!(days_left(begins, ends - MILLISECOND), Some(0));
            assert_eq!(
                reminder_at(ends, 0),
                begins + SignedDuration::from_hours(9 + hours - 24)
            );
        }
    }
}

#[test]
fn a_leap_day_is_a_day() {
    let asked = at("2024-02-20T12:00:00Z");
    assert_eq!(last_day(due_after_days(asked, 9)), date(2024, 2, 29));
    assert_eq!(last_day(due_after_days(asked, 10)), date(2024, 3, 1));
    assert_eq!(
        last_day(due_after_days(at("2025-02-20T12:00:00Z"), 9)),
        date(2025, 3, 1)
    );
    let leap = Toll {
        from: date(2024, 2, 28),
        through: date(2024, 3, 1),
    };
    let due = due_after_days(asked, 9);
    assert_eq!(last_day(tolled(due, asked, &leap, &[])), date(2024, 3, 3));
}

#[test]
fn the_days_to_answer_of_every_year() {
    for rules in rule_sets() {
        let Some(days) = rules.document_days else {
            continue;
        };
        let asked = at("2025-10-20T14:00:00Z");
        let due = due_after_days(asked, days);
        let expected = date(2025, 10, 20) + jiff::ToSpan::days(i64::from(days));
        assert_eq!(last_day(due), expected, "{}", rules.year);
        assert_eq!(last_day(due - MILLISECOND), expected);
        assert_eq!(days_left(asked, due - MILLISECOND), Some(i32::from(days)));
    }
}

#[test]
fn reminders_go_out_once_each_and_late_ones_are_skipped() {
    let close = at("2025-11-15T01:00:00Z");
    let due = |sent, when: &str| reminder_due(close, &DRAFT_REMINDERS, sent, at(when));
    assert_eq!(due(None, "2025-10-31T12:59:59.999Z"), None);
    assert_eq!(due(None, "2025-10-31T13:00:00Z"), Some(14));
    assert_eq!(due(Some(14), "2025-11-11T13:59:59Z"), None);
    assert_eq!(due(Some(14), "2025-11-11T14:00:00Z"), Some(3));
    assert_eq!(due(Some(14), "2025-11-13T14:00:00Z"), Some(1));
    assert_eq!(due(Some(1), "2025-11-14T14:00:00Z"), None);
    assert_eq!(due(None, "2025-11-15T01:00:00Z"), None);
    // None is late by more than a day (domain.md #21).
    assert_eq!(due(None, "2025-11-01T13:00:00Z"), Some(14));
    assert_eq!(due(None, "2025-11-01T13:00:00.001Z"), None);
}

#[test]
fn a_reminder_that_nobody_sent_in_time_is_passed_over_and_looked_for_no_more() {
    let waiting = review(StatusName::AwaitingDocuments);
    let look = next_look(&waiting).expect("it waits");
    let late = look + SignedDuration::from_hours(24) + MILLISECOND;
    let change = give(&waiting, &job(), late, Command::Remind).expect("it is passed over");
    assert_eq!(change.events, []);
    let next = next_look(&change.review).expect("it waits");
    assert!(late < next);
    let (_, days) = remind(&change.review, next).expect("the next is due");
    assert_eq!(days, DOCUMENT_REMINDERS[1]);
}

#[test]
fn a_draft_that_is_begun_in_the_last_three_days_is_told_at_once_and_of_what_is_left() {
    let begun = |when: &str| {
        decide(at(when), &[], 1, |context| {
            let id = domain::ReviewId::from_random(context.rules.year, 7);
            let change = domain::create(id, "Untitled".parse().expect("a line"), context)?;
            let told = change.events.iter().map(|(_, event)| {
                let Event::DraftReminderV1(reminder) = event else {
                    panic!("{event:?}");
                };
                reminder.days
            });
            let told: Vec<_> = told.collect();
            Ok::<_, Refused>((change.review, told))
        })
        .expect("within the window")
    };
    assert!(begun("2025-11-11T13:59:59.999Z").1.is_empty());
    assert_eq!(begun("2025-11-11T14:00:00Z").1, [3]);
    assert_eq!(begun("2025-11-12T20:00:00Z").1, [2]);
    assert_eq!(begun("2025-11-15T00:59:59Z").1, [0]);
    // The day after, the last reminder comes; who was told on that day is told once.
    let (draft, _) = begun("2025-11-12T20:00:00Z");
    let when = at("2025-11-13T14:00:00Z");
    assert_eq!(remind(&draft, when).expect("due").1, 1);
    let (draft, _) = begun("2025-11-13T12:00:00Z");
    assert!(remind(&draft, when).is_err());
}

fn remind(review: &Review, when: Timestamp) -> Result<(Review, u16), Refused> {
    let change = give(review, &job(), when, Command::Remind)?;
    let event = &change.events[0].1;
    let days = if let Event::DraftReminderV1(event) = event {
        event.days
    } else if let Event::DocumentsReminderV1(event) = event {
        event.days
    } else {
        panic!("{event:?}");
    };
    Ok((change.review, days))
}

#[test]
fn a_sweep_that_looks_when_it_is_told_to_sends_each_reminder_and_settles() {
    let mut waiting = review(StatusName::AwaitingDocuments);
    let mut sent = Vec::new();
    for _ in 0..3 {
        let look = next_look(&waiting).expect("it waits");
        assert!(remind(&waiting, look - MILLISECOND).is_err());
        let (next, days) = remind(&waiting, look).expect("a reminder is due");
        assert_eq!(remind(&next, look).err(), Some(Unfit::NothingToDo.into()));
        waiting = next;
        sent.push(days);
    }
    assert_eq!(sent, DOCUMENT_REMINDERS);
    let settle = next_look(&waiting).expect("it waits");
    assert_eq!(settle, at("2025-11-05T05:15:00Z"));
    let denied = then(&waiting, &job(), settle, command(C::Settle, &waiting));
    assert_eq!(next_look(&denied), None);
}

#[test]
fn the_close_comes_a_quarter_of_an_hour_later_and_an_arrival_in_time_wins_over_it() {
    let close = at("2025-11-15T01:00:00Z");
    let ripe = close + SignedDuration::from_mins(15);
    let draft = complete();
    let sweep = |when| give(&draft, &job(), when, command(C::CloseDraft, &draft));
    assert_eq!(
        sweep(ripe - MILLISECOND).err(),
        Some(Refused::TooEarly(C::CloseDraft, ripe))
    );
    let closed = sweep(ripe).expect("it is ripe").review;
    assert_eq!(closed.outline.status.name(), StatusName::NotSubmitted);
    let arrived = |when| give(&closed, &owner(), when, submit(&closed));
    let change = arrived(close - MILLISECOND).expect("it was in time");
    assert!(matches!(&change.events[0].1, Event::ReviewSubmittedV1(told) if told.corrects_closing));
    assert!(matches!(arrived(close), Err(Refused::OutsideWindow(_))));
}

#[test]
fn one_late_submission_can_be_let_in_for_an_attempt_of_the_last_hour() {
    let ripe = at("2025-11-15T01:15:00Z");
    let closed = review(StatusName::NotSubmitted);
    let allow = |attempted: &str| {
        let step = domain::TimeStep::AllowLate {
            failed_request: "request-1".parse().expect("a line"),
            attempted_at: at(attempted),
        };
        give(&closed, &administrator(), ripe, Command::Time(step))
    };
    assert!(allow("2025-11-14T23:59:59.999Z").is_err());
    assert!(allow("2025-11-15T01:00:00Z").is_err());
    assert!(allow("2025-11-15T00:59:59.999Z").is_ok());
    let allowed = allow("2025-11-15T00:00:00Z").expect("the last hour").review;
    let again = give(
        &allowed,
        &administrator(),
        ripe,
        command(C::AllowLate, &allowed),
    );
    assert_eq!(again.err(), Some(Unfit::LeaveGiven.into()));
    // Three civil days from the leave, in New York.
    let until = at("2025-11-18T05:00:00Z");
    let late = |review: &Review, when| {
        decide(when, &[], 3, |context| {
            transition(review, submit(review), context).map(|change| change.review)
        })
    };
    assert!(late(&allowed, until - MILLISECOND).is_ok());
    assert!(matches!(
        late(&allowed, until),
        Err(Refused::OutsideWindow(_))
    ));
    let without = late(&closed, at("2025-11-15T18:00:00Z"));
    assert!(matches!(without, Err(Refused::OutsideWindow(_))));
}

#[test]
fn a_draft_with_leave_is_closed_when_its_leave_ends() {
    let early = at("2025-11-15T01:01:00Z");
    let allowed = then(
        &complete(),
        &administrator(),
        early,
        command(C::AllowLate, &complete()),
    );
    let until = at("2025-11-18T05:00:00Z");
    let swept = give(
        &allowed,
        &job(),
        at("2025-11-15T01:15:00Z"),
        command(C::CloseDraft, &allowed),
    );
    assert_eq!(swept.err(), Some(Refused::TooEarly(C::CloseDraft, until)));
}

#[test]
fn after_the_close_a_withdrawal_is_acknowledged() {
    let late = at("2025-11-15T01:00:00Z");
    for status in [
        StatusName::Draft,
        StatusName::InReview,
        StatusName::AwaitingDocuments,
    ] {
        let review = review(status);
        let withdraw = |when, command| give(&review, &owner(), when, command);
        assert!(withdraw(late - MILLISECOND, Command::Withdraw).is_ok());
        let refused = withdraw(late, Command::Withdraw);
        assert!(
            matches!(refused, Err(Refused::Unacknowledged(_))),
            "{refused:?}"
        );
        assert!(withdraw(late, Command::WithdrawForGood).is_ok());
    }
}

#[test]
fn a_change_of_the_window_is_told_once() {
    let when = at("2025-11-17T12:00:00Z");
    let told = then(
        &complete(),
        &job(),
        when,
        command(C::TellWindow, &complete()),
    );
    let again = give(&told, &job(), when, command(C::TellWindow, &told));
    assert_eq!(again.err(), Some(Unfit::NothingToDo.into()));
    let early = give(
        &complete(),
        &job(),
        at(IN_WINDOW),
        command(C::TellWindow, &complete()),
    );
    assert_eq!(early.err(), Some(Unfit::NothingToDo.into()));
}

proptest! {
    #[test]
    fn a_due_instant_is_a_midnight_in_new_york_and_never_earlier_than_the_days(
        seconds in 1_500_000_000i64..1_900_000_000, days in 0u16..60,
    ) {
        let asked = Timestamp::from_second(seconds).expect("an instant");
        let due = due_after_days(asked, days);
        prop_assert_eq!(start_of_day(domain::civil_day(due)), due);
        prop_assert!(due.duration_since(asked) > SignedDuration::from_hours(i64::from(days) * 24 - 1));
        prop_assert!(due.duration_since(asked) <= SignedDuration::from_hours((i64::from(days) + 1) * 24 + 1));
    }
}
