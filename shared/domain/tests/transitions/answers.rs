//! A request for documents is over once everything that was asked for is there (domain.md #19), and never before.

use domain::{
    AttachmentId, Command, DocumentAsk, DocumentStep, Event, FileFault, FileStep, Place,
    ReturnCause, Review, Status, StatusName,
};
use jiff::Timestamp;

use crate::cast::{file, give, grant, job, on_file, reviewer, then};
use crate::sample::{IN_WINDOW, at, in_review, owner};

const NOW: &str = "2025-10-30T12:00:00Z";

/// Waiting for two documents.
fn waiting() -> Review {
    asked(&in_review(), at(IN_WINDOW))
}

fn asked(review: &Review, when: Timestamp) -> Review {
    let item = |what: &str| DocumentAsk {
        what: what.parse().expect("a line"),
        kind: None,
    };
    let request = DocumentStep::Request {
        items: vec![item("The EHR extract"), item("The contract")],
        message: None,
        last_day: None,
    };
    then(review, &reviewer(), when, Command::Documents(request))
}

fn granted(review: &Review, number: u8, item: Option<u16>) -> Review {
    then(
        review,
        &owner(),
        at(NOW),
        grant(number, Place::Request { item }),
    )
}

fn step(review: &Review, number: u8, step: FileStep) -> Review {
    then(review, &job(), at(NOW), on_file(number, step))
}

/// After a file for `item` has come and passed its check.
fn clean(review: &Review, number: u8, item: Option<u16>) -> Review {
    let granted = granted(review, number, item);
    let received = step(
        &granted,
        number,
        FileStep::Receive {
            arrived_at: at(NOW),
        },
    );
    step(&received, number, FileStep::Pass)
}

fn refused(review: &Review, number: u8, item: Option<u16>) -> Review {
    let reject = FileStep::Reject {
        arrived_at: at(NOW),
        why: FileFault::PasswordLocked,
    };
    step(&granted(review, number, item), number, reject)
}

fn waits(review: &Review) -> bool {
    review.outline.status.name() == StatusName::AwaitingDocuments
}

fn owed(review: &Review) -> Vec<u16> {
    let Status::AwaitingDocuments(now) = &review.outline.status else {
        panic!("{review:?}");
    };
    let owed = now.request.owed(&review.dossier.files);
    owed.map(|item| item.number).collect()
}

fn cause(review: &Review) -> Option<ReturnCause> {
    let Status::InReview(now) = &review.outline.status else {
        return None;
    };
    now.returned.as_ref().map(|returned| returned.cause)
}

#[test]
fn the_last_item_that_is_answered_brings_the_review_back_and_its_people_are_told() {
    let first = clean(&waiting(), 1, Some(1));
    assert_eq!(owed(&first), [2]);
    let received = step(
        &granted(&first, 2, Some(2)),
        2,
        FileStep::Receive {
            arrived_at: at(NOW),
        },
    );
    assert_eq!(owed(&received), [2], "it may yet be refused");
    let change = give(&received, &job(), at(NOW), on_file(2, FileStep::Pass)).expect("it is clean");
    assert_eq!(cause(&change.review), Some(ReturnCause::AllAnswered));
    assert_eq!(
        change.entries.len(),
        2,
        "that it passed, and that the review went on"
    );
    let [(seq, Event::DocumentsReceivedV1(told))] = change.events.as_slice() else {
        panic!("{:?}", change.events);
    };
    assert_eq!(*seq, change.entries[1].seq);
    assert_eq!(told.cause, ReturnCause::AllAnswered);
    assert_eq!((told.open.len(), told.files), (0, 2));
}

#[test]
fn a_file_for_the_whole_answers_no_item_and_nor_does_one_that_nobody_could_check() {
    let whole = clean(&clean(&waiting(), 1, None), 2, None);
    assert_eq!(owed(&whole), [1, 2]);
    let unchecked = step(
        &step(
            &granted(&clean(&waiting(), 1, Some(1)), 2, Some(2)),
            2,
            FileStep::Receive {
                arrived_at: at(NOW),
            },
        ),
        2,
        FileStep::GiveUp,
    );
    assert_eq!(owed(&unchecked), [2]);
}

#[test]
fn nothing_is_over_while_something_is_on_its_way() {
    let under_way = granted(&waiting(), 3, Some(1));
    let answered = clean(&clean(&under_way, 1, Some(1)), 2, Some(2));
    assert!(waits(&answered) && owed(&answered).is_empty());
    let later = at("2025-10-31T12:00:00Z");
    let expired = then(&answered, &job(), later, on_file(3, FileStep::Expire));
    assert_eq!(cause(&expired), Some(ReturnCause::AllAnswered));
    let in_check = step(
        &answered,
        3,
        FileStep::Receive {
            arrived_at: at(NOW),
        },
    );
    assert!(waits(&in_check));
    let passed = step(&in_check, 3, FileStep::Pass);
    assert_eq!(cause(&passed), Some(ReturnCause::AllAnswered));
}

#[test]
fn a_refused_file_can_be_replaced_before_the_review_goes_on_whatever_came_first() {
    // Its sender was told that there are three days (domain.md #18).
    for (first, second) in [(Some(2), None), (None, Some(2))] {
        let mut review = clean(&waiting(), 1, Some(1));
        for (number, refuses) in [(2, first), (3, second)] {
            review = match refuses {
                Some(item) => refused(&review, number, Some(item)),
                None if number == 2 => {
                    // Its verdict comes after the other one's.
                    let granted = granted(&review, 2, Some(2));
                    step(
                        &granted,
                        2,
                        FileStep::Receive {
                            arrived_at: at(NOW),
                        },
                    )
                }
                None => review,
            };
        }
        let refused_number = if first.is_some() { 2 } else { 3 };
        if first.is_none() {
            review = step(&review, 2, FileStep::Pass);
        }
        assert!(waits(&review), "file {refused_number} can be replaced");
        let replaced = clean(&review, 4, Some(2));
        assert_eq!(cause(&replaced), Some(ReturnCause::AllAnswered));
    }
    // So can one that answered no item in particular.
    let extra = refused(&clean(&waiting(), 1, Some(1)), 2, None);
    let answered = clean(&extra, 3, Some(2));
    assert!(waits(&answered) && owed(&answered).is_empty());
    assert!(!waits(&clean(&answered, 4, None)));
}

#[test]
fn what_a_reviewer_marked_is_there_by_whatever_way_it_came() {
    let mark = |review: &Review, item| {
        let step = DocumentStep::ItemReceived(item);
        then(review, &reviewer(), at(NOW), Command::Documents(step))
    };
    let one = mark(&waiting(), 2);
    assert_eq!(owed(&one), [1]);
    assert_eq!(
        cause(&clean(&one, 1, Some(1))),
        Some(ReturnCause::AllAnswered)
    );
    assert_eq!(cause(&mark(&one, 1)), Some(ReturnCause::AllAnswered));
    // And is no silence: it came by letter.
    let ripe = at("2025-12-01T12:00:00Z");
    let settle = Command::Documents(DocumentStep::Settle { reached: true });
    let settled = then(&one, &job(), ripe, settle.clone());
    assert_eq!(cause(&settled), Some(ReturnCause::IncompleteAnswer));
    let silent = then(&waiting(), &job(), ripe, settle);
    assert_eq!(silent.outline.status.name(), StatusName::Denied);
}

#[test]
fn a_file_that_says_nothing_about_the_review_answers_nothing() {
    let one = clean(&waiting(), 1, Some(1));
    let not_relevant = then(
        &one,
        &reviewer(),
        at(NOW),
        on_file(1, FileStep::NotRelevant),
    );
    assert_eq!(owed(&not_relevant), [1, 2]);
    let wrong = then(&one, &owner(), at(NOW), on_file(1, FileStep::WrongPatient));
    assert_eq!(owed(&wrong), [1, 2]);
}

#[test]
fn an_answer_belongs_to_the_request_that_was_open_when_it_was_granted() {
    let answered = clean(&waiting(), 1, Some(1));
    let over = then(
        &answered,
        &owner(),
        at(NOW),
        Command::Documents(DocumentStep::ThatIsAll),
    );
    let again = asked(&over, at("2025-10-31T12:00:00Z"));
    assert_eq!(owed(&again), [1, 2]);
    let ids: Vec<AttachmentId> = again
        .dossier
        .files
        .iter()
        .map(|file| file.id.clone())
        .collect();
    assert_eq!(ids, [file(1)], "it is there all the same");
}

#[test]
fn what_hangs_on_a_comment_of_a_draft_is_not_there_for_the_team() {
    let draft = crate::sample::complete();
    let place = Place::Comment {
        comment: crate::cast::comment_id(),
    };
    let review = then(&draft, &owner(), at(IN_WINDOW), grant(1, place.clone()));
    let review = step(
        &review,
        1,
        FileStep::Receive {
            arrived_at: at(IN_WINDOW),
        },
    );
    let review = step(&review, 1, FileStep::Pass);
    let review = then(
        &review,
        &owner(),
        at(IN_WINDOW),
        crate::sample::submit(&review),
    );
    let review = then(&review, &owner(), at(IN_WINDOW), grant(2, place));
    let count = |side| review.dossier.files_for(side).count();
    assert_eq!(
        (count(domain::Side::Filer), count(domain::Side::Team)),
        (2, 1)
    );
    for wish in [FileStep::WrongPatient, FileStep::NotRelevant] {
        let refused = give(&review, &reviewer(), at(NOW), on_file(1, wish));
        assert_eq!(refused.err(), Some(domain::Unfit::NotThere.into()));
    }
    // Its filers look after it as ever.
    then(
        &review,
        &owner(),
        at(NOW),
        on_file(1, FileStep::WrongPatient),
    );
}
