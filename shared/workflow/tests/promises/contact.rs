//! A contact whose mail comes back gets another address, and what did not arrive (domain.md #54).

use domain::{
    Command, Email, EventKind, OutboxEntry, PersonKey, Refused, Review, Suppression,
    SuppressionCause, Unfit,
};
use testkit::{Mishap, Op, command, sample};
use workflow::ports::{Correspondence as _, Histories as _, Suppressions as _};
use workflow::{Answer, Failure, edit, replace_contact};

use crate::stories::{does, owner};
use crate::team::{Memory, of_team};

/// The contact of the samples.
const DESK: &str = "front.desk@example.org";
const ANOTHER: &str = "reception@example.org";

fn address(text: &str) -> Email {
    text.parse().expect("an address")
}

/// From now on no mail goes there.
async fn comes_back(story: &Memory, text: &str) {
    let person = PersonKey::of(&sample::hash_key(), &address(text));
    let why = Suppression {
        since: sample::in_window(),
        cause: SuppressionCause::Bounced,
    };
    let noted = story.ports.suppress(&person, why).await;
    noted.expect("it is noted");
}

async fn replaces(team: &Memory, review: &Review, to: &str) -> Result<Answer, Failure> {
    let id = &review.outline.id;
    let key = team.key(&format!("team contact {id}"), to);
    let why = "They gave it on the phone.".parse().expect("a note");
    let inbound = team.filer.inbound();
    replace_contact(&team.ports, &inbound, &key, id, &address(to), &why).await
}

fn refused(answer: Result<Answer, Failure>) -> Refused {
    match answer {
        Err(Failure::Refused(refused, _)) => refused,
        other => panic!("{other:?}"),
    }
}

async fn contact(story: &Memory, review: &Review) -> String {
    let stored = story.review(&review.outline.id).await;
    let contact = stored.people.contact.expect("there is one");
    contact.email.expect("an address").reveal().to_owned()
}

/// What was told under a later place in the history, what was sent anew by its own kind, and whether the contact's new address is told.
async fn told_since(story: &Memory, review: &Review) -> Vec<(EventKind, bool)> {
    let person = PersonKey::of(&sample::hash_key(), &address(ANOTHER));
    let entries = story.ports.entries_of(&review.outline.id).await;
    let entries = entries.expect("an answer").into_iter();
    let later = entries.filter(|entry| entry.seq > review.outline.head.count);
    let is_told = |entry: &OutboxEntry| entry.notices().any(|notice| notice.person == person);
    later
        .map(|entry| (entry.event.kind(), is_told(&entry)))
        .collect()
}

#[tokio::test]
async fn what_came_back_goes_to_the_new_address_once() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let team = of_team(&story, sample::administrator());
    comes_back(&story, DESK).await;
    let answer = replaces(&team, &review, ANOTHER).await.expect("replaced");
    assert_eq!(contact(&story, &review).await, ANOTHER);
    let told = told_since(&story, &review).await;
    let expected = [
        (EventKind::ContactReplaced, true),
        (EventKind::ReviewSubmitted, true),
    ];
    assert_eq!(told, expected);
    let again = replaces(&team, &review, ANOTHER).await;
    assert_eq!(again.expect("the same answer"), answer);
    assert_eq!(told_since(&story, &review).await, expected);
    let stored = story.review(&review.outline.id).await;
    let entries = story.ports.entries(&review.outline.id).await;
    let entries = entries.expect("an answer");
    let verdict = domain::verify(&stored.outline.id, &entries, stored.outline.head);
    assert_eq!(verdict, Ok(()));
}

#[tokio::test]
async fn an_address_that_can_be_reached_stays() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let team = of_team(&story, sample::administrator());
    let nothing = replaces(&team, &review, ANOTHER).await;
    assert_eq!(refused(nothing), Refused::from(Unfit::NothingBounced));
    // Mail to somebody else came back.
    comes_back(&story, "billing@example.org").await;
    let nothing = replaces(&team, &review, "desk.2@example.org").await;
    assert_eq!(refused(nothing), Refused::from(Unfit::NothingBounced));
    assert_eq!(story.review(&review.outline.id).await, review);
}

#[tokio::test]
async fn no_address_is_taken_from_which_mail_came_back() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let team = of_team(&story, sample::administrator());
    for text in [DESK, ANOTHER] {
        comes_back(&story, text).await;
    }
    let Refused::Faulty(faults) = refused(replaces(&team, &review, ANOTHER).await) else {
        panic!("it cannot be reached");
    };
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].code, "unreachable");
    assert_eq!(story.review(&review.outline.id).await, review);
}

#[tokio::test]
async fn what_is_told_meanwhile_is_sent_to_the_new_address_as_well() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let team = of_team(&story, sample::administrator());
    comes_back(&story, DESK).await;
    let (twin, its_review) = (story.clone(), review.clone());
    let withdraw = Mishap::meanwhile(async move {
        let done = does(&twin, &its_review, "key", Command::WithdrawForGood).await;
        done.expect("it is withdrawn");
    });
    story.ports.plan.next(Op::Commit, withdraw);
    replaces(&team, &review, ANOTHER).await.expect("replaced");
    let told = told_since(&story, &review).await;
    let expected = [
        (EventKind::ReviewWithdrawn, false),
        (EventKind::ContactReplaced, true),
        (EventKind::ReviewSubmitted, true),
        (EventKind::ReviewWithdrawn, true),
    ];
    assert_eq!(told, expected);
    assert!(story.ports.plan.is_over());
}

#[tokio::test]
async fn a_contact_that_its_people_change_meanwhile_is_theirs() {
    let story = owner().await;
    let (review, _) = story.submitted("draft").await;
    let team = of_team(&story, sample::administrator());
    comes_back(&story, DESK).await;
    let (twin, its_review) = (story.clone(), review.clone());
    let change = Mishap::meanwhile(async move {
        let patch = serde_json::json!({ "contact": { "email": "desk.2@example.org" } });
        let people = command::edit_people(&its_review, domain::FormPatch(patch));
        let inbound = twin.filer.inbound();
        let edited = edit(&twin.ports, &inbound, &its_review.outline.id, &people).await;
        edited.expect("its owner may");
    });
    story.ports.plan.next(Op::Commit, change);
    let nothing = replaces(&team, &review, ANOTHER).await;
    assert_eq!(refused(nothing), Refused::from(Unfit::NothingBounced));
    assert_eq!(contact(&story, &review).await, "desk.2@example.org");
}
