//! Who is what to a review: by account, by verified address, and never on both sides (domain.md #25, #34).

use domain::{
    AccessStep, Actor, CaseStep, Command, CommandName, FormPatch, ListKey, PersonHashKey, Relation,
    Role, StatusName, Unfit, listed_under, relation,
};
use serde_json::json;

use crate::cast::{administrator, give, person, reviewer, staff, then};
use crate::moves::review;
use crate::sample::{IN_WINDOW, at, complete, edit_people, in_review, owner};

fn unverified() -> Actor {
    person("staff", None, &[])
}

/// The address of the staff member, on another account.
fn impostor() -> Actor {
    person("impostor", Some("billing@example.org"), &[])
}

#[test]
fn the_matrix_of_relations() {
    let with_role = |role| person("owner", Some("owner@example.org"), &[role]);
    let contact_who_reviews = person("x", Some("Front.Desk@example.org"), &[Role::Reviewer]);
    let staff_who_reviews = person("staff", Some("billing@example.org"), &[Role::Reviewer]);
    for status in StatusName::ALL {
        let review = review(status);
        let submitted = review.outline.status.submission().is_some();
        let is = |actor: &Actor| relation(&review, actor);
        assert_eq!(is(&owner()), Some(Relation::Owner));
        assert_eq!(is(&with_role(Role::Administrator)), Some(Relation::Owner));
        assert_eq!(is(&staff()), Some(Relation::Staff));
        assert_eq!(is(&staff_who_reviews), Some(Relation::Staff));
        assert_eq!(is(&unverified()), None);
        assert_eq!(is(&contact_who_reviews), None);
        assert_eq!(
            is(&reviewer()),
            submitted.then_some(Relation::Reviewer),
            "{status:?}"
        );
        assert_eq!(is(&administrator()), Some(Relation::Administrator));
        assert_eq!(
            is(&person("stranger", Some("stranger@example.org"), &[])),
            None
        );
        let mut elsewhere = owner();
        elsewhere.account.issuer = "https://other.example.org".to_owned();
        elsewhere.email = None;
        assert_eq!(is(&elsewhere), None);
    }
}

#[test]
fn the_first_account_that_uses_an_address_is_bound_to_it() {
    let now = at(IN_WINDOW);
    let opened = then(&complete(), &staff(), now, Command::Open);
    assert_eq!(relation(&opened, &staff()), Some(Relation::Staff));
    assert_eq!(relation(&opened, &unverified()), Some(Relation::Staff));
    assert_eq!(relation(&opened, &impostor()), None);
    // Any first act binds as an opening does.
    let command = edit_people(
        &complete(),
        FormPatch(json!({"contact": {"extension": "7"}})),
    );
    let acted = then(&complete(), &staff(), now, command);
    assert_eq!(relation(&acted, &impostor()), None);
    // Once removed from the list, the account is a stranger again.
    let removed = edit_people(&opened, FormPatch(json!({"staff": []})));
    let removed = then(&opened, &owner(), now, removed);
    assert_eq!(relation(&removed, &staff()), None);
    assert!(removed.people.bound.is_empty());
}

#[test]
fn who_may_open_a_review_finds_it_listed_and_nobody_else_does() {
    let key = PersonHashKey::new(*b"key");
    let opened = then(&complete(), &staff(), at(IN_WINDOW), Command::Open);
    let own_address_as_staff = edit_people(
        &complete(),
        FormPatch(json!({"staff": ["owner@example.org", "second@example.org"]})),
    );
    let doubled = then(&complete(), &owner(), at(IN_WINDOW), own_address_as_staff);
    let reviews = StatusName::ALL.map(review).into_iter();
    let mut renamed = staff();
    renamed.email = "second@example.org".parse().ok();
    let second = person("second", Some("Second@example.org"), &[]);
    let people = [
        owner(),
        staff(),
        unverified(),
        impostor(),
        renamed,
        second,
        reviewer(),
        administrator(),
        person("stranger", Some("stranger@example.org"), &[]),
    ];
    for review in reviews.chain([opened, doubled]) {
        let lists = listed_under(&review, &key);
        for actor in &people {
            let relation = relation(&review, actor);
            let opens = matches!(relation, Some(Relation::Owner | Relation::Staff));
            let mut own = ListKey::of_actor(actor, &key).into_iter();
            let finds = own.any(|list| lists.contains(&list));
            assert_eq!(finds, opens, "{actor:?} {:?}", review.outline.status.name());
        }
    }
}

#[test]
fn no_patch_reaches_the_bindings_and_no_staff_the_list() {
    let review = then(&complete(), &staff(), at(IN_WINDOW), Command::Open);
    let outcome = |actor: &Actor, patch| {
        let command = edit_people(&review, FormPatch(patch));
        give(&review, actor, at(IN_WINDOW), command)
    };
    assert!(outcome(&owner(), json!({"bound": []})).is_err());
    let refused = outcome(&staff(), json!({"staff": ["friend@example.org"]}));
    assert!(matches!(
        refused,
        Err(domain::Refused::NotAllowed(CommandName::EditPeople))
    ));
    assert!(outcome(&staff(), json!({"contact": {"extension": "3"}})).is_ok());
}

#[test]
fn a_relation_that_is_only_claimed_is_refused() {
    // A door that forgot to ask cannot make a stranger the owner.
    let stranger = person("stranger", Some("stranger@example.org"), &[]);
    let refused = give(&complete(), &stranger, at(IN_WINDOW), Command::Withdraw);
    assert!(matches!(
        refused,
        Err(domain::Refused::NotAllowed(CommandName::Withdraw))
    ));
}

#[test]
fn who_accepts_owns_and_who_offered_is_a_stranger() {
    let now = at(IN_WINDOW);
    let offer = |to: &str| Command::Access(AccessStep::Offer(to.parse().expect("an address")));
    let refused = give(&complete(), &owner(), now, offer("friend@example.org"));
    assert_eq!(refused.err(), Some(Unfit::NotStaff.into()));
    let accept = || Command::Access(AccessStep::Accept);
    let refused = give(&complete(), &staff(), now, accept());
    assert_eq!(refused.err(), Some(Unfit::NotOffered.into()));

    let offered = then(&complete(), &owner(), now, offer("Billing@example.org"));
    let change = give(&offered, &staff(), now, accept()).expect("it was offered");
    assert_eq!(relation(&change.review, &staff()), Some(Relation::Owner));
    assert_eq!(relation(&change.review, &owner()), None);
    assert!(change.review.people.staff.is_empty());
    assert_eq!(change.events.len(), 2);
    // Removing the one it is offered to takes the offer back.
    let removed = edit_people(&offered, FormPatch(json!({"staff": null})));
    assert!(
        then(&offered, &owner(), now, removed)
            .outline
            .handover
            .is_none()
    );
}

#[test]
fn a_declared_conflict_ends_the_relation() {
    let now = at(IN_WINDOW);
    let taken = then(
        &in_review(),
        &reviewer(),
        now,
        Command::Case(CaseStep::Take),
    );
    let other = person("other", None, &[Role::Reviewer]);
    let refused = give(&taken, &other, now, Command::Case(CaseStep::Take));
    assert_eq!(refused.err(), Some(Unfit::AssignedToAnother.into()));
    let conflict = Command::Case(CaseStep::DeclareConflict);
    let left = then(&taken, &reviewer(), now, conflict);
    assert_eq!(left.outline.casework.assignee, None);
    assert_eq!(relation(&left, &reviewer()), None);
    assert_eq!(relation(&left, &other), Some(Relation::Reviewer));
    let back = Command::Case(CaseStep::Assign(domain::Assignee::of(&reviewer())));
    let refused = give(&left, &administrator(), now, back);
    assert_eq!(refused.err(), Some(Unfit::Interested.into()));
}
