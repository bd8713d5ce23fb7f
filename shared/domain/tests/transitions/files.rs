//! Files: what may happen to them, in whatever order it is reported, and what that does to the review
//! (domain.md #18, #19, #38).

use domain::{
    Act, Command, DocumentStep, Entry, FileFault, FileState, FileStep, MAX_GRANTS, Place, Refused,
    ReturnCause, Review, Status, StatusName, Unfit, file_advice, next_look,
};
use jiff::{SignedDuration, Timestamp};

use crate::cast::{
    administrator, comment_id, file, give, grant, job, on_file, reviewer, second_reviewer, staff,
    then,
};
use crate::moves::{AFTER_DUE, review};
use crate::sample::{IN_WINDOW, at, complete, in_review, owner, submit};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// It arrived, and is sound.
pub(crate) fn received(number: u8, arrived_at: Timestamp) -> Command {
    on_file(number, FileStep::Receive { arrived_at })
}

/// It arrived, and is refused.
pub(crate) fn rejected(number: u8, arrived_at: Timestamp) -> Command {
    let why = FileFault::Macros;
    on_file(number, FileStep::Reject { arrived_at, why })
}

fn state(review: &Review, number: u8) -> &FileState {
    &review
        .dossier
        .file(&file(number))
        .expect("it is on record")
        .state
}

/// The sample draft with one file that was granted with its form.
fn with_file() -> Review {
    then(&complete(), &owner(), at(IN_WINDOW), grant(1, Place::Form))
}

fn clean(review: &Review) -> Review {
    let now = at(IN_WINDOW);
    let received = then(review, &job(), now, received(1, now));
    then(&received, &job(), now, on_file(1, FileStep::Pass))
}

#[test]
fn the_graver_verdict_stands_whenever_it_comes() {
    let now = at(IN_WINDOW);
    let arrived = then(&with_file(), &job(), now, received(1, now));
    let verdicts = [FileStep::GiveUp, FileStep::Pass, FileStep::Infect];
    let orders: [&[usize]; 8] = [
        &[0, 1, 2],
        &[2, 1, 0],
        &[1, 0, 2],
        &[2, 0, 1],
        &[0, 2, 1],
        &[1, 2, 0],
        &[1, 1, 2, 2],
        &[2],
    ];
    for order in orders {
        let mut review = arrived.clone();
        for &verdict in order {
            let step = on_file(1, verdicts[verdict].clone());
            if let Ok(change) = give(&review, &job(), now, step) {
                review = change.review;
            }
        }
        assert!(
            matches!(state(&review, 1), FileState::Infected { .. }),
            "{order:?}"
        );
    }
    let late = then(&arrived, &job(), now, on_file(1, FileStep::GiveUp));
    let late = then(&late, &job(), now, on_file(1, FileStep::Pass));
    assert!(matches!(state(&late, 1), FileState::Clean { .. }));
}

#[test]
fn an_arrival_and_its_refusal_are_one_change() {
    let now = at(IN_WINDOW);
    let change = give(&with_file(), &job(), now, rejected(1, now)).expect("it was granted");
    let acts = change.entries.iter().map(|entry| {
        let entry: Entry = serde_json::from_str(&entry.body).expect("an entry");
        entry.act
    });
    assert!(matches!(
        acts.collect::<Vec<_>>().as_slice(),
        [Act::FileReceivedV1 { .. }, Act::FileRefusedV1 { .. }]
    ));
    for step in [FileStep::Pass, FileStep::Infect, FileStep::GiveUp] {
        let refused = give(&change.review, &job(), now, on_file(1, step)).err();
        assert_eq!(
            refused,
            Some(Unfit::FileElsewhere.into()),
            "nothing brings it back"
        );
    }
}

#[test]
fn an_object_counts_to_the_second_around_the_due_instant() {
    let waiting = review(StatusName::AwaitingDocuments);
    let Status::AwaitingDocuments(now) = &waiting.outline.status else {
        panic!("it waits");
    };
    let due = now.request.due;
    let granted_at = due - SECOND;
    let end = granted_at + domain::GRANT_LIFE;
    let place = Place::Request { item: Some(1) };
    let granted = then(&waiting, &owner(), granted_at, grant(1, place));
    let file = granted.dossier.file(&file(1)).expect("it was granted");
    assert_eq!(file.request, Some(now.request.seq));
    for (arrived_at, in_time) in [
        (due - SECOND, true),
        (due, true),
        (due + SECOND, true),
        (end - SECOND, true),
        (end, true),
        (end + SECOND, false),
    ] {
        let found = domain::arrived_in_time(arrived_at, granted_at, due);
        assert_eq!(found, in_time, "{arrived_at}");
        // A refused one can be replaced only if it came in time.
        let change = give(
            &granted,
            &job(),
            arrived_at + SECOND,
            rejected(1, arrived_at),
        );
        let change = change.expect("it was granted");
        let Status::AwaitingDocuments(now) = &change.review.outline.status else {
            panic!("it waits");
        };
        assert_eq!(due < now.request.due, in_time, "{arrived_at}");
        // Late or not, somebody sent something: a person decides.
        let settle = Command::Documents(DocumentStep::Settle { reached: true });
        let when = now.request.settle_from();
        let settled = then(&change.review, &job(), when, settle);
        let Status::InReview(back) = &settled.outline.status else {
            panic!("{:?}", settled.outline.status);
        };
        let cause = back.returned.as_ref().map(|returned| returned.cause);
        assert_eq!(cause, Some(ReturnCause::IncompleteAnswer));
    }
}

#[test]
fn a_file_about_another_patient_is_locked_by_whoever_finds_it_and_stays_an_answer() {
    let waiting = review(StatusName::AwaitingDocuments);
    let granted_at = at("2025-10-30T12:00:00Z");
    let place = Place::Request { item: None };
    let granted = then(&waiting, &owner(), granted_at, grant(1, place));
    let early = give(
        &granted,
        &owner(),
        granted_at,
        on_file(1, FileStep::WrongPatient),
    );
    assert_eq!(
        early.err(),
        Some(Unfit::FileElsewhere.into()),
        "there is nothing to lock"
    );
    let arrived = then(&granted, &job(), granted_at, received(1, granted_at));
    for finder in [owner(), staff(), reviewer(), administrator()] {
        let locked = then(
            &arrived,
            &finder,
            granted_at,
            on_file(1, FileStep::WrongPatient),
        );
        assert!(!locked.dossier.files[0].is_evidence());
        let late = give(&locked, &job(), granted_at, on_file(1, FileStep::Pass));
        assert_eq!(
            late.err(),
            Some(Unfit::FileElsewhere.into()),
            "no verdict opens it"
        );
        let settle = Command::Documents(DocumentStep::Settle { reached: true });
        let settled = then(&locked, &job(), at(AFTER_DUE), settle);
        assert_eq!(settled.outline.status.name(), StatusName::InReview);
    }
    let mut locked = clean(&with_file());
    locked = then(
        &locked,
        &owner(),
        at(IN_WINDOW),
        on_file(1, FileStep::WrongPatient),
    );
    assert!(matches!(
        state(&locked, 1),
        FileState::WrongPatient { passed: true, .. }
    ));
    let submitted = then(&locked, &owner(), at(IN_WINDOW), submit(&locked));
    let files = &submitted
        .outline
        .status
        .submission()
        .expect("submitted")
        .files;
    assert!(files.is_empty(), "it is no part of the request");
}

#[test]
fn what_says_nothing_is_marked_once_by_who_works_on_the_review_and_kept() {
    let now = at(IN_WINDOW);
    let comment = Place::Comment {
        comment: comment_id(),
    };
    let review = clean(&then(&in_review(), &owner(), now, grant(1, comment)));
    let taken = then(
        &review,
        &reviewer(),
        now,
        Command::Case(domain::CaseStep::Take),
    );
    let wish = || on_file(1, FileStep::NotRelevant);
    let by_another = give(&taken, &second_reviewer(), now, wish());
    assert_eq!(by_another.err(), Some(Unfit::AssignedToAnother.into()));
    let marked = then(&taken, &reviewer(), now, wish());
    assert!(marked.dossier.files[0].is_evidence());
    assert_eq!(marked.dossier.files[0].not_relevant_at, Some(now));
    let again = give(&marked, &reviewer(), now, wish());
    assert_eq!(again.err(), Some(Unfit::NothingToDo.into()));
}

#[test]
fn the_files_of_a_review_end_before_they_fill_their_item() {
    let now = at(IN_WINDOW);
    let mut review = complete();
    let mut granted = 0u32;
    loop {
        let mut id = [0; 16];
        id[..4].copy_from_slice(&granted.to_be_bytes());
        let Command::File {
            step: FileStep::Grant(mut file),
            ..
        } = grant(1, Place::Form)
        else {
            panic!("a grant");
        };
        file.name = format!("{}.pdf", "𝒜".repeat(196)).parse().expect("a name");
        let id = domain::AttachmentId::from_random(id);
        let step = FileStep::Grant(file);
        let wish = Command::File { id, step };
        match give(&review, &owner(), now, wish) {
            Ok(change) => review = change.review,
            Err(refused) => {
                assert_eq!(refused, Refused::from(Unfit::FilesFull));
                break;
            }
        }
        granted += 1;
        for file in &mut review.dossier.files {
            file.state = FileState::Removed {
                at: now,
                erased_at: Some(now),
            };
        }
    }
    for file in &mut review.dossier.files {
        file.not_relevant_at = Some(now);
    }
    let stored = serde_json::to_vec(&review.dossier).expect("JSON").len();
    assert!(
        granted > 40 && stored < 170 * 1024,
        "{granted} files, {stored} bytes"
    );
    assert!(granted as usize <= MAX_GRANTS);
}

#[test]
fn a_file_is_looked_at_when_something_must_have_been_heard_of_it() {
    let now = at(IN_WINDOW);
    let day = SignedDuration::from_hours(24);
    let granted = with_file();
    assert_eq!(next_look(&granted), Some(now + day));
    let arrived_at = now + SECOND;
    let arrived = then(&granted, &job(), arrived_at, received(1, arrived_at));
    assert_eq!(next_look(&arrived), Some(arrived_at + day));
    assert_eq!(next_look(&clean(&granted)), None);
    let removed = then(&granted, &owner(), arrived_at, on_file(1, FileStep::Remove));
    assert_eq!(
        next_look(&removed),
        Some(arrived_at),
        "its bytes are taken away at once"
    );
    let erased = then(&removed, &job(), arrived_at, on_file(1, FileStep::Erase));
    assert_eq!(next_look(&erased), None);
    let withdrawn = then(&granted, &owner(), now, Command::Withdraw);
    assert_eq!(next_look(&withdrawn), None);
    // What nobody uploads does not hold the end of a request for documents.
    let waiting = review(StatusName::AwaitingDocuments);
    let place = Place::Request { item: None };
    let granted = then(
        &waiting,
        &owner(),
        at("2025-11-05T04:00:00Z"),
        grant(1, place),
    );
    let mut reminded = granted.clone();
    if let Status::AwaitingDocuments(now) = &mut reminded.outline.status {
        now.request.reminded = Some(0);
    }
    assert_eq!(next_look(&reminded), Some(at(AFTER_DUE)));
}

#[test]
fn no_file_holds_a_submission_up_and_each_is_told_about_before() {
    let now = at(IN_WINDOW);
    let codes = |review: &Review| {
        let advice = file_advice(&review.dossier).into_iter();
        advice.map(|advice| advice.code).collect::<Vec<_>>()
    };
    let granted = with_file();
    assert_eq!(codes(&granted), ["file_not_arrived"]);
    let arrived = then(&granted, &job(), now, received(1, now));
    assert_eq!(codes(&arrived), ["file_in_check"]);
    let refused = then(&granted, &job(), now, rejected(1, now));
    assert_eq!(codes(&refused), ["file_refused"]);
    assert!(codes(&clean(&granted)).is_empty());
    for (review, files) in [
        (granted, 0),
        (arrived.clone(), 1),
        (refused, 0),
        (clean(&with_file()), 1),
    ] {
        let submitted = then(&review, &owner(), now, submit(&review));
        let named = &submitted
            .outline
            .status
            .submission()
            .expect("submitted")
            .files;
        assert_eq!(named.len(), files);
    }
    // A verdict that comes after the submission is on record as any other.
    let submitted = then(&arrived, &owner(), now, submit(&arrived));
    let infected = give(&submitted, &job(), now, on_file(1, FileStep::Infect));
    assert_eq!(
        infected.expect("it was received").events.len(),
        1,
        "its sender is told"
    );
}
