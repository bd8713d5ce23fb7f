//! An owner has left, and an administrator gives the review to somebody else (domain.md #34).

use domain::{
    AccessStep, Act, Actor, CaseStep, Command, DecisionStep, Event, PersonHashKey, Relation,
    Review, Role, Status, Unfit, listed_under, relation,
};

use crate::cast::{address_of, administrator, give, person, reviewer, ruling, staff, then};
use crate::moves::noted;
use crate::sample::{IN_WINDOW, at, complete, in_review, owner};

fn to(address: &str) -> Command {
    Command::Access(AccessStep::Entrust {
        to: address.parse().expect("an address"),
        why: noted(),
    })
}

fn entrusted(review: &Review, address: &str) -> Review {
    then(review, &administrator(), at(IN_WINDOW), to(address))
}

fn successor() -> Actor {
    person("successor", Some("successor@example.org"), &[])
}

#[test]
fn staff_who_have_opened_it_own_it_at_once_and_the_former_owner_nothing() {
    let opened = then(&in_review(), &staff(), at(IN_WINDOW), Command::Open);
    let given = entrusted(&opened, "Billing@example.org");
    assert_eq!(relation(&given, &staff()), Some(Relation::Owner));
    assert_eq!(relation(&given, &owner()), None);
    assert!(
        !given
            .people
            .lists(&"billing@example.org".parse().expect("an address"))
    );
    let lists = listed_under(&given, &PersonHashKey::new(*b"key"));
    let account = |actor: &Actor| domain::ListKey::Account(actor.account.key());
    assert!(lists.contains(&account(&staff())) && !lists.contains(&account(&owner())));
}

#[test]
fn a_named_address_owns_it_by_opening_it_and_nobody_until_then() {
    for before in [complete(), in_review()] {
        let given = entrusted(&before, "successor@example.org");
        assert_eq!(relation(&given, &owner()), None);
        assert_eq!(relation(&given, &successor()), Some(Relation::Staff));
        assert!(given.outline.owner.left);
        let submit_or_withdraw = give(&given, &successor(), at(IN_WINDOW), Command::Withdraw);
        assert!(submit_or_withdraw.is_err(), "it is not theirs yet");
        let taken = then(&given, &successor(), at(IN_WINDOW), Command::Open);
        assert_eq!(relation(&taken, &successor()), Some(Relation::Owner));
        assert!(!taken.outline.owner.left && taken.outline.handover.is_none());
    }
}

#[test]
fn who_was_named_by_mistake_leaves_when_another_is_named() {
    let wrong = entrusted(&in_review(), "succesor@example.org");
    let stranger = person("stranger", Some("succesor@example.org"), &[]);
    assert_eq!(relation(&wrong, &stranger), Some(Relation::Staff));
    let right = entrusted(&wrong, "successor@example.org");
    assert_eq!(relation(&right, &stranger), None);
    let taken = then(&right, &successor(), at(IN_WINDOW), Command::Open);
    assert_eq!(relation(&taken, &successor()), Some(Relation::Owner));
}

#[test]
fn former_and_next_owner_and_their_people_are_told_and_the_reason_is_on_record() {
    let change = give(
        &in_review(),
        &administrator(),
        at(IN_WINDOW),
        to("successor@example.org"),
    )
    .expect("it is given");
    let key = PersonHashKey::new(*b"key");
    let told = |event: &Event| -> Vec<String> {
        let told = domain::recipients(event, &change.review, &key);
        told.iter()
            .map(|one| one.address.reveal().to_owned())
            .collect()
    };
    let everybody: Vec<_> = change.events.iter().map(|(_, event)| told(event)).collect();
    assert!(everybody[0].contains(&"successor@example.org".to_owned()));
    assert_eq!(everybody[1], [address_of(&owner())]);
    let noted = noted();
    let note = Act::NotedV1 {
        note: noted.note,
        sha256: noted.sha256,
    };
    assert!(change.entry_of(&note).is_some());
}

#[test]
fn nobody_gives_it_to_themselves_or_to_who_has_it() {
    let own = "own@cms.example.org";
    let giver = person("administrator", Some(own), &[Role::Administrator]);
    let refused =
        |review: &Review, address: &str| give(review, &giver, at(IN_WINDOW), to(address)).err();
    let before = in_review();
    assert_eq!(refused(&before, own), Some(Unfit::OwnHands.into()));
    let nothing = Some(Unfit::NothingToDo.into());
    assert_eq!(refused(&before, &address_of(&owner())), nothing);
    let given = entrusted(&before, "successor@example.org");
    assert_eq!(refused(&given, "Successor@example.org"), nothing);
}

/// A reviewer becomes the owner: what they work on and what they proposed is theirs no more. The former owner never reviews it.
#[test]
fn nobody_reviews_their_own() {
    let now = at(IN_WINDOW);
    let taken = then(
        &in_review(),
        &reviewer(),
        now,
        Command::Case(CaseStep::Take),
    );
    let proposed = then(
        &taken,
        &reviewer(),
        now,
        Command::Decide(DecisionStep::Rule {
            version: taken.outline.version,
            ruling: ruling(true),
            second_person: true,
        }),
    );
    let given = entrusted(&proposed, &address_of(&reviewer()));
    assert_eq!(given.outline.casework.assignee, None);
    let opened = then(&given, &reviewer(), now, Command::Open);
    assert_eq!(relation(&opened, &reviewer()), Some(Relation::Owner));
    let Status::InReview(in_review) = &opened.outline.status else {
        panic!("{:?}", opened.outline.status);
    };
    assert_eq!(in_review.proposal, None);
    let mut former = owner();
    former.roles.push(Role::Administrator);
    assert_eq!(relation(&opened, &former), None);
}
