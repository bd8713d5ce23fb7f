//! Nothing is erased too early (domain.md #8).

use domain::{CommandName as C, StatusName, erasable_from, payment_year_begins};

use crate::cast::{administrator, then};
use crate::moves::{command, review};
use crate::sample::{IN_WINDOW, at, rules};

#[test]
fn what_has_ended_is_kept_until_the_filers_own_duty_ends() {
    for status in StatusName::ALL {
        let erasable = erasable_from(&review(status).outline, rules());
        let kept = status.is_terminal().then(|| at("2031-01-01T05:00:00Z"));
        assert_eq!(erasable, kept, "{status:?}");
    }
}

#[test]
fn never_within_a_year_of_the_decision() {
    let mut old = rules().clone();
    old.keep_until = "2025-12-31".parse().expect("a day");
    let approved = review(StatusName::Approved);
    let erasable = erasable_from(&approved.outline, &old);
    assert_eq!(erasable, Some(at("2026-10-21T04:00:00Z")));
}

#[test]
fn a_legal_hold_wins() {
    let approved = review(StatusName::Approved);
    let hold = command(C::PutHold, &approved);
    let held = then(&approved, &administrator(), at(IN_WINDOW), hold);
    assert_eq!(erasable_from(&held.outline, rules()), None);
}

#[test]
fn payment_years_begin_in_new_york() {
    assert_eq!(
        payment_year_begins(rules().year),
        at("2026-01-01T05:00:00Z")
    );
}
