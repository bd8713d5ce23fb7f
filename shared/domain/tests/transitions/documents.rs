//! Requests for documents: nobody who answered in time is denied by the clock (domain.md #18, #19, #24).

use domain::{
    Act, Command, CommandName, Denial, Digest, DocumentStep, Event, FileFault, FileStep, Place,
    Refused, ReinstateCause, Remark, ReturnCause, Review, RuleSet, SilentCase, Status, StatusName,
    Toll, Unfit, due_after_days, next_look,
};
use jiff::{SignedDuration, Timestamp};

use crate::cast::{
    administrator, ask_for_documents, comment_id, file, give, grant, job, on_file, reviewer, then,
};
use crate::moves::{AFTER_DUE, command, denied_by_clock, review};
use crate::sample::{IN_WINDOW, at, in_review, owner, rules};

const DUE: &str = "2025-11-05T05:00:00Z";

fn waiting() -> Review {
    review(StatusName::AwaitingDocuments)
}

fn settle(review: &Review, when: Timestamp, reached: bool) -> Result<Review, Refused> {
    let step = DocumentStep::Settle { reached };
    give(review, &job(), when, Command::Documents(step)).map(|change| change.review)
}

fn cause(review: &Review) -> Option<ReturnCause> {
    let Status::InReview(now) = &review.outline.status else {
        panic!("{review:?}");
    };
    now.returned.as_ref().map(|returned| returned.cause)
}

fn uploaded(granted: &str, arrived: &str) -> Review {
    let place = Place::Request { item: Some(1) };
    let granted = then(&waiting(), &owner(), at(granted), grant(1, place));
    let arrived_at = at(arrived);
    then(
        &granted,
        &job(),
        arrived_at,
        on_file(1, FileStep::Receive { arrived_at }),
    )
}

#[test]
fn silence_is_settled_a_quarter_of_an_hour_after_the_end_and_not_a_millisecond_before() {
    let ripe = at(AFTER_DUE);
    let early = settle(&waiting(), ripe - SignedDuration::from_millis(1), true);
    assert_eq!(
        early.err(),
        Some(Refused::TooEarly(CommandName::Settle, ripe))
    );
    for late in [ripe, ripe + SignedDuration::from_hours(300)] {
        let review = settle(&waiting(), late, true).expect("it is ripe");
        let Status::Denied(denied) = &review.outline.status else {
            panic!("{review:?}");
        };
        assert!(matches!(denied.denial, Denial::Clock { .. }));
        let again = settle(&review, late, true);
        let refused = Refused::NotInStatus(CommandName::Settle, StatusName::Denied);
        assert_eq!(again.err(), Some(refused));
    }
}

#[test]
fn anything_at_all_from_the_filer_brings_the_review_back_to_a_person() {
    let now = at("2025-10-30T12:00:00Z");
    let ask = command(CommandName::AskMoreTime, &waiting());
    let says = command(CommandName::Comment, &waiting());
    for answer in [ask, says] {
        let answered = then(&waiting(), &owner(), now, answer);
        let back = settle(&answered, at(AFTER_DUE), true).expect("it is ripe");
        assert_eq!(cause(&back), Some(ReturnCause::IncompleteAnswer));
    }
    // A refused ask is an answered one; what the team writes is no answer.
    let asked = then(
        &waiting(),
        &owner(),
        now,
        command(CommandName::AskMoreTime, &waiting()),
    );
    let refused = Command::Documents(DocumentStep::RefuseMoreTime);
    let refused = then(&asked, &reviewer(), now, refused);
    let commented = command(CommandName::Comment, &waiting());
    let commented = then(&refused, &reviewer(), now, commented);
    let settled = settle(&commented, at(AFTER_DUE), true).expect("it is ripe");
    assert_eq!(settled.outline.status.name(), StatusName::Denied);
}

#[test]
fn silence_that_nobody_was_told_of_is_a_call_to_make() {
    let back = settle(&waiting(), at(AFTER_DUE), false).expect("it is ripe");
    assert_eq!(cause(&back), Some(ReturnCause::Unreachable));
}

#[test]
fn a_year_may_decide_on_the_record() {
    let lenient = RuleSet {
        silent_case: SilentCase::DecideOnRecord,
        ..rules().clone()
    };
    let when = at(AFTER_DUE);
    let window = domain::Window::at(when, &lenient.window);
    let context = domain::Context {
        at: when,
        actor: &job(),
        relation: domain::Relation::System(domain::Job::DocumentClock),
        rules: &lenient,
        window: &window,
        commit: &domain::CommitId::from_random([1; 16]),
    };
    let step = Command::Documents(DocumentStep::Settle { reached: true });
    let change = domain::transition(&waiting(), step, &context).expect("it is ripe");
    assert_eq!(cause(&change.review), Some(ReturnCause::Silent));
}

#[test]
fn a_file_in_its_check_holds_the_settlement_for_a_day_at_most() {
    // Granted a second before the end, and in the store nine minutes later: in time.
    let review = uploaded("2025-11-05T04:59:59Z", "2025-11-05T05:09:59Z");
    let mut held = settle(&review, at(AFTER_DUE), true).expect("it is ripe");
    let mut looks = 1;
    while held.outline.status.name() == StatusName::AwaitingDocuments {
        let look = next_look(&held).expect("it waits");
        held = settle(&held, look, true).expect("its time has come");
        looks += 1;
        assert!(looks < 200);
    }
    assert_eq!(cause(&held), Some(ReturnCause::CheckUnfinished));
    let Status::InReview(now) = &held.outline.status else {
        panic!("{held:?}");
    };
    let returned = now.returned.as_ref().expect("it came back").at;
    assert_eq!(returned, at("2025-11-06T05:09:59Z"));
    // With a verdict it comes back as what it is.
    let passed = then(&review, &job(), at(AFTER_DUE), on_file(1, FileStep::Pass));
    assert_eq!(cause(&passed), Some(ReturnCause::AllAnswered));
    let place = Place::Request { item: None };
    let whole = then(
        &waiting(),
        &owner(),
        at("2025-11-05T04:59:59Z"),
        grant(1, place),
    );
    let arrived_at = at("2025-11-05T05:09:59Z");
    let arrives = on_file(1, FileStep::Receive { arrived_at });
    let arrived = then(&whole, &job(), arrived_at, arrives);
    let passed = then(&arrived, &job(), at(AFTER_DUE), on_file(1, FileStep::Pass));
    let back = settle(&passed, at(AFTER_DUE), true).expect("it is ripe");
    assert_eq!(cause(&back), Some(ReturnCause::IncompleteAnswer));
}

#[test]
fn an_upload_that_is_not_answered_for_holds_too() {
    let place = Place::Request { item: None };
    let granted = then(
        &waiting(),
        &owner(),
        at("2025-11-05T04:59:59Z"),
        grant(1, place),
    );
    let held = settle(&granted, at(AFTER_DUE), true).expect("it is ripe");
    assert_eq!(held.outline.status.name(), StatusName::AwaitingDocuments);
    let expired = then(&held, &job(), at(AFTER_DUE), on_file(1, FileStep::Expire));
    let look = next_look(&expired).expect("it waits");
    let denied = settle(&expired, look, true).expect("its time has come");
    assert_eq!(denied.outline.status.name(), StatusName::Denied);
}

#[test]
fn no_upload_is_granted_from_the_due_instant_on() {
    let last = at(DUE) - SignedDuration::from_millis(1);
    let asked = |when| {
        give(
            &waiting(),
            &owner(),
            when,
            grant(1, Place::Request { item: None }),
        )
    };
    assert!(asked(last).is_ok());
    assert_eq!(asked(at(DUE)).err(), Some(Unfit::RequestEnded.into()));
}

#[test]
fn a_refused_file_that_came_in_time_can_be_replaced_for_three_days() {
    let place = Place::Request { item: Some(1) };
    let review = then(
        &waiting(),
        &owner(),
        at("2025-11-04T12:00:00Z"),
        grant(1, place),
    );
    let when = at("2025-11-05T05:01:00Z");
    let reject = FileStep::Reject {
        arrived_at: at("2025-11-04T12:01:00Z"),
        why: FileFault::PasswordLocked,
    };
    let change = give(&review, &job(), when, on_file(1, reject)).expect("it was granted");
    let replace_by = due_after_days(when, 3);
    let [(_, Event::FileRefusedV1(told))] = change.events.as_slice() else {
        panic!("{change:?}");
    };
    assert_eq!(told.replace_by, Some(replace_by));
    let early = settle(&change.review, at(AFTER_DUE), true);
    assert!(matches!(early, Err(Refused::TooEarly(..))));
    let place = Place::Request { item: Some(1) };
    assert!(give(&change.review, &owner(), at(AFTER_DUE), grant(2, place)).is_ok());
}

#[test]
fn a_document_found_in_time_takes_a_denial_by_the_clock_back() {
    // The upload is granted, its arrival is never reported, and the grant is written off.
    let place = Place::Request { item: None };
    let granted = then(
        &waiting(),
        &owner(),
        at("2025-11-05T04:59:00Z"),
        grant(1, place),
    );
    let expired = then(
        &granted,
        &job(),
        at(AFTER_DUE),
        on_file(1, FileStep::Expire),
    );
    let denied = settle(&expired, at(AFTER_DUE), true).expect("it is ripe");
    assert_eq!(denied.outline.status.name(), StatusName::Denied);
    let found = |arrived: &str| {
        let cause = ReinstateCause::InTimeDocument {
            file: file(1),
            arrived_at: at(arrived),
        };
        give(
            &denied,
            &job(),
            at("2025-11-06T12:00:00Z"),
            Command::Reinstate(cause),
        )
    };
    assert_eq!(
        found("2025-11-05T05:09:01Z").err(),
        Some(Unfit::NotInTime.into())
    );
    let change = found("2025-11-05T05:09:00Z").expect("it was in time");
    assert_eq!(cause(&change.review), Some(ReturnCause::Reinstated));
}

#[test]
fn a_decision_by_a_person_is_not_taken_back() {
    let by_person = review(StatusName::Denied);
    let wish = || command(CommandName::Reinstate, &by_person);
    let refused = give(&by_person, &administrator(), at(IN_WINDOW), wish());
    assert_eq!(refused.err(), Some(Unfit::NotByClock.into()));
    assert!(give(&denied_by_clock(), &administrator(), at(AFTER_DUE), wish()).is_ok());
}

#[test]
fn the_last_day_never_moves_earlier() {
    let now = at("2025-10-30T12:00:00Z");
    let day = |text: &str| text.parse().expect("a day");
    let earlier = DocumentStep::Extend {
        last_day: day("2025-11-03"),
        why: "A storm.".parse().expect("a text"),
    };
    let refused = give(
        &waiting(),
        &administrator(),
        now,
        Command::Documents(earlier),
    );
    assert_eq!(refused.err(), Some(Unfit::NeverEarlier.into()));
    let request = DocumentStep::Request {
        items: vec![domain::DocumentAsk {
            what: "A contract".parse().expect("a line"),
            kind: None,
        }],
        message: None,
        last_day: Some(day("2025-11-03")),
    };
    // The year gives fifteen days: a reviewer gives more, never fewer.
    let refused = give(
        &in_review(),
        &reviewer(),
        at(IN_WINDOW),
        Command::Documents(request),
    );
    assert!(matches!(refused, Err(Refused::Faulty(_))));
}

#[test]
fn a_pause_adds_its_days_once() {
    let now = at("2025-10-30T12:00:00Z");
    let toll = |from: &str, through: &str| {
        Command::Documents(DocumentStep::Toll(Toll {
            from: from.parse().expect("a day"),
            through: through.parse().expect("a day"),
        }))
    };
    let due = |review: &Review| {
        let Status::AwaitingDocuments(now) = &review.outline.status else {
            panic!("{review:?}");
        };
        now.request.due
    };
    let pause = |review: &Review, from, through| give(review, &job(), now, toll(from, through));
    let once = pause(&waiting(), "2025-11-01", "2025-11-03")
        .expect("three days")
        .review;
    assert_eq!(due(&once), at("2025-11-08T05:00:00Z"));
    let again = pause(&once, "2025-11-01", "2025-11-03");
    assert_eq!(again.err(), Some(Unfit::NothingToDo.into()));
    let overlapping = pause(&once, "2025-11-03", "2025-11-04").expect("one day more");
    assert_eq!(due(&overlapping.review), at("2025-11-09T05:00:00Z"));
    // Days before the request do not count, nor a pause that begins after the last day.
    let before = pause(&waiting(), "2025-10-01", "2025-10-21").expect("one day");
    assert_eq!(due(&before.review), at("2025-11-06T05:00:00Z"));
    let after = pause(&waiting(), "2025-11-05", "2025-11-09");
    assert_eq!(after.err(), Some(Unfit::NothingToDo.into()));
}

#[test]
fn what_a_reviewer_writes_about_a_request_is_a_comment_on_record() {
    let ask = |review: &Review| {
        let Command::Documents(DocumentStep::Request {
            items, last_day, ..
        }) = ask_for_documents()
        else {
            panic!("a request");
        };
        let request = DocumentStep::Request {
            items,
            message: Some(Remark {
                id: comment_id(),
                sha256: Digest::of(&[b"Please mark the pages."]),
            }),
            last_day,
        };
        give(
            review,
            &reviewer(),
            at(IN_WINDOW),
            Command::Documents(request),
        )
    };
    let change = ask(&in_review()).expect("it was asked for");
    let Status::AwaitingDocuments(now) = &change.review.outline.status else {
        panic!("{:?}", change.review.outline.status);
    };
    // The request's letter tells of it; there is no second one about the comment, and it is no answer.
    assert_eq!(change.events.len(), 1);
    assert_eq!(change.events[0].0, now.request.seq);
    assert!(now.request.is_silent());
    assert_eq!(change.review.outline.casework.comments, 1);
    let commented = Act::CommentedV1 {
        comment: comment_id(),
        sha256: Digest::of(&[b"Please mark the pages."]),
    };
    assert!(change.entry_of(&commented).is_some());
    let mut full = in_review();
    full.outline.casework.comments = domain::MAX_COMMENTS;
    assert_eq!(ask(&full).err(), Some(Unfit::CommentsFull.into()));
}
