//! Every status meets every command. The legal moves stand here a second time, by hand: a change of the
//! transition that was not meant shows as a difference between the two.

use domain::{Command, CommandName, Refused, Review, StatusName, transition};

use crate::sample::{
    IN_WINDOW, at, certification, complete, contact_and_staff, decide, edit_form, edit_people,
    in_review, individual, submit, withdrawn,
};

/// From, by, to. All else is refused.
pub(crate) const LEGAL: [(StatusName, CommandName, StatusName); 6] = [
    (StatusName::Draft, CommandName::EditForm, StatusName::Draft),
    (
        StatusName::Draft,
        CommandName::EditPeople,
        StatusName::Draft,
    ),
    (StatusName::Draft, CommandName::Submit, StatusName::InReview),
    (
        StatusName::Draft,
        CommandName::Withdraw,
        StatusName::Withdrawn,
    ),
    (
        StatusName::InReview,
        CommandName::EditPeople,
        StatusName::InReview,
    ),
    (
        StatusName::InReview,
        CommandName::Withdraw,
        StatusName::Withdrawn,
    ),
];

const COMMANDS: [CommandName; 4] = [
    CommandName::EditForm,
    CommandName::EditPeople,
    CommandName::Submit,
    CommandName::Withdraw,
];

/// The legal move's end, if there is one.
pub(crate) fn leads_to(from: StatusName, by: CommandName) -> Option<StatusName> {
    let mut legal = LEGAL.iter();
    legal
        .find(|(status, command, _)| (*status, *command) == (from, by))
        .map(|(_, _, to)| *to)
}

/// A review in that status, which lacks nothing.
fn review(status: StatusName) -> Review {
    match status {
        StatusName::Draft => complete(),
        StatusName::InReview => in_review(),
        StatusName::Withdrawn => withdrawn(),
    }
}

/// A command that only the status can refuse.
fn command(name: CommandName, review: &Review) -> Command {
    match name {
        CommandName::EditForm => edit_form(review, individual()),
        CommandName::EditPeople => edit_people(review, contact_and_staff()),
        CommandName::Submit => submit(review),
        CommandName::Withdraw => Command::Withdraw,
    }
}

/// Decides every cell at `instant` and hands what came of it to `check`.
fn every_cell(
    instant: &str,
    check: impl Fn(&Review, CommandName, Result<domain::Change, Refused>),
) {
    for status in StatusName::ALL {
        for name in COMMANDS {
            let before = review(status);
            let outcome = decide(at(instant), &[], 2, |context| {
                transition(&before, command(name, &before), context)
            });
            check(&before, name, outcome);
        }
    }
}

#[test]
fn every_legal_move_is_made_and_every_other_refused() {
    every_cell(IN_WINDOW, |before, name, outcome| {
        let from = before.outline.status.name();
        match (leads_to(from, name), outcome) {
            (Some(to), Ok(change)) => {
                assert_eq!(change.review.outline.status.name(), to, "{from:?} {name:?}");
                assert_eq!(change.review.outline.version, before.outline.version + 1);
            }
            (None, Err(refused)) => assert_eq!(refused, Refused::NotInStatus(name, from)),
            (expected, outcome) => panic!("{from:?} {name:?}: {expected:?}, not {outcome:?}"),
        }
    });
}

#[test]
fn after_the_close_only_people_and_withdrawal_are_left() {
    every_cell("2025-11-15T01:00:00Z", |before, name, outcome| {
        let from = before.outline.status.name();
        match (name, outcome) {
            (CommandName::EditForm | CommandName::Submit, Err(Refused::OutsideWindow(_))) => {
                assert_eq!(from, StatusName::Draft);
            }
            (_, Err(refused)) => assert_eq!(refused, Refused::NotInStatus(name, from)),
            (CommandName::EditPeople | CommandName::Withdraw, Ok(change)) => {
                let to = change.review.outline.status.name();
                assert_eq!(Some(to), leads_to(from, name));
            }
            (CommandName::EditForm | CommandName::Submit, Ok(change)) => panic!("{change:?}"),
        }
    });
}

#[test]
fn a_refusal_names_the_status_as_people_know_it() {
    every_cell(IN_WINDOW, |before, name, outcome| {
        if let Err(refused) = outcome {
            let sentence = refused.to_string();
            let label = before.outline.status.name().label();
            assert!(sentence.contains(label), "{sentence}");
            assert!(sentence.contains(name.done()), "{sentence}");
        }
    });
}

#[test]
fn who_read_another_version_is_told_the_present_one() {
    let (review, another) = (complete(), 7);
    assert_ne!(review.outline.version, another);
    let refused = |command| {
        decide(at(IN_WINDOW), &[], 2, |context| {
            transition(&review, command, context)
        })
        .expect_err("it was read at another version")
    };
    let edit_form = Command::EditForm {
        revision: another,
        patch: individual(),
    };
    let edit_people = Command::EditPeople {
        version: another,
        patch: contact_and_staff(),
    };
    let submit = Command::Submit {
        form_revision: another,
        certification: certification(),
    };
    let outline = &review.outline;
    let stale_form = Refused::StaleForm(outline.form_revision);
    assert_eq!(refused(edit_form), stale_form);
    assert_eq!(refused(submit), stale_form);
    assert_eq!(refused(edit_people), Refused::StaleReview(outline.version));
}
