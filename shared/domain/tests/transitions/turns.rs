//! Whose turn it is, line by line: every status, both sides, and the days on which the words turn.

use domain::{
    CaseStep, Command, DecisionStep, DocumentStep, FileStep, Place, Review, RevisedScores, Side,
    StatusName, TimeStep, Whose, Window, WindowChange, turn,
};

use crate::cast::{administrator, grant, job, on_file, reopening, reviewer, ruling, then};
use crate::moves::{AFTER_DUE, command, denied_by_clock, prepared, review};
use crate::sample::{IN_WINDOW, at, complete, in_review, owner, rules};

fn told(review: &Review, instant: &str, changes: &[WindowChange], side: Side) -> (Whose, String) {
    let window = Window::at(at(instant), rules().window.iter().chain(changes));
    let turn = turn(&review.outline, &window, side);
    if let Some(until) = turn.until {
        assert!(
            at(instant) < until,
            "what is due lies ahead: {}",
            turn.sentence
        );
    }
    (turn.whose, turn.sentence)
}

/// What filers and team read at `instant`, and whose turn it is for both alike.
#[track_caller]
fn lines(review: &Review, instant: &str, whose: Whose, filer: &str, team: &str) {
    for (side, line) in [(Side::Filer, filer), (Side::Team, team)] {
        assert_eq!(told(review, instant, &[], side), (whose, line.to_owned()));
    }
}

#[test]
fn a_draft_counts_down_to_the_close() {
    let draft = complete();
    let both = |instant: &str, whose, line: &str| {
        let filer = format!("Not submitted yet; {line}.");
        let team = format!("With the filer, not submitted yet; {line}.");
        lines(&draft, instant, whose, &filer, &team);
    };
    both(
        "2025-09-09T03:59:59Z",
        Whose::Nobody,
        "the window has not been announced",
    );
    both(
        "2025-09-09T04:00:00Z",
        Whose::Filer,
        "the window is open, and its close is to be announced",
    );
    both(
        "2025-10-20T14:00:00Z",
        Whose::Filer,
        "the window closes on Friday, November 14, 2025, 8:00 pm ET (25 days left)",
    );
    both(
        "2025-11-13T04:59:59Z",
        Whose::Filer,
        "the window closes on Friday, November 14, 2025, 8:00 pm ET (2 days left)",
    );
    both(
        "2025-11-13T05:00:00Z",
        Whose::Filer,
        "the window closes tomorrow, Friday, November 14, 2025, 8:00 pm ET",
    );
    both(
        "2025-11-14T05:00:00Z",
        Whose::Filer,
        "the window closes today at 8 pm ET",
    );
    both(
        "2025-11-15T00:59:59.999Z",
        Whose::Filer,
        "the window closes today at 8 pm ET",
    );
    both(
        "2025-11-15T01:00:00Z",
        Whose::Nobody,
        "the window closed on Friday, November 14, 2025, 8:00 pm ET, and it cannot be submitted any more",
    );
    let mut whole = draft.clone();
    let domain::Status::Draft(facts) = &mut whole.outline.status else {
        panic!("it is a draft");
    };
    facts.complete = true;
    let (_, line) = told(&whole, "2025-11-14T15:00:00Z", &[], Side::Filer);
    assert_eq!(
        line,
        "Complete, but not submitted yet; the window closes today at 8 pm ET."
    );
}

#[test]
fn a_late_leave_is_told_until_it_ends() {
    let allow = command(domain::CommandName::AllowLate, &complete());
    let leave = then(
        &complete(),
        &administrator(),
        at("2025-11-15T01:15:00Z"),
        allow,
    );
    let instant = "2025-11-16T15:00:00Z";
    lines(
        &leave,
        instant,
        Whose::Filer,
        "Not submitted yet; one late submission is allowed by tomorrow, Monday, November 17, 2025, 11:59 pm ET.",
        "With the filer, not submitted yet; one late submission is allowed by tomorrow, Monday, November 17, 2025, 11:59 pm ET.",
    );
}

#[test]
fn with_the_review_team() {
    let filed = in_review();
    lines(
        &filed,
        "2025-10-25T14:00:00Z",
        Whose::Team,
        "With the review team since October 20, 2025; nothing needed from you.",
        "With nobody yet; waiting since October 20, 2025.",
    );
    let taken = then(
        &filed,
        &reviewer(),
        at(IN_WINDOW),
        Command::Case(CaseStep::Take),
    );
    let (_, line) = told(&taken, IN_WINDOW, &[], Side::Team);
    assert_eq!(line, "With its reviewer since October 20, 2025.");
    let step = DecisionStep::Rule {
        ruling: ruling(true),
        second_person: true,
        version: filed.outline.version,
    };
    let proposed = then(
        &filed,
        &reviewer(),
        at("2025-10-22T02:00:00Z"),
        Command::Decide(step),
    );
    lines(
        &proposed,
        "2025-10-25T14:00:00Z",
        Whose::Team,
        "With the review team since October 20, 2025; nothing needed from you.",
        "A ruling waits for its second person since October 21, 2025.",
    );
    let open = review(StatusName::AwaitingDocuments);
    let all = Command::Documents(DocumentStep::ThatIsAll);
    let back = then(&open, &owner(), at("2025-10-27T14:00:00Z"), all);
    lines(
        &back,
        "2025-10-29T14:00:00Z",
        Whose::Team,
        "With the review team since October 27, 2025; nothing needed from you.",
        "With nobody yet; waiting since October 27, 2025; the filer says that all documents are there.",
    );
    let settle = Command::Documents(DocumentStep::Settle { reached: false });
    let unreachable = then(&open, &job(), at(AFTER_DUE), settle);
    let (whose, line) = told(&unreachable, AFTER_DUE, &[], Side::Team);
    assert_eq!(whose, Whose::Team);
    assert!(
        line.ends_with("no email about the documents reached anybody: call the contact's number."),
        "{line}"
    );
}

#[test]
fn documents_are_owed_until_the_midnight_that_ends_the_last_day() {
    let open = review(StatusName::AwaitingDocuments);
    let both = |instant: &str, by: &str| {
        let filer = format!("You owe 1 document {by}.");
        let team = format!("The filer owes 1 document {by}.");
        lines(&open, instant, Whose::Filer, &filer, &team);
    };
    both(
        IN_WINDOW,
        "by Tuesday, November 4, 2025, 11:59 pm ET (15 days left)",
    );
    both(
        "2025-11-03T04:59:59Z",
        "by Tuesday, November 4, 2025, 11:59 pm ET (2 days left)",
    );
    both(
        "2025-11-03T05:00:00Z",
        "by tomorrow, Tuesday, November 4, 2025, 11:59 pm ET",
    );
    both("2025-11-04T05:00:00Z", "by 11:59 pm ET today");
    both("2025-11-05T04:59:59.999Z", "by 11:59 pm ET today");
    lines(
        &open,
        "2025-11-05T05:00:00Z",
        Whose::Nobody,
        "The time for documents ended on Tuesday, November 4, 2025, 11:59 pm ET; what comes next will be told by email.",
        "The time for documents ended on Tuesday, November 4, 2025, 11:59 pm ET; the service settles the request.",
    );
}

#[test]
fn what_has_come_and_what_was_asked_is_told_beside_what_is_owed() {
    let instant = "2025-11-04T14:00:00Z";
    let open = review(StatusName::AwaitingDocuments);
    let granted = then(
        &open,
        &owner(),
        at(IN_WINDOW),
        grant(1, Place::Request { item: None }),
    );
    let receive = FileStep::Receive {
        arrived_at: at(IN_WINDOW),
    };
    let one = then(&granted, &job(), at(IN_WINDOW), on_file(1, receive));
    lines(
        &one,
        instant,
        Whose::Filer,
        "You owe 1 document by 11:59 pm ET today; 1 file has come.",
        "The filer owes 1 document by 11:59 pm ET today; 1 file has come.",
    );
    let received = Command::Documents(DocumentStep::ItemReceived(1));
    let marked = then(&one, &reviewer(), at(IN_WINDOW), received);
    lines(
        &marked,
        instant,
        Whose::Filer,
        "Every document is marked as received; say \"that is all\" by 11:59 pm ET today; 1 file has come.",
        "Every document is marked as received; the filer can say \"that is all\" by 11:59 pm ET today; 1 file has come.",
    );
    let asked = command(domain::CommandName::AskMoreTime, &open);
    let asked = then(&open, &owner(), at(IN_WINDOW), asked);
    assert_eq!(
        told(&asked, instant, &[], Side::Filer),
        (
            Whose::Filer,
            "You owe 1 document by 11:59 pm ET today; your wish for more time is not answered yet."
                .to_owned()
        )
    );
    assert_eq!(
        told(&asked, instant, &[], Side::Team),
        (
            Whose::Team,
            "The filer owes 1 document by 11:59 pm ET today; answer the wish for more time."
                .to_owned()
        )
    );
}

#[test]
fn what_was_decided_is_told_with_what_can_still_be_done() {
    let later = "2025-12-20T14:00:00Z";
    let approved = review(StatusName::Approved);
    lines(
        &approved,
        later,
        Whose::Team,
        "Approved on October 20, 2025; revised scores follow, and nothing is needed from you.",
        "Approved on October 20, 2025; revised scores are still to come.",
    );
    let scores = Command::ReviseScores(RevisedScores::None);
    let scored = then(&approved, &administrator(), at(later), scores);
    lines(
        &scored,
        later,
        Whose::Nobody,
        "Approved on October 20, 2025; nothing needed from you.",
        "Approved on October 20, 2025.",
    );
    let denied = review(StatusName::Denied);
    lines(
        &denied,
        later,
        Whose::Nobody,
        "Denied on October 20, 2025; the decision is final.",
        "Denied on October 20, 2025.",
    );
    let (_, line) = told(&denied, "2025-11-14T14:00:00Z", &[], Side::Filer);
    assert_eq!(
        line,
        "Denied on October 20, 2025; the decision is final; a new request can be filed by 8 pm ET today."
    );
    lines(
        &denied_by_clock(),
        later,
        Whose::Nobody,
        "Denied on November 5, 2025 because no documents came; call the Service Center if you sent something in time.",
        "Denied on November 5, 2025 because no documents came.",
    );
    let confirm = domain::CommandName::ConfirmClerical;
    for status in [StatusName::Approved, StatusName::Denied] {
        let (whose, line) = told(&prepared(status, confirm), later, &[], Side::Team);
        assert_eq!(whose, Whose::Team);
        assert!(
            line.ends_with("; a clerical correction waits for its second person."),
            "{line}"
        );
        let (_, line) = told(&prepared(status, confirm), later, &[], Side::Filer);
        assert!(
            !line.contains("clerical"),
            "filers are told of corrections, not of proposals"
        );
    }
}

#[test]
fn what_the_filer_or_the_close_ended() {
    let withdrawn = review(StatusName::Withdrawn);
    lines(
        &withdrawn,
        "2025-12-20T14:00:00Z",
        Whose::Nobody,
        "Withdrawn on October 20, 2025.",
        "Withdrawn on October 20, 2025.",
    );
    let (_, line) = told(&withdrawn, "2025-10-14T14:00:00Z", &[], Side::Filer);
    assert_eq!(
        line,
        "Withdrawn on October 20, 2025; a new request can be filed while the window is open."
    );
    let closed = review(StatusName::NotSubmitted);
    let start = "Not submitted; the window closed on Friday, November 14, 2025, 8:00 pm ET";
    let plain = format!("{start}.");
    lines(
        &closed,
        "2025-11-15T15:00:00Z",
        Whose::Nobody,
        &plain,
        &plain,
    );
    let (_, line) = told(&closed, "2025-11-21T15:00:00Z", &[reopening()], Side::Filer);
    assert_eq!(
        line,
        format!("{start}; a new request can be filed by 8 pm ET today.")
    );
    let attempt = TimeStep::AllowLate {
        failed_request: "request-1".parse().expect("a line"),
        attempted_at: at("2025-11-15T00:30:00Z"),
    };
    let leave = then(
        &closed,
        &administrator(),
        at("2025-11-15T15:00:00Z"),
        Command::Time(attempt),
    );
    lines(
        &leave,
        "2025-11-18T15:00:00Z",
        Whose::Filer,
        &format!("{start}, but you can still submit it once by 11:59 pm ET today."),
        &format!("{start}; the filer may submit it once by 11:59 pm ET today."),
    );
    let (whose, line) = told(&leave, "2025-11-19T05:00:00Z", &[], Side::Filer);
    assert_eq!((whose, line), (Whose::Nobody, plain));
}
