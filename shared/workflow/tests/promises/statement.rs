//! The first write needs the statement of truth (domain.md #26).

use domain::{Command, Refused, statement_of_truth};
use jiff::SignedDuration;
use testkit::{Filer, MemoryStore, Mishap, Op, Story, sample};
use workflow::ports::Commits as _;
use workflow::{AcceptanceAnswer, Failure, InNameOf, accept_statement, begin, edit};

use crate::stories::{begins, does, owner};

async fn accepts(
    story: &Story<MemoryStore>,
    key: &str,
    text: &str,
) -> Result<AcceptanceAnswer, Failure> {
    let text = text.parse().expect("a text's name");
    accept_statement(
        &story.ports,
        &story.filer.inbound(),
        &story.key("accept", key),
        &text,
        InNameOf::Oneself,
    )
    .await
}

fn newcomer() -> Story<MemoryStore> {
    Story {
        ports: MemoryStore::default(),
        filer: Filer::owner(),
    }
}

#[tokio::test]
async fn nothing_is_written_before_the_statement_is_accepted() {
    let story = newcomer();
    let begun = story.filer.begins();
    story.ports.commit(&begun).await.expect("an answer");
    let draft = begun.change.review;
    let people = testkit::command::edit_people(&draft, sample::contact_and_staff());
    let failures = [
        begins(&story, &story.key("begin", "key")).await.err(),
        does(&story, &draft, "key", Command::Withdraw).await.err(),
        edit(
            &story.ports,
            &story.filer.inbound(),
            &draft.outline.id,
            &people,
        )
        .await
        .err(),
    ];
    for failure in failures {
        let Some(Failure::StatementNotAccepted(text)) = failure else {
            panic!("{failure:?}");
        };
        assert_eq!(text, statement_of_truth().reference);
    }
    assert_eq!(story.review(&draft.outline.id).await, draft);
    assert_eq!(story.ports.count(), 1);
}

#[tokio::test]
async fn only_the_present_statement_can_be_accepted() {
    let story = newcomer();
    let old = accepts(&story, "key", "statement-of-truth/0").await;
    let Err(Failure::NotThePresentStatement(present)) = old else {
        panic!("{old:?}");
    };
    assert_eq!(present, statement_of_truth().reference);
    accepts(&story, "key", &present.to_string())
        .await
        .expect("the present one");
    begins(&story, &story.key("begin", "key"))
        .await
        .expect("now it can begin");
}

#[tokio::test]
async fn the_first_acceptance_counts() {
    let story = newcomer();
    let present = statement_of_truth().reference.to_string();
    let first = accepts(&story, "one", &present).await.expect("accepted");
    let later = story.at(sample::in_window() + SignedDuration::from_hours(30));
    for key in ["one", "two"] {
        assert_eq!(accepts(&later, key, &present).await.expect("again"), first);
    }
    assert_eq!(first.accepted_at, sample::in_window());
}

#[tokio::test]
async fn an_acceptance_that_races_or_is_not_answered_is_on_record_once() {
    let present = statement_of_truth().reference.to_string();
    for mishap in [Mishap::Declined, Mishap::ReplyLost, Mishap::Unavailable] {
        let story = newcomer();
        let unanswered = !matches!(mishap, Mishap::Declined);
        story.ports.plan.next(Op::Accept, mishap);
        let first = accepts(&story, "key", &present).await;
        assert_eq!(first.is_err(), unanswered, "{first:?}");
        let again = accepts(&story, "key", &present).await.expect("again");
        assert_eq!(again.accepted_at, sample::in_window());
        begins(&story, &story.key("begin", "key"))
            .await
            .expect("it counts");
    }
}

#[tokio::test]
async fn a_machine_client_goes_by_its_organisation_for_which_a_person_accepts() {
    let ports = MemoryStore::default();
    let of = |actor, seed| Story {
        ports: ports.clone(),
        filer: Filer::new(actor, seed),
    };
    let (machine, registrar) = (of(sample::machine(), 1), of(sample::registrar(), 2));
    let text = &statement_of_truth().reference;
    let for_it = async |story: &Story<MemoryStore>| {
        let (inbound, key) = (story.filer.inbound(), story.key("accept", "for"));
        accept_statement(&story.ports, &inbound, &key, text, InNameOf::Organization).await
    };
    // A program cannot speak for its organisation, nor a person for one that the issuer does not name.
    for nobody in [&machine, &of(sample::owner(), 3)] {
        let refused = for_it(nobody).await;
        let Err(Failure::Refused(Refused::Faulty(faults), None)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(faults[0].pointer, "/for_organization");
    }
    let refused = begins(&machine, &machine.key("begin", "one")).await;
    assert!(matches!(refused, Err(Failure::StatementNotAccepted(_))));
    let accepted = for_it(&registrar).await.expect("a named person");
    assert_eq!(for_it(&registrar).await.expect("again"), accepted);
    begins(&machine, &machine.key("begin", "one"))
        .await
        .expect("its organisation has accepted");
    // For the person it is another matter.
    let refused = begins(&registrar, &registrar.key("begin", "two")).await;
    assert!(matches!(refused, Err(Failure::StatementNotAccepted(_))));
}

#[tokio::test]
async fn a_year_without_rules_begins_nothing() {
    let story = owner().await;
    let year = "2016".parse().expect("a year");
    let key = story.key("begin", "key");
    let unknown = begin(&story.ports, &story.filer.inbound(), &key, year, None).await;
    assert!(
        matches!(unknown, Err(Failure::UnknownYear(_))),
        "{unknown:?}"
    );
}
