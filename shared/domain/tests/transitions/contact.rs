//! A contact whose mail comes back is given another address, and what it missed (domain.md #54).

use domain::{
    Act, Command, Event, Missed, NewContact, PersonHashKey, Refused, Review, Role, StatusName,
    Unfit, recipients,
};

use crate::cast::{
    address_of, administrator, ask_for_documents, give, job, person, reviewer, then,
};
use crate::moves::{noted, review};
use crate::sample::{IN_WINDOW, at, complete, in_review, owner, submit};

/// The receipt, as one that came back.
pub(crate) fn missed(review: &Review) -> Vec<Missed> {
    let draft = complete();
    let change = give(&draft, &owner(), at(IN_WINDOW), submit(&draft)).expect("it is submitted");
    let (seq, event) = change.events[0].clone();
    vec![Missed {
        seq,
        at: at(IN_WINDOW),
        status: Some(review.outline.status.name()),
        request: None,
        event,
    }]
}

fn new(email: &str, bounced: bool, missed: Vec<Missed>) -> Command {
    Command::ReplaceContact(NewContact {
        email: email.parse().expect("an address"),
        why: noted(),
        bounced,
        missed,
    })
}

fn contact(review: &Review) -> &str {
    let contact = review.people.contact.as_ref().expect("a contact");
    contact.email.as_ref().expect("an address").reveal()
}

#[test]
fn what_is_reached_stays() {
    let before = in_review();
    let own = "own@cms.example.org";
    let giver = person("administrator", Some(own), &[Role::Administrator]);
    let refused = |command| give(&before, &giver, at(IN_WINDOW), command).err();
    let reached = refused(new("reachable@example.org", false, Vec::new()));
    assert_eq!(reached, Some(Unfit::NothingBounced.into()));
    let same = refused(new(&contact(&before).to_uppercase(), true, Vec::new()));
    assert_eq!(same, Some(Unfit::NothingToDo.into()));
    let own_hands: Refused = Unfit::OwnHands.into();
    assert_eq!(refused(new(own, true, Vec::new())), Some(own_hands));
}

/// The request for documents, its reminder and the receipt came back, the receipt twice.
#[test]
fn what_still_holds_is_sent_anew_the_last_of_each_kind_to_the_contact_alone() {
    let now = at(IN_WINDOW);
    let asked = give(&in_review(), &reviewer(), now, ask_for_documents()).expect("it is asked");
    let waiting = asked.review.clone();
    let letter = |change: &domain::Change| {
        let (seq, event) = change.events[0].clone();
        Missed {
            seq,
            at: now,
            status: Some(StatusName::AwaitingDocuments),
            request: Some(asked.events[0].0),
            event,
        }
    };
    let reminded = give(
        &waiting,
        &job(),
        at("2025-11-03T15:00:00Z"),
        Command::Remind,
    );
    let lost = [
        missed(&waiting),
        missed(&waiting),
        vec![letter(&asked), letter(&reminded.expect("a reminder"))],
    ]
    .concat();
    let count = lost.len();
    let change = give(
        &waiting,
        &administrator(),
        now,
        new("reachable@example.org", true, lost.clone()),
    )
    .expect("it is replaced");
    assert_eq!(contact(&change.review), "reachable@example.org");
    let anew: Vec<_> = change.events[1..].iter().collect();
    let told: Vec<_> = anew.iter().map(|(_, event)| event.kind()).collect();
    assert_eq!(
        told,
        [lost[1].event.kind(), lost[2].event.kind()],
        "the receipt once, the request, and no reminder"
    );
    let Event::ContactReplacedV1(replaced) = &change.events[0].1 else {
        panic!("{:?}", change.events[0]);
    };
    assert_eq!(
        (usize::from(replaced.missed), replaced.sent_anew),
        (count, 2)
    );
    for (seq, event) in anew {
        let told = recipients(event, &change.review, &PersonHashKey::new(*b"key"));
        let told: Vec<_> = told.iter().map(|one| one.address.reveal()).collect();
        assert_eq!(told, ["reachable@example.org"]);
        assert!(*seq > change.events[0].0);
    }
    // Once the request has ended, it is asked for no more.
    let ended = review(StatusName::InReview);
    let change = give(
        &ended,
        &administrator(),
        now,
        new("reachable@example.org", true, vec![letter(&asked)]),
    );
    assert_eq!(change.expect("it is replaced").events.len(), 1);
}

#[test]
fn what_came_back_twice_is_the_letter_that_came_back_first() {
    let now = at(IN_WINDOW);
    let before = in_review();
    let first = missed(&before);
    let change = give(
        &before,
        &administrator(),
        now,
        new("mistyped@example.org", true, first.clone()),
    )
    .expect("it is replaced");
    let (seq, event) = change.events[1].clone();
    let again = Missed {
        seq,
        event,
        ..first[0].clone()
    };
    let change = give(
        &change.review,
        &administrator(),
        now,
        new("reachable@example.org", true, vec![again]),
    )
    .expect("it is replaced again");
    let Event::SentAnewV1(anew) = &change.events[1].1 else {
        panic!("{:?}", change.events);
    };
    assert_eq!(*anew.event, first[0].event);
    assert!(
        change
            .entry_of(&Act::LetterSentAnewV1 { of: seq })
            .is_some()
    );
}

#[test]
fn a_reviewer_who_becomes_the_contact_works_on_it_no_more() {
    let now = at(IN_WINDOW);
    let taken = then(
        &in_review(),
        &reviewer(),
        now,
        Command::Case(domain::CaseStep::Take),
    );
    let own = address_of(&reviewer());
    let replaced = then(&taken, &administrator(), now, new(&own, true, Vec::new()));
    assert_eq!(replaced.outline.casework.assignee, None);
    assert_eq!(domain::relation(&replaced, &reviewer()), None);
}
