//! Who is told, and who must stay reachable.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Audience, Command, Contact, Detail, Email, Event, FormPatch, People, PersonHashKey, Refused,
    Review, recipients, transition,
};
use proptest::prelude::*;
use serde_json::json;

use crate::sample::{IN_WINDOW, at, decide, draft, edit_people, in_review};

/// An event of which all filers are told.
fn withdrawal(review: &Review) -> Event {
    let change = decide(at(IN_WINDOW), &[], 4, |context| {
        transition(review, Command::Withdraw, context)
    });
    let events = change.expect("a draft can be withdrawn").events;
    events[0].1.clone()
}

/// One of a few people, in any letter case.
fn address() -> impl Strategy<Value = Email> {
    let spelled = |(person, upper): (usize, Vec<bool>)| {
        let plain = ["ann@example.org", "bob@example.org", "cy@example.org"][person];
        let letter = |(letter, &upper): (char, &bool)| match upper {
            true => letter.to_ascii_uppercase(),
            false => letter,
        };
        let spelling: String = plain.chars().zip(&upper).map(letter).collect();
        spelling.parse().expect("an address")
    };
    (0..3usize, prop::collection::vec(any::<bool>(), 15)).prop_map(spelled)
}

proptest! {
    #[test]
    fn each_person_is_told_once_in_the_role_that_is_told_most(
        contact in prop::option::of(address()),
        owner in prop::option::of(address()),
        staff in prop::collection::vec(address(), 0..8),
    ) {
        let mut review = draft();
        review.outline.owner.email.clone_from(&owner);
        review.people = People {
            contact: Some(Contact { email: contact.clone(), ..Contact::default() }),
            staff: staff.clone(),
            ..People::default()
        };
        let told = recipients(&withdrawal(&review), &review, &PersonHashKey::new(*b"key"));

        let mut expected = BTreeMap::new();
        expected.extend(staff.iter().map(|email| (email.normalised(), Detail::Brief)));
        expected.extend(contact.iter().chain(&owner).map(|email| (email.normalised(), Detail::Full)));
        let found: Vec<_> = told.iter().map(|told| (told.address.normalised(), told.detail)).collect();
        prop_assert_eq!(found.len(), expected.len(), "{:?}", found);
        for (address, detail) in found {
            prop_assert_eq!(expected.get(&address), Some(&detail));
        }
        let persons: BTreeSet<_> = told.iter().map(|told| &told.person).collect();
        prop_assert_eq!(persons.len(), told.len());
    }
}

#[test]
fn a_submitted_request_can_change_its_contact_but_not_lose_it() {
    let review = in_review();
    let edited = |patch| {
        let command = edit_people(&review, FormPatch(patch));
        decide(at(IN_WINDOW), &[], 4, |context| {
            transition(&review, command, context)
        })
    };
    let faults = |patch| match edited(patch) {
        Err(Refused::Faulty(faults)) => faults.into_iter().map(|fault| fault.pointer).collect(),
        outcome => panic!("{outcome:?}"),
    };
    let both: Vec<String> = faults(json!({"contact": null}));
    assert_eq!(both, ["/contact/phone", "/contact/email"]);
    let phone: Vec<String> = faults(json!({"contact": {"phone": null}}));
    assert_eq!(phone, ["/contact/phone"]);
    let moved = edited(json!({"contact": {"email": "new.desk@example.org"}, "staff": null}));
    assert!(moved.expect("a change of contact").people_changed);
}

#[test]
fn staff_are_told_of_their_own_access_and_nobody_else_is() {
    let review = in_review();
    let command = edit_people(&review, FormPatch(json!({"staff": ["new@example.org"]})));
    let change = decide(at(IN_WINDOW), &[], 4, |context| {
        transition(&review, command, context)
    })
    .expect("the owner changes the list");
    let Audience::Addresses(told) = change.events[0].1.audience() else {
        panic!("{change:?}");
    };
    let told: Vec<_> = told.iter().map(Email::reveal).collect();
    assert_eq!(told, ["new@example.org", "billing@example.org"]);
}
