//! A review comes back as it went in.

use domain::{Command, FormPatch, ReviewId};
use serde_json::json;

use super::{Ports, Probe, Subject, done, stored};
use crate::filer::command;
use crate::{Filer, sample};

/// After every kind of commit the review loads as it was committed, whatever is there or left out.
pub async fn a_review_loads_as_it_was_committed<P: Ports, Q: Probe>(
    make: impl AsyncFn() -> Subject<P, Q>,
) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let people = |review: &_| command::edit_people(review, sample::contact_and_staff());
    let mut review = done(&ports, &filer.begins()).await;
    let steps: [&dyn Fn(&domain::Review) -> Command; 8] = [
        &|review| command::edit_form(review, sample::every_answer()),
        &people,
        &|review| command::edit_form(review, every_answer_taken_away()),
        &|review| command::edit_form(review, sample::group()),
        &|review| command::edit_people(review, FormPatch(json!({"contact": null, "staff": null}))),
        &people,
        &|review| command::submit(review, sample::certification()),
        &|_| Command::Withdraw,
    ];
    for step in steps {
        assert_eq!(stored(&ports, &review.outline.id).await, review);
        review = done(&ports, &filer.does(&review, step(&review))).await;
    }
    assert_eq!(stored(&ports, &review.outline.id).await, review);

    let without_email = Filer::new(sample::owner_without_email(), 2);
    let bare = done(&ports, &without_email.begins()).await;
    assert_eq!(stored(&ports, &bare.outline.id).await, bare);
    let withdrawn = done(&ports, &without_email.does(&bare, Command::Withdraw)).await;
    assert_eq!(stored(&ports, &bare.outline.id).await, withdrawn);
}

fn every_answer_taken_away() -> FormPatch {
    let FormPatch(mut answers) = sample::every_answer();
    let fields = answers.as_object_mut().expect("the sample is an object");
    fields.values_mut().for_each(|answer| *answer = json!(null));
    FormPatch(answers)
}

/// The longest form that there can be is stored whole.
pub async fn long_answers_survive<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    let filer = Filer::owner();
    let draft = done(&ports, &filer.begins()).await;
    // Four bytes a character: 40 KB.
    let longest = "🌊".repeat(domain::Description::MAX);
    let patch = FormPatch(json!({"description": longest, "party_name": "Ö".repeat(200)}));
    let edited = done(
        &ports,
        &filer.does(&draft, command::edit_form(&draft, patch)),
    )
    .await;
    assert_eq!(stored(&ports, &draft.outline.id).await, edited);
}

/// A review that nobody began is not there, and neither is anything of it.
pub async fn an_unknown_review_is_none<P: Ports, Q: Probe>(make: impl AsyncFn() -> Subject<P, Q>) {
    let Subject { ports, .. } = make().await;
    done(&ports, &Filer::owner().begins()).await;
    let unknown = ReviewId::from_random(sample::year(), 1);
    assert_eq!(ports.load(&unknown).await.expect("an answer"), None);
    assert_eq!(ports.entries(&unknown).await.expect("an answer"), []);
    assert_eq!(ports.entry(&unknown, 1).await.expect("an answer"), None);
}
