//! Copy as new: from what ended without success, while the window is open (domain.md #45).

use domain::{
    Actor, Audience, Change, CommitId, Context, Refused, Relation, Review, ReviewId, StatusName,
    Unfit, Window, copy, verify,
};

use crate::cast::{reviewer, staff};
use crate::moves::review;
use crate::sample::{IN_WINDOW, at, owner, rules};

fn copied(source: &Review, actor: &Actor, when: &str) -> Result<Change, Refused> {
    let when = at(when);
    let window = Window::at(when, &rules().window);
    let context = Context {
        at: when,
        actor,
        relation: Relation::Owner,
        rules: rules(),
        window: &window,
        commit: &CommitId::from_random([5; 16]),
    };
    let id = ReviewId::from_random(rules().year, 65);
    copy(source, id, "A copy".parse().expect("a line"), &context)
}

#[test]
fn answers_and_people_come_along_and_acknowledgements_do_not() {
    for status in StatusName::ALL {
        let source = review(status);
        let outcome = copied(&source, &owner(), IN_WINDOW);
        let ended = [
            StatusName::Withdrawn,
            StatusName::Denied,
            StatusName::NotSubmitted,
        ];
        if !ended.contains(&status) {
            assert_eq!(
                outcome.err(),
                Some(Unfit::NotToBeCopied.into()),
                "{status:?}"
            );
            continue;
        }
        let change = outcome.expect("it ended without success");
        let new = &change.review;
        assert_eq!(new.outline.status.name(), StatusName::Draft);
        assert_eq!(new.form.description, source.form.description);
        assert_eq!(new.form.reasons_acknowledged, None);
        assert_eq!(new.people, source.people);
        let told = change.events.iter().map(|(_, event)| event.audience());
        let staff = Audience::Addresses(source.people.staff.clone());
        assert_eq!(
            told.collect::<Vec<_>>(),
            [staff],
            "staff are told of their access"
        );
        assert_eq!(new.outline.form_revision, 1);
        assert_eq!(new.outline.form_sha256, new.form.sha256());
        assert_eq!(
            verify(&new.outline.id, &change.entries, new.outline.head),
            Ok(())
        );
    }
}

#[test]
fn only_while_the_window_is_open_and_only_by_its_filers() {
    let source = review(StatusName::Denied);
    let late = copied(&source, &owner(), "2025-11-15T01:00:00Z");
    assert!(matches!(late, Err(Refused::OutsideWindow(_))));
    let stranger = copied(&source, &reviewer(), IN_WINDOW);
    assert_eq!(stranger.err(), Some(Unfit::NotToBeCopied.into()));
    let by_staff = copied(&source, &staff(), IN_WINDOW).expect("staff file too");
    assert_eq!(by_staff.review.outline.owner.account, staff().account.key());
    assert!(!by_staff.review.people.is_staff(&staff()));
    assert!(source.people.is_staff(&staff()));
}
