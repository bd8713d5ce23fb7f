//! How long a review took, and on whose side: through several requests for documents, and for every way to its end.

use domain::{Command, DecisionStep, DocumentStep, Outline, Review, StatusName, Waits, whole_days};
use jiff::{SignedDuration, Timestamp, ToSpan};

use crate::cast::{administrator, ask_for_documents, give, reviewer, ruling, then};
use crate::moves::{AFTER_DUE, denied_by_clock, review};
use crate::sample::{IN_WINDOW, at, complete, in_review, owner};

fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// So many days of 24 hours after the submission.
fn day(count: i64) -> Timestamp {
    at(IN_WINDOW) + (count * 24).hours()
}

/// Days that the filer waited, of them with the team, of them for documents.
fn waited(outline: &Outline, now: Timestamp) -> (i64, i64, i64) {
    let waits = Waits::of(outline, now).expect("it was submitted");
    assert_eq!(waits.filer, waits.team + waits.documents);
    let days = [waits.filer, waits.team, waits.documents].map(whole_days);
    (days[0], days[1], days[2])
}

fn asked(review: &Review, on: i64) -> Review {
    then(review, &reviewer(), day(on), ask_for_documents())
}

fn answered(review: &Review, on: i64) -> Review {
    then(
        review,
        &owner(),
        day(on),
        Command::Documents(DocumentStep::ThatIsAll),
    )
}

#[test]
fn the_filers_time_is_told_apart_from_ours_over_several_requests() {
    let filed = in_review();
    assert_eq!(waited(&filed.outline, day(0)), (0, 0, 0));
    assert_eq!(waited(&filed.outline, day(3)), (3, 3, 0));
    let first = asked(&filed, 4);
    assert_eq!(waited(&first.outline, day(4)), (4, 4, 0));
    assert_eq!(waited(&first.outline, day(6)), (6, 4, 2));
    let back = answered(&first, 7);
    assert_eq!(waited(&back.outline, day(7)), (7, 4, 3));
    assert_eq!(waited(&back.outline, day(9)), (9, 6, 3));
    let second = asked(&back, 10);
    assert_eq!(waited(&second.outline, day(15)), (15, 7, 8));
    let back = answered(&second, 16);
    assert_eq!(back.outline.awaited, days(9));
    let step = DecisionStep::Rule {
        ruling: ruling(true),
        second_person: false,
        version: back.outline.version,
    };
    let decided = then(&back, &reviewer(), day(20), Command::Decide(step));
    for later in [20, 21, 400] {
        assert_eq!(
            waited(&decided.outline, day(later)),
            (20, 11, 9),
            "it stands still"
        );
    }
}

#[test]
fn settling_after_the_last_day_is_our_time() {
    // Asked on October 20 at 10:00, due at the midnight after November 4, which is 15 days and 15 hours later.
    let denied = denied_by_clock();
    let took = SignedDuration::from_hours(15 * 24 + 15);
    assert_eq!(denied.outline.awaited, took);
    let waits = Waits::of(&denied.outline, at("2027-01-01T00:00:00Z")).expect("it was submitted");
    assert_eq!(waits.documents, took);
    assert_eq!(waits.team, SignedDuration::from_mins(15));
    let open = review(StatusName::AwaitingDocuments);
    let waits = Waits::of(&open.outline, at(AFTER_DUE)).expect("it was submitted");
    assert_eq!(
        waits.documents, took,
        "an open request counts to its due instant"
    );
}

#[test]
fn every_way_to_leave_a_request_is_counted_once() {
    let open = asked(&in_review(), 1);
    let withdrawn = then(&open, &owner(), day(3), Command::Withdraw);
    assert_eq!(waited(&withdrawn.outline, day(30)), (3, 1, 2));
    let returned = Command::Documents(DocumentStep::Return);
    let returned = then(&open, &reviewer(), day(4), returned);
    assert_eq!(waited(&returned.outline, day(4)), (4, 1, 3));
    // What does not end it does not count.
    let label = Command::Rename {
        version: open.outline.version,
        name: "Another".parse().expect("a line"),
    };
    let renamed = then(&open, &owner(), day(2), label);
    assert_eq!(renamed.outline.awaited, SignedDuration::ZERO);
    assert_eq!(waited(&renamed.outline, day(2)), (2, 1, 1));
    // A denial that is taken back goes on where it stood; the time that it was denied is ours.
    let why = "A mistake.".parse().expect("a text");
    let cause = domain::ReinstateCause::ByAdministrator(why);
    let again = give(
        &denied_by_clock(),
        &administrator(),
        day(20),
        Command::Reinstate(cause),
    );
    let again = again.expect("the sample is sound").review;
    // Each is rounded down: 5 days and 9 hours, 15 days and 15 hours.
    assert_eq!(waited(&again.outline, day(21)), (21, 5, 15));
}

/// Requests are handled in another order than they arrived: no time is ever negative.
#[test]
fn an_answer_that_arrived_before_the_request_takes_nothing_away() {
    let open = asked(&in_review(), 2);
    let back = answered(&open, 1);
    assert_eq!(back.outline.awaited, SignedDuration::ZERO);
    assert_eq!(waited(&back.outline, day(1)), (1, 1, 0));
}

#[test]
fn what_was_never_submitted_waits_for_nobody() {
    assert_eq!(Waits::of(&complete().outline, day(5)), None);
    let closed = review(StatusName::NotSubmitted);
    assert_eq!(Waits::of(&closed.outline, day(50)), None);
    let withdrawn = then(&complete(), &owner(), day(1), Command::Withdraw);
    assert_eq!(Waits::of(&withdrawn.outline, day(50)), None);
}

/// An item from before the time was counted is read as one that took none.
#[test]
fn an_item_of_old_is_still_read() {
    let mut stored =
        serde_json::to_value(&in_review().outline).expect("an outline is stored as JSON");
    assert_eq!(stored.get("awaited"), None, "nothing is stored for nothing");
    let read: Outline = serde_json::from_value(stored.take()).expect("it is read");
    assert_eq!(read.awaited, SignedDuration::ZERO);
}
