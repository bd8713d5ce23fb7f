//! The instants at which the window turns, to the millisecond (domain.md #16, #17).

use domain::{Command, Refused, Review, Status, StatusName, WindowChange, transition};
use jiff::{SignedDuration, Timestamp};

use crate::sample::{at, begin, complete, decide, edit_form, individual, submit};

const CLOSE: &str = "2025-11-15T01:00:00Z";
const MILLISECOND: SignedDuration = SignedDuration::from_millis(1);

fn received(
    at: Timestamp,
    later_changes: &[WindowChange],
    command: impl FnOnce(&Review) -> Command,
) -> Result<Review, Refused> {
    let draft = complete();
    let change = decide(at, later_changes, 3, |context| {
        transition(&draft, command(&draft), context)
    });
    change.map(|change| change.review)
}

#[test]
fn a_submission_is_on_time_up_to_the_last_millisecond() {
    let close = at(CLOSE);
    let last = close - MILLISECOND;
    let review = received(last, &[], submit).expect("19:59:59.999 is in");
    let Status::InReview(submission) = review.outline.status else {
        panic!("{review:?}");
    };
    assert_eq!(submission.submission.received_at, last);
    for late in [close, close + MILLISECOND] {
        let refused = received(late, &[], submit).expect_err("20:00 is out");
        assert!(matches!(&refused, Refused::OutsideWindow(_)), "{refused:?}");
        let sentence = refused.to_string();
        assert!(
            sentence.contains("November 14, 2025, 8:00 pm ET"),
            "{sentence}"
        );
    }
}

#[test]
fn an_edit_is_judged_as_a_submission_is() {
    let edit = |review: &Review| edit_form(review, individual());
    assert!(received(at(CLOSE) - MILLISECOND, &[], edit).is_ok());
    for late in [at(CLOSE), at(CLOSE) + MILLISECOND] {
        assert!(matches!(
            received(late, &[], edit),
            Err(Refused::OutsideWindow(_))
        ));
    }
}

#[test]
fn a_draft_begins_from_the_opening_instant_on() {
    let opening = at("2025-09-09T04:00:00Z");
    assert!(matches!(
        begin(opening - MILLISECOND),
        Err(Refused::OutsideWindow(_))
    ));
    assert!(begin(opening).is_ok());
    assert!(begin(at(CLOSE) - MILLISECOND).is_ok());
    assert!(matches!(begin(at(CLOSE)), Err(Refused::OutsideWindow(_))));
}

#[test]
fn an_extension_counts_from_the_instant_at_which_it_was_known() {
    let extended = WindowChange {
        known: at("2025-11-16T15:00:00Z"),
        opens: Some(at("2025-09-09T04:00:00Z")),
        closes: Some(at("2025-11-22T01:00:00Z")),
        reason: "a storm".to_owned(),
    };
    let submitted = |at| received(at, std::slice::from_ref(&extended), submit);
    let known = extended.known;
    assert!(matches!(
        submitted(known - MILLISECOND),
        Err(Refused::OutsideWindow(_))
    ));
    let reopened = submitted(known).expect("it is open again");
    assert_eq!(reopened.outline.status.name(), StatusName::InReview);
    let second_close = at("2025-11-22T01:00:00Z");
    assert!(submitted(second_close - MILLISECOND).is_ok());
    assert!(matches!(
        submitted(second_close),
        Err(Refused::OutsideWindow(_))
    ));
}
