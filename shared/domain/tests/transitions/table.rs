//! Every status meets every command, and every role every command.

use domain::{Actor, Change, Command, CommandName as C, FormPatch, Refused, Status, StatusName};
use serde_json::json;

use crate::cast::{administrator, file, give, job, reviewer, second_reviewer, staff};
use crate::legal::{leads_to, who};
use crate::moves::{command, denied_by_clock, moment, prepared, review};
use crate::sample::{IN_WINDOW, at, certification, complete, individual, owner};

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the table says it but for two"
)]
/// One who may give it.
fn giver(name: C) -> Actor {
    match name {
        C::ConfirmRuling | C::ConfirmClerical => second_reviewer(),
        _ => match who(name).as_bytes()[0] {
            b'o' => owner(),
            b's' => staff(),
            b'r' => reviewer(),
            b'a' => administrator(),
            _ => job(),
        },
    }
}

#[test]
fn every_legal_move_is_made_and_every_other_refused() {
    for status in StatusName::ALL {
        for name in C::ALL {
            let before = prepared(status, name);
            let unseen = before.clone();
            let wish = command(name, &before);
            let to = leads_to(status, name);
            let outcome = give(&before, &giver(name), moment(status, name), wish);
            match outcome {
                Ok(Change { review, .. }) => {
                    let reached = review.outline.status.name();
                    assert!(
                        to.contains(&reached),
                        "{status:?} {name:?} led to {reached:?}"
                    );
                    assert_eq!(review.outline.version, before.outline.version + 1);
                }
                Err(refused) => {
                    assert!(to.is_empty(), "{status:?} {name:?}: {refused:?}");
                    // A reviewer is a stranger to a draft; that comes before the status.
                    let never_submitted = before.outline.status.submission().is_none();
                    let as_expected = refused == Refused::NotInStatus(name, status)
                        || (never_submitted && refused == Refused::NotAllowed(name));
                    assert!(as_expected, "{status:?} {name:?}: {refused:?}");
                }
            }
            assert_eq!(before, unseen);
        }
    }
}

#[test]
fn every_role_meets_every_command() {
    let roles = [
        ('o', owner()),
        ('s', staff()),
        ('r', reviewer()),
        ('a', administrator()),
        ('j', job()),
    ];
    for name in C::ALL {
        for (role, actor) in &roles {
            // In a status where the command is a move, and which the role can see.
            let from = StatusName::ALL.into_iter().rev();
            let mut from = from.filter(|&from| !leads_to(from, name).is_empty());
            let submitted = |from: &StatusName| review(*from).outline.status.submission().is_some();
            let Some(status) = from.clone().find(submitted).or_else(|| from.next()) else {
                panic!("{name:?} is a move nowhere");
            };
            let before = prepared(status, name);
            let outcome = give(&before, actor, moment(status, name), command(name, &before));
            let refused = matches!(outcome, Err(Refused::NotAllowed(by)) if by == name);
            assert_eq!(
                !refused,
                who(name).contains(*role),
                "{name:?} by {role}: {outcome:?}"
            );
        }
    }
}

#[test]
fn a_refusal_names_the_status_as_people_know_it() {
    for status in StatusName::ALL {
        for name in C::ALL {
            let before = prepared(status, name);
            let wish = command(name, &before);
            if let Err(Refused::NotInStatus(by, from)) =
                give(&before, &giver(name), moment(status, name), wish)
            {
                let sentence = Refused::NotInStatus(by, from).to_string();
                assert!(sentence.contains(status.label()), "{sentence}");
                assert!(sentence.contains(name.done()), "{sentence}");
            }
        }
    }
}

#[test]
fn who_read_another_version_is_told_the_present_one() {
    let (review, another) = (complete(), 7);
    assert_ne!(review.outline.version, another);
    let refused = |command| {
        give(&review, &owner(), at(IN_WINDOW), command).expect_err("it was read at another version")
    };
    let edit_form = Command::EditForm {
        revision: another,
        patch: individual(),
    };
    let edit_people = Command::EditPeople {
        version: another,
        patch: FormPatch(json!({})),
    };
    let submit = Command::Submit {
        form_revision: another,
        certification: certification(),
    };
    let outline = &review.outline;
    let stale_form = Refused::StaleForm(outline.form_revision);
    assert_eq!(refused(edit_form), stale_form);
    assert_eq!(refused(submit), stale_form);
    let rename = Command::Rename {
        version: another,
        name: "Another name".parse().expect("a line"),
    };
    let stale = |command| Refused::StaleReview(command, outline.version);
    assert_eq!(refused(edit_people), stale(C::EditPeople));
    assert_eq!(refused(rename), stale(C::Rename));
}

#[test]
fn the_samples_are_what_they_say() {
    for status in StatusName::ALL {
        assert_eq!(review(status).outline.status.name(), status);
    }
    assert!(matches!(
        denied_by_clock().outline.status,
        Status::Denied(_)
    ));
    assert_ne!(file(1), file(2));
}
